"""Records as JSON text for the store, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any, TypeVar

from index.records import Entry, Feedback, Page, Source

Record = TypeVar("Record", Entry, Page, Source, Feedback)

_PARSERS: dict[str, Callable[[str], Any]] = {
    "published": datetime.fromisoformat,
    "updated": datetime.fromisoformat,
    "captured": datetime.fromisoformat,
    "day": date.fromisoformat,
    "clock": time.fromisoformat,
    "at": datetime.fromisoformat,
    "last_attempt": datetime.fromisoformat,
    "last_success": datetime.fromisoformat,
    "last_change": datetime.fromisoformat,
}


def to_json(record: Entry | Page | Source | Feedback) -> str:
    """JSON object of the record's fields, without the empty ones. Times are in ISO 8601."""
    values = {f.name: getattr(record, f.name) for f in fields(record)}
    return json.dumps(
        {name: value for name, value in values.items() if value not in (None, "", ())},
        ensure_ascii=False,
        default=lambda value: value.isoformat(),
    )


def from_json(kind: type[Record], text: str) -> Record:
    """Record that `to_json` wrote. Fields that this version does not know are left out."""
    names = {f.name for f in fields(kind)}
    return kind(**{n: _parsed(n, value) for n, value in json.loads(text).items() if n in names})


def _parsed(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return _PARSERS[name](value) if name in _PARSERS else value
