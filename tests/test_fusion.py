"""Joining dense and lexical scores, worked out by hand."""

import pytest

from eval.fusion import convex, reciprocal_ranks

DENSE = {1: 0.9, 2: 0.5, 3: 0.1}
LEXICAL = {3: 8.0, 2: 4.0}


def test_convex_adds_the_weight_of_bm25_scaled_to_one():
    assert convex(0.3)(DENSE, LEXICAL) == pytest.approx({1: 0.9, 2: 0.5 + 0.3 * 0.5, 3: 0.1 + 0.3})


def test_convex_without_lexical_hits_is_the_cosine():
    assert convex(0.3)(DENSE, {}) == DENSE


def test_reciprocal_ranks_count_places_not_scores():
    assert reciprocal_ranks(DENSE, LEXICAL) == pytest.approx({1: 1 / 61, 2: 1 / 62 + 1 / 62, 3: 1 / 63 + 1 / 61})
