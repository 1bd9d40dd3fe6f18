"""The vector index: right neighbours, follows the store, and is made again whenever its file cannot serve."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace

import numpy as np
import pytest
from storm import STORM, SUMMARY, TRAINS, page_of, with_entries

from index.store import VECTOR_FILE, Store
from index.vectors import VectorIndex


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as opened:
        yield opened


@pytest.fixture
def filled(store):
    store.add(page_of("p", [f"Report on subject{i} with word{i % 7}." for i in range(60)], first_hour=0))
    return store


@pytest.fixture(autouse=True)
def info_logs(caplog):
    caplog.set_level(logging.INFO, logger="index")


def by_hand(store, vector, allowed=None):
    """All keys by cosine, best first, worked out without FAISS."""
    keys, rows = store.vectors()
    kept = np.ones(len(keys), bool) if allowed is None else np.isin(keys, allowed)
    scores = rows[kept] @ vector
    order = np.lexsort((keys[kept], -scores))
    return keys[kept][order], scores[order]


def query(store, text="subject3 word3"):
    return store.encoder.encode([text])[0]


def assert_right(store, index, top_k=10, allowed=None):
    vector = query(store)
    keys, scores = index.search(vector, top_k, allowed)
    _, expected = by_hand(store, vector, allowed)
    assert keys.dtype == np.int64
    assert scores.dtype == np.float32
    assert np.allclose(scores, expected[:top_k], atol=1e-5)
    own = dict(zip(*store.vectors(), strict=True))
    assert np.allclose([own[key] @ vector for key in keys.tolist()], scores, atol=1e-5)
    assert len(set(keys.tolist())) == len(keys)


def made_anew(caplog):
    count = sum("anew" in record.message for record in caplog.records)
    caplog.clear()
    return count


def test_neighbours_are_the_ones_worked_out_by_hand(filled):
    index = VectorIndex.open(filled)
    assert len(index) == 60
    assert_right(filled, index)
    keys, scores = index.search(query(filled, filled.chunks([4])[0].text_for_search), 1)
    assert (list(keys), round(float(scores[0]), 5)) == ([4], 1.0)


@pytest.mark.parametrize("hnsw_from", [1, 50, 100_000])
def test_only_allowed_keys_come_back_by_every_way_of_searching(filled, hnsw_from):
    index = VectorIndex.open(filled, hnsw_from=hnsw_from)
    assert_right(filled, index, allowed=np.arange(10, 31))
    assert_right(filled, index, allowed=np.array([5]))
    assert_right(filled, index, top_k=100)
    keys, _ = index.search(query(filled), 10, np.array([3, 3, 999, 7]))
    assert sorted(keys) == [3, 7]
    for nothing in (np.empty(0, np.int64), np.array([999])):
        assert [len(part) for part in index.search(query(filled), 10, nothing)] == [0, 0]


def test_equal_scores_come_in_order_of_key(store):
    store.add(page_of("p", ["Same words."] * 1))
    store.add(page_of("q", ["Same words."] * 1))
    store.add(page_of("r", ["Same words."] * 1))
    keys, scores = VectorIndex.open(store).search(query(store), 3)
    assert list(keys) == [1, 2, 3]
    assert len(set(scores.tolist())) == 1


def test_an_empty_store_has_no_neighbours_until_something_is_added(store):
    index = VectorIndex.open(store)
    assert [len(part) for part in index.search(query(store), 5)] == [0, 0]
    store.add(STORM)
    assert len(index.search(query(store), 5)[0]) == 4


def test_what_is_added_edited_and_withdrawn_is_seen_at_the_next_search(filled, caplog):
    index = VectorIndex.open(filled)
    caplog.clear()
    filled.add(STORM)
    assert_right(filled, index, top_k=100)
    filled.add(with_entries(STORM, SUMMARY, replace(TRAINS, body="Trains run again.")))
    assert_right(filled, index, top_k=100)
    filled.remove_page("storm.txt")
    assert_right(filled, index, top_k=100)
    assert len(index) == 60
    assert made_anew(caplog) == 0


def test_hnsw_serves_large_stores_and_never_returns_what_is_gone(filled, caplog):
    index = VectorIndex.open(filled, hnsw_from=50)
    assert_right(filled, index)
    assert_right(filled, index, allowed=np.arange(20, 41))
    filled.add(STORM)
    filled.withdraw("p", ["p-3", "p-10"])
    caplog.clear()
    assert_right(filled, index, top_k=64)
    assert made_anew(caplog) == 0
    reopened = VectorIndex.open(filled, hnsw_from=50)
    assert made_anew(caplog) == 0
    assert_right(filled, reopened, top_k=64)
    filled.withdraw("p", [f"p-{i}" for i in range(20, 33)])  # too many dead rows: worth making anew
    assert_right(filled, reopened, top_k=64)
    assert made_anew(caplog) == 1


def test_the_index_changes_kind_as_the_store_grows(filled, caplog):
    index = VectorIndex.open(filled, hnsw_from=62)
    caplog.clear()
    filled.add(STORM)
    assert_right(filled, index)
    assert made_anew(caplog) == 1


def test_the_file_is_used_again_and_brought_up_to_date(filled, caplog):
    VectorIndex.open(filled)
    assert made_anew(caplog) == 1
    filled.add(STORM)
    index = VectorIndex.open(filled)
    assert_right(filled, index, top_k=100)
    assert made_anew(caplog) == 0


def delete(path):
    path.unlink()


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-100])


def change_one_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def fill_with_garbage(path):
    path.write_bytes(b"not an index at all" * 100)


def spoil_header(path):
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"rows"', b'"rowz"', 1))


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [delete, cut_short, change_one_byte, fill_with_garbage, spoil_header, empty])
def test_a_lost_or_damaged_file_is_made_again(filled, damage, caplog):
    VectorIndex.open(filled)
    damage(filled.path / VECTOR_FILE)
    caplog.clear()
    assert_right(filled, VectorIndex.open(filled))
    assert made_anew(caplog) == 1
    assert_right(filled, VectorIndex.open(filled))
    assert made_anew(caplog) == 0


def test_a_file_from_another_store_is_not_believed(filled, tmp_path, tiny_encoder, caplog):
    with Store.open(tmp_path / "other", encoder=tiny_encoder) as other:
        other.add(page_of("p", [f"Quite another matter {i}." for i in range(60)], first_hour=0))
        VectorIndex.open(other)
        shutil.copy(other.path / VECTOR_FILE, filled.path / VECTOR_FILE)
    caplog.clear()
    assert_right(filled, VectorIndex.open(filled))
    assert made_anew(caplog) == 1


def test_a_store_put_back_from_a_copy_does_not_believe_the_newer_file(filled, tmp_path, tiny_encoder, caplog):
    filled.close()
    copy = tmp_path / "copy"
    shutil.copytree(filled.path, copy)
    with Store.open(filled.path, encoder=tiny_encoder) as lost:
        lost.add(page_of("q", ["Words that were lost."] * 3))
        VectorIndex.open(lost)
    shutil.copy(lost.path / VECTOR_FILE, copy / VECTOR_FILE)
    with Store.open(copy, encoder=tiny_encoder) as store:
        # The same chunk keys and the same counter as in the file, but for other words.
        store.add(page_of("r", ["Words that came instead, and more."] * 3))
        caplog.clear()
        assert_right(store, VectorIndex.open(store), top_k=100)
        assert made_anew(caplog) == 1


def test_a_folder_that_cannot_be_written_leaves_the_index_in_memory(filled, monkeypatch, caplog):
    def refuse(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.vector_file.tempfile.mkstemp", refuse)
    assert_right(filled, VectorIndex.open(filled))
    assert "kept in memory" in caplog.text
    assert not (filled.path / VECTOR_FILE).exists()


def test_a_write_that_fails_half_way_leaves_the_old_file(filled, monkeypatch):
    VectorIndex.open(filled)
    before = (filled.path / VECTOR_FILE).read_bytes()
    filled.add(page_of("q", ["More words."] * 30))

    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.vector_file.os.fsync", refuse)
    assert_right(filled, VectorIndex.open(filled), top_k=100)
    assert (filled.path / VECTOR_FILE).read_bytes() == before
    assert sorted(p.name for p in filled.path.iterdir() if p.name.startswith(".")) == []
