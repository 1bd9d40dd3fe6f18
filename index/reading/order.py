"""The order of time that stamps stand in on a page: newest first, oldest first, or neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.reading.candidates import Candidate

_LEAST_DAYS = 2


def _minutes(members: Sequence[Candidate]) -> list[int]:
    clocks = [c.stamp.clock for c in members if c.stamp.clock]
    if clocks:
        return [c.hour * 60 + c.minute for c in clocks]
    return [-int(c.stamp.ago.total_seconds() // 60) for c in members if c.stamp.ago]


def _steps(minutes: Sequence[int]) -> list[int]:
    return [(b - a + 720) % 1440 - 720 for a, b in pairwise(minutes)]


def time_steps(members: Sequence[Candidate]) -> list[int]:
    """Minutes from each to the next, by the shorter way round the clock."""
    return _steps(_minutes(members))


def minutes_on(first: Candidate, second: Candidate) -> int:
    """Minutes from one clock forward to the other, midnight allowed; both have one."""
    one, two = _minutes([first, second])
    return (two - one) % 1440


def order_share(members: Sequence[Candidate]) -> float:
    """Share of neighbours that stand in the page's own order, newest or oldest first, midnight allowed."""
    return minutes_share(_minutes(members))


def order_share_by_day(members: Sequence[Candidate], days: Sequence[int]) -> float:
    """Share of neighbours in the page's own order under each of the date lines; 0 where two dates head no entries.

    `days` are the numbers of the lines that hold nothing but a date, in page order.
    """
    places = [bisect_left(days, c.line) for c in members]
    if len(set(places)) < _LEAST_DAYS or 0 in places:
        return 0.0
    steps = [step for step, (a, b) in zip(time_steps(members), pairwise(places), strict=False) if a == b]
    return max(sum(s >= 0 for s in steps), sum(s <= 0 for s in steps)) / len(steps) if steps else 1.0


def minutes_share(minutes: Sequence[int]) -> float:
    """Share of neighbouring minutes of the day that go the way that most go, midnight allowed."""
    steps = _steps(minutes)
    if not steps:
        return 1.0
    return max(sum(s >= 0 for s in steps), sum(s <= 0 for s in steps)) / len(steps)


def newest_first(members: Sequence[Candidate]) -> bool | None:
    """Whether the page runs from new to old; None where it does not tell."""
    steps = _steps(_minutes(members))
    falling, rising = sum(s < 0 for s in steps), sum(s > 0 for s in steps)
    return None if falling == rising else falling > rising
