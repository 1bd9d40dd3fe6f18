"""Fixtures shared by all tests: where the real pages are, and a tiny encoder for unit tests."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


class TinyEncoder:
    """Hashes words into 64 dimensions: enough for order, fast enough for unit tests."""

    name = "tiny"
    dim = 64
    max_tokens = 256

    def count_tokens(self, texts):
        return [len(text.split()) + 2 for text in texts]

    def encode(self, texts, *, progress=False):
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dim] += 1.0
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(norms == 0, 1, norms)


@pytest.fixture
def tiny_encoder():
    return TinyEncoder()


@pytest.fixture(scope="session")
def shared():
    """Folder of the real pages and their labels; tests that need it skip where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the real pages are not beside this checkout (../shared/seeds)")
    return SHARED
