"""What a question for the question file is made of, and what is checked before it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold import full_text, squeezed
from eval.normalise import contained
from eval.questions import Item, load_questions, parse_questions
from index.embedding import Encoder
from index.records import Entry, Page
from index.sentences import sentence_spans
from rag.asking.aims import read_aim
from rag.words import wanted

ALIKE = 0.85
_KIND_OF = {"person": "who", "number": "number", "place": "where", "time": "when", "quote": "quote"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as its writer gave it; `entry` is the one that proves it, None where nothing answers."""

    page: str
    question: str
    answers: tuple[str, ...]
    entry: Entry | None
    quote: str
    kind: str
    as_of: datetime | None = None
    history: tuple[tuple[str, str], ...] = ()
    note: str = ""
    feedback: str = ""

    def row(self, name: str) -> dict[str, Any]:
        """The line of the question file, as JSON types; a note, and the feedback it came from, where there is one."""
        moment = self.entry.published if self.entry else None
        evidence = [{"published": moment.isoformat() if moment else None, "quote": self.quote}] if self.entry else []
        row: dict[str, Any] = {
            "id": name,
            "page": self.page,
            "question": self.question,
            "answers": list(self.answers),
            "evidence": evidence,
            "kind": self.kind,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "history": [list(turn) for turn in self.history],
        }
        extra = {"note": self.note, "feedback": self.feedback}
        return {**row, **{field: value for field, value in extra.items() if value}}


def suggested_kind(question: str, *, answered: bool, as_of: datetime | None) -> str:
    """Kind of a question by its words; the writer has the last word."""
    if not answered:
        return "unanswerable"
    if as_of:
        return "as_of"
    if read_aim(question, False)[0] in {"latest", "news"}:
        return "latest"
    return _KIND_OF.get(wanted(question), "fact")


def stands_in(quote: str, entry: Entry) -> bool:
    """Whether the entry prints the quote, white space aside."""
    return bool(quote.strip()) and squeezed(quote) in squeezed(full_text(entry))


def sentence_with(answer: str, entry: Entry) -> str:
    """First sentence of the entry, or line of its title and captions, that holds the answer; empty where none does."""
    sentences = [entry.body[a:b] for a, b in sentence_spans(entry.body)]
    lines = [*sentences, *(entry.title or "").splitlines(), *entry.captions]
    return next((" ".join(line.split()) for line in lines if contained(answer, line)), "")


class Alike:
    """Questions already written, found again by meaning."""

    def __init__(self, encoder: Encoder, questions: Iterable[tuple[str, str]]) -> None:
        self._encoder = encoder
        self._known = list(questions)
        texts = [question for _, question in self._known]
        self._rows = encoder.encode(texts) if texts else np.zeros((0, encoder.dim), dtype=np.float32)

    def nearest(self, question: str) -> tuple[str, str, float] | None:
        """Id, words and cosine of the written question that is most like this one, where it is nearly the same."""
        if not self._known:
            return None
        scores = self._rows @ self._encoder.encode([question])[0]
        best = int(np.argmax(scores))
        return (*self._known[best], float(scores[best])) if scores[best] >= ALIKE else None

    def add(self, name: str, question: str) -> None:
        """Know one more."""
        self._known.append((name, question))
        self._rows = np.vstack([self._rows, self._encoder.encode([question])])


def page_name(page: Page) -> str:
    """Name that a question file gives a page: its file name where it has one, else its id."""
    name = Path(page.source.split("?")[0]).name
    return name if name and "://" not in page.source else page.id


class QuestionFile:
    """The file that questions are added to, each line checked as it will be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.items: list[Item] = list(load_questions(path)) if path.exists() and path.stat().st_size else []
        self._names = {item.id for item in self.items}
        self._sources = _feedback_ids(path) if self.items else set()

    def has(self, feedback: str) -> bool:
        """Whether a question was made of this feedback before."""
        return feedback in self._sources

    def add(self, draft: Draft) -> str:
        """Check and append one line; the id it was given.

        Raises:
            QuestionError: the line breaks the format; nothing was written.

        """
        stem = re.sub(r"[^a-z0-9]+", "-", Path(draft.page).stem.lower()).strip("-") or "q"
        number = next(n for n in range(1, len(self._names) + 2) if f"{stem}-{n:03d}" not in self._names)
        name = f"{stem}-{number:03d}"
        line = json.dumps(draft.row(name), ensure_ascii=False)
        self.items += parse_questions([line], str(self.path))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = self.path.read_bytes() if self.path.exists() else b""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n" if not written or written.endswith(b"\n") else f"\n{line}\n")
        self._names.add(name)
        self._sources.add(draft.feedback)
        return name


def _feedback_ids(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    return {row["feedback"] for row in rows if row.get("feedback")}
