"""VitaminC: claims beside sentences of page revisions, which differ in one figure, name or date."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.benchmarks.held_out import split_of
from eval.benchmarks.reading import Figures, sampled
from eval.benchmarks.treebank import detokenize
from rag.judge import Judge, Verdict

NEEDS = "telling that a sentence bears a claim out from that an edit made it false: 11, no longer 10"
PROTOCOL = "accuracy and macro F1 over the three verdicts, real revisions (Schuster, Fisch and Barzilay 2021)"
FILE = "vitaminc/real-test.jsonl.gz"
LABELS = ("SUPPORTS", "REFUTES", "NOT ENOUGH INFO")
BATCH = 32


class Claim(NamedTuple):
    """A claim, its evidence, and the verdict it should get, as a place in `LABELS`."""

    claim: str
    evidence: str
    label: int


def load(data: Path, *, everything: bool = False) -> Iterator[Claim]:
    """Claims on held-out pages, or all."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if everything or split_of(f"vitaminc:{row['page']}") == "test":
                claim, evidence = (detokenize(row[name].split(" "))[0] for name in ("claim", "evidence"))
                yield Claim(claim, evidence, LABELS.index(row["label"]))


def measure(judge: Judge, data: Path, *, everything: bool, limit: int | None) -> Figures:
    """Whether each verdict is right: over all claims and by the right verdict; macro F1 as one value."""
    claims = sampled(load(data, everything=everything), limit)
    given: list[int] = []
    for start in range(0, len(claims), BATCH):
        given += [_verdict(v) for v in judge.judge([(c.claim, c.evidence) for c in claims[start : start + BATCH]])]
    wanted = [claim.label for claim in claims]
    right = [float(g == w) for g, w in zip(given, wanted, strict=True)]
    by_label = {
        f"recall_{name.lower().replace(' ', '_')}": [r for r, w in zip(right, wanted, strict=True) if w == place]
        for place, name in enumerate(LABELS)
    }
    return {"accuracy": right, "macro_f1": [macro_f1(given, wanted)], **{n: v for n, v in by_label.items() if v}}


def macro_f1(given: Sequence[int], wanted: Sequence[int]) -> float:
    """Mean over the verdicts of each one's F1."""
    scores = []
    for label in range(len(LABELS)):
        right = sum(g == w == label for g, w in zip(given, wanted, strict=True))
        said = sum(g == label for g in given) + sum(w == label for w in wanted)
        scores.append(2 * right / said if said else 0.0)
    return sum(scores) / len(scores)


def _verdict(verdict: Verdict) -> int:
    return max(range(len(LABELS)), key=lambda place: verdict[place])
