"""The store: pages, entries, revisions, chunks, vectors and the lexical index in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from index.connections import Connections
from index.embedding import Encoder, load_encoder
from index.errors import StoreError
from index.lexical import lexical_query, search_lexical
from index.notes import (
    after_attempt,
    read_feedback,
    read_source_record,
    read_sources,
    write_feedback,
    write_source,
)
from index.queries import (
    StoreStats,
    entry_key,
    page_rows,
    read_chunks,
    read_counter,
    read_entries,
    read_entries_by_ref,
    read_entry,
    read_meta,
    read_newest,
    read_pages,
    read_revisions,
    read_stamp,
    read_stats,
    read_vector_keys,
    read_vectors,
)
from index.records import AddReport, Chunk, Entry, Feedback, Page, Reading, Ref, Revision, Source
from index.schema import check_length, ensure_tables, store_errors
from index.selection import Columns, Keys, Span, Timetable, load_columns, load_timetable, select_keys
from index.writing import (
    Passage,
    aware,
    check_encoder,
    count_change,
    make_passages,
    plan_reading,
    record_encoder,
    withdraw_rows,
    write_reading,
)

__all__ = ["Store", "StoreStats", "lexical_query"]

DATABASE = "coverage.sqlite"
VECTOR_FILE = "vectors.faiss"

Loaded = TypeVar("Loaded", Columns, Timetable)


class Store:
    """Coverage on disk. Safe to use from several threads, and from several processes at once.

    Every method raises StoreError, naming the file and the next action, where the file cannot be read or
    written; a change is kept whole or not at all.
    """

    def __init__(self, path: Path, connections: Connections, encoder: Encoder | None) -> None:
        self.path = path
        self._connections = connections
        self._encoder = encoder
        self._lock = threading.RLock()
        self._columns: Columns | None = None
        self._timetable: Timetable | None = None
        if encoder is not None:
            self._check_encoder(encoder)

    @classmethod
    def open(cls, path: str | Path, *, encoder: Encoder | None = None, create: bool = True) -> Store:
        """Open the store in the folder `path`, made first where there is none and `create` is set.

        Without an `encoder` the bundled one is loaded when first needed.

        Raises:
            StoreError: there is no store, its file is damaged, or the folder cannot be written.
            EncoderMismatchError: the store was made with another encoder.

        """
        folder = Path(path)
        file = folder / DATABASE
        with store_errors(file, "opening the store"):
            exists = file.exists() and (file.stat().st_size > 0 or (folder / VECTOR_FILE).exists())
            if exists:
                check_length(file)
            elif not create:
                raise StoreError(f"There is no store in {folder}. Make one with: presstime add SOURCE")
            else:
                folder.mkdir(parents=True, exist_ok=True)
            connections = Connections(file)
            try:
                ensure_tables(connections.get(), file)
                return cls(folder, connections, encoder)
            except BaseException:
                connections.close()
                raise

    def close(self) -> None:
        """Close the store's connections; it cannot be used afterwards."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _meta(self, name: str) -> Any:
        with self._reading() as connection:
            return read_meta(connection, name)

    @property
    def id(self) -> str:
        """Id of this store, given when it was made."""
        return str(self._meta("store_id"))

    @property
    def counter(self) -> int:
        """Number of changes so far; moves on when any process commits one."""
        with self._reading() as connection:
            return read_counter(connection)

    @property
    def encoder_name(self) -> str | None:
        """Name of the encoder that made the vectors; None before the first entry."""
        name: str | None = self._meta("encoder_name")
        return name

    @property
    def dim(self) -> int | None:
        """Length of the stored vectors; None before the first entry."""
        dim: int | None = self._meta("dim")
        return dim

    @property
    def encoder(self) -> Encoder:
        """Encoder of this store, loaded on first use."""
        with self._lock:
            if self._encoder is None:
                encoder = load_encoder()
                self._check_encoder(encoder)
                self._encoder = encoder
            return self._encoder

    def add(self, reading: Reading, *, seen_at: datetime | None = None, progress: bool = False) -> AddReport:
        """Store what a reading changes on its page, in one transaction.

        New entries are added, edited ones get a revision, those gone from the page are withdrawn, those back
        again count as changed. `seen_at` (aware) is when the page stood so: by default when it was captured,
        or now.
        """
        captured = reading.page.captured
        seen = aware(seen_at or (captured if captured and captured.tzinfo else None))
        with self._reading() as connection:
            to_index, known = plan_reading(connection, reading)
        passages: dict[str, list[Passage]] = {}
        if to_index:
            # Encoding takes long; it is done before the transaction, so that other writers need not wait.
            passages = make_passages(to_index, self.encoder, known, progress=progress)
        with self._writing(f"adding page {reading.page.id!r}") as connection:

            def make(missed: Sequence[Entry]) -> dict[str, list[Passage]]:
                record_encoder(connection, self.encoder, self.path)
                made = {e.id: passages[e.id] for e in missed if e.id in passages}
                late = [e for e in missed if e.id not in made]  # another process changed the page meanwhile
                return made | (make_passages(late, self.encoder, known) if late else {})

            return write_reading(connection, reading, make, seen)

    def withdraw(
        self, page_id: str, entry_ids: Sequence[str] | None = None, *, seen_at: datetime | None = None
    ) -> AddReport:
        """Flag a page's entries (all, or those named) as withdrawn: kept with their revisions, found no more.

        Adding a reading that holds them brings them back, and so does `restore`.
        """
        with self._writing(f"withdrawing entries of {page_id!r}") as connection:
            held = page_rows(connection, page_id, entry_ids)
            gone = {name: key for name, (key, withdrawn) in held.items() if not withdrawn}
            if gone:
                withdraw_rows(connection, list(gone.values()), aware(seen_at))
                count_change(connection)
        return AddReport(page_id, unchanged=tuple(n for n in held if n not in gone), withdrawn=tuple(gone))

    def restore(self, page_id: str, entry_ids: Sequence[str] | None = None) -> AddReport:
        """Bring withdrawn entries of a page back (all, or those named), with the words they last had."""
        with self._reading() as connection:
            back = page_rows(connection, page_id, entry_ids)
            page = next(page for page in read_pages(connection) if page.id == page_id)
            gone = [e for e in read_entries(connection, page_id, True) if e.id in back]
            entries = read_entries(connection, page_id, False) + gone
        return self.add(Reading(page, tuple(sorted(entries, key=lambda e: e.position))), seen_at=aware(None))

    def sources(self) -> list[Source]:
        """Where the coverage came from, in the order first named, and how fetching each has gone."""
        with self._reading() as connection:
            return read_sources(connection)

    def record_fetch(
        self,
        source: str,
        *,
        at: datetime | None = None,
        error: str | None = None,
        changed: bool = False,
        page_id: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        expected_every_s: float | None = None,
    ) -> Source:
        """Record one attempt at a source, at `at` (aware; now by default), and give back its record.

        An attempt with an `error` counts as a failure. One without clears them; `changed` says that it changed
        what is stored of `page_id`; `etag` and `last_modified` are what the server named its answer;
        `expected_every_s` is how often new entries come.
        """
        moment = aware(at)
        with self._writing(f"recording the fetch of {source}") as connection:
            record = after_attempt(
                read_source_record(connection, source),
                at=moment,
                error=error,
                changed=changed,
                page_id=page_id,
                etag=etag,
                last_modified=last_modified,
                expected_every_s=expected_every_s,
            )
            write_source(connection, record)
        return record

    def set_live(self, source: str, live: bool, *, looked_every_s: float | None = None) -> Source:
        """Say whether a source should be watched, and how often it is looked at."""
        with self._writing(f"recording the watch of {source}") as connection:
            held = read_source_record(connection, source)
            record = replace(held, live=live, looked_every_s=looked_every_s)
            write_source(connection, record)
        return record

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader said of an answer; a second word under the same id replaces the first."""
        with self._writing("keeping feedback") as connection:
            write_feedback(connection, feedback)

    def feedback(self) -> list[Feedback]:
        """What readers said of answers, newest first."""
        with self._reading() as connection:
            return read_feedback(connection)

    def remove_page(self, page_id: str) -> None:
        """Erase a page with its entries and revisions."""
        with self._writing(f"removing page {page_id!r}") as connection:
            if not connection.execute("DELETE FROM pages WHERE id = ?", (page_id,)).rowcount:
                raise StoreError(f"{self.path} has no page {page_id!r}. `presstime info` lists its pages.")
            count_change(connection)

    def pages(self) -> list[Page]:
        """Pages in the order they were first added."""
        with self._reading() as connection:
            return read_pages(connection)

    def entries(self, page_id: str | None = None, *, withdrawn: bool = False) -> list[Entry]:
        """Entries of a page, or of all, in page order; with `withdrawn`, those gone from it instead."""
        with self._reading() as connection:
            return read_entries(connection, page_id, withdrawn)

    def newest(self, limit: int) -> list[Entry]:
        """The newest entries of all pages, newest first; those without a time come last."""
        with self._reading() as connection:
            return read_newest(connection, limit)

    def entry(self, entry_id: str, page_id: str | None = None) -> Entry:
        """Entry of an id, withdrawn or not. `page_id` is needed only where two pages share the id."""
        with self._reading() as connection:
            return read_entry(connection, entry_key(connection, entry_id, page_id))

    def get_entries(self, refs: Sequence[Ref]) -> list[Entry]:
        """Entries of these (page id, entry id) in the order asked, withdrawn or not; what is not there is left out."""
        with self._reading() as connection:
            return read_entries_by_ref(connection, refs)

    def revisions(self, entry_id: str, page_id: str | None = None) -> list[Revision]:
        """Read an entry's words as they stood, oldest first; the last ones are current."""
        with self._reading() as connection:
            return read_revisions(connection, entry_key(connection, entry_id, page_id), entry_id)

    def entry_at(self, entry_id: str, seen_before: datetime, page_id: str | None = None) -> Entry:
        """Entry with its words as last seen at or before `seen_before` (aware).

        Where it was first seen later than that, its first words are the best that is known.
        """
        moment = aware(seen_before)
        with self._reading() as connection:
            key = entry_key(connection, entry_id, page_id)
            entry, revisions = read_entry(connection, key), read_revisions(connection, key, entry_id)
        held = [r for r in revisions if r.seen_at <= moment] or revisions[:1]
        words = held[-1]
        return replace(
            entry,
            title=words.title,
            body=words.body,
            captions=words.captions,
            quotes=words.quotes,
            updated=words.updated,
        )

    def chunks(self, keys: Sequence[int]) -> list[Chunk]:
        """Chunks of these keys in the order asked; keys that are gone meanwhile are left out."""
        with self._reading() as connection:
            return read_chunks(connection, keys)

    def select(
        self,
        pages: Sequence[str] | None = None,
        spans: Mapping[str, Span] | None = None,
        timed_only: bool = False,
    ) -> Keys:
        """Sorted int64 keys of the chunks on `pages` (all where None) and within their page's span.

        A span is (start, end) in seconds of `index.times.time_key`, both included, None where open. Untimed
        entries are left out where their page has a span, and everywhere with `timed_only`.
        """
        return select_keys(self._current_columns(), pages, spans, timed_only)

    def lexical(
        self, match_query: str, top_k: int, allowed: npt.NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Chunk keys and BM25 (higher is better) for a query of `lexical_query`, best first."""
        with self._reading() as connection:
            return search_lexical(connection, match_query, top_k, allowed)

    def vectors(
        self, keys: npt.NDArray[np.int64] | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Chunk keys (n,) int64 and vectors (n, dim) float32, unit rows: all by key, or `keys` as asked."""
        with self._reading() as connection:
            return read_vectors(connection, keys, read_meta(connection, "dim") or 0)

    def vector_keys(self) -> Keys:
        """Keys that `vectors` would give, sorted."""
        with self._reading() as connection:
            return read_vector_keys(connection)

    def stamp(self, counter: int) -> str | None:
        """Stamp of one past change, unlike that of any other store; None where there was no such change."""
        with self._reading() as connection:
            return read_stamp(connection, counter)

    def stats(self) -> StoreStats:
        """Count pages, entries and chunks; measure the files; find each page's newest time."""
        with self._reading() as connection:
            size = sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())
            return read_stats(connection, size)

    def timetable(self) -> Timetable:
        """Times of all live entries, titles and clocks of all pages; read once for every change of the store."""
        with self._lock:
            self._timetable = self._current(self._timetable, load_timetable)
            return self._timetable

    def _current_columns(self) -> Columns:
        with self._lock:
            self._columns = self._current(self._columns, load_columns)
            return self._columns

    def _current(self, held: Loaded | None, load: Callable[[sqlite3.Connection, int], Loaded]) -> Loaded:
        """What is held of the store, loaded anew where the store has changed since."""
        with self._reading() as connection:
            counter = read_counter(connection)
            return held if held is not None and held.counter == counter else load(connection, counter)

    def _check_encoder(self, encoder: Encoder) -> None:
        with self._reading() as connection:
            check_encoder(connection, encoder, self.path)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging view of the store for several reads."""
        with store_errors(self._connections.path, "reading"):
            with self._connections.transaction("DEFERRED") as connection:
                yield connection

    @contextmanager
    def _writing(self, doing: str) -> Iterator[sqlite3.Connection]:
        with store_errors(self._connections.path, doing):
            with self._connections.transaction() as connection:
                yield connection
