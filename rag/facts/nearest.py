"""Sentences that come nearest a question in meaning and in the subject they name: for what no figure can settle."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.embedding import Encoder
from index.records import Entry
from index.sentences import sentence_spans
from index.times import entry_moment
from rag.facts.senses import asked_keys, held_keys, senses
from rag.listing import moment_key
from rag.records import Evidence
from rag.words import names, stem, stems

MAX_SENTENCES = 64
COVERAGE_WORTH = 0.4
TITLE_WORTH = 0.8
OPPOSED = 0.25
_OPPOSITES = (("start", "end"), ("shut", "open"), ("outage", "restored"), ("cancelled", "resume"))
_BARE = frozenset(
    "latest newest recent news update stat statu position condition situation still yet now happen becam stick having"
    " keep kept hold went true right wrong current time what when first report post publish said page live".split()
)
_DIGEST = frozenset(
    "happen new going went took tak plac occurr chang sum summary summar summaris summariz round up roundup recap"
    " key point develop moment timelin run talk through catch day today thing main import event everyth anyth hour"
    " morn afternoon even night overnight brief tell please you so".split()
)


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence with its score: cosine plus 0.4 times the share of the question's subject that it names.

    `named` is the share of the question's names that its entry holds.
    """

    evidence: Evidence
    score: float
    named: float

    @property
    def when(self) -> float:
        """Where its entry stands in time."""
        return moment_key(self.evidence.entry)


def bare_topic(topic: str) -> bool:
    """Whether nothing is left of a topic but words such as "what happened" and "the latest"."""
    return not [k for k in asked_keys(topic) if k not in _BARE | _DIGEST and not k[0].isdigit()]


def nearest(
    question: str,
    entries: Sequence[Entry],
    encoder: Encoder,
    keep: Callable[[Evidence], bool] = lambda evidence: True,
    *,
    telling: bool = True,
) -> list[Near]:
    """Sentences of timed entries that `keep` lets pass, nearest first; with `telling` those that share a word of its.

    That word is no name. The same sentence printed again counts once, where it was printed first.
    """
    keys = [k for k in asked_keys(question) if k not in _BARE and not k[0].isdigit()]
    named = {stem(n) for n in names(question) if not n[0].isdigit()}
    pool = _pool(keys, named, entries, keep, telling=telling)[:MAX_SENTENCES]
    if not pool:
        return []
    vectors = encoder.encode([question, *(e.text for e, _, _ in pool)])
    cosines = vectors[1:] @ vectors[0]
    phase = senses(question)
    found = [
        Near(e, float(c) + COVERAGE_WORTH * share - OPPOSED * opposed(phase, senses(e.text)), holds)
        for (e, share, holds), c in zip(pool, cosines, strict=True)
    ]
    return sorted(found, key=lambda n: -n.score)


def opposed(asked: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a text tells only of the other end of what is asked: of the start where the end is meant."""
    return any(
        (a in asked and b not in asked and b in told and a not in told)
        or (b in asked and a not in asked and a in told and b not in told)
        for a, b in _OPPOSITES
    )


def _pool(
    keys: Sequence[str],
    named: set[str],
    entries: Sequence[Entry],
    keep: Callable[[Evidence], bool],
    *,
    telling: bool,
) -> list[tuple[Evidence, float, float]]:
    wanted = {k for k in keys if k not in named} if telling else set()
    known: dict[str, set[str]] = {}  # an entry need not repeat all the names of its page's story
    for entry in entries:
        known.setdefault(entry.page_id, set()).update(named & stems(f"{entry.title or ''} {entry.body}"))
    out: list[tuple[Evidence, float, float]] = []
    seen: set[tuple[str, str]] = set()
    for entry in sorted((e for e in entries if entry_moment(e) is not None), key=moment_key):
        title = held_keys(entry.title or "")
        whole = title | held_keys(entry.body)
        own = named & whole
        told = known.get(entry.page_id, own)
        # A long figure tells the story of its page without a name: "It's 2-2."
        holds = (len(named & told) / len(named) if own or not telling else 0.0) if named else 1.0
        if not holds:
            continue
        for start, end in sentence_spans(entry.body):
            text = entry.body[start:end]
            held = held_keys(text)
            evidence = Evidence(entry, "body", text, start, end, 0.0)
            sign = (entry.page_id, " ".join(re.findall(r"\w+", text.lower())))
            if sign in seen or (wanted and not wanted & (held | title)) or not keep(evidence):
                continue
            seen.add(sign)
            share = sum(1.0 if k in held else TITLE_WORTH if k in title else 0.0 for k in keys) / max(len(keys), 1)
            out.append((evidence, share, holds))
    return sorted(out, key=lambda found: -found[1])
