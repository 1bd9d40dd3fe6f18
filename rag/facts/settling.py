"""Which value of a figure answers: the newest that stands, what it replaced, who says otherwise at that time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.records import Ref
from index.times import entry_moment
from rag.asking.aims import Aim
from rag.evidence import Candidate, sentence_at
from rag.facts.demand import Demand
from rag.facts.figures import figures, marked_among
from rag.facts.happened import looks_ahead
from rag.facts.matching import (
    SLACK,
    Match,
    adopt,
    attributed,
    coverage,
    fits,
    matching,
    of_one_holder,
    once,
    one_story,
    own_names,
    replaces,
    spoken,
)
from rag.facts.stated import Statement, names_in, source_of
from rag.listing import moment_key

SAME_TIME_S = 3600.0
SIDES_TIME_S = 12 * 3600.0  # where the question asks for each side's figure
SURE = 0.9
OTHERS_SHARE = 0.5  # what the second source's sentence must have of what is asked of the first
ANCHOR_SLACK = 0.2
SPOKEN_SLACK = 0.4
REVISED_SLACK = 0.6
WIDE_SLACK = 0.45
_CORRECTS = re.compile(
    r"\b(?:correct(?:ed|s|ion|ing)?|clarif\w+|revis\w+|amend\w+|apolog\w+|sorry|errors?|mistake\w*|wrong\w*"
    r"|withdr[ae]w\w*|retract\w*|in fact|not \w+ as|fewer than|less than|rather than|too (?:high|low|many)"
    r"|miscount\w*|counted twice)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The leading sentence, the earlier values it replaced (newest first) and others' values of the same time.

    `course` holds every value in order of time by the sentence that first gave it; `others` the newest statement of
    each other story that the question could mean.
    """

    lead: Candidate
    replaced: tuple[Candidate, ...] = ()
    beside: tuple[Candidate, ...] = ()
    course: tuple[Candidate, ...] = ()
    others: tuple[Statement, ...] = ()


def settle(
    demand: Demand, aim: Aim, found: Sequence[Statement], candidates: Sequence[Candidate], sure: bool
) -> Settled | None:
    """The figure that answers, None where the statements do not tell.

    What is counted by its own words ("how many were hurt") is looked up among all statements; any other figure starts
    from the surest candidate, where `sure` says that it may answer, and moves to newer statements of the same thing.
    """
    found = once(found)
    demand = adopt(demand, found)
    if demand.counts:
        main, rest = one_story(demand, matching(demand, found))
    else:
        main, rest = (_like_anchor(demand, aim, found, candidates) if sure else []), []
        if not main or aim == "change":
            wide = one_story(demand, attributed(demand, found, WIDE_SLACK if aim == "change" else SLACK))
            main, rest = wide if len(wide[0]) >= len(main) else (main, rest)
    if not main:
        return None
    return told(aim, _of_one_kind(main), candidates, rest)


def told(aim: Aim, main: Sequence[Match], candidates: Sequence[Candidate], rest: Sequence[Match] = ()) -> Settled:
    """What statements of one thing come to: the value that stands (or the first), what it replaced, who differs.

    `main` holds at least one match, `rest` those of other stories.
    """
    timed = [m for m in main if entry_moment(m.statement.entry) is not None]
    known = _known(candidates)
    standing = (
        (timed if aim == "first" else [m for m in timed if not m.statement.former])
        or [m for m in main if not m.statement.former]
        or main
    )
    lead = _lead(standing, aim, known)
    course = _course(standing, known)
    if aim == "replaced":
        wrong, right = _corrected(course, standing, lead)
        if wrong is not None:
            return Settled(_candidate(wrong, known), beside=(_candidate(right, known),))
    beside = _beside(lead, standing, SIDES_TIME_S if aim == "sides" else SAME_TIME_S)
    said = {lead.statement.figure.value, *(b.figure.value for b in beside)}
    earlier = [c for c in course if c.statement.figure.value not in said and _before(c, lead)]
    return Settled(
        _candidate(lead, known),
        () if aim == "first" else tuple(_candidate(m, known) for m in reversed(earlier)),
        tuple(_candidate(Match(b, lead.coverage), known) for b in beside),
        tuple(_candidate(m, known) for m in sorted(course, key=_when)),
        _others(rest),
    )


def _like_anchor(demand: Demand, aim: Aim, found: Sequence[Statement], candidates: Sequence[Candidate]) -> list[Match]:
    """The statement that the surest candidate makes, and those that state the same thing at other times."""
    anchor = next((s for c in candidates[:1] for s in found if fits(demand, s) and _marked(c, s)), None)
    if anchor is None:
        return []
    own = coverage(demand, anchor)
    moves = demand.open or aim in {"latest", "news", "change", "first"}
    names = [p for p in names_in(anchor) if p]
    timed = anchor.figure.kind in {"clock", "date"}
    telling = [k for k in demand.keys if k not in demand.named]
    of_it = set(telling) & anchor.keys
    out = [Match(anchor, own)]
    theirs = own_names(anchor, [s for s in found if s.entry.page_id == anchor.entry.page_id], set(demand.named))
    for other in sorted(found, key=lambda s: moment_key(s.entry)):
        same = other.entry.page_id == anchor.entry.page_id and fits(demand, other) and other is not anchor
        alike = (other.figure.kind, other.figure.unit) == (anchor.figure.kind, anchor.figure.unit)
        held = spoken(other)
        linked = any(replaces(other, m.statement) for m in out)  # it need not name them again
        alike = alike and (theirs <= held or linked) and of_one_holder(anchor, other)
        if not (same and alike) or other.figure.part or other.entry.ref == anchor.entry.ref:
            continue
        share = coverage(demand, other)
        named = any(all(stem in held for stem in p) for p in names)
        outright = (
            bool(telling) and all(k in other.keys for k in telling) and any(k in other.keys for k in demand.named)
        )
        slack = REVISED_SLACK if other.revised and named else SPOKEN_SLACK if outright else ANCHOR_SLACK
        if timed and not (held >= of_it and set(telling) & other.keys and (other.revised or looks_ahead(other.text))):
            continue
        near = share >= max(own - slack, 0.2) and (moves or (other.revised and named))
        if near or (linked and set(telling) & other.keys):
            out.append(Match(other, share))
    return out


def _of_one_kind(main: Sequence[Match]) -> list[Match]:
    """Matches of the kind and unit that the best covered entries give: percentages are not compared with sums."""
    best: dict[tuple[str, str], float] = {}
    for match in main:
        kind = _kind(match)
        best[kind] = best.get(kind, 0.0) + match.coverage
    wanted = max(best, key=lambda k: best[k])
    kept = [m for m in main if _kind(m) == wanted]
    best_covered = max(kept, key=lambda m: (m.coverage, _when(m)))
    return [m for m in kept if of_one_holder(best_covered.statement, m.statement)]


def _kind(match: Match) -> tuple[str, str]:
    """Kind and unit of a match's figure: "a third person" counts as "three people" does."""
    figure = match.statement.figure
    return ("count" if figure.kind == "ordinal" else figure.kind), figure.unit


def _marked(candidate: Candidate, statement: Statement) -> bool:
    evidence = candidate.evidence
    if (evidence.entry.ref, evidence.part) != (statement.entry.ref, statement.part):
        return False
    a, b = statement.start + statement.figure.start, statement.start + statement.figure.end
    return any(evidence.start + x < b and a < evidence.start + y for x, y in evidence.marks)


def _when(match: Match) -> float:
    return moment_key(match.statement.entry)


def _before(one: Match, other: Match) -> bool:
    return _when(one) < _when(other)


def _lead(standing: Sequence[Match], aim: Aim, known: dict[tuple[Ref, str, int], Candidate]) -> Match:
    """The newest statement (the earliest where the first is asked for); within an entry the plainest and surest."""
    moment = (min if aim == "first" else max)(_when(m) for m in standing)
    newest = [m for m in standing if _when(m) == moment]

    def worth(match: Match) -> tuple[bool, float, float, int]:
        s = match.statement
        held = known.get((s.entry.ref, s.part, s.start))
        return s.part == "body", round(match.coverage, 1), held.confidence if held else 0.0, -s.start

    return max(newest, key=worth)


def _course(standing: Sequence[Match], known: dict[tuple[Ref, str, int], Candidate]) -> list[Match]:
    """One match for each run of a value, oldest first: where the value first stood, titles yielding to bodies."""
    ordered = sorted(standing, key=lambda m: (_when(m), m.statement.part != "body"))
    out: list[Match] = []
    for match in ordered:
        if not out or out[-1].statement.figure.value != match.statement.figure.value:
            same_entry = [m for m in out if m.statement.entry.ref == match.statement.entry.ref]
            if any(m.statement.figure.value == match.statement.figure.value for m in same_entry):
                continue
            out.append(match)
    return out


def _beside(lead: Match, standing: Sequence[Match], within_s: float) -> list[Statement]:
    """Other values of the same time from other sources: newest of each source, none that the lead corrects."""
    mine = lead.statement
    out: dict[str, Statement] = {}
    for match in sorted(standing, key=_when, reverse=True):
        s = match.statement
        apart = of_two_sources(s.source, mine.source)
        near = abs(_when(match) - _when(lead)) <= within_s
        corrected = mine.revised and _when(match) < _when(lead)
        if apart and near and s.figure.value != mine.figure.value and not corrected and s.part == "body":
            out.setdefault(s.source, s)
    return list(out.values())


def _corrected(course: Sequence[Match], standing: Sequence[Match], lead: Match) -> tuple[Match | None, Match]:
    """The value that was put right, and the statement that put it right: the last that says so, else the newest."""
    fixes = [m for m in standing if _CORRECTS.search(m.statement.text)]
    fix = max(fixes, key=_when, default=lead)
    value = fix.statement.figure.value
    before = [m for m in course if m.statement.figure.value != value and _before(m, fix)]
    return (max(before, key=_when) if before else None), fix


def of_two_sources(one: str, other: str) -> bool:
    """Whether two figures are given by sources that are both named and not the same."""
    return bool(one and other) and not set(one.split()) & set(other.split())


def by_two_sources(candidates: Sequence[Candidate], least: float) -> Settled | None:
    """The surest sentence with a figure, and the surest of another source with one of its kind; None without both.

    `least` is the confidence that the first must have; figures of two sources bear each other out.
    """
    told = [(c, marked_among(figures(c.evidence.text), c.evidence.marks)) for c in candidates]
    told = [(c, found) for c, found in told if found and source_of(c.evidence.text)]
    if not told or told[0][0].confidence < least:
        return None
    (lead, mine), *others = told
    source, kind = source_of(lead.evidence.text), (mine[0].kind, mine[0].unit)
    for other, found in others:
        apart = of_two_sources(source, source_of(other.evidence.text)) and other.confidence >= OTHERS_SHARE * least
        if apart and (found[0].kind, found[0].unit) == kind and other.entry.page_id == lead.entry.page_id:
            return Settled(lead, beside=(other,))
    return None


def _others(rest: Sequence[Match]) -> tuple[Statement, ...]:
    """The newest statement of each other page and thread."""
    out: dict[str, Statement] = {}
    for match in sorted(rest, key=_when, reverse=True):
        if not match.statement.former and entry_moment(match.statement.entry) is not None:
            out.setdefault(match.statement.entry.page_id, match.statement)
    return tuple(out.values())


def _known(candidates: Sequence[Candidate]) -> dict[tuple[Ref, str, int], Candidate]:
    """Candidates by the sentence they are, the surest of each."""
    out: dict[tuple[Ref, str, int], Candidate] = {}
    for candidate in candidates:
        evidence = candidate.evidence
        out.setdefault((evidence.entry.ref, evidence.part, evidence.start), candidate)
    return out


def _candidate(match: Match, known: dict[tuple[Ref, str, int], Candidate]) -> Candidate:
    """The statement as a candidate with its figure marked: sure where the question's subject is all there."""
    s = match.statement
    evidence = sentence_at(s.entry, s.part, s.start + s.figure.start, s.start + s.figure.end)
    held = known.get((s.entry.ref, s.part, evidence.start))
    confidence = max(SURE * match.coverage, held.confidence if held else 0.0)
    if held is not None:
        return replace(held, evidence=evidence, confidence=round(confidence, 3))
    return Candidate(evidence, 0.0, 0.0, 0.0, 0.0, confidence=round(confidence, 3))
