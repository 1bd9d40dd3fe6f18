"""Plain retrieval with Presstime's own reader and generator, and no notion of time: what the time handling adds to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from index.lexical import lexical_query
from index.store import Store
from index.vectors import VectorIndex
from rag.composing import answer_text, cite, one_line, quote_sentence
from rag.confidence import load_calibration, weigh
from rag.evidence import find_candidates
from rag.generation import Generator, phrase_checked
from rag.reader import load_reader
from rag.records import Answer, Sentence
from rag.retrieval import Retriever
from rag.words import names

FOUND_CHUNKS = 24


class Untimed:
    """Answers with the sentence its reader is surest of, wherever in time it stands; refuses by the same threshold.

    Neither `as_of` nor `history` is looked at.
    """

    def __init__(self, store: Store, generator: Generator | None = None) -> None:
        self.store = store
        self._retriever = Retriever(store, VectorIndex.open(store), store.encoder)
        self._reader = load_reader()
        self._calibration = load_calibration()
        self._generator = generator

    def ask(self, question: str, *, as_of: datetime | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer one question."""
        hits = self._retriever.search(question, top_k=FOUND_CHUNKS)
        titles = self.store.timetable().titles
        found = find_candidates(question, hits, self._reader, self._retriever.encoder, titles=titles)
        candidates = weigh(question, found, self._calibration, self._names_known(question), titles)
        evidence = tuple(c.evidence for c in candidates)
        if not candidates or candidates[0].confidence < self._calibration.threshold:
            return Answer(question, "Not in the coverage.", (), "not_in_coverage", (), evidence=evidence)
        lead = candidates[0]
        sentence = quote_sentence(lead.evidence, question)
        if self._generator is not None:
            sentence = self._phrased(question, sentence, list(lead.evidence.marked)) or sentence
        sentences = (sentence,)
        return Answer(
            question=question,
            text=answer_text(sentences),
            sentences=sentences,
            status="quoted" if sentence.quoted else "answered",
            citations=(cite(lead.evidence),),
            confidence=lead.confidence,
            evidence=evidence,
        )

    def _phrased(self, question: str, quoted: Sentence, marked: Sequence[str]) -> Sentence | None:
        """The generator's sentence where the check lets it stand."""
        evidence = [one_line(quoted.citations[0].quote)]
        last = None
        for step in phrase_checked(self._generator, question, evidence, marked):  # type: ignore[arg-type]
            last = step
        if last is None or not last.text or last.problems:
            return None
        return Sentence(last.text, quoted.citations, quoted=last.text == evidence[0])

    def _names_known(self, question: str) -> float:
        named = list(dict.fromkeys(names(question)))[:8]
        known = [bool(self.store.lexical(lexical_query(name), 1)) for name in named]
        return sum(known) / len(known) if known else 1.0
