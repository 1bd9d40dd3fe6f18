"""Presstime, plain baselines and other people's systems on the same questions: python -m eval.comparison.

Draws the questions, puts them to each system in a process of its own (so that memory and times are its own),
keeps every run under --out, and writes the tables into docs/comparison.md and the README.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.comparison_table import Run, full, short
from eval.environment import ROOT
from eval.markdown import load_results, put_between
from eval.questions import KINDS, load_questions
from eval.run import read_rows
from eval.systems import SYSTEMS
from index.errors import PresstimeError, QuestionError

MARKS = ("<!-- compared -->", "<!-- /compared -->")
PAGE, README = ROOT / "docs" / "comparison.md", ROOT / "README.md"
UNANSWERABLE_A_ROUND = 3


def draw(lines: Mapping[str, str], kinds: Mapping[str, str], n: int, seed: int) -> list[str]:
    """Draw n of the question lines (by id), one of each kind in turn and three without an answer."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for name in sorted(lines):
        waiting[kinds[name]].append(name)
    shuffler = random.Random(seed)
    for names in waiting.values():
        shuffler.shuffle(names)
    drawn: list[str] = []
    while len(drawn) < n and any(waiting.values()):
        for kind in KINDS:
            for _ in range(UNANSWERABLE_A_ROUND if kind == "unanswerable" else 1):
                if waiting[kind] and len(drawn) < n:
                    drawn.append(waiting[kind].pop())
    return [lines[name] for name in sorted(drawn)]


def write_questions(files: Sequence[Path], out: Path, n: int, seed: int) -> None:
    """Write the drawn questions of several files into one."""
    lines, kinds = {}, {}
    for file in files:
        items = {item.id: item for item in load_questions(file)}
        for line in file.read_text(encoding="utf-8-sig").split("\n"):
            if line.strip():
                name = str(json.loads(line)["id"])
                if name in lines:
                    raise QuestionError(f"{file}: the id {name!r} is also in another file; ids must differ")
                lines[name], kinds[name] = line.strip(), items[name].kind
    out.write_text("\n".join(draw(lines, kinds, n, seed)) + "\n", encoding="utf-8")


def put(system: str, questions: Path, store: Path, out: Path, *, resume: bool) -> None:
    """Put the questions to one system in a process of its own.

    Raises:
        QuestionError: the process failed; it has said why.

    """
    options = ["--store", str(store), "--system", system, "--out", str(out)]
    command = [sys.executable, "-m", "eval", str(questions), *options, *(["--resume"] if resume else [])]
    sys.stderr.write(f"{system}:\n")
    (out / "results.json").unlink(missing_ok=True)
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}  # the models are here; nobody looks for them elsewhere
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment, check=False)
    if not (out / "results.json").exists():
        raise QuestionError(f"{system} could not be put the questions; see above")


def render(out: Path, about: Mapping[str, Any], page: Path, readme: Path | None) -> None:
    """Write the tables of the runs kept in a folder; runs on other questions are left out."""
    runs = []
    for name in SYSTEMS:
        if (out / name / "results.json").exists():
            run = Run(name, load_results(out / name), tuple(read_rows(out / name)))
            if {row.id for row in run.rows} == set(about["ids"]):
                runs.append(run)
    if not runs:
        raise QuestionError(f"{out}: holds no runs on these questions; leave out --render to make them")
    put_between(page, *MARKS, full(runs, about))
    if readme:
        put_between(readme, *MARKS, short(runs, about))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the comparison; 1 where a system fails."""
    options = _options(argv)
    out: Path = options.out
    questions, store, about_file = out / "questions.jsonl", out / "coverage.store", out / "about.json"
    try:
        if not options.render:
            out.mkdir(parents=True, exist_ok=True)
            write_questions(options.questions, questions, options.n, options.seed)
            if not options.resume:
                shutil.rmtree(store, ignore_errors=True)
            sources = [str(path) for path in options.coverage]
            command = [sys.executable, "-m", "rag.cli", "add", *sources, "--store", str(store)]
            if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
                raise QuestionError("the coverage could not be added; see above")
            items = load_questions(questions)
            about = {
                "files": [path.name for path in options.questions],
                "seed": options.seed,
                "ids": [item.id for item in items],
                "kinds": {kind: sum(item.kind == kind for item in items) for kind in KINDS},
            }
            about_file.write_text(json.dumps(about, indent=1), encoding="utf-8")
            for system in options.systems:
                put(system, questions, store, out / system, resume=options.resume)
        render(out, json.loads(about_file.read_text(encoding="utf-8")), options.page, options.readme)
    except (OSError, PresstimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.comparison", description=__doc__)
    sample = [ROOT / "eval" / "questions" / "sample.jsonl"]
    parser.add_argument("--questions", type=Path, nargs="+", default=sample)
    parser.add_argument("--coverage", type=Path, nargs="+", default=sorted((ROOT / "eval" / "coverage").glob("*.txt")))
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--n", type=int, default=60, help="questions to draw")
    parser.add_argument("--seed", type=int, default=1, help="which questions are drawn")
    parser.add_argument("--out", type=Path, default=ROOT / "runs" / "comparison", help="where the runs are kept")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--readme", type=Path, default=None, help="also write the short table there")
    parser.add_argument("--resume", action="store_true", help="go on with runs that were cut off")
    parser.add_argument("--render", action="store_true", help="ask nothing; write the tables of the runs kept")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
