"""Search with and without a time filter, and exact against HNSW, on stores of random vectors."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.bench.timing import Ratio, compare, timed
from index.records import Entry, Page, Reading
from index.store import VECTOR_FILE, Store, lexical_query
from index.times import time_key
from index.vectors import VectorIndex

logger = logging.getLogger(__name__)

ENTRIES_A_PAGE = 1_000
TOP_K = 48
FIRST = datetime(2031, 1, 1, tzinfo=UTC)
WORDS = "bridge storm train river mayor strike launch engine crowd border police harbour".split()
SHARES = (0.5, 0.1, 0.01)


class RandomEncoder:
    """Vectors in loose clusters, as those of texts on a few hundred subjects are; nothing is read."""

    name, dim, max_tokens = "random clusters", 384, 256

    def __init__(self, seed: int = 0, clusters: int = 500) -> None:
        self._random = np.random.default_rng(seed)
        self._centres = self._random.standard_normal((clusters, self.dim), dtype=np.float32)

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> npt.NDArray[np.float32]:
        """Give (n, dim) float32 unit rows."""
        chosen = self._random.integers(len(self._centres), size=len(texts))
        rows = self._centres[chosen] + self._random.standard_normal((len(texts), self.dim), dtype=np.float32)
        unit: npt.NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words."""
        return [len(text.split()) + 2 for text in texts]


def measure_search(chunks: int, folder: Path, rounds: int, hnsw: bool) -> Iterator[Ratio]:
    """Fill a store with `chunks` chunks, a minute apart, and search it every way."""
    encoder = RandomEncoder()
    with Store.open(folder / f"bench-{chunks}.store", encoder=encoder) as store:
        fill(store, chunks)
        exact, built_s = timed(lambda: VectorIndex.open(store, hnsw_from=chunks + 1))
        queries = iter(encoder.encode(["question"] * 10_000))
        every = store.select()
        for share in SHARES:
            yield _filtered(store, exact, queries, chunks, share, rounds)
        yield _lexical(store, chunks, rounds)
        _, loaded_s = timed(lambda: VectorIndex.open(store, hnsw_from=chunks + 1))
        yield Ratio("exact index from its file", "made anew", chunks, round(built_s / loaded_s, 2),
                    0, 0, round(1000 * loaded_s, 1), round(1000 * built_s, 1), 1)  # fmt: skip
        if hnsw:
            (store.path / VECTOR_FILE).unlink()
            graph, graph_s = timed(lambda: VectorIndex.open(store, hnsw_from=1))
            half = every[: len(every) // 2]
            for name, allowed in (("all", None), ("half of the chunks", half)):
                yield _graph(exact, graph, graph_s, queries, allowed, name, chunks, rounds)


def fill(store: Store, chunks: int) -> None:
    """Pages of a thousand entries, each of one chunk, published a minute apart."""
    start = time.perf_counter()
    for first in range(0, chunks, ENTRIES_A_PAGE):
        page_id = f"page-{first}"
        entries = [
            Entry(
                id=f"{page_id}-{i}", page_id=page_id, position=i, zone="UTC",
                published=FIRST + timedelta(minutes=i), title=f"{WORDS[i % 12]} {WORDS[i * 5 % 11]}",
                body=f"Report {i} on the {WORDS[i * 7 % 12]} from {page_id} and the {WORDS[i % 11]}.",
            )
            for i in range(first, min(chunks, first + ENTRIES_A_PAGE))
        ]  # fmt: skip
        store.add(Reading(Page(page_id), tuple(entries)))
    logger.info("%d chunks added in %.0f s", chunks, time.perf_counter() - start)


def _filtered(
    store: Store,
    index: VectorIndex,
    queries: Iterator[npt.NDArray[np.float32]],
    chunks: int,
    share: float,
    rounds: int,
) -> Ratio:
    until = time_key(FIRST + timedelta(minutes=round(chunks * share) - 1))
    spans = {page.id: (None, until) for page in store.pages()}
    count = len(store.select(spans=spans))

    def search() -> object:
        return index.search(next(queries), TOP_K, store.select(spans=spans))

    return compare(
        f"exact search, as of {share:.0%} of the time", "no filter", search,
        lambda: index.search(next(queries), TOP_K), n=chunks, rounds=rounds,
        note=f"{count:,} chunks allowed; selecting them included",
    )  # fmt: skip


def _lexical(store: Store, chunks: int, rounds: int) -> Ratio:
    query = lexical_query("Was the bridge shut by the storm?")
    half = store.select()[: chunks // 2]
    return compare(
        "words, half of the time", "no filter", lambda: store.lexical(query, TOP_K, half),
        lambda: store.lexical(query, TOP_K), n=chunks, rounds=rounds,
        note="words that a sixth of all chunks hold",
    )  # fmt: skip


def _graph(
    exact: VectorIndex,
    graph: VectorIndex,
    graph_s: float,
    queries: Iterator[npt.NDArray[np.float32]],
    allowed: npt.NDArray[np.int64] | None,
    name: str,
    chunks: int,
    rounds: int,
) -> Ratio:
    asked = [next(queries) for _ in range(30)]
    found = [len(np.intersect1d(graph.search(q, 10, allowed)[0], exact.search(q, 10, allowed)[0])) for q in asked]
    return compare(
        f"HNSW, {name}", "exact", lambda: graph.search(next(queries), TOP_K, allowed),
        lambda: exact.search(next(queries), TOP_K, allowed), n=chunks, rounds=rounds,
        note=f"recall@10 {sum(found) / 300:.3f}; made in {graph_s:.0f} s",
    )  # fmt: skip
