"""What a reporter relies on through a long day, in Chromium: quotes at hand, filters, zones, history, a lost desk."""

from __future__ import annotations

import re

import pytest
from browsing import CHROMIUM, ROOT, ask, free_port, overflow, running, serious
from conftest import TinyEncoder

from index.records import Entry, Page, Reading
from index.store import Store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt install chromium)"),
]
HURT = "How many people were hurt in the crash on Hallam bridge?"
REFUSED = "Who won the chess olympiad in Samarkand?"
RIGHT_TO_LEFT = "أُغلق الجسر عند الظهر وقال الشهود إن اثنين أصيبا"
SERVE = """
import sys
sys.path.insert(0, "tests")
import app
from newsroom import READINGS, desk_over

app.sample_questions = lambda *_: ("How many people were hurt in the crash on Hallam bridge?",)
app.serve(desk_over(sys.argv[1], *READINGS), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keeping")


def serving(folder, port):
    return running("-c", SERVE, str(folder / "news.store"), str(port), port=port, log=folder / "log", cwd=ROOT)


@pytest.fixture(scope="module")
def site(folder):
    with serving(folder, free_port()) as address:
        with Store.open(folder / "news.store", encoder=TinyEncoder()) as store:
            for name, publisher in (("quay", "Lorne Post"), ("ferry", "Marl Gazette")):
                body = f"The {name} is shut. {RIGHT_TO_LEFT}"
                entry = Entry(f"{name}-1", name, 0, title=f"{name} notice", body=body)
                store.add(Reading(Page(name, title=f"{name.title()} notes", publisher=publisher), (entry,)))
        yield address


def test_quote_shows_where_its_time_is_hovered_or_focused_and_goes_again(visit):
    page = visit()
    turn = ask(page, HURT)
    assert turn.locator("q.said").evaluate("node => getComputedStyle(node, '::before').content") == "open-quote"
    peek = turn.locator(".sentence .peek").first
    assert not peek.is_visible()
    turn.locator(".sentence .chip").first.hover()
    assert peek.is_visible()
    assert "Eleven people were hurt in the crash on Hallam bridge." in peek.inner_text()
    assert peek.locator("mark").inner_text() == "Eleven"
    page.mouse.move(0, 0)
    assert not peek.is_visible()
    turn.locator(".sentence .chip").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert peek.is_visible()


def test_way_back_from_an_entry_leads_to_the_time_that_opened_it_on_a_phone(visit):
    page = visit(width=390, height=844, has_touch=True)
    turn = ask(page, HURT)
    chip = turn.locator(".sentence .chip").first
    chip.click()
    page.locator("#entry .cited").wait_for()
    page.wait_for_timeout(900)  # smooth scrolling
    back = page.locator("#entry [data-back]")
    box = back.bounding_box()
    assert 0 <= box["y"] < 844 and box["height"] >= 40
    back.click()
    page.wait_for_timeout(900)
    assert 0 <= chip.bounding_box()["y"] < 844
    assert page.evaluate("document.activeElement.classList.contains('chip')")
    small = page.evaluate(
        "Array.from(document.querySelectorAll('#desk button, #desk summary, #top button')).filter((node) =>"
        " node.offsetHeight && node.offsetHeight < 24).map((node) => node.outerHTML.slice(0, 80))"
    )
    assert small == [] and overflow(page) == 0


def test_times_are_shown_in_the_readers_zone_and_named(visit):
    page = visit(timezone_id="Asia/Kolkata")
    turn = ask(page, HURT)
    chip = turn.locator(".sentence .chip").first
    assert chip.inner_text() == "15:00 GMT"
    page.select_option("[data-times]", "mine")
    assert re.fullmatch(r"20:30 (IST|GMT\+5:30)", chip.inner_text())
    assert "21:30" in page.locator("#fresh").inner_text()  # the newest entry is of 16:00 GMT
    assert "21:30" in page.locator("#entry .page").first.inner_text()
    page.reload()
    page.wait_for_selector("#first .welcome:visible")
    page.wait_for_function("document.querySelector('#fresh').textContent.includes('21:30')")
    page.select_option("[data-times]", "page")
    assert "16:00 GMT" in page.locator("#fresh").inner_text()


def test_entries_are_read_oldest_or_newest_first_and_the_choice_is_kept(visit):
    page = visit()
    page.locator("#entry .page", has_text="Hallam bridge crash").click()
    times = page.locator("#entry .entry-time")
    times.first.wait_for()
    assert times.first.inner_text().startswith("16:00")
    page.locator("#entry .crumbs button", has_text="Oldest first").click()
    page.locator("#entry .crumbs button", has_text="Newest first").wait_for()
    listed = [text for text in times.all_inner_texts() if re.match(r"\d\d:\d\d", text)]
    assert listed == sorted(listed) and listed[-1].startswith("16:00")
    page.locator("#entry .crumbs button", has_text="Coverage").click()
    page.locator("#entry .page", has_text="Hallam bridge crash").click()
    page.locator("#entry .crumbs button", has_text="Newest first").wait_for()


def test_pages_are_listed_by_publisher_and_a_link_restores_the_page_asked_about(visit):
    page = visit()
    page.locator("#entry .publishers button", has_text="Marl Gazette").click()
    page.locator("#entry .page", has_text="Quay notes").wait_for(state="detached")
    assert page.locator("#entry .page").count() == 1
    page.locator("#entry .publishers button", has_text="All publishers").click()
    page.locator("#entry .page", has_text="Quay notes").wait_for()
    page.click("#pages input")
    page.locator("ul[role=listbox] li", has_text="Ferry notes").click()
    page.keyboard.press("Escape")
    turn = ask(page, HURT)
    assert "Searched 1 entry" in turn.inner_text()
    other = visit(address=page.url.split("?")[0] + turn.locator("[data-link]").get_attribute("data-link"))
    again = other.locator(".turn")
    again.locator(".answer:not(.draft)").wait_for()
    assert "Searched 1 entry" in again.inner_text()
    assert other.locator("#pages .token").inner_text().strip().startswith("Ferry notes")


def test_pages_are_added_from_files_and_pasted_text_after_a_look_at_their_entries(visit, tmp_path):
    good = tmp_path / "mill.txt"
    good.write_text("09:05 GMT 4 March 2031\nMill alight\n\nThe mill at Norby is alight, the brigade says.\n")
    bad = tmp_path / "empty.txt"
    bad.write_text("")
    page = visit()
    page.locator("#add > button").click()
    page.locator("#pasted textarea").fill("10:10\nLock jammed\n\nThe lock at Skell is jammed, boatmen say.\n")
    page.locator("#name input, #name textarea").fill("Skell lock")
    page.locator("#files input[type=file]").set_input_files([good, bad])
    page.locator("#files", has_text="mill").wait_for()
    page.click("#look")
    page.locator("#found h4").nth(1).wait_for()
    told = page.locator("#found").inner_text()
    assert "Mill alight" in told and "Lock jammed" in told and "empty.txt" in told
    assert page.locator("#entry .page", has_text="Skell lock").count() == 0
    page.click("#keep")
    page.locator("#found", has_text="Skell-lock: 1 added").wait_for()
    page.locator("#entry .page", has_text="Skell lock").click()
    page.locator("#entry .entry", has_text="The lock at Skell is jammed").wait_for()


def test_what_was_asked_is_kept_in_this_browser_with_its_answer_until_it_is_forgotten(visit):
    page = visit()
    page.fill("#as-of textarea", "12:30")
    ask(page, HURT)
    page.fill("#as-of textarea", "")
    ask(page, REFUSED)
    page.reload()
    kept = page.locator(".recent .example")
    kept.nth(1).wait_for()
    assert "Not in the coverage" in kept.nth(0).inner_text()
    assert HURT in kept.nth(1).inner_text() and "10 people" in kept.nth(1).inner_text()
    assert "as of 12:30" in kept.nth(1).inner_text()
    assert serious(page) == []
    kept.nth(1).click()
    turn = page.locator(".turn")
    turn.locator(".answer:not(.draft)").wait_for()
    assert "as of 12:30" in turn.locator(".question").inner_text()
    page.click("[data-clear]")
    page.locator(".recent").wait_for()
    page.click("[data-forget]")
    page.locator(".recent").wait_for(state="detached")
    page.reload()
    page.wait_for_selector("#first .welcome:visible")
    assert page.locator(".recent").count() == 0


def test_answer_is_copied_as_text_with_its_citations(visit):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = ask(page, HURT)
    turn.locator("[data-copy]").first.click()
    turn.locator("button", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Eleven people were hurt in the crash on Hallam bridge.” (15:00 GMT, 4 March 2031)")
    assert "- 15:00 GMT, 4 March 2031, Toll up again: “" in copied


def test_right_to_left_coverage_reads_from_the_right_and_leaves_what_stands_around_it(visit):
    page = visit(width=390, height=844)
    page.locator("#find input").fill("الظهر")
    page.keyboard.press("Enter")
    page.locator("#entry .page mark").first.wait_for()
    page.locator("#entry .page").first.click()
    page.locator("#entry .chosen").wait_for()
    assert page.locator("#entry .chosen .entry-body").get_attribute("dir") == "auto"
    assert page.locator("#entry").evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert overflow(page) == 0


def test_wrong_time_is_not_said_any_more_once_it_is_mended_and_is_said_anew(visit):
    page = visit()
    for _ in range(2):
        page.fill("#question textarea", HURT)
        page.fill("#as-of textarea", "half-way")
        page.press("#question textarea", "Enter")
        page.locator("#hint span:visible", has_text="half-way").wait_for()
        page.click("[data-now]")
        page.locator("#hint").wait_for(state="hidden")
    page.press("#question textarea", "Enter")
    page.locator(".turn .answer:not(.draft)").wait_for()


def test_question_that_leaves_while_the_stream_of_answers_closes_is_answered(visit):
    page = visit()
    held = []

    def hold(route):  # the server ends this stream at once; the browser hears of it after it has sent more
        held.append((route, route.fetch()))

    page.fill("#question textarea", HURT)
    page.fill("#as-of textarea", "half-way")
    with page.expect_request("**/queue/data*"):
        page.press("#question textarea", "Enter")
    page.route("**/queue/data*", hold, times=1)  # the stream of what follows on an answer, the last of its events
    while not held:
        page.wait_for_timeout(50)
    page.click("[data-now]")
    with page.expect_response("**/queue/join*"):
        page.press("#question textarea", "Enter")
    route, closing = held[0]
    route.fulfill(response=closing)
    page.locator(".turn .answer:not(.draft)").wait_for(timeout=30_000)


def test_page_says_that_the_desk_is_lost_and_keeps_the_question_for_its_return(visit, folder):
    port = free_port()
    (folder / "lost").mkdir()
    with serving(folder / "lost", port) as address:
        page = visit(address=address)
        ask(page, HURT)
        page.wait_for_timeout(1_000)
    page.get_by_text("Connection to the server was lost").first.wait_for()
    page.fill("#question textarea", "Who leads the town council?")
    page.press("#question textarea", "Enter")
    with serving(folder / "lost", port):
        page.locator(".recent .example", has_text=HURT).wait_for()  # the page has come back by itself
        assert page.input_value("#question textarea") == "Who leads the town council?"
        page.press("#question textarea", "Enter")
        page.locator(".turn .answer:not(.draft)").wait_for()
