"""Two ways of doing one thing, timed in turns, as a ratio.

Measured in processor time of one thread, for a busy machine shares that out too but does not lengthen it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much faster `name` is than `baseline`: median of the rounds' ratios, with the range they lie in.

    `ms` and `baseline_ms` are medians of one call, in processor time. `note` says what else was measured.
    """

    name: str
    baseline: str
    n: int
    ratio: float
    lowest: float
    highest: float
    ms: float
    baseline_ms: float
    rounds: int
    note: str = ""


def compare(
    name: str,
    baseline: str,
    run: Callable[[], object],
    run_baseline: Callable[[], object],
    *,
    n: int,
    rounds: int = 7,
    note: str = "",
) -> Ratio:
    """Time both in turns after one call of each that does not count."""
    run()
    run_baseline()
    pairs = [(_seconds(run), _seconds(run_baseline)) for _ in range(rounds)]
    ratios = [base / own for own, base in pairs]
    return Ratio(
        name,
        baseline,
        n,
        round(statistics.median(ratios), 2),
        round(min(ratios), 2),
        round(max(ratios), 2),
        round(1000 * statistics.median(own for own, _ in pairs), 3),
        round(1000 * statistics.median(base for _, base in pairs), 3),
        rounds,
        note,
    )


def use_one_thread() -> None:
    """Keep torch and FAISS to one thread, so that processor time is the time it takes."""
    import faiss
    import torch

    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """Result of one call, and its seconds of processor time."""
    start = time.process_time()
    result = run()
    return result, time.process_time() - start


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
