"""Examples and pairs as tokenised rows, bucketed by length and padded into batches."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from rag.judge import as_evidence
from rag.reader import Passage
from training.records import Example, Pair

Batch = dict[str, torch.Tensor]
# Lengths are padded to multiples of this: few shapes, so that kernels made for one are used again.
STEP_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One tokenised window: ids, segment ids, and what is to be learned from it.

    Of a question: the gold start and end tokens (0, the first token: none), any one of them right, or with `every`
    all of them. Of a pair: `verdict`, an index into `VERDICTS`; -1 where there is none.
    """

    ids: list[int]
    segments: list[int]
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    every: bool = False
    verdict: int = -1


def tokenise(examples: Sequence[Example], tokenizer: Any, max_tokens: int, rng: random.Random) -> list[Row]:
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
                encoded["input_ids"][window],
                [1 if k == 1 else 0 for k in encoded.sequence_ids(window)],
                tuple(sorted({g[0] for g in gold})) or (0,),
                tuple(sorted({g[1] for g in gold})) or (0,),
                example.every,
            )
        )
    return rows


def pair_rows(pairs: Sequence[Pair], tokenizer: Any, max_tokens: int) -> list[Row]:
    """Claim and evidence in one window each; evidence beyond it is cut."""
    rows = []
    for pair in pairs:
        evidence = as_evidence(Passage(pair.context, pair.evidence))
        encoded = tokenizer(pair.claim, evidence, truncation="only_second", max_length=max_tokens)
        segments = [1 if kind == 1 else 0 for kind in encoded.sequence_ids(0)]
        rows.append(Row(encoded["input_ids"], segments, verdict=pair.label))
    return rows


def batches(rows: Sequence[Row], max_batch_tokens: int, rng: random.Random) -> list[list[Row]]:
    """Batches of one padded length each, in random order, each at most `max_batch_tokens` with padding."""
    by_length: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_length[_padded(len(row.ids))].append(row)
    out = []
    for length, alike in sorted(by_length.items()):
        rng.shuffle(alike)
        most = min(48, max(1, max_batch_tokens // length))
        out += [alike[i : i + most] for i in range(0, len(alike), most)]
    rng.shuffle(out)
    return out


def _padded(tokens: int) -> int:
    return -(-tokens // STEP_TOKENS) * STEP_TOKENS


def collate(rows: Sequence[Row]) -> Batch:
    """Padded tensors (n, length); gold positions as boolean masks (n, length); verdicts (n), -1 for none."""
    length = _padded(max(len(r.ids) for r in rows))
    ids, segments = (
        torch.zeros(len(rows), length, dtype=torch.long),
        torch.zeros(len(rows), length, dtype=torch.long),
    )
    mask, starts = torch.zeros_like(ids), torch.zeros(len(rows), length, dtype=torch.bool)
    ends = torch.zeros_like(starts)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        segments[i, : len(row.ids)] = torch.tensor(row.segments)
        mask[i, : len(row.ids)] = 1
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    return {
        "ids": ids, "segments": segments, "mask": mask, "starts": starts, "ends": ends,
        "every": torch.tensor([r.every for r in rows]),
        "verdict": torch.tensor([r.verdict for r in rows]),
    }  # fmt: skip
