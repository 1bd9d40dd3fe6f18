"""When things happened, read from an entry's words against the entry's own time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rag.facts.demand import wants_past_time
from rag.facts.happened import event_times, of_another_time, tells_when
from rag.facts.senses import senses

AT = datetime(2031, 3, 5, 9, 55, tzinfo=UTC)  # a Wednesday
EVENING = datetime(2031, 3, 5, 21, 10, tzinfo=UTC)


def first(text, published=AT):
    return event_times(text, published)[0].at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The river burst its banks at about 4.20am.", datetime(2031, 3, 5, 4, 20, tzinfo=UTC)),
        ("It fell at ten past five this morning.", datetime(2031, 3, 5, 5, 10, tzinfo=UTC)),
        ("It was a quarter to six and still dark.", datetime(2031, 3, 5, 5, 45, tzinfo=UTC)),
        ("The blast was heard shortly before midnight.", datetime(2031, 3, 5, 0, 0, tzinfo=UTC)),
        ("A crash at 11pm shut the road.", datetime(2031, 3, 4, 23, 0, tzinfo=UTC)),
        ("Shots were fired about two hours ago.", datetime(2031, 3, 5, 7, 55, tzinfo=UTC)),
        ("The roof fell in half an hour ago.", datetime(2031, 3, 5, 9, 25, tzinfo=UTC)),
        ("It began at 10pm on Monday.", datetime(2031, 3, 3, 22, 0, tzinfo=UTC)),
        ("It began yesterday evening at half past eight.", datetime(2031, 3, 4, 20, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_last_such_moment_before_the_entry(text, expected):
    assert first(text) == expected


def test_a_half_of_the_day_left_open_is_the_later_that_fits():
    assert first("The train left at half past three.", EVENING) == datetime(2031, 3, 5, 15, 30, tzinfo=UTC)


def test_a_zone_in_brackets_is_put_on_the_clock_of_the_entry():
    kyiv = timezone(timedelta(hours=3))
    at = first(
        "Around 5:00 o'clock in the morning (0200 GMT) the region was shelled.",
        datetime(2031, 3, 5, 9, 55, tzinfo=kyiv),
    )
    assert at == datetime(2031, 3, 5, 5, 0, tzinfo=kyiv)


def test_a_part_of_a_day_has_no_moment():
    (named,) = event_times("The strike came on Tuesday night.", AT)
    assert named.at is None


def test_without_a_time_of_its_own_an_entry_gives_no_moment():
    assert event_times("It fell at 4.20am.", None)[0].at is None


def test_plans_do_not_tell_when_something_happened():
    assert tells_when("The gates were lifted at 12:52.")
    assert not tells_when("The gates will be lifted at 12:45.")
    assert not tells_when("The gates are shut.")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The previous flight left the pad at 04:12.", True),
        ("Its predecessor sank at noon.", True),
        ("It last flew in November.", True),
        ("The dam gave way at 7am in 2019.", True),
        ("The barge left the quay at 04:12.", False),
        ("The barge left the quay at 04:12 on 4 March.", False),
    ],
)
def test_another_attempt_month_or_year_is_another_occasion(text, other):
    assert of_another_time(text, AT) is other


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("When did the fire begin?", True),
        ("At what time was the lock shut?", True),
        ("Where was Ann Hill when she was phoned?", False),
        ("Since when has the lock been shut?", False),
    ],
)
def test_a_time_in_the_past_is_all_that_is_asked(question, alone):
    assert wants_past_time(question) is alone


def test_to_reach_a_place_is_to_arrive_and_to_reach_a_figure_is_not():
    assert "arrived" in senses("Planes are due to reach Norby at noon.")
    assert "arrived" not in senses("Containment has reached 30 per cent.")
