"""Words about time in a question -> bounds that no page's clock has settled yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from index.errors import TimeError
from index.moments import Moment
from rag.asking.aims import is_digest
from rag.asking.clocks import CLOCK, clock_moment, of_a_happening, read_set_off, scene_clock
from rag.asking.premises import read_premise
from rag.words import ANY_WEEKDAY

_BARE = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?"
_AS_OF = re.compile(
    rf",?\s*\b(?P<how>as (?:of|at)|as things (?:stood|were) (?:at|by|as of)|by|until|till|up to|before|prior to"
    rf"|no later than"
    rf"|at the time of) (?P<a>{CLOCK})(?!\w),?",
    re.IGNORECASE,
)
_AT = re.compile(rf"^(?P<how>at) (?P<a>{CLOCK})(?!\w),?", re.IGNORECASE)
# "How many homes were off at 3pm?" asks how things stood then; "when does it open at 9am?" does not.
_STOOD_AT = re.compile(rf",?\s*\b(?P<how>at|around|about|at about|at around) (?P<a>{CLOCK})(?!\w),?", re.IGNORECASE)
_HOW_IT_STOOD = re.compile(
    r"\b(?:how (?:many|much|high|deep|far|strong|big|hot|cold|fast|hard|good|likely|close|was|were|is|are|had|has)"
    r"|how (?!did|do|does|can|could|will|would|should|may|might|to|come|often)\w+ (?:\w+ ){0,3}?(?:was|were|had|stood)"
    r"|how (?:did|do) (?:things|matters|it all|it|they) stand"
    r"|(?:in |at |on )?what (?:was|were|did|had|is|state|condition|level|price|speed|share|number|position"
    r"|were \w+ saying)\b(?!.*\bhappen)|what had happened|where (?:was|were|had|is|are)"
    r"|(?:(?:to|in|at|on|by|for|with) )?(?:what|which|whose) (?!happened)\w+ (?:[\w'’-]+ ){0,5}?(?:was|were|had|stood)"
    r"|(?:when|(?:at )?what time|until when|for when|which \w+) (?:was|were|is|are|had|did)\b.*\b(?:due|planned|meant"
    r"|supposed|scheduled|expected|going to|to be|hoping|aiming|intended?|set|plan|hope|expect|propose|aim|mean)\b"
    r"|(?:(?:to|in|at|on|by|for|with) )?(?:what|which|whose) \w+ (?:[\w'’-]+ ){0,5}?(?:did|do|does)"
    r" (?:[\w'’.-]+ ){1,6}?(?:have|hold|own|need|know|owe|lead by|trail by|face|come to|amount to|total|cost"
    r"|weigh|stand at)"
    r"|who (?:was|were|had|led)|which|was|were|had)\b",
    re.IGNORECASE,
)
# What may stand before a question's own first words: "Roughly how many", "In Norton, how many".
_LEAD_IN = re.compile(
    r"^(?:(?:and|so|but),? )?(?:(?:in|at|of|for|on|near|around|with) [^,?]{1,60}, )?"
    r"(?:(?:roughly|approximately|about|around|exactly|just|up to|at least|at most|by|only) (?=how\b))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf",?\s*\b(?:between|from) (?P<a>{CLOCK}|{_BARE}) (?:and|to|until|till) (?P<b>{CLOCK})(?!\w),?",
    re.IGNORECASE,
)
_SINCE = re.compile(rf",?\s*\b(?P<how>since|after|from) (?P<a>{CLOCK})(?!\w)(?: onwards?)?,?", re.IGNORECASE)
_LAST = re.compile(
    r",?\s*\b(?:in|over|during|of|for)?\s*the (?:last|past) (?P<n>(?!half\b)\w+ (?:of )?)?(?P<unit>hours?"
    r"|minutes?|half[- ](?:an )?hour)\b,?",
    re.IGNORECASE,
)
PARTS = {
    "morning": (time(0), time(11, 59, 59)),
    "afternoon": (time(12), time(17, 59, 59)),
    "evening": (time(18), time(23, 59, 59)),
    "today": (time(0), time(23, 59, 59)),
    "night": (time(18), time(5, 59, 59)),
    "day": (time(0), time(23, 59, 59)),
}
_DAY = re.compile(
    r",?\s*\b(?:(?P<over>overnight|last night|during the night)|(?:on |over "
    r"|during )?(?P<rel>yesterday)(?: (?P<rpart>morning"
    rf"|afternoon|evening))?|(?:on |last )(?P<day>{ANY_WEEKDAY})(?:['’]s)?"
    r"(?: (?P<dpart>morning|afternoon|evening|night))?)\b,?",
    re.IGNORECASE,
)
_DAY_PART = re.compile(
    r",?\s*\b(?:this (?P<part>morning|afternoon|evening)|(?P<today>today))\b(?!['’]s),?", re.IGNORECASE
)
_TOLD_AT = re.compile(rf"\b(?:at|around|about|by|after|since) (?P<a>{CLOCK})(?!\w)", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:next|again|after (?:that|this|which)|afterwards?|later|since|then|subsequent(?:ly)?|return(?:ed)? to"
    r"|come back to|follow(?:ed)? up)\b",
    re.IGNORECASE,
)
_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Start and end as the asker gave them, before any page's clock is known."""

    start: datetime | Moment | None = None
    end: datetime | Moment | None = None
    before: bool = False
    after: bool = False
    last: timedelta | None = None
    part: str | None = None
    day: str | None = None
    fixed: bool = False
    shift: timedelta = timedelta()


def topic_of(text: str) -> str:
    """A question without its words about time."""
    return read_words(text)[0]


def time_words(text: str) -> str:
    """The words of a question that say what time it speaks of; empty where it says none."""
    rest = set(read_words(text)[0].replace("?", "").split())
    return " ".join(w for w in text.replace("?", "").split() if w not in rest).strip(" ,")


def read_words(text: str) -> tuple[str, Bounds]:
    """Question without its words about time, and the bounds those words set.

    A time in what a question only supposes ("At 9 the page said ...") bounds nothing, unless it asks what came next.
    """
    premise = read_premise(text)
    if premise is None:
        return _read_sentence(text)
    asked, bounds = _read_sentence(premise.asked)
    if bounds != Bounds():
        return f"{premise.told} {asked}", bounds
    now = scene_clock(premise.told)
    if now is not None:
        return premise.asked, Bounds(end=now)
    clock = _TOLD_AT.search(premise.told)
    if clock is not None and _NEXT.search(premise.asked):
        try:
            return text, Bounds(start=clock_moment(clock["a"]), after=True)
        except TimeError:
            pass  # words that only look like a time
    return text, Bounds()


def _read_sentence(text: str) -> tuple[str, Bounds]:
    for pattern in (_BETWEEN, _AS_OF, _AT, _SINCE, _LAST, _DAY_PART, _DAY, _STOOD_AT):
        match = pattern.search(text)
        if match is None or (pattern is _STOOD_AT and (of_a_happening(text, match) or not _asks_how_it_stood(text))):
            continue
        try:
            bounds = _bounds(pattern, match)
        except TimeError:
            continue  # words that only look like a time
        if bounds is None:
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,").replace("( )", "")
        return re.sub(r"\s+", " ", rest).replace(" ?", "?"), bounds
    set_off = read_set_off(text, _asks_how_it_stood(text))
    if set_off is None:
        return text, Bounds()
    return set_off.rest, Bounds(end=set_off.moment, before=set_off.before)


def _asks_how_it_stood(text: str) -> bool:
    return bool(_HOW_IT_STOOD.match(_LEAD_IN.sub("", text)))


def _bounds(pattern: re.Pattern[str], match: re.Match[str]) -> Bounds | None:
    found = match.groupdict()
    if pattern is _LAST:
        number = (found["n"] or "one").strip().lower().removesuffix(" of")
        count = _WORDS.get(number, int(number) if number.isdigit() else 0) or (1 if number == "one" else 0)
        if number in {"few", "couple"}:
            count = 2
        unit = found["unit"].lower()
        hours = 0.5 if unit.startswith("half") else count if unit.startswith("hour") else count / 60
        return Bounds(last=timedelta(hours=hours)) if hours else None
    if pattern is _DAY:
        if not is_digest(match.string):
            return None
        if found["over"]:
            return Bounds(part="night")
        day = "yesterday" if found["rel"] else found["day"].lower()
        return Bounds(part=(found["rpart"] or found["dpart"] or "day").lower(), day=day)
    if pattern is _DAY_PART:
        if not is_digest(match.string):
            return None
        return Bounds(part=(found["part"] or "today").lower())
    first = found["a"]
    if pattern is _BETWEEN:
        last = found["b"]
        suffix = re.search(r"(am|pm|a\.m\.?|p\.m\.?)", last, re.IGNORECASE)
        if re.fullmatch(_BARE, first):
            first = f"{first}{suffix.group()}" if suffix else first if re.search(r"[:.]", first) else f"{first}:00"
        return Bounds(start=clock_moment(first), end=clock_moment(last))
    moment = clock_moment(first)
    how = found["how"].lower()
    if pattern is _SINCE:
        return Bounds(start=moment, after=how == "after")
    return Bounds(end=moment, before=how in {"before", "prior to"})
