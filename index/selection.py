"""Which chunks and entries a question may see: those that live, by page and time, held for one change counter."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
import numpy.typing as npt

from index.times import moment_of

Keys = npt.NDArray[np.int64]
Span = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Of every live chunk, in order of key: page (row in `page_ids`) and entry's time (NaN: none)."""

    counter: int
    page_ids: tuple[str, ...]
    keys: Keys
    page_rows: npt.NDArray[np.int32]
    times: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Of every live entry: key, page (row in `page_ids`) and time (NaN: none); of every page title and clock.

    `bounds` has (id, first moment, newest moment) of each page with timed entries.
    """

    counter: int
    page_ids: tuple[str, ...]
    titles: Mapping[str, str]
    bounds: tuple[tuple[str, datetime, datetime], ...]
    keys: Keys
    page_rows: npt.NDArray[np.int32]
    times: npt.NDArray[np.float64]


def load_timetable(connection: sqlite3.Connection, counter: int) -> Timetable:
    """Read the timetable of a store. About two seconds for a million entries on 17,000 pages."""
    pages = connection.execute(
        "SELECT key, id, COALESCE(json_extract(record, '$.title'), '') FROM pages ORDER BY key"
    ).fetchall()
    row_of = {key: row for row, (key, _, _) in enumerate(pages)}
    found = connection.execute(
        "SELECT key, page_key, time_key FROM entries WHERE withdrawn_at IS NULL ORDER BY key"
    ).fetchall()
    keys = np.fromiter((row[0] for row in found), np.int64, len(found))
    rows = np.fromiter((row_of[row[1]] for row in found), np.int32, len(found))
    times = _times(found)
    timed = np.flatnonzero(~np.isnan(times))
    ordered = timed[np.lexsort((times[timed], rows[timed]))]
    heads = np.flatnonzero(np.diff(rows[ordered], prepend=-1))
    tails = np.append(heads[1:], len(ordered)) - 1
    bounds = []
    for head, tail in zip(ordered[heads], ordered[tails], strict=True) if len(ordered) else ():
        first, newest = (_moment(connection, int(keys[at])) for at in (head, tail))
        if first is not None and newest is not None:
            bounds.append((pages[rows[head]][1], first, newest))
    names = {name: title for _, name, title in pages}
    return Timetable(counter, tuple(names), names, tuple(bounds), keys, rows, times)


def _times(found: Sequence[tuple[int, int, float | None]]) -> npt.NDArray[np.float64]:
    """The third column of rows, NaN where it is empty."""
    return np.fromiter((np.nan if row[2] is None else row[2] for row in found), np.float64, len(found))


def _moment(connection: sqlite3.Connection, key: int) -> datetime | None:
    published, clock = connection.execute(
        "SELECT json_extract(record, '$.published'), json_extract(record, '$.clock') FROM entries WHERE key = ?", (key,)
    ).fetchone()
    return moment_of(
        datetime.fromisoformat(published) if published else None, time.fromisoformat(clock) if clock else None
    )


def within(table: Timetable, pages: Sequence[str] | None, spans: Mapping[str, Span] | None) -> npt.NDArray[np.bool_]:
    """Which entries lie on `pages` (all where None) and within `spans`; untimed ones only without spans."""
    shown = np.ones(len(table.page_ids), dtype=bool) if pages is None else np.isin(table.page_ids, list(pages))
    if spans is None:
        kept: npt.NDArray[np.bool_] = shown[table.page_rows]
        return kept
    start, end = _ends(table.page_ids, spans)
    shown &= np.fromiter((p in spans for p in table.page_ids), bool, len(table.page_ids))
    of = table.page_rows
    with np.errstate(invalid="ignore"):
        kept = shown[of] & (table.times >= start[of]) & (table.times <= end[of])
    return kept


def _ends(
    page_ids: Sequence[str], spans: Mapping[str, Span]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """First and last time that each page shows, infinite where its span is open or it has none."""
    start, end = np.full(len(page_ids), -np.inf), np.full(len(page_ids), np.inf)
    for row, page_id in enumerate(page_ids):
        first, last = spans.get(page_id, (None, None))
        start[row] = -np.inf if first is None else first
        end[row] = np.inf if last is None else last
    return start, end


def load_columns(connection: sqlite3.Connection, counter: int) -> Columns:
    """Read the columns of all live chunks. About a second for a million chunks."""
    pages = connection.execute("SELECT key, id FROM pages ORDER BY key").fetchall()
    page_row = {key: row for row, (key, _) in enumerate(pages)}
    found = connection.execute(
        "SELECT c.key, e.page_key, e.time_key FROM chunks c JOIN entries e ON e.key = c.entry_key"
        " WHERE e.withdrawn_at IS NULL ORDER BY c.key"
    ).fetchall()
    return Columns(
        counter,
        tuple(name for _, name in pages),
        np.fromiter((row[0] for row in found), np.int64, len(found)),
        np.fromiter((page_row[row[1]] for row in found), np.int32, len(found)),
        _times(found),
    )


def select_keys(
    columns: Columns, pages: Sequence[str] | None, spans: Mapping[str, Span] | None, timed_only: bool
) -> Keys:
    """Sorted keys of chunks on `pages` (all where None) and, on pages that `spans` names, within its span.

    A span is (start, end) on the scale of `index.times.time_key`, both included, None where open. Chunks of
    untimed entries are left out where their page has a span, and everywhere with `timed_only`.
    """
    rows = len(columns.page_ids)
    shown = np.ones(rows, dtype=bool) if pages is None else np.isin(columns.page_ids, list(pages))
    start, end = _ends(columns.page_ids, spans or {})
    untimed = np.full(rows, not timed_only)
    if spans:
        untimed &= np.fromiter((p not in spans for p in columns.page_ids), bool, rows)
    of = columns.page_rows
    with np.errstate(invalid="ignore"):
        timed = (columns.times >= start[of]) & (columns.times <= end[of])
    kept = shown[of] & (timed | (untimed[of] & np.isnan(columns.times)))
    keys: Keys = columns.keys[kept]
    return keys
