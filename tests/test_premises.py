"""Questions that first say what was said and then ask what stands: what they suppose, ask, and leave unbounded."""

import pytest

from rag.asking.aims import read_aim
from rag.asking.premises import read_premise
from rag.asking.spans import Bounds, read_words
from rag.facts.demand import read_demand


@pytest.mark.parametrize(
    "asked",
    [
        "Is that right?",
        "Does it hold?",
        "And now?",
        "What is the true number?",
        "What became of it?",
        "Did it go ahead?",
    ],
)
def test_what_a_question_supposes_is_told_from_what_it_asks(asked):
    premise = read_premise(f"Nine cottages were said to be cut off. {asked}")
    assert premise is not None
    assert premise.told == "Nine cottages were said to be cut off."
    assert (premise.asked, premise.standing) == (asked, True)


@pytest.mark.parametrize(
    "text",
    [
        "How many cottages are cut off?",
        "Who is Dr. Hale?",
        "At 4 p.m. How many were cut off?",
        "Is it open? Is it safe?",
    ],
)
def test_one_sentence_supposes_nothing(text):
    assert read_premise(text) is None


def test_a_question_of_what_stands_aims_at_the_latest():
    assert read_aim("Nine cottages were said to be cut off. Is that right?", False) == ("latest", 0)
    assert read_aim("Was the first report about the ferry right?", False) == ("latest", 0)
    assert read_aim("What was the first report about the ferry?", False) == ("first", 0)


@pytest.mark.parametrize(
    "text",
    [
        "Which wrong number of cottages was given?",
        "What figure for the cottages was withdrawn?",
        "Who was named by mistake?",
    ],
)
def test_a_question_for_what_was_put_right_aims_at_what_was_replaced(text):
    assert read_aim(text, False) == ("replaced", 0)


def test_the_figure_that_is_supposed_tells_what_is_wanted():
    demand = read_demand("Nine people were said to be hurt in Norby. Is that so?")
    assert demand is not None
    assert (demand.senses, demand.given) == ({"hurt"}, {"9"})
    assert read_demand("The pass was opened at noon by nine people. Who were they?") is None


def test_a_time_that_is_only_supposed_bounds_nothing():
    text = "At 09:10 the page said the ferry was full. Was that right?"
    assert read_words(text) == (text, Bounds())


def test_what_came_next_is_asked_of_the_time_after():
    _, bounds = read_words("At 09:10 the page left the inquest. When did it next carry a line from it?")
    assert (str(bounds.start.clock), bounds.after, bounds.end) == ("09:10:00", True, None)


def test_a_time_that_is_said_to_be_now_bounds_the_question():
    _, bounds = read_words("It is 15:30. How many cottages are cut off?")
    assert bounds.end is not None and str(bounds.end.clock) == "15:30:00"


@pytest.mark.parametrize(
    "text",
    [
        "When was the toll put at nine?", "When did you write that the pass was open?",
        "What time was the reservoir's level given as 4.2 metres?", "When was 4.2 metres at the weir posted?",
    ],
)  # fmt: skip
def test_the_minute_of_a_telling_is_asked_in_many_ways(text):
    assert read_aim(text, False) == ("posted", 0)


@pytest.mark.parametrize("verb", ["increase", "add up", "advance", "climb", "go up", "progress"])
def test_the_course_of_a_figure_is_asked_in_many_ways(verb):
    assert read_aim(f"How did the number of rescued seals {verb}?", False) == ("change", 0)
