"""The same report on two pages, or put up again on one: told once, every entry that holds it cited."""

from __future__ import annotations

import pytest
from newsroom import CRASH_ENTRIES, READINGS, desk_over, entry, on_the_day

from index.records import Page, Reading
from index.repeats import find_repeats

TOLL = "Eleven people were hurt in the crash on Hallam bridge."
AGAIN = entry("1540", 0, on_the_day(15, 40), "What we know", f"Here is the news so far. {TOLL}")
ELSEWHERE = entry("x-1510", 0, on_the_day(15, 10), None, TOLL.replace("Eleven", "ELEVEN"), page_id="other")
QUESTION = "How many people were hurt in the crash on Hallam bridge?"


@pytest.fixture
def desk(tmp_path):
    crash = Reading(READINGS[0].page, (AGAIN, *CRASH_ENTRIES))
    desk = desk_over(tmp_path / "store", crash, Reading(Page("other"), (ELSEWHERE,)), READINGS[1])
    yield desk
    desk.close()


def test_the_same_words_are_found_on_the_page_and_on_another(desk):
    first = desk.store.entry("1500", "crash")
    found = {r.entry.id: r for r in find_repeats(desk.store, first, TOLL)}
    assert set(found) == {"1540", "x-1510"}
    assert found["1540"].entry.body[found["1540"].start : found["1540"].end] == TOLL[:-1]
    assert found["x-1510"].start == 0


def test_other_words_and_few_words_are_no_repeat(desk):
    first = desk.store.entry("1500", "crash")
    assert find_repeats(desk.store, first, "Twelve people were hurt in the crash on Hallam bridge.") == []
    assert find_repeats(desk.store, first, "people were hurt") == []


def test_an_answer_cites_the_first_report_first_and_names_the_later_ones(desk):
    answer = desk.ask(QUESTION)
    assert "eleven people" in answer.text.lower()
    assert [c.entry_id for c in answer.sentences[0].citations] == ["1500", "x-1510", "1540"]
    assert [c.label[:5] for c in answer.sentences[0].citations] == ["15:00", "15:10", "15:40"]
    for cited in answer.citations:
        held = desk.store.entry(cited.entry_id, cited.page_id).text(cited.part)
        assert held[cited.start : cited.end] == cited.quote


def test_later_repeats_do_not_exist_before_they_were_published(desk):
    answer = desk.ask(QUESTION, as_of="2031-03-04T15:20+00:00")
    assert [c.entry_id for c in answer.sentences[0].citations] == ["1500", "x-1510"]


def test_repeats_on_other_pages_do_not_exist_where_one_page_is_asked(desk):
    answer = desk.ask(QUESTION, pages=["crash"])
    assert [c.entry_id for c in answer.sentences[0].citations] == ["1500", "1540"]
