"""What the coverage holds for a question: hits as things stood, candidates with their confidence, stated figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.lexical import lexical_query
from index.records import Entry, Hit
from index.store import Store
from index.times import entry_moment
from rag.asking.subject import Subject, read_subject, repeats
from rag.confidence import Calibration, decided, weigh
from rag.doubt import doubted
from rag.evidence import Candidate, find_candidates
from rag.facts.demand import Demand, asks_when, read_demand
from rag.facts.happened import tells_when, told_times
from rag.facts.senses import search_words
from rag.facts.settling import Settled, settle
from rag.facts.stated import looks_back, statements
from rag.facts.states import asks_state, first_told, state_of, when_happened
from rag.inquiry import Inquiry
from rag.listing import moment_key
from rag.loading import Models
from rag.records import Evidence
from rag.retrieval import by_entry
from rag.words import names

TOP_K = 24
LATER_K = 12
FOLLOW_UP_BONUS = 0.5


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Searches and reads for one question at a time; holds nothing of any of them."""

    store: Store
    models: Models
    calibration: Calibration

    def search(self, inquiry: Inquiry, text: str, top_k: int = TOP_K) -> list[Hit]:
        """Hits that the question may see, their entries as they stood."""
        hits = self.models.retriever.search(text, top_k=top_k, allowed=inquiry.allowed)
        return self._stood(inquiry, hits)

    def candidates(self, inquiry: Inquiry) -> list[Candidate]:
        """Sentences that can answer, surest first, before it is decided whether the surest does."""
        return self._weighed(inquiry)[1]

    def read(self, inquiry: Inquiry) -> tuple[Subject, list[Candidate], list[Hit]]:
        """What the question speaks of, the sentences that can answer it, surest first, and the hits they come from."""
        subject, weighed, hits = self._weighed(inquiry)
        return subject, decided(weighed, self.calibration), hits

    def _weighed(self, inquiry: Inquiry) -> tuple[Subject, list[Candidate], list[Hit]]:
        subject = read_subject(inquiry.scope.topic, inquiry.full.history)
        hits, bonus = self._hits(inquiry, subject)
        inquiry.clock.lap("retrieve")
        encoder = self.models.retriever.encoder
        found = find_candidates(subject.ask, hits, self.models.reader, encoder, self.models.judge, bonus=bonus)
        if subject.earlier:
            found = [c for c in found if not repeats(c.evidence.marked, subject.earlier_answer)] or found
        inquiry.clock.lap("read")
        weighed = weigh(subject.ask, found, self.calibration, self.names_known(subject.ask, inquiry))
        titles = {p.id: p.title or "" for p in self.store.pages()}
        weighed = doubted(subject.ask, read_demand(subject.ask), weighed, titles)
        inquiry.clock.lap("weigh")
        return subject, weighed, hits

    def settled(
        self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> Settled | None:
        """The figure that answers by what entries state, newest first; None where no figure is wanted or stated."""
        demand = read_demand(subject.ask)
        if demand is None or (asks_when(subject.ask) and not demand.counts):
            return None
        sure = bool(candidates) and candidates[0].confidence >= self.calibration.threshold
        entries = {(h.entry.page_id, h.entry.id): h.entry for h in hits}
        asked = f"{subject.ask} {_wordings(demand)}".strip()
        more = self.search(inquiry, asked) if demand.counts else []
        anchor = candidates[0].entry if sure and not demand.counts else None
        page = anchor.page_id if anchor else (more or list(hits))[0].entry.page_id if (more or hits) else None
        since = anchor if anchor else _newest([h.entry for h in (*more, *hits) if h.entry.page_id == page])
        if page is not None and since is not None:
            more = [*more, *self._later(inquiry, asked, page, moment_key(since))]
        entries |= {(h.entry.page_id, h.entry.id): h.entry for h in more}
        found = settle(demand, inquiry.scope.aim, statements(entries.values()), candidates, sure)
        inquiry.clock.lap("settle")
        return found

    def stood(
        self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> Candidate | None:
        """The sentence that tells how something stands or when it happened, found by meaning; None where none does.

        Only where it serves better than the surest candidate: that one is unsure, older, or tells no time.
        """
        encoder = self.models.retriever.encoder
        entries = [h.entry for h in by_entry(hits)]
        found = None
        if asks_when(subject.ask):
            found = when_happened(subject.ask, entries, encoder)
            serves = found is not None and _tells_better(found, candidates, self.calibration.threshold)
        elif asks_state(subject.ask) or inquiry.scope.aim == "latest":
            found = state_of(subject.ask, entries, encoder, first=inquiry.scope.aim == "first")
            serves = found is not None and _stands_better(found, candidates, self.calibration.threshold)
        inquiry.clock.lap("stand")
        return found if found is not None and serves else None

    def event(self, inquiry: Inquiry, words: str) -> Evidence | None:
        """The sentence of a timed entry that tells of an event; None where none does."""
        hits = by_entry(self.search(inquiry, words))
        encoder = self.models.retriever.encoder
        told = first_told(words, [h.entry for h in hits if h.entry.published], encoder)
        return told.evidence if told is not None and told.confidence >= self.calibration.threshold else None

    def names_known(self, question: str, inquiry: Inquiry) -> float:
        """Share of the question's names that stand anywhere in what it may see."""
        named = list(dict.fromkeys(names(question)))[:8]
        known = [bool(self.store.lexical(lexical_query(n), 1, inquiry.allowed)) for n in named]
        return sum(known) / len(known) if known else 1.0

    def _later(self, inquiry: Inquiry, text: str, page: str, after: float) -> list[Hit]:
        """Hits on one page published after a moment, within what the question may see."""
        end = inquiry.scope.spans.get(page, (None, None))[1]
        if after == float("-inf") or (end is not None and end <= after):
            return []
        allowed = self.store.select([page], {page: (after + 1, end)}, timed_only=True)
        hits = self.models.retriever.search(text, top_k=LATER_K, allowed=allowed)
        return self._stood(inquiry, hits)

    def _stood(self, inquiry: Inquiry, hits: list[Hit]) -> list[Hit]:
        if not inquiry.scope.spans:
            return hits
        stood = {h.entry.id: inquiry.as_it_stood(self.store, h.entry) for h in hits}
        return [replace(h, entry=stood[h.entry.id]) for h in hits]

    def _hits(self, inquiry: Inquiry, subject: Subject) -> tuple[list[Hit], dict[str, float]]:
        """Hits for the question, and what the entries of the question before it are worth more."""
        hits = self.search(inquiry, subject.search)
        if not subject.earlier:
            return hits, {}
        words = f"{subject.earlier} {subject.earlier_answer}"
        before = by_entry(self.search(inquiry, words, top_k=6))[:2]
        known = {h.chunk.key for h in hits}
        hits += [h for h in before if h.chunk.key not in known]
        return hits, {hit.entry.id: FOLLOW_UP_BONUS / (rank + 1) for rank, hit in enumerate(before)}


def _wordings(demand: Demand) -> str:
    return search_words([*sorted(demand.senses), *demand.noun])


def _tells_better(found: Candidate, candidates: Sequence[Candidate], threshold: float) -> bool:
    best = next(iter(candidates), None)
    if found.confidence < threshold:
        return False
    if best is None or best.confidence < threshold:
        return True
    text, marks = best.evidence.text, best.evidence.marks
    timed = any(a < y and x < b for x, y in told_times(text) for a, b in marks)
    return looks_back(text) or not tells_when(text) or (not timed and found.confidence > best.confidence / 2)


def _stands_better(found: Candidate, candidates: Sequence[Candidate], threshold: float) -> bool:
    best = next(iter(candidates), None)
    if found.confidence < threshold:
        return False
    newer = best is not None and moment_key(found.entry) >= moment_key(best.entry)
    return best is None or best.confidence < threshold or (newer and found.confidence >= best.confidence / 2)


def _newest(entries: Sequence[Entry]) -> Entry | None:
    timed = [e for e in entries if entry_moment(e) is not None]
    return max(timed, key=moment_key, default=None)
