"""A question file (JSON lines) -> checked Items; an error names the file, the line and the field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import QuestionError

Kind = Literal[
    "fact",
    "number",
    "who",
    "when",
    "where",
    "quote",
    "multi_entry",
    "latest",
    "as_of",
    "superseded",
    "timeline",
    "follow_up",
    "unanswerable",
]
KINDS: tuple[str, ...] = get_args(Kind)
Enough = Literal["all", "any", "first"]
_ENOUGH_NOTE = re.compile(r"\b(?:any one|the (first) one)\b[^;]*\bis enough\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an answer stands: `quote` is an exact part of the entry published then; None means untimed."""

    published: datetime | None
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its accepted answers and the evidence for them; `pages` are page or file names.

    `enough` says how much of the evidence an answer must rest on: all of it, any one piece, or the first.
    """

    id: str
    pages: tuple[str, ...]
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Proof, ...]
    kind: Kind
    as_of: datetime | None = None
    history: tuple[tuple[str, str], ...] = ()
    enough: Enough = "all"

    @property
    def needed(self) -> tuple[tuple[Proof, ...], ...]:
        """The pieces of evidence that an answer must rest on, each with the proofs that are as good as each other.

        The same quote printed in several entries is one piece of evidence.
        """
        if not self.evidence:
            return ()
        if self.enough == "any":
            return (self.evidence,)
        pieces: dict[str, list[Proof]] = {}
        for proof in self.evidence:
            pieces.setdefault("".join(proof.quote.split()), []).append(proof)
        found = tuple(tuple(proofs) for proofs in pieces.values())
        return found[:1] if self.enough == "first" else found

    @property
    def answerable(self) -> bool:
        """Whether the coverage holds an answer (for an as-of question: by then)."""
        return self.kind != "unanswerable"


def load_questions(path: Path | str) -> tuple[Item, ...]:
    """Read and check a question file; unknown fields (a note, a source) are let through.

    Raises:
        QuestionError: the file is missing, empty or not UTF-8, or a line breaks the format.

    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionError(f"{path}: cannot be read ({error.strerror}); give a question file") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    items = tuple(parse_questions(text.split("\n"), str(path)))
    if not items:
        raise QuestionError(f"{path}: holds no questions; write one JSON object per line")
    return items


def parse_questions(lines: Iterable[str], name: str = "questions") -> Iterable[Item]:
    """Check lines one by one; blank lines are skipped and ids must not repeat."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _Row(_object(line, f"{name}, line {number}"), f"{name}, line {number}")
        item = row.item()
        if item.id in seen:
            raise row.error("id", item.id, f"already used on line {seen[item.id]}; ids must differ")
        seen[item.id] = number
        yield item


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionError(f"{place}: not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(value, dict):
        raise QuestionError(f"{place}: expected a JSON object, found {_short(value)}")
    return value


@dataclass(frozen=True, slots=True)
class _Row:
    """One line's fields and where it stands, for errors."""

    fields: dict[str, Any]
    place: str

    def error(self, field: str, value: object, wanted: str) -> QuestionError:
        return QuestionError(f'{self.place}, field "{field}": {_short(value)}: {wanted}')

    def item(self) -> Item:
        kind = self.text("kind")
        if kind not in KINDS:
            raise self.error("kind", kind, f"use one of {', '.join(KINDS)}")
        answers = self.texts("answers")
        evidence = tuple(self.proof(value, i) for i, value in enumerate(self.list("evidence")))
        if kind == "unanswerable" and evidence:
            raise self.error("evidence", self.fields["evidence"], "an unanswerable question has none")
        if kind != "unanswerable" and not answers:
            raise self.error("answers", [], "give at least one accepted answer")
        if kind != "unanswerable" and not evidence:
            raise self.error("evidence", [], "give at least one {published, quote}")
        return Item(
            id=self.text("id"),
            pages=self.pages(),
            question=self.text("question"),
            answers=answers,
            evidence=evidence,
            kind=kind,  # type: ignore[arg-type]
            as_of=self.moment("as_of", self.fields.get("as_of")),
            history=tuple(self.turn(value, i) for i, value in enumerate(self.list("history", absent_ok=True))),
            enough=self.enough(),
        )

    def enough(self) -> Enough:
        """The field of that name, or what a note in words says; all of the evidence where neither speaks."""
        value = self.fields.get("enough")
        if value is None:
            said = _ENOUGH_NOTE.search(str(self.fields.get("note") or ""))
            return "all" if said is None else "first" if said[1] else "any"
        if value not in get_args(Enough):
            raise self.error("enough", value, f"use one of {', '.join(get_args(Enough))}")
        checked: Enough = value
        return checked

    def text(self, field: str) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(field, value, "expected text that is not empty")
        return value

    def list(self, field: str, *, absent_ok: bool = False) -> list[Any]:
        value = self.fields.get(field)
        if value is None and absent_ok:
            return []
        if not isinstance(value, list):
            raise self.error(field, value, "expected a list")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.list(field)
        for i, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.error(f"{field}[{i}]", value, "expected text that is not empty")
        return tuple(values)

    def pages(self) -> tuple[str, ...]:
        if "pages" in self.fields:
            return self.texts("pages")
        return (self.text("page"),)

    def proof(self, value: object, i: int) -> Proof:
        field = f"evidence[{i}]"
        if not isinstance(value, dict):
            raise self.error(field, value, "expected an object {published, quote}")
        quote = value.get("quote")
        if not isinstance(quote, str) or not quote.strip():
            raise self.error(f"{field}.quote", quote, "expected the entry's own words")
        if "published" not in value:
            raise self.error(f"{field}.published", None, "expected an ISO time, or null for an untimed entry")
        return Proof(self.moment(f"{field}.published", value["published"]), quote)

    def turn(self, value: object, i: int) -> tuple[str, str]:
        if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, str) for v in value):
            raise self.error(f"history[{i}]", value, "expected [question, answer]")
        return (value[0], value[1])

    def moment(self, field: str, value: object) -> datetime | None:
        if value is None:
            return None
        try:
            return datetime.fromisoformat(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise self.error(field, value, "expected an ISO time such as 2023-06-28T15:33:00+01:00") from None


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
