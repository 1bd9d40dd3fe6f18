"""What a source is, by its content: never by its name."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from typing import Any

from index.errors import SourceError
from index.reading import decoding
from index.reading.apis import API_FORMATS, read_api, sniff_api
from index.reading.feeds import read_feed
from index.reading.html import read_html
from index.reading.jsonl import read_jsonl
from index.reading.text import Hints, read_page_text
from index.records import Reading

FORMATS = ("text", "html", "feed", "jsonl", *API_FORMATS)
_HEAD_CHARS = 4096
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"</(?:p|div|li|article|time|h[1-6]|span)>", re.IGNORECASE)
_JSONL = re.compile(r'\{(?:"source": ?"(?:[^"\\]|\\.){0,2000}", ?)?"(?:page|entry)": ?\{')


def read_data(data: bytes, *, page_id: str, source: str, hints: Hints, format: str | None = None) -> Reading:  # noqa: A002
    """Read the content of a source in the format it is in, or in the one named.

    Raises SourceError for a format that does not exist, and for content that cannot be read.
    """
    if format is not None and format not in FORMATS:
        raise SourceError(f"No format is called {format!r}. Name one of {', '.join(FORMATS)}, or leave it out.")
    data = unpacked(data, source)
    text = decoding.decode(data, source)
    kind = format or sniff(text)
    if kind == "html":
        return read_html(text, page_id=page_id, source=source, hints=hints)
    if kind == "feed":
        return read_feed(data, page_id=page_id, source=source, hints=hints)
    if kind == "jsonl":
        return read_jsonl(text, source)
    if kind in API_FORMATS:
        return read_api(_json(text, source), kind, page_id=page_id, source=source, hints=hints)
    return read_page_text(text, page_id=page_id, source=source, hints=hints)


def sniff(text: str) -> str:
    """Format of a text: one of FORMATS."""
    head = text[:_HEAD_CHARS].lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        if _JSONL.match(head):
            return "jsonl"
        try:
            return sniff_api(json.loads(text)) or "text"
        except (ValueError, RecursionError):
            return "text"
    if head.startswith("<") and _FEED.search(head) and not _HTML.match(head):
        return "feed"
    if _HTML.search(head[:1024]) or (head.startswith("<") and len(_TAGS.findall(head)) >= 2):
        return "html"
    return "html" if len(_TAGS.findall(head)) >= 8 else "text"


def _json(text: str, source: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source} is not whole JSON: {error}. Save the answer again.") from None


def unpacked(data: bytes, source: str) -> bytes:
    """Content of a gzip file, which may not grow beyond the size limit; other data as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    limit = decoding.MAX_SOURCE_BYTES
    try:
        unzip = zlib.decompressobj(wbits=31)
        plain = unzip.decompress(data, limit + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{source} is a damaged gzip file: {error}. Fetch it again.") from None
    if len(plain) > limit:
        raise SourceError(f"{source} unpacks to more than {limit:,} bytes. Split it into smaller files.")
    if not unzip.eof:
        raise SourceError(f"{source} is a gzip file that ends too early. Fetch it again.")
    return plain
