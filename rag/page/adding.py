"""Coverage added from the page: read first and shown, kept only when the reader says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

from index.errors import PresstimeError, SourceError
from index.reading import is_address, read_source, read_text
from index.records import AddReport, Reading
from index.store import Store
from index.times import entry_moment, time_key, time_label
from rag.page.markup import escape, isolated

MAX_PASTED_CHARS = 5_000_000
SHOWN_ENTRIES = 3
Readings = tuple[Reading, ...]


class _Known(TypedDict):
    """What the reader knows of a page that the page does not state."""

    zone: str | None
    day: date | None


def read_offered(
    paths: Sequence[str],
    pasted: str = "",
    name: str = "",
    zone: str = "",
    address: str = "",
    day: str = "",
    *,
    allow_private: bool = False,
) -> tuple[Readings, tuple[str, ...]]:
    """Read uploaded files, a web address and pasted text; gives what could be read, and in words what could not.

    `name` becomes the id of the pasted page; `zone` and `day` ("2026-03-04") fill in what pages leave open. Hosts
    that are not on the public internet are refused unless `allow_private`.
    """
    readings: list[Reading] = []
    failures: list[str] = []
    try:
        known: _Known = {"zone": zone.strip() or None, "day": date.fromisoformat(day.strip()) if day.strip() else None}
    except ValueError:
        return (), (f"{day.strip()[:40]!r} is no date; write it as 2026-03-04.",)
    if wanted := address.strip():
        try:
            if not re.match(r"https?://", wanted, re.IGNORECASE):
                raise SourceError(f"{wanted[:200]} is no web address. Write it as https://host/page.")
            readings.append(read_source(wanted, **known, allow_private=allow_private))
        except PresstimeError as error:
            failures.append(str(error))
    for path in paths:
        try:
            readings.append(read_source(Path(path), **known))
        except PresstimeError as error:
            failures.append(str(error).replace(path, Path(path).name))
    if len(pasted) > MAX_PASTED_CHARS:
        failures.append(f"The pasted text has {len(pasted):,} characters; save it as a file and add that.")
    elif pasted.strip():
        page_id = re.sub(r"[^\w.-]+", "-", name.strip()).strip("-.")[:80] or "pasted-page"
        try:
            readings.append(read_text(pasted, source=page_id, **known))
        except PresstimeError as error:
            failures.append(str(error))
    if not readings and not failures:
        failures.append("Choose a file, give a web address, or paste the text of a page.")
    return tuple(readings), tuple(failures)


def keep(store: Store, readings: Readings) -> tuple[tuple[AddReport, ...], tuple[str, ...]]:
    """Store the readings; gives what each changed, and in words what could not be kept."""
    reports: list[AddReport] = []
    failures: list[str] = []
    for reading in readings:
        try:
            report = store.add(reading)
            reports.append(report)
            if is_address(reading.page.source):  # known by name from now on, so that it can be read again
                changed = bool(report.added or report.changed or report.withdrawn)
                store.record_fetch(reading.page.source, changed=changed, page_id=report.page_id)
        except PresstimeError as error:
            failures.append(str(error))
    return tuple(reports), tuple(failures)


def preview_html(readings: Readings, failures: Sequence[str] = ()) -> str:
    """What was found in each page, before it is kept."""
    return "".join([*map(_preview, readings), *map(_failure, failures)])


def kept_html(reports: Sequence[AddReport], failures: Sequence[str] = ()) -> str:
    """What keeping the pages changed."""
    rows = [
        f"<p>{isolated(report.page_id)}: {len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.unchanged)} unchanged, {len(report.withdrawn)} withdrawn.</p>"
        for report in reports
    ]
    return "".join([*rows, *map(_failure, failures)])


def _preview(reading: Reading) -> str:
    moments = [(time_key(moment), entry) for entry in reading.entries if (moment := entry_moment(entry))]
    timed = [entry for _, entry in sorted(moments, key=lambda pair: pair[0])]
    count = f"{len(reading.entries)} {'entry' if len(reading.entries) == 1 else 'entries'}"
    span = f", from {time_label(timed[0])} to {time_label(timed[-1])}" if timed else ", none with a time"
    shown = "".join(
        f'<li><span>{escape(time_label(entry))}</span> <b dir="auto">'
        f"{escape((entry.title or entry.body)[:90])}</b></li>"
        for entry in reading.entries[:SHOWN_ENTRIES]
    )
    warnings = "".join(f'<p class="notice" dir="auto">{escape(_own_words(text))}</p>' for text in reading.page.warnings)
    return (
        f'<div class="found"><h4>{isolated(reading.page.name)}</h4>'
        f"<p>{count}{escape(span)}</p><ul>{shown}</ul>{warnings}</div>"
    )


def _own_words(warning: str) -> str:
    """A page's warning as the page says it: it names fields where the command names options."""
    return warning.replace("--date", "the date field").replace("--zone", "the zone field")


def _failure(text: str) -> str:
    return f'<p class="bad" role="alert" dir="auto">{escape(text)}</p>'
