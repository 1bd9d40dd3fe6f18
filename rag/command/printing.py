"""What the `presstime` command prints: lines for people, or one JSON object per line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from index.errors import PresstimeError
from index.health import source_warnings
from index.records import AddReport, Entry, Known, Reading
from index.times import time_label
from rag.page.exporting import searched_line
from rag.records import Answer, Citation, Sentence, to_plain

if TYPE_CHECKING:
    from index.store import Store

SHOWN_CHARS = 100
_SOURCES: dict[Known, str] = {
    "printed": "(printed with the entry)",
    "page": "(from the page)",
    "given": "(given)",
    "unknown": "(printed, which zone it means is not settled)",
}


def line(text: str | Text = "") -> None:
    """Print one line as it is: no markup is read in it and no width breaks it."""
    Console(highlight=False, markup=False, emoji=False, soft_wrap=True).print(text)


def json_line(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line."""
    sys.stdout.write(json.dumps(to_plain(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def error(problem: PresstimeError | str) -> None:
    """Print what failed, on one line of standard error."""
    text = " ".join(str(problem).split())
    sys.stderr.write(f"presstime: {text}\n")


def failure(source: str, problem: PresstimeError, *, as_json: bool) -> None:
    """Print a source that failed: for people on standard error, for programs on both."""
    message = str(problem)
    error(message if source in message else f"{source}: {message}")
    if as_json:
        json_line({"source": source, "error": message})


def warnings(page_id: str, texts: Iterable[str]) -> None:
    """Print what a reader of the page must know, on standard error."""
    for text in texts:
        error(f"{page_id}: {text}")


def reading(result: Reading, *, as_json: bool, explain: bool = False) -> None:
    """Print a page and its entries; with `explain`, also where each entry's time, date and zone come from."""
    page, entries = result
    if as_json:
        json_line({"source": page.source, "page": asdict(page), "entries": [asdict(entry) for entry in entries]})
        return
    warnings(page.id, page.warnings)
    line(Text(f"{page.name}  ({_count(len(entries), 'entry', 'entries')})", style="bold"))
    for entry in entries:
        line(f"  {time_label(entry)}  {headline(entry)}")
        if explain:
            line(f"      {_origin(entry)}")


def added(source: str, report: AddReport, *, as_json: bool) -> None:
    """Print what adding one page changed."""
    outcomes = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.withdrawn,
    }
    if as_json:
        json_line({"source": source, "page_id": report.page_id, **outcomes, "warnings": report.warnings})
        return
    warnings(report.page_id, report.warnings)
    line(f"{report.page_id}: " + ", ".join(f"{len(ids)} {name}" for name, ids in outcomes.items()))


def answer(given: Answer, *, as_json: bool) -> None:
    """Print an answer with [n] marks and, numbered, what it cites."""
    if as_json:
        json_line(given.to_dict())
        return
    numbers: dict[Citation, int] = {}
    said = [f"{s.text}{_marks(s.citations, numbers)}" for s in given.sentences]
    line(Text(" ".join(said) if said else given.text, style="bold"))
    for old in (old for old in given.superseded if old.citation not in numbers):  # not said already
        line(f"Earlier: {old.value}{_marks((old.citation,), numbers)}")
    for notice in given.notices:
        line(notice)
    if numbers:
        line()
    for citation, number in numbers.items():
        _citation(f"[{number}]", citation)
    if given.status == "not_in_coverage" and given.nearest:
        line("\nNearest entries:")
        for citation in given.nearest:
            _citation(" -", citation)
    if "Searched" not in given.text:  # a refusal says it already
        line("\n" + searched_line(given))


def timeline(told: Sequence[Sentence], *, as_json: bool) -> None:
    """Print what entries say of a topic, one line for each."""
    for sentence in told:
        if as_json:
            json_line(asdict(sentence))
        else:
            labels = dict.fromkeys(citation.label for citation in sentence.citations)
            line(f"{'; '.join(labels)}  {sentence.text}")
    if not told and not as_json:
        line("Not in the coverage.")


def info(store: Store, *, as_json: bool) -> None:
    """Print what a store holds: its counts, its encoder, its pages, its sources and what to be warned of."""
    stats = asdict(store.stats())
    newest = stats.pop("newest")
    pages = [
        {
            "id": page.id,
            "title": page.title,
            "entries": len(store.entries(page.id)),
            "newest": newest.get(page.id),
            "zone": page.zone,
            "source": page.source,
        }
        for page in store.pages()
    ]
    sources = [asdict(source) for source in store.sources()]
    said = source_warnings(store.sources(), datetime.now().astimezone())
    facts = {"version": version("presstime"), "store": str(store.path), **stats, "page_list": pages}
    facts |= {"sources": sources, "warnings": said}
    if as_json:
        json_line(facts)
    else:
        _facts(facts, "")


def _facts(facts: Mapping[str, Any], indent: str) -> None:
    for name, value in facts.items():
        shown = name.replace("_", " ")
        if isinstance(value, Mapping):
            line(f"{indent}{shown}:")
            _facts(value, indent + "  ")
        elif isinstance(value, list | tuple) and value:
            line(f"{indent}{shown}:")
            for item in value:
                line(f"{indent}  {_row(item)}")
        else:
            line(f"{indent}{shown}: {'none' if value in ((), []) else value}")


def _row(item: Any) -> str:
    if isinstance(item, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in item.items() if value)
    return str(item)


def _marks(citations: Iterable[Citation], numbers: dict[Citation, int]) -> str:
    marks = [f"[{numbers.setdefault(citation, len(numbers) + 1)}]" for citation in citations]
    return " " + "".join(marks) if marks else ""


def _citation(mark: str, citation: Citation) -> None:
    title = f"  {citation.title}" if citation.title else ""
    line(f"{mark} {citation.label}{title}")
    if citation.quote != citation.title:
        line(f"    > {' '.join(citation.quote.split())}")


def _origin(entry: Entry) -> str:
    """Where an entry's time, date and zone come from, in words."""
    time = f"time {entry.clock:%H:%M:%S}" if entry.clock else "no time of day"
    date = f"date {entry.published.date()} {_SOURCES[entry.date_source]}" if entry.published else "no date"
    zone = f"zone {entry.zone} {_SOURCES[entry.zone_source]}" if entry.zone else "no zone"
    return "; ".join((f'stamp "{entry.stamp}"' if entry.stamp else "no stamp", time, date, zone))


def headline(entry: Entry) -> str:
    """First words of an entry, on one line."""
    text = " ".join((entry.title or entry.body or entry.text("captions")).split())
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
