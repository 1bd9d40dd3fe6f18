"""Question in, cited answer out."""

from __future__ import annotations

from typing import Any

__all__ = ["Answer", "Assistant", "Citation", "Evidence", "Question", "Sentence", "Superseded", "Update"]


def __getattr__(name: str) -> Any:
    # The Assistant brings FAISS along; `presstime --help` and the records need it not.
    if name == "Assistant":
        from rag.answering import Assistant

        return Assistant
    if name in __all__:
        from rag import records

        return getattr(records, name)
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
