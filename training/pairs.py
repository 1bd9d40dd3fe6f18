"""The judge's mixture: claims beside evidence, and questions with an answer beside the passage it was chosen from."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.benchmarks.held_out import split_of
from eval.benchmarks.treebank import detokenize
from rag.judge import as_claim
from training.examples import SIMULATED_ENTRIES
from training.live_pages import claims as page_claims
from training.live_pages import read_pages, restatements
from training.own_coverage import claims_over
from training.records import Example, Pair, with_context
from training.simulated import pairs as simulated_pairs

_LABELS = {"SUPPORTS": 0, "REFUTES": 1, "NOT ENOUGH INFO": 2}
SUPPORTED, NOT_ENOUGH = 0, 2


def vitaminc(path: Path, source: str, rng: random.Random) -> Iterator[Pair]:
    """VitaminC claims beside sentences of page revisions (Schuster et al. 2021), split by page."""
    for line in gzip.open(path, "rt"):
        row = json.loads(line)
        claim, evidence = (detokenize(row[name].split(" "))[0] for name in ("claim", "evidence"))
        group = f"vitaminc:{row['page']}"
        context = with_context(row["page"].replace("_", " "), rng) if rng.random() < 0.6 else ""
        yield Pair(claim, context, evidence, _LABELS[row["label"]], source, split_of(group), group)


def answers(examples: Iterable[Example], rng: random.Random, max_chars: int = 900) -> Iterator[Pair]:
    """Questions with an answer put behind them: right ones are supported, tempting ones are not enough."""
    for example in examples:
        if len(example.passage) > max_chars or any(a < 0 for a, _ in example.spans):
            continue
        for spans, label in ((example.spans, SUPPORTED), (example.tempting, NOT_ENOUGH)):
            if spans:
                chosen = sorted(spans) if example.every and label == SUPPORTED else [rng.choice(spans)]
                answer = " and ".join(example.passage[a:b] for a, b in chosen)
                yield Pair(
                    as_claim(example.question, answer), example.context, example.passage, label,
                    f"answers:{example.source}", example.split, example.group,
                )  # fmt: skip


def load(data: Path, own: Path | None, examples: Sequence[Example], seed: int = 7) -> list[Pair]:
    """All pairs; `examples` are the reader's, whose answers are judged too."""
    rng = random.Random(seed)
    pairs = [
        *vitaminc(data / "vitaminc/real-test.jsonl.gz", "vitaminc_real", rng),
        *vitaminc(data / "vitaminc/synthetic-test.jsonl.gz", "vitaminc_synthetic", rng),
        *answers(examples, rng),
    ]
    if own:
        live = read_pages(own / "pages")
        pairs += [*claims_over(own / "passages.jsonl"), *page_claims(live, rng), *restatements(live, rng)]
        pairs += simulated_pairs(SIMULATED_ENTRIES, seed, rng)
    return pairs
