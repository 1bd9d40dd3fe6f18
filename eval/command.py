"""What `presstime eval` and `python -m eval` do: score a question file on a store, or compare two runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval import table
from eval.compare import compare_rows, comparison_lines
from eval.gold import Coverage
from eval.html import write_html
from eval.questions import load_questions
from eval.run import evaluate, read_rows
from eval.scoring import Scored
from eval.summary import summarise
from eval.systems import OURS, open_system
from index.errors import ModelError, QuestionError
from index.store import Store
from rag.writing.budget import token_counter
from rag.writing.weights import bundled_gguf, converted

UNLOCATED = "no entry of the store holds its evidence at the time it gives"


def run(
    questions: Path,
    store: Path,
    *,
    out: Path | None,
    system: str,
    generator: str,
    scope: str,
    resume: bool,
    workers: int,
    show_wrong: bool,
    as_json: bool,
) -> int:
    """Score a question file; the number of questions that could not be put.

    With `out`, keeps rows.jsonl, results.json and report.html there.
    """
    items = load_questions(questions)
    if scope == "page" and system != OURS:
        raise QuestionError(f"--scope page: {system} cannot be asked one page; leave it out")
    kept = Store.open(store, create=False)
    coverage = Coverage.of(kept.pages(), kept.entries())
    asked = open_system(system, kept, generator)
    settings = {
        "question_file": questions.name,
        "store": str(store),
        "generator": generator,
        "system": system,
    }
    errors = Console(stderr=True)
    with Progress(
        TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors
    ) as bar:
        task = bar.add_task("asking", total=len(items))

        def on_row(row: Scored) -> None:
            bar.advance(task)
            problem = row.text if row.status == "error" else UNLOCATED if "unlocated" in row.measures else ""
            if problem:
                errors.print(f"presstime: {row.id}: {problem}", markup=False, highlight=False, soft_wrap=True)

        report = evaluate(
            asked,
            items,
            coverage,
            scope=scope,
            settings=settings,
            out=out,
            resume=resume,
            workers=workers,
            count_tokens=_token_counter(),
            on_row=on_row,
        )
    summary = summarise(report.rows)
    results = {
        **summary,
        "settings": report.settings,
        "models": next((row.models for row in report.rows if row.models), {}),
        "environment": report.environment,
    }
    if out:
        (out / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
        write_html(out / "report.html", results, report.rows)
    if as_json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")
    else:
        table.show(summary, report.rows, wrong=show_wrong)
    return int(summary["totals"]["not_asked"])


def _token_counter() -> Callable[[str], int] | None:
    """Tokens by the bundled generator's vocabulary, for every system alike; None where it is not installed."""
    try:
        return token_counter(converted(bundled_gguf()) / "tokenizer.json")
    except ModelError:
        return None


def compare(before: Path, after: Path, *, as_json: bool) -> int:
    """Print what changed from one run's folder to another's; 0."""
    found = compare_rows(read_rows(before), read_rows(after))
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        for text in comparison_lines(found):
            Console(highlight=False, markup=False, soft_wrap=True).print(text)
    return 0
