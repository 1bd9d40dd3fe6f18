"""Measures, each a pure function of what one answer gave and what was expected. Sources in the docstrings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import ir_measures
from ir_measures import RR, Success, nDCG

from eval.normalise import contained, tokens

Pieces = Sequence[Collection[str]]  # for each piece of evidence, the ids of the entries that prove it

CUTOFFS = (1, 5, 10)
OVERLAP_AT_LEAST = 0.5
_CLOCK_AHEAD = re.compile(r"(?:^|(?<=;)|(?<=,))\s*(\d{1,2}[:.]\d{2}):")


def evidence_recall(ranked: Sequence[str], pieces: Pieces, k: int) -> float:
    """Share of the pieces of evidence that an entry among the first `k` proves (recall@k over facts).

    Entries that print the same quote are alternatives, which relevance judgements by entry cannot say.
    """
    first = set(ranked[:k])
    return sum(1 for ids in pieces if first & set(ids)) / len(pieces)


def ranking(ranked: Sequence[str], pieces: Pieces) -> dict[str, float]:
    """Success@1/5/10, RR and nDCG@10 of entries in the order found, as ir-measures defines them.

    MacAvaney et al., Streamlining Evaluation with ir-measures, ECIR 2022. An entry is relevant when it proves
    a piece of evidence. Success@k is 1 where a relevant entry is among the first k.
    """
    measures = [*(Success @ k for k in CUTOFFS), RR, nDCG @ 10]
    relevant = {entry_id: 1 for ids in pieces for entry_id in ids}
    if not relevant or not ranked:
        return {str(measure): 0.0 for measure in measures}
    run = {entry_id: 1.0 / rank for rank, entry_id in enumerate(ranked, start=1)}
    results = ir_measures.calc_aggregate(measures, {"q": relevant}, {"q": run})
    return {str(measure): float(results[measure]) for measure in measures}


def answer_contained(text: str, answers: Sequence[str]) -> bool:
    """Whether any accepted answer stands in the text, word for word after normalisation.

    Containment as in Adlakha et al. 2024 (Evaluating Correctness and Faithfulness of Instruction-Following
    Models for QA, "recall"), made strict: all words, side by side. Read it beside the answer's length.
    """
    return any(contained(answer, text) for answer in answers)


def exact_match(text: str, answers: Sequence[str]) -> bool:
    """Whether the text is an accepted answer and no more, after normalisation (Rajpurkar et al. 2016)."""
    return any(tokens(text) == tokens(answer) for answer in answers)


def token_f1(text: str, answers: Sequence[str]) -> float:
    """Best token F1 against an accepted answer (Rajpurkar et al. 2016)."""
    return max((_f1(tokens(text), tokens(answer)) for answer in answers), default=0.0)


def token_recall(text: str, answers: Sequence[str]) -> float:
    """Best share of an accepted answer's words that are in the text (Adlakha et al. 2024).

    Softer than containment: for answers of several parts, whose words no text repeats in the same order.
    """
    found = Counter(tokens(text))
    return max((_share_found(found, Counter(tokens(answer))) for answer in answers), default=0.0)


def parts_contained(text: str, answers: Sequence[str]) -> float:
    """Best share of an accepted answer's parts that are contained in the text; 1 or 0 for an answer of one part.

    Instance recall of the list questions of TREC 2003 (Voorhees, Overview of the TREC 2003 Question Answering
    Track): no reply prints an answer of several parts in one run of words. Parts stand between semicolons and
    commas; words in brackets, and a clock time before a colon, are parts of their own.
    """
    return max((_share_contained(text, _parts(answer)) for answer in answers), default=0.0)


def _parts(answer: str) -> list[str]:
    apart = _CLOCK_AHEAD.sub(r"; \1;", re.sub(r"\(([^)]*)\)", r"; \1;", answer))
    parts = (re.sub(r"^\s*and\b", "", part) for part in re.split(r";|,\s", apart))
    return [part for part in parts if tokens(part)] or [answer]


def _share_contained(text: str, parts: Sequence[str]) -> float:
    return sum(contained(part, text) for part in parts) / len(parts)


def _share_found(found: Counter[str], wanted: Counter[str]) -> float:
    return (found & wanted).total() / wanted.total() if wanted else 0.0


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    common = (Counter(found) & Counter(wanted)).total()
    return 2 * common / (len(found) + len(wanted)) if common else 0.0


def citation_precision(cited: Collection[str], right: Collection[str]) -> float | None:
    """Share of the cited entries that are right; None where nothing is cited.

    After ALCE (Gao et al. 2023, Enabling Large Language Models to Generate Text with Citations), with the
    question's own evidence in place of an entailment model.
    """
    return len(set(cited) & set(right)) / len(set(cited)) if cited else None


def citation_recall(cited: Collection[str], pieces: Pieces) -> float:
    """Share of the pieces of evidence that a cited entry proves; 0 where nothing is cited (after ALCE)."""
    return evidence_recall(list(cited), pieces, len(cited))


def quote_recall(cited_quotes: Collection[str], pieces: Sequence[Collection[str]]) -> float:
    """Share of the pieces of evidence, each any of its quotes, that a cited quote overlaps (after ALCE, by quote)."""
    met = sum(any(quotes_overlap(c, quote) for c in cited_quotes for quote in quotes) for quotes in pieces)
    return met / len(pieces)


def quotes_overlap(one: str, other: str) -> bool:
    """Whether at least half of the shorter quote's words are in the longer one."""
    a, b = Counter(tokens(one)), Counter(tokens(other))
    shorter = min(a.total(), b.total())
    return shorter > 0 and (a & b).total() / shorter >= OVERLAP_AT_LEAST


class Refusals(NamedTuple):
    """Refusals right (unanswerable, refused), wrong (answerable, refused), missed (the other way round)."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of the refusals that were right; None where nothing was refused."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of the unanswerable questions that were refused; None where there were none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where both are undefined."""
        made = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / made if made else None


def refusals(pairs: Sequence[tuple[bool, bool]]) -> Refusals:
    """Count refusals over (answerable, refused) pairs."""
    counts = Counter(pairs)
    return Refusals(right=counts[False, True], wrong=counts[True, True], missed=counts[False, False])


class RiskPoint(NamedTuple):
    """Answering only above `threshold`: share of questions answered, and share of those that are wrong."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(confidences: Sequence[float], correct: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """Risk-coverage curve of the confidence, most confident first (El-Yaniv and Wiener 2010).

    Equal confidences enter together.
    """
    pairs = sorted(zip(confidences, correct, strict=True), key=lambda pair: -pair[0])
    points = []
    wrong = 0
    for i, (confidence, right) in enumerate(pairs, start=1):
        wrong += not right
        if i == len(pairs) or pairs[i][0] != confidence:
            points.append(RiskPoint(confidence, i / len(pairs), wrong / i))
    return tuple(points)


def area_under_risk(points: Sequence[RiskPoint]) -> float | None:
    """Mean risk over coverage (AURC, Geifman and El-Yaniv 2017); lower is better, None without points."""
    if not points:
        return None
    area = before = 0.0
    for point in points:
        area += (point.coverage - before) * point.risk
        before = point.coverage
    return area


def percentile(values: Sequence[float], share: float) -> float | None:
    """Smallest value that at least `share` of the values do not exceed (nearest rank), if any."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(1, -(-round(share * 1_000_000) * len(ordered) // 1_000_000))
    return ordered[rank - 1]
