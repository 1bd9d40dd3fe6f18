"""Two ways find how a fact stands, by restatements and by figures: which of them answers a question."""

from __future__ import annotations

import re

from rag.asking.aims import Aim
from rag.asking.premises import read_premise
from rag.evidence import Candidate
from rag.facts.demand import Demand
from rag.facts.figures import figures
from rag.facts.happened import looks_ahead
from rag.facts.senses import senses
from rag.facts.settling import Settled
from rag.facts.stated import revises
from rag.facts.stories import elsewhere
from rag.listing import moment_key
from rag.words import names, stem, stems

_PLANNED = re.compile(r"\b(?:expected|planned|due|scheduled|meant|supposed|intended|forecast)\b", re.IGNORECASE)


def agreed(
    aim: Aim, question: str, demand: Demand | None, learned: Settled | None, settled: Settled | None
) -> Settled | None:
    """The finding that answers, of the one by restatements and the one by the figures that entries state.

    The restatements know more of meaning, the figures of kinds and names: they overrule where the restatements lead
    with a figure of another kind than is asked for, or leave out the question's names. Where both tell one course, the
    newer leads.
    """
    if learned is None or settled is None:
        return learned or settled
    if aim == "first" or (aim == "sides" and learned.beside and not settled.beside):
        return learned
    if aim in {"replaced", "sides"}:
        return settled
    premise = read_premise(question)
    if premise is not None and demand is not None and demand.given:
        # The course of the figure that the question supposes is the one it means.
        holds = [gives(f, demand.given) for f in (learned, settled)]
        of_sense = [bool(demand.senses & senses(f.lead.evidence.text)) for f in (learned, settled)]
        if holds == [False, True] or (holds[1] and of_sense == [False, True]):
            return settled
    if aim != "change":
        if leaves_out(question, learned, settled) or (demand is not None and of_kind_alone(demand, settled, learned)):
            return settled
        if not of_one_course(learned, settled) or (_asks_plan(question) and not _tells_plan(settled)):
            return learned
    return fuller(aim, learned, settled)


def fuller(aim: Aim, one: Settled | None, other: Settled | None) -> Settled | None:
    """Of two findings the one that goes further: the longer course of a change, else the newer lead."""
    if one is None or other is None:
        return one or other
    if aim == "change":
        told = sum(bool(_told(c)) for c in one.course)
        wordy = 2 * told < len(one.course) and len(other.course) > 2
        if wordy and other.lead.confidence >= one.lead.confidence:
            return other  # figures tell a course better than whatever else was said
        return one if len(one.course) >= len(other.course) else other
    if aim in {"first", "replaced"}:
        return other
    if _told(one.lead) == _told(other.lead) and len(other.course) > len(one.course):
        return other
    return one if moment_key(one.lead.entry) >= moment_key(other.lead.entry) else other


def _told(candidate: Candidate) -> frozenset[str]:
    """Values of the figures that a candidate marks."""
    return frozenset(f.value for f in figures(" ".join(candidate.evidence.marked)))


def outweighed(found: Settled, surest: Candidate, demand: Demand) -> bool:
    """Whether the surest sentence gives another figure of the kind asked for, and is surer than what a finding says."""
    if surest.confidence <= found.lead.confidence:
        return False
    told = {f.value for f in figures(" ".join(surest.evidence.marked)) if f.kind in demand.kinds}
    return bool(told - demand.given) and not told & {v for c in (found.lead, *found.course) for v in _told(c)}


def leads_with(found: Settled, values: frozenset[str]) -> bool:
    """Whether a finding leads with one of these figures and no other."""
    told = _told(found.lead)
    return bool(told) and told <= values


def only_gives(found: Settled, values: frozenset[str]) -> bool:
    """Whether a finding gives no other figure than these."""
    return all(_told(c) <= values for c in (found.lead, *found.course))


def repeats_older(found: Settled, given: frozenset[str], surest: Candidate) -> bool:
    """Whether the surest sentence has another figure than the given ones, from no earlier than the finding."""
    return bool(_told(surest) - given) and moment_key(surest.entry) >= moment_key(found.lead.entry)


def of_kind_alone(demand: Demand, one: Settled, other: Settled) -> bool:
    """Whether only the one leads with a sentence that gives a figure of the kind asked for, not the question's own."""
    kinds = set(demand.kinds) - {"clock", "date"}  # a day may be told in words: "the end of September"
    marked = {f.value for f in figures(" ".join(one.lead.evidence.marked)) if f.kind in kinds}
    beside = {f.kind for f in figures(other.lead.evidence.text) if not f.part}
    return bool(marked - demand.given) and not beside & kinds


def _asks_plan(question: str) -> bool:
    """Whether a question is for a plan, not for what came of one ("It was due at nine. Did it come?")."""
    premise = read_premise(question)
    return bool(_PLANNED.search(question)) and not (premise is not None and premise.standing)


def _tells_plan(found: Settled) -> bool:
    text = found.lead.evidence.text
    return looks_ahead(text) or revises(text)


def leaves_out(question: str, found: Settled, beside: Settled) -> bool:
    """Whether the entry that a finding leads with names less of what the question names than the other's sentence.

    Another place's figure does not answer.
    """
    asked = {stem(n) for n in names(question) if not n[0].isdigit()}
    entry, told = found.lead.entry, beside.lead.evidence.text
    if asked & stems(told) and elsewhere(found.lead.evidence.text, asked):
        return True
    return len(asked & stems(f"{entry.title or ''} {entry.body}")) < len(asked & stems(told))


def of_one_course(learned: Settled, settled: Settled) -> bool:
    """Whether a figure's course holds what the learned finding leads with, so that both tell of one figure."""
    lead = learned.lead.evidence
    said = {(f.kind, f.value) for f in figures(lead.text) if not f.old}
    told = {(f.kind, f.value) for c in settled.course for f in figures(" ".join(c.evidence.marked))}
    return lead.entry.page_id == settled.lead.entry.page_id and bool(said & told)


def gives(settled: Settled, values: frozenset[str]) -> bool:
    """Whether one of the values stands in the figure's course."""
    return any(_told(c) & values for c in settled.course)
