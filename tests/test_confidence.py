"""How sure an answer is: features of a candidate and the calibrated decision."""

import json
import math
from dataclasses import replace

import pytest
from newsroom import CRASH_ENTRIES, entry, on_the_day

from rag.confidence import (
    BUNDLED,
    FEATURES,
    LEAD_FEATURES,
    OWN_FEATURES,
    Calibration,
    Logistic,
    compared,
    decided,
    features,
    lead_row,
    load_calibration,
    type_fits,
    weigh,
    whole_text,
)
from rag.evidence import Candidate
from rag.records import Evidence

BY_ID = {e.id: e for e in CRASH_ENTRIES}
HURT = "How many people were hurt in the crash?"


def said(held, sentence, mark, margin=4.0):
    start = held.body.index(sentence)
    at = sentence.index(mark)
    marks = ((at, at + len(mark)),) if mark else ()
    evidence = Evidence(held, "body", sentence, start, start + len(sentence), 1.0, marks)
    return Candidate(evidence, margin, 0.7, 0.6, 0.5, 0.4)


ELEVEN = said(BY_ID["1500"], "Eleven people were hurt in the crash on Hallam bridge.", "Eleven")


def feature(question, candidate, name, **more):
    return dict(zip(OWN_FEATURES, features(question, candidate, **more), strict=True))[name]


def test_probability_is_the_sigmoid_of_bias_and_weighted_features():
    calibration = Calibration((2.0, -1.0), 0.5, 0.4)
    assert calibration.probability((1.0, 0.5)) == pytest.approx(1 / (1 + math.exp(-2.0)))
    assert calibration.probability((0.0, 0.5)) == pytest.approx(0.5)


@pytest.mark.parametrize(("z", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
def test_extreme_scores_do_not_overflow(z, expected):
    assert Calibration((z,), 0.0, 0.5).probability((1.0,)) == pytest.approx(expected, abs=1e-9)


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Calibration((1.0, 2.0), 0.0, 0.5).probability((1.0,))


def test_every_feature_has_one_value_between_minus_one_and_about_one():
    (row,) = compared([features(HURT, ELEVEN)])
    assert len(row) == len(FEATURES)
    assert all(-1.0 <= value <= 1.5 for value in row)


def test_the_margin_is_squashed():
    assert feature(HURT, ELEVEN, "margin") == pytest.approx(math.tanh(0.5))
    assert feature(HURT, replace(ELEVEN, margin=-4.0), "margin") == pytest.approx(-math.tanh(0.5))


def test_a_row_tells_how_far_it_stays_below_the_best():
    rows = [dict(zip(FEATURES, row, strict=True)) for row in compared(
        [features(HURT, ELEVEN), features(HURT, replace(ELEVEN, margin=-4.0, retrieval=0.9))]
    )]  # fmt: skip
    assert [row["margin_below"] for row in rows] == [0.0, pytest.approx(-2 * math.tanh(0.5))]
    assert [row["retrieval_below"] for row in rows] == [pytest.approx(-0.2), 0.0]
    assert compared([]) == []


def test_coverage_is_the_share_of_the_questions_words_that_the_entry_holds():
    assert feature(HURT, ELEVEN, "stem_coverage") == 1.0
    assert feature("How many llamas were hurt?", ELEVEN, "stem_coverage") == 0.5


def test_names_count_by_themselves():
    assert feature("How many were hurt on the Hallam bridge?", ELEVEN, "name_coverage") == 1.0
    assert feature("How many were hurt on the Norby bridge?", ELEVEN, "name_coverage") == 0.0
    assert feature("how many were hurt?", ELEVEN, "name_coverage") == 1.0
    assert feature("How many were hurt on the Norby bridge?", ELEVEN, "name_coverage", titled={"norb", "norby"}) == 1.0


def test_names_known_is_passed_through():
    assert feature(HURT, ELEVEN, "names_known", names_known=0.25) == 0.25


def test_a_mark_that_repeats_the_question_is_told():
    repeated = said(BY_ID["1500"], "Eleven people were hurt in the crash on Hallam bridge.", "people were hurt")
    assert feature(HURT, ELEVEN, "mark_in_question") == 0.0
    assert feature(HURT, repeated, "mark_in_question") == pytest.approx(2 / 3)


def test_untimed_entries_and_titles_are_told():
    untimed = said(entry("u", 0, None, None, "Eleven were hurt."), "Eleven were hurt.", "Eleven")
    assert feature(HURT, untimed, "untimed") == 1.0
    assert feature(HURT, ELEVEN, "untimed") == 0.0
    title = replace(ELEVEN, evidence=Evidence(BY_ID["1500"], "title", "Toll up again", 0, 13, 1.0))
    assert feature(HURT, title, "title_only") == 1.0


@pytest.mark.parametrize(
    ("question", "text", "mark", "fits"),
    [
        (HURT, "Eleven people were hurt.", "Eleven", 1.0),
        (HURT, "Many people were hurt.", "Many", 0.0),
        ("When did it fall?", "It fell on Tuesday.", "Tuesday", 1.0),
        ("When did it fall?", "It fell at 15:20.", "15:20", 1.0),
        ("When did it fall?", "It fell on a car.", "a car", 0.0),
        ("Who leads?", "Ann Hill leads.", "Ann Hill", 1.0),
        ("Who leads?", "Nobody leads, a man said.", "a man", 0.25),
        ("Where did it fall?", "It fell in Norby.", "Norby", 1.0),
        ("What did she say, word for word?", 'She said: "We are coping."', "We are coping", 1.0),
        ("What did she say, word for word?", "She said they cope.", "they cope", 0.2),
        ("Why did it fall?", "It fell in the wind.", "wind", 0.5),
    ],
)
def test_the_kind_of_the_marked_words_is_held_against_the_question(question, text, mark, fits):
    held = entry("t", 0, on_the_day(9), None, text)
    assert type_fits(question, said(held, text, mark)) == fits


def test_the_whole_text_of_an_entry_holds_all_that_it_says():
    text = whole_text(BY_ID["0900"])
    for piece in ("Bridge shut", "09:00 GMT, 4 March 2031", "8 people were hurt", "The lorry on Hallam bridge"):
        assert piece in text


def test_weighing_sorts_the_surest_first_and_keeps_all():
    sure, unsure = ELEVEN, replace(ELEVEN, margin=-4.0)
    by_margin = Calibration(tuple(float(name == "margin") for name in FEATURES), 0.0, 0.5)
    weighed = weigh(HURT, [unsure, sure], by_margin, 1.0)
    assert [c.margin for c in weighed] == [4.0, -4.0]
    assert weighed[0].confidence == pytest.approx(1 / (1 + math.exp(-math.tanh(0.5))))
    assert weigh(HURT, [], by_margin, 1.0) == []


def test_the_bundled_decision_has_a_weight_for_every_feature():
    held = load_calibration()
    assert len(held.weights) == len(FEATURES)
    assert 0.0 < held.threshold < 1.0
    assert set(json.loads(BUNDLED.read_text())["weights"]) == set(FEATURES)


def test_the_bundled_threshold_stands_beside_the_figures_that_justify_it():
    measured = json.loads(BUNDLED.read_text())["measured"]
    assert measured
    for figures in measured.values():
        assert {"n", "auc", "right_leads_refused", "unanswerable_refused"} <= set(figures)


def test_a_model_file_is_read_in_the_order_of_the_features(tmp_path):
    file = tmp_path / "calibration.json"
    weights = {name: float(i) for i, name in enumerate(FEATURES)}
    shuffled = dict(sorted(weights.items(), reverse=True))
    lead = {"weights": {name: float(i) for i, name in enumerate(LEAD_FEATURES)}, "bias": 2.0}
    file.write_text(json.dumps({"weights": shuffled, "bias": -1.0, "threshold": 0.3, "lead": lead}))
    decision = Logistic(tuple(map(float, range(len(LEAD_FEATURES)))), 2.0)
    assert load_calibration(file) == Calibration(tuple(map(float, range(len(FEATURES)))), -1.0, 0.3, decision)


def test_the_decision_sees_how_the_lead_stands_to_the_others():
    texts = ["Eleven people were hurt at the quay.", "Trains are late."]
    row = dict(zip(LEAD_FEATURES, lead_row([0.8, 0.3], compared([features(HURT, ELEVEN)] * 2), texts), strict=True))
    assert row["log_odds"] == pytest.approx(math.log(0.801 / 0.201))
    assert (row["gap"], row["second"], row["total"]) == (pytest.approx(0.5), 0.3, pytest.approx(1.1))
    assert row["best_margin"] == row["lead_margin"] == pytest.approx(math.tanh(0.5))


def test_a_fact_stated_again_with_another_value_is_no_reason_to_doubt_the_lead():
    texts = [
        "Eleven people were hurt at the quay.",
        "At the quay 8 people have been hurt, police say.",
        "Trains are late.",
    ]
    rows = compared([features(HURT, ELEVEN)] * 3)
    row = dict(zip(LEAD_FEATURES, lead_row([0.8, 0.7, 0.1], rows, texts), strict=True))
    assert (row["gap"], row["second"], row["total"]) == (pytest.approx(0.7), 0.1, pytest.approx(0.9))


def test_what_is_decided_of_the_lead_scales_the_others():
    by_margin = tuple(float(name == "margin") for name in FEATURES)
    lead = Logistic(tuple(0.0 for _ in LEAD_FEATURES), math.log(3))  # 0.75 whatever it sees
    calibration = Calibration(by_margin, 0.0, 0.5, lead)
    weighed = weigh(HURT, [replace(ELEVEN, margin=-4.0), ELEVEN], calibration, 1.0)
    first, second = decided(weighed, calibration)
    assert first.confidence == pytest.approx(0.75)
    assert second.confidence / first.confidence == pytest.approx(weighed[1].confidence / weighed[0].confidence)
    assert decided([], calibration) == []
    assert decided(weighed, replace(calibration, lead=None)) == weighed
