"""Content words, names, numbers, and the kind of answer a question wants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.words import content_stems, has_number, name_phrases, names, other_form, stem, stems, wanted, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("injured", "injuries"),
        ("flooded", "flooding"),
        ("homes", "home"),
        ("storm's", "storm"),
        ("storm’s", "Storm"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bridge", "brigade"), ("Norby", "north"), ("red", "reed")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


def test_content_stems_leave_out_the_words_that_carry_nothing():
    assert content_stems("How many were hurt by the storm?") == ["hurt", "storm"]


def test_content_stems_come_once_in_order():
    assert content_stems("Storm after storm, rain and storm") == ["storm", "rain"]


def test_words_keep_their_apostrophes_and_accents():
    assert words("Zoë's café: 3,000 l’homme") == ["Zoë's", "café", "3", "000", "l’homme"]


def test_stems_of_all_words():
    assert stems("The homes") == {stem("the"), stem("home")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where is Tomas Brandt?", ["Tomas", "Brandt"]),
        ("Who leads NATO in 2023?", ["NATO", "2023"]),
        ("NATO said what?", ["NATO"]),
        ("Storms hit. Rain fell.", []),
        ("what time is it", []),
        ("¿Dónde está Kramatorsk?", ["Kramatorsk"]),
    ],
)
def test_names_are_capitals_inside_a_sentence_acronyms_and_digits(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where is the Gull Rock?", [["gull", "rock"]]),
        ("Did Ann Hill meet Bob Dale?", [["ann", "hill"], ["bob", "dale"]]),
        ("who spoke?", []),
    ],
)
def test_neighbouring_capitals_are_one_name_in_stems(text, found):
    assert name_phrases(text) == found


@pytest.mark.parametrize("text", ["11 hurt", "eleven hurt", "Eleven people", "a dozen", "third", "3.5m"])
def test_numbers_stand_in_digits_or_words(text):
    assert has_number(text)


@pytest.mark.parametrize("text", ["several hurt", "someone", "tension", "weight", ""])
def test_words_without_a_number(text):
    assert not has_number(text)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people were hurt?", "number"),
        ("how old was the driver", "number"),
        ("What is the death toll?", "number"),
        ("When did the river peak?", "time"),
        ("What time did trains stop?", "time"),
        ("Which day did it start?", "time"),
        ("Where did the lorry overturn?", "place"),
        ("Which village lost power?", "place"),
        ("Who leads the council?", "person"),
        ("Whose boat sank?", "person"),
        ("What is the name of the skipper? Give the name of the man", "person"),
        ("Did the wall hold?", "yes_no"),
        ("Has anyone died?", "yes_no"),
        ("What did the mayor say, word for word?", "quote"),
        ("Why was the road shut?", "other"),
        ("What caused the blackout?", "other"),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question, kind):
    assert wanted(question) == kind


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert set(content_stems(text)) <= stems(text)
    assert set(names(text)) <= set(words(text))
    assert sum(map(len, name_phrases(text))) == len(names(text))
    assert wanted(text) in {"person", "number", "place", "time", "quote", "yes_no", "other"}


def test_a_people_and_its_country_are_told_by_each_other():
    assert other_form("Polish") == stem("Poland")
    assert other_form("Wales") == stem("Welsh")
    assert other_form("Norby") == ""
