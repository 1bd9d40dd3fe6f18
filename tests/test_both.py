"""A question for the one who fits two descriptions is answered by one name and a sentence for each of them."""

from datetime import UTC, datetime

import pytest

from index.records import Chunk, Entry, Hit, Page, Reading
from index.store import Store
from rag.answering import Assistant
from rag.asking.both import split_both
from rag.evidence import Candidate
from rag.facts.shared import Side, shared
from rag.records import Evidence

THRESHOLD = 0.2
PARTS = ("Which hospital put off operations?", "Which hospital employs the nurse?")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which hospital both put off operations and lost its power?",
            ("Which hospital put off operations?", "Which hospital lost its power?"),
        ),
        (
            "Who from the port spoke both when the boats were held and when they sailed?",
            (
                "Who from the port spoke when the boats were held?",
                "Who from the port spoke when they sailed?",
            ),
        ),
        (
            "Who was praised both for bread and butter and for soup?",
            ("Who was praised for bread and butter?", "Who was praised for soup?"),
        ),
        (
            "Who both leads the union and sat on the board as of 3pm?",
            ("Who leads the union as of 3pm?", "Who sat on the board as of 3pm?"),
        ),
    ],
)
def test_both_descriptions_are_a_question_each(question, parts):
    assert split_both(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What did both sides say and want?",
        "Which of both teams won and lost?",
        "Who leads both the union?",
        "How many?",
    ],
)
def test_other_uses_of_the_word_split_nothing(question):
    assert split_both(question) == ()


def entry(name, hour, body):
    return Entry(name, "p", hour, published=datetime(2031, 3, 4, hour, tzinfo=UTC), zone="UTC", title=None, body=body)


def found(name, hour, body, mark, confidence):
    at = body.index(mark)
    held = entry(name, hour, body)
    evidence = Evidence(held, "body", body, 0, len(body), 1.0, ((at, at + len(mark)),))
    return Candidate(evidence, 1.0, 0.5, 0.5, 0.5, confidence=confidence)


def _chunk(held):
    return Chunk(1, held.id, held.page_id, "body", held.body, 0, len(held.body))


OPERATIONS = found("a", 8, "St Odile's has put off 26 operations.", "St Odile's", 0.8)
NURSE = found("b", 16, "Beatriz Amaro, a nurse at St Odile's, walked to work.", "St Odile's", 0.12)
OTHER_NURSE = found("b", 16, "Beatriz Amaro, a nurse at Holm Park, walked to work.", "Holm Park", 0.7)


def test_one_name_that_answers_both_is_told_with_both_sentences():
    one = shared(PARTS, Side([OPERATIONS], ()), Side([NURSE], ()), THRESHOLD)
    assert one is not None
    assert [e.entry.id for e in one.evidence] == ["a", "b"]
    assert one.confidence == 0.12


def test_two_names_are_no_answer():
    assert shared(PARTS, Side([OPERATIONS], ()), Side([OTHER_NURSE], ()), THRESHOLD) is None


def test_one_sentence_answers_both_only_where_it_speaks_of_each():
    assert shared(PARTS, Side([OPERATIONS], ()), Side([OPERATIONS], ()), THRESHOLD) is None


def test_a_name_that_the_question_holds_is_no_answer():
    parts = ("Who at St Odile's put off operations?", "Who at St Odile's employs the nurse?")
    assert shared(parts, Side([OPERATIONS], ()), Side([NURSE], ()), THRESHOLD) is None


def test_the_second_sentence_is_looked_for_in_another_entry():
    said = found("a", 9, "“She is slow,” Leonie Marsh of the weather office said as the warning was extended.",
                 "Leonie Marsh", 0.8)  # fmt: skip
    later = entry("c", 15, "The warning has lapsed. Forecaster Leonie Marsh says the storm is at sea.")
    parts = ("Who spoke when the warning was lengthened?", "Who spoke when it ran out?")
    hits = [Hit(_chunk(later), later, 1.0, 1.0, 1.0)]
    one = shared(parts, Side([said], ()), Side([said], hits), THRESHOLD)
    assert one is not None
    assert [e.text for e in one.evidence][1] == "Forecaster Leonie Marsh says the storm is at sea."


ENTRIES = (
    ("Operations put off", 8, "St Odile's hospital has put off 26 operations because staff cannot get in."),
    (
        "A long walk",
        16,
        "Beatriz Amaro, a theatre nurse at St Odile's, left home at four and walked to work.",
    ),
    ("Holm Park busy", 17, "Holm Park hospital says its wards are full."),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("both") / "store")
    held = tuple(
        Entry(str(n), "p", n, published=datetime(2031, 3, 4, hour, tzinfo=UTC), zone="UTC", title=title, body=body)
        for n, (title, hour, body) in enumerate(ENTRIES)
    )
    store.add(Reading(Page("p", title="Rail strike"), held))
    with store:
        yield Assistant(store, generator="none")


def test_the_desk_answers_with_an_entry_for_each_description(desk):
    answer = desk.ask("Which hospital both put off operations and employs the nurse who walked in?")
    assert answer.status == "quoted"
    assert [c.entry_id for c in answer.citations] == ["0", "1"]


def test_the_desk_refuses_where_one_of_the_two_is_not_told(desk):
    question = "Which hospital both put off operations and lost its power?"
    assert desk.ask(question).status == "not_in_coverage"


def test_what_was_not_told_yet_is_no_description(desk):
    question = "Which hospital both put off operations and employs the nurse who walked in?"
    answer = desk.ask(question, as_of=datetime(2031, 3, 4, 9, tzinfo=UTC))
    assert answer.status == "not_in_coverage"
    assert answer.searched == 1
