"""All sets as tokenised rows in one file, so that training needs nothing else: `python -m training.prepare --help`."""

from __future__ import annotations

import argparse
import io
import lzma
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.reader import BUNDLED
from rag.reading_model import MAX_TOKENS
from training.rows import Row

PLAIN = ("second", "every", "verdict")
CODED = ("source", "split", "ask")


def save(rows: Sequence[Row], path: Path) -> None:
    """Write rows as flat arrays, compressed with a dictionary that spans the many questions of one passage."""
    held: dict[str, Any] = {
        "ids": np.concatenate([r.ids for r in rows]),
        "tokens": np.array([len(r.ids) for r in rows], dtype=np.uint16),
        "gold": np.array([n for r in rows for n in (*r.starts, *r.ends)], dtype=np.uint16),
        "starts": np.array([len(r.starts) for r in rows], dtype=np.uint8),
        "ends": np.array([len(r.ends) for r in rows], dtype=np.uint8),
    }
    for name in PLAIN:
        held[name] = np.array([getattr(r, name) for r in rows], dtype=np.int16)
    for name in CODED:
        held[f"{name}_names"], held[name] = np.unique([getattr(r, name) for r in rows], return_inverse=True)
        held[name] = held[name].astype(np.int32)
    plain = io.BytesIO()
    np.savez(plain, **held)
    path.write_bytes(lzma.compress(plain.getvalue(), preset=6))


def load(path: Path) -> list[Row]:
    """Rows as they were saved."""
    held = np.load(io.BytesIO(lzma.decompress(path.read_bytes())))
    cuts = np.cumsum(held["tokens"], dtype=np.int64)
    ids = np.split(held["ids"], cuts[:-1])
    counts = np.stack([held["starts"], held["ends"]], 1).reshape(-1).astype(np.int64)
    gold = np.split(held["gold"], np.cumsum(counts)[:-1])
    plain = {name: held[name].tolist() for name in PLAIN}
    coded = {name: held[f"{name}_names"][held[name]].tolist() for name in CODED}
    return [
        Row(
            ids[i], plain["second"][i], tuple(gold[2 * i].tolist()), tuple(gold[2 * i + 1].tolist()),
            bool(plain["every"][i]), plain["verdict"][i], *(coded[name][i] for name in CODED),
        )
        for i in range(len(ids))
    ]  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    """Tokenise every set, and say how many rows each gives."""
    # Training on another machine reads such a file and has no use for what makes one.
    from transformers import AutoTokenizer

    from training import examples as example_sets
    from training import pairs as pair_sets
    from training.own_coverage import read_lines
    from training.records import Pair
    from training.rows import pair_rows, tokenise

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--mined", type=Path, help="pairs that training.mine wrote")
    parser.add_argument("--beside", type=int, default=6, help="entries without the answer that a page's question gets")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    tokenizer: Any = AutoTokenizer.from_pretrained(str(BUNDLED))
    asked = example_sets.load(args.data, args.own, args.seed, args.beside)
    judged = pair_sets.load(args.data, args.own, asked, args.seed)
    judged += [Pair(**row) for row in read_lines(args.mined)] if args.mined else []
    rng = random.Random(args.seed)
    rows = [*tokenise(asked, tokenizer, MAX_TOKENS, rng), *pair_rows(judged, tokenizer, MAX_TOKENS)]
    save(rows, args.out)
    for (split, source), n in sorted(Counter((r.split, r.source) for r in rows).items()):
        sys.stdout.write(f"{split:6}{source:24}{n:8}\n")


if __name__ == "__main__":
    main()
