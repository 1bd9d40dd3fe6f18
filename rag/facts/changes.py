"""Facts that change: of several values that answer one question, the newest leads and says what it replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.times import entry_moment
from rag.evidence import Candidate
from rag.listing import moment_key
from rag.words import content_stems, has_number, names, stems, wanted

RIVAL_SHARE = 0.5
LATEST_SHARE = 0.35
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_WORD_VALUES = {w: str(n) for n, w in enumerate(_ORDINALS)} | {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen "
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

    Values compete where they answer nearly as surely as the best one and speak of the same thing; they replace
    one another only where the question asks for a number. `latest` asks for the newest whatever the kind of
    value, on any page where the question names nothing; `first` asks for the earliest.
    """
    best = candidates[0]
    if not (latest or first or wanted(question) == "number"):
        return Ranked(best)
    anywhere = latest and not names(question)
    rivals = [c for c in candidates if c is best or _competes(question, best, c, latest or first, anywhere)]
    timed = [c for c in rivals if entry_moment(c.entry) is not None]
    if not timed:
        return Ranked(best)
    timed.sort(key=lambda c: (moment_key(c.entry), c.confidence))
    if first:
        return Ranked(timed[0])
    newest = [c for c in timed if moment_key(c.entry) == moment_key(timed[-1].entry)]
    lead = max(newest, key=lambda c: c.confidence)
    if value(best) == value(lead) and entry_moment(best.entry) is not None and not latest:
        lead = best
    sure = [c for c in timed if c.confidence >= RIVAL_SHARE * best.confidence]
    return Ranked(lead, tuple(reversed(_distinct(lead, sure))) if has_number(value(lead)) else ())


def course(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The values a fact has had, oldest first, each by the entry that first gave it."""
    best = candidates[0]
    rivals = [best] + [c for c in candidates[1:] if _competes(question, best, c, False, False)]
    timed = sorted(
        (c for c in rivals if entry_moment(c.entry) is not None and has_number(value(c))),
        key=lambda c: (moment_key(c.entry), -c.confidence),
    )
    kept: dict[str, Candidate] = {}
    for candidate in timed:
        kept.setdefault(value(candidate), candidate)
    return list(kept.values())


def _distinct(lead: Candidate, timed: Sequence[Candidate]) -> list[Candidate]:
    """Earlier candidates with a number other than the lead's, each value once (where it last stood), oldest first."""
    kept: dict[str, Candidate] = {}
    for candidate in timed:
        same = value(candidate) == value(lead) or not has_number(value(candidate))
        if not same and moment_key(candidate.entry) < moment_key(lead.entry):
            kept.pop(value(candidate), None)
            kept[value(candidate)] = candidate
    return list(kept.values())


def value(candidate: Candidate) -> str:
    """The marked words in a form that makes equal values equal: digits for number words, thousands joined."""
    text = " ".join(candidate.evidence.marked).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    found = re.findall(r"\d+(?:\.\d+)?|[a-z]+", text)
    numbers = [_WORD_VALUES.get(w, w) for w in found if w[0].isdigit() or w in _WORD_VALUES]
    return " ".join(numbers) if numbers else " ".join(found)


def _competes(question: str, best: Candidate, other: Candidate, any_value: bool, anywhere: bool) -> bool:
    """Whether another candidate answers nearly as surely as the best one, of the same thing, on the same page."""
    if other.entry.page_id != best.entry.page_id and not anywhere:
        return False
    if other.confidence < (LATEST_SHARE if any_value else RIVAL_SHARE) * best.confidence:
        return False
    if has_number(value(best)) != has_number(value(other)) and not any_value:
        return False
    asked = set(content_stems(question))
    mine, others = (asked & stems(f"{c.evidence.text} {c.entry.title or ''}") for c in (best, other))
    return len(others) >= len(mine) - 1 or (any_value and 2 * len(others) >= len(mine))
