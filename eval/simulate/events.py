"""One event on one page: who and where, and the entries that tell it, with what each tells."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eval.simulate.course import Draft, draft_event
from eval.simulate.facts import Fact
from eval.simulate.kinds import kinds_of
from eval.simulate.names import PLACES_A_PAGE, people, pick, place
from eval.simulate.phrases import clock, fill, number_slots, tell
from eval.simulate.templates import Templates, load_templates

TOLD_SHARE = 0.7
EDITED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Telling:
    """A value of a fact as one entry tells it.

    `thread` is the fact's name, with "@near" for the neighbouring place; `form` is the template key, `value`
    what templates print, `answers` what is accepted. A `stale` one looks back at what no longer holds.
    """

    thread: str
    form: str
    value: str
    answers: tuple[str, ...]
    quote: str
    at: datetime
    source: str = ""
    happened: datetime | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class SimEntry:
    """An entry to print. `before` are its paragraphs until `edited`, None where it was never edited."""

    id: str
    published: datetime
    title: str
    author: str
    kind: str
    paragraphs: tuple[str, ...]
    tellings: tuple[Telling, ...] = ()
    before: tuple[str, ...] | None = None
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A page's event: its words' slots and its entries, oldest first."""

    kind: str
    split: str
    slots: Mapping[str, str]
    title: str
    intro: str
    entries: tuple[SimEntry, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Facts that events of its kind have."""
        return kinds_of(self.split)[self.kind]

    def told(self, thread: str) -> list[tuple[SimEntry, Telling]]:
        """What entries tell of a thread, oldest first, without looking back."""
        return [(e, t) for e in self.entries for t in e.tellings if t.thread == thread and not t.stale]


def seen_from(slots: Mapping[str, str], thread: str) -> Mapping[str, str]:
    """Slots for the words of a thread; those of the neighbouring place have it for their own."""
    return {**slots, "place": slots["near"], "near": slots["place"]} if thread.endswith("@near") else slots


def make_event(rng: random.Random, split: str, kind: str, page: int, opened: datetime, entries: int) -> Event:
    """The event of one page, told in exactly so many entries."""
    texts, general = load_templates(split, kind), load_templates(split, "general")
    slots = _cast(rng, split, page)
    drafts = _fitting(rng, draft_event(rng, kinds_of(split)[kind], texts, opened), round(entries * TOLD_SHARE))
    writer = _Writer(rng, texts, general, slots)
    told = [writer.told(draft) for draft in drafts]
    room = entries - len(told)
    told += [entry for entry in writer.recaps(told) if room > 4][: room // 4]
    told += writer.again(told)[: max(0, entries - len(told)) // 5]
    closed = max((e.published for e in told), default=opened + timedelta(hours=6))
    while len(told) < entries:
        told.append(
            writer.colour(opened + timedelta(minutes=rng.randint(0, int((closed - opened).seconds // 60) + 20)))
        )
    told = [replace(e, id=f"{page:06}-{i:04}") for i, e in enumerate(sorted(told, key=lambda e: e.published))]
    title, intro = (fill(rng, rng.choice(texts.head[key]), slots) for key in ("page", "intro"))
    return Event(kind, split, slots, title, intro, tuple(told))


def _cast(rng: random.Random, split: str, page: int) -> dict[str, str]:
    first = page * PLACES_A_PAGE
    slots = dict(zip(("place", "near", "far"), (place(split, first + i) for i in range(PLACES_A_PAGE)), strict=True))
    for i, person in enumerate(people(rng, split, 9), 1):
        slots[f"p{i}"], slots[f"s{i}"] = person.name, person.surname
    for name, count in (("street", 3), ("company", 3), ("water", 1), ("region", 1)):
        for i, word in enumerate(pick(rng, split, name, count), 1):
            slots[name if i == 1 else f"{name}{i}"] = word
    return slots


def _fitting(rng: random.Random, drafts: Sequence[Draft], most: int) -> list[Draft]:
    """As many whole threads as fit; those of the neighbouring place go first."""
    kept = list(drafts)
    names = list(dict.fromkeys(d.thread for d in kept))
    rng.shuffle(names)
    names.sort(key=lambda name: not name.endswith("@near"))
    for name in names:
        if len(kept) <= most:
            break
        kept = [d for d in kept if d.thread != name]
    return kept


class _Writer:
    """Makes the words of one page's entries."""

    def __init__(self, rng: random.Random, texts: Templates, general: Templates, slots: Mapping[str, str]) -> None:
        self._rng, self._texts, self._general, self._slots = rng, texts, general, slots
        self._sources = [fill(rng, name.strip(), slots) for name in texts.head["src"][0].split("|")]
        self._unused: list[str] = []

    def told(self, draft: Draft) -> SimEntry:
        """The entry that tells a draft, with or without words around it."""
        rng = self._rng
        source = rng.choice(self._sources)
        slots = {**seen_from(self._slots, draft.thread), **draft.slots, "src": source}
        told = tell(rng, rng.choice(self._texts.lines(draft.fact.name, draft.form)), slots)
        named = source if source in told.text or source[1:] in told.text else ""
        telling = Telling(
            draft.thread, draft.form, draft.slots.get("v", ""), (*told.answers, *draft.answers), told.quote, draft.at,
            named, draft.happened,
        )  # fmt: skip
        paragraphs = [told.text]
        if rng.random() < 0.5:
            paragraphs.append(self._line(self._general.head["tail"]))
        if rng.random() < 0.25:
            paragraphs.insert(rng.randint(0, 1), self._aside())
        titles = self._texts.lines(draft.fact.name, "title") or self._general.head["title"]
        title = fill(rng, rng.choice(titles), slots)
        entry = SimEntry("", draft.at, title, self._author(), "post", tuple(paragraphs), (telling,))
        return self._edited(entry, draft)

    def recaps(self, told: Sequence[SimEntry]) -> list[SimEntry]:
        """Summaries of what stands at a few moments; each goes stale as its page goes on."""
        ordered = sorted(told, key=lambda e: e.published)
        made = []
        for share in (0.4, 0.65, 0.9):
            if len(ordered) < 8:
                break
            at = ordered[int(len(ordered) * share)].published + timedelta(minutes=self._rng.randint(1, 4))
            standing = {t.thread: t for e in ordered if e.published <= at for t in e.tellings}
            lines = []
            for thread, telling in standing.items():
                keys = self._texts.lines(thread.removesuffix("@near"), "recap")
                if keys and telling.form not in {"done", "off"}:
                    slots = {**seen_from(self._slots, thread), **_value_slots(telling.value)}
                    line = tell(self._rng, self._rng.choice(keys), slots)
                    lines.append(replace(telling, form="recap", quote=line.quote, at=at, source=""))
            lines = self._rng.sample(lines, min(len(lines), self._rng.randint(3, 5)))
            if lines:
                opening = self._line(self._general.head["recap_opening"])
                bullets = "\n".join(f"• {line.quote}" for line in lines)
                title = self._line(self._general.head["recap_title"])
                made.append(SimEntry("", at, title, self._author(), "post", (opening, bullets), tuple(lines)))
        return made

    def again(self, told: Sequence[SimEntry]) -> list[SimEntry]:
        """Entries put on the page a second time: as they were, or looked back at once they no longer hold."""
        made = []
        for entry in self._rng.sample(list(told), min(6, len(told))):
            if len(entry.tellings) != 1 or entry.before:
                continue
            (telling,) = entry.tellings
            later = [
                t.at for e in told for t in e.tellings if t.thread == telling.thread and t.at > telling.at
            ]  # fmt: skip
            at = entry.published + timedelta(minutes=self._rng.randint(12, 70))
            if not later or at < min(later):
                title = f"{self._line(self._general.head['again'])} {entry.title}"
                made.append(replace(entry, published=at, title=title, tellings=(replace(telling, at=at),)))
            elif telling.form not in {"one", "two"}:
                slots = {**self._slots, "told": clock(entry.published, "24"), "words": telling.quote.rstrip(".")}
                text = fill(self._rng, self._rng.choice(self._general.head["back"]), slots)
                title = self._line(self._general.head["back_title"])
                at = min(later) + timedelta(minutes=self._rng.randint(5, 40))
                stale = replace(telling, at=at, stale=True)
                made.append(SimEntry("", at, title, self._author(), "post", (text,), (stale,)))
        return made

    def colour(self, at: datetime) -> SimEntry:
        """An entry that tells none of the facts."""
        if not self._unused:
            self._unused = [*self._texts.head["colour"], *self._general.head["colour"]]
            self._rng.shuffle(self._unused)
        paragraphs = [fill(self._rng, self._unused.pop(), self._slots)]
        if self._rng.random() < 0.2:
            paragraphs.append(self._aside())
        title = self._line(self._general.head["colour_title"])
        return SimEntry("", at, title, self._author(), "post", tuple(paragraphs))

    def _edited(self, entry: SimEntry, draft: Draft) -> SimEntry:
        """Now and then a name or street was first printed wrong."""
        right, wrong = {"who": ("p1", "p7"), "where": ("street2", "street3")}.get(draft.fact.question, ("", ""))
        if not right or self._rng.random() > EDITED_SHARE:
            return entry
        first = tuple(p.replace(self._slots[right], self._slots[wrong]) for p in entry.paragraphs)
        edited = entry.published + timedelta(minutes=self._rng.randint(20, 80))
        return entry if first == entry.paragraphs else replace(entry, before=first, edited=edited)

    def _aside(self) -> str:
        counts = {f"n{i}": str(self._rng.randint(11, 90)) for i in (1, 2)}
        return fill(self._rng, self._rng.choice(self._texts.head["aside"]), {**self._slots, **counts})

    def _author(self) -> str:
        return self._slots[self._rng.choice(("p5", "p6", "p8"))]

    def _line(self, lines: Sequence[str]) -> str:
        return fill(self._rng, self._rng.choice(lines), self._slots)


def _value_slots(value: str) -> dict[str, str]:
    if value.replace(",", "").isdigit():
        return number_slots(int(value.replace(",", "")))
    return {"v": value, "V": value[:1].upper() + value[1:]}
