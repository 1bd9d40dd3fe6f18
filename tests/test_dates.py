"""Days named relative to an entry's own date."""

from datetime import UTC, date, datetime

import pytest

from rag.asking.dates import DayMention, date_words, day_mentions

WEDNESDAY = datetime(2023, 6, 28, 15, 33, tzinfo=UTC)


def days(text, published=WEDNESDAY):
    return [(text[m.start : m.end], m.day, m.certain) for m in day_mentions(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The missile struck on Tuesday.", "Tuesday", date(2023, 6, 27)),
        ("It fell on Wednesday morning.", "Wednesday", date(2023, 6, 28)),
        ("It fell on Thursday.", "Thursday", date(2023, 6, 22)),
        ("Saturday's march ended in Rostov.", "Saturday's", date(2023, 6, 24)),
        ("They left yesterday evening.", "yesterday", date(2023, 6, 27)),
        ("Two died last night.", "last night", date(2023, 6, 27)),
        ("He spoke this morning.", "this morning", date(2023, 6, 28)),
        ("A verdict came today.", "today", date(2023, 6, 28)),
    ],
)
def test_a_past_day_is_counted_from_the_entrys_own_date(text, words, day):
    assert days(text) == [(words, day, True)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks will resume on Friday.", date(2023, 6, 30)),
        ("The summit is due on Tuesday.", date(2023, 7, 4)),
        ("No trains until Friday.", date(2023, 6, 30)),
        ("They meet next Monday.", date(2023, 7, 3)),
    ],
)
def test_a_weekday_ahead_is_the_next_one_and_not_certain(text, day):
    ((_, found, certain),) = days(text)
    assert (found, certain) == (day, False)


def test_tomorrow_is_the_day_after_the_entrys_own():
    assert days("The court sits tomorrow.") == [("tomorrow", date(2023, 6, 29), True)]


def test_overnight_is_never_certain():
    ((_, _, certain),) = days("Rain fell overnight.")
    assert certain is False


def test_the_date_is_that_of_the_entrys_own_clock():
    midnight = datetime(2024, 3, 1, 0, 5)
    assert days("They left yesterday.", midnight) == [("yesterday", date(2024, 2, 29), True)]


def test_several_days_come_in_order_with_their_offsets():
    text = "On Monday it rained; on Tuesday it snowed."
    assert day_mentions(text, WEDNESDAY) == [
        DayMention(3, 9, date(2023, 6, 26), True),
        DayMention(24, 31, date(2023, 6, 27), True),
    ]


@pytest.mark.parametrize("text", ["Nothing is named here.", "A holiday-maker", "Sundays River", ""])
def test_words_that_name_no_day_give_none(text):
    assert days(text) == []


def test_an_entry_without_a_date_dates_nothing():
    assert day_mentions("It fell on Tuesday.", None) == []


def test_a_date_is_printed_in_full():
    assert date_words(date(2023, 6, 7)) == "7 June 2023"


def test_a_possessive_day_is_taken_whole():
    (mention,) = day_mentions("yesterday's strike", datetime(2031, 3, 4, 9))
    assert (mention.start, mention.end, mention.day.isoformat()) == (0, 11, "2031-03-03")
