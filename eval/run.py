"""Put a question set to a system; score each answer, write every row as it comes, resume an earlier run."""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from eval.causes import REFUSED
from eval.environment import environment
from eval.gold import Coverage
from eval.questions import Item, load_questions
from eval.scoring import Scored, failed, score
from index.errors import PresstimeError, QuestionError
from index.store import Store
from rag.records import Answer

ROWS = "rows.jsonl"
SETTINGS = "settings.json"

log = logging.getLogger(__name__)


class System(Protocol):
    """Anything that answers. An adapter for another system builds an `Answer` from what it gives."""

    def ask(self, question: str, *, as_of: datetime | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer one question as things stood at `as_of`, with the turns before it."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """Scored questions in the order put, with what they were measured on."""

    rows: tuple[Scored, ...]
    settings: Mapping[str, Any]
    environment: Mapping[str, Any]


def evaluate(
    system: System,
    questions: Sequence[Item] | Path | str,
    coverage: Coverage | None = None,
    *,
    scope: str = "all",
    settings: Mapping[str, Any] | None = None,
    out: Path | None = None,
    resume: bool = False,
    workers: int = 1,
    count_tokens: Callable[[str], int] | None = None,
    on_row: Callable[[Scored], None] | None = None,
) -> Report:
    """Ask every question once and score the answers; the rows are in the questions' order.

    `questions` are items or a question file. `coverage` is what citations are looked up in: unless given, what
    stands in the system's `store`, or where it has none, what each answer itself shows.

    A question is put to all pages, as a reporter would; with `scope="page"` only to those it names, which
    needs a system whose `ask` takes `pages`. With `out`, each row is written there as it comes; `resume`
    keeps the rows that are there. A question that cannot be put, or breaks the system, becomes a failed row, and
    the rest is done. With `count_tokens` the tokens of an answer are set against the time it took.
    With several `workers` questions are asked side by side and no times are measured; the system's `ask` must be
    safe to use from threads.

    Raises:
        QuestionError: `resume` is asked for and the rows in `out` come from other questions or settings.

    """
    questions = load_questions(questions) if isinstance(questions, str | Path) else questions
    coverage = coverage or _coverage_of(system)
    used = {**(settings or {}), "scope": scope, "questions": [item.id for item in questions]}
    done = _start(out, used, resume=resume)
    rows = []

    def put(item: Item) -> Scored:
        return done.get(item.id) or _put(system, item, coverage, scope, timed=workers == 1, count=count_tokens)

    with ThreadPoolExecutor(workers) as pool:
        for row in map(put, questions) if workers == 1 else pool.map(put, questions):
            if out and row.id not in done:
                _append(out / ROWS, row)
            rows.append(row)
            if on_row:
                on_row(row)
    return Report(tuple(rows), used, {**environment(), "peak_memory_mb": _peak_memory_mb()})


def _coverage_of(system: System) -> Coverage | None:
    store = getattr(system, "store", None)
    return Coverage.of(store.pages(), store.entries()) if isinstance(store, Store) else None


def _put(
    system: System,
    item: Item,
    coverage: Coverage | None,
    scope: str,
    *,
    timed: bool,
    count: Callable[[str], int] | None,
) -> Scored:
    keywords: dict[str, Any] = {"as_of": item.as_of, "history": item.history}
    if coverage:
        pages = coverage.page_ids(item)
        if not pages:
            return failed(item, f"the store holds none of its pages ({', '.join(item.pages)}); add them first")
        if scope == "page":
            keywords["pages"] = tuple(sorted(pages))
    try:
        answer, times = _timed(system, item.question, keywords)
    except PresstimeError as error:
        return failed(item, str(error))
    except Exception as error:  # a system under test may break in any way, and the rest must be done
        log.warning("%s broke the system", item.id, exc_info=True)
        return failed(item, f"{type(error).__name__}: {error}")
    if count and answer.status != REFUSED:
        times["tokens_per_s"] = 1000 * count(answer.text) / max(times["whole_ms"], 0.001)
    return score(item, answer, coverage or Coverage.of_answer(item, answer), times if timed else {})


def _timed(system: System, question: str, keywords: dict[str, Any]) -> tuple[Answer, dict[str, float]]:
    """Answer with the time to its first words, where the system streams, and to the whole of it."""
    start = perf_counter()
    stream = getattr(system, "stream", None)
    if stream is None:
        given: Answer | None = system.ask(question, **keywords)
        return _whole(given, question), {"whole_ms": _since(start)}
    first_ms = None
    final: Answer | None = None
    for update in stream(question, **keywords):
        if first_ms is None and update.text:
            first_ms = _since(start)
        final = update.answer or final
    whole_ms = _since(start)
    return _whole(final, question), {"first_words_ms": whole_ms if first_ms is None else first_ms, "whole_ms": whole_ms}


def _whole(answer: Answer | None, question: str) -> Answer:
    if answer is None:
        raise QuestionError(f"{question[:80]!r}: the system gave no answer; `ask` returns an Answer")
    return answer


def _since(start: float) -> float:
    return (perf_counter() - start) * 1000


def _start(out: Path | None, settings: Mapping[str, Any], *, resume: bool) -> dict[str, Scored]:
    """Make the results folder ready; the rows already done where resuming."""
    if out is None:
        return {}
    out.mkdir(parents=True, exist_ok=True)
    written = json.dumps(settings, indent=1, sort_keys=True, default=str)
    if resume and (out / SETTINGS).exists():
        if (out / SETTINGS).read_text(encoding="utf-8") != written:
            raise QuestionError(f"{out}: holds rows of another run; leave out --resume to start over")
        done = {row.id: row for row in read_rows(out)}
        _write(out / ROWS, done.values())  # without a last line that a crash cut off
        return done
    (out / SETTINGS).write_text(written, encoding="utf-8")
    _write(out / ROWS, ())
    return {}


def _write(path: Path, rows: Iterable[Scored]) -> None:
    path.write_text("".join(_line(row) for row in rows), encoding="utf-8")


def _append(path: Path, row: Scored) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(_line(row))


def _line(row: Scored) -> str:
    return json.dumps(row.to_dict(), ensure_ascii=False) + "\n"


def read_rows(out: Path) -> Iterator[Scored]:
    """Rows of an earlier run; a last line cut off by a crash is left out.

    Raises:
        QuestionError: the folder holds no run.

    """
    try:
        lines = (out / ROWS).read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise QuestionError(f"{out}: holds no run ({error.strerror}); give a run's --out") from error
    for line in lines[:-1]:
        yield Scored.from_dict(json.loads(line))


def _peak_memory_mb() -> float:
    """Largest resident size of this process so far; Linux counts in kilobytes, macOS in bytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)
