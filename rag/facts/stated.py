"""What entries state: each figure of each sentence with what it counts, whose it is and how it is said.

A statement is the unit in which facts change: "11 dead", said by someone, of somewhere, at some minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.records import Entry, Part
from index.sentences import sentence_spans
from rag.facts.figures import Figure, figures
from rag.facts.senses import COUNTED, PERSON, held_keys, sense_spans
from rag.words import ANY_MONTH, name_phrases

_CLAUSE = re.compile(r",|;|:| and | but | while | with | as | after ")
_RETRO = re.compile(
    r"\b(?:had (?:\w+ )?(?:said|hoped|planned|expected|put|told|given|reported|intended|promised|been (?:due|expected"
    r"|scheduled|said|told|given|reported|aiming|meant|set))|(?:was|were) (?:originally |initially )?(?:to have"
    r"|meant to"
    r"|supposed to)|(?:we|it|they|he|she) (?:reported|said|gave|put|stated|thought) (?:earlier|previously|this morning"
    r"|yesterday|last night|at first)|earlier (?:posts?|reports?|versions?|entry|updates?|figures?|estimates?|counts?)"
    r"|earlier,?(?: at [\w.: ]{4,9},?| today,?)? (?:we|it|they|he|she) (?:reported|said|told|wrote|put)"
    r"|at \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?,? we (?:reported|said|told|wrote|put|posted)"
    r"|reported earlier|earlier (?:reported|said|told|put)|(?:we|it|they) (?:previously|first|initially|wrongly"
    r"|mistakenly) "
    r"\w+|(?:its|their|the|a) (?:previous|earlier|original|initial|old) \w+|previously|originally|initially"
    r"|earlier (?:this|in the|that) (?:week|month|year|day|morning|afternoon|evening)[^.;]{0,60}?\b(?:said|told|warned"
    r"|suggested|reported|announced|hoped|planned|expected|thought)\b"
    r"|at first(?! light)|said (?:earlier|this morning|last night|yesterday|previously|at breakfast\w*))\b",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:now|correct(?:ed|ion|s)?|revis(?:ed|es|ion)|updated?|amended|no longer|in fact|instead|after all|risen?"
    r"|rises|"
    r"rose|climb(?:ed|s)|grow[ns]?|grew|jump(?:ed|s)|up to|increased?|fallen|fell|falls|dropped|cut|raised|put back"
    r"|moved|changed|brings?|bringing|taking|latest|new|confirmed|final|still|extended|postponed|delayed)\b",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    rf"\b(?:in|during|of|by|{ANY_MONTH})"
    r" ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^(?:the|that|this) (?:\w+ )?(?:number|figure|total|toll|count)\b|^it is\b"
    r"|\b(?:put|puts|putting|make|makes|made|has|have) (?:it|them|the (?:number|figure|total|toll))\b"
    r"|\bthe number\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"[,;]|:(?!\s*[\"“'‘])|\bnow\b(?! (?:been|known))|\bbut\b", re.IGNORECASE)
_REPORTED = re.compile(r"[:,]\s*[\"“]")
_SOURCE = re.compile(
    r"(?P<a>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\d+) |(?=[A-Z]))[\w’'-]+(?: [\w’'-]+){0,4}?) (?:have "
    r"|has )?(?:now |also |later )?(?:say|says|said|put|puts|estimates?"
    r"|estimated|reckons?|reported|reports|told|counts?|counted|makes? it|gives?|gave|believes?|think|thinks|claims?"
    r"|claimed|announced|confirmed|confirms|quoted|corrected|corrects|revised|amended|clarified|disclosed|states"
    r"|stated|speaks of|spoke of)\b|\baccording to (?P<b>(?:the |an? )?[\w’'-]+(?: [\w’'-]+){0,3})"
    r"|\b(?:says|said|reports|reported|adds|added|confirmed|wrote|writes) "
    r"(?P<c>(?:the |an? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4})"
    r"|(?P<d>(?:[Tt]he )?[\w-]+(?: [\w-]+)?)(?:['’]s?)? (?:estimate|figure|count|tally) (?:is|was|stands)\b"
)
_OFFICIAL = re.compile(
    r"\b(?:a|the|an|its|their|in|of|for|and|so|far|now|also|has|have|that|it|he|she|they)\b", re.IGNORECASE
)


_WHERE = re.compile(r" (?:in|at|near) .*", re.IGNORECASE)  # "the defence in Ashby": where a source is, not who


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in a sentence of an entry. `start` and `end` place the sentence in the entry's `part`.

    `senses` are those the figure itself counts; `keys` all that the sentence can be matched by, `near` the same of
    its title and the sentence before it. `retro` marks a sentence that tells what was said before.
    """

    entry: Entry
    part: Part
    start: int
    end: int
    text: str
    figure: Figure
    senses: frozenset[str]
    keys: frozenset[str]
    near: frozenset[str]
    retro: bool
    revised: bool
    source: str

    @property
    def former(self) -> bool:
        """Whether the figure is given as one that no longer stands."""
        return self.figure.old or self.retro


def statements(entries: Iterable[Entry]) -> list[Statement]:
    """Every statement of the entries' titles and bodies, in order."""
    return [s for entry in entries for s in _of_entry(entry)]


@lru_cache(maxsize=4096)
def _of_entry(entry: Entry) -> tuple[Statement, ...]:
    found: list[Statement] = []
    title = entry.title or ""
    about = held_keys(title)
    before, source = "", ""
    for start, end in sentence_spans(entry.body):
        text = entry.body[start:end]
        near = about | held_keys(before) if before else about
        source = source_of(text) or (source if re.match(r"(?:it|they|he|she)\b", text, re.IGNORECASE) else "")
        found += _of_sentence(entry, "body", start, end, text, near, before, source)
        before = text
    if title:
        lead = held_keys(entry.body[:300])
        found += _of_sentence(entry, "title", 0, len(title), title, lead, "", source_of(title))
    return tuple(found)


def _of_sentence(
    entry: Entry, part: Part, start: int, end: int, text: str, near: frozenset[str], before: str, source: str
) -> list[Statement]:
    held = figures(text)
    if not held:
        return []
    owned = _owned(text, held)
    inherits = bool(before) and bool(_REFERS.search(text) or (_RETRO.search(before) and len(held) == 1))
    counted = [f for f in figures(before) if f.kind == "count"] if inherits else []
    keys = held_keys(text)
    out = []
    for figure, senses in zip(held, owned, strict=True):
        if inherits and not figure.noun and not senses and figure.kind == "count" and counted:
            figure = replace(figure, noun=counted[0].noun)
            senses = frozenset(n for n, _, _ in sense_spans(before) if n in COUNTED)
        told = any(
            m.end() <= figure.start
            and (bool(_REPORTED.match(text[m.end() :])) or not _TURNS.search(text[m.end() : figure.start]))
            for m in _RETRO.finditer(text)
        )
        told = told or _of_another_year(text, entry)
        revised = revises(text) or inherits
        out.append(Statement(entry, part, start, end, text, figure, senses, keys, near, told, revised, source))
    return out


def _of_another_year(text: str, entry: Entry) -> bool:
    """Whether a sentence speaks of a year before the entry's own: what it tells stood then, not now."""
    own = entry.published.year if entry.published else None
    return own is not None and any(int(year) < own for year in _IN_YEAR.findall(text))


def _owned(text: str, held: Sequence[Figure]) -> list[frozenset[str]]:
    """For each figure the counted senses whose wording stands nearer to it than to any other figure."""
    out: list[set[str]] = [set() for _ in held]
    counts = [i for i, f in enumerate(held) if f.kind in {"count", "ordinal", "share", "percent"}]
    if not counts:
        return [frozenset() for _ in held]
    for name, a, b in sense_spans(text):
        if name not in COUNTED:
            continue
        ranked = sorted((_distance(text, held[i], a, b), i) for i in counts)
        nearest = [i for distance, i in ranked if distance < 120]
        if not nearest:
            continue
        out[nearest[0]].add(name)
        # "Two people, one of them the skipper, are missing": the part borrows the sense, the whole has it.
        if held[nearest[0]].part:
            out[next((i for i in nearest if not held[i].part), nearest[0])].add(name)
    for at, following in zip(counts, counts[1:], strict=False):
        # "three dead and another two hurt": each its own; "10, up from 8, dead" shares what stands after both.
        if not out[at] and out[following] and held[following].old:
            out[at] |= out[following]
    for at, previous in zip(counts[1:], counts, strict=False):
        if not out[at] and out[previous] and (held[at].old or held[previous].old):
            out[at] |= out[previous]
    return [frozenset(o) for o in out]


def _distance(text: str, figure: Figure, a: int, b: int) -> float:
    """How far a wording stands from a figure: characters, clause breaks counted extra, a former figure's extra."""
    if a >= figure.end:
        between, extra = text[figure.end : a], 0.0
    elif b <= figure.start:
        between, extra = text[b : figure.start], 4.0
    else:
        return 0.0
    breaks = len(_CLAUSE.findall(between))
    return len(between) + 18.0 * breaks + extra + (6.0 if figure.old else 0.0)


def looks_back(text: str) -> bool:
    """Whether a sentence tells what was said, planned or hoped before."""
    return bool(_RETRO.search(text))


def revises(text: str) -> bool:
    """Whether a sentence gives its figure as a new one ("has risen to", "now", "corrected")."""
    return bool(_REVISED.search(text))


def reprints(text: str) -> bool:
    """Whether a sentence only quotes what was posted before ("Earlier, at 9:10, we reported: ...")."""
    return any(_REPORTED.match(text[m.end() :]) for m in _RETRO.finditer(text))


def source_of(text: str) -> str:
    """Who the sentence says it has its figure from, in lower case without articles; empty where it names nobody."""
    span = source_span(text)
    named = _WHERE.sub("", text[slice(*span)]) if span else ""
    return " ".join(_OFFICIAL.sub(" ", named).split()).lower()


def source_span(text: str) -> tuple[int, int] | None:
    """Where a sentence names who said it, None where it names nobody."""
    for match in _SOURCE.finditer(text):
        group = next(g for g in ("a", "b", "c", "d") if match[g])
        if "".join(_OFFICIAL.sub(" ", match[group]).split()):
            return match.span(group)
    return None


def names_in(statement: Statement) -> list[list[str]]:
    """Names in the statement's sentence and title, each as its stems."""
    return name_phrases(f"so {statement.text}") + name_phrases(f"so {statement.entry.title or ''}")


def counts_people(figure: Figure) -> bool:
    """Whether a figure counts people as such, or says nothing of what it counts."""
    return not figure.noun or any(n in PERSON for n in figure.noun[:3]) or figure.noun[0] in PERSON
