"""The records coverage passes through on its way in: Page, Entry, Chunk, Hit. All frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, NamedTuple

Known = Literal["printed", "page", "given", "unknown"]
Part = Literal["body", "title", "captions"]
Ref = tuple[str, str]

_FILE_ENDING = re.compile(r"\.(?:txt|md|html?|xml|rss|atom|jsonl?)(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One live page. `zone` is an IANA name or None; `day` the date the page is about, where it says one."""

    id: str
    title: str | None = None
    source: str = ""
    publisher: str | None = None
    url: str | None = None
    zone: str | None = None
    day: date | None = None
    captured: datetime | None = None
    format: str = "text"
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call the page: its title, else its id as words ("storm-ingrid.txt" is "Storm ingrid")."""
        words = _FILE_ENDING.sub("", self.id).replace("-", " ").replace("_", " ").strip()
        return self.title or (words[:1].upper() + words[1:]) or self.id


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live page, its words and times as the page prints them.

    `published` is timezone-aware, or deliberately naive (floating local time) where the zone is unknown, or
    None where the page gives no time or no date. `clock` is the printed time of day, kept also where the date
    is unknown. `zone` is the short zone name to show ("BST"), None where unknown. `position` counts from 0 in
    page order. `kind` is "post", "summary", "pictures", "tweet" or "pinned".
    """

    id: str
    page_id: str
    position: int
    stamp: str | None = None
    published: datetime | None = None
    clock: time | None = None
    zone: str | None = None
    zone_source: Known = "unknown"
    date_source: Known = "unknown"
    updated: datetime | None = None
    title: str | None = None
    author: str | None = None
    kind: str = "post"
    body: str = ""
    quotes: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    url: str | None = None

    @property
    def ref(self) -> Ref:
        """Ids of page and entry: two pages may use the same id, or carry the same report at the same minute."""
        return self.page_id, self.id

    def text(self, part: Part) -> str:
        """Text that offsets into `part` count in; captions are joined by a newline."""
        if part == "title":
            return self.title or ""
        return "\n".join(self.captions) if part == "captions" else self.body


class Reading(NamedTuple):
    """What one source holds: its page and the page's entries in page order."""

    page: Page
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of one part of one entry: `text` is exactly `entry.text(part)[start:end]`.

    `context` is the line carried along for search (title and time label); `text_for_search` joins both.
    `key` is the chunk's integer key in the store and in the vector index.
    """

    key: int
    entry_id: str
    page_id: str
    part: Part
    text: str
    start: int
    end: int
    context: str = ""

    @property
    def entry_ref(self) -> Ref:
        """Ids of its page and entry."""
        return self.page_id, self.entry_id

    @property
    def text_for_search(self) -> str:
        """Context line and passage: what the encoder and the lexical index see."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a question. Scores are similarities; higher is better."""

    chunk: Chunk
    entry: Entry
    score: float
    dense: float = 0.0
    lexical: float = 0.0


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding one source changed: entry ids by outcome, and the page's warnings."""

    page_id: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Revision:
    """An entry's words as they stood when seen at `seen_at` (aware): the first one, then one for each edit."""

    entry_id: str
    seen_at: datetime
    title: str | None = None
    body: str = ""
    captions: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A place coverage comes from, as the user named it, and how fetching it has gone. Times are aware.

    `etag` and `last_modified` are what its server named the last answer. `last_change` is when it last changed
    what is stored, `failures` how many attempts failed in a row. `live` says that it should be watched, looked at
    every `looked_every_s`. `expected_every_s` is how often new entries were coming when it last changed.
    """

    source: str
    page_ids: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_change: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    live: bool = False
    looked_every_s: float | None = None
    expected_every_s: float | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader said of an answer: `good` or not, why, and what it should have said.

    `at` is aware. `as_of` is the time the question was asked as of, as shown. `pages` are the pages it was
    asked of, `cited` the ids of the entries the answer cited.
    """

    id: str
    at: datetime
    question: str
    answer: str
    status: str
    good: bool
    reason: str = ""
    correction: str = ""
    as_of: str = ""
    pages: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
