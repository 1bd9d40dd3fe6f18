"""What the page does, apart from drawing it: asking, opening and finding entries, freshness."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.errors import PresstimeError, TimeError
from index.records import Entry, Page, Part
from index.times import entry_moment, time_key
from index.visibility import see
from rag.page.entries_view import MORE, View, found_html, view_html
from rag.page.freshness import Freshness, age_of, in_order
from rag.page.line import Line
from rag.page.panels import coverage_html
from rag.page.tally import Tally
from rag.page.turns import Turn, Turns, history
from rag.records import Citation

if TYPE_CHECKING:
    from rag.answering import Assistant

log = logging.getLogger(__name__)

_PARTS: Mapping[str, Part] = {"body": "body", "title": "title", "captions": "captions"}
_CARRIED = ("entry", "part", "start", "end", "quote", "marks")
NEIGHBOURS = 2
MAX_FOUND = 50


class Desk:
    """One assistant as the page uses it, with the line of questions before it."""

    def __init__(self, assistant: Assistant, line: Line | None = None) -> None:
        self.assistant = assistant
        self.line = line or Line()
        self.tally = Tally()
        self.store = assistant.store

    def ask(self, question: str, turns: Turns = (), *, pages: Sequence[str] = (), as_of: str = "") -> Iterator[Turns]:
        """Conversation after each step of the answer; the last one holds the answer, or an error in words.

        Raises TimeError before the first answer where `as_of` cannot be understood.
        """
        turn = Turn(question, as_of=as_of.strip(), pages=tuple(pages))
        began, outcome = time.monotonic(), "stopped"
        try:
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
        steps = self.assistant.stream(turn.question, turn.as_of or None, turn.pages or None, history(turns))
        for update in steps:
            yield replace(turn, answer=update.answer, draft=update.text)

    def side(self, request: Mapping[str, Any], turns: Turns = ()) -> str:
        """HTML beside the conversation that a button or chip asks for. The request is not trusted.

        {"find": words} searches the entries; {"page"} opens a page, with "entry" at one of its entries, with
        what a chip carries at the cited words, with "from" and "to" at that window; {} lists the pages.
        """
        if words := " ".join(str(request.get("find") or "").split())[:200]:
            pages = {page.id: page for page in self.store.pages()}
            return found_html(words, self.find(words), pages)
        page = next((page for page in self.store.pages() if page.id == request.get("page")), None)
        if page is None:
            return coverage_html(self.freshness())
        return view_html(self._view(page, request, turns))

    def find(self, words: str, limit: int = MAX_FOUND) -> list[Entry]:
        """Entries that hold every one of the words, newest first."""
        wanted = words.casefold().split()

        def holds(entry: Entry) -> bool:
            text = "\n".join((entry.title or "", entry.author or "", entry.body, entry.text("captions")))
            return all(word in text.casefold() for word in wanted)

        found = [entry for entry in self.store.entries() if holds(entry)]
        return sorted(found, key=_moment_key, reverse=True)[:limit]

    def freshness(self, now: datetime | None = None) -> tuple[Freshness, ...]:
        """Pages of the coverage, the one with the newest entry first."""
        moment = now or datetime.now(UTC)
        rows = []
        for page in self.store.pages():
            seen = see(self.store, (page.id,), None)
            rows.append(Freshness(page, seen.entries, seen.newest, age_of(seen.newest, moment)))
        return in_order(rows)

    def page_choices(self) -> list[tuple[str, str]]:
        """(Name, id) of each page, for a filter."""
        return [(page.title or page.id, page.id) for page in self.store.pages()]

    def _view(self, page: Page, request: Mapping[str, Any], turns: Turns) -> View:
        ordered = oldest_first(self.store.entries(page.id))
        newest_first = request.get("order") != "oldest"
        if newest_first:
            ordered.reverse()
        at = next((i for i, entry in enumerate(ordered) if entry.id == request.get("entry")), None)
        chosen = None if at is None else ordered[at]
        first, last = (0, MORE) if newest_first else (len(ordered) - MORE, len(ordered))
        if at is not None:
            first, last = at - NEIGHBOURS, at + NEIGHBOURS + 1
        first, last = _index(request.get("from"), first), _index(request.get("to"), last)
        kept = {name: request[name] for name in _CARRIED if name in request}
        return View(
            page,
            ordered,
            max(0, first),
            min(len(ordered), last),
            newest_first,
            chosen,
            citation_of(chosen, request) if chosen else None,
            kept,
            frozenset(citation.entry_id for turn in turns if turn.answer for citation in turn.answer.citations),
        )


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Sort entries by time, those of one minute in the page's own direction; untimed ones come first."""
    moments = [time_key(moment) for entry in entries if (moment := entry_moment(entry))]
    listed = list(entries)
    if moments and moments[0] > moments[-1]:
        listed.reverse()
    return sorted(listed, key=_moment_key)


def citation_of(entry: Entry, cite: Mapping[str, Any]) -> Citation | None:
    """Citation that a chip carries, or None where what it carries does not read as one."""
    try:
        part, quote = _PARTS[str(cite["part"])], str(cite["quote"])
        start, end = int(cite["start"]), int(cite["end"])
        marks = tuple((int(a), int(b)) for a, b in cite.get("marks", ()))
    except (KeyError, TypeError, ValueError):
        return None
    return Citation(
        entry.id, entry.page_id, entry.published, "", entry.title, entry.url, quote, start, end, part, marks
    )


def _moment_key(entry: Entry) -> float:
    moment = entry_moment(entry)
    return time_key(moment) if moment else float("-inf")


def _index(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default
