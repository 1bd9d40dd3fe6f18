"""Whether a claim says what a sentence of the evidence says: word by word, with the links between the words.

A claim stands on an evidence sentence when its words are found there and every two neighbours are linked
as the evidence links them: next to each other, or with only words between that can be left out without
changing what is said (an aside between commas, a place, an adjective). Attributions and times may move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.claims.edges import ends, inside_phrase, stands_free, starts
from rag.claims.links import linked, time_stands
from rag.claims.matching import LOOSE_TIME, Atom, floats
from rag.claims.tokens import Token


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a claim is borne out: `done` atoms of `total`; `path` their (first, last) evidence positions.

    `whole` says that it is borne out to its end, and that nothing was cut off there that must not be.
    """

    done: int
    total: int
    path: tuple[tuple[int, int], ...] = ()
    whole: bool = False


def reach(atoms: Sequence[Atom], evidence: Sequence[Token], spans: Sequence[Sequence[tuple[int, int]]]) -> Reach:
    """Furthest that `atoms` follow the evidence sentence; `spans` are each atom's candidate positions there."""
    fixed = [k for k in range(len(atoms)) if not floats(atoms[k])] or list(range(len(atoms)))
    best = Reach(0, len(atoms))
    layer: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
    for order, k in enumerate(fixed):
        following: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        for span in spans[k]:
            if order == 0:
                if starts(atoms[k], evidence, span):
                    following[span] = (span,)
                continue
            before = fixed[order - 1]
            lead = [t for m in range(before + 1, k) for t in atoms[m].lead if t.key not in LOOSE_TIME]
            lead += atoms[k].lead
            for last, path in layer.items():
                if span not in path and linked(atoms[before].token, atoms[k].token, lead, evidence, last, span):
                    following[span] = (*path, span)
                    break
        if not following:
            return best
        layer = following
        best = Reach(k + 1, len(atoms), next(iter(layer.values())))
    for span, path in layer.items():
        if fixed and not ((ends(evidence, span[1]) or inside_phrase(evidence, path)) and stands_free(evidence, path)):
            continue
        if all(time_stands(atoms, k, fixed, path, evidence, spans[k]) for k in range(len(atoms)) if k not in fixed):
            return Reach(len(atoms), len(atoms), path, whole=True)
    return best
