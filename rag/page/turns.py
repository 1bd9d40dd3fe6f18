"""A conversation: questions and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from rag.records import Answer

HISTORY_TURNS = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it: a draft while it streams, then an answer or an error.

    `as_of`, `pages` and `window` (a key of `rag.page.windows.WINDOWS`, shown as `span`) are what the reader fixed
    for it; `ahead` counts the questions before this one; `key` tells it from every other turn.
    """

    question: str
    answer: Answer | None = None
    draft: str = ""
    error: str = ""
    stopped: bool = False
    ahead: int = 0
    as_of: str = ""
    pages: tuple[str, ...] = ()
    window: str = ""
    span: str = ""
    key: str = ""


Turns = tuple[Turn, ...]


def history(turns: Turns) -> tuple[tuple[str, str], ...]:
    """Questions answered so far with their answers, the last few, oldest first."""
    return tuple((turn.question, turn.answer.text) for turn in turns if turn.answer)[-HISTORY_TURNS:]
