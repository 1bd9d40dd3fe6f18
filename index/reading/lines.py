"""Lines of a page and the stamps they may print: alone, at their head or at their tail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.stamps import MAX_STAMP_CHARS, Stamp, find_tail_stamp, read_stamp

Place = Literal["alone", "head", "tail"]

_LEAD = re.compile(
    r"[\s•*‣▪●○–—|+\[(-]*(?:\d{1,3}\.\s+)?(?P<words>(?:"
    r"(?:last )?updated?|posted|published|publié|mis à jour|actualisé|aktualisiert|publicado|actualizado|stand"
    r")\s*:?\s*(?:at|on|à|le|a las|um|am)?\s*:?\s*)?[\s\[(]*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s\])|:•+–—-]*")
_TAIL_LEAD = re.compile(
    r"(?:(?:(?:last )?updated|posted|published)\s*(?:at|on)?|[|•(\[–—-])[\s:]*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*\d{1,3}\.\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page without its margins; `number` counts from 0."""

    number: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stamp that a line may print: where it stands, the words that lead to it, the rest of its line."""

    line: int
    place: Place
    lead: str
    stamp: Stamp
    rest: str


def split_lines(text: str) -> list[Line]:
    """Lines that hold something; `gap` says that blank lines stand before one."""
    lines: list[Line] = []
    gap = True
    for raw in text.splitlines():
        words = raw.strip()
        if words:
            lines.append(Line(len(lines), words, gap))
        gap = not words
    return lines


def find_candidates(lines: list[Line]) -> Iterator[Candidate]:
    """Every stamp that stands at an edge of its line; at most one a line, its head before its tail."""
    for line in lines:
        found = _at_head(line) or _at_tail(line)
        if found:
            yield found


def _at_head(line: Line) -> Candidate | None:
    head = line.text[: MAX_STAMP_CHARS * 2]
    lead = _LEAD.match(head)
    start = lead.end() if lead else 0
    stamp = read_stamp(head, start)
    if stamp is None:
        return None
    after = _AFTER.match(line.text, stamp.end)
    rest = line.text[after.end() if after else stamp.end :]
    words = (lead["words"] or "").split() if lead else []
    return Candidate(line.number, "head" if rest else "alone", words[0].lower() if words else "", stamp, rest)


def _at_tail(line: Line) -> Candidate | None:
    text = line.text.rstrip(")] ")
    if not text[-40:].strip() or not any(c.isdigit() for c in text[-MAX_STAMP_CHARS:]):
        return None
    stamp = find_tail_stamp(text)
    if stamp is None:
        return None
    rest = text[: stamp.start].rstrip()
    lead = _TAIL_LEAD.search(rest[-30:])
    words = lead[0] if lead else ""
    rest = _NUMBER.sub("", rest[: len(rest) - len(words)], count=1).strip()
    return Candidate(line.number, "tail", words.split()[0].lower() if words.split() else "", stamp, rest)
