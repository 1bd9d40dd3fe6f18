"""QAMR: crowd-written questions about single sentences, half of them from Wikinews."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.held_out import split_of
from eval.benchmarks.reading import Case, Figures, figures, give, sampled
from eval.benchmarks.treebank import detokenize, token_span
from rag.reader import Passage, Reader

NEEDS = "choosing the right words of a news sentence: who did what to whom, when, where and how many"
PROTOCOL = "exact match and F1 of the SQuAD script against every annotator's answer (Michael et al. 2018)"
SENTENCES, QUESTIONS = "qamr/wiki-sentences.tsv.gz", ("qamr/dev.tsv.gz", "qamr/test.tsv.gz")


def load(data: Path, *, everything: bool = False) -> Iterator[Case]:
    """Questions over their sentence, from held-out articles or all; answers with gaps are left out."""
    printed = {}
    for cells in _rows(data / SENTENCES):
        if everything or split_of(_article(cells[0])) == "test":
            printed[cells[0]] = detokenize(cells[1].split(" "))
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in QUESTIONS:
        for cells in _rows(data / name):
            if cells[0] not in printed:
                continue
            text, spans = printed[cells[0]]
            judged = [cell.split(":", 1)[1] for cell in cells[7:] if ":" in cell and "Invalid" not in cell]
            found = [span for indices in (cells[6], *judged) if (span := token_span(indices, spans))]
            asked[cells[0], cells[5].strip()].update(text[a:b] for a, b in found)
    for (sentence, question), answers in asked.items():
        if answers:
            yield Case(question, (Passage("", printed[sentence][0]),), tuple(sorted(answers)))


def measure(reader: Reader, data: Path, *, everything: bool, limit: int | None, line: float) -> Figures:
    """Values of each question by measure."""
    return figures(list(give(reader, sampled(load(data, everything=everything), limit))), line)


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def _article(sentence: str) -> str:
    return ":".join(sentence.split(":")[:3])
