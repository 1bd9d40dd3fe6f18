"""Whether an answer is right in time: the standing value leads, nothing later than the as-of is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from eval.gold import Coverage, key
from eval.metrics import citation_recall, parts_contained
from eval.normalise import contained
from eval.questions import Item
from index.times import time_key
from rag.records import Answer

REFUSED = "not_in_coverage"
LEADING = frozenset({"as_of", "latest"})
OF_PARTS = frozenset({"timeline", "multi_entry"})


def right(item: Item, answer: Answer, coverage: Coverage) -> bool:
    """Whether an answer is right.

    As-of and latest: an accepted answer, or the words that prove it, stand in what the lead's entry is quoted for, so
    a stale lead is wrong whatever follows it. Timelines and several sources: every part is named, or every piece of
    evidence cited.
    """
    if not item.answerable:
        return answer.status == REFUSED
    if answer.status == REFUSED:
        return False
    if item.kind in OF_PARTS:
        cited = [key(c.page_id, c.entry_id) for c in answer.citations]
        whole = citation_recall(cited, coverage.proving(item)) == 1.0
        return whole or parts_contained(answer.text, item.answers) == 1.0
    said = lead_text(answer) if item.kind in LEADING else answer.text
    proofs = _newest_proofs(item) if item.kind in LEADING else ()
    return any(contained(accepted, said) for accepted in (*item.answers, *proofs))


def _newest_proofs(item: Item) -> list[str]:
    """Quotes of the newest piece of evidence: what an accepted answer sums up, in the entry's own words."""
    timed = [proof for proof in item.evidence if proof.published]
    newest = max((time_key(proof.published) for proof in timed if proof.published), default=None)
    return [p.quote for p in timed if p.published and time_key(p.published) == newest]


def lead_text(answer: Answer) -> str:
    """The answer's first sentence, with those that rest on the same entry."""
    if not answer.sentences:
        return answer.text
    lead = {c.entry_id for c in answer.sentences[0].citations}
    return " ".join(s.text for s in answer.sentences if {c.entry_id for c in s.citations} <= lead)


def leaks(
    answer: Answer,
    as_of: datetime | None,
    standing: Mapping[str, str] | None = None,
    pages: Collection[str] | None = None,
) -> tuple[str, ...]:
    """What an answer shows that did not exist at its as-of, in words; empty without an as-of.

    Every entry counts that is cited, replaced, offered as nearest or kept as evidence (of `pages` only, where
    given), and the freshness told. `standing` gives the words of entries as they stood then, by `key`: a quote
    that is not in them leaks an edit.
    """
    if as_of is None:
        return ()
    found = _leaks(answer, as_of, standing or {})
    return tuple(dict.fromkeys(words for page, words in found if pages is None or page in pages))


def _leaks(answer: Answer, as_of: datetime, standing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Page and words of each leak; freshness is of no page."""
    if answer.coverage_until and later(answer.coverage_until, as_of):
        yield "", f"coverage until {answer.coverage_until:%H:%M}"
    shown = [("cited", c) for c in answer.citations]
    shown += [("replaced", s.citation) for s in answer.superseded]
    shown += [("nearest", c) for c in answer.nearest]
    for how, citation in shown:
        if citation.published is None or later(citation.published, as_of):
            yield citation.page_id, f"{how} {citation.label}"
        words = standing.get(key(citation.page_id, citation.entry_id))
        if words is not None and citation.quote not in words:
            yield citation.page_id, f"{how} {citation.label}, words of a later edit"
    for evidence in answer.evidence:
        published = evidence.entry.published
        if published is None or later(published, as_of):
            yield evidence.entry.page_id, f"evidence {evidence.entry.id}"
        words = standing.get(key(evidence.entry.page_id, evidence.entry.id))
        if words is not None and evidence.text not in words:
            yield evidence.entry.page_id, f"evidence {evidence.entry.id}, words of a later edit"


def later(one: datetime, other: datetime) -> bool:
    """Whether one is in a later minute; by their printed clocks where only one of them has a zone."""
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return time_key(one) // 60 > time_key(other) // 60
