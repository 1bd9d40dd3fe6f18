"""Tokens counted without the model are exactly the model's tokens."""

from __future__ import annotations

import json
import random

import pytest

from index.errors import ModelError
from rag.writing.budget import encoding_of, token_counter
from rag.writing.weights import bundled_gguf, converted

WORDS = (
    "storm  the  Kramatorsk  don't  they're  I'LL  £1.5m  4,200  17:30  2026-11-12  3.14159  0x1F  Zürich  naïve  "
    "Škoda  Ελλάδα  Москва  東京都  العربية  हिन्दी  ไทย  🇺🇦  👩‍👩‍👧  1️⃣2️⃣  é  ½  ²  Ⅷ  ٣٤  ﬁ  … — “quoted” 'single'  "
    "def f(x):  return x**2  <|im_end|>  <div class='a'>  {\"k\": [1, 2]}  #tag  @user  https://a.b/c?d=1&e=2"
).split("  ")
GAPS = [" ", "  ", "   ", "\n", "\n\n", "\t", " \n ", "\r\n", "\u00a0", "", "  \t", "\u200b", "      "]


def varied_texts(n):
    draw = random.Random(20261122)
    texts = ["", " ", "\n", "    ", "1", " 1", "  12  ", "a\n\n 34", "'s", "x's 's", "9's"]
    while len(texts) < n:
        size = draw.randint(1, 24)
        text = "".join(draw.choice(WORDS) + draw.choice(GAPS) for _ in range(size))
        if len(texts) % 5 == 0:
            text = "".join(
                chr(draw.choice([draw.randint(32, 126), draw.randint(160, 0x2FFF), draw.randint(0x1F300, 0x1FAFF)]))
                for _ in range(size * 3)
            )
        texts.append(draw.choice(GAPS) + text)
    return texts


@pytest.mark.model
def test_a_thousand_varied_strings_have_the_models_own_tokens():
    from tokenizers import Tokenizer

    path = converted(bundled_gguf()) / "tokenizer.json"
    own = Tokenizer.from_file(str(path))
    own.encode_special_tokens = True  # text from outside never becomes a control token
    encoding, count = encoding_of(path), token_counter(path)
    texts = varied_texts(1000)
    assert len(set(texts)) > 980
    for text in texts:
        expected = own.encode(text, add_special_tokens=False).ids
        assert encoding.encode_ordinary(text) == expected, repr(text)
        assert count(text) == len(expected)


def tokenizer_file(folder, **changes):
    vocabulary = {"a": 0, "b": 1, "ab": 2, "Ġ": 3, **{chr(c): c for c in range(48, 58)}}
    described = {
        "model": {"type": "BPE", "vocab": vocabulary, "merges": [["a", "b"]]},
        "pre_tokenizer": {"type": "ByteLevel"},
        "normalizer": None,
        "added_tokens": [],
    }
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(described | changes), "utf-8")
    return path


def test_an_unknown_kind_of_tokenizer_is_refused(tmp_path):
    with pytest.raises(ModelError, match="Metaspace"):
        token_counter(tokenizer_file(tmp_path, pre_tokenizer={"type": "Metaspace"}))
    with pytest.raises(ModelError, match="byte-level"):
        token_counter(tokenizer_file(tmp_path, model={"type": "Unigram", "vocab": {}}))


def test_a_file_that_describes_no_tokenizer_is_named(tmp_path):
    (tmp_path / "tokenizer.json").write_text("[]")
    with pytest.raises(ModelError, match="tokenizer.json"):
        token_counter(tmp_path / "tokenizer.json")
    with pytest.raises(ModelError, match="missing.json"):
        token_counter(tmp_path / "missing.json")
