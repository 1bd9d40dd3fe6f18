"""Reasons to doubt a candidate that its scores do not know: another subject, or a figure of another thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from index.records import Ref
from rag.confidence import stands_in, whole_text
from rag.evidence import Candidate
from rag.facts.demand import Demand, starts_from_given
from rag.facts.figures import Kind, figures
from rag.facts.senses import MATTER, asked_things, held_keys, senses
from rag.facts.states import asks_state
from rag.facts.stories import CALENDAR, elsewhere, places, story_names
from rag.words import ANY_WEEKDAY, names, stem, stems, wanted, words

OTHER_SUBJECT = 0.2
OTHER_THING = 0.15
OTHER_PLACE = 0.3
DECIDED_LEAST = 0.5  # what a doubt leaves of a decision, which has seen how the candidate stands to the others
_WHERE_IS = re.compile(r"^(?:and |so |but )?where(?:['’]s| (?:is|are|was|were|has|have|had))\b", re.IGNORECASE)
_WHO_DID = re.compile(r"^(?:and |so |but )?who (?!(?:is|are|was|were|['’]s|else)\b)\w+", re.IGNORECASE)
# "the 16:45 boat" is that boat, "a normal Sunday" that day; a post is found by its minute elsewhere.
_BY_CLOCK = re.compile(
    r"\bthe \d{1,2}[.:]\d\d(?: ?[ap]m)?(?:(?:, and|,| and| or) \d{1,2}[.:]\d\d(?: ?[ap]m)?)*"
    r" (?!(?:and|or|update|post|entry|report|bulletin|briefing|summary)\b)[a-z]",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d\d)")
_USUAL_DAY = re.compile(
    rf"\b(?:normal|usual|typical|average|ordinary|every|each|an?|on) (?P<day>{ANY_WEEKDAY})(?P<many>s?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\b(?P<day>{ANY_WEEKDAY})s?\b", re.IGNORECASE)
_TYPED: frozenset[Kind] = frozenset({"measure", "score", "age", "percent", "share"})


def doubted(
    question: str,
    demand: Demand | None,
    candidates: Sequence[Candidate],
    titles: Mapping[str, str],
    least: float = 0.0,
) -> list[Candidate]:
    """Candidates with what is left of their confidence, surest first.

    Never less of it than the share `least`, but for what is set at another place. `titles` are the pages' by id.
    """
    named = [stem(n) for n in names(question) if not any(c.isdigit() for c in n) and n.lower() not in CALENDAR]
    things = asked_things(question) if asks_state(question) or _WHERE_IS.match(question) else frozenset()
    of_them = {c.entry.ref for c in candidates if things & held_keys(whole_text(c.entry))} if things else set[Ref]()
    clocks, days = _by_clock(question), _usual_days(question)
    out = []
    for candidate in candidates:
        entry = candidate.entry
        left = 1.0
        if of_them and entry.ref not in of_them:
            left *= OTHER_PLACE
        if named and not _holds_one(named, stems(f"{whole_text(entry)} {titles.get(entry.page_id, '')}")):
            left *= OTHER_SUBJECT
        if demand is not None and _of_another_thing(demand, candidate):
            left *= OTHER_THING
        if _WHO_DID.match(question) and _only_describes(question, candidate):
            left *= OTHER_THING
        left = max(left, least)
        if demand is not None and starts_from_given(question) and _gives_back(demand, candidate):
            left *= OTHER_THING
        if _set_elsewhere(question, candidate, titles.get(entry.page_id, "")):
            left *= OTHER_PLACE
        if _none_of(clocks, _by_clock(candidate.evidence.text)) or _none_of(days, _days(candidate.evidence.text)):
            left *= OTHER_THING
        out.append(replace(candidate, confidence=candidate.confidence * left))
    return sorted(out, key=lambda c: -c.confidence)


def _holds_one(named: Sequence[str], held: set[str]) -> bool:
    return any(stands_in(n, held) for n in named)


def _only_describes(question: str, candidate: Candidate) -> bool:
    """Whether the marked words only describe what somebody did something to: "Orbit Watch, a group of amateurs,"."""
    text, marks = candidate.evidence.text, candidate.evidence.marks
    if len(marks) != 1:
        return False
    before, after = text[: marks[0][0]].rstrip(), text[marks[0][1] :].lstrip()
    described = words(before[:-1])[-1:]
    return before[-1:] == "," and after[:1] == "," and bool(described) and stem(described[0]) in stems(question)


def _set_elsewhere(question: str, candidate: Candidate, title: str) -> bool:
    """Whether sentence and question are set at different places, the question not at its entry's or page's own."""
    # What has become of something is told from wherever it has got to.
    if not places(question) or wanted(question) == "place" or asks_state(question):
        return False
    text = candidate.evidence.text
    own = {stem(n) for n in story_names(question)}
    told = own & stems(f"{text} {candidate.entry.title or ''} {title}")
    return not told and elsewhere(text, own)


def _none_of(asked: Set[Any], told: Set[Any]) -> bool:
    """Whether what is asked of and what is told of are both named, and never the same."""
    return bool(asked and told) and not asked & told


def _usual_days(question: str) -> set[str]:
    """Weekdays that stand for any such day: "a normal Sunday", "on Fridays"."""
    found = _USUAL_DAY.finditer(question)
    return {m["day"].lower() for m in found if m["many"] or not m[0].lower().startswith("on ")}


def _days(text: str) -> set[str]:
    return {m["day"].lower() for m in _DAY.finditer(text)}


def _by_clock(text: str) -> set[tuple[int, int]]:
    """Clocks that things are told by, as hour on a face of twelve and minute: "the 07:15 and 10:30 sailings"."""
    return {(int(c[1]) % 12, int(c[2])) for named in _BY_CLOCK.finditer(text) for c in _CLOCK.finditer(named[0])}


def _gives_back(demand: Demand, candidate: Candidate) -> bool:
    """Whether a sentence has no figure but the question's own, which is what that supposes, not what it asks for."""
    held = {f.value for f in figures(candidate.evidence.text) if f.kind in demand.kinds and not f.old}
    return bool(held) and held <= demand.given


def _of_another_thing(demand: Demand, candidate: Candidate) -> bool:
    """Whether the sentence has no figure of the kind asked for, or counts something else than what is asked."""
    text = candidate.evidence.text
    if _gives_back(demand, candidate):
        return True
    if demand.senses and "ordinal" in demand.kinds:
        told = senses(f"{text} {candidate.entry.title or ''}")
        if not told & demand.senses:
            return True
    if "ordinal" in demand.kinds:
        asked = {k for k in (*demand.keys, *demand.noun) if k.startswith("~") and k[1:] not in MATTER}
        if asked and not asked & held_keys(whole_text(candidate.entry)):
            return True
    if demand.kinds and set(demand.kinds) <= _TYPED:
        return not any(f.kind in demand.kinds for f in figures(text))
    return False
