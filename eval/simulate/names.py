"""Invented names: places by number, so that no two pages share one; people, streets and companies by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass

from eval.simulate.templates import load_templates

STRIDE = 7919  # coprime with the number of places: neighbours in number are far apart in sound
PLACES_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    name: str

    @property
    def surname(self) -> str:
        """Last name."""
        return self.name.rsplit(" ", 1)[1]


def place(split: str, index: int) -> str:
    """The invented place of a number; another one for every number up to the count of all."""
    words = load_templates(split, "names").head
    starts, ends, kinds = (words[key][0].split() for key in ("start", "end", "kind"))
    kinds = [kind.replace("_", " ") for kind in kinds]
    plain = len(starts) * len(ends)
    total = plain * (len(kinds) + 1)
    at = index * STRIDE % plain
    kind = index // plain % (len(kinds) + 1)
    name = starts[at % len(starts)] + ends[at // len(starts) % len(ends)]
    if index >= total:
        name += f" {index // total + 1}"
    return name if kind == 0 else kinds[kind - 1].replace("*", name)


def people(rng: random.Random, split: str, count: int) -> list[Person]:
    """Invented people with different first and last names."""
    words = load_templates(split, "names").head
    firsts = rng.sample(words["first"][0].split(), count)
    lasts = rng.sample(words["last"][0].split(), count)
    return [Person(f"{first} {last}") for first, last in zip(firsts, lasts, strict=True)]


def pick(rng: random.Random, split: str, key: str, count: int) -> list[str]:
    """Different words of a list of names, underscores as spaces."""
    return [word.replace("_", " ") for word in rng.sample(load_templates(split, "names").head[key][0].split(), count)]
