"""Figures of a reader on held-out articles: `python -m training.evaluate_reader --data DIR --reader DIR`."""

from __future__ import annotations

import argparse
import collections
import json
import re
import string
import sys
from collections.abc import Sequence
from pathlib import Path

from rag.reader import Passage, load_reader
from training.examples import Example, load


def normalise(text: str) -> str:
    """SQuAD's answer normalisation: lower case, no punctuation, no articles, single spaces (Rajpurkar et al. 2016)."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def token_f1(found: str, gold: str) -> float:
    """Token F1 of SQuAD; two empty answers agree."""
    a, b = normalise(found).split(), normalise(gold).split()
    if not a or not b:
        return float(a == b)
    shared = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if shared else 0.0


def score(examples: Sequence[Example], reader_name: str | None, line: float) -> dict[str, dict[str, float]]:
    """Per source: F1 over all, over answerable (HasAns), over unanswerable (NoAns), each in percent, and n."""
    reader = load_reader(reader_name)
    sums: dict[str, dict[str, list[float]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for example in examples:
        found = reader.read(example.question, [Passage(example.context, example.passage)])[0]
        best = found.spans[0] if found.spans else None
        text = example.passage[best.start : best.end] if best and best.margin > line else ""
        f1 = max((token_f1(text, example.passage[a:b]) for a, b in example.spans), default=float(not text))
        sums[example.source]["f1"].append(f1)
        sums[example.source]["has_answer_f1" if example.spans else "no_answer"].append(f1)
        if example.spans and best:
            forced = example.passage[best.start : best.end]
            gold = [example.passage[a:b] for a, b in example.spans]
            sums[example.source]["best_span_f1"].append(max(token_f1(forced, g) for g in gold))
    return {
        source: {name: round(100 * sum(v) / len(v), 1) for name, v in parts.items()} | {"n": len(parts["f1"])}
        for source, parts in sums.items()
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Print one JSON line a source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--coverage", type=Path)
    parser.add_argument("--reader", default=None)
    parser.add_argument("--line", type=float, default=0.0, help="margin below which the reader says there is none")
    parser.add_argument("--limit", type=int, default=800, help="questions a source at most")
    args = parser.parse_args(argv)
    by_source: dict[str, list[Example]] = collections.defaultdict(list)
    for example in load(args.data, args.coverage):
        if example.split == "test":
            by_source[example.source].append(example)
    examples = [e for rows in by_source.values() for e in rows[: args.limit]]
    for source, figures in score(examples, args.reader, args.line).items():
        sys.stdout.write(json.dumps({"source": source, **figures}) + "\n")


if __name__ == "__main__":
    main()
