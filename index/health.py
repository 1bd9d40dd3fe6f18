"""Whether coverage that should be live still is: what a reader must be warned of, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from index.records import Entry, Source

FAILURES_IN_A_ROW = 2
QUIET_TIMES = 12
LEAST_QUIET = timedelta(hours=1)
LEAST_UNSEEN = timedelta(minutes=15)
UNSEEN_TIMES = 5
_RECENT = 12


def source_warnings(sources: Iterable[Source], now: datetime, pages: Sequence[str] | None = None) -> tuple[str, ...]:
    """Say of each live source that fails, that nobody looks at any more or that has gone quiet; `now` is aware.

    Times are shown in the zone of `now`. Sources that are not live are never warned of, and where `pages` are
    named, no source of other pages.
    """
    asked = [s for s in sources if s.live and (pages is None or not s.page_ids or set(pages) & set(s.page_ids))]
    return tuple(said for source in asked if (said := _warning(source, now)))


def pace_s(entries: Sequence[Entry]) -> float | None:
    """How often a page's newest entries came, in seconds: their median gap; None where too few have a time."""
    times = [e.published for e in entries if e.published]
    aware = [moment for moment in times if moment.tzinfo]
    moments = sorted(aware or times, reverse=True)[:_RECENT]
    gaps = [(later - earlier).total_seconds() for later, earlier in zip(moments, moments[1:], strict=False)]
    return median(gaps) or None if len(gaps) >= 2 else None


def _warning(source: Source, now: datetime) -> str | None:
    name = source.source
    if source.last_attempt is None:
        return f"{name} should be live and was never fetched. Start `presstime watch {name}`."
    if source.failures >= FAILURES_IN_A_ROW or (source.failures and source.last_success is None):
        count = f"{source.failures} failure{'s' if source.failures > 1 else ''}"
        if source.last_success is None:
            return f"{name} was never fetched: {count}, the last one: {source.last_error}"
        return f"{name} was last fetched {_when(source.last_success, now)}, {count} since: {source.last_error}"
    unseen = max(LEAST_UNSEEN, UNSEEN_TIMES * timedelta(seconds=source.looked_every_s or 0))
    if now - source.last_attempt > unseen:
        return (
            f"{name} was last fetched {_when(source.last_attempt, now)} and is not being watched any more. "
            f"Start `presstime watch {name}`, or end it with --end."
        )
    if source.last_change is None or source.expected_every_s is None:
        return None
    pace, silence = timedelta(seconds=source.expected_every_s), now - source.last_change
    if silence > max(LEAST_QUIET, QUIET_TIMES * pace):
        return f"{name} has nothing new for {_length(silence)}, although it was moving every {_length(pace)}."
    return None


def _when(moment: datetime, now: datetime) -> str:
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%H:%M} on {local.day} {local:%B %Y}"


def _length(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes >= 2880:
        return f"{minutes // 1440} days"
    if minutes >= 120:
        return f"{minutes // 60} h"
    return f"{minutes} minutes" if minutes > 1 else "minute"
