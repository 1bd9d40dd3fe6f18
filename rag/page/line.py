"""First come, first served: how many questions are answered at once, and how many may wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import BusyError


class Line:
    """A line before `places` counters. Safe to use from several threads."""

    def __init__(self, places: int = 2, max_waiting: int = 64) -> None:
        self.places = places
        self.max_waiting = max_waiting
        self._tickets: list[Ticket] = []
        self._moved = threading.Condition()

    @contextmanager
    def join(self) -> Iterator[Ticket]:
        """Stand in the line, and leave it when the block ends.

        Raises BusyError where `max_waiting` already wait.
        """
        with self._moved:
            waiting = len(self._tickets) - self.places
            if waiting >= self.max_waiting:
                raise BusyError(f"Too many questions at once ({waiting} are waiting). Ask again in a minute.")
            ticket = Ticket(self)
            self._tickets.append(ticket)
        try:
            yield ticket
        finally:
            with self._moved:
                self._tickets.remove(ticket)
                self._moved.notify_all()

    def __len__(self) -> int:
        return len(self._tickets)


class Ticket:
    """One place in a line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def ahead(self, timeout_s: float = 0.0) -> int:
        """Count those who must leave before this one's turn; waits up to `timeout_s` for it to come."""
        line = self._line
        with line._moved:
            line._moved.wait_for(lambda: self._ahead() == 0, timeout_s)
            return self._ahead()

    def _ahead(self) -> int:
        return max(0, self._line._tickets.index(self) - self._line.places + 1)
