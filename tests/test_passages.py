"""The invented entries that the reader and the judge learn from: whole, distinct, and split by entry."""

from collections import Counter

import pytest
from conftest import ROOT

from index.reading import read_source
from index.sentences import sentence_spans
from training.own_coverage import claims_over, passages, read_lines

FILE = ROOT / "training" / "passages.jsonl"


@pytest.fixture(scope="module")
def entries():
    return list(read_lines(FILE))


def test_every_entry_has_answers_near_misses_and_a_claim_of_each_verdict(entries):
    assert len(entries) >= 1_200
    for entry in entries:
        assert len(entry["answered"]) >= 2, entry["id"]
        assert len(entry["near_misses"]) >= 2, entry["id"]
        assert all(entry[name] for name in ("supported", "contradicted", "unknown")), entry["id"]


def test_no_entry_stands_twice_and_no_question_is_both_answered_and_not(entries):
    assert max(Counter(entry["id"] for entry in entries).values()) == 1
    assert max(Counter(entry["body"] for entry in entries).values()) == 1
    for entry in entries:
        assert not {q for q, _ in entry["answered"]} & set(entry["near_misses"]), entry["id"]


def test_every_answer_is_words_of_its_entry():
    for example in passages(FILE):
        joined = f"{example.context}\n{example.passage}"
        shift = len(example.context) + 1
        for a, b in example.spans:
            words = joined[a + shift : b + shift]
            assert words and words == words.strip(), example.question


def test_an_entrys_questions_and_claims_are_in_one_split():
    splits = {example.group: example.split for example in passages(FILE)}
    assert all(example.split == splits[example.group] for example in passages(FILE))
    assert all(pair.split == splits[pair.group] for pair in claims_over(FILE))
    share = sum(split == "test" for split in splits.values()) / len(splits)
    assert 0.08 < share < 0.16


def test_no_sentence_of_the_real_pages_is_among_them(shared, entries):
    bodies = "\n".join(entry["body"] for entry in entries)
    for path in sorted((shared / "seeds").glob("*.txt")):
        for entry in read_source(path).entries:
            long = [entry.body[a:b] for a, b in sentence_spans(entry.body) if b - a > 40]
            assert not [sentence for sentence in long if sentence in bodies]
