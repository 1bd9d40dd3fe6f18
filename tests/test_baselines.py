from datetime import UTC, datetime

import pytest

from eval.baselines import Baseline
from eval.peers.adapter import answer_from
from eval.refusing import says_no
from eval.systems import PEERS, open_system
from index.errors import ModelError, QuestionError
from index.records import Entry, Page, Reading
from index.store import Store


@pytest.fixture
def store(tmp_path, tiny_encoder):
    def at(hour):
        return datetime(2024, 5, 2, hour, tzinfo=UTC)

    entries = (
        Entry("e1", "quay", 0, published=at(10), body="Three boats have sunk. The mayor is on her way."),
        Entry("e2", "quay", 1, published=at(9), body="The harbour is calm. Gulls circle."),
    )
    with Store.open(tmp_path / "store", encoder=tiny_encoder) as kept:
        kept.add(Reading(Page("quay"), entries))
        yield kept


@pytest.mark.parametrize("way", ["words", "meaning", "both"])
def test_the_nearest_sentence_is_quoted_and_cited(store, way):
    answer = Baseline(store, way).ask("How many boats have sunk?")
    assert answer.text == "Three boats have sunk."
    (citation,) = answer.citations
    assert (citation.entry_id, citation.quote) == ("e1", "Three boats have sunk.")
    assert store.entry("e1").body[citation.start : citation.end] == citation.quote
    assert answer.evidence[0].entry.id == "e1"


def test_a_baseline_knows_no_time(store):
    before = datetime(2024, 5, 2, 9, 30, tzinfo=UTC)
    assert Baseline(store, "words").ask("How many boats have sunk?", as_of=before).citations[0].entry_id == "e1"


def test_nothing_is_found_for_words_that_no_entry_has(store):
    assert Baseline(store, "words").ask("Zebras?").status == "not_in_coverage"


def test_an_unknown_system_is_named(store):
    with pytest.raises(QuestionError, match="'guess' is no system; use words, meaning"):
        Baseline(store, "guess")
    with pytest.raises(QuestionError, match="'guess' is no system; use one of presstime, words"):
        open_system("guess", store)


def test_a_system_that_is_not_installed_is_named_with_the_way_to_it(store, monkeypatch):
    monkeypatch.setitem(PEERS, "txtai", ("eval.peers.nowhere", "Nothing"))
    with pytest.raises(ModelError, match="txtai is not installed .* run: make bench-peers"):
        open_system("txtai", store)


@pytest.mark.parametrize(
    ("reply", "refuses"),
    [
        ("The report does not mention how many.", True),
        ("It isn’t stated in the text. Three people died.", True),
        ("", True),
        ("There is no information about the owner.", True),
        ("Three people died. It is not known who.", False),
        ("Trains do not run today.", False),
        ("No trains will run.", False),
    ],
)
def test_a_reply_that_says_there_is_no_answer_is_a_refusal(reply, refuses):
    assert says_no(reply) is refuses


def test_another_systems_words_cite_whole_entries(store):
    entries = list(store.entries())
    given = answer_from("How many?", "Three boats. ", entries[:1], entries, "other 1.0")
    assert (given.text, given.status) == ("Three boats.", "answered")
    assert given.citations[0].quote == entries[0].body
    assert [e.entry.id for e in given.evidence] == [e.id for e in entries]
    refused = answer_from("How many?", "The context does not say.", entries[:1], entries, "other 1.0")
    assert (refused.status, refused.citations) == ("not_in_coverage", ())
