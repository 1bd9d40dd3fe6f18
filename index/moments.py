"""Times that a person types: "15:40", "3.20pm", "half past three", "28 June 2023 15:40", "15:40 BST"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from index.calendars import Day, read_date
from index.clocks import read_clock
from index.errors import TimeError
from index.zones import ZONE_PATTERN, ZoneName, lookup_zone

EXAMPLES = "15:40, 3.20pm, noon, half past three, 15:40 BST, 28 June 2023 15:40, 2023-06-28T15:40+01:00"


@dataclass(frozen=True, slots=True)
class Moment:
    """What was typed of a time: each piece None where it was not typed.

    `month_day` is a date without its year, `zone_name` the zone as typed. `past_noon` is None where a
    twelve-hour time was typed in words ("half past three"): `clock` is then the earlier of the two.
    """

    clock: time | None = None
    day: date | None = None
    zone: tzinfo | None = None
    month_day: tuple[int, int] | None = None
    zone_name: str | None = None
    past_noon: bool | None = True

    def instant(self) -> datetime | None:
        """Datetime where day and clock were typed; aware where the zone was too."""
        if self.day is None or self.clock is None:
            return None
        return datetime.combine(self.day, self.clock, tzinfo=self.zone)


_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_HOUR = rf"(?P<hour>{'|'.join(_NUMBERS)}|1[0-2]|[1-9])"
_PART = r"(?:\s(?P<part>in the morning|in the afternoon|in the evening|at night))?"
_SPOKEN = re.compile(rf"(?P<min>{'|'.join(_MINUTES)})\s(?P<way>past|to)\s{_HOUR}{_PART}(?!\w)", re.IGNORECASE)
_OCLOCK = re.compile(
    rf"{_HOUR}(?:\so['’]?clock{_PART}|\s(?P<part2>in the (?:morning|afternoon|evening)))(?!\w)", re.IGNORECASE
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_ISO_GAP = re.compile(r"(?:[\s,]|T(?=\d))*(?:(?:at|on|the|um|à)\s+)?", re.IGNORECASE)
_OFFSET = re.compile(rf"Z(?!\w)|[+\-−]\d\d:?\d\d(?!\d)|{ZONE_PATTERN}", re.IGNORECASE)
_BARE_HOUR = re.compile(r"\d{1,2}")


def parse_moment(text: str) -> Moment:
    """Read a time a person typed: a clock, a date, or both, and a zone, in any order.

    A typed abbreviation with several meanings takes its best-known one ("BST" is +01:00): the asker knows
    which clock they mean. Raises TimeError, naming the value and examples, for anything else.
    """
    words = " ".join(text.split())
    moment, pos = Moment(), _ISO_GAP.match(words).end()  # type: ignore[union-attr]
    while pos < len(words):
        grown = _grow(moment, words, pos)
        if grown is None:
            raise TimeError(f"{text[:80]!r} is no time that can be read. Write one such as {EXAMPLES}.")
        moment, end = grown
        gap = _ISO_GAP.match(words, end)
        pos = gap.end() if gap else end
    if moment.clock is None and moment.day is None and moment.month_day is None:
        raise TimeError(f"{text[:80]!r} holds no time of day and no date. Write one such as {EXAMPLES}.")
    return moment


def _grow(moment: Moment, words: str, pos: int) -> tuple[Moment, int] | None:
    if pos and moment.zone is None and (zone := _OFFSET.match(words, pos)):
        return _with(moment, zone=_tz(zone[0]), zone_name=zone[0]), zone.end()
    if moment.day is None and moment.month_day is None and (found := read_date(words, pos)):
        return _with_day(moment, found[0], words), found[1]
    if moment.clock is not None:
        return None
    spoken = _spoken(words, pos)
    if spoken:
        clock, past_noon, end = spoken
        return _with(moment, clock=clock, past_noon=past_noon), end
    printed = read_clock(words, pos)
    if printed:
        return _with(moment, clock=printed.time), printed.end
    return None


def _with(moment: Moment, **pieces: object) -> Moment:
    values = {name: getattr(moment, name) for name in Moment.__dataclass_fields__} | pieces
    return Moment(**values)


def _with_day(moment: Moment, day: Day, words: str) -> Moment:
    if day.full():
        return _with(moment, day=day.full())
    if day.swapped and day.year and day.month and day.day:
        raise TimeError(
            f"{words[:80]!r} can be read as two dates: write {day.year}-{day.month:02}-{day.day:02} "
            f"or {day.year}-{day.day:02}-{day.month:02}."
        )
    if day.month and day.day and day.year is None:
        return _with(moment, month_day=(day.month, day.day))
    raise TimeError(f"{words[:80]!r} names no date that exists. Write one such as 28 June 2023 or 2023-06-28.")


def _spoken(words: str, pos: int) -> tuple[time, bool | None, int] | None:
    for name, clock in _NAMED.items():
        if words[pos : pos + len(name)].lower() == name:
            return clock, True, pos + len(name)
    match = _SPOKEN.match(words, pos) or _OCLOCK.match(words, pos)
    if match is None:
        return None
    parts = match.groupdict()
    hour = _NUMBERS.get(parts["hour"].lower()) or int(parts["hour"])
    minutes = (hour % 12) * 60
    if parts.get("min"):
        shift = _MINUTES[parts["min"].lower()]
        minutes += shift if parts["way"].lower() == "past" else -shift
    part = (parts.get("part") or parts.get("part2") or "").lower()
    past_noon = None if not part else "morning" not in part
    minutes = minutes % 720 + (720 if past_noon and not (part == "at night" and hour < 6) else 0)
    return time(minutes // 60, minutes % 60), past_noon, match.end()


def _tz(name: str) -> tzinfo | None:
    if name in ("Z", "z"):
        return UTC
    if match := re.fullmatch(r"([+\-−])(\d\d):?(\d\d)", name):
        size = timedelta(hours=int(match[2]), minutes=int(match[3]))
        if size >= timedelta(hours=24):
            raise TimeError(f"{name!r} is no time zone offset: it must stay below 24 hours, such as +01:00.")
        return timezone(size if match[1] == "+" else -size)
    zone = lookup_zone(name) or lookup_zone(name.upper())
    if zone and zone.meanings:
        zone = _best_known(name.upper())
    if zone is None:
        return None
    if zone.offset_h is None:
        return ZoneInfo(zone.place or "UTC")
    return timezone(timedelta(hours=zone.offset_h), zone.short)


def _best_known(short: str) -> ZoneName:
    hours = {"BST": 1.0, "IST": 5.5, "CST": -6.0, "EST": -5.0, "AST": -4.0}
    return ZoneName(short, None, hours[short])
