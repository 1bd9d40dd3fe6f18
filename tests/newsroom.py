"""Small invented coverage for the tests of answering, and a desk over it made of tiny parts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from conftest import FakeReader, TinyEncoder, plain_calibration

from index.records import Entry, Page, Reading
from index.store import Store
from rag.answering import Assistant

CRASH = Page("crash", title="Hallam bridge crash", zone="Europe/London", day=date(2031, 3, 4))
MATCH = Page("match", title="Cup final", day=date(2031, 3, 3))


def on_the_day(hour, minute=0):
    return datetime(2031, 3, 4, hour, minute, tzinfo=UTC)


def entry(name, position, published, title, body, **more):
    zone = "GMT" if published is not None and published.tzinfo else None
    return Entry(
        name, more.pop("page_id", "crash"), position, published=published, zone=zone, title=title, body=body, **more
    )


CRASH_ENTRIES = (
    entry("summary", 0, None, None, "A lorry has hit the Hallam bridge.", kind="summary"),
    entry("1600", 1, on_the_day(16), "Trains halted", "All trains to Norby are cancelled until Friday."),
    entry(
        "1500",
        2,
        on_the_day(15),
        "Toll up again",
        "Eleven people were hurt in the crash on Hallam bridge. Two of them are children.",
    ),
    entry("1200", 3, on_the_day(12), "Toll rises", "Now 10 people were hurt in the crash on Hallam bridge."),
    entry(
        "1030",
        4,
        on_the_day(10, 30),
        "Council speaks",
        'Ann Hill leads the town council. "We are coping," she said. The council met at dawn.',
    ),
    entry(
        "0900",
        5,
        on_the_day(9),
        "Bridge shut",
        "The Hallam bridge was shut by police at nine. 8 people were hurt in the crash on Hallam bridge.",
        captions=("The lorry on Hallam bridge",),
    ),
)
MATCH_ENTRIES = (
    entry(
        "late-goal",
        0,
        datetime(2031, 3, 3, 21, 10),
        "Goal",
        "Bob Dale scored the late goal for Norby Town.",
        page_id="match",
    ),
    entry(
        "kick-off",
        1,
        datetime(2031, 3, 3, 19, 45),
        "Kick-off",
        "Norby Town kicked off the cup final in the rain.",
        page_id="match",
    ),
)
READINGS = (Reading(CRASH, CRASH_ENTRIES), Reading(MATCH, MATCH_ENTRIES))


def desk_over(folder, *readings, generator="none", threshold=0.5, reader=None):
    """An assistant of tiny parts over a new store of the readings."""
    store = Store.open(folder, encoder=TinyEncoder())
    for reading in readings:
        store.add(reading)
    return Assistant(
        store,
        encoder=TinyEncoder(),
        reader=reader or FakeReader(),
        generator=generator,
        calibration=plain_calibration(threshold),
    )
