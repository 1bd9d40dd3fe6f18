"""Exact match and F1 of the SQuAD 2.0 script, with its best-threshold search.

Rajpurkar, Jia and Liang 2018, Know What You Don't Know: Unanswerable Questions for SQuAD; the normalisation is that
of Rajpurkar et al. 2016. An unanswerable question is right where no answer is given.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_ARTICLES = re.compile(r"\b(a|an|the)\b")


class Given(NamedTuple):
    """What a reader gave for one question: its best span's text, and the margin of that span over "no answer"."""

    text: str
    margin: float
    accepted: tuple[str, ...]

    def at(self, line: float) -> str:
        """Answer given where margins up to `line` mean that there is none."""
        return self.text if self.margin > line else ""


def normalise(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", text).split())


def exact(text: str, accepted: Sequence[str]) -> float:
    """1 where the text is an accepted answer, or both are empty."""
    return max((float(normalise(text) == normalise(a)) for a in accepted), default=float(not normalise(text)))


def f1(text: str, accepted: Sequence[str]) -> float:
    """Best token F1 against an accepted answer; 1 where there is none and none is given."""
    return max((_f1(normalise(text).split(), normalise(a).split()) for a in accepted), default=float(not text))


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    common = (Counter(found) & Counter(wanted)).total()
    return 2 * common / (len(found) + len(wanted)) if common else 0.0


def best_line(given: Sequence[Given]) -> tuple[float, float]:
    """Line whose mean F1 is highest, and that F1: what the script calls best_f1_thresh and best_f1."""
    score = float(sum(not g.accepted for g in given))  # nothing answered at all
    best, line = score, max((g.margin for g in given), default=0.0)
    ordered = sorted(given, key=lambda g: -g.margin)
    for place, one in enumerate(ordered):
        score += f1(one.text, one.accepted) - float(not one.accepted)
        below = ordered[place + 1].margin if place + 1 < len(ordered) else one.margin - 1
        if score > best and below < one.margin:
            best, line = score, (one.margin + below) / 2
    return line, best / len(given) if given else 0.0
