"""How questions about an event are worded, and what their gold answers hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eval.simulate.asked import Asked, Gold
from eval.simulate.events import Event, SimEntry, Telling, seen_from
from eval.simulate.facts import Fact
from eval.simulate.phrases import capital, clock, fill
from eval.simulate.templates import Section, load_templates

MINUTE = timedelta(minutes=1)
Told = tuple[SimEntry, Telling]
Stamp = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Thread:
    """One fact of one place: everything told of it, and the words to ask about it in."""

    name: str
    fact: Fact
    told: tuple[Told, ...]
    slots: Mapping[str, str]
    lines: Section

    @property
    def changes(self) -> list[Told]:
        """The first telling of each value in turn."""
        kept: list[Told] = []
        for pair in self.told:
            if not kept or value_of(kept[-1][1]) != value_of(pair[1]):
                kept.append(pair)
        return kept

    def standing(self, moment: datetime) -> list[Told]:
        """What had been told of the value that stood at a moment; empty before the first telling."""
        known = [pair for pair in self.told if pair[1].at <= moment]
        since = len(known)
        while since and value_of(known[since - 1][1]) == value_of(known[-1][1]):
            since -= 1
        return known[since:]


def value_of(telling: Telling) -> str:
    """What makes one state of a fact another than the one before: its value, or where it has none its form."""
    return telling.value if telling.value and telling.form not in {"done", "off"} else telling.form


def threads_of(event: Event) -> dict[str, Thread]:
    """Threads of an event by name, those of the neighbouring place too."""
    texts = load_templates(event.split, event.kind)
    found: dict[str, Thread] = {}
    for fact in event.facts:
        for name in (fact.name, f"{fact.name}@near"):
            if told := tuple(event.told(name)):
                found[name] = Thread(name, fact, told, seen_from(event.slots, name), texts.sections[fact.name])
    return found


def five(moment: datetime) -> datetime:
    """The moment, back to a whole five minutes."""
    return moment - timedelta(minutes=moment.minute % 5)


def given(entry: SimEntry, telling: Telling) -> str:
    """An answer as the conversation before would show it."""
    return f"{capital(telling.answers[0])} ({entry.published:%H:%M})"


class Wording:
    """Words the questions of one page; `stamp` puts a moment on the page's clock as it prints it."""

    def __init__(self, rng: random.Random, event: Event, page: str, stamp: Stamp) -> None:
        self.rng, self.event, self.stamp = rng, event, stamp
        self.general = load_templates(event.split, "general").head
        self._page = page

    def ask(
        self, thread: Thread, key: str, kind: str, told: Sequence[Told], more: Mapping[str, str] | None = None
    ) -> Asked | None:
        """A question in a thread's words for `key`, answered by what was told; None where it has no such words."""
        text = self.words(thread, key, more or {})
        return self.asked(text, kind, told) if text else None

    def words(self, thread: Thread, key: str, more: Mapping[str, str]) -> str:
        """One of a thread's lines for `key`, filled; empty where it has none."""
        lines = thread.lines.get(key)
        return capital(fill(self.rng, self.rng.choice(lines), {**thread.slots, **more})) if lines else ""

    def then(self, thread: Thread, key: str, moment: datetime) -> str:
        """A question about a thread as of a moment that its words name."""
        then = fill(self.rng, self.rng.choice(thread.lines["then"]), thread.slots)
        return self.general_line(key, {**thread.slots, "then": then, "clock": self._clock(moment)})

    def ask_then(self, thread: Thread, key: str, moment: datetime, told: Sequence[Told], kind: str) -> Asked:
        """The same with its gold answer."""
        asked = self.asked(self.then(thread, key, moment), kind, told)
        return replace(asked, as_of=self.stamp(moment), worded=True)

    def follow(self, key: str, turn: tuple[str, str], told: Sequence[Told]) -> Asked:
        """A follow-up to an earlier turn, in words that every kind of event shares."""
        return self.asked(self.general_line(key, self.event.slots), "follow_up", told, (turn,))

    def general_line(self, key: str, slots: Mapping[str, str]) -> str:
        """A line that every kind of event shares, filled."""
        return fill(self.rng, self.rng.choice(self.general[key]), slots)

    def asked(self, text: str, kind: str, told: Sequence[Told], history: tuple[tuple[str, str], ...] = ()) -> Asked:
        """A question in these words, with all that was told as its evidence."""
        answers = tuple(dict.fromkeys(answer for _, telling in told for answer in telling.answers))
        evidence = tuple(
            dict.fromkeys(Gold(entry.id, self.stamp(entry.published), telling.quote) for entry, telling in told)
        )
        return Asked("", self._page, text, answers, evidence, kind, None, history)

    def between(self, low: datetime, high: datetime) -> datetime | None:
        """A moment between two, on five minutes where one fits; None where there is no room."""
        if high < low:
            return None
        moment = low + self.rng.randint(0, int((high - low).total_seconds() // 60)) * MINUTE
        return five(moment) if five(moment) >= low else moment

    def _clock(self, moment: datetime) -> str:
        style = self.rng.choice(("24", "12", "24", "words"))
        words = clock(moment, style)
        if style == "words" and ":" not in words and words != "noon":
            hour = moment.hour
            if hour < 5:
                return clock(moment, "24")
            words += " in the morning" if hour < 12 else " in the afternoon" if hour < 18 else " in the evening"
        return words
