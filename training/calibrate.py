"""Fit when to answer and how sure to be: `python -m training.calibrate --fit ROWS... --report ROWS...`.

A logistic model over `rag.confidence.FEATURES` of the candidate that would lead: right where its sentence holds an
accepted answer, wrong where it does not or where the question has none. Rows come from `training.candidates`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from eval.plots import curve
from rag.confidence import BUNDLED, FEATURES, LEAD_FEATURES, lead_row
from training.candidates import Row, read_groups

Groups = Sequence[Sequence[Row]]
FOLDS = 6
# What an ablation takes away: these features say nothing, and the rest is fitted anew.
PARTS: Mapping[str, tuple[str, ...]] = {
    "all parts": (),
    "without the judge": ("judged", "judged_below"),
    "without the relevance head": ("relevance", "relevance_below"),
    "without the reader's scores": (
        "margin", "margin_positive", "relevance", "judged", "margin_below", "relevance_below", "judged_below",
    ),
    "without retrieval's scores": ("retrieval", "dense", "lexical", "sentence", "retrieval_below"),
    "without the words of the question": (
        "stem_coverage", "sentence_coverage", "name_coverage", "sentence_names", "names_known", "type_fits",
        "mark_in_question",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads an answer: its probability, whether it is right, whether its question has an answer at all."""

    probability: float
    right: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """Two logistic models, as `rag.confidence.Calibration` holds them; `dropped` features are taken as 0."""

    choice: LogisticRegression
    decision: LogisticRegression
    dropped: tuple[str, ...] = ()

    def lead(self, group: Sequence[Row]) -> Lead:
        """The surest candidate of a question, and the probability that it answers."""
        (row,), (at,) = _decisions([group], self.choice, self.dropped)
        probability = float(self.decision.predict_proba([row])[0, 1])
        return Lead(probability, group[at].right, group[at].answerable)


def fit(groups: Groups, strength: float, dropped: tuple[str, ...] = ()) -> Fitted:
    """Fit the choice to every candidate, and the decision to the leads; `strength` is the inverse regularisation.

    The decision learns from leads of pages chosen by a model of other pages, where there are several: it would trust
    the choice too much on rows that the choice was fitted on.
    """
    rows, right = [], []
    for own, others in _by_pages(groups):
        table, leading = _decisions(own, _choice(others or own, strength, dropped), dropped)
        rows += table
        right += [group[at].right for group, at in zip(own, leading, strict=True)]
    decision = LogisticRegression(C=strength, max_iter=5000).fit(rows, right)
    return Fitted(_choice(groups, strength, dropped), decision, dropped)


def _choice(groups: Groups, strength: float, dropped: tuple[str, ...]) -> LogisticRegression:
    rows = [row for group in groups for row in group]
    return LogisticRegression(C=strength, max_iter=5000).fit(_table(rows, dropped), [row.right for row in rows])


def _decisions(
    groups: Groups, choice: LogisticRegression, dropped: tuple[str, ...]
) -> tuple[list[tuple[float, ...]], list[int]]:
    """The decision's features for each question, and which of its candidates leads."""
    rows, leading = [], []
    for group in groups:
        table = _table(group, dropped)
        probability = choice.predict_proba(table)[:, 1] * np.array([row.left for row in group])
        order = np.argsort(-probability, kind="stable")
        rows.append(lead_row(probability[order].tolist(), table[order].tolist(), [group[i].text for i in order]))
        leading.append(int(order[0]))
    return rows, leading


def _table(rows: Sequence[Row], dropped: tuple[str, ...]) -> np.ndarray:
    table = np.array([row.features for row in rows])
    table[:, [FEATURES.index(name) for name in dropped]] = 0.0
    return table


def leads(groups: Groups, model: Fitted) -> list[Lead]:
    """What leads each question; one without candidates is refused whatever the threshold."""
    return [model.lead(group) for group in groups if group]


def across_pages(groups: Groups, strength: float, dropped: tuple[str, ...] = ()) -> list[Lead]:
    """Leads of pages' questions by a model fitted on other pages'."""
    found = []
    for own, others in _by_pages([group for group in groups if group]):
        found += leads(own, fit(others, strength, dropped))
    return found


def _by_pages(groups: Groups) -> Iterator[tuple[list[Sequence[Row]], list[Sequence[Row]]]]:
    """Groups of a sixth of the pages (one page, where they are few) beside those of all other pages."""
    pages = sorted({group[0].page for group in groups})
    for fold in range(min(FOLDS, len(pages))):
        held = set(pages[fold::FOLDS])
        yield [g for g in groups if g[0].page in held], [g for g in groups if g[0].page not in held]


def choose_threshold(found: Sequence[Lead], max_lost: float) -> float:
    """The highest threshold that refuses at most `max_lost` of the leads that are right."""
    right = np.sort([lead.probability for lead in found if lead.right])
    return float(right[int(max_lost * len(right))]) - 1e-6 if len(right) else 0.5


def figures(found: Sequence[Lead], threshold: float) -> dict[str, Any]:
    """What the threshold does on a set: refusals right and wrong, area under ROC, risk at each coverage."""
    probability = np.array([lead.probability for lead in found])
    right = np.array([lead.right for lead in found])
    answerable = np.array([lead.answerable for lead in found])
    kept = probability >= threshold
    risks = risk_coverage(found)
    bins = np.minimum((probability * 5).astype(int), 4)
    reliability = {
        f"{b / 5:.1f}-{(b + 1) / 5:.1f}": [int((bins == b).sum()), round(float(right[bins == b].mean()), 2)]
        for b in range(5)
        if (bins == b).any()
    }
    return {
        "n": len(found), "right_leads": int(right.sum()), "answerable": int(answerable.sum()),
        "auc": round(float(roc_auc_score(right, probability)), 3),
        "right_leads_refused": _share(~kept[right]),
        "answerable_refused": _share(~kept[answerable]),
        "unanswerable_refused": _share(~kept[~answerable]),
        "answered_and_right": _share((kept & right)[answerable]),
        **{f"risk@{share}": risks[max(1, len(found) * share // 100) - 1] for share in (25, 50, 75, 100)},
        "reliability": reliability,
    }  # fmt: skip


def risk_coverage(found: Sequence[Lead]) -> list[float]:
    """Share of wrong leads among the surest 1, 2, ... n."""
    right = np.array([lead.right for lead in sorted(found, key=lambda lead: -lead.probability)], dtype=float)
    return [round(float(risk), 3) for risk in 1 - np.cumsum(right) / np.arange(1, len(right) + 1)]


def _held(names: Sequence[str], model: LogisticRegression) -> dict[str, Any]:
    weights = dict(zip(names, (round(float(w), 4) for w in model.coef_[0]), strict=True))
    return {"weights": weights, "bias": round(float(model.intercept_[0]), 4)}


def _share(values: np.ndarray) -> float | None:
    return round(float(values.mean()), 3) if len(values) else None


def ablation(groups: Groups, strength: float, max_lost: float) -> dict[str, dict[str, Any]]:
    """Figures across pages with each part taken away, its threshold chosen anew."""
    table = {}
    for name, dropped in PARTS.items():
        found = across_pages(groups, strength, dropped)
        told = figures(found, choose_threshold(found, max_lost))
        table[name] = {k: v for k, v in told.items() if k not in {"reliability", "answerable", "n"}}
    return table


def draw(found: Sequence[Lead], folder: Path) -> None:
    """Reliability and risk-coverage as one HTML page with two charts."""
    risks = risk_coverage(found)
    coverage = [((i + 1) / len(risks), 1 - risk) for i, risk in enumerate(risks)]
    ordered = sorted(found, key=lambda lead: lead.probability)
    tenth = max(1, len(ordered) // 10)
    parts = [ordered[i : i + tenth] for i in range(0, len(ordered), tenth)]
    reliable = [(float(np.mean([x.probability for x in p])), float(np.mean([x.right for x in p]))) for p in parts]
    charts = (
        curve(reliable, "Reliability", "Confidence, by tenths of the leads", "Right"),
        curve(coverage, "Risk and coverage", "Share of questions answered, surest first", "Right"),
    )
    style = "svg{width:640px;font:12px sans-serif}.line{fill:none;stroke:#0b5fa5;stroke-width:2}"
    style += ".axis,.grid{fill:none;stroke:#999}.grid{stroke:#ddd}"
    page = f"<!doctype html><meta charset=utf-8><title>Calibration</title><style>{style}</style>{''.join(charts)}"
    (folder / "calibration.html").write_text(page, encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    """Fit on one set, report across its pages and on other sets, write the model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", type=Path, nargs="+", required=True, help="rows of training.candidates")
    parser.add_argument("--report", type=Path, nargs="*", default=[], help="rows of sets not fitted on")
    parser.add_argument("--max-lost", type=float, default=0.08, help="share of right leads that may be refused")
    parser.add_argument("--strength", type=float, default=0.3, help="inverse regularisation")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--plots", type=Path, help="folder for the reliability and risk-coverage charts")
    args = parser.parse_args(argv)
    groups = [group for path in args.fit for group in read_groups(path) if group]
    model = fit(groups, args.strength)
    crossed = across_pages(groups, args.strength)
    threshold = choose_threshold(crossed, args.max_lost)
    measured = {
        "fitted on": {"files": [p.name for p in args.fit], **figures(leads(groups, model), threshold)},
        "across pages": figures(crossed, threshold),
    }
    for path in args.report:
        measured[f"reported on {path.name}"] = figures(leads(read_groups(path), model), threshold)
    held = {
        **_held(FEATURES, model.choice),
        "threshold": round(threshold, 4),
        "lead": _held(LEAD_FEATURES, model.decision),
        "measured": measured,
        "ablation": ablation(groups, args.strength, args.max_lost),
    }
    if args.out.exists():  # what another command fitted stays
        held |= {name: value for name, value in json.loads(args.out.read_text()).items() if name not in held}
    if args.plots:
        args.plots.mkdir(parents=True, exist_ok=True)
        draw(crossed, args.plots)
    args.out.write_text(json.dumps(held, indent=1) + "\n")
    sys.stdout.write(json.dumps(held, indent=1) + "\n")


if __name__ == "__main__":
    main()
