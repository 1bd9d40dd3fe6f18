"""What was said before and what stands now: a sentence that only looks back yields to the one beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.records import Entry
from index.sentences import sentence_spans
from rag.facts.figures import figures, marked_among
from rag.facts.senses import senses
from rag.facts.stated import looks_back, source_span
from rag.listing import moment_key
from rag.records import Evidence
from rag.words import content_stems, names, stem, stems

_TURNED = re.compile(
    r"\b(?:now|but|however|instead|in fact|actually|correct(?:ed|ion)?|amended|no longer|after all|has since|did not"
    r"|by our count|turned out|the (?:number|figure|time|total) is)\b",
    re.IGNORECASE,
)
_OF_TIMES = frozenset(
    "start begin delay postpon put back off mov time plan due set schedul expect say said today now new until".split()
)


def standing(evidence: Evidence) -> Evidence | None:
    """The sentence beside a backward-looking one that says what stands instead; None where there is none.

    The next sentence where it turns ("It now says ..."), else the one before it, else the next.
    """
    if evidence.part != "body" or not looks_back(evidence.text) or _TURNED.search(evidence.text):
        return None
    told = figures(evidence.text)
    if any(f.old for f in told) and any(not f.old for f in marked_among(told, evidence.marks)):
        return None  # "2,430, compared with 1,530 at first": it tells both
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


def called_off(plan: Sequence[Evidence], entries: Iterable[Entry]) -> Evidence | None:
    """The newest later sentence of the plan's page that says it will not be, None where none does.

    `plan` holds what was said of it, what stands first. The sentence must share a word with it that is no name and no
    word for being put off or called off.
    """
    named = {stem(n) for e in plan for n in names(e.text)}
    planned = {k for e in plan for k in content_stems(e.text) if k not in named and not k[0].isdigit()} - _OF_TIMES
    stands = plan[0]
    found = []
    for entry in entries:
        if entry.page_id != stands.entry.page_id or moment_key(entry) <= moment_key(stands.entry):
            continue
        for start, end in sentence_spans(entry.body):
            text = entry.body[start:end]
            if _is_off(text) and not looks_back(text) and planned & stems(text):
                found.append(Evidence(entry, "body", text, start, end, stands.score, ((0, len(text)),)))
    return max(found, key=lambda e: moment_key(e.entry), default=None)


def _is_off(text: str) -> bool:
    """Whether a sentence calls something off, or puts it off without a new hour ("postponed until tomorrow")."""
    told = senses(text)
    return "cancelled" in told or ("put back" in told and not any(f.kind == "clock" for f in figures(text)))
