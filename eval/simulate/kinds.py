"""The kinds of event and how each of their facts evolves; the words are in `text`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["tally", "score", "plan", "stages", "once", "number", "happened", "dispute"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an event; `name` is its section in the template files.

    A tally starts within `start`, moves by `step` a telling and is told `tells` times; `fix` is the chance
    that it is corrected down at the end, `fall` that it ends lower. `elsewhere` tells the same of a
    neighbouring place. `after` names the fact whose question comes before this one's follow-up.
    """

    name: str
    how: How
    start: tuple[float, float] = (0, 0)
    step: tuple[float, float] = (0, 0)
    tells: tuple[int, int] = (3, 5)
    unit: float = 1
    fix: float = 0.0
    fall: float = 0.0
    elsewhere: bool = False
    after: str = ""
    question: str = "fact"

    @property
    def digits(self) -> int:
        """Decimal places its values are told with."""
        return 0 if self.unit >= 1 else 2 if self.unit < 0.1 else 1


def _toll(name: str, start: tuple[float, float], step: tuple[float, float], *, elsewhere: bool = True) -> Fact:
    return Fact(name, "tally", start, step, (3, 5), fix=0.45, elsewhere=elsewhere, question="number")


def _count(name: str, start: tuple[float, float], step: tuple[float, float], unit: float = 10, **more: float) -> Fact:
    return Fact(name, "tally", start, step, (3, 4), unit, fix=more.get("fix", 0.25), fall=more.get("fall", 0.0),
                question="number")  # fmt: skip


def _level(name: str, start: tuple[float, float], step: tuple[float, float], unit: float = 0.1) -> Fact:
    return Fact(name, "tally", start, step, (3, 4), unit, fall=0.6, question="number")


def _once(name: str, question: str, after: str = "") -> Fact:
    return Fact(name, "once", question=question, after=after)


def _number(name: str, low: float, high: float, after: str) -> Fact:
    return Fact(name, "number", (low, high), question="number", after=after)


KINDS: Mapping[str, tuple[Fact, ...]] = {
    "flood": (
        _toll("toll", (4, 7), (1, 4)),
        _number("children", 2, 3, "toll"),
        _count("moved", (120, 600), (60, 400)),
        _level("level", (3.1, 4.6), (0.2, 0.7)),
        Fact("sluice", "plan"),
        Fact("dyke", "stages"),
        _once("leader", "who", "shelter"),
        _once("shelter", "where"),
        Fact("banks", "happened"),
        _once("cause", "fact"),
        Fact("homes", "dispute", (140, 900)),
        _once("plea", "quote"),
    ),
}
