"""What each event of the page does: functions of component values over one desk.

Events may arrive late. What the background writes is never what the reader writes: no function here gives a field
a new value after the reader has left it, and suggestions carry the key of the turn they belong to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from index.errors import TimeError
from rag.page.adding import Readings, keep, kept_html, preview_html, read_offered
from rag.page.desk import Desk
from rag.page.exporting import EXPORTS
from rag.page.markup import escape
from rag.page.panels import fresh_html, welcome_html
from rag.page.rendering import thread_html
from rag.page.requests import index_of
from rag.page.turns import Turn, Turns
from rag.page.windows import WINDOWS

Beside = dict[str, Any]


class Events:
    """Handlers of the page's events; each gives the components it names new values."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def refresh(self, last: tuple[Any, ...], beside: Beside, kept: Turns, chosen: list[str]) -> tuple[Any, ...]:
        """Freshness, page filter, side panel, first view and the day's times where they changed; what was seen."""
        desk = self._desk
        *before, known = last
        now = [desk.store.counter, int(time.time() // 60), desk.examples]
        if now == before:
            return (gr.skip(),) * 6
        rows = desk.freshness()
        changed = now[0] != last[0]
        choices = desk.page_choices() if changed else None
        listed = desk.side(beside, kept) if not {"entry", "find"} & beside.keys() else gr.skip()
        return (
            fresh_html(rows),
            gr.update(choices=choices) if choices is not None and choices != known else gr.skip(),
            listed,
            welcome_html(rows, desk.examples) if changed or now[2] != last[2] else gr.skip(),
            desk.moments(chosen) if changed else gr.skip(),
            (*now, known if choices is None else choices),
        )

    def answer(self, text: str, chosen: list[str], window: str, at: str, kept: Turns) -> Iterator[tuple[Any, ...]]:
        """Thread, turns, hint and buttons after each step of an answer."""
        if not (asked := text.strip()):
            yield gr.skip(), gr.skip(), _hint("Write a question first."), *_buttons(busy=False)
            return
        if kept and _unfinished(kept[-1]):
            yield gr.skip(), gr.skip(), _hint("One answer is still being written: stop it, or wait.", asked), *_as_is()
            return
        try:
            for step in self._desk.ask(asked, kept, pages=chosen, as_of=at, window=window):
                yield thread_html(step), step, "", *_buttons(busy=True)
            yield gr.skip(), gr.skip(), "", *_buttons(busy=False)
        except TimeError as error:
            yield _shown(kept), kept, _hint(str(error), asked), *_buttons(busy=False)

    def follow(self, kept: Turns) -> str:
        """Questions to ask after the last answer."""
        return self._desk.suggest(kept)

    def stopped(self, kept: Turns) -> tuple[Any, ...]:
        """Thread, turns and buttons with the last turn marked as stopped, if it was not finished."""
        if kept and _unfinished(kept[-1]):
            kept = (*kept[:-1], Turn(kept[-1].question, draft=kept[-1].draft, stopped=True, key=kept[-1].key))
        return _shown(kept), kept, *_buttons(busy=False)

    def side(self, kept: Turns, event: gr.EventData) -> tuple[str, Beside]:
        """Side panel that a button or chip asks for, with the number it was asked under, and what was asked."""
        request = event._data or {}
        return f'<i hidden data-ask="{index_of(request.get("ask"), 0)}"></i>{self._desk.side(request, kept)}', request

    def act(self, event: gr.EventData) -> Iterator[str]:
        """What comes of refreshing, withdrawing or putting back a page, in words; the background shows the change."""
        yield _told("Working")
        yield _told(self._desk.act(event._data or {}))

    def rate(self, kept: Turns, event: gr.EventData) -> str:
        """Keep what the reader says of an answer."""
        return _told(self._desk.rate(event._data or {}, kept))

    def example(self, event: gr.EventData) -> tuple[str, Any]:
        """Question and time of an example that was clicked; a time only where the example has one."""
        data = event._data or {}
        return str(data.get("question", "")), data.get("asOf") or gr.skip()

    def saved(self, kept: Turns, event: gr.EventData) -> str:
        """Conversation as a file of the format asked for."""
        name, write = EXPORTS[str((event._data or {}).get("format"))]
        return json.dumps({"name": name, "text": write(kept), "nonce": time.time_ns()})

    def previewed(
        self, paths: list[str] | None, text: str, called: str, address: str, place: str, day: str
    ) -> Iterator[tuple[Any, ...]]:
        """What stands in the pages offered, before any is kept."""
        yield '<p role="status">Reading</p>', (), gr.update(interactive=False)
        private = self._desk.allow_private
        found, failures = read_offered(paths or (), text, called, place, address, day, allow_private=private)
        yield preview_html(found, failures), found, gr.update(interactive=bool(found))

    def added(self, found: Readings) -> Iterator[tuple[Any, ...]]:
        """Keep the pages that were shown."""
        yield '<p role="status">Adding</p>', (), gr.update(interactive=False)
        yield kept_html(*keep(self._desk.store, found)), (), gr.update(interactive=False)

    def linked(self, request: gr.Request) -> tuple[Any, ...]:
        """Question, time, window and pages that the page's address names; what it does not name stays as it is."""
        given = request.query_params
        known = {page_id for _, page_id in self._desk.page_choices()}
        window = given.get("window") if given.get("window") in WINDOWS else None
        named = given.get("as_of"), window, [p for p in given.getlist("pages") if p in known]
        return given.get("q", ""), *(value or gr.skip() for value in named)


def _unfinished(turn: Turn) -> bool:
    return not (turn.answer or turn.error or turn.stopped)


def _shown(kept: Turns) -> str:
    return thread_html(kept) if kept else ""


def _hint(text: str, asked: str = "") -> str:
    """Why a question was not asked; the browser puts it back where nothing else has been written meanwhile."""
    said_at = time.time_ns()  # the same words said again are news to the browser
    return f'<span data-put-back="{escape(asked)}" data-said="{said_at}">{escape(text)}</span>'


def _told(text: str) -> str:
    return f'<span dir="auto">{escape(text)}</span>'


def _buttons(*, busy: bool) -> tuple[Any, Any]:
    return gr.update(visible=not busy), gr.update(visible=busy)


def _as_is() -> tuple[Any, Any]:
    return gr.skip(), gr.skip()
