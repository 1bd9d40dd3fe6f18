"""How something stands: the newest sentence that speaks of a subject, found by meaning rather than by its words.

"Is the bridge open?", "what is the latest on the talks?", "what state is the ship in?"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.embedding import Encoder
from index.records import Entry
from rag.evidence import Candidate
from rag.facts.figures import figures
from rag.facts.happened import of_another_time, tells_when, told_times
from rag.facts.nearest import Near, nearest
from rag.facts.senses import COUNTED, asked_keys, held_keys, senses
from rag.facts.stated import looks_back, reprints
from rag.records import Evidence

NEAR = 0.2
RARE_NEAR = 1.2
GIVEN_NEAR = 0.6  # figures of the question that stand in the sentence tell more than its other words
RARE_DIGITS = 3  # so long a figure ("6.4", "2-2", "870") names what is told without any other word of the question
LEAST = 0.55
GIVEN_LEAST = 0.4
MOST = 0.9
UNSURE = 0.4  # similarity of no confidence at all: 0.2 above it lies the bundled calibration's threshold
_WHETHER_RIGHT = re.compile(
    r"^(?:and |so |but )?(?:was|were|is|are) (?:the )?(?:first|initial|early|earliest|original|earlier) (?:\w+ )?"
    r"(?:words?|reports?|news|accounts?|claims?|versions?|statements?|lines?|posts?) (?:on|of|about|from|that) ",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(r"\b(?:the|what) (?:time|hour|moment)\b|^time\b", re.IGNORECASE)
_NOW = re.compile(r"\bnow\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:and |so |but )?(?:is|are|was|were|has|have|had|did|does|do|can|will)\b|\bwhat (?:state|condition|position"
    r"|status)\b|\bwhere do(?:es)? things stand\b|\bhow (?:is|are|was|were) (?:the|things)\b|\bhow (?:has|have|had)\b"
    r"|\bwhat(?:'s|’s| is| was| has| had| have)? happen(?:ed|ing)? (?:to|with|of)\b"
    r"|\bhow far (?:has|had|have|did|is|are|was|were)\b|\bwhat (?:became|came|has come|has become)\b"
    r"|\bhow did .{3,60} (?:go|end|turn out|fare)\b"
    r"|\bwhat (?:has|have|had|did) .{3,60} (?:decided?|done|ruled|concluded?)\b"
    r"|\bwhat is the (?:position|situation|state|status)\b|\b(?:latest|news|newest|update) (?:on|about|from)\b"
    r"|\bstill\b|\byet\b",
    re.IGNORECASE,
)


def asks_state(question: str) -> bool:
    """Whether a question asks how something stands."""
    return bool(_ASKS.search(question))


def state_of(question: str, entries: Sequence[Entry], encoder: Encoder, *, first: bool = False) -> Candidate | None:
    """The newest (or `first`) sentence among those nearest the question; None where none comes near.

    Sentences that look back are left out. Confidence grows with the score and falls where names are missing.
    """
    whether = bool(_WHETHER_RIGHT.match(question))
    question = _WHETHER_RIGHT.sub("", question)
    asked = senses(question)
    found = nearest(question, entries, encoder, lambda e: not (looks_back(e.text) or _counts_else(e.text, asked)))
    if not found or found[0].score < LEAST:
        return None
    near = [n for n in found if n.score >= found[0].score - NEAR]
    chosen = found[0] if whether else (min if first else max)(near, key=lambda n: (n.when, n.score))
    return as_candidate(chosen)


def _counts_else(text: str, asked: frozenset[str]) -> bool:
    """Whether a sentence gives how many were hurt, held or the like, which the question does not ask."""
    return bool(senses(text) & COUNTED - asked) and any(f.kind in {"count", "ordinal"} for f in figures(text))


def when_happened(question: str, entries: Sequence[Entry], encoder: Encoder) -> Candidate | None:
    """The sentence that tells when what the question asks about happened, its time marked; plans do not count."""
    found = nearest(question, entries, encoder, lambda e: _tells_own(question, e))
    if not found or found[0].score < LEAST:
        return None
    text = found[0].evidence.text
    return as_candidate(found[0], tuple(told_times(text)[:1]))


def _tells_own(question: str, evidence: Evidence) -> bool:
    text, published = evidence.text, evidence.entry.published
    other = of_another_time(text, published) and not of_another_time(question, published)
    return tells_when(text) and not looks_back(text) and not other


def first_told(
    question: str, entries: Sequence[Entry], encoder: Encoder, *, earliest: bool = False
) -> Candidate | None:
    """The sentence that tells what the question names, with every figure the question gives.

    Among near ones the earliest, where that is asked for or a figure is given; else the nearest.
    """
    given = {f.value for f in figures(question) if f.kind != "ordinal"}
    rare = any(len(value) >= RARE_DIGITS for value in given)
    mended = "corrected" in senses(question)

    def keep(evidence: Evidence) -> bool:
        back = looks_back(evidence.text) and not _NOW.search(evidence.text)
        if back and not mended and (not earliest or reprints(evidence.text)):
            return False
        return not given or given <= {f.value for f in figures(evidence.text) if not f.old}

    found = nearest(question, entries, encoder, keep, telling=not rare)
    if _ASKS_TIME.search(question):
        found = [n for n in found if _tells_own(question, n.evidence)] or found
    if not found or found[0].score < (GIVEN_LEAST if given else LEAST):
        return None
    found = [n for n in found if not listed(n.evidence.entry)] or found
    if not earliest and not given:
        return as_candidate(found[0])
    slack = RARE_NEAR if rare else GIVEN_NEAR if given else NEAR
    near = [n for n in found if n.score >= found[0].score - slack]
    if given:
        near = [n for n in near if senses(n.evidence.text) & senses(question)] or near
    else:
        asked = set(asked_keys(question))
        least = asked & _held(found[0])
        near = [n for n in near if least <= _held(n)]
    first = min(near, key=lambda n: (n.when, -n.score))
    return as_candidate(replace(first, score=max(first.score, found[0].score, LEAST + NEAR if given else 0.0)))


def _held(near: Near) -> frozenset[str]:
    return held_keys(near.evidence.text) | held_keys(near.evidence.entry.title or "")


def listed(entry: Entry) -> bool:
    """Whether an entry sums up what others told: it tells nothing first."""
    return entry.kind == "summary" or len(re.findall(r"(?m)^\s*[•*–-] ", entry.body)) >= 3


def as_candidate(near: Near, marks: tuple[tuple[int, int], ...] = ()) -> Candidate:
    """A sentence found by meaning as a candidate, the whole of it marked where no marks are given."""
    evidence = near.evidence
    confidence = min(MOST, max(0.0, near.score - UNSURE)) * near.named**2
    held = Evidence(
        evidence.entry, evidence.part, evidence.text, evidence.start, evidence.end, near.score,
        marks or ((0, len(evidence.text)),),
    )  # fmt: skip
    return Candidate(held, 0.0, 0.0, 0.0, 0.0, sentence=near.score, confidence=round(confidence, 3))
