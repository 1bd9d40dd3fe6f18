"""Work in the background that steps aside at once for a reader: models look between two batches whether it may go on.

with stepping_aside(lambda: nobody_waits()):
assistant.ask(...)      raises SteppedAside at the next batch once it may not
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_go_on: ContextVar[Callable[[], bool] | None] = ContextVar("go_on", default=None)


class SteppedAside(Exception):  # noqa: N818  not an error: the work was not needed as much as another
    """Work in the background was left for something that cannot wait."""


@contextmanager
def stepping_aside(go_on: Callable[[], bool]) -> Iterator[None]:
    """Inside, models stop between batches once `go_on` says False."""
    token = _go_on.set(go_on)
    try:
        yield
    finally:
        _go_on.reset(token)


def step_aside() -> None:
    """Raise SteppedAside where this work may not go on; work that was not put aside always may."""
    go_on = _go_on.get()
    if go_on is not None and not go_on():
        raise SteppedAside
