import pytest

from eval import metrics
from eval.normalise import contained, tokens
from eval.statistics import bootstrap, detectable_difference, detectable_gap, paired


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("The fourteen-year-old", "14 year old"),
        ("two hundred and five people", "205 people"),
        ("three thousand two hundred", "3200"),
        ("3.5 million", "3500000"),
        ("£5m", "5000000"),
        ("a hundred", "100"),
        ("1,200 homes", "1200 homes"),
        ("nineteen sixty", "19 60"),
        ("two and three", "2 and 3"),
        ("5.22pm BST", "17:22 bst"),
        ("02:46 PM", "14:46"),
        ("5 p.m.", "17:00"),
        ("12.05 am", "00:05"),
        ("9:14", "09:14"),
        ("at noon", "at 12:00"),
        ("June 28th, 2023", "28 june 2023"),
        ("20 per cent", "20 percent"),
        ("20%", "20 percent"),
        ("Müller’s “plan” [2].", "muller plan"),
        ("", ""),
    ],
)
def test_words_take_one_form(printed, words):
    assert " ".join(tokens(printed)) == words


@pytest.mark.parametrize(
    ("short", "long", "held"),
    [
        ("17:22", "Posted at 5.22pm.", True),
        ("3", "The 35 boats", False),
        ("three", "We look for 3 bodies", True),
        ("2", "It was said [2]", False),
        ("27 June", "on June 27", True),
        ("boats sank", "boats nearly sank", False),
        ("the", "the boat", False),
    ],
)
def test_an_answer_is_contained_by_whole_words_side_by_side(short, long, held):
    assert contained(short, long) is held


def test_evidence_recall_counts_pieces_and_lets_one_of_several_entries_do():
    pieces = [{"a", "b"}, {"c"}]
    assert metrics.evidence_recall(["x", "b", "c"], pieces, 1) == 0
    assert metrics.evidence_recall(["x", "b", "c"], pieces, 2) == 0.5
    assert metrics.evidence_recall(["x", "b", "c"], pieces, 5) == 1


def test_ranking_measures_follow_their_definitions():
    found = metrics.ranking(["x", "b", "y", "c"], [{"b"}, {"c"}])
    assert found["Success@1"] == 0
    assert found["Success@5"] == 1
    assert found["RR"] == 0.5
    # DCG = 1/log2(3) + 1/log2(5) = 1.0616; ideal = 1 + 1/log2(3) = 1.6309
    assert found["nDCG@10"] == pytest.approx(0.6509, abs=1e-4)


def test_nothing_found_ranks_zero():
    assert set(metrics.ranking([], [{"a"}]).values()) == {0.0}


def test_exact_match_wants_nothing_more():
    assert metrics.exact_match("The Katyn memorial.", ["Katyn memorial"])
    assert not metrics.exact_match("At the Katyn memorial", ["Katyn memorial"])


def test_token_f1_takes_the_best_answer():
    # 2 common words, 3 found, 2 wanted: 4/5
    assert metrics.token_f1("big Katyn memorial", ["somewhere", "Katyn memorial"]) == pytest.approx(0.8)
    assert metrics.token_f1("none", ["other"]) == 0


def test_token_recall_is_the_share_of_an_answer_that_was_said():
    # chaus, 09:14 and command of "chaus at 09:14, command at 09:55": 4 of 6 words
    assert metrics.token_recall("At 09:14 Chaus, then the command", ["Chaus at 09:14, command at 09:55"]) == 4 / 6
    assert metrics.token_recall("", ["Chaus"]) == 0


def test_citation_precision_and_recall_by_entry():
    assert metrics.citation_precision(["a", "z"], {"a", "b"}) == 0.5
    assert metrics.citation_precision([], {"a"}) is None
    assert metrics.citation_recall(["a", "z"], [{"a"}, {"b"}]) == 0.5
    assert metrics.citation_recall([], [{"a"}]) == 0


def test_quotes_overlap_by_half_of_the_shorter():
    assert metrics.quotes_overlap("two boats sank at dawn", "boats sank")
    assert metrics.quotes_overlap("boats sank quickly today", "two boats sank")
    assert not metrics.quotes_overlap("boats left", "two ships sank")
    assert not metrics.quotes_overlap("", "two ships sank")


def test_refusals_are_counted_by_hand():
    counted = metrics.refusals([(False, True), (False, False), (True, True), (True, False), (False, True)])
    assert counted == (2, 1, 1)
    assert counted.precision == pytest.approx(2 / 3)
    assert counted.recall == pytest.approx(2 / 3)
    assert counted.f1 == pytest.approx(2 / 3)


def test_refusal_shares_are_undefined_without_cases():
    nothing = metrics.refusals([(True, False)])
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)


def test_risk_coverage_and_its_area():
    points = metrics.risk_coverage([0.9, 0.5, 0.5, 0.1], [True, False, True, False])
    assert [(p.coverage, p.risk) for p in points] == [(0.25, 0), (0.75, 1 / 3), (1.0, 0.5)]
    # 0.25 * 0 + 0.5 * 1/3 + 0.25 * 1/2
    assert metrics.area_under_risk(points) == pytest.approx(0.29167, abs=1e-5)
    assert metrics.area_under_risk(()) is None


def test_percentiles_are_values_that_occurred():
    assert metrics.percentile([40, 10, 30, 20], 0.5) == 20
    assert metrics.percentile([40, 10, 30, 20], 0.95) == 40
    assert metrics.percentile([7], 0.5) == 7
    assert metrics.percentile([], 0.5) is None


def test_bootstrap_interval_holds_the_mean_and_repeats():
    estimate = bootstrap([1.0] * 30 + [0.0] * 10)
    assert estimate == bootstrap([1.0] * 30 + [0.0] * 10)
    assert estimate.mean == 0.75
    # normal approximation: 0.75 +- 1.96 * sqrt(0.75 * 0.25 / 40) = 0.616 to 0.884
    assert estimate.low == pytest.approx(0.616, abs=0.03)
    assert estimate.high == pytest.approx(0.884, abs=0.03)
    assert bootstrap([]) is None


def test_paired_comparison_of_six_wins_and_no_loss():
    # all six gaps the same way: 2 of the 64 sign patterns are as extreme, so p = 0.03125
    result = paired([1.0] * 6, [0.0] * 6)
    assert result.difference == 1.0
    assert result.p_value == pytest.approx(0.03125, abs=0.006)


def test_equal_runs_do_not_differ():
    assert paired([1.0, 0.0], [1.0, 0.0]).p_value == 1.0
    assert paired([], []) is None


def test_detectable_difference_of_a_hundred_questions():
    # 2.8 * sqrt(2 * 0.25 / 100)
    assert detectable_difference(0.5, 100) == pytest.approx(0.198, abs=0.001)


@pytest.mark.parametrize(
    ("text", "answer", "share"),
    [
        ("52,000 homes at 13:55", "52,000", 1),
        ("First 14,000, then 31,000.", "14,000 (06:20), 31,000 (09:05)", 2 / 4),
        ("Lift-off at 00:42 and landing", "00:42: lift-off; 00:51: landed", 2 / 4),
        ("Chaus at 9.14am; the command", "Chaus (09:14) and the command (09:55)", 3 / 4),
        ("nothing of it", "lines 3 and 7", 0),
    ],
)
def test_parts_of_an_answer_are_found_one_by_one(text, answer, share):
    assert metrics.parts_contained(text, ["some other thing", answer]) == share


def test_quote_recall_counts_pieces_and_lets_one_of_several_quotes_do():
    pieces = [["Two boats sank", "Both boats are lost"], ["the mayor left"]]
    assert metrics.quote_recall(["Two boats sank at dawn"], pieces) == 0.5
    assert metrics.quote_recall(["Both boats are lost", "she, the mayor, left"], pieces) == 1
    assert metrics.quote_recall([], pieces) == 0


def test_detectable_gap_of_paired_runs():
    # 2.8 * sqrt(0.2 / 100); where nothing differs, as if one question did: 2.8 / 100
    assert detectable_gap(0.2, 100) == pytest.approx(0.1252, abs=1e-4)
    assert detectable_gap(0.0, 100) == pytest.approx(0.028)
