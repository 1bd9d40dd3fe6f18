"""What a trained reader falls for, as pairs for the judge: `python -m training.mine --help`.

Every question over our own entries is read by it; words it chooses that are not the answer are judged "not enough"
beside their entry (a verifier of the reader's own choices, after Hu et al. 2019, Read + Verify).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from rag.judge import as_claim
from rag.reader import Found, Passage, Reader, load_reader
from training.live_pages import examples as page_examples
from training.live_pages import read_pages
from training.own_coverage import near_misses, passages
from training.pairs import NOT_ENOUGH, SUPPORTED
from training.records import Example, Pair


def mined(reader: Reader, examples: Iterable[Example]) -> Iterator[Pair]:
    """The reader's first choice over each training example: supported where it meets an answer, else not enough."""
    for example in examples:
        if example.split != "train":
            continue
        (found,) = reader.read(example.question, [Passage(example.context, example.passage)], top_k=1)
        pair = _pair(example, found)
        if pair:
            yield pair


def _pair(example: Example, found: Found) -> Pair | None:
    if not found.spans or any(start < 0 for start, _ in example.spans):
        return None
    best = found.spans[0]
    met = any(start < best.end and best.start < end for start, end in example.spans)
    if met and example.every:
        return None  # a part of a list is neither right nor wrong
    claim = as_claim(example.question, example.passage[best.start : best.end])
    label = SUPPORTED if met else NOT_ENOUGH
    return Pair(claim, example.context, example.passage, label, "mined", example.split, example.group)


def main(argv: Sequence[str] | None = None) -> None:
    """Write one JSON line a pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", required=True)
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    rows = [
        *page_examples(read_pages(args.own / "pages"), random.Random(5)),
        *near_misses(args.own / "near_misses.jsonl"),
        *passages(args.own / "passages.jsonl"),
    ]
    written = 0
    with args.out.open("w", encoding="utf-8") as out:
        for pair in mined(load_reader(args.reader), rows):
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            written += 1
    sys.stdout.write(f"{written} pairs\n")


if __name__ == "__main__":
    main()
