"""Threads: the statements of a page that tell one figure at different times, and the one a question means.

A question may word a fact as no entry does ("how many vessels got too close?" of boats in a zone). Entries of one
fact word it much alike, so the sentence nearest the question in meaning finds its thread, and the thread its newest
value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedding import Encoder
from rag.asking.aims import Aim
from rag.asking.premises import read_premise
from rag.evidence import Candidate
from rag.facts.demand import NUMERALS, Demand
from rag.facts.figures import Figure, figures
from rag.facts.happened import looks_ahead
from rag.facts.matching import Match, of_one_holder, once, own_names, replaces, spoken
from rag.facts.senses import COUNTED, MATTER, PERSON, asked_keys, senses
from rag.facts.settling import Settled, told
from rag.facts.stated import Statement
from rag.facts.stories import of_place
from rag.listing import moment_key
from rag.words import names, stem

ALIKE = 0.5
CLOSE = 0.45
CHAINED = 0.35
SAME = 0.82
SHARED_WORTH = 0.3
PLAN_NEAR = 0.15
TITLED = 0.5
GIVEN_WORTH = 0.35
MARKED_WORTH = 0.4
MAX_STATEMENTS = 80
MOST_AT_ONCE = 2  # goals between two entries that give the score
LEAST = 0.5
LEAST_UNPINNED = 0.65
LEAST_SURE = 0.3
# Words of a question about how values are to be told, not about which they are.
_META = re.compile(
    r"^(?:please )?(?:list|trace|track|give|show|tell|name)\b(?: me)?(?: (?:all|every|each)\b)?(?: of)?(?: the\b)?"
    r"|\bin (?:the )?order\b(?: (?:they were |it was |of )?(?:being )?(?:announced|given|posted|told|published"
    r"|reported))?"
    r"|\b(?:through(?:out)?|over|during|across) the (?:day|night|morning|afternoon|evening|match|page|coverage)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "number figur total count toll latest updat report confirm announc accord correct clarific revis ris risen rise"
    " grown gone up down fall fallen drop now still least previous earli so far known reach add further least per cent"
    " percent previously first stat statement record tell told have has put give given take taken make made new news"
    " time plan expect due schedul".split()
)  # fmt: skip
_HAPPENINGS = frozenset("start end resume open shut landed talks hearing march result verdict arrived".split())


@dataclass(frozen=True, slots=True)
class Thread:
    """Statements of one figure, and how near the question comes to the nearest of them (about 0 to 1.3)."""

    statements: tuple[Statement, ...]
    score: float


def thread_of(
    question: str,
    demand: Demand,
    found: Sequence[Statement],
    encoder: Encoder,
    candidates: Sequence[Candidate] = (),
) -> Thread | None:
    """The thread that a question for a figure means among statements of one page; None where none is of its kind.

    A figure that the question itself gives tells its thread better than any wording, and what the reader marked
    counts by how sure it is.
    """
    premise = read_premise(question)
    given = figures(premise.told) if premise is not None else []
    kinds = set(demand.kinds) | {s.figure.kind for s in found if _same_figure(s.figure, given)}
    # A question's own figure is what it starts from ("of the 220 homes, how many ..."), where it does not ask whether
    # that figure still stands.
    own = demand.given if premise is None else frozenset[str]()
    pool = [s for s in found if s.figure.kind in kinds and s.figure.value not in own]
    pool = [s for s in pool if not s.figure.step and not _another(demand, s) and not _of_a_row(s.figure)]
    pool = _nearest_words(question, pool)
    if not pool:
        return None
    meant = premise.told if premise is not None and len(_keys(premise.asked, ())) < 2 else question
    asked = asked_names(question, pool)
    texts = [plain(s.text, asked) for s in pool]
    titled = [f"{plain(s.entry.title or '', asked)}. {text}" for s, text in zip(pool, texts, strict=True)]
    meant = _META.sub(" ", meant)
    vectors = encoder.encode([plain(meant, asked), *texts, *titled])
    bare, with_title = vectors[1 : len(pool) + 1], vectors[len(pool) + 1 :]
    keys = _keys(question, asked)
    shared = np.array([sum(k in s.keys for k in keys) / max(len(keys), 1) for s in pool])
    scores = bare @ vectors[0] * (1 - TITLED) + with_title @ vectors[0] * TITLED + SHARED_WORTH * shared
    scores = scores + GIVEN_WORTH * np.array([_same_figure(s.figure, given) for s in pool])
    scores = scores + MARKED_WORTH * np.array([_marked(s, candidates) for s in pool])
    standing = [i for i, s in enumerate(pool) if not s.former] or list(range(len(pool)))
    anchor = max(standing, key=lambda i: float(scores[i]))
    linked = set(_course_of_score(anchor, pool) if pool[anchor].figure.kind == "score" else _linked(anchor, pool, bare))
    if pool[anchor].figure.kind in {"clock", "date"}:  # plans are put off in ever other words
        level = scores - GIVEN_WORTH * np.array([_same_figure(s.figure, given) for s in pool])
        linked |= {
            i for i, s in enumerate(pool)
            if _of_one_kind(pool[anchor], s)
            and (
                (level[i] >= level[anchor] - PLAN_NEAR and (looks_ahead(s.text) or s.revised))
                or (premise is not None and _comes_of(pool[anchor], s))
            )
        }  # fmt: skip
    theirs = own_names(pool[anchor], pool, {stem(n) for n in asked})
    kept = {i for i in linked if theirs <= spoken(pool[i])}
    # What replaces a value of theirs need not name them again.
    kept |= {i for i in linked for k in kept if replaces(pool[i], pool[k])}
    return Thread(tuple(pool[i] for i in sorted(kept)), float(scores[anchor]))


def by_thread(
    question: str,
    demand: Demand,
    aim: Aim,
    found: Sequence[Statement],
    candidates: Sequence[Candidate],
    encoder: Encoder,
    *,
    pinned: bool = True,
) -> Settled | None:
    """What the thread that a question means comes to; None where no thread is near enough.

    `pinned` says that the question's names tell the story; else a thread must be nearer.
    """
    thread = thread_of(question, demand, once(of_place(question, found)), encoder, candidates)
    least = 0.0 if demand.kinds == ("score",) else LEAST if pinned else LEAST_UNPINNED  # a score is known by its form
    if thread is None or thread.score < least:
        return None
    share = min(1.0, thread.score - least + LEAST_SURE)
    return told(aim, [Match(s, share) for s in thread.statements], candidates)


def plain(text: str, without: Sequence[str]) -> str:
    """A text without the given names and the names inside its sentences, which say whose a fact is, not which."""
    dropped = {w.lower() for w in (*without, *names(text)) if not w[0].isdigit()}
    words = re.sub(r"[^\W_]+(?:['’][^\W_]+)?", lambda m: "" if m.group().lower() in dropped else m.group(), text)
    return " ".join(words.split())


def _same_figure(figure: Figure, given: Sequence[Figure]) -> bool:
    """Whether a figure is one that the question gives: of one value, and of one thing as far as both name it."""
    for other in given:
        nouns = set(figure.noun) & set(other.noun) or not figure.noun or not other.noun
        people = set(figure.noun) & PERSON or set(other.noun) & PERSON
        if figure.value == other.value and (figure.kind != "count" or other.kind != "count" or nouns or people):
            return True
    return False


def _marked(statement: Statement, candidates: Sequence[Candidate]) -> float:
    """How sure the reader is of the words in which a statement gives its figure; 0 where it marked others."""
    a, b = statement.start + statement.figure.start, statement.start + statement.figure.end
    for c in candidates:
        e = c.evidence
        if (e.entry.ref, e.part) == (statement.entry.ref, statement.part) and any(
            e.start + x < b and a < e.start + y for x, y in e.marks
        ):
            return c.confidence
    return 0.0


def _nearest_words(question: str, found: Sequence[Statement]) -> list[Statement]:
    keys = set(asked_keys(question))
    ranked = sorted(found, key=lambda s: -len(keys & s.keys))
    return ranked[:MAX_STATEMENTS]


def _keys(question: str, named: Sequence[str]) -> list[str]:
    stems = {stem(n) for n in named}
    return [k for k in asked_keys(question) if k not in stems | _GENERIC and not k[0].isdigit()]


def _of_a_row(figure: Figure) -> bool:
    """Whether an ordinal tells which of a row, not how many: "the first stage", but "a third person has died"."""
    return figure.kind == "ordinal" and not any(n in PERSON for n in figure.noun)


def _another(demand: Demand, statement: Statement) -> bool:
    """Whether the question and the statement count what is known to be different: the dead are not the hurt."""
    if "ordinal" not in demand.kinds:
        return False
    figure = statement.figure
    child = "child" in {n for w in figure.noun for n in senses(w)}
    if figure.part != (demand.noun == ("~child",)) and figure.part and child != (demand.noun == ("~child",)):
        return True
    return bool(demand.senses and statement.senses and not demand.senses & statement.senses)


def _linked(anchor: int, pool: Sequence[Statement], vectors: np.ndarray) -> list[int]:
    """The anchor's thread: statements worded like it, and those joined to it by a value that they replace."""
    found, todo = {anchor}, [anchor]
    named = frozenset(stem(n) for s in pool for n in names(s.text))
    near = vectors @ vectors.T
    while todo:
        one = todo.pop()
        for other in range(len(pool)):
            if other in found or not _of_one_kind(pool[one], pool[other]):
                continue
            chained = replaces(pool[one], pool[other]) or replaces(pool[other], pool[one])
            alike = _alike(pool[one], pool[other], named)
            direct = one == anchor and alike >= ALIKE and near[one, other] >= CLOSE
            chained = chained and alike > 0 and near[anchor, other] >= CHAINED
            if direct or (one == anchor and near[one, other] >= SAME) or chained:
                found.add(other)
                todo.append(other)
    return sorted(found)


def asked_names(question: str, found: Sequence[Statement]) -> list[str]:
    """The question's names, and a capitalised word that opens it where the statements know it as a name."""
    known = {n for s in found for n in names(s.text)}
    opening = re.match(r"[A-Z][^\W_]+", question)
    first = [opening.group()] if opening and opening.group() in known else []
    return [*first, *(n for n in names(question) if not n[0].isdigit())]


def _comes_of(plan: Statement, other: Statement) -> bool:
    """Whether a later statement tells when what was planned took place: it begins, ends or goes on likewise."""
    later = moment_key(other.entry) > moment_key(plan.entry) and not looks_ahead(other.text)
    return later and bool(_HAPPENINGS & senses(plan.text) & senses(other.text))


def _course_of_score(anchor: int, pool: Sequence[Statement]) -> list[int]:
    """The scores of a match around one of them, whatever the words: neither side's ever falls.

    Another match's score breaks the course, or adds more than MOST_AT_ONCE at once, and is left out.
    """
    order = sorted(range(len(pool)), key=lambda i: moment_key(pool[i].entry))
    at = order.index(anchor)
    found = [anchor]
    for side, others in ((1, order[at + 1 :]), (-1, order[:at][::-1])):
        last = _sides(pool[anchor])
        for i in others:
            if pool[i].figure.kind != "score" or pool[i].former:
                continue
            steps = [side * (b - a) for a, b in zip(last, _sides(pool[i]), strict=True)]
            if min(steps) >= 0 and sum(steps) <= MOST_AT_ONCE:
                found.append(i)
                last = _sides(pool[i])
    return sorted(found)


def _sides(statement: Statement) -> tuple[int, int]:
    home, away = statement.figure.value.split("-")
    return int(home), int(away)


def _of_one_kind(one: Statement, other: Statement) -> bool:
    a, b = one.figure, other.figure
    if (a.kind, a.unit) != (b.kind, b.unit) or a.part != b.part:
        return False
    if (one.entry.ref, one.part, one.start) == (other.entry.ref, other.part, other.start) and not (a.old or b.old):
        return a.start == b.start  # "22 films, nine jurors": what one sentence lists are several things
    if (one.senses and other.senses and not one.senses & other.senses) or not of_one_holder(one, other):
        return False
    return _matter(a) == _matter(b) or not (_matter(a) and _matter(b))


def _matter(figure: Figure) -> frozenset[str]:
    return frozenset(name for n in figure.noun for name in senses(n) if name in MATTER)


def _alike(one: Statement, other: Statement, named: frozenset[str]) -> float:
    """Overlap of what two sentences speak of: shared telling words, as a share of the shorter's."""
    a, b = (_telling(s.text) - named - set(map(stem, s.source.split())) for s in (one, other))
    if not a or not b:
        return float(one.figure.kind == "score")
    return len(a & b) / min(len(a), len(b))


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        k for k in asked_keys(text) if k not in _GENERIC | PERSON | NUMERALS and not k[0].isdigit() or k[1:] in COUNTED
    )
