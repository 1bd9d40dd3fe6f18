"""First come, first served: how many questions are answered at once, in which threads, and how many may wait."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from index.errors import BusyError

THREADS = 2  # that the models of one answer use
STOPPED = 30  # answers that go on unheard for a while, as of a slow model server

Step = TypeVar("Step")


class Line:
    """A line before `places` counters, one for every two cores. Safe to use from several threads."""

    def __init__(self, places: int | None = None, max_waiting: int = 64) -> None:
        self.places = places or max(1, (os.cpu_count() or 1) // THREADS)
        self.max_waiting = max_waiting
        self._tickets: list[Ticket] = []
        self._moved = threading.Condition()
        # Others than those of the places are begun only while a stopped answer still holds one of those.
        self._workers = ThreadPoolExecutor(self.places + STOPPED, "presstime-answers", self._share_cores)

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

    def steps(self, made: Iterator[Step]) -> Iterator[Step]:
        """The same steps, made in threads that live on: a new thread has to prepare every kernel of a model again."""
        while True:
            step = self._workers.submit(next, made, None).result()
            if step is None:
                return
            yield step

    def _share_cores(self) -> None:
        if self.places > 1:
            import torch  # takes seconds to load, and loads with the models anyway

            torch.set_num_threads(min(THREADS, torch.get_num_threads()))


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
