"""Small invented coverage for the tests of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from index.records import Entry, Page, Reading

PAGE = Page("storm.txt", title="Storm Hilda", source="/tmp/storm.txt", zone="Europe/London", day=date(2031, 3, 4))

BRIDGE = Entry(
    id="0900-bridge",
    page_id="storm.txt",
    position=2,
    stamp="09:00 GMT 4 March 2031",
    published=datetime(2031, 3, 4, 9, 0, tzinfo=UTC),
    clock=time(9, 0),
    zone="GMT",
    zone_source="printed",
    date_source="printed",
    title="Hallam bridge shut",
    author="Ann Hill",
    body="The Hallam bridge was shut at nine. Ten people were hurt.",
    captions=("The bridge on Tuesday",),
)
TRAINS = Entry(
    id="1100-trains",
    page_id="storm.txt",
    position=1,
    published=datetime(2031, 3, 4, 11, 0, tzinfo=UTC),
    clock=time(11, 0),
    zone="GMT",
    title="Trains halted",
    body='All trains to Norby are cancelled. "We are sorry," the operator said.',
    quotes=("We are sorry",),
)
SUMMARY = Entry(id="summary", page_id="storm.txt", position=0, kind="summary", body="A storm hits the coast.")
STORM = Reading(PAGE, (SUMMARY, TRAINS, BRIDGE))


def page_of(page_id: str, bodies: list[str], first_hour: int = 9) -> Reading:
    """A page with one timed entry an hour for each body, oldest first."""
    entries = [
        Entry(
            id=f"{page_id}-{i}",
            page_id=page_id,
            position=i,
            published=datetime(2031, 3, 4, first_hour, tzinfo=UTC) + timedelta(hours=i),
            zone="GMT",
            title=f"Report {i}",
            body=body,
        )
        for i, body in enumerate(bodies)
    ]
    return Reading(Page(page_id), tuple(entries))


def with_entries(reading: Reading, *entries: Entry) -> Reading:
    """The same page with other entries, in this order."""
    return Reading(reading.page, tuple(replace(e, position=i) for i, e in enumerate(entries)))
