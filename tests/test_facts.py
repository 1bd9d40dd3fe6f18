"""What the tokens of a sentence are: numbers, dates, clock times, names, quotations."""

from __future__ import annotations

import pytest

from rag.claims.facts import loosened, tokenise
from rag.claims.spans import normalise, quote_spans, sentence_spans


def facts(text, sort):
    return [t.key for t in tokenise(normalise(text)) if t.sort == sort]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("11", "11 count"),
        ("eleven", "11 count"),
        ("4,200", "4200 count"),
        ("1.5m", "1500000 count"),
        ("1.5 million", "1500000 count"),
        ("twenty-five", "25 count"),
        ("two hundred and six", "206 count"),
        ("a dozen", "12 count"),
        ("two dozen", "24 count"),
        ("half", "1/2 fraction"),
        ("a third", "1/3 fraction"),
        ("two-thirds", "2/3 fraction"),
        ("3/4", "3/4 count"),
        ("40%", "40 percent"),
        ("40 per cent", "40 percent"),
        ("forty percent", "40 percent"),
        ("11th", "11 ordinal"),
        ("eleventh", "11 ordinal"),
        ("thirty-third", "33 ordinal"),
        ("dozens", "dozens some"),
        ("4.6", "23/5 count"),
        ("ten thousand", "10000 count"),
        ("a hundred", "100 count"),
    ],
)
def test_a_number_has_one_key_however_it_is_written(written, key):
    assert facts(f"the crew saw {written} boats", "number") == [key]


@pytest.mark.parametrize(
    ("written", "currency"),
    [("£1.5m", "pound"), ("$300", "dollar"), ("300 dollars", "dollar"), ("€40m", "euro"), ("90 pence", "pence")],
)
def test_money_keeps_its_currency(written, currency):
    (number,) = [t for t in tokenise(f"it cost {written} today") if t.sort == "number"]
    assert number.currency == currency


@pytest.mark.parametrize(
    ("written", "qualifier"),
    [
        ("more than 40", "more than"),
        ("over 40", "more than"),
        ("at least 40", "at least"),
        ("40 or more", "at least"),
        ("up to 40", "up to"),
        ("as many as 40", "up to"),
        ("nearly 40", "nearly"),
        ("almost 40", "nearly"),
        ("about 40", "about"),
        ("some 40", "about"),
        ("fewer than 40", "less than"),
        ("no more than 40", "up to"),
        ("another 40", "another"),
        ("40", ""),
    ],
)
def test_a_number_carries_its_qualifier(written, qualifier):
    (number,) = [t for t in tokenise(f"they rescued {written} sailors") if t.sort == "number"]
    assert (number.key, number.qualifier) == ("40 count", qualifier)


@pytest.mark.parametrize(
    ("written", "key"),
    [("17:30", "17:30"), ("5.30pm", "17:30"), ("5:30 p.m.", "17:30"), ("5pm", "17:00"), ("12am", "00:00")],
)
def test_a_clock_time_has_one_key(written, key):
    assert facts(f"it left at {written} in fog", "time") == [key]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("on 28 June 2023", "28/6/2023"),
        ("on June 28, 2023", "28/6/2023"),
        ("on the 28th of June", "28/6/"),
        ("on 2023-06-28", "28/6/2023"),
        ("in June 2023", "/6/2023"),
        ("in May", "/5/"),
        ("on Tuesday", "tuesday"),
        ("on Sept 3", "3/9/"),
    ],
)
def test_a_date_has_one_key(written, key):
    assert facts(f"they met {written} again", "date") == [key]


def test_may_and_march_as_verbs_are_no_dates():
    assert facts("They may march to the hall.", "date") == []


def test_names_inside_hyphens_and_possessives_are_found():
    tokens = tokenise("The Ostrov-backed militia left Marlow's port.")
    assert [(t.text, t.owner) for t in tokens if t.sort == "name"] == [("Ostrov", False), ("Marlow's", True)]


def test_words_of_one_name_share_a_group():
    tokens = {t.text: t.group for t in tokenise("Anna Hale met Ben Ives in Port Quill.")}
    assert tokens["Anna"] == tokens["Hale"] != tokens["Ben"] == tokens["Ives"] != tokens["Port"] == tokens["Quill"]


def test_contractions_hold_their_negation():
    assert [t.key for t in tokenise("It won't and can't and didn't.")].count("not") == 3


def test_a_first_name_is_free_only_where_the_text_leaves_it_out_itself():
    one, two = loosened([tokenise("Anna Hale flew to New Quill."), tokenise("The crowd cheered Hale.")])
    groups = {t.text: t.group for t in one}
    assert groups["Anna"] == -1
    assert groups["New"] == groups["Quill"] >= 0


def test_quotations_are_found_in_any_marks_and_apostrophes_are_none():
    text = normalise("“Go,” she said. ‘Stay put,’ he said. The drivers' union isn't «sure».")
    assert [text[a:b] for a, b in quote_spans(text)] == ["Go,", "Stay put,", "sure"]


def test_a_quotation_stays_with_its_speaker():
    text = normalise('"It was loud. We ran," Ms. Hale said. Nobody was hurt.')
    assert [text[a:b].strip() for a, b in sentence_spans(text)] == [
        '"It was loud. We ran," Ms. Hale said.',
        "Nobody was hurt.",
    ]


def test_an_abbreviation_or_a_decimal_ends_no_sentence():
    text = "Dr. Ives paid 4.5 million to the U.S. Treasury. He left."
    assert [text[a:b].strip() for a, b in sentence_spans(text)][-1] == "He left."
    assert len(sentence_spans(text)) == 2
