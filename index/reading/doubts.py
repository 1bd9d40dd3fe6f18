"""What the entries say against a page's date, or for it.

Posts and pictures of later days than the entries' are against it; the weekday that they name may be for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.calendars import WEEKDAYS, read_date
from index.reading.days import Dated
from index.reading.page_day import PageDay
from index.reading.sections import Section

_TWEET_DATE = re.compile(r"\(@\w{1,20}\)\s+(\w{3,10}\.? \d{1,2}, \d{4})")
# "The crowd outside the hall on May 14, 2031. (Agency)"
_CAPTION_DATE = re.compile(r"\s(?:on|am|le|el|il|em)\s(\S[^()]{4,40}?)[.,]?\s?\([^()]{2,60}\)\.?$")
_CAPTION_CHARS = 160
_DAY_NAMES = "|".join(name for name in WEEKDAYS if len(name) >= 5)
_WEEKDAY = re.compile(
    rf"\b(?P<before>(?:last|next|vergangene[mn]|letzten|kommenden|nächsten)\s)?(?P<name>{_DAY_NAMES})\b"
    r"(?P<after>\s(?:dernier|prochain|pasado|próximo))?",
    re.IGNORECASE,
)
_LEAST_NAMED = 2


def is_contradicted(sections: Sequence[Section], days: Sequence[Dated]) -> bool:
    """Whether an entry quotes a tweet or shows a picture of a later day than its own, where the page's date gave that.

    `days` are those of the timed sections. Pictures before the entries are compared with the newest of them.
    """
    own = iter(days)
    newest = max((day for day, how in days if day and how == "page"), default=None)
    for section in sections:
        day, how = next(own) if section.candidate else (newest, "page")
        if day is not None and how == "page" and any((shown - day).days > 1 for shown in _shown(section)):
            return True
    return False


def without_clock_if_told(page_day: PageDay, texts: Sequence[str]) -> PageDay:
    """The page's date as that of its entries, whatever its clock, where they name its weekday and no other."""
    if page_day.clock is None or page_day.anchor != "newest":
        return page_day
    found = [m for text in texts for m in _WEEKDAY.finditer(text)]
    named = [WEEKDAYS[m["name"].lower()] for m in found if not (m["before"] or m["after"])]
    if len(named) < _LEAST_NAMED or set(named) != {page_day.day.weekday()}:
        return page_day
    return replace(page_day, anchor="any", clock=None)


def _shown(section: Section) -> list[date]:
    """Days of the tweets that an entry quotes and of the pictures it shows."""
    found = [m for line in section.lines for m in _TWEET_DATE.findall(line.text[-300:]) if section.candidate]
    found += [m[1] for line in section.lines if (m := _CAPTION_DATE.search(line.text[-_CAPTION_CHARS:]))]
    read = (read_date(text) for text in found)
    return [day for one in read if one and (day := one[0].full())]
