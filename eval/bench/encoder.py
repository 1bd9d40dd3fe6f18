"""The encoder in bfloat16 against single precision, on the sample coverage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from eval.bench.timing import Ratio, compare
from index.chunking import chunk_entry
from index.embedding import Encoder, load_encoder
from index.reading import read_source

COVERAGE = Path(__file__).resolve().parent.parent / "coverage"


def measure_encoder(rounds: int) -> Iterator[Ratio]:
    """Passages and a single question in both precisions, and how far the vectors are apart."""
    fast, exact = load_encoder(precision="bf16"), load_encoder(precision="fp32")
    texts = sample_passages(exact)
    lowest = float(np.min(np.sum(fast.encode(texts) * exact.encode(texts), axis=1)))
    note = f"lowest cosine between the two {lowest:.5f}"
    yield compare(
        "encode passages, bf16", "fp32", lambda: fast.encode(texts), lambda: exact.encode(texts),
        n=len(texts), rounds=rounds, note=note,
    )  # fmt: skip
    question = ["How many people were hurt when the bridge was shut?"]
    yield compare(
        "encode a question, bf16", "fp32", lambda: fast.encode(question), lambda: exact.encode(question),
        n=1, rounds=max(rounds, 15),
    )  # fmt: skip
    by_length = sorted(texts, key=len)
    shuffled = [texts[i] for i in np.random.default_rng(0).permutation(len(texts))]
    yield compare(
        "encode passages, sorted by length", "in any order", lambda: fast.encode(by_length),
        lambda: [fast.encode(shuffled[i : i + 32]) for i in range(0, len(shuffled), 32)],
        n=len(texts), rounds=rounds,
    )  # fmt: skip


def sample_passages(encoder: Encoder) -> list[str]:
    """What the store would encode of the sample coverage."""
    entries = [e for path in sorted(COVERAGE.glob("*.txt")) for e in read_source(path).entries]
    chunks = [c for e in entries for c in chunk_entry(e, encoder.count_tokens, encoder.max_tokens)]
    return [c.text_for_search for c in chunks]
