"""Clock times in a question's words: how they are written, and those set off from what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.errors import TimeError
from index.moments import Moment, parse_moment

CLOCK = (
    r"(?:(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
    r"(?: o['’]?clock)? (?:(?:in the|this) (?:morning|afternoon|evening)|at night))|"
    r"(?:noon|midday|midnight)|(?:half|(?:a )?quarter|twenty-five|twenty|ten|five) (?:past|to) (?:one|two|three|four"
    r"|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|noon|midday|midnight|\d\d?)(?: (?:in the (?:morning|afternoon|evening)|at night))?"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?)|(?:[01]?\d|2[0-3])[:.h][0-5]\d"
    r"|(?:[01]?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]?clock)"
    r"(?:\s(?:BST|GMT|UTC|CEST|CET|EDT|EST|ET|IST|PT|PDT|PST|local time))?"
    r"(?:\s?,?\s?(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June"
    r"|July|August"
    r"|September|October|November|December)(?: \d{4})?)?"
)
# A clock set off before or after what is asked says of when it is asked: "Going by the page at 14:20, ...".
_WORDS_BEFORE, _WORDS_AFTER = r"(?:[^\s,:;?(]+ ){0,9}?", r"(?: [^\s,:;?).]+){0,4}"
_SET_OFF_BEFORE = re.compile(
    rf"^(?P<lead>{_WORDS_BEFORE})(?P<a>{CLOCK})(?!\w)(?P<more>{_WORDS_AFTER})\s?(?:[,:;–—]|\.(?=\s)|-(?=\s))\s*",
    re.IGNORECASE,
)
_SET_OFF_AFTER = re.compile(
    rf"(?:\s?[,;:(–—]|\s-\s)\s?(?P<lead>{_WORDS_BEFORE})(?P<a>{CLOCK})(?!\w)(?P<more>{_WORDS_AFTER})[\s)?.]*$",
    re.IGNORECASE,
)
_STOOD_AT = re.compile(
    rf"\s?\b(?P<lead>(?:(?:back |right )?(?:at|around|by|when it (?:was|struck)|come|no later than|not later than)"
    rf" (?:about |around |exactly |precisely |the stroke of )?))(?P<a>{CLOCK})(?!\w)"
    r"(?P<more>(?: (?:exactly|precisely|sharp|or so))?)\s?[?.]*$",
    re.IGNORECASE,
)
_KNOWN = (
    r"(?:known|knew|said|told|published|posted|reported|out|public|available|written|read|understood|believed|thought"
    r"|clear|up|there|had it|stood|asked|learn(?:ed|t)|heard)"
)
_KNOWN_AT = re.compile(
    rf"\b{_KNOWN} (?:[^\s,:;?]+ ){{0,3}}?(?:at|by|until|before|around|up to|as of|as at) (?P<a>{CLOCK})(?!\w)"
    r"[\s)?.]*$",
    re.IGNORECASE,
)
_OF_THE_FACT = re.compile(
    r"\b(?:(?:since|after|from|between|until after|to|for|not)(?: about| around)? $|due|planned|scheduled|instead of"
    r"|rather than|who|what|which|how|why|(?:was|were|is|are|be|been|being) (?:set|meant|supposed|moved|put back"
    r"|delayed|aiming|expected)|where|when(?! (?:it|the clock|the time))|did|does|do)(?:\b|(?<= ))",
    re.IGNORECASE,
)
_KNOWN_THEN = re.compile(
    rf"\b(?:what|all|everything|that|as far as|so far as|as much as|the state of|how things)\b"
    rf" (?:[^\s,:;?]+ ){{0,4}}?{_KNOWN}\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:said|says|told|reported|posted|wrote|page|due|planned|scheduled|aiming|set|moved|delayed|announced|claimed"
    r"|put|given|left|began|started|opened|closed|happened)\b|(?<!\bit )\b(?:was|were|had|have)\b",
    re.IGNORECASE,
)
_LAST_CLOCK = re.compile(rf"(?P<a>{CLOCK})(?!\w)\W*$", re.IGNORECASE)
MAX_SCENE_WORDS = 5
_PARTS_OF_HOUR = {"half": 30, "quarter": 15, "twenty-five": 25, "twenty": 20, "ten": 10, "five": 5}
_PAST_TWELVE = re.compile(
    r"(?P<part>half|(?:a )?quarter|twenty-five|twenty|ten|five) (?P<way>past|to) (?P<of>noon|midday|midnight)",
    re.IGNORECASE,
)
# A clock right after a moment's happening is the happening's own: "the crash at 08:15".
_HAPPENING_BEFORE = re.compile(
    r"\bthe (?:[\w'’-]+ ){0,3}?(?:crash|collision|explosion|blast|(?:earth)?quake|tremor|aftershock|shooting|stabbing"
    r"|attack|derailment|impact|bang|goal|lift-?off|landing|kick-?off|(?:press|news) conference|briefing|meeting|vote"
    r"|announcement|accident|landslide|avalanche|eruption|arrest|raid)s?(?: at| around| of)?(?: about| around)?\W*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|ahead of|prior to)\W*$", re.IGNORECASE)
# "How many calls had they taken by 4pm?" is answered also by who says so at half past; what was known by 4pm is not.
_MOMENT = re.compile(rf"\b(?:by|at|around|about) {CLOCK}(?!\w)", re.IGNORECASE)
_AS_THINGS_STOOD = re.compile(rf"\b(?:as (?:of|at|things)|so far|{_KNOWN})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SetOff:
    """A question without a clock set off from it, and the moment that it is therefore asked of."""

    rest: str
    moment: Moment
    before: bool


def read_set_off(text: str, how_it_stood: bool) -> SetOff | None:
    """A clock set off by a comma or the like ("Going by the page at 14:20, ..."), or at the end of a question of state.

    None where the clock belongs to what is asked ("was the train due at 14:20?").
    """
    for pattern in (_SET_OFF_BEFORE, _SET_OFF_AFTER, _STOOD_AT, _KNOWN_AT):
        match = pattern.search(text)
        if match is None:
            continue
        lead, more = (match.groupdict().get(part) or "" for part in ("lead", "more"))
        lead = _KNOWN_THEN.sub("", lead)
        if _OF_THE_FACT.search(lead) or _OF_THE_FACT.search(more) or of_a_happening(text, match):
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,:;–—-")
        if len(rest.split()) < 2 or (pattern is _STOOD_AT and not how_it_stood):
            continue
        try:
            moment = clock_moment(match["a"])
        except TimeError:
            continue  # words that only look like a time
        return SetOff(rest if rest.endswith("?") else f"{rest}?", moment, bool(_BEFORE.search(lead)))
    return None


def of_a_happening(text: str, clock: re.Match[str]) -> bool:
    """Whether a clock (the group `a` of its match) is that of a moment's happening: "the crash at 08:15"."""
    return bool(_HAPPENING_BEFORE.search(text[: clock.start("a")]))


def names_a_moment(text: str) -> bool:
    """Whether a question asks how things were at a time of day, and not what was known or told by then."""
    return bool(_MOMENT.search(text)) and not _AS_THINGS_STOOD.search(text)


def scene_clock(told: str) -> Moment | None:
    """The clock of a sentence that says nothing but what time it is ("It has just gone 14:20."), None of any other."""
    match = _LAST_CLOCK.search(told)
    before = told[: match.start()] if match else ""
    if match is None or len(before.split()) > MAX_SCENE_WORDS or _TELLS.search(before) or any(map(str.isdigit, before)):
        return None
    try:
        return clock_moment(match["a"])
    except TimeError:
        return None


def clock_moment(words: str) -> Moment:
    """A typed time; "eight this morning" is eight in the morning, "half past midnight" 00:30."""
    turn = _PAST_TWELVE.fullmatch(words.strip())
    if turn is not None:
        minutes = _PARTS_OF_HOUR[turn["part"].lower().removeprefix("a ")]
        at = (0 if turn["of"].lower() == "midnight" else 720) + (minutes if turn["way"].lower() == "past" else -minutes)
        words = f"{at % 1440 // 60:02}:{at % 60:02}"
    words = re.sub(r"\bthis (?=morning|afternoon|evening)", "in the ", words, flags=re.IGNORECASE)
    return parse_moment(re.sub(r"\bat night\b", "in the evening", words, flags=re.IGNORECASE))
