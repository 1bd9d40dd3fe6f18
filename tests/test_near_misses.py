"""The near-miss questions that teach refusing: each beside a twin that the same passage answers."""

import json
import re
from collections import defaultdict

import pytest

from tests.conftest import ROOT

FILE = ROOT / "training" / "near_misses.jsonl"
KINDS = {
    "missing_attribute",
    "missing_count",
    "missing_name",
    "missing_quote",
    "missing_reason",
    "not_yet_known",
    "other_event",
    "swapped_date",
    "swapped_name",
    "swapped_number",
    "swapped_place",
    "swapped_role",
    "swapped_unit",
    "withheld",
    "wrong_attribution",
}


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_every_question_has_its_twin_over_the_same_passage(rows):
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows) >= 1200
    for row in rows:
        twin = by_id[row["twin"]]
        assert twin["twin"] == row["id"]
        assert twin["passage"] == row["passage"]
        assert (twin["answer"] is None) != (row["answer"] is None)


def test_an_answer_stands_whole_where_its_offset_says(rows):
    for row in rows:
        if row["answer"] is None:
            continue
        start, passage = row["answer_start"], row["passage"]
        end = start + len(row["answer"])
        assert passage[start:end] == row["answer"], row["id"]
        assert not re.match(r"\w\w", passage[max(0, start - 1) : start + 1]), row["id"]
        assert not re.match(r"\w\w", passage[end - 1 : end + 1]), row["id"]


def test_only_near_misses_say_how_they_miss(rows):
    assert {row["kind"] for row in rows if row["answer"] is None} == KINDS
    assert {row["kind"] for row in rows if row["answer"] is not None} == {None}


def test_no_passage_is_asked_the_same_question_twice(rows):
    assert len({(row["passage"], row["question"].lower()) for row in rows}) == len(rows)


def test_a_passage_or_sample_page_is_wholly_in_training_or_wholly_held_out(rows):
    splits = defaultdict(set)
    for row in rows:
        splits[row["passage"]].add(row["split"])
        if "page" in row:
            splits[row["page"]].add(row["split"])
    assert all(len(found) == 1 for found in splits.values())
    held_out = sum(row["split"] == "test" for row in rows)
    assert 0.15 * len(rows) < held_out < 0.25 * len(rows)
