"""What happened in a stretch of time, where no topic is named: the entries that matter most, in order of time."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.embedding import Encoder
from index.records import Entry
from rag.facts.nearest import bare_topic
from rag.facts.stated import statements
from rag.listing import headline_sentence, moment_key, timed
from rag.records import Sentence

MAX_READ = 120
MAX_LINES = 8
TITLED = 0.15
CHANGED = 0.2
REPEAT = 0.9
_SIGN_OFF = re.compile(
    r"\b(?:that['’]s all|thanks for (?:joining|following|reading)|good ?night|we(?:['’]re"
    r"| are) (?:now )?(?:stopping|pausing"
    r"|closing|ending)|bringing our live coverage|live (?:coverage|page|blog) (?:is|has) (?:now )?(?:ended|over"
    r"|closed))\b",
    re.IGNORECASE,
)
_LESSER = frozenset({"pictures", "tweet", "summary"})


def asks_everything(topic: str) -> bool:
    """Whether a digest is asked of no topic at all ("what happened today?")."""
    return bare_topic(topic)


def whole_digest(title: str, entries: Sequence[Entry], encoder: Encoder, limit: int = MAX_LINES) -> list[Sentence]:
    """The entries of a page that matter most, one headline each, oldest first.

    An entry weighs by its nearness to the page's subject and to the others, by being new beside those already chosen
    (maximal marginal relevance: Carbonell and Goldstein 1998), by its headline and by a figure that changes in it.
    """
    pool = [e for e in timed(entries) if e.kind not in _LESSER and _tells(e)][-MAX_READ:]
    if not pool:
        pool = timed(entries)[-MAX_READ:]
    if not pool:
        return []
    vectors = encoder.encode([f"{e.title or ''}. {e.body[:300]}" for e in pool])
    centre = vectors.mean(axis=0) + (encoder.encode([title])[0] if title else 0)
    weights = vectors @ (centre / (np.linalg.norm(centre) or 1.0))
    weights = weights + np.array([TITLED * bool(e.title) for e in pool])
    weights = weights + np.array([CHANGED * any(s.revised for s in statements([e])) for e in pool])
    chosen: list[int] = []
    for _ in range(min(limit, len(pool))):
        near = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(pool), dtype=np.float32)
        worth = weights - near
        worth[chosen] = -np.inf
        worth[near >= REPEAT] = -np.inf
        best = int(np.argmax(worth))
        if not np.isfinite(worth[best]):
            break
        chosen.append(best)
    lines = sorted((pool[i] for i in chosen), key=lambda e: (moment_key(e), -e.position))
    return [headline_sentence(e) for e in lines]


def _tells(entry: Entry) -> bool:
    return bool(entry.title or entry.body) and not _SIGN_OFF.search(f"{entry.title or ''} {entry.body[:120]}")
