"""Posts that a machine wrote out (JSON-LD, APIs, feeds) -> Entries: their fields say what the text reader finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from index.reading.furniture import sort_out
from index.reading.identity import with_ids
from index.reading.instants import read_instant, short_zone
from index.reading.lines import split_lines
from index.reading.markup import fragment_text
from index.reading.quotes import find_quotes, is_tweet
from index.reading.text import Hints, kind_of
from index.records import Entry, Known, Page, Reading


@dataclass(frozen=True, slots=True)
class Post:
    """One post as a format gives it: `when` and `changed` in the format's own writing, `body` as HTML or text."""

    when: object = None
    changed: object = None
    title: str | None = None
    author: str | None = None
    body: str = ""
    url: str | None = None
    captions: tuple[str, ...] = ()
    pinned: bool = False
    summary: bool = False


def read_posts(
    posts: Sequence[Post],
    *,
    page_id: str,
    source: str,
    format: str,  # noqa: A002
    hints: Hints,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Reading:
    """Entries of posts in the order given; a post without a time stays untimed."""
    entries = [entry for post in posts if (entry := _entry(post, page_id, hints.zone))]
    moments = [e.published for e in entries if e.published]
    falling = len(moments) < 2 or _seconds(moments[0]) >= _seconds(moments[-1])
    days = [m.date() for m in moments]
    page = Page(
        id=page_id,
        title=_plain(title),
        source=source,
        publisher=publisher or None,
        url=url or hints.url,
        zone=str(hints.zone) if hints.zone else None,
        day=hints.day or (min(days) if days else None),
        captured=hints.captured,
        format=format,
        warnings=() if moments else ("No times were found in this source: its entries carry no time.",),
    )
    return Reading(page, with_ids(entries, newest_first=falling))


def _plain(title: str | None) -> str | None:
    """A headline without markup and entities, in one line."""
    return " ".join(fragment_text(title).split()) or None if title else None


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))).timestamp()


def _entry(post: Post, page_id: str, zone: ZoneInfo | None) -> Entry | None:
    parts = sort_out(split_lines(fragment_text(post.body)))
    title = _plain(post.title)
    captions = tuple(dict.fromkeys((*post.captions, *parts.captions)))
    if not (parts.body or title or captions):
        return None
    moment, source = read_instant(post.when), "printed"
    if moment and moment.tzinfo is None:
        source = "given" if zone else "unknown"
        moment = moment.replace(tzinfo=zone)
    elif moment and zone:
        moment = moment.astimezone(zone)
    known: Known = "printed" if source == "printed" and moment else "given" if source == "given" else "unknown"
    changed = read_instant(post.changed)
    if changed and moment and (changed.tzinfo is None) != (moment.tzinfo is None):
        changed = None
    return Entry(
        id="",
        page_id=page_id,
        position=0,
        stamp=str(post.when) if moment else None,
        published=moment,
        clock=moment.time() if moment else None,
        zone=(moment.tzname() if zone else short_zone(moment)) if moment else None,
        zone_source=known,
        date_source="printed" if moment else "unknown",
        updated=changed.astimezone(moment.tzinfo) if changed and moment and moment.tzinfo else changed,
        title=title,
        author=post.author or parts.author,
        kind="pinned" if post.pinned else "summary" if post.summary else kind_of(title, parts.body, captions),
        body=parts.body,
        quotes=() if is_tweet(parts.body) else find_quotes(parts.body),
        captions=captions,
        url=post.url,
    )
