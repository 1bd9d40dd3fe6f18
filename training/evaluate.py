"""Reader and judge on our own held-out entries: `python -m training.evaluate`.

The public sets are measured by `python -m eval.benchmarks`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.benchmarks.reading import Case, figures, give
from eval.benchmarks.vitaminc import macro_f1
from rag.judge import Judge, load_judge
from rag.reader import Passage, Reader, load_reader
from training.own_coverage import claims_over, near_misses, passages
from training.pairs import answers
from training.records import Example, Pair

BATCH = 32


def reading(reader: Reader, examples: Sequence[Example], line: float) -> dict[str, float]:
    """SQuAD 2.0 measures over questions, in percent."""
    cases = [
        Case(e.question, (Passage(e.context, e.passage),), tuple(e.passage[a:b] for a, b in e.spans)) for e in examples
    ]
    return {name: _percent(values) for name, values in figures(list(give(reader, cases)), line).items()}


def judging(judge: Judge, pairs: Sequence[Pair]) -> dict[str, float]:
    """Accuracy and macro F1 over verdicts, in percent."""
    given: list[int] = []
    for start in range(0, len(pairs), BATCH):
        batch = pairs[start : start + BATCH]
        verdicts = judge.judge([(p.claim, Passage(p.context, p.evidence)) for p in batch])
        given += [max(range(3), key=lambda place: v[place]) for v in verdicts]
    wanted = [p.label for p in pairs]
    right = [float(g == w) for g, w in zip(given, wanted, strict=True)]
    return {"accuracy": _percent(right), "macro_f1": round(100 * macro_f1(given, wanted), 1)}


def main(argv: Sequence[str] | None = None) -> None:
    """Print one JSON line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--reader", default=None)
    parser.add_argument("--line", type=float, default=0.0, help="margin below which the reader says there is none")
    parser.add_argument("--limit", type=int, default=400, help="rows a set at most")
    args = parser.parse_args(argv)
    reader = load_reader(args.reader)
    sets = {
        "near_misses": list(near_misses(args.own / "near_misses.jsonl")),
        "passages": list(passages(args.own / "passages.jsonl")),
    }
    held = {name: [e for e in rows if e.split == "test"] for name, rows in sets.items()}
    for name, rows in held.items():
        # Answers in the stamp or title are offsets into the context, which the measures do not see.
        kept = [e for e in rows if all(a >= 0 for a, _ in e.spans)][: args.limit]
        _print(name, len(kept), reading(reader, kept, args.line))
    if not reader.network.judges:
        return
    judge = load_judge(reader=reader)
    claims = [p for p in claims_over(args.own / "passages.jsonl") if p.split == "test"]
    answered = list(answers(held["passages"], random.Random(7)))
    for name, pairs in (("claims over passages", claims), ("answers over passages", answered)):
        _print(name, len(pairs[: args.limit]), judging(judge, pairs[: args.limit]))


def _print(name: str, n: int, measured: dict[str, float]) -> None:
    sys.stdout.write(json.dumps({"set": name, "n": n, **measured}) + "\n")
    sys.stdout.flush()


def _percent(values: Sequence[float]) -> float:
    return round(100 * sum(values) / len(values), 1)


if __name__ == "__main__":
    main()
