"""Question-answering sets put to a reader: a case, what the reader gives, and the figures."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eval.benchmarks.squad_script import Given, best_line, exact, f1, normalise
from rag.reader import Passage, Reader

T = TypeVar("T")
Figures = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question over passages, of which the reader's surest span counts; `answers` is empty where there is none."""

    question: str
    passages: tuple[Passage, ...]
    answers: tuple[str, ...]


def give(reader: Reader, cases: Iterable[Case]) -> Iterator[Given]:
    """Surest span of each case, whatever its margin."""
    for case in cases:
        found = reader.read(case.question, case.passages, top_k=1)
        spans = [(f.spans[0], p) for f, p in zip(found, case.passages, strict=True) if f.spans]
        if not spans:
            yield Given("", float("-inf"), case.answers)
            continue
        span, passage = max(spans, key=lambda pair: pair[0].margin)
        yield Given(passage.text[span.start : span.end], span.margin, case.answers)


def figures(given: Sequence[Given], line: float) -> dict[str, Sequence[float]]:
    """Values of each question by measure, names as in the SQuAD 2.0 script; `line` is where an answer begins."""
    has = [g for g in given if g.accepted]
    none = [g for g in given if not g.accepted]
    values: dict[str, Sequence[float]] = {
        "exact": [exact(g.at(line), g.accepted) for g in given],
        "f1": [f1(g.at(line), g.accepted) for g in given],
        "HasAns_exact": [exact(g.at(line), g.accepted) for g in has],
        "HasAns_f1": [f1(g.at(line), g.accepted) for g in has],
        "HasAns_f1_forced": [f1(g.text, g.accepted) for g in has],
        "NoAns": [f1(g.at(line), ()) for g in none],
    }
    if has and none:
        best, _ = best_line(given)
        values["best_f1"] = [f1(g.at(best), g.accepted) for g in given]
    return {name: found for name, found in values.items() if found}


def holding(given: Sequence[Given]) -> list[float]:
    """For each question, whether an accepted answer stands in the span given (best_subspan_em of Liu et al. 2023)."""
    return [float(any(normalise(a) in normalise(g.text) for a in g.accepted)) for g in given]


def sampled(rows: Iterable[T], limit: int | None, seed: int = 0) -> list[T]:
    """At most `limit` rows, drawn so that they do not all come from the first articles; the same every time."""
    kept = list(rows)
    if limit is None or len(kept) <= limit:
        return kept
    return random.Random(seed).sample(kept, limit)
