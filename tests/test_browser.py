"""The page as a reader meets it, in Chromium: ask, read a cited answer, open the citation, desk and phone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from browsing import CHROMIUM, FLAGS, ROOT, free_port, running

from index.reading import read_source
from index.records import Entry, Page, Reading
from index.store import Store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt install chromium)"),
]
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
HOSTILE = Reading(
    Page("hostile", title="<img src=x onerror=window.struck=1>Quay notice: live"),
    (
        Entry(
            "h1",
            "hostile",
            0,
            title="<script>window.struck=1</script>Zorvane quay notice",
            author='"><img src=x onerror=window.struck=1>',
            body=(
                "The Zorvane quay warden is called <b onmouseover=window.struck=1>Petra Quillon</b>"
                " <img src=x onerror=window.struck=1>. \u202eesrever\u202c [link](javascript:window.struck=1)"
                " {{value}} ${window.struck=1} " + "w" * 400
            ),
            url="javascript:window.struck=1",
        ),
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Address of the real app over the sample coverage and one hostile page, answering by quotation."""
    folder = tmp_path_factory.mktemp("site")
    with Store.open(folder / "coverage.store") as store:
        for path in sorted((ROOT / "eval" / "coverage").glob("*.txt")):
            store.add(read_source(path))
        store.add(HOSTILE)
    port = free_port()
    options = ("--store", str(folder / "coverage.store"), "--port", str(port), "--generator", "none")
    with running(str(ROOT / "app.py"), *options, port=port, log=folder / "app.log") as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Open the page at a size and scheme. Fails on a request to another host, a dialog, a script error."""
    contexts, wrong = [], []

    def open_page(size="desk", scheme="light", address=site):
        width, height = SIZES.get(size) or size
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.set_default_timeout(45_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: wrong.append(request.url) if leaves(request.url) else None)
        page.on("websocket", lambda socket: wrong.append(socket.url) if leaves(socket.url) else None)
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address)
        page.wait_for_selector("#thread .welcome, #thread .turn")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def leaves(url):
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1"


def ask(page, question):
    """Ask and wait for the whole answer; gives its turn."""
    before = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    turn = page.locator(".turn").nth(before)
    turn.locator(".answer:not(.draft)").wait_for()
    return turn


def in_view(page, css):
    """Whether the middle of the first match can be seen: inside the window, covered by nothing."""
    page.wait_for_timeout(700)  # smooth scrolling
    return page.locator(css).first.evaluate(
        """node => { const b = node.getClientRects()[0];
             const seen = document.elementFromPoint(b.left + Math.min(b.width, 40) / 2, b.top + b.height / 2);
             return Boolean(seen) && (node.contains(seen) || seen.contains(node)); }"""
    )


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_citation_opens_its_entry_at_the_quoted_words(visit, size, tmp_path):
    page = visit(size)
    page.screenshot(path=tmp_path / f"{size}-first.png")
    turn = ask(page, "Name of the landlady feeding people in Skelby?")
    assert "Dot Ferris" in turn.locator(".said").first.inner_text()
    chip = turn.locator(".sentence .chip").first
    assert re.fullmatch(r"\d\d:\d\d \w+", chip.inner_text())
    chip.click()
    page.locator("#entry .cited").wait_for()
    quote = chip.evaluate("node => JSON.parse(node.dataset.cite).quote")
    assert page.locator("#entry .cited").text_content() == quote
    assert "Ferris" in page.locator("#entry .cited strong").first.text_content()
    assert page.locator("#entry .entry").count() > 1  # with its neighbours
    assert page.locator("#entry .chosen .entry-time").inner_text().startswith(chip.inner_text())
    assert in_view(page, "#entry .cited")
    assert overflow(page) == 0
    page.screenshot(path=tmp_path / f"{size}-answer.png")


def test_keyboard_alone_asks_walks_the_chips_and_opens_an_entry(visit):
    page = visit("desk")
    page.keyboard.type("Until when was the red warning meant to run at first, and when did it end?")
    page.keyboard.press("Enter")
    page.locator(".turn .answer:not(.draft)").wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('chip')"):
            break
    assert page.evaluate("document.activeElement.classList.contains('chip')")
    first = page.evaluate("document.activeElement.textContent")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    if page.locator(".chip").count() > 1:
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.classList.contains('chip')")
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("Enter")
    page.locator("#entry .cited").wait_for()
    assert page.locator("#entry .chosen .entry-time").inner_text().startswith(first.split(",")[0])


def test_what_the_coverage_does_not_say_is_refused_with_the_nearest_entries(visit):
    page = visit("desk")
    turn = ask(page, "Who won the chess olympiad in Samarkand?")
    assert turn.locator(".verdict").inner_text() == "Not in the coverage"
    assert re.search(r"Searched \d+ entries.*\d\d:\d\d", turn.inner_text(), re.S)
    if turn.locator(".nearest .chip").count():
        turn.locator(".nearest .chip").first.click()
        page.locator("#entry .chosen").wait_for()


def test_as_of_answers_as_things_stood_and_an_unreadable_time_is_explained_in_place(visit):
    page = visit("desk")
    page.fill("#as-of textarea", "sometime-ish")
    page.fill("#question textarea", "latest death toll?")
    page.press("#question textarea", "Enter")
    page.locator("#hint", has_text="sometime-ish").wait_for()
    assert page.input_value("#question textarea") == "latest death toll?"
    assert page.locator(".turn").count() == 0
    page.fill("#as-of textarea", "00:01")
    page.press("#question textarea", "Enter")
    turn = page.locator(".turn").first
    turn.locator(".answer.not_in_coverage").wait_for()
    assert page.locator("#hint").inner_text().strip() == ""


def test_page_filter_narrows_what_is_searched(visit):
    page = visit("desk")
    page.click("#pages input")
    page.locator("ul[role=listbox] li", has_text="Quay notice").click()
    page.keyboard.press("Escape")
    turn = ask(page, "Name of the landlady feeding people in Skelby?")
    assert "Searched 1 entry" in turn.inner_text()


def test_empty_question_asks_for_one(visit):
    page = visit("desk")
    page.press("#question textarea", "Enter")
    page.locator("#hint", has_text="Write a question first.").wait_for()


def test_hostile_coverage_is_shown_as_the_text_it_is(visit):
    page = visit("phone")
    turn = ask(page, "What is the Zorvane quay warden called?")
    turn.locator(".chip").first.click()
    page.locator("#entry .chosen").wait_for()
    assert "<script>window.struck=1</script>" in page.locator("#entry h3").first.inner_text()
    assert "{{value}} ${window.struck=1}" in page.locator("#entry .entry-body").first.inner_text()
    assert page.locator("#entry a").count() == 0
    page.locator("#entry button", has_text="Coverage").click()
    page.locator("#entry .page").first.wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.struck") is None
    assert page.locator("#entry script, #entry img, #thread script, #thread img, #top img").count() == 0
    assert overflow(page) == 0


def test_theme_follows_the_system_and_the_readers_choice_is_kept(visit):
    page = visit("desk", scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    page.click("[data-theme-toggle]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_function("getComputedStyle(document.body).backgroundColor == 'rgb(251, 250, 247)'")
