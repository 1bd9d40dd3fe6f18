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
    "wildfire": (
        _count("area", (300, 900), (150, 700), fix=0.3),
        _toll("hurt", (5, 9), (2, 6)),
        _number("crew", 2, 4, "hurt"),
        _count("contained", (5, 15), (5, 20), 5, fix=0, fall=0.4),
        Fact("planes", "plan"),
        Fact("front", "stages"),
        _once("commander", "who", "post"),
        _once("post", "where"),
        Fact("spark", "happened"),
        _once("cause", "fact"),
        Fact("houses", "dispute", (12, 80)),
        _once("words", "quote"),
    ),
    "election": (
        Fact("counted", "tally", (8, 20), (9, 21), (4, 5), elsewhere=True, question="number"),
        _level("share", (38.0, 47.5), (0.4, 1.9)),
        Fact("spoilt", "tally", (60, 160), (15, 70), (2, 3), fix=0.6, question="number"),
        Fact("declaration", "plan"),
        Fact("loser", "stages"),
        _once("officer", "who", "hall"),
        _once("hall", "where"),
        Fact("leak", "happened"),
        _once("issue", "fact"),
        Fact("turnout", "dispute", (41, 55)),
        _once("words", "quote"),
    ),
    "strike": (
        _count("out", (800, 2400), (150, 900)),
        _level("offer", (2.4, 3.4), (0.3, 0.8)),
        _toll("held", (4, 7), (1, 3)),
        Fact("talks", "plan"),
        Fact("deal", "stages"),
        _once("mediator", "who", "venue"),
        _once("venue", "where"),
        Fact("walkout", "happened"),
        _once("cause", "fact"),
        Fact("rally", "dispute", (700, 3000)),
        _once("words", "quote"),
    ),
    "trial": (
        Fact("witnesses", "tally", (4, 9), (2, 5), (3, 4), question="number"),
        _level("sum", (3.2, 6.4), (0.3, 1.2)),
        Fact("counts", "tally", (11, 16), (2, 5), (2, 3), fix=0.8, question="number"),
        Fact("hearing", "plan"),
        Fact("jury", "stages"),
        _once("judge", "who", "room"),
        _once("room", "where"),
        Fact("theft", "happened"),
        _once("exhibit", "fact"),
        Fact("payments", "dispute", (14, 60)),
        _once("words", "quote"),
    ),
    "match": (
        Fact("score", "score", tells=(3, 5), question="number"),
        Fact("cards", "tally", (2, 3), (1, 2), (3, 4), fix=0.4, question="number"),
        Fact("corners", "tally", (3, 5), (1, 3), (3, 4), question="number"),
        Fact("kickoff", "plan"),
        Fact("keeper", "stages"),
        _once("referee", "who", "seats"),
        _once("seats", "where"),
        Fact("power", "happened"),
        _once("missing", "fact"),
        Fact("crowd", "dispute", (9000, 24000)),
        _once("words", "quote"),
    ),
    "launch": (
        _level("wind", (18.0, 31.0), (1.5, 6.0), 0.5),
        Fact("odds", "tally", (30, 45), (10, 15), (3, 4), 5, fall=0.5, question="number"),
        Fact("boats", "tally", (2, 4), (1, 3), (3, 4), fix=0.4, question="number"),
        Fact("liftoff", "plan"),
        Fact("booster", "stages"),
        _once("director", "who", "stand"),
        _once("stand", "where"),
        Fact("valve", "happened"),
        _once("payload", "fact"),
        Fact("crowd", "dispute", (2000, 8000)),
        _once("words", "quote"),
    ),
    "market": (
        _level("price", (2.4, 4.1), (0.1, 0.4), 0.05),
        Fact("sold", "tally", (40, 90), (30, 120), (3, 4), fix=0.3, elsewhere=True, question="number"),
        Fact("ill", "tally", (3, 5), (2, 4), (3, 4), fix=0.5, question="number"),
        Fact("auction", "plan"),
        Fact("bridge", "stages"),
        _once("auctioneer", "who", "ring"),
        _once("ring", "where"),
        Fact("bull", "happened"),
        _once("prize", "fact"),
        Fact("visitors", "dispute", (3000, 9000)),
        _once("words", "quote"),
    ),
    "siege": (
        Fact("freed", "tally", (2, 4), (1, 4), (4, 5), fix=0.4, question="number"),
        _toll("wounded", (3, 5), (1, 3), elsewhere=False),
        _number("officers", 2, 2, "wounded"),
        Fact("statement", "plan"),
        Fact("entry", "stages"),
        _once("negotiator", "who", "site"),
        _once("site", "where"),
        Fact("shots", "happened"),
        _once("demand", "fact"),
        Fact("gunmen", "dispute", (2, 5)),
        _once("words", "quote"),
    ),
    "storm": (
        Fact(
            "dark",
            "tally",
            (4000, 9000),
            (1500, 9000),
            (4, 5),
            500,
            fix=0.3,
            fall=0.7,
            elsewhere=True,
            question="number",
        ),
        _level("gust", (88, 104), (3, 9), 1),
        Fact("trees", "tally", (20, 45), (10, 40), (2, 4), fix=0.3, question="number"),
        Fact("ferry", "plan"),
        Fact("trawler", "stages"),
        _once("forecaster", "who", "refuge"),
        _once("refuge", "where"),
        Fact("mast", "happened"),
        _once("cause", "fact"),
        Fact("damage", "dispute", (12, 60)),
        _once("words", "quote"),
    ),
    "quake": (
        _toll("toll", (9, 16), (3, 11)),
        _number("pupils", 2, 5, "toll"),
        _level("size", (5.8, 6.3), (0.1, 0.3)),
        _count("tents", (150, 400), (50, 300)),
        Fact("flight", "plan"),
        Fact("hospital", "stages"),
        _once("engineer", "who", "camp"),
        _once("camp", "where"),
        Fact("shock", "happened"),
        _once("found", "fact"),
        Fact("trapped", "dispute", (14, 60)),
        _once("words", "quote"),
    ),
    "protest": (
        _toll("arrests", (6, 14), (3, 12)),
        Fact("hurt", "tally", (2, 5), (1, 4), (3, 4), fix=0.4, question="number"),
        _number("drivers", 2, 4, "arrests"),
        Fact("march", "plan"),
        Fact("square", "stages"),
        _once("organiser", "who", "start"),
        _once("start", "where"),
        Fact("clash", "happened"),
        _once("demand", "fact"),
        Fact("crowd", "dispute", (4000, 15000)),
        _once("words", "quote"),
    ),
}
