"""Headlines that a bar sets off from the texts they open: "Ferry sails | The ferry has left the quay."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.people import is_name
from index.reading.sections import Section
from index.reading.titles import is_title

_BARRED = re.compile(r"(?P<title>[^\W_][^|]{6,118}[^\s|])\s\|\s(?P<text>[^|]{60,})")
_LEAST_BARRED, _LEAST_SHARE, _LONGEST_NAME = 2, 0.25, 3  # entries, of all, words


def take_barred_titles(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections, headlines before a bar apart from their texts, where several entries begin so."""
    found = {at: match for at, s in enumerate(sections) if s.candidate and (match := _barred(s))}
    timed = sum(bool(s.candidate) for s in sections)
    titles = {match["title"] for match in found.values()}
    if len(titles) < max(_LEAST_BARRED, _LEAST_SHARE * timed) or all(map(_could_sign, titles)):
        return sections
    return [_headed(s, found[at]) if at in found else s for at, s in enumerate(sections)]


def _barred(section: Section) -> re.Match[str] | None:
    """Match of the entry's first words, beside or under its stamp, where they are a headline, a bar and a text."""
    candidate = section.candidate
    beside = candidate.after if candidate and candidate.place == "head" else ""
    match = _BARRED.fullmatch(beside or (section.lines[0].text if section.lines else ""))
    return match if match and is_title(match["title"]) else None


def _could_sign(words: str) -> bool:
    return is_name(words) and len(words.split()) <= _LONGEST_NAME


def _headed(section: Section, match: re.Match[str]) -> Section:
    candidate, lines = section.candidate, section.lines
    if candidate and candidate.place == "head":
        candidate = replace(candidate, after=match["text"])
    else:
        lines = (replace(lines[0], text=match["text"]), *lines[1:])
    return replace(section, candidate=candidate, lines=lines, title=match["title"])
