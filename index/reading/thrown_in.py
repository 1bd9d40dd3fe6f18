"""Headlines of a site's other reports, thrown in between the paragraphs of an agency's, whose entries have none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.lines import Line
from index.reading.people import is_name, read_byline
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title

# "The Latest on the flood (all times local):"
_AGENCY = re.compile(r"\((?:AP|Reuters|AFP)\)\s[–—-]+\s(?:The Latest|Latest)\b.*\(all times\b", re.IGNORECASE)
_LEAST_WORDS, _LONG_WORD = 5, 4  # words, letters


def without_thrown_in(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections without lines Written Like This between paragraphs, where few of the entries begin so."""
    if not sections or sections[0].candidate or not any(_AGENCY.search(line.text) for line in sections[0].lines):
        return sections
    timed = [s for s in sections if s.candidate]
    heads = sum(len(s.lines) > 1 and _is_thrown_in(s.lines[0], s.lines[1]) for s in timed)
    if heads * 2 >= len(timed):
        return sections
    return [replace(s, lines=_told(s.lines)) if s.candidate else s for s in sections]


def _told(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The entry's lines without the other reports' headlines; the last line may be cut off with the page."""
    others = {a.number for a, b in zip(lines, lines[1:], strict=False) if _is_thrown_in(a, b)}
    return tuple(line for line in lines if line.number not in others)


def _is_thrown_in(line: Line, below: Line) -> bool:
    words = [word.strip("'‘’“”\"") for word in line.text.split()]
    called = all(not word.islower() for word in words if len(word) > _LONG_WORD)
    alone = line.gap and below.gap and ends_prose(below.text)
    few = len(words) >= _LEAST_WORDS and called and sum(word.islower() for word in words) * 2 < len(words)
    return alone and few and is_title(line.text) and not (is_name(line.text) or read_byline(line.text))
