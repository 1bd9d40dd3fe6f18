"""Lines that count a match's minutes, a race's laps or its kilometres: they look like clocks but are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.reading.lines import Line

if TYPE_CHECKING:
    from index.reading.sections import Section

# "67'", "67 min", "67. Minute", "67e minute", "Min. 67:"
_MINUTE = (
    r"\d{1,3}(?:\+\d{1,2})?(?:['’′]|\s['’′](?=[\s:.–—-]))|\d{2,3}\.?\+\d{1,2}(?=[:\s])|"
    r"\d{1,3}(?:\.|º|e|th|st|nd|rd)?(?:\s?\+\s?\d{1,2})?\s?(?:min(?:s|\.|ut[a-z]{0,2})?|perc)(?!\w)|"
    r"min(?:\.|ut[a-z]{0,2})?\s\d{1,3}(?:\+\d{1,2})?(?:['’′]|(?=\s?[:.–—-])|(?=\s[A-ZÀ-Þ¡¿„“\"]))"
)
_PLAY = re.compile(
    rf"^(?:{_MINUTE}|\d{{1,3}}e(?:\s?\+\s?\d)?\s:|"
    r"(?:lap|runde|tour|vuelta|giro)\s\d{1,3}|"
    r"\d{1,3}(?:[.,]\d)?\s?km\s(?:to go|left|restants?|por recorrer|a meta|noch)\b|"
    r"km\s\d{1,3}(?:[.,]\d)?(?=[\s:.–—-]))",
    re.IGNORECASE,
)
_PERIOD_TIME = re.compile(
    r"^(?:Q[1-5]|[1-4]Q|[HP][1-3]|OT)\W{1,3}\d{1,2}[:.][0-5]\d(?!\d)|"  # "Q4 - 31.18: SIREN!"
    r"^\d(?:\.|st|nd|rd|th|er|e|º|ª)?\s(?:Viertel|Drittel|Halbzeit|Satz|quarter|period|half|set|inning|quart-temps|"
    r"mi-temps|tiempo|cuarto)\b\W{1,3}\d",
    re.IGNORECASE,
)
_MATCH_TIME = re.compile(
    rf"^(?:{_MINUTE}|(?:lap|runde|tour|vuelta)\s\d{{1,3}}|"
    r"(?:2[4-9]|[3-9]\d|1[0-2]\d|\d{1,2}):[0-5]\d(?!\d)|\d{1,3}\.[1-6]\s|(?:over|set)\s\d{1,3}\b)",
    re.IGNORECASE,
)
_BARE_MINUTE = re.compile(r"^(\d{1,3})\s(?=[A-ZÀ-Þ¡¿„“\"])")
_LEAST_MINUTES = 6
_MINUTE_ALONE = re.compile(r"(\d{1,3})(?:(?:\s?\+\s?\d{1,2})?[.'’′]|(?:[.,]\d)?\s?km)")
_CLOCK = re.compile(r"(?:[1-9]|1\d|2[0-3]|0[1-9]):[0-5]\d\b")
_LAP = re.compile(r"(?P<lap>\d{1,3})(?:/(?P<total>\d{1,3}))?:\s(?=\S)")
_WHISTLE = re.compile(
    r"fin|final|ende|abpfiff|anpfiff|halbzeit|pause|mi-temps|descanso|full[ -]?time|half[ -]?time|kick[ -]?off|[FH]T",
    re.IGNORECASE,
)
_WHISTLE_LED = re.compile(
    r"(?:abpfiff|halbzeit|mi-temps|descanso|full[ -]?time|half[ -]?time|[FH]T)\s?[:|–—-]\s", re.IGNORECASE
)
_LEAST_ALONE, _LEAST_PLAYED, _LEAST_LAPS = 4, 3, 5
_MOST_ALONE, _ADDED_CHARS = 0.6, 4


def is_played(lines: Sequence[Line]) -> bool:
    """Whether the page runs by a match's minutes, laps or kilometres."""
    return len(find_played(lines)) >= _LEAST_PLAYED or bool(minutes_alone(lines))


def counts_play(text: str) -> bool:
    """Whether the line begins with a match's period, its minute, a lap or a kilometre: no clock looks like these."""
    return bool(_PERIOD_TIME.match(text) or _PLAY.match(text.lstrip("•*-([ ")))


def tells_minute(text: str) -> bool:
    """Whether the line begins with a time of play, be it one that looks like a clock's."""
    return bool(_MATCH_TIME.match(text))


def find_played(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a match's period, its minute, a lap or the way left: no clock looks like these.

    Where most are nothing but that, only those begin entries, and so does a line of a word for an end or a break.
    Among others that word begins one before a colon: "FT: Tide 58-57 Comets".
    """
    starts = [at for at, line in enumerate(lines) if counts_play(line.text)]
    if len(starts) < _LEAST_PLAYED or not _tell_most(lines, starts):
        return []
    alone = [at for at in starts if _stands_alone(lines[at].text)]
    if len(alone) < max(_LEAST_PLAYED, _MOST_ALONE * len(starts)):
        led = {at for at, line in enumerate(lines) if _WHISTLE_LED.match(line.text)}
        return sorted({*starts, *(led - {at + 1 for at in starts})})
    words = {at for at, line in enumerate(lines) if _WHISTLE.fullmatch(line.text)}
    return sorted({*alone, *(words - {at + 1 for at in alone})})


def _tell_most(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether most of the page stands from the first of these lines on: by its lines, or by its words."""
    first = starts[0]
    return first * 2 <= len(lines) or _chars(lines[:first]) <= _chars(lines[first:])


def _chars(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _stands_alone(text: str) -> bool:
    """Whether the line is nothing but a minute of play, be it one of those added: "90'+4'"."""
    match = _PLAY.match(text)
    added = text[match.end() :] if match else text
    return len(added) <= _ADDED_CHARS and not any(c.isalpha() for c in added)


def without_minutes_over(sections: Sequence[Section]) -> list[Section]:
    """The sections without the minutes of play that stand alone over several stamps: they count what follows."""
    over = {
        above.lines[-1].number
        for above, section in pairwise(sections)
        if section.candidate
        and above.lines
        and counts_play(above.lines[-1].text)
        and _stands_alone(above.lines[-1].text)
    }
    if len(over) < _LEAST_PLAYED:
        return list(sections)
    return [replace(s, lines=s.lines[:-1]) if s.lines and s.lines[-1].number in over else s for s in sections]


def find_laps(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a lap's number and a colon, each the next lap or each the one before: "05/58: ..."."""
    found = [(at, m) for at, line in enumerate(lines) if (m := _LAP.match(line.text))]
    laps = [int(m["lap"]) for _, m in found]
    steps = {b - a for a, b in pairwise(laps)}
    totals = {m["total"] for _, m in found if m["total"]}
    return [at for at, _ in found] if len(found) >= _LEAST_LAPS and steps in ({1}, {-1}) and len(totals) < 2 else []


def bare_minutes(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a match's minute and no mark at all, as only a whole match of them may be read."""
    found = [(at, int(m[1])) for at, line in enumerate(lines) if (m := _BARE_MINUTE.match(line.text))]
    minutes = [minute for _, minute in found]
    if len(found) < _LEAST_MINUTES or not 40 <= max(minutes) - min(minutes) <= 130:
        return []
    in_order = minutes in (sorted(minutes), sorted(minutes, reverse=True))
    return [at for at, _ in found] if in_order and found[0][0] * 2 <= len(lines) else []


def minutes_alone(lines: Sequence[Line]) -> list[int]:
    """Lines that are nothing but a match's minute or a race's kilometre: "88.", in order, and no running numbers."""
    found = [(at, int(m[1])) for at, line in enumerate(lines) if (m := _MINUTE_ALONE.fullmatch(line.text))]
    minutes = [minute for _, minute in found]
    if len(found) < _LEAST_ALONE or minutes not in (sorted(minutes), sorted(minutes, reverse=True)):
        return []
    return [at for at, _ in found] if max(minutes) - min(minutes) >= 2 * len(found) else []


def match_times(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with a time of play, unless all of them may be clocks."""
    starts = [at for at, line in enumerate(lines) if _MATCH_TIME.match(line.text.lstrip("•*- "))]
    if all(_CLOCK.match(lines[at].text.lstrip("•*- ")) for at in starts):
        return []  # opening hours or a timetable
    # later than that it is a list of fixtures at the end of a report
    return starts if len(starts) >= 3 and starts[0] * 2 <= len(lines) else []
