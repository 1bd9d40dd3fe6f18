"""What stands before a page's first stamp: its headline, its notes about dates and zones, its untimed summary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.calendars import read_date
from index.reading.furniture import is_furniture
from index.reading.lines import Line, date_line
from index.reading.people import is_name, read_byline
from index.reading.sections import is_summary_heading, is_title
from index.stamps import read_age, read_stamp

_NOTE = re.compile(
    r"^\(?(?:all (?:times|updates|timestamps)\b|times are\b|alle (?:zeiten|zeitangaben|uhrzeiten)\b|toutes les heures\b|"
    r"todas las horas\b|(?:last )?updated?\b|(?:first )?(?:published|posted)\b|stand\s?:|zuletzt aktualisiert|publié|"
    r"mis à jour|publicado|actualizado|please turn on javascript|https?://|live(?: now)?$|follow live$|"
    r"this (?:live )?(?:page|blog|article) (?:is|has) )",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[.!?…:][\"”’'»)]?$")
_BULLET = re.compile(r"^[•‣▪●◦*–—-]\s")


def take_headline(lines: Sequence[Line]) -> tuple[str | None, tuple[Line, ...]]:
    """Headline of the page, and the lines of its opening that are worth keeping; none where all is furniture."""
    kept = [line for line in lines if not _is_note(line)]
    if not kept:
        return None, ()
    title: str | None = None
    first = kept[0].text
    if is_summary_heading(first) or (is_title(first) and len(first.split()) >= 3):
        title = first
        kept = kept[1:]
    if not any(_is_prose(line.text) for line in kept):
        return title, ()
    return title, tuple(kept)


def _is_note(line: Line) -> bool:
    text = line.text
    if date_line(line) is not None or read_byline(text) is not None or is_name(text):
        return True
    if len(text) <= 160 and (_NOTE.match(text) or text.lower() in ("key event", "live", "live feed")):
        return not _BULLET.match(text)
    age = read_age(text)
    stamp = read_stamp(text)
    found = read_date(text)
    ends = [end for end in (age and age[1], stamp and stamp.end, found and found[1]) if end]
    return any(end >= len(text) for end in ends)


def _is_prose(text: str) -> bool:
    if is_furniture(text):
        return False
    return bool(_PROSE.search(text) or _BULLET.match(text)) or len(text.split()) >= 12
