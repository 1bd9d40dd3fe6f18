"""Print how quickly the page answers and how smoothly it moves: python -m eval.bench.page [--out FILE].

In Chromium over the real app: load to ready and Enter to first words on the sample coverage with the bundled models,
20 readers at once, and a page of 5,000 entries scrolled from end to end.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.environment import ROOT, environment
from index.reading import read_source
from index.records import Entry, Page, Reading
from index.store import Store

ENTRIES = 5_000
READERS = 20
QUESTIONS = ROOT / "eval" / "questions" / "sample.jsonl"
SERVE_PLAIN = """
import sys, app
from eval.bench.page import Plain
from index.store import Store
from rag.answering import Assistant

app.serve(Assistant(Store.open(sys.argv[1], encoder=Plain()), encoder=Plain(), generator="none"), port=int(sys.argv[2]))
"""
# Taken in the page itself: asking it again and again whether the words are there would take a core from the answer.
CLOCK = """() => {
  const turns = () => document.querySelectorAll('.turn').length;
  const said = '.turn:last-child :is(.answer:not(.draft), .draft .prose:not(:has(.wait)))';
  window.clocked = {};
  document.querySelector('#question textarea').addEventListener('keydown', (event) => {
    if (event.key === 'Enter') window.clocked = { from: performance.now(), turns: turns() };
  }, true);
  new MutationObserver(() => {
    const words = document.querySelector(said)?.textContent.trim();
    if (words && turns() > window.clocked.turns) window.clocked.took ??= performance.now() - window.clocked.from;
  }).observe(document.querySelector('#thread'), { subtree: true, childList: true, characterData: true });
}"""
READING_S = 7.0  # a reader's, before the next question; what the page prepares meanwhile is done by then
SCROLL = """async () => {
  const side = document.querySelector('#side');
  const gaps = [], from = performance.now();
  let last = from, before = -1, waited = 0, at_end = false;
  while (!at_end && last - from < 240000) {
    side.scrollBy(0, 240);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    const still = side.scrollTop === before;
    if (still) waited += now - last;  // for entries that are on their way
    at_end = still && !document.querySelector('#entry .entries ~ .more');
    last = now;
    before = side.scrollTop;
  }
  const read = document.querySelector('#entry .entry:last-child h3').textContent;
  return { gaps, waited, took: last - from, read, drawn: document.querySelectorAll('#entry .entry').length };
}"""


class Plain:
    """Encoder that looks at nothing: the page of many entries is browsed, not searched by meaning."""

    name = "plain"
    dim = 8
    max_tokens = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words."""
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> npt.NDArray[np.float32]:
        """(n, 8) float32, unit rows, all the same."""
        return np.full((len(texts), self.dim), self.dim**-0.5, dtype=np.float32)


def many_entries(count: int = ENTRIES) -> Reading:
    """A page of invented entries, one a minute."""
    start = datetime(2031, 3, 1, tzinfo=UTC)
    entries = tuple(
        Entry(
            f"e{n}",
            "long",
            count - n,
            published=start + timedelta(minutes=n),
            zone="UTC",
            title=f"Report {n} from the quay",
            body=f"Boat {n} has left the quay at Port Lorne with {n % 40} people. " * (1 + n % 5),
        )
        for n in range(count)
    )
    return Reading(Page("long", title="A long day at the quay", zone="UTC"), entries[::-1])


def main(argv: Sequence[str] | None = None) -> int:
    """Measure everything once and print it; `--out` keeps it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.page", description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--questions", type=int, default=20, help="how many questions are timed")
    options = parser.parse_args(argv)
    if _tools().CHROMIUM is None:
        print("There is no Chromium on this machine: apt install chromium", file=sys.stderr)  # noqa: T201
        return 1
    figures: dict[str, Any] = {"environment": environment(), "load_average_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        for name, value in chain(_answering(Path(folder), options.questions), _browsing(Path(folder))):
            figures[name] = value
            print(f"{name}: {value}", flush=True)  # noqa: T201
    figures["load_average_after"] = os.getloadavg()[0]
    print(f"load average: {figures['load_average_before']:.1f} to {figures['load_average_after']:.1f}")  # noqa: T201
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def _answering(folder: Path, count: int) -> Iterator[tuple[str, Any]]:
    """Load to ready, Enter to first words, and many readers, over the sample coverage with the bundled models."""
    with Store.open(folder / "sample.store") as store:
        for path in sorted((ROOT / "eval" / "coverage").glob("*.txt")):
            store.add(read_source(path))
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    alone = [row["question"] for row in rows if not row["history"] and not row["as_of"]]
    questions = alone[:: max(1, len(alone) // count)][:count]
    port = _tools().free_port()
    command = (str(ROOT / "app.py"), "--store", str(folder / "sample.store"), "--port", str(port))
    with (
        _tools().running(*command, port=port, log=folder / "sample.log", threads=None) as address,
        _chromium() as browser,
    ):
        page = browser.new_page()
        page.set_default_timeout(_tools().PATIENCE_MS)
        loads = []
        for _ in range(6):
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_selector("#first .welcome")
            loads.append(time.perf_counter() - began)
        yield "load_to_ready_s", _spread(loads[1:])
        page.evaluate(CLOCK)
        yield "enter_to_first_words_s", _spread(_asked(page, questions, READING_S))
        yield "enter_to_first_words_without_reading_s", _spread(_asked(page, questions, 0.0))
        page.close()
        yield "readers_at_once", _many(address, questions)


def _asked(page: Any, questions: Sequence[str], reading_s: float) -> list[float]:
    """Seconds from Enter to the first words of each answer, each asked `reading_s` after the answer before it."""
    took = []
    for question in questions:
        number = page.locator(".turn").count()
        page.fill("#question textarea", question)
        time.sleep(reading_s)
        page.press("#question textarea", "Enter")
        page.locator(".turn").nth(number).locator(".answer:not(.draft)").wait_for()
        took.append(page.evaluate("window.clocked.took") / 1000)
    return took


def _many(address: str, questions: Sequence[str]) -> dict[str, Any]:
    """Ask `READERS` questions at the same moment, each as a reader of its own."""
    from gradio_client import Client  # type: ignore[import-untyped]  # Gradio takes seconds to load

    clients = [Client(address, verbose=False) for _ in range(READERS)]

    def one(number: int) -> tuple[float, float, str]:
        time.sleep(number * 0.1)  # so that there is an order to keep
        began = time.perf_counter()
        try:
            clients[number].predict(questions[number % len(questions)], api_name="/ask")
        except Exception as error:
            return time.perf_counter(), time.perf_counter() - began, f"{type(error).__name__}: {error}"
        return time.perf_counter(), time.perf_counter() - began, ""

    with ThreadPoolExecutor(READERS) as pool:
        done = list(pool.map(one, range(READERS)))
    finished = sorted(range(READERS), key=lambda number: done[number][0])
    jumped = max(abs(place - number) for place, number in enumerate(finished))
    return {
        "readers": READERS,
        "errors": [problem for *_, problem in done if problem],
        "most_places_out_of_order": jumped,
        **_spread([seconds for _, seconds, _ in done]),
    }


def _browsing(folder: Path) -> Iterator[tuple[str, Any]]:
    """A page of many entries opened, scrolled from end to end, and searched."""
    with Store.open(folder / "long.store", encoder=Plain()) as store:
        store.add(many_entries())
    port = _tools().free_port()
    with (
        _tools().running("-c", SERVE_PLAIN, str(folder / "long.store"), str(port), port=port, log=folder / "long.log"
                ) as address,
        _chromium() as browser,
    ):  # fmt: skip
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(_tools().PATIENCE_MS)
        page.goto(address)
        page.locator("#entry .page").wait_for()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        began = time.perf_counter()
        page.locator("#entry .page").click()
        page.locator("#entry .entry").first.wait_for()
        yield "open_page_of_5000_s", round(time.perf_counter() - began, 2)
        before = _work(session)
        scrolled = page.evaluate(SCROLL)
        gaps = scrolled["gaps"]
        after = _work(session)
        yield "scrolled_to", scrolled["read"]
        yield "entries_drawn_at_the_end", scrolled["drawn"]
        yield (
            "scroll_frames",
            {
                "n": len(gaps),
                "median_ms": round(statistics.median(gaps), 1),
                "p95_ms": round(float(np.percentile(gaps, 95)), 1),
                "over_50_ms": sum(gap > 50 for gap in gaps),
                "longest_ms": round(max(gaps)),
                "took_s": round(scrolled["took"] / 1000, 1),
                "waited_for_entries_s": round(scrolled["waited"] / 1000, 1),
            },
        )
        yield "scroll_work_s", {name: round(after[name] - before[name], 2) for name in before}
        began = time.perf_counter()
        page.locator("#find input").fill("Boat 4321")
        page.keyboard.press("Enter")
        page.locator("#entry .page mark").first.wait_for()
        yield "find_in_5000_s", round(time.perf_counter() - began, 2)


def _tools() -> Any:
    """How the browser tests find Chromium and start the page: they lie beside this package in a source checkout."""
    if (folder := str(ROOT / "tests")) not in sys.path:
        sys.path.append(folder)
    return import_module("browsing")


def _work(session: Any) -> dict[str, float]:
    """Seconds the browser has spent on scripts, style and layout so far."""
    held = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
    return {name: held[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration")}


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    return {
        "n": len(seconds),
        "p50": round(statistics.median(seconds), 2),
        "p95": round(float(np.percentile(seconds, 95)), 2),
        "longest": round(max(seconds), 2),
    }


class _chromium:  # noqa: N801  read as a word in a with statement
    """A browser until the block ends."""

    def __enter__(self) -> Any:
        from playwright.sync_api import sync_playwright  # only this measurement needs it

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=_tools().CHROMIUM, args=list(_tools().FLAGS), timeout=_tools().PATIENCE_MS
        )
        return self._browser

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()


if __name__ == "__main__":
    sys.exit(main())
