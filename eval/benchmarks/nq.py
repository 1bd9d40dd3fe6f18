"""Natural Questions (open) with the gold passage: what people type into a search box."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.held_out import split_of
from eval.benchmarks.reading import Case, Figures, figures, give, holding, sampled
from rag.reader import Passage, Reader

NEEDS = "questions as hurried people type them: no capitals, no question mark, few words"
PROTOCOL = (
    "exact match of NQ-open (Lee et al. 2019) and whether an accepted answer stands in what was given, "
    "over the gold passage (oracle of Liu et al. 2023)"
)
FILE = "nq_open_oracle/nq-open-oracle.jsonl.gz"


def load(data: Path, *, everything: bool = False) -> Iterator[Case]:
    """Questions over held-out pages, or all."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            gold = row["ctxs"][0]
            if everything or split_of(f"nq:{gold['title']}") == "test":
                yield Case(row["question"], (Passage(gold["title"], gold["text"]),), tuple(row["answers"]))


def measure(reader: Reader, data: Path, *, everything: bool, limit: int | None, line: float) -> Figures:
    """Values of each question by measure."""
    given = list(give(reader, sampled(load(data, everything=everything), limit)))
    return {**figures(given, line), "holds_answer": holding(given)}
