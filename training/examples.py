"""The reader's whole mixture of examples: public sets, their variants, and our own entries."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from pathlib import Path

from training.augment import swapped, terse
from training.live_pages import examples as page_examples
from training.live_pages import read_pages
from training.own_coverage import near_misses, passages
from training.public_sets import claims, natural_questions, qamr, squad, time_questions
from training.records import Example
from training.simulated import examples as simulated_examples

SIMULATED_ENTRIES = 6_000  # of each split


def load(data: Path, own: Path | None = None, seed: int = 7, beside: int = 2) -> list[Example]:
    """All examples, with terse and name-swapped variants of the training ones.

    `own` is the folder of `near_misses.jsonl`, `passages.jsonl` and `pages`; a question over a page is put to `beside`
    entries that do not answer it.
    """
    rng = random.Random(seed)
    known = frozenset(a["title"] for a in json.load(gzip.open(data / "squad2/squad2-part.json.gz"))["data"])
    rows = [
        *squad(data / "squad2/squad2-part.json.gz", "squad2", frozenset(), rng),
        *squad(data / "xquad/xquad.en.json.gz", "xquad", known, rng),
        *qamr(data / "qamr", rng),
        *natural_questions(data / "nq_open_oracle/nq-open-oracle.jsonl.gz", rng),
        *time_questions(data / "timeqa/human_train.easy.json.gz", "timeqa_easy", rng),
        *time_questions(data / "timeqa/human_train.hard.json.gz", "timeqa_hard", rng),
        *claims(data / "vitaminc/real-test.jsonl.gz", rng, limit=10_000),
    ]
    names_of: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names_of[row.group].update(re.findall(r"(?<=[a-z,] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)*", row.passage))
    out = []
    for row in rows:
        out.append(terse(row, rng) if row.split == "train" and rng.random() < 0.25 else row)
        if row.split == "train" and rng.random() < 0.16:
            swap = swapped(row, sorted(names_of[row.group]), rng)
            if swap:
                out.append(swap)
    if own:
        out.extend(near_misses(own / "near_misses.jsonl"))
        ours = (
            *passages(own / "passages.jsonl"),
            *page_examples(read_pages(own / "pages"), rng, beside),
            *simulated_examples(SIMULATED_ENTRIES, seed, rng),
        )
        for row in ours:
            out.append(terse(row, rng) if row.split == "train" and rng.random() < 0.15 else row)
    return out
