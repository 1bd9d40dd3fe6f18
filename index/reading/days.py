"""The day of each entry: from its stamp, from a date heading, or counted over midnight from the page's date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from index.calendars import Day, read_date
from index.reading.lines import Line, lead_class
from index.records import Known

Anchor = Literal["first", "oldest", "newest", "any"]
Dated = tuple[date | None, Known]

_DATE_START = re.compile(r"(?<![\w./-])(?=\d|[A-Za-zÀ-ÿ])")
_FOREIGN = re.compile(
    r"\b(?:le|la|les|des|est|une|dans|der|die|das|und|ist|nicht|el|los|las|del|una|que|il|che|di|è)\b"
)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|was|that|with)\b")
_BULLETED = re.compile(r"^[•‣▪●◦*–—-]\s")
_DATE_LIKE = re.compile(
    r"\b(?:\d{1,4}|[A-Za-z]{3,9}day,?|\d{1,2}(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|"
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
_ROLLOVER = 360
_SMALL_ROLLOVER = 180


@dataclass(frozen=True, slots=True)
class PageDay:
    """The date a page states of itself, and which of its entries that date speaks of."""

    day: date
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Slot:
    """What one timed entry prints of its day: its clock, the stamp's date, the date heading over it."""

    clock: time | None
    printed: Day | None
    heading: Day | None
    heading_number: int


def writes_day_first(lines: Sequence[Line]) -> bool:
    """Whether the page is in a language that writes 12/03 for the twelfth of March: any here but English."""
    sample = " ".join(line.text[:400] for line in lines[:150])
    return len(_FOREIGN.findall(sample)) > 2 * len(_ENGLISH.findall(sample)) + 3


def find_page_day(lines: Sequence[Line], url: str | None = None, *, day_first: bool = False) -> PageDay | None:
    """Date that the page's opening states: a line about dates, a picture's date, or the page's address.

    A date within a sentence is no date of the page.
    """
    for line in lines:
        stated = _stated_day(line.text, day_first)
        if stated:
            return stated
    found = {match for line in lines[:40] for match in _ISO.findall(line.text[:600])}
    if len(found) == 1:
        try:
            return PageDay(date.fromisoformat(found.pop()), "any")
        except ValueError:
            return None
    return _from_url(url) or next((p for line in lines[:10] if (p := _from_url(line.text[:400]))), None)


def _stated_day(text: str, day_first: bool) -> PageDay | None:
    """Date of a line that is about a date: led to by a word for it, or hardly longer than the date itself."""
    if len(text) > 120 or _BULLETED.match(text) or text.endswith((".", "!", "?", ":")):
        return None
    label = _LABEL.search(text[:100])
    if label and (day := _whole_date(text[: label.end() + 60], label.end(), day_first)):
        how = {"updated": "newest", "posted": "oldest"}.get(lead_class(label["words"]), "any")
        return PageDay(day, how)  # type: ignore[arg-type]
    day = _whole_date(text, 0, day_first) if len(text) <= 100 else None
    if day is None:
        return None
    around = _DATE_LIKE.sub("", text)
    leads = read_date(text) is not None
    return PageDay(day, "any") if sum(c.isalpha() for c in around) <= (60 if leads else 25) else None


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


def assign_days(
    slots: Sequence[Slot],
    page_day: PageDay | None,
    given: date | None,
    falling: bool | None,
    *,
    day_first: bool = False,
) -> list[Dated]:
    """Day of each entry in page order and how it is known; `falling` says that the page runs newest first."""
    known: PageDay | None = PageDay(given, "oldest") if given else page_day
    source: Known = "given" if given else "page"
    reference = (known.day if known else None) or next(
        (d for s in slots for d in (_full(s.printed), _full(s.heading)) if d), None
    )
    orders = {_order(s.printed) for s in slots} | {_order(s.heading) for s in slots}
    month_first = True if "month" in orders and "day" not in orders else False if "day" in orders or day_first else None
    fixed: list[Dated] = [_fixed(s, reference, month_first) for s in slots]
    headings = {s.heading_number for s in slots if s.heading and s.heading_number >= 0}
    if len(headings) == 1 and not given:
        fixed, known = _single_heading(slots, fixed, known)
    if all(day for day, _ in fixed):
        return fixed
    shifts = _shifts(slots, falling)
    return _fill(slots, fixed, shifts, known, source)


def _single_heading(
    slots: Sequence[Slot], fixed: Sequence[Dated], known: PageDay | None
) -> tuple[list[Dated], PageDay | None]:
    """One date line on the page anchors its first entry; later ones may pass midnight without saying so."""
    headed = [at for at, slot in enumerate(slots) if slot.heading and not (slot.printed and _full(slot.printed))]
    if not headed or fixed[headed[0]][0] is None:
        return list(fixed), known
    kept: list[Dated] = [d if at not in headed[1:] else (None, "unknown") for at, d in enumerate(fixed)]
    return kept, known


def _order(day: Day | None) -> str:
    if day is None or not day.numeric or day.swapped:
        return ""
    return "month" if day.month_first else "day"


def _full(day: Day | None) -> date | None:
    return day.full() if day else None


def _fixed(slot: Slot, reference: date | None, month_first: bool | None) -> Dated:
    """Date that the stamp prints, or else the heading over it."""
    for day, source in ((slot.printed, "printed"), (slot.heading, "page")):
        if day is None:
            continue
        found = _complete(day, reference, month_first)
        if found:
            return found, "printed" if source == "printed" else "page"
    return None, "unknown"


def _complete(day: Day, reference: date | None, month_first: bool | None) -> date | None:
    if day.swapped and day.year and day.month and day.day and month_first is not None:
        pair = (day.day, day.month) if month_first else (day.month, day.day)
        return Day(day.year, *pair).full()
    if day.full():
        return day.full()
    if reference is None or day.month is None or day.day is None or day.year is not None:
        return None
    near = [d for year in (-1, 0, 1) if (d := Day(reference.year + year, day.month, day.day).full())]
    if day.weekday is not None:
        near = [d for d in near if d.weekday() == day.weekday]
    return min(near, key=lambda d: abs(d - reference), default=None)


def _shifts(slots: Sequence[Slot], falling: bool | None) -> list[int]:
    """Days passed since the first entry, in page order, read off where the clocks jump over midnight."""
    shifts, shift, last = [], 0, None
    pinned = _pinned_first(slots, falling)
    for at, slot in enumerate(slots):
        if slot.clock is None:
            shifts.append(shift)
            continue
        now = slot.clock.hour * 60 + slot.clock.minute
        if last is not None and falling is not None and not (pinned and at == 1):
            step = now - last
            if falling and step > _SMALL_ROLLOVER:
                shift -= 1
            elif not falling and step < -_SMALL_ROLLOVER:
                shift += 1
            elif falling and step < -1080:
                shift += 1  # 00:10 after 23:50 of the day before: out of order by minutes, not by a day
            elif not falling and step > 1080:
                shift -= 1
        last = now
        shifts.append(shift)
    return shifts


def _pinned_first(slots: Sequence[Slot], falling: bool | None) -> bool:
    """Whether the first entry stands out of order above the others' own run of one day."""
    clocks = [s.clock for s in slots if s.clock]
    if len(clocks) < 3 or slots[0].clock is None or falling is None:
        return False
    first, rest = clocks[0], clocks[1:]
    jumps = rest[0] > first if falling else rest[0] < first
    return jumps and min(rest) <= first <= max(rest)


def _fill(
    slots: Sequence[Slot], fixed: Sequence[Dated], shifts: Sequence[int], known: PageDay | None, source: Known
) -> list[Dated]:
    """Give entries without a date of their own the nearest fixed one's, or the page's, plus the days between."""
    anchors = [(at, day) for at, (day, _) in enumerate(fixed) if day]
    if not anchors:
        base = _page_anchor(slots, shifts, known)
        if base is None:
            return list(fixed)
        return [
            (_weekday_fits(base + timedelta(days=shift), slot), source)
            for slot, shift in zip(slots, shifts, strict=True)
        ]
    filled: list[Dated] = []
    n = 0
    for at, (day, how) in enumerate(fixed):
        if day:
            filled.append((day, how))
            continue
        while n + 1 < len(anchors) and anchors[n + 1][0] < at:
            n += 1
        anchor_at, anchor = anchors[n]
        guess = anchor + timedelta(days=shifts[at] - shifts[anchor_at])
        after = next(((a, d) for a, d in anchors[n : n + 2] if a > at), None)
        agrees = after is None or after[1] - timedelta(days=shifts[after[0]] - shifts[at]) == guess
        filled.append((_weekday_fits(guess, slots[at]), "page") if agrees else (None, "unknown"))
    return [(day, how if day else "unknown") for day, how in filled]


def _weekday_fits(day: date, slot: Slot) -> date | None:
    wanted = slot.printed.weekday if slot.printed and slot.printed.month is None else None
    if wanted is None or wanted == day.weekday():
        return day
    near = [day + timedelta(days=n) for n in (-1, 1, -2, 2, -3, 3)]
    return next((d for d in near if d.weekday() == wanted), None)


def _page_anchor(slots: Sequence[Slot], shifts: Sequence[int], known: PageDay | None) -> date | None:
    """Date of the first entry in page order, from the page's own date."""
    if known is None or not slots:
        return None
    if known.anchor == "first" or min(shifts) == max(shifts):
        return known.day
    if known.anchor == "any":
        return None
    shift = min(shifts) if known.anchor == "oldest" else max(shifts)
    return known.day - timedelta(days=shift)


def at(day: date, clock: time) -> datetime:
    """Floating moment of a day and a printed clock."""
    return datetime.combine(day, clock)
