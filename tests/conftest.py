"""Fixtures shared by all tests: where the real pages are, and tiny stand-ins for the models for unit tests."""

from __future__ import annotations

import hashlib
import json
import os
import re
import string
from pathlib import Path

import numpy as np
import pytest
from browsing import CHROMIUM, FLAGS, PATIENCE_MS

from index.sentences import sentence_spans
from rag.confidence import FEATURES, Calibration
from rag.reader import Found, Span
from rag.words import content_stems, has_number, stem, stems, wanted

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


class FakeReader:
    """Answers with the longest run of words that the question lacks; a question for a number gets the number.

    One span a sentence. Its margin is the count of content words shared with the question, less two.
    """

    name = "fake"

    def read(self, question, passages, *, top_k=8):
        return [self._read(question, passage.text, top_k) for passage in passages]

    def _read(self, question, text, top_k):
        asked = set(content_stems(question))
        spans = []
        for start, end in sentence_spans(text):
            run = self._run(question, asked, text[start:end])
            if run:
                margin = float(len(asked & stems(text[start:end])) - 2)
                spans.append(Span(start + run[0], start + run[1], margin))
        spans.sort(key=lambda s: (-s.margin, s.start))
        return Found(tuple(spans[:top_k]))

    def _run(self, question, asked, sentence):
        words = list(re.finditer(r"\w+", sentence))
        if wanted(question) == "number":
            found = [w for w in words if has_number(w.group())]
            return found[0].span() if found else None
        runs, run = [], []
        for word in [*words, None]:
            if word is not None and stem(word.group()) not in asked:
                run.append(word)
            elif run:
                runs.append((run[0].start(), run[-1].end()))
                run = []
        return max(runs, key=lambda r: r[1] - r[0], default=None)


class FakeGenerator:
    """Writes what `write(question, evidence, marked)` returns, word by word."""

    name = "fake generator"

    def __init__(self, write):
        self.write = write

    def phrase(self, question, evidence, marked, *, max_new_tokens=48):
        yield from re.findall(r"\S+\s*", self.write(question, evidence, marked))


def plain_calibration(threshold=0.5):
    """A decision by words alone: an entry that shares most of the question's words answers it."""
    held = {"margin": 2.0, "stem_coverage": 5.0, "sentence_coverage": 4.0, "type_fits": 1.0}
    return Calibration(tuple(held.get(name, 0.0) for name in FEATURES), -6.5, threshold)


LETTERS = string.ascii_lowercase + string.digits + ".,?|:'\""


@pytest.fixture(scope="session")
def letters_model(tmp_path_factory):
    """Folder of a two-layer model with random weights whose tokens are single letters."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    folder = tmp_path_factory.mktemp("letters")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{c}" for c in LETTERS)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    kind = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 256}
    (folder / "tokenizer_config.json").write_text(json.dumps(kind))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=256,
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder


@pytest.fixture
def tiny_encoder():
    return TinyEncoder()


@pytest.fixture
def fake_reader():
    return FakeReader()


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for the tests of a module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=PATIENCE_MS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Open the page at `site` in a browser profile of its own, its tour already seen unless asked for."""
    contexts, wrong = [], []

    def open_page(width=1280, height=800, address=site, tour=False, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE_MS)
        if not tour:
            context.add_init_script("localStorage.setItem('presstime-tour', 'seen')")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#first .welcome:visible, #thread .turn")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def shared():
    """Folder of the real pages and their labels; tests that need it skip where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the real pages are not beside this checkout (../shared/seeds)")
    return SHARED
