"""Questions worth asking next, each tried before it is offered: only what the coverage answers is suggested.

from rag.suggesting import first_questions, suggest
suggest(desk, desk.ask("How many were hurt?"))      ("How has that figure changed?", ...)
first_questions(desk)                               questions to start with, from the newest entries
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from index.errors import PresstimeError
from index.records import Entry, Ref
from index.sentences import sentence_spans
from rag.inquiry import Times, open_inquiry
from rag.listing import timed
from rag.records import Answer
from rag.stepping_aside import SteppedAside, stepping_aside
from rag.words import MONTHS, WEEKDAYS, content_stems, has_number, stem, stems, words

if TYPE_CHECKING:
    from rag.answering import Assistant

Form = Literal["changed", "first", "number", "said", "who", "happened", "latest"]

BUDGET_S = 6.0
NEIGHBOURS = 3
LEAST_CONFIDENCE = 0.25
_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|of the [A-Z][\w’'-]+))*"
_COUNT = (
    r"\d[\d,.]*\d|\d+|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
)
_COUNTED = re.compile(
    rf"(?:^|,? (?:and|but) |, )(?:(?:about|around|some|more than|at least|nearly|almost|another|all|now)\s)*"
    rf"(?:{_COUNT})\s(?P<noun>[a-z]+(?: [a-z]+){{0,2}}?) "
    r"(?P<rest>(?:are|were|have been|had been|have|had|remain|will be)\s[^,.;:“”\"]+)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"how many (?P<noun>\w+(?: \w+)?) (?P<rest>(?:are|were|have|had|has been|have been|remain)\b[^?]{3,60})\?*$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r",? (?:right now|now|currently|so far|at present|at the moment|in total|altogether)\b", re.IGNORECASE
)
_SAID = re.compile(
    rf"\b(?P<name>{_NAME}) (?:has )?(?:said|says|told|tells|added|adds)\b|\b(?:said|says) (?P<name2>{_NAME})"
)
_INTRODUCED = re.compile(rf"\b(?P<name>{_NAME}), (?:the|a|an|who)\b")
_PLACE = re.compile(rf"\b(?:in|at|near) (?P<name>{_NAME})")
_NOT_NAMES = frozenset(
    "i he she it we they you the a an this that these those there here his her its our their my your mr mrs ms dr"
    " but and so if in on at by for from with when while as after before what who how why one two three more"
    " some all".split()
).union(MONTHS, WEEKDAYS)


@dataclass(frozen=True, slots=True)
class _Idea:
    """A question that may have an answer, and the name that the answer must then rest on."""

    question: str
    form: Form
    name: str = ""


def suggest(
    assistant: Assistant,
    answer: Answer,
    *,
    as_of: Times = None,
    pages: Sequence[str] | None = None,
    history: Sequence[Sequence[str]] = (),
    since: Times = None,
    until: Times = None,
    limit: int = 3,
    budget_s: float = BUDGET_S,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Questions that follow an answer and that the coverage answers, best first.

    They are made from the entries that the answer cites (those nearest, where there is no answer) and from their
    neighbours, and each is asked as a reader would ask it next: with the same times, pages and `history`, so that no
    entry later than `as_of` is ever seen. Nothing new is tried after `budget_s`; what is being tried is left where it
    stands once `go_on` says False.
    """
    read = _Reading(_quoting(assistant), as_of, tuple(pages or ()), since, until)
    asked = [*(str(turn[0]) for turn in history), answer.question]
    turns = (*((str(q), str(a)) for q, a in history), (answer.question, answer.text))
    ideas = [*_leaning(answer), *_ideas(read.around(answer), asked)]
    seen = {citation.entry_ref for citation in answer.citations}
    return _answered(read, ideas, turns, seen, asked, limit, time.monotonic() + budget_s, go_on)


def first_questions(
    assistant: Assistant,
    *,
    limit: int = 4,
    budget_s: float = BUDGET_S,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Questions to start with, from the newest entries of each page; each is one that the coverage answers."""
    read = _Reading(_quoting(assistant), None, (), None, None)
    newest = [timed(assistant.store.entries(page.id))[::-1][:8] for page in assistant.store.pages()]
    mixed = [entries[i] for i in range(8) for entries in newest if i < len(entries)]
    return _answered(read, _ideas(mixed, ()), (), set(), (), limit, time.monotonic() + budget_s, go_on)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every question is asked with."""

    assistant: Assistant
    as_of: Times
    pages: tuple[str, ...]
    since: Times
    until: Times

    def around(self, answer: Answer) -> list[Entry]:
        """Entries that an answer cites or, without one, came nearest, then their neighbours in time."""
        cited = [*answer.citations, *(old.citation for old in answer.superseded)] or list(answer.nearest)
        inquiry = open_inquiry(
            self.assistant.store, answer.question, self.as_of, self.pages, (), self.since, self.until
        )  # fmt: skip
        near: list[Entry] = []
        for page in dict.fromkeys(citation.page_id for citation in cited):
            ordered = timed(inquiry.entries_of(self.assistant.store, page))
            ids = [entry.id for entry in ordered]
            places = [ids.index(c.entry_id) for c in cited if c.page_id == page and c.entry_id in ids]
            steps = [0, *(side * n for n in range(1, NEIGHBOURS + 1) for side in (1, -1))]
            near += [ordered[at + step] for step in steps for at in places if 0 <= at + step < len(ordered)]
        return list({entry.ref: entry for entry in near}.values())

    def ask(self, question: str, history: Sequence[Sequence[str]]) -> Answer:
        """Answer as the reader would be answered."""
        return self.assistant.ask(question, self.as_of, self.pages, history, self.since, self.until)


def _quoting(assistant: Assistant) -> Assistant:
    """The same coverage and models without a generator: as sure, and quicker."""
    models = assistant._models
    for part in ("retriever", "reader", "judge"):
        getattr(models, part, None)  # loaded first, so that both hold the same ones
    other, quiet = copy(assistant), copy(models)
    quiet._wanted, quiet._generator, quiet._generator_made = "none", None, True
    other._models = quiet
    return other


def _leaning(answer: Answer) -> Iterator[_Idea]:
    """Questions that speak of the answer itself."""
    marked = [c.quote[a:b] for c in answer.citations[:1] for a, b in c.marks]
    if answer.status == "not_in_coverage" or not answer.citations:
        return
    if has_number(" ".join(marked)):
        if counted := _HOW_MANY.match(answer.question.strip()):
            rest = _NOW.sub("", counted["rest"])
            yield _Idea(f"How has the number of {counted['noun']} that {rest} changed?", "changed")
        yield _Idea("How has that figure changed?", "changed")
    yield _Idea("When was that first reported on the page?", "first")


def _ideas(entries: Sequence[Entry], asked: Sequence[str]) -> list[_Idea]:
    """Questions that the entries suggest, those of one kind of name or figure spread over the kinds."""
    by_form: dict[Form, list[_Idea]] = {"number": [], "said": [], "happened": [], "who": [], "latest": []}
    for entry in entries:
        for idea in _of_entry(entry):
            if idea.question not in {other.question for other in by_form[idea.form]}:
                by_form[idea.form].append(idea)
    told = stems(" ".join(asked))
    for held in by_form.values():  # what was asked about already comes last
        held.sort(key=lambda idea: bool(idea.name) and {stem(w) for w in words(idea.name)} <= told)
    turns = max(map(len, by_form.values()), default=0)
    return [held[i] for i in range(turns) for held in by_form.values() if i < len(held)]


def _of_entry(entry: Entry) -> Iterator[_Idea]:
    for start, end in sentence_spans(entry.body)[:12]:
        sentence = " ".join(entry.body[start:end].split())
        for found in _COUNTED.finditer(sentence):
            rest = re.split(r" (?:and|but|while|which|who|after|because)\b", found["rest"])[0].strip()
            if 2 <= len(words(rest)) <= 9 and not set(words(rest.lower())) & {
                "it",
                "they",
                "them",
                "he",
                "she",
                "this",
            }:
                yield _Idea(f"How many {found['noun'].lower()} {rest}?", "number")
        for found in _SAID.finditer(sentence):
            name = re.sub(r"^(?:The|An?) ", "", found["name"] or found["name2"])
            if _is_name(name) and " " in name:
                article = "the " if f"the {name}" in sentence or f"The {name}" in sentence else ""
                yield _Idea(f"What did {article}{name} say?", "said", name)
        for found in _INTRODUCED.finditer(sentence):
            if _is_name(found["name"]) and 2 <= len(found["name"].split()) <= 3:
                yield _Idea(f"Who is {found['name']}?", "who", found["name"])
        for found in _PLACE.finditer(sentence):
            if _is_name(found["name"]):
                where = found.group().split(" ", 1)[0]
                yield _Idea(f"What has happened {where} {found['name']}?", "happened", found["name"])
                yield _Idea(f"What is the latest from {found['name']}?", "latest", found["name"])


def _is_name(text: str) -> bool:
    parts = text.split()
    return parts[0].lower() not in _NOT_NAMES and not any(c.isdigit() for c in text) and len(text) > 3


def _answered(
    read: _Reading,
    ideas: Sequence[_Idea],
    history: Sequence[tuple[str, str]],
    seen: set[Ref],
    asked: Sequence[str],
    limit: int,
    deadline: float,
    go_on: Callable[[], bool],
) -> tuple[str, ...]:
    """The first ideas that are answered, each kind and each name once; `seen` are the entries cited so far."""
    kept: list[str] = []
    used: set[str] = set()
    said = {" ".join(content_stems(question)) for question in asked}
    for idea in ideas:
        if len(kept) == limit or time.monotonic() > deadline or not go_on():
            break
        if idea.form in used or (idea.name and idea.name in used) or " ".join(content_stems(idea.question)) in said:
            continue
        try:
            with stepping_aside(go_on):
                given = read.ask(idea.question, history)
        except SteppedAside:
            break
        except PresstimeError:
            continue
        if _holds(idea, given, seen):
            kept.append(idea.question)
            used |= {idea.form, idea.name} - {""}
            seen = seen | {citation.entry_ref for citation in given.citations[:1]}
    return tuple(kept)


def _holds(idea: _Idea, answer: Answer, seen: set[Ref]) -> bool:
    """Whether an answer tells what its question wants, from an entry that names it, and something new."""
    cited = [citation.entry_ref for citation in answer.citations]
    if answer.status == "not_in_coverage" or not cited or answer.confidence < LEAST_CONFIDENCE:
        return False
    if idea.form == "changed":
        return len(set(cited)) > 1
    if idea.form == "first":
        return not set(cited) & seen
    if idea.name and not all(stem(w) in stems(answer.text) for w in words(idea.name)):
        return False
    marked = " ".join(c.quote[a:b] for c in answer.citations[:1] for a, b in c.marks)
    if idea.form == "number":
        return has_number(marked)
    if idea.form == "who":
        return any(found["name"] == idea.name for c in answer.citations for found in _INTRODUCED.finditer(c.quote))
    if idea.form == "said":
        return any(mark in answer.text for mark in '“”"') or bool(re.search(r"\bsa(?:id|ys)\b", answer.text))
    if idea.form == "happened":
        return len(set(cited)) > 1
    return bool(set(cited) - seen)
