"""One order and one printed form for times that may be aware, floating or without a date."""

from __future__ import annotations

from datetime import UTC, datetime, time

from index.records import Entry

UNDATED = datetime(1970, 1, 1)  # noqa: DTZ001  the day that clock times without a date are ordered in


def time_key(moment: datetime) -> float:
    """Seconds on the moment's own scale: UTC where aware, the printed local clock where floating."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def entry_moment(entry: Entry) -> datetime | None:
    """Moment that orders the entry on its page; a clock time without a date stands on `UNDATED`'s day."""
    return moment_of(entry.published, entry.clock)


def moment_of(published: datetime | None, clock: time | None) -> datetime | None:
    """Moment of an entry that was published then, or of whose time only the clock is known."""
    if published is not None:
        return published
    return datetime.combine(UNDATED.date(), clock) if clock else None


def time_label(entry: Entry) -> str:
    """Entry time to show a reader, for example "15:33 BST, 28 June 2023"."""
    moment = entry_moment(entry)
    if moment is None:
        return "time not stated"
    known_date = entry.published is not None
    clock = moment.strftime("%H:%M")
    if moment.tzinfo is not None:
        clock += f" {entry.zone or moment.tzname() or moment.strftime('UTC%z')}"
    elif entry.zone:
        clock += f" {entry.zone}"  # as printed; the page does not settle which zone of that name it is
    else:
        clock += " (time zone not stated)" if known_date else " (date and time zone not stated)"
    return f"{clock}, {moment.day} {moment.strftime('%B %Y')}" if known_date else clock
