"""BM25 over the chunks a question may see: the others do not exist, for the scores either."""

import numpy as np
import pytest
from storm import page_of

from index.lexical import lexical_query
from index.store import Store

BODIES = [
    "The dam leaked at dawn and the dam keeper ran.",
    "The valley flooded before noon.",
    "Help came to the valley from the town of Norby after a long night of rain and wind.",
    "The dam burst. The dam is gone.",
]
LATER = ["The dam dam dam.", "A dam in the valley of the dam.", "Norby Norby Norby town.", "Rain."] * 5


def add(folder, encoder, *pages):
    store = Store.open(folder, encoder=encoder)
    for name, bodies in pages:
        store.add(page_of(name, bodies))
    return store


@pytest.mark.parametrize("words", ["dam", "valley dam", "Norby town rain", "flooded", "Report 3 dam", "llama", "the"])
def test_scores_are_those_of_a_store_of_the_allowed_chunks_alone(tmp_path, tiny_encoder, words):
    whole = add(tmp_path / "whole", tiny_encoder, ("early", BODIES), ("late", LATER))
    alone = add(tmp_path / "alone", tiny_encoder, ("early", BODIES))
    query = lexical_query(words)
    found = whole.lexical(query, 10, whole.select(["early"]))
    expected = alone.lexical(query, 10, alone.select())
    assert [key for key, _ in found] == [key for key, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])


def test_where_all_is_allowed_and_found_the_scores_are_those_of_the_index(tmp_path, tiny_encoder):
    store = add(
        tmp_path / "s", tiny_encoder, ("early", BODIES), ("other", ["Snow fell.", "Ice.", "Hail.", "Fog.", "Sleet."])
    )
    query = lexical_query("dam valley snow ice hail fog sleet")
    free = dict(store.lexical(query, 10))
    bounded = dict(store.lexical(query, 10, store.select()))
    assert bounded == pytest.approx(free)


def test_at_most_top_k_are_given_best_first(tmp_path, tiny_encoder):
    store = add(tmp_path / "s", tiny_encoder, ("early", BODIES), ("late", LATER))
    found = store.lexical(lexical_query("dam valley"), 3, store.select())
    assert len(found) == 3
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)


def test_a_large_index_is_read_in_full(tmp_path, tiny_encoder):
    store = add(tmp_path / "s", tiny_encoder, ("many", [f"Boat {i} sank off Norby." for i in range(1200)]))
    allowed = store.select()
    assert len(store.lexical(lexical_query("Norby"), 2000, allowed)) == 1200
    assert store.lexical(lexical_query("Boat 700"), 1, allowed[:600]) != []
    assert {k for k, _ in store.lexical(lexical_query("Norby"), 9, allowed[-5:])} == set(allowed[-5:].tolist())


def test_nothing_allowed_finds_nothing(tmp_path, tiny_encoder):
    store = add(tmp_path / "s", tiny_encoder, ("early", BODIES))
    assert store.lexical(lexical_query("dam"), 5, np.empty(0, dtype=np.int64)) == []
