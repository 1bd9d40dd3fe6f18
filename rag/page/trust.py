"""How far to trust an answer, in words: what its confidence meant when it was measured, and what was checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.confidence import BUNDLED
from rag.records import Answer

_SURE, _FAIR = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Band:
    """Answers of the calibration set whose confidence lay from `low` up to `high`: how many, and the share right."""

    low: float
    high: float
    n: int
    right: float


@cache
def bands(path: Path = BUNDLED) -> tuple[Band, ...]:
    """Bands of the calibration record, lowest first; empty where it holds none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["measured"]["across pages"]["reliability"]
        rows = [(*map(float, name.split("-")), *row) for name, row in held.items()]
        return tuple(sorted((Band(*row) for row in rows), key=lambda band: band.low))
    except (KeyError, TypeError, ValueError, AttributeError):
        return ()


def confidence_words(confidence: float, measured: Sequence[Band] | None = None) -> tuple[str, str]:
    """One word for a confidence ("High", "Fair", "Low", "Not measured"), and what it means."""
    known = [band for band in (bands() if measured is None else measured) if band.n]
    band = next((b for b in reversed(known) if b.low <= confidence), None)
    if band is None:
        return "Not measured", "No answer of the calibration set had a confidence like this one."
    word = "High" if band.right >= _SURE else "Fair" if band.right >= _FAIR else "Low"
    tenths = f"about {round(10 * band.right)} in 10 were right on the calibration set ({band.n} questions)."
    if confidence > band.high:
        return word, f"{word}: surer than any answer of the calibration set. Of the surest there, {tenths}"
    return word, f"{word}: of answers with this mark, {tenths}"


def checked_line(answer: Answer) -> str:
    """How many entries stand behind the answer: those it was checked against, read for it, and searched."""
    cited = len({c.entry_ref for c in answer.citations})
    read = len({found.entry.ref for found in answer.evidence})
    checked = f"Checked against {_entries(cited)}" if cited else "Nothing was found to check"
    read_too = f"; {_entries(read)} read closely" if read else ""
    return f"{checked}{read_too}, of {_entries(answer.searched)} searched."


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
