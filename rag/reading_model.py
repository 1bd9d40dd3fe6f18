"""The network of the reader and the judge: one encoder, a span head, and heads for relevance and verdict.

The span head is that of Devlin et al. 2019 (BERT, section 4.3), and its weights load by themselves as an extractive
question-answering model of transformers. The other heads read the first token, one linear layer each, and lie
beside it in `heads.safetensors`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from index.embedding import bf16_pays, no_loading_bar
from index.errors import ModelError
from rag.stepping_aside import step_aside

MAX_TOKENS = 224
STRIDE_TOKENS = 64
BATCH = 4  # of windows of similar length: 8 of mixed lengths spend a fifth of their time on padding
HEADS_FILE = "heads.safetensors"
VERDICTS = ("supported", "contradicted", "not_enough")


class Read(NamedTuple):
    """Logits of a batch: starts and ends (n, tokens), relevance (n), verdicts (n, 3) in the order of `VERDICTS`."""

    starts: torch.Tensor
    ends: torch.Tensor
    relevance: torch.Tensor
    verdicts: torch.Tensor


class ReadingModel(torch.nn.Module):
    """An encoder with heads. `judges` is whether the relevance and verdict heads have been learned."""

    def __init__(self, spans: Any, *, judges: bool) -> None:
        super().__init__()
        self.spans = spans
        self.judges = judges
        width = int(spans.config.hidden_size)
        self.relevance = torch.nn.Linear(width, 1)
        self.verdict = torch.nn.Linear(width, len(VERDICTS))

    @classmethod
    def load(cls, source: str | Path) -> ReadingModel:
        """Model in a folder, or an extractive model by hub name; heads that are not there start at random.

        Raises ModelError where it cannot be loaded.
        """
        try:
            with no_loading_bar():
                spans: Any = AutoModelForQuestionAnswering.from_pretrained(str(source), dtype=torch.float32)
            held = Path(source) / HEADS_FILE
            model = cls(spans, judges=held.exists())
            if model.judges:
                heads = {name: value.float() for name, value in load_file(held).items()}
                model.load_state_dict(heads, strict=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(f"cannot load the reader {str(source)!r}: {error}") from error
        return model

    def save(self, folder: Path) -> None:
        """Write both weight files into a folder."""
        self.spans.save_pretrained(folder)
        save_file(self.heads(), folder / HEADS_FILE)

    def heads(self) -> dict[str, torch.Tensor]:
        """Weights of the relevance and verdict heads by name."""
        kept = self.state_dict()
        return {name: kept[name].contiguous() for name in kept if not name.startswith("spans.")}

    def read(self, ids: torch.Tensor, segments: torch.Tensor | None, mask: torch.Tensor) -> Read:
        """Logits of a padded batch, ids, segment ids and attention mask (n, tokens) each."""
        kinds = {} if segments is None else {"token_type_ids": segments}
        hidden = self.spans.base_model(input_ids=ids, attention_mask=mask, **kinds)[0]
        logits = self.spans.qa_outputs(hidden)
        first = hidden[:, 0]
        return Read(logits[..., 0], logits[..., 1], self.relevance(first).squeeze(-1), self.verdict(first))


class Outputs(NamedTuple):
    """Logits as float32 arrays: starts and ends (windows, tokens), relevance (windows), verdicts (windows, 3)."""

    starts: np.ndarray
    ends: np.ndarray
    relevance: np.ndarray
    verdicts: np.ndarray


class Network:
    """A reading model with its tokenizer, ready to run on this machine's CPU."""

    def __init__(self, source: str | Path) -> None:
        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(str(source))
        except (OSError, ValueError) as error:
            raise ModelError(f"cannot load the reader {str(source)!r}: {error}") from error
        model = ReadingModel.load(source)
        self.judges = model.judges
        self.name = Path(source).name if Path(source).exists() else str(source)
        self._model = model.eval()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Tokens that begin a word, without the marks that some tokenizers put before one."""
        return frozenset(t.lstrip("Ġ▁") for t in self.tokenizer.get_vocab() if not t.startswith("##"))

    def windows(self, firsts: Sequence[str], seconds: Sequence[str]) -> Any:
        """Pairs of texts in overlapping windows of 224 tokens, as the tokenizer encodes them, padded."""
        return self.tokenizer(
            list(firsts), list(seconds), truncation="only_second", max_length=MAX_TOKENS, stride=STRIDE_TOKENS,
            padding=True, return_overflowing_tokens=True, return_offsets_mapping=True, return_tensors="pt",
        )  # fmt: skip

    def run(self, encoded: Any) -> Outputs:
        """Logits of encoded windows, computed in batches of similar length; -1e4 stands where there is padding."""
        ids, mask, kinds = encoded["input_ids"], encoded["attention_mask"], encoded.get("token_type_ids")
        lengths = mask.sum(1)
        starts = np.full(tuple(ids.shape), -1e4, dtype=np.float32)
        ends, relevance = starts.copy(), np.zeros(len(ids), dtype=np.float32)
        verdicts = np.zeros((len(ids), len(VERDICTS)), dtype=np.float32)
        with torch.inference_mode(), half_precision(torch.device("cpu")):
            for batch in torch.split(torch.argsort(lengths), BATCH):
                step_aside()
                width, rows = int(lengths[batch].max()), batch.numpy()
                segments = None if kinds is None else kinds[batch, :width]
                out = self._model.read(ids[batch, :width], segments, mask[batch, :width])
                starts[rows, :width] = out.starts.float().numpy()
                ends[rows, :width] = out.ends.float().numpy()
                relevance[rows] = out.relevance.float().numpy()
                verdicts[rows] = out.verdicts.float().numpy()
        return Outputs(starts, ends, relevance, verdicts)


def half_precision(device: torch.device) -> torch.autocast:
    """bfloat16 where the device multiplies it; a processor without the instructions would emulate it, slowly."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type != "cpu" or bf16_pays())


def bundled_network(folder: Path) -> Network:
    """The network that ships with Presstime, checksums verified.

    Raises ModelError where the weights are missing or do not match their checksums.
    """
    try:
        expected = json.loads((folder / "checksums.json").read_text())
        for file, digest in expected.items():
            if hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest:
                raise ModelError(f"{folder / file} does not match its checksum; reinstall presstime")
    except OSError as error:
        raise ModelError(f"the bundled reader is missing ({error}); reinstall presstime") from error
    return Network(folder)
