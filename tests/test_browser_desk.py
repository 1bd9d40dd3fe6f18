"""Everything a reporter does with an answer and with the coverage, in Chromium, over small invented coverage.

The answers come from tiny stand-ins for the models, so that what is tested here is the page.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from browsing import CHROMIUM, ROOT, ask, free_port, overflow, running, serious
from conftest import TinyEncoder

from index.store import Store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt install chromium)"),
]
HURT = "How many people were hurt in the crash on Hallam bridge?"
REFUSED = "Who won the chess olympiad in Samarkand?"
TINY = """
import sys, time
sys.path.insert(0, "tests")
import app
from newsroom import READINGS, desk_over

folder, port, empty, slow = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "empty", sys.argv[3] == "slow"
desk = desk_over(folder, *(() if empty else READINGS))
if slow:
    plain = desk.stream
    def later(*asked, **fixed):
        from rag.records import Update
        yield Update("The first words")
        time.sleep(3)
        yield from plain(*asked, **fixed)
    desk.stream = later
questions = ("How many people were hurt in the crash on Hallam bridge?", "Who leads the town council?",
             "Who scored the late goal for Norby Town?")
app.sample_questions = lambda *_: () if empty else questions
app.serve(desk, port=port, allow_private=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("desk")


def serving(folder, kind, gentle=False):
    port = free_port()
    command = ("-c", TINY, str(folder / f"{kind}.store"), str(port), kind)
    return running(*command, port=port, log=folder / f"{kind}.log", cwd=ROOT, gentle=gentle)


@pytest.fixture(scope="module")
def site(folder):
    with serving(folder, "news") as address:
        yield address


@pytest.fixture
def store(folder, site):
    with Store.open(folder / "news.store", encoder=TinyEncoder()) as store:
        yield store


def test_wrong_answer_is_said_to_be_wrong_with_a_reason_and_a_correction(visit, store):
    page = visit()
    turn = ask(page, HURT)
    turn.locator(".thumb", has_text="Wrong").click()
    dialog = page.locator("dialog")
    dialog.locator("label", has_text="It is out of date").click()
    dialog.locator("textarea").fill("Twelve <b>people</b>, the council says.")
    assert serious(page) == []
    dialog.locator("button", has_text="Send").click()
    page.locator("#told", has_text="Noted. Thank you.").wait_for()
    dialog.wait_for(state="detached")
    page.wait_for_timeout(500)
    (said,) = [row for row in store.feedback() if row.question == HURT]
    assert (said.good, said.reason, said.correction, said.status) == (
        False,
        "It is out of date",
        "Twelve <b>people</b>, the council says.",
        "quoted",
    )
    assert "1500" in said.cited
    other = ask(page, "Who leads the town council?")
    assert turn.locator(".thumb.down").get_attribute("aria-pressed") == "true"
    other.locator(".thumb", has_text="Right").press("Enter")
    page.wait_for_timeout(1_500)
    assert [row.good for row in store.feedback()][:1] == [True]


def test_questions_suggested_next_have_answers_and_keep_the_time(visit):
    page = visit()
    page.fill("#as-of textarea", "12:30")
    turn = ask(page, HURT)
    assert "10" in turn.locator(".said mark").first.inner_text()
    offered = turn.locator(".next .example")
    offered.first.wait_for()
    assert 1 <= offered.count() <= 3
    asked = offered.first.inner_text()
    offered.first.click()
    follow = page.locator(".turn").nth(1)
    follow.locator(".answer:not(.draft)").wait_for()
    assert follow.get_attribute("data-asked") == asked
    assert follow.locator(".not_in_coverage").count() == 0
    assert "as of 12:30" in follow.locator(".question").inner_text()
    assert "Eleven" not in follow.inner_text()  # said at 15:00
    assert turn.locator(".next").count() == 0  # only under the last answer


def test_history_of_a_figure_is_listed_newest_first_and_its_entries_are_marked_on_the_strip(visit):
    page = visit()
    turn = ask(page, HURT)
    values = turn.locator(".history b").all_inner_texts()
    assert values[0] == "Eleven" and values[1] == "10"
    turn.locator(".chip").first.click()
    page.locator("#entry .bar.is-cited").first.wait_for()
    cited = page.locator("#entry .bar.is-cited").count()
    assert cited >= 2
    ask(page, "Who leads the town council?")
    page.wait_for_function(f"document.querySelectorAll('#entry .bar.is-cited').length > {cited}")


def test_window_and_slider_set_what_is_asked_about_and_the_link_restores_it(visit):
    page = visit()
    slider = page.locator("#when input")
    page.wait_for_function("document.querySelector('#when input').max > 0")
    assert page.locator("#when output").inner_text() == "now"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.input_value("#as-of textarea") == "15:00 GMT 4 March 2031"
    assert page.locator("#when output").inner_text() == "15:00 GMT, 4 March 2031"
    page.click("[data-now]")
    assert page.input_value("#as-of textarea") == ""
    page.fill("#as-of textarea", "12:00 GMT 4 March 2031")
    assert page.locator("#when output").inner_text() == "12:00 GMT, 4 March 2031"
    page.locator("#window label", has_text="This morning").click()
    turn = ask(page, HURT)
    assert "entries of 00:00 to 11:59 GMT, 4 March 2031" in turn.locator(".question").inner_text()
    assert turn.locator(".said mark").first.inner_text() == "8"
    link = turn.locator("[data-link]").get_attribute("data-link")
    other = visit(address=page.url.split("?")[0] + link)
    other.locator(".turn .answer:not(.draft)").wait_for()
    assert other.locator("#window input:checked").get_attribute("value") == "morning"
    assert "8" in other.locator(".said mark").first.inner_text()


class Live(BaseHTTPRequestHandler):
    """A live page whose second reading has one more entry."""

    reads = 0

    def do_GET(self):
        type(self).reads += 1
        rows = [("09:05", "Smoke seen", "Smoke is rising from a warehouse in Port Lorne.")]
        if self.reads > 1:
            rows.insert(0, ("09:40", "Ferry held", "The noon ferry is held <b>at the quay</b>."))
        updates = [
            {
                "@type": "BlogPosting",
                "headline": title,
                "articleBody": body,
                "datePublished": f"2031-03-05T{clock}:00+00:00",
            }
            for clock, title, body in rows
        ]
        data = {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "Quay fire: live",
            "publisher": {"@type": "Organization", "name": "Lorne Post"},
            "liveBlogUpdate": updates,
        }
        body = f'<html><script type="application/ld+json">{json.dumps(data)}</script></html>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def live():
    server = HTTPServer(("127.0.0.1", 0), Live)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/quay"
    server.shutdown()
    server.server_close()
    thread.join()


def test_page_is_added_by_its_address_renewed_withdrawn_and_put_back(visit, live, tmp_path):
    page = visit()
    page.locator("#add > button").click()
    page.fill("#address textarea, #address input", "gopher://quay")
    page.click("#look")
    page.locator("#found .bad", has_text="no web address").wait_for()
    page.fill("#address textarea, #address input", live)
    page.click("#look")
    page.locator("#found h4", has_text="Quay fire: live").wait_for()
    assert "1 entry" in page.locator("#found").inner_text()
    assert serious(page) == [] and overflow(page) == 0
    assert page.locator("#entry .page", has_text="Quay fire").count() == 0  # nothing is kept yet
    page.click("#keep")
    page.locator("#found", has_text="1 added").wait_for()
    page.locator("#entry .page", has_text="Quay fire").click()
    page.locator("#entry [data-act=refresh]").click()
    page.locator("#told", has_text="1 added").wait_for()
    page.locator("#entry .entry", has_text="Ferry held").wait_for()
    assert page.locator("#entry .entry b").count() == 0
    page.locator("#entry [data-act=withdraw]").click()
    assert "Quay fire" in page.locator("dialog").inner_text()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    page.locator("#entry [data-act=withdraw]").click()
    page.locator("dialog button", has_text="Withdraw").click()
    page.locator("#told", has_text="2 entries withdrawn").wait_for()
    page.locator("#entry [data-act=restore]").click()
    page.locator("#entry [data-act=withdraw]").wait_for()
    page.locator("#entry .entry", has_text="Ferry held").wait_for()


def test_tour_leads_through_three_questions_by_keyboard_and_comes_once(visit):
    page = visit(tour=True)
    page.locator(".tour:visible", has_text="Three questions").wait_for()
    assert serious(page) == [] and overflow(page) == 0
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Show me"
    for step in (1, 2, 3):
        page.keyboard.press("Enter")
        page.locator(f".turn:nth-child({step}) .answer:not(.draft)").wait_for()
        assert page.locator(".tour p").inner_text().startswith(f"{step} of 3.")
        assert page.evaluate("document.activeElement.dataset.tour") == "next"
    page.keyboard.press("Enter")
    page.locator(".tour").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.closest('#question') !== null")
    page.reload()
    page.wait_for_selector("#first .welcome:visible, #thread .turn")
    page.wait_for_timeout(1_000)
    assert page.locator(".tour:visible").count() == 0


def test_tour_is_ended_with_escape(visit):
    page = visit(tour=True)
    page.locator(".tour:visible").wait_for()
    page.locator("[data-tour=next]").focus()
    page.keyboard.press("Escape")
    page.locator(".tour").wait_for(state="hidden")
    assert page.locator(".turn").count() == 0


def test_keys_write_send_and_go_to_the_question(visit):
    page = visit()
    page.keyboard.type("How many people were hurt")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in the crash on Hallam bridge?")
    assert page.input_value("#question textarea") == "How many people were hurt\nin the crash on Hallam bridge?"
    assert page.locator(".turn").count() == 0
    page.keyboard.press("Enter")
    page.locator(".turn .answer:not(.draft)").wait_for()
    page.locator("#theme, [data-theme-toggle]").first.focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('#question') !== null")
    assert page.input_value("#question textarea") == ""
    page.wait_for_function("document.querySelector('.presstime-told').textContent.includes('Eleven')")
    assert page.locator("[aria-live=polite].presstime-told").count() == 1


def test_what_is_written_while_an_answer_comes_stays_and_is_not_sent_twice(visit, folder):
    with serving(folder, "slow") as address:
        page = visit(address=address)
        page.fill("#question textarea", HURT)
        page.press("#question textarea", "Enter")
        page.wait_for_function("document.querySelector('#question textarea').value == ''")
        page.keyboard.type("Who leads the town council?")
        page.locator(".draft", has_text="The first words").wait_for()
        assert page.input_value("#question textarea") == "Who leads the town council?"
        page.keyboard.press("Enter")
        page.locator("#hint", has_text="still being written").wait_for()
        page.wait_for_function("document.querySelector('#question textarea').value.startsWith('Who leads')")
        page.locator(".turn .answer:not(.draft)").wait_for()
        assert page.locator(".turn").count() == 1
        assert page.input_value("#question textarea") == "Who leads the town council?"
        page.locator("#find input").fill("Hallam")
        page.keyboard.press("Enter")
        page.locator("#entry .page mark").first.wait_for()
        page.wait_for_timeout(2_000)  # the background has been here since
        assert page.locator("#find input").input_value() == "Hallam"


def test_reader_who_wants_no_motion_gets_none(visit):
    page = visit(reduced_motion="reduce")
    turn = ask(page, HURT)
    turn.locator(".chip").first.click()
    page.locator("#entry .cited").wait_for()
    moving = page.evaluate(
        "Array.from(document.querySelectorAll('*')).filter((node) => ['', '::before', '::after'].some((part) =>"
        " { const style = getComputedStyle(node, part || null);"
        " return style.animationName !== 'none' || !/^0s(, 0s)*$/.test(style.transitionDuration); })).length"
    )
    assert moving == 0


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_fits_its_window_and_can_be_used_by_all(visit, width, scheme):
    page = visit(width=width, height=844, color_scheme=scheme)
    states = [("first view", serious(page), overflow(page))]
    turn = ask(page, HURT)
    turn.locator("summary").click()
    turn.locator(".chip").first.click()
    page.locator("#entry .cited").wait_for()
    states.append(("answer", serious(page), overflow(page)))
    refusal = ask(page, REFUSED)
    assert refusal.locator(".verdict").inner_text() == "Not in the coverage"
    states.append(("refusal", serious(page), overflow(page)))
    page.locator("#entry button", has_text="Coverage").first.click()
    page.locator("#entry .page").first.wait_for()
    if width < 900:
        page.click("[data-limits]")
    page.fill("#as-of textarea", "half-way")
    page.fill("#question textarea", HURT)
    page.press("#question textarea", "Enter")
    page.locator("#hint span").wait_for()
    states.append(("error", serious(page), overflow(page)))
    assert states == [(name, [], 0) for name, _, _ in states]
    middle = page.evaluate("(() => { const b = document.querySelector('#desk').getBoundingClientRect();"
                           " return Math.abs(b.left - (innerWidth - b.right)); })()")  # fmt: skip
    assert middle <= 16


def test_server_ends_cleanly_while_readers_have_the_page_open(visit, folder):
    with serving(folder, "closing", gentle=True) as address:
        page = visit(address=address)
        ask(page, HURT)
    assert (folder / "closing.log").read_text().splitlines() == [
        f"Presstime is at {address.rstrip('/')}  (Ctrl+C stops it)"
    ]


def test_empty_desk_says_how_to_begin(visit, folder):
    with serving(folder, "empty") as address:
        page = visit(address=address)
        assert page.locator(".welcome h2").inner_text() == "No coverage yet"
        turn = ask(page, HURT)
        assert "there are no entries to search" in turn.inner_text().replace("There", "there")
        assert serious(page) == [] and overflow(page) == 0
        assert page.locator("#when input").is_disabled()
