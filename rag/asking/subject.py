"""What a question speaks of when it leans on the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.words import content_stems, names, stem, words

_LEANS = re.compile(
    r"^(?:and|but|so|also|then|what about|how about|who said|why)\b|\b(?:that|this|those|these|they|them"
    r"|their|it|its|he|him|his|"
    r"she|her|hers|there|then|the same|one|ones|else|others?)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\[[^\]]*\]|\(\s*\d{1,2}[:.]\d\d[^)]*\)")
MAX_EARLIER_CHARS = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """`search` is the text to retrieve with, `ask` the question to read with.

    `earlier` is the question it leans on and `earlier_answer` that question's answer; both empty where the
    question stands alone.
    """

    search: str
    ask: str
    earlier: str = ""
    earlier_answer: str = ""


def read_subject(topic: str, history: Sequence[tuple[str, str]]) -> Subject:
    """Carry the subject of the conversation over to a question that leans on it; a question of its own stays alone.

    A question leans where it opens with "and" or the like, points back with a pronoun, or is so short that it
    names nothing itself.
    """
    if not history or not leans(topic) or (len(names(topic)) >= 2 and len(content_stems(topic)) >= 5):
        return Subject(topic, topic)
    question, answer = history[-1]
    if leans(question) and len(history) > 1:
        question = f"{history[-2][0]} {question}"
    answer = _STAMP.sub(" ", answer)[:MAX_EARLIER_CHARS]
    about = names(question) or [w for w in words(question) if stem(w) in content_stems(question)][:6]
    told = [w for w in names(f"so {answer}") if w not in about and not w[0].isdigit()][:6]
    asked = f"{topic.rstrip('?. ')} ({' '.join([*about, *told])})?"
    return Subject(f"{topic} {question} {answer}", asked, question, answer)


def leans(question: str) -> bool:
    """Whether a question cannot be understood alone."""
    return bool(_LEANS.search(question)) or len(content_stems(question)) <= 1


def repeats(marked: Sequence[str], earlier_answer: str) -> bool:
    """Whether answering words only say again what the earlier answer said."""
    found = {stem(w) for text in marked for w in words(text)}
    return bool(found) and found <= {stem(w) for w in words(earlier_answer)}
