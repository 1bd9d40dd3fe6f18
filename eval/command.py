"""What `presstime eval` and `python -m eval` do: score a question file on a store, or compare two runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval import table
from eval.baselines import Baseline
from eval.compare import compare_rows, comparison_lines
from eval.gold import Coverage
from eval.html import write_html
from eval.questions import load_questions
from eval.run import System, evaluate, read_rows
from eval.scoring import Scored
from eval.summary import summarise
from index.errors import QuestionError
from rag.answering import Assistant

OURS = "presstime"
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
    desk = Assistant.open(store, generator=generator)
    coverage = Coverage.of(desk.store.pages(), desk.store.entries())
    asked: System = desk
    if system == OURS:
        desk.warm_up().join()  # loading the models is no part of the time that an answer takes
    elif scope == "page":
        raise QuestionError(f"--scope page: {system} cannot be asked one page; leave it out")
    else:
        asked = Baseline(desk.store, system)
        asked.ask(items[0].question)
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


def compare(before: Path, after: Path, *, as_json: bool) -> int:
    """Print what changed from one run's folder to another's; 0."""
    found = compare_rows(read_rows(before), read_rows(after))
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        for text in comparison_lines(found):
            Console(highlight=False, markup=False, soft_wrap=True).print(text)
    return 0
