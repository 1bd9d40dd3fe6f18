"""What a question may see of a store, entry by entry: the clock of each page, counts, the newest entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from index.records import Entry
from index.rows import from_json
from index.selection import Span, within
from index.store import Store

_LIVE = "e.page_key = p.key AND e.withdrawn_at IS NULL"
_TIMED = f"{_LIVE} AND e.time_key IS NOT NULL AND e.time_key >= ? AND e.time_key <= ?"
_LOW, _HIGH = -1e300, 1e300


@dataclass(frozen=True, slots=True)
class Seen:
    """How many entries a question may see, and the newest of them (None where none has a time)."""

    entries: int
    newest: Entry | None


def page_bounds(store: Store, pages: Sequence[str] | None = None) -> list[tuple[str, datetime, datetime]]:
    """Page id, first and newest time of every page that has timed entries (of `pages` only, where given)."""
    return [b for b in store.timetable().bounds if pages is None or b[0] in pages]


def see(store: Store, pages: Sequence[str] | None, spans: Mapping[str, Span] | None) -> Seen:
    """Count what lies on `pages` (all where None) within `spans`; untimed entries count only without spans."""
    table = store.timetable()
    kept = np.flatnonzero(within(table, pages, spans))
    times = table.times[kept]
    if not len(kept) or np.isnan(times).all():
        return Seen(len(kept), None)
    newest = kept[times == np.nanmax(times)]
    first_page = newest[table.page_rows[newest] == table.page_rows[newest].min()]
    ((record,),) = _rows(store, "SELECT record FROM entries WHERE key = ?", (int(table.keys[first_page.max()]),))
    return Seen(len(kept), from_json(Entry, record))


def visible_entries(store: Store, page: str, span: Span | None = None) -> list[Entry]:
    """Live entries of a page within a span, in page order; untimed ones only where there is no span."""
    low, high = _ends(span)
    rows = _rows(
        store,
        f"SELECT e.record FROM entries e JOIN pages p ON p.id = ? WHERE {_TIMED if span else _LIVE}"
        " ORDER BY e.position, e.key",
        (page, low, high) if span else (page,),
    )
    return [from_json(Entry, record) for (record,) in rows]


def _ends(span: Span | None) -> tuple[float, float]:
    low, high = span or (None, None)
    return (_LOW if low is None else low, _HIGH if high is None else high)


def _rows(store: Store, sql: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
    with store._reading() as connection:
        return connection.execute(sql, parameters).fetchall()
