"""What the page does, apart from drawing it: asking, opening and finding entries, freshness."""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from index.errors import PresstimeError, TimeError
from index.records import Entry, Page, Source
from index.visibility import see
from rag.listing import moment_key
from rag.page.entries_view import FIRST, MAX_FOUND, WINDOW, View, found_html, view_html
from rag.page.feedback import feedback_of
from rag.page.freshness import Freshness, age_of, in_order
from rag.page.line import Line
from rag.page.markup import escape
from rag.page.panels import coverage_html
from rag.page.rendering import next_html
from rag.page.requests import citation_of, index_of, oldest_first
from rag.page.sources import PUBLISHER, act, chosen_pages, is_renewable, page_warnings, publishers
from rag.page.tally import Tally
from rag.page.turns import Turn, Turns, history
from rag.page.windows import WINDOWS, Limits, day_moments, read_window, typed_moment
from rag.suggesting import first_questions, suggest

if TYPE_CHECKING:
    from rag.answering import Assistant

log = logging.getLogger(__name__)

_CARRIED = ("entry", "part", "start", "end", "quote", "marks")
NEIGHBOURS = 2
MAX_OFFERED = 3


class Desk:
    """One assistant as the page uses it, with the line of questions before it.

    `examples` are questions to start with; `made_examples` says that they are to be made from the coverage itself.
    Hosts that are not on the public internet are read only where `allow_private`.
    """

    def __init__(
        self,
        assistant: Assistant,
        line: Line | None = None,
        *,
        examples: Sequence[str] = (),
        allow_private: bool = False,
    ) -> None:
        self.assistant = assistant
        self.line = line or Line()
        self.examples = tuple(examples)
        self.made_examples = not examples
        self.allow_private = allow_private
        self.tally = Tally()
        self.store = assistant.store
        self._aside = ThreadPoolExecutor(1, "presstime-suggestions")

    def ask(
        self, question: str, turns: Turns = (), *, pages: Sequence[str] = (), as_of: str = "", window: str = ""
    ) -> Iterator[Turns]:
        """Conversation after each step of the answer; the last one holds the answer, or an error in words.

        `pages` may name publishers (`sources.PUBLISHER`), `window` is a key of `windows.WINDOWS`. Raises TimeError
        before the first answer where `as_of` cannot be understood.
        """
        kept = window if window in WINDOWS and window != "all" else ""
        turn = Turn(question, as_of=as_of.strip(), pages=tuple(pages), window=kept, key=token_hex(8))
        began, outcome = time.monotonic(), "stopped"
        try:
            turn = replace(turn, span=self._limits(turn).label)
            yield (*turns, turn)
            with self.line.join() as ticket:
                while ahead := ticket.ahead(timeout_s=0.5):
                    yield (*turns, replace(turn, ahead=ahead))
                for step in self._steps(turn, turns):
                    outcome = step.answer.status if step.answer else outcome
                    yield (*turns, step)
        except TimeError:
            outcome = "error"
            raise
        except PresstimeError as error:
            outcome = "error"
            yield (*turns, replace(turn, error=str(error)))
        except Exception:
            outcome = "error"
            log.exception("answering failed")
            yield (*turns, replace(turn, error="Something went wrong here, not with your question. Try again."))
        finally:
            self.tally.count(outcome, time.monotonic() - began)

    def _steps(self, turn: Turn, turns: Turns) -> Iterator[Turn]:
        pages, limits = self._pages(turn), self._limits(turn)
        steps = self.assistant.stream(
            turn.question, limits.as_of, pages or None, history(turns), limits.since, limits.until
        )
        for update in self.line.steps(steps):
            yield replace(turn, answer=update.answer, draft=update.text)

    def _pages(self, turn: Turn) -> tuple[str, ...]:
        return chosen_pages(self.store.pages(), turn.pages) if turn.pages else ()

    def _limits(self, turn: Turn) -> Limits:
        return read_window(self.store, turn.window, turn.as_of, self._pages(turn))

    def warm_up(self) -> None:
        """Answer something in each thread that answers, so that the first reader does not wait longer than others."""
        for _ in range(self.line.places):
            with suppress(PresstimeError):
                for _ in self.line.steps(self.assistant.stream("Is it ready?")):
                    pass

    def suggest(self, turns: Turns) -> str:
        """Questions to ask after the last turn, as HTML; "" where none was found in time or others are waiting."""
        if not turns or (answer := turns[-1].answer) is None:
            return ""
        turn = turns[-1]
        as_of = turn.as_of or (typed_moment(answer.as_of) if answer.as_of else "")
        try:
            limits = read_window(self.store, turn.window, as_of, self._pages(turn))
            found = self._aside.submit(
                suggest,
                self.assistant,
                answer,
                as_of=limits.as_of,
                pages=self._pages(turn),
                history=history(turns[:-1]),
                since=limits.since,
                until=limits.until,
                go_on=self._idle,
            ).result()
        except PresstimeError:
            return ""
        refused = answer.status == "not_in_coverage"
        if refused and not found and not (as_of or turn.pages or turn.window):
            others = [text for text in self.examples if text != turn.question]
            return next_html(turn.key, others[:MAX_OFFERED], refused=True, tried=False)
        return next_html(turn.key, found, as_of, refused=refused)

    def read_ahead(self) -> bool:
        """While nobody waits for an answer, encode the newest entries and find questions to start with.

        True where nothing was left to do.
        """
        if not self._aside.submit(self.assistant.read_ahead, go_on=self._idle).result():
            return False
        if not self.made_examples:
            return True
        try:
            found = self._aside.submit(first_questions, self.assistant, go_on=self._idle).result()
            self.examples = found or self.examples
        except PresstimeError as error:
            log.warning("no example questions: %s", error)
        return True

    def _idle(self) -> bool:
        return len(self.line) == 0

    def side(self, request: Mapping[str, Any], turns: Turns = ()) -> str:
        """HTML beside the conversation that a button or chip asks for. The request is not trusted.

        {"find": words} searches the entries; {"page"} opens a page, with "entry" at one of its entries, with
        what a chip carries at the cited words, with "from" and "to" at that window; {} lists the pages, with
        "publisher" those of one.
        """
        if words := " ".join(str(request.get("find") or "").split())[:200]:
            pages = {page.id: page for page in self.store.pages()}
            return found_html(words, self.find(words), pages)
        page = next((page for page in self.store.pages() if page.id == request.get("page")), None)
        if page is None:
            return coverage_html(self.freshness(), str(request.get("publisher") or ""))
        return view_html(self._view(page, request, turns))

    def find(self, words: str, limit: int = MAX_FOUND) -> list[Entry]:
        """Entries that hold every one of the words, newest first."""
        wanted = words.casefold().split()

        def holds(entry: Entry) -> bool:
            text = "\n".join((entry.title or "", entry.author or "", entry.body, entry.text("captions")))
            return all(word in text.casefold() for word in wanted)

        found = [entry for entry in self.store.entries() if holds(entry)]
        return sorted(found, key=moment_key, reverse=True)[:limit]

    def freshness(self, now: datetime | None = None) -> tuple[Freshness, ...]:
        """Pages of the coverage, the one with the newest entry first."""
        moment = now or datetime.now(UTC)
        sources = self.store.sources()
        return in_order(self._state(page, sources, moment) for page in self.store.pages())

    def _state(self, page: Page, sources: list[Source], now: datetime) -> Freshness:
        seen = see(self.store, (page.id,), None)
        gone = not seen.entries and bool(self.store.entries(page.id, withdrawn=True))
        warnings = () if gone else page_warnings(page, sources, now.astimezone())
        renewable = is_renewable(page, sources)
        return Freshness(page, seen.entries, seen.newest, age_of(seen.newest, now), warnings, gone, renewable)

    def page_choices(self) -> list[tuple[str, str]]:
        """(Name, id) of each page, and of each publisher of several pages, for a filter."""
        pages = self.store.pages()
        several = Counter(page.publisher for page in pages)
        named = [(f"All of {name}", f"{PUBLISHER}{name}") for name in publishers(pages) if several[name] > 1]
        return [*named, *((page.name, page.id) for page in pages)]

    def moments(self, chosen: Sequence[str] = ()) -> str:
        """Times of the newest day's entries on the chosen pages: escaped JSON, [typed, shown] of each, oldest first."""
        return escape(json.dumps(day_moments(self.store, chosen_pages(self.store.pages(), tuple(chosen or ())))))

    def act(self, request: Mapping[str, Any]) -> str:
        """Refresh, withdraw or put back a page; says in words what came of it. The request is not trusted."""
        try:
            return act(self.store, str(request.get("do")), str(request.get("page")), allow_private=self.allow_private)
        except PresstimeError as error:
            return str(error)

    def rate(self, request: Mapping[str, Any], turns: Turns) -> str:
        """Keep what the reader said of an answer; says in words whether it was kept. The request is not trusted."""
        said = feedback_of(request, turns)
        if said is None:
            return "That answer is not here any more, so nothing was kept."
        try:
            self.store.add_feedback(said)
        except PresstimeError as error:
            return str(error)
        return "Noted. Thank you."

    def _view(self, page: Page, request: Mapping[str, Any], turns: Turns) -> View:
        ordered = oldest_first(self.store.entries(page.id))
        newest_first = request.get("order") != "oldest"
        if newest_first:
            ordered.reverse()
        at = next((i for i, entry in enumerate(ordered) if entry.id == request.get("entry")), None)
        chosen = None if at is None else ordered[at]
        first, last = 0, FIRST
        if at is not None:
            first, last = at - NEIGHBOURS, at + NEIGHBOURS + 1
        first, last = index_of(request.get("from"), first), index_of(request.get("to"), last)
        kept = {name: request[name] for name in _CARRIED if name in request}
        return View(
            page,
            ordered,
            max(0, first),
            min(len(ordered), last, max(0, first) + WINDOW),
            newest_first,
            chosen,
            citation_of(chosen, request) if chosen else None,
            kept,
            frozenset(citation.entry_ref for turn in turns if turn.answer for citation in turn.answer.citations),
            self._state(page, self.store.sources(), datetime.now(UTC)),
        )
