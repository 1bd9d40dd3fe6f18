"""What a reader says of an answer: right or wrong, why, and what it should have said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.records import Feedback
from rag.page.turns import Turns

REASONS = {
    "wrong": "What it says is wrong",
    "old": "It is out of date",
    "beside": "It does not answer the question",
    "source": "The entry does not say this",
    "missed": "The coverage does answer this",
    "other": "Something else",
}
MAX_CORRECTION_CHARS = 2_000


def feedback_of(request: Mapping[str, Any], turns: Turns, now: datetime | None = None) -> Feedback | None:
    """What the reader said of one turn, as a record; None where the turn is not theirs or has no answer.

    `request` comes from the browser and is not trusted: {"key", "good", "reason", "correction"}. The turn's key
    is the record's id, so that a second word on one answer replaces the first.
    """
    turn = next((turn for turn in turns if turn.key and turn.key == request.get("key")), None)
    if turn is None or turn.answer is None:
        return None
    return Feedback(
        id=turn.key,
        at=now or datetime.now(UTC),
        question=turn.question,
        answer=turn.answer.text,
        status=turn.answer.status,
        good=request.get("good") is True,
        reason=REASONS.get(str(request.get("reason")), ""),
        correction=str(request.get("correction") or "").strip()[:MAX_CORRECTION_CHARS],
        as_of=turn.as_of,
        pages=turn.pages,
        cited=tuple(dict.fromkeys(citation.entry_id for citation in turn.answer.citations)),
    )
