"""What is read from the store: functions of a connection, each giving records or arrays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import StoreError
from index.records import Chunk, Entry, Page, Ref, Revision
from index.rows import from_json
from index.times import entry_moment


@dataclass(frozen=True, slots=True)
class StoreStats:
    """What a store holds. `newest` is the time of each page's newest entry, None where none has a time."""

    pages: int
    entries: int
    withdrawn: int
    revisions: int
    chunks: int
    bytes_on_disk: int
    encoder: str | None
    dim: int | None
    newest: Mapping[str, datetime | None]


def read_meta(connection: sqlite3.Connection, name: str) -> Any:
    """One of the store's own settings; None where it is not set."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def read_counter(connection: sqlite3.Connection) -> int:
    """Count the changes committed so far."""
    return int(connection.execute("SELECT coalesce(max(counter), 0) FROM changes").fetchone()[0])


def read_stamp(connection: sqlite3.Connection, counter: int) -> str | None:
    """Stamp of one change of this store's past; None where there was no such change."""
    row = connection.execute("SELECT stamp FROM changes WHERE counter = ?", (counter,)).fetchone()
    return str(row[0]) if row else None


def read_vector_keys(connection: sqlite3.Connection) -> npt.NDArray[np.int64]:
    """Keys of all vectors, sorted."""
    rows = connection.execute("SELECT key FROM vectors ORDER BY key").fetchall()
    return np.fromiter((key for (key,) in rows), dtype=np.int64, count=len(rows))


def read_pages(connection: sqlite3.Connection) -> list[Page]:
    """Pages in the order they were first added."""
    return [from_json(Page, record) for (record,) in connection.execute("SELECT record FROM pages ORDER BY key")]


def read_entries(connection: sqlite3.Connection, page_id: str | None, withdrawn: bool) -> list[Entry]:
    """Entries of a page, or of all, in page order: those on the page, or those withdrawn from it."""
    rows = connection.execute(
        "SELECT e.record FROM entries e JOIN pages p ON p.key = e.page_key"
        " WHERE (?1 IS NULL OR p.id = ?1) AND (e.withdrawn_at IS NOT NULL) = ?2"
        " ORDER BY p.key, e.position, e.key",
        (page_id, withdrawn),
    )
    return [from_json(Entry, record) for (record,) in rows]


def read_newest(connection: sqlite3.Connection, limit: int) -> list[Entry]:
    """The newest entries on any page, newest first; those without a time last."""
    rows = connection.execute(
        "SELECT record FROM entries WHERE withdrawn_at IS NULL ORDER BY time_key DESC, key LIMIT ?", (limit,)
    )
    return [from_json(Entry, record) for (record,) in rows]


def entry_key(connection: sqlite3.Connection, entry_id: str, page_id: str | None) -> int:
    """Row key of an entry.

    Raises:
        StoreError: no page, or more than one, has an entry of this id.

    """
    rows = connection.execute(
        "SELECT e.key, p.id FROM entries e JOIN pages p ON p.key = e.page_key"
        " WHERE e.id = ?1 AND (?2 IS NULL OR p.id = ?2)",
        (entry_id, page_id),
    ).fetchall()
    if not rows:
        raise StoreError(f"There is no entry {entry_id!r}{f' on page {page_id!r}' if page_id else ''}.")
    if len(rows) > 1:
        names = ", ".join(repr(name) for _, name in rows)
        raise StoreError(f"Entry {entry_id!r} is on several pages ({names}): name the page too.")
    return int(rows[0][0])


def page_rows(
    connection: sqlite3.Connection, page_id: str, entry_ids: Sequence[str] | None
) -> dict[str, tuple[int, bool]]:
    """Row key of each entry of a page, by id, and whether it is withdrawn: all, or those named.

    Raises:
        StoreError: there is no such page, or it has no entry of an id.

    """
    if not connection.execute("SELECT 1 FROM pages WHERE id = ?", (page_id,)).fetchone():
        raise StoreError(f"There is no page {page_id!r}. `presstime info` lists the pages.")
    rows = connection.execute(
        "SELECT e.id, e.key, e.withdrawn_at IS NOT NULL FROM entries e JOIN pages p ON p.key = e.page_key"
        " WHERE p.id = ? ORDER BY e.position, e.key",
        (page_id,),
    )
    held = {name: (int(key), bool(withdrawn)) for name, key, withdrawn in rows}
    for name in entry_ids or ():
        if name not in held:
            raise StoreError(f"There is no entry {name!r} on page {page_id!r}.")
    return held if entry_ids is None else {name: held[name] for name in dict.fromkeys(entry_ids)}


def read_entry(connection: sqlite3.Connection, key: int) -> Entry:
    """Entry of a row key."""
    (record,) = connection.execute("SELECT record FROM entries WHERE key = ?", (key,)).fetchone()
    return from_json(Entry, record)


def read_entries_by_ref(connection: sqlite3.Connection, refs: Sequence[Ref]) -> list[Entry]:
    """Entries of these page and entry ids in the order asked, withdrawn or not; what no entry has is left out."""
    rows = connection.execute(
        "SELECT record FROM entries WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([entry_id for _, entry_id in refs]),),
    )
    found = {entry.ref: entry for (record,) in rows for entry in (from_json(Entry, record),)}
    return [found[ref] for ref in refs if ref in found]


def read_revisions(connection: sqlite3.Connection, key: int, entry_id: str) -> list[Revision]:
    """Revisions of an entry row, oldest first."""
    rows = connection.execute(
        "SELECT seen_at, title, body, captions, quotes, updated FROM revisions"
        " WHERE entry_key = ? ORDER BY seen_at, key",
        (key,),
    )
    return [
        Revision(
            entry_id,
            datetime.fromtimestamp(seen_at, UTC),
            title,
            body,
            tuple(json.loads(captions)),
            tuple(json.loads(quotes)),
            datetime.fromisoformat(updated) if updated else None,
        )
        for seen_at, title, body, captions, quotes, updated in rows
    ]


def read_chunks(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Chunk]:
    """Chunks of these keys in the order asked; keys that are gone are left out."""
    rows = connection.execute(
        'SELECT c.key, e.id, p.id, c.part, c.text, c.start, c."end", c.context FROM chunks c'
        " JOIN entries e ON e.key = c.entry_key JOIN pages p ON p.key = e.page_key"
        " WHERE c.key IN (SELECT value FROM json_each(?))",
        (json.dumps([int(key) for key in keys]),),
    )
    found = {row[0]: Chunk(*row) for row in rows}
    return [found[int(key)] for key in keys if int(key) in found]


def read_vectors(
    connection: sqlite3.Connection, keys: npt.NDArray[np.int64] | None, dim: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Keys and their vectors, (n,) int64 and (n, dim) float32: all in order of key, or `keys` as asked."""
    if keys is None:
        rows = connection.execute("SELECT key, vector FROM vectors ORDER BY key").fetchall()
    else:
        asked = json.dumps([int(key) for key in keys])
        sql = "SELECT key, vector FROM vectors WHERE key IN (SELECT value FROM json_each(?))"
        held = dict(connection.execute(sql, (asked,)).fetchall())
        rows = [(int(key), held[int(key)]) for key in keys if int(key) in held]
    found = np.fromiter((key for key, _ in rows), dtype=np.int64, count=len(rows))
    packed = b"".join(vector for _, vector in rows)
    return found, np.frombuffer(packed, dtype="<f4").astype(np.float32, copy=False).reshape(len(rows), dim)


def read_stats(connection: sqlite3.Connection, bytes_on_disk: int) -> StoreStats:
    """Count everything."""

    def count(rows: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])

    newest = connection.execute(
        "SELECT p.id, (SELECT e.record FROM entries e WHERE e.page_key = p.key AND e.withdrawn_at IS NULL"
        " AND e.time_key IS NOT NULL ORDER BY e.time_key DESC LIMIT 1) FROM pages p ORDER BY p.key"
    ).fetchall()
    return StoreStats(
        pages=count("pages"),
        entries=count("entries WHERE withdrawn_at IS NULL"),
        withdrawn=count("entries WHERE withdrawn_at IS NOT NULL"),
        revisions=count("revisions"),
        chunks=count("chunks"),
        bytes_on_disk=bytes_on_disk,
        encoder=read_meta(connection, "encoder_name"),
        dim=read_meta(connection, "dim"),
        newest={name: entry_moment(from_json(Entry, record)) if record else None for name, record in newest},
    )
