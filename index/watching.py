"""Sources looked at again and again: what is new in them is stored and told, politely and without end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import PresstimeError, SourceError, UnavailableError
from index.fetching import fetch
from index.health import pace_s
from index.reading import expand, is_address, read_content, read_source
from index.records import AddReport, Reading
from index.robots import Robots
from index.store import Store

EVERY_S = 60.0
HOST_GAP_S = 1.0
LONGEST_WAIT_S = 3600.0
FETCH_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One look at a source, at `at` (aware): what it changed, or the error that it ended in.

    `report` is None also where the source had not changed since the look before. `wait_s` is how long it is left
    alone now.
    """

    source: str
    at: datetime
    wait_s: float
    report: AddReport | None = None
    error: PresstimeError | None = None


@dataclass(frozen=True, slots=True)
class _Options:
    """What the caller of `watch` said, as explained there."""

    zone: str | None
    day: date | None
    format: str | None
    allow_private: bool
    every_s: float
    host_gap_s: float


@dataclass(slots=True)
class _Watched:
    """What the watch remembers of one source between two looks."""

    source: str
    due: float = 0.0
    looks: int = 0
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    mark: object = None
    page_id: str | None = None


@dataclass(slots=True)
class _Round:
    """The sources of a watch, and when each host was last asked."""

    given: Sequence[str]
    known: dict[str, _Watched] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)


def watch(
    store: Store,
    sources: Sequence[str | Path],
    *,
    every_s: float = EVERY_S,
    max_looks: int | None = None,
    zone: str | None = None,
    day: date | None = None,
    format: str | None = None,  # noqa: A002
    allow_private: bool = False,
    obey_robots: bool = True,
    host_gap_s: float = HOST_GAP_S,
    stop: threading.Event | None = None,
) -> Iterator[WatchEvent]:
    """Look at every source when it is due, store what is new, and give one event for each look.

    Addresses are asked for conditionally, so that an unchanged page costs nothing; files are read again when
    their time or size changes, and new files of a folder are found. A source that fails is asked less and less
    often, by `wait_after`; it does not stop the others. A page withdrawn by hand while the watch
    runs stays withdrawn. The store records how each source fares, and that it
    should be live: it is warned of when the watch ends, until `Store.set_live` says otherwise.

    `every_s` is the time between two looks at a source, `host_gap_s` the least time between two requests to one
    host; `obey_robots` leaves alone what a site's robots.txt asks programs not to fetch. The watch ends when
    `stop` is set, or after `max_looks` at each source. The other options are as in read_source.
    """
    if "-" in map(str, sources):
        raise SourceError("Standard input cannot be watched: it is read once. Name files, folders or web addresses.")
    options = _Options(zone, day, format, allow_private, every_s, host_gap_s)
    stop = stop or threading.Event()
    robots = Robots(allow_private=allow_private) if obey_robots else None
    round_ = _Round([str(source) for source in sources])
    while not stop.is_set():
        _find(store, round_, options)
        left = [w for w in round_.known.values() if max_looks is None or w.looks < max_looks]
        if not left:
            if max_looks is not None:
                return
            stop.wait(every_s)  # the folders are empty yet
            continue
        watched = min(left, key=lambda w: w.due)
        pause = max(watched.due, _host_free(round_, watched, options)) - time.monotonic()
        if pause > 0:
            # Woken now and then, so that new files of a folder are found.
            stop.wait(min(pause, options.every_s))
            continue
        yield _look(store, watched, robots, round_, options)


def wait_after(failures: int, every_s: float, retry_after_s: float | None = None) -> float:
    """Seconds to wait before the next look: longer after each failure in a row, and never the same twice.

    Doubled at each failure up to an hour, of which a random part between half and all is waited ("equal
    jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/); at least what the
    server asked for, up to a day.
    """
    if not failures:
        return every_s
    longest = max(every_s, min(LONGEST_WAIT_S, every_s * 2.0 ** min(failures, 20)))
    wait = longest * random.uniform(0.5, 1.0)  # noqa: S311
    return max(wait, min(retry_after_s or 0.0, 86_400.0))


def _find(store: Store, round_: _Round, options: _Options) -> None:
    """Take up sources that are not watched yet: those given, and new files of folders."""
    for given in round_.given:
        for source in expand(given):
            if source in round_.known:
                continue
            record = store.set_live(source, True, looked_every_s=options.every_s)
            watched = _Watched(source, failures=record.failures)
            pages = {page.id for page in store.pages()}
            if pages.intersection(record.page_ids) and not (options.zone or options.day or options.format):
                watched.etag, watched.last_modified = record.etag, record.last_modified
            round_.known[source] = watched


def _host_free(round_: _Round, watched: _Watched, options: _Options) -> float:
    asked = round_.asked.get(_host(watched.source))
    return asked + options.host_gap_s if asked is not None else 0.0


def _host(source: str) -> str:
    return urlsplit(source).netloc.lower() if is_address(source) else ""


def _look(store: Store, watched: _Watched, robots: Robots | None, round_: _Round, options: _Options) -> WatchEvent:
    """Look at one source once, and record how it went."""
    at = datetime.now(UTC)
    report, error, retry_after_s, gap_s = None, None, None, 0.0
    try:
        if robots and is_address(watched.source):
            gap_s = robots.check(watched.source)
        reading = _read_anew(watched, at, options)
        # What was withdrawn by hand while the watch runs stays withdrawn until it is put back by hand.
        wanted = reading and not (reading.page.id == watched.page_id and _is_withdrawn(store, reading.page.id))
        report = store.add(reading, seen_at=at) if reading and wanted else None
        watched.page_id = report.page_id if report else watched.page_id
        changed = bool(report and (report.added or report.changed or report.withdrawn))
        store.record_fetch(
            watched.source,
            at=at,
            changed=changed,
            page_id=report.page_id if report else None,
            etag=watched.etag,
            last_modified=watched.last_modified,
            expected_every_s=pace_s(store.entries(report.page_id)) if report and changed else None,
        )
        watched.failures = 0
    except PresstimeError as problem:
        error = problem
        retry_after_s = problem.retry_after_s if isinstance(problem, UnavailableError) else None
        watched.failures += 1
        watched.etag = watched.last_modified = watched.mark = None
        store.record_fetch(watched.source, at=at, error=str(problem))
    watched.looks += 1
    wait_s = wait_after(watched.failures, max(options.every_s, gap_s), retry_after_s)
    watched.due = time.monotonic() + wait_s
    if host := _host(watched.source):
        round_.asked[host] = time.monotonic()
    return WatchEvent(watched.source, at, wait_s, report, error)


def _is_withdrawn(store: Store, page_id: str) -> bool:
    return not store.entries(page_id) and bool(store.entries(page_id, withdrawn=True))


def _read_anew(watched: _Watched, at: datetime, options: _Options) -> Reading | None:
    """What a source holds now; None where that is what it held at the look before."""
    source = watched.source
    if not is_address(source):
        try:
            state = Path(source).stat()
            mark: object = (state.st_mtime_ns, state.st_size)
        except OSError:
            mark = None  # reading it says what is wrong
        if mark is not None and mark == watched.mark:
            return None
        watched.mark = mark
        return read_source(source, zone=options.zone, day=options.day, format=options.format)
    answer = fetch(
        source,
        allow_private=options.allow_private,
        etag=watched.etag,
        last_modified=watched.last_modified,
        total_timeout_s=FETCH_TIMEOUT_S,
    )
    if answer.status == 304:
        return None
    digest = sha256(answer.data).digest()
    watched.etag, watched.last_modified = answer.etag, answer.last_modified
    if digest == watched.mark:
        return None
    watched.mark = digest
    return read_content(answer.data, url=source, zone=options.zone, day=options.day, captured=at, format=options.format)
