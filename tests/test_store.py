"""The store: what adding changes, what is kept, what search may see."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from storm import BRIDGE, PAGE, STORM, SUMMARY, TRAINS, page_of, with_entries

import index
from index.errors import EncoderMismatchError, StoreError, TimeError
from index.records import Entry, Page, Reading
from index.rows import from_json, to_json
from index.store import Store, lexical_query
from index.times import time_key

MORNING, NOON, EVENING = (datetime(2031, 3, 4, hour, tzinfo=UTC) for hour in (8, 12, 20))

BST = timezone(timedelta(hours=1))


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as opened:
        yield opened


def found(store, query, **filters):
    allowed = store.select(**filters) if filters else None
    return {c.entry_id for c in store.chunks([k for k, _ in store.lexical(lexical_query(query), 10, allowed)])}


class Counting:
    """The tiny encoder, keeping count of what it encodes."""

    def __init__(self, inner):
        self.inner, self.texts = inner, []
        self.name, self.dim, self.max_tokens = inner.name, inner.dim, inner.max_tokens

    def count_tokens(self, texts):
        return self.inner.count_tokens(texts)

    def encode(self, texts, *, progress=False):
        self.texts += texts
        return self.inner.encode(texts, progress=progress)


def test_public_names_of_the_package():
    assert index.__all__ == ["Store", "VectorIndex", "add_sources", "load_encoder", "read_source", "watch"]
    assert all(getattr(index, name) for name in index.__all__)


def test_importing_the_store_loads_no_model_library():
    script = (
        "import sys; from index import Store, VectorIndex, add_sources, load_encoder, read_source; "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'faiss'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_entries_come_back_as_they_went_in(store):
    report = store.add(STORM)
    assert report.added == ("summary", "1100-trains", "0900-bridge")
    assert store.entries("storm.txt") == [SUMMARY, TRAINS, BRIDGE]
    assert store.entry("0900-bridge") == BRIDGE
    assert store.get_entries([TRAINS.ref, ("nothing", "nothing"), SUMMARY.ref]) == [TRAINS, SUMMARY]
    assert store.pages() == [PAGE]


def test_every_field_of_a_record_survives_storage():
    full = Entry(
        "i", "p", 3, "15:33 BST", datetime(2031, 7, 1, 15, 33, tzinfo=BST), time(15, 33), "BST",
        "printed", "given", datetime(2031, 7, 1, 16), "T", "A", "tweet", "B", ("q",), ("c", "d"), "u",
    )  # fmt: skip
    page = Page(
        "p", "T", "s", "P", "u", "Europe/London", date(2031, 7, 1), datetime(2031, 7, 1, 9, tzinfo=UTC),
        "html", ("w",),
    )  # fmt: skip
    for record in (full, page):
        empty = [f.name for f in fields(record) if getattr(record, f.name) in (None, "", ())]
        assert empty == []  # a field added to the record must be given a value here
        assert from_json(type(record), to_json(record)) == record
    assert from_json(Entry, to_json(SUMMARY)) == SUMMARY


def test_adding_the_same_page_again_changes_and_encodes_nothing(tmp_path, tiny_encoder):
    encoder = Counting(tiny_encoder)
    with Store.open(tmp_path / "s", encoder=encoder) as store:
        store.add(STORM)
        before, encoded = store.counter, len(encoder.texts)
        report = store.add(STORM)
        assert report.unchanged == ("summary", "1100-trains", "0900-bridge")
        assert (report.added, report.changed, report.withdrawn) == ((), (), ())
        assert (store.counter, len(encoder.texts)) == (before, encoded)
        assert len(store.revisions("0900-bridge")) == 1


def test_an_unchanged_page_needs_no_encoder(store, monkeypatch):
    store.add(STORM)

    def refuse():
        raise AssertionError("an encoder was loaded")

    monkeypatch.setattr("index.store.load_encoder", refuse)
    with Store.open(store.path) as second:
        assert len(second.add(STORM).unchanged) == 3


def test_an_edit_makes_a_revision_and_only_the_new_words_are_found(store):
    store.add(STORM, seen_at=MORNING)
    edited = replace(BRIDGE, body="The Hallam bridge was shut at nine. Twelve people were hurt.")
    report = store.add(with_entries(STORM, SUMMARY, TRAINS, edited), seen_at=NOON)
    assert report.changed == ("0900-bridge",)
    assert [(r.seen_at, r.body[36:]) for r in store.revisions("0900-bridge")] == [
        (MORNING, "Ten people were hurt."),
        (NOON, "Twelve people were hurt."),
    ]
    assert found(store, "twelve hurt") == {"0900-bridge"}
    assert found(store, "ten") == set()


def test_only_the_edited_passage_is_encoded_again(tmp_path, tiny_encoder):
    encoder = Counting(tiny_encoder)
    with Store.open(tmp_path / "s", encoder=encoder) as store:
        store.add(STORM)
        encoder.texts.clear()
        store.add(with_entries(STORM, SUMMARY, TRAINS, replace(BRIDGE, captions=("The bridge at dusk",))))
        assert [text.split("\n")[1] for text in encoder.texts] == ["The bridge at dusk"]


def test_an_entry_stands_as_it_was_last_seen_before_a_time(store):
    store.add(STORM, seen_at=MORNING)
    edited = replace(BRIDGE, body="Twelve people were hurt.", updated=NOON)
    store.add(with_entries(STORM, SUMMARY, TRAINS, edited), seen_at=NOON)
    assert store.entry_at("0900-bridge", MORNING + timedelta(hours=1)) == BRIDGE
    assert store.entry_at("0900-bridge", NOON) == edited
    assert store.entry_at("0900-bridge", EVENING) == edited
    # Nobody had seen it by then: its first words are the best that is known.
    assert store.entry_at("0900-bridge", MORNING - timedelta(hours=1)) == BRIDGE


def test_an_entry_gone_from_the_page_is_kept_but_not_found(store):
    store.add(STORM)
    report = store.add(with_entries(STORM, SUMMARY, TRAINS))
    assert report.withdrawn == ("0900-bridge",)
    assert [e.id for e in store.entries()] == ["summary", "1100-trains"]
    assert store.entries(withdrawn=True) == [BRIDGE]
    assert store.entry("0900-bridge") == BRIDGE
    assert len(store.revisions("0900-bridge")) == 1
    assert found(store, "Hallam bridge") == set()
    assert len(store.select()) == len(store.vectors()[0]) == 2


def test_an_entry_that_comes_back_is_found_again(store):
    store.add(STORM)
    store.add(with_entries(STORM, SUMMARY, TRAINS))
    report = store.add(STORM)
    assert report.changed == ("0900-bridge",)
    assert store.entries(withdrawn=True) == []
    assert found(store, "Hallam bridge") == {"0900-bridge"}
    assert len(store.revisions("0900-bridge")) == 1


def test_the_newest_entries_come_first_and_those_without_a_time_last(store):
    store.add(STORM)
    ordered = store.newest(10)
    assert {e.id for e in ordered} == {e.id for e in STORM.entries}
    moments = [time_key(e.published) if e.published else float("-inf") for e in ordered]
    assert moments == sorted(moments, reverse=True)
    assert [e.id for e in store.newest(1)] == [ordered[0].id]
    store.withdraw(STORM.page.id, [ordered[0].id])
    assert [e.id for e in store.newest(1)] == [ordered[1].id]


def test_entries_can_be_withdrawn_by_id(store):
    store.add(STORM)
    report = store.withdraw("storm.txt", ["summary"])
    assert (report.page_id, report.withdrawn, report.unchanged) == ("storm.txt", ("summary",), ())
    assert [e.id for e in store.entries(withdrawn=True)] == ["summary"]
    with pytest.raises(StoreError, match="'nothing'"):
        store.withdraw("storm.txt", ["1100-trains", "nothing"])
    with pytest.raises(StoreError, match="'nowhere'"):
        store.withdraw("nowhere")
    assert [e.id for e in store.entries(withdrawn=True)] == ["summary"]


def test_a_whole_page_is_withdrawn_without_being_erased(store):
    store.add(STORM)
    store.withdraw("storm.txt", ["summary"])
    report = store.withdraw("storm.txt")
    assert report.withdrawn == ("1100-trains", "0900-bridge")
    assert report.unchanged == ("summary",)
    assert (store.entries(), found(store, "Hallam bridge")) == ([], set())
    assert [e.id for e in store.entries(withdrawn=True)] == ["summary", "1100-trains", "0900-bridge"]
    assert len(store.revisions("0900-bridge")) == 1
    counter = store.counter
    assert store.withdraw("storm.txt").withdrawn == ()
    assert store.counter == counter


def test_withdrawn_entries_are_restored_with_their_words(store):
    store.add(STORM)
    store.withdraw("storm.txt")
    assert store.restore("storm.txt", ["0900-bridge"]).changed == ("0900-bridge",)
    assert store.entries() == [BRIDGE]
    assert found(store, "Hallam bridge") == {"0900-bridge"}
    store.restore("storm.txt")
    assert [e.id for e in store.entries()] == ["summary", "1100-trains", "0900-bridge"]
    assert len(store.revisions("0900-bridge")) == 1


def test_a_page_that_comes_back_empty_withdraws_nothing(store):
    store.add(STORM)
    report = store.add(Reading(PAGE, ()))
    assert report.withdrawn == ()
    assert report.warnings == ("storm.txt has no entries now; the 3 stored ones were kept as they are.",)
    assert len(store.entries()) == 3


def test_a_new_entry_on_top_moves_the_others_without_changing_them(store):
    store.add(STORM)
    newest = replace(TRAINS, id="1200-new", title="New", published=NOON)
    report = store.add(with_entries(STORM, newest, SUMMARY, TRAINS, BRIDGE))
    assert (report.added, report.changed) == (("1200-new",), ())
    assert [(e.id, e.position) for e in store.entries()] == [
        ("1200-new", 0), ("summary", 1), ("1100-trains", 2), ("0900-bridge", 3),
    ]  # fmt: skip


def test_a_time_corrected_without_an_edit_changes_the_entry_but_makes_no_revision(store):
    store.add(STORM)
    moved = replace(BRIDGE, published=datetime(2031, 3, 4, 9, 30, tzinfo=UTC))
    assert store.add(with_entries(STORM, SUMMARY, TRAINS, moved)).changed == ("0900-bridge",)
    assert len(store.revisions("0900-bridge")) == 1
    (chunk, _) = store.chunks(store.select(spans={"storm.txt": (None, time_key(moved.published))}))
    assert chunk.context == "Hallam bridge shut | Ann Hill | 09:30 GMT, 4 March 2031"


def test_two_pages_may_share_an_entry_id_and_then_the_page_must_be_named(store):
    store.add(STORM)
    other = replace(SUMMARY, page_id="other.txt", body="Another page.")
    store.add(Reading(Page("other.txt"), (other,)))
    assert store.entry("summary", "other.txt") == other
    with pytest.raises(StoreError, match="several pages"):
        store.entry("summary")
    with pytest.raises(StoreError, match="no entry 'nothing'"):
        store.entry("nothing")


def test_another_source_of_the_same_name_does_not_push_out_a_page(store):
    store.add(STORM)
    elsewhere = replace(PAGE, source="/home/storm.txt")
    stranger = replace(SUMMARY, id="stranger")
    with pytest.raises(StoreError, match=r"'storm\.txt' was added from /tmp/storm\.txt.*another name"):
        store.add(Reading(elsewhere, (stranger,)))
    assert len(store.entries()) == 3
    assert store.add(Reading(elsewhere, (SUMMARY, stranger))).added == ("stranger",)
    assert store.add(Reading(elsewhere, (stranger,))).withdrawn == ("summary",)


def test_a_removed_page_takes_its_entries_with_it(store):
    store.add(STORM)
    store.add(page_of("other.txt", ["The harbour is open."]))
    store.remove_page("storm.txt")
    assert [p.id for p in store.pages()] == ["other.txt"]
    assert [e.id for e in store.entries()] == ["other.txt-0"]
    assert found(store, "Hallam bridge storm trains") == set()
    with pytest.raises(StoreError, match="storm.txt"):
        store.remove_page("storm.txt")


def test_selection_by_time_takes_both_ends_and_leaves_untimed_entries_out(store):
    store.add(STORM)
    store.add(page_of("other.txt", ["The harbour is open."], first_hour=23))
    nine, eleven = time_key(BRIDGE.published), time_key(TRAINS.published)

    def ids(**filters):
        keys = store.select(**filters)
        assert keys.dtype == np.int64
        assert list(keys) == sorted(keys)
        return {c.entry_id for c in store.chunks(keys)}

    everything = {"summary", "1100-trains", "0900-bridge", "other.txt-0"}
    assert ids() == everything
    assert ids(pages=["storm.txt"]) == everything - {"other.txt-0"}
    assert ids(pages=[]) == ids(pages=["unknown"]) == set()
    assert ids(timed_only=True) == everything - {"summary"}
    assert ids(spans={"storm.txt": (None, nine)}) == {"0900-bridge", "other.txt-0"}
    assert ids(spans={"storm.txt": (None, nine - 1)}) == {"other.txt-0"}
    assert ids(spans={"storm.txt": (nine, eleven)}) == {"0900-bridge", "1100-trains", "other.txt-0"}
    assert ids(spans={"storm.txt": (nine + 1, None)}) == {"1100-trains", "other.txt-0"}
    assert ids(pages=["storm.txt"], spans={"storm.txt": (eleven, None)}) == {"1100-trains"}
    assert ids(spans={"unknown": (0, 0)}) == everything


def test_a_selection_follows_what_is_added_later(store):
    store.add(STORM)
    assert len(store.select()) == 4
    store.add(page_of("other.txt", ["The harbour is open."]))
    assert len(store.select()) == 5


def test_lexical_search_stems_folds_accents_and_weighs_titles_more(store):
    store.add(
        page_of(
            "p",
            ["Injuries were reported.", "The café closed.", "The flood came.", "Nothing new."],
        )
    )
    assert found(store, "Who was injured? injury") == {"p-0"}
    assert found(store, "cafe") == {"p-1"}
    titled = replace(page_of("q", ["Nothing."]).entries[0], title="The flood")
    store.add(Reading(Page("q"), (titled,)))
    (best, high), (second, low) = store.lexical(lexical_query("flood"), 5)
    assert [c.entry_id for c in store.chunks([best, second])] == ["q-0", "p-2"]
    assert high > low > 0


def test_lexical_search_looks_only_at_what_is_allowed(store):
    store.add(page_of("p", [f"The river rose to {i} metres." for i in range(12)]))
    assert len(store.lexical(lexical_query("river"), 5)) == 5
    keys = store.select(spans={"p": (None, time_key(datetime(2031, 3, 4, 10, tzinfo=UTC)))})
    hits = store.lexical(lexical_query("river"), 5, keys)
    assert {key for key, _ in hits} == set(keys.tolist())
    assert store.lexical(lexical_query("river"), 5, np.empty(0, np.int64)) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "?!", '"', 'a" OR "b', "NEAR(a b)", "title:x AND NOT *", "<script>alert(1)</script>",
        "_ __", "what is the", "x" * 10_000, "word " * 2_000, "3.5 per cent, 2,000", "橋は どこ", "a\x00b",
        "\ud800", "' OR 1=1; DROP TABLE chunks; --", "^caret + plus - minus {braces}", "👍🏽 emoji",
    ],
)  # fmt: skip
def test_no_question_text_is_a_syntax_error(store, text):
    store.add(STORM)
    assert isinstance(store.lexical(lexical_query(text), 5), list)


def test_lexical_query_quotes_words_drops_common_ones_and_keeps_numbers_whole():
    assert lexical_query("How many people were hurt at 3.5?") == '"many" OR "people" OR "hurt" OR "3.5"'
    assert lexical_query("who was that") == '"who" OR "was" OR "that"'
    assert lexical_query("Storm storm STORM") == '"storm"'


def test_vectors_come_in_the_order_asked(store, tiny_encoder):
    store.add(STORM)
    keys, rows = store.vectors()
    assert rows.shape == (4, 64)
    again, some = store.vectors(keys[::-1][:2])
    assert list(again) == list(keys[::-1][:2])
    assert np.array_equal(some, rows[::-1][:2])
    expected = tiny_encoder.encode([store.chunks([keys[0]])[0].text_for_search])[0]
    assert np.allclose(rows[0], expected)


def test_an_empty_store_answers_every_call(store):
    assert store.pages() == store.entries() == []
    assert store.vectors()[0].size == store.select().size == 0
    assert store.lexical(lexical_query("storm"), 5) == []
    assert store.chunks([1]) == []
    assert (store.counter, store.dim, store.encoder_name) == (0, None, None)
    assert store.stats().newest == {}


def test_statistics_count_what_is_there(store):
    store.add(STORM)
    store.add(Reading(Page("untimed"), (replace(SUMMARY, page_id="untimed", id="u"),)))
    store.withdraw("storm.txt", ["summary"])
    stats = store.stats()
    assert (stats.pages, stats.entries, stats.withdrawn, stats.revisions) == (2, 3, 1, 4)
    assert (stats.chunks, stats.encoder, stats.dim) == (4, "tiny", 64)
    assert stats.newest == {"storm.txt": TRAINS.published, "untimed": None}
    assert stats.bytes_on_disk > 10_000


def test_another_encoder_is_refused_with_both_names(store, tiny_encoder):
    store.add(STORM)

    class Other:
        name, dim, max_tokens = "other", 32, 256

    with pytest.raises(EncoderMismatchError, match=r"tiny \(64 dimensions\).*other \(32\).*new store"):
        Store.open(store.path, encoder=Other())
    Other.name, Other.dim = "tiny", 32
    with pytest.raises(EncoderMismatchError):
        Store.open(store.path, encoder=Other())
    with Store.open(store.path) as readable:
        assert len(readable.entries()) == 3


def test_an_encoder_loaded_late_is_checked_too(store, monkeypatch):
    store.add(STORM)

    class Other:
        name, dim, max_tokens = "other", 32, 256

    monkeypatch.setattr("index.store.load_encoder", Other)
    with Store.open(store.path) as second, pytest.raises(EncoderMismatchError):
        second.add(page_of("p", ["New."]))
    assert [p.id for p in store.pages()] == ["storm.txt"]


def test_entries_of_another_page_or_with_one_id_are_refused(store):
    with pytest.raises(StoreError, match="two entries 'summary'"):
        store.add(Reading(PAGE, (SUMMARY, SUMMARY)))
    with pytest.raises(StoreError, match="belongs to page 'storm.txt'"):
        store.add(Reading(Page("p"), (SUMMARY,)))
    assert store.pages() == []


def test_a_time_of_seeing_without_a_zone_is_refused(store):
    with pytest.raises(TimeError, match="no zone"):
        store.add(STORM, seen_at=datetime(2031, 3, 4, 8))


def test_the_time_of_capture_is_when_a_page_was_seen(store):
    store.add(Reading(replace(PAGE, captured=EVENING), (SUMMARY,)))
    assert store.revisions("summary")[0].seen_at == EVENING
    captured_again = replace(PAGE, captured=EVENING + timedelta(hours=1))
    before = store.counter
    store.add(Reading(captured_again, (SUMMARY,)))
    assert store.pages() == [captured_again]
    assert store.counter == before


def test_several_threads_add_and_search_at_once(store):
    failures = []

    def work(number):
        try:
            for step in range(5):
                store.add(page_of(f"page-{number}", [f"Flood report {i}." for i in range(step + 1)]))
                assert found(store, "flood", pages=[f"page-{number}"])
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.entries()) == 30
    assert len(store.select()) == 30
