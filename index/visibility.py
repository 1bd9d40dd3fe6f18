"""What a question may see of a store, entry by entry: the clock of each page, counts, the newest entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.records import Entry
from index.rows import from_json
from index.selection import Span
from index.store import Store
from index.times import entry_moment, time_key

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
    rows = _rows(
        store,
        f"SELECT p.id, (SELECT e.record FROM entries e WHERE {_TIMED} ORDER BY e.time_key LIMIT 1),"
        f" (SELECT e.record FROM entries e WHERE {_TIMED} ORDER BY e.time_key DESC LIMIT 1) FROM pages p",
        (_LOW, _HIGH, _LOW, _HIGH),
    )
    out = []
    for page, first, last in rows:
        if first is not None and (pages is None or page in pages):
            oldest, newest = entry_moment(from_json(Entry, first)), entry_moment(from_json(Entry, last))
            if oldest is not None and newest is not None:
                out.append((page, oldest, newest))
    return out


def see(store: Store, pages: Sequence[str] | None, spans: Mapping[str, Span] | None) -> Seen:
    """Count what lies on `pages` (all where None) within `spans`; untimed entries count only without spans."""
    total, newest = 0, None
    for (page,) in _rows(store, "SELECT id FROM pages", ()):
        if (pages is not None and page not in pages) or (spans is not None and page not in spans):
            continue
        low, high = _ends(spans.get(page) if spans else None)
        sql = f"SELECT COUNT(*) FROM entries e JOIN pages p ON p.id = ? WHERE {_TIMED if spans else _LIVE}"
        ((count,),) = _rows(store, sql, (page, low, high) if spans else (page,))
        total += count
        last = _rows(
            store,
            f"SELECT e.record FROM entries e JOIN pages p ON p.id = ? WHERE {_TIMED} ORDER BY e.time_key DESC LIMIT 1",
            (page, low, high),
        )
        for (record,) in last:
            entry = from_json(Entry, record)
            if newest is None or _key(entry) > _key(newest):
                newest = entry
    return Seen(total, newest)


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


def _key(entry: Entry) -> float:
    moment = entry_moment(entry)
    return time_key(moment) if moment else _LOW


def _rows(store: Store, sql: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
    with store._reading() as connection:
        return connection.execute(sql, parameters).fetchall()
