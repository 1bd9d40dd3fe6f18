"""Measure the bundled reader and judge on public sets that lie beside the checkout: `python -m eval.benchmarks`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from eval.benchmarks import nq, qamr, squad2, timeqa, vitaminc
from eval.benchmarks.reading import Figures
from eval.environment import ROOT, environment
from eval.statistics import bootstrap
from index.errors import ModelError, PresstimeError, QuestionError
from rag.judge import load_judge
from rag.reader import load_reader

READING = {"squad2": squad2, "qamr": qamr, "nq": nq, "timeqa": timeqa}
NAMES = (*READING, "vitaminc")
DATA = ROOT.parent / "shared" / "data"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each set asked for; 1 where one cannot be, which is named, and the rest is done."""
    options = _options(argv)
    failures = 0
    if options.json:
        sys.stdout.write(json.dumps(environment()) + "\n")
    for name in options.names or NAMES:
        try:
            result = _measure(name, options)
        except PresstimeError as error:
            failures += 1
            sys.stderr.write(f"{name}: {error}\n")
            continue
        sys.stdout.write((json.dumps(result) if options.json else _lines(result)) + "\n")
        sys.stdout.flush()
    return int(bool(failures))


def _measure(name: str, options: argparse.Namespace) -> dict[str, Any]:
    part = READING.get(name, vitaminc)
    run: Callable[..., Figures]
    if name in READING:
        reader = load_reader(options.reader)
        run, model = partial(READING[name].measure, reader, line=options.line), reader.name
    else:
        try:
            judge = load_judge(options.judge, load_reader(options.reader) if options.reader else None)
        except ModelError as error:
            raise ModelError(f"no judge is installed to put the claims to ({error})") from error
        run, model = partial(vitaminc.measure, judge), judge.name
    try:
        values = run(options.data, everything=options.all, limit=options.limit)
    except OSError as error:
        raise QuestionError(f"{error.filename} is not there ({error.strerror}); give the folder by --data") from error
    return {
        "benchmark": name,
        "needs": part.NEEDS,
        "protocol": part.PROTOCOL,
        "split": "all" if options.all else "held out",
        "model": model,
        "measures": {n: e._asdict() for n, v in values.items() if (e := bootstrap(v))},
    }


def _lines(result: dict[str, Any]) -> str:
    lines = [
        f"{result['benchmark']} ({result['split']}, {result['model']}): {result['needs']}",
        f"  {result['protocol']}",
    ]
    for name, found in result["measures"].items():
        interval = f"  ({100 * found['low']:.1f} to {100 * found['high']:.1f})" if found["n"] > 1 else ""
        lines.append(f"  {name:<24} {100 * found['mean']:5.1f}{interval}  n {found['n']}")
    return "\n".join(lines)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help=f"sets to measure: {', '.join(NAMES)}")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the sets, as published")
    parser.add_argument("--limit", type=int, default=400, help="questions of a set at most")
    parser.add_argument("--reader", help="another reader (and its judge), by name or folder")
    parser.add_argument("--judge", help="another model of natural language inference, by name or folder")
    parser.add_argument("--line", type=float, default=0.0, help="margin up to which a reader says that there is none")
    parser.add_argument("--all", action="store_true", help="also what training learnt from (for models from elsewhere)")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
