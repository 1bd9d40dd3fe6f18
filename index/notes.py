"""What the store keeps beside coverage: how each source fares, and what readers said of answers."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from index.errors import TimeError
from index.records import Feedback, Source
from index.rows import from_json, to_json


def read_sources(connection: sqlite3.Connection) -> list[Source]:
    """Sources in the order they were first named."""
    return [from_json(Source, record) for (record,) in connection.execute("SELECT record FROM sources ORDER BY key")]


def read_source_record(connection: sqlite3.Connection, source: str) -> Source:
    """Record of a source; an empty one where it was never named."""
    row = connection.execute("SELECT record FROM sources WHERE source = ?", (source,)).fetchone()
    return from_json(Source, row[0]) if row else Source(source)


def write_source(connection: sqlite3.Connection, record: Source) -> None:
    """Keep a source's record in place of the one before."""
    connection.execute(
        "INSERT INTO sources (source, record) VALUES (?, ?)"
        " ON CONFLICT (source) DO UPDATE SET record = excluded.record",
        (record.source, to_json(record)),
    )


def read_feedback(connection: sqlite3.Connection) -> list[Feedback]:
    """What readers said of answers, newest first."""
    rows = connection.execute("SELECT record FROM feedback ORDER BY at DESC, key DESC")
    return [from_json(Feedback, record) for (record,) in rows]


def write_feedback(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Keep what a reader said; a second word under one id takes the place of the first.

    Raises:
        TimeError: its time has no zone.

    """
    if feedback.at.tzinfo is None:
        raise TimeError(f"{feedback.at.isoformat()} has no zone. Give when the feedback was given with its zone.")
    connection.execute(
        "INSERT INTO feedback (id, at, record) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET at = excluded.at, record = excluded.record",
        (feedback.id, feedback.at.timestamp(), to_json(feedback)),
    )


def after_attempt(
    held: Source,
    *,
    at: datetime,
    error: str | None,
    changed: bool,
    page_id: str | None,
    etag: str | None,
    last_modified: str | None,
    expected_every_s: float | None,
) -> Source:
    """Record of a source after one more attempt at it: a success forgets earlier failures."""
    if error is not None:
        return replace(held, last_attempt=at, failures=held.failures + 1, last_error=error)
    pages = held.page_ids if page_id is None or page_id in held.page_ids else (*held.page_ids, page_id)
    return replace(
        held,
        page_ids=pages,
        etag=etag,
        last_modified=last_modified,
        last_attempt=at,
        last_success=at,
        last_change=at if changed else held.last_change,
        failures=0,
        last_error=None,
        expected_every_s=held.expected_every_s if expected_every_s is None else expected_every_s,
    )
