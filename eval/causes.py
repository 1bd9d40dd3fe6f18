"""Why an answer is wrong: the first step that failed on the way from the question to the words."""

from __future__ import annotations

from collections.abc import Mapping

from eval.gold import Coverage, full_text, key
from eval.metrics import Pieces
from eval.normalise import contained
from eval.questions import Item
from index.times import time_key
from rag.records import Answer
from rag.words import has_number, name_phrases, stems, wanted

REFUSED = "not_in_coverage"
NOT_ASKED = "could not be asked"


def cause_of(item: Item, answer: Answer, coverage: Coverage, pieces: Pieces, measures: Mapping[str, float]) -> str:
    """Name of the step; `measures` are those of the wrong answer."""
    if not item.answerable:
        return "should have refused: " + _missing(item, answer, coverage)
    if "unlocated" in measures:
        return "evidence stands in no entry of the store"
    proving = {k for keys in pieces for k in keys}
    found = measures.get("Success@10", 0.0) > 0
    if answer.status == REFUSED:
        return "refused: " + (_doubted(item, answer, proving) if found else "evidence not found")
    if measures.get("citation_recall", 0.0) == 0:
        return "other entry: " + (_other_entry(answer, coverage, proving) if found else "evidence not found")
    if measures["citation_recall"] < 1:
        return "right entry: parts of the answer stand in entries not cited"
    return "right entry: " + _other_words(item, answer, coverage, proving)


def _missing(item: Item, answer: Answer, coverage: Coverage) -> str:
    """What the cited entries lack that a question without an answer asks about."""
    if item.as_of is not None:
        return "not yet known at the as-of"
    cited = [coverage.entries.get(key(c.page_id, c.entry_id)) for c in answer.citations]
    text = "\n".join(full_text(entry) for entry in cited if entry)
    held = stems(text)
    if any(not held.issuperset(phrase) for phrase in name_phrases(item.question)):
        return "a name it asks about is not in the cited entry"
    if wanted(item.question) == "number" and not any(has_number(c.quote) for c in answer.citations):
        return "it asks for a number and the quote has none"
    return "the cited entry speaks of its subject, without the answer"


def _doubted(item: Item, answer: Answer, proving: set[str]) -> str:
    lead = answer.evidence[0]
    if key(lead.entry.page_id, lead.entry.id) not in proving:
        return "another entry led"
    if any(contained(accepted, lead.text) for accepted in item.answers):
        return "the right sentence led, too unsure"
    return "the right entry led, with another sentence"


def _other_entry(answer: Answer, coverage: Coverage, proving: set[str]) -> str:
    right = [m for k in proving if (m := coverage.entries[k].published)]
    given = [c.published for c in answer.citations if c.published]
    if not right or not given:
        return "an untimed one where a timed one answers, or the other way round"
    pages = {coverage.entries[k].page_id for k in proving}
    if not any(c.page_id in pages for c in answer.citations):
        return "of another page"
    if max(map(time_key, given)) < max(map(time_key, right)):
        return "an older one"
    return "a newer one"


def _other_words(item: Item, answer: Answer, coverage: Coverage, proving: set[str]) -> str:
    if not any(contained(accepted, full_text(coverage.entries[k])) for accepted in item.answers for k in proving):
        return "no entry prints an accepted answer in one run of words"
    if any(contained(accepted, c.quote) for accepted in item.answers for c in answer.citations):
        return "the answering words were quoted, not said"
    return "another sentence or other words of it"
