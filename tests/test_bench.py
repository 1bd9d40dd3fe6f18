"""The measurements run, and state what they compare."""

from __future__ import annotations

import numpy as np
import pytest

from eval.bench.reading import HOSTILE, live_html, live_text, measure_html, measure_text
from eval.bench.search import RandomEncoder, measure_search
from eval.bench.timing import compare


def test_a_ratio_says_how_much_faster_the_first_is():
    ratio = compare("little", "much", lambda: sum(range(10)), lambda: sum(range(300_000)), n=1, rounds=3)
    assert ratio.lowest <= ratio.ratio <= ratio.highest
    assert ratio.rounds == 3


def test_every_way_of_searching_is_measured_on_a_small_store(tmp_path):
    ratios = list(measure_search(1_500, tmp_path, rounds=1, hnsw=True))
    assert [r.n for r in ratios] == [1_500] * 7
    assert [r.note.split()[0] for r in ratios[:3]] == ["750", "150", "15"]
    graphs = [r for r in ratios if r.name.startswith("HNSW")]
    assert all("recall@10" in r.note for r in graphs)


def test_random_vectors_are_unit_rows_in_clusters():
    rows = RandomEncoder(clusters=2).encode(["text"] * 50)
    assert (rows.shape, rows.dtype) == ((50, 384), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    near = rows @ rows[0] > 0.25
    assert 1 < near.sum() < 50


def test_a_live_page_is_read_whole_beside_trafilatura():
    pytest.importorskip("trafilatura")
    ratio = measure_html(rounds=1, entries=12)
    assert (ratio.n, ratio.baseline) == (12, "trafilatura")
    assert "MB/s" in ratio.note
    assert live_html(3).count(b"<article") == 3


def test_text_of_each_size_is_timed_ordinary_and_hostile():
    rows = list(measure_text([0.02]))
    assert [row["text"] for row in rows] == ["live page", *HOSTILE]
    assert rows[0]["entries"] == sum(line[2:3] == ":" for line in live_text(20_000).splitlines())
