"""Stamps on the byline that closes each entry: "by Ann Hill edited by Bo Reed 11/26/2022 8:41:19 AM"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from index.reading.bullets import SIGNS
from index.reading.candidates import Candidate
from index.reading.lines import Line
from index.reading.people import is_name, read_byline
from index.reading.titles import ends_prose, ends_sentence, is_title

_TAG = re.compile(rf"[{SIGNS}]\s(?:\S+\s?){{1,3}}")
_LEAST_FOOTERS, _MOST_FOOTERS = 3, 0.8
_HEAD_LINES = 3


class Footed(NamedTuple):
    """An entry over its stamp; one without a stamp has the title and the author that its lines show."""

    candidate: Candidate | None
    lines: tuple[Line, ...]
    title: str | None = None
    author: str | None = None


def cut_over_footers(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Footed]:
    """What stands over and between the bylines with the stamps; empty where they do not close the entries.

    They do where a headline or a tag follows each, and the first is led to by one too: a tag like the others', or
    the first of the lines set in as the stamps are.
    """
    first = _first_line(lines, chosen) if _are_footers(lines, chosen) else 0
    if not first:
        return []
    parts = [Footed(None, tuple(lines[:first]))]
    for start, candidate in zip([first, *(c.line + 1 for c in chosen)], chosen, strict=False):
        parts += _split(candidate, lines[start : candidate.line])
    left = lines[chosen[-1].line + 1 :]
    return [*parts, _unstamped(left)] if left else parts


def _are_footers(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    if len(chosen) < _LEAST_FOOTERS or chosen[0].line == 0:
        return False
    signed = sum(c.place == "tail" and _is_signed(c) for c in chosen)
    said = sum(ends_prose(lines[c.line - 1].text) for c in chosen)
    heads = all(c.line + 1 == len(lines) or _heads(lines[c.line + 1]) for c in chosen)
    return heads and min(signed, said) >= _MOST_FOOTERS * len(chosen)


def _is_signed(candidate: Candidate) -> bool:
    return read_byline(candidate.before) is not None or (candidate.lead == "posted" and is_name(candidate.before))


def _heads(line: Line) -> bool:
    return is_title(line.text) or _is_tag(line)


def _is_tag(line: Line) -> bool:
    """Whether the line is a bullet and a word or three: "• Key Post"."""
    return _TAG.fullmatch(line.text) is not None and not ends_prose(line.text)


def _first_line(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the line that begins the entry over the first stamp; 0 where the page does not show it."""
    first = chosen[0].line
    if any(_is_tag(lines[c.line + 1]) for c in chosen[:-1]):
        tags = (n for n in range(first - 1, 0, -1) if _is_tag(lines[n]) and is_title(lines[n + 1].text))
        if (tag := next(tags, 0)) > 0:
            return tag
    margin = lines[first].indent
    if not margin or any(lines[c.line].indent != margin for c in chosen):
        return 0
    start = first
    while start and lines[start - 1].indent >= margin:
        start -= 1
    return start if start < first - 1 and _heads(lines[start]) else 0


def _split(candidate: Candidate, lines: Sequence[Line]) -> list[Footed]:
    """The entry over a stamp, and before it one that has a byline of its own instead of a stamp."""
    signed = next((at for at, line in enumerate(lines) if read_byline(line.text)), len(lines))
    headed = (
        at
        for at in range(len(lines) - 2, signed + 1, -1)
        if lines[at].gap and _heads(lines[at]) and ends_sentence(lines[at - 1].text)
    )
    start = next(headed, 0)
    own = Footed(candidate, _without_tag(lines[start:]))
    return [_unstamped(lines[:start]), own] if start else [own]


def _unstamped(lines: Sequence[Line]) -> Footed:
    kept = _without_tag(lines)
    title = kept[0].text if len(kept) > 1 and is_title(kept[0].text) else None
    kept = kept[1:] if title else kept
    signed = next((at for at, line in enumerate(kept[:_HEAD_LINES]) if read_byline(line.text)), None)
    if signed is None:
        return Footed(None, kept, title)
    return Footed(None, kept[signed + 1 :], title, read_byline(kept[signed].text))


def _without_tag(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without the tag over their headline."""
    tags = {a.number for a, b in pairwise(lines[:2]) if _is_tag(a) and is_title(b.text)}
    return tuple(line for line in lines if line.number not in tags)
