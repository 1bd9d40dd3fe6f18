"""The README's measured table from run folders: python -m eval.markdown README.md runs/sample runs/seeds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.table import share
from index.errors import PresstimeError, QuestionError

START, END = "<!-- measured -->", "<!-- /measured -->"
Results = Mapping[str, Any]


def table(runs: Sequence[tuple[str, Results]]) -> str:
    """Markdown table: a row for each measure, a column for each run; shares with their 95% intervals."""
    lines = [
        "| | " + " | ".join(f"{name}, {results['n']} questions" for name, results in runs) + " |",
        "|---" * (len(runs) + 1) + "|",
    ]
    for label, shown in ROWS:
        lines.append(f"| {label} | " + " | ".join(shown(results) for _, results in runs) + " |")
    return "\n".join(lines)


def _mean(group: str, measure: str) -> Callable[[Results], str]:
    def shown(results: Results) -> str:
        found = {**results["groups"], **results["kinds"]}.get(group, {}).get("measures", {}).get(measure)
        if found is None:
            return "-"
        return f"{share(found['mean'])} ({share(found['low'])} to {share(found['high'])}, n {found['n']})"

    return shown


def _count(kind: str) -> Callable[[Results], str]:
    """Counts, where there are too few questions for an interval to say anything."""

    def shown(results: Results) -> str:
        found = results["kinds"].get(kind)
        return f"{found['right']} of {found['n']}" if found else "-"

    return shown


def _words(results: Results) -> str:
    return f"{results['groups']['answerable']['measures']['words']['mean']:.0f}"


def _total(name: str) -> Callable[[Results], str]:
    return lambda results: str(results["totals"][name])


def _times(name: str) -> Callable[[Results], str]:
    def shown(results: Results) -> str:
        times = results["latency_ms"][name]
        return "-" if times["p50"] is None else f"{times['p50']:.0f} / {times['p95']:.0f} ms"

    return shown


def _speed(results: Results) -> str:
    found = results["groups"].get("all", {}).get("measures", {}).get("tokens_per_s")
    return f"{found['mean']:.0f}" if found else "-"


def _memory(results: Results) -> str:
    return f"{results['environment']['peak_memory_mb'] / 1024:.1f} GB"


ROWS: tuple[tuple[str, Callable[[Results], str]], ...] = (
    ("the evidence's entry is first", _mean("answerable", "Success@1")),
    ("the evidence's entry is among the first 5", _mean("answerable", "Success@5")),
    ("MRR", _mean("answerable", "RR")),
    ("right: fact, number, who, when, where, quote", _mean("plain", "correct")),
    ("right: as-of", _count("as_of")),
    ("right: latest", _count("latest")),
    ("right: superseded", _count("superseded")),
    ("right: timeline", _count("timeline")),
    ("right: several entries", _count("multi_entry")),
    ("right: follow-up", _count("follow_up")),
    ("right: all that have an answer", _mean("answerable", "correct")),
    ("parts of the answers that are right", _mean("answerable", "parts_contained")),
    ("refused, of those that have no answer", _mean("unanswerable", "correct")),
    ("refused, of those that have one", lambda results: str(results["refusals"]["wrong"])),
    ("cited entries that hold the answer", _mean("answerable", "citation_precision")),
    ("evidence that is cited", _mean("answerable", "citation_recall")),
    ("citations whose quote is the evidence", _mean("answerable", "quote_precision")),
    ("evidence that is quoted", _mean("answerable", "quote_recall")),
    ("facts that no cited entry holds", _total("unsupported_facts")),
    ("citations later than the as-of", _total("temporal_leaks")),
    ("stale answers", _total("stale_answers")),
    ("words in an answer", _words),
    ("tokens a second", _speed),
    ("first words, p50 / p95", _times("first_words_ms")),
    ("whole answer, p50 / p95", _times("whole_ms")),
    ("peak memory", _memory),
)


def provenance(runs: Sequence[tuple[str, Results]]) -> str:
    """What the figures were measured on, in one sentence for each run."""
    where = runs[0][1]["environment"]
    models = ", ".join(f"{part} {name}" for part, name in runs[0][1]["models"].items())
    return (
        f"Commit {(where['commit'] or 'unknown')[:12]}, {where['processor']}, {where['cores']} cores, "
        f"{where['memory_gb']} GB; {models}. 95% bootstrap intervals over questions."
    )


def rewrite(page: Path, folders: Sequence[Path]) -> None:
    """Put the table of the runs between the page's two marks.

    Raises:
        QuestionError: the page has no marks, or a folder holds no results.

    """
    runs = [(folder.name, load_results(folder)) for folder in folders]
    put_between(page, START, END, f"{table(runs)}\n\n{provenance(runs)}")


def put_between(page: Path, start: str, end: str, text: str) -> None:
    """Write `text` between a page's two marks, in place of what stands there.

    Raises:
        QuestionError: the page has no such marks.

    """
    before, found, rest = page.read_text(encoding="utf-8").partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise QuestionError(f"{page}: has no {start} ... {end}; put both where the table belongs")
    page.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


def load_results(folder: Path) -> Results:
    """What a run's folder holds as its results.json.

    Raises:
        QuestionError: it holds none.

    """
    try:
        results: Results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise QuestionError(f"{folder}: holds no results.json ({error.strerror}); give a run's --out") from error
    return results


def main(args: Sequence[str]) -> int:
    """Rewrite a page; 1 where that fails."""
    if len(args) < 2:
        sys.stderr.write("usage: python -m eval.markdown PAGE.md RUN...\n")
        return 2
    try:
        rewrite(Path(args[0]), [Path(arg) for arg in args[1:]])
    except PresstimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
