"""The records an answer is made of: Question, Evidence, Citation, Sentence, Answer, Update. All frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from index.records import Entry, Part, Ref

Status = Literal["answered", "quoted", "not_in_coverage"]
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time an answer may rest on; both ends included, None where open."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as put, with what the asker fixed beside its words."""

    text: str
    pages: tuple[str, ...] | None = None
    as_of: datetime | str | None = None
    since: datetime | str | None = None
    until: datetime | str | None = None
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that can answer: `text` is exactly `entry.text(part)[start:end]`.

    `marks` are the answering words, as offsets into `text`. `score` is a similarity; higher is better.
    """

    entry: Entry
    part: Part
    text: str
    start: int
    end: int
    score: float
    marks: tuple[Mark, ...] = ()

    @property
    def marked(self) -> tuple[str, ...]:
        """The answering words themselves."""
        return tuple(self.text[a:b] for a, b in self.marks)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence rests: `quote` is exactly the entry's `part` from `start` to `end`.

    `label` is the publication time as shown, `marks` the answering words as offsets into `quote`.
    """

    entry_id: str
    page_id: str
    published: datetime | None
    label: str
    title: str | None
    url: str | None
    quote: str
    start: int
    end: int
    part: Part = "body"
    marks: tuple[Mark, ...] = ()

    @property
    def entry_ref(self) -> Ref:
        """Ids of the page and the entry that it names."""
        return self.page_id, self.entry_id


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. `quoted` says that it is the entry's own words."""

    text: str
    citations: tuple[Citation, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Superseded:
    """An earlier value that the answer replaced, in its entry's own words."""

    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer. `confidence` is the calibrated probability that it answers; `nearest` what came closest.

    `coverage_until` is the time of the newest entry the answer could see; `searched` counts those entries.
    `evidence` is the best sentence of each entry that was read, surest first. `notices` are plain
    sentences the reader must know (no zone stated, nothing published yet at that time). `course` holds every value
    that the answer's figure has had within its time, oldest first; empty where it is no figure that changes.
    """

    question: str
    text: str
    sentences: tuple[Sentence, ...]
    status: Status
    citations: tuple[Citation, ...]
    superseded: tuple[Superseded, ...] = ()
    course: tuple[Superseded, ...] = ()
    as_of: datetime | None = None
    window: Window | None = None
    coverage_until: datetime | None = None
    coverage_label: str = ""
    searched: int = 0
    confidence: float = 0.0
    notices: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; datetimes as ISO 8601, floating ones without an offset."""
        plain: dict[str, Any] = to_plain(asdict(self))
        return plain


@dataclass(frozen=True, slots=True)
class Update:
    """One step of a streamed answer: the whole text so far; the last one carries the answer."""

    text: str
    answer: Answer | None = None


def to_plain(value: Any) -> Any:
    """Nested records as JSON types: datetimes, dates and times in ISO 8601, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_plain(v) for v in value]
    return value
