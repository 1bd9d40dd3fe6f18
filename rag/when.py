"""The time a question speaks of: explicit parameters first, else its words; resolved page by page.

A clock time without a date means a different instant on each page, so a scope is a span per page, on the
scale of `index.times.time_key`: UTC seconds for aware entries, local clock seconds for floating ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from index.moments import Moment, parse_moment
from index.times import time_key
from rag.asking.aims import Aim, news_topic, read_aim
from rag.asking.plainly import plainly
from rag.asking.sides import without_sides
from rag.asking.spans import PARTS, Bounds, read_words
from rag.records import Question, Window
from rag.words import WEEKDAYS

Span = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class PageTimes:
    """What a page's clock is: its first and newest entry and its zone (None where floating)."""

    oldest: datetime
    newest: datetime
    zone: tzinfo | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretch of time an answer may rest on, per page, and what the question aims at within it.

    `spans` is empty where time does not matter. `topic` is the question without its words about time.
    """

    spans: Mapping[str, Span]
    as_of: datetime | None = None
    window: Window | None = None
    aim: Aim = "any"
    topic: str = ""
    side: int = 0
    notices: tuple[str, ...] = ()


def read_scope(question: Question, pages: Mapping[str, PageTimes], shift: timedelta | None = None) -> Scope:
    """Scope of a question over the pages it may be answered from; `shift` moves the time that it names.

    Raises TimeError where a time given as a parameter cannot be understood; words of the question that look
    like a time but are none are left alone.
    """
    topic, bounds = read_words(question.text)
    given = [_moment(v) for v in (question.since, question.until, question.as_of)]
    as_of_asked = question.as_of is not None or (bounds.end is not None and bounds.start is None)
    if any(v is not None for v in given):
        since, until, as_of = given
        bounds = replace(bounds, start=since or bounds.start, end=as_of or until or bounds.end, fixed=True)
        bounds = replace(bounds, before=bounds.before and not (as_of or until), after=bounds.after and not since)
    bounds = replace(bounds, shift=shift or timedelta())
    aim, side = read_aim(question.text, any((bounds.start, bounds.last, bounds.part)))
    told: list[list[str]] = [[] for _ in pages]
    spans: dict[str, Span] = {}
    if _limits(bounds):
        spans = {page: _span(bounds, pages[page], told[at]) for at, page in enumerate(pages)}
    # What is so of some pages only is said once the page that answers is known.
    notices = [n for n in (told[0] if told else []) if all(n in other for other in told)]
    topic = (news_topic(topic) if aim == "news" else without_sides(topic) if aim == "sides" else None) or topic
    as_of_shown, window = _shown(bounds, pages, as_of_asked)
    asked = plainly(topic or question.text)
    return Scope(spans, as_of_shown, window, aim, asked, side, tuple(dict.fromkeys(notices)))


def narrow(
    scope: Scope, pages: Mapping[str, PageTimes], page: str, question: Question, shift: timedelta | None = None
) -> Scope:
    """The scope with its shown times on one page's own clock (the page that the answer rests on)."""
    if not scope.spans or page not in pages:
        return scope
    own = read_scope(question, {page: pages[page]}, shift)
    notices = (*own.notices, *_also_elsewhere(question, pages, page))
    return replace(own, spans=scope.spans, aim=scope.aim, topic=scope.topic, notices=notices)


def _also_elsewhere(question: Question, pages: Mapping[str, PageTimes], page: str) -> tuple[str, ...]:
    """Says that a clock time without a date could be meant on another page's day too."""
    given = _moment(question.as_of) or read_words(question.text)[1].end
    if question.pages or not isinstance(given, Moment) or given.clock is None or given.day or given.month_day:
        return ()
    others = 0
    for name, times in pages.items():
        if name != page:
            at = _on_page(given, times, [])
            others += time_key(times.oldest) <= time_key(at) <= time_key(times.newest)
    if not others:
        return ()
    what = "Another page has" if others == 1 else f"{others} other pages have"
    return (f"{what} a {given.clock:%H:%M} too; it was taken on the page that this answer rests on.",)


def _limits(bounds: Bounds) -> bool:
    return any((bounds.start, bounds.end, bounds.last, bounds.part))


def _moment(value: datetime | str | None) -> datetime | Moment | None:
    return parse_moment(value) if isinstance(value, str) else value


def _on_page(moment: datetime | Moment, times: PageTimes, notices: list[str]) -> datetime:
    """A bound on one page's clock: a bare clock time falls on the last day that puts it within the coverage."""
    zone = moment.tzinfo if isinstance(moment, datetime) else moment.zone
    stated = moment if isinstance(moment, datetime) else _stated(moment, times, notices)
    if times.newest.tzinfo is None:
        if zone is not None:
            notices.append("The page states no time zone; its printed clock times are compared as they stand.")
        return stated.replace(tzinfo=None)
    return stated if zone is not None else stated.replace(tzinfo=times.zone or times.newest.tzinfo)


def _stated(moment: Moment, times: PageTimes, notices: list[str]) -> datetime:
    """Date and clock that a typed moment means on a page; in the moment's own zone where it has one."""
    zone = moment.zone
    newest = times.newest.astimezone(zone) if zone and times.newest.tzinfo else times.newest
    oldest = times.oldest.astimezone(zone) if zone and times.oldest.tzinfo else times.oldest
    newest, oldest = newest.replace(tzinfo=None), oldest.replace(tzinfo=None)
    clock = moment.clock or time(23, 59, 59)
    day = moment.day
    if day is None and moment.month_day is not None:
        day = date(newest.year, *moment.month_day)
    readings = [clock]
    if moment.past_noon is None and clock.hour < 12:
        readings.append(clock.replace(hour=clock.hour + 12))
    possible = []
    for reading in readings:
        at = datetime.combine(day or newest.date(), reading)
        while day is None and at > newest and at - timedelta(days=1) >= oldest:
            at -= timedelta(days=1)
        possible.append(at)
    within = [at for at in possible if oldest <= at <= newest]
    if len(within) > 1:
        notices.append(f"{clock:%H:%M} could be morning or afternoon; {within[-1]:%H:%M} was taken.")
    return (within or possible)[-1].replace(tzinfo=zone)


def _ends(bounds: Bounds, times: PageTimes, notices: list[str]) -> tuple[datetime | None, datetime | None]:
    end = _on_page(bounds.end, times, notices) if bounds.end else None
    start = _on_page(bounds.start, times, notices) if bounds.start else None
    end, start = end and end + bounds.shift, start and start + bounds.shift
    if end and not isinstance(bounds.end, datetime) and end.second == 0:
        end += timedelta(seconds=59)  # "15:30" names a whole minute
    if end and bounds.before:
        end -= timedelta(seconds=60)
    if start and bounds.after:
        start += timedelta(seconds=60)
    if bounds.last:
        start = (end or times.newest) - bounds.last
    if bounds.part:
        first, last = PARTS[bounds.part]
        reference = end or times.newest
        day = _day_meant(bounds, reference)
        start = datetime.combine(day, first, tzinfo=reference.tzinfo)
        until = datetime.combine(day + timedelta(days=first > last), last, tzinfo=reference.tzinfo)
        end = min(end, until, key=time_key) if end else until
    return start, end


def _day_meant(bounds: Bounds, reference: datetime) -> date:
    """The day that a part of a day belongs to: a weekday is the last such one; a night begins on the day before."""
    day = reference.date()
    if bounds.part == "night" and bounds.day is None:
        return day if reference.hour >= 18 else day - timedelta(days=1)
    if bounds.day == "yesterday":
        return day - timedelta(days=1)
    if bounds.day:
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(bounds.day)) % 7)
    return day


def _span(bounds: Bounds, times: PageTimes, notices: list[str]) -> Span:
    start, end = _ends(bounds, times, notices)
    return (time_key(start) if start else None, time_key(end) if end else None)


def _shown(bounds: Bounds, pages: Mapping[str, PageTimes], as_of_asked: bool) -> tuple[datetime | None, Window | None]:
    """As-of and window on the clock of the page with the newest entry, for showing."""
    if not pages or not _limits(bounds):
        return None, None
    begun = [p for p in pages.values() if _begun(bounds, p)]
    times = max(begun or pages.values(), key=lambda p: time_key(p.newest))
    start, end = _ends(bounds, times, [])
    if end and end.second == 59 and not isinstance(bounds.end, datetime):
        end = end.replace(second=0)
    return (end if as_of_asked and start is None else None), (Window(start, end) if start else None)


def _begun(bounds: Bounds, times: PageTimes) -> bool:
    """Whether a page had an entry by the end of the bounds."""
    end = _ends(bounds, times, [])[1]
    return end is None or time_key(times.oldest) <= time_key(end)


def page_times(bounds: Sequence[tuple[str, datetime, datetime]]) -> dict[str, PageTimes]:
    """Page clocks from (page id, oldest, newest) rows of the store."""
    return {page: PageTimes(oldest, newest, newest.tzinfo) for page, oldest, newest in bounds}
