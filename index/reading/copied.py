"""The date that copies of pages put before the first line or headline: when the page was copied, maybe its own day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from index.calendars import WEEKDAYS, Day, read_date
from index.reading.furniture import is_caption
from index.reading.lines import Line, date_line
from index.reading.page_day import PageDay, YearHints, find_copied_day, find_page_day
from index.reading.titles import is_title

_PREFIX = re.compile(r"date ((?:19|20)\d\d)-(0[1-9]|1[0-2])-(\d\d)(?!\d)\s*")
_DAY_NAMES = "|".join(name for name in WEEKDAYS if len(name) >= 5)
_WEEKDAY = re.compile(rf"\b(?:{_DAY_NAMES})\b", re.IGNORECASE)
_THIS_DAY = re.compile(
    r"\b(?:this|today,?|ce|cette|aujourd['’]hui,?|diese[mnr]|heute,?|heutigen|este|hoy,?|questo|oggi,?|esta|hoje,?|deze)"
    rf"\s(?=(?:{_DAY_NAMES})\b)",
    re.IGNORECASE,
)
_EVENING = re.compile(r"\b(?:evening|tonight|soir(?:ée)?|(?:wahl)?abend|noche)\b", re.IGNORECASE)
_LONGEST_TOLD = 1000  # characters
_FIGURE = re.compile(r"(?<![\w.,:/-])\d{1,2}(?=[\s.])")
_LIVE = re.compile(r"\b(?:live|updates?|latest|ticker|direct|directo|vivo)\b", re.IGNORECASE)
_HEAD_LINES, _SHORTEST_NAME, _LONGEST_NAME, _SHORTEST_HEADLINE = 4, 3, 5, 3  # lines, words
_LEAST_NAMED = 2  # weekdays
_MOST_AHEAD = 2  # days
# "QUAY — The latest developments on election night, Oct. 4, 2031. All times are Eastern:"
_THE_LATEST = re.compile(
    r"(?:[A-ZÀ-Þ][^.!?]{1,40}\s[–—-]{1,2}\s)?(?:the latest|les dernières (?:nouvelles|informations)|das neueste|"
    r"lo último)\b",
    re.IGNORECASE,
)
_DATE_LED = re.compile(r",\s(?:on\s|le\s|am\s|el\s)?(?=\w)|(?P<end>[a-zà-ÿ\d]{3}[.!?]\s)")
_ALL_TIMES = re.compile(r":$|[.:]?\s\(?(?:all times|alle zeiten|toutes les heures|todas las horas)\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{2,8}\.?\s(?=\d{1,2}(?!\d))")


def page_day_of(
    opening: Sequence[Line], lines: Sequence[Line], years: YearHints, *, url: str | None, day_first: bool, stamped: bool
) -> PageDay | None:
    """The page's date from its opening, or from what a copy put before it where the text agrees."""
    certain = _without_blog_date(_without_doubtful_date(opening, lines), lines)
    found = find_page_day(certain, url, day_first=day_first)
    copied = find_copied_day(lines) if stamped and not found else None
    if copied and _tells_day_before(copied.day, [line.text for line in lines]):
        copied = None
    return found or copied or _find_latest_day(opening) or _find_told_day(opening, years)


def _without_doubtful_date(opening: Sequence[Line], lines: Sequence[Line]) -> Sequence[Line]:
    """The page's opening without the copy's date before it, unless something in all of the page's lines agrees.

    The year agrees, a day with its month, which may be the one before where entries run past midnight, or the
    weekday that is named at least as often as all others together, or several times, the others being the days after
    it. What a picture's caption says does not count.
    """
    found = ((at, m) for at, line in enumerate(opening[:_HEAD_LINES]) if (m := _PREFIX.match(line.text)))
    at, match = next(found, (0, None))
    if match is None:
        return opening
    first = replace(opening[at], text=opening[at].text[match.end() :])
    day = Day(int(match[1]), int(match[2]), int(match[3])).full()
    texts = [first.text, *(line.text for line in lines if line.number != first.number)]
    if day and _agrees(day, [text for text in texts if not is_caption(text)]):
        return opening
    return [*opening[:at], *([first] if first.text else []), *opening[at + 1 :]]


def _without_blog_date(opening: Sequence[Line], lines: Sequence[Line]) -> Sequence[Line]:
    """The page's opening without the weekday and date that stand between a blog's name and the headline of a copy.

    They stay where something in the page's other lines agrees.
    """
    for above, line, below in zip(opening[:_HEAD_LINES], opening[1:], opening[2:], strict=False):
        found = date_line(line)
        day = found.full() if found and found.weekday is not None else None
        if day is None or not (line.gap and below.gap and _names_blog(above.text)):
            continue
        headed = len(below.text.split()) >= _SHORTEST_HEADLINE and is_title(below.text)
        if headed and not _agrees(day, [other.text for other in lines if other.number != line.number]):
            return [other for other in opening if other.number != line.number]
    return opening


def _names_blog(text: str) -> bool:
    """Whether a few words are a blog's name or button, as no headline of live coverage is: "Get our toolbar!"."""
    few = _SHORTEST_NAME <= len(text.split()) <= _LONGEST_NAME and not any(c.isdigit() for c in text)
    return few and is_title(text.rstrip("!")) and not _LIVE.search(text)


def _find_told_day(opening: Sequence[Line], years: YearHints) -> PageDay | None:
    """Day that the opening calls its own, "this Thursday 14 October", where its weekday agrees with its year.

    The year is printed with it, that of the month which a copy of the page puts before its first line, or the only one
    in the headline. An opening that speaks of that day's evening was not written after midnight.
    """
    texts = [line.text[:_LONGEST_TOLD] for line in opening]
    found = {day for text in texts for day in _told_days(text, years)}
    if len(found) != 1:
        return None
    return PageDay(found.pop(), "oldest" if any(_EVENING.search(text) for text in texts) else "any", told=True)


def _find_latest_day(opening: Sequence[Line]) -> PageDay | None:
    """Day of the events whose latest an agency's opening promises: a whole date right before the note on all times.

    Entries past midnight are of the day after.
    """
    for line in opening:
        latest = _THE_LATEST.match(line.text[:_LONGEST_TOLD])
        for led in _DATE_LED.finditer(line.text, latest.end(), _LONGEST_TOLD) if latest else ():
            if led["end"]:
                break
            told = read_date(line.text, led.end())
            day = told[0].full() if told and not told[0].swapped else None
            if told and day and _ALL_TIMES.match(line.text, told[1]):
                return PageDay(day, "oldest")
    return None


def _told_days(text: str, years: YearHints) -> Iterable[date]:
    if not (years.copied or years.year or "20" in text):
        return  # no year for any day
    for match in _THIS_DAY.finditer(text):
        told = read_date(text, match.end())
        if told is None or not told[0].month or told[0].weekday is None:
            continue
        copied = years.copied if told[0].year is None else None
        year = told[0].year or (copied.year if copied else years.year)
        day = Day(year, told[0].month, told[0].day).full() if year else None
        if day and day.weekday() == told[0].weekday and (copied is None or day.month == copied.month):
            yield day


def _agrees(day: date, texts: Sequence[str]) -> bool:
    if _tells_day_before(day, texts):
        return False
    year = re.compile(rf"(?<!\d){day.year}(?!\d)")
    if any(year.search(text) for text in texts) or any(_names_day(text, day) for text in texts):
        return True
    named = _weekdays(texts)
    own = sum(weekday == day.weekday() for weekday in named)
    return own > 0 and (own * 2 >= len(named) or (own >= _LEAST_NAMED and _are_ahead(day, named)))


def _are_ahead(day: date, named: Sequence[int]) -> bool:
    """Whether all weekdays that are named are the day's own or one of the next two, of which entries tell plans."""
    return all((weekday - day.weekday()) % 7 <= _MOST_AHEAD for weekday in named)


def _tells_day_before(day: date, texts: Sequence[str]) -> bool:
    """Whether every weekday that is named, and one is more than once, is the one before the day."""
    named = _weekdays(texts)
    return len(named) >= _LEAST_NAMED and set(named) == {(day - timedelta(days=1)).weekday()}


def _weekdays(texts: Sequence[str]) -> list[int]:
    return [WEEKDAYS[match[0].lower()] for text in texts for match in _WEEKDAY.finditer(text)]


def _names_day(text: str, day: date) -> bool:
    near = {(one.month, one.day) for one in (day, day - timedelta(days=1))}
    return any((found.month, found.day) in near for found in _dates(text))


def _dates(text: str) -> Iterable[Day]:
    """Dates with a month that a text names: "3 May", "May 3"."""
    for pattern in (_FIGURE, _MONTH_BEFORE):
        for match in pattern.finditer(text):
            if (found := read_date(text, match.start())) and found[0].month and not found[0].swapped:
                yield found[0]
