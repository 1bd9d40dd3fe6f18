"""The kinds of event that are simulated: those that are measured, and those that only training sees."""

from __future__ import annotations

from collections.abc import Mapping

from eval.simulate.facts import Fact
from eval.simulate.kinds.disasters import DISASTERS
from eval.simulate.kinds.measured import KINDS
from eval.simulate.kinds.public_life import PUBLIC_LIFE
from eval.simulate.kinds.training import TRAINING

TRAINING_KINDS: Mapping[str, tuple[Fact, ...]] = {**TRAINING, **DISASTERS, **PUBLIC_LIFE}


def kinds_of(split: str) -> Mapping[str, tuple[Fact, ...]]:
    """Kinds of event that a split has words for."""
    return TRAINING_KINDS if split == "training" else KINDS
