"""Questions of two parts ("until when was it to run, and when did it end?"), each answered by its own sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.asking.sides import named_sides
from rag.composing import all_citations, answer_text
from rag.records import Answer

_ASKING = r"(?:(?:until|since|at|in|for|to|from|by) )?(?:who|whom|whose|what|what['’]s|when|where|which|why|how)\b"
_PARTS = re.compile(rf"^(?P<a>{_ASKING}.{{8,}}?),? and (?P<b>{_ASKING} .{{3,}}?)[?. ]*$", re.IGNORECASE)
MAX_EVIDENCE = 10


def split_parts(question: str) -> tuple[str, ...]:
    """The question's parts, each a question; empty where it asks one thing."""
    match = _PARTS.match(question.strip())
    return (f"{match['a'].rstrip(' ,')}?", f"{match['b']}?") if match else named_sides(question)


def join_parts(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer to all parts, their sentences in the parts' order; a part that is not in the coverage is named."""
    told = [a for a in answers if a.status != "not_in_coverage"]
    sentences = list(dict.fromkeys(s for a in told for s in a.sentences))
    missing = [p for p, a in zip(parts, answers, strict=True) if a.status == "not_in_coverage"]
    first = told[0]
    evidence = list({(e.entry.ref, e.start): e for a in told for e in a.evidence}.values())[:MAX_EVIDENCE]
    return replace(
        first,
        question=question,
        text=answer_text(sentences),
        sentences=tuple(sentences),
        status="answered" if any(a.status == "answered" for a in told) else "quoted",
        citations=all_citations(sentences),
        superseded=tuple(dict.fromkeys(s for a in told for s in a.superseded)),
        confidence=min(a.confidence for a in told),
        notices=tuple(
            dict.fromkeys(
                [n for a in told for n in a.notices] + [f"The coverage does not answer this part: {p}" for p in missing]
            )
        ),
        evidence=tuple(evidence),
        timings_ms={
            name: round(sum(a.timings_ms.get(name, 0.0) for a in answers), 1) for name in first.timings_ms
        },
    )  # fmt: skip
