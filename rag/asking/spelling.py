"""Slips of the keyboard: a word that no dictionary knows, one letter away from one that the coverage uses.

Only words in lower case are mended: a name that the coverage does not hold may be another name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from spellchecker import SpellChecker

_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]{5,}(?![\w'’@/-]|\.\w)")


def mended(
    question: str, is_word: Callable[[str], bool], used: Callable[[str], int]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with its slips mended, and each slip with what it was read as.

    `is_word` knows words that the dictionary may lack, `used` says how often the coverage uses one.
    """
    found: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(question)):
        if is_word(word) or used(word) or word in _dictionary():
            continue
        near = {other: used(other) for other in _dictionary().edit_distance_1(word) if other in _dictionary()}
        best = max(near, key=lambda other: (near[other], other), default="")
        if near.get(best):
            found[word] = best
    return _WORD.sub(lambda m: found.get(m.group(), m.group()), question), tuple(found.items())


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    """English words, read when a question has one that nothing else knows."""
    return SpellChecker(language="en", distance=1)
