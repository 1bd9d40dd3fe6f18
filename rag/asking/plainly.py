"""A question put in the words that coverage itself uses: the source for a raid is who reported it."""

from __future__ import annotations

import re

_SOURCE = re.compile(
    r"^(?P<lead>.*?\b)(?:who|which (?P<kind>\w+)) (?:is|was|are|were|has been|had been) (?:the |our |its |their )?"
    r"(?:(?:only|sole|first|main|original|single) )?sources? (?:for|of|on|behind) (?P<what>.+)$",
    re.IGNORECASE,
)
_ON_THE_SPOT = re.compile(
    r"^(?P<lead>(?:and |so |but )?)(?:who|which)\b(?: (?!is\b|was\b)[\w’'-]+){0,3}? "
    r"(?:journalists?|reporters?|correspondents?|colleagues?) (?:is|was|are|were|has been|had been|have been)"
    r"(?: (?:on the (?:ground|spot|scene)|based|there|reporting|writing|sent|live))?"
    r"(?: (?P<where>(?:in|at|from|to|near|outside|inside) .+))$",
    re.IGNORECASE,
)


def plainly(question: str) -> str:
    """The question reworded where it asks in terms that reports do not use; else as it is."""
    reporter = _ON_THE_SPOT.match(question)
    if reporter is not None:
        place = reporter["where"].split(" ", 1)[1]
        return f"{reporter['lead']}who is reporting from {place}"
    source = _SOURCE.match(question)
    if source is None:
        return question
    who = f"which {source['kind']}" if source["kind"] else "who"
    return f"{source['lead']}{who} reported {source['what']}".strip()
