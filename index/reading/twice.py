"""Entries stamped twice, with an age over the text and a clock under it: "Ann | 2m ago" ... "Ann | 20:54"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.candidates import Candidate
from index.reading.sections import Section

_LEAST_PAIRS, _MOST_PAIRED = 3, 0.8


def settle_twice(candidates: Sequence[Candidate]) -> tuple[list[Candidate], set[int]]:
    """The candidates with one stamp for each such entry, and the numbers of the lines of the second stamps.

    The age begins the entry; the clock under the text says when that was.
    """
    pairs = {a.line: b for a, b in pairwise(candidates) if _is_pair(a, b)}
    clocks = sum(c.place == "tail" and c.stamp.clock is not None for c in candidates)
    if len(pairs) < max(_LEAST_PAIRS, _MOST_PAIRED * clocks):
        return list(candidates), set()
    second = {b.line for b in pairs.values()}
    names = {c.before for c in candidates if c.line in pairs}
    once = [
        replace(c, place="middle", stamp=pairs[c.line].stamp if c.line in pairs else c.stamp, sign="")
        if c.before in names
        else c
        for c in candidates
        if c.line not in second
    ]
    return once, second


def without_lines(sections: Sequence[Section], numbers: set[int]) -> list[Section]:
    """The sections without the lines of the given numbers."""
    if not numbers:
        return list(sections)
    return [replace(s, lines=tuple(line for line in s.lines if line.number not in numbers)) for s in sections]


def _is_pair(age: Candidate, clock: Candidate) -> bool:
    alike = age.place == clock.place == "tail" and age.before == clock.before
    return alike and age.stamp.clock is None and clock.stamp.clock is not None
