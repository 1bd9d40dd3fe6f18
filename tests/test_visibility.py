"""What a question may see of a store: clocks of pages, counts, the newest entry."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from storm import BRIDGE, PAGE, STORM, SUMMARY, TRAINS, page_of, with_entries

from index.records import Entry, Page, Reading
from index.store import Store
from index.times import UNDATED, time_key
from index.visibility import page_bounds, see, visible_entries


def at(hour, minute=0):
    return time_key(datetime(2031, 3, 4, hour, minute, tzinfo=UTC))


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "s", encoder=tiny_encoder) as store:
        store.add(STORM)
        store.add(page_of("other", ["One.", "Two.", "Three."], first_hour=13))
        yield store


def test_the_clock_of_a_page_runs_from_its_first_to_its_newest_timed_entry(store):
    assert sorted(page_bounds(store)) == [
        ("other", datetime(2031, 3, 4, 13, tzinfo=UTC), datetime(2031, 3, 4, 15, tzinfo=UTC)),
        ("storm.txt", BRIDGE.published, TRAINS.published),
    ]


def test_only_the_pages_asked_for_are_bounded(store):
    assert [row[0] for row in page_bounds(store, ["other"])] == ["other"]
    assert page_bounds(store, ["nothing"]) == []


def test_a_page_without_times_has_no_clock(store):
    store.add(Reading(Page("untimed"), (Entry("u", "untimed", 0, body="No time here."),)))
    assert "untimed" not in [row[0] for row in page_bounds(store)]


def test_a_page_of_clock_times_without_a_date_keeps_its_order(store):
    late = Entry("b", "clocks", 0, clock=time(15, 10), body="Later.")
    early = Entry("a", "clocks", 1, clock=time(9, 5), body="Earlier.")
    store.add(Reading(Page("clocks"), (late, early)))
    ((_, oldest, newest),) = page_bounds(store, ["clocks"])
    assert oldest == datetime.combine(UNDATED.date(), time(9, 5))
    assert newest == datetime.combine(UNDATED.date(), time(15, 10))


def test_without_limits_every_entry_is_seen_and_the_newest_named(store):
    seen = see(store, None, None)
    assert seen.entries == 6
    assert seen.newest is not None and seen.newest.id == "other-2"


def test_entries_later_than_the_span_are_not_seen(store):
    seen = see(store, None, {"storm.txt": (None, at(10)), "other": (None, at(10))})
    assert (seen.entries, seen.newest.id) == (1, "0900-bridge")


def test_both_ends_of_a_span_are_included(store):
    seen = see(store, None, {"storm.txt": (at(9), at(11)), "other": (at(13), at(13))})
    assert seen.entries == 3


def test_a_page_without_a_span_is_not_seen_where_others_have_one(store):
    assert see(store, None, {"other": (None, None)}).entries == 3


def test_only_pages_asked_for_are_seen(store):
    seen = see(store, ["storm.txt"], None)
    assert (seen.entries, seen.newest.id) == (3, "1100-trains")


def test_nothing_is_seen_before_the_first_entry(store):
    seen = see(store, None, {"storm.txt": (None, at(8)), "other": (None, at(8))})
    assert (seen.entries, seen.newest) == (0, None)


def test_withdrawn_entries_are_not_seen(store):
    store.add(with_entries(STORM, SUMMARY, BRIDGE))
    seen = see(store, ["storm.txt"], None)
    assert (seen.entries, seen.newest.id) == (2, "0900-bridge")
    assert [e.id for e in visible_entries(store, "storm.txt")] == ["summary", "0900-bridge"]
    assert page_bounds(store, ["storm.txt"]) == [("storm.txt", BRIDGE.published, BRIDGE.published)]


def test_visible_entries_come_in_page_order(store):
    assert [e.id for e in visible_entries(store, "storm.txt")] == ["summary", "1100-trains", "0900-bridge"]


def test_a_span_leaves_untimed_entries_out(store):
    assert [e.id for e in visible_entries(store, "storm.txt", (None, at(23)))] == [
        "1100-trains",
        "0900-bridge",
    ]
    assert [e.id for e in visible_entries(store, "storm.txt", (at(10), None))] == ["1100-trains"]


def test_an_unknown_page_shows_nothing(store):
    assert visible_entries(store, "nothing") == []
    assert see(store, ["nothing"], None).entries == 0


def test_an_empty_store_shows_nothing(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "empty", encoder=tiny_encoder) as store:
        assert page_bounds(store) == []
        assert see(store, None, None).entries == 0


def test_an_edit_is_seen_at_once(store):
    edited = replace(BRIDGE, body="The Hallam bridge is open again.")
    store.add(Reading(PAGE, (SUMMARY, TRAINS, edited)))
    assert visible_entries(store, "storm.txt")[2].body == "The Hallam bridge is open again."


def test_what_is_seen_follows_every_change_of_the_store(store):
    before = store.timetable()
    assert store.timetable() is before
    store.add(page_of("late", ["Four."], first_hour=20))
    assert see(store, None, None).newest.page_id == "late"
    assert "late" in store.timetable().titles and "late" not in before.titles
    store.add(with_entries(STORM, TRAINS))
    assert see(store, ["storm.txt"], None).entries == 1


def test_of_entries_of_one_minute_the_first_pages_is_the_newest(store):
    store.add(page_of("again", ["One.", "Two.", "Three."], first_hour=13))
    assert see(store, None, None).newest.page_id == "other"
