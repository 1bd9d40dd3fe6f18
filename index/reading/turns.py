"""A talk copied with several turns in one paragraph: cut before each "Ann (19:40): ..." within it."""

from __future__ import annotations

import re
from collections import Counter

_TURN = r"(?P<name>[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?) \(\d{1,2}[:.hH]\d\d\)\s?:\s"
_OPENS = re.compile(rf"^[^\S\n]*{_TURN}", re.MULTILINE)
_WITHIN = re.compile(rf"(?<=[.!?…»”\")])[^\S\n]+(?={_TURN})")
_LEAST_TURNS = 2


def cut_turns(text: str) -> str:
    """The text with a paragraph for each turn, where those who speak within paragraphs open others elsewhere."""
    names = Counter(match["name"] for match in _OPENS.finditer(text))
    if sum(names.values()) < _LEAST_TURNS:
        return text
    return _WITHIN.sub(lambda match: "\n\n" if match["name"] in names else match[0], text)
