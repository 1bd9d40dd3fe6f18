"""Pack a trained reader for shipping: `python -m training.export TRAINED_DIR` (fp16 safetensors, checksums)."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from transformers import AutoTokenizer

from rag.reader import BUNDLED
from rag.reading_model import HEADS_FILE, ReadingModel

FILES = ("config.json", "model.safetensors", HEADS_FILE, "tokenizer.json", "tokenizer_config.json")


def export(trained: Path, target: Path) -> int:
    """Write the weights as fp16 with tokenizer and checksums into `target`; returns the bytes written."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    ReadingModel.load(trained).half().save(target)
    AutoTokenizer.from_pretrained(trained).save_pretrained(target)
    for file in target.iterdir():
        if file.name not in FILES:
            file.unlink()
    sums = {name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in FILES}
    (target / "checksums.json").write_text(json.dumps(sums, indent=1) + "\n")
    return sum(file.stat().st_size for file in target.iterdir())


def main(argv: Sequence[str] | None = None) -> None:
    """Pack and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--out", type=Path, default=BUNDLED)
    args = parser.parse_args(argv)
    sys.stdout.write(f"{export(args.trained, args.out) / 1e6:.1f} MB in {args.out}\n")


if __name__ == "__main__":
    main()
