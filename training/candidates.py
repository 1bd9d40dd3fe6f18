"""Candidates of question sets with their features, as rows to fit and report on: `python -m training.candidates`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from eval.gold import holds
from eval.metrics import answer_contained
from eval.questions import Item, load_questions
from rag.answering import Assistant
from rag.composing import quote_sentence
from rag.confidence import load_calibration
from rag.evidence import Candidate
from rag.reader import load_reader

READ_KINDS = frozenset(
    "fact number who when where quote latest as_of superseded follow_up multi_entry unanswerable".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate of one question: its features, what doubts leave of its probability, and whether it answers.

    `page` names the coverage asked about: what is fitted on one page can be tried on another.
    """

    question: str
    page: str
    answerable: bool
    features: tuple[float, ...]
    left: float
    right: bool
    text: str


def collect(desk: Assistant, items: Sequence[Item], scope: Literal["all", "page"] = "all") -> Iterator[list[Row]]:
    """The candidates of every question of a read kind, asked of the whole store or of the page it names.

    A question on which nothing was found has none.
    """
    for item in items:
        if item.kind not in READ_KINDS:
            continue
        pages = item.pages if scope == "page" else None
        considered = desk.consider(item.question, item.as_of, pages, item.history)
        if considered is not None:
            page = item.pages[0] if item.pages else ""
            yield [_row(item.id, page, item.answerable, c, _right(item, c)) for c in considered]


def collect_near_misses(desk: Assistant, path: Path) -> Iterator[list[Row]]:
    """The same for the near-misses over the sample coverage and their twins.

    A near-miss counts as unanswerable everywhere, though it is known to be so only for its own entry.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in [r for r in rows if r.get("page")]:
        considered = desk.consider(row["question"])
        if considered is not None:
            answerable = bool(row["answer"])
            yield [_row(row["id"], row["page"], answerable, c, _in_passage(row, c)) for c in considered]


def _row(question: str, page: str, answerable: bool, c: Candidate, right: bool) -> Row:
    plain = load_calibration().probability(c.features)
    return Row(question, page, answerable, c.features, c.confidence / plain if plain else 1.0, right, c.evidence.text)


def _right(item: Item, candidate: Candidate) -> bool:
    """Whether the sentence holds an accepted answer and stands in an entry that the question's evidence names."""
    text = quote_sentence(candidate.evidence, item.question).text
    proven = any(holds(candidate.entry, proof) for proof in item.evidence)
    return item.answerable and proven and answer_contained(text, item.answers)


def _in_passage(row: Mapping[str, Any], candidate: Candidate) -> bool:
    """Whether the sentence stands in the row's passage and holds its answer."""
    text, passage = (" ".join(t.split()) for t in (candidate.evidence.text, row["passage"]))
    return bool(row["answer"]) and text in passage and answer_contained(text, (row["answer"],))


def read_groups(path: Path) -> list[list[Row]]:
    """Rows written by this command, a list for each question."""
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        rows = [Row(**{**row, "features": tuple(row["features"])}) for row in json.loads(line)]
        groups.append(rows)
    return groups


def main(argv: Sequence[str] | None = None) -> None:
    """Write one line a question: its candidates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--near-misses", type=Path, help="near-miss JSONL; its rows over stored pages are taken")
    parser.add_argument("--scope", choices=["all", "page"], default="all", help="ask the store, or the page named")
    parser.add_argument("--limit", type=int, help="questions of a file at most")
    parser.add_argument("--reader", default=None)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    desk = Assistant.open(args.store, generator="none", reader=load_reader(args.reader))
    with args.out.open("w", encoding="utf-8") as out:
        for path in args.questions:
            for group in collect(desk, load_questions(path)[: args.limit], args.scope):
                out.write(json.dumps([asdict(row) for row in group]) + "\n")
        if args.near_misses:
            for group in collect_near_misses(desk, args.near_misses):
                out.write(json.dumps([asdict(row) for row in group]) + "\n")


if __name__ == "__main__":
    main()
