"""How sure a figure is: bootstrap intervals, a paired test, and the smallest difference a set can show."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

RESAMPLES = 2_000
SHUFFLES = 10_000
SEED = 20_230_628


class Estimate(NamedTuple):
    """A mean over `n` questions with its 95% interval."""

    mean: float
    low: float
    high: float
    n: int


def bootstrap(values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> Estimate | None:
    """Mean with a 95% percentile bootstrap interval over questions (Efron and Tibshirani 1993, chapter 13).

    None without values. The same values give the same interval.
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(sample), (resamples, len(sample)))
    low, high = np.percentile(sample[draws].mean(axis=1), [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))


class Paired(NamedTuple):
    """Mean of A minus mean of B over the same questions, and how often chance alone gives as much."""

    difference: float
    p_value: float
    n: int


def paired(a: Sequence[float], b: Sequence[float], *, shuffles: int = SHUFFLES, seed: int = SEED) -> Paired | None:
    """Approximate randomisation test, two-sided (Noreen 1989; Dror et al. 2018 for its use in this field).

    None without values. `a` and `b` are of the same questions in the same order.
    """
    if not a:
        return None
    gaps = np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (shuffles, len(gaps)))
    seen = abs(gaps.mean())
    as_large = int((np.abs((signs * gaps).mean(axis=1)) >= seen - 1e-12).sum())
    return Paired(float(gaps.mean()), (as_large + 1) / (shuffles + 1), len(gaps))


def detectable_difference(rate: float, n: int) -> float:
    """Smallest difference of two rates that `n` questions show 4 times in 5, at the 5% level.

    Normal approximation for two independent samples (Cohen 1988): two runs over the same questions
    show smaller ones, so this is the careful side.
    """
    return (1.96 + 0.84) * sqrt(2 * rate * (1 - rate) / n)


def detectable_gap(differing: float, n: int) -> float:
    """Smallest difference of two runs over the same `n` questions that shows 4 times in 5, at the 5% level.

    `differing` is the share of the questions that one run has right and the other wrong. Normal approximation of
    McNemar's test (Connor 1987, Biometrics 43); at least one question counts as differing.
    """
    return (1.96 + 0.84) * sqrt(max(differing, 1 / n) / n)
