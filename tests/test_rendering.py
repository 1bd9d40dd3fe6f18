"""Answers and entries as HTML: what stands where, and that coverage text stays text."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from index.records import Entry, Page
from rag.page.entries_view import View, found_html, view_html
from rag.page.exporting import (
    as_markdown,
    as_text,
    conversation_html,
    conversation_json,
    conversation_markdown,
    link_query,
    markdown_text,
)
from rag.page.freshness import age_in_words, page_freshness
from rag.page.markup import escape, marked, safe_url
from rag.page.panels import coverage_html, fresh_html, manage_html, welcome_html
from rag.page.rendering import answer_html, chip, next_html, short_label, thread_html, turn_html
from rag.page.trust import Band, bands, confidence_words
from rag.page.turns import Turn
from rag.page.windows import typed_time
from rag.records import Answer, Citation, Sentence, Superseded

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</q></span></p></article><iframe src=javascript:alert(1)>",
    "[click](javascript:alert(1)) **bold** $$x^2$$ {{value}} ${value}",
    "<!-- --><svg/onload=alert(1)>&lt;script&gt;",
    "\u202egnorw yaw eht gnidaer\u202c مرحبا",
    "\x00\x08<b\x0bold>",
    "w" * 5000,
]
PAGE = Page("p1", title="Harbour fire: live")
ENTRY = Entry(
    "e1",
    "p1",
    1,
    published=datetime(2026, 3, 4, 15, 33, tzinfo=UTC),
    zone="UTC",
    title="Eleven hurt",
    author="Ana Voss",
    body="The service treated 11 people. Two were sent home.",
    captions=("The quay at noon",),
)
CITED = Citation(
    "e1",
    "p1",
    ENTRY.published,
    "15:33 UTC, 4 March 2026",
    "Eleven hurt",
    None,
    "The service treated 11 people.",
    0,
    30,
    marks=((20, 22),),
)


def an_answer(**changes):
    plain = Answer(
        question="How many were hurt?",
        text="The service treated 11 people.",
        sentences=(Sentence("The service treated 11 people.", (CITED,), quoted=True),),
        status="quoted",
        citations=(CITED,),
        coverage_label="15:33 UTC, 4 March 2026",
        searched=12,
    )
    return replace(plain, **changes)


def open_html(entry, around, citation=None):
    return view_html(View(PAGE, around, 0, len(around), False, entry, citation))


def text_of(markup, css):
    return [node.text() for node in HTMLParser(markup).css(css)]


def test_chip_shows_the_clock_and_carries_its_citation():
    button = HTMLParser(chip(CITED)).css_first("button")
    assert button.text() == "15:33 UTC"
    assert json.loads(button.attributes["data-cite"]) == {
        "entry": "e1",
        "page": "p1",
        "part": "body",
        "start": 0,
        "end": 30,
        "quote": "The service treated 11 people.",
        "marks": [[20, 22]],
        "at": 1772638380,
    }
    assert "The service treated 11 people." in button.attributes["aria-label"]


@pytest.mark.parametrize(
    ("label", "dated", "shown"),
    [
        ("15:33 BST, 28 June 2023", False, "15:33 BST"),
        ("15:33 BST, 28 June 2023", True, "15:33 BST, 28 June"),
        ("14:46 (time zone not stated), 3 May 2023", False, "14:46 (no zone)"),
        ("14:46 (date and time zone not stated)", True, "14:46 (no zone)"),
        ("time not stated", False, "time not stated"),
    ],
)
def test_chip_label_keeps_what_is_known_and_says_what_is_not(label, dated, shown):
    assert short_label(replace(CITED, label=label), dated=dated) == shown


def test_chip_stands_inside_the_sentence_it_supports():
    other = replace(CITED, entry_id="e2", label="16:01 UTC, 4 March 2026")
    sentences = (Sentence("One is so.", (CITED,)), Sentence("Two is so.", (other,)))
    shown = HTMLParser(answer_html(an_answer(sentences=sentences, citations=(CITED, other))))
    assert [(s.css_first(".said").text(), s.css_first(".chip").text()) for s in shown.css(".sentence")] == [
        ("One is so.", "15:33 UTC"),
        ("Two is so.", "16:01 UTC"),
    ]


def test_quoted_sentence_is_a_quotation_and_a_phrased_one_is_not():
    assert text_of(answer_html(an_answer()), "q.said") == ["The service treated 11 people."]
    phrased = an_answer(status="answered", sentences=(Sentence("11 people.", (CITED,)),))
    assert text_of(answer_html(phrased), "q") == []


def test_answering_words_are_marked_in_the_sentence():
    assert text_of(answer_html(an_answer()), ".said mark") == ["11"]
    phrased = an_answer(sentences=(Sentence("In all, 11 were treated.", (CITED,)),))
    assert text_of(answer_html(phrased), ".said mark") == ["11"]


def test_dates_are_on_the_chips_once_citations_lie_on_different_days():
    old = Superseded("10", replace(CITED, entry_id="e0", label="09:12 UTC, 3 March 2026"))
    shown = text_of(answer_html(an_answer(superseded=(old,))), ".chip")
    assert shown == ["15:33 UTC, 4 March", "09:12 UTC, 3 March"]


def test_refusal_says_what_was_searched_and_until_when_and_offers_the_nearest():
    refusal = an_answer(
        status="not_in_coverage",
        text="Not in the coverage. Nobody says.",
        sentences=(),
        citations=(),
        nearest=(CITED,),
    )
    markup = answer_html(refusal)
    assert text_of(markup, ".verdict") == ["Not in the coverage"]
    assert text_of(markup, ".prose") == ["Nobody says."]
    assert text_of(markup, ".searched") == ["Searched 12 entries, the newest at 15:33 UTC, 4 March 2026."]
    assert text_of(markup, ".nearest .chip") == ["15:33 UTC, 4 March"]
    assert "Eleven hurt" in text_of(markup, ".nearest li")[0]


def test_turn_without_an_answer_shows_its_draft_its_error_or_that_it_was_stopped():
    assert text_of(turn_html(Turn("q", draft="The serv")), ".draft .prose") == ["The serv"]
    assert text_of(turn_html(Turn("q")), ".wait") == ["Searching the coverage"]
    assert text_of(turn_html(Turn("q", error="No such page.")), ".error .prose") == ["No such page."]
    assert "Stopped" in text_of(turn_html(Turn("q", draft="The", stopped=True)), ".stopped")[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_coverage_stays_text_everywhere(text):
    cited = Citation("e1", text, None, text, text, text, text, 0, len(text), marks=((0, 3),))
    entry = Entry("e1", text, 0, title=text, author=text, body=text, captions=(text,), url=text)
    page = Page(text, title=text, url=text, publisher=text)
    now = datetime(2026, 3, 4, tzinfo=UTC)
    state = replace(page_freshness(page, [entry], now), warnings=(text,), renewable=True)
    answers = [
        an_answer(
            question=text,
            text=text,
            status=status,
            sentences=(Sentence(text, (cited,), quoted=status == "quoted"),),
            citations=(cited,),
            superseded=(Superseded(text, replace(cited, entry_id="e9")),),
            nearest=(cited,),
            notices=(text,),
            coverage_label=text,
        )
        for status in ("quoted", "answered", "not_in_coverage")
    ]
    whole = "".join(
        [
            thread_html([Turn(text, answer, as_of=text, span=text, key=text) for answer in answers]),
            next_html(text, [text], text),
            thread_html([Turn(text, error=text), Turn(text, draft=text, stopped=True), Turn(text, draft=text)]),
            view_html(View(page, [entry], 0, 1, True, entry, cited, {"quote": text}, state=state)),
            manage_html(replace(state, withdrawn=True)),
            view_html(View(page, [entry], 0, 1, False, entry, replace(cited, quote=text + "?"))),
            found_html(text, [entry], {text: page}),
            coverage_html([state, replace(state, page=Page("p2", publisher="b"), withdrawn=True)], text),
            fresh_html([page_freshness(page, [entry], now)] * 2),
            welcome_html([page_freshness(page, [entry], now)], [text]),
        ]
    )
    tree = HTMLParser(whole)
    allowed = set(
        "article b bdi button dd details div dl dt form h1 h2 h3 h4 html head body i input label li mark ol option p q"
        " section select span strong summary time ul".split()
    )
    assert {node.tag for node in tree.root.traverse(include_text=False)} <= allowed
    attributes = {name for node in tree.root.traverse() for name in node.attributes}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcdoc", "style")]
    assert not tree.css("a")  # none of these texts is a web address
    assert "\x00" not in whole and "\x0b" not in whole


def test_only_web_addresses_become_links():
    assert safe_url("https://news.example/a?b=1&c=2") == "https://news.example/a?b=1&c=2"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http:///x",
        "http://[",
        None,
        "",
    ):
        assert safe_url(url) is None
    entry = replace(ENTRY, url="https://news.example/a")
    link = HTMLParser(open_html(entry, [entry])).css_first("a")
    assert (link.attributes["href"], link.attributes["rel"]) == (
        "https://news.example/a",
        "noopener noreferrer nofollow",
    )


def test_marks_wrap_the_exact_characters_even_beside_markup():
    assert marked("a<b&c", [(1, 2), (3, 4)]) == "a<mark>&lt;</mark>b<mark>&amp;</mark>c"
    assert marked("abc", [(2, 9), (1, 1), (-5, -2)]) == "abc"
    assert marked("abcd", [(0, 3), (2, 4)]) == "<mark>abc</mark><mark>d</mark>"


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_back_as_it_was_but_for_control_characters(text):
    assert html.unescape(escape(text)) == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def test_open_entry_marks_the_quote_and_the_answering_words_more_strongly():
    before = replace(ENTRY, id="e0", title="Smoke seen", body="Smoke over the quay.", captions=())
    markup = open_html(ENTRY, [before, ENTRY], CITED)
    assert text_of(markup, "mark.cited") == ["The service treated 11 people."]
    assert text_of(markup, "mark.cited strong") == ["11"]
    assert text_of(markup, "li h3") == ["Smoke seen", "Eleven hurt"]
    assert text_of(markup, "[aria-current] .entry-time") == ["15:33 UTC, 4 March 2026"]
    assert text_of(markup, ".side-title") == ["Harbour fire: live"]


def test_quote_from_a_title_or_a_caption_is_marked_there():
    title = replace(CITED, part="title", quote="Eleven", start=0, end=6, marks=())
    assert text_of(open_html(ENTRY, [ENTRY], title), "h3 mark") == ["Eleven"]
    caption = replace(CITED, part="captions", quote="The quay", start=0, end=8, marks=())
    assert text_of(open_html(ENTRY, [ENTRY], caption), ".entry-captions mark") == ["The quay"]


def test_entry_edited_since_shows_the_words_that_were_cited():
    edited = replace(ENTRY, body="The service treated 12 people.")
    markup = open_html(edited, [edited], CITED)
    assert text_of(markup, ".was mark.cited") == ["The service treated 11 people."]
    assert "12 people" in text_of(markup, ".entry-body")[-1]


def test_moved_quote_is_found_where_it_now_stands():
    moved = replace(ENTRY, body="Update. " + ENTRY.body)
    assert text_of(open_html(moved, [moved], CITED), ".entry-body mark.cited") == ["The service treated 11 people."]


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(hours=49), "2 days"),
        (timedelta(days=800), "2 years"),
    ],
)
def test_age_in_words(age, words):
    assert age_in_words(age) == words


def test_freshness_names_the_newest_entry_and_its_age_and_warns_in_words_when_old():
    older = replace(ENTRY, id="e0", published=ENTRY.published - timedelta(hours=1))
    soon = page_freshness(PAGE, [ENTRY, older], datetime(2026, 3, 4, 15, 40, tzinfo=UTC))
    assert (soon.newest.id, soon.age, soon.is_old) == ("e1", timedelta(minutes=7), False)
    assert text_of(fresh_html([soon]), ".fresh") == ["2 entries, the newest at 15:33 UTC, 4 March 2026, 7 minutes ago."]
    late = page_freshness(PAGE, [ENTRY], datetime(2026, 3, 6, 15, 40, tzinfo=UTC))
    assert text_of(fresh_html([late]), ".fresh")[0].endswith("2 days ago. This coverage is old.")
    assert text_of(fresh_html([late]), ".old") == ["This coverage is old."]


def test_age_is_not_told_where_the_page_states_no_zone_and_the_day_is_near():
    floating = replace(ENTRY, published=datetime(2026, 3, 4, 15, 33), zone=None)
    same_day = page_freshness(PAGE, [floating], datetime(2026, 3, 4, 23, 0, tzinfo=UTC))
    assert same_day.age is None
    assert "15:33 (time zone not stated), 4 March 2026" in fresh_html([same_day])
    assert page_freshness(PAGE, [floating], datetime(2026, 3, 9, 1, 0, tzinfo=UTC)).age == timedelta(days=5)


def test_empty_coverage_tells_how_to_add_some():
    assert "presstime add" in welcome_html([])
    assert "No coverage yet" in fresh_html([])


def test_copied_answer_keeps_its_times_and_quotes():
    assert as_text(an_answer()) == (
        "“The service treated 11 people.” (15:33 UTC, 4 March 2026)\n\n"
        "- 15:33 UTC, 4 March 2026, Eleven hurt: “The service treated 11 people.”"
    )
    linked = replace(CITED, url="https://news.example/a")
    assert as_markdown(an_answer(citations=(linked,))).splitlines()[-1] == (
        "- [15:33 UTC, 4 March 2026](<https://news.example/a>), Eleven hurt: “The service treated 11 people.”"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<script>", r"\<script\>"),
        ("- one\n1. two\n+ three", "\\- one\n\\1. two\n\\+ three"),
    ],
)
def test_coverage_is_never_read_as_markdown(text, escaped):
    assert markdown_text(text) == escaped


def test_conversation_is_exported_whole_and_safe():
    turns = [Turn("<b>How many?", an_answer()), Turn("And then?", error="No such page.")]
    assert conversation_markdown(turns).startswith("## \\<b\\>How many?\n\n“The service treated 11 people.”")
    page = HTMLParser(conversation_html(turns))
    assert [node.text() for node in page.css("h2")] == ["<b>How many?", "And then?"]
    rows = json.loads(conversation_json(turns))
    assert [row["error"] for row in rows] == [None, "No such page."]
    assert rows[0]["answer"]["citations"][0]["quote"] == "The service treated 11 people."


MEASURED = (Band(0.0, 0.2, 200, 0.21), Band(0.2, 0.4, 60, 0.55), Band(0.4, 0.6, 40, 0.88))


@pytest.mark.parametrize(
    ("confidence", "word", "meaning"),
    [
        (0.5, "High", "of answers with this mark, about 9 in 10 were right on the calibration set (40 questions)"),
        (0.2, "Fair", "of answers with this mark, about 6 in 10 were right on the calibration set (60 questions)"),
        (0.0, "Low", "of answers with this mark, about 2 in 10 were right on the calibration set (200 questions)"),
        (0.9, "High", "surer than any answer of the calibration set. Of the surest there, about 9 in 10"),
    ],
)
def test_confidence_is_told_in_words_with_what_it_meant_when_measured(confidence, word, meaning):
    assert confidence_words(confidence, MEASURED)[0] == word
    assert meaning in confidence_words(confidence, MEASURED)[1]


def test_confidence_that_was_not_measured_is_said_to_be_so(tmp_path):
    assert confidence_words(0.5, ())[0] == "Not measured"
    (tmp_path / "none.json").write_text('{"measured": {}}')
    assert bands(tmp_path / "none.json") == ()
    shipped = bands()
    assert shipped and all(0 <= band.right <= 1 and band.n > 0 for band in shipped)


def test_trust_names_the_entries_checked_the_models_and_the_times():
    markup = answer_html(an_answer(confidence=0.3, models={"encoder": "m"}, timings_ms={"total": 81.4}))
    assert text_of(markup, "summary") == [f"{confidence_words(0.3)[0]} confidence"]
    assert text_of(markup, "details p") == [
        confidence_words(0.3)[1],
        "Checked against 1 entry, of 12 entries searched.",
    ]
    assert list(zip(text_of(markup, "dt"), text_of(markup, "dd"), strict=True)) == [
        ("Encoder", "m"),
        ("Total", "81 ms"),
    ]


def test_history_of_a_fact_lists_its_values_newest_first_and_says_them_once():
    earlier = Superseded("10", replace(CITED, entry_id="e0", label="09:12 UTC, 4 March 2026"))
    said = Sentence("Before that: 10 (09:12 UTC).", (earlier.citation,))
    answer = an_answer(sentences=(*an_answer().sentences, said), superseded=(earlier,))
    markup = answer_html(answer)
    assert text_of(markup, ".history b") == ["11", "10"]
    assert text_of(markup, ".history .chip") == ["09:12 UTC"]
    assert "Before that" not in text_of(markup, ".prose")[0]
    assert "Before that: 10" in as_text(answer)


def test_thumbs_carry_the_turns_key_and_only_where_there_is_one():
    assert text_of(answer_html(an_answer()), ".thumb") == []
    tree = HTMLParser(answer_html(an_answer(), key='k"1'))
    assert [node.attributes["data-key"] for node in tree.css(".thumb")] == ['k"1', 'k"1']
    assert [node.text() for node in tree.css(".thumb")] == ["Right", "Wrong"]


def test_next_questions_belong_to_one_turn_and_are_text():
    tree = HTMLParser(next_html("k1", ["<b>Who?</b>", "Why?"], "15:40"))
    assert tree.css_first(".next").attributes["data-for"] == "k1"
    assert [node.text() for node in tree.css(".example")] == ["<b>Who?</b>", "Why?"]
    assert tree.css_first(".example").attributes["data-as-of"] == "15:40"
    assert next_html("k1", []) == ""
    assert text_of(next_html("k1", ["Who?"], refused=True), "h3") == ["The coverage does answer"]


def hourly(count):
    return [
        replace(ENTRY, id=f"e{n}", title=f"t{n}", published=ENTRY.published + timedelta(hours=n)) for n in range(count)
    ]


def test_time_strip_sets_the_as_of_time_and_marks_what_is_cited():
    entries = hourly(5)
    view = View(PAGE, entries, 0, 5, False, entries[1], None, cited=frozenset({entries[3].ref}))
    bars = HTMLParser(view_html(view)).css(".bar")
    assert [bar.attributes["data-as-of"] for bar in bars][0] == "15:33 UTC 4 March 2026"
    assert ["is-cited" in bar.attributes["class"] for bar in bars] == [False, False, False, True, False]
    assert ["is-open" in bar.attributes["class"] for bar in bars] == [False, True, False, False, False]
    assert not HTMLParser(view_html(View(PAGE, entries[:2], 0, 2, False))).css(".strip")


def test_typed_time_leaves_out_what_is_not_known():
    floating = replace(ENTRY, published=datetime(2026, 3, 4, 15, 33), zone=None)
    assert typed_time(floating) == "15:33 4 March 2026"
    undated = replace(ENTRY, published=None, clock=datetime(2026, 3, 4, 9, 5).time(), zone=None)
    assert typed_time(undated) == "09:05"


def test_window_offers_the_earlier_and_later_entries_it_leaves_out():
    entries = hourly(600)
    shown = HTMLParser(view_html(View(PAGE, entries, 10, 15, False)))
    assert [node.text() for node in shown.css(".more button")] == [
        "Show 10 earlier of 10",
        "Show 200 later of 585",
    ]
    wider = [json.loads(node.attributes["data-view"]) for node in shown.css(".more button")]
    assert [(row["from"], row["to"]) for row in wider] == [(0, 15), (10, 215)]
    full = HTMLParser(view_html(View(PAGE, hourly(900), 150, 750, False)))
    kept = [json.loads(node.attributes["data-view"]) for node in full.css(".more button")]
    assert [(row["from"], row["to"]) for row in kept] == [(0, 600), (300, 900)]
    turned = HTMLParser(view_html(View(PAGE, entries[::-1], 0, 600, True)))
    assert turned.css(".more") == []
    assert turned.css_first(".crumbs button:last-child").text() == "Oldest first"


def test_found_entries_show_the_words_searched_for():
    markup = found_html("eleven TREATED", [ENTRY], {"p1": PAGE})
    assert text_of(markup, "mark") == ["Eleven", "treated"]
    assert json.loads(HTMLParser(markup).css_first(".page").attributes["data-view"]) == {
        "page": "p1",
        "entry": "e1",
    }
    assert text_of(found_html("x", [], {}), ".empty") == ["No entry holds these words."]


def test_time_can_be_shown_in_another_zone_only_where_its_own_is_known():
    button = HTMLParser(chip(CITED)).css_first("button")
    assert (button.attributes["data-at"], button.attributes["data-own"]) == (
        "2026-03-04T15:33:00+00:00",
        "15:33 UTC",
    )
    floating = replace(CITED, published=datetime(2026, 3, 4, 15, 33))
    assert "data-at" not in chip(floating)


def test_every_time_shown_beside_answers_can_be_told_in_another_zone():
    now = ENTRY.published + timedelta(minutes=7)
    row = page_freshness(PAGE, [ENTRY], now)
    shown = {
        "freshness": fresh_html([row]),
        "list of pages": coverage_html([row]),
        "found entries": found_html("eleven", [ENTRY], {"p1": PAGE}),
        "ends of the strip": view_html(View(PAGE, hourly(5), 0, 5, False)),
        "quote of a chip": chip(CITED),
        "what was searched": answer_html(an_answer(citations=(), sentences=(), coverage_until=ENTRY.published)),
    }
    times = {name: HTMLParser(markup).css_first("time") for name, markup in shown.items()}
    assert {name: node.text() for name, node in times.items()} == {name: "15:33 UTC, 4 March 2026" for name in shown}
    assert all(node.attributes["data-at"] == "2026-03-04T15:33:00+00:00" for node in times.values())


def test_questions_that_were_not_tried_are_not_said_to_have_answers():
    assert text_of(next_html("k1", ["Who?"], refused=True, tried=False), "h3") == ["Try asking"]


def test_fold_out_keeps_models_and_times_apart_in_words():
    markup = answer_html(
        an_answer(models={"reader": "r"}, timings_ms={"settle": 3.2, "first_words": 20, "other_step": 1})
    )
    assert text_of(markup, "details h4") == ["Models", "Time taken"]
    assert text_of(markup, "dl:last-child dt") == ["Looking for what is newer", "Until the first words", "Other step"]


def test_link_names_the_question_its_time_and_its_pages():
    turn = Turn("Who?", as_of="15:40", window="today", pages=("a b", "publisher:X"))
    assert link_query(turn) == "?q=Who%3F&as_of=15%3A40&window=today&pages=a+b&pages=publisher%3AX"
