"""Templates -> words: choices, slots, marked answers; numbers and clock times as newsrooms write them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from index.errors import QuestionError
from index.sentences import sentence_spans

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"<([^<>]+)>")
_SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_HOURS = "twelve one two three four five six seven eight nine ten eleven".split()
_PAST = {5: "five", 10: "ten", 15: "quarter", 20: "twenty", 25: "twenty-five", 30: "half"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a template became: the words, the answers marked in them, and the sentence that holds the marks."""

    text: str
    answers: tuple[str, ...]
    quote: str


def choose(rng: random.Random, template: str) -> str:
    """A template with one of each bracket's choices; brackets may stand in brackets."""
    while match := _CHOICE.search(template):
        picked = rng.choice(match[1].split("|"))
        template = template[: match.start()] + picked + template[match.end() :]
    return template


def fill(rng: random.Random, template: str, slots: Mapping[str, str]) -> str:
    """A template with its choices made and its slots filled; a slot with a capital begins with one.

    Raises:
        QuestionError: the template has a slot that nothing fills.

    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        lower = name[0].lower() + name[1:]
        if lower not in slots:
            raise QuestionError(f"{template!r}: nothing fills {{{name}}}; use one of {', '.join(sorted(slots))}")
        return capital(slots[lower])

    text = _SLOT.sub(value, choose(rng, template))
    return re.sub(r" +([,.;:?!])", r"\1", re.sub(r" {2,}", " ", text)).strip()


def tell(rng: random.Random, template: str, slots: Mapping[str, str]) -> Told:
    """A template filled, the words between < and > taken as its answers."""
    marked = fill(rng, template, slots)
    answers = tuple(_MARK.findall(marked))
    text = _MARK.sub(r"\1", marked)
    if not answers:
        return Told(text, (), text)
    first = marked.index("<")
    start, end = next((s for s in sentence_spans(text) if s[0] <= first < s[1]), (0, len(text)))
    return Told(text, answers, text[start:end])


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def number(value: float, digits: int = 0) -> str:
    """Print a number as in running text: small whole ones as words, thousands with commas."""
    if digits:
        return f"{value:.{digits}f}"
    whole = round(value)
    return _SMALL[whole] if 0 <= whole < 10 else f"{whole:,}"


def number_slots(value: float, digits: int = 0) -> dict[str, str]:
    """Slots of a number: `v` inside a sentence, `V` at its beginning."""
    whole = round(value)
    spelt = not digits and 0 <= whole < len(_SMALL)
    return {"v": number(value, digits), "V": capital(_SMALL[whole]) if spelt else number(value, digits)}


def number_answers(value: float, digits: int = 0) -> tuple[str, ...]:
    """Accepted ways to give a number."""
    return (f"{value:.{digits}f}",) if digits else tuple(dict.fromkeys((f"{round(value):,}", number(value))))


def clock(moment: datetime, style: str) -> str:
    """A time of day as "15:40" ("24"), "3.40pm" ("12"), "3:40 p.m." ("us") or "twenty to four" ("words")."""
    hour, minute = moment.hour, moment.minute
    half = "am" if hour < 12 else "pm"
    if style == "24":
        return f"{hour:02}:{minute:02}"
    if style == "12":
        return f"{hour % 12 or 12}{f'.{minute:02}' if minute else ''}{half}"
    if style == "us":
        return f"{hour % 12 or 12}:{minute:02} {half[0]}.m."
    if minute == 0:
        return "noon" if hour == 12 else f"{_HOURS[hour % 12]} o'clock"
    if minute in _PAST:
        past = f"{_PAST[minute]} past" if minute != 15 else "a quarter past"
        return f"{past} {_HOURS[hour % 12]}"
    if 60 - minute in _PAST:
        to = f"{_PAST[60 - minute]} to" if minute != 45 else "a quarter to"
        return f"{to} {_HOURS[(hour + 1) % 12]}"
    return f"{hour:02}:{minute:02}"


def clock_answers(moment: datetime) -> tuple[str, ...]:
    """Accepted ways to give a time of day."""
    styles = ("24", "12", "us", "words")
    return tuple(dict.fromkeys(clock(moment, style).removeprefix("a ") for style in styles))
