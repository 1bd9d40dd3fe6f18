"""Examples and pairs as tokenised rows, bucketed by length and padded into batches."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from rag.judge import as_evidence
from rag.reader import Passage
from training.records import Example, Pair

Batch = dict[str, torch.Tensor]
Ids = npt.NDArray[np.uint16]
# Lengths are padded to multiples of this: few shapes, so that kernels made for one are used again.
STEP_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One tokenised window: ids, how many of them are the question's, and what is to be learned from it.

    Of a question: the gold start and end tokens (0, the first token: none), any one of them right, or with `every`
    all of them; rows with one `ask` put one question to several entries of a page. Of a pair: `verdict`, an index into
    `VERDICTS`; -1 where there is none.
    """

    ids: Ids
    second: int
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    every: bool = False
    verdict: int = -1
    source: str = ""
    split: str = "train"
    ask: str = ""


def tokenise(examples: Iterable[Example], tokenizer: Any, max_tokens: int, rng: random.Random) -> list[Row]:
    """The window of each passage that holds an answer, or its first one; starts and ends in tokens."""
    rows = []
    for example in examples:
        shift = len(example.context) + 1
        encoded = tokenizer(
            example.question, f"{example.context}\n{example.passage}", truncation="only_second",
            max_length=max_tokens, stride=48, return_overflowing_tokens=True, return_offsets_mapping=True,
        )  # fmt: skip
        candidates = []
        for window in range(len(encoded["input_ids"])):
            offsets, kinds = encoded["offset_mapping"][window], encoded.sequence_ids(window)
            begins = {o[0]: i for i, o in enumerate(offsets) if kinds[i] == 1}
            finishes = {o[1]: i for i, o in enumerate(offsets) if kinds[i] == 1}
            gold = [
                (begins[a + shift], finishes[b + shift])
                for a, b in example.spans
                if a + shift in begins and b + shift in finishes
            ]
            candidates.append((window, gold))
        holding = [c for c in candidates if c[1]]
        if example.spans and not holding:
            continue
        window, gold = holding[0] if holding else rng.choice(candidates)
        rows.append(
            Row(
                np.array(encoded["input_ids"][window], dtype=np.uint16),
                encoded.sequence_ids(window).index(1),
                tuple(sorted({g[0] for g in gold})) or (0,),
                tuple(sorted({g[1] for g in gold})) or (0,),
                example.every,
                source=example.source,
                split=example.split,
                ask=example.ask,
            )  # fmt: skip
        )
    return rows


def pair_rows(pairs: Iterable[Pair], tokenizer: Any, max_tokens: int) -> list[Row]:
    """Claim and evidence in one window each; evidence beyond it is cut."""
    rows = []
    for pair in pairs:
        evidence = as_evidence(Passage(pair.context, pair.evidence))
        encoded = tokenizer(pair.claim, evidence, truncation="only_second", max_length=max_tokens)
        ids = np.array(encoded["input_ids"], dtype=np.uint16)
        second = encoded.sequence_ids(0).index(1)
        rows.append(Row(ids, second, verdict=pair.label, source=pair.source, split=pair.split))
    return rows


def batches(rows: Sequence[Row], max_batch_tokens: int, rng: random.Random, most: int = 48) -> list[list[Row]]:
    """Batches of one padded length each, in random order, each at most `max_batch_tokens` with padding.

    Rows of one question are in one batch, as far as they fit, and are padded to the longest of them.
    """
    asked: dict[str, list[Row]] = defaultdict(list)
    units: list[list[Row]] = []
    for row in rows:
        if row.ask:
            asked[row.ask].append(row)
        else:
            units.append([row])
    units += asked.values()
    by_length: dict[int, list[list[Row]]] = defaultdict(list)
    for unit in units:
        by_length[max(padded(len(row.ids)) for row in unit)].append(unit)
    out = []
    for length, alike in sorted(by_length.items()):
        rng.shuffle(alike)
        room = min(most, max(1, max_batch_tokens // length))
        batch: list[Row] = []
        for unit in alike:
            for part in (unit[i : i + room] for i in range(0, len(unit), room)):
                if len(batch) + len(part) > room:
                    out.append(batch)
                    batch = []
                batch = [*batch, *part]
        out.append(batch)
    rng.shuffle(out)
    return out


def padded(tokens: int) -> int:
    """The length that so many tokens are padded to."""
    return -(-tokens // STEP_TOKENS) * STEP_TOKENS


def collate(rows: Sequence[Row]) -> Batch:
    """Padded tensors (n, length); verdicts and numbers of questions (n), -1 for none.

    `allowed` marks where a span may begin or end: the passage, and the first token for none.
    """
    length = padded(max(len(r.ids) for r in rows))
    ids, segments = np.zeros((len(rows), length), dtype=np.int64), np.zeros((len(rows), length), dtype=np.int64)
    mask, allowed = np.zeros_like(ids), np.zeros((len(rows), length), dtype=bool)
    starts, ends = np.zeros_like(allowed), np.zeros_like(allowed)
    numbers: dict[str, int] = {}
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = row.ids
        segments[i, row.second : len(row.ids)] = 1
        allowed[i, row.second : len(row.ids) - 1] = True  # the separator at the end is nobody's
        allowed[i, 0] = True
        mask[i, : len(row.ids)] = 1
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    asks = [numbers.setdefault(r.ask, len(numbers)) if r.ask else -1 for r in rows]
    made = {"ids": ids, "segments": segments, "mask": mask, "allowed": allowed, "starts": starts, "ends": ends}
    return {
        **{name: torch.from_numpy(values) for name, values in made.items()},
        "every": torch.tensor([r.every for r in rows]),
        "verdict": torch.tensor([r.verdict for r in rows]),
        "ask": torch.tensor(asks),
    }  # fmt: skip
