"""How one page prints its stamps: of all candidates, those that start an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from index.reading.lines import Candidate

Family = tuple[str, str, bool]


def choose_stamps(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of the family that best fits a page of entries, in page order; empty where none fits."""
    families: dict[Family, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        families[_family(candidate)].append(candidate)
    if not families:
        return []
    best = max(families.values(), key=_score)
    return best if _score(best) > 0 else []


def _family(candidate: Candidate) -> Family:
    lead = "" if candidate.lead in ("posted", "published") else candidate.lead
    return candidate.place, lead, candidate.stamp.twelve


def _score(family: Sequence[Candidate]) -> float:
    first = family[0]
    full = bool(first.stamp.zone or first.stamp.day or first.lead)
    weight = {"alone": 3.0, "head": 1.5 + full, "tail": 0.7 + 1.8 * full}[first.place]
    if first.place != "alone" and len(family) < 2:
        return 0.0
    return weight * len(family) * order_share(family)


def order_share(family: Sequence[Candidate]) -> float:
    """Share of neighbours that stand in the page's own order, newest or oldest first, midnight allowed."""
    clocks = [c.stamp.clock for c in family if c.stamp.clock]
    if len(clocks) < 2:
        return 1.0
    minutes = [c.hour * 60 + c.minute for c in clocks]
    steps = [(b - a + 720) % 1440 - 720 for a, b in pairwise(minutes)]
    rising = sum(step >= 0 for step in steps)
    falling = sum(step <= 0 for step in steps)
    return max(rising, falling) / len(steps)
