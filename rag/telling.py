"""Candidates and settled figures -> what an answer says: which sentences, in which order, and what they replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.times import time_label
from rag.answers import bears_out, earlier_sentence
from rag.composing import cite, one_line
from rag.evidence import Candidate, companion
from rag.facts.changes import newest_value
from rag.facts.outcomes import standing
from rag.facts.settling import Settled
from rag.facts.stated import Statement
from rag.records import Evidence, Superseded
from rag.when import Scope

# A question for the plan itself is answered by the sentence that tells it, though that looks back.
_PLAN = re.compile(
    r"\b(?:when|(?:what|which) (?:time|day|date))\b.*\b(?:should|supposed|meant|due|planned|scheduled)\b", re.IGNORECASE
)
MAX_REPLACED = 4
MAX_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says: its lead, every sentence to quote (the lead's first), and what the lead replaced.

    `course` says that the sentences tell how a value changed, oldest first; `history` holds all values it has had.
    """

    lead: Candidate
    quoted: tuple[Evidence, ...]
    superseded: tuple[Superseded, ...] = ()
    notices: tuple[str, ...] = ()
    course: bool = False
    history: tuple[Superseded, ...] = ()


def tell(
    scope: Scope, candidates: Sequence[Candidate], settled: Settled | None, stood: Candidate | None = None
) -> Told:
    """Choose the sentences of an answer: the value that stands, others' at the same time, what was said before."""
    if settled is not None:
        return _of_figure(scope, settled)
    if stood is not None:
        return Told(stood, (stood.evidence,))
    ranked = newest_value(
        scope.topic, candidates, latest=scope.aim in {"latest", "news"}, first=scope.aim == "first"
    )  # fmt: skip
    lead = ranked.lead
    present = None if scope.aim == "first" or _PLAN.search(scope.topic) else standing(lead.evidence)
    if present is not None:
        return Told(lead, (present, lead.evidence))
    also = companion(lead, candidates)
    quoted = (lead.evidence, *([also.evidence] if also else []))
    return Told(lead, quoted, _superseded(ranked.replaced))


def _of_figure(scope: Scope, settled: Settled) -> Told:
    notices = _notices(settled)
    values = tuple(Superseded(_plain_value(c), cite(c.evidence)) for c in settled.course)
    history = values if len(values) > 1 else ()
    if scope.aim == "change" and len(settled.course) > 1:
        return Told(
            settled.course[0], tuple(c.evidence for c in settled.course), notices=notices, course=True, history=history
        )
    lead = settled.lead
    quoted = [lead.evidence]
    present = None if scope.aim == "first" or _PLAN.search(scope.topic) else standing(lead.evidence)
    if present is not None:
        quoted = [present, lead.evidence]
    quoted += [c.evidence for c in settled.beside[:MAX_BESIDE] if c.evidence not in quoted]
    return Told(lead, tuple(quoted), _superseded(settled.replaced), notices, history=history)


def _superseded(replaced: Sequence[Candidate]) -> tuple[Superseded, ...]:
    """Earlier values that the check lets stand, newest first."""
    found = [(Superseded(_plain_value(c), cite(c.evidence)), c.entry) for c in replaced[:MAX_REPLACED]]
    return tuple(s for s, entry in found if bears_out(earlier_sentence(s), entry))


def _plain_value(candidate: Candidate) -> str:
    return re.sub(r"(?<=\d[ap]m)\.$", "", one_line(" ".join(candidate.evidence.marked)))


def _notices(settled: Settled) -> tuple[str, ...]:
    """Says which other story the question could mean, with its own figure."""
    return tuple(_other(s) for s in settled.others[:2])


def _other(statement: Statement) -> str:
    words = statement.text[statement.figure.start : statement.figure.end]
    name = statement.entry.title or " ".join(statement.text.split())[:80]
    return f"Another story has a figure of its own: {words} (“{name}”, {time_label(statement.entry)})."
