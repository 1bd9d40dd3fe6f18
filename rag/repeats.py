"""A sentence that several entries hold in the same words cites them all, the first report first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from index.records import Entry
from index.repeats import Repeat, find_repeats
from index.store import Store
from rag.composing import cite_part
from rag.inquiry import Inquiry
from rag.records import Citation, Sentence


def cite_repeats(store: Store, inquiry: Inquiry, sentence: Sentence) -> Sentence:
    """The sentence with the entries that repeat what it cites, as far as the question may see them.

    What a report said first stands first, and its republication after it; pages whose clocks cannot be compared
    follow in the order found.
    """
    if len(sentence.citations) != 1:
        return sentence
    (own,) = sentence.citations
    entry = store.entry(own.entry_id, own.page_id)
    cited = [own]
    cited += [cite_part(*repeat) for repeat in repeats_seen(store, inquiry, entry, own.quote)]
    return replace(sentence, citations=tuple(sorted(cited, key=lambda c: _order(c, own))))


def repeats_seen(store: Store, inquiry: Inquiry, entry: Entry, words: str) -> Iterator[Repeat]:
    """Other entries that hold the same words, as they stood, where they held them by then."""
    for repeat in find_repeats(store, entry, words, inquiry.allowed):
        stood = repeat._replace(entry=inquiry.as_it_stood(store, repeat.entry))
        if stood.words == repeat.words:
            yield stood


def _order(citation: Citation, own: Citation) -> tuple[bool, float]:
    """Time of publication where it can be compared with the sentence's own citation's, else last."""
    moment, reference = citation.published, own.published
    if moment is None or reference is None or (moment.tzinfo is None) != (reference.tzinfo is None):
        return citation is not own, 0.0
    return False, _seconds(moment, reference)


def _seconds(moment: datetime, reference: datetime) -> float:
    return (moment - reference).total_seconds()
