"""Facts that change: of several values that answer one question, the newest leads and says what it replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.times import entry_moment
from rag.evidence import Candidate
from rag.listing import moment_key
from rag.words import has_number, stems, wanted

RIVAL_MARGIN = 5.0
MIN_MARGIN = 0.0
_WORD_VALUES = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The leading candidate and the earlier values it replaced, newest first."""

    lead: Candidate
    replaced: tuple[Candidate, ...] = ()


def newest_value(question: str, candidates: Sequence[Candidate], *, latest: bool, first: bool) -> Ranked:
    """Lead and replaced values among candidates that answer the same question with different values.

    Values compete where the reader finds them nearly as good an answer as the best one, on the same page,
    with the counted thing in common. `first` asks for the earliest instead, `latest` for the newest whatever
    the kind of value.
    """
    best = candidates[0]
    rivals = [c for c in candidates if _competes(question, best, c, latest or first)]
    timed = [c for c in rivals if entry_moment(c.entry) is not None]
    if not timed or not (latest or first or wanted(question) == "number"):
        return Ranked(best)
    timed.sort(key=lambda c: (moment_key(c.entry), c.evidence.score))
    if first:
        return Ranked(timed[0])
    newest = [c for c in timed if moment_key(c.entry) == moment_key(timed[-1].entry)]
    lead = max(newest, key=lambda c: c.evidence.score)
    if value(best) == value(lead) and entry_moment(best.entry) is not None and not latest:
        lead = best
    seen, replaced = {value(lead)}, []
    for candidate in reversed(timed):
        if (
            has_number(value(candidate))
            and value(candidate) not in seen
            and moment_key(candidate.entry) < moment_key(lead.entry)
        ):
            seen.add(value(candidate))
            replaced.append(candidate)
    return Ranked(lead, tuple(replaced))


def value(candidate: Candidate) -> str:
    """The marked words in a form that makes equal values equal: digits for number words, thousands joined."""
    text = " ".join(candidate.evidence.marked).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    found = re.findall(r"\d+(?:\.\d+)?|[a-z]+", text)
    numbers = [_WORD_VALUES.get(w, w) for w in found if w[0].isdigit() or w in _WORD_VALUES]
    return " ".join(numbers) if numbers else " ".join(found)


def _competes(question: str, best: Candidate, other: Candidate, any_value: bool) -> bool:
    if other is best:
        return True
    if other.entry.page_id != best.entry.page_id or other.margin < max(
        MIN_MARGIN, best.margin - RIVAL_MARGIN
    ):
        return False
    if has_number(value(best)) != has_number(value(other)) and not any_value:
        return False
    asked = stems(question)
    shared = len(asked & stems(f"{other.evidence.text} {other.entry.title or ''}"))
    return shared >= len(asked & stems(f"{best.evidence.text} {best.entry.title or ''}")) - 1
