"""The figures of a run as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.scoring import Scored

WIDE = 120
SHARES = {
    "correct": "right",
    "parts_contained": "parts right",
    "Success@1": "ev@1",
    "Success@5": "ev@5",
    "RR": "MRR",
    "citation_precision": "cit P",
    "citation_recall": "cit R",
    "quote_precision": "quote P",
    "quote_recall": "quote R",
}


def figures(summary: Mapping[str, Any]) -> RenderableType:
    """Table by group and kind, then the lines that have no kinds."""
    table = Table(title=f"{summary['n']} questions", title_justify="left")
    table.add_column("")
    for head in ("n", *SHARES.values(), "words"):
        table.add_column(head, justify="right")
    for name, group in summary["groups"].items():
        table.add_row(*_cells(name, group), style="bold")
    table.add_section()
    for name, group in summary["kinds"].items():
        table.add_row(*_cells(name, group))
    return Group(table, *(Text(line) for line in lines(summary)))


def lines(summary: Mapping[str, Any], *, causes: bool = True) -> list[str]:
    """Refusals, unsupported facts, times: the figures that stand for the whole run."""
    refused, totals = summary["refusals"], summary["totals"]
    out = [
        "ev@k: an entry with the evidence is among the first k. cit, quote P, R: citation precision and recall,"
        " by entry and by quote.",
        f"refusals: {refused['right']} right, {refused['wrong']} wrong, {refused['missed']} missed"
        f" (precision {share(refused['precision'])},"
        f" recall {share(refused['recall'])}, F1 {share(refused['f1'])})",
        f"unsupported facts: {totals['unsupported_facts']}; later than as-of: {totals['temporal_leaks']} cited,"
        f" {totals['evidence_leaks']} given as evidence; stale: {totals['stale_answers']};"
        f" could not be asked: {totals['not_asked']}",
    ]
    if totals["evidence_not_in_store"]:
        out.append(f"questions whose evidence no entry holds at its time: {totals['evidence_not_in_store']}")
    for name, what in (("whole_ms", "whole answer"), ("first_words_ms", "first words")):
        times = summary["latency_ms"][name]
        if times["p50"] is not None:
            out.append(f"{what}: p50 {times['p50']:.0f} ms, p95 {times['p95']:.0f} ms")
    if speed := summary["groups"].get("all", {}).get("measures", {}).get("tokens_per_s"):
        out.append(f"tokens per second: {speed['mean']:.0f} ({speed['low']:.0f} to {speed['high']:.0f})")
    if summary["detectable_difference"]:
        points = 100 * summary["detectable_difference"]
        out.append(f"runs of {summary['n']} questions can be told apart from about {points:.0f} points on")
    if causes:
        out += [f"{count} x {cause}" for cause, count in summary["causes"].items()]
    return out


def wrong_answers(rows: Sequence[Scored]) -> RenderableType:
    """Every wrong answer by kind: question, expected, got, and the entry it cited."""
    parts: list[RenderableType] = []
    for kind in dict.fromkeys(row.kind for row in rows if not row.correct):
        parts.append(Text(f"\n{kind}", style="bold"))
        for row in rows:
            if row.kind == kind and not row.correct:
                parts.append(Text(_wrong(row)))
    return Group(*parts) if parts else Text("No wrong answers.")


def _wrong(row: Scored) -> str:
    expected = " | ".join(row.expected) if row.kind != "unanswerable" else "not in the coverage"
    cited = "; ".join(c.label for c in row.cited) or "nothing"
    return "\n  ".join(
        (
            f"{row.id}  {row.question}",
            f"expected  {expected}",
            f"got       {row.text}",
            f"cited     {cited}",
            f"cause     {row.cause}",
        )
    )


def _cells(name: str, group: Mapping[str, Any]) -> list[str]:
    means = group["measures"]
    words = f"{means['words']['mean']:.0f}" if "words" in means else "-"
    return [name, str(group["n"]), *(share(means.get(m, {}).get("mean")) for m in SHARES), words]


def share(value: float | None) -> str:
    """Print a share as a percentage; a dash where it is not defined."""
    return "-" if value is None else f"{100 * value:.0f}%"


def show(summary: Mapping[str, Any], rows: Sequence[Scored], *, wrong: bool) -> None:
    """Print the figures, and the wrong answers where asked; into a file or pipe as wide as they are."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    console.print(figures(summary))
    if wrong:
        console.print(wrong_answers(rows), soft_wrap=True)
