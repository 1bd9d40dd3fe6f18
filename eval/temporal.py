"""What knowing time is worth: questions about time put to Presstime and to the same parts without it.

`python -m eval.temporal` prints, for each set and kind, the share of right answers of both systems.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.environment import environment
from eval.gold import Coverage
from eval.questions import Item, load_questions
from eval.simulate import Asked, simulate
from eval.simulate.layouts import MIXED
from eval.simulate.templates import SPLITS
from eval.statistics import bootstrap
from eval.timely import leaks, right
from eval.untimed import Untimed
from index.errors import PresstimeError
from index.ingest import add_sources
from index.store import Store
from rag.answering import Assistant
from rag.generation import load_generator
from rag.records import Answer

KINDS = ("as_of", "latest", "superseded", "timeline", "when", "multi_entry", "follow_up", "unanswerable")
IN_WORDS, NO_HISTORY, UNTOLD = "as_of, told in words alone", "follow_up, without history", "unanswerable, not told yet"
HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
SETS = ("sample", "real", "simulated")
NEAR_MISSES = 30
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """One question put to both systems."""

    set: str
    kind: str
    id: str
    question: str
    as_of: str | None
    expected: tuple[str, ...]
    right: bool
    text: str
    leaks: tuple[str, ...]
    plain_right: bool
    plain_text: str
    plain_leaks: int
    history: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put: `item` is what is asked, `as_of` what leaks are measured against."""

    kind: str
    item: Item
    asked: Item


def main(argv: Sequence[str] | None = None) -> int:
    """Fill the stores, put the questions, print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.temporal", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("runs/time"), help="folder for stores, rows and results")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=list(SETS))
    parser.add_argument("--entries", type=int, default=2_000, help="entries of simulated coverage")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split", choices=SPLITS, default="held_out", help="templates of simulated coverage")
    parser.add_argument("--layout", default="mixed", help=f"layout of simulated pages; mixed is {', '.join(MIXED)}")
    parser.add_argument("--per-kind", type=int, default=16, help="simulated questions of each kind")
    parser.add_argument("--generator", default="none", help="as for presstime serve; none answers by quotation")
    parser.add_argument("--wrong", action="store_true", help="print every wrong answer")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("eval").setLevel(logging.INFO)
    options.out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    began = time.perf_counter()
    try:
        for name in options.sets:
            rows += list(_measure(name, options))
    except PresstimeError as error:
        print(f"eval.temporal: {error}", file=sys.stderr)  # noqa: T201
        return 1
    settings = {k: v for k, v in vars(options).items() if k not in {"out", "json", "wrong"}}
    found = table(rows)
    seconds = round(time.perf_counter() - began)
    results = {"table": found, "settings": settings, "environment": environment(), "seconds": seconds}
    (options.out / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
    (options.out / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    if options.json:
        print(json.dumps(results))  # noqa: T201
    else:
        _show(found, rows if options.wrong else ())
    return 0


def _measure(name: str, options: argparse.Namespace) -> Iterator[Row]:
    folder = options.out / f"{name}.store"
    generator = load_generator(options.generator) if options.generator != "none" else None
    if name == "simulated":
        simulated = simulate(options.seed, options.entries, options.layout, options.split)
        folder = options.out / f"{name}-{options.split}-{options.seed}-{options.entries}-{options.layout}.store"
        _filled(folder, lambda store: [store.add(page.reading()) for page in simulated])
        puts = sampled(list(simulated.questions()), options.per_kind, options.seed)
    else:
        sources, questions = _pages(name)
        if not questions.exists():
            log.info("%s is not here: no %s pages", questions, name)
            return
        _filled(folder, lambda store: add_sources(store, sources))
        puts = list(_puts(load_questions(questions), options.seed))
    with Store.open(folder) as store:
        desk = Assistant(store, generator=generator or "none")
        plain = Untimed(store, generator)
        coverage = Coverage.of(store.pages(), store.entries())
        for put in puts:
            yield _put(name, put, desk, plain, coverage)
        log.info("%s: %d questions", name, len(puts))


def _pages(name: str) -> tuple[list[Path], Path]:
    if name == "sample":
        return sorted((HERE / "coverage").glob("*.txt")), HERE / "questions" / "sample.jsonl"
    return sorted((SHARED / "seeds").glob("*.txt")), SHARED / "eval" / "seed_questions.jsonl"


def _filled(folder: Path, fill: Callable[[Store], object]) -> None:
    """Fill a store once; a half-filled one has no mark and is filled again."""
    mark = folder / "filled"
    if not mark.exists():
        with Store.open(folder) as store:
            fill(store)
        mark.touch()


def sampled(asked: Sequence[Asked], per_kind: int, seed: int) -> list[Put]:
    """So many questions of each kind, by chance but for a seed always the same; a page's edits are left out."""
    rng = random.Random(seed)
    puts: list[Put] = []
    for kind in KINDS:
        of_kind = [a for a in asked if a.kind == kind and not a.edit]
        chosen = rng.sample(of_kind, min(per_kind, len(of_kind)))
        for one in chosen:
            item = one.to_item()
            puts += _ways(UNTOLD if kind == "unanswerable" and one.as_of else kind, item, in_words=one.worded)
    return puts


def _puts(items: Sequence[Item], seed: int) -> Iterator[Put]:
    """Questions about time of a question file; of those without an answer not more than a few."""
    absent = [i for i in items if i.kind == "unanswerable" and i.as_of is None]
    few = {i.id for i in random.Random(seed).sample(absent, min(NEAR_MISSES, len(absent)))}
    for item in items:
        if item.kind in KINDS and (item not in absent or item.id in few):
            untold = item.kind == "unanswerable" and item.as_of
            yield from _ways(UNTOLD if untold else item.kind, item, in_words=bool(item.as_of))


def _ways(kind: str, item: Item, *, in_words: bool) -> Iterator[Put]:
    yield Put(kind, item, item)
    if kind == "as_of" and in_words:
        yield Put(IN_WORDS, item, replace(item, as_of=None))
    if kind == "follow_up":
        yield Put(NO_HISTORY, item, replace(item, history=()))


def _put(name: str, put: Put, desk: Assistant, plain: Untimed, coverage: Coverage) -> Row:
    ours = _asked(desk, put.asked)
    theirs = _asked(plain, put.asked)
    item = put.item
    # Told in words, a clock time falls on each page's own day: only the pages asked about can leak.
    own = coverage.page_ids(item) if put.asked.as_of is None else None
    return Row(
        set=name, kind=put.kind, id=item.id, question=item.question,
        as_of=item.as_of.isoformat() if item.as_of else None, expected=item.answers,
        right=right(item, ours, coverage), text=ours.text, leaks=leaks(ours, item.as_of, pages=own),
        plain_right=right(item, theirs, coverage), plain_text=theirs.text,
        plain_leaks=len(leaks(replace(theirs, evidence=()), item.as_of, pages=own)), history=put.asked.history,
        evidence=tuple(f"{proof.published:%H:%M} {proof.quote}" if proof.published else proof.quote
                       for proof in item.evidence),
    )  # fmt: skip


def _asked(system: Assistant | Untimed, item: Item) -> Answer:
    return system.ask(item.question, as_of=item.as_of, history=item.history)


def table(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """A row for each set and kind: n, the share right of both systems with its interval, answers that leak."""
    found = []
    for group in dict.fromkeys((row.set, row.kind) for row in rows):
        of = [row for row in rows if (row.set, row.kind) == group]
        ours = bootstrap([float(row.right) for row in of])
        theirs = bootstrap([float(row.plain_right) for row in of])
        if ours and theirs:
            found.append({
                "set": group[0], "kind": group[1], "n": len(of),
                "presstime": round(ours.mean, 4), "interval": [round(ours.low, 4), round(ours.high, 4)],
                "without_time": round(theirs.mean, 4),
                "without_time_interval": [round(theirs.low, 4), round(theirs.high, 4)],
                "leaks": sum(bool(row.leaks) for row in of),
                "without_time_leaks": sum(bool(row.plain_leaks) for row in of),
            })  # fmt: skip
    return found


def _show(found: Sequence[dict[str, Any]], wrong: Sequence[Row]) -> None:
    console = Console(width=None if Console().is_terminal else 120, highlight=False, markup=False)
    shown = Table("set", "kind", *(("n", "presstime", "95%", "without time", "leaks", "without time, leaks")))
    for row in found:
        low, high = (f"{100 * end:.0f}" for end in row["interval"])
        shares = [f"{100 * row[name]:.0f}%" for name in ("presstime", "without_time")]
        counts = [str(row[name]) for name in ("leaks", "without_time_leaks")]
        shown.add_row(row["set"], row["kind"], str(row["n"]), shares[0], f"{low}-{high}", shares[1], *counts)
    console.print(shown)
    for one in wrong:
        if not one.right or one.leaks:
            print(_described(one))  # noqa: T201


def _described(row: Row) -> str:
    history = "".join(f"\n  before    {q} -> {a}" for q, a in row.history)
    return (
        f"\n{row.set} / {row.kind}  {row.id}  as of {row.as_of}{history}\n  asked     {row.question}\n"
        f"  expected  {' | '.join(row.expected[:4])}\n  evidence  {' || '.join(row.evidence[:4])}\n"
        f"  got       {row.text}\n  leaks     {'; '.join(row.leaks) or 'none'}"
    )


if __name__ == "__main__":
    sys.exit(main())
