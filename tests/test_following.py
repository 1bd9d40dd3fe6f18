"""A follow-up put in full after the question before it; a question of its own stays as it is."""

from datetime import timedelta

import pytest

from rag.asking.following import follow, stamped

DIED = ("How many people died in Alderton?", "Eight (08:20)")
AS_OF = ("How many people had died in Alderton up to 08:20?", "Six (08:00)")


@pytest.mark.parametrize("words", ["and in Norby?", "And Norby?", "What about Norby?", "how about in Norby?"])
def test_another_place_takes_the_place_of_the_first(words):
    assert follow(words, [DIED]).text == "How many people died in Norby?"


def test_another_thing_counted_takes_the_place_of_the_first():
    assert follow("and the injured?", [DIED]).text == "How many people injured in Alderton?"


def test_places_change_through_several_turns():
    assert follow("and in Selby?", [DIED, ("and in Norby?", "Two (08:30)")]).text == "How many people died in Selby?"


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("and an hour later?", 60),
        ("half an hour later?", 30),
        ("two hours before that?", -120),
        ("and 20 minutes after?", 20),
    ],
)
def test_a_later_or_earlier_moment_keeps_the_question(words, minutes):
    found = follow(words, [AS_OF])
    assert (found.text, found.shift) == (AS_OF[0], timedelta(minutes=minutes))
    assert found.stamp == ""


def test_a_moment_counts_from_the_answer_where_the_question_named_none():
    assert follow("and an hour later?", [DIED]).stamp == "08:20"


def test_another_clock_takes_the_place_of_the_first():
    assert follow("and by noon?", [AS_OF]).text == "How many people had died in Alderton by noon?"
    assert follow("and now?", [AS_OF]).text == "How many people had died in Alderton now?"


@pytest.mark.parametrize("words", ["and how many were children?", "who said that?", "Who leads the council in Norby?"])
def test_other_questions_stay_as_they_are(words):
    assert follow(words, [DIED]).text == words


def test_without_a_conversation_nothing_changes():
    assert follow("and in Norby?", []).text == "and in Norby?"


def test_at_that_point_takes_the_time_of_the_question_before():
    assert follow("How many were missing at that point?", [AS_OF]).text == "How many were missing up to 08:20?"
    assert follow("How many were missing by then?", [DIED]).text == "How many were missing as of 08:20?"


@pytest.mark.parametrize(
    ("answer", "minute"),
    [("Eight (08:20)", "08:20"), ("At 05:05 (07:44 GMT)", "07:44"), ("Eight [8.20pm BST]", "20:20"), ("Eight", "")],
)
def test_the_minute_of_an_answer_is_the_one_in_brackets(answer, minute):
    assert stamped(answer) == minute


def test_a_part_is_asked_of_the_number_that_was_told():
    turns = (("How many people have lost their lives in Norby?", "Six (13:58)"),)
    asked = "Of the six people who have lost their lives in Norby, how many were children?"
    assert follow("and how many of them were children?", turns).text == asked
    told = (("How many were hurt in Norby as of 3pm?", "Ten people were hurt, up from eight. [15:29 GMT, 3 May 2031]"),)
    assert follow("How many of those are police?", told).text == (
        "Of the ten people who were hurt in Norby, how many are police as of 3pm?"
    )
    assert (
        follow("How many of them were police?", (("Who was hurt?", "Ann Hill"),)).text
        == "How many of them were police?"
    )
