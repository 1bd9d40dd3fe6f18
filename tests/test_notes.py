"""What the store keeps beside coverage: sources and how they fare, feedback on answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import TimeError
from index.records import Feedback, Source
from index.store import Store

NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
URL = "https://news.example/live"
PRAISE = Feedback(
    "3f6c", NOON, "How many were hurt?", "Ten people were hurt.", "answered", True, pages=("storm.txt",), cited=("a",)
)
BLAME = Feedback(
    "9d01",
    LATER,
    "Who drove?",
    "Not in the coverage.",
    "not_in_coverage",
    False,
    reason="the answer is there",
    correction="Ann Hill drove.",
    as_of="15:40 BST",
)


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as opened:
        yield opened


def test_a_first_success_is_recorded_with_what_the_server_named(store):
    record = store.record_fetch(URL, at=NOON, changed=True, page_id="p", etag='"a1"', last_modified="Tue, 4 Mar 2031")
    assert record == Source(URL, ("p",), '"a1"', "Tue, 4 Mar 2031", NOON, NOON, NOON)
    assert store.sources() == [record]


def test_failures_are_counted_in_a_row_and_keep_the_last_success(store):
    store.record_fetch(URL, at=NOON, changed=True, page_id="p", etag='"a1"')
    store.record_fetch(URL, at=LATER, error="answers 500")
    store.record_fetch(URL, at=LATER, error="answers 503")
    (record,) = store.sources()
    assert (record.failures, record.last_error) == (2, "answers 503")
    assert (record.last_attempt, record.last_success, record.etag) == (LATER, NOON, '"a1"')


def test_a_success_clears_the_failures_and_no_change_keeps_the_time_of_the_last_one(store):
    store.record_fetch(URL, at=NOON, changed=True, page_id="p")
    store.record_fetch(URL, at=NOON, error="answers 500")
    record = store.record_fetch(URL, at=LATER, page_id="p")
    assert (record.failures, record.last_error) == (0, None)
    assert (record.last_success, record.last_change, record.page_ids) == (LATER, NOON, ("p",))


def test_a_source_is_live_while_it_is_watched(store):
    store.record_fetch(URL, at=NOON, expected_every_s=600)
    assert store.set_live(URL, True, looked_every_s=60).live
    record = store.record_fetch(URL, at=LATER)
    assert (record.live, record.looked_every_s, record.expected_every_s) == (True, 60, 600)
    assert not store.set_live(URL, False).live


def test_an_attempt_needs_a_time_with_a_zone(store):
    with pytest.raises(TimeError, match="has no zone"):
        store.record_fetch(URL, at=datetime(2031, 3, 4, 12))
    assert store.sources() == []


def test_recording_an_attempt_is_no_change_of_coverage(store):
    store.record_fetch(URL, at=NOON)
    store.add_feedback(PRAISE)
    assert store.counter == 0


def test_feedback_is_kept_whole_and_given_back_newest_first(store):
    store.add_feedback(PRAISE)
    store.add_feedback(BLAME)
    assert store.feedback() == [BLAME, PRAISE]


def test_a_second_word_on_an_answer_replaces_the_first(store):
    store.add_feedback(PRAISE)
    store.add_feedback(replace(PRAISE, good=False, reason="wrong number"))
    assert [(f.good, f.reason) for f in store.feedback()] == [(False, "wrong number")]


def test_feedback_needs_a_time_with_a_zone(store):
    with pytest.raises(TimeError, match="has no zone"):
        store.add_feedback(replace(PRAISE, at=datetime(2031, 3, 4, 12)))
    assert store.feedback() == []
