"""The cost of a time filter is measured over a store that is filled once."""

import json

from eval.bench import filtering
from eval.bench.filtering import SHARES, fill, measure, moment_of
from eval.bench.search import RandomEncoder
from index.store import Store


def test_costs_are_given_for_each_way_of_searching_and_share_of_the_time(tmp_path, capsys):
    options = ["--store", str(tmp_path / "store"), "--entries", "120", "--rounds", "1", "--json"]
    assert filtering.main(options) == 0
    environment, *costs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert "commit" in environment
    assert len(costs) == 4 * len(SHARES)
    assert [cost["share"] for cost in costs[::4]] == list(SHARES)
    whole, half = costs[0], costs[4]
    assert (whole["chunks"], whole["allowed"]) == (half["chunks"], whole["chunks"])
    assert abs(half["allowed"] - half["chunks"] / 2) <= 2
    assert all(cost["times"] > 0 and cost["ms"] > 0 for cost in costs)


def test_a_fill_that_was_cut_off_goes_on_where_it_stopped(tmp_path):
    with Store.open(tmp_path / "store", encoder=RandomEncoder()) as store:
        fill(store, 60)
        first = {page.id for page in store.pages()}
        fill(store, 60)
        assert store.stats().entries == 60
        assert {page.id for page in store.pages()} == first
        assert moment_of(store, 0.01) <= moment_of(store, 0.5) <= moment_of(store, 1.0)
        assert len(list(measure(store, 1, hnsw=False))) == 16
