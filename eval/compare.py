"""Two runs over the same questions: what got better and worse, and whether chance would do as much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from eval.scoring import Scored
from eval.statistics import detectable_gap, paired

MEASURES = (
    "correct",
    "Success@1",
    "Success@5",
    "RR",
    "citation_precision",
    "citation_recall",
    "unsupported",
    "words",
    "whole_ms",
)


def compare_rows(before: Iterable[Scored], after: Iterable[Scored]) -> dict[str, Any]:
    """Compare run B with run A, over the questions that both put; causes are counted over all of each run.

    A measure is compared over the questions for which both runs define it; `difference` is B minus A.
    """
    a = {row.id: row for row in before}
    b = {row.id: row for row in after}
    both = [i for i in a if i in b]
    differing = sum(a[i].correct != b[i].correct for i in both)
    return {
        "n": len(both),
        "differing": differing,
        "detectable_difference": detectable_gap(differing / len(both), len(both)) if both else None,
        "only_in_a": [i for i in a if i not in b],
        "only_in_b": [i for i in b if i not in a],
        "measures": {name: found for name in MEASURES if (found := _measure(name, a, b, both))},
        "causes": _causes(a.values(), b.values()),
        "better": [_change(a[i], b[i]) for i in both if b[i].correct and not a[i].correct],
        "worse": [_change(a[i], b[i]) for i in both if a[i].correct and not b[i].correct],
    }


def _measure(
    name: str, a: Mapping[str, Scored], b: Mapping[str, Scored], ids: Iterable[str]
) -> dict[str, float] | None:
    pairs = [(b[i].measures[name], a[i].measures[name]) for i in ids if name in a[i].measures.keys() & b[i].measures]
    result = paired([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    return result._asdict() if result else None


def _causes(before: Iterable[Scored], after: Iterable[Scored]) -> dict[str, tuple[int, int]]:
    """Wrong answers of each run by cause, those of A most often first."""
    a, b = (Counter(row.cause for row in rows if row.cause) for rows in (before, after))
    return {cause: (a[cause], b[cause]) for cause in sorted({*a, *b}, key=lambda c: (-a[c], -b[c], c))}


def _change(before: Scored, after: Scored) -> dict[str, Any]:
    return {
        "id": after.id,
        "kind": after.kind,
        "question": after.question,
        "expected": list(after.expected),
        "a": before.text,
        "b": after.text,
        "cause": after.cause or before.cause,
    }


def comparison_lines(found: Mapping[str, Any]) -> list[str]:
    """Lines for a terminal: each measure, then each question that changed."""
    lines = [f"questions in both runs: {found['n']}; difference is B minus A, p by approximate randomisation"]
    for name, measure in found["measures"].items():
        lines.append(f"  {name:<20} {measure['difference']:+9.3f}   p {measure['p_value']:.3f}   n {measure['n']}")
    lines += [
        "wrong answers by cause, A and B:",
        *(f"  {a:4} {b:4}  {cause}" for cause, (a, b) in found["causes"].items()),
    ]
    for change in ("better", "worse"):
        lines.append(f"{change}: {len(found[change])}")
        for row in found[change]:
            lines += [
                f"  {row['id']}  ({row['kind']})  {row['question']}",
                f"    A  {row['a']}",
                f"    B  {row['b']}",
            ]
    for side in ("a", "b"):
        if found[f"only_in_{side}"]:
            lines.append(f"only in {side.upper()}: {', '.join(found[f'only_in_{side}'])}")
    return lines
