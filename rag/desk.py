"""What the page does, apart from drawing it: asking, opening entries, examples, freshness."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.errors import PresstimeError, TimeError
from index.records import Entry, Part
from index.times import entry_moment, time_key
from rag.freshness import Freshness, in_order, page_freshness
from rag.panels import entry_html
from rag.records import Citation
from rag.rendering import Turn

if TYPE_CHECKING:
    from rag.answering import Assistant

log = logging.getLogger(__name__)

Turns = tuple[Turn, ...]
_PARTS: Mapping[str, Part] = {"body": "body", "title": "title", "captions": "captions"}
NEIGHBOURS = 2
HISTORY_TURNS = 6


class Desk:
    """One assistant as the page uses it. Holds no state of its own between calls."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.store = assistant.store

    def ask(
        self, question: str, turns: Turns = (), *, pages: Sequence[str] = (), as_of: str = ""
    ) -> Iterator[Turns]:
        """Conversation after each step of the answer; the last one holds the answer, or an error in words.

        Raises TimeError before the first step where `as_of` cannot be understood.
        """
        turn = Turn(question)
        yield (*turns, turn)
        steps = self.assistant.stream(question, as_of.strip() or None, tuple(pages) or None, history(turns))
        try:
            for update in steps:
                turn = Turn(question, answer=update.answer, draft=update.text)
                yield (*turns, turn)
        except TimeError:
            raise
        except PresstimeError as error:
            yield (*turns, Turn(question, error=str(error)))
        except Exception:
            log.exception("answering failed")
            yield (
                *turns,
                Turn(question, error="Something went wrong here, not with your question. Try again."),
            )

    def entry(self, cite: Mapping[str, Any]) -> str:
        """Cited entry among its neighbours as HTML; `cite` is what its chip carries, and is not trusted."""
        try:
            entry = self.store.entry(str(cite.get("entry", "")), str(cite.get("page", "")))
        except PresstimeError:
            return '<p class="empty">This entry is no longer in the coverage.</p>'
        page = next((page for page in self.store.pages() if page.id == entry.page_id), None)
        around = neighbours(entry, self.store.entries(entry.page_id))
        return entry_html(entry, page, around, citation_of(entry, cite))

    def freshness(self, now: datetime | None = None) -> tuple[Freshness, ...]:
        """Pages of the coverage, the one with the newest entry first."""
        moment = now or datetime.now(UTC)
        return in_order(
            page_freshness(page, self.store.entries(page.id), moment) for page in self.store.pages()
        )

    def page_choices(self) -> list[tuple[str, str]]:
        """(Name, id) of each page, for a filter."""
        return [(page.title or page.id, page.id) for page in self.store.pages()]


def history(turns: Turns) -> tuple[tuple[str, str], ...]:
    """Questions answered so far with their answers, the last few, oldest first."""
    return tuple((turn.question, turn.answer.text) for turn in turns if turn.answer)[-HISTORY_TURNS:]


def neighbours(entry: Entry, entries: Sequence[Entry], count: int = NEIGHBOURS) -> tuple[Entry, ...]:
    """Return the entry with up to `count` before and after it, oldest first; an untimed one in page order."""
    ordered = oldest_first(entries) if entry_moment(entry) else list(entries)
    at = next((i for i, other in enumerate(ordered) if other.id == entry.id), None)
    return (entry,) if at is None else tuple(ordered[max(0, at - count) : at + count + 1])


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Sort timed entries by time; those of one minute in the order that the page's own direction gives."""
    timed = [(time_key(moment), entry) for entry in entries if (moment := entry_moment(entry))]
    if timed and timed[0][0] > timed[-1][0]:
        timed.reverse()
    return [entry for _, entry in sorted(timed, key=lambda pair: pair[0])]


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
