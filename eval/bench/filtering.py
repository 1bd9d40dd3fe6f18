"""What asking as of a moment costs at a million chunks: `python -m eval.bench.filtering --store FOLDER`.

The store holds simulated coverage with random vectors, is made once and kept. Each ratio is the time of the same
search with the filter to that without, choosing the chunks included.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from eval.bench.search import RandomEncoder
from eval.bench.timing import compare, use_one_thread
from eval.environment import environment
from eval.simulate import simulate
from index.lexical import lexical_query
from index.selection import Keys
from index.store import Store
from index.times import time_key
from index.vectors import VectorIndex
from rag.inquiry import open_inquiry
from rag.retrieval import Retriever

log = logging.getLogger(__name__)
SEED = 20
LAYOUT = "numbered"
SHARES = (1.0, 0.5, 0.1, 0.01)
QUESTIONS = (
    "How many people were killed in the flooding at Ardmouth?",
    "When is the result of the election in Selford expected?",
    "Who leads the fire crews above Grenstead?",
    "What did the ferry skipper say about the gale?",
    "How many homes have no electricity?",
)
TOP_K = 24


@dataclass(frozen=True, slots=True)
class Cost:
    """One way of searching with a filter: `times` is its cost, that without the filter being 1."""

    name: str
    share: float
    allowed: int
    chunks: int
    times: float
    lowest: float
    highest: float
    ms: float
    without_ms: float


def main(argv: Sequence[str] | None = None) -> int:
    """Make the store where it is not there yet, and print each cost as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.filtering", description=__doc__)
    parser.add_argument("--store", type=Path, required=True, help="folder to keep the store in (about 6 KB an entry)")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hnsw", action="store_true", help="with an HNSW index, which takes long to make once")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args(argv)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    use_one_thread()
    with Store.open(options.store, encoder=RandomEncoder()) as store:
        fill(store, options.entries)
        if options.json:
            print(json.dumps(environment()))  # noqa: T201
        for cost in measure(store, options.rounds, hnsw=options.hnsw):
            print(json.dumps(asdict(cost)) if options.json else _line(cost), flush=True)  # noqa: T201
    return 0


def fill(store: Store, entries: int) -> None:
    """Add the simulated pages that are not there yet; a run that was cut off goes on where it stopped."""
    known = {page.id for page in store.pages()}
    began, done = time.perf_counter(), 0
    for page in simulate(SEED, entries, LAYOUT, "held_out"):
        if page.file in known:
            continue
        store.add(page.records())
        done += len(page.event.entries)
        if done // 50_000 != (done - len(page.event.entries)) // 50_000:
            log.info("%d entries added in %.0f s", done, time.perf_counter() - began)


def measure(store: Store, rounds: int, *, hnsw: bool) -> Iterator[Cost]:
    """Costs of dense, lexical and fused search and of the whole inquiry, by the share of the time that is shown."""
    index = VectorIndex.open(store, hnsw_from=100_000 if hnsw else sys.maxsize)
    encoder = RandomEncoder(seed=1)
    retriever = Retriever(store, index, encoder)
    vectors = iter(encoder.encode(["question"] * 10_000))
    asked, again = iter(QUESTIONS * 2_000), iter(QUESTIONS * 2_000)  # both sides of a pair put the same question
    chunks = len(store.select())
    for share in SHARES:
        moment = moment_of(store, share)
        spans = {page.id: (None, time_key(moment)) for page in store.pages()}
        count = len(store.select(spans=spans))

        def allowed(spans: dict[str, tuple[None, float]] = spans) -> Keys:
            return store.select(spans=spans, timed_only=True)

        ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "choosing the chunks and dense search": (
                lambda: index.search(next(vectors), TOP_K * 2, allowed()),
                lambda: index.search(next(vectors), TOP_K * 2),
            ),
            "choosing the chunks and search by words": (
                lambda: store.lexical(lexical_query(next(asked)), TOP_K * 2, allowed()),
                lambda: store.lexical(lexical_query(next(again)), TOP_K * 2),
            ),
            "both, fused": (
                lambda: retriever.search(next(asked), top_k=TOP_K, allowed=allowed()),
                lambda: retriever.search(next(again), top_k=TOP_K),
            ),
            "from the question to its hits": (
                lambda moment=moment: _asked(store, retriever, next(asked), moment),  # type: ignore[misc]
                lambda: _asked(store, retriever, next(again), None),
            ),
        }
        for name, (run, plain) in ways.items():
            ratio = compare(name, "no filter", run, plain, n=chunks, rounds=rounds)
            yield Cost(name, share, count, chunks, _inverse(ratio.ratio), _inverse(ratio.highest),
                       _inverse(ratio.lowest), ratio.ms, ratio.baseline_ms)  # fmt: skip


def moment_of(store: Store, share: float) -> datetime:
    """The moment by which a share of the chunks had been published."""
    times = np.sort(store._current_columns().times)
    return datetime.fromtimestamp(float(times[max(0, round(len(times) * share) - 1)]), UTC)


def _asked(store: Store, retriever: Retriever, question: str, as_of: datetime | None) -> object:
    inquiry = open_inquiry(store, question, as_of, None, (), None, None)
    return retriever.search(inquiry.scope.topic, top_k=TOP_K, allowed=inquiry.allowed)


def _inverse(ratio: float) -> float:
    return round(1 / ratio, 2) if ratio else float("inf")


def _line(cost: Cost) -> str:
    return (
        f"{cost.chunks:>9,} chunks, as of {cost.share:.0%} of them ({cost.allowed:,}): {cost.name} costs {cost.times} "
        f"times as much as without the filter ({cost.lowest} to {cost.highest}), {cost.ms} ms against "
        f"{cost.without_ms} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
