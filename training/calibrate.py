"""Fit when to answer and how sure to be: `python -m training.calibrate --store DIR --fit Q.jsonl --report Q2.jsonl`.

A logistic model over `rag.confidence.FEATURES` of the candidate that would lead: right where its sentence
holds an accepted answer, wrong where it does not or where the question has none.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from eval.gold import holds
from eval.metrics import answer_contained
from eval.questions import Item, Kind, load_questions
from rag.answering import Assistant
from rag.composing import quote_sentence
from rag.confidence import BUNDLED, FEATURES, named_worth
from rag.evidence import Candidate

READ_KINDS = frozenset(
    {
        "fact",
        "number",
        "who",
        "when",
        "where",
        "quote",
        "latest",
        "as_of",
        "superseded",
        "follow_up",
        "multi_entry",
        "unanswerable",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate of one question: its features and whether its sentence answers."""

    item: Item
    features: tuple[float, ...]
    right: bool
    text: str


def collect(desk: Assistant, items: Sequence[Item]) -> list[list[Row]]:
    """The candidates of every question of a read kind."""
    groups = []
    for item in items:
        considered = desk.consider(item.question, item.as_of, None, item.history) if item.kind in READ_KINDS else None
        if considered:
            groups.append([Row(item, f, _right(item, c), c.evidence.text) for c, f in considered])
    return groups


def _right(item: Item, candidate: Candidate) -> bool:
    """Whether the sentence holds an accepted answer and stands in an entry that the question's evidence names."""
    text = quote_sentence(candidate.evidence, item.question).text
    proven = any(holds(candidate.entry, proof) for proof in item.evidence)
    return item.answerable and proven and answer_contained(text, item.answers)


def collect_near_misses(desk: Assistant, path: Path) -> list[list[Row]]:
    """The same for the near-misses over the sample coverage and their twins.

    A near-miss counts as unanswerable everywhere, though it is known to be so only for its own entry.
    """
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        considered = desk.consider(row["question"]) if row.get("page") else None
        if considered:
            kind: Kind = "fact" if row["answer"] else "unanswerable"
            item = Item(row["id"], (row["page"],), row["question"], (row["answer"] or "",), (), kind)
            groups.append([Row(item, f, _in_passage(row, c), c.evidence.text) for c, f in considered])
    return groups


def _in_passage(row: Mapping[str, Any], candidate: Candidate) -> bool:
    """Whether the sentence stands in the row's passage and holds its answer."""
    text, passage = (" ".join(t.split()) for t in (candidate.evidence.text, row["passage"]))
    return bool(row["answer"]) and text in passage and answer_contained(text, (row["answer"],))


def leads(groups: Sequence[Sequence[Row]], model: LogisticRegression) -> tuple[list[Row], np.ndarray]:
    """The surest candidate of each question, and its probability."""
    rows, best = [], []
    for group in groups:
        probability = model.predict_proba(np.array([r.features for r in group]))[:, 1]
        probability = probability * np.array([named_worth(r.features) for r in group])
        at = int(np.argmax(probability))
        rows.append(group[at])
        best.append(float(probability[at]))
    return rows, np.array(best)


def choose_threshold(probability: np.ndarray, rows: Sequence[Row], max_lost: float) -> float:
    """The highest threshold that refuses at most `max_lost` of the leads that are right."""
    right = np.sort(probability[[r.right for r in rows]])
    return float(right[int(max_lost * len(right))]) - 1e-6 if len(right) else 0.5


def figures(probability: np.ndarray, rows: Sequence[Row], threshold: float) -> dict[str, Any]:
    """What the threshold does on a set: refusals right and wrong, area under ROC, risk at each coverage."""
    right = np.array([r.right for r in rows])
    answerable = np.array([r.item.answerable for r in rows])
    kept = probability >= threshold
    order = np.argsort(-probability)
    curve = {
        f"risk@{share}": round(float(1 - right[order[: max(1, int(len(rows) * share / 100))]].mean()), 3)
        for share in (25, 50, 75, 100)
    }
    bins = np.minimum((probability * 5).astype(int), 4)
    reliability = {
        f"{b / 5:.1f}-{(b + 1) / 5:.1f}": [int((bins == b).sum()), round(float(right[bins == b].mean()), 2)]
        for b in range(5)
        if (bins == b).any()
    }
    return {
        "n": len(rows), "right_leads": int(right.sum()), "answerable": int(answerable.sum()),
        "auc": round(float(roc_auc_score(right, probability)), 3),
        "right_leads_refused": round(float(1 - kept[right].mean()), 3),
        "answerable_refused": round(float(1 - kept[answerable].mean()), 3),
        "unanswerable_refused": round(float(1 - kept[~answerable].mean()), 3),
        **curve, "reliability": reliability,
    }  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    """Fit on one set, report on another, write the model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--fit", type=Path, nargs="+", required=True)
    parser.add_argument("--report", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--near-misses", type=Path, help="near-miss JSONL; its rows over stored pages are fitted on too"
    )
    parser.add_argument("--max-lost", type=float, default=0.1, help="share of right leads that may be refused")
    parser.add_argument("--reader", default=None)
    parser.add_argument("--strength", type=float, default=0.1, help="inverse regularisation")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    args = parser.parse_args(argv)
    from rag.reader import load_reader

    desk = Assistant.open(args.store, generator="none", reader=load_reader(args.reader))
    groups = [group for path in args.fit for group in collect(desk, load_questions(path))]
    if args.near_misses:
        groups += collect_near_misses(desk, args.near_misses)
    x = np.array([r.features for g in groups for r in g])
    y = np.array([r.right for g in groups for r in g])
    model = LogisticRegression(C=args.strength, max_iter=5000).fit(x, y)
    rows, probability = leads(groups, model)
    threshold = choose_threshold(probability, rows, args.max_lost)
    measured = {"fitted on": {"files": [p.name for p in args.fit], **figures(probability, rows, threshold)}}
    for path in args.report:
        other, p = leads(collect(desk, load_questions(path)), model)
        measured[f"reported on {path.name}"] = figures(p, other, threshold)
    weights = dict(zip(FEATURES, (round(float(w), 4) for w in model.coef_[0]), strict=True))
    held = {
        "weights": weights,
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }
    args.out.write_text(json.dumps({**held, "measured": measured}, indent=1) + "\n")
    sys.stdout.write(json.dumps({**held, "measured": measured}, indent=1) + "\n")


if __name__ == "__main__":
    main()
