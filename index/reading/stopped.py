"""Headlines that end in a full stop or a colon, told from first sentences by the habit of the whole page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.bylines import is_author
from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title

_LONGEST_CHARS, _LONGEST_WORDS = 80, 12
_LONGER = 1.5
_FEW_WORDS, _VERY_FEW_WORDS = 5, 3
_SHORTEST_CALLED, _LONGEST_CALLED, _LEAST_COLONS = 3, 12, 2
_INNER_END = re.compile(r"[.!?…]\W?\s")


def stopped_titles(sections: Sequence[Section], names: frozenset[str]) -> frozenset[int]:
    """Numbers of the lines that head their entries though they end in a full stop.

    Every entry of the page has one, a short sentence alone over longer prose, or nearly all the others have
    headlines without a stop.
    """
    firsts = [[line for line in s.lines if not is_author(line, names)][:2] for s in sections if len(s.lines) > 1]
    firsts = [pair for pair in firsts if len(pair) == 2]
    stopped = [a for a, b in firsts if is_sentence_over(a, b)]
    titled = sum(is_title(a.text) for a, _ in firsts)
    count = len(sections)
    if not stopped or len(stopped) + titled < count:
        return frozenset()
    all_stopped = may_head([line.text for line in stopped]) and titled * 4 <= count
    few = titled >= 3 and len(stopped) * 4 <= count and all(len(a.text.split()) <= _FEW_WORDS for a in stopped)
    if not all_stopped and not few:
        return frozenset()
    return frozenset(line.number for line in stopped)


def may_head(sentences: Sequence[str]) -> bool:
    """Whether short sentences over all entries are their headlines: all differ, and there are enough of them."""
    least = 3 if all(len(text.split()) <= _VERY_FEW_WORDS for text in sentences) else 4
    return len(set(sentences)) == len(sentences) >= least


def is_sentence_over(line: Line, below: Line, *, words: int = _LONGEST_WORDS) -> bool:
    """Whether one short sentence, of `words` at most, stands alone over prose that is longer than it."""
    text = line.text
    alone = line.gap or not below.gap
    short = len(text) <= _LONGEST_CHARS * words / _LONGEST_WORDS and len(text.split()) <= words
    bare = text.rstrip('.!?…”"’»“ ')
    return (
        alone
        and short
        and len(bare) < len(text)
        and is_title(bare)
        and not _INNER_END.search(bare)
        and (ends_prose(below.text) or bool(_INNER_END.search(below.text)))
        and len(below.text) >= _LONGER * len(text)
    )


def without_colons(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections, their Headlines Like This: under the stamps without the colons that several of them end in."""
    ended = {id(s) for s in sections if s.candidate and s.candidate.place == "alone" and _ends_in_colon(s)}
    if len(ended) < _LEAST_COLONS:
        return sections
    return [
        replace(s, lines=(replace(s.lines[0], text=s.lines[0].text[:-1]), *s.lines[1:])) if id(s) in ended else s
        for s in sections
    ]


def _ends_in_colon(section: Section) -> bool:
    """Whether the first line is a headline of capitalised words and a colon, over other words."""
    words = section.lines[0].text.split() if len(section.lines) > 1 else []
    called = _SHORTEST_CALLED <= len(words) <= _LONGEST_CALLED and all(word[0].isupper() for word in words)
    return called and words[-1].endswith(":") and not is_name(section.lines[0].text[:-1])
