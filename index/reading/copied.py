"""The date that copies of pages put before the first line: when the page was copied, and only maybe its own day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from index.calendars import WEEKDAYS, Day, read_date
from index.reading.lines import Line

_PREFIX = re.compile(r"date ((?:19|20)\d\d)-(0[1-9]|1[0-2])-(\d\d)(?!\d)\s*")
_DAY_NAMES = "|".join(name for name in WEEKDAYS if len(name) >= 5)
_WEEKDAY = re.compile(rf"\b(?:{_DAY_NAMES})\b", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.,:/-])\d{1,2}(?=[\s.])")
_MONTH_BEFORE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{2,8}\.?\s(?=\d{1,2}(?!\d))")


def without_doubtful_date(opening: Sequence[Line], lines: Sequence[Line]) -> Sequence[Line]:
    """The page's opening without the copy's date before it, unless something in all of the page's lines agrees.

    The year agrees, a day with its month, which may be the one before where entries run past midnight, or the
    weekday that is named at least as often as all others together.
    """
    match = _PREFIX.match(opening[0].text) if opening else None
    if match is None:
        return opening
    first = replace(opening[0], text=opening[0].text[match.end() :])
    day = Day(int(match[1]), int(match[2]), int(match[3])).full()
    if day and _agrees(day, [first.text, *(line.text for line in lines[1:])]):
        return opening
    return [first, *opening[1:]] if first.text else opening[1:]


def _agrees(day: date, texts: Sequence[str]) -> bool:
    year = re.compile(rf"(?<!\d){day.year}(?!\d)")
    if any(year.search(text) for text in texts) or any(_names_day(text, day) for text in texts):
        return True
    named = [WEEKDAYS[match[0].lower()] for text in texts for match in _WEEKDAY.finditer(text)]
    own = sum(weekday == day.weekday() for weekday in named)
    return own > 0 and own * 2 >= len(named)


def _names_day(text: str, day: date) -> bool:
    near = {(one.month, one.day) for one in (day, day - timedelta(days=1))}
    return any((found.month, found.day) in near for found in _dates(text))


def _dates(text: str) -> Iterable[Day]:
    """Dates with a month that a text names: "3 May", "May 3"."""
    for pattern in (_FIGURE, _MONTH_BEFORE):
        for match in pattern.finditer(text):
            if (found := read_date(text, match.start())) and found[0].month and not found[0].swapped:
                yield found[0]
