"""Coverage that should be live and no longer is, said in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import plain_calibration
from storm import STORM, page_of

from index.health import pace_s, source_warnings
from index.records import Source
from index.store import Store
from rag.answering import Assistant

NOW = datetime(2031, 3, 4, 15, 0, tzinfo=UTC)
AT_1402 = datetime(2031, 3, 4, 14, 2, tzinfo=UTC)
URL = "https://news.example/live"
HEALTHY = Source(
    URL,
    ("p",),
    last_attempt=NOW - timedelta(minutes=1),
    last_success=NOW - timedelta(minutes=1),
    last_change=NOW - timedelta(minutes=9),
    live=True,
    looked_every_s=60,
    expected_every_s=600,
)


def said(**changes):
    return source_warnings([replace(HEALTHY, **changes)], NOW)


def test_a_healthy_source_is_not_warned_of():
    assert said() == ()


def test_failures_in_a_row_are_told_with_the_last_success_and_the_last_error():
    assert said(last_success=AT_1402, failures=3, last_error="answers 500.") == (
        f"{URL} was last fetched 14:02, 3 failures since: answers 500.",
    )


def test_a_success_of_another_day_is_told_with_its_date():
    (sentence,) = said(last_success=AT_1402 - timedelta(days=2), failures=40, last_error="answers 500.")
    assert sentence.startswith(f"{URL} was last fetched 14:02 on 2 March 2031, 40 failures since")


def test_one_failure_is_not_told_yet_unless_the_source_never_answered():
    assert said(failures=1, last_error="answers 500.") == ()
    (sentence,) = said(failures=1, last_success=None, last_change=None, last_error="answers 404.")
    assert sentence == f"{URL} was never fetched: 1 failure, the last one: answers 404."


def test_a_page_that_was_moving_and_has_gone_quiet_is_told():
    assert said(last_change=NOW - timedelta(hours=5)) == (
        f"{URL} has nothing new for 5 h, although it was moving every 10 minutes.",
    )


@pytest.mark.parametrize(("minutes", "warned"), [(119, False), (121, True)])
def test_a_page_is_quiet_after_twelve_times_its_pace(minutes, warned):
    assert bool(said(last_change=NOW - timedelta(minutes=minutes))) is warned


def test_a_fast_page_is_given_an_hour():
    assert said(last_change=NOW - timedelta(minutes=59), expected_every_s=60) == ()
    (sentence,) = said(last_change=NOW - timedelta(minutes=61), expected_every_s=60)
    assert sentence.endswith("61 minutes, although it was moving every minute.")


def test_a_page_without_a_known_pace_is_not_called_quiet():
    assert said(last_change=NOW - timedelta(days=5), expected_every_s=None) == ()


def test_a_source_that_nobody_watches_any_more_is_told():
    (sentence,) = said(last_attempt=AT_1402, last_success=AT_1402, last_change=AT_1402)
    assert sentence.startswith(f"{URL} was last fetched 14:02 and is not being watched any more.")
    assert said(last_attempt=AT_1402, looked_every_s=3600) == ()


def test_sources_that_need_not_be_live_are_never_warned_of():
    assert said(live=False, failures=9, last_error="x", last_change=NOW - timedelta(days=300)) == ()


def test_only_sources_of_the_pages_asked_about_are_warned_of():
    failing = replace(HEALTHY, failures=3, last_error="answers 500.")
    assert len(source_warnings([failing], NOW, ["p"])) == 1
    assert source_warnings([failing], NOW, ["q"]) == ()


def test_an_answer_says_when_its_source_is_stale_but_not_of_a_past_moment(tmp_path, tiny_encoder, fake_reader):
    store = Store.open(tmp_path / "coverage.store", encoder=tiny_encoder)
    store.add(STORM)
    store.record_fetch("storm.txt", at=AT_1402, page_id="storm.txt")
    store.record_fetch("storm.txt", at=AT_1402, error="answers 500.")
    store.record_fetch("storm.txt", at=AT_1402, error="answers 500.")
    store.set_live("storm.txt", True)
    parts = {"encoder": tiny_encoder, "reader": fake_reader, "calibration": plain_calibration()}
    desk = Assistant(store, generator="none", **parts)
    stale = "2 failures since: answers 500."
    assert desk.ask("How many people were hurt?").notices[-1].endswith(stale)
    assert desk.ask("Who won the cup?").notices[-1].endswith(stale)
    assert desk.ask("How many people were hurt?", as_of="2031-03-04T10:30+00:00").notices == ()
    store.close()


def test_the_pace_is_the_median_gap_of_the_newest_entries():
    reading = page_of("p", ["a", "b", "c", "d"])
    assert pace_s(reading.entries) == 3600
    assert pace_s(reading.entries[:2]) is None
    floating = [replace(e, published=e.published.replace(tzinfo=None)) for e in reading.entries]
    assert pace_s(floating) == 3600
    undated = [replace(e, published=None) for e in reading.entries]
    assert pace_s(undated) is None
