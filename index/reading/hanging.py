"""Pages without stamps whose entries are the points of one list, the rest of each indented below its first line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.bullets import SIGNS
from index.reading.lines import Line
from index.reading.quotes import ends_in_tweet
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title
from index.reading.untimed_titles import is_button

_POINT = re.compile(rf"(?:[{SIGNS}]|[*–—-](?=\s))\s*(?=\S)")
_LEAST_POINTS, _LEAST_OVER = 3, 2
_MOST_HELD = 0.6  # share of the page's characters


def hanging_points(lines: Sequence[Line]) -> list[Section]:
    """Sections that are the points of a list which makes up most of the page, with text hanging from several of them.

    A point's first line is its headline where it reads as one. Empty where a line of the list, but for its points'
    own, stands no deeper than they do, or goes on in the middle of a sentence as where lines are wrapped by hand.
    """
    points = [at for at, line in enumerate(lines) if _POINT.match(line.text) and not is_button(line.text)]
    if len(points) < _LEAST_POINTS:
        return []
    margin = min(lines[at].indent for at in points)
    starts = [at for at in points if lines[at].indent == margin]
    below = [line for at, line in enumerate(lines) if at > starts[0] and at not in set(starts)]
    held = sum(len(line.text) for line in lines[starts[0] :])
    if any(line.indent <= margin or line.text[0].islower() for line in below):
        return []
    parts = [lines[at:end] for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    over = sum(len(part) > 1 and ends_prose(part[-1].text) for part in parts)
    if over < _LEAST_OVER or len(parts) < _LEAST_POINTS or held < _MOST_HELD * sum(len(line.text) for line in lines):
        return []
    return [Section(None, tuple(lines[: starts[0]])), *map(_read, parts)] if starts[0] else [*map(_read, parts)]


def _read(part: Sequence[Line]) -> Section:
    first, *below = part
    first = replace(first, text=_POINT.sub("", first.text, count=1))
    if below and is_title(first.text) and not ends_in_tweet(below[0].text):
        return Section(None, tuple(below), title=first.text)
    return Section(None, (first, *below))
