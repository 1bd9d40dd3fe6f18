"""What was said before and what stands now: a sentence that only looks back yields to the one beside it."""

from __future__ import annotations

import re

from index.records import Entry
from index.sentences import sentence_spans
from rag.facts.stated import looks_back, source_span
from rag.records import Evidence

_TURNED = re.compile(
    r"\b(?:now|but|however|instead|in fact|actually|correct(?:ed|ion)?|amended|no longer|after all|has since|did not"
    r"|by our count|turned out|the (?:number|figure|time|total) is)\b",
    re.IGNORECASE,
)


def standing(evidence: Evidence) -> Evidence | None:
    """The sentence beside a backward-looking one that says what stands instead; None where there is none.

    The next sentence where it turns ("It now says ..."), else the one before it, else the next.
    """
    if evidence.part != "body" or not looks_back(evidence.text) or _TURNED.search(evidence.text):
        return None
    spans = sentence_spans(evidence.entry.body)
    at = next((i for i, (a, b) in enumerate(spans) if a <= evidence.start < b), None)
    if at is None:
        return None
    following = _sentence(evidence, spans[at + 1]) if at + 1 < len(spans) else None
    previous = _sentence(evidence, spans[at - 1]) if at else None
    if following is not None and _TURNED.search(following.text):
        return following
    return previous if previous is not None and not looks_back(previous.text) else following


def _sentence(evidence: Evidence, span: tuple[int, int]) -> Evidence:
    a, b = span
    return Evidence(evidence.entry, "body", evidence.entry.body[a:b], a, b, evidence.score)


def attributed(entry: Entry, at: int) -> Evidence | None:
    """The sentence that says whose words or figures stand at an offset of the entry's body, its source marked.

    The sentence itself where it names one, else the nearest one that does, those before it first.
    """
    spans = sentence_spans(entry.body)
    here = next((i for i, (a, b) in enumerate(spans) if a <= at < b), 0)
    for index in sorted(range(len(spans)), key=lambda i: (abs(i - here), i > here)):
        a, b = spans[index]
        named = source_span(entry.body[a:b])
        if named is not None:
            return Evidence(entry, "body", entry.body[a:b], a, b, 1.0, (named,))
    return None
