"""The line that names where a page was first printed, its date and its writers: "The Quay Post 4/23/2023 Ann Hill"."""

from __future__ import annotations

import re

from index.calendars import Day, read_date
from index.reading.people import is_name, read_byline

# "The Quay Post17-09-2025"
_GLUED = re.compile(r"(?:[A-ZÀ-Þ][\w.'’&-]*\s){0,4}[A-ZÀ-Þ](?:[^\W\d]|[.'’&-])+(?P<date>\d{1,2}([./-])\d{1,2}\2\d{4})$")
_LONGEST_SOURCE, _LONGEST_LINE = 5, 240  # words, characters


def read_source_line(text: str) -> Day | None:
    """Date of a line that is a name in a few capitalised words, a whole date and people's names; None of any other.

    A date in figures may also be glued to the name, and nobody named.
    """
    if len(text) > _LONGEST_LINE or text.endswith((".", "!", "?", ":")):
        return None
    if (glued := _GLUED.match(text)) and (dated := read_date(glued["date"])):
        return dated[0]
    start = 0
    for word in text.split(" ")[: _LONGEST_SOURCE + 1]:
        found = read_date(text, start) if start else None
        if found and found[0].year and found[0].month:
            rest = text[found[1] :].strip(" ,|•·–—-")
            return found[0] if is_name(rest) or read_byline(rest) else None
        if not word[:1].isupper():
            return None
        start += len(word) + 1
    return None
