"""Plain systems to compare with, over the same store and models: what a first attempt would build.

None of them knows time: they see entries published after the as-of. Those that quote never refuse; what the
generator writes counts as a refusal where it says that there is no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, get_args

import numpy as np

from eval.refusing import says_no
from index.errors import QuestionError
from index.lexical import lexical_query
from index.records import Chunk
from index.sentences import sentence_spans
from index.store import Store
from index.vectors import VectorIndex
from rag.composing import cite
from rag.records import Answer, Evidence, Sentence
from rag.retrieval import Retriever
from rag.writing.local import LocalGenerator

Way = Literal["words", "meaning", "both", "generator"]
BASELINES: tuple[str, ...] = get_args(Way)
FOUND_CHUNKS = 24
READ_CHUNKS = 3
PROMPT_SENTENCES = 3


class Baseline:
    """A plain system that quotes the sentence nearest to the question, or generates from the nearest three.

    "words" finds by BM25 and "meaning" by vectors; "both" mixes them as Presstime does. "generator" finds as
    "both" does and lets the bundled generator write freely.
    """

    def __init__(self, store: Store, way: str) -> None:
        if way not in BASELINES:
            raise QuestionError(f"{way!r} is no system; use {', '.join(BASELINES)}")
        self.store = store
        self._way = way
        self._retriever = Retriever(store, VectorIndex.open(store), store.encoder)
        self._generator = LocalGenerator(free=True) if way == "generator" else None

    def ask(self, question: str, *, as_of: datetime | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer from the chunks found first; `as_of` and `history` are not looked at."""
        chunks = self._find(question)
        entries = {e.ref: e for e in self.store.get_entries([c.entry_ref for c in chunks])}
        pieces = [
            Evidence(entries[c.entry_ref], c.part, c.text[a:b], c.start + a, c.start + b, 0.0)
            for c in chunks[:READ_CHUNKS]
            for a, b in sentence_spans(c.text)
        ]
        if not pieces:
            return Answer(question, "Nothing found.", (), "not_in_coverage", ())
        firsts = tuple(Evidence(entries[c.entry_ref], c.part, "", c.start, c.start, 0.0) for c in chunks)
        models = {"encoder": self._retriever.encoder.name, "system": self._way}
        best = self._nearest(question, pieces)
        cited = best[:PROMPT_SENTENCES] if self._generator else best[:1]
        text = best[0].text
        if self._generator:
            text = "".join(self._generator.phrase(question, [piece.text for piece in cited], ())).strip()
            if says_no(text):
                return Answer(question, text, (), "not_in_coverage", (), evidence=firsts, models=models)
        citations = tuple(cite(piece) for piece in cited)
        return Answer(
            question=question,
            text=text,
            sentences=(Sentence(text, citations, quoted=self._generator is None),),
            status="answered" if self._generator else "quoted",
            citations=citations,
            confidence=1.0,
            evidence=firsts,
            models=models,
        )

    def _find(self, question: str) -> list[Chunk]:
        """Chunks in the order in which they were found."""
        if self._way in {"both", "generator"}:
            return [hit.chunk for hit in self._retriever.search(question, top_k=FOUND_CHUNKS)]
        if self._way == "words":
            keys = [key for key, _ in self.store.lexical(lexical_query(question), FOUND_CHUNKS)]
        else:
            vector = self._retriever.encoder.encode([question])[0]
            keys = self._retriever.index.search(vector, FOUND_CHUNKS)[0].tolist()
        return self.store.chunks(keys)

    def _nearest(self, question: str, pieces: Sequence[Evidence]) -> list[Evidence]:
        """Sentences by cosine to the question; by shared words where the system finds by words alone."""
        if self._way == "words":
            asked = set(lexical_query(question).lower().split(" or "))
            shared = [len(asked & set(lexical_query(piece.text).split(" OR "))) for piece in pieces]
            return [pieces[i] for i in sorted(range(len(pieces)), key=lambda i: -shared[i])]
        rows = self._retriever.encoder.encode([question, *(piece.text for piece in pieces)])
        order = np.argsort(-(rows[1:] @ rows[0]), kind="stable")
        return [pieces[int(i)] for i in order]
