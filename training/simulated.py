"""Simulated coverage as examples and pairs: each fact's questions over the entries that tell it and over others.

Only templates that no measurement uses are taken: those of the tuning and of the training split. A question is put
to every entry that tells its fact, each with the value it gives, and to entries of the page that do not: of the same
fact elsewhere, of facts that share its words, and one by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eval.simulate import simulate
from eval.simulate.coverage import SimPage
from eval.simulate.events import Telling
from eval.simulate.phrases import capital, fill
from eval.simulate.templates import Split, load_templates
from eval.simulate.wording import Thread, threads_of
from index.records import Entry
from rag.asking.sides import without_sides
from rag.evidence import context_of
from rag.judge import as_claim
from rag.words import content_stems, stems
from training.live_pages import shown_title
from training.records import Example, Pair, Span

SPLITS: tuple[Split, ...] = ("training", "tuning")
SOURCE = "simulated"
QUESTIONS_OF_A_FACT = 3
# Words of a question about one state of a plan; those of another state neither answer it nor fail to.
_OF_OUTCOME = frozenset({"fate", "gone"})
_ASKED = ("ask", "then", "now", "gone", "fate", "ask1", "ask2")


class _Asked(NamedTuple):
    """A question, the forms of telling that answer it, and those that are left out of its page."""

    text: str
    forms: frozenset[str] | None
    unclear: frozenset[str] = frozenset()


def _pages(entries: int, seed: int) -> Iterator[SimPage]:
    for split in SPLITS:
        yield from simulate(seed, entries, "dated", split)


def examples(entries: int, seed: int, rng: random.Random, beside: int = 4) -> Iterator[Example]:
    """Questions over `entries` simulated entries of each split; each over its own page."""
    for page in _pages(entries, seed):
        printed = _Printed(page)
        for name, thread in threads_of(page.event).items():
            for number, asked in enumerate(_questions(page, thread, rng)):
                yield from _examples(
                    page, printed, thread, asked, f"{page.event.split}:{page.name}:{name}:{number}", rng, beside
                )
        for number, line in enumerate(load_templates(page.event.split, page.event.kind).lines("absent", "ask")):
            asked = _Asked(fill(rng, line, page.event.slots), frozenset())
            near = printed.tempting(asked.text, set(), beside, rng)
            ask = f"{page.event.split}:{page.name}:absent:{number}"
            for at in near:
                yield _example(page, printed, at, asked.text, (), ask, rng)


def pairs(entries: int, seed: int, rng: random.Random) -> Iterator[Pair]:
    """Each value of a fact beside the entries of its page: borne out, contradicted by another value, or not told."""
    for page in _pages(entries, seed):
        printed = _Printed(page)
        for thread in threads_of(page.event).values():
            told = {
                at: s
                for e, t in thread.told
                if t.form != "off"
                for at in (printed.at[e.id],)
                if (s := printed.spans(at, t))
            }
            values = sorted({printed.said(at, spans) for at, spans in told.items()})
            asked = [q for q in _questions(page, thread, rng) if q.forms is None]
            if not asked or thread.fact.how in {"dispute", "plan"}:
                continue
            for value in rng.sample(values, min(2, len(values))):
                question = rng.choice(asked).text
                others = printed.tempting(question, printed.speaking(thread), 2, rng)
                for at in (*told, *others):
                    label = 2 if at not in told else 0 if printed.said(at, told[at]).lower() == value.lower() else 1
                    entry = printed.entries[at]
                    yield Pair(
                        as_claim(question, value), context_of(entry, shown_title(page.event.title, rng)), entry.body,
                        label, f"changing:{SOURCE}", "train", f"{SOURCE}:{page.name}",
                    )  # fmt: skip


class _Printed:
    """A page's entries as records, and where the tellings stand in them."""

    def __init__(self, page: SimPage) -> None:
        self.entries: Sequence[Entry] = page.records().entries
        self.at = {entry.id: i for i, entry in enumerate(self.entries)}
        self.tellings: list[tuple[Telling, ...]] = [()] * len(self.entries)
        for entry in page.event.entries:
            self.tellings[self.at[entry.id]] = entry.tellings
        self._held = [stems(f"{e.title or ''} {e.body}") for e in self.entries]

    def speaking(self, thread: Thread) -> set[int]:
        """Places of entries that speak of a thread, those that only look back too."""
        return {i for i, tellings in enumerate(self.tellings) if any(t.thread == thread.name for t in tellings)}

    def spans(self, at: int, telling: Telling) -> tuple[Span, ...]:
        """Where an entry gives a telling's answer; empty where its words cannot be found."""
        body = self.entries[at].body
        start = body.find(telling.quote)
        for answer in telling.answers if start >= 0 else ():
            found = re.search(rf"(?<![\w.,]){re.escape(answer)}(?!\w|[.,]\d)", telling.quote, re.IGNORECASE)
            if found:
                return ((start + found.start(), start + found.end()),)
        return ()

    def said(self, at: int, spans: Sequence[Span]) -> str:
        """The words of a span."""
        a, b = spans[0]
        return self.entries[at].body[a:b]

    def tempting(self, text: str, taken: set[int], n: int, rng: random.Random) -> list[int]:
        """Places of entries that share most words with a question, one of them left to chance."""
        wanted = set(content_stems(text))
        others = [i for i in range(len(self.entries)) if i not in taken]
        others.sort(key=lambda i: -len(wanted & self._held[i]))
        return [*others[: n - 1], *rng.sample(others[n - 1 :], min(1, len(others[n - 1 :])))]


def _questions(page: SimPage, thread: Thread, rng: random.Random) -> list[_Asked]:
    """Some of a fact's questions, in its own words and as asked of an earlier time."""
    how = thread.fact.how
    made: list[_Asked] = []
    for key in _ASKED:
        for line in thread.lines.get(key, ()):
            slots = dict(thread.slots)
            if key == "gone":
                old = [t.value for _, t in thread.told[:-1] if t.value]
                slots["old"] = rng.choice(old) if old else "some"
            text = without_sides(capital(fill(rng, line, slots)))
            text = text.rstrip("?. ") + "?" if key == "then" else text
            made.append(_Asked(text, *_forms(how, key)))
    rng.shuffle(made)
    return made[:QUESTIONS_OF_A_FACT]


def _forms(how: str, key: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    """Which forms of telling answer a question of a key (all where None), and which are unclear."""
    if how == "dispute":
        answers = {"ask1": frozenset({"one"}), "ask2": frozenset({"two"})}.get(key)
        return answers, frozenset()
    if how != "plan":
        return None, frozenset()
    if key in _OF_OUTCOME:
        return frozenset({"done", "off"}), frozenset({"due", "moved", "recap"})
    if key == "then":
        return frozenset({"due", "moved", "recap"}), frozenset({"done", "off"})
    return frozenset({"done"}), frozenset({"due", "moved", "off", "recap"})


def _examples(
    page: SimPage, printed: _Printed, thread: Thread, asked: _Asked, ask: str, rng: random.Random, beside: int
) -> Iterator[Example]:
    spans: dict[int, tuple[Span, ...]] = {}
    taken: set[int] = set()
    for at, tellings in enumerate(printed.tellings):
        for telling in tellings:
            if telling.thread != thread.name:
                continue
            taken.add(at)
            if telling.stale or telling.form in asked.unclear:
                continue
            if asked.forms is None or telling.form in asked.forms:
                found = printed.spans(at, telling)
                if found:
                    spans[at] = found
            else:
                taken.discard(at)  # another side's figure does not answer: put as such
    elsewhere = [i for i in _elsewhere(printed, thread) if i not in taken]
    others = rng.sample(elsewhere, min(2, len(elsewhere)))
    others += printed.tempting(asked.text, taken | set(others), beside - len(others), rng)
    for at in (*rng.sample(sorted(spans), min(3, len(spans))), *others):
        yield _example(page, printed, at, asked.text, spans.get(at, ()), ask, rng)


def _elsewhere(printed: _Printed, thread: Thread) -> list[int]:
    """Entries that tell the same fact of another place."""
    name = thread.fact.name
    return [
        i for i, tellings in enumerate(printed.tellings)
        if tellings and all(t.thread != thread.name and t.thread.split("@")[0] == name for t in tellings)
    ]  # fmt: skip


def _example(
    page: SimPage, printed: _Printed, at: int, text: str, spans: tuple[Span, ...], ask: str, rng: random.Random
) -> Example:
    entry = printed.entries[at]
    other = tuple(
        s for t in printed.tellings[at] for s in printed.spans(at, t) if all(s[1] <= a or b <= s[0] for a, b in spans)
    )
    context = context_of(entry, shown_title(page.event.title, rng))
    return Example(
        text, context, entry.body, spans, SOURCE, "train", f"{SOURCE}:{page.name}", len(spans) > 1, other,
        f"{SOURCE}:{ask}",
    )  # fmt: skip
