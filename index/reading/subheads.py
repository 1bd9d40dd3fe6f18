"""Headlines that stand over some entries only, after the text of the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.sections import Section
from index.reading.titles import INNER_END, ends_prose, is_title, plain_title

_LEAST_TIGHT = 2
_LISTED = re.compile(r"https?:|[/@#)]|:(?!\s)|[!?]$")
_FIGURE = re.compile(r"\d")
_LEAST_CAPITALS = 6  # words in capitals that may hold figures and head an entry


def move_subheads(sections: Sequence[Section]) -> list[Section]:
    """Headlines that stand over some entries only: a last line that is no prose, after prose, over an inline stamp."""
    tight = not any(line.gap for s in sections if s.candidate for line in s.lines if line.number != s.candidate.line)
    pairs = list(pairwise(sections))
    over = [_stands_over(a, b, tight) for a, b in pairs]
    if tight and sum(over) < _LEAST_TIGHT:
        return list(sections)
    if not tight and sum(over) >= _LEAST_TIGHT:  # then a caption may stand before another
        over = [moves or _stands_over(a, b, tight, captioned=True) for moves, (a, b) in zip(over, pairs, strict=True)]
    done = list(sections)
    for at, moves in enumerate(over):
        if moves:
            *rest, last = done[at].lines
            done[at] = replace(done[at], lines=tuple(rest))
            done[at + 1] = replace(done[at + 1], title=plain_title(last.text))
    return done


def _stands_over(earlier: Section, section: Section, tight: bool, *, captioned: bool = False) -> bool:
    """Whether the earlier entry ends in a headline for the next; on a `tight` page no blank line is over it.

    `captioned` asks for one after a paragraph whose caption stands right under it.
    """
    inline = section.candidate and starts_on_stamp(section) and not section.title
    if not (inline and earlier.candidate and len(earlier.lines) > 1):
        return False
    *above, before, last = earlier.lines
    if captioned and above and not before.gap and not ends_prose(before.text):
        before = above[-1]
    asked = tight and last.text.endswith("?")
    text = last.text.rstrip("?") if asked else last.text
    shouted = last.gap and text.isupper() and len(text.split()) >= _LEAST_CAPITALS
    figures = not shouted and _FIGURE.search(text)
    listed = figures or _LISTED.search(text) or (":" in text and "," in text) or INNER_END.search(text)
    headed = (last.gap or tight) and 3 <= len(text.split()) <= 12 and not listed and is_title(text)
    return headed and ends_prose(before.text) and len(before.text) > len(last.text)


def starts_on_stamp(section: Section) -> bool:
    """Whether the entry's text begins on its stamp's line."""
    candidate = section.candidate
    return bool(candidate and section.lines and section.lines[0].number == candidate.line)
