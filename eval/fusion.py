"""How dense and lexical scores are best joined: `python -m eval.fusion QUESTIONS.jsonl... --store DIR`.

Evidence entry found first and among the first five (every piece of evidence needed counts once), for dense
alone, lexical alone, convex combinations, and reciprocal rank fusion with k = 60 (Cormack, Clarke and Buettcher
2009, https://doi.org/10.1145/1571941.1572114). Questions are put as they stand, within their own time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from eval import metrics
from eval.gold import Coverage, key
from eval.questions import Item, load_questions
from index.lexical import lexical_query
from index.store import Store
from index.vectors import VectorIndex
from rag.inquiry import open_inquiry
from rag.retrieval import LEXICAL_WEIGHT

POOL = 48
WEIGHTS = (0.1, 0.2, LEXICAL_WEIGHT, 0.5, 1.0)
Scores = Mapping[int, float]
Fusion = Callable[[Scores, Scores], dict[int, float]]


def convex(weight: float) -> Fusion:
    """Cosine plus `weight` times BM25 scaled to 1 over the pool."""

    def fuse(dense: Scores, lexical: Scores) -> dict[int, float]:
        top = max(lexical.values(), default=0.0) or 1.0
        return {k: dense.get(k, 0.0) + weight * lexical.get(k, 0.0) / top for k in {*dense, *lexical}}

    return fuse


def reciprocal_ranks(dense: Scores, lexical: Scores) -> dict[int, float]:
    """Sum over both rankings of 1 / (60 + rank)."""
    fused: dict[int, float] = {}
    for scores in (dense, lexical):
        for rank, chunk in enumerate(sorted(scores, key=lambda k: -scores[k]), 1):
            fused[chunk] = fused.get(chunk, 0.0) + 1 / (60 + rank)
    return fused


FUSIONS: Mapping[str, Fusion] = {
    "dense alone": lambda dense, lexical: dict(dense),
    "lexical alone": lambda dense, lexical: dict(lexical),
    **{f"dense + {weight} lexical": convex(weight) for weight in WEIGHTS},
    "reciprocal ranks": reciprocal_ranks,
}


def measure(store: Store, items: Sequence[Item]) -> dict[str, tuple[float, float]]:
    """Recall@1 and recall@5 of the evidence by way of joining."""
    index, coverage = VectorIndex.open(store), Coverage.of(store.pages(), store.entries())
    sums = {name: [0.0, 0.0] for name in FUSIONS}
    for item in items:
        inquiry = open_inquiry(store, item.question, item.as_of, None, (), None, None)
        vector = store.encoder.encode([inquiry.scope.topic])[0]
        keys, cosines = index.search(vector, POOL, inquiry.allowed)
        dense = {int(k): float(s) for k, s in zip(keys, cosines, strict=True)}
        lexical = dict(store.lexical(lexical_query(inquiry.scope.topic), POOL, inquiry.allowed))
        found, rows = store.vectors(_missing(lexical, dense))
        dense.update({int(k): float(s) for k, s in zip(found, rows @ vector, strict=True)})
        pieces = coverage.proving(item)
        for name, fuse in FUSIONS.items():
            fused = fuse(dense, lexical)
            chunks = store.chunks(sorted(fused, key=lambda k: -fused[k]))
            ranked = list(dict.fromkeys(key(c.page_id, c.entry_id) for c in chunks))
            for place, k in enumerate((1, 5)):
                sums[name][place] += metrics.evidence_recall(ranked, pieces, k)
    return {name: (one / len(items), five / len(items)) for name, (one, five) in sums.items()}


def _missing(lexical: Scores, dense: Scores) -> np.ndarray:
    return np.array([k for k in lexical if k not in dense], dtype=np.int64)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m eval.fusion", description=__doc__)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--store", required=True)
    options = parser.parse_args(argv)
    items = [i for path in options.questions for i in load_questions(path) if i.answerable and not i.history]
    table = Table("joined by", "recall@1", "recall@5", title=f"{len(items)} questions")
    with Store.open(options.store, create=False) as store:
        for name, (one, five) in measure(store, items).items():
            table.add_row(name, f"{one:.3f}", f"{five:.3f}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
