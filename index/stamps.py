"""A printed stamp and its pieces: clock, date, zone, age. What a stamp does not print stays None."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta

from index.calendars import Day, read_date
from index.zones import ZONE_PATTERN

MAX_STAMP_CHARS = 120


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as printed: `text` stands at `start` to `end` of its line. `ago` is the age it states.

    `twelve` says that the clock is a twelve-hour one, `style` how it is written ("24:", "12.", "h" ...).
    """

    text: str
    start: int
    end: int
    clock: time | None = None
    day: Day | None = None
    zone: str | None = None
    ago: timedelta | None = None
    twelve: bool = False
    style: str = ""


_MERIDIEM = r"(?P<ap>[AaPp])\.?\s?[Mm](?:\.(?![A-Za-z]\.)|(?![a-z]))"
_CLOCKS = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (
            "12",
            rf"(?P<h>1[0-2]|0?\d|1[3-9]|2[0-3])(?:(?P<sep>[:.])(?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d))?)?\s?{_MERIDIEM}",
        ),
        (
            "24:",
            r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:%])(?:\s?(?:Uhr|hrs|h(?:oras)?)\b)?",
        ),
        ("24.", r"(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?![\d%]|[.,:]\d)(?:\s?(?:Uhr|hrs|h(?:oras)?)\b)?"),
        ("h", r"(?P<h>[01]?\d|2[0-3])\s?[hH]\s?(?P<m>[0-5]\d)(?!\d)"),
        ("h", r"(?P<h>[01]?\d|2[0-3])\s?(?:Uhr|heures?|[hH])(?![A-Za-zäöüé])"),
        (
            "2400",
            rf"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:hrs\b|h\b|{ZONE_PATTERN}))(?:\s?(?:hrs|h)\b)?",
        ),
    )
)
_AGO = re.compile(
    r"(?:(?P<d>\d{1,3})\s?d(?:ays?)?\s?)?(?:(?P<h>\d{1,3})\s?h(?:(?:ou)?rs?)?\s?)?(?:(?P<m>\d{1,4})\s?m(?:in(?:ute)?s?)?\s?)?"
    r"(?:(?P<s>\d{1,4})\s?s(?:ec(?:ond)?s?)?\s?)?ago(?![a-z])"
)
_ZONE = re.compile(rf"\(?{ZONE_PATTERN}\)?")
_GAP = re.compile(r"[\s,|•·/–—-]*(?:(?i:at|on|um|am|à|a las|le|el|den|the)\s+)?[\s(]*")
_START = re.compile(r"(?<![\d.:£$€#@/])(?=\d|[A-Za-zÀ-ÿ])")


def read_clock(line: str, at: int = 0) -> tuple[time, str, bool, int] | None:
    """Clock at `at`: time, style, whether it is a twelve-hour clock, and where it ends."""
    for style, pattern in _CLOCKS:
        match = pattern.match(line, at)
        if match is None:
            continue
        parts = match.groupdict()
        hour = int(parts["h"])
        if parts.get("ap"):
            style += parts.get("sep") or ""
            if hour <= 12:
                hour = hour % 12 + (12 if parts["ap"] in "Pp" else 0)
        clock = time(hour, int(parts.get("m") or 0), int(parts.get("s") or 0))
        return clock, style, bool(parts.get("ap")), match.end()
    return None


def read_stamp(line: str, at: int = 0) -> Stamp | None:
    """Longest stamp that starts exactly at `at`: its pieces in any order, each at most once."""
    stamp, end, pos = Stamp("", at, at), at, at
    limit = at + MAX_STAMP_CHARS
    while pos < min(len(line), limit):
        grown = _grow(stamp, line, pos)
        if grown is None:
            break
        stamp, end = grown
        gap = _GAP.match(line, end)
        pos = gap.end() if gap else end
    if stamp.clock is None and stamp.ago is None:
        return None
    return replace(stamp, text=line[at:end], end=end)


def _grow(stamp: Stamp, line: str, pos: int) -> tuple[Stamp, int] | None:
    if (
        stamp.ago is None
        and stamp.clock is None
        and (match := _AGO.match(line, pos))
        and match.end() > pos + 3
    ):
        d, h, m, s = (int(match[k] or 0) for k in "dhms")
        return replace(stamp, ago=timedelta(days=d, hours=h, minutes=m, seconds=s)), match.end()
    found_day = read_date(line, pos) if stamp.day is None else None
    if found_day is not None:
        return replace(stamp, day=found_day[0]), found_day[1]
    if stamp.clock is None and (found := read_clock(line, pos)):
        clock, style, twelve, end = found
        return replace(stamp, clock=clock, style=style, twelve=twelve), end
    if stamp.clock is not None and stamp.zone is None and (zone := _ZONE.match(line, pos)):
        return replace(stamp, zone=zone[0].strip("()")), zone.end()
    return None


def find_tail_stamp(line: str) -> Stamp | None:
    """Longest stamp that ends where the line ends."""
    floor = max(0, len(line) - MAX_STAMP_CHARS)
    for start in _START.finditer(line, floor):
        stamp = read_stamp(line, start.start())
        if stamp is not None and stamp.end == len(line):
            return stamp
    return None
