"""The `presstime watch` command: looks at sources until it is stopped, and prints what is new."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from index.store import Store
from index.times import time_label
from index.watching import WatchEvent, watch
from rag.command import printing


def run(store: Path, sources: Sequence[str], *, as_json: bool, max_looks: int | None, **options: Any) -> int:
    """Watch until stopped, or until each source was looked at `max_looks` times; the number that failed last.

    `options` are those of `index.watching.watch`. A person's Ctrl-C ends the watch for good; after a termination
    signal the sources are still expected to be live, so that a watch that is not started again is noticed.
    """
    signal.signal(signal.SIGTERM, _terminate)
    failed: set[str] = set()
    seen: set[str] = set()
    with Store.open(store) as kept:
        try:
            for event in watch(kept, sources, max_looks=max_looks, **options):
                (failed.add if event.error else failed.discard)(event.source)
                _print(kept, event, as_json=as_json, first=event.source not in seen)
                seen.add(event.source)
        except KeyboardInterrupt:
            _end(kept, seen)
            return 0
    return len(failed)


def end(store: Path, sources: Sequence[str]) -> None:
    """Say that these sources need not be live any more."""
    with Store.open(store, create=False) as kept:
        named = {record.source for record in kept.sources()}
        for source in sources:
            if source not in named:
                printing.error(f"{source} is not a source of {store}. `presstime info` lists them.")
        _end(kept, named.intersection(sources))


def _end(kept: Store, sources: set[str]) -> None:
    for source in sorted(sources):
        kept.set_live(source, False)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _print(kept: Store, event: WatchEvent, *, as_json: bool, first: bool) -> None:
    """Print a look that found something, failed, or was the first one at its source."""
    if as_json:
        report = {} if event.report is None else {k: v for k, v in asdict(event.report).items() if k != "unchanged"}
        error = {} if event.error is None else {"error": str(event.error)}
        printing.json_line({"source": event.source, "at": event.at, "wait_s": event.wait_s, **report, **error})
        return
    clock = f"{event.at.astimezone():%H:%M:%S}"
    if event.error:
        printing.error(f"{clock} {event.error} Next look in {event.wait_s:.0f} s.")
    elif event.report:
        found = {name: getattr(event.report, name) for name in ("added", "changed", "withdrawn")}
        if any(found.values()) or first:
            counts = ", ".join(f"{len(ids)} {name}" for name, ids in found.items())
            printing.warnings(event.report.page_id, event.report.warnings)
            printing.line(f"{clock} {event.report.page_id}: {counts}")
        for name, ids in found.items():
            for entry_id in ids:
                entry = kept.entry(entry_id, event.report.page_id)
                printing.line(f"  {name:<9} {time_label(entry)}  {printing.headline(entry)}")
    elif first:
        printing.line(f"{clock} {event.source}: not changed since it was last fetched")
