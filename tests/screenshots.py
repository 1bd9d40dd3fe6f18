"""Take the screenshots of the README: python tests/screenshots.py [FOLDER] (by default docs/images)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from browsing import CHROMIUM, FLAGS, ROOT, free_port, running
from playwright.sync_api import Page, sync_playwright

QUESTIONS = ("What was the wind speed at Gull Point?", "How high does the flood wall stand in Tarnwick?")
SHOTS = (("desk-1280.png", 1280, 800, "light"), ("phone-390.png", 390, 844, "light"))


def main(folder: Path) -> int:
    """Serve the sample coverage, ask on the page, open a citation, and save what is seen."""
    sys.path.insert(0, str(ROOT))
    from index.reading import read_source
    from index.store import Store

    if CHROMIUM is None:
        print("There is no Chromium on this machine: apt install chromium", file=sys.stderr)  # noqa: T201
        return 1
    folder.mkdir(parents=True, exist_ok=True)
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
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for name, width, height, scheme in SHOTS:
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                page.set_default_timeout(60_000)
                page.goto(address)
                converse(page)
                page.screenshot(path=folder / name)
                print(folder / name)  # noqa: T201
            browser.close()
    return 0


def converse(page: Page) -> None:
    """Ask the questions and open the last answer's citation."""
    page.wait_for_selector(".welcome")
    for number, question in enumerate(QUESTIONS):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.locator(".turn").nth(number).locator(".answer:not(.draft)").wait_for()
    page.locator(".turn").nth(len(QUESTIONS) - 1).locator(".chip").first.click()
    page.locator("#entry .cited").wait_for()
    page.mouse.move(0, 0)
    if page.viewport_size and page.viewport_size["width"] < 900:
        page.locator(".turn").first.scroll_into_view_if_needed()
        page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(500)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"))
