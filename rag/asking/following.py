"""A follow-up that only makes sense after the question before it, put in full: "and in Norby?", "an hour later?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rag.asking.spans import time_words, topic_of
from rag.facts.figures import figures
from rag.facts.senses import COUNTED, sense_spans

Turns = Sequence[tuple[str, str]]

_NAME = r"(?:the )?[A-Z][\w’'-]*(?:(?: of| the| and| de| al)? [A-Z][\w’'-]*)*"
_SWAP = re.compile(
    r"^(?:(?:and|but|so|ok|okay|now|also)[, ]+)?(?:(?:what|how) about|(?:and )?(?:in|at|for|from|of|near|by|on))?\s*"
    rf"(?P<prep>in |at |for |from |of |near |by |on )?(?P<what>{_NAME}|[\w’' -]{{3,40}})\s*\??$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^(?:and|but|so|what about|how about|in|for)\b", re.IGNORECASE)
_PLACED = re.compile(rf"\b(?P<prep>in|at|of|for|from|near|by|on|to) (?P<name>{_NAME})")
_NAMED = re.compile(_NAME)
_AMOUNT = r"(?P<n>an?|one|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|half an?|a couple of|a few|\d+)"
_SHIFT = re.compile(
    rf"^(?:and |but |what about |how about )*(?:(?:it|that|the \w+) )?{_AMOUNT} (?P<half>and a half )?"
    r"(?P<unit>hours?|minutes?|mins?) (?P<way>later|after(?: that)?|on|before(?: that)?|earlier)\s*\??$",
    re.IGNORECASE,
)
_CLOCK_ONLY = re.compile(
    r"^(?:and |but |what about |how about )*(?P<when>(?:at|by|as of|before|since|after|until|up to) .{3,40}?)\s*\??$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r",?\s*\b(?:at that (?:point|time|moment|stage)|by then|by that (?:point|time)|back then)\b,?", re.IGNORECASE
)
_NOW = re.compile(
    r"^(?:and |but |what about |how about )*(?:now|at the moment|currently|so far"
    r"|by now)\s*\??$",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\d|noon|midday|midnight|o['’]clock|\b(?:half|quarter|ten|five|twenty)[ -](?:past"
    r"|to)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s?([ap])\.?m)?", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_STAMPED = re.compile(r"[(\[][^)\]]*\d[^)\]]*[)\]]")
_QUESTION_WORDS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how|did|does|do|was|were|is|are|has|have|had|will|can|could"
    r"|would|said"
    r"|that|this|it|they|them|he|she|him|her|there|then|many|much)\b",
    re.IGNORECASE,
)
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "a couple of": 2, "a few": 3,
}  # fmt: skip


# "How many of them were children?" after "How many people have died in Norby?": of the people who have died there.
_OF_THEM = re.compile(
    r"^(?:and |so |but )?(?P<how>how many|how much|what (?:share|proportion|percentage)) of (?:them|those|these|that"
    r"|it)\b(?P<rest>.*?)\s*\??$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^(?:and |so |but )?how many (?P<noun>(?:(?!(?:is|are|was|were|has|have|had|did|do|will)\b)[\w’'-]+ ){0,4}?)"
    r"(?P<verb>(?:is|are|was|were|has|have|had)\b.{4,}?)\s*\??$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Followed:
    """The question in full; `shift` moves the time it names, `stamp` is that time where only the answer named one.

    `whole` says that nothing of the conversation is needed any more.
    """

    text: str
    shift: timedelta | None = None
    stamp: str = ""
    whole: bool = False


def follow(question: str, history: Turns) -> Followed:
    """The follow-up put in full after the turns before it; other questions come back as they are."""
    if not history or not history[-1][0].strip():
        return Followed(question)
    before = follow(history[-1][0], history[:-1])
    shifted = _SHIFT.match(question)
    if shifted:
        stamp = "" if _TIMED.search(before.text) else _stamp(history[-1][1])
        return Followed(before.text, (before.shift or timedelta()) + _length(shifted), stamp, whole=True)
    if _NOW.match(question):
        return Followed(f"{topic_of(before.text).rstrip('? ')} now?", whole=True)
    clock = _CLOCK_ONLY.match(question)
    if clock and _TIMED.search(clock["when"]):
        return Followed(f"{topic_of(before.text).rstrip('? ')} {clock['when']}?", whole=True)
    then = _THEN.search(question)
    told = _stamp(history[-1][1])
    when = time_words(before.text) or (f"as of {told}" if told else "")
    if then and when:
        rest = f"{question[: then.start()]} {question[then.end() :]}".strip(" ?,")
        return Followed(f"{rest} {when}?", before.shift, before.stamp)
    part = _OF_THEM.match(question)
    whole = _COUNTED.match(topic_of(before.text)) if part else None
    if part and whole:
        told = _STAMPED.sub(" ", history[-1][1])
        number = next((told[f.start : f.end] for f in figures(told) if f.kind == "count" and not f.old), "")
        counted = f"{number.lower()} {whole['noun'].strip() or 'people'}".strip()
        text = f"Of the {counted} who {whole['verb']}, {part['how'].lower()}{part['rest']} {time_words(before.text)}"
        return Followed(f"{text.strip()}?", before.shift, before.stamp, whole=True)
    swap = _SWAP.match(question)
    if swap and (_OPENS.match(question) or question[:1].isupper()) and not _QUESTION_WORDS.search(swap["what"]):
        text = _swapped(before.text, swap["what"].strip())
        if text:
            return Followed(text, before.shift, before.stamp, whole=True)
    return Followed(question)


def _swapped(before: str, what: str) -> str:
    """The earlier question with its place, or what it counts, changed for another; empty where neither fits."""
    fresh = [s for s in sense_spans(what) if s[0] in COUNTED]
    held = [s for s in sense_spans(before) if s[0] in COUNTED]
    if fresh and held and not _NAMED.search(what):
        _, a, b = held[0]
        return before[:a] + re.sub(r"^the ", "", what, flags=re.IGNORECASE) + before[b:]
    if not _NAMED.fullmatch(what):
        return ""
    placed = list(_PLACED.finditer(before))
    if placed:
        a, b = placed[-1].span("name")
        return before[:a] + what + before[b:]
    named = [m for m in _NAMED.finditer(before) if m.start() > 0]
    if named:
        return before[: named[-1].start()] + what + before[named[-1].end() :]
    return f"{before.rstrip('? ')} in {what}?"


def _length(match: re.Match[str]) -> timedelta:
    number, minutes = match["n"].lower(), 60.0 if match["unit"].lower().startswith("hour") else 1.0
    count = 0.5 if number.startswith("half") else float(_NUMBERS.get(number) or number)
    if match["half"]:
        count += 0.5
    back = match["way"].lower().startswith(("before", "earlier"))
    return timedelta(minutes=-count * minutes if back else count * minutes)


def stamped(answer: str) -> str:
    """The minute that an answer names, as HH:MM; empty where it names none."""
    match = _minute(answer)
    if match is None:
        return ""
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return f"{hour:02}:{match[2]}"


def _stamp(answer: str) -> str:
    match = _minute(answer)
    return match.group() if match else ""


def _minute(answer: str) -> re.Match[str] | None:
    """A minute in brackets, or else the first one that an answer names."""
    return _STAMP.search(" ".join(_BRACKETED.findall(answer))) or _STAMP.search(answer)
