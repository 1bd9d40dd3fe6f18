"""Rows of one page: read for comparing, and written inside the transaction that the store opened."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.changes import Changes, Stored, as_revision, compare, words_differ
from index.chunking import chunk_entry
from index.embedding import Encoder
from index.errors import EncoderMismatchError, StoreError, TimeError
from index.queries import read_meta
from index.records import AddReport, Chunk, Entry, Page, Reading
from index.rows import from_json, to_json
from index.times import entry_moment, time_key


class Passage(NamedTuple):
    """A chunk ready to be stored, with its vector's bytes."""

    chunk: Chunk
    vector: bytes


def plan_reading(connection: sqlite3.Connection, reading: Reading) -> tuple[tuple[Entry, ...], dict[str, bytes]]:
    """Entries of a reading to be indexed, and vectors that the store has for their page's texts."""
    stored = _load_page_entries(connection, reading.page.id)
    changes = compare(stored, reading)
    keys = [stored[e.id].key for e in changes.changed if e.id in stored]
    return changes.to_index, _load_vectors_by_text(connection, keys)


def write_reading(
    connection: sqlite3.Connection,
    reading: Reading,
    passages_of: Callable[[Sequence[Entry]], Mapping[str, list[Passage]]],
    seen_at: datetime,
) -> AddReport:
    """Write what a reading changes on its page; `passages_of` gives the passages of entries to be indexed.

    Raises:
        StoreError: the page's id is that of quite another source.

    """
    page = reading.page
    stored = _load_page_entries(connection, page.id)
    changes = compare(stored, reading)
    passages = passages_of(changes.to_index) if changes.to_index else {}
    page_key, page_differs = _write_page(connection, page, seen_at, shared=bool(changes.kept(stored)))
    _write_changes(connection, page_key, stored, changes, passages, seen_at)
    if page_differs or changes.any:
        count_change(connection)
    warnings = page.warnings
    if not reading.entries and stored:
        warnings += (f"{page.id} has no entries now; the {len(stored)} stored ones were kept as they are.",)
    return AddReport(
        page.id,
        added=tuple(e.id for e in changes.added),
        changed=tuple(e.id for e in changes.changed),
        unchanged=changes.unchanged,
        withdrawn=tuple(s.entry.id for s in changes.gone),
        warnings=warnings,
    )


def _load_page_entries(connection: sqlite3.Connection, page_id: str) -> dict[str, Stored]:
    """Every stored entry of a page by id, withdrawn ones too."""
    found = connection.execute(
        "SELECT e.id, e.key, e.record, e.withdrawn_at IS NOT NULL FROM entries e"
        " JOIN pages p ON p.key = e.page_key WHERE p.id = ?",
        (page_id,),
    )
    return {name: Stored(key, from_json(Entry, record), bool(gone)) for name, key, record, gone in found}


def _load_vectors_by_text(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[str, bytes]:
    """Vectors of the chunks of these entry rows, by what was encoded: an edit keeps the rest."""
    found = connection.execute(
        "SELECT c.context, c.text, v.vector FROM chunks c JOIN vectors v ON v.key = c.key"
        " WHERE c.entry_key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return {(f"{context}\n{text}" if context else text): vector for context, text, vector in found}


def make_passages(
    entries: Sequence[Entry], encoder: Encoder, known: Mapping[str, bytes], *, progress: bool = False
) -> dict[str, list[Passage]]:
    """Chunks and vectors of entries by entry id; texts that are `known` are not encoded again."""
    chunks = {e.id: chunk_entry(e, encoder.count_tokens, encoder.max_tokens) for e in entries}
    texts = list(dict.fromkeys(c.text_for_search for own in chunks.values() for c in own))
    new = [text for text in texts if text not in known]
    rows = encoder.encode(new, progress=progress) if new else np.zeros((0, encoder.dim), dtype=np.float32)
    vectors = dict(known)
    vectors.update((text, row.astype("<f4").tobytes()) for text, row in zip(new, rows, strict=True))
    return {name: [Passage(c, vectors[c.text_for_search]) for c in own] for name, own in chunks.items()}


def _write_page(connection: sqlite3.Connection, page: Page, seen_at: datetime, *, shared: bool) -> tuple[int, bool]:
    """Row key of the page, and whether anything but the time of reading differs from what was stored."""
    record = to_json(page)
    found = connection.execute("SELECT key, record FROM pages WHERE id = ?", (page.id,)).fetchone()
    if found is None:
        values = (page.id, seen_at.timestamp(), record)
        row = connection.execute("INSERT INTO pages (id, seen_at, record) VALUES (?, ?, ?)", values)
        return int(row.lastrowid or 0), True
    key, old = int(found[0]), from_json(Page, found[1])
    if old.source != page.source and not shared:
        raise StoreError(
            f"The page {page.id!r} was added from {old.source}, and {page.source} shares no entry with it. "
            "Give the new file another name, or remove the old page first."
        )
    connection.execute("UPDATE pages SET seen_at = ?, record = ? WHERE key = ?", (seen_at.timestamp(), record, key))
    return key, replace(old, captured=page.captured) != page


def _write_changes(
    connection: sqlite3.Connection,
    page_key: int,
    stored: Mapping[str, Stored],
    changes: Changes,
    passages: Mapping[str, list[Passage]],
    seen_at: datetime,
) -> None:
    """Write entries, revisions, chunks and vectors of what changed on a page."""
    for entry in changes.to_index:
        held = stored.get(entry.id)
        key = _write_entry(connection, page_key, entry, held)
        if held is None or words_differ(held.entry, entry):
            _write_revision(connection, key, entry, seen_at)
        _write_passages(connection, key, entry, passages[entry.id])
    for entry in changes.moved:
        _write_entry(connection, page_key, entry, stored[entry.id])
    withdraw_rows(connection, [s.key for s in changes.gone], seen_at)


def withdraw_rows(connection: sqlite3.Connection, keys: Sequence[int], seen_at: datetime) -> None:
    """Flag entries as withdrawn and take their chunks out of search; their words and revisions stay."""
    connection.executemany(
        "UPDATE entries SET withdrawn_at = ? WHERE key = ?", [(seen_at.timestamp(), key) for key in keys]
    )
    connection.executemany("DELETE FROM chunks WHERE entry_key = ?", [(key,) for key in keys])


def check_encoder(connection: sqlite3.Connection, encoder: Encoder, path: Path) -> bool:
    """Whether the store's encoder is recorded; raises EncoderMismatchError where it is another one."""
    name, dim = read_meta(connection, "encoder_name"), read_meta(connection, "dim")
    if name is not None and (name, dim) != (encoder.name, encoder.dim):
        raise EncoderMismatchError(
            f"The store {path} was made with the encoder {name} ({dim} dimensions), not with {encoder.name} "
            f"({encoder.dim}). Open it with {name}, or add the sources to a new store."
        )
    return name is not None


def record_encoder(connection: sqlite3.Connection, encoder: Encoder, path: Path) -> None:
    """Record the encoder with the store's first vectors."""
    if not check_encoder(connection, encoder, path):
        values = [("encoder_name", encoder.name), ("dim", encoder.dim)]
        connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", values)


def count_change(connection: sqlite3.Connection) -> None:
    """Move the store's change counter on, in the same transaction as the change."""
    values = (uuid.uuid4().hex, datetime.now(UTC).timestamp())
    connection.execute("INSERT INTO changes (stamp, at) VALUES (?, ?)", values)


def _write_entry(connection: sqlite3.Connection, page_key: int, entry: Entry, held: Stored | None) -> int:
    moment = entry_moment(entry)
    values = (entry.position, time_key(moment) if moment else None, to_json(entry))
    if held is None:
        row = connection.execute(
            "INSERT INTO entries (page_key, id, position, time_key, record) VALUES (?, ?, ?, ?, ?)",
            (page_key, entry.id, *values),
        )
        return int(row.lastrowid or 0)
    connection.execute(
        "UPDATE entries SET position = ?, time_key = ?, record = ?, withdrawn_at = NULL WHERE key = ?",
        (*values, held.key),
    )
    return held.key


def _write_revision(connection: sqlite3.Connection, entry_key: int, entry: Entry, seen_at: datetime) -> None:
    title, body, captions, quotes, updated = as_revision(entry)
    connection.execute(
        "INSERT INTO revisions (entry_key, seen_at, title, body, captions, quotes, updated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (entry_key, seen_at.timestamp(), title, body, json.dumps(captions), json.dumps(quotes), updated),
    )


def _write_passages(connection: sqlite3.Connection, entry_key: int, entry: Entry, passages: Sequence[Passage]) -> None:
    connection.execute("DELETE FROM chunks WHERE entry_key = ?", (entry_key,))
    for chunk, vector in passages:
        row = connection.execute(
            'INSERT INTO chunks (entry_key, part, start, "end", context, title, author, text)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry_key,
                chunk.part,
                chunk.start,
                chunk.end,
                chunk.context,
                entry.title or "",
                entry.author or "",
                chunk.text,
            ),
        )
        connection.execute("INSERT INTO vectors (key, vector) VALUES (?, ?)", (row.lastrowid, vector))


def aware(moment: datetime | None) -> datetime:
    """Give the moment back, or now where there is none.

    Raises:
        TimeError: it has no zone.

    """
    if moment is None:
        return datetime.now(UTC)
    if moment.tzinfo is None:
        raise TimeError(f"{moment.isoformat()} has no zone. Give when the page was seen with its zone.")
    return moment
