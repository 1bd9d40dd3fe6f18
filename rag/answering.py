"""The Assistant: a store opened for questions; ask, stream, timeline."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from index.embedding import Encoder
from index.errors import PresstimeError
from index.store import Store
from index.times import time_label
from rag import listing
from rag.answers import earlier_sentence, finish, refuse
from rag.asking.anchors import Anchor, read_anchor
from rag.asking.both import split_both
from rag.asking.parts import join_parts, split_parts
from rag.composing import cite, one_line, quote_sentence
from rag.confidence import Calibration, load_calibration
from rag.evidence import Candidate, compared_texts
from rag.facts.shared import Side, shared
from rag.gathering import Gatherer
from rag.generation import Generator, phrase_checked
from rag.inquiry import Inquiry, Times, as_put, open_inquiry
from rag.loading import Models
from rag.pages import Lister
from rag.reader import Reader
from rag.records import Answer, Evidence, Question, Sentence, Status, Update
from rag.repeats import cite_repeats
from rag.retrieval import by_entry
from rag.telling import Told, tell

LISTED_CONFIDENCE = 0.9

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
        self._gatherer = Gatherer(store, self._models, self._calibration)
        self._lister = Lister(self._gatherer)

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

    def _put(self, question: Question) -> Answer:
        q = question
        return self.ask(q.text, q.as_of, q.pages, q.history, q.since, q.until)

    def _open(self, question: Question) -> Inquiry:
        q = question
        return open_inquiry(self.store, q.text, q.as_of, q.pages, q.history, q.since, q.until)

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
        whole = as_put(question, as_of, pages, history, since, until)
        both = split_both(question)
        if both:
            yield _last(self._in_common(whole, both))
            return
        parts = split_parts(question)
        if parts:
            answer = self._in_parts(whole, parts)
            if answer is not None:
                yield _last(answer)
                return
        inquiry = self._open(whole)
        if inquiry.seen.entries == 0:
            yield _last(refuse(inquiry, self._models.names()))
            return
        text, slips = self._gatherer.mended(inquiry)
        if slips:
            notice = " ".join(f"Read “{wrong}” as “{right}”." for wrong, right in slips)
            for update in self.stream(text, as_of, pages, history, since, until):
                yield _told_with(update, inquiry.question.text, notice)
            return
        anchor = read_anchor(question)
        if anchor is not None and not inquiry.scope.spans:
            event = self._gatherer.event(inquiry, anchor.event)
            if event is not None:
                yield _last(self._from_event(whole, anchor, event))
                return
        listed = self._lister.listed(inquiry, self._put)
        if listed:
            inquiry.clock.lap("list")
            placed = inquiry.on_page(listed[0].citations[0].page_id)
            hits = by_entry(self._gatherer.search(inquiry, inquiry.scope.topic))
            answer = finish(placed, listed, self._models.names(), status="quoted", confidence=LISTED_CONFIDENCE)
            cited = [
                inquiry.as_it_stood(self.store, entry)
                for entry in self.store.get_entries([c.entry_ref for c in answer.citations])
            ]
            yield _last(replace(answer, evidence=listing.evidence_of(listed, cited, hits)))
            return
        subject, candidates, hits = self._gatherer.read(inquiry)
        settled, stood = self._gatherer.standing(inquiry, subject, candidates, hits)
        leads = [*candidates[:1], *([settled.lead] if settled else []), *([stood] if stood else [])]
        confidence = max((c.confidence for c in leads), default=0.0)
        if confidence < self._calibration.threshold:
            later = self._gatherer.told_later(inquiry)
            if later is not None:
                untimed, found = later
                notice = f"No entry by then says; one of {time_label(found[0].entry)} tells of that time."
                told = replace(tell(untimed.scope, found[:1], None), notices=(notice,))
                yield from self._answer(untimed, found, told, found[0].confidence)
                return
            yield _last(refuse(inquiry, self._models.names(), candidates, confidence))
            return
        yield from self._answer(inquiry, candidates, tell(inquiry.scope, candidates, settled, stood), confidence)

    def _in_parts(self, whole: Question, parts: Sequence[str]) -> Answer | None:
        """Both parts answered, the second in the light of the first; None where the coverage answers neither."""
        first = self._put(replace(whole, text=parts[0]))
        # The second part may lean on what the first names, answered or not.
        turn = (parts[0], first.text if first.sentences else "")
        second = self._put(replace(whole, text=parts[1], history=(*whole.history, turn)))
        if not first.sentences and not second.sentences:
            return None
        return join_parts(whole.text, parts, (first, second))

    def _in_common(self, whole: Question, both: Sequence[str]) -> Answer:
        """The one name that fits both questions, with a sentence for each; a refusal where the coverage holds none."""
        inquiry = self._open(whole)
        sides: list[Side] = []
        # The second part may lean on what the first speaks of.
        for part, turns in zip(both, ((), ((both[0], ""),)), strict=True):
            asked = self._open(replace(whole, text=part, history=(*whole.history, *turns)))
            if asked.seen.entries == 0:
                return refuse(inquiry, self._models.names())
            _, candidates, hits = self._gatherer.read(asked)
            sides.append(Side(candidates, hits))
        models = self._models.names()
        read = sorted((c for s in sides for c in s.candidates), key=lambda c: -c.confidence)
        found = shared(both, sides[0], sides[1], self._calibration.threshold)
        if found is None:
            return refuse(inquiry, models, read)
        placed = inquiry.on_page(found.evidence[0].entry.page_id)
        sentences = list(dict.fromkeys(quote_sentence(e, whole.text) for e in found.evidence))
        return finish(placed, sentences, models, status="quoted", confidence=found.confidence, candidates=read)

    def _from_event(self, whole: Question, anchor: Anchor, event: Evidence) -> Answer:
        """The answer as things stood just before an event that an entry reports, or since then."""
        entry = event.entry
        on_page = replace(whole, text=anchor.rest, pages=whole.pages or (entry.page_id,), until=None)
        if anchor.later:
            found = self._put(replace(on_page, as_of=None, since=entry.published))
        else:
            before = entry.published - timedelta(minutes=1) if entry.published else None
            found = self._put(replace(on_page, as_of=before, since=None))
        words = " ".join(event.text.split())[:120]
        side = "since" if anchor.later else "before"
        notice = f"Read as {side} {time_label(entry)}, when an entry said: “{words}”"
        return replace(found, question=whole.text, notices=(notice, *found.notices))

    def consider(
        self,
        question: str,
        as_of: Times = None,
        pages: Sequence[str] | None = None,
        history: Sequence[Sequence[str]] = (),
    ) -> list[Candidate] | None:
        """Every candidate of a question with its features, before any decision; None where it is not read.

        What `training.calibrate` fits the decision on.
        """
        inquiry = open_inquiry(self.store, question, as_of, pages, history, None, None)
        if inquiry.seen.entries == 0 or self._lister.listed(inquiry, self._put):
            return None
        return self._gatherer.candidates(inquiry)

    def read_ahead(self, limit: int = 500, go_on: Callable[[], bool] = lambda: True) -> bool:
        """Encode the sentences of the newest `limit` entries, so that no question has to wait for that.

        Left where it stands once `go_on` says False; True where nothing was left.
        """
        for entry in self.store.newest(limit):
            if not go_on():
                return False
            self._models.retriever.encoder.encode(compared_texts(entry))
        return True

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
        hits = self._gatherer.search(inquiry, topic, top_k=4 * limit)
        floor = hits[0].score * 0.5 if hits else 0.0
        entries = [h.entry for h in by_entry(hits) if h.score >= floor][:limit]
        return listing.digest(topic, entries, retriever.encoder, limit=limit)

    def _answer(
        self, inquiry: Inquiry, candidates: Sequence[Candidate], told: Told, confidence: float
    ) -> Iterator[Update]:
        inquiry = inquiry.on_page(told.lead.entry.page_id)
        question, lead = inquiry.question.text, told.lead
        sentences = [quote_sentence(e, question) for e in told.quoted]
        inquiry.clock.lap("decide")
        generator = self._models.generator
        # A date put in brackets is worked out, not read: such a sentence stays the entry's own words.
        if generator is not None and not told.course and sentences[0].text == one_line(lead.evidence.text):
            for text, phrased in self._phrase(generator, inquiry.scope.topic, lead):
                inquiry.clock.first("first_words")
                sentences[0] = phrased or sentences[0]
                yield Update(text)
            inquiry.clock.lap("generate")
        status: Status = "quoted" if sentences[0].quoted else "answered"
        sentences = [cite_repeats(self.store, inquiry, sentence) for sentence in sentences]
        sentences += [earlier_sentence(s) for s in told.superseded[:1]]
        answer = finish(
            inquiry, sentences, self._models.names(), status=status, confidence=confidence,
            superseded=told.superseded, candidates=[told.lead, *candidates], notices=told.notices, course=told.history,
        )  # fmt: skip
        yield _last(answer)

    def _phrase(self, generator: Generator, question: str, lead: Candidate) -> Iterator[tuple[str, Sentence | None]]:
        """The generator's words as they come; with the last ones the sentence, where the check lets it stand."""
        evidence = [one_line(lead.evidence.text)]
        try:
            marked = list(lead.evidence.marked)
            for step in phrase_checked(generator, question, evidence, marked, judge=self._models.judge):
                if not step.done:
                    yield step.text, None
                elif step.text and not step.problems:
                    yield step.text, Sentence(step.text, (cite(lead.evidence),), quoted=step.text == evidence[0])
        except PresstimeError as error:
            log.warning("answered by quotation: %s", error)


def _last(answer: Answer) -> Update:
    return Update(answer.text, answer)


def _told_with(update: Update, question: str, notice: str) -> Update:
    """A step of the answer to a question as it was put, with a notice of how it was read."""
    answer = update.answer
    if answer is None:
        return update
    return Update(update.text, replace(answer, question=question, notices=(notice, *answer.notices)))
