"""How a fact of a simulated event evolves: what is counted, planned or said once, and within which bounds."""

from __future__ import annotations

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


def toll(name: str, start: tuple[float, float], step: tuple[float, float], *, elsewhere: bool = True) -> Fact:
    """A count of people that rises and may be corrected."""
    return Fact(name, "tally", start, step, (3, 5), fix=0.45, elsewhere=elsewhere, question="number")


def count(name: str, start: tuple[float, float], step: tuple[float, float], unit: float = 10, **more: float) -> Fact:
    """A count in steps of `unit`."""
    return Fact(name, "tally", start, step, (3, 4), unit, fix=more.get("fix", 0.25), fall=more.get("fall", 0.0),
                question="number")  # fmt: skip


def level(name: str, start: tuple[float, float], step: tuple[float, float], unit: float = 0.1) -> Fact:
    """A measure that rises and may fall again."""
    return Fact(name, "tally", start, step, (3, 4), unit, fall=0.6, question="number")


def once(name: str, question: str, after: str = "") -> Fact:
    """A fact told once."""
    return Fact(name, "once", question=question, after=after)


def number(name: str, low: float, high: float, after: str) -> Fact:
    """A number told once, asked after another fact."""
    return Fact(name, "number", (low, high), question="number", after=after)
