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
from rag.facts.demand import wants_planned_time
from rag.facts.figures import figures, marked_among
from rag.facts.outcomes import standing
from rag.facts.settling import Settled
from rag.facts.stated import Statement
from rag.records import Evidence, Superseded
from rag.when import Scope

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
    present = _present(scope, lead)
    if present is not None:
        return Told(lead, (present, lead.evidence))
    also = companion(lead, candidates)
    quoted = (lead.evidence, *([also.evidence] if also else []))
    return Told(lead, quoted, _superseded(lead, ranked.replaced))


def _present(scope: Scope, lead: Candidate) -> Evidence | None:
    """What stands instead of what the lead looks back to, unless the first telling or the plan is asked for."""
    return None if scope.aim == "first" or wants_planned_time(scope.topic) else standing(lead.evidence)


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
    present = _present(scope, lead)
    if present is not None:
        quoted = [present, lead.evidence]
    quoted += [c.evidence for c in settled.beside[:MAX_BESIDE] if c.evidence not in quoted]
    return Told(lead, tuple(quoted), _superseded(lead, settled.replaced), notices, history=history)


def _superseded(lead: Candidate, replaced: Sequence[Candidate]) -> tuple[Superseded, ...]:
    """Earlier values that the check lets stand, newest first."""
    told = [(value, c) for c in replaced[:MAX_REPLACED] if (value := _earlier_value(lead, c))]
    found = [(Superseded(value, cite(c.evidence)), c.entry) for value, c in told]
    return tuple(s for s, entry in found if bears_out(earlier_sentence(s), entry))


def _earlier_value(lead: Candidate, earlier: Candidate) -> str:
    """What an earlier sentence gave where the lead gives a figure: its own figure, or nothing where that is the same.

    Of "put back from 8.30am to 9.15am" that is the second, whichever was marked.
    """
    given = figures(lead.evidence.text)
    leading = marked_among(given, lead.evidence.marks) or given
    alike = [f for f in figures(earlier.evidence.text) if f.kind in {own.kind for own in leading}]
    marked = marked_among(alike, earlier.evidence.marks)
    stood = [f for f in marked if not f.old] or ([f for f in alike if not f.old] if marked else [])
    if not stood:
        return _plain_value(earlier)
    if {f.value for f in stood} == {f.value for f in leading}:
        return ""
    return _trimmed(earlier.evidence.text[stood[0].start : stood[0].end]) if len(stood) == 1 else _plain_value(earlier)


def _plain_value(candidate: Candidate) -> str:
    return _trimmed(" ".join(candidate.evidence.marked))


def _trimmed(words: str) -> str:
    return re.sub(r"(?<=\d[ap]m)\.$", "", one_line(words))


def _notices(settled: Settled) -> tuple[str, ...]:
    """Says which other story the question could mean, with its own figure."""
    return tuple(_other(s) for s in settled.others[:2])


def _other(statement: Statement) -> str:
    words = statement.text[statement.figure.start : statement.figure.end]
    name = statement.entry.title or " ".join(statement.text.split())[:80]
    return f"Another story has a figure of its own: {words} (“{name}”, {time_label(statement.entry)})."
