"""Pages whose entries carry no time: cut at their numbers, rules or headlines; no time is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.furniture import is_furniture
from index.reading.lines import Line
from index.reading.people import read_byline
from index.reading.sections import Section
from index.reading.titles import is_summary_heading, is_title

_RULE = re.compile(r"^(?:[_*–—=-]\s?){2,}$")
_DASHED = re.compile(r"^[–—-]\s?([^\s–—-].{1,60}?)\s?[–—-]$")
_NUMBER = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_MATCH_TIME = re.compile(
    r"^(?:\d{1,3}(?:\+\d{1,2})?['’′]|\d{2,3}\+\d{1,2}(?=[:\s])|\d{1,3}(?:\+\d)?\s?min(?:s|utes?)?\b|(?:lap|runde|tour|vuelta)\s\d{1,3}|"
    r"(?:2[4-9]|[3-9]\d|1[0-2]\d|\d{1,2}):[0-5]\d(?!\d)|\d{1,3}\.[1-6]\s|minuto?\s\d{1,3}|(?:over|set)\s\d{1,3}\b)",
    re.IGNORECASE,
)


def cut_untimed(lines: Sequence[Line]) -> list[Section]:
    """Sections of a page without stamps; one section for the whole page where nothing divides it."""
    for starts in (_numbered(lines), _match_times(lines)):
        if len(starts) >= 2:
            return _at(lines, starts)
    if len(starts := _bylines(lines)) >= 3:
        return _signed(lines, starts)
    if len(starts := _rubrics(lines)) >= 3:
        return _at(lines, starts)
    rules = [at for at, line in enumerate(lines) if _RULE.match(line.text)]
    if len(rules) >= 2:
        return _at(lines, [at + 1 for at in rules if at + 1 < len(lines)])
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    titles = [
        at
        for at, line in enumerate(lines)
        if is_title(line.text)
        and (line.gap or not spaced)
        and 15 <= len(line.text) <= 120
        and _prose_follows(lines, at)
    ]
    return _at(lines, titles) if len(titles) >= 3 else [Section(None, tuple(lines))]


def _numbered(lines: Sequence[Line]) -> list[int]:
    """Lines that a running number begins: 1, 2, 3 ... or n, n-1, ..."""
    found = [(at, int(m[1])) for at, line in enumerate(lines) if (m := _NUMBER.match(line.text))]
    starts: list[int] = []
    expected: set[int] = set()
    for at, number in found:
        if not starts or number in expected:
            starts.append(at)
            expected = {number + 1} if len(starts) > 1 or number == 1 else {number + 1, number - 1}
    return starts


def _match_times(lines: Sequence[Line]) -> list[int]:
    starts = [at for at, line in enumerate(lines) if _MATCH_TIME.match(line.text.lstrip("•*- "))]
    # later than that it is a list of fixtures at the end of a report
    return starts if len(starts) >= 3 and starts[0] * 2 <= len(lines) else []


def _bylines(lines: Sequence[Line]) -> list[int]:
    """Lines that say who wrote what stands under them: "By Ann Hill"."""
    return [at for at, line in enumerate(lines) if line.gap and read_byline(line.text) and at + 1 < len(lines)]


def _signed(lines: Sequence[Line], starts: Sequence[int]) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        author, under = read_byline(lines[start].text), list(lines[start + 1 : end])
        title = under.pop(0).text if len(under) > 1 and is_title(under[0].text) else None
        sections.append(Section(None, tuple(under), title=title, author=author))
    return sections


def _rubrics(lines: Sequence[Line]) -> list[int]:
    """Headings in capitals or between dashes, each over prose."""
    return [
        at
        for at, line in enumerate(lines)
        if line.gap
        and (_DASHED.match(line.text) or (line.text.isupper() and 5 <= len(line.text) <= 80))
        and _prose_follows(lines, at)
    ]


def _prose_follows(lines: Sequence[Line], at: int) -> bool:
    following = next((line.text for line in lines[at + 1 : at + 3] if not is_furniture(line.text)), "")
    return bool(following) and not is_title(following)


def _at(lines: Sequence[Line], starts: Sequence[int]) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first = lines[start]
        title = _DASHED.sub(r"\1", _NUMBER.sub("", first.text))
        if is_title(title) and not _MATCH_TIME.match(title) and end > start + 1 and not is_summary_heading(title):
            sections.append(Section(None, tuple(lines[start + 1 : end]), title=title))
        else:
            head = Line(first.number, title, True, first.indent)
            sections.append(Section(None, (head, *lines[start + 1 : end])))
    return sections
