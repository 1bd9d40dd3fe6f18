"""The encoder that remembers: the same vectors in the order asked for, each text encoded once while it is held."""

from __future__ import annotations

import numpy as np

from rag.remembering import Remembering


class Counted:
    """An encoder that keeps what it was asked to encode."""

    name, dim, max_tokens = "counted", 4, 256

    def __init__(self):
        self.asked = []

    def count_tokens(self, texts):
        return [len(t) for t in texts]

    def encode(self, texts, *, progress=False):
        self.asked += texts
        rows = np.array([[len(t), t.count("a"), t.count("b"), 1] for t in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_vectors_come_in_the_order_asked_for_and_are_made_once():
    plain = Counted()
    held = Remembering(plain)
    texts = ["abba", "b", "aaa", "b"]
    assert np.array_equal(held.encode(texts), Counted().encode(texts))
    assert plain.asked == ["abba", "b", "aaa"]
    assert np.array_equal(held.encode(["aaa", "new"]), Counted().encode(["aaa", "new"]))
    assert plain.asked == ["abba", "b", "aaa", "new"]
    assert held.encode([]).shape == (0, 4)
    assert held.count_tokens(["abba"]) == [4]


def test_what_was_not_asked_for_longest_is_forgotten_first():
    plain = Counted()
    held = Remembering(plain, most=2)
    held.encode(["a", "b"])
    held.encode(["a"])
    held.encode(["c"])
    plain.asked.clear()
    held.encode(["a", "c"])
    assert plain.asked == []
    held.encode(["b"])
    assert plain.asked == ["b"]


def test_more_texts_than_are_held_are_encoded_all_the_same():
    held = Remembering(Counted(), most=2)
    texts = ["a", "bb", "abc", "b"]
    assert np.array_equal(held.encode(texts), Counted().encode(texts))
