"""Slips of the keyboard: a word that no language knows, one letter away from one that the coverage uses.

Only words in lower case are mended: a name that the coverage does not hold may be another name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase

from rag.words import stem

_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]{5,}(?![\w'’@/-]|\.\w)")


def mended(
    question: str, is_word: Callable[[str], bool], used: Callable[[str], int]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with its slips mended, and each slip with what it was read as.

    `is_word` says whether a word is known at all, `used` how often the coverage uses one.
    """
    found: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(question)):
        if is_word(word) or used(word):
            continue
        near = {other: used(other) for other in set(_one_away(word)) if is_word(other) and stem(other) != stem(word)}
        best = max(near, key=lambda other: (near[other], other), default="")
        if near.get(best):
            found[word] = best
    return _WORD.sub(lambda m: found.get(m.group(), m.group()), question), tuple(found.items())


def _one_away(word: str) -> Iterator[str]:
    """Words that one letter left out, put in, changed or swapped with its neighbour makes of this one."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
