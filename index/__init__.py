"""Coverage in, searchable store out: read a source, encode it, keep it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.embedding import load_encoder
    from index.ingest import add_sources
    from index.reading import read_source
    from index.store import Store
    from index.vectors import VectorIndex
    from index.watching import watch

__all__ = ["Store", "VectorIndex", "add_sources", "load_encoder", "read_source", "watch"]

_HOMES = {
    "Store": "index.store",
    "VectorIndex": "index.vectors",
    "add_sources": "index.ingest",
    "load_encoder": "index.embedding",
    "read_source": "index.reading",
    "watch": "index.watching",
}


def __getattr__(name: str) -> Any:
    # On first use: a program that only reads pages waits for no parser, database or model library it does
    # not use.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
