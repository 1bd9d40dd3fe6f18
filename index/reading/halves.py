"""Twelve-hour clocks without "a.m." or "p.m.": the half of the day where the page's order shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import pairwise

from index.reading.candidates import Candidate
from index.reading.lines import Line, date_line
from index.reading.order import newest_first, order_share, time_steps

_PRINTED = re.compile(r"(?:^|[^\d:.])(?:1[0-2]|[1-9])[:.]\d\d(?!\d)(?!\s?(?:h|hs|hrs|horas|Uhr|uur)\b)")
_TWENTY_FOUR = re.compile(r"(?<![\d:.,$€£])(?:1[3-9]|2[0-3]|0\d):[0-5]\d(?![\d:])")
_NIGHT = re.compile(r"\b(?:night|tonight|evening|overnight|midnight|primetime|prime time)\b", re.IGNORECASE)
_GREETING = re.compile(r"\b(?:good evening|good night|midnight)\b", re.IGNORECASE)
_HALF_DAY = 720
_LONGEST_STEP = 240  # minutes; over a longer silence nothing tells whether half a day more has passed
_SLACK = 5
_MOST_HALVES = 0.2  # of the stamps may say "am": the first does on some pages
_LEAST_FALL = 3  # hours
_BARE = re.compile(r"(?:1[0-2]|[1-9])(?P<sign>[:.])[0-5]\d")
_SIGN = re.compile(r"\d([:.])\d")
_LEAST_MARKED, _IN_ORDER, _NEAR = 2, 0.9, 60  # stamps, a share, minutes


def settle_lost_halves(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with the half of the day that some lack among others: "1.09" between "1.12pm" and "12.58pm".

    Each is set off as those around it are, and stands between them in the order of time with one half only; before
    the first of them and after the last each follows within the hour.
    """
    if not any(c.stamp.twelve for c in candidates):
        return list(candidates)
    done = list(candidates)
    groups: dict[tuple[str, str, str], list[int]] = {}
    for at, c in enumerate(candidates):
        if c.stamp.clock and not (c.stamp.day or c.stamp.zone):
            groups.setdefault((c.place, c.lead, c.sign), []).append(at)
    for group in groups.values():
        marked = [candidates[at] for at in group if candidates[at].stamp.twelve]
        falling = newest_first(marked) if order_share(marked) >= _IN_ORDER else None
        if len(marked) < _LEAST_MARKED or falling is None:
            continue
        order, first = (-1 if falling else 1), True
        run: list[int] = []
        for at in group:
            run.append(at)
            if not candidates[at].stamp.twelve:
                continue
            members = [candidates[n] for n in run]
            found = _beside(members[::-1], -order)[::-1] if first else _between(members, order)
            for lost, own in zip(run[:-1] if first else run[1:-1], found, strict=False):  # none where it is not told
                done[lost] = own
            run, first = [at], False
        for lost, own in zip(run[1:], _beside([candidates[n] for n in run], order), strict=False):
            done[lost] = own
    return done


def _beside(members: Sequence[Candidate], order: int) -> list[Candidate]:
    """Those after the first, each with its half, if all lack it and follow within the hour; else none."""
    if not all(_is_bare(c, members[:1]) for c in members[1:]):
        return []
    done = [members[0]]
    for c in members[1:]:
        halves = [half for half in (_in_half(c, 0), _in_half(c, 12)) if _steps_on(done[-1], half, order) <= _NEAR]
        if len(halves) != 1:
            return []
        done += halves
    return done[1:]


def _between(members: Sequence[Candidate], order: int) -> list[Candidate]:
    """Those between the first and the last with their half, if all lack it and it is told by the two; else none."""
    inner = members[1:-1]
    if not inner or not members[0].stamp.twelve:
        return []
    span = time_steps([members[0], members[-1]])[0] * order
    if not 0 <= span <= _LONGEST_STEP or not all(_is_bare(c, (members[0], members[-1])) for c in inner):
        return []
    found = []
    for c in inner:
        halves = [half for half in (_in_half(c, 0), _in_half(c, 12)) if _steps_on(members[0], half, order) <= span]
        if len(halves) != 1:
            return []
        found += halves
    steps = time_steps([members[0], *found, members[-1]])
    return found if all(step * order >= 0 for step in steps) else []


def _is_bare(candidate: Candidate, marked: Sequence[Candidate]) -> bool:
    """Whether the clock may be one of twelve hours, with the sign of one marked: "5.12" is none beside "5:21pm"."""
    bare = _BARE.fullmatch(candidate.stamp.text)
    signs = {found[1] for c in marked if (found := _SIGN.search(c.stamp.text))} or {":"}
    return bare is not None and bare["sign"] in signs


def _steps_on(first: Candidate, second: Candidate, order: int) -> int:
    """Minutes from the first to the second in the page's order; a day where it goes back."""
    step = time_steps([first, second])[0] * order
    return step if step >= 0 else 2 * _HALF_DAY


def _in_half(candidate: Candidate, hours: int) -> Candidate:
    clock = candidate.stamp.clock
    if clock is None:
        return candidate
    stamp = replace(candidate.stamp, clock=clock.replace(hour=clock.hour % 12 + hours), twelve=True)
    return replace(candidate, stamp=stamp)


def settle_halves(lines: Sequence[Line], chosen: Sequence[Candidate]) -> tuple[list[Candidate], bool]:
    """Candidates with their clocks after noon as such, and whether the page leaves the half of its day open.

    "12:58" and below it "1:12" on a page that runs from old to new cannot be the small hours of the same day: the
    page counts to twelve and has passed noon, unless it tells of a night, where all its halves stay open. A page
    that prints a clock beyond twelve, a half, or a new day between its stamps does not count to twelve.
    """
    clocks = [c.stamp.clock for c in chosen if c.stamp.clock]
    if len(clocks) < 3 or len(clocks) < len(chosen) or not _counts_to_twelve(lines, chosen):
        return list(chosen), False
    minutes = [clock.hour % 12 * 60 + clock.minute for clock in clocks]
    steps = [(b - a + _HALF_DAY // 2) % _HALF_DAY - _HALF_DAY // 2 for a, b in pairwise(minutes)]
    rising = sum(steps) > 0
    order = 1 if rising else -1
    if any(order * step < -_SLACK for step in steps):
        return list(chosen), False
    oldest = list(range(len(chosen))) if rising else list(reversed(range(len(chosen))))
    passes = [n for n, (a, b) in enumerate(pairwise(oldest)) if _falls(clocks[a], clocks[b])]
    if not passes:
        return list(chosen), False
    told = [line.text for line in lines[: chosen[0].line]]
    night = any(_NIGHT.search(text) for text in told) or any(_GREETING.search(line.text) for line in lines)
    if night or len(passes) > 1 or max(abs(step) for step in steps) > _LONGEST_STEP:
        return list(chosen), True
    late = set(oldest[passes[0] + 1 :])
    return [_after_noon(c) if at in late else c for at, c in enumerate(chosen)], False


def _falls(first: time, second: time) -> bool:
    """Whether the later clock shows an hour far below the earlier one's, not only a slip of minutes."""
    return first.hour - second.hour >= _LEAST_FALL


def _counts_to_twelve(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    stamps = [c.stamp for c in chosen]
    if any(s.clock is None or not 1 <= s.clock.hour <= 12 for s in stamps):
        return False
    if sum(s.twelve for s in stamps) > _MOST_HALVES * len(stamps):
        return False
    if not all(_PRINTED.search(s.text) for s in stamps) or not any(s.clock and s.clock.hour < 10 for s in stamps):
        return False
    if len({s.day for s in stamps}) > 1 or any(_TWENTY_FOUR.search(line.text) for line in lines):
        return False
    return not any(date_line(line) for line in lines[chosen[0].line : chosen[-1].line])


def _after_noon(candidate: Candidate) -> Candidate:
    clock = candidate.stamp.clock
    if clock is None or clock.hour >= 12:
        return candidate
    return replace(candidate, stamp=replace(candidate.stamp, clock=clock.replace(hour=clock.hour + 12)))
