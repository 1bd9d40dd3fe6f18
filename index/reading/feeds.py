"""RSS, Atom and JSON Feed -> Reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import feedparser

from index.errors import SourceError
from index.reading.posts import Post, read_posts
from index.reading.text import Hints
from index.records import Reading


def read_feed(data: bytes, *, page_id: str, source: str, hints: Hints) -> Reading:
    """Items of an RSS or Atom feed, in the feed's order. Raises SourceError where it holds none."""
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise SourceError(f"{source} is a feed without items. Give a feed that has some, or the page itself.")
    posts = [
        Post(
            when=next((item[key] for key in ("published", "updated", "created") if key in item), None),
            changed=item["updated"] if "updated" in item else None,
            title=item.get("title"),
            author=item.get("author"),
            body=_content(item),
            url=item.get("link"),
        )
        for item in feed.entries
    ]
    head = feed.feed
    return read_posts(
        posts, page_id=page_id, source=source, format="feed", hints=hints, title=head.get("title"), url=head.get("link")
    )


def _content(item: Mapping[str, Any]) -> str:
    parts = [str(part.get("value", "")) for part in item.get("content", ())]
    return max([*parts, str(item.get("summary", ""))], key=len)


def read_json_feed(value: Mapping[str, Any], *, page_id: str, source: str, hints: Hints) -> Reading:
    """Items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    posts = [
        Post(
            when=item.get("date_published"),
            changed=item.get("date_modified"),
            title=item.get("title"),
            author=_author(item) or _author(value),
            body=item.get("content_html") or item.get("content_text") or item.get("summary") or "",
            url=item.get("url"),
        )
        for item in value.get("items", ())
        if isinstance(item, dict)
    ]
    return read_posts(
        posts,
        page_id=page_id,
        source=source,
        format="jsonfeed",
        hints=hints,
        title=value.get("title"),
        url=value.get("home_page_url"),
    )


def _author(item: Mapping[str, Any]) -> str | None:
    people = item.get("authors") or [item.get("author")]
    names = [p.get("name") for p in people if isinstance(p, dict) and p.get("name")]
    return ", ".join(str(name) for name in names) or None
