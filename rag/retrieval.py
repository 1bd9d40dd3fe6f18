"""Dense and lexical search fused, filtered by time and page: a question's text -> Hits, best first.

The fusion is a convex combination of cosine similarity and scaled BM25 rather than reciprocal rank fusion
(Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1)).
`python -m eval.fusion` measures the two side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.embedding import Encoder
from index.lexical import lexical_query
from index.records import Chunk, Hit, Ref
from index.store import Store
from index.vectors import VectorIndex

LEXICAL_WEIGHT = 0.3
POOL = 48


@dataclass(slots=True)
class Retriever:
    """A store, its vector index and the encoder they were made with."""

    store: Store
    index: VectorIndex
    encoder: Encoder

    def search(self, text: str, *, top_k: int = 24, allowed: np.ndarray | None = None) -> list[Hit]:
        """Hits for `text` among the `allowed` chunk keys (all live ones where None), best first.

        The score is cosine plus 0.3 times BM25 scaled to 1 over the pool. Chunks that say the same as a better
        hit of the same minute's report are folded into it.
        """
        if allowed is not None and allowed.size == 0:
            return []
        vector = self.encoder.encode([text])[0]
        pool = max(POOL, top_k * 2)
        keys, cosines = self.index.search(vector, pool, allowed)
        dense = {int(k): float(s) for k, s in zip(keys, cosines, strict=True)}
        lexical = dict(self.store.lexical(lexical_query(text), pool, allowed))
        missing = [k for k in lexical if k not in dense]
        if missing:
            found, rows = self.store.vectors(np.array(missing, dtype=np.int64))
            dense.update({int(k): float(s) for k, s in zip(found, rows @ vector, strict=True)})
        top = max(lexical.values(), default=0.0) or 1.0
        scored = sorted(
            ((dense.get(k, 0.0) + LEXICAL_WEIGHT * max(lexical.get(k, 0.0), 0.0) / top, k) for k in dense),
            reverse=True,
        )[:pool]
        # Another process may have taken a chunk or an entry away since they were found.
        chunks = {c.key: c for c in self.store.chunks([k for _, k in scored])}
        entries = {e.ref: e for e in self.store.get_entries([c.entry_ref for c in chunks.values()])}
        hits = [
            Hit(chunk, entries[chunk.entry_ref], score, dense.get(k, 0.0), max(lexical.get(k, 0.0), 0.0) / top)
            for score, k in scored
            if (chunk := chunks.get(k)) is not None and chunk.entry_ref in entries
        ]
        return fold(hits)[:top_k]


def fold(hits: Sequence[Hit]) -> list[Hit]:
    """Hits without those whose words repeat a better hit's; order kept."""
    kept: list[Hit] = []
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        sign = (hit.chunk.page_id, signature(hit.chunk))
        if sign not in seen or len(sign[1]) < 24:
            kept.append(hit)
            seen.add(sign)
    return kept


def signature(chunk: Chunk) -> str:
    """The chunk's words alone, so that punctuation and case do not make two of one report."""
    return " ".join(re.findall(r"\w+", chunk.text.lower()))


def by_entry(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit of each entry, best first."""
    best: dict[Ref, Hit] = {}
    for hit in hits:
        held = best.get(hit.chunk.entry_ref)
        if held is None or hit.score > held.score:
            best[hit.chunk.entry_ref] = replace(hit)
    return sorted(best.values(), key=lambda h: -h.score)
