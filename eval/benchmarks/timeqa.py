"""TimeQA: questions about a time, over a whole article that tells of many times."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.held_out import split_of
from eval.benchmarks.reading import Case, Figures, figures, give, sampled
from rag.reader import Passage, Reader

NEEDS = "the value that held at the time asked about, among values of other times; none where none is given"
PROTOCOL = "exact match and F1 over the whole article, easy and hard apart (Chen, Wang and Wang 2021)"
FILES = {"easy": "timeqa/human_train.easy.json.gz", "hard": "timeqa/human_train.hard.json.gz"}
SHORTEST = 80


def load(path: Path, *, everything: bool = False) -> Iterator[Case]:
    """Questions over held-out articles, or all; each paragraph is a passage."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            article = row["idx"].split("#")[0]
            if not everything and split_of(f"timeqa:{article}") != "test":
                continue
            title = article.split("/")[-1].replace("_", " ")
            passages = tuple(Passage(title, p["text"]) for p in row["paragraphs"] if len(p["text"]) > SHORTEST)
            yield Case(row["question"], passages, tuple(target for target in row["targets"] if target))


def measure(reader: Reader, data: Path, *, everything: bool, limit: int | None, line: float) -> Figures:
    """Values of each question by measure, those of the easy and the hard questions apart."""
    values: dict[str, list[float]] = {}
    for level, name in FILES.items():
        given = list(give(reader, sampled(load(data / name, everything=everything), limit and limit // 2)))
        values.update({f"{level}_{measure}": list(found) for measure, found in figures(given, line).items()})
    return values
