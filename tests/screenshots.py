"""Take pictures of the page: python tests/screenshots.py [FOLDER] (by default those of the README, in docs/images).

With a FOLDER every state is taken at every size, light and dark.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from browsing import CHROMIUM, FLAGS, PATIENCE_MS, ROOT, ask, free_port, running
from playwright.sync_api import Page, sync_playwright

SIZES = ((390, 844), (1280, 800), (1920, 1080))
SCHEMES = ("light", "dark")
KEPT = {
    ("answer", 1280, "light"): "desk-1280.png",
    ("answer", 1920, "dark"): "desk-1920-dark.png",
    ("answer", 390, "light"): "phone-390.png",
    ("refusal", 1280, "light"): "refusal-1280.png",
}
PASTED = """\
09:05
Smoke seen over the quay

Smoke is rising from a warehouse in Port Lorne, a reader says.

09:40
Eleven treated

Eleven people have been treated for smoke.
"""


def main(folder: Path | None) -> int:
    """Serve the sample coverage, go through the states of the page, and save what is seen."""
    sys.path.insert(0, str(ROOT))
    from index.reading import read_source
    from index.store import Store

    if CHROMIUM is None:
        print("There is no Chromium on this machine: apt install chromium", file=sys.stderr)  # noqa: T201
        return 1
    target = folder or ROOT / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        store_path = Path(temporary) / "coverage.store"
        with Store.open(store_path) as store:
            for path in sorted((ROOT / "eval" / "coverage").glob("*.txt")):
                store.add(read_source(path))
        port = free_port()
        command = (str(ROOT / "app.py"), "--store", str(store_path), "--port", str(port), "--generator", "none")
        with (
            running(*command, port=port, log=Path(temporary) / "log") as address,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=PATIENCE_MS)
            for (width, height), scheme in ((size, scheme) for size in SIZES for scheme in SCHEMES):
                wanted = [state for state in STATES if folder or (state, width, scheme) in KEPT]
                if not wanted:
                    continue
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                page.set_default_timeout(PATIENCE_MS)
                if wanted[0] != "first":
                    page.add_init_script("localStorage.setItem('presstime-tour', 'seen')")
                page.goto(address)
                page.wait_for_selector("#first .welcome")
                page.wait_for_timeout(1_500)
                for state in wanted:
                    STATES[state](page)
                    page.mouse.move(0, 0)
                    page.wait_for_timeout(500)
                    name = f"{state}-{width}-{scheme}.png" if folder else KEPT[state, width, scheme]
                    page.screenshot(path=target / name)
                    print(target / name)  # noqa: T201
                page.close()
            browser.close()
    return 0


def first(page: Page) -> None:
    """Stay on the first view."""


def answer(page: Page) -> None:
    """Ask for a figure that has changed, and open its entry beside it; on a phone stay with the answer."""
    turn = ask(page, "How many homes are still without power?")
    turn.locator(".next").wait_for()
    turn.locator(".chip").first.click()
    page.locator("#entry .cited").wait_for()
    if page.viewport_size and page.viewport_size["width"] < 900:
        page.wait_for_timeout(500)
        page.evaluate("window.scrollTo(0, 0)")


def refusal(page: Page) -> None:
    """Ask for what the coverage does not say."""
    if page.locator(".turn").count():
        page.click("[data-clear]")
        page.locator(".turn").first.wait_for(state="detached")
    turn = ask(page, "Has the prime minister visited Skelby?")
    turn.locator(".next").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


def coverage(page: Page) -> None:
    """List the pages."""
    page.evaluate("document.querySelector('#entry [data-view=\"{}\"]')?.click()")
    page.locator("#entry .pages").wait_for()
    page.locator("#find").scroll_into_view_if_needed()


def adding(page: Page) -> None:
    """Show what is in a pasted page before it is kept."""
    page.locator("#add > button").click()
    page.fill("#pasted textarea", PASTED)
    page.fill("#name textarea, #name input", "Quay fire")
    page.click("#look")
    page.locator("#found h4").wait_for()
    page.locator("#keep").scroll_into_view_if_needed()


STATES: dict[str, Callable[[Page], None]] = {
    "first": first,
    "answer": answer,
    "refusal": refusal,
    "coverage": coverage,
    "adding": adding,
}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
