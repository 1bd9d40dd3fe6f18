"""The time a question speaks of: explicit parameters first, else its words; resolved page by page.

A clock time without a date means a different instant on each page, so a scope is a span per page, on the
scale of `index.times.time_key`: UTC seconds for aware entries, local clock seconds for floating ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from index.errors import TimeError
from index.moments import Moment, parse_moment
from index.times import time_key
from rag.aims import Aim, is_digest, news_topic, read_aim
from rag.records import Question, Window

Span = tuple[float | None, float | None]

_CLOCK = (
    r"(?:(?:noon|midday|midnight)|(?:half|(?:a )?quarter|twenty|ten|five) (?:past|to) (?:one|two|three|four"
    r"|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|\d\d?)(?: in the (?:morning|afternoon|evening))?"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?)|(?:[01]?\d|2[0-3])[:.h][0-5]\d"
    r"|(?:[01]?\d) o'?clock)"
    r"(?:\s(?:BST|GMT|UTC|CEST|CET|EDT|EST|ET|IST|PT|PDT|PST|local time))?"
    r"(?:\s?,?\s?(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June"
    r"|July|August"
    r"|September|October|November|December)(?: \d{4})?)?"
)
_BARE = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?"
_AS_OF = re.compile(
    rf",?\s*\b(?P<how>as (?:of|at)|as things (?:stood|were) (?:at|by)|by|until|till|up to|before|prior to)"
    rf" (?P<a>{_CLOCK})(?!\w),?",
    re.IGNORECASE,
)
_AT = re.compile(rf"^(?P<how>at) (?P<a>{_CLOCK})(?!\w),", re.IGNORECASE)
_BETWEEN = re.compile(
    rf",?\s*\b(?:between|from) (?P<a>{_CLOCK}|{_BARE}) (?:and|to|until|till) (?P<b>{_CLOCK})(?!\w),?",
    re.IGNORECASE,
)
_SINCE = re.compile(rf",?\s*\b(?P<how>since|after|from) (?P<a>{_CLOCK})(?!\w)(?: onwards?)?,?", re.IGNORECASE)
_LAST = re.compile(
    r",?\s*\b(?:in|over|during|of|for)?\s*the (?:last|past) (?P<n>(?!half\b)\w+ (?:of )?)?(?P<unit>hours?"
    r"|minutes?|half[- ](?:an )?hour)\b,?",
    re.IGNORECASE,
)
_PARTS = {
    "morning": (time(0), time(11, 59, 59)),
    "afternoon": (time(12), time(17, 59, 59)),
    "evening": (time(18), time(23, 59, 59)),
    "today": (time(0), time(23, 59, 59)),
}
_DAY_PART = re.compile(
    r",?\s*\b(?:this (?P<part>morning|afternoon|evening)|(?P<today>today))\b(?!['’]s),?", re.IGNORECASE
)
_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}


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


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Start and end as the asker gave them, before any page's clock is known."""

    start: datetime | Moment | None = None
    end: datetime | Moment | None = None
    before: bool = False
    after: bool = False
    last: timedelta | None = None
    part: str | None = None
    fixed: bool = False
    shift: timedelta = timedelta()


def topic_of(text: str) -> str:
    """A question without its words about time."""
    return _from_words(text)[0]


def read_scope(question: Question, pages: Mapping[str, PageTimes], shift: timedelta | None = None) -> Scope:
    """Scope of a question over the pages it may be answered from; `shift` moves the time that it names.

    Raises TimeError where a time given as a parameter cannot be understood; words of the question that look
    like a time but are none are left alone.
    """
    topic, bounds = _from_words(question.text)
    given = [_moment(v) for v in (question.since, question.until, question.as_of)]
    as_of_asked = question.as_of is not None or (bounds.end is not None and bounds.start is None)
    if any(v is not None for v in given):
        since, until, as_of = given
        bounds = replace(bounds, start=since or bounds.start, end=as_of or until or bounds.end, fixed=True)
        bounds = replace(bounds, before=bounds.before and not (as_of or until), after=bounds.after and not since)
    bounds = replace(bounds, shift=shift or timedelta())
    aim, side = read_aim(question.text, any((bounds.start, bounds.last, bounds.part)))
    notices: list[str] = []
    spans = {page: _span(bounds, times, notices) for page, times in pages.items()} if _limits(bounds) else {}
    topic = (news_topic(topic) if aim == "news" else None) or topic
    as_of_shown, window = _shown(bounds, pages, as_of_asked)
    return Scope(spans, as_of_shown, window, aim, topic or question.text, side, tuple(dict.fromkeys(notices)))


def narrow(
    scope: Scope, pages: Mapping[str, PageTimes], page: str, question: Question, shift: timedelta | None = None
) -> Scope:
    """The scope with its shown times on one page's own clock (the page that the answer rests on)."""
    if not scope.spans or page not in pages:
        return scope
    return replace(
        read_scope(question, {page: pages[page]}, shift), spans=scope.spans, aim=scope.aim, topic=scope.topic
    )


def _limits(bounds: _Bounds) -> bool:
    return any((bounds.start, bounds.end, bounds.last, bounds.part))


def _moment(value: datetime | str | None) -> datetime | Moment | None:
    return parse_moment(value) if isinstance(value, str) else value


def _from_words(text: str) -> tuple[str, _Bounds]:
    """Question without its words about time, and the bounds those words set."""
    for pattern in (_BETWEEN, _AS_OF, _AT, _SINCE, _LAST, _DAY_PART):
        match = pattern.search(text)
        if match is None:
            continue
        try:
            bounds = _bounds(pattern, match)
        except TimeError:
            continue  # words that only look like a time
        if bounds is None:
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")
        return re.sub(r"\s+", " ", rest).replace(" ?", "?"), bounds
    return text, _Bounds()


def _bounds(pattern: re.Pattern[str], match: re.Match[str]) -> _Bounds | None:
    found = match.groupdict()
    if pattern is _LAST:
        number = (found["n"] or "one").strip().lower().removesuffix(" of")
        count = _WORDS.get(number, int(number) if number.isdigit() else 0) or (1 if number == "one" else 0)
        if number in {"few", "couple"}:
            count = 2
        unit = found["unit"].lower()
        hours = 0.5 if unit.startswith("half") else count if unit.startswith("hour") else count / 60
        return _Bounds(last=timedelta(hours=hours)) if hours else None
    if pattern is _DAY_PART:
        if not is_digest(match.string):
            return None
        return _Bounds(part=(found["part"] or "today").lower())
    first = found["a"]
    if pattern is _BETWEEN:
        last = found["b"]
        suffix = re.search(r"(am|pm|a\.m\.?|p\.m\.?)", last, re.IGNORECASE)
        if re.fullmatch(_BARE, first):
            first = f"{first}{suffix.group()}" if suffix else first if re.search(r"[:.]", first) else f"{first}:00"
        return _Bounds(start=parse_moment(first), end=parse_moment(last))
    moment = parse_moment(first)
    how = found["how"].lower()
    if pattern is _SINCE:
        return _Bounds(start=moment, after=how == "after")
    return _Bounds(end=moment, before=how in {"before", "prior to"})


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


def _ends(bounds: _Bounds, times: PageTimes, notices: list[str]) -> tuple[datetime | None, datetime | None]:
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
        first, last = _PARTS[bounds.part]
        day = (end or times.newest).date()
        zone = (end or times.newest).tzinfo
        start = datetime.combine(day, first, tzinfo=zone)
        end = end or datetime.combine(day, last, tzinfo=zone)
    return start, end


def _span(bounds: _Bounds, times: PageTimes, notices: list[str]) -> Span:
    start, end = _ends(bounds, times, notices)
    return (time_key(start) if start else None, time_key(end) if end else None)


def _shown(bounds: _Bounds, pages: Mapping[str, PageTimes], as_of_asked: bool) -> tuple[datetime | None, Window | None]:
    """As-of and window on the clock of the page with the newest entry, for showing."""
    if not pages or not _limits(bounds):
        return None, None
    times = max(pages.values(), key=lambda p: time_key(p.newest))
    start, end = _ends(bounds, times, [])
    if end and end.second == 59 and not isinstance(bounds.end, datetime):
        end = end.replace(second=0)
    return (end if as_of_asked and start is None else None), (Window(start, end) if start else None)


def page_times(bounds: Sequence[tuple[str, datetime, datetime]]) -> dict[str, PageTimes]:
    """Page clocks from (page id, oldest, newest) rows of the store."""
    return {page: PageTimes(oldest, newest, newest.tzinfo) for page, oldest, newest in bounds}
