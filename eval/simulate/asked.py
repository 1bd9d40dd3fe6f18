"""A question with its gold answer, in the project's question format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eval.questions import Item, Proof


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands: `entry` is the id of the record, `published` its time as the page prints it."""

    entry: str
    published: datetime
    quote: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `worded` says that its words give the as-of too; `edit` that only captures can answer it."""

    id: str
    page: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Gold, ...]
    kind: str
    as_of: datetime | None = None
    history: tuple[tuple[str, str], ...] = ()
    worded: bool = False
    edit: bool = False
    note: str = ""

    def to_item(self) -> Item:
        """As the measuring takes it."""
        proofs = tuple(Proof(gold.published, gold.quote) for gold in self.evidence)
        return Item(self.id, (self.page,), self.question, self.answers, proofs, self.kind,  # type: ignore[arg-type]
                    self.as_of, self.history)  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """As a line of a question file."""
        return {
            "id": self.id,
            "page": self.page,
            "question": self.question,
            "answers": list(self.answers) or ["not stated"],
            "evidence": [
                {"published": g.published.isoformat(), "quote": g.quote, "entry": g.entry} for g in self.evidence
            ],
            "kind": self.kind,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "history": [list(turn) for turn in self.history],
            "worded": self.worded,
            "note": self.note,
        }
