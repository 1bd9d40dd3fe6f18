"""Reading: a module per source format, each giving a Reading."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.errors import PresstimeError, SourceError
from index.reading.decoding import decode, load_bytes
from index.reading.text import Hints, read_page_text
from index.records import Reading
from index.zones import resolve_zone

__all__ = ["SourceFailure", "read_source", "read_sources", "read_text"]


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
    format: str | None = None,  # noqa: A002
) -> Reading:
    """Read one file, or standard input for "-".

    `zone` and `day` are what the user knows of the page: they fill in what the page leaves open.
    Raises SourceError for a source that cannot be read, ZoneError for an unknown zone name.
    """
    if str(source) == "-":
        data, name = sys.stdin.buffer.read(), "-"
    else:
        data, name = load_bytes(Path(source)), Path(source).name
    text = decode(data, str(source))
    return _read(text, name, str(source), zone, day)


def read_sources(
    sources: Iterable[str | Path],
    *,
    zone: str | None = None,
    day: date | None = None,
    format: str | None = None,  # noqa: A002
) -> Iterator[Reading | SourceFailure]:
    """Read every source, a folder file by file; what cannot be read is reported in its place."""
    for source in sources:
        paths = _expand(str(source))
        if not paths:
            yield SourceFailure(
                str(source), SourceError(f"{source} holds no file to read. Name a file or a URL.")
            )
        for path in paths:
            try:
                yield read_source(path, zone=zone, day=day, format=format)
            except PresstimeError as error:
                yield SourceFailure(path, error)


def read_text(text: str, *, source: str, zone: str | None = None, day: date | None = None) -> Reading:
    """Read text that was pasted; `source` names it and becomes the page's id."""
    return _read(text, Path(source).name or source, source, zone, day)


def _read(text: str, page_id: str, source: str, zone: str | None, day: date | None) -> Reading:
    place = resolve_zone(zone) if zone else None
    return read_page_text(text, page_id=page_id, source=source, hints=Hints(zone=place, day=day))


def _expand(source: str) -> list[str]:
    path = Path(source)
    if source != "-" and path.is_dir():
        return sorted(str(p) for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    if any(c in source for c in "*?[") and not path.exists():
        found = Path(path.anchor or ".").glob(str(path.relative_to(path.anchor)))
        return sorted(str(p) for p in found if p.is_file())
    return [source]
