"""An inquiry's outcome as an Answer: found, not in the coverage, or nothing there to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.records import Entry, Ref
from index.times import entry_moment, time_key, time_label
from rag.checking import check
from rag.composing import all_citations, answer_text, cite
from rag.confidence import whole_text
from rag.evidence import Candidate
from rag.inquiry import Inquiry
from rag.records import Answer, Sentence, Status, Superseded

MAX_EVIDENCE = 10
MAX_NEAREST = 3


def finish(
    inquiry: Inquiry,
    sentences: Sequence[Sentence],
    models: Mapping[str, str],
    *,
    status: Status,
    confidence: float,
    superseded: tuple[Superseded, ...] = (),
    candidates: Sequence[Candidate] = (),
    notices: Sequence[str] = (),
    course: tuple[Superseded, ...] = (),
) -> Answer:
    """The answer that holds these sentences."""
    scope, newest = inquiry.scope, inquiry.seen.newest
    return Answer(
        question=inquiry.question.text,
        text=answer_text(sentences),
        sentences=tuple(sentences),
        status=status,
        citations=all_citations(sentences),
        superseded=superseded,
        course=course,
        as_of=scope.as_of,
        window=scope.window,
        coverage_until=entry_moment(newest) if newest else None,
        coverage_label=time_label(newest) if newest else "",
        searched=inquiry.seen.entries,
        confidence=round(confidence, 3),
        notices=(*scope.notices, *notices, *_beyond(inquiry), *inquiry.warnings),
        evidence=tuple(c.evidence for c in _best_of_entries(candidates)[:MAX_EVIDENCE]),
        timings_ms=inquiry.clock.laps(),
        models=dict(models),
    )


def refuse(
    inquiry: Inquiry, models: Mapping[str, str], candidates: Sequence[Candidate] = (), confidence: float = 0.0
) -> Answer:
    """Not in the coverage: what was searched, until when, and the entries that came nearest."""
    answer = finish(
        inquiry, (), models, status="not_in_coverage", confidence=confidence, candidates=candidates
    )  # fmt: skip
    seen = inquiry.seen
    if seen.entries == 0:
        return replace(answer, text=_nothing(inquiry))
    until = f", up to {time_label(seen.newest)}" if seen.newest else ""
    what = "1 entry" if seen.entries == 1 else f"{seen.entries:,} entries"
    text = f"Not in the coverage. Searched {what}{until}."
    nearest = tuple(cite(c.evidence) for c in _best_of_entries(candidates)[:MAX_NEAREST])
    return replace(answer, text=text, nearest=nearest)


def earlier_sentence(superseded: Superseded) -> Sentence:
    """What the answer replaced, with its minute."""
    clock = superseded.citation.label.split(",")[0].removesuffix(" (time zone not stated)")
    return Sentence(f"Replaces {superseded.value}, reported {clock}.", (superseded.citation,))


def bears_out(sentence: Sentence, entry: Entry) -> bool:
    """Whether the check finds every number, name, date and quotation of a sentence in an entry."""
    problems = check(sentence.text, whole_text(entry).split("\n"))
    return all(problem.kind == "word" for problem in problems)


def _nothing(inquiry: Inquiry) -> str:
    scope = inquiry.scope
    if scope.as_of:
        clock = f"{scope.as_of:%H:%M} {scope.as_of.tzname() or ''}".strip()
        day = f"{scope.as_of.day} {scope.as_of:%B %Y}"
        return f"Not in the coverage: as of {clock}, {day}, no entry had been published."
    if scope.spans:
        return "Not in the coverage: no entry was published in that time."
    return "Not in the coverage: there are no entries to search. Add a page first: presstime add SOURCE"


def _beyond(inquiry: Inquiry) -> tuple[str, ...]:
    """Says so where the coverage ends before the moment that was asked for."""
    as_of, newest = inquiry.scope.as_of, inquiry.seen.newest
    moment = entry_moment(newest) if newest else None
    if as_of is None or moment is None or newest is None:
        return ()
    page = inquiry.times.get(newest.page_id)
    if page is None or time_key(moment) < time_key(page.newest) or time_key(as_of) <= time_key(moment) + 60:
        return ()
    return (f"The coverage ends before that time: its newest entry is from {time_label(newest)}.",)


def _best_of_entries(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The surest candidate of each entry, surest first."""
    best: dict[Ref, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.entry.ref, candidate)
    return list(best.values())
