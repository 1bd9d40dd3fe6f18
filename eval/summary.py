"""Scored rows -> figures by group and kind, each with n and an interval, and the failures by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from eval import metrics
from eval.causes import REFUSED
from eval.questions import KINDS
from eval.scoring import Scored
from eval.statistics import bootstrap, detectable_difference

PLAIN_KINDS = ("fact", "number", "who", "when", "where", "quote")
TEMPORAL_KINDS = ("as_of", "latest", "superseded", "timeline")
TIMES = ("whole_ms", "first_words_ms")


def summarise(rows: Sequence[Scored]) -> dict[str, Any]:
    """Figures of a run as JSON types.

    `groups` are all, answerable, unanswerable, plain (the kinds that one entry answers) and temporal; every
    measure is a mean with its 95% interval over questions. Questions that could not be put count as wrong.
    """
    answerable = [row for row in rows if row.kind != "unanswerable"]
    groups = {
        "all": list(rows),
        "answerable": answerable,
        "plain": [row for row in rows if row.kind in PLAIN_KINDS],
        "temporal": [row for row in rows if row.kind in TEMPORAL_KINDS],
        "unanswerable": [row for row in rows if row.kind == "unanswerable"],
    }
    kinds = {kind: [row for row in rows if row.kind == kind] for kind in KINDS}
    counted = metrics.refusals([(row.kind != "unanswerable", row.status == REFUSED) for row in rows])
    curve = metrics.risk_coverage([row.confidence for row in rows], [_sound(row) for row in rows])
    rate = sum(row.correct for row in rows) / len(rows) if rows else 0.0
    return {
        "n": len(rows),
        "groups": {name: _figures(kept) for name, kept in groups.items() if kept},
        "kinds": {name: _figures(kept) for name, kept in kinds.items() if kept},
        "refusals": {
            **counted._asdict(),
            "precision": counted.precision,
            "recall": counted.recall,
            "f1": counted.f1,
        },
        "risk_coverage": {
            "points": [point._asdict() for point in curve],
            "area": metrics.area_under_risk(curve),
        },
        "latency_ms": {name: _percentiles(rows, name) for name in TIMES},
        "totals": {
            "unsupported_facts": sum(len(row.unsupported) for row in rows),
            "temporal_leaks": int(sum(row.measures.get("leaks", 0) for row in rows)),
            "evidence_leaks": int(sum(row.measures.get("evidence_leaks", 0) for row in rows)),
            "stale_answers": int(sum(row.measures.get("stale", 0) for row in rows)),
            "evidence_not_in_store": sum("unlocated" in row.measures for row in rows),
            "not_asked": sum(row.status == "error" for row in rows),
        },
        "causes": dict(Counter(row.cause for row in rows if row.cause).most_common()),
        "detectable_difference": detectable_difference(rate, len(rows)) if rows else None,
    }


def _figures(rows: Sequence[Scored]) -> dict[str, Any]:
    names = dict.fromkeys(name for row in rows for name in row.measures)
    means = {
        name: estimate._asdict()
        for name in names
        if (estimate := bootstrap([row.measures[name] for row in rows if name in row.measures]))
    }
    return {"n": len(rows), "right": sum(row.correct for row in rows), "measures": means}


def _sound(row: Scored) -> bool:
    """Whether the answer that this row would give, if it were given, is right."""
    return row.correct and row.kind != "unanswerable"


def _percentiles(rows: Sequence[Scored], name: str) -> dict[str, float | None]:
    values = [row.measures[name] for row in rows if name in row.measures]
    return {"p50": metrics.percentile(values, 0.5), "p95": metrics.percentile(values, 0.95)}
