"""Printed times of day: 24-hour, 12-hour, dotted, French, German, four digits, without minutes."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from index.zones import ZONE_PATTERN


class Clock(NamedTuple):
    """A time of day that stands in a line, and where it ends."""

    time: time
    twelve: bool
    end: int


_MERIDIEM = r"(?P<ap>[AaPp])\.?\s?[Mm](?:\.(?!\w)|\b\.?|(?<!\s[Mm])(?=[A-Z]))"
_HOUR = r"(?P<h>[01]?\d|2[0-3])"
_UNIT = r"(?:\s?(?:(?:Uhr|uur|hrs|Hrs|hs|horas|hours)(?![a-zà-ÿ\d])|[hH]\b))?"
_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        # hours above 12 too: "15:33 PM" is a slip that real pages make
        rf"{_HOUR}(?:[:.](?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d))?)?\s?{_MERIDIEM}",
        rf"{_HOUR}[:.](?P<m>[0-5]\d)(?P<ap>[ap])(?![\w.])",
        rf"(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d{{1,9}}(?=Z|[+\-]\d\d))?)?(?!\d|:\d|%|\.\d){_UNIT}",
        rf"{_HOUR}\.(?P<m>[0-5]\d)(?![\d%]|[.,:]\d|\s?(?:million|m\b|bn|billion|per cent|percent|kg|km)){_UNIT}",
        rf"{_HOUR}\s?[hH]\s?(?P<m>[0-5]\d)(?!\d)(?:\s?min(?![a-z]))?",
        rf"{_HOUR}\sheures?\s(?P<m>[0-5]\d)(?!\d)",
        rf"{_HOUR}\s(?P<m>[0-5]\d)\s(?:horas|hrs|Uhr)\b",
        rf"{_HOUR}\s?(?:Uhr\b|uur\b|heures?\b|hrs\b|hs\b|[hH](?![\w]))",
        rf"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?=\s{ZONE_PATTERN})",
        rf"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:(?:hrs|Uhr|hours)(?![a-z])|h\b|{ZONE_PATTERN})){_UNIT}",
        r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=:(?:\s|$|[A-ZÀ-Þ]))",
    )
)
# slips that real pages make: "14: 05 -", "1: 23 p.m.", "5: p.m."
_SLIPS = (
    re.compile(rf"{_HOUR}: (?P<m>[0-5]\d)(?=\s?[–—-]\s|:\s)"),
    re.compile(rf"{_HOUR}:(?: (?P<m>[0-5]\d))?\s{_MERIDIEM}"),
)
_AHEAD = re.compile(r"\d{1,2}(?:([:.])\d\d|\s?[aApPhHU]|\s?uur|\d{2}|\s\d\d\s)")
_BY_SIGN = {":": _CLOCKS[:3], ".": (*_CLOCKS[:2], _CLOCKS[3])}
_SIGNLESS = (_CLOCKS[0], *_CLOCKS[4:])
_BARE = re.compile(
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s(?:[|–—-]\s)?[A-ZÀ-Þ“\"‘']|[A-ZÀ-Þ](?:[a-zà-ÿ’']|\s)|,\s[A-Z]{2,6}:)"
)
_GLUED = re.compile(r"(?P<h>[01]\d|2[0-3]):(?P<m>[0-5]\d)(?=\d{1,3}(?:\s|[A-Za-z]))")
_WORDS = re.compile(r"(?i:(?P<noon>(?:12 )?(?:noon|midday))|(?P<midnight>(?:12 )?midnight))(?!\w)")


def read_clock(line: str, at: int = 0) -> Clock | None:
    """Time of day that stands exactly at `at`."""
    if at >= len(line) or not line[at].isdigit():
        word = _WORDS.match(line, at)
        return Clock(time(12 if word["noon"] else 0), True, word.end()) if word else None
    if word := _WORDS.match(line, at):
        return Clock(time(12 if word["noon"] else 0), True, word.end())
    for pattern in _patterns_at(line, at):
        match = pattern.match(line, at)
        if match:
            parts = match.groupdict()
            hour, half = int(parts["h"]) % 24, parts.get("ap")
            if half and 0 < hour <= 12:
                hour = hour % 12 + (12 if half in "Pp" else 0)
            return Clock(time(hour, int(parts.get("m") or 0), int(parts.get("s") or 0)), bool(half), match.end())
    return None


def _patterns_at(line: str, at: int) -> tuple[re.Pattern[str], ...]:
    """Patterns that what follows the hour allows, in their order."""
    ahead = _AHEAD.match(line, at)
    return _BY_SIGN.get(ahead[1], _SIGNLESS) if ahead else _SLIPS


def read_glued_clock(line: str, at: int = 0) -> Clock | None:
    """Two-digit clock that stands at `at` with a number glued to it: "18:51120 people"."""
    match = _GLUED.match(line, at)
    return Clock(time(int(match["h"]), int(match["m"])), False, match.end()) if match else None


def read_bare_digits(line: str, at: int = 0) -> Clock | None:
    """Four digits without any mark that begin a line of text, as only whole pages of them may be read: "2033 The"."""
    match = _BARE.match(line, at)
    return Clock(time(int(match["h"]), int(match["m"])), False, match.end()) if match else None
