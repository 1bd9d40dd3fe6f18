"""One question and the answer it got -> Scored: every measure that is defined for it, and why it failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from eval import metrics
from eval.causes import NOT_ASKED, REFUSED, cause_of
from eval.gold import Coverage, full_text, key
from eval.normalise import contained
from eval.questions import Item
from eval.support import unsupported_facts
from eval.timely import later, right
from index.times import time_key, time_label
from rag.records import Answer

SHOWN_READ = 3
TIMELESS_KINDS = frozenset({"fact", "number", "who", "where", "quote"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as the reports show it: the entry, its time label and the quote."""

    entry_id: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What one question gave. `measures` holds only those defined for it; shares and flags are 0 to 1.

    `cause` is None where the answer is right. `read` are the best sentences of the entries found to answer,
    surest first. Times are in milliseconds.
    """

    id: str
    kind: str
    question: str
    expected: tuple[str, ...]
    evidence: tuple[str, ...]
    status: str
    text: str
    confidence: float
    cited: tuple[Cited, ...]
    cause: str | None
    measures: Mapping[str, float] = field(default_factory=dict)
    read: tuple[Cited, ...] = ()
    unsupported: tuple[str, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)

    @property
    def correct(self) -> bool:
        """Whether the answer is right, or rightly refused."""
        return self.measures["correct"] == 1.0

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Scored:
        """Build from what `to_dict` gave."""
        return cls(
            **{
                **row,
                "expected": tuple(row["expected"]),
                "evidence": tuple(row["evidence"]),
                "cited": tuple(Cited(**c) for c in row["cited"]),
                "read": tuple(Cited(**c) for c in row.get("read", ())),
                "unsupported": tuple(row["unsupported"]),
            }
        )


def failed(item: Item, reason: str) -> Scored:
    """Row of a question that could not be put: it counts as a wrong answer."""
    return Scored(
        id=item.id,
        kind=item.kind,
        question=item.question,
        expected=item.answers,
        evidence=tuple(proof.quote for proof in item.evidence),
        status="error",
        text=reason,
        confidence=0.0,
        cited=(),
        cause=NOT_ASKED,
        measures={"correct": 0.0, **(_nothing_found() if item.answerable else {})},
    )


def score(item: Item, answer: Answer, coverage: Coverage, times_ms: Mapping[str, float]) -> Scored:
    """Every measure of one answer; `times_ms` are the times taken, kept among the measures."""
    pieces = coverage.proving(item) if item.answerable else ()
    problems = unsupported_facts(answer, coverage)
    measures = {
        **_correctness(item, answer),
        **_retrieval(answer, pieces),
        **_citations(item, answer, coverage, pieces),
        "leaks": float(_leaks(item, answer)),
        "right_in_time": float(right(item, answer, coverage)),
        "evidence_leaks": float(_evidence_leaks(item, answer)),
        **times_ms,
    }
    if unlocated := sum(not keys for keys in pieces):  # found by no system: the page was read otherwise
        measures["unlocated"] = float(unlocated)
    if answer.status != REFUSED:
        measures["unsupported"] = float(len(problems))
    if item.answerable and answer.status != REFUSED:
        measures["stale"] = float(not measures["correct"] and _stale(answer, coverage, pieces))
    return Scored(
        id=item.id,
        kind=item.kind,
        question=item.question,
        expected=item.answers,
        evidence=tuple(proof.quote for proof in item.evidence),
        status=answer.status,
        text=answer.text,
        confidence=answer.confidence,
        cited=tuple(Cited(c.entry_id, c.label, c.quote) for c in answer.citations),
        cause=None if measures["correct"] else cause_of(item, answer, coverage, pieces, measures),
        measures=measures,
        read=tuple(Cited(e.entry.id, time_label(e.entry), e.text) for e in answer.evidence[:SHOWN_READ]),
        unsupported=problems,
        models=dict(answer.models),
    )


def _correctness(item: Item, answer: Answer) -> dict[str, float]:
    if not item.answerable:
        return {"correct": float(answer.status == REFUSED)}
    given = _said(item, answer) if answer.status != REFUSED else ""
    return {
        "correct": float(metrics.answer_contained(given, item.answers)),
        "exact_match": float(metrics.exact_match(given, item.answers)),
        "parts_contained": metrics.parts_contained(given, item.answers),
        "token_recall": metrics.token_recall(given, item.answers),
        "token_f1": metrics.token_f1(given, item.answers),
        "words": float(len(given.split())),
    }


def _said(item: Item, answer: Answer) -> str:
    """Text of the answer; without its entries' times where a time is not what the question asks for."""
    if item.kind not in TIMELESS_KINDS:
        return answer.text
    text = answer.text
    for label in {citation.label for citation in answer.citations}:
        text = text.replace(label, "")
    return text


def _retrieval(answer: Answer, pieces: metrics.Pieces) -> dict[str, float]:
    """Ranks of the evidence among entries as their sentences were found to answer, then those only cited."""
    if not pieces:
        return {}
    found = [key(e.entry.page_id, e.entry.id) for e in answer.evidence]
    ranked = list(dict.fromkeys([*found, *(key(c.page_id, c.entry_id) for c in answer.citations)]))
    recall = {f"recall@{k}": metrics.evidence_recall(ranked, pieces, k) for k in metrics.CUTOFFS}
    return {**recall, **metrics.ranking(ranked, pieces)}


def _nothing_found() -> dict[str, float]:
    return {**{f"recall@{k}": 0.0 for k in metrics.CUTOFFS}, **metrics.ranking((), ())}


def _citations(item: Item, answer: Answer, coverage: Coverage, pieces: metrics.Pieces) -> dict[str, float]:
    """Citation measures of an answered question that has an answer; none for a refusal."""
    if not item.answerable or answer.status == REFUSED:
        return {}
    cited = list(dict.fromkeys(key(c.page_id, c.entry_id) for c in answer.citations))
    proving = coverage.speaking(item)
    holding = {k for k in cited if k in coverage.entries and _holds_answer(coverage, k, item)}
    found: dict[str, float | None] = {
        "citation_precision": metrics.citation_precision(cited, proving | holding),
        "citation_precision_evidence": metrics.citation_precision(cited, proving),
        "citation_recall": metrics.citation_recall(cited, pieces),
        "cited_sentences": _share(bool(s.citations) for s in answer.sentences),
        "quote_precision": _share(
            key(c.page_id, c.entry_id) in proving
            and any(metrics.quotes_overlap(c.quote, p.quote) for p in item.evidence)
            for c in answer.citations
        ),
        "quote_recall": metrics.quote_recall(
            [c.quote for c in answer.citations if key(c.page_id, c.entry_id) in proving],
            [[proof.quote for proof in proofs] for proofs in item.needed],
        ),
    }
    return {name: value for name, value in found.items() if value is not None}


def _holds_answer(coverage: Coverage, entry_key: str, item: Item) -> bool:
    text = full_text(coverage.entries[entry_key])
    return any(contained(answer, text) for answer in item.answers)


def _share(flags: Any) -> float | None:
    values = list(flags)
    return sum(values) / len(values) if values else None


def _leaks(item: Item, answer: Answer) -> int:
    """Cited entries that did not exist at the question's as-of; an untimed entry cannot be shown to have."""
    cited = (*answer.citations, *(s.citation for s in answer.superseded))
    return _not_yet(item, answer, {key(c.page_id, c.entry_id): c.published for c in cited})


def _evidence_leaks(item: Item, answer: Answer) -> int:
    """The same for the entries that the answer gives as its evidence, cited or not."""
    return _not_yet(item, answer, {key(e.entry.page_id, e.entry.id): e.entry.published for e in answer.evidence})


def _not_yet(item: Item, answer: Answer, times: Mapping[str, datetime | None]) -> int:
    if item.as_of is None or answer.status == REFUSED:
        return 0
    return sum(1 for published in times.values() if published is None or later(published, item.as_of))


def _stale(answer: Answer, coverage: Coverage, pieces: metrics.Pieces) -> bool:
    """Whether everything cited is older than the newest entry that holds the evidence."""
    proving = [coverage.entries[k].published for keys in pieces for k in keys]
    timed = [moment for moment in proving if moment]
    given = [c.published for c in answer.citations if c.published]
    return bool(timed and given) and later(max(timed, key=time_key), max(given, key=time_key))
