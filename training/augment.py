"""Variants of an example: as hurried people type it, and with a name or number swapped so that nothing answers."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from training.records import Example


def terse(example: Example, rng: random.Random) -> Example:
    """The question as hurried people type it: lower case, no mark, no article, or swapped final mark."""
    question = example.question
    if rng.random() < 0.5:
        question = question.lower()
    if rng.random() < 0.5:
        question = question.rstrip("?. ")
    if rng.random() < 0.3:
        question = re.sub(r"\b(the|a|an) ", "", question, flags=re.IGNORECASE)
    return replace(example, question=question or example.question)


def swapped(example: Example, names: list[str], rng: random.Random) -> Example | None:
    """The question with one of its names or numbers replaced by another one, so that nothing answers it."""
    found = [m for m in re.finditer(r"(?<!^)\b(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)*|\d[\d,.]*\d|\d)\b", example.question)]
    found = [m for m in found if m.group().lower() in example.passage.lower()]
    if not found or not example.spans:
        return None
    match = rng.choice(found)
    if match.group()[0].isdigit():
        other = str(int(re.sub(r"\D", "", match.group()) or 1) + rng.choice([-3, -2, -1, 1, 2, 5, 10]))
    else:
        alike = [n for n in names if n.lower() not in example.question.lower() and n.lower() != match.group().lower()]
        if not alike:
            return None
        other = rng.choice(alike)
    question = example.question[: match.start()] + other + example.question[match.end() :]
    return replace(example, question=question, spans=(), tempting=example.spans)
