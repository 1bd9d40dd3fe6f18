"""What stands before a page's first stamp: its headline, its notes about dates and zones, its untimed summary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.calendars import read_date
from index.reading.furniture import is_furniture
from index.reading.lines import Line, date_line
from index.reading.people import is_name, is_role, read_byline
from index.reading.titles import is_summary_heading, is_title
from index.stamps import read_age, read_stamp

_NOTE = re.compile(
    r"^\(?(?:all (?:times|updates|timestamps)\b|times are\b|alle (?:zeiten|zeitangaben|uhrzeiten)\b|toutes les "
    r"heures\b|"
    r"todas las horas\b|(?:last )?updated?\b|(?:first )?(?:published|posted)\b|stand\s?:|zuletzt aktualisiert|publié|"
    r"mis à jour|publicado|actualizado|please turn on javascript|https?://|live(?: now)?$|follow live$|live "
    r"reporting$|edited by .{1,80}$|"
    r"this (?:live )?(?:page|blog|article) (?:is|has) )",
    re.IGNORECASE,
)
_METADATA_DATE = re.compile(r"^date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+")
_EPOCH = re.compile(r"1\d{9}$")
_PROSE = re.compile(r"[.!?…:][\"”’'»)]?$")
_BETWEEN = re.compile(
    r"[\s|,•·()–—-]*(?:(?:(?:first |last )?(?:published|posted|updated|modified)|aktualisiert|mis à jour|publié|"
    r"publicado|"
    r"actualizado)\s*:?\s*(?:on|at|le|à|am|um|el|a las)?\s*)?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•‣▪●◦*–—-]\s")


def take_headline(lines: Sequence[Line]) -> tuple[str | None, tuple[Line, ...]]:
    """Headline of the page, and the lines of its opening that are worth keeping; none where all is furniture."""
    kept = [line for line in lines if not _is_note(line)]
    if not kept:
        return None, ()
    title: str | None = None
    first = kept[0].text
    if is_summary_heading(first) or (is_title(first) and len(first.split()) >= 3):
        title = _METADATA_DATE.sub("", first)
        kept = kept[1:]
    while kept and len(kept[-1].text.split()) <= 3 and not _is_prose(kept[-1].text):
        kept.pop()
    if not any(_is_prose(line.text) for line in kept):
        return title, ()
    return title, tuple(kept)


def _is_note(line: Line) -> bool:
    text = line.text
    if (
        date_line(line) is not None
        or _EPOCH.search(text)
        or read_byline(text) is not None
        or is_name(text)
        or is_role(text)
    ):
        return True
    if len(text) <= 160 and (
        _NOTE.match(text) or text.lower() in ("key event", "live", "live feed", "by", "von", "par", "por")
    ):
        return not _BULLET.match(text)
    return _is_stamps_only(text)


def _is_stamps_only(text: str) -> bool:
    """Whether the line holds nothing but dates, times and the words that lead to them."""
    pos = 0
    for _ in range(4):
        gap = _BETWEEN.match(text, pos)
        pos = gap.end() if gap else pos
        if pos >= len(text):
            return True
        stamp, day, age = read_stamp(text, pos), read_date(text, pos), read_age(text, pos)
        pos = max((end for end in (stamp and stamp.end, day and day[1], age and age[1]) if end), default=0)
        if not pos:
            return False
    return pos >= len(text)


def _is_prose(text: str) -> bool:
    if is_furniture(text):
        return False
    return bool(_PROSE.search(text) or _BULLET.match(text)) or len(text.split()) >= 12
