"""Exact token counts without the model: a tiktoken Encoding built from the model's own tokenizer file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tiktoken

from index.errors import ModelError

# GPT-2's pattern, and the same where every digit stands alone and takes no space with it (SmolLM2).
_WORDS = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_DIGITS_APART = r"\p{N}|'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?[^\s\p{L}\p{N}]+|\s+(?![^\s\p{N}])|\s+"


def token_counter(tokenizer_json: str | Path) -> Callable[[str], int]:
    """Function from text to its number of tokens, by the byte-level BPE that `tokenizer_json` describes.

    Special tokens inside the text count as ordinary text. Raises ModelError where the file is none of ours to
    read: not byte-level BPE, or split by a pattern unknown here.
    """
    encoding = encoding_of(tokenizer_json)
    return lambda text: len(encoding.encode_ordinary(text))


def encoding_of(tokenizer_json: str | Path) -> tiktoken.Encoding:
    """Encoding with the tokenizer's own ids. Raises ModelError as `token_counter` does."""
    path = Path(tokenizer_json)
    try:
        described: dict[str, Any] = json.loads(path.read_text("utf-8"))
        model, split = described["model"], described["pre_tokenizer"]
        vocabulary: dict[str, int] = model["vocab"]
        special = {added["content"]: int(added["id"]) for added in described["added_tokens"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is no tokenizer description ({error}); name the model's tokenizer.json") from error
    if model.get("type") != "BPE" or described.get("normalizer") is not None:
        raise ModelError(f"{path} is not a plain byte-level BPE; count with the model's own tokenizer instead")
    as_byte = {char: byte for byte, char in _byte_characters().items()}
    ranks = {
        bytes(as_byte[char] for char in piece): number
        for piece, number in vocabulary.items()
        if piece not in special and all(char in as_byte for char in piece)
    }
    return tiktoken.Encoding(
        name=path.parent.name, pat_str=_pattern(path, split), mergeable_ranks=ranks, special_tokens=special
    )


def _pattern(path: Path, split: dict[str, Any]) -> str:
    steps = split.get("pretokenizers", [split])
    kinds = [step["type"] for step in steps]
    if kinds == ["ByteLevel"]:
        return _WORDS
    if kinds == ["Digits", "ByteLevel"] and steps[0].get("individual_digits"):
        return _DIGITS_APART
    raise ModelError(f"{path} splits text by {kinds}, unknown here; count with the model's own tokenizer instead")


def _byte_characters() -> dict[int, str]:
    """GPT-2's printable stand-in for each byte, used by every byte-level BPE vocabulary."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + k) for k, byte in enumerate(others)}
