"""Wrong answers of Presstime by cause, before and now: python -m eval.causes_table PAGE.md BEFORE... -- NOW...

Each is a run's --out folder; runs of one question set stand in the same place on both sides. The counts of BEFORE are
kept in the page itself, so that later runs need only NOW: python -m eval.causes_table PAGE.md -- NOW...
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.markdown import load_results, put_between
from index.errors import PresstimeError, QuestionError

MARKS = ("<!-- causes -->", "<!-- /causes -->")
_KEPT = re.compile(r"<!-- before (\{.*\}) -->")


def counted(folders: Sequence[Path]) -> dict[str, Any]:
    """Causes of each run by name, with how many questions it put and on which commit."""
    sets = {}
    for folder in folders:
        results = load_results(folder)
        commit = (results["environment"]["commit"] or "unknown")[:12]
        sets[folder.name] = {"n": results["n"], "commit": commit, "causes": results["causes"]}
    return sets


def table(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Causes as lines, largest first before; for each question set the counts before and now."""
    totals: Counter[str] = Counter()
    for found in before.values():
        totals.update(found["causes"])
    order = sorted({*totals, *(c for found in now.values() for c in found["causes"])}, key=lambda c: (-totals[c], c))
    head = [f"{name}, {now[name]['n']} questions: before | now" for name in now]
    lines = [f"| cause | {' | '.join(head)} |", "|---" * (1 + 2 * len(now)) + "|"]
    for cause in order:
        lines.append(f"| {cause} | {' | '.join(_cell(before, now, name, cause) for name in now)} |")
    sums = [
        f"{sum(before.get(name, {}).get('causes', {}).values())} | {sum(now[name]['causes'].values())}" for name in now
    ]
    lines.append(f"| **all** | {' | '.join(sums)} |")
    commits = [sorted({found["commit"] for found in side.values()}) for side in (before, now)]
    lines.append(f"\nBefore: commit {', '.join(commits[0])}; now: commit {', '.join(commits[1])}.")
    return "\n".join(lines)


def _cell(before: Mapping[str, Any], now: Mapping[str, Any], name: str, cause: str) -> str:
    return f"{before.get(name, {}).get('causes', {}).get(cause, 0)} | {now[name]['causes'].get(cause, 0)}"


def rewrite(page: Path, before: Sequence[Path], now: Sequence[Path]) -> None:
    """Write the table between the page's marks.

    Raises:
        QuestionError: no runs from before are given and the page keeps none, or a folder holds no results.

    """
    kept = _KEPT.search(page.read_text(encoding="utf-8"))
    if not before and not kept:
        raise QuestionError(f"{page}: keeps no counts from before; give those runs ahead of --")
    counts = counted(before) if before else json.loads(kept[1]) if kept else {}
    text = f"{table(counts, counted(now))}\n\n<!-- before {json.dumps(counts)} -->"
    put_between(page, *MARKS, text)


def main(args: Sequence[str]) -> int:
    """Rewrite a page; 1 where that fails."""
    if len(args) < 3 or "--" not in args:
        sys.stderr.write("usage: python -m eval.causes_table PAGE.md [BEFORE...] -- NOW...\n")
        return 2
    page, place = Path(args[0]), args.index("--")
    try:
        rewrite(page, [Path(arg) for arg in args[1:place]], [Path(arg) for arg in args[place + 1 :]])
    except (OSError, PresstimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
