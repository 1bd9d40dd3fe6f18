"""Quick figures of a network over held-out rows, while it trains; the official ones are `training.evaluate`'s."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from rag.reader import MAX_ANSWER_TOKENS
from rag.reading_model import half_precision
from training.losses import NEVER, Reads
from training.rows import Row, batches, collate

BATCH_TOKENS = 16_384


def figures(network: Reads, rows: Sequence[Row], device: torch.device) -> dict[str, float]:
    """Percent right by source, and over whole pages: the best span's entry, its words, answerable or not (AUC)."""
    right: dict[str, list[bool]] = defaultdict(list)
    pages: dict[str, list[tuple[float, float, bool, bool]]] = defaultdict(list)
    for batch in batches(rows, BATCH_TOKENS, random.Random(1), most=256):
        held = {name: value.to(device) for name, value in collate(batch).items()}
        with torch.inference_mode(), half_precision(device):
            out = network.read(held["ids"], held["segments"], held["mask"])
        starts, ends = (x.float().masked_fill(~held["allowed"], NEVER) for x in (out.starts, out.ends))
        first, last, margin = best_spans(starts, ends)
        told = out.verdicts.float().argmax(-1).tolist()
        for i, row in enumerate(batch):
            if row.verdict >= 0:
                right[row.source].append(told[i] == row.verdict)
                continue
            words = first[i] in row.starts and last[i] in row.ends
            none = row.starts == (0,)
            right[f"{row.source} {'none' if none else 'held'}"].append(
                margin[i] < 0 if none else words and margin[i] > 0
            )
            if row.ask:
                pages[row.ask].append((margin[i], float(out.relevance[i]), not none, words and not none))
    shown = {name: round(100 * float(np.mean(values)), 1) for name, values in sorted(right.items())}
    return {**shown, **_whole_pages(list(pages.values()))}


def best_spans(starts: torch.Tensor, ends: torch.Tensor) -> tuple[list[int], list[int], list[float]]:
    """Best span of each row that is not the first token, with its margin over it."""
    both = starts[:, 1:, None] + ends[:, None, 1:]
    n = both.shape[1]
    near = torch.ones(n, n, device=both.device).triu().tril(MAX_ANSWER_TOKENS - 1).bool()
    best, at = both.masked_fill(~near, 2 * NEVER).flatten(1).max(-1)
    margins = best - starts[:, 0] - ends[:, 0]
    return (at // n + 1).tolist(), (at % n + 1).tolist(), margins.tolist()


def _whole_pages(pages: Sequence[Sequence[tuple[float, float, bool, bool]]]) -> dict[str, float]:
    answerable = [any(row[2] for row in page) for page in pages]
    asked = [page for page, held in zip(pages, answerable, strict=True) if held]
    if not asked or len(asked) == len(pages):
        return {}
    leads = [max(page) for page in asked]
    relevant = [max(page, key=lambda row: row[1]) for page in asked]
    return {
        "page: entry": round(100 * float(np.mean([lead[2] for lead in leads])), 1),
        "page: entry by relevance": round(100 * float(np.mean([row[2] for row in relevant])), 1),
        "page: words": round(100 * float(np.mean([lead[3] for lead in leads])), 1),
        "page: AUC of margin": round(float(roc_auc_score(answerable, [max(row[0] for row in p) for p in pages])), 4),
        "page: AUC of relevance": round(float(roc_auc_score(answerable, [max(row[1] for row in p) for p in pages])), 4),
    }
