"""Thumbs and corrections that readers gave -> draft questions, as far as they can be made without asking anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from eval.drafting import Draft, page_name, sentence_with, suggested_kind
from index.errors import PresstimeError
from index.records import Entry, Feedback
from index.sentences import sentence_spans
from index.store import Store
from rag.inquiry import open_inquiry

REFUSED = "not_in_coverage"
_MARKS = re.compile(r"\s*\[[^\]]*\]|\s*\((?:\d{1,2}[:.]\d{2})[^)]*\)")


class Outcome(NamedTuple):
    """What became of one reader's word: a draft, or why it needs a person."""

    feedback: Feedback
    draft: Draft | None
    reason: str = ""


def drafts(store: Store, said: Sequence[Feedback]) -> Iterator[Outcome]:
    """Draft questions, oldest first.

    An answer that was called good becomes the accepted answer, its first sentence as it stands; a correction takes
    its place. A good refusal becomes an unanswerable question. A wrong answer without a correction needs a person,
    and so does an answer that no entry holds.
    """
    for feedback in sorted(said, key=lambda one: one.at):
        try:
            yield _draft(store, feedback)
        except PresstimeError as error:
            yield Outcome(feedback, None, str(error))


def _draft(store: Store, feedback: Feedback) -> Outcome:
    as_of = _moment(store, feedback)
    asked_of = feedback.pages or tuple(p.id for p in store.pages())
    held = {page: store.entries(page) for page in asked_of}
    cited = [entry for page in asked_of for entry in held[page] if entry.id in feedback.cited]
    pages = feedback.pages or tuple(dict.fromkeys(e.page_id for e in cited)) or asked_of
    if not feedback.correction:
        if not feedback.good:
            return Outcome(feedback, None, "it was called wrong, and nobody said what is right")
        if feedback.status == REFUSED:
            return Outcome(feedback, _made(store, feedback, pages[:1], (), None, "", as_of))
    answer = feedback.correction or _first_sentence(feedback.answer)
    others = [entry for page in pages for entry in held[page]]
    for entry in (*cited, *others):
        if quote := sentence_with(answer, entry):
            return Outcome(feedback, _made(store, feedback, (entry.page_id,), (answer,), entry, quote, as_of))
    return Outcome(feedback, None, f"no entry holds {answer!r}")


def _made(
    store: Store,
    feedback: Feedback,
    pages: Sequence[str],
    answers: tuple[str, ...],
    entry: Entry | None,
    quote: str,
    as_of: datetime | None,
) -> Draft:
    names = {page.id: page_name(page) for page in store.pages()}
    if not pages or pages[0] not in names:
        raise PresstimeError(f"the page {pages[0]!r} is no longer in the store" if pages else "the store has no pages")
    verdict = "called good" if feedback.good else "called wrong"
    note = f"draft; {verdict} by a reader{f': {feedback.reason}' if feedback.reason else ''}"
    kind = suggested_kind(feedback.question, answered=bool(answers), as_of=as_of)
    return Draft(names[pages[0]], feedback.question, answers, entry, quote, kind, as_of, (), note, feedback.id)


def _moment(store: Store, feedback: Feedback) -> datetime | None:
    if not feedback.as_of:
        return None
    return open_inquiry(store, feedback.question, feedback.as_of, feedback.pages or None, (), None, None).scope.as_of


def _first_sentence(answer: str) -> str:
    """First sentence of an answer, without the marks of its citations."""
    plain = " ".join(_MARKS.sub("", answer).split())
    spans = list(sentence_spans(plain))
    return plain[spans[0][0] : spans[0][1]] if spans else plain
