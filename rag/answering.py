"""The Assistant: a store opened for questions; ask, stream, timeline."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.embedding import Encoder
from index.errors import PresstimeError
from index.lexical import lexical_query
from index.records import Hit
from index.store import Store
from rag import listing
from rag.answers import bears_out, earlier_sentence, finish, refuse
from rag.changes import Ranked, course, newest_value
from rag.composing import cite, one_line, quote_sentence
from rag.confidence import Calibration, features, load_calibration, weigh
from rag.evidence import Candidate, companion, find_candidates
from rag.generation import Generator, phrase_checked
from rag.inquiry import Inquiry, Times, open_inquiry
from rag.loading import Models
from rag.reader import Reader
from rag.records import Answer, Sentence, Status, Superseded, Update
from rag.retrieval import by_entry
from rag.subject import Subject, read_subject, repeats
from rag.when import Scope
from rag.words import names

TOP_K = 24
FOLLOW_UP_BONUS = 0.5
LISTED_CONFIDENCE = 0.9
MAX_REPLACED = 4

log = logging.getLogger(__name__)


class Assistant:
    """Answers questions about the coverage in a store. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        generator: str | Generator | None = "bundled",
        calibration: Calibration | None = None,
    ) -> None:
        self.store = store
        self._models = Models(store, encoder, reader, generator)
        self._calibration = calibration or load_calibration()

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        generator: str | Generator | None = "bundled",
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> Assistant:
        """Open the store at `path` for questions.

        `generator` is "bundled", "none" (answers by quotation alone), the URL of an OpenAI-compatible server
        with its model ("http://host:8000/v1#model"), a model's name or folder, or a Generator. Raises
        StoreError where there is no store, EncoderMismatchError where it was made with another encoder.
        """
        store = Store.open(path, encoder=encoder, create=False)
        return cls(store, encoder=encoder, reader=reader, generator=generator)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def warm_up(self) -> threading.Thread:
        """Load all models in a background thread; questions asked meanwhile wait only for what they need."""
        thread = threading.Thread(target=self._models.load_all, name="presstime-models", daemon=True)
        thread.start()
        return thread

    def ask(
        self,
        question: str,
        as_of: Times = None,
        pages: Sequence[str] | None = None,
        history: Sequence[Sequence[str]] = (),
        since: Times = None,
        until: Times = None,
    ) -> Answer:
        """Answer one question from the coverage.

        `as_of`, `since` and `until` are datetimes or what a person would type ("15:40", "28 June 2023 15:40
        BST"); a clock time alone is taken on each page's own clock. `history` holds earlier (question,
        answer) turns. Raises QuestionError for an empty or overlong question, TimeError for a time that
        cannot be read.
        """
        last = None
        for update in self.stream(question, as_of, pages, history, since, until):
            last = update.answer
        if last is None:
            raise PresstimeError("the answer was cut short; ask again")
        return last

    def stream(
        self,
        question: str,
        as_of: Times = None,
        pages: Sequence[str] | None = None,
        history: Sequence[Sequence[str]] = (),
        since: Times = None,
        until: Times = None,
    ) -> Iterator[Update]:
        """Answer a question as `ask` does, giving the text as it grows; the last update holds the answer."""
        inquiry = open_inquiry(self.store, question, as_of, pages, history, since, until)
        if inquiry.seen.entries == 0:
            yield _last(refuse(inquiry, self._models.names()))
            return
        listed = self._listed(inquiry)
        if listed:
            inquiry.clock.lap("list")
            placed = inquiry.on_page(listed[0].citations[0].page_id)
            answer = finish(placed, listed, self._models.names(), status="quoted", confidence=LISTED_CONFIDENCE)
            hits = by_entry(self._search(inquiry, inquiry.scope.topic))
            cited = self.store.get_entries([c.entry_id for c in answer.citations])
            yield _last(replace(answer, evidence=listing.evidence_of(listed, cited, hits)))
            return
        candidates = self._candidates(inquiry)
        confidence = candidates[0].confidence if candidates else 0.0
        if not candidates or confidence < self._calibration.threshold:
            yield _last(refuse(inquiry, self._models.names(), candidates, confidence))
            return
        yield from self._answer(inquiry, candidates)

    def consider(
        self,
        question: str,
        as_of: Times = None,
        pages: Sequence[str] | None = None,
        history: Sequence[Sequence[str]] = (),
    ) -> list[tuple[Candidate, tuple[float, ...]]] | None:
        """Every candidate of a question with its features, before any decision; None where it is not read.

        What `training.calibrate` fits the decision on.
        """
        inquiry = open_inquiry(self.store, question, as_of, pages, history, None, None)
        if inquiry.seen.entries == 0 or self._listed(inquiry):
            return None
        asked = read_subject(inquiry.scope.topic, inquiry.question.history).ask
        known = self._names_known(asked, inquiry)
        return [(c, features(asked, c, known)) for c in self._candidates(inquiry)]

    def timeline(
        self,
        topic: str,
        as_of: Times = None,
        pages: Sequence[str] | None = None,
        since: Times = None,
        until: Times = None,
        limit: int = 20,
    ) -> list[Sentence]:
        """Entries about a topic in order of time, one sentence each in the entry's own words."""
        inquiry = open_inquiry(self.store, topic, as_of, pages, (), since, until)
        if inquiry.seen.entries == 0:
            return []
        retriever = self._models.retriever
        hits = self._search(inquiry, topic, top_k=4 * limit)
        floor = hits[0].score * 0.5 if hits else 0.0
        entries = [h.entry for h in by_entry(hits) if h.score >= floor][:limit]
        return listing.digest(topic, entries, retriever.encoder, limit=limit)

    def _answer(self, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Iterator[Update]:
        ranked = _rank(inquiry.scope, candidates)
        lead, confidence = ranked.lead, candidates[0].confidence
        inquiry = inquiry.on_page(lead.entry.page_id)
        if inquiry.scope.aim == "change":
            values = course(inquiry.scope.topic, candidates)
            if len(values) > 1:
                lines = [quote_sentence(c.evidence) for c in values]
                used = self._models.names()
                yield _last(finish(inquiry, lines, used, status="quoted", confidence=confidence, candidates=candidates))
                return
        sentence = quote_sentence(lead.evidence, inquiry.question.text)
        inquiry.clock.lap("decide")
        generator = self._models.generator
        # A date put in brackets is worked out, not read: such a sentence stays the entry's own words.
        if generator is not None and sentence.text == one_line(lead.evidence.text):
            for text, phrased in self._phrase(generator, inquiry.scope.topic, lead):
                inquiry.clock.first("first_words")
                sentence = phrased or sentence
                yield Update(text)
            inquiry.clock.lap("generate")
        replaced = [(Superseded(_plain_value(c), cite(c.evidence)), c.entry) for c in ranked.replaced[:MAX_REPLACED]]
        superseded = tuple(s for s, entry in replaced if bears_out(earlier_sentence(s), entry))
        also = companion(lead, candidates)
        sentences = [sentence, *([quote_sentence(also.evidence, inquiry.question.text)] if also else [])]
        sentences += [earlier_sentence(s) for s in superseded[:1]]
        status: Status = "quoted" if sentence.quoted else "answered"
        answer = finish(
            inquiry, sentences, self._models.names(), status=status, confidence=confidence,
            superseded=superseded, candidates=candidates,
        )  # fmt: skip
        yield _last(answer)

    def _candidates(self, inquiry: Inquiry) -> list[Candidate]:
        subject = read_subject(inquiry.scope.topic, inquiry.question.history)
        hits, bonus = self._hits(inquiry, subject)
        inquiry.clock.lap("retrieve")
        encoder = self._models.retriever.encoder
        found = find_candidates(subject.ask, hits, self._models.reader, encoder, bonus=bonus)
        if subject.earlier:
            found = [c for c in found if not repeats(c.evidence.marked, subject.earlier_answer)] or found
        inquiry.clock.lap("read")
        known = self._names_known(subject.ask, inquiry)
        weighed = weigh(subject.ask, found, self._calibration, known)
        inquiry.clock.lap("weigh")
        return weighed

    def _search(self, inquiry: Inquiry, text: str, top_k: int = TOP_K) -> list[Hit]:
        """Hits that the question may see, their entries as they stood."""
        hits = self._models.retriever.search(text, top_k=top_k, allowed=inquiry.allowed)
        if not inquiry.scope.spans:
            return hits
        stood = {h.entry.id: inquiry.as_it_stood(self.store, h.entry) for h in hits}
        return [replace(h, entry=stood[h.entry.id]) for h in hits]

    def _hits(self, inquiry: Inquiry, subject: Subject) -> tuple[list[Hit], dict[str, float]]:
        """Hits for the question, and what the entries of the question before it are worth more."""
        hits = self._search(inquiry, subject.search)
        if not subject.earlier:
            return hits, {}
        words = f"{subject.earlier} {subject.earlier_answer}"
        before = by_entry(self._search(inquiry, words, top_k=6))[:2]
        known = {h.chunk.key for h in hits}
        hits += [h for h in before if h.chunk.key not in known]
        return hits, {hit.entry.id: FOLLOW_UP_BONUS / (rank + 1) for rank, hit in enumerate(before)}

    def _names_known(self, question: str, inquiry: Inquiry) -> float:
        """Share of the question's names that stand anywhere in what it may see."""
        named = list(dict.fromkeys(names(question)))[:8]
        known = [bool(self.store.lexical(lexical_query(n), 1, inquiry.allowed)) for n in named]
        return sum(known) / len(known) if known else 1.0

    def _listed(self, inquiry: Inquiry) -> list[Sentence]:
        """The answer to a question about the page or a stretch of time; empty where it must be read instead."""
        scope, question = inquiry.scope, inquiry.question
        retriever = self._models.retriever

        def search(text: str) -> list[Hit]:
            return self._search(inquiry, text)

        if scope.aim == "posted":
            subject = read_subject(scope.topic, question.history)
            found = listing.posted(subject.search if subject.earlier else scope.topic, search)
            return [found[1]] if found else []
        if scope.side == 1 and scope.aim in {"latest", "first"}:
            pages = question.pages or [p.id for p in self.store.pages()]
            visible = [inquiry.entries_of(self.store, p) for p in pages]
            return listing.end_of_page(visible, newest=scope.aim == "latest")
        if scope.aim == "neighbour" and question.history:
            earlier = self.ask(question.history[-1][0], question.as_of, question.pages, question.history[:-1])
            if earlier.citations:
                entry = self.store.entry(earlier.citations[0].entry_id, earlier.citations[0].page_id)
                line = listing.neighbour(entry, inquiry.entries_of(self.store, entry.page_id), scope.side)
                return [line] if line else []
        if scope.aim == "order":
            return listing.in_order(scope.topic, search)
        if scope.aim == "digest":
            hits = by_entry(self._search(inquiry, scope.topic, top_k=2 * TOP_K))
            return listing.digest(scope.topic, listing.main_page(hits), retriever.encoder)
        if scope.aim == "news":
            return listing.latest_on(scope.topic, by_entry(search(scope.topic)), retriever.encoder)
        return []

    def _phrase(self, generator: Generator, question: str, lead: Candidate) -> Iterator[tuple[str, Sentence | None]]:
        """The generator's words as they come; with the last ones the sentence, where the check lets it stand."""
        evidence = [one_line(lead.evidence.text)]
        try:
            for step in phrase_checked(generator, question, evidence, list(lead.evidence.marked)):
                if not step.done:
                    yield step.text, None
                elif step.text and not step.problems:
                    yield step.text, Sentence(step.text, (cite(lead.evidence),), quoted=step.text == evidence[0])
        except PresstimeError as error:
            log.warning("answered by quotation: %s", error)


def _rank(scope: Scope, candidates: Sequence[Candidate]) -> Ranked:
    return newest_value(scope.topic, candidates, latest=scope.aim in {"latest", "news"}, first=scope.aim == "first")


def _last(answer: Answer) -> Update:
    return Update(answer.text, answer)


def _plain_value(candidate: Candidate) -> str:
    return one_line(" ".join(candidate.evidence.marked))
