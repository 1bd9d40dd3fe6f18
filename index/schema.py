"""The store's tables, and the file they are in: made, opened, checked."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreError

SCHEMA_VERSION = 2
BUSY_TIMEOUT_MS = 60_000
_HEADER = b"SQLite format 3\x00"

# Chunk keys are never used twice (AUTOINCREMENT), so a vector index that is behind can be brought up to date
# by its keys alone. The stamp of a change tells whether a vector file was made on this store's own past, or
# on changes lost since, when the store was put back from a copy. The lexical index keeps no copy of the
# text; triggers keep it in step with the chunks.
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE changes (counter INTEGER PRIMARY KEY AUTOINCREMENT, stamp TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE pages (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    seen_at REAL NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE entries (
    key INTEGER PRIMARY KEY,
    page_key INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    time_key REAL,
    withdrawn_at REAL,
    record TEXT NOT NULL,
    UNIQUE (page_key, id)
);
CREATE INDEX entries_by_id ON entries (id);
CREATE INDEX entries_by_time ON entries (page_key, time_key);
CREATE TABLE revisions (
    key INTEGER PRIMARY KEY,
    entry_key INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
    seen_at REAL NOT NULL,
    title TEXT,
    body TEXT NOT NULL,
    captions TEXT NOT NULL,
    quotes TEXT NOT NULL,
    updated TEXT
);
CREATE INDEX revisions_by_entry ON revisions (entry_key, seen_at);
CREATE TABLE chunks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_key INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    context TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX chunks_by_entry ON chunks (entry_key);
CREATE TABLE vectors (
    key INTEGER PRIMARY KEY REFERENCES chunks ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE VIRTUAL TABLE fts USING fts5 (
    title, author, text,
    content = 'chunks', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO fts (fts, rank) VALUES ('rank', 'bm25(2.0, 1.0, 1.0)');
CREATE TRIGGER chunk_added AFTER INSERT ON chunks BEGIN
    INSERT INTO fts (rowid, title, author, text) VALUES (new.key, new.title, new.author, new.text);
END;
CREATE TRIGGER chunk_removed AFTER DELETE ON chunks BEGIN
    INSERT INTO fts (fts, rowid, title, author, text)
    VALUES ('delete', old.key, old.title, old.author, old.text);
END;
"""

# What each version added to the one before: an older store is brought up to date by these, in order.
_ADDED_IN = {
    2: """
CREATE TABLE sources (key INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE feedback (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at REAL NOT NULL, record TEXT NOT NULL);
CREATE INDEX feedback_by_time ON feedback (at);
""",
}


@contextmanager
def store_errors(path: Path, doing: str) -> Iterator[None]:
    """Say of any failure of SQLite or the file system beneath which store it struck, and what to do.

    Raises:
        StoreError: in place of the error beneath, which is its cause.

    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {doing} failed: {error}. {_advice(error)}") from error
    except UnicodeEncodeError as error:
        character = error.object[error.start : error.end]
        raise StoreError(f"{path}: {doing} failed: {character!r} is not a character.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: {doing} failed: {reason}. Give a folder that can be written.") from error


def _advice(error: sqlite3.Error) -> str:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return (
            "The file is damaged or cut short: put back a copy of the folder, or move it away and add the "
            "sources again with `presstime add`."
        )
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return "Nothing of this change was kept and nothing stored is lost. Free some disk space and try again."
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return "Another process is writing to it. Try again when that is done."
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return "Give a folder that can be written, or correct its permissions."
    return "Nothing of this change was kept."


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection in autocommit mode; transactions are begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def ensure_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables where the file is empty, bring an older store up to date; refuse any other file.

    Raises:
        StoreError: naming the file and what to do.

    """
    if not _table_names(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        with _at_once(connection):
            if not _table_names(connection):  # another process may have been first
                _make_tables(connection)
    if not {"meta", "changes", "entries", "chunks", "vectors", "fts"} <= _table_names(connection):
        raise StoreError(f"{path} is a database, but not a store of Presstime's. Give another folder.")
    if 1 <= _version(connection) < SCHEMA_VERSION:
        with _at_once(connection):
            _bring_up_to_date(connection)
    if _version(connection) != SCHEMA_VERSION:
        raise StoreError(
            f"{path} has schema {_version(connection)}; this version reads schema {SCHEMA_VERSION}. "
            "Upgrade Presstime, or add the sources to a new store."
        )


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Run all of the statements or none, while no other process writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    return int(version)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Add what later versions added; nothing that is stored is touched."""
    for version in range(_version(connection) + 1, SCHEMA_VERSION + 1):  # asked again: another process may be first
        for statement in _statements(_ADDED_IN[version]):
            connection.execute(statement)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (version,))


def check_length(path: Path) -> None:
    """Refuse a file that was cut short, which SQLite itself may notice only much later.

    Raises:
        StoreError: naming the file and what to do.

    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return  # the log may hold what the file still lacks
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(32)
    if header.startswith(_HEADER) and len(header) == 32:
        page_bytes = int.from_bytes(header[16:18], "big")
        promised = int.from_bytes(header[28:32], "big") * (65536 if page_bytes == 1 else page_bytes)
        if size >= promised:
            return
    elif header and not _HEADER.startswith(header):
        raise StoreError(f"{path} is not a database: it begins with {header[:16]!r}. Give another folder.")
    raise StoreError(
        f"{path} is cut short at {size:,} bytes. Put back a copy of the folder, or move it away and add the "
        "sources again with `presstime add`."
    )


def _table_names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _make_tables(connection: sqlite3.Connection) -> None:
    for script in (_TABLES, *_ADDED_IN.values()):
        for statement in _statements(script):
            connection.execute(statement)
    values = [("schema_version", SCHEMA_VERSION), ("store_id", uuid.uuid4().hex)]
    connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", values)


def _statements(script: str) -> Iterator[str]:
    """Single statements of a script: executescript would commit the transaction they belong to."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
