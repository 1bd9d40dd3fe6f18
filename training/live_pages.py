"""Whole live pages, invented and written by hand for training: entries, questions, near-misses and claims.

A page is read from plain text: `=== id | title | day | zone`, then its entries (`[3] 14:05 | title` and the body
below), then its lines: `Q kind: question || answer ;; second answer || entries that hold it`, `T kind: question ||
value @ entry ;; value @ entry` for a fact that changes while the page runs, `N: question that no entry answers || entry
that tempts`, and claims that an entry supports (`S3: ...`), contradicts (`C3:`) or leaves open (`U3:`). `Q*` and `N*`
are asked as at a desk with many stories: they name the page's. `F kind:` and `FN:` lean on a turn before them, which
stands between `<<` (`F who: who said so? << How many are hurt? << Six || Rosa Lind || 3`). `N cause:` misses in the way
that its word names (`NEAR`), and `Q cause:` is a question of that form that is answered.
`python -m training.live_pages` writes the pages of a split as coverage with question files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from index.reading.jsonl import write_jsonl
from index.records import Entry, Page, Reading
from rag.asking.subject import read_subject
from rag.evidence import context_of
from rag.judge import as_claim
from rag.words import content_stems, stems
from training.records import Example, Pair, Span

Split = Literal["train", "fit", "test"]
FIT_SHARE, TEST_SHARE = 0.13, 0.1
# An older value answers as well as the newest in an entry by itself; which of them leads is not the reader's business.
OF_SEVERAL_VALUES = frozenset({"latest", "superseded"})
UNTITLED_SHARE = 0.2  # of what is read without its page's title, as on pages that have none
# Ways of coming near: what is asked for is told of another, did not happen, or is told without its cause, its name ...
NEAR = frozenset("holder premise cause sort name measure stage speaker outcome part place open".split())
_HEAD = re.compile(r"=== (?P<id>\S+) \| (?P<title>.*) \| (?P<day>\d{4}-\d\d-\d\d) \| (?P<zone>\S+)$")
_ENTRY = re.compile(r"\[\d+\] (?P<clock>\d\d:\d\d) \|(?P<title>.*)$")
_QUESTION = re.compile(
    r"(?:Q(?P<named>\*?)|F) (?P<kind>\w+): (?P<text>.*?) \|\| (?P<answers>.*?) \|\| (?P<where>[\d, ]+)$"
)
_CHANGING = re.compile(r"T (?P<kind>\w+): (?P<text>.*?) \|\| (?P<chain>.*)$")
_VALUE = re.compile(r"(?P<value>.*\S) @ (?P<at>\d+)$")
_NEAR_MISS = re.compile(r"(?:N(?P<named>\*?)(?: (?P<near>\w+))?|FN): (?P<text>.*?) \|\| (?P<at>\d+)$")
_CLAIM = re.compile(r"(?P<verdict>[SCU])(?P<at>\d+): (?P<text>.*)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `where` are the places of the entries that answer it, or of the one that only tempts.

    With `named`, it names or describes the story of its page. `history` is the turn that a follow-up leans on.
    `near` is one of `NEAR`, for questions and near-misses of one form.
    """

    kind: str
    text: str
    answers: tuple[str, ...]
    where: tuple[int, ...]
    named: bool = False
    history: tuple[tuple[str, str], ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class Changing:
    """A fact that changes: the question that each value answers, and (value, place) of every entry that states it."""

    kind: str
    text: str
    chain: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page with what is asked and claimed of it; places count from 0. `claims` are (label, place, text).

    `folder` is the one that its file lies in, below that of all pages; training weighs each by itself.
    """

    id: str
    title: str
    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]
    claims: tuple[tuple[int, int, str], ...]
    changing: tuple[Changing, ...] = ()
    folder: str = ""

    @property
    def split(self) -> Split:
        """Where the whole page goes: the decision to answer is fitted and reported on pages not trained on."""
        share = int(hashlib.sha256(self.id.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        return "test" if share < TEST_SHARE else "fit" if share < TEST_SHARE + FIT_SHARE else "train"

    def source(self, name: str) -> str:
        """What training calls the examples of this name that this page gives."""
        return f"{name}:{self.folder}" if self.folder else name


def read_pages(folder: Path) -> list[LivePage]:
    """All pages of the text files below a folder. Raises ValueError naming the file and line that breaks the form."""
    pages = []
    for path in sorted(folder.rglob("*.txt")):
        below = path.parent.relative_to(folder).as_posix().strip(".")
        for number, block in _blocks(path.read_text(encoding="utf-8").splitlines()):
            try:
                pages.append(replace(_page(block), folder=below))
            except ValueError as error:
                raise ValueError(f"{path}, page from line {number}: {error}") from None
    return pages


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    starts = [i for i, line in enumerate(lines) if line.startswith("=== ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, list(lines[start:end])


def _page(lines: Sequence[str]) -> LivePage:
    head = _HEAD.match(lines[0])
    if head is None:
        raise ValueError(f"{lines[0]!r} is no page's head")
    written: list[tuple[str, str, list[str]]] = []
    asked: list[Asked] = []
    claims: list[tuple[int, int, str]] = []
    changing: list[Changing] = []
    for line in lines[1:]:
        if found := _ENTRY.match(line):
            written.append((found["clock"], found["title"].strip(), []))
        elif found := _QUESTION.match(line):
            where = tuple(int(n) - 1 for n in found["where"].split(","))
            answers = tuple(found["answers"].split(" ;; "))
            text, history = _leaning(found["text"])
            near = found["kind"] if found["kind"] in NEAR else ""
            kind = "fact" if near else found["kind"]
            asked.append(Asked(kind, text, answers, where, bool(found["named"]), history, near))
        elif found := _CHANGING.match(line):
            changing.append(Changing(found["kind"], found["text"], tuple(map(_value, found["chain"].split(";;")))))
        elif found := _NEAR_MISS.match(line):
            tempting = (int(found["at"]) - 1,)
            text, history = _leaning(found["text"])
            near = found["near"] or ""
            if near and near not in NEAR:
                raise ValueError(f"{near!r} is no way of coming near; use {', '.join(sorted(NEAR))}")
            asked.append(Asked("unanswerable", text, (), tempting, bool(found["named"]), history, near))
        elif found := _CLAIM.match(line):
            claims.append(("SCU".index(found["verdict"]), int(found["at"]) - 1, found["text"]))
        elif asked or claims or changing:
            if line.strip():
                raise ValueError(f"{line!r} is no question and no claim")
        elif written:
            written[-1][2].append(line)
    entries = _entries(head["id"], date.fromisoformat(head["day"]), head["zone"], written)
    for question in asked:
        for answer in question.answers:
            if not any(span_of(entries[at], answer) for at in question.where):
                raise ValueError(f"the answer {answer!r} stands in no entry of {question.text!r}")
    for fact in changing:
        for value, at in fact.chain:
            if span_of(entries[at], value) is None:
                raise ValueError(f"the value {value!r} stands not in entry {at + 1} of {fact.text!r}")
    return LivePage(head["id"], head["title"], entries, tuple(asked), tuple(claims), tuple(changing))


def _leaning(written: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A question's text, and the turn before it that it leans on."""
    text, *turn = written.split(" << ")
    return text, ((turn[0], turn[1]),) if len(turn) == 2 else ()


def _value(part: str) -> tuple[str, int]:
    found = _VALUE.match(part.strip())
    if found is None:
        raise ValueError(f"{part!r} is no value @ entry")
    return found["value"], int(found["at"]) - 1


def _entries(page: str, day: date, zone: str, written: Sequence[tuple[str, str, list[str]]]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for place, (stamp, title, body) in enumerate(written):
        clock = time.fromisoformat(stamp)
        if entries and entries[-1].clock and clock < entries[-1].clock:
            day += timedelta(days=1)
        moment, text = datetime.combine(day, clock), "\n".join(body).strip()
        entries.append(
            Entry(f"{place:02d}", page, place, stamp, moment, clock, zone, title=title or None, body=text)
        )  # fmt: skip
    return tuple(entries)


def span_of(entry: Entry, answer: str, page_title: str = "") -> Span | None:
    """Where an answer stands, in offsets of `Example`: below zero in the title; None where it does not."""
    at = entry.body.find(answer)
    if at < 0 and entry.title and answer in entry.title:
        at = entry.title.index(answer) - len(context_of(entry, page_title)) - 1
        return at, at + len(answer)
    return (at, at + len(answer)) if at >= 0 else None


def shown_title(title: str, rng: random.Random) -> str:
    """The page's title that entries are read under; now and then none."""
    return "" if rng.random() < UNTITLED_SHARE else title


def examples(pages: Sequence[LivePage], rng: random.Random, beside: int = 2) -> Iterator[Example]:
    """Each question over the entries that answer it, and over others of the same page that do not.

    Of those, the `beside` that share most words with the question, one of them left to chance. Each value of a fact
    that changes answers its question.
    """
    for page in pages:
        held = [stems(f"{e.title or ''} {e.body}") for e in page.entries]
        for ask, fact in enumerate(page.changing):
            title = shown_title(page.title, rng)
            spans: dict[int, tuple[Span, ...]] = {
                at: (s,) for value, at in fact.chain if (s := span_of(page.entries[at], value, title))
            }
            others = [i for i in range(len(page.entries)) if i not in spans]
            chosen = _tempting(fact.text, others, held, beside, rng)
            yield from _asked(page, title, f"{page.id}:T{ask}", fact.text, spans, chosen, page.source("pages"))
        for ask, question in enumerate(page.asked):
            title = shown_title(page.title, rng)
            answering = set(question.where) if question.answers else set()
            spans = {
                at: tuple(sorted(s for a in question.answers if (s := span_of(page.entries[at], a, title))))
                for at in answering
            }
            others = [
                i for i, entry in enumerate(page.entries)
                if i not in answering and not any(span_of(entry, a) for a in question.answers)
            ]  # fmt: skip
            near = [i for i in question.where if not question.answers]
            chosen = near + _tempting(
                question.text, [i for i in others if i not in near], held, beside - len(near), rng
            )
            several = question.kind in OF_SEVERAL_VALUES
            text = read_subject(question.text, question.history).ask
            yield from _asked(
                page, title, f"{page.id}:{ask}", text, spans, [] if several else chosen, _source(page, question)
            )


def _source(page: LivePage, question: Asked) -> str:
    if page.folder:
        return page.source("pages")
    if question.near:
        return "pages:near"
    return "pages:follow" if question.history else "pages:named" if question.named else "pages"


def _tempting(text: str, others: list[int], held: Sequence[set[str]], n: int, rng: random.Random) -> list[int]:
    """Places of entries that do not answer: those that share most words with the question, the last left to chance."""
    wanted = set(content_stems(text))
    others.sort(key=lambda i: -len(wanted & held[i]))
    kept = max(0, n - 1)
    return others[:kept] + rng.sample(others[kept:], min(n - kept, len(others[kept:])))


def _asked(
    page: LivePage, title: str, ask: str, text: str, spans: Mapping[int, tuple[Span, ...]], others: Sequence[int],
    source: str,
) -> Iterator[Example]:  # fmt: skip
    """One question over entries that answer and others; the answers of the page's other questions tempt."""
    for at in (*sorted(spans), *others):
        entry, right = page.entries[at], spans.get(at, ())
        told = [s for q in page.asked if q.text != text and at in q.where for a in q.answers
                if (s := span_of(entry, a)) and s[0] >= 0]  # fmt: skip
        apart = tuple(s for s in told if all(s[1] <= a or b <= s[0] for a, b in right))
        yield Example(
            text,
            context_of(entry, title),
            entry.body,
            right,
            source,
            page.split,
            f"pages:{page.id}",
            len(right) > 1,
            apart,
            ask,
        )


def restatements(pages: Sequence[LivePage], rng: random.Random) -> Iterator[Pair]:
    """Each value of a changing fact beside every entry that states the fact, and beside others of its page.

    The same value is supported, another one contradicted; an entry that does not speak of the fact says not enough.
    """
    for page in pages:
        for fact in page.changing:
            stating = dict((at, value) for value, at in fact.chain)
            for value in sorted({value for value, _ in fact.chain}):
                for at, entry in enumerate(page.entries):
                    said = stating.get(at)
                    label = 2 if said is None else 0 if said.casefold() == value.casefold() else 1
                    if label == 2 and (at + len(value)) % 3:
                        continue  # a third of them is plenty
                    context = context_of(entry, shown_title(page.title, rng))
                    claim = as_claim(fact.text, value)
                    yield Pair(
                        claim, context, entry.body, label, page.source("changing"), page.split, f"pages:{page.id}"
                    )


def claims(pages: Sequence[LivePage], rng: random.Random) -> Iterator[Pair]:
    """Claims beside the entry they speak of."""
    for page in pages:
        for label, at, text in page.claims:
            entry = page.entries[at]
            context = context_of(entry, shown_title(page.title, rng))
            yield Pair(text, context, entry.body, label, "claims:pages", page.split, f"pages:{page.id}")


def _moment(entry: Entry) -> datetime:
    assert entry.published is not None  # every entry of such a page has its time
    return entry.published


_KINDS = {"yesno": "fact", "why": "fact", "how": "fact", "multi": "fact"}


def questions(page: LivePage) -> Iterator[tuple[Asked, dict[str, Any]]]:
    """Questions with their rows of a question file; a list's parts are asked for together where an entry holds them."""
    for number, asked in enumerate(page.asked, 1):
        proofs = [
            {"published": _moment(page.entries[at]).isoformat(), "quote": answer}
            for at in asked.where for answer in asked.answers if answer in page.entries[at].body
        ]  # fmt: skip
        if asked.answers and not proofs:
            continue  # it stands in a title alone
        kind = _KINDS.get(asked.kind, asked.kind)
        if asked.history and asked.answers:
            kind = "follow_up"
        yield asked, {
            "id": f"{page.id}-{number:02d}", "page": page.id, "question": asked.text, "kind": kind,
            "answers": asked.answers[:1] if asked.answers else ["not stated"], "enough": "any", "evidence": proofs,
            "history": asked.history,
        }  # fmt: skip


def timed_questions(page: LivePage) -> Iterator[dict[str, Any]]:
    """Rows for the facts that change: the newest value, each value just before it changes, and before the first."""
    for number, fact in enumerate(page.changing, 1):
        said = [(value, page.entries[at]) for value, at in fact.chain]
        for last in range(-1, len(said)):
            if last >= 0 and last + 1 < len(said) and said[last][0].casefold() == said[last + 1][0].casefold():
                continue
            row: dict[str, Any] = {"id": f"{page.id}-t{number}-{last + 1}", "page": page.id, "question": fact.text}
            if last + 1 < len(said):
                row["as_of"] = (_moment(said[last + 1][1]) - timedelta(minutes=1)).isoformat()
            standing = said[last][0] if last >= 0 else ""
            row |= {
                "kind": "unanswerable" if last < 0 else "latest" if last + 1 == len(said) else "as_of",
                "answers": [standing or "not stated"],
                "enough": "any",
                "evidence": [
                    {"published": _moment(entry).isoformat(), "quote": value} for value, entry in said[: last + 1]
                    if value.casefold() == standing.casefold() and value in entry.body
                ],
            }  # fmt: skip
            if row["evidence"] or last < 0:
                yield row


def main(argv: Sequence[str] | None = None) -> None:
    """Write each page of a split as own JSONL, and its questions.

    Those of changing facts, those that name their story and can be asked of all pages at once, follow-ups, and
    near-misses with the questions of their form have files of their own.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("training/pages"))
    parser.add_argument("--split", choices=["train", "fit", "test"], required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    (args.out / "coverage").mkdir(parents=True, exist_ok=True)
    kept = [page for page in read_pages(args.pages) if page.split == args.split]
    with (
        (args.out / "questions.jsonl").open("w", encoding="utf-8") as plain,
        (args.out / "named.jsonl").open("w", encoding="utf-8") as named,
        (args.out / "follow_ups.jsonl").open("w", encoding="utf-8") as leaning,
        (args.out / "near.jsonl").open("w", encoding="utf-8") as near,
        (args.out / "changing.jsonl").open("w", encoding="utf-8") as timed,
    ):
        for page in kept:
            for row in timed_questions(page):
                timed.write(json.dumps(row, ensure_ascii=False) + "\n")
            entries = tuple(replace(e, zone=None, date_source="page") for e in page.entries)
            reading = Reading(Page(page.id, page.title, source=page.id, format="jsonl"), entries)
            (args.out / "coverage" / f"{page.id}.jsonl").write_text(write_jsonl(reading), encoding="utf-8")
            for asked, row in questions(page):
                out = near if asked.near else leaning if asked.history else named if asked.named else plain
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
