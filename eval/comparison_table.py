"""Runs of several systems on the same questions -> tables: a system a line, with intervals and paired tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.compare import compare_rows
from eval.questions import KINDS
from eval.scoring import Scored
from eval.systems import OURS
from eval.table import share

NAMES = {
    OURS: "**Presstime**",
    "words": "BM25, nearest sentence quoted",
    "meaning": "dense, nearest sentence quoted",
    "both": "BM25 and dense, nearest sentence quoted",
    "generator": "BM25 and dense, generator with a plain prompt",
    "llamaindex": "LlamaIndex",
    "txtai": "txtai",
}
QUOTING = frozenset({"words", "meaning", "both"})
PACKAGES = {"llamaindex": "llama-index-core", "txtai": "txtai"}


@dataclass(frozen=True, slots=True)
class Run:
    """One system's run: its name, its results.json, its rows."""

    name: str
    results: Mapping[str, Any]
    rows: tuple[Scored, ...]


Cell = Callable[[Run], str]


def _mean(group: str, measure: str, shown: Callable[[float], str]) -> Cell:
    def cell(run: Run) -> str:
        found = run.results["groups"].get(group, {}).get("measures", {}).get(measure)
        return f"{shown(found['mean'])} ({shown(found['low'])} to {shown(found['high'])})" if found else "-"

    return cell


def _share(group: str, measure: str) -> Cell:
    return _mean(group, measure, share)


def _total(name: str) -> Cell:
    return lambda run: str(run.results["totals"][name])


def _time(run: Run) -> str:
    found = run.results["latency_ms"]["whole_ms"]
    if found["p50"] is None or _busy(run):
        return "-"
    return f"{found['p50'] / 1000:.2f} / {found['p95'] / 1000:.2f}"


def _speed(run: Run) -> str:
    """Tokens a second of the systems that write; a quotation is there at once."""
    if run.name in QUOTING or _busy(run):
        return "-"
    return _mean("all", "tokens_per_s", lambda value: f"{value:.0f}")(run)


def _busy(run: Run) -> bool:
    """Whether other programs wanted the processor's cores too, so that times are too long."""
    where = run.results["environment"]
    return bool((where.get("load") or 0) > where["cores"] + 0.5)


def _memory(run: Run) -> str:
    return f"{run.results['environment']['peak_memory_mb'] / 1024:.1f}"


def _refused_wrongly(run: Run) -> str:
    answerable = [row for row in run.rows if row.kind != "unanswerable"]
    return f"{run.results['refusals']['wrong']} of {len(answerable)}"


ANSWERS: tuple[tuple[str, Cell], ...] = (
    ("right, of those with an answer", _share("answerable", "correct")),
    ("right, temporal kinds", _share("temporal", "correct")),
    ("refused, of those without an answer", _share("unanswerable", "correct")),
    ("unsupported facts an answer", _mean("all", "unsupported", lambda value: f"{value:.1f}")),
    ("cited entries that hold the answer", _share("answerable", "citation_precision")),
    ("seconds, p50 / p95", _time),
)
MORE: tuple[tuple[str, Cell], ...] = (
    ("parts right", _share("answerable", "parts_contained")),
    ("words in an answer", _mean("answerable", "words", lambda value: f"{value:.0f}")),
    ("refused though there is an answer", _refused_wrongly),
    ("evidence entries that are cited", _share("answerable", "citation_recall")),
    ("evidence quotes that are cited", _share("answerable", "quote_recall")),
    ("evidence's entry among the first 5", _share("answerable", "Success@5")),
)
TIME: tuple[tuple[str, Cell], ...] = (
    ("the standing value leads, temporal kinds", _share("temporal", "right_in_time")),
    ("citations later than the as-of", _total("temporal_leaks")),
    ("evidence later than the as-of", _total("evidence_leaks")),
    ("stale answers", _total("stale_answers")),
    ("could not be asked", _total("not_asked")),
    ("tokens a second", _speed),
    ("peak memory, GB", _memory),
)


def short(runs: Sequence[Run], about: Mapping[str, Any]) -> str:
    """The README's table, with what it was measured on."""
    return f"{_table(runs, ANSWERS)}\n\n{_drawn(about)} {_where(runs)}"


def full(runs: Sequence[Run], about: Mapping[str, Any]) -> str:
    """The page: answers, sources, time, each kind, and the paired tests against Presstime."""
    kinds = [(f"{kind} ({n})", _kind(kind)) for kind in KINDS if (n := about["kinds"].get(kind))]
    parts = [
        f"{_drawn(about)} {_where(runs)}",
        "## Answers",
        _table(runs, ANSWERS),
        "## Length, refusals and sources",
        _table(runs, MORE),
        "## Time and running",
        _table(runs, TIME),
        "## Right answers by kind",
        _table(runs, kinds),
    ]
    if paired := _paired(runs):
        parts += ["## Is the difference chance?", paired]
    return "\n\n".join(parts)


def _kind(kind: str) -> Cell:
    return lambda run: str(run.results["kinds"][kind]["right"]) if kind in run.results["kinds"] else "-"


def _table(runs: Sequence[Run], columns: Sequence[tuple[str, Cell]]) -> str:
    lines = ["| | " + " | ".join(name for name, _ in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {NAMES[run.name]} | " + " | ".join(cell(run) for _, cell in columns) + " |" for run in runs]
    return "\n".join(lines)


def _paired(runs: Sequence[Run]) -> str:
    """Each other system beside Presstime, question by question; empty without a run of Presstime."""
    ours = next((run for run in runs if run.name == OURS), None)
    others = [run for run in runs if run.name != OURS]
    if ours is None or not others:
        return ""
    lines = [
        "| Presstime less | right or rightly refused | p | smallest gap that shows | better on | worse on |",
        "|---" * 6 + "|",
    ]
    for run in others:
        found = compare_rows(run.rows, ours.rows)
        right = found["measures"]["correct"]
        lines.append(
            f"| {NAMES[run.name]} | {100 * right['difference']:+.0f} points | {right['p_value']:.4f} "
            f"| {100 * found['detectable_difference']:.0f} points "
            f"| {len(found['better'])} | {len(found['worse'])} |"
        )
    lines.append(
        "\np by approximate randomisation over the same questions, two-sided; a gap that small shows 4 times in 5."
    )
    return "\n".join(lines)


def _drawn(about: Mapping[str, Any]) -> str:
    n, without = len(about["ids"]), about["kinds"].get("unanswerable", 0)
    files = ", ".join(f"`{name}`" for name in about["files"])
    return (
        f"{n} questions drawn from {files} by kind (seed {about['seed']}), {without} of them without an answer; "
        "95% bootstrap intervals over questions."
    )


def _where(runs: Sequence[Run]) -> str:
    where = runs[0].results["environment"]
    commits = sorted({(run.results["environment"]["commit"] or "unknown")[:12] for run in runs})
    versions = ", ".join(
        f"{package} {version}"
        for run in runs
        if (package := PACKAGES.get(run.name)) and (version := run.results["environment"]["packages"].get(package))
    )
    busy = " The machine was busy with other work: such times are left out." if any(map(_busy, runs)) else ""
    return (
        f"Commit {', '.join(commits)}, {where['processor']}, {where['cores']} cores, {where['memory_gb']} GB"
        f"{'; ' + versions if versions else ''}.{busy}"
    )
