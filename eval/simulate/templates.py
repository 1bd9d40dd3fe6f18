"""Template files -> sections of named lines. `# name` opens a section, `key: words` is a line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from index.errors import QuestionError

Split = Literal["tuning", "held_out", "training"]
SPLITS: tuple[str, ...] = get_args(Split)
SHARED = ("general", "names")  # the training split has the tuning split's
TEXTS = Path(__file__).parent / "text"
Section = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Templates:
    """One file: `head` holds the lines before its first section, `sections` the others."""

    head: Section
    sections: Mapping[str, Section]

    def lines(self, section: str, key: str) -> tuple[str, ...]:
        """Lines of a key, empty where there are none."""
        return self.sections.get(section, {}).get(key, ())


@cache
def load_templates(split: str, name: str) -> Templates:
    """Read one template file of a split.

    Raises:
        QuestionError: there is no such split, or a line is neither a section nor a keyed line.

    """
    if split not in SPLITS:
        raise QuestionError(f"{split!r} is no split; use {', '.join(SPLITS)}")
    path = TEXTS / ("tuning" if split == "training" and name in SHARED else split) / f"{name}.txt"
    sections: dict[str, dict[str, list[str]]] = {"": {}}
    current = ""
    for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("# "):
            current = line[2:].strip()
            sections[current] = {}
            continue
        key, colon, words = line.partition(": ")
        if not colon or " " in key:
            raise QuestionError(f"{path}, line {row}: {line[:60]!r}: write `# section` or `key: words`")
        sections[current].setdefault(key, []).append(words.strip())
    plain = {name: {key: tuple(rows) for key, rows in keys.items()} for name, keys in sections.items()}
    return Templates(plain.pop(""), plain)
