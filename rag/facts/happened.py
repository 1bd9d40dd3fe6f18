"""When things happened, as entries tell it: times of day in their words, apart from the time of the entry.

"Around 5 in the morning (0200 GMT)", "shortly after noon", "on Saturday night", "an hour ago".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from index.clocks import read_clock
from index.errors import TimeError
from index.moments import parse_moment
from index.times import time_key
from rag.asking.dates import day_mentions
from rag.words import ANY_WEEKDAY

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TIMES = re.compile(
    rf"(?:\b(?P<about>about|around|roughly|shortly (?:before|after)|just (?:before|after)|soon after|nearly|almost) )?"
    rf"(?P<clock>(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?(?:[ap]\.m\.|[ap]m\b))?(?: o['’]?clock)?"
    rf"|(?:1[0-2]|[1-9]) ?(?:[ap]\.m\.|[ap]m\b)"
    rf"|\b(?:noon|midday|midnight)\b|\b(?:half|(?:a )?quarter|twenty-five|twenty|ten|five) (?:past|to) (?:{_HOURS}"
    rf"|\d\d?)\b"
    rf"|\b(?:{_HOURS}|\d\d?) o['’]?clock\b|\b(?:{_HOURS}|1[0-2]|[1-9])(?= (?:in the (?:morning|afternoon|evening)"
    rf"|at night|this "
    rf"(?:morning|afternoon|evening)|tonight|last night)))(?P<part> (?:in the (?:morning|afternoon|evening)|at night"
    rf"|this (?:morning|afternoon|evening)|tonight|last night|yesterday(?: (?:morning|afternoon|evening))?))?"
    rf"(?: \((?P<other>\d\d:?\d\d) (?P<zone>GMT|UTC|BST|CEST|CET|EST|EDT|local time)\))?",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b(?:(?P<about>about|around|some|nearly|almost) )?(?P<n>an?|half an|{_HOURS}|\d+) (?P<unit>hours?|minutes?"
    rf"|mins?)"
    r" (?:ago|earlier)\b",
    re.IGNORECASE,
)
_PARTS_OF_DAY = re.compile(
    rf"\b(?:(?:on )?{ANY_WEEKDAY}|yesterday|this|last|late|early)"
    r" (?:morning|afternoon|evening|night)\b|\bovernight\b|\bat (?:dawn|dusk|sunrise|sunset|breakfast time"
    r"|lunchtime)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|due|to be|expect(?:s|ed|ing)?|forecast(?:s|ed)?|predict(?:s|ed)?|plans?|planned|scheduled|postponed"
    r"|put (?:back|off)|pushed back|brought forward|rescheduled|delayed (?:to|until|from|by)|slipped|now be|moved to"
    r"|hopes? to|aims? to|until|not before|from an? earlier)\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:last (?:year|month|season|time|summer|winter|spring|autumn)|(?:a|two|three|several|some|\d+) (?:years?"
    r"|months?|weeks?) (?:ago|earlier|before)|(?:previous|earlier|first|second|last|other|preceding) (?:attempt|flight"
    r"|launch|mission|try|rocket|match|game|meeting|storm|strike|quake|flood|fire|eruption|trial|election|vote|march"
    r"|visit|summit)|(?:its|his|her|their) predecessor|in (?:his|her|its|their) (?:day|youth|childhood))\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\b(?!:)")
_CLAUSE = re.compile(r"[,;:]| and | but |\bas planned\b")
_NUMBERS = {w: n for n, w in enumerate(_HOURS.split("|"), 1)} | {"a": 1, "an": 1}


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time named at `start` to `end` of a text. `at` is the moment it means, None where only part of a day is named.

    `relative` says that the words count back from the entry's own time ("an hour ago").
    """

    start: int
    end: int
    at: datetime | None
    relative: bool = False


def event_times(text: str, published: datetime | None) -> list[EventTime]:
    """Times of day that an entry's words name, in order; `at` is on the clock of the entry's own time.

    A clock time is the last such moment before the entry was published; where both halves of the day fit, the later.
    """
    found = []
    for match in _TIMES.finditer(text):
        at = _moment(match, text, published) if published else None
        found.append(EventTime(match.start(), match.end(), at))
    for match in _AGO.finditer(text):
        at = published - _length(match) if published else None
        found.append(EventTime(match.start(), match.end(), at, relative=True))
    if not found:
        found = [EventTime(match.start(), match.end(), None) for match in _PARTS_OF_DAY.finditer(text)]
    return sorted(found, key=lambda t: t.start)


def tells_when(text: str) -> bool:
    """Whether a sentence says when something has happened, rather than only when it will."""
    return bool(told_times(text))


def told_times(text: str) -> list[tuple[int, int]]:
    """Where a sentence names times and days at which something happened: those whose clause speaks of no plan."""
    spans = [(t.start, t.end) for t in event_times(text, None)]
    spans = spans or [(d.start, d.end) for d in day_mentions(text, datetime(2000, 1, 1))]  # noqa: DTZ001
    return [(a, b) for a, b in spans if not _AHEAD.search(_CLAUSE.split(text[max(0, a - 60) : a])[-1])]


def of_another_time(text: str, published: datetime | None) -> bool:
    """Whether a sentence tells of another occasion: an earlier attempt, another month or year than the entry's own."""
    if _OTHER_TIME.search(text):
        return True
    if published is None:
        return False
    months = {m.lower() for m in _MONTHS.findall(text)}
    years = {int(y) for y in _YEARS.findall(text)}
    own, before = f"{published:%B}".lower(), f"{published - timedelta(days=7):%B}".lower()
    return bool(months - {own, before}) or any(year < published.year for year in years)


def looks_ahead(text: str) -> bool:
    """Whether a sentence speaks of what is planned or expected."""
    return bool(_AHEAD.search(text))


def only_planned(text: str) -> bool:
    """Whether a sentence tells what is planned, and nothing of when something has happened."""
    return looks_ahead(text) and not tells_when(text)


def _moment(match: re.Match[str], text: str, published: datetime) -> datetime | None:
    zone: tzinfo | None = None
    words = match["clock"]
    if match["other"] and published.tzinfo is not None:
        try:
            zone = parse_moment(f"12:00 {match['zone']}").zone
        except TimeError:
            zone = None
        words = match["other"] if zone else words
    named = match["part"] or " ".join(m.group() for m in _PARTS_OF_DAY.finditer(text))
    clocks = _readings(words, named.lower())
    days = [d.day for d in day_mentions(text, published) if d.certain]
    local = published.astimezone(zone) if zone else published
    possible = []
    for clock in clocks:
        at = datetime.combine(days[0] if days else local.date(), clock, tzinfo=local.tzinfo)
        if not days and time_key(at) > time_key(local):
            at -= timedelta(days=1)
        possible.append(at)
    past = [at for at in possible if time_key(at) <= time_key(local)]
    if not past:
        return None
    best = max(past, key=time_key)
    return best.astimezone(published.tzinfo) if published.tzinfo else best


def _readings(words: str, part: str) -> list[time]:
    """Times of day that a clock may mean: one, or both halves of the day."""
    bare = re.sub(r" ?o['’]?clock", "", words.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"\d{4}", bare):
        return [time(int(bare[:2]), int(bare[2:]))]
    try:
        if re.fullmatch(rf"{_HOURS}|\d\d?", bare, re.IGNORECASE):
            hour = _NUMBERS.get(bare.lower()) or int(bare)
            clock, open_half = time(hour % 12 if hour <= 12 else hour), hour <= 12
        else:
            read = read_clock(bare)
            moment = None if read else parse_moment(bare)
            clock = read.time if read else (moment.clock if moment else None) or time(0)
            open_half = not read and bool(moment and moment.past_noon is None)
            if read and not read.twelve and re.search(r"o['’]?clock", words):
                open_half = clock.hour <= 12
    except (TimeError, ValueError):
        return []
    if "morning" in part:
        return [clock.replace(hour=clock.hour % 12)] if clock.hour <= 12 else [clock]
    if "afternoon" in part or "evening" in part or ("night" in part and clock.hour >= 6):
        return [clock.replace(hour=clock.hour % 12 + 12)] if clock.hour < 13 else [clock]
    later = clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock
    return [clock, later] if open_half else [clock]


def _length(match: re.Match[str]) -> timedelta:
    number = match["n"].lower()
    count = 0.5 if number.startswith("half") else float(_NUMBERS.get(number) or number)
    return timedelta(hours=count) if match["unit"].lower().startswith("hour") else timedelta(minutes=count)
