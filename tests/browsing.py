"""The real page in a real Chromium: where the browser is, and the app in a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)
START_TIMEOUT_S = 300
PATIENCE_MS = 120_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *command: str, port: int, log: Path, cwd: Path | None = None, gentle: bool = False, threads: int | None = 1
) -> Iterator[str]:
    """Run a serving command until the block ends; gives its address once it answers.

    With `gentle` it must end by itself with status 0 when it is told to. `threads` is how many its models may use each,
    None for as many as they like.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **({"OMP_NUM_THREADS": str(threads)} if threads else {})}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=cwd or log.parent, env=environment, stdout=output, stderr=output
        )
        try:
            _wait(f"http://127.0.0.1:{port}/", process, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            try:
                status = process.wait(60 if gentle else 10)
                if gentle and status != 0:
                    raise RuntimeError(f"ended with status {status}:\n{log.read_text()}")
            except subprocess.TimeoutExpired:
                if gentle:
                    raise
            finally:
                process.kill()
                process.wait(10)


def ask(page: Page, question: str) -> Locator:
    """Ask and wait for the whole answer; gives its turn."""
    before = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    turn = page.locator(".turn").nth(before)
    turn.locator(".answer:not(.draft)").wait_for()
    return turn


def serious(page: Page) -> list[tuple[str, Any, str]]:
    """What axe finds that keeps someone from using the page."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    return [
        (rule["id"], node["target"], node["html"][:200])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the page did not start at {address}:\n{log.read_text()}")
