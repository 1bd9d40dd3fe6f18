"""Sources into the store: read each, add it, report it; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.errors import PresstimeError
from index.reading import SourceFailure, read_sources
from index.records import AddReport
from index.store import Store


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source: what adding it changed, or why it could not be added."""

    source: str
    report: AddReport | None = None
    error: PresstimeError | None = None


def add_sources(
    store: Store,
    sources: Iterable[str | Path],
    *,
    zone: str | None = None,
    day: date | None = None,
    format: str | None = None,  # noqa: A002
    allow_private: bool = False,
    on_report: Callable[[Added], None] | None = None,
    progress: bool = False,
) -> list[Added]:
    """Read and add every source, a folder file by file.

    `zone` and `day` fill in what the pages leave open; `format` and `allow_private` are as in read_source.
    `on_report` is called as each source is done. The store records how each source fared.
    """
    done: list[Added] = []
    known = {record.source for record in store.sources()}
    for found in read_sources(sources, zone=zone, day=day, format=format, allow_private=allow_private):
        if isinstance(found, SourceFailure):
            added = Added(found.source, error=found.error)
        else:
            try:
                added = Added(found.page.source, store.add(found, progress=progress))
            except PresstimeError as error:
                added = Added(found.page.source, error=error)
        _record(store, added, known)
        done.append(added)
        if on_report:
            on_report(added)
    return done


def _record(store: Store, added: Added, known: set[str]) -> None:
    """Record how a source fared; one that was never read is no source yet, and standard input never is."""
    if added.source == "-" or (added.report is None and added.source not in known):
        return
    if added.report is None:
        store.record_fetch(added.source, error=str(added.error))
    else:
        report = added.report
        changed = bool(report.added or report.changed or report.withdrawn)
        store.record_fetch(added.source, changed=changed, page_id=report.page_id)
