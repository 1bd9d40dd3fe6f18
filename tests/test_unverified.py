"""What coverage says is not verified is listed with the claim, and questions for one fact are left alone."""

from datetime import UTC, datetime

import pytest

from index.records import Entry, Page, Reading
from index.store import Store
from rag.answering import Assistant
from rag.asking.aims import read_aim
from rag.facts.unverified import unverified


def entry(name, hour, body, title=None):
    return Entry(name, "p", hour, published=datetime(2031, 3, 4, hour, tzinfo=UTC), zone="UTC", title=title, body=body)


CLAIM = entry("claim", 9, "The ministry said 80 boats were sunk in a raid, which could not be independently verified.")
BACK = entry("back", 10, "The governor said the mill was hit. The agency was unable to confirm the report. Rain fell.")
RUMOUR = entry("rumour", 11, "Unconfirmed reports speak of a second ferry.")
PLAIN = entry("plain", 12, "The mayor has confirmed that the ferry sailed. It was not checked in.")
ENTRIES = (CLAIM, BACK, RUMOUR, PLAIN)


@pytest.mark.parametrize(
    "question",
    [
        "Which claims are flagged as not verified?",
        "What has not been confirmed?",
        "What remains unconfirmed about the ferry?",
        "Are there any unverified reports?",
        "Which reports have yet to be confirmed?",
        "Which statements could not be independently verified?",
    ],
)
def test_questions_for_what_is_not_verified(question):
    assert read_aim(question, windowed=False)[0] == "unverified"


@pytest.mark.parametrize(
    "question",
    [
        "Has the toll been confirmed?",
        "How many deaths are confirmed so far?",
        "What is the name of the man who has not been confirmed?",
        "Who confirmed it?",
        "Why could the agency not confirm it?",
        "What did the mayor confirm?",
    ],
)
def test_questions_for_a_fact_are_left_alone(question):
    assert read_aim(question, windowed=False)[0] != "unverified"


def test_claims_come_oldest_first_with_what_they_point_back_to():
    found = unverified("Which claims are not verified?", [RUMOUR, PLAIN, BACK, CLAIM])
    assert [s.text for s in found] == [
        "The ministry said 80 boats were sunk in a raid, which could not be independently verified.",
        "The governor said the mill was hit. The agency was unable to confirm the report.",
        "Unconfirmed reports speak of a second ferry.",
    ]
    for sentence in found:
        (cited,) = sentence.citations
        held = next(e for e in ENTRIES if e.id == cited.entry_id)
        assert held.body[cited.start : cited.end] == cited.quote


def test_only_claims_about_what_is_named_count():
    (found,) = unverified("Which reports about the mill are unconfirmed?", ENTRIES)
    assert found.citations[0].entry_id == "back"
    assert unverified("Which reports about the bridge are unconfirmed?", ENTRIES) == []


def test_of_many_the_newest_are_told():
    many = [entry(f"e{n}", n, f"Rumour {n} could not be verified.") for n in range(12)]
    found = unverified("What has not been verified?", many, limit=3)
    assert [s.citations[0].entry_id for s in found] == ["e9", "e10", "e11"]


def test_the_desk_lists_them_as_things_stood(tmp_path):
    with Store.open(tmp_path / "store") as store:
        store.add(Reading(Page("p", title="The raid"), ENTRIES))
        desk = Assistant(store, generator="none")
        answer = desk.ask("Which claims could not be verified?", as_of=datetime(2031, 3, 4, 10, 30, tzinfo=UTC))
        assert [c.entry_id for c in answer.citations] == ["claim", "back"]
        assert desk.ask("Which claims could not be verified?").searched == 4
