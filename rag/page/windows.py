"""Stretches of time to choose from, and the moments of the newest day to set the time by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from index.records import Entry
from index.store import Store
from index.times import entry_moment, time_key, time_label
from index.visibility import page_bounds, see, visible_entries
from rag.records import Question
from rag.when import page_times, read_scope

WINDOWS = {"all": "All", "today": "Today", "morning": "This morning", "hour": "Last hour"}
MAX_MOMENTS = 240
_NOON = time(11, 59, 59)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a chosen window means: times to ask with, and the window in words ("" where all is asked)."""

    as_of: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    label: str = ""


def read_window(store: Store, window: str, as_of: str, pages: Sequence[str] = ()) -> Limits:
    """Times that a window means: it ends at `as_of`, or at the newest entry of `pages` (of all where empty).

    Raises TimeError where `as_of` cannot be understood.
    """
    given = as_of.strip() or None
    newest = see(store, tuple(pages) or None, None).newest
    if window not in WINDOWS or window == "all" or newest is None or (ends := entry_moment(newest)) is None:
        return Limits(given)
    times = page_times(page_bounds(store, tuple(pages) or None))
    asked = read_scope(Question("time", tuple(pages) or None, given), times).as_of if given else None
    end, zone = asked or ends, newest.zone
    if window == "hour":
        return Limits(given, end - timedelta(hours=1), None, _label(end - timedelta(hours=1), end, zone))
    start = datetime.combine(end.date(), time(0), tzinfo=end.tzinfo)
    if window == "morning":
        end = min(end, datetime.combine(end.date(), _NOON, tzinfo=end.tzinfo))
        return Limits(None, start, end, _label(start, end, zone))
    return Limits(given, start, None, _label(start, end, zone))


def day_moments(store: Store, pages: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Times of the newest day's entries, oldest first: as a person would type each, and as it is shown.

    Of more than `MAX_MOMENTS` every so many are left out; the newest stays.
    """
    bounds = page_bounds(store, tuple(pages) or None)
    if not bounds:
        return []
    newest = max((last for _, _, last in bounds), key=time_key)
    first = time_key(newest.replace(hour=0, minute=0, second=0, microsecond=0))
    found: dict[str, tuple[float, str]] = {}
    for page, _, last in bounds:
        if time_key(last) < first:
            continue
        for entry in visible_entries(store, page, (first, None)):
            if (moment := entry_moment(entry)) and (typed := typed_time(entry)):
                found[typed] = (time_key(moment), time_label(entry))
    rows = [(typed, label) for typed, (_, label) in sorted(found.items(), key=lambda row: row[1][0])]
    step = -(-len(rows) // MAX_MOMENTS) or 1
    return rows[::-1][::step][::-1]


def typed_time(entry: Entry) -> str:
    """Entry's time as a person would type it: "15:33 BST 28 June 2023"; empty where it has none."""
    return time_label(entry).replace(" (time zone not stated)", "").replace(",", "").partition(" (")[0]


def typed_moment(moment: datetime) -> str:
    """A moment as a person would type it; in UTC's offset where its zone has no short name."""
    zone = moment.tzname() if moment.tzinfo else None
    return f"{moment:%H:%M}{f' {zone}' if zone else ''} {moment.day} {moment:%B %Y}"


def _label(start: datetime, end: datetime, zone: str | None) -> str:
    name = f" {zone or end.tzname()}" if end.tzinfo else " (time zone not stated)"
    return f"{start:%H:%M} to {end:%H:%M}{name}, {end.day} {end:%B %Y}"
