"""Untrusted text made safe to stand in HTML: escaping, isolation, marks, links."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

_CONTROLS = {code: None for code in (*range(9), 11, 12, *range(14, 32), 127)}


def escape(text: str) -> str:
    """Text made safe inside elements and quoted attributes; control characters are dropped."""
    return html.escape(text.translate(_CONTROLS), quote=True)


def as_json(value: Mapping[str, Any]) -> str:
    """Data for an attribute: JSON, escaped."""
    return escape(json.dumps(value))


def isolated(text: str) -> str:
    """Escaped text that cannot change the direction of what stands around it."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def time_attributes(moment: datetime | None, label: str) -> str:
    """Attributes that let the page show a time in another zone; nothing for a time whose zone is unknown."""
    if moment is None or moment.tzinfo is None:
        return ""
    return f' data-at="{moment.isoformat()}" data-own="{escape(label)}"'


def timed_html(moment: datetime | None, label: str) -> str:
    """Time that the page can show in another zone, where its own is known."""
    return f"<time{time_attributes(moment, label)}>{escape(label)}</time>"


def safe_url(url: str | None) -> str | None:
    """URL if a browser may be sent there (http or https, with a host), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def marked(text: str, spans: Sequence[tuple[int, int]], tag: str = "mark") -> str:
    """Escaped text with the spans (offsets into the unescaped text, in any order) wrapped in `tag`."""
    parts, done = [], 0
    for start, end in sorted(spans):
        start = max(start, done)
        if start < end <= len(text):
            parts += [escape(text[done:start]), f"<{tag}>", escape(text[start:end]), f"</{tag}>"]
            done = end
    return "".join([*parts, escape(text[done:])])
