"""Two ways find how a fact stands, by restatements and by figures: which of them answers a question."""

from __future__ import annotations

from rag.asking.aims import Aim
from rag.facts.demand import Demand
from rag.facts.figures import figures
from rag.facts.settling import Settled
from rag.listing import moment_key
from rag.words import names, stem, stems


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
    if aim == "first" or (aim == "sides" and learned.beside):
        return learned
    if aim in {"replaced", "sides"}:
        return settled
    if aim != "change":
        of_kind_alone = demand is not None and of_kind(demand, settled) and not of_kind(demand, learned)
        if of_kind_alone or names_more(question, settled, learned):
            return settled
        if not of_one_course(learned, settled):
            return learned
    return fuller(aim, learned, settled)


def fuller(aim: Aim, one: Settled | None, other: Settled | None) -> Settled | None:
    """Of two findings the one that goes further: the longer course of a change, else the newer lead."""
    if one is None or other is None:
        return one or other
    if aim == "change":
        return one if len(one.course) >= len(other.course) else other
    if aim in {"first", "replaced"}:
        return other
    return one if moment_key(one.lead.entry) >= moment_key(other.lead.entry) else other


def of_kind(demand: Demand, found: Settled) -> bool:
    """Whether a finding leads with a figure of a kind that is asked for."""
    return any(f.kind in demand.kinds for f in figures(" ".join(found.lead.evidence.marked)))


def names_more(question: str, one: Settled, other: Settled) -> bool:
    """Whether the one leads with a sentence that holds more of the question's names: another place is not asked of."""
    asked = {stem(n) for n in names(question) if not n[0].isdigit()}
    held = [asked & stems(f"{s.lead.entry.title or ''} {s.lead.evidence.text}") for s in (one, other)]
    return len(held[0]) > len(held[1])


def of_one_course(learned: Settled, settled: Settled) -> bool:
    """Whether a figure's course holds what the learned finding leads with, so that both tell of one figure."""
    lead = learned.lead.evidence
    said = {(f.kind, f.value) for f in figures(lead.text) if not f.old}
    told = {(f.kind, f.value) for c in settled.course for f in figures(" ".join(c.evidence.marked))}
    return lead.entry.page_id == settled.lead.entry.page_id and bool(said & told)


def gives(settled: Settled, values: frozenset[str]) -> bool:
    """Whether one of the values stands in the figure's course."""
    return any(f.value in values for c in settled.course for f in figures(" ".join(c.evidence.marked)))
