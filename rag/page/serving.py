"""What serving the page needs apart from the page: who may come in, where to listen, what to suggest."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import PresstimeError
from rag.page.desk import Desk

LOOK_AGAIN_S = 5.0
MAX_BODY_BYTES = 64_000_000
SAMPLE_KINDS = ("latest", "number", "who", "superseded")


def read_auth(path: Path) -> tuple[tuple[str, str], ...]:
    """Names and passwords, one `name:password` a line; blank lines and lines that start with # are skipped.

    Raises PresstimeError where the file is missing, empty, or has a line without a colon.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PresstimeError(f"The auth file {path} cannot be read ({error}).") from error
    kept = [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    for number, line in kept:
        if not all(line.partition(":")[::2]):
            raise PresstimeError(f"Line {number} of {path} is not name:password; write one such pair a line.")
    if not kept:
        raise PresstimeError(f"The auth file {path} names nobody; write one name:password a line.")
    return tuple((line.partition(":")[0], line.partition(":")[2]) for _, line in kept)


def listening(host: str, port: int) -> socket.socket:
    """Open a listening socket; port 0 takes any free one.

    Raises PresstimeError where the port cannot be used.
    """
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=256
        )
    except OSError as error:
        raise PresstimeError(f"Port {port} on {host} cannot be used ({error}). Choose another: --port.") from error


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Let a server that is told to stop inside the block end it, instead of the process being killed by the signal.

    uvicorn raises the signal that it was stopped by again once it is done, for who runs it to hear.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    log = logging.getLogger("uvicorn.error")
    log.addFilter(_is_worth_telling)
    held = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        log.removeFilter(_is_worth_telling)
        for number, handler in held.items():
            signal.signal(number, handler)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Not that readers' open streams were cut at the end: they are always open, and that is how they end."""
    cut = bool(record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))
    return not cut and "timeout graceful shutdown exceeded" not in record.getMessage()


def sample_questions(page_ids: Collection[str], path: Path) -> tuple[str, ...]:
    """Questions to start with, where the sample coverage is in the store and its questions are at hand."""
    if not path.is_file():
        return ()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chosen: list[dict[str, Any]] = []
    for kind in SAMPLE_KINDS:
        used = {row["page"] for row in chosen}
        fits = [row for row in rows if row["kind"] == kind and row.get("page") in page_ids]
        chosen += sorted(fits, key=lambda row: (row["page"] in used, not row["question"][0].isupper()))[:1]
    return tuple(row["question"] for row in chosen)


def keep_ready(desk: Desk, warming: threading.Thread) -> None:
    """Once the models are loaded, warm the threads that answer; read ahead, and again when the coverage has changed."""

    def watch() -> None:
        warming.join()
        seen = -1
        with suppress(RuntimeError):  # nothing more is begun while the process ends
            desk.warm_up()
        while True:
            with suppress(PresstimeError, RuntimeError):
                if (now := desk.store.counter) != seen and desk.read_ahead():
                    seen = now
            time.sleep(LOOK_AGAIN_S)

    threading.Thread(target=watch, name="presstime-examples", daemon=True).start()


class BodyLimit:
    """Refuses requests whose body is larger than a page or an upload can be, before any of it is kept."""

    def __init__(self, app: ASGIApp, max_bytes: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it comes; 413 where it is announced or turns out too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._max_bytes:
            await PlainTextResponse(f"At most {self._max_bytes:,} bytes can be sent at once.", 413)(
                scope, receive, send
            )
            return
        left = self._max_bytes

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise ClientDisconnect
            return message

        await self._app(scope, counted, send)


def status_routes(desk: Desk) -> APIRouter:
    """Routes that say how the page does: /health as JSON, /metrics for Prometheus."""
    router = APIRouter()

    @router.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "pages": len(desk.store.pages()), "changes": desk.store.counter}

    @router.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> str:
        return desk.tally.text(len(desk.line))

    return router
