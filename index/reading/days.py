"""The day of each entry: from its stamp, from a date heading, or counted over midnight from the page's date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from index.calendars import Day
from index.reading.figures import choose_order, figure_order, is_doubtful, readings
from index.reading.page_day import PageDay, YearHints
from index.records import Known

Dated = tuple[date | None, Known]

_SMALL_ROLLOVER = 180
_LONG_GAP = 360
_SAME_MINUTES = 10
_LATEST_NIGHT = 4  # hours
_NO_HINTS = YearHints()
_COPIED_WITHIN, _HALF_MONTH = 60, 16  # days


@dataclass(frozen=True, slots=True)
class Slot:
    """What one timed entry prints of its day: its clock, the stamp's date, the date heading over it."""

    clock: time | None
    printed: Day | None
    heading: Day | None
    heading_number: int


def assign_days(
    slots: Sequence[Slot],
    page_day: PageDay | None,
    given: date | None,
    falling: bool | None,
    *,
    day_first: bool = False,
    pinned: bool = False,
    hints: YearHints = _NO_HINTS,
) -> list[Dated]:
    """Day of each entry in page order and how it is known; `falling` says that the page runs newest first.

    `pinned` says that the first entry stands where it does because it was pinned there. `hints` tell the year
    of a date that names its weekday, where the page states no whole date.
    """
    stated = given or (page_day.day if page_day else None)
    shifts = _shifts(slots, falling, pinned or _pinned_first(slots, falling))
    if page_day and _contradicted(slots, page_day, shifts):
        page_day = None
    known: PageDay | None = PageDay(given, "oldest") if given else page_day
    source: Known = "given" if given else "page"
    reference = stated or next((d for s in slots for d in (_full(s.printed), _full(s.heading)) if d), None)
    orders = {figure_order(s.printed) for s in slots} | {figure_order(s.heading) for s in slots}
    month_first = True if "month" in orders and "day" not in orders else False if "day" in orders or day_first else None
    if month_first is None:
        month_first = choose_order([s.printed for s in slots if s.printed], stated)
    today = stated if given or (page_day and page_day.anchor != "oldest") else None
    fixed: list[Dated] = [_fixed(s, reference, month_first, today, hints) for s in slots]
    headings = {s.heading_number for s in slots if s.heading and s.heading_number >= 0}
    if len(headings) == 1 and not given:
        fixed, known = _single_heading(slots, fixed, known)
    if all(day for day, _ in fixed):
        return fixed
    return _fill(slots, fixed, shifts, known, source, falling)


def _contradicted(slots: Sequence[Slot], page_day: PageDay, shifts: Sequence[int]) -> bool:
    """Whether the page's date line was written on another day than its entries: its clock does not fit theirs.

    One that says when the page was changed last speaks of the entries after midnight, where others stand before it.
    """
    last = max(shifts, default=0) if page_day.anchor == "newest" else None
    own = [s for s, shift in zip(slots, shifts, strict=True) if last is None or shift == last]
    clocks = [_minute(s.clock) for s in own if s.clock and not _of_another_day(s, page_day.day)]
    if page_day.clock is None or page_day.anchor == "oldest" or not clocks:
        return False
    stated = _minute(page_day.clock)
    late = max(clocks) > stated + 10 if page_day.anchor == "newest" else False
    return late or min(clocks) - stated > _LONG_GAP


def _of_another_day(slot: Slot, day: date) -> bool:
    """Whether the entry prints a day of its own, or stands under one, that is not the given one."""
    own = slot.printed or slot.heading
    return own is not None and (bool(own.back) or own.month is not None) and own.full() != day


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _single_heading(
    slots: Sequence[Slot], fixed: Sequence[Dated], known: PageDay | None
) -> tuple[list[Dated], PageDay | None]:
    """One date line on the page anchors its first entry; later ones may pass midnight without saying so."""
    headed = [at for at, slot in enumerate(slots) if slot.heading and not (slot.printed and _full(slot.printed))]
    if not headed or fixed[headed[0]][0] is None:
        return list(fixed), known
    kept: list[Dated] = [d if at not in headed[1:] else (None, "unknown") for at, d in enumerate(fixed)]
    return kept, known


def _full(day: Day | None) -> date | None:
    return day.full() if day else None


def _fixed(slot: Slot, reference: date | None, month_first: bool | None, today: date | None, hints: YearHints) -> Dated:
    """Date that the stamp prints, or else the heading over it; `today` is the page's own where it speaks of one."""
    for day, source in ((slot.printed, "printed"), (slot.heading, "page")):
        if day is None:
            continue
        if day.back is not None:
            found = today - timedelta(days=day.back) if today else None
        else:
            found = _complete(day, reference, month_first) or (None if reference else _hinted(day, hints))
        if found:
            return found, "printed" if source == "printed" else "page"
    return None, "unknown"


def _hinted(day: Day, hints: YearHints) -> date | None:
    """A date without its year in the year that the page hints at, where its weekday agrees.

    That is the year of its headline, or that of the weeks before it was copied.
    """
    if day.weekday is None or day.month is None:
        return None
    named = Day(hints.year, day.month, day.day).full() if hints.year and day.year is None else None
    if named and named.weekday() == day.weekday:
        return named
    found = _complete(day, hints.copied, None) if hints.copied else None
    return found if found and hints.copied and -_COPIED_WITHIN <= (found - hints.copied).days <= _HALF_MONTH else None


def _complete(day: Day, reference: date | None, month_first: bool | None) -> date | None:
    if is_doubtful(day) and month_first is not None:
        return readings(day)[month_first]
    if day.full():
        return day.full()
    if reference is not None and day.month is None and day.weekday is not None:
        near = [reference + timedelta(days=n) for n in (0, -1, 1, -2, 2, -3, 3)]
        return next(d for d in near if d.weekday() == day.weekday)
    if reference is None or day.month is None or day.day is None or day.year is not None:
        return None
    near = [d for year in (-1, 0, 1) if (d := Day(reference.year + year, day.month, day.day).full())]
    if day.weekday is not None:
        near = [d for d in near if d.weekday() == day.weekday]
    return min(near, key=lambda d: abs(d - reference), default=None)


def _shifts(slots: Sequence[Slot], falling: bool | None, pinned: bool) -> list[int]:
    """Days passed since the first entry, in page order, read off where the clocks jump over midnight."""
    shifts, shift, last = [], 0, None
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
    slots: Sequence[Slot],
    fixed: Sequence[Dated],
    shifts: Sequence[int],
    known: PageDay | None,
    source: Known,
    falling: bool | None,
) -> list[Dated]:
    """Give entries without a date of their own the nearest fixed one's, or the page's, plus the days between."""
    anchors = [(at, day) for at, (day, _) in enumerate(fixed) if day]
    if not anchors:
        base = _page_anchor(slots, shifts, known, falling)
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
    if slot.printed and is_doubtful(slot.printed) and day not in readings(slot.printed):
        return None
    wanted = slot.printed.weekday if slot.printed and slot.printed.month is None else None
    if wanted is None or wanted == day.weekday():
        return day
    near = [day + timedelta(days=n) for n in (-1, 1, -2, 2, -3, 3)]
    return next((d for d in near if d.weekday() == wanted), None)


def _page_anchor(
    slots: Sequence[Slot], shifts: Sequence[int], known: PageDay | None, falling: bool | None
) -> date | None:
    """Date of the first entry in page order, from the page's own date."""
    if known is None or not slots:
        return None
    if known.told and known.anchor == "any" and falling and _are_after_midnight(slots):
        return None  # the date may be that of the evening before
    if known.anchor == "first" or min(shifts) == max(shifts):
        return known.day
    anchor = known.anchor if known.anchor != "any" else _end_at(slots, known.clock, falling)
    if anchor is None:
        return None
    shift = max(shifts) if anchor == "newest" else min(shifts)
    return known.day - timedelta(days=shift)


def _are_after_midnight(slots: Sequence[Slot]) -> bool:
    """Whether all entries are of the first hours of a day."""
    return all(s.clock is not None and s.clock.hour < _LATEST_NIGHT for s in slots)


def _end_at(slots: Sequence[Slot], clock: time | None, falling: bool | None) -> str | None:
    """Whether a page's date speaks of its oldest or its newest entry: of the one whose clock stands with the date."""
    if falling is False:
        return "oldest"
    first, last = slots[0].clock, slots[-1].clock
    if clock is None or first is None or last is None or falling is None:
        return None
    at_first, at_last = (abs(_minute(clock) - _minute(end)) <= _SAME_MINUTES for end in (first, last))
    return None if at_first == at_last else "newest" if at_first else "oldest"
