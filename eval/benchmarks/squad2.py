"""SQuAD 2.0: questions over a paragraph, half of them without an answer in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.held_out import TEST_ARTICLES
from eval.benchmarks.reading import Case, Figures, figures, give, sampled
from rag.reader import Passage, Reader

NEEDS = "not answering a question that an entry only seems to answer"
PROTOCOL = "exact match and F1 of the SQuAD 2.0 script, HasAns and NoAns apart (Rajpurkar et al. 2018)"
FILE = "squad2/squad2-part.json.gz"


def load(data: Path, *, everything: bool = False) -> Iterator[Case]:
    """Questions of the two held-out articles, or of all ten."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for article in articles:
        if not everything and article["title"] not in TEST_ARTICLES:
            continue
        for paragraph in article["paragraphs"]:
            passage = Passage(article["title"].replace("_", " "), paragraph["context"])
            for qa in paragraph["qas"]:
                yield Case(qa["question"].strip(), (passage,), tuple(a["text"] for a in qa["answers"]))


def measure(reader: Reader, data: Path, *, everything: bool, limit: int | None, line: float) -> Figures:
    """Values of each question by measure."""
    return figures(list(give(reader, sampled(load(data, everything=everything), limit))), line)
