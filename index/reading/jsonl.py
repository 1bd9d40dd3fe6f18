"""Our own JSONL: a line for the page, one for each entry; every field comes back as it went out.

What `presstime read --json` prints, page and entries on one line, is read as well.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from index.errors import SourceError
from index.records import Entry, Page, Reading

_MOMENTS = ("published", "updated", "captured")


def write_jsonl(reading: Reading) -> str:
    """The page and its entries as JSON lines, times with both their offset and their zone's name."""
    lines = [{"page": _plain(reading.page)}, *({"entry": _plain(entry)} for entry in reading.entries)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def read_jsonl(text: str, source: str) -> Reading:
    """Read back what `write_jsonl` wrote. Raises SourceError naming the line that is not of that form."""
    page: Page | None = None
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if "page" in value:
                page = Page(**_fields(Page, value["page"]))
                entries += [Entry(**_fields(Entry, entry)) for entry in value.get("entries", ())]
            else:
                entries.append(Entry(**_fields(Entry, value["entry"])))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise SourceError(
                f"{source}, line {number}, is no page and no entry ({error}). Write it with `presstime read --json`."
            ) from None
    if page is None:
        raise SourceError(f"{source} has no page line. Write it with `presstime read --json`.")
    return Reading(page, tuple(entries))


def _plain(record: Page | Entry) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, datetime) and isinstance(value.tzinfo, ZoneInfo):
            plain[f"{field.name}_place"] = value.tzinfo.key
        plain[field.name] = value.isoformat() if isinstance(value, (datetime, date, time)) else value
    return plain


def _fields(record: type[Page] | type[Entry], plain: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in dataclasses.fields(record)}
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in plain.items() if name in known
    }
    for name in _MOMENTS:
        if values.get(name):
            moment = datetime.fromisoformat(values[name])
            place = plain.get(f"{name}_place")
            values[name] = moment.astimezone(ZoneInfo(place)) if place else moment
    if values.get("clock"):
        values["clock"] = time.fromisoformat(values["clock"])
    if values.get("day"):
        values["day"] = date.fromisoformat(values["day"])
    return values
