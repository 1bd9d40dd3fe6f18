"""An HTML page -> Reading: what it tells machines first, what it shows its readers second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from selectolax.lexbor import LexborHTMLParser

from index.reading.instants import read_instant
from index.reading.markup import Timed, page_text, parse_html, times_of
from index.reading.posts import read_posts
from index.reading.structured import find_blog
from index.reading.text import Hints, read_page_text
from index.records import Entry, Reading


def read_html(text: str, *, page_id: str, source: str, hints: Hints) -> Reading:
    """Entries of an HTML page. Raises SourceError where its elements are nested beyond reason."""
    tree = parse_html(text, source)
    hints = replace(hints, url=hints.url or _address(tree))
    title = _meta(tree, "og:title") or _title(tree)
    publisher = _meta(tree, "og:site_name")
    blog = find_blog(tree)
    if blog:
        return read_posts(
            blog.posts,
            page_id=page_id,
            source=source,
            format="html",
            hints=hints,
            title=blog.title or title,
            publisher=blog.publisher or publisher,
            url=blog.url,
        )
    shown_times = list(times_of(tree))
    reading = read_page_text(page_text(tree), page_id=page_id, source=source, hints=hints)
    entries = _with_machine_times(reading.entries, shown_times)
    page = replace(
        reading.page,
        title=reading.page.title or title,
        publisher=publisher,
        format="html",
        day=reading.page.day or _day(entries),
        warnings=() if any(e.published for e in entries) else reading.page.warnings,
    )
    return Reading(page, entries)


def _day(entries: Sequence[Entry]) -> date | None:
    return next((e.published.date() for e in reversed(entries) if e.published), None)


def _with_machine_times(entries: Sequence[Entry], times: Sequence[Timed]) -> tuple[Entry, ...]:
    """Give each entry the machine time of the `<time>` that shows its stamp, taken in page order."""
    done: list[Entry] = []
    start = 0
    for entry in entries:
        at = _find(entry, times, start)
        if at is not None:
            entry = _placed(entry, read_instant(times[at].machine))
            start = at + 1
        done.append(entry)
    return tuple(done)


def _find(entry: Entry, times: Sequence[Timed], start: int) -> int | None:
    if entry.stamp is None:
        return None
    wanted = entry.stamp.strip("() ")
    for at in range(start, min(len(times), start + 50)):
        shown = times[at].shown.strip("() ")
        if shown and (shown in wanted or wanted in shown):
            return at
    return None


def _placed(entry: Entry, moment: datetime | None) -> Entry:
    """The entry at its machine time, on the clock it prints where the two are a whole offset apart."""
    if moment is None:
        return entry
    if moment.tzinfo is None:
        if entry.clock and moment.time().replace(second=0) != entry.clock.replace(second=0):
            return entry
        if entry.published is None:
            return replace(entry, published=moment, clock=entry.clock or moment.time(), date_source="page")
        return entry
    if entry.published is not None and entry.published.tzinfo is not None:
        return entry
    offset = _printed_offset(entry, moment)
    local = moment.astimezone(timezone(offset)) if offset is not None else moment
    return replace(
        entry,
        published=local.replace(second=entry.clock.second) if entry.clock and offset is not None else local,
        clock=entry.clock or local.time(),
        zone=entry.zone or local.tzname(),
        zone_source="printed" if entry.zone else "page",
        date_source="page" if entry.date_source == "unknown" else entry.date_source,
    )


def _printed_offset(entry: Entry, moment: datetime) -> timedelta | None:
    if entry.clock is None:
        return None
    utc = moment.astimezone(UTC)
    minutes = (entry.clock.hour * 60 + entry.clock.minute) - (utc.hour * 60 + utc.minute)
    minutes = (minutes + 720) % 1440 - 720
    return timedelta(minutes=minutes) if minutes % 15 == 0 else None


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    node = tree.css_first(f'meta[property="{name}"],meta[name="{name}"]')
    return (node.attributes.get("content") or "").strip() or None if node else None


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    return " ".join(node.text().split()) or None if node else None


def _address(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first('link[rel="canonical"]')
    address = node.attributes.get("href") if node else _meta(tree, "og:url")
    return address if address and re.match(r"https?://", address) else None
