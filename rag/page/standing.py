"""What the page holds when it is sent: the coverage as it is now, so that a reader waits for no second answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.page.desk import Desk
from rag.page.panels import coverage_html, fresh_html, welcome_html


def standing(desk: Desk) -> dict[str, str]:
    """HTML of each part of the page that tells of the coverage, by the part's name."""
    rows = desk.freshness()
    return {
        "fresh": fresh_html(rows),
        "first": welcome_html(rows, desk.examples),
        "entry": coverage_html(rows),
        "moments": desk.moments(),
    }


class Standing:
    """Keeps the values with which a page is sent as the coverage is; Gradio itself keeps those of its start."""

    def __init__(self, desk: Desk, config: Mapping[str, Any]) -> None:
        self._desk = desk
        self._seen: tuple[Any, ...] = ()
        self._props = {row["props"].get("elem_id"): row["props"] for row in config["components"]}

    def renew(self) -> None:
        """Write the values anew where the coverage, the questions to start with, or the minute have changed."""
        desk = self._desk
        now = (desk.store.counter, desk.examples, int(time.time() // 60))
        if now == self._seen:
            return
        for name, value in standing(desk).items():
            self._props[name]["value"] = value
        self._props["pages"]["choices"] = desk.page_choices()
        self._seen = now


class Renewed:
    """Calls `renew` before the page itself is sent."""

    def __init__(self, app: ASGIApp, renew: Callable[[], None]) -> None:
        self._app = app
        self._renew = renew

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every request on; one for the page only after its values are those of now."""
        if scope["type"] == "http" and scope["path"] == "/":
            await run_in_threadpool(self._renew)
        await self._app(scope, receive, send)
