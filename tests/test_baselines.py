from datetime import UTC, datetime

import pytest

from eval.baselines import Baseline
from index.errors import QuestionError
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
    with pytest.raises(QuestionError, match="'guess' is no system; use presstime, words, meaning"):
        Baseline(store, "guess")
