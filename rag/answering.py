"""The Assistant: a store opened for questions; ask, stream, timeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from index.embedding import Encoder, load_encoder
from index.errors import QuestionError
from index.lexical import lexical_query
from index.records import Entry, Hit
from index.store import Store
from index.times import entry_moment, time_label
from index.vectors import VectorIndex
from index.visibility import page_bounds, see, visible_entries
from rag import listing
from rag.changes import Ranked, newest_value
from rag.composing import all_citations, answer_text, cite, quote_sentence
from rag.confidence import Calibration, features, load_calibration, weigh
from rag.evidence import Candidate, find_candidates
from rag.generation import Generator, load_generator, phrase_checked
from rag.reader import Reader, load_reader
from rag.records import Answer, Citation, Question, Sentence, Superseded, Update
from rag.retrieval import Retriever, by_entry
from rag.subject import read_subject
from rag.words import names
from rag.when import Scope, narrow, page_times, read_scope

MAX_QUESTION_CHARS = 2_000
TOP_K = 24
FOLLOW_UP_BONUS = 0.5
Times = datetime | str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a question may see: allowed chunk keys (None: all), how many entries, and the newest of them."""

    allowed: np.ndarray | None
    entries: int
    newest: Entry | None


@dataclass(slots=True)
class _Parts:
    """The loaded models; each loaded once, when first needed."""

    reader: Reader | None = None
    generator: Generator | None = None
    generator_tried: bool = False
    retriever: Retriever | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)


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
        self._encoder = encoder
        self._generator_wanted = generator
        self._calibration = calibration or load_calibration()
        self._parts = _Parts(reader=reader)

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
        return cls(
            Store.open(path, encoder=encoder, create=False),
            encoder=encoder,
            reader=reader,
            generator=generator,
        )

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def warm_up(self) -> threading.Thread:
        """Load all models in a background thread; questions asked meanwhile wait only for what they need."""
        thread = threading.Thread(target=self._load_all, name="presstime-models", daemon=True)
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
        for update in self.stream(question, as_of, pages, history, since, until):
            if update.answer is not None:
                return update.answer
        raise AssertionError("a stream ends with its answer")

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
        put = _question(question, as_of, pages, history, since, until)
        clock = _Clock()
        times = page_times(page_bounds(self.store, put.pages))
        scope = read_scope(put, times)
        seen = self._see(put, scope)
        clock.lap("scope")
        if seen.entries == 0:
            yield _last(self._nothing_yet(put, scope, clock))
            return
        listed = self._listed(put, scope, seen)
        if listed is not None:
            clock.lap("list")
            scope = narrow(scope, times, listed[0].citations[0].page_id, put)
            yield _last(self._finish(put, scope, seen, listed, clock, status="quoted", confidence=0.9))
            return
        candidates, hits = self._candidates(put, scope, seen, clock)
        if not candidates:
            yield _last(self._refuse(put, scope, seen, hits, [], 0.0, clock))
            return
        ranked = _rank(scope, candidates)
        lead, confidence = ranked.lead, candidates[0].confidence
        if confidence < self._calibration.threshold:
            yield _last(self._refuse(put, scope, seen, hits, candidates, confidence, clock))
            return
        scope = narrow(scope, times, lead.entry.page_id, put)
        sentence = quote_sentence(lead.evidence, put.text)
        clock.lap("decide")
        generator = self._generator()
        if generator is not None and sentence.text == " ".join(lead.evidence.text.split()):
            for text, phrased in self._phrase(generator, scope.topic, lead):
                clock.first("first_words")
                if phrased is None:
                    yield Update(text)
                else:
                    sentence = phrased
            clock.lap("generate")
        superseded = tuple(Superseded(_plain_value(c), cite(c.evidence)) for c in ranked.replaced[:4])
        sentences = [sentence, *(_earlier(s) for s in superseded[:1])]
        answer = self._finish(
            put, scope, seen, sentences, clock,
            status="quoted" if sentence.quoted else "answered", confidence=confidence,
            superseded=superseded, candidates=candidates,
        )  # fmt: skip
        yield _last(answer)

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
        put = _question(question, as_of, pages, history, None, None)
        scope = read_scope(put, page_times(page_bounds(self.store, put.pages)))
        seen = self._see(put, scope)
        if seen.entries == 0 or self._listed(put, scope, seen) is not None:
            return None
        candidates, _ = self._candidates(put, scope, seen, _Clock())
        known = self._names_known(scope.topic, seen)
        return [(c, features(scope.topic, c, known)) for c in candidates]

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
        put = _question(topic, as_of, pages, (), since, until)
        scope = read_scope(put, page_times(page_bounds(self.store, put.pages)))
        seen = self._see(put, scope)
        if seen.entries == 0:
            return []
        hits = self._retriever().search(topic, top_k=4 * limit, allowed=seen.allowed)
        floor = hits[0].score * 0.5 if hits else 0.0
        entries = [h.entry for h in by_entry(hits) if h.score >= floor][:limit]
        return listing.digest(topic, entries, self._retriever().encoder, limit=limit)

    def _see(self, put: Question, scope: Scope) -> _Seen:
        """What the question may see; entries outside its scope do not exist for it."""
        free = not scope.spans and put.pages is None
        allowed = (
            None if free else self.store.select(put.pages, scope.spans or None, timed_only=bool(scope.spans))
        )
        visible = see(self.store, put.pages, scope.spans or None)
        return _Seen(allowed, visible.entries, visible.newest)

    def _candidates(
        self, put: Question, scope: Scope, seen: _Seen, clock: _Clock
    ) -> tuple[list[Candidate], list[Hit]]:
        subject = read_subject(scope.topic, put.history)
        retriever = self._retriever()
        hits = retriever.search(subject.search, top_k=TOP_K, allowed=seen.allowed)
        bonus: dict[str, float] = {}
        if subject.earlier:
            before = by_entry(
                retriever.search(f"{subject.earlier} {subject.earlier_answer}", top_k=6, allowed=seen.allowed)
            )
            bonus = {hit.entry.id: FOLLOW_UP_BONUS / (rank + 1) for rank, hit in enumerate(before[:2])}
            known = {h.chunk.key for h in hits}
            hits += [h for h in before[:2] if h.chunk.key not in known]
        clock.lap("retrieve")
        asked = f"{subject.earlier} {scope.topic}" if subject.earlier else scope.topic
        found = find_candidates(asked, hits, self._reader(), retriever.encoder, bonus=bonus)
        clock.lap("read")
        candidates = weigh(scope.topic, found, self._calibration, self._names_known(scope.topic, seen))
        clock.lap("weigh")
        return candidates, hits

    def _names_known(self, question: str, seen: _Seen) -> float:
        """Share of the question's names that stand anywhere in what it may see."""
        named = list(dict.fromkeys(names(question)))[:8]
        known = [bool(self.store.lexical(lexical_query(n), 1, seen.allowed)) for n in named]
        return sum(known) / len(known) if known else 1.0

    def _listed(self, put: Question, scope: Scope, seen: _Seen) -> list[Sentence] | None:
        """The answer to a question about the page or a stretch of time, None where it must be read instead."""

        def search(text: str) -> list[Hit]:
            return self._retriever().search(text, top_k=TOP_K, allowed=seen.allowed)

        if scope.aim == "posted":
            subject = read_subject(scope.topic, put.history)
            found = listing.posted(subject.search if subject.earlier else scope.topic, search)
            return [found[1]] if found else None
        if scope.side == 1 and scope.aim in {"latest", "first"}:
            pages = put.pages or [p.id for p in self.store.pages()]
            visible = [visible_entries(self.store, p, scope.spans.get(p)) for p in pages]
            return listing.end_of_page(visible, newest=scope.aim == "latest") or None
        if scope.aim == "neighbour" and put.history:
            earlier = self.ask(put.history[-1][0], put.as_of, put.pages, put.history[:-1])
            if earlier.citations:
                entry = self.store.entry(earlier.citations[0].entry_id)
                around = visible_entries(self.store, entry.page_id, scope.spans.get(entry.page_id))
                line = listing.neighbour(entry, around, scope.side)
                return [line] if line else None
        if scope.aim == "order":
            return listing.in_order(scope.topic, search) or None
        if scope.aim == "digest":
            hits = by_entry(self._retriever().search(scope.topic, top_k=2 * TOP_K, allowed=seen.allowed))
            return listing.digest(scope.topic, [h.entry for h in hits], self._retriever().encoder) or None
        return None

    def _phrase(
        self, generator: Generator, question: str, lead: Candidate
    ) -> Iterator[tuple[str, Sentence | None]]:
        """The generator's words as they come, then the sentence where the check lets it stand."""
        evidence = [" ".join(lead.evidence.text.split())]
        text = ""
        for step in phrase_checked(generator, question, evidence, list(lead.evidence.marked)):
            text = step.text
            if step.done:
                if not step.problems and text:
                    yield text, Sentence(text, (cite(lead.evidence),))
                return
            yield text, None

    def _finish(
        self,
        put: Question,
        scope: Scope,
        seen: _Seen,
        sentences: Sequence[Sentence],
        clock: _Clock,
        *,
        status: str,
        confidence: float,
        superseded: tuple[Superseded, ...] = (),
        candidates: Sequence[Candidate] = (),
    ) -> Answer:
        return Answer(
            question=put.text,
            text=answer_text(sentences),
            sentences=tuple(sentences),
            status=status,  # type: ignore[arg-type]
            citations=all_citations(sentences),
            superseded=superseded,
            as_of=scope.as_of,
            window=scope.window,
            coverage_until=entry_moment(seen.newest) if seen.newest else None,
            coverage_label=time_label(seen.newest) if seen.newest else "",
            searched=seen.entries,
            confidence=round(confidence, 3),
            notices=scope.notices,
            evidence=tuple(c.evidence for c in candidates[:10]),
            timings_ms=clock.laps(),
            models=self._models(),
        )

    def _refuse(
        self,
        put: Question,
        scope: Scope,
        seen: _Seen,
        hits: Sequence[Hit],
        candidates: Sequence[Candidate],
        confidence: float,
        clock: _Clock,
    ) -> Answer:
        until = f", up to {time_label(seen.newest)}" if seen.newest and entry_moment(seen.newest) else ""
        what = "1 entry" if seen.entries == 1 else f"{seen.entries:,} entries"
        text = f"Not in the coverage. Searched {what}{until}."
        nearest = [c.evidence for c in candidates]
        answer = self._finish(
            put,
            scope,
            seen,
            (),
            clock,
            status="not_in_coverage",
            confidence=confidence,
            candidates=candidates,
        )
        return replace(answer, text=text, nearest=_distinct([cite(e) for e in nearest])[:3])

    def _nothing_yet(self, put: Question, scope: Scope, clock: _Clock) -> Answer:
        empty = _Seen(None, 0, None)
        answer = self._finish(put, scope, empty, (), clock, status="not_in_coverage", confidence=0.0)
        if scope.spans:
            asked = f" as of {scope.as_of:%H:%M, %-d %B %Y}" if scope.as_of else " in that time"
            return replace(answer, text=f"Not in the coverage: no entry was published{asked}.")
        return replace(answer, text="Not in the coverage: there are no entries to search. Add a page first.")

    def _retriever(self) -> Retriever:
        with self._parts.lock:
            if self._parts.retriever is None:
                encoder = self._encoder or load_encoder()
                self._parts.retriever = Retriever(self.store, VectorIndex.open(self.store), encoder)
            return self._parts.retriever

    def _reader(self) -> Reader:
        with self._parts.lock:
            if self._parts.reader is None:
                self._parts.reader = load_reader()
            return self._parts.reader

    def _generator(self) -> Generator | None:
        with self._parts.lock:
            if not self._parts.generator_tried:
                wanted = self._generator_wanted
                self._parts.generator = load_generator(wanted) if isinstance(wanted, str | None) else wanted
                self._parts.generator_tried = True
            return self._parts.generator

    def _load_all(self) -> None:
        self._retriever().encoder.encode(["warm"])
        self._reader()
        self._generator()

    def _models(self) -> dict[str, str]:
        parts = self._parts
        names = {
            "encoder": parts.retriever.encoder.name if parts.retriever else "",
            "reader": parts.reader.name if parts.reader else "",
            "generator": parts.generator.name if parts.generator else "",
        }
        return {k: v for k, v in names.items() if v}


class _Clock:
    """Milliseconds of each step and of the whole."""

    def __init__(self) -> None:
        self._began = self._mark = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._mark) * 1000, 1)
        self._mark = now

    def first(self, name: str) -> None:
        self._laps.setdefault(name, round((time.perf_counter() - self._began) * 1000, 1))

    def laps(self) -> dict[str, float]:
        self.first("first_words")
        return {**self._laps, "total": round((time.perf_counter() - self._began) * 1000, 1)}


def _question(
    text: str,
    as_of: Times,
    pages: Sequence[str] | None,
    history: Sequence[Sequence[str]],
    since: Times,
    until: Times,
) -> Question:
    words = " ".join(text.split())
    if not words:
        raise QuestionError("the question is empty; write what you want to know about the coverage")
    if len(words) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"the question has {len(words):,} characters; at most {MAX_QUESTION_CHARS:,} can be asked at once"
        )
    turns = tuple((str(turn[0]), str(turn[1])) for turn in history)
    return Question(
        words, tuple(pages) if pages else None, as_of or None, since or None, until or None, turns
    )


def _rank(scope: Scope, candidates: Sequence[Candidate]) -> Ranked:
    return newest_value(scope.topic, candidates, latest=scope.aim == "latest", first=scope.aim == "first")


def _last(answer: Answer) -> Update:
    return Update(answer.text, answer)


def _distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    kept: dict[str, Citation] = {}
    for citation in citations:
        kept.setdefault(citation.entry_id, citation)
    return tuple(kept.values())


def _plain_value(candidate: Candidate) -> str:
    return " ".join(" ".join(candidate.evidence.marked).split())


def _earlier(superseded: Superseded) -> Sentence:
    clock = superseded.citation.label.split(",")[0]
    return Sentence(f"Before that: {superseded.value} ({clock}).", (superseded.citation,))
