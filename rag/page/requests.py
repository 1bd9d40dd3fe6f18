"""What a request from the browser names, read with care: entries in order, a citation, a place in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.records import Entry, Part
from index.times import entry_moment, time_key
from rag.listing import moment_key
from rag.records import Citation

_PARTS: Mapping[str, Part] = {"body": "body", "title": "title", "captions": "captions"}


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Sort entries by time, those of one minute in the page's own direction; untimed ones come first."""
    moments = [time_key(moment) for entry in entries if (moment := entry_moment(entry))]
    listed = list(entries)
    if moments and moments[0] > moments[-1]:
        listed.reverse()
    return sorted(listed, key=moment_key)


def citation_of(entry: Entry, cite: Mapping[str, Any]) -> Citation | None:
    """Citation that a chip carries, or None where what it carries does not read as one."""
    try:
        part, quote = _PARTS[str(cite["part"])], str(cite["quote"])
        start, end = int(cite["start"]), int(cite["end"])
        marks = tuple((int(a), int(b)) for a, b in cite.get("marks", ()))
    except (KeyError, TypeError, ValueError):
        return None
    return Citation(
        entry.id, entry.page_id, entry.published, "", entry.title, entry.url, quote, start, end, part, marks
    )


def index_of(value: Any, default: int) -> int:
    """Place in a list that a request names, else the default."""
    return value if isinstance(value, int) and not isinstance(value, bool) else default
