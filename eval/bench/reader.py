"""What reading and judging cost on this machine: `python -m eval.bench.reader`, milliseconds of the clock.

The passages are entries of the sample coverage, the questions those over it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch

from index.reading import read_source
from index.times import time_label
from rag.judge import as_claim, load_judge
from rag.reader import Passage, load_reader

COVERAGE = Path(__file__).parent.parent / "coverage"
QUESTION = "How many people have been taken to hospital?"
AT_ONCE = 8
ROUNDS = 15


def main() -> int:
    """Print one JSON object: medians of 15 rounds over 8 different passages each."""
    entries = [e for path in sorted(COVERAGE.glob("*.txt")) for e in read_source(path).entries if e.body]
    passages = [Passage(f"{e.title or ''} | {time_label(e)}", e.body, len(e.title or "")) for e in entries]
    batches = [passages[i : i + AT_ONCE] for i in range(0, len(passages) - AT_ONCE, 3)][: ROUNDS + 1]
    reader = load_reader()
    measured = {"reader_ms": _median([lambda b=b: reader.read(QUESTION, b) for b in batches])}  # type: ignore[misc]
    if reader.network.judges:
        judge = load_judge(reader=reader)
        pairs = [[(as_claim(QUESTION, "ten"), Passage(p.context, p.text[:500])) for p in b] for b in batches]
        measured["judge_ms"] = _median([partial(judge.judge, b) for b in pairs])
    told = {**measured, "at_once": AT_ONCE, "rounds": ROUNDS, "threads": torch.get_num_threads()}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _median(runs: list[Callable[[], object]]) -> float:
    runs[0]()
    times = []
    for run in runs[1:]:
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return round(1000 * statistics.median(times), 1)


if __name__ == "__main__":
    sys.exit(main())
