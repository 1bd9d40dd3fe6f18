"""The same words in other entries: a report on two pages, or put up again on one."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.records import Entry, Part
from index.store import Store

LEAST_WORDS = 6
MOST_REPEATS = 3
_WORD = re.compile(r"\w+")


class Repeat(NamedTuple):
    """Another entry's stretch of words: exactly `entry.text(part)[start:end]`."""

    entry: Entry
    part: Part
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.entry.text(self.part)[self.start : self.end]


def find_repeats(store: Store, entry: Entry, words: str, allowed: npt.NDArray[np.int64] | None = None) -> list[Repeat]:
    """Other live entries that hold the words of `words` in their order, whatever the case and the marks between.

    Only the `allowed` chunks are looked at (all where None). Fewer than six words are no report and have no
    repeats; at most three are given.
    """
    tokens = _WORD.findall(words)
    if len(tokens) < LEAST_WORDS:
        return []
    phrase = '"' + " ".join(tokens) + '"'
    pattern = re.compile(r"[\W_]+".join(map(re.escape, tokens)), re.IGNORECASE)
    chunks = store.chunks([key for key, _ in store.lexical(phrase, 4 * MOST_REPEATS, allowed)])
    found: dict[tuple[str, str], Repeat] = {}
    for chunk in chunks:
        key = chunk.entry_ref
        if key == entry.ref or key in found:
            continue
        other = store.entry(chunk.entry_id, chunk.page_id)
        if match := pattern.search(other.text(chunk.part)):
            found[key] = Repeat(other, chunk.part, match.start(), match.end())
    return list(found.values())[:MOST_REPEATS]
