"""Dates in figures that could be two: 08/09/2033 by its day first or by its month first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.calendars import Day

_NEAR, _FAR = 3, 20  # days


def figure_order(day: Day | None) -> str:
    """Which of a date's figures comes first: "day" or "month", "" where it does not tell."""
    if day is None or not day.numeric or day.swapped:
        return ""
    return "month" if day.month_first else "day"


def is_doubtful(day: Day | None) -> bool:
    """Whether a whole date in figures could be two: 08/09/2013."""
    return day is not None and day.swapped and bool(day.year and day.month and day.day)


def readings(day: Day) -> tuple[date | None, date | None]:
    """A date in figures that could be two, its day read first and its month read first."""
    if day.month is None or day.day is None:
        return None, None
    return Day(day.year, day.month, day.day).full(), Day(day.year, day.day, day.month).full()


def choose_order(days: Sequence[Day], stated: date | None) -> bool | None:
    """Whether the days write the month first, by which of the readings stays within days of the page's own date."""
    doubtful = [day for day in days if is_doubtful(day)]
    if stated is None or not doubtful:
        return None
    off = [
        max(abs((found - stated).days) if (found := readings(day)[order]) else _FAR for day in doubtful)
        for order in (0, 1)
    ]
    if min(off) > _NEAR or max(off) < _FAR:
        return None
    return off[1] < off[0]
