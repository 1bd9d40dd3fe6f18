"""Questions answered from stamps and order, or from the answer before: posted when, said by whom, what is new."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.records import Entry
from index.sentences import sentence_spans
from index.times import entry_moment
from rag import listing
from rag.asking.following import stamped
from rag.asking.subject import read_subject
from rag.composing import quote_sentence
from rag.digests import asks_everything, whole_digest
from rag.facts.figures import figures
from rag.facts.outcomes import attributed
from rag.facts.senses import search_words, senses
from rag.facts.states import first_told, listed, state_of
from rag.facts.unverified import SEARCHED, unverified
from rag.gathering import TOP_K, Gatherer
from rag.inquiry import Inquiry
from rag.records import Answer, Evidence, Question, Sentence
from rag.repeats import repeats_seen
from rag.retrieval import by_entry

_FIRST = re.compile(r"\b(?:first|next|again|earliest)\b", re.IGNORECASE)
_CLAIMS = re.compile(r"\bthat\b|\bfirst\b|\d", re.IGNORECASE)
MAX_PAGES = 8
Ask = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Lister:
    """Answers questions about the page, a stretch of time or the turn before, over one gatherer."""

    gatherer: Gatherer

    def listed(self, inquiry: Inquiry, ask: Ask) -> list[Sentence]:
        """The answer's sentences; empty where the question must be read instead. `ask` answers an earlier turn."""
        aim = inquiry.scope.aim
        if aim in {"neighbour", "source", "posted that"} and inquiry.full.history:
            return self._of_earlier(inquiry, ask)
        if aim == "posted":
            return self._posted(inquiry)
        if inquiry.scope.side == 1 and aim in {"latest", "first"}:
            pages = inquiry.question.pages or [p.id for p in self.gatherer.store.pages()]
            visible = [inquiry.entries_of(self.gatherer.store, p) for p in pages]
            return listing.end_of_page(visible, newest=aim == "latest")
        if aim == "order":
            return listing.in_order(inquiry.scope.topic, lambda text: self.gatherer.search(inquiry, text))
        encoder = self.gatherer.models.retriever.encoder
        topic = inquiry.scope.topic
        if aim == "unverified":
            hits = self.gatherer.search(inquiry, f"{topic} {SEARCHED}", top_k=4 * TOP_K)
            return unverified(topic, [h.entry for h in by_entry(hits)])
        if aim == "digest" and asks_everything(topic):
            return self._digest_of_page(inquiry)
        if aim == "digest":
            hits = by_entry(self.gatherer.search(inquiry, topic, top_k=2 * TOP_K))
            return listing.digest(topic, listing.main_page(hits), encoder)
        if aim == "news":
            hits = by_entry(self.gatherer.search(inquiry, topic))
            state = state_of(topic, [h.entry for h in hits], encoder)
            if state is not None and state.confidence >= self.gatherer.calibration.threshold:
                return [quote_sentence(state.evidence)]
            return listing.latest_on(topic, hits, encoder)
        return []

    def _digest_of_page(self, inquiry: Inquiry) -> list[Sentence]:
        """What happened on the newest page (or the only one asked), within what the question may see."""
        newest = inquiry.seen.newest
        if newest is None:
            return []
        entries = inquiry.entries_of(self.gatherer.store, newest.page_id)
        return whole_digest(inquiry.titles.get(newest.page_id, ""), entries, self.gatherer.models.retriever.encoder)

    def _posted(self, inquiry: Inquiry) -> list[Sentence]:
        """The entry that first told what the question names, with its minute."""
        subject = read_subject(inquiry.scope.topic, inquiry.full.history)
        topic = subject.search if subject.earlier else inquiry.scope.topic
        bare = listing.without_posting(topic)
        wide = f"{bare} {search_words(sorted(senses(bare)))}".strip()
        hits = by_entry(self.gatherer.search(inquiry, wide, top_k=2 * TOP_K))
        encoder = self.gatherer.models.retriever.encoder
        told = first_told(bare, [h.entry for h in hits], encoder, earliest=bool(_FIRST.search(topic)))
        if told is not None and told.confidence >= self.gatherer.calibration.threshold:
            first = self._first_printed(inquiry, told.evidence)
            return [listing.posted_sentence(first.entry, first if _CLAIMS.search(topic) else None)]
        found = listing.posted(topic, lambda text: self.gatherer.search(inquiry, text))
        return [found[1]] if found else []

    def _first_printed(self, inquiry: Inquiry, told: Evidence) -> Evidence:
        """The sentence where its page printed it first: an entry put up again was posted at its first minute."""
        again = repeats_seen(self.gatherer.store, inquiry, told.entry, told.text)
        own = [r for r in again if r.entry.page_id == told.entry.page_id]
        found = [told, *(Evidence(r.entry, r.part, r.words, r.start, r.end, told.score) for r in own)]
        return min((e for e in found if entry_moment(e.entry) is not None), key=_moment, default=told)

    def _of_earlier(self, inquiry: Inquiry, ask: Ask) -> list[Sentence]:
        """What is asked about the answer before: who said it, when it was posted, the entry beside it."""
        turns = inquiry.full.history
        if not turns[-1][0].strip():
            return []
        entry, at = self._answered(inquiry, ask)
        if entry is None:
            return []
        if inquiry.scope.aim == "posted that":
            return [listing.posted_sentence(entry)]
        if inquiry.scope.aim == "source":
            said = attributed(entry, at)
            return [quote_sentence(said)] if said else []
        return _beside(inquiry, entry, inquiry.entries_of(self.gatherer.store, entry.page_id))

    def _answered(self, inquiry: Inquiry, ask: Ask) -> tuple[Entry | None, int]:
        """The entry that the answer before rests on, and where in its body.

        The one of the minute that the answer names, where it says what the answer says; else the question before is
        asked anew.
        """
        turns = inquiry.full.history
        store = self.gatherer.store
        stamp = stamped(turns[-1][1])
        page = self.gatherer.home(inquiry, turns[-1][0]) if stamp else None
        pages = [page] if page else [p.id for p in store.pages()] if stamp and len(store.pages()) <= MAX_PAGES else []
        found: list[tuple[Entry, int]] = []
        for entry in (e for p in pages for e in inquiry.entries_of(store, p)):
            at = _said(entry, turns[-1][1]) if entry.published and f"{entry.published:%H:%M}" == stamp else None
            if at is not None:
                found.append((entry, at))
        if found:  # of two entries of one minute the one that tells it, not the one that sums up
            return min(found, key=lambda f: (listed(f[0]), attributed(*f) is None))
        earlier = ask(replace(inquiry.full, text=turns[-1][0], history=turns[:-1]))
        if not earlier.citations:
            return None, 0
        citation = earlier.citations[0]
        entry = inquiry.as_it_stood(store, store.entry(citation.entry_id, citation.page_id))
        return entry, citation.start if citation.part == "body" else 0


def _moment(evidence: Evidence) -> float:
    return listing.moment_key(evidence.entry)


def _said(entry: Entry, answer: str) -> int | None:
    """Where an entry's body says what an answer says, None where it does not."""
    words = re.sub(r"[(\[][^)\]]*[)\]]", " ", answer).strip(' ."“”').lower()
    body = entry.body.lower()
    numbers = [f.value for f in figures(words)]
    if words and words in body:
        return body.index(words)
    for start, end in sentence_spans(entry.body):
        held = {f.value for f in figures(entry.body[start:end]) if not f.old}
        if numbers and set(numbers) <= held:
            return start
    return None


def _beside(inquiry: Inquiry, entry: Entry, entries: Sequence[Entry]) -> list[Sentence]:
    line = listing.neighbour(entry, entries, inquiry.scope.side)
    return [line] if line else []
