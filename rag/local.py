"""A causal language model on this machine, held to the words of its evidence while it writes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.errors import ModelError
from rag.decoding import Permitted, pick
from rag.prompting import INSTRUCTION, fit, prompt_text
from rag.weights import bundled_gguf, converted

log = logging.getLogger(__name__)


class LocalGenerator:
    """A causal language model run by transformers, held to the words of its evidence while it writes.

    Args: `model` is a hub name or a folder, None for the bundled SmolLM2-135M-Instruct; `cache` the folder its
    converted weights are kept in; `threads` the CPU threads, None for torch's own choice.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        cache: str | Path | None = None,
        threads: int | None = None,
        max_prompt_tokens: int = 512,
        constrained: bool = True,
    ) -> None:
        self.name = model or "SmolLM2-135M-Instruct"
        self.max_prompt_tokens = max_prompt_tokens
        self._source, self._cache, self._threads = model, cache, threads
        self._constrained = constrained
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._error: ModelError | None = None
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether the model is in memory, so that `phrase` starts at once."""
        return self._loaded is not None

    @property
    def error(self) -> ModelError | None:
        """Why loading in the background failed, or None."""
        return self._error

    def load(self) -> None:
        """Bring the model into memory, converting its weights on the very first run. Raises ModelError."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _Loaded.open(self._source, self._cache, self._threads)

    def load_in_background(self) -> None:
        """Start loading and return at once; `ready` or `error` tells how it went."""
        if self._thread is None and not self.ready:
            self._thread = threading.Thread(target=self._load_quietly, name="generator-load", daemon=True)
            self._thread.start()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for a load in the background; True where the model is ready."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self.ready

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` by the model's own tokenizer."""
        return self._model().count(text)

    def phrase(
        self, question: str, evidence: Sequence[str], marked: Sequence[str], *, max_new_tokens: int = 48
    ) -> Iterator[str]:
        """Text, piece by piece, of one sentence that answers from the evidence alone.

        Greedy, so the same question gets the same sentence. Raises ModelError where the model cannot be loaded.
        """
        loaded = self._model()
        kept = fit(question, evidence, marked, loaded.count, self.max_prompt_tokens)
        permitted = Permitted.of(question, kept) if self._constrained else None
        with self._lock:
            yield from loaded.write(prompt_text(question, kept, marked), permitted, max_new_tokens)

    def _model(self) -> _Loaded:
        if self._loaded is None:
            self.load()
        assert self._loaded is not None  # noqa: S101  load() either set it or raised
        return self._loaded

    def _load_quietly(self) -> None:
        try:
            self.load()
        except ModelError as error:
            self._error = error
            log.warning("answering by quotation only: %s", error)


class _Loaded:
    """Model and tokenizer in memory, with the instruction's keys and values worked out once."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self._model, self._tokenizer = model, tokenizer
        self._pieces = [tokenizer.decode([k]) for k in range(len(tokenizer))]
        self._cache: Any = None
        self._prefix: list[int] = []

    @classmethod
    def open(cls, source: str | None, cache: str | Path | None, threads: int | None) -> _Loaded:
        """Load `source`, or the bundled model where it is None."""
        import torch  # heavy: only those who generate pay for it
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        if threads is not None:
            torch.set_num_threads(threads)
        folder = str(converted(bundled_gguf(), cache)) if source is None else source
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder)
            model = AutoModelForCausalLM.from_pretrained(folder, dtype=_best_dtype()).eval()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"cannot load the model {folder!r} ({error}); name a folder or a hub model that transformers can "
                "read, or leave the generator out to use the bundled one"
            ) from error
        return cls(model, tokenizer)

    def count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def write(self, prompt: str, permitted: Permitted | None, max_new_tokens: int) -> Iterator[str]:
        import torch

        ids = self._ids(prompt)
        shared = self._recall(ids)
        text, fresh = "", ids[shared:]
        try:
            for _ in range(max_new_tokens):
                with torch.inference_mode():
                    out = self._model(
                        input_ids=torch.tensor([fresh]), past_key_values=self._cache, use_cache=True
                    )
                    ranked = torch.topk(out.logits[0, -1], 64).indices.tolist()
                token = pick(ranked, self._pieces, text, permitted, self._stops())
                if token is None:
                    break
                piece = self._pieces[token]
                text += piece
                fresh = [token]
                yield piece
        finally:  # also where the reader stops listening midway
            written = self._cache.get_seq_length() - len(self._prefix)
            if written:
                self._cache.crop(-written)

    def _stops(self) -> frozenset[int]:
        ends = self._model.generation_config.eos_token_id
        return frozenset([ends] if isinstance(ends, int) else ends or ())

    def _ids(self, prompt: str) -> list[int]:
        messages = [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": prompt}]
        if getattr(self._tokenizer, "chat_template", None) is None:
            plain: list[int] = self._tokenizer.encode(f"{INSTRUCTION}\n{prompt}\nAnswer:")
            return plain
        text = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return ids

    def _recall(self, ids: list[int]) -> int:
        """Tokens of `ids` whose keys and values are kept already: the instruction, the same for every question."""
        import torch
        from transformers import DynamicCache

        if not self._prefix:
            other = self._ids("\n")
            same = next((k for k, (a, b) in enumerate(zip(ids, other, strict=False)) if a != b), 0)
            self._prefix = ids[:same]
            self._cache = DynamicCache(config=self._model.config)
            if self._prefix:
                with torch.inference_mode():
                    self._model(
                        input_ids=torch.tensor([self._prefix]), past_key_values=self._cache, use_cache=True
                    )
        if ids[: len(self._prefix)] != self._prefix:
            self._cache, self._prefix = DynamicCache(config=self._model.config), []
        return len(self._prefix)


def _best_dtype() -> Any:
    """bfloat16 where the CPU multiplies it in hardware (2.7 times float32's rate on such CPUs), else float32."""
    import torch

    if torch.cuda.is_available():
        return torch.bfloat16
    capability = torch.cpu.get_capabilities()
    fast = capability.get("avx512_bf16") or capability.get("amx_bf16")
    return torch.bfloat16 if fast else torch.float32
