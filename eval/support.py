"""Facts in an answer that no cited entry holds, by the same check that guards what a reader sees."""

from __future__ import annotations

from collections.abc import Sequence

from eval.gold import Coverage, full_text, key, squeezed
from index.records import Entry
from index.times import time_label
from rag.asking.dates import date_words, day_mentions
from rag.checking import check
from rag.claims.spans import normalise
from rag.records import Answer, Sentence

FACTS = frozenset({"number", "date", "time", "name", "unit", "quotation", "negation"})


def unsupported_facts(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    """Facts of an answer that do not stand in the entries their own sentence cites, each as "kind: words".

    What an entry bears out is its whole text, its printed time where that follows in brackets, and in square
    brackets the days its words name, worked out from that time ("on Tuesday"). A sentence that cites nothing,
    or an entry that is not there, bears nothing out.
    """
    found = []
    for sentence in answer.sentences:
        entries = [coverage.entries.get(key(c.page_id, c.entry_id)) for c in sentence.citations]
        cited = [entry for entry in entries if entry]
        text = _without_times(sentence, cited)
        if any(_bare(text) in _bare(full_text(entry)) for entry in cited):
            continue  # the entry's own words, wherever they were cut
        texts = [line for entry in cited for line in (*full_text(entry).splitlines(), time_label(entry)) if line]
        problems = check(text, texts, question=answer.question)
        found += [f"{problem.kind}: {problem.value}" for problem in problems if problem.kind in FACTS]
    return tuple(found)


def _bare(text: str) -> str:
    """Text without its white space, case, kinds of dash, double quotation marks, and closing stop."""
    return squeezed(normalise(text)).lower().replace('"', "").rstrip(".!?")


def _without_times(sentence: Sentence, cited: Sequence[Entry]) -> str:
    """Drop the bracketed times and days that the cited entries bear out; any other stays, to be checked."""
    text = sentence.text
    for entry in cited:
        label = time_label(entry)
        for time in (label, label.split(", ")[0]):
            text = text.replace(f" ({time})", "")
        quotes = [c.quote for c in sentence.citations if c.entry_id == entry.id]
        for words in (*quotes, full_text(entry)):
            for mention in day_mentions(words, entry.published):
                if mention.certain:
                    text = text.replace(f" [{date_words(mention.day)}]", "")
    return text
