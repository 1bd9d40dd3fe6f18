"""The reader: (question, passage) -> the words that answer, or none, with scores to rank and refuse by.

An extractive cross-encoder after Devlin et al. 2019 (BERT, section 4.3): each token of the passage gets a start
and an end logit, and the first token stands for "no answer here". A span's `margin` is its two logits less the
two of the first token, so 0 is the model's own line between an answer and none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from rag.reading_model import Network

BUNDLED = Path(__file__).parent / "models" / "reader"
MAX_ANSWER_TOKENS = 30
MAX_QUESTION_TOKENS = 96


@dataclass(frozen=True, slots=True)
class Span:
    """Answering words as offsets into the passage text; `margin` over "no answer", higher is better."""

    start: int
    end: int
    margin: float


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read: a context line (title and time) and the text; offsets of answers count in `text`.

    `title_chars` is the length of the title at the head of `context`; answers found there are given as
    offsets into the context, in `Found.in_title`.
    """

    context: str
    text: str
    title_chars: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Best spans of one passage, best first, none overlapping; `in_title` holds those found in the title.

    `relevance` is the logit that the passage holds an answer at all, 0 from a reader that does not say.
    """

    spans: tuple[Span, ...]
    in_title: tuple[Span, ...] = ()
    relevance: float = 0.0

    @property
    def margin(self) -> float:
        """Margin of the best span, wherever it stands; minus infinity where nothing could be chosen."""
        return max((s.margin for s in (*self.spans, *self.in_title)), default=float("-inf"))


class Reader(Protocol):
    """Anything that finds answering words in passages."""

    name: str

    def read(self, question: str, passages: Sequence[Passage], *, top_k: int = 8) -> list[Found]:
        """Spans for each passage, in the passages' order."""
        ...


class TransformerReader:
    """The bundled reader, or any extractive question-answering model of transformers, by folder or hub name."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.name = network.name

    def read(self, question: str, passages: Sequence[Passage], *, top_k: int = 8) -> list[Found]:
        """Spans for each passage; long passages are read in overlapping windows of 224 tokens."""
        if not passages:
            return []
        asked = self._fitting(question)
        encoded = self.network.windows([asked] * len(passages), [f"{p.context}\n{p.text}" for p in passages])
        out = self.network.run(encoded)
        found: list[list[tuple[float, int, int]]] = [[] for _ in passages]
        relevance = [float("-inf")] * len(passages)
        offsets = encoded["offset_mapping"].numpy()
        for row, owner in enumerate(encoded["overflow_to_sample_mapping"].tolist()):
            inside = np.array([kind == 1 for kind in encoded.sequence_ids(row)])
            found[owner].extend(_best(out.starts[row], out.ends[row], offsets[row], inside))
            relevance[owner] = max(relevance[owner], float(out.relevance[row]) if self.network.judges else 0.0)
        return [_split(p, s, r, top_k) for p, s, r in zip(passages, found, relevance, strict=True)]

    def knows(self, word: str) -> bool:
        """Whether a word, in lower case, is whole in the vocabulary."""
        return word in self.network.vocabulary

    def _fitting(self, question: str) -> str:
        """The question in at most 96 tokens: a character can be a token of its own, and a window must hold both."""
        text = _cut(question)
        ends = [end for _, end in self.network.tokenizer(text, return_offsets_mapping=True)["offset_mapping"]]
        return text if len(ends) <= MAX_QUESTION_TOKENS else text[: ends[MAX_QUESTION_TOKENS - 1]]


def load_reader(name: str | None = None) -> TransformerReader:
    """The reader that ships with Presstime, checksums verified, or any extractive model by name or path.

    Raises ModelError where the weights are missing or do not match their checksums.
    """
    # torch and transformers take seconds to import; reading pages and printing help need neither.
    from rag.reading_model import Network, bundled_network

    return TransformerReader(Network(name) if name else bundled_network(BUNDLED))


def _cut(question: str, max_words: int = 60) -> str:
    """A question short enough to leave room for the passage."""
    words = question.split()
    return " ".join(words[:max_words])[:400] or "?"


def _best(start: np.ndarray, end: np.ndarray, offsets: np.ndarray, inside: np.ndarray) -> list[tuple[float, int, int]]:
    """Best (margin, start, end) spans of one window, in characters of the joined passage."""
    null = float(start[0] + end[0])
    tokens = np.flatnonzero(inside & (offsets[:, 1] > offsets[:, 0]))
    if tokens.size == 0:
        return []
    firsts = tokens[np.argsort(-start[tokens])[:24]]
    lasts = tokens[np.argsort(-end[tokens])[:24]]
    spans = [
        (float(start[a] + end[b]) - null, int(offsets[a][0]), int(offsets[b][1]))
        for a in firsts
        for b in lasts
        if a <= b < a + MAX_ANSWER_TOKENS
    ]
    return sorted(spans, reverse=True)


def _split(passage: Passage, spans: Sequence[tuple[float, int, int]], relevance: float, top_k: int) -> Found:
    """Spans that do not overlap, apart by where they stand; spans across title, time label and text are dropped."""
    shift = len(passage.context) + 1
    kept: list[tuple[float, int, int]] = []
    body, title = [], []
    for margin, a, b in sorted(spans, reverse=True):
        if any(a < y and x < b for _, x, y in kept):
            continue
        if a >= shift:
            kept.append((margin, a, b))
            body.append(Span(a - shift, b - shift, margin))
        elif b <= passage.title_chars:
            kept.append((margin, a, b))
            title.append(Span(a, b, margin))
    return Found(tuple(body[:top_k]), tuple(title[:top_k]), relevance)
