"""Which statements answer a question for a figure: same thing counted, same subject, other threads kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.times import entry_moment
from rag.facts.demand import Demand
from rag.facts.figures import Figure, figures
from rag.facts.happened import looks_ahead
from rag.facts.senses import COUNTED, EVENT, PERSON, held_keys, senses
from rag.facts.stated import Statement, names_in, source_span
from rag.listing import moment_key
from rag.words import stem

NEAR_WORTH = 0.8
BODY_WORTH = 0.6
LIST_WORTH = 0.2
SLACK = 0.25
PINNED_SLACK = 0.5  # where names have told the story already, its other words tell less
LEAST_COVERAGE = 0.34
ATTRIBUTED = 0.55
ADOPTED = 0.5
COMMON = 0.8  # a name held so much less often than the story's own says whose figure it is
_NAMED_FIRST = re.compile(r"(?!(?:The|An?|In|At|On|Of) )(?:[A-Z][\w’'-]+ ){1,3}(?P<last>[A-Z][\w’'-]+) (?=[a-z])")
_PUT_ON = re.compile(
    r"\b(?:puts?|gives?|leaves?|has|have) (?:[A-Z][\w’'-]+ ){1,3}?(?P<last>[A-Z][\w’'-]+) (?:on|at|with)\b"
)
_STILL = re.compile(r"\b(?:still|remain(?:s|ed|ing)?|without (?:it|them|any))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that answers, with the share of the question's subject that it and its entry hold."""

    statement: Statement
    coverage: float


def matching(demand: Demand, found: Sequence[Statement]) -> list[Match]:
    """Statements that count what is asked for, of the subject asked about; those far from the best are left out."""
    fitting = [Match(s, coverage(demand, s)) for s in found if fits(demand, s)]
    if demand.noun and demand.senses:
        fitting = [m for m in fitting if _of_sense(demand, m.statement)] or fitting
    if not fitting:
        return []
    pinned = bool(demand.named and demand.senses) and not set(demand.named) & set(demand.keys)
    slack = PINNED_SLACK if pinned else SLACK
    floor = max(max(m.coverage for m in fitting) - slack, LEAST_COVERAGE if demand.keys and not pinned else 0.0)
    return [m for m in fitting if m.coverage >= floor]


def _of_sense(demand: Demand, statement: Statement) -> bool:
    """Whether a thing is counted in the state asked for, by its own words or as one that goes on ("still without")."""
    if statement.senses & demand.senses:
        return True
    goes_on = bool(_STILL.search(statement.text)) or bool({f"~{name}" for name in demand.senses} & statement.near)
    return not statement.senses and goes_on


def attributed(demand: Demand, found: Sequence[Statement], slack: float = SLACK) -> list[Match]:
    """Statements of a figure that is known by what it measures ("the level of the river") where nothing is counted.

    They must hold most of the subject, its names nearly all, and a word of what is measured in the sentence itself.
    """
    telling = [k for k in demand.keys if k not in demand.named]
    kinds = {k for k in demand.kinds if k not in {"count", "ordinal", "age"}}
    out = []
    for statement in found:
        if statement.figure.kind not in kinds or not fits(demand, statement):
            continue
        if statement.figure.kind in {"clock", "date"} and not (looks_ahead(statement.text) or statement.revised):
            continue
        share = coverage(demand, statement)
        held = statement.keys | (statement.near if statement.part == "body" else frozenset())
        if demand.named and slack <= SLACK and not spoken(statement) & set(demand.named):
            continue
        if share >= ATTRIBUTED and telling and any(k in held for k in telling):
            out.append(Match(statement, share))
    floor = max((m.coverage for m in out), default=0.0) - slack
    return [m for m in out if m.coverage >= floor]


def once(found: Sequence[Statement]) -> list[Statement]:
    """Statements without those that repeat an earlier entry's sentence word for word: a reprint is no news."""
    first: dict[tuple[str, str, int], Statement] = {}
    for statement in sorted(found, key=lambda s: moment_key(s.entry)):
        words = " ".join(re.findall(r"\w+", statement.text.lower()))
        key = (statement.entry.page_id, words, statement.figure.start)
        if key not in first or entry_moment(first[key].entry) is None:
            first[key] = statement
    kept = {id(s) for s in first.values()}
    return [s for s in found if id(s) in kept]


def adopt(demand: Demand, found: Sequence[Statement]) -> Demand:
    """The demand with what its own figures count: "first it was 210; what is the number now?" wants what 210 was.

    Only where the question itself does not say what is counted.
    """
    if "ordinal" not in demand.kinds or demand.counts or not (demand.given and demand.anew):
        return demand
    for statement in found:
        figure = statement.figure
        told = figure.kind in {"count", "ordinal"} and figure.value in demand.given
        if told and (statement.senses or figure.noun) and coverage(demand, statement) >= ADOPTED:
            noun = () if statement.senses and _counts_people(figure) else figure.noun[-1:]
            return replace(demand, senses=statement.senses, noun=noun)
    return demand


def fits(demand: Demand, statement: Statement) -> bool:
    """Whether the figure is of the kind that is asked for and counts what is asked for."""
    figure = statement.figure
    if figure.kind not in demand.kinds or figure.step:
        return False
    if figure.kind == "percent" and demand.counts:
        return bool(statement.senses & demand.senses)
    if figure.kind in {"percent", "share"}:  # a turnout is no share of the votes counted
        asked = {k.removeprefix("~") for k in demand.keys} & COUNTED
        return not (asked and statement.senses and not asked & statement.senses)
    if figure.kind not in {"count", "ordinal"} or "ordinal" not in demand.kinds:
        return True
    if demand.noun:
        return _noun_fits(demand, statement)
    if not (statement.senses & demand.senses) or figure.part:
        return False
    if figure.kind == "ordinal":
        return bool(figure.noun) and (figure.noun[0] in PERSON or any(n in PERSON for n in figure.noun))
    return _counts_people(figure)


def _noun_fits(demand: Demand, statement: Statement) -> bool:
    figure = statement.figure
    if figure.kind == "ordinal":
        return False
    apart = statement.senses and demand.senses and not (statement.senses & demand.senses)
    if apart or (demand.senses and figure.noun and not statement.senses and not _told_near(demand, statement)):
        return False
    if figure.part and re.match(r"\W*of ", statement.text[figure.end :]):
        return demand.noun[-1] in statement.keys
    if not figure.noun:
        elided = demand.noun[-1] not in {"~child", "~police", "~firefighter"}
        return elided and bool(statement.senses & demand.senses) and not figure.part
    phrase = re.split(r"[.;:,()–-]| and | or | were | was | are ", statement.text[figure.end : figure.end + 40])[0]
    held = set(figure.noun) | {f"~{s}" for s in senses(phrase)}
    return demand.noun[-1] in held and all(n in held | spoken(statement) for n in demand.noun)


_GOES_ON = re.compile(r"\bstill\b", re.IGNORECASE)


def _told_near(demand: Demand, statement: Statement) -> bool:
    """Whether what befell the counted is told nearby, and just they are counted: care homes are not homes."""
    counted = statement.figure.noun[0]
    first = {counted, *(f"~{s}" for s in senses(counted))}
    told = any(f"~{s}" in statement.near for s in demand.senses) or bool(_GOES_ON.search(statement.text))
    return demand.noun[-1] in first and told


def _counts_people(figure: Figure) -> bool:
    if not figure.noun:
        return True
    matter = {name for n in figure.noun for name in senses(n)}
    if "child" in matter or set(figure.noun[:1]) & {"women", "woman", "children", "day", "vehicl", "hous", "home"}:
        return False
    return any(n in PERSON for n in figure.noun) or bool(matter & COUNTED)


def coverage(demand: Demand, statement: Statement) -> float:
    """Share of the question's subject that stands in the sentence, near it, or elsewhere in its entry."""
    if not demand.keys:
        return 1.0
    entry = statement.entry
    listed = entry.kind == "summary" or len(re.findall(r"[•*] ", entry.body)) >= 3
    body = held_keys(entry.body)
    total = weight = 0.0
    for key in demand.keys:
        worth = 2.0 if key in demand.named else 1.0
        weight += worth
        if key in statement.keys:
            total += worth
        elif key in statement.near:
            total += worth * NEAR_WORTH
        elif key in body:
            total += worth * (LIST_WORTH if listed else BODY_WORTH)
    return total / weight


def own_names(one: Statement, found: Sequence[Statement], asked: set[str]) -> set[str]:
    """The question's names that a statement holds and others of its story lack: one candidate's share is not all's."""
    held = {n: sum(n in spoken(s) for s in found) for n in asked}
    common = max(held.values(), default=0)
    return {n for n in asked & spoken(one) if held[n] < COMMON * common}


def of_one_holder(one: Statement, other: Statement) -> bool:
    """Whether two shares may be of one: a candidate's share of the vote is not the share of votes counted."""
    holders = [h for s in (one, other) if s.figure.kind in {"percent", "share"} for h in [holder(s.text)] if h]
    return all(h in spoken(s) for h in holders for s in (one, other))


def holder(text: str) -> str:
    """The last name of the one whom a sentence begins with or puts at a figure, if it is no source; else empty."""
    put = _PUT_ON.search(text)
    if put:
        return stem(put["last"])
    match = _NAMED_FIRST.match(text)
    source = source_span(text)
    if match is None or (source and source[0] < match.end()):
        return ""
    return stem(match["last"])


def spoken(statement: Statement) -> frozenset[str]:
    """All that a statement can be matched by in its sentence, its title and the sentence before it."""
    return statement.keys | statement.near


def one_story(demand: Demand, matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """The matches of one story, and those of others: stories are told apart by the names and happenings they share.

    Statements of a page are joined where they share a name or a happening ("storm") in their sentence, their title or
    the sentence before; one that names nothing belongs to its page's main story, the one told by most entries. Of
    several pages the one that covers the question's subject best is taken, then the newest.
    """
    stories = [
        s for page in dict.fromkeys(m.statement.entry.page_id for m in matches) for s in _stories(demand, matches, page)
    ]
    if not stories:
        return [], []
    main: dict[str, list[Match]] = {}
    for story in stories:
        page = story[0].statement.entry.page_id
        if page not in main or _weight(story) > _weight(main[page]):
            main[page] = story
    best = max(main.values(), key=lambda s: (round(max(m.coverage for m in s), 1), max(_moment(m) for m in s)))
    return best, [m for m in matches if m not in best]


def _weight(story: Sequence[Match]) -> tuple[float, int]:
    return round(max(m.coverage for m in story), 1), len({m.statement.entry.ref for m in story})


def _moment(match: Match) -> float:
    return moment_key(match.statement.entry)


def _stories(demand: Demand, matches: Sequence[Match], page: str) -> list[list[Match]]:
    groups: list[tuple[frozenset[str], list[Match]]] = []
    loose = []
    for match in matches:
        if match.statement.entry.page_id != page:
            continue
        tags = _tags(demand, match.statement)
        if not tags:
            loose.append(match)
            continue
        joined = [g for g in groups if g[0] & tags]
        whole = tags.union(*(g[0] for g in joined))
        groups = [g for g in groups if g not in joined] + [(whole, [m for g in joined for m in g[1]] + [match])]
    if not groups:
        return [loose] if loose else []
    found = sorted((g[1] for g in groups), key=_weight, reverse=True)
    return [found[0] + loose, *found[1:]]


def _tags(demand: Demand, statement: Statement) -> frozenset[str]:
    named = {"".join(p) for p in names_in(statement)}
    held = spoken(statement)
    own = {k for k in (*demand.keys, *demand.noun) if k in held and not (k in demand.noun and k.startswith("~"))}
    return frozenset(n for n in named if len(n) > 2) | (held & EVENT) | own


def replaces(new: Statement, old: Statement) -> bool:
    """Whether a sentence gives another's value as the one that it replaces."""
    if new.entry.ref == old.entry.ref or not new.entry.published or not old.entry.published:
        return False
    kind = new.figure.kind
    former = {f.value for f in figures(new.text) if f.old and f.kind in {kind, "count"}}
    return old.figure.value in former and not old.figure.old
