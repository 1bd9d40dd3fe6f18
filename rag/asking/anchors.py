"""Moments named by what happened then: "before the press conference started", "after the second blast"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAPPENED = (
    r"started|began|begun|kicked off|got under way|opened|took off|lifted off|was called|broke out|landed|ended"
    r"|finished|closed"
    r"|collapsed|arrived|was (?:announced|arrested|found|reported|extended|confirmed|cancelled|closed|opened|named)"
    r"|resigned|spoke|was over"
)
_ANCHOR = re.compile(
    rf",?\s*\b(?P<how>before|until|by the time|up to when|after|since|once|when) (?P<event>(?:the|a|an|his|her"
    rf"|their|its)? ?[^,?]{{3,60}}? "
    rf"(?:had |have |has )?(?:{_HAPPENED}))\b,?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event that a question counts time from: `rest` is the question without it, `later` which side is asked."""

    event: str
    rest: str
    later: bool


def read_anchor(question: str) -> Anchor | None:
    """The event that bounds a question's time; None where its time is not named so, or nothing else is left of it."""
    match = _ANCHOR.search(question)
    if match is None or match["how"].lower() in {"when", "once"}:
        return None
    rest = " ".join(f"{question[: match.start()]} {question[match.end() :]}".split()).replace(" ?", "?").strip(" ,")
    if len(rest.split()) < 3:
        return None
    rest = rest if rest.endswith("?") else f"{rest}?"
    return Anchor(match["event"].strip(), rest[:1].upper() + rest[1:], match["how"].lower() in {"after", "since"})
