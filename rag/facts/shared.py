"""The one name that answers two questions: the sentence that answers each of them with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Hit
from index.sentences import sentence_spans
from rag.evidence import Candidate
from rag.facts.senses import asked_keys, held_keys
from rag.records import Evidence
from rag.retrieval import by_entry
from rag.words import name_phrases, stems

AGREEING_SHARE = 0.5  # of the threshold, for the less sure of two sentences that give one name
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Side:
    """What was found for one of the two questions: sentences, surest first, and the hits they come from."""

    candidates: Sequence[Candidate]
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence for each question, both with one name, and how sure the less sure one is."""

    evidence: tuple[Evidence, Evidence]
    confidence: float


def shared(parts: Sequence[str], first: Side, second: Side, threshold: float) -> Shared | None:
    """The name that surely answers one question and likely the other, by a sentence of each; None where none does.

    `parts` are the two questions; a name that they hold themselves answers nothing, and each
    sentence must stand in an entry that speaks of what its own question asks.
    """
    given = stems(" ".join(parts))
    best: tuple[float, Candidate, Candidate, frozenset[str]] | None = None
    for one in first.candidates:
        for other in second.candidates:
            sure, less = max(one.confidence, other.confidence), min(one.confidence, other.confidence)
            if sure < threshold or less < AGREEING_SHARE * threshold:
                continue
            name = _marked_names(one) & _marked_names(other) - given
            if name and (best is None or sure * less > best[0]):
                best = sure * less, one, other, name
    if best is None:
        return None
    _, one, other, name = best
    told = other.evidence
    if one.entry.ref == other.entry.ref and one.evidence.start == told.start:
        told = _elsewhere(other, second.hits, name) or told
    same = one.evidence.start == told.start and one.entry.ref == told.entry.ref
    texts = [e.text if same else f"{e.entry.title or ''} {e.entry.body}" for e in (one.evidence, told)]
    if not _speak_of_each(parts, texts):
        return None
    return Shared((one.evidence, told), min(one.confidence, other.confidence))


def _speak_of_each(parts: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether each text speaks of something that its own question asks and the other does not."""
    asked = [set(asked_keys(part)) for part in parts]
    own = [keys - other for keys, other in zip(asked, reversed(asked), strict=True)]
    return all(not keys or keys & held_keys(text) for keys, text in zip(own, texts, strict=True))


def _marked_names(candidate: Candidate) -> frozenset[str]:
    # A word that opens a sentence counts as no name: the marked words are put within one.
    marked = " , ".join(candidate.evidence.marked)
    return frozenset(word for phrase in name_phrases(f"so {marked}") for word in phrase)


def _elsewhere(candidate: Candidate, hits: Sequence[Hit], name: frozenset[str]) -> Evidence | None:
    """The sentence of another near entry that holds the name, None where none does."""
    for hit in by_entry(hits)[:NEAREST]:
        entry = hit.entry
        if entry.ref == candidate.entry.ref:
            continue
        for start, end in sentence_spans(entry.body):
            if name <= stems(entry.body[start:end]):
                return Evidence(entry, "body", entry.body[start:end], start, end, hit.score)
    return None
