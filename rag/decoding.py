"""Which word may come next: only those of the evidence and the question, and a closed list of small words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.facts import normalise
from rag.wording import BE, COORDINATORS, DETERMINERS, PREPOSITIONS, RELATIVES

_SMALL = PREPOSITIONS | BE | DETERMINERS | COORDINATORS | RELATIVES | frozenset("has have had".split())
_EDGE = "\"'()[].,;:!?"
_END = re.compile(r"""[.!?]["']?$""")
_ABBREVIATION = re.compile(r"(?:^|\s|\.)(?:\w|Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Prof|Rev|No)\.$")


@dataclass(frozen=True, slots=True)
class Permitted:
    """Words that may be written, and every beginning of one. Case counts, so that names stay as printed."""

    words: frozenset[str]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, question: str, evidence: Sequence[str]) -> Permitted:
        """Words of the evidence, lower-case words of the question and small words; numbers and names from evidence."""
        own = {w for text in evidence for chunk in normalise(text).split() for w in _forms(chunk)}
        asked = {
            w for w in (c.strip(_EDGE) for c in normalise(question).split()) if w.islower() and w.isalpha()
        }
        words = own | asked | _SMALL
        words |= {w.lower() for w in own if w.istitle() and w.lower() in words | _SMALL}
        words |= {w[:1].upper() + w[1:] for w in words}
        return cls(frozenset(words), frozenset(w[:k] for w in words for k in range(1, len(w) + 1)))

    def allows(self, text: str) -> bool:
        """Whether `text`, a sentence still being written, holds permitted words only (its last may be unfinished)."""
        chunks = normalise(text).split()
        if not chunks:
            return True
        done = chunks if text[-1].isspace() else chunks[:-1]
        if any(
            c.strip(_EDGE) and c not in self.words and c.strip(_EDGE) not in self.words for c in done[-2:]
        ):
            return False
        last = chunks[-1].lstrip("\"'([")
        return not last.strip(_EDGE) or last in self.beginnings or last.rstrip(_EDGE) in self.words


def _forms(chunk: str) -> set[str]:
    bare = chunk.strip(_EDGE)
    return {bare, bare.removesuffix("'s"), chunk.lstrip("\"'([").rstrip(",;:!?\"')]")} - {""}


def pick(
    ranked: Sequence[int],
    pieces: Sequence[str],
    text: str,
    permitted: Permitted | None,
    stops: frozenset[int],
) -> int | None:
    """First of the ranked tokens that may follow `text`; None where the sentence ends."""
    ended = _END.search(text) and not _ABBREVIATION.search(text)
    for token in ranked:
        piece = pieces[token]
        if token in stops:
            if not text or (permitted and not permitted.allows(text + " ")):
                continue
            return None
        if "\n" in piece or (ended and piece[:1].isspace()):
            if text.strip():
                return None
            continue
        if "�" in piece or (not text and not piece.strip()):
            continue
        longer = text + piece
        if _repeats(longer) or (permitted and not permitted.allows(longer)):
            continue
        return token
    return None


def _repeats(text: str) -> bool:
    """Whether the last three words stood together before: a small model's sign that it is going round."""
    words = text.casefold().split()
    return len(words) > 5 and any(words[k : k + 3] == words[-3:] for k in range(len(words) - 4))
