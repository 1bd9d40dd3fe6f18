"""Which articles of the public sets are held out: training never learns from them, and benchmarks report on them."""

from __future__ import annotations

import hashlib
from typing import Literal

TEST_ARTICLES = frozenset({"Huguenot", "Force"})  # of SQuAD's ten


def split_of(key: str, test_share: float = 0.1) -> Literal["train", "test"]:
    """Split of a whole group (an article, a page, a sentence's article), the same on every machine."""
    share = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return "test" if share < test_share else "train"
