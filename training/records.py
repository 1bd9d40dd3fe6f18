"""What training learns from: questions over passages, and claims beside evidence; split by article, never by row."""

from __future__ import annotations

import random
from dataclasses import dataclass

Span = tuple[int, int]
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Example:
    """A question over one passage. `spans` are character offsets of right answers, empty where there is none.

    With `every`, all of the spans belong to the answer (a list); else any one of them is right. Spans that start
    below zero stand in the context: -1 is the newline between context and passage. `tempting` are spans that look like
    answers and are none. Examples with one `ask` put one question to several entries of a page, some of which may
    answer.
    """

    question: str
    context: str
    passage: str
    spans: tuple[Span, ...]
    source: str
    split: str
    group: str
    every: bool = False
    tempting: tuple[Span, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, or a question with an answer, beside evidence. `label` is index into `rag.reading_model.VERDICTS`."""

    claim: str
    context: str
    evidence: str
    label: int
    source: str
    split: str
    group: str


def random_label(rng: random.Random) -> str:
    """A time label as live coverage carries it."""
    zone = rng.choice(["BST", "GMT", "EDT", "UTC", "CEST", "(time zone not stated)", "(time zone not stated)"])
    clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
    return f"{clock} {zone}, {rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2009, 2026)}"


def headline(text: str, rng: random.Random) -> str:
    """A headline-like cut of a sentence, or nothing."""
    words = text.split()
    return " ".join(words[: rng.randint(5, 11)]).rstrip(",.;:") if rng.random() < 0.6 else ""


def with_context(title: str, rng: random.Random) -> str:
    """Context line of a chunk: title and time label, as `index.chunking` writes it."""
    label = random_label(rng)
    return f"{title} | {label}" if title else label
