"""Evidence -> citations and sentences: what the reader sees, in the entry's own words where it is quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import Entry, Part
from index.sentences import sentence_spans
from index.times import time_label
from rag.asking.dates import date_words, day_mentions
from rag.records import Citation, Evidence, Mark, Sentence

_DAY_ASKED = re.compile(
    r"\b(?:when|what|which)\b.*\b(?:date|day|happen|take place|took place)\b|^when\b", re.IGNORECASE
)


def cite(evidence: Evidence) -> Citation:
    """The citation of a piece of evidence: its exact words and where they stand."""
    entry = evidence.entry
    return Citation(
        entry.id, entry.page_id, entry.published, time_label(entry), entry.title, entry.url, evidence.text,
        evidence.start, evidence.end, evidence.part, evidence.marks,
    )  # fmt: skip


def cite_part(entry: Entry, part: Part, start: int, end: int, marks: tuple[Mark, ...] = ()) -> Citation:
    """Citation of a stretch of an entry."""
    return cite(Evidence(entry, part, entry.text(part)[start:end], start, end, 0.0, marks))


def cite_headline(entry: Entry) -> Citation:
    """Citation of what names the entry: its title, or its first sentence where it has none."""
    if entry.title:
        return cite_part(entry, "title", 0, len(entry.title))
    part: Part = "body" if entry.body else "captions"
    start, end = next(iter(sentence_spans(entry.text(part))), (0, 0))
    return cite_part(entry, part, start, end)


def quote_sentence(evidence: Evidence, question: str = "") -> Sentence:
    """The evidence as a sentence of the answer: its own words, on one line.

    Where the question asks for a day and the words name one only relatively ("late on Tuesday"), its date
    follows in square brackets, worked out from the entry's own time.
    """
    text = evidence.text
    if _DAY_ASKED.search(question):
        for day in reversed(day_mentions(text, evidence.entry.published)):
            near = not evidence.marks or any(a - 40 <= day.end and day.start <= b + 40 for a, b in evidence.marks)
            if day.certain and near:
                text = f"{text[: day.end]} [{date_words(day.day)}]{text[day.end :]}"
    return Sentence(one_line(text), (cite(evidence),), quoted=True)


def one_line(text: str) -> str:
    """Text with white space folded and unbalanced double quotation marks at its ends dropped."""
    text = " ".join(text.split())
    if text.count('"') == 1 and text[0] != '"':
        return text.replace('"', "") if text.endswith('"') else text
    return text


def answer_text(sentences: Sequence[Sentence]) -> str:
    """The whole answer as plain text: each sentence with the times of the entries it cites."""
    parts = []
    for sentence in sentences:
        labels = list(dict.fromkeys(c.label for c in sentence.citations))
        parts.append(f"{sentence.text} [{'; '.join(labels)}]" if labels else sentence.text)
    return " ".join(parts)


def all_citations(sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
    """Citations of all sentences in order, each once."""
    return tuple(dict.fromkeys(c for s in sentences for c in s.citations))
