"""The reader: (question, passage) -> the words that answer, or none, with scores to rank and refuse by.

An extractive cross-encoder after Devlin et al. 2019 (BERT, section 4.3): each token of the passage gets a start
and an end logit, and the first token stands for "no answer here". A span's `margin` is its two logits less the
two of the first token, so 0 is the model's own line between an answer and none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.errors import ModelError

BUNDLED = Path(__file__).parent / "models" / "reader"
MAX_TOKENS = 224
STRIDE_TOKENS = 64
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
    """Best spans of one passage, best first, none overlapping; `in_title` holds those found in the title."""

    spans: tuple[Span, ...]
    in_title: tuple[Span, ...] = ()

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
    """An extractive question-answering model of transformers, by folder or hub name."""

    def __init__(self, source: str | Path, *, threads: int | None = None) -> None:
        # torch and transformers take seconds to import; reading pages and printing help need neither.
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        from index.embedding import bf16_pays, no_loading_bar

        if threads:
            torch.set_num_threads(threads)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(source))
            with no_loading_bar():
                model = AutoModelForQuestionAnswering.from_pretrained(str(source), dtype=torch.float32)
        except (OSError, ValueError) as error:
            raise ModelError(f"cannot load the reader {str(source)!r}: {error}") from error
        self._model: Any = model.eval()
        self._fast = bf16_pays()
        self._torch = torch
        self.name = Path(source).name if Path(source).exists() else str(source)

    def read(self, question: str, passages: Sequence[Passage], *, top_k: int = 8) -> list[Found]:
        """Spans for each passage; long passages are read in overlapping windows of 224 tokens."""
        if not passages:
            return []
        encoded = self._tokenizer(
            [self._fitting(question)] * len(passages),
            [f"{p.context}\n{p.text}" for p in passages],
            truncation="only_second", max_length=MAX_TOKENS, stride=STRIDE_TOKENS, padding=True,
            return_overflowing_tokens=True, return_offsets_mapping=True, return_tensors="pt",
        )  # fmt: skip
        starts, ends = self._logits(encoded)
        found: list[list[tuple[float, int, int]]] = [[] for _ in passages]
        offsets = encoded["offset_mapping"].numpy()
        for row, owner in enumerate(encoded["overflow_to_sample_mapping"].tolist()):
            inside = np.array([kind == 1 for kind in encoded.sequence_ids(row)])
            found[owner].extend(_best(starts[row], ends[row], offsets[row], inside))
        return [_split(p, spans, top_k) for p, spans in zip(passages, found, strict=True)]

    def _fitting(self, question: str) -> str:
        """The question in at most 96 tokens: a character can be a token of its own, and a window must hold both."""
        text = _cut(question)
        ends = [end for _, end in self._tokenizer(text, return_offsets_mapping=True)["offset_mapping"]]
        return text if len(ends) <= MAX_QUESTION_TOKENS else text[: ends[MAX_QUESTION_TOKENS - 1]]

    def _logits(self, encoded: Any) -> tuple[np.ndarray, np.ndarray]:
        """Start and end logits, (windows, tokens) float32 each, computed in batches of similar length."""
        ids, mask, kinds = encoded["input_ids"], encoded["attention_mask"], encoded["token_type_ids"]
        lengths = mask.sum(1)
        starts = np.full(tuple(ids.shape), -1e4, dtype=np.float32)
        ends = starts.copy()
        order = self._torch.argsort(lengths)
        with self._torch.inference_mode(), self._torch.autocast("cpu", self._torch.bfloat16, enabled=self._fast):
            for batch in self._torch.split(order, 8):
                width = int(lengths[batch].max())
                out = self._model(
                    input_ids=ids[batch, :width],
                    attention_mask=mask[batch, :width],
                    token_type_ids=kinds[batch, :width],
                )
                starts[batch.numpy(), :width] = out.start_logits.float().numpy()
                ends[batch.numpy(), :width] = out.end_logits.float().numpy()
        return starts, ends


def load_reader(name: str | None = None) -> Reader:
    """The reader that ships with Presstime, checksums verified, or any extractive model by name or path.

    Raises ModelError where the weights are missing or do not match their checksums.
    """
    if name is not None:
        return TransformerReader(name)
    try:
        expected = json.loads((BUNDLED / "checksums.json").read_text())
        for file, digest in expected.items():
            if hashlib.sha256((BUNDLED / file).read_bytes()).hexdigest() != digest:
                raise ModelError(f"{BUNDLED / file} does not match its checksum; reinstall presstime")
    except OSError as error:
        raise ModelError(f"the bundled reader is missing ({error}); reinstall presstime") from error
    return TransformerReader(BUNDLED)


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


def _split(passage: Passage, spans: Sequence[tuple[float, int, int]], top_k: int) -> Found:
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
    return Found(tuple(body[:top_k]), tuple(title[:top_k]))
