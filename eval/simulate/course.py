"""What is told of each fact of an event, at which minutes: counts that rise and are put right, plans, stages."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from eval.simulate.facts import Fact
from eval.simulate.phrases import clock, clock_answers, number, number_answers, number_slots
from eval.simulate.templates import Templates

EARLY_MIN, LATE_MIN = 25, 95


@dataclass(frozen=True, slots=True)
class Draft:
    """What one entry will tell of a thread, before its words are made.

    `thread` is the fact's name, with "@near" for the neighbouring place; `form` is the template key.
    """

    at: datetime
    fact: Fact
    thread: str
    form: str
    slots: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    happened: datetime | None = None


def draft_event(rng: random.Random, facts: Sequence[Fact], texts: Templates, opened: datetime) -> list[Draft]:
    """All that is told of an event, in order of time."""
    drafts: list[Draft] = []
    for fact in facts:
        drafts += _course(rng, fact, fact.name, opened + timedelta(minutes=rng.randint(6, 150)), texts)
        if fact.elsewhere:
            begins = opened + timedelta(minutes=rng.randint(30, 240))
            drafts += _course(rng, replace(fact, tells=(2, 3)), f"{fact.name}@near", begins, texts)
    return sorted(drafts, key=lambda d: d.at)


def _course(rng: random.Random, fact: Fact, thread: str, begins: datetime, texts: Templates) -> list[Draft]:
    """What is told of one fact, at which minutes."""
    if fact.how == "tally":
        return _tally(rng, fact, thread, begins)
    if fact.how == "plan":
        return _plan(rng, fact, thread, begins)
    if fact.how == "score":
        return _score(rng, fact, thread, begins)
    if fact.how == "dispute":
        low, high = fact.start
        values = [rng.randint(int(low), int(high)), 0]
        values[1] = round(values[0] * rng.uniform(1.2, 1.9)) + 1
        later = begins + timedelta(minutes=rng.randint(3, 25))
        return [
            Draft(at, fact, thread, form, number_slots(v), number_answers(v))
            for at, form, v in zip((begins, later), ("one", "two"), values, strict=True)
        ]
    if fact.how == "stages":
        forms = [f"s{i}" for i in range(1, 6) if texts.lines(fact.name, f"s{i}")]
        drafts = []
        for form in forms:
            drafts.append(Draft(begins, fact, thread, form))
            begins += _gap(rng)
        return drafts
    if fact.how == "number":
        value = rng.randint(int(fact.start[0]), int(fact.start[1]))
        late = begins + timedelta(minutes=60)
        return [Draft(late, fact, thread, "first", number_slots(value), number_answers(value))]
    if fact.how == "happened":
        moment = begins - timedelta(minutes=5 * rng.randint(18, 48) + begins.minute % 5)
        return [Draft(begins, fact, thread, "first", _time_of(rng, moment), clock_answers(moment), moment)]
    return [Draft(begins, fact, thread, "first")]


def _tally(rng: random.Random, fact: Fact, thread: str, at: datetime) -> list[Draft]:
    value = _stepped(rng, fact.start, fact.unit)
    count = rng.randint(*fact.tells)
    fixed = rng.random() < fact.fix
    falls = not fixed and rng.random() < fact.fall
    drafts: list[Draft] = []
    old = value
    for i in range(count):
        form = "first" if i == 0 else "more"
        if i:
            old, step = value, _stepped(rng, fact.step, fact.unit)
            last = i == count - 1
            down = last and (fixed or falls)
            form = ("fix" if fixed else "less") if down else "more"
            value = max(fact.unit, old - min(step, old / 2 // fact.unit * fact.unit)) if down else old + step
            if form == "fix" and value == old:
                break
        slots = number_slots(value, fact.digits) | {"old": number(old, fact.digits)}
        drafts.append(Draft(at, fact, thread, form, slots, number_answers(value, fact.digits)))
        at += _gap(rng)
    return drafts


def _score(rng: random.Random, fact: Fact, thread: str, at: datetime) -> list[Draft]:
    """Goals of two sides, the first named first."""
    home = away = 0
    drafts: list[Draft] = []
    for _ in range(rng.randint(*fact.tells)):
        old = f"{home}-{away}"
        if rng.random() < 0.55:
            home, form = home + 1, "home"
        else:
            away, form = away + 1, "away"
        value = f"{home}-{away}"
        drafts.append(Draft(at, fact, thread, form, {"v": value, "old": old}, (value, f"{home} {away}")))
        at += timedelta(minutes=rng.randint(7, 24))
    return drafts


def _plan(rng: random.Random, fact: Fact, thread: str, at: datetime) -> list[Draft]:
    style = rng.choice(("24", "12", "24"))
    planned = _rounded(at + timedelta(minutes=rng.randint(100, 200)))

    def draft(told: datetime, form: str, moment: datetime, old: datetime) -> Draft:
        slots = {"v": clock(moment, style), "old": clock(old, style)}
        return Draft(told, fact, thread, form, slots, clock_answers(moment) if form != "off" else ())

    drafts = [draft(at, "due", planned, planned)]
    old = planned
    for chance in (0.75, 0.3):
        if rng.random() > chance:
            break
        told = drafts[-1].at + (planned - drafts[-1].at) * rng.uniform(0.4, 0.9)
        old, planned = planned, _rounded(planned + timedelta(minutes=rng.choice((30, 45, 60, 75, 90))))
        drafts.append(draft(_whole(told), "moved", planned, old))
    if rng.random() < 0.3:
        told = planned - timedelta(minutes=rng.randint(3, 20))
        drafts.append(draft(max(told, drafts[-1].at + timedelta(minutes=4)), "off", planned, old))
    else:
        begun = planned + timedelta(minutes=rng.choice((0, 2, 4, 7, 11)))
        drafts.append(draft(begun + timedelta(minutes=rng.randint(1, 8)), "done", begun, planned))
    return drafts


def _gap(rng: random.Random) -> timedelta:
    return timedelta(minutes=rng.randint(EARLY_MIN, LATE_MIN))


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _rounded(moment: datetime) -> datetime:
    return _whole(moment) - timedelta(minutes=moment.minute % 15)


def _stepped(rng: random.Random, bounds: tuple[float, float], unit: float) -> float:
    low, high = bounds
    return round(rng.randint(round(low / unit), round(high / unit)) * unit, 2)


def _time_of(rng: random.Random, moment: datetime) -> dict[str, str]:
    """When something happened, as people say it."""
    part = "in the morning" if moment.hour < 12 else "in the afternoon" if moment.hour < 18 else "in the evening"
    words = clock(moment, "words")
    said = f"at about {words} {part}" if " " in words and "o'clock" not in words else f"at around {words}"
    return {"t": rng.choice((f"at {clock(moment, '24')}", f"at about {clock(moment, '12')}", said))}
