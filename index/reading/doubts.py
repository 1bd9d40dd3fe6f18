"""A page's date that what the page quotes or shows contradicts: posts and pictures of later days than the entries'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.calendars import read_date
from index.reading.days import Dated
from index.reading.sections import Section

_TWEET_DATE = re.compile(r"\(@\w{1,20}\)\s+(\w{3,10}\.? \d{1,2}, \d{4})")
# "The crowd outside the hall on May 14, 2031. (Agency)"
_CAPTION_DATE = re.compile(r"\s(?:on|am|le|el|il|em)\s(\S[^()]{4,40}?)[.,]?\s?\([^()]{2,60}\)\.?$")
_CAPTION_CHARS = 160


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


def _shown(section: Section) -> list[date]:
    """Days of the tweets that an entry quotes and of the pictures it shows."""
    found = [m for line in section.lines for m in _TWEET_DATE.findall(line.text[-300:]) if section.candidate]
    found += [m[1] for line in section.lines if (m := _CAPTION_DATE.search(line.text[-_CAPTION_CHARS:]))]
    read = (read_date(text) for text in found)
    return [day for one in read if one and (day := one[0].full())]
