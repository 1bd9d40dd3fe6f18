"""One question being answered: as it was put, the time it speaks of, what it may see, and the clock that runs."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from index.errors import QuestionError
from index.health import source_warnings
from index.records import Entry
from index.store import Store
from index.times import time_key
from index.visibility import Seen, page_bounds, see, visible_entries
from rag.asking.following import follow
from rag.records import Question
from rag.when import PageTimes, Scope, narrow, page_times, read_scope

MAX_QUESTION_CHARS = 2_000
Times = datetime | str | None


class Clock:
    """Milliseconds of each step and of the whole."""

    def __init__(self) -> None:
        self._began = self._mark = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Book the time since the last lap under a name."""
        now = time.perf_counter()
        self._laps[name] = round((now - self._mark) * 1000, 1)
        self._mark = now

    def first(self, name: str) -> None:
        """Book the time since the start under a name, once."""
        self._laps.setdefault(name, round((time.perf_counter() - self._began) * 1000, 1))

    def laps(self) -> dict[str, float]:
        """All times so far, with the total."""
        self.first("first_words")
        return {**self._laps, "total": round((time.perf_counter() - self._began) * 1000, 1)}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with its scope and what it may see; chunks outside `allowed` do not exist for it (None: all do).

    `warnings` say which of its sources should be live and are not; `titles` are those of the pages, by id.

    `full` is the question as it reads without the conversation, where that could be put ("and in Norby?"), and
    `shift` how far it moves the time of the question before ("an hour later?").
    """

    question: Question
    full: Question
    shift: timedelta | None
    scope: Scope
    times: dict[str, PageTimes]
    allowed: np.ndarray | None
    seen: Seen
    clock: Clock
    warnings: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def on_page(self, page_id: str) -> Inquiry:
        """The same, its times shown on the clock of the page that the answer rests on."""
        return replace(self, scope=narrow(self.scope, self.times, page_id, self.full, self.shift))

    def entries_of(self, store: Store, page_id: str) -> list[Entry]:
        """Entries of a page that the question may see, as they stood."""
        found = visible_entries(store, page_id, self.scope.spans.get(page_id))
        return [self.as_it_stood(store, entry) for entry in found]

    def as_it_stood(self, store: Store, entry: Entry) -> Entry:
        """The entry with the words it had at the end of the question's time; edits seen later do not exist.

        Words are known from when the store first saw them. On pages without a zone they cannot be placed beside
        the moments that edits were seen at, and stay as they are now.
        """
        end = self.scope.spans.get(entry.page_id, (None, None))[1]
        page = self.times.get(entry.page_id)
        if end is None or page is None or page.zone is None:
            return entry
        return store.entry_at(entry.id, datetime.fromtimestamp(end, UTC), entry.page_id)


def open_inquiry(
    store: Store,
    text: str,
    as_of: Times,
    pages: Sequence[str] | None,
    history: Sequence[Sequence[str]],
    since: Times,
    until: Times,
) -> Inquiry:
    """Check a question and settle what it may see.

    Raises QuestionError for an empty or overlong question, TimeError for a time that cannot be read.
    """
    clock = Clock()
    question = as_put(text, as_of, pages, history, since, until)
    times = page_times(page_bounds(store, question.pages))
    followed = follow(question.text, question.history)
    full = replace(question, text=followed.text, history=() if followed.whole else question.history)
    if followed.stamp and full.as_of is None:
        full = replace(full, as_of=followed.stamp)
    shift = followed.shift if question.as_of is None else None
    scope = read_scope(full, times, shift)
    bounded = bool(scope.spans)
    allowed = None
    if bounded or question.pages is not None:
        allowed = store.select(question.pages, scope.spans or None, timed_only=bounded)
    seen = see(store, question.pages, scope.spans or None)
    clock.lap("scope")
    now = datetime.now().astimezone()
    warnings = source_warnings(store.sources(), now, question.pages) if question.as_of is None else ()
    titles = _seen_titles(store.timetable().titles, question, scope, times)
    return Inquiry(question, full, shift, scope, times, allowed, seen, clock, warnings, titles)


def _seen_titles(
    titles: Mapping[str, str], question: Question, scope: Scope, times: Mapping[str, PageTimes]
) -> Mapping[str, str]:
    """Titles of the pages that the question may see an entry of."""
    if not scope.spans and question.pages is None:
        return titles
    seen = titles.keys() if question.pages is None else question.pages
    ends = {page: end for page, (_, end) in scope.spans.items()}
    begun = {p for p, end in ends.items() if p in times and (end is None or time_key(times[p].oldest) <= end)}
    return {p: titles[p] for p in seen if p in titles and (not scope.spans or p in begun)}


def as_put(
    text: str, as_of: Times, pages: Sequence[str] | None, history: Sequence[Sequence[str]], since: Times, until: Times
) -> Question:
    """The question as a record, checked: QuestionError for an empty or overlong one."""
    words = " ".join(text.split())
    if not words:
        raise QuestionError("The question is empty. Write what you want to know about the coverage.")
    if len(words) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"The question has {len(words):,} characters; at most {MAX_QUESTION_CHARS:,} can be asked at once. "
            f"It begins {words[:40]!r}: ask for one thing at a time."
        )
    turns = tuple((str(turn[0]), str(turn[1])) for turn in history)
    asked = (pages,) if isinstance(pages, str) else tuple(pages or ())
    return Question(words, asked or None, as_of or None, since or None, until or None, turns)
