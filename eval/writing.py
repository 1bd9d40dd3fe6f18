"""Write questions over the coverage in a store: python -m eval.writing STORE --out FILE (presstime questions write).

Shows one entry after another and asks for questions on it; every line is checked and kept at once. Works by hand and
with answers from a pipe.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from eval.drafting import (
    Alike,
    Draft,
    QuestionFile,
    page_name,
    sentence_with,
    stands_in,
    suggested_kind,
)
from eval.from_feedback import drafts
from eval.normalise import contained
from eval.questions import KINDS
from index.errors import PresstimeError, QuestionError
from index.records import Entry
from index.store import Store
from index.times import time_label
from rag.inquiry import open_inquiry

Ask = Callable[[str], str]
Tell = Callable[[str], None]
HELP = (
    "An empty line goes on; ? repeats the entry; Ctrl-D or the end of the pipe stops. Every question is kept at once."
)


class Session(NamedTuple):
    """What a writing session works with: the store, the file, what is alike, and how to ask and tell."""

    store: Store
    file: QuestionFile
    alike: Alike
    ask: Ask
    tell: Tell

    def keep(self, draft: Draft) -> str:
        """Write a draft down; its id."""
        name = self.file.add(draft)
        self.alike.add(name, draft.question)
        self.tell(f"kept as {name} ({draft.kind})")
        return name


def write(session: Session, entries: Sequence[Entry]) -> None:
    """Ask for questions on each entry, until there are no more entries or answers."""
    names = {page.id: page_name(page) for page in session.store.pages()}
    session.tell(HELP)
    try:
        for entry in entries:
            session.tell(_shown(entry, names[entry.page_id]))
            while question := session.ask("question: "):
                if question == "?":
                    session.tell(_shown(entry, names[entry.page_id]))
                elif _wanted(session, question):
                    _question(session, entry, names[entry.page_id], question)
    except EOFError:
        session.tell("")
    answerable = sum(item.answerable for item in session.file.items)
    session.tell(f"{session.file.path}: {len(session.file.items)} questions, {answerable} with an answer")


def _question(session: Session, entry: Entry, page: str, question: str) -> None:
    """Ask for all that belongs to one question, keep it, and ask for its twin."""
    answer = session.ask("answer, as short as it can be (empty: the coverage has none): ")
    if not answer:
        _keep(session, Draft(page, question, (), None, "", "unanswerable"))
        return
    answers = (answer, *(other.strip() for other in session.ask("other accepted answers, with | between: ").split("|")))
    quote = _quote(session, entry, answer)
    as_of = _as_of(session, question)
    kind = _kind(session, suggested_kind(question, answered=True, as_of=as_of))
    history: tuple[tuple[str, str], ...] = ()
    if kind == "follow_up":
        history = ((session.ask("question before it: "), session.ask("answer before it: ")),)
    kept = tuple(a for a in answers if a)
    name = _keep(session, Draft(page, question, kept, entry, quote, kind, as_of, history))
    if name and (twin := session.ask("a twin that the coverage does not answer (empty: none): ")):
        if twin.casefold() == question.casefold():
            session.tell("that is the same question; a twin asks for something near that is not there")
        elif _wanted(session, twin, but=name):
            _keep(session, Draft(page, twin, (), None, "", "unanswerable", note=f"twin of {name}"))


def _keep(session: Session, draft: Draft) -> str:
    try:
        return session.keep(draft)
    except PresstimeError as error:
        session.tell(f"not kept: {error}")
        return ""


def _wanted(session: Session, question: str, but: str = "") -> bool:
    """Whether to go on with a question; asks where nearly the same was written before."""
    near = session.alike.nearest(question)
    if near is None or near[0] == but:
        return True
    session.tell(f"much like {near[0]} ({near[2]:.2f}): {near[1]}")
    return session.ask("keep it all the same? [y/N] ").lower().startswith("y")


def _quote(session: Session, entry: Entry, answer: str) -> str:
    """Words of the entry that prove the answer; asked again until they stand in it."""
    found = sentence_with(answer, entry)
    offered = f" (empty: {found})" if found else ""
    while True:
        quote = session.ask(f"the entry's own words that prove it{offered}: ") or found
        if stands_in(quote, entry):
            break
        session.tell(f"this does not stand in the entry: {quote!r}; copy its words" if quote else "copy its words")
    if not contained(answer, quote):
        session.tell("the answer is no run of the quote's words: replies in the entry's words will count as wrong")
    return quote


def _as_of(session: Session, question: str) -> datetime | None:
    while text := session.ask("as things stood at (15:40; empty: at the end): "):
        try:
            return open_inquiry(session.store, question, text, None, (), None, None).scope.as_of
        except PresstimeError as error:
            session.tell(str(error))
    return None


def _kind(session: Session, suggested: str) -> str:
    while True:
        kind = session.ask(f"kind (empty: {suggested}): ") or suggested
        if kind in KINDS and kind != "unanswerable":
            return kind
        session.tell(f"{kind!r} is no kind of a question with an answer; use {', '.join(KINDS[:-1])}")


def _shown(entry: Entry, page: str) -> str:
    head = " | ".join(part for part in (page, time_label(entry), entry.title, entry.author) if part)
    captions = "".join(f"\n  picture: {caption}" for caption in entry.captions)
    body = "\n".join(f"  {line}" for line in entry.body.splitlines())
    return f"\n{head}\n{body}{captions}"


def write_feedback(session: Session) -> int:
    """Keep a draft of what each reader said, once; the number of those that need a person, who is told why."""
    left = 0
    said = [one for one in session.store.feedback() if not session.file.has(one.id)]
    for feedback, draft, reason in drafts(session.store, said):
        near = session.alike.nearest(feedback.question)
        if near:
            session.tell(f"much like {near[0]} ({near[2]:.2f}): {near[1]}")
        if draft is None or not _keep(session, draft):
            left += 1
            session.tell(f"needs a person: {feedback.question} ({reason or 'see above'})")
    session.tell(f"{session.file.path}: {len(session.file.items)} questions; {left} need a person")
    return left


def main(argv: Sequence[str] | None = None) -> int:
    """Run a writing session; 1 where the store or the file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("store", type=Path, metavar="STORE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="question file to add to")
    parser.add_argument("--page", help="only this page")
    parser.add_argument("--shuffle", type=int, metavar="SEED", help="entries in a random order that can be repeated")
    parser.add_argument("--from-feedback", action="store_true", help="drafts from what readers said of answers")
    options = parser.parse_args(argv)
    try:
        run(options.store, options.out, options.page, options.shuffle, feedback=options.from_feedback)
    except PresstimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run(store: Path, out: Path, page: str | None, shuffle: int | None, *, feedback: bool) -> None:
    """Write questions by hand or from a pipe, or drafts from feedback."""
    with Store.open(store, create=False) as kept:
        file = QuestionFile(out)
        alike = Alike(kept.encoder, [(item.id, item.question) for item in file.items])
        session = Session(kept, file, alike, _ask, _tell)
        if feedback:
            write_feedback(session)
            return
        pages = [known.id for known in kept.pages()]
        if page is not None and page not in pages:
            raise QuestionError(f"{store} has no page {page!r}; it has {', '.join(pages)}")
        entries = [entry for entry in kept.entries(page) if entry.body]
        if shuffle is not None:
            random.Random(shuffle).shuffle(entries)
        write(session, entries)


def _ask(prompt: str) -> str:
    """One line from the keyboard or the pipe. Raises EOFError at the end."""
    if sys.stdin.isatty():
        return input(prompt).strip()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
