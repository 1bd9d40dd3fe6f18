"""Facts in an answer that no cited entry holds, by the same check that guards what a reader sees."""

from __future__ import annotations

from eval.gold import Coverage, full_text, key, squeezed
from index.records import Entry
from index.times import time_label
from rag.checking import check
from rag.dates import date_words, day_mentions
from rag.records import Answer

FACTS = frozenset({"number", "date", "time", "name", "unit", "quotation", "negation"})


def unsupported_facts(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    """Facts of an answer that do not stand in the entries their own sentence cites, each as "kind: words".

    What an entry bears out is its whole text, its printed time, and the days its words name, worked out from
    that time ("on Tuesday"). A sentence that cites nothing, or an entry that is not there, bears nothing out.
    """
    found = []
    for sentence in answer.sentences:
        cited = [coverage.entries.get(key(c.page_id, c.entry_id)) for c in sentence.citations]
        texts = [_borne_out(entry) for entry in cited if entry]
        if any(squeezed(sentence.text) in squeezed(text) for text in texts):
            continue  # the entry's own words, wherever they were cut
        problems = check(sentence.text, texts, question=answer.question)
        found += [f"{problem.kind}: {problem.value}" for problem in problems if problem.kind in FACTS]
    return tuple(found)


def _borne_out(entry: Entry) -> str:
    text = full_text(entry)
    days = [date_words(mention.day) for mention in day_mentions(text, entry.published) if mention.certain]
    return "\n".join([text, time_label(entry), *days])
