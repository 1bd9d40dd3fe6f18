"""What a question speaks of when it leans on the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.words import content_stems, names

_LEANS = re.compile(
    r"^(?:and|but|so|also|then|what about|how about|who said|why)\b|\b(?:that|this|those|these|they|them|their|it|its|he|him|his|"
    r"she|her|hers|there|then|the same|one|ones|else|others?)\b",
    re.IGNORECASE,
)
MAX_EARLIER_CHARS = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """`search` is the text to retrieve with, `earlier` the last question it leans on, empty where it stands alone."""

    search: str
    earlier: str = ""
    earlier_answer: str = ""


def read_subject(topic: str, history: Sequence[tuple[str, str]]) -> Subject:
    """Carry the subject of the conversation over to a question that leans on it; a question of its own stays alone.

    A question leans where it opens with "and" or the like, points back with a pronoun, or is so short that it
    names nothing itself.
    """
    if not history:
        return Subject(topic)
    asked = content_stems(topic)
    leans = bool(_LEANS.search(topic)) or len(asked) <= 1
    if not leans or (len(names(topic)) >= 2 and len(asked) >= 5):
        return Subject(topic)
    question, answer = history[-1]
    if read_leaning(question) and len(history) > 1:
        question = f"{history[-2][0]} {question}"
    return Subject(f"{topic} {question} {answer[:MAX_EARLIER_CHARS]}", question, answer)


def read_leaning(question: str) -> bool:
    """Whether a question cannot be understood alone."""
    return bool(_LEANS.search(question)) or len(content_stems(question)) <= 1
