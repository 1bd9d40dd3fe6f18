"""Lines that tell a cricket match's score after an over: each heads what happened in it, and none has a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.lines import Line

# "**IND 208/9 Over 45**", "India 208-9 (45 overs)", "ENG 120/3 after 31.4 overs"
_SCORE = re.compile(
    r"\**\s?[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,3}:? \d{1,3}[/-]\d{1,2}(?: \(?|, | - |\s?\|\s?)(?:in |after )?"
    r"(?:overs? (?P<over>\d{1,3})(?:\.\d)?|(?P<overs>\d{1,3})(?:\.\d)? (?:overs?|ov))\)?:?\s?\**",
    re.IGNORECASE,
)
_LEAST = 3


def find_overs(lines: Sequence[Line]) -> list[int]:
    """Lines that are nothing but a score and its over, in the order of overs, each over a text."""
    found = [(at, m) for at, line in enumerate(lines) if (m := _SCORE.fullmatch(line.text))]
    overs = [int(m["over"] or m["overs"]) for _, m in found]
    starts = [at for at, _ in found]
    over_text = all(b > a + 1 for a, b in zip(starts, [*starts[1:], len(lines)], strict=False))
    in_order = overs in (sorted(overs), sorted(overs, reverse=True))
    return starts if len(starts) >= _LEAST and over_text and in_order else []
