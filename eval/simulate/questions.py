"""Questions about one event, with gold answers worked out from what its entries tell and when."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eval.simulate.asked import Asked, Gold
from eval.simulate.events import Event, SimEntry, Telling, seen_from
from eval.simulate.kinds import Fact
from eval.simulate.phrases import capital, clock, clock_answers, fill
from eval.simulate.templates import Section, load_templates

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
Told = tuple[SimEntry, Telling]
Stamp = Callable[[datetime], datetime]


def ask_about(rng: random.Random, event: Event, page: str, stamp: Stamp) -> Iterator[Asked]:
    """Every question of a page; `stamp` puts a moment on the page's clock as it prints it."""
    asker = _Asker(rng, event, page, stamp)
    made: Iterator[Asked | None] = asker.all()
    found = (asked for asked in made if asked is not None)
    stem = page.rsplit(".", 1)[0]
    return (replace(asked, id=f"{stem}-q{i:03}") for i, asked in enumerate(found))


@dataclass(frozen=True, slots=True)
class _Thread:
    """One fact of one place: everything told of it, and what changed it."""

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
            if not kept or _value(kept[-1][1]) != _value(pair[1]):
                kept.append(pair)
        return kept

    def standing(self, moment: datetime) -> list[Told]:
        """What had been told of the value that stood at a moment; empty before the first telling."""
        known = [pair for pair in self.told if pair[1].at <= moment]
        return [pair for pair in known if _value(pair[1]) == _value(known[-1][1])]


def _value(telling: Telling) -> str:
    return telling.value if telling.value and telling.form not in {"done", "off"} else telling.form


class _Asker:
    """Asks about one event."""

    def __init__(self, rng: random.Random, event: Event, page: str, stamp: Stamp) -> None:
        self._rng, self._event, self._page, self._stamp = rng, event, page, stamp
        self._texts = load_templates(event.split, event.kind)
        self._general = load_templates(event.split, "general").head
        self._opened = event.entries[0].published
        self._closed = event.entries[-1].published
        self._threads: dict[str, _Thread] = {}
        for fact in event.facts:
            for name in (fact.name, f"{fact.name}@near"):
                told = tuple(event.told(name))
                if told:
                    slots = seen_from(event.slots, name)
                    self._threads[name] = _Thread(name, fact, told, slots, self._texts.sections[fact.name])

    def all(self) -> Iterator[Asked | None]:
        for thread in self._threads.values():
            yield from self._of_thread(thread)
        yield from self._windows()
        yield from self._absent()

    def _of_thread(self, thread: _Thread) -> Iterator[Asked | None]:
        how = thread.fact.how
        if how == "dispute":
            yield from self._dispute(thread)
            return
        yield from self._plainly(thread)
        if how in {"tally", "score", "plan", "stages"}:
            yield from self._as_of(thread)
            yield from self._replaced(thread)
        yield from self._before_known(thread)
        if thread.name == thread.fact.name:
            yield from self._reported(thread)
            yield from self._follow_ups(thread)
            yield from self._edited(thread)

    def _plainly(self, thread: _Thread) -> Iterator[Asked | None]:
        """Asked without a time: the newest value answers."""
        last = thread.standing(self._closed)
        how = thread.fact.how
        kind = {"tally": "number", "score": "number", "number": "number", "stages": "latest", "plan": "when",
                "happened": "when"}.get(how, thread.fact.question)  # fmt: skip
        if how == "plan" and last[-1][1].form == "off":
            yield self._ask(thread, "fate", "latest", last)
            return
        yield self._ask(thread, "ask", kind, last)
        if how != "plan":
            yield self._ask(thread, "now", "latest", last)
        else:
            yield self._ask(thread, "fate", "latest", last)

    def _as_of(self, thread: _Thread) -> Iterator[Asked | None]:
        changes = thread.changes
        places = list(range(len(changes) - 1))
        self._rng.shuffle(places)
        for i in places[:2]:
            if thread.fact.how == "plan" and changes[i][1].form in {"done", "off"}:
                continue
            moment = self._between(changes[i][1].at + MINUTE, changes[i + 1][1].at - MINUTE)
            if moment is None:
                continue
            standing = thread.standing(moment)
            if thread.lines.get("then") and self._rng.random() < 0.7:
                yield self._ask_then(thread, "as_of", moment, standing, "as_of")
            elif thread.fact.how != "plan":
                asked = self._ask(thread, "ask", "as_of", standing)
                yield asked and replace(asked, as_of=self._stamp(moment))

    def _replaced(self, thread: _Thread) -> Iterator[Asked | None]:
        changes = thread.changes
        if len(changes) < 2:
            return
        last = thread.standing(self._closed)
        index = self._rng.randrange(len(changes) - 1)
        old = changes[index][1].value
        done = thread.fact.how != "plan" or last[-1][1].form in {"done", "off"}
        if done and old != last[-1][1].value:
            yield self._ask(thread, "gone", "superseded", last, {"old": old})
        if last[-1][1].form == "fix" or changes[-1][1].form == "fix":
            wrong = [pair for pair in thread.told if _value(pair[1]) == _value(changes[-2][1])]
            yield self._ask(thread, "was", "superseded", wrong)
        if len(changes) > 2 and thread.name == thread.fact.name:
            asked = self._ask(thread, "course", "timeline", changes)
            yield asked and replace(asked, answers=("; ".join(t.answers[0] for _, t in changes),))

    def _before_known(self, thread: _Thread) -> Iterator[Asked | None]:
        """Asked as of a time when nothing of it had been told: on a page already open, or before it."""
        first = thread.told[0][1].at
        moment = self._between(self._opened + 4 * MINUTE, first - 4 * MINUTE)
        if moment is not None and thread.lines.get("then"):
            asked = self._ask_then(thread, "before_known", moment, (), "unanswerable")
            yield asked and replace(asked, note="not told yet at that time")
        if self._rng.random() < 0.15:
            early = self._opened - self._rng.randint(10, 90) * MINUTE
            asked = self._ask(thread, "ask", "unanswerable", ())
            yield asked and replace(asked, as_of=self._stamp(early), note="before the first entry")

    def _reported(self, thread: _Thread) -> Iterator[Asked | None]:
        changes = [p for p in thread.changes if sum(_value(q[1]) == _value(p[1]) for q in thread.changes) == 1]
        if not changes:
            return
        entry, telling = self._rng.choice(changes)
        asked = self._ask(thread, "posted", "when", [(entry, telling)], {"v": telling.value})
        yield asked and replace(asked, answers=clock_answers(entry.published), note="asks the posting time")

    def _follow_ups(self, thread: _Thread) -> Iterator[Asked | None]:
        last = thread.standing(self._closed)
        if thread.fact.how == "plan":
            return
        question = self._words(thread, "ask", {})
        turn = (question, self._given(*last[-1]))
        if thread.fact.how == "tally" and f"{thread.name}@near" in self._threads:
            other = self._threads[f"{thread.name}@near"].standing(self._closed)
            yield self._follow("near", turn, other)
        if thread.fact.how in {"tally", "score"}:
            yield self._an_hour_later(thread)
            named = [pair for pair in last if pair[1].source]
            if named:
                asked = self._follow("said", (question, self._given(*named[-1])), named)
                sources = dict.fromkeys(telling.source for _, telling in named)
                yield asked and replace(asked, answers=tuple(s.removeprefix("the ") for s in sources))
        elif self._rng.random() < 0.3:
            asked = self._follow("when_posted", turn, last)
            shown = dict.fromkeys(a for entry, _ in last for a in clock_answers(entry.published))
            yield asked and replace(asked, answers=tuple(shown))
        before = self._threads.get(thread.fact.after)
        if before and thread.lines.get("follow"):
            turn = (self._words(before, "ask", {}), self._given(*before.standing(self._closed)[-1]))
            text = fill(self._rng, self._rng.choice(thread.lines["follow"]), thread.slots)
            yield self._asked(text, "follow_up", last, (turn,))

    def _an_hour_later(self, thread: _Thread) -> Asked | None:
        changes = thread.changes
        for i in range(len(changes) - 1):
            moment = self._between(changes[i][1].at + MINUTE, changes[i + 1][1].at - MINUTE)
            if moment is None or not thread.lines.get("then"):
                continue
            now, then = thread.standing(moment), thread.standing(moment + HOUR)
            if _value(now[-1][1]) != _value(then[-1][1]):
                first = self._then(thread, "as_of", moment)
                asked = self._follow("later", (first, self._given(*now[-1])), then)
                return asked and replace(asked, note=f"as of {moment + HOUR:%H:%M}")
        return None

    def _edited(self, thread: _Thread) -> Iterator[Asked | None]:
        for entry, telling in thread.told:
            if entry.before and entry.edited:
                swapped = {
                    self._event.slots[a]: self._event.slots[b] for a, b in (("p1", "p7"), ("street2", "street3"))
                }
                wrong = tuple(swapped[a] for a in telling.answers if a in swapped)
                moment = self._between(entry.published + MINUTE, entry.edited - MINUTE)
                if wrong and moment:
                    asked = self._ask(thread, "ask", "as_of", [(entry, telling)])
                    quote = telling.quote.replace(telling.answers[0], wrong[0])
                    gold = Gold(entry.id, self._stamp(entry.published), quote)
                    yield asked and replace(
                        asked, answers=wrong, evidence=(gold,), as_of=self._stamp(moment), edit=True,
                        note="edited later",
                    )  # fmt: skip

    def _dispute(self, thread: _Thread) -> Iterator[Asked | None]:
        by_form = {telling.form: (entry, telling) for entry, telling in thread.told}
        for form, key in (("one", "ask1"), ("two", "ask2")):
            if form in by_form:
                yield self._ask(thread, key, "number", [by_form[form]])
        if len(by_form) == 2:
            both = [by_form["one"], by_form["two"]]
            asked = self._ask(thread, "ask", "multi_entry", both)
            yield asked and replace(asked, answers=("; ".join(t.answers[0] for _, t in both),))

    def _windows(self) -> Iterator[Asked | None]:
        """What happened in a stretch of time: the entries that tell of the page's own place."""
        told = [
            (e, t) for e in self._event.entries if len(e.tellings) == 1 for t in e.tellings
            if not t.thread.endswith("@near") and not t.stale and t.form != "recap"
        ]  # fmt: skip
        made = 0
        for _ in range(12):
            if made == 3 or not told:
                return
            start = _five(self._rng.choice(told)[0].published)
            end = start + (60 if made == 2 else self._rng.choice((30, 45, 60))) * MINUTE
            within = [(e, t) for e, t in told if start <= e.published <= end]
            if 2 <= len({t.quote for _, t in within}) <= 4:
                made += 1
                style = self._rng.choice(("24", "12"))
                slots = {**self._event.slots, "a": clock(start, style), "b": clock(end, style)}
                recent = made == 3
                text = fill(self._rng, self._rng.choice(self._general["recent" if recent else "window"]), slots)
                asked = self._asked(text, "timeline", within)
                answers = ("; ".join(dict.fromkeys(t.quote for _, t in within)),)
                yield asked and replace(asked, answers=answers, as_of=self._stamp(end) if recent else None)

    def _absent(self) -> Iterator[Asked | None]:
        lines = self._texts.lines("absent", "ask")
        for line in self._rng.sample(lines, min(2, len(lines))):
            yield self._asked(fill(self._rng, line, self._event.slots), "unanswerable", ())
        for thread in self._threads.values():
            if thread.fact.elsewhere and thread.name == thread.fact.name:
                slots = {**thread.slots, "place": thread.slots["far"]}
                asked = self._ask(replace(thread, slots=slots), "ask", "unanswerable", ())
                yield asked and replace(asked, note="told of other places only")

    def _ask(
        self, thread: _Thread, key: str, kind: str, told: Sequence[Told], more: Mapping[str, str] | None = None
    ) -> Asked | None:
        text = self._words(thread, key, more or {})
        return self._asked(text, kind, told) if text else None

    def _words(self, thread: _Thread, key: str, more: Mapping[str, str]) -> str:
        lines = thread.lines.get(key)
        return capital(fill(self._rng, self._rng.choice(lines), {**thread.slots, **more})) if lines else ""

    def _then(self, thread: _Thread, key: str, moment: datetime) -> str:
        then = fill(self._rng, self._rng.choice(thread.lines["then"]), thread.slots)
        slots = {**thread.slots, "then": then, "clock": self._clock(moment)}
        return fill(self._rng, self._rng.choice(self._general[key]), slots)

    def _ask_then(self, thread: _Thread, key: str, moment: datetime, told: Sequence[Told], kind: str) -> Asked | None:
        asked = self._asked(self._then(thread, key, moment), kind, told)
        return asked and replace(asked, as_of=self._stamp(moment), worded=True)

    def _follow(self, key: str, turn: tuple[str, str], told: Sequence[Told]) -> Asked | None:
        text = fill(self._rng, self._rng.choice(self._general[key]), self._event.slots)
        return self._asked(text, "follow_up", told, (turn,))

    def _asked(self, text: str, kind: str, told: Sequence[Told], history: tuple[tuple[str, str], ...] = ()) -> Asked:
        answers = tuple(dict.fromkeys(answer for _, telling in told for answer in telling.answers))
        evidence = tuple(
            dict.fromkeys(Gold(entry.id, self._stamp(entry.published), telling.quote) for entry, telling in told)
        )
        return Asked("", self._page, text, answers, evidence, kind, None, history)

    def _given(self, entry: SimEntry, telling: Telling) -> str:
        """An answer as the conversation before would show it."""
        return f"{capital(telling.answers[0])} ({entry.published:%H:%M})"

    def _between(self, low: datetime, high: datetime) -> datetime | None:
        """A moment between two, on five minutes where one fits; None where there is no room."""
        if high < low:
            return None
        moment = low + self._rng.randint(0, int((high - low).total_seconds() // 60)) * MINUTE
        return _five(moment) if _five(moment) >= low else moment

    def _clock(self, moment: datetime) -> str:
        style = self._rng.choice(("24", "12", "24", "words"))
        words = clock(moment, style)
        if style == "words" and ":" not in words and words != "noon":
            hour = moment.hour
            if hour < 5:
                return clock(moment, "24")
            words += " in the morning" if hour < 12 else " in the afternoon" if hour < 18 else " in the evening"
        return words


def _five(moment: datetime) -> datetime:
    return moment - timedelta(minutes=moment.minute % 5)
