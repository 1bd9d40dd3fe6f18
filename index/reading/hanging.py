"""Pages without stamps whose entries are the points of one list, the rest of each indented below its first line."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from index.reading.bullets import SIGNS
from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.quotes import ends_in_tweet
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title
from index.reading.untimed_titles import is_button

_POINT = re.compile(rf"(?:[{SIGNS}]|[*–—-](?=\s))\s*(?=\S)")
_LEAST_POINTS, _LEAST_OVER = 3, 2
_MOST_HELD = 0.6  # share of the page's characters


def hanging_points(lines: Sequence[Line]) -> list[Section]:
    """Sections that are the points of a list which makes up most of the page, with text hanging from several of them.

    The list stands under the last line that is set in no deeper than its points. A point's first line is its headline
    where it reads as one, or its author over that, where a name comes again. Empty where a line of the list goes on in
    the middle of a sentence, as where lines are wrapped by hand.
    """
    points = [at for at, line in enumerate(lines) if _POINT.match(line.text) and not is_button(line.text)]
    if len(points) < _LEAST_POINTS:
        return []
    margin = min(lines[at].indent for at in points)
    own = {at for at in points if lines[at].indent == margin}
    above = max((at for at, line in enumerate(lines) if at not in own and line.indent <= margin), default=-1)
    starts = sorted(at for at in own if at > above)
    if len(starts) < _LEAST_POINTS:
        return []
    held = sum(len(line.text) for line in lines[starts[0] :])
    if any(line.text[0].islower() for line in lines[starts[0] :]):
        return []
    parts = [lines[at:end] for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    over = sum(len(part) > 1 and ends_prose(part[-1].text) for part in parts)
    if over < _LEAST_OVER or held < _MOST_HELD * sum(len(line.text) for line in lines):
        return []
    firsts = [_POINT.sub("", part[0].text, count=1) for part in parts if len(part) > 1]
    names = {text for text in firsts if is_name(text)}
    signed = len(names) < sum(text in names for text in firsts)  # one of them stands over several texts
    sections = [_read(part, names if signed else ()) for part in parts]
    return [Section(None, tuple(lines[: starts[0]])), *sections] if starts[0] else sections


def _read(part: Sequence[Line], names: Container[str]) -> Section:
    first, *below = part
    first = replace(first, text=_POINT.sub("", first.text, count=1))
    author = first.text if below and first.text in names else None
    if author:
        first, *below = below
    if (below or author) and is_title(first.text) and not (below and ends_in_tweet(below[0].text)):
        return Section(None, tuple(below), title=first.text, author=author)
    return Section(None, (first, *below), author=author)
