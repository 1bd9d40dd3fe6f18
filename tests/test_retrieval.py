"""Dense and lexical search fused, filtered by time and page."""

import numpy as np
import pytest
from newsroom import CRASH, CRASH_ENTRIES, READINGS, entry, on_the_day

from index.records import Chunk, Hit, Page, Reading
from index.store import Store
from index.vectors import VectorIndex
from rag.retrieval import LEXICAL_WEIGHT, Retriever, by_entry, fold, signature


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "s", encoder=tiny_encoder) as store:
        for reading in READINGS:
            store.add(reading)
        yield store


@pytest.fixture
def retriever(store, tiny_encoder):
    return Retriever(store, VectorIndex.open(store), tiny_encoder)


def hit(key, text, score, *, page="p", name=None):
    named = entry(name or f"e{key}", 0, on_the_day(9), None, text, page_id=page)
    return Hit(Chunk(key, named.id, page, "body", text, 0, len(text)), named, score)


def test_the_entry_that_says_it_comes_first(retriever):
    hits = retriever.search("Ann Hill leads the town council")
    assert hits[0].entry.id == "1030"
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_the_score_is_cosine_plus_weighted_scaled_bm25(retriever):
    hits = retriever.search("crash on Hallam bridge")
    assert max(h.lexical for h in hits) == 1.0
    for found in hits:
        assert found.score == pytest.approx(found.dense + LEXICAL_WEIGHT * found.lexical)
        assert 0.0 <= found.lexical <= 1.0


def test_the_cosine_is_that_of_question_and_passage(retriever, tiny_encoder):
    question = "trains to Norby"
    for found in retriever.search(question):
        rows = tiny_encoder.encode([question, found.chunk.text_for_search])
        assert found.dense == pytest.approx(float(rows[0] @ rows[1]), abs=1e-5)


def test_a_chunk_is_exactly_the_words_of_its_entry(retriever):
    for found in retriever.search("Hallam bridge crash council trains goal"):
        chunk = found.chunk
        assert chunk.text == found.entry.text(chunk.part)[chunk.start : chunk.end]
        assert (chunk.entry_id, chunk.page_id) == (found.entry.id, found.entry.page_id)


def test_only_allowed_chunks_are_found(retriever, store):
    allowed = store.select(["match"], None)
    hits = retriever.search("crash on Hallam bridge", allowed=allowed)
    assert {h.entry.page_id for h in hits} == {"match"}
    assert {h.chunk.key for h in hits} <= set(allowed.tolist())


def test_where_nothing_is_allowed_nothing_is_found(retriever):
    assert retriever.search("bridge", allowed=np.empty(0, dtype=np.int64)) == []


def test_at_most_top_k_hits_come_back(retriever):
    assert len(retriever.search("Hallam bridge", top_k=2)) == 2


@pytest.mark.parametrize("text", ["", "???", '" OR * NEAR(', "зима", "the of and", "\u0000"])
def test_text_without_words_to_search_by_is_no_trouble(retriever, text):
    assert all(np.isfinite(h.score) for h in retriever.search(text))


def test_an_empty_store_has_no_hits(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "empty", encoder=tiny_encoder) as store:
        assert Retriever(store, VectorIndex.open(store), tiny_encoder).search("bridge") == []


def test_an_entry_off_its_page_is_not_found(retriever, store):
    store.add(Reading(CRASH, tuple(e for e in CRASH_ENTRIES if e.id != "1030")))
    assert "1030" not in {h.entry.id for h in retriever.search("Ann Hill leads the town council")}


def test_an_entry_added_later_is_found_without_opening_again(retriever, store):
    retriever.search("crane")
    new = entry("crane", 0, on_the_day(17), "Crane", "Cal Moss cleared the fallen crane.", page_id="yard")
    store.add(Reading(Page("yard"), (new,)))
    assert retriever.search("fallen crane")[0].entry.id == "crane"


def test_a_repeated_report_is_folded_into_the_better_hit():
    best = hit(1, "The Hallam bridge has been shut by police.", 0.9)
    again = hit(2, "The Hallam Bridge has been shut, by police", 0.8)
    other = hit(3, "The Hallam bridge has been opened by police.", 0.7)
    assert fold([best, again, other]) == [best, other]


def test_the_same_words_on_another_page_are_kept():
    here = hit(1, "The Hallam bridge has been shut by police.", 0.9)
    there = hit(2, "The Hallam bridge has been shut by police.", 0.8, page="q")
    assert fold([here, there]) == [here, there]


def test_very_short_entries_are_not_taken_for_repeats():
    goals = [hit(1, "Goal!", 0.9), hit(2, "Goal!", 0.8)]
    assert fold(goals) == goals


def test_the_signature_leaves_case_and_punctuation_out():
    assert signature(hit(1, "Ten, hurt — IN crash!", 1.0).chunk) == "ten hurt in crash"


def test_the_best_hit_of_each_entry_best_first():
    low, high, other = hit(1, "a", 0.2, name="x"), hit(2, "b", 0.6, name="x"), hit(3, "c", 0.4, name="y")
    assert by_entry([low, other, high]) == [high, other]
    assert by_entry([]) == []


def test_two_pages_may_use_the_same_entry_ids(tmp_path, tiny_encoder):
    north = entry("1", 0, on_the_day(9), None, "The ferry to Marl is late.", page_id="north")
    south = entry("1", 0, on_the_day(9), None, "The mayor opens a library.", page_id="south")
    with Store.open(tmp_path / "s", encoder=tiny_encoder) as store:
        for one in (north, south):
            store.add(Reading(Page(one.page_id), (one,)))
        hits = Retriever(store, VectorIndex.open(store), tiny_encoder).search("The ferry to Marl is late.")
    assert [h.entry for h in hits] == [north, south]
    assert [h.entry for h in by_entry(hits)] == [north, south]
