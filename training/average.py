"""The mean of two trained readers' weights: `python -m training.average FIRST SECOND --out FOLDER`.

Weights fine-tuned from the same start stay in one basin: their mean keeps most of what each learned and forgets less
than the second alone (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import load_file, save_file

WEIGHTS = ("model.safetensors", "heads.safetensors")


def average(first: Path, second: Path, out: Path, share: float = 0.5) -> None:
    """Write `share` of the second reader's weights and the rest of the first's, with the first's other files.

    Raises ValueError where the two are not of one shape.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in WEIGHTS:
        one, two = load_file(first / name), load_file(second / name)
        if {k: v.shape for k, v in one.items()} != {k: v.shape for k, v in two.items()}:
            raise ValueError(f"{first / name} and {second / name} are not of one shape; average readers of one kind")
        mean = {k: ((1 - share) * v.float() + share * two[k].float()).to(v.dtype) for k, v in one.items()}
        save_file(mean, out / name, metadata={"format": "pt"})
    for path in first.iterdir():
        if path.suffix == ".json":
            shutil.copy(path, out / path.name)


def main(argv: Sequence[str] | None = None) -> None:
    """Average two readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="share of the second reader's weights")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    average(args.first, args.second, args.out, args.share)
    sys.stdout.write(f"written to {args.out}\n")


if __name__ == "__main__":
    main()
