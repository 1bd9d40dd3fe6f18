"""A causal language model on this machine that puts an answer into a sentence."""

from __future__ import annotations

import inspect
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.embedding import bf16_pays
from index.errors import ModelError
from rag.writing.budget import token_counter
from rag.writing.decoding import freely
from rag.writing.prompting import INSTRUCTION, fit, prompt_text, within_budget
from rag.writing.shortening import shortened
from rag.writing.weights import bundled_gguf, converted

log = logging.getLogger(__name__)

WORD_COST = 0.3  # what a word more must add to the question's log-likelihood; chosen on the sample coverage


class LocalGenerator:
    """A causal language model run by transformers.

    The bundled model is too small to write by itself: it chooses among the true shorter forms of the evidence
    (rag.writing.shortening) the one that the question fits best, p(question | sentence), less a cost for each word.
    This is the query-likelihood ranking of Ponte and Croft 1998 (https://doi.org/10.1145/290941.291008). A model that
    the user names writes `free`ly, and what it writes is checked.

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
        free: bool | None = None,
    ) -> None:
        self.name = model or "SmolLM2-135M-Instruct"
        self.max_prompt_tokens = max_prompt_tokens
        self._source, self._cache, self._threads = model, cache, threads
        self._free = model is not None if free is None else free
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
        self._model()

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
        """Tokens of `text` by the model's own vocabulary."""
        return self._model().count(text)

    def phrase(
        self, question: str, evidence: Sequence[str], marked: Sequence[str], *, max_new_tokens: int = 48
    ) -> Iterator[str]:
        """Text, piece by piece, of one sentence that answers from the evidence alone; nothing where none can be made.

        Always the same for the same question and evidence. Raises ModelError where the model cannot be loaded.
        """
        loaded = self._model()
        if self._free:
            kept = fit(question, evidence, marked, loaded.count, self.max_prompt_tokens)
            with self._lock:
                yield from loaded.write(prompt_text(question, kept, marked), max_new_tokens)
            return
        sentences = [s for text in evidence for s in shortened(text, marked) if loaded.count(s) <= max_new_tokens]
        sentences = within_budget(question, sentences, loaded.count, self.max_prompt_tokens)
        if not sentences:
            return
        with self._lock:
            best = sentences[0] if len(sentences) == 1 else loaded.fitting(question, sentences)
        first, *others = best.split(" ")
        yield first
        yield from (f" {word}" for word in others)

    def _model(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Loaded(self._source, self._cache, self._threads)
            return self._loaded

    def _load_quietly(self) -> None:
        try:
            self.load()
        except ModelError as error:
            self._error = error
            log.warning("answering by quotation only: %s", error)


class _Loaded:
    """Model and tokenizer in memory."""

    def __init__(self, source: str | None, cache: str | Path | None, threads: int | None) -> None:
        import torch  # heavy: only those who generate pay for it
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        if threads is not None:
            torch.set_num_threads(threads)
        folder = str(converted(bundled_gguf(), cache)) if source is None else source
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
            self._model: Any = AutoModelForCausalLM.from_pretrained(
                folder, dtype=torch.bfloat16 if bf16_pays() else torch.float32
            ).eval()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"cannot load the model {folder!r} ({error}); name a folder or a hub model that transformers "
                "can read, or leave the generator out to use the bundled one"
            ) from error
        described = Path(folder) / "tokenizer.json"
        self.count = token_counter(described) if source is None else self._own_count

    def fitting(self, question: str, sentences: Sequence[str]) -> str:
        """Sentence after which the question is likeliest, each word of the sentence costing `WORD_COST`."""
        import torch

        asked = self._ids(" " + " ".join(question.split()))
        heads = [self._ids(f"{sentence}\nQuestion:") for sentence in sentences]
        longest = max(len(head) for head in heads) + len(asked)
        # Filled up on the right, where a causal model's earlier positions cannot see.
        rows = torch.tensor([[*h, *asked, *[0] * (longest - len(h) - len(asked))] for h in heads])
        with torch.inference_mode():
            states = self._model.base_model(input_ids=rows, use_cache=False).last_hidden_state
            picked = torch.stack([states[k, len(h) - 1 : len(h) - 1 + len(asked)] for k, h in enumerate(heads)])
            likelihood = self._model.get_output_embeddings()(picked).float().log_softmax(-1)
            chosen = torch.tensor(asked)[None, :, None].expand(len(heads), -1, 1)
            totals: list[float] = likelihood.gather(-1, chosen).sum((1, 2)).tolist()
        scores = [t - WORD_COST * len(s.split()) for t, s in zip(totals, sentences, strict=True)]
        return sentences[max(range(len(scores)), key=scores.__getitem__)]

    def write(self, prompt: str, max_new_tokens: int) -> Iterator[str]:
        """Text that the model writes of itself, greedily, up to the end of the first sentence."""
        import torch
        from transformers import DynamicCache

        unread = self._prompt_ids(prompt)
        # transformers 5.24 calls `cache` what was `past_key_values`.
        accepted = inspect.signature(self._model.forward).parameters
        held = {"cache" if "cache" in accepted else "past_key_values": DynamicCache()}

        def likeliest(written: Sequence[int]) -> int:
            nonlocal unread
            with torch.inference_mode():
                rows = torch.tensor([[*unread, *written]])
                out = self._model(input_ids=rows, use_cache=True, **held)
            unread = []
            return int(out.logits[0, -1].argmax())

        ends = self._model.generation_config.eos_token_id
        stops = frozenset([ends] if isinstance(ends, int) else ends or ())
        yield from freely(likeliest, stops, self._read, max_new_tokens)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return ids

    def _own_count(self, text: str) -> int:
        return len(self._ids(text))

    def _read(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def _prompt_ids(self, prompt: str) -> list[int]:
        if getattr(self._tokenizer, "chat_template", None) is None:
            return self._ids(f"{INSTRUCTION}\n{prompt}\nAnswer:")
        messages = [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": prompt}]
        text = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        return self._ids(text)
