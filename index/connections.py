"""One SQLite connection for each thread that uses a store."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.schema import connect


class Connections:
    """Connections to one file, one a thread: a reader never waits for a writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []

    def get(self) -> sqlite3.Connection:
        """Give the calling thread its connection; a forked child gets its own."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == os.getpid():
            return held[1]
        connection = connect(self.path)
        self._local.held = (os.getpid(), connection)
        with self._lock:
            for thread, idle in self._open:
                if not thread.is_alive():
                    idle.close()
            self._open = [pair for pair in self._open if pair[0].is_alive()]
            self._open.append((threading.current_thread(), connection))
        return connection

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """Run all of the statements or none; with mode "DEFERRED", see one unchanging view in several reads.

        Inside another transaction of the same thread it is part of that one.
        """
        connection = self.get()
        if connection.in_transaction:
            yield connection
            return
        connection.execute(f"BEGIN {mode}")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite itself has rolled back where the disk was full
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for _, connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()
