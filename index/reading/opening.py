"""What stands before a page's first stamp: its headline, its notes about dates and zones, its untimed summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import read_date
from index.reading.furniture import is_credited, is_furniture, is_link
from index.reading.lines import Line, date_line, without_pairs
from index.reading.people import is_name, is_role, read_byline
from index.reading.titles import is_summary_heading, is_title, is_update_note
from index.stamps import find_tail_stamp, read_age, read_stamp

_NOTE = re.compile(
    r"^\(?(?:all (?:times|updates|timestamps)\b|times are\b|alle (?:zeiten|zeitangaben|uhrzeiten)\b|toutes les "
    r"heures\b|"
    r"todas las horas\b|(?:last )?(?:updated|modified)\b|update\s?:?\s\d|author avatar\b|site index$|"
    r"\|?\s?(?:lesedauer|lesezeit|temps de lecture|tiempo de lectura|reading time)\b|"
    r"(?:first )?(?:published|posted|issued)\b|stand\s?:|zuletzt aktualisiert|publié|publiziert|"
    r"mis à jour|publicad[oa]|actualizad[oa]|please turn on javascript|https?://|live(?: now)?$|follow live$|"
    r"edited by .{1,80}$|"
    r"this (?:live )?(?:page|blog|article) (?:is|has) |skip to |show (?:oldest|newest|latest) .{1,30}$|"
    r"we[’']re sorry, this feature is|this was published \d+ (?:years?|months?) ago|please enable |por favor, habilita|"
    r"you are using an old|your browser |veuillez activer|bitte aktivier|"
    r"saltar al |aller au contenu|(?:direkt )?zum inhalt |bild konnte nicht |live neue nachricht|disclaimer:|"
    r"(?:written |posted |published )?by .{0,60}\bon [a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}\.?$|"
    r"cette page est |diese seite wird |esta página se |"
    r"enlaces accesibilidad|minuto descripción|"
    r"got a tv licence|you need one to watch live tv|find out more$|i don['’]t have a tv licence|get involved$|"
    r"sort(?:ed)? by\b.{0,20}$|space to play or pause|we use cookies|we and our partners|source\s?: |"
    r"(?:veröffentlicht|published)\s?:|\d{1,3} min(?:ute)?s?[ -]read|main \||posted , updated|status\s?:)",
    re.IGNORECASE,
)
_LABELS = {
    *("key event", "live", "live feed", "live updates", "live blog", "by", "von", "par", "por"),
    *("ticker", "newsticker", "news-ticker", "liveticker", "live-ticker", "liveblog", "live-blog", "newsblog"),
    *("en direct", "direct", "en directo", "directo", "minuto a minuto"),
}
_LONGEST = 300  # lines; beyond that it is no opening but a page without stamps
_CRUMB = re.compile(r"^(?:\d{1,2}\.\s)?\s*[>›»/]$")  # between the rubrics that lead to the page
_HOME = re.compile(r"^1\.\s+(?:home|startseite|start|inicio|accueil|news|portada)$", re.IGNORECASE)
_TRAIL = re.compile(r"^[^.!?:]{2,60}\s[/>»›]\s[^.!?:]{2,60}\s[/>»›]\s[^.!?:]{2,60}$")
_CRUMBS = re.compile(r"^\d{1,2}\.\s+\S|^[>›»/]$")
_MOST_NAVIGATION = 40
_SITE_WORDS = 3
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_LABEL = re.compile(r"(?<=\s)(?:first |last )?(?:published|updated|posted|publié|aktualisiert)\s", re.IGNORECASE)
_METADATA_DATE = re.compile(r"^date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+")
_EPOCH = re.compile(r"1\d{9}$")
_FEED_LABEL = re.compile(r"^live (?:commentary|reporting|feed|text)$", re.IGNORECASE)
_SWITCH = re.compile(
    r"^[•*-]?\s*(?:(?:latest|newest|oldest|most recent) first|"
    r"this (?:event|live ?blog|blog) has (?:now )?(?:ended|finished|closed))\.?$",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[.!?…:][\"”’'»)]?$")
_BETWEEN = re.compile(
    r"[\s|,•·()–—-]*(?:(?:(?:first |last )?(?:published|posted|updated|modified)|aktualisiert|mise? à jour|modifié|"
    r"publié|"
    r"publicad[oa]|"
    r"actualizad[oa])\s*:?\s*(?:on|at|le|à|am|um|el|a(?: las)?)?\s*:?\s*)?",
    re.IGNORECASE,
)
_RUBRIC = re.compile(r"[A-ZÀ-Þ][\w'’ -]{1,40} ?: \S")
_SIGNED_BY = re.compile(r"^(?:[Bb]y|Par|Von|Por|Di|Door) (?:[A-ZÀ-Þ][\w.'’-]*)(?:[ ,]+[^\s.!?:]+){0,9}$")
_LED = re.compile(r"\s(?:last )?(?:updated|modified|published|posted)\s?(?::|on|at)*$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:le|on|am|el|at)$", re.IGNORECASE)
_BULLETS = re.compile(r"^(?:[•‣▪●◦*–—-]\s)+(?:updated\s?:?\s)?", re.IGNORECASE)
_BULLET = re.compile(r"^[•‣▪●◦*–—-]\s")


def take_headline(lines: Sequence[Line]) -> tuple[str | None, tuple[Line, ...]]:
    """Headline of the page, and the lines of its opening that are worth keeping; none where all is furniture."""
    if lines and not is_furniture(lines[0].text):
        lines = [replace(lines[0], text=_plain(lines[0].text)), *lines[1:]]
    if any(_CRUMB.match(line.text) for line in lines[:_LONGEST]):
        lines = [line for line in lines if not _CRUMBS.match(line.text)]
    lines = without_pairs(_without_numbered_crumbs(lines), is_credited)
    kept = [line for line in lines[:_LONGEST] if line.text and not _is_note(line)] + [*lines[_LONGEST:]]
    kept = kept[_count_navigation(kept) :]
    kept = kept[_count_before_summary(kept) :]
    if not kept:
        return None, ()
    title: str | None = None
    first = kept[0].text
    repeated = len(kept) > 1 and kept[1].text == first
    short = (
        (first.istitle() or len(first.split()) == 2)
        and is_title(first)
        and len(kept) > 1
        and len(kept[1].text.split()) >= (8 if len(first.split()) == 1 else 6)
        and bool(_PROSE.search(kept[1].text))
    )
    if is_summary_heading(first) or (_is_headline(first) and (repeated or short or len(first.split()) >= 3)):
        title = first
        kept = [line for line in kept[1:] if not (line.text.startswith(first) or first.startswith(line.text))]
    while (
        len(kept) > 1
        and len(kept[0].text.split()) <= 2
        and not (_is_prose(kept[0].text) or is_summary_heading(kept[0].text))
    ):
        kept.pop(0)
    # an alternative text and, below it, the caption that repeats it
    kept = without_pairs(kept, lambda line, after: after.text.startswith(line.text))
    while kept and len(kept[-1].text.split()) <= 3 and not _is_prose(kept[-1].text):
        kept.pop()
    heading = next((at for at, line in enumerate(kept[:-1]) if is_summary_heading(line.text)), len(kept))
    headed = any(_is_prose(line.text) or len(line.text.split()) >= 4 for line in kept[heading + 1 :])
    listed = is_summary_heading(title or "") and any(_is_prose(line.text) for line in kept)
    if not (headed or listed or _says_something(kept)):
        return title, ()
    return title, tuple(kept)


def without_first_notes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines under a headline without the page's notes about its dates."""
    first = next((at for at, line in enumerate(lines) if not (_is_note(line) or is_update_note(line.text))), len(lines))
    return tuple(lines[first:])


def _says_something(lines: Sequence[Line]) -> bool:
    """Whether there is a sentence or a list among the lines; one short item of a menu is neither."""
    prose = [line.text for line in lines if _is_prose(line.text)]
    return len(prose) > 1 or (bool(prose) and (bool(_PROSE.search(prose[0])) or len(prose[0].split()) >= 8))


def _is_headline(text: str) -> bool:
    """Whether the page's first line is its headline: even of several sentences after a rubric, the last not closed."""
    return is_title(text) or (
        len(text) <= 160 and bool(_RUBRIC.match(text)) and (text[-1].isalnum() or text.endswith(("...", "…")))
    )


def _count_navigation(lines: Sequence[Line]) -> int:
    """How many short lines stand over the headline: the site's own name, its sections, a rubric."""
    for at, line in enumerate(lines[:_MOST_NAVIGATION]):
        count = len(line.text.split())
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if is_summary_heading(line.text):
            # a headline of its own right over the summary is no rubric
            return at - 1 if at and _is_headline(lines[at - 1].text) and len(lines[at - 1].text.split()) > 2 else at
        longer = _is_headline(below) and len(below.split()) >= 2 * count and not below.startswith(line.text)
        rubric = count <= 5 and is_title(line.text) and longer
        if not rubric and (count > 3 or len(line.text) > 40):
            return at if _is_headline(line.text) else 0
    return 0


def _without_numbered_crumbs(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the numbered rubrics that lead to the page from its home."""
    if not lines or not _HOME.match(lines[0].text):
        return lines
    end = next((at for at, line in enumerate(lines) if not _CRUMBS.match(line.text)), len(lines))
    return lines[end:]


def _count_before_summary(lines: Sequence[Line]) -> int:
    """How many lines stand over a summary or the live feed, where none of them but the headline is a sentence."""
    for at, line in enumerate(lines[:_MOST_NAVIGATION]):
        if _FEED_LABEL.match(line.text):
            return at + 1
        if is_summary_heading(line.text):
            return at if at > 1 and not _is_headline(lines[0].text) else 0
        pictured = at + 1 < len(lines) and lines[at + 1].text.startswith(line.text)
        if (
            at
            and len(line.text.split()) >= 8
            and _PROSE.search(line.text)
            and not (pictured or is_furniture(line.text))
        ):
            return 0
    return 0


def _plain(text: str) -> str:
    """The line's words without the date that some copies of pages put before or glue to their first words."""
    stamp = read_stamp(text)
    if stamp and stamp.clock and stamp.day and stamp.day.full() and text[stamp.end : stamp.end + 1].isalpha():
        text = text[stamp.end :]
    return _METADATA_DATE.sub("", f"{text} ").strip()


def _is_note(line: Line) -> bool:
    text = line.text
    if (
        date_line(line) is not None
        or _EPOCH.search(text)
        or (len(text) <= 120 and _TRAIL.match(text))
        or is_name(_BULLET.sub("", text))
        or is_role(text)
        or (text.isupper() and text.isalpha())
    ):
        return True
    if len(text) <= 160 and (_NOTE.match(text) or text.lower() in _LABELS):
        return True
    if _is_signed(text) or _begins_with_date(text) or _ends_in_date(text) or _SWITCH.match(text):
        return True
    if is_link(text) and not _FEED_LABEL.match(text):
        return True
    label = _LABEL.search(text) if len(text) <= 120 else None
    if label and len(text[: label.start()].split()) <= _SITE_WORDS and _is_stamps_only(text[label.start() :]):
        return True
    parts = text.rstrip(".").split(". ") if len(text) <= 100 else [text]
    if len(parts) > 1 and all(_is_note(replace(line, text=part)) for part in parts):
        return True
    return _is_stamps_only(_BULLETS.sub("", text))


def _begins_with_date(text: str) -> bool:
    """Whether a byline stands after a date: "February 11, 2015 | By Staff"."""
    found = read_date(text) if len(text) <= 100 else None
    rest = text[found[1] :].lstrip(" |/•·,–-") if found else ""
    return _is_signed(rest)


def _is_signed(text: str) -> bool:
    return _SIGNED_BY.match(text) is not None or read_byline(text) is not None


def _ends_in_date(text: str) -> bool:
    """Whether a few words, as of the site's name, stand before a whole date and its clock."""
    stamp = find_tail_stamp(text) if len(text) <= 100 and text[-1:].isalnum() else None
    before = text[: stamp.start].rstrip() if stamp and stamp.day and stamp.day.full() and stamp.clock else ""
    before = _LED.sub("", _PREPOSITION.sub("", before))
    few = len(before.split()) <= 6
    site = (before.isupper() and len(before.split()) <= _SITE_WORDS) or bool(_DOMAIN.fullmatch(before.rstrip(",")))
    return (
        site or (few and before.endswith(("|", "/"))) or is_name(bare := before.rstrip(" ,-–|•·")) or _is_signed(bare)
    )


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
    return bool(_PROSE.search(text) or _BULLET.match(text)) or len(text.split()) >= 10
