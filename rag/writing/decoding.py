"""A model's tokens, one after another, up to the end of one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_END = re.compile(r"""[.!?]["'”’]?$""")
_ABBREVIATION = re.compile(r"(?:^|\s|\.)(?:\w|Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Prof|Rev|No)\.$")


def freely(
    likeliest: Callable[[Sequence[int]], int],
    stops: frozenset[int],
    read: Callable[[Sequence[int]], str],
    limit: int,
) -> Iterator[str]:
    """Text piece by piece, until the sentence ends, goes round in circles or is `limit` tokens long.

    `likeliest` takes the tokens written since it was last asked and returns the next; `read` is text of tokens.
    """
    written: list[int] = []
    unread: list[int] = []
    shown = ""
    while len(written) < limit:
        token = likeliest(unread)
        text = read([*written, token])
        fresh = text[len(shown) :]
        if token in stops or "\n" in fresh or circles(text) or (sentence_ended(shown) and fresh[:1].isspace()):
            return
        written.append(token)
        unread = [token]
        if not text.endswith("\ufffd"):  # one character may be spread over several tokens
            yield fresh
            shown = text


def sentence_ended(text: str) -> bool:
    """Whether the text ends a sentence, and not just an abbreviation."""
    return bool(_END.search(text)) and not _ABBREVIATION.search(text)


def circles(text: str) -> bool:
    """Whether the last three words stood together before: a small model's sign that it is going round."""
    words = text.casefold().split()
    return len(words) > 5 and any(words[k : k + 3] == words[-3:] for k in range(len(words) - 4))
