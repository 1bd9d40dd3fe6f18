"""Which chunks a question may see: live chunks by page and time, held as columns for one change counter."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
        np.fromiter((np.nan if row[2] is None else row[2] for row in found), np.float64, len(found)),
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
    start, end = np.full(rows, -np.inf), np.full(rows, np.inf)
    untimed = np.full(rows, not timed_only)
    for row, page_id in enumerate(columns.page_ids):
        if spans and page_id in spans:
            first, last = spans[page_id]
            start[row] = -np.inf if first is None else first
            end[row] = np.inf if last is None else last
            untimed[row] = False
    of = columns.page_rows
    with np.errstate(invalid="ignore"):
        within = (columns.times >= start[of]) & (columns.times <= end[of])
    kept = shown[of] & (within | (untimed[of] & np.isnan(columns.times)))
    keys: Keys = columns.keys[kept]
    return keys
