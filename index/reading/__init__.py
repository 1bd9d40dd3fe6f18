"""Reading: a module per source format, each giving a Reading."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urldefrag

from index.errors import PresstimeError, SourceError
from index.reading.decoding import load_bytes
from index.reading.jsonl import write_jsonl
from index.reading.sniffing import FORMATS, read_data
from index.reading.text import Hints
from index.records import Reading
from index.zones import resolve_zone

__all__ = [
    "FORMATS",
    "SourceFailure",
    "read_content",
    "read_source",
    "read_sources",
    "read_text",
    "write_jsonl",
]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A source that could not be read, and why."""

    source: str
    error: PresstimeError


def read_source(
    source: str | Path,
    *,
    zone: str | None = None,
    day: date | None = None,
    captured: datetime | None = None,
    format: str | None = None,  # noqa: A002
    allow_private: bool = False,
) -> Reading:
    """Read one file, a web address, or standard input for "-", in the format its content is in.

    `zone` and `day` are what the user knows of the page: they fill in what the page leaves open. `captured` is
    when the page was saved: ages such as "2h ago" count back from it, and are no times without it; for an address
    it is now. `format`, one of FORMATS, overrides what the content looks like.
    Raises SourceError for a source that cannot be read, ZoneError for an unknown zone name.
    """
    place = resolve_zone(zone) if zone else None
    if is_address(str(source)):
        from index.fetching import fetch  # the HTTP client loads with it, and reading files must not wait for that

        data = fetch(str(source), allow_private=allow_private).data
        seen = captured or datetime.now(UTC)
        return read_content(data, url=str(source), zone=zone, day=day, captured=seen, format=format)
    if str(source) == "-":
        data, name = sys.stdin.buffer.read(), "-"
    else:
        data, name = load_bytes(Path(source)), Path(source).name
    hints = Hints(zone=place, day=day, captured=captured)
    return read_data(data, page_id=name, source=str(source), hints=hints, format=format)


def read_content(
    data: bytes,
    *,
    url: str,
    zone: str | None = None,
    day: date | None = None,
    captured: datetime | None = None,
    format: str | None = None,  # noqa: A002
) -> Reading:
    """Read what an address answered with; the page's id is the address without its fragment."""
    address = urldefrag(url).url
    hints = Hints(zone=resolve_zone(zone) if zone else None, day=day, captured=captured, url=address)
    return read_data(data, page_id=address, source=url, hints=hints, format=format)


def read_sources(
    sources: Iterable[str | Path],
    *,
    zone: str | None = None,
    day: date | None = None,
    captured: datetime | None = None,
    format: str | None = None,  # noqa: A002
    allow_private: bool = False,
) -> Iterator[Reading | SourceFailure]:
    """Read every source, a folder or a pattern file by file; what cannot be read is reported in its place."""
    for source in sources:
        paths = expand(str(source))
        if not paths:
            yield SourceFailure(str(source), SourceError(f"{source} holds no file to read. Name a file or a URL."))
        for path in paths:
            try:
                yield read_source(
                    path, zone=zone, day=day, captured=captured, format=format, allow_private=allow_private
                )
            except PresstimeError as error:
                yield SourceFailure(path, error)


def read_text(
    text: str, *, source: str, zone: str | None = None, day: date | None = None, captured: datetime | None = None
) -> Reading:
    """Read text that was pasted; `source` names it and becomes the page's id."""
    hints = Hints(zone=resolve_zone(zone) if zone else None, day=day, captured=captured)
    return read_data(text.encode("utf-8", "replace"), page_id=Path(source).name or source, source=source, hints=hints)


def is_address(source: str) -> bool:
    """Whether a source is to be fetched rather than opened."""
    return bool(_ADDRESS.match(source))


def expand(source: str) -> list[str]:
    """Files of a folder or a pattern, sorted; any other source as it is."""
    if is_address(source):
        return [source]
    path = Path(source)
    if source != "-" and path.is_dir():
        return sorted(str(p) for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    if any(c in source for c in "*?[") and not path.exists():
        found = Path(path.anchor or ".").glob(str(path.relative_to(path.anchor)))
        return sorted(str(p) for p in found if p.is_file())
    return [source]
