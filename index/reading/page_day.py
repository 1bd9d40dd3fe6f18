"""The date a page states of itself: in a line about dates, in a picture's date, in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise
from typing import Literal, NamedTuple

from index.calendars import read_date
from index.reading.bullets import SIGNS
from index.reading.captions import is_file_name
from index.reading.leads import lead_class
from index.reading.lines import Line, date_line
from index.reading.notes import is_running_head
from index.reading.sources import read_source_line
from index.stamps import read_stamp

Anchor = Literal["first", "oldest", "newest", "any"]

_DATE_START = re.compile(r"(?<![\w./-])(?=[^\W_])|(?<=[a-zà-ÿ])(?=[A-Z])")
_FOREIGN = re.compile(
    r"\b(?:le|la|les|des|est|une|dans|der|die|das|und|ist|nicht|el|los|las|del|una|que|il|che|di|è)\b"
)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|was|that|with)\b")
_BULLETED = re.compile(rf"^[{SIGNS}*–—-]\s")
_DATE_LIKE = re.compile(
    r"\b(?:\d{1,4}|[A-Za-z]{3,9}day,?|\d{1,2}(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"janv|févr|mars|"
    r"avr|mai|juin|juil|août|märz|okt|dez|ene|abr|ago|dic)[a-zé]*\.?|[ap]\.?m\.?|uhr|[A-Z]{2,4}T)\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b((?:19|20)\d\d-\d\d-\d\d)\b")
_IN_URL = re.compile(r"https?://\S{0,200}?/((?:19|20)\d\d)[/-](\d\d|[a-z]{3})[/-](\d\d)(?:/|-|$|\s)")
_LABEL = re.compile(
    r"(?P<words>(?:(?:last |zuletzt |dernière )?(?:updated?|aktualisiert|mis à jour|mise à jour|actualizado)|"
    r"(?:first )?(?:published|posted|created)|publié|publicado|veröffentlicht|stand|date))\b",
    re.IGNORECASE,
)


_ARCHIVE = re.compile(r"archiv(?:es?|o|io)?", re.IGNORECASE)
_COPIED = re.compile(r"date ((?:19|20)\d\d)-(0[1-9]|1[0-2])")
# "Tue. Mar 12th, 2024": the head of many a site that copies others shows the date of the visit so
_SEEN = re.compile(r"[^\W\d]{2,4}\.{1,2}\s[^\W\d]{3,4}\.?\s\d{1,2}(?:st|nd|rd|th),\s(?:19|20)\d\d$")
_COPIED_DAY = re.compile(r"date ((?:19|20)\d\d-\d\d-\d\d)\s")
_YEAR = re.compile(r"(?<![\d/.,€$£])(?:19|20)\d\d(?!\d|[.,:]\d)|(?<=/)(?:19|20)\d\d(?=/)")
_SAID = re.compile(r"[.!?…][\"”’'»)]?$")
_HEAD_LINES, _LONGEST_HEAD = 6, 200
# "17. März 2019Dieser Ticker ...", "November 18, 2013A man ...", "17 mars 2019L'armée ..."
_GLUED_WORD = re.compile(r"(?:[A-ZÀ-Þ][a-zà-ÿ]+|[AÀEIOY])\s|[A-ZÀ-Þ]['’][\wÀ-ÿ]+\s")
# "19:41 GMT, Tuesday, 28 July 2009 20:41 UK"
_OWN_CLOCK = re.compile(r"\s[(|]?\s?(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\s(?:[A-Z][\w.]*|local)(?:\s[Tt]ime)?\)?$")
# "23 June 2031 Last updated at 00:48": a date and the clock of the page's last change
_CHANGED_AT = re.compile(
    r"[\s,|·–—-]+(?:last updated|zuletzt aktualisiert|dernière mise à jour|última actualización)"
    r"(?: at| um| à| a las?)?:? (?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d)(?: Uhr| h| GMT| BST| UK)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(?:19|20)\d\d0\d:[0-5]\d$")  # a film's, glued to its date: "March 18, 202101:12"
_DATE_SENTENCE = re.compile(r"(?:on |le |am |el )?(?=\S)(.{6,40}?)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageDay:
    """The date a page states of itself, and which of its entries that date speaks of.

    `told` says that a sentence or a heading calls the day the page's own: "this Thursday 14 October".
    """

    day: date
    anchor: Anchor
    clock: time | None = None
    told: bool = False


class YearHints(NamedTuple):
    """What may tell the year of dates that print none.

    `copied` is the middle of the month that a copy of the page puts before its first line ("date 2031-08 ..."),
    `year` the only one that stands in its headline or its address ("#Water2014").
    """

    copied: date | None = None
    year: int | None = None


def writes_day_first(lines: Sequence[Line]) -> bool:
    """Whether the page is in a language that writes 12/03 for the twelfth of March: any here but English."""
    sample = " ".join(line.text[:400] for line in lines[:150])
    return len(_FOREIGN.findall(sample)) > 2 * len(_ENGLISH.findall(sample)) + 3


def find_page_day(lines: Sequence[Line], url: str | None = None, *, day_first: bool = False) -> PageDay | None:
    """Date that the page's opening states: a line about dates, a picture's date, or the page's address.

    A date within a sentence is no date of the page, nor is that of the day it was seen on.
    """
    lines = _without_visit(line for line in lines if not _is_foreign(line.text))
    told = [(line.text, found) for line in lines if (found := _stated_day(line.text, day_first))]
    # what a copy of the page put before it says less than the page's own line
    stated = [found for text, found in told if not _COPIED.match(text)] or [found for _, found in told]
    # a bare date well after the page's last change is that of a visit
    changed = max((found.day for found in stated if found.anchor == "newest"), default=date.max)
    stated = [found for found in stated if found.anchor != "any" or found.day.toordinal() <= changed.toordinal() + 1]
    for line, after in pairwise(lines):
        clock = _clock_alone(after.text) if (day := date_line(line)) and day.full() else None
        if clock and day and (first := day.full()):
            return PageDay(first, "oldest", clock)  # a date over a clock says when the page was put up
    if stated:
        clock = next((found.clock for found in stated if found.day == stated[0].day and found.clock), None)
        return replace(stated[0], clock=clock)
    iso = {match for line in lines[:40] for match in _ISO.findall(line.text[:600])}
    if len(iso) == 1:
        try:
            return PageDay(date.fromisoformat(iso.pop()), "any")
        except ValueError:
            return None
    return _from_url(url) or next((p for line in lines[:10] if (p := _from_url(line.text[:400]))), None)


def _is_foreign(text: str) -> bool:
    """Whether the line's date is not the page's: that of the visit, or of a picture's file."""
    return bool(_SEEN.match(text)) or is_running_head(text) or is_file_name(text)


def _without_visit(lines: Iterable[Line]) -> list[Line]:
    """The lines without a first one that is the day of the visit: over a label for the archive, or a bare earlier date.

    It names its weekday, as few pages' own dates do.
    """
    kept = [*lines]
    seen = date_line(kept[0]) if kept else None
    day = seen.full() if seen and seen.weekday is not None else None
    if day is None or len(kept) == 1:
        return kept
    earlier = any((other := date_line(line)) and (own := other.full()) and own < day for line in kept[1:])
    return kept[1:] if earlier or _ARCHIVE.fullmatch(kept[1].text) else kept


def find_copied_day(lines: Sequence[Line]) -> PageDay | None:
    """Date that a copy of the page puts right before its first stamp, where the text there names the same year."""
    match = _COPIED_DAY.match(lines[0].text) if lines else None
    if match is None or match[1][:4] not in _YEAR.findall(lines[0].text, match.end()):
        return None
    found = read_date(match[1])
    day = found[0].full() if found else None
    return PageDay(day, "any") if day else None


def find_year_hints(lines: Sequence[Line], url: str | None = None) -> YearHints:
    """What the page's opening and its address tell of its year, where its stamps leave that out."""
    match = _COPIED.match(lines[0].text) if lines else None
    copied = date(int(match[1]), int(match[2]), 15) if match else None
    heads = [
        line.text
        for line in lines[:_HEAD_LINES]
        if len(line.text) <= _LONGEST_HEAD and not (_SAID.search(line.text) or _SEEN.match(line.text))
    ]
    years = {int(year) for text in (*heads, url or "") for year in _YEAR.findall(_COPIED.sub("", text))}
    return YearHints(copied, years.pop() if len(years) == 1 else None)


def _stated_day(text: str, day_first: bool) -> PageDay | None:
    """Date of a line that is about a date: led to by a word for it, or hardly longer than the date itself."""
    bare = _BULLETED.sub("", text)
    if bare != text and (stamp := read_stamp(bare)) and stamp.end == len(bare):
        text = bare
    if len(text) <= 120 and text.endswith((" h.", " hs.", "m.")) and (_LABEL.match(text) or read_date(text)):
        text = text[:-1]
    if (alone := _DATE_SENTENCE.match(text)) and (found := read_date(alone[1])) and found[1] == len(alone[1]):
        text = alone[1]
    if len(text) <= 60 and text.endswith(".") and _LABEL.search(text):
        text = text[:-1]
    if glued := glued_date(text):
        return PageDay(glued[0], "any", glued[1])
    if source := read_source_line(text):
        named = (replace(source, swapped=False) if day_first else source).full()
        return PageDay(named, "any") if named else None
    if len(text) > 120 or _BULLETED.match(text) or text.endswith((".", "!", "?", ":")):
        return None
    labels = list(_LABEL.finditer(text[:100]))
    for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(text)], strict=False):
        day = _whole_date(text[: min(end, label.end() + 60)], label.end(), day_first)
        if day is None:
            continue
        before = _whole_date(text[: label.start()], 0, day_first) if label is labels[0] else None
        if before and lead_class(label["words"]) == "updated":
            return PageDay(before, "oldest", _clock_in(text[: label.start()], 0))
        how = {"updated": "newest", "posted": "oldest"}[lead_class(label["words"])]
        how = "any" if label["words"].lower() == "date" else how
        return PageDay(day, how, _clock_in(text, label.end()))  # type: ignore[arg-type]
    day = _whole_date(text, 0, day_first) if len(text) <= 100 else None
    if day is None:
        return None
    if (dated := read_date(text)) and (changed := _CHANGED_AT.fullmatch(text, dated[1])):
        return PageDay(day, "newest", time(int(changed["h"]), int(changed["m"])))
    if _ends_in_weekday_date(text):
        return PageDay(day, "any")
    around = _DATE_LIKE.sub("", text)
    leads = read_date(text) is not None
    return (
        PageDay(day, "any", _clock_in(text, 0)) if sum(c.isalpha() for c in around) <= (60 if leads else 25) else None
    )


def glued_date(text: str) -> tuple[date, time | None, int] | None:
    """Whole date that the line begins with and whose next word is glued to it, its clock, and where both end."""
    stamp, dated = read_stamp(text), read_date(text)
    if stamp and stamp.day and (day := stamp.day.full()) and _GLUED_WORD.match(text, stamp.end):
        return day, stamp.clock, stamp.end
    if dated and (day := dated[0].full()) and _GLUED_WORD.match(text, dated[1]):
        return day, None, dated[1]
    return None


def _ends_in_weekday_date(text: str) -> bool:
    """Whether a headline ends in a weekday and its whole date: "This was Wednesday, 18.11.2015"."""
    bare = text.rstrip("+ ")
    for start in _DATE_START.finditer(bare):
        found = read_date(bare, start.start())
        if found is None or found[0].weekday is None:
            continue
        weekday, end = found[0].weekday, found[1]
        if found[0].month is None:
            gap = len(bare[end:]) - len(bare[end:].lstrip(", "))
            found = read_date(bare, end + gap)
        day = found[0].full() if found and found[1] == len(bare) else None
        if day and day.weekday() == weekday:
            return True
    return False


def _clock_alone(text: str) -> time | None:
    stamp = read_stamp(text)
    return stamp.clock if stamp and stamp.end == len(text) and stamp.day is None else None


def _clock_in(text: str, at: int) -> time | None:
    """Time of day that stands with the date: the second, of the page's own place, where a zone's stands before it."""
    for start in _DATE_START.finditer(text, at):
        stamp = read_stamp(text, start.start())
        if stamp and stamp.day and stamp.clock and not _LENGTH.search(stamp.text):
            own = _OWN_CLOCK.match(text, stamp.end) if stamp.zone else None
            return time(int(own["h"]), int(own["m"])) if own else stamp.clock
    return None


def _whole_date(text: str, at: int, day_first: bool) -> date | None:
    for start in _DATE_START.finditer(text, at):
        found = read_date(text, start.start())
        if found and (day := (replace(found[0], swapped=False) if day_first else found[0]).full()):
            return day if found[0].weekday in (None, day.weekday()) else None
    return None


def _from_url(url: str | None) -> PageDay | None:
    match = _IN_URL.search(url) if url else None
    if match is None:
        return None
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    month = int(match[2]) if match[2].isdigit() else months.index(match[2]) + 1 if match[2] in months else 0
    try:
        return PageDay(date(int(match[1]), month, int(match[3])), "oldest")
    except ValueError:
        return None
