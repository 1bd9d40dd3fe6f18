"""Which other sentences answer the question as the surest does: the newest tells how it stands, older ones what was.

Learned: a small logistic model over what reader, judge and encoder say of a sentence beside the surest
(`RESTATING_FEATURES`). The judge is asked whether an entry bears out, contradicts or does not speak of the surest
sentence's answer: another value of the same fact contradicts it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.embedding import Encoder
from index.records import Ref
from index.times import entry_moment
from rag.asking.aims import Aim
from rag.confidence import Logistic
from rag.evidence import Candidate, surroundings
from rag.facts.demand import wants_past_time, wants_planned_time
from rag.facts.figures import Kind, figures, marked_among
from rag.facts.happened import looks_ahead, only_planned, tells_when
from rag.facts.matching import holder
from rag.facts.senses import COUNTED, THINGS, asked_keys, asked_things, held_keys, senses
from rag.facts.settling import SAME_TIME_S, SIDES_TIME_S, Settled, of_two_sources
from rag.facts.stated import reprints, revises, source_of
from rag.facts.stories import elsewhere, story_names
from rag.judge import Judge, Verdict, as_claim
from rag.listing import moment_key
from rag.words import names, stem, stems, words

LEAST_RELEVANCE = -4.0  # log-odds that an entry answers at all: below it the judge is not asked
MAX_ASKED = 6
# From here on a newer sentence leads; less where the question names a time, so that a stale lead is the worse mistake.
LIKELY, LIKELY_IN_TIME = 0.5, 0.4
SAID = 0.65  # from here on an answer says that one value replaced the other


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of another entry beside the surest one: its features, and whether it gives the same value.

    `likely` is the probability that it states the same fact.
    """

    candidate: Candidate
    features: tuple[float, ...]
    same: bool
    likely: float = 1.0


def beside(
    question: str,
    candidates: Sequence[Candidate],
    judge: Judge,
    encoder: Encoder,
    titles: Mapping[str, str] | None = None,
) -> list[Beside]:
    """The best sentence of each other timed entry of the surest one's page, by how it stands to that one.

    `titles` are the pages' by id: entries are judged under them.
    """
    if not candidates or entry_moment(candidates[0].entry) is None:
        return []
    lead = candidates[0]
    named = {stem(n) for n in story_names(question)}
    outright = bool(named & stems(lead.evidence.text))
    past, planned = wants_past_time(question), wants_planned_time(question)
    asked_of = asked_things(question)
    best: dict[Ref, Candidate] = {}
    for candidate in sorted(candidates[1:], key=lambda c: -c.margin):
        entry, text = candidate.entry, candidate.evidence.text
        apart = entry.page_id == lead.entry.page_id and entry.ref != lead.entry.ref and entry_moment(entry) is not None
        likely = candidate.relevance >= LEAST_RELEVANCE
        other = reprints(text) or (outright and elsewhere(text, named)) or (past and only_planned(text))
        other = other or _of_another(asked_of, lead.evidence.text, text)
        other = other or (planned and tells_when(text) and not looks_ahead(text))
        if apart and likely and not other and not _of_other_kind(lead, candidate):
            best.setdefault(entry.ref, candidate)
    asked = sorted(best.values(), key=lambda c: -c.relevance)[:MAX_ASKED]
    if not asked:
        return []
    claim = as_claim(question, " and ".join(lead.evidence.marked))
    verdicts = judge.judge([(claim, surroundings(c.evidence, titles)) for c in asked])
    vectors = encoder.encode([c.evidence.text for c in (lead, *asked)])
    alike = (vectors[1:] @ vectors[0]).tolist()
    return [
        Beside(c, _features(lead, c, v, a), _same(lead, c, v)) for c, v, a in zip(asked, verdicts, alike, strict=True)
    ]


def _of_another(asked: frozenset[str], lead: str, text: str) -> bool:
    """Whether a sentence speaks of another thing than the one asked of, of which the surest sentence speaks."""
    own, held = asked & held_keys(lead), held_keys(text)
    return bool(own) and not own & held and bool(THINGS & held)


def restated(aim: Aim, lead: Candidate, found: Sequence[Beside], model: Logistic, *, timed: bool) -> Settled | None:
    """The value that stands and those it replaced; None where nothing else states the fact with another value.

    `timed` says that the question names the time it means.
    """
    stating = [replace(b, likely=model.probability(b.features)) for b in found]
    stating = [b for b in stating if b.likely >= (LIKELY if aim == "any" and not timed else LIKELY_IN_TIME)]
    if not any(not b.same for b in stating):
        return None
    course = sorted([Beside(lead, (), True), *stating], key=lambda b: moment_key(b.candidate.entry))
    runs = _runs(course)
    standing = runs[0] if aim == "first" else runs[-1]
    chosen = max(standing, key=lambda b: b.candidate.confidence)
    earlier = [
        run[0].candidate for run in runs[:-1]
        if not _equal(run[0], standing[0]) and min(run[0].likely, chosen.likely) >= SAID
    ]  # fmt: skip
    confidence = max(chosen.candidate.confidence, lead.confidence)
    beside = _of_others(aim, chosen, [b for run in runs for b in run if not _equal(b, standing[0])])
    earlier = [c for c in earlier if c not in beside]
    return Settled(
        replace(chosen.candidate, confidence=confidence),
        () if aim == "first" else tuple(reversed(earlier)),
        beside=beside,
        course=tuple(run[0].candidate for run in runs if aim == "change" or run[0].likely >= SAID),
    )


def carried_on(found: Settled, candidates: Sequence[Candidate], least: float) -> Settled:
    """A state that the restatements found, or what a newer sentence as sure as `least` says of the same thing.

    States follow one another in ever other words ("is closed", "has reopened"); what they are said of stays.
    """
    lead = found.lead
    if marked_among(figures(lead.evidence.text), lead.evidence.marks):
        return found
    newer = [
        c for c in candidates
        if c.confidence >= least
        and c.entry.page_id == lead.entry.page_id
        and moment_key(c.entry) > moment_key(lead.entry)
        and same_subject(c.evidence.text, lead.evidence.text)
    ]  # fmt: skip
    if not newer:
        return found
    newest = max(newer, key=lambda c: (moment_key(c.entry), c.confidence))
    return replace(found, lead=newest, replaced=(lead, *found.replaced))


def same_subject(one: str, other: str) -> bool:
    """Whether two sentences share most of the telling words of the shorter, its states and names apart."""
    a, b = (
        {k for k in asked_keys(text) if not k.startswith("~")} - {stem(n) for n in (*names(one), *names(other))}
        for text in (one, other)
    )
    return bool(a and b) and 2 * len(a & b) > min(len(a), len(b))


def _of_others(aim: Aim, chosen: Beside, found: Sequence[Beside]) -> tuple[Candidate, ...]:
    """Other sources' figures of the same time, the newest of each: they differ, and neither replaces the other."""
    mine = chosen.candidate
    if aim == "first" or (revises(mine.evidence.text) and aim != "sides"):
        return ()
    within_s = SIDES_TIME_S if aim == "sides" else SAME_TIME_S
    out: dict[str, Candidate] = {}
    for candidate in sorted((b.candidate for b in found), key=lambda c: -moment_key(c.entry)):
        source = source_of(candidate.evidence.text)
        near = abs(moment_key(candidate.entry) - moment_key(mine.entry)) <= within_s
        if near and of_two_sources(source, source_of(mine.evidence.text)):
            out.setdefault(source, candidate)
    return tuple(out.values())


def _runs(course: Sequence[Beside]) -> list[list[Beside]]:
    """Neighbours in time that give one value."""
    runs: list[list[Beside]] = []
    for one in course:
        if runs and _equal(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _equal(one: Beside, other: Beside) -> bool:
    if one.same or other.same:
        return one.same and other.same
    return _value(one.candidate) == _value(other.candidate)


def _features(lead: Candidate, other: Candidate, verdict: Verdict, alike: float) -> tuple[float, ...]:
    return (
        other.confidence / max(lead.confidence, 1e-6),
        math.tanh(other.margin / 8),
        math.tanh((other.margin - lead.margin) / 8),
        math.tanh(other.relevance / 4),
        math.tanh((other.relevance - lead.relevance) / 4),
        other.sentence - lead.sentence,
        verdict.supported,
        verdict.contradicted,
        float(moment_key(other.entry) > moment_key(lead.entry)),
        alike,
    )


def _same(lead: Candidate, other: Candidate, verdict: Verdict) -> bool:
    """Whether both give one value: by their figures where they have some, else as the judge says."""
    one, two = (frozenset(f.value for f in figures(" ".join(c.evidence.marked))) for c in (lead, other))
    if one or two:
        return one == two
    return _value(lead) == _value(other) or verdict.supported >= verdict.contradicted


def _of_other_kind(lead: Candidate, other: Candidate) -> bool:
    """Whether the surest words give a figure and the other sentence none of its kind: a kick-off is no newer score.

    Nor is a part of what is counted, a count of something else, or the share of someone who is named, a newer count.
    A plan's time may be followed by words without one ("called off"), but not by twelve minutes.
    """
    mine, theirs = (marked_among(figures(c.evidence.text), c.evidence.marks) for c in (lead, other))
    if mine and theirs and all(f.part for f in theirs) and not any(f.part for f in mine):
        return True
    if {f.kind for f in mine} & {"percent", "share"} and _of_two_holders(lead.evidence.text, other.evidence.text):
        return True
    own, counted = (COUNTED & senses(c.evidence.text) for c in (lead, other))
    if mine and own and counted and not own & counted:
        return True
    told, given = {f.kind for f in mine}, {f.kind for f in theirs}
    of_time: set[Kind] = {"clock", "date"}
    if told and given and told <= of_time:
        return not given & of_time
    return bool(told) and not told & (of_time | (given or {f.kind for f in figures(other.evidence.text)}))


def _of_two_holders(one: str, other: str) -> bool:
    """Whether one of two shares is told of someone whom the other sentence does not name."""
    return any(name not in stems(text) for name in (holder(one), holder(other)) if name for text in (one, other))


def _value(candidate: Candidate) -> tuple[str, ...]:
    marked = " ".join(candidate.evidence.marked)
    told = sorted({f.value for f in figures(marked)})
    return tuple(told) or tuple(words(marked))
