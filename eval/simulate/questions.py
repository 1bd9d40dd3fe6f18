"""Questions about one event, with gold answers worked out from what its entries tell and when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from eval.simulate.asked import Asked, Gold
from eval.simulate.events import Event
from eval.simulate.phrases import clock, clock_answers, fill
from eval.simulate.templates import load_templates
from eval.simulate.wording import MINUTE, Stamp, Thread, Wording, five, given, threads_of, value_of

HOUR = timedelta(hours=1)


def ask_about(rng: random.Random, event: Event, page: str, stamp: Stamp) -> Iterator[Asked]:
    """Every question of a page; `stamp` puts a moment on the page's clock as it prints it."""
    asker = _Asker(Wording(rng, event, page, stamp))
    made: Iterator[Asked | None] = asker.all()
    found = (asked for asked in made if asked is not None)
    stem = page.rsplit(".", 1)[0]
    return (replace(asked, id=f"{stem}-q{i:03}") for i, asked in enumerate(found))


class _Asker:
    """Asks about one event."""

    def __init__(self, wording: Wording) -> None:
        self._w = wording
        self._rng, self._event, self._stamp = wording.rng, wording.event, wording.stamp
        self._opened = self._event.entries[0].published
        self._closed = self._event.entries[-1].published
        self._threads = threads_of(self._event)

    def all(self) -> Iterator[Asked | None]:
        for thread in self._threads.values():
            yield from self._of_thread(thread)
        yield from self._windows()
        yield from self._absent()

    def _of_thread(self, thread: Thread) -> Iterator[Asked | None]:
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

    def _plainly(self, thread: Thread) -> Iterator[Asked | None]:
        """Asked without a time: the newest value answers."""
        last = thread.standing(self._closed)
        how = thread.fact.how
        kind = {"tally": "number", "score": "number", "number": "number", "stages": "latest", "plan": "when",
                "happened": "when"}.get(how, thread.fact.question)  # fmt: skip
        if how == "plan" and last[-1][1].form == "off":
            yield self._w.ask(thread, "fate", "latest", last)
            return
        yield self._w.ask(thread, "ask", kind, last)
        if how != "plan":
            yield self._w.ask(thread, "now", "latest", last)
        else:
            yield self._w.ask(thread, "fate", "latest", last)

    def _as_of(self, thread: Thread) -> Iterator[Asked | None]:
        changes = thread.changes
        places = list(range(len(changes) - 1))
        self._rng.shuffle(places)
        for i in places[:2]:
            if thread.fact.how == "plan" and changes[i][1].form in {"done", "off"}:
                continue
            moment = self._w.between(changes[i][1].at + MINUTE, changes[i + 1][1].at - MINUTE)
            if moment is None:
                continue
            standing = thread.standing(moment)
            if thread.lines.get("then") and self._rng.random() < 0.7:
                yield self._w.ask_then(thread, "as_of", moment, standing, "as_of")
            elif thread.fact.how != "plan":
                asked = self._w.ask(thread, "ask", "as_of", standing)
                yield asked and replace(asked, as_of=self._stamp(moment))

    def _replaced(self, thread: Thread) -> Iterator[Asked | None]:
        changes = thread.changes
        if len(changes) < 2:
            return
        last = thread.standing(self._closed)
        index = self._rng.randrange(len(changes) - 1)
        old = changes[index][1].value
        done = thread.fact.how != "plan" or last[-1][1].form in {"done", "off"}
        if done and old != last[-1][1].value:
            yield self._w.ask(thread, "gone", "superseded", last, {"old": old})
        if last[-1][1].form == "fix" or changes[-1][1].form == "fix":
            wrong = [pair for pair in thread.told if value_of(pair[1]) == value_of(changes[-2][1])]
            yield self._w.ask(thread, "was", "superseded", wrong)
        if len(changes) > 2 and thread.name == thread.fact.name:
            asked = self._w.ask(thread, "course", "timeline", changes)
            yield asked and replace(asked, answers=("; ".join(t.answers[0] for _, t in changes),))

    def _before_known(self, thread: Thread) -> Iterator[Asked | None]:
        """Asked as of a time when nothing of it had been told: on a page already open, or before it."""
        first = thread.told[0][1].at
        moment = self._w.between(self._opened + 4 * MINUTE, first - 4 * MINUTE)
        if moment is not None and thread.lines.get("then"):
            untold = self._w.ask_then(thread, "before_known", moment, (), "unanswerable")
            yield replace(untold, note="not told yet at that time")
        if self._rng.random() < 0.15:
            early = self._opened - self._rng.randint(10, 90) * MINUTE
            asked = self._w.ask(thread, "ask", "unanswerable", ())
            yield asked and replace(asked, as_of=self._stamp(early), note="before the first entry")

    def _reported(self, thread: Thread) -> Iterator[Asked | None]:
        changes = [p for p in thread.changes if sum(value_of(q[1]) == value_of(p[1]) for q in thread.changes) == 1]
        if not changes:
            return
        entry, telling = self._rng.choice(changes)
        asked = self._w.ask(thread, "posted", "when", [(entry, telling)], {"v": telling.value})
        yield asked and replace(asked, answers=clock_answers(entry.published), note="asks the posting time")

    def _follow_ups(self, thread: Thread) -> Iterator[Asked | None]:
        last = thread.standing(self._closed)
        if thread.fact.how == "plan":
            return
        question = self._w.words(thread, "ask", {})
        turn = (question, given(*last[-1]))
        if thread.fact.how == "tally" and f"{thread.name}@near" in self._threads:
            other = self._threads[f"{thread.name}@near"].standing(self._closed)
            yield self._w.follow("near", turn, other)
        if thread.fact.how in {"tally", "score"}:
            yield self._an_hour_later(thread)
            named = [pair for pair in last if pair[1].source]
            if named:
                asked = self._w.follow("said", (question, given(*named[-1])), named)
                sources = dict.fromkeys(telling.source for _, telling in named)
                yield asked and replace(asked, answers=tuple(s.removeprefix("the ") for s in sources))
        elif self._rng.random() < 0.3:
            asked = self._w.follow("when_posted", turn, last)
            shown = dict.fromkeys(a for entry, _ in last for a in clock_answers(entry.published))
            yield asked and replace(asked, answers=tuple(shown))
        before = self._threads.get(thread.fact.after)
        if before and thread.lines.get("follow"):
            turn = (self._w.words(before, "ask", {}), given(*before.standing(self._closed)[-1]))
            text = fill(self._rng, self._rng.choice(thread.lines["follow"]), thread.slots)
            yield self._w.asked(text, "follow_up", last, (turn,))

    def _an_hour_later(self, thread: Thread) -> Asked | None:
        changes = thread.changes
        for i in range(len(changes) - 1):
            moment = self._w.between(changes[i][1].at + MINUTE, changes[i + 1][1].at - MINUTE)
            if moment is None or not thread.lines.get("then"):
                continue
            now, then = thread.standing(moment), thread.standing(moment + HOUR)
            if value_of(now[-1][1]) != value_of(then[-1][1]):
                first = self._w.then(thread, "as_of", moment)
                asked = self._w.follow("later", (first, given(*now[-1])), then)
                return asked and replace(asked, note=f"as of {moment + HOUR:%H:%M}")
        return None

    def _edited(self, thread: Thread) -> Iterator[Asked | None]:
        for entry, telling in thread.told:
            if entry.before and entry.edited:
                swapped = {
                    self._event.slots[a]: self._event.slots[b] for a, b in (("p1", "p7"), ("street2", "street3"))
                }
                wrong = tuple(swapped[a] for a in telling.answers if a in swapped)
                moment = self._w.between(entry.published + MINUTE, entry.edited - MINUTE)
                if wrong and moment:
                    asked = self._w.ask(thread, "ask", "as_of", [(entry, telling)])
                    quote = telling.quote.replace(telling.answers[0], wrong[0])
                    gold = Gold(entry.id, self._stamp(entry.published), quote)
                    yield asked and replace(
                        asked, answers=wrong, evidence=(gold,), as_of=self._stamp(moment), edit=True,
                        note="edited later",
                    )  # fmt: skip

    def _dispute(self, thread: Thread) -> Iterator[Asked | None]:
        by_form = {telling.form: (entry, telling) for entry, telling in thread.told}
        for form, key in (("one", "ask1"), ("two", "ask2")):
            if form in by_form:
                yield self._w.ask(thread, key, "number", [by_form[form]])
        if len(by_form) == 2:
            both = [by_form["one"], by_form["two"]]
            asked = self._w.ask(thread, "ask", "multi_entry", both)
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
            start = five(self._rng.choice(told)[0].published)
            end = start + (60 if made == 2 else self._rng.choice((30, 45, 60))) * MINUTE
            within = [(e, t) for e, t in told if start <= e.published <= end]
            if 2 <= len({t.quote for _, t in within}) <= 4:
                made += 1
                style = self._rng.choice(("24", "12"))
                slots = {**self._event.slots, "a": clock(start, style), "b": clock(end, style)}
                recent = made == 3
                text = self._w.general_line("recent" if recent else "window", slots)
                asked = self._w.asked(text, "timeline", within)
                answers = ("; ".join(dict.fromkeys(t.quote for _, t in within)),)
                yield asked and replace(asked, answers=answers, as_of=self._stamp(end) if recent else None)

    def _absent(self) -> Iterator[Asked | None]:
        lines = load_templates(self._event.split, self._event.kind).lines("absent", "ask")
        for line in self._rng.sample(lines, min(2, len(lines))):
            yield self._w.asked(fill(self._rng, line, self._event.slots), "unanswerable", ())
        for thread in self._threads.values():
            if thread.fact.elsewhere and thread.name == thread.fact.name:
                slots = {**thread.slots, "place": thread.slots["far"]}
                asked = self._w.ask(replace(thread, slots=slots), "ask", "unanswerable", ())
                yield asked and replace(asked, note="told of other places only")
