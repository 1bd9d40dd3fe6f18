"""Questions of two parts are split where a second question begins; one question stays one."""

import pytest

from rag.asking.parts import split_parts
from rag.asking.sides import asks_sides, without_sides


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Until when was the road to be shut, and when did it open?",
            ("Until when was the road to be shut?", "when did it open?"),
        ),
        (
            "Who leads the council and what did she promise?",
            ("Who leads the council?", "what did she promise?"),
        ),
    ],
)
def test_two_questions_are_two_parts(question, parts):
    assert split_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the council?",
        "What did Hill and Dale say?",
        "What happened, and when?",
        "How many were killed and injured?",
    ],
)
def test_one_question_is_not_split(question):
    assert split_parts(question) == ()


def test_a_figure_of_two_named_sources_is_asked_of_each():
    asked = "How many marched in Norby, according to the union and to police?"
    assert split_parts(asked) == (
        "How many marched in Norby, according to the union?",
        "How many marched in Norby, according to police?",
    )
    assert len(split_parts("How many marched in Norby, by the union and by the police?")) == 2
    assert split_parts("How many goals were scored by Smith and Jones?") == ()


@pytest.mark.parametrize(
    "words", ["according to each side", "by both estimates", "on either count", "as each source gives it"]
)
def test_each_sides_figure_is_asked_for_without_naming_them(words):
    asked = f"How many marched in Norby, {words}?"
    assert asks_sides(asked) and split_parts(asked) == ()
    assert without_sides(asked).startswith("How many marched in Norby")


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Size of the march in Norby: both figures?", "Size of the march in Norby?"),
        ("Which rival estimates are there of the march in Norby?", "Which estimates are there of the march in Norby?"),
    ],
)
def test_figures_that_differ_are_asked_for_without_by(asked, plain):
    assert asks_sides(asked)
    assert without_sides(asked) == plain


def test_both_sides_of_a_match_are_no_sources():
    assert not asks_sides("What are both figures in the painting doing?")
    assert not asks_sides("How many corners have both sides had?")
