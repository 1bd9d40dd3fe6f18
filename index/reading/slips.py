"""Stamps with slips of the keyboard, units and full stops that real pages make around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.reading.lines import Line, date_line
from index.reading.order import newest_first
from index.stamps import Stamp, read_stamp

if TYPE_CHECKING:
    from index.reading.candidates import Candidate

# "09: 24 Uhr", "9:12: PM": a sign too many within the clock
_SLIP = re.compile(
    r"\d{1,2}(?:[:.](?P<space>\s)(?=[0-5]\d\s?(?:Uhr|uur|hrs|[AaPp]\.?[Mm])\b)|[:.]\d\d(?P<colon>:)(?=\s?[AaPp]\.?[Mm]\b))"
)
# "11 a.m. – CTV says": the first letters of a word are no zone, but "5pm ETThe" has one
_WORD_GOES_ON = re.compile(r"(?<=[A-Z])(?!A\s[a-z])[A-Z](?![a-zà-ÿ])")
_UNIT = re.compile(r"\s(?:heures|ore|timmar)(?=\s*(?:[|:.,)\]–—-]|$))")
_ONE_DIGIT = re.compile(r"[1-9][:.hH]\d\d(?!\d)")
_LEAST_STAMPS, _NOON, _NEAR = 5, 12, 180  # stamps, hours, minutes
_STOPPED = re.compile(r"\d\s?[AaPp][Mm]\.$")  # the stop after "1.35am." ends a sentence of one stamp


def read_printed(line: str, at: int = 0) -> Stamp | None:
    """Stamp that starts exactly at `at`, as `read_stamp` reads it, with its slips and its unit."""
    if slip := _SLIP.match(line, at):
        place = slip.start("space") if slip["space"] else slip.start("colon")
        stamp = read_stamp(line[:place] + line[place + 1 :], at)
        return replace(stamp, text=line[at : stamp.end + 1], end=stamp.end + 1) if stamp and stamp.clock else None
    stamp = read_stamp(line, at)
    if stamp is None or stamp.clock is None:
        return stamp
    if stamp.zone and stamp.text.endswith(stamp.zone) and _WORD_GOES_ON.match(line, stamp.end):
        return read_stamp(line[: stamp.end - len(stamp.zone)], at)
    if _STOPPED.search(stamp.text):
        return replace(stamp, text=stamp.text[:-1], end=stamp.end - 1)
    unit = _UNIT.match(line, stamp.end) if stamp.text[-1:].isdigit() and not stamp.twelve else None
    return replace(stamp, text=line[at : unit.end()], end=unit.end()) if unit else stamp


def settle_lost_ten(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one clock of a page that counts to 24 put after noon: "2:18" between 14:31 and 12:52.

    It is the only one that does not stand between its neighbours, and with twelve hours more it does.
    """
    clocks = [c.stamp.clock for c in chosen]
    falling = newest_first(chosen)
    plain = all(c.stamp.clock and not (c.stamp.twelve or c.stamp.day) for c in chosen)
    if len(chosen) < _LEAST_STAMPS or not plain or falling is None:
        return list(chosen)
    minutes = [clock.hour * 60 + clock.minute for clock in clocks if clock]
    rising = minutes[::-1] if falling else minutes
    odd = [n for n in range(1, len(rising) - 1) if rising[n] < rising[n - 1] <= rising[n + 1]]
    falls = sum(a > b for a, b in zip(rising, rising[1:], strict=False))
    if len(odd) != 1 or falls != 1:
        return list(chosen)
    mended = rising[odd[0]] + _NOON * 60
    at = len(chosen) - 1 - odd[0] if falling else odd[0]
    between = lines[chosen[at - 1].line : chosen[at + 1].line]
    before, after = rising[odd[0] - 1], rising[odd[0] + 1]
    fits = before <= mended <= after <= before + _NEAR
    if not fits or not _ONE_DIGIT.match(chosen[at].stamp.text) or any(date_line(line) for line in between):
        return list(chosen)
    return [_after_noon(c) if n == at else c for n, c in enumerate(chosen)]


def _after_noon(candidate: Candidate) -> Candidate:
    clock = candidate.stamp.clock
    if clock is None:
        return candidate
    return replace(candidate, stamp=replace(candidate.stamp, clock=clock.replace(hour=clock.hour + _NOON)))
