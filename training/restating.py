"""Fit which entries restate a fact: `python -m training.restating --store STORE --split fit`.

Rows are the sentences beside the surest one for every question over the pages of a split: they restate it where their
entry is named as one that answers, and they hold its answer. Fitted on rows whose surest sentence is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.embedding import Encoder, load_encoder
from rag.answering import Assistant
from rag.confidence import BUNDLED
from rag.confidence import RESTATING_FEATURES as FEATURES
from rag.evidence import Candidate
from rag.facts.restating import LIKELY, beside
from rag.judge import Judge, load_judge
from rag.reader import load_reader
from training.live_pages import LivePage, read_pages

STRENGTH = 1.0


def stating(page: LivePage) -> Iterator[tuple[str, dict[str, str]]]:
    """The questions for changing facts, and a sixth of the others, with the answer that each entry gives, by its id."""
    for fact in page.changing:
        yield fact.text, {page.entries[at].id: value for value, at in fact.chain}
    for asked in page.asked[::6]:
        if len(asked.answers) == 1 and asked.kind not in {"latest", "superseded"}:
            yield asked.text, {page.entries[at].id: asked.answers[0] for at in asked.where}


def rows(
    desk: Assistant, judge: Judge, encoder: Encoder, pages: Sequence[LivePage]
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Features of the sentences beside each question's surest one, and whether they restate it."""
    titles = desk.store.timetable().titles
    for page in pages:
        for question, answers in stating(page):
            found = desk.consider(question, pages=[page.id])
            if found and _gives(found[0], answers):
                for other in beside(question, found, judge, encoder, titles):
                    yield other.features, _gives(other.candidate, answers)


def _gives(candidate: Candidate, answers: dict[str, str]) -> bool:
    value = answers.get(candidate.entry.id)
    return value is not None and value in candidate.evidence.text


def main(argv: Sequence[str] | None = None) -> None:
    """Fit on one split, report on another, and write the weights beside the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("training/pages"))
    parser.add_argument("--fit", required=True, help="store of the fit split's pages")
    parser.add_argument("--report", required=True, help="store of the test split's pages")
    parser.add_argument("--limit", type=int, help="pages of a split at most")
    parser.add_argument("--reader", default=None)
    parser.add_argument("--out", type=Path, default=BUNDLED)
    args = parser.parse_args(argv)
    pages = read_pages(args.pages)
    reader, encoder = load_reader(args.reader), load_encoder()
    made = []
    for split, store in (("fit", args.fit), ("test", args.report)):
        desk = Assistant.open(store, generator="none", encoder=encoder, reader=reader)
        stored = {page.id for page in desk.store.pages()}
        chosen = [p for p in pages if p.split == split and p.id in stored and p.changing][: args.limit]
        made.append(list(rows(desk, load_judge(reader=reader), encoder, chosen)))
    (table, labels), (held, wanted) = (([f for f, _ in part], [y for _, y in part]) for part in made)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, labels)
    likely = model.predict_proba(held)[:, 1]
    given = likely >= LIKELY
    report = {
        "fitted_on": len(labels), "n": len(wanted), "restating": int(sum(wanted)),
        "auc": round(float(roc_auc_score(wanted, likely)), 3),
        "precision": round(float(np.mean(np.array(wanted)[given])), 3),
        "recall": round(float(np.mean(given[np.array(wanted)])), 3),
    }  # fmt: skip
    kept = json.loads(args.out.read_text())
    weights = {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    kept["restates"] = {"weights": weights, "bias": round(float(model.intercept_[0]), 4), "measured": report}
    args.out.write_text(json.dumps(kept, indent=1) + "\n")
    sys.stdout.write(json.dumps(kept["restates"]) + "\n")


if __name__ == "__main__":
    main()
