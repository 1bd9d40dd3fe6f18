"""What a generator is asked, cut to its budget of tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

INSTRUCTION = "You answer a question about the news in one short sentence. Use only the words of the report."


def prompt_text(question: str, evidence: Sequence[str], marked: Sequence[str]) -> str:
    """What the model is asked, apart from the instruction."""
    report = "\n".join(evidence)
    words = f' Use the words "{marked[0]}".' if marked else ""
    return f"Report: {report}\nQuestion: {question}\nAnswer the question in one short sentence.{words}"


def fit(
    question: str, evidence: Sequence[str], marked: Sequence[str], count: Callable[[str], int], budget: int
) -> list[str]:
    """Evidence that fits `budget` tokens beside the question; the last goes first, and none is cut in two.

    The first piece of evidence is always kept: it is the one that answers.
    """
    kept = list(evidence)
    while len(kept) > 1 and count(prompt_text(question, kept, marked)) > budget:
        kept.pop()
    return kept


def within_budget(question: str, sentences: Sequence[str], count: Callable[[str], int], budget: int) -> list[str]:
    """Sentences to weigh against the question, the shortest first, as many as `budget` tokens allow."""
    asked = count(question) + 4
    kept: list[str] = []
    for sentence in sorted(sentences, key=len):
        budget -= count(sentence) + asked
        if budget < 0 and kept:
            break
        kept.append(sentence)
    return kept
