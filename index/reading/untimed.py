"""Pages whose entries carry no time: cut at their numbers, rules or headlines; no time is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import read_date
from index.reading.furniture import is_furniture
from index.reading.lines import Line, date_line, without_pairs
from index.reading.people import read_byline
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_summary_heading, is_title, is_update_note, plain_title

_RULE = re.compile(r"^(?:(?:[_*–—=-]\s?){2,}|#)$")
_DASHED = re.compile(r"^[–—-]\s?([^\s–—-].{1,60}?)\s?[–—-]$")
_NUMBER = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_FIRST = re.compile(r"^date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+(?:live(?=[A-Z]))?|^live(?=[A-Z])")
_CREDITS = re.compile(r"\.?\s*(?:[-–—/|(©]\s?.{1,60})$")
_MARK = re.compile(r"^(?::\s+|\+{3}\s?)(?=[^\s+])")
_PLAY = re.compile(
    r"^(?:\d{1,3}(?:\+\d{1,2})?['’′]|\d{1,3}e(?:\s?\+\s?\d)?\s:|\d{2,3}\.?\+\d{1,2}(?=[:\s])|\d{1,3}(?:\+\d)?\s?min(?:s|utes?)?\b|"
    r"\d{1,3}\.\s?Minute\b|"
    r"(?:lap|runde|tour|vuelta|giro)\s\d{1,3}|"
    r"\d{1,3}(?:[.,]\d)?\s?km\s(?:to go|left|restants?|por recorrer|a meta|noch)\b)",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^[•‣▪●◦]\s*")
_SHORT_PROSE, _MOST_OVER = 40, 0.8
_COUNT = re.compile(r"^\d{1,4} (?:posts|updates|entries|Beiträge|publications|publicaciones)$", re.IGNORECASE)
_BARE_MINUTE = re.compile(r"^(\d{1,3})\s(?=[A-ZÀ-Þ¡¿„“\"])")
_LEAST_MINUTES = 6
_MINUTE_ALONE = re.compile(r"(\d{1,3})(?:(?:\s?\+\s?\d{1,2})?[.'’′]|(?:[.,]\d)?\s?km)")
_LEAST_ALONE, _LEAST_DATES, _LEAST_PLAYED = 4, 3, 3
_AFTER_DATE = re.compile(r"\s?[:–—-]\s\S")
_CLOCK = re.compile(r"(?:[1-9]|1\d|2[0-3]|0[1-9]):[0-5]\d\b")
_PERIOD_TIME = re.compile(
    r"^\d(?:\.|st|nd|rd|th|er|e|º|ª)?\s(?:Viertel|Drittel|Halbzeit|Satz|quarter|period|half|set|inning|quart-temps|"
    r"mi-temps|tiempo|cuarto)\b\W{1,3}\d",
    re.IGNORECASE,
)
_MATCH_TIME = re.compile(
    r"^(?:\d{1,3}(?:\+\d{1,2})?['’′]|\d{2,3}\+\d{1,2}(?=[:\s])|\d{1,3}(?:\+\d)?\s?min(?:s|utes?)?\b|(?:lap|runde|"
    r"tour|vuelta)\s\d{1,3}|"
    r"(?:2[4-9]|[3-9]\d|1[0-2]\d|\d{1,2}):[0-5]\d(?!\d)|\d{1,3}\.[1-6]\s|minuto?\s\d{1,3}|(?:over|set)\s\d{1,3}\b)",
    re.IGNORECASE,
)


def cut_untimed(lines: Sequence[Line]) -> list[Section]:
    """Sections of a page without stamps; one section for the whole page where nothing divides it."""
    lines = without_pairs(_plain_first(lines), _repeats)
    numbered, played = _numbered(lines), _played(lines)
    if numbered and played and played[0] <= numbered[0]:
        numbered = []  # the standings within an entry
    for starts, titled in (
        (_marked(lines), True),
        (numbered, True),
        (played, True),
        (_bare_minutes(lines), False),
        (_minutes_alone(lines), False),
        (_match_times(lines), True),
    ):
        if len(starts) >= 2:
            return _at(lines, starts, titled=titled)
    if len(starts := _bulleted(lines)) >= 3:
        return _at([replace(line, text=_LIST_MARK.sub("", line.text)) for line in lines], starts)
    if len(starts := _bylines(lines)) >= 3:
        over = [at for at in starts if at and is_title(lines[at - 1].text) and lines[at].gap == lines[at - 1].gap]
        return _titled(lines, over) if len(over) > 0.6 * len(starts) else _signed(lines, starts)
    if len(starts := _rubrics(lines)) >= 3:
        return _at(lines, starts)
    rules = [at for at, line in enumerate(lines) if _RULE.match(line.text)]
    if len(rules) >= 2:
        marks = set(rules)
        return _at(lines, [at + 1 for at in rules if at + 1 < len(lines) and at + 1 not in marks])
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    titles = [
        at
        for at, line in enumerate(lines)
        if is_title(line.text)
        and (line.gap or not spaced)
        and 11 <= len(line.text) <= 120
        and read_byline(line.text) is None
        and not (len(line.text) < 15 and is_summary_heading(line.text))
        and _prose_follows(lines, at)
    ]
    if len(titles) >= 3:
        titles += _short_titles(lines, titles)
        titles = sorted({*titles, *(at + 1 for at, line in enumerate(lines[:-1]) if _COUNT.match(line.text))})
    if len(titles) >= 3:
        return _at(lines, titles)
    dates = _dates(lines)
    return _at(lines, dates) if len(dates) >= _LEAST_DATES else [Section(None, tuple(lines))]


def is_played(lines: Sequence[Line]) -> bool:
    """Whether the page runs by a match's minutes, laps or kilometres."""
    return len(_played(lines)) >= _LEAST_PLAYED or bool(_minutes_alone(lines))


def _dates(lines: Sequence[Line]) -> list[int]:
    """Lines that are a date over prose, or begin with one and a colon or a dash."""
    return [
        at
        for at, line in enumerate(lines)
        if (_is_date(line) and _prose_follows(lines, at))
        or ((found := read_date(line.text)) and found[0].month and _AFTER_DATE.match(line.text, found[1]))
    ]


def _is_date(line: Line) -> bool:
    day = date_line(line)
    return day is not None and day.month is not None


def _short_titles(lines: Sequence[Line], titles: Sequence[int]) -> list[int]:
    """Headlines of one word among longer ones, with room over and under them: "Preamble"."""
    return [
        at
        for at, line in enumerate(lines[:-1])
        if at > titles[0] and line.gap and lines[at + 1].gap and line.text.isalpha() and line.text[0].isupper()
        if is_title(line.text) and len(line.text) >= 5 and ends_prose(lines[at + 1].text)
    ]


def _plain_first(lines: Sequence[Line]) -> list[Line]:
    """The lines, the first without the date and the label that some copies of pages put before it."""
    return [replace(line, text=_FIRST.sub("", line.text) or line.text) for line in lines[:1]] + [*lines[1:]]


def _repeats(line: Line, after: Line) -> bool:
    """Whether the lines are an alternative text and the caption that repeats it and names its source."""
    return after.text.startswith(line.text) and _CREDITS.match(after.text, len(line.text)) is not None


def _marked(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with the colon which a lost stamp left behind, or with the pluses of a ticker."""
    starts = [at for at, line in enumerate(lines) if _MARK.match(line.text)]
    return starts if len(starts) >= 3 else []


def _numbered(lines: Sequence[Line]) -> list[int]:
    """Lines that a running number begins: 1, 2, 3 ... or n, n-1, ..."""
    found = [
        (at, int(m[1]))
        for at, line in enumerate(lines)
        if (m := _NUMBER.match(line.text)) and not _is_date(line)  # "10. April"
    ]
    starts: list[int] = []
    expected: set[int] = set()
    for at, number in found:
        if not starts or number in expected:
            starts.append(at)
            expected = {number + 1} if len(starts) > 1 or number == 1 else {number + 1, number - 1}
    return starts


def _bare_minutes(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a match's minute and no mark at all, as only a whole match of them may be read."""
    found = [(at, int(m[1])) for at, line in enumerate(lines) if (m := _BARE_MINUTE.match(line.text))]
    minutes = [minute for _, minute in found]
    if len(found) < _LEAST_MINUTES or not 40 <= max(minutes) - min(minutes) <= 130:
        return []
    in_order = minutes in (sorted(minutes), sorted(minutes, reverse=True))
    return [at for at, _ in found] if in_order and found[0][0] * 2 <= len(lines) else []


def _minutes_alone(lines: Sequence[Line]) -> list[int]:
    """Lines that are nothing but a match's minute or a race's kilometre: "88.", in order, and no running numbers."""
    found = [(at, int(m[1])) for at, line in enumerate(lines) if (m := _MINUTE_ALONE.fullmatch(line.text))]
    minutes = [minute for _, minute in found]
    if len(found) < _LEAST_ALONE or minutes not in (sorted(minutes), sorted(minutes, reverse=True)):
        return []
    return [at for at, _ in found] if max(minutes) - min(minutes) >= 2 * len(found) else []


def _match_times(lines: Sequence[Line]) -> list[int]:
    starts = [at for at, line in enumerate(lines) if _MATCH_TIME.match(line.text.lstrip("•*- "))]
    if all(_CLOCK.match(lines[at].text.lstrip("•*- ")) for at in starts):
        return []  # opening hours or a timetable
    # later than that it is a list of fixtures at the end of a report
    return starts if len(starts) >= 3 and starts[0] * 2 <= len(lines) else []


def _played(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a match's period, its minute, a lap or the way left: no clock looks like these."""
    starts = [
        at for at, line in enumerate(lines) if _PERIOD_TIME.match(line.text) or _PLAY.match(line.text.lstrip("•*-( "))
    ]
    return starts if len(starts) >= 3 and starts[0] * 2 <= len(lines) else []


def _bulleted(lines: Sequence[Line]) -> list[int]:
    """Lines with a bullet, each over the text of an entry: on a list of points the next bullet follows at once."""
    starts = [at for at, line in enumerate(lines) if _LIST_MARK.match(line.text)]
    if not starts:
        return []
    ends = [*starts[1:], len(lines)]
    over = sum(
        any(ends_prose(line.text) and len(line.text) > _SHORT_PROSE for line in lines[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    )
    return starts if over >= _MOST_OVER * len(starts) and starts[0] * 2 <= len(lines) else []


def _bylines(lines: Sequence[Line]) -> list[int]:
    """Lines that say who wrote what stands under them: "By Ann Hill"."""
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    return [
        at
        for at, line in enumerate(lines[:-1])
        if (line.gap or not spaced) and len(line.text) <= 80 and read_byline(line.text)
    ]


def _signed(lines: Sequence[Line], starts: Sequence[int]) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        author, under = read_byline(lines[start].text), list(lines[start + 1 : end])
        title = under.pop(0).text if len(under) > 1 and is_title(under[0].text) else None
        sections.append(Section(None, tuple(under), title=title, author=author))
    return sections


def _titled(lines: Sequence[Line], bylines: Sequence[int]) -> list[Section]:
    """Sections whose title stands over their byline."""
    sections = [Section(None, tuple(lines[: bylines[0] - 1]))] if bylines[0] > 1 else []
    for at, end in zip(bylines, [*(b - 1 for b in bylines[1:]), len(lines)], strict=True):
        author = read_byline(lines[at].text)
        sections.append(Section(None, tuple(lines[at + 1 : end]), title=lines[at - 1].text, author=author))
    return sections


def _rubrics(lines: Sequence[Line]) -> list[int]:
    """Headings in capitals or between dashes, each over prose."""
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    return [
        at
        for at, line in enumerate(lines)
        if (line.gap or not spaced)
        and (_DASHED.match(line.text) or (line.text.isupper() and 5 <= len(line.text) <= 80))
        and _prose_follows(lines, at)
    ]


def _prose_follows(lines: Sequence[Line], at: int) -> bool:
    below = (line.text for line in lines[at + 1 : at + 3])
    following = next((text for text in below if not (is_furniture(text) or is_update_note(text))), "")
    return bool(following) and (not is_title(following) or following.endswith("m."))  # "... at about 4 p.m."


def _at(lines: Sequence[Line], starts: Sequence[int], *, titled: bool = True) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first = lines[start]
        played = _PERIOD_TIME.match(first.text) or _PLAY.match(first.text.lstrip("•*-( "))
        title = first.text if played or _is_date(first) else _MARK.sub("", _DASHED.sub(r"\1", plain_title(first.text)))
        if played or not titled or _MATCH_TIME.match(title):
            headed = False
        else:
            numbered = bool(_NUMBER.match(first.text))
            headed = _is_date(first) or (is_title(title) and (numbered or not is_summary_heading(title)))
        if headed and end > start + 1:
            sections.append(Section(None, tuple(lines[start + 1 : end]), title=title))
        else:
            head = Line(first.number, title, True, first.indent)
            sections.append(Section(None, (head, *lines[start + 1 : end])))
    return sections
