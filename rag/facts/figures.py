"""Figures in a sentence: counts, measures, money, shares, scores, clock times and ages, with what each one counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from index.clocks import read_clock
from rag.claims.numerals import CARDINALS, FRACTIONS, ORDINALS, from_digits, from_words
from rag.words import ANY_MONTH, stem

Kind = Literal["count", "ordinal", "measure", "money", "percent", "share", "score", "clock", "date", "age"]

_UNITS = {
    "mph": "mph", "kph": "kph", "km/h": "kph", "knots": "knot", "km": "km", "kilometres": "km", "kilometers": "km",
    "metres": "m", "meters": "m", "metre": "m", "meter": "m", "m": "m", "cm": "cm", "centimetres": "cm",
    "centimeters": "cm", "mm": "mm", "millimetres": "mm", "feet": "foot", "foot": "foot", "ft": "foot",
    "inches": "inch", "miles": "mile", "mile": "mile", "yards": "yard", "kg": "kg", "kilograms": "kg",
    "tonnes": "tonne", "tonne": "tonne", "tons": "tonne", "hectares": "hectare", "acres": "acre", "degrees": "degree",
    "°c": "degree", "c": "degree", "kilowatts": "kw", "megawatts": "mw", "litres": "litre", "hours": "hour",
    "hour": "hour", "minutes": "minute", "minute": "minute", "mins": "minute", "seconds": "second", "second": "second",
    "days": "day", "weeks": "week", "months": "month", "years": "year", "points": "point", "runs": "run",
}  # fmt: skip
_CURRENCY = frozenset("pounds euros dollars yen pence cents crowns francs roubles rupees".split())
_SCORE = re.compile(
    rf"(?<![\d.:/-])(\d{{1,3}})\s?[-–]\s?(\d{{1,3}})(?![\d:]|\.\d|[-–]\w|\s?(?:mph|km|m\b|cm|%|per cent|year|metre|"
    rf"mile|tonne|degrees|hours?|minutes?|{ANY_MONTH}))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:half|(?:a )?quarter|five|ten|twenty|twenty-five) (?:past|to) (?P<h>\w+)|(?P<o>\w+) o['’]clock"
    r"|\b(?P<t>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
    r"(?= (?:tonight|at night|(?:in the|this) (?:morning|afternoon|evening))\b)",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {ANY_MONTH}|{ANY_MONTH} \d{{1,2}}(?!\d))(?:,? \d{{4}})?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?P<a>one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: [\w’']+)? (?:in|out of) (?:every )?"
    r"(?P<b>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3}(?!\d))\b(?!:| (?:minutes|hours|days"
    r"|weeks|months"
    r"|years|the))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[£$€¥]?\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th|%|[^\W\d_]+)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_OLD = re.compile(
    r"\b(?:up from|down from|rather than|instead of|not|previously|earlier|originally|compared with|compared to"
    r"|higher than|lower than|more than the|on top of|from an earlier|revised from|changed from|moved from"
    r"|(?<!away )from)(?: (?:an?|the|its|about|around|some|at|last|earlier|previous|first|initial|estimate|estimated"
    r"|figure|total|toll|count|of))*\W*$",
    re.IGNORECASE,
)
_OLD_WAS = re.compile(
    r"\b(?:earlier|previous|last|former|old) (?:\w+ )?(?:figure|total|toll|count|number|tally|estimate|score|price"
    r"|offer|forecast|reading)s? (?:was|were|had been|stood at|had stood at)"
    r"(?: (?:about|around|at least|at|only|just))*\W*$",
    re.IGNORECASE,
)
_STEP = re.compile(r"\b(?:further|additional|another|extra)(?: \w+)?\W*$", re.IGNORECASE)
_MORE = re.compile(r"^\W*(?:\w+ )?(?:more|others?|additional|extra)\b", re.IGNORECASE)
_PART = re.compile(
    r"^\W*(?:\w+ )?(?:of (?:them|those|these|whom|which)\b(?! (?:who|killed|hurt|on))|among them\b"
    r"|of the (?:people|dead|injured|wounded|victims|missing|casualties|arrested|evacuees|patients|homes|houses"
    r"|total)\b)",
    re.IGNORECASE,
)
_INCLUDED = re.compile(r"\b(?:including|among them|of whom|of them|of which)(?: at least| about)?\W*$", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|most|all|half|some|many)"
    r" (?:\w+ )?(?:out )?of (?:(?:the|its|his|her|their|our|some|about) )?(?:\w+ )?\W*$",
    re.IGNORECASE,
)
_NO_NOUN = frozenset(
    "a an and are as at be been but by for from had has have he her his if in is it its of off on or per she so than "
    "that the their them then they this to up was we were when where which while who will with would could now also "
    "after before because since until under over into not more others other further including".split()
)
_OPENERS = frozenset(
    "about some around over nearly almost at just only another these those all the in on of up by more now another"
    " roughly approximately least and but so then with after before earlier first initially originally today yesterday"
    " still once until under below above between from to as if when while since for by there".split()
)
_DOTTED = re.compile(r"\d{1,2}\.\d\d")
_MEASURED = "|".join(map(re.escape, (*_UNITS, *_CURRENCY, "per cent", "percent", "million", "billion", "times")))
_AMOUNT = re.compile(rf"\s?(?:%|(?:{_MEASURED})\b)", re.IGNORECASE)  # makes "4.35" no time
_NUMBERED = re.compile(  # "corner number four", "bus number 9": the number of one thing, not how many
    r"\b(?!(?:the|a|this|that|its|their|our|his|her|total|final|latest|new|official|exact|right|correct|overall|in|of)\b)"
    r"[a-z]+ number $",
    re.IGNORECASE,
)
_PEOPLE_WORDS = frozenset("people men women children".split())


_WAS = re.compile(r"\b(?:was|were|stood at|had)\W*$", re.IGNORECASE)
_SINCE = re.compile(
    r"(?: [\w-]+){0,2} (?:a (?:short |little )?(?:while|moment) ago|(?:an? |[\w-]+ )?(?:hours?|minutes?) ago|earlier"
    r"|before|previously|this morning|at (?:breakfast|noon|midday|dawn)|then)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start` to `end` of a text. `value` is normal: equal values have one form.

    `noun` holds the stems of the words that follow it. `old` says that the sentence gives it as a former value
    ("up from 10"), `step` that it adds to another ("two more"), `part` that it is a part of another ("three of
    them", "including two").
    """

    kind: Kind
    value: str
    unit: str
    start: int
    end: int
    noun: tuple[str, ...] = ()
    old: bool = False
    step: bool = False
    part: bool = False


def figures(text: str) -> list[Figure]:
    """Figures of one sentence in order; numbers that only name something ("line 7", a year) are left out."""
    taken: list[tuple[int, int]] = []
    found = [f for f in (*_clocks(text), *_dates(text), *_scores(text), *_shares(text)) if _free(f, taken)]
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        figure, used = _number(text, words, at)
        if figure is not None and _free(figure, taken):
            found.append(figure)
        at += used
    return sorted((_placed(text, f) for f in found), key=lambda f: f.start)


def marked_among(found: Sequence[Figure], marks: Sequence[tuple[int, int]]) -> list[Figure]:
    """Those of a sentence's figures that stand, wholly or in part, within marks of it."""
    return [f for f in found if any(f.start < b and a < f.end for a, b in marks)]


def _free(figure: Figure, taken: list[tuple[int, int]]) -> bool:
    if any(figure.start < b and a < figure.end for a, b in taken):
        return False
    taken.append((figure.start, figure.end))
    return True


def _placed(text: str, figure: Figure) -> Figure:
    before, after = text[: figure.start][-60:], text[figure.end :][:40]
    changed = bool(re.search(r"\bfrom\b", before[-12:], re.IGNORECASE)) and bool(
        re.match(r"[^.;]{0,30}?\bto\b", after, re.IGNORECASE)
    )
    old = bool(_OLD.search(before)) and (changed or not re.search(r"(?:^|\W)from\W*$", before, re.IGNORECASE) or bool(
        re.search(r"\b(?:up|down|revised|changed|moved|rose|risen|fell|cut|raised) from\W*$|\bto\b.{1,50}, from\W*$",
                  before, re.IGNORECASE)
    ))  # fmt: skip
    old = old or bool(_SINCE.match(after) and _WAS.search(before)) or bool(_OLD_WAS.search(before))
    step = bool(_STEP.search(before)) or bool(_MORE.match(after))
    part = bool(_PART.match(after)) or bool(_INCLUDED.search(before)) or bool(_WHOLE.search(before))
    return Figure(
        figure.kind, figure.value, figure.unit, figure.start, figure.end, figure.noun or _noun(after), old, step, part
    )


def _noun(after: str) -> tuple[str, ...]:
    """Stems of the words right after a figure, up to a word that ends the phrase."""
    out: list[str] = []
    for match in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;:,()–]| -", after):
        word = match.group()
        if not word[0].isalpha() or word.lower() in _NO_NOUN or (not out and match.start() > 2):
            break
        out.append(stem(word))
        if len(out) == 3:
            break
    return tuple(out)


def _clocks(text: str) -> list[Figure]:
    found = []
    for match in re.finditer(r"(?<![\d:.,])\d{1,2}(?=[:.]\d\d|\s?[ap]\.?m\b)|\b(?:noon|midday|midnight)\b", text, re.I):
        clock = read_clock(text, match.start())
        if clock and not (_DOTTED.match(text, match.start()) and _AMOUNT.match(text, clock.end)):
            value = f"{clock.time:%H:%M}"
            found.append(Figure("clock", value, "", match.start(), clock.end))
    for match in _SPOKEN.finditer(text):
        hour = match["h"] or match["o"] or match["t"]
        if hour.lower() in CARDINALS or hour.isdigit():
            found.append(Figure("clock", match.group().lower(), "", match.start(), match.end()))
    return found


def _dates(text: str) -> list[Figure]:
    return [Figure("date", " ".join(m.group().lower().split()), "", *m.span()) for m in _DATE.finditer(text)]


def _scores(text: str) -> list[Figure]:
    return [Figure("score", f"{m[1]}-{m[2]}", "", *m.span()) for m in _SCORE.finditer(text)]


def _shares(text: str) -> list[Figure]:
    found = []
    for match in _SHARE.finditer(text):
        a, b = (str(CARDINALS.get(match[g].lower(), match[g])) for g in ("a", "b"))
        found.append(Figure("share", f"{a}/{b}", "", *match.span()))
    return found


def _plain(value: str) -> str:
    """A fraction as a decimal where it is short."""
    number = Fraction(value)
    return str(number) if number.denominator in (1, 3, 7, 9) else f"{float(number):g}"


def _number(text: str, words: list[re.Match[str]], at: int) -> tuple[Figure | None, int]:
    """The number that begins with word `at`, None where there is none, and the words it uses."""
    first = words[at]
    low = first.group().lower()
    if low in {"no", "nobody"} and re.match(
        r"no (?:one|[^\W\d_]+s|people|children)\b|nobody", text[first.start() :], re.I
    ):
        return Figure("count", "0", "", first.start(), first.end()), 1
    used, sort, value, money, unit = 1, "count", "", "", ""
    if low == "second" and re.search(r"\b(?:per|every|each) $", text[: first.start()], re.IGNORECASE):
        return None, 1
    if low == "half" and re.match(r"[- ](?:time|hour|an hour|term)", text[first.end() :], re.IGNORECASE):
        return None, 1
    digits = re.match(r"([£$€¥]?)([\d,]*\d(?:\.\d+)?)([a-z%°]*)$", low)
    if digits and digits[2]:
        value, suffix, money = digits[2].replace(",", ""), digits[3], digits[1]
        read = from_digits(first.group())
        if suffix in {"st", "nd", "rd", "th"}:
            sort = "ordinal"
        elif suffix == "%":
            sort = "percent"
        elif suffix in _UNITS and not money:
            unit = _UNITS[suffix]
        elif read:
            value = _plain(read[0])
        elif suffix:
            return None, 1
    elif low in CARDINALS or low in ORDINALS or low in FRACTIONS or low in {"a", "an", "dozen"}:
        lowered = [w.group().lower() for w in words[at : at + 8]]
        read_words = from_words(lowered, 0)
        if read_words is None or (low in {"a", "an"} and read_words[2] < 2):
            return None, 1
        value, sort, used = _plain(str(read_words[0])), read_words[1], read_words[2]
    else:
        return None, 1
    end = words[at + used - 1].end()
    value, used, end = _scaled(words, at, value, used, end)
    following = words[at + used].group().lower() if at + used < len(words) else ""
    near = at + used < len(words) and words[at + used].start() - end <= 2
    if near and not unit and not money and sort == "count":
        gap = text[end : words[at + used].start()]
        if gap == "-" and re.match(r"year-old", text[words[at + used].start() :], re.IGNORECASE):
            return Figure("age", value, "", first.start(), end), used
        if following in {"percent", "percentage"} or re.match(r"\s?per cent\b", text[end:], re.IGNORECASE):
            stop = re.match(r"\s?per ?cent(?:age points?)?", text[end:], re.IGNORECASE)
            return Figure("percent", value, "", first.start(), end + (stop.end() if stop else 0)), used
        if following in _CURRENCY:
            money, end, used = following, words[at + used].end(), used + 1
        elif following in _UNITS and len(following) > 1:
            unit, end, used = _UNITS[following], words[at + used].end(), used + 1
    if money:
        return Figure("money", value, money, first.start(), end), used
    if sort == "percent":
        return Figure("percent", value, "", first.start(), end), used
    if sort == "fraction":
        return Figure("share", value, "", first.start(), end), used
    if unit:
        return Figure("measure", value, unit, first.start(), end), used
    before = text[: first.start()].rstrip()
    if re.search(r"\baged$", before, re.IGNORECASE) or (
        re.search(r"[A-Z][\w’'-]+,$", before)
        and re.match(r",|\.|$", text[end:])
        and value.isdigit()
        and 0 < int(value) < 110
    ):
        return Figure("age", value, "", first.start(), end), used
    if sort == "ordinal":
        return (Figure("ordinal", value, "", first.start(), end) if low not in {"second"} or near else None), used
    if _labels(text, first, end, value, following):
        return None, used
    return Figure("count", value, "", first.start(), end), used


def _scaled(words: list[re.Match[str]], at: int, value: str, used: int, end: int) -> tuple[str, int, int]:
    """A number in digits with the scale word after it ("2.5 million")."""
    scale = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    following = words[at + used] if at + used < len(words) else None
    if used == 1 and following is not None and following.group().lower() in scale and value[:1].isdigit():
        return _plain(str(Fraction(value) * scale[following.group().lower()])), 2, following.end()
    return value, used, end


def _labels(text: str, first: re.Match[str], end: int, value: str, following: str) -> bool:
    """Whether a number only names something: a year, a line, a terminal, a rocket."""
    plural = following in _PEOPLE_WORDS or (len(following) > 4 and following.endswith("s"))
    digits = first.group()
    if digits[0] == "0" or (re.fullmatch(r"1[5-9]\d\d|20\d\d", digits) and not plural):
        return True
    if _NUMBERED.search(text[: first.start()]):
        return True
    before = re.search(r"([^\W\d_]+)(?: \d+,?(?: and| or)?)*[ -]$", text[: first.start()])
    if before is None or not digits.isdigit() or len(digits) > 3:
        return False
    word = before[1]
    if word.lower() in {
        "line",
        "lines",
        "terminal",
        "pad",
        "route",
        "room",
        "gate",
        "page",
        "platform",
        "junction",
        "t",
    }:
        return True
    opens = not text[: before.start()].strip(" \"'“‘") or text[: before.start()].rstrip()[-1:] in ".!?:"
    if opens and word.lower() in _OPENERS:
        return False
    return word[0].isupper() and not plural
