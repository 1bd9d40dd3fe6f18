"""The page as a reader meets it, in Chromium: ask, read a cited answer, open the citation, desk and phone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from browsing import CHROMIUM, PATIENCE_MS, ROOT, ask, free_port, overflow, running, serious

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


SLOW = """
import sys, time, app
from index.store import Store
from rag.answering import Assistant
from rag.records import Update

class Slow(Assistant):
    def stream(self, *asked, **fixed):
        yield Update("The first words")
        time.sleep(8)
        yield from super().stream(*asked, **fixed)

app.serve(Slow(Store.open("slow.store"), generator="none"), port=int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder):
    """Address of the real app over the sample coverage and one hostile page, answering by quotation."""
    with Store.open(folder / "coverage.store") as store:
        for path in sorted((ROOT / "eval" / "coverage").glob("*.txt")):
            store.add(read_source(path))
        store.add(HOSTILE)
    port = free_port()
    options = ("--store", str(folder / "coverage.store"), "--port", str(port), "--generator", "none")
    with running(str(ROOT / "app.py"), *options, port=port, log=folder / "app.log") as address:
        yield address


@pytest.fixture(scope="module")
def contexts(chromium):
    """One browser profile for each size and scheme, so that scripts are compiled once."""
    return {}


@pytest.fixture
def visit(chromium, contexts, site):
    """Open the page at a size and scheme. Fails on a request to another host, a dialog, a script error."""
    pages, wrong = [], []

    def open_page(size="desk", scheme="light", address=site, wait=True):
        if (size, scheme) not in contexts:
            width, height = SIZES[size]
            context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            context.set_default_timeout(PATIENCE_MS)
            contexts[size, scheme] = context
        page = contexts[size, scheme].new_page()
        pages.append(page)
        page.on("request", lambda request: wrong.append(request.url) if leaves(request.url) else None)
        page.on("websocket", lambda socket: wrong.append(socket.url) if leaves(socket.url) else None)
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address)
        if wait:
            page.wait_for_selector("#first .welcome:visible, #thread .turn")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []


def leaves(url):
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1"


def in_view(page, css):
    """Whether the middle of the first match can be seen: inside the window, covered by nothing."""
    page.wait_for_timeout(700)  # smooth scrolling
    return page.locator(css).first.evaluate(
        """node => { const b = node.getClientRects()[0];
             const seen = document.elementFromPoint(b.left + Math.min(b.width, 40) / 2, b.top + b.height / 2);
             return Boolean(seen) && (node.contains(seen) || seen.contains(node)); }"""
    )


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_citation_opens_its_entry_at_the_quoted_words(visit, size, tmp_path):
    page = visit(size)
    page.screenshot(path=tmp_path / f"{size}-first.png")
    turn = ask(page, "Which landlady is feeding people in Skelby?")
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
    assert serious(page) == []


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


def test_what_the_pages_searched_do_not_say_is_refused_with_the_nearest_entries(visit):
    page = visit("desk")
    turn = ask(page, "Who won the chess olympiad in Samarkand?")
    assert turn.locator(".verdict").inner_text() == "Not in the coverage"
    assert re.search(r"Searched \d+ entries.*\d\d:\d\d", turn.inner_text(), re.S)
    if turn.locator(".nearest .chip").count():
        turn.locator(".nearest .chip").first.click()
        page.locator("#entry .chosen").wait_for()
    page.click("#pages input")
    page.locator("ul[role=listbox] li", has_text="Quay notice").click()
    page.keyboard.press("Escape")
    turn = ask(page, "Which landlady is feeding people in Skelby?")
    assert "Searched 1 entry" in turn.inner_text()


def test_as_of_answers_as_things_stood_and_an_unreadable_time_is_explained_in_place(visit):
    page = visit("desk")
    page.press("#question textarea", "Enter")
    page.locator("#hint", has_text="Write a question first.").wait_for()
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
    ask(page, "How many homes have no electricity now?").locator(".chip").first.click()
    page.locator("#entry .chosen").wait_for()
    assert serious(page) == []
    page.click("[data-theme-toggle]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_function("getComputedStyle(document.body).backgroundColor == 'rgb(251, 250, 247)'")


def test_stop_keeps_the_words_so_far_and_offers_to_ask_again(visit, folder):
    port = free_port()
    with running("-c", SLOW, str(port), port=port, log=folder / "slow.log") as address:
        page = visit("desk", address=address)
        assert page.locator(".welcome h2").inner_text() == "No coverage yet"
        page.fill("#question textarea", "What has happened?")
        page.press("#question textarea", "Enter")
        page.locator(".draft", has_text="The first words").wait_for()
        page.click("#stop")
        page.locator(".stopped", has_text="Stopped before it was finished.").wait_for()
        assert page.locator(".stopped .prose").inner_text() == "The first words"
        page.locator("#ask").wait_for()
        page.click(".again")
        page.locator(".turn:nth-child(2) .draft", has_text="The first words").wait_for()


def test_new_entries_show_without_a_reload(visit, folder):
    page = visit("desk")
    assert page.locator("#entry .page", has_text="Late bulletin").count() == 0
    late = Entry("b1", "late", 0, title="Zorvane ferry sails", body="The Zorvane ferry has sailed.")
    with Store.open(folder / "coverage.store") as store:
        store.add(Reading(Page("late", title="Late bulletin: live"), (late,)))
    page.locator("#entry .page", has_text="Late bulletin").wait_for()
    page.click("#entry .page:has-text('Late bulletin')")
    page.locator("#entry .entry", has_text="The Zorvane ferry has sailed.").wait_for()


def test_conversation_is_saved_linked_copied_and_cleared(visit):
    page = visit("desk")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#as-of textarea", "23:59")
    turn = ask(page, "Which landlady is feeding people in Skelby?")
    assert "as of 23:59" in turn.locator(".question").inner_text()
    for name, file, holds in (
        ("Markdown", "presstime.md", "## Which landlady"),
        ("HTML", "presstime.html", "<h2>Which landlady"),
        ("JSON", "presstime.json", '"question": "Which landlady'),
    ):
        with page.expect_download() as download:
            page.click(f"[data-export={name}]")
        assert download.value.suggested_filename == file
        assert holds in download.value.path().read_text()
    turn.locator("[data-copy]", has_text="Copy as Markdown").click()
    turn.locator("button", has_text="Copied").wait_for()
    assert "17:45 GMT, 12 November 2026" in page.evaluate("navigator.clipboard.readText()")
    turn.locator("[data-link]").click()
    turn.locator("[data-link]", has_text="Copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    page.click("[data-clear]")
    page.locator(".welcome .recent").wait_for()
    assert page.locator(".recent .asked").first.inner_text() == "Which landlady is feeding people in Skelby?"
    other = visit("desk", address=address)
    other.locator(".turn .answer:not(.draft)").wait_for()
    assert other.locator(".question").inner_text().startswith("Which landlady")
    assert other.input_value("#as-of textarea") == "23:59"


def test_side_panel_searches_shows_a_page_over_time_and_sets_the_as_of_time(visit):
    page = visit("desk")
    page.locator("#find input").fill("camping stove")
    page.keyboard.press("Enter")
    page.locator("#entry .page mark").first.wait_for()
    page.locator("#entry .page").first.click()
    page.locator("#entry .chosen").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.querySelector('#question textarea')")
    assert page.input_value("#question textarea") == ""
    time = page.locator("#entry .chosen .entry-time")
    assert time.inner_text() == "17:45 GMT, 12 November 2026"
    page.select_option("[data-times]", "utc")
    assert time.inner_text() == "17:45 UTC, 12 November 2026"
    page.select_option("[data-times]", "page")
    assert time.inner_text() == "17:45 GMT, 12 November 2026"
    bar = page.locator("#entry .bar").first
    bar.click()
    assert page.input_value("#as-of textarea") == bar.get_attribute("data-as-of")
    turn = ask(page, "Which landlady is feeding people in Skelby?")
    assert "Dot Ferris" not in turn.locator(".answer").inner_text()


def test_a_question_written_while_the_page_still_loads_stays_and_is_not_asked_unsent(visit):
    page = visit("desk", wait=False)
    page.fill("#question textarea", "Who is")
    page.wait_for_selector("#first .welcome")
    page.wait_for_timeout(2_000)  # every answer to the page's loading has come
    assert page.input_value("#question textarea") == "Who is"
    assert page.locator(".turn").count() == 0


def test_bundled_generator_phrases_answers_and_is_named_with_its_times(visit, folder, site):
    port = free_port()
    options = ("--store", str(folder / "coverage.store"), "--port", str(port))
    with running(str(ROOT / "app.py"), *options, port=port, log=folder / "generator.log") as address:
        page = visit("desk", address=address)
        for _ in range(12):  # until the model is loaded, answers are quotations
            turn = ask(page, "Which landlady is feeding people in Skelby?")
            turn.locator("summary").click()
            if turn.locator("dt", has_text="Generator").count():
                break
        assert "Dot Ferris" in turn.locator(".said").first.inner_text()
        assert turn.locator("dt", has_text="Generator").count() == 1
        assert turn.locator("dt", has_text="Total").count() == 1
        assert "Checked against 1 entry" in turn.locator("details").inner_text()
