"""Questions offered next: only those that the coverage answers, at the time that was asked about."""

from __future__ import annotations

import pytest
from newsroom import READINGS, desk_over, entry, on_the_day

from index.records import Page, Reading
from rag.reader import load_reader
from rag.stepping_aside import SteppedAside, step_aside, stepping_aside
from rag.suggesting import first_questions, suggest

HURT = "How many people were hurt in the crash on Hallam bridge?"


@pytest.fixture
def desk(tmp_path):
    with_desk = desk_over(tmp_path / "news.store", *READINGS)
    yield with_desk
    with_desk.close()


def test_every_question_offered_is_answered(desk):
    answer = desk.ask(HURT)
    offered = suggest(desk, answer, budget_s=60)
    assert 1 <= len(offered) <= 3
    asked = ((answer.question, answer.text),)
    assert "not_in_coverage" not in {desk.ask(question, history=asked).status for question in offered}
    assert HURT not in offered


def test_no_entry_later_than_the_as_of_time_is_used(desk):
    answer = desk.ask(HURT, as_of="10:00")
    offered = suggest(desk, answer, as_of="10:00", budget_s=60)
    later = {"Norby", "trains", "Ann Hill", "council"}
    assert not [question for question in offered for word in later if word in question]


def test_questions_to_start_with_come_from_the_newest_entries_and_are_answered(desk):
    offered = first_questions(desk, budget_s=60)
    assert offered
    assert "not_in_coverage" not in {desk.ask(question).status for question in offered}


def test_nothing_is_tried_once_others_wait_or_the_time_is_up(desk):
    answer = desk.ask(HURT)
    assert suggest(desk, answer, go_on=lambda: False) == ()
    assert suggest(desk, answer, budget_s=-1) == ()


def test_what_is_being_tried_is_left_for_someone_who_asks(tmp_path):
    desk = desk_over(tmp_path / "read.store", *READINGS, reader=load_reader())
    answer = desk.ask(HURT)
    looks = []

    def nobody_yet():
        looks.append(1)
        return len(looks) <= 2  # somebody asks while the first question is being read

    assert suggest(desk, answer, go_on=nobody_yet) == ()
    assert len(looks) == 3
    assert suggest(desk, answer, budget_s=60)
    desk.close()


def test_work_that_was_not_put_aside_never_steps_aside():
    step_aside()
    with pytest.raises(SteppedAside), stepping_aside(lambda: False):
        step_aside()
    step_aside()


def test_entries_read_ahead_need_no_encoding_when_asked_about(desk):
    assert desk.read_ahead()
    assert not desk.read_ahead(go_on=lambda: False)
    encoder = desk._models.retriever.encoder
    asked = []
    plain = encoder._encoder.encode
    encoder._encoder.encode = lambda texts, **options: asked.extend(texts) or plain(texts, **options)
    try:
        desk.consider(HURT)
    finally:
        encoder._encoder.encode = plain
    bodies = " ".join(e.body for e in desk.store.entries())
    assert not [text for text in asked if text.split("\n")[-1] in bodies]


def test_figures_and_names_of_the_entries_become_questions(tmp_path):
    body = (
        "Some 40 houses are under water in Norby, the council said. Ann Hill, the council leader, has asked for pumps. "
        'The Rivers Agency said: "We are watching the wall."'
    )
    flood = Reading(
        Page("flood", zone="Europe/London"), (entry("f1", 0, on_the_day(9), "Flood", body, page_id="flood"),)
    )
    desk = desk_over(tmp_path / "flood.store", flood, threshold=0.0)
    offered = first_questions(desk, limit=9, budget_s=60)
    desk.close()
    assert "How many houses are under water in Norby?" in offered
    assert "Who is Ann Hill?" in offered
    assert "What did the Rivers Agency say?" in offered


def test_empty_coverage_offers_nothing(tmp_path):
    desk = desk_over(tmp_path / "empty.store")
    assert first_questions(desk) == ()
    assert suggest(desk, desk.ask(HURT)) == ()
    desk.close()
