"""A printed stamp and its pieces: clock, date, zone, age. What a stamp does not print stays None."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import lru_cache

from index.calendars import DAYS_BACK, MONTHS, WEEKDAYS, Day, read_date
from index.clocks import read_clock, read_glued_clock
from index.moments import Moment, parse_moment
from index.zones import ZONE_PATTERN, resolve_zone

__all__ = ["Moment", "Stamp", "find_tail_stamp", "parse_moment", "read_age", "read_stamp", "resolve_zone"]

MAX_STAMP_CHARS = 120
_LONGEST_AGE = 160


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as printed: `text` stands at `start` to `end` of its line. `ago` is the age it states.

    `twelve` says that its clock is a twelve-hour one.
    """

    text: str
    start: int
    end: int
    clock: time | None = None
    day: Day | None = None
    zone: str | None = None
    ago: timedelta | None = None
    twelve: bool = False


_NO_LETTER = r"(?![^\W\d])"
_UNITS = (
    ("y", rf"(?:y(?:(?:ea)?rs?)?|ans?|Jahre?n?|años?){_NO_LETTER}"),
    ("mo", rf"(?:mo(?:nths?|s)?|mois|Monate?n?|meses|mes){_NO_LETTER}"),
    ("w", rf"(?:w(?:(?:ee)?ks?)?|semaines?|Wochen?|semanas?){_NO_LETTER}"),
    ("d", rf"(?:d(?:ays?)?|jours?|j|Tag(?:e|en)?|días?){_NO_LETTER}"),
    ("h", rf"(?:h(?:(?:ou)?rs?)?|heures?|Std|Stunden?|horas?){_NO_LETTER}"),
    ("m", rf"(?:m(?:in(?:ute)?s?)?|Min(?:uten?)?|minutos?){_NO_LETTER}"),
    ("s", rf"(?:s(?:ec(?:ond)?s?)?|Sek(?:unden?)?|segundos?){_NO_LETTER}"),
)
_SECONDS = {"y": 31_536_000, "mo": 2_592_000, "w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
_SPAN = "".join(
    rf"(?:(?P<{unit}>\d{{1,4}}|an?|one|une?|einer?|una?) ?{word}\.?,? ?(?:and |et |und |y " rf")?)?"
    for unit, word in _UNITS
)
_AGO = re.compile(
    rf"(?:(?:less than|about|over|under)\s)?{_SPAN.replace(' ?', chr(92) + 's?')}ago(?-i:(?![a-z]))", re.IGNORECASE
)
_AGO_AHEAD = re.compile(rf"(?:il y a|vor|hace|há)\s(?=\d|un|ein){_SPAN.replace(' ?', chr(92) + 's?')}", re.IGNORECASE)
_NOW = re.compile(r"(?:just now|(?:a )?(?:few )?(?:seconds|moments) ago)(?![a-z])", re.IGNORECASE)
_ZONE = re.compile(rf"\[{ZONE_PATTERN}\]|\(?{ZONE_PATTERN}\)?|(?<=\d)(?:[+\-−]\d\d:?\d\d(?!\d)|Z(?!\w))")
_ZONE_AHEAD = re.compile(rf"(?P<zone>{ZONE_PATTERN})[\s:]{{1,2}}(?=\d)")
_SEASON = re.compile(r"(?:Eastern|Central|Mountain|Pacific)(?=\s*(?:[\])|:,.–—/-]|$))")
# "11.21 Local councillor Ann Hill says ..." names no zone
_LOCAL = re.compile(
    r"(?i:\(?(?:local time|hora local|heure locale|Ortszeit|ora locale))(?![a-zà-ÿ\d])\)?|"
    r"\(?(?:local(?![a-zà-ÿ\d])|(?i:local)(?=\s*(?:[\])|:,.–—/-]|$)))\)?|"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+)? time(?=:|\s\(\d)"
)
_GAP = re.compile(
    r"(?:T(?=\d)|[\s,|•·/–—-]*"
    r"(?:(?:at|on|um|am|à|a las|a les|le|el|den|the|kl\.?|klokken|klockan|o|(?:o )?godz\.?|@)\s+)?[\s(]*)"
)
_DAY_WORD = re.compile(rf"(?:{'|'.join(DAYS_BACK)})(?=[\s\])]*$)", re.IGNORECASE)
_OTHER_CLOCK = re.compile(
    rf"\s?(?:\((?:\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?|\d{{4}}(?::\d\d)?|\d{{1,2}}(?=\s?[ap]))\s?(?:[ap]\.?m\.?)?\s?{ZONE_PATTERN}\)"
    rf"|/\d{{1,2}}[:.hH]\d\d(?:\s?(?:[ap]\.?m\.?|Uhr))?\s(?-i:{ZONE_PATTERN})(?=\s*(?:[\])|:,.–—-]|$))"
    rf"|/\d{{1,2}}[:.]\d\d(?!\d)(?:\s?[ap]\.?m\b\.?)?(?=\s|$)|/\s?(?:\d{{4}}|\d{{1,2}}(?:[:.]\d\d)?)\s?(?:[ap]\.?m\.?)?\s?{ZONE_PATTERN})",
    re.IGNORECASE,
)
_BETWEEN_CLOCKS = re.compile(r"[\s(]{0,3}")
_CLOSED = re.compile(r"[\s\])|:•.+–—-]*$|\s?[:|]\s|\s[–—-]\s")
# a stamp starts with a digit, or within three words of one, or is a word for noon, midnight or now
_PLAUSIBLE = re.compile(r"\d|[^\W\d][^\d\n]{0,40}\d|noon|mid|just|a |few|seconds|moments|today|an? ", re.IGNORECASE)
_AGO_START = re.compile(r"\d|less than|about|over|under|an? |one |il y|vor|hace|há|just|few|sec|mom", re.IGNORECASE)
_DATE_START = re.compile(
    rf"\d|(?:{'|'.join(sorted({name[:3] for name in (*MONTHS, *WEEKDAYS, *DAYS_BACK)}))}|the |le |den |"
    rf"(?:mo|di|mi|do|fr|sa|so)[., ])",
    re.IGNORECASE,
)
# at a figure, at a word, or at a capital that is glued to the word before it
_START = re.compile(r"(?<![\d.:£$€#@/])(?:(?=\d)|(?<![^\W\d_])(?=[^\W\d_])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ]))")


def read_stamp(line: str, at: int = 0) -> Stamp | None:
    """Longest stamp that starts exactly at `at`: its pieces in any order, each at most once."""
    if not _PLAUSIBLE.match(line, at):
        return None
    found = _read_stamp(line[at : at + MAX_STAMP_CHARS + 40])
    return replace(found, start=at, end=at + found.end) if found and at else found


@dataclass(slots=True)
class _Pieces:
    """The pieces of a stamp found so far."""

    clock: time | None = None
    day: Day | None = None
    zone: str | None = None
    ago: timedelta | None = None
    twelve: bool = False


# Asked of the same few lines at several steps, and of stamps that come again on every page.
@lru_cache(maxsize=8192)
def _read_stamp(line: str) -> Stamp | None:
    pieces, end, pos = _Pieces(), 0, 0
    limit = min(len(line), MAX_STAMP_CHARS)
    while pos < limit:
        grown = _grow(pieces, line, pos, end)
        if grown is None:
            break
        end = grown
        gap = _GAP.match(line, end)
        pos = gap.end() if gap else end
    if pieces.clock is None and pieces.ago is None:
        return None
    if line[:end].endswith(")") and "(" not in line[:end]:
        end -= 1
    if line[:end].count("(") > line[:end].count(")") and line[end : end + 1] == ")":
        end += 1
    if pieces.clock and (other := _OTHER_CLOCK.match(line, end)):
        end = other.end()
    return Stamp(line[:end], 0, end, pieces.clock, pieces.day, pieces.zone, pieces.ago, pieces.twelve)


def _grow(pieces: _Pieces, line: str, pos: int, end: int) -> int | None:
    """Take the piece that stands at `pos` and tell where it ends; None where there is none."""
    # an age may come twice, short and in full: "3h ago3 hours ago"
    may_be_age = pieces.ago is None or pieces.clock is None
    if may_be_age and _AGO_START.match(line, pos) and (age := read_age(line, pos)):
        pieces.ago = pieces.ago or age[0]
        return age[1]
    found = read_date(line, pos) if pieces.day is None and _DATE_START.match(line, pos) else None
    if found is not None and (_in_brackets(line, pos, found[1]) or _date_belongs(pieces, found[0], line, found[1])):
        pieces.day = found[0]
        return found[1]
    clock = read_clock(line, pos) or (read_glued_clock(line, pos) if pieces.day or not pos else None)
    if clock and pieces.clock is None:
        pieces.clock, pieces.twelve = clock.time, clock.twelve
        return clock.end
    if clock and pieces.clock and _same_moment(pieces.clock, clock.time) and _BETWEEN_CLOCKS.fullmatch(line, end, pos):
        return clock.end
    if pieces.clock is None:
        if pieces == _Pieces() and (ahead := _ZONE_AHEAD.match(line, pos)) and read_clock(line, ahead.end()):
            pieces.zone = ahead["zone"]
            return ahead.end()
        return None
    if pieces.day is None and (word := _DAY_WORD.match(line, pos)):
        pieces.day = Day(back=DAYS_BACK[word[0].lower()])
        return word.end()
    return _grow_zone(pieces, line, pos) if pieces.zone is None else None


def _grow_zone(pieces: _Pieces, line: str, pos: int) -> int | None:
    if pieces.twelve and (season := _SEASON.match(line, pos)):
        pieces.zone = season[0]
        return season.end()
    if zone := _ZONE.match(line, pos):
        pieces.zone = zone[0].strip("()[]")
        return zone.end()
    local = _LOCAL.match(line, pos)
    return local.end() if local else None


def _date_belongs(stamp: _Pieces, day: Day, line: str, end: int) -> bool:
    """A weekday after the clock belongs to the stamp only where nothing follows: "14:30 Sunday's match"."""
    if stamp.clock is None or day.month is not None:
        return True
    return bool(_CLOSED.match(line, end))


def _in_brackets(line: str, start: int, end: int) -> bool:
    return line[:start].endswith("(") and line[end : end + 1] == ")"


def _same_moment(first: time, second: time) -> bool:
    return (first.hour - second.hour) % 12 == 0 and first.minute == second.minute


def read_age(line: str, at: int = 0) -> tuple[timedelta, int] | None:
    """Age that stands at `at` ("2h ago", "1 hr 27 min ago", "il y a 5 minutes"), and where it ends."""
    head = line[at : at + _LONGEST_AGE].lower()
    if not any(word in head for word in ("ago", "now", "il y", "vor", "hace", "há")):
        return None  # the patterns below are costly, and most stamps are no ages
    if now := _NOW.match(line, at):
        return timedelta(0), now.end()
    for pattern in (_AGO, _AGO_AHEAD):
        match = pattern.match(line, at)
        if match and any(match[unit] for unit in _SECONDS):
            parts = ((match[unit] or "0", size) for unit, size in _SECONDS.items())
            seconds = sum((int(number) if number.isdigit() else 1) * size for number, size in parts)
            return timedelta(seconds=seconds), at + len(match[0].rstrip(" ,"))
    return None


def find_tail_stamp(line: str) -> Stamp | None:
    """Longest stamp that ends where the line ends."""
    floor = max(0, len(line) - MAX_STAMP_CHARS)
    for start in _START.finditer(line, floor):
        stamp = read_stamp(line, start.start())
        if stamp is not None and stamp.end == len(line):
            return stamp
    return None
