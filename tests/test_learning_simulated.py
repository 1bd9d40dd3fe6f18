"""Simulated coverage as training sees it: spans hold a fact's value, and what does not tell it has none."""

import random
from collections import defaultdict

import pytest

from eval.simulate.kinds import KINDS, TRAINING_KINDS
from training.simulated import SPLITS, examples, pairs


@pytest.fixture(scope="module")
def made():
    return list(examples(400, 3, random.Random(3)))


def test_only_templates_that_no_measurement_uses_are_taken(made):
    assert set(SPLITS) == {"training", "tuning"}
    assert {e.ask.split(":")[1] for e in made} == set(SPLITS)
    kinds = {e.group.split(":")[1].rsplit("-", 1)[0] for e in made}
    assert kinds & set(KINDS) and kinds & set(TRAINING_KINDS)


def test_every_span_is_a_run_of_whole_words(made):
    spans = [(e.passage, a, b) for e in made for a, b in e.spans]
    assert len(spans) > 400
    for passage, a, b in spans:
        assert passage[a:b].strip() == passage[a:b] != ""
        assert not passage[a - 1 : a].isalnum() and not passage[b : b + 1].isalnum()


def test_a_question_is_put_to_entries_that_answer_and_to_others_of_the_page(made):
    asked = defaultdict(list)
    for example in made:
        asked[example.ask].append(bool(example.spans))
    both = sum(any(found) and not all(found) for found in asked.values())
    none = sum(not any(found) for found in asked.values())
    assert both > 0.6 * len(asked)
    assert 0 < none < 0.35 * len(asked)


def test_the_same_fact_of_another_place_does_not_answer(made):
    apart = [e for e in made if "@near" in e.ask and e.spans]
    assert apart
    for example in apart:
        others = [e for e in made if e.ask == example.ask and not e.spans]
        assert all(e.passage != example.passage for e in others)


def test_values_are_borne_out_contradicted_or_not_told(made):
    found = list(pairs(400, 3, random.Random(3)))
    counts = [sum(p.label == label for p in found) for label in range(3)]
    assert min(counts) > 50
    for pair in found:
        value = pair.claim.rsplit("? ", 1)[-1].strip(" .")
        assert pair.label != 0 or value.lower() in pair.evidence.lower()
