"""Lines that a comparison of two versions prints twice, glued to each other: "11.58am BST11.58am BST"."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"\d[:.hH][0-5]\d")
_LEAST, _LEAST_CLOCKS, _LEAST_CHARS = 4, 2, 8  # lines, lines, characters


def without_doubles(text: str) -> str:
    """The text, each line that is printed twice without a blank between printed once; as it is where few are.

    Some of those lines hold clocks: what is new in the later version stands once among them.
    """
    lines = text.split("\n")
    halves = {at: half for at, line in enumerate(lines) if (half := _half(line))}
    if len(halves) < _LEAST or sum(bool(_CLOCK.search(half)) for half in halves.values()) < _LEAST_CLOCKS:
        return text
    return "\n".join(halves.get(at, line) for at, line in enumerate(lines))


def _half(line: str) -> str:
    words = line.strip()
    middle = len(words) // 2
    twice = len(words) >= _LEAST_CHARS and len(words) % 2 == 0 and words[:middle] == words[middle:]
    return words[:middle] if twice else ""
