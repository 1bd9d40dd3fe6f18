"""Training examples from tiny hand-made files, and the decision fitted on hand-worked figures."""

import gzip
import json
import random
from collections import defaultdict
from dataclasses import asdict

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from eval.benchmarks.held_out import split_of
from eval.benchmarks.treebank import detokenize, token_span
from rag.confidence import FEATURES
from training import rows as rows_module
from training.augment import swapped, terse
from training.average import WEIGHTS, average
from training.calibrate import Lead, ablation, across_pages, choose_threshold, figures, fit, risk_coverage
from training.candidates import Row, read_groups
from training.examples import load
from training.own_coverage import claims_over, near_misses, passages
from training.pairs import answers
from training.public_sets import (
    claims,
    find_all,
    natural_questions,
    qamr,
    squad,
    time_questions,
)
from training.records import Example, Pair, headline, random_label, with_context
from training.rows import STEP_TOKENS, pair_rows

batches, collate, tokenise = rows_module.batches, rows_module.collate, rows_module.tokenise


def rng():
    return random.Random(3)


def window(ids, second, starts=(0,), ends=(0,), **more):
    """A row of training; the rows of calibration are candidates."""
    return rows_module.Row(np.array(ids, dtype=np.uint16), second, starts, ends, **more)


def zipped(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt") as file:
        file.write(text)
    return path


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def article(title, paragraphs):
    return {"title": title, "paragraphs": [{"context": c, "qas": qas} for c, qas in paragraphs]}


def asked(question, answers):
    return {"question": question, "answers": [{"text": t, "answer_start": s} for t, s in answers]}


DAMS = article(
    "Old_Dam",
    [
        (
            "The dam was built in 1901 by Ann Hill.",
            [asked(" Who built the dam? ", [("Ann Hill", 29)]), asked("Who sold it?", [])],
        ),
        ("It burst twice.", [asked("How often did it burst?", [("twice", 9), ("burst twice", 3)])]),
    ],
)
FORCE = article("Force", [("A force is a push or a pull.", [asked("What is a force?", [("a push or a pull", 11)])])])


def squad_file(path, *articles):
    return zipped(path, json.dumps({"data": list(articles)}))


def test_squad_questions_keep_their_spans(tmp_path):
    rows = list(squad(squad_file(tmp_path / "s.gz", DAMS), "squad2", frozenset(), rng()))
    first = next(r for r in rows if r.question == "Who built the dam?" and r.spans)
    assert [first.passage[a:b] for a, b in first.spans] == ["Ann Hill"]
    assert next(r for r in rows if r.question == "Who sold it?").spans == ()
    both = next(r for r in rows if r.question == "How often did it burst?" and r.spans)
    assert [both.passage[a:b] for a, b in both.spans] == ["burst twice", "twice"]
    assert {r.group for r in rows} == {"squad2:Old Dam"}


def test_held_out_articles_are_never_trained_on(tmp_path):
    rows = list(squad(squad_file(tmp_path / "s.gz", DAMS, FORCE), "squad2", frozenset(), rng()))
    assert {(r.group, r.split) for r in rows} == {("squad2:Old Dam", "train"), ("squad2:Force", "test")}


def test_articles_that_another_set_holds_are_skipped(tmp_path):
    rows = list(squad(squad_file(tmp_path / "s.gz", DAMS, FORCE), "xquad", frozenset({"Old_Dam"}), rng()))
    assert {r.group for r in rows} == {"xquad:Force"}


def test_a_squad_question_put_to_another_paragraph_has_no_answer_there(tmp_path):
    many = article(
        "Towns",
        [(f"Town {i} is ruled by Mayor{i}.", [asked("Who rules?", [(f"Mayor{i}", 20)])]) for i in range(10, 30)],
    )
    rows = list(squad(squad_file(tmp_path / "s.gz", many), "squad2", frozenset(), rng()))
    moved = [r for r in rows if not r.spans]
    assert moved
    for row in rows:
        assert all(row.passage[a:b].startswith("Mayor") for a, b in row.spans)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (["The", "dam", "burst", "."], "The dam burst."),
        (["He", "did", "n't", "go", ",", "she", "'s", "sure", "."], "He didn't go, she's sure."),
        (["It", "(", "the", "dam", ")", "cost", "$", "5", "."], "It (the dam) cost $5."),
        (["-LRB-", "see", "left", "-RRB-"], "(see left)"),
        (["She", "said", "``", "go", "''", "twice", "."], 'She said "go" twice.'),
        (["``", "Go", ",", "''", "she", "said", "."], '"Go," she said.'),
        (["5", "%", "of", "[", "all", "]"], "5% of [all]"),
        (["one"], "one"),
        ([], ""),
    ],
)
def test_tokens_become_the_sentence_and_every_token_knows_its_place(tokens, text):
    made, spans = detokenize(tokens)
    assert made == text
    brackets = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
    assert [made[a:b] for a, b in spans] == [brackets.get(t, t) for t in tokens]


@pytest.mark.parametrize(
    ("indices", "span"),
    [("1", (4, 7)), ("1 2", (4, 13)), ("0 2", None), ("2 1", None), ("3 4", None), ("", None), ("9", None)],
)
def test_a_run_of_tokens_is_a_span_and_a_gap_is_none(indices, span):
    _, spans = detokenize(["The", "dam", "burst", "."])
    assert token_span(indices, spans) == span


def qamr_folder(folder):
    sentences = {
        "wiki:A:1:0": "Ann Hill built the dam .",
        "wiki:A:1:1": "It burst in 1902 .",
        "wiki:A:1:2": "Nobody was hurt .",
        "wiki:B:7:0": "Bob Dale sold a mill .",
    }
    zipped(folder / "wiki-sentences.tsv.gz", "".join(f"{k}\t{v}\n" for k, v in sentences.items()))

    def row(key, question, answer, *judged):
        return "\t".join([key, "t", "w", "x", "y", question, answer, *judged]) + "\n"

    zipped(
        folder / "dev.tsv.gz",
        row("wiki:A:1:0", "Who built the dam?", "0 1", "j:0 1", "k:Invalid")
        + row("wiki:A:1:1", "When did it burst?", "3")
        + row("wiki:A:1:1", "When did it burst?", "3")
        + row("wiki:A:1:2", "Who was hurt by what?", "0 2"),
    )
    zipped(folder / "test.tsv.gz", row("wiki:B:7:0", "Who sold a mill?", "0 1") + row("gone", "Who?", "0"))
    return folder


def test_qamr_spans_are_right_among_neighbouring_sentences(tmp_path):
    folder = qamr_folder(tmp_path)
    right = {"Who built the dam?": "Ann Hill", "When did it burst?": "1902", "Who sold a mill?": "Bob Dale"}
    seen = set()
    for seed in range(12):
        rows = list(qamr(folder, random.Random(seed)))
        for row in rows:
            seen.add(bool(row.spans))
            assert all(row.passage[a:b] == right[row.question] for a, b in row.spans)
            if not row.spans:
                assert right[row.question] not in row.passage
        assert [r.question for r in rows if r.spans] == list(right)
    assert seen == {True, False}


def test_qamr_sentences_of_one_article_share_group_and_split(tmp_path):
    rows = list(qamr(qamr_folder(tmp_path), rng()))
    assert {r.group for r in rows} == {"wiki:A:1", "wiki:B:7"}
    assert all(r.split == split_of(r.group) for r in rows)


def test_natural_questions_mark_every_place_the_answer_stands(tmp_path):
    rows = [
        {"question": "who led", "answers": ["Ann Hill"], "ctxs": [{"title": "Dam", "text": "Ann Hill led. ann hill!"}]},
        {"question": "who", "answers": ["Zoe"], "ctxs": [{"title": "Mill", "text": "Nobody is named."}]},
    ]
    made = list(natural_questions(zipped(tmp_path / "n.gz", lines(rows)), rng()))
    assert [(r.question, r.spans) for r in made if r.spans] == [("who led", ((0, 8), (14, 22)))]
    assert {r.group for r in made} == {"nq:Dam"}


def test_time_questions_take_the_paragraph_that_holds_the_answer(tmp_path):
    long = "The club was led by Ann Hill from 1901 to 1905 and by Bob Dale from 1905 until the great flood."
    other = "The stadium of the club stands beside the river and was rebuilt after the fire of the year before."
    rows = [
        {
            "idx": "/wiki/Old_Club#1",
            "question": "Who led the club in 1903?",
            "targets": ["Ann Hill"],
            "paragraphs": [{"text": other}, {"text": long}, {"text": "short"}],
        },
        {
            "idx": "/wiki/Old_Club#2",
            "question": "Who rebuilt the stadium of the club?",
            "targets": [""],
            "paragraphs": [{"text": long}, {"text": other}],
        },
        {"idx": "/wiki/No#1", "question": "Who?", "targets": ["Zoe"], "paragraphs": [{"text": long}]},
    ]
    answered, refused = time_questions(zipped(tmp_path / "t.gz", lines(rows)), "timeqa_easy", rng())
    assert (answered.passage, [long[a:b] for a, b in answered.spans]) == (long, ["Ann Hill"])
    assert (refused.passage, refused.spans) == (other, ())
    assert answered.group == refused.group and answered.split == refused.split
    assert "Old Club" in answered.context


def test_claims_ask_for_a_word_that_the_evidence_holds(tmp_path):
    supported = [
        {
            "claim": "Ann Hill sold 40 mills .",
            "evidence": "In 1901 Ann Hill sold 40 mills .",
            "label": "SUPPORTS",
            "page": "A",
        }
        for _ in range(12)
    ]
    unknown = [
        {
            "claim": "Bob Dale sold 50 dams .",
            "evidence": "The river was calm .",
            "label": "NOT ENOUGH INFO",
            "page": "B",
        },
        {"claim": "Bob Dale sold 50 dams .", "evidence": "It sold no dams at all .", "label": "REFUTES", "page": "C"},
    ]
    made = list(claims(zipped(tmp_path / "v.gz", lines(supported + unknown)), rng(), limit=100))
    for row in made:
        if row.group == "vitaminc:A":
            ((a, b),) = row.spans
            value = row.passage[a:b]
            assert value in {"Ann Hill", "40"}
            assert value not in row.question
            assert row.question.endswith("?") and row.question[0].isupper()
        else:
            assert (row.group, row.spans) == ("vitaminc:B", ())
    assert {r.group for r in made} == {"vitaminc:A", "vitaminc:B"}
    assert len(list(claims(tmp_path / "v.gz", rng(), limit=3))) == 3


def near_miss(**more):
    row = {
        "id": "a",
        "twin": "n",
        "question": "Who leads?",
        "answer": "Ann Hill",
        "answer_start": 8,
        "title": "Council",
        "stamp": "10:30 GMT",
        "passage": "Today, Ann Hill leads.",
        "split": "train",
    }
    row["answer_start"] = row["passage"].index("Ann")
    return row | more


def test_near_misses_keep_their_offsets_and_twins_have_no_answer(tmp_path):
    file = tmp_path / "n.jsonl"
    file.write_text(
        lines(
            [
                near_miss(),
                near_miss(id="n", twin="a", question="Who left?", answer=None, answer_start=None, split="test"),
            ]
        )
    )
    answered, refused = near_misses(file)
    assert [answered.passage[a:b] for a, b in answered.spans] == ["Ann Hill"]
    assert answered.context == "Council | 10:30 GMT"
    assert (refused.spans, refused.split) == ((), "test")
    assert [refused.passage[a:b] for a, b in refused.tempting] == ["Ann Hill"]


def test_near_misses_over_the_sample_coverage_are_left_to_calibration(tmp_path):
    file = tmp_path / "n.jsonl"
    file.write_text(lines([near_miss(page="storm.txt"), near_miss()]))
    assert len(list(near_misses(file))) == 1


def test_a_near_miss_without_title_or_stamp_has_what_is_there_as_context(tmp_path):
    file = tmp_path / "n.jsonl"
    file.write_text(lines([near_miss(title=None), near_miss(stamp=None), near_miss(title=None, stamp=None)]))
    assert [r.context for r in near_misses(file)] == ["10:30 GMT", "Council", ""]


def whole_data(folder):
    """Every public set in miniature, in the folders that `load` expects."""
    squad_file(folder / "squad2/squad2-part.json.gz", DAMS, FORCE)
    squad_file(
        folder / "xquad/xquad.en.json.gz", FORCE, article("Sea", [("It is wet.", [asked("What is wet?", [("It", 0)])])])
    )
    qamr_folder(folder / "qamr")
    context = {"title": "Dam", "text": "Ann Hill led the dam for 12 years."}
    nq = [{"question": f"who led {i}", "answers": ["Ann Hill"], "ctxs": [context]} for i in range(9)]
    zipped(folder / "nq_open_oracle/nq-open-oracle.jsonl.gz", lines(nq))
    for name in ("easy", "hard"):
        text = "Ann Hill led the club from 1901 until 1905, when the great flood came and took the club house away."
        rows = [
            {
                "idx": "/wiki/C#1",
                "question": "Who led in 1903?",
                "targets": ["Ann Hill"],
                "paragraphs": [{"text": text}],
            }
        ]
        zipped(folder / f"timeqa/human_train.{name}.json.gz", lines(rows))
    claim = {
        "claim": "Ann Hill sold 40 mills .",
        "evidence": "Ann Hill sold 40 mills .",
        "label": "SUPPORTS",
        "page": "A",
    }
    zipped(folder / "vitaminc/real-test.jsonl.gz", lines([claim]))
    return folder


ENTRY = {
    "id": "e1",
    "title": "Dam burst",
    "stamp": "10:30 GMT",
    "body": "Ann Hill and Bo Lim left at six.",
    "answered": [["Who left?", ["Ann Hill", "Bo Lim"]], ["What burst?", ["Dam"]], ["Posted when?", ["@stamp"]]],
    "near_misses": ["Who stayed?"],
    "supported": ["Two people left."],
    "contradicted": ["Nobody left."],
    "unknown": ["They left by boat."],
}


def own_folder(tmp_path):
    """Folder of our own entries in miniature."""
    (tmp_path / "near_misses.jsonl").write_text(lines([near_miss()]))
    (tmp_path / "passages.jsonl").write_text(lines([ENTRY]))
    return tmp_path


def test_an_entrys_answers_are_spans_in_body_title_and_stamp(tmp_path):
    both, title, stamp, miss = passages(own_folder(tmp_path) / "passages.jsonl")
    joined = f"{both.context}\n{both.passage}"
    shift = len(both.context) + 1
    texts = [[joined[a + shift : b + shift] for a, b in row.spans] for row in (both, title, stamp, miss)]
    assert texts == [["Ann Hill", "Bo Lim"], ["Dam"], ["10:30 GMT"], []]
    assert [row.every for row in (both, title, stamp, miss)] == [True, False, False, False]
    assert [miss.passage[a:b] for a, b in miss.tempting] == ["Ann Hill", "Bo Lim"]


def test_claims_over_an_entry_carry_their_verdict(tmp_path):
    claims_read = list(claims_over(own_folder(tmp_path) / "passages.jsonl"))
    assert [(p.claim, p.label) for p in claims_read] == [
        ("Two people left.", 0),
        ("Nobody left.", 1),
        ("They left by boat.", 2),
    ]


def test_right_answers_are_supported_and_tempting_ones_are_not(tmp_path):
    read = list(passages(own_folder(tmp_path) / "passages.jsonl"))
    pairs = [(p.claim, p.label) for p in answers([read[0], read[3]], rng())]
    assert pairs[0] == ("Who left? Ann Hill and Bo Lim", 0)
    assert [(claim.split("?")[0], label) for claim, label in pairs[1:]] == [("Who stayed", 2)]


def test_a_pair_is_one_window_with_its_verdict_and_no_span(letters):
    (row,) = pair_rows([Pair("a b", "t", "c d", 1, "x", "train", "g")], letters, 96)
    assert (row.verdict, row.starts, row.every) == (1, (), False)
    assert collate([row, window([2, 5], 1)])["verdict"].tolist() == [1, -1]


def test_all_sets_load_with_spans_inside_their_passages_and_no_group_in_two_splits(tmp_path):
    rows = load(whole_data(tmp_path / "data"), own_folder(tmp_path))
    assert {r.source for r in rows} == {
        "squad2", "xquad", "qamr", "nq", "timeqa_easy", "timeqa_hard", "vitaminc", "near_misses",
        "passages", "simulated",
    }  # fmt: skip
    splits = defaultdict(set)
    for row in rows:
        splits[row.group].add(row.split)
        assert all(a < b <= len(row.passage) for a, b in row.spans)
    assert all(len(found) == 1 for found in splits.values())


def test_loading_is_the_same_each_time(tmp_path):
    folder = whole_data(tmp_path)
    assert load(folder) == load(folder)


def test_xquad_leaves_out_the_articles_of_squad(tmp_path):
    groups = {r.group for r in load(whole_data(tmp_path)) if r.source == "xquad"}
    assert groups == {"xquad:Sea"}


def test_the_real_sets_never_share_a_group_between_splits(shared):
    data = shared / "data"
    rows = [
        *squad(data / "squad2/squad2-part.json.gz", "squad2", frozenset(), rng()),
        *natural_questions(data / "nq_open_oracle/nq-open-oracle.jsonl.gz", rng()),
        *qamr(data / "qamr", rng()),
    ]
    splits = defaultdict(set)
    for row in rows:
        splits[row.group].add(row.split)
        assert all(0 <= a < b <= len(row.passage) for a, b in row.spans)
        assert all(row.passage[a:b] == row.passage[a:b].strip() for a, b in row.spans)
    assert all(len(found) == 1 for found in splits.values())
    assert {split for found in splits.values() for split in found} == {"train", "test"}


def test_a_split_depends_on_the_group_alone_and_holds_about_a_tenth_out():
    held = sum(split_of(f"group {i}") == "test" for i in range(2000))
    assert 150 < held < 250
    assert split_of("one") == split_of("one")
    assert split_of("one", test_share=0.0) == "train"


@pytest.mark.parametrize(
    ("needle", "spans"),
    [("ann", ((0, 3), (12, 15))), (" Ann ", ((0, 3), (12, 15))), ("hill.", ((16, 21),)), ("an", ()), ("", ())],
)
def test_answers_are_found_as_whole_words_in_any_case(needle, spans):
    assert [s for s in find_all(needle, "Ann; annual ann hill.") if s[0] < s[1]] == list(spans)


def test_a_terse_question_keeps_its_passage_and_spans():
    example = Example("Who built the dam?", "c", "Ann Hill built it.", ((0, 8),), "s", "train", "g")
    made = {terse(example, random.Random(i)).question for i in range(40)}
    assert {"who built the dam", "Who built dam?"} <= made
    for i in range(40):
        variant = terse(example, random.Random(i))
        assert (variant.passage, variant.spans) == (example.passage, example.spans)
        assert variant.question


def test_a_swapped_name_leaves_the_question_without_an_answer():
    example = Example("When did Ann Hill build it?", "c", "Ann Hill built it in 1901.", ((21, 25),), "s", "train", "g")
    made = swapped(example, ["Ann Hill", "Bob Dale"], rng())
    assert made is not None
    assert (made.question, made.spans) == ("When did Bob Dale build it?", ())


def test_a_swapped_number_is_another_number():
    example = Example("What fell in 1901?", "c", "The dam fell in 1901.", ((4, 7),), "s", "train", "g")
    for seed in range(20):
        made = swapped(example, [], random.Random(seed))
        assert made is not None and "1901" not in made.question and made.spans == ()


@pytest.mark.parametrize(
    ("question", "spans"),
    [("who fell?", ((0, 3),)), ("When did Zoe fall?", ((0, 3),)), ("When did Ann fall?", ())],
)
def test_nothing_is_swapped_where_the_passage_names_it_not_or_nothing_answers(question, spans):
    example = Example(question, "c", "Ann fell.", spans, "s", "train", "g")
    assert swapped(example, ["Bob"], rng()) is None


def test_context_lines_look_like_those_of_chunks():
    for seed in range(20):
        label = random_label(random.Random(seed))
        assert label[2] == ":" and (", " in label)
        assert with_context("Dam", random.Random(seed)).startswith("Dam | ")
        assert " | " not in with_context("", random.Random(seed))
        cut = headline("one two three four five six seven eight nine ten eleven twelve", random.Random(seed))
        assert not cut or 5 <= len(cut.split()) <= 11


def leads_of(*rows):
    """Leads of (probability, right, answerable)."""
    return [Lead(*row) for row in rows]


LEADS = leads_of(
    (0.9, True, True), (0.8, True, True), (0.7, False, False),
    (0.6, True, True), (0.4, False, True), (0.2, False, False),
)  # fmt: skip


def test_the_threshold_is_the_highest_that_keeps_the_right_answers():
    assert choose_threshold(LEADS, 0.0) == pytest.approx(0.6, abs=1e-5)
    assert choose_threshold(LEADS, 0.0) < 0.6


def test_the_threshold_may_lose_the_share_it_is_allowed():
    assert choose_threshold(LEADS, 0.34) == pytest.approx(0.8, abs=1e-5)


def test_without_right_answers_the_threshold_is_even_odds():
    assert choose_threshold(leads_of((0.9, False, False)), 0.1) == 0.5


def test_figures_of_a_threshold_are_those_counted_by_hand():
    found = figures(LEADS, 0.65)
    assert (found["n"], found["right_leads"], found["answerable"]) == (6, 3, 4)
    assert found["right_leads_refused"] == 0.333
    assert found["answerable_refused"] == 0.5
    assert found["unanswerable_refused"] == 0.5
    assert found["auc"] == 0.889  # of nine pairs of a right and a wrong lead only (0.6, 0.7) is out of order
    assert found["risk@25"] == 0.0  # the surest one
    assert found["risk@50"] == 0.333  # one of the surest three is wrong
    assert found["risk@100"] == 0.5
    assert found["reliability"]["0.8-1.0"] == [2, 1.0]
    assert found["reliability"]["0.6-0.8"] == [2, 0.5]


def test_a_sure_answer_is_counted_in_the_last_bin():
    found = figures(leads_of((1.0, True, True), (0.1, False, False)), 0.5)
    assert found["reliability"]["0.8-1.0"] == [1, 1.0]


def question_rows(page, margin, right, answerable=True):
    """A question with two candidates; the first has the given margin, the second none."""
    named = [dict.fromkeys(FEATURES, 0.0) | {"margin": value} for value in (margin, 0.0)]
    table = [tuple(row[name] for name in FEATURES) for row in named]
    return [
        Row("q", page, answerable, table[0], 1.0, right, "a"),
        Row("q", page, answerable, table[1], 1.0, False, "b"),
    ]


GROUPS = [question_rows(page, 1.0, True) for page in "ab"] + [question_rows(page, -1.0, False, False) for page in "ab"]


def test_a_model_learns_that_a_high_margin_is_right_and_no_page_is_judged_by_its_own_rows():
    model = fit(GROUPS, 10.0)
    assert model.choice.coef_[0][FEATURES.index("margin")] > 0.5
    found = across_pages(GROUPS, 10.0)
    assert [lead.right for lead in found] == [True, False, True, False]
    assert all(found[i].probability > found[i + 1].probability for i in (0, 2))


def test_an_ablation_takes_a_parts_features_away():
    table = ablation(GROUPS, 10.0, 0.1)
    assert table["all parts"]["auc"] == 1.0
    assert table["without the reader's scores"]["auc"] == 0.5


def test_rows_are_read_as_they_were_written(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps([asdict(row) for row in GROUPS[0]]) + "\n")
    assert read_groups(file) == [GROUPS[0]]


def test_risk_falls_with_coverage_as_counted_by_hand():
    assert risk_coverage(LEADS) == [0.0, 0.0, 0.333, 0.25, 0.4, 0.5]


@pytest.fixture
def letters(letters_model):
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(letters_model)


def example(passage, *spans, question="who?"):
    return Example(question, "t | 0", passage, spans, "s", "train", "g")


def test_gold_words_are_found_again_in_the_tokens(letters):
    (row,) = tokenise([example("a b qz d", (4, 6))], letters, 96, rng())
    ids = letters.convert_tokens_to_ids(["q", "##z"])
    ((start,), (end,)) = row.starts, row.ends
    assert [row.ids[start], row.ids[end]] == ids
    assert 0 < row.second <= start <= end


def test_the_window_of_a_long_passage_is_one_that_holds_the_answer(letters):
    text = "a b c " * 60 + "q" + " d e" * 60
    (row,) = tokenise([example(text, (360, 361))], letters, 96, rng())
    assert len(row.ids) <= 96
    assert row.ids[row.starts[0]] == letters.convert_tokens_to_ids("q")


def test_no_answer_is_the_first_token(letters):
    (row,) = tokenise([example("a b c")], letters, 96, rng())
    assert (row.starts, row.ends) == ((0,), (0,))


def test_every_right_place_is_kept_and_one_that_cuts_a_token_is_left_out(letters):
    (row,) = tokenise([example("q a q", (0, 1), (4, 5))], letters, 96, rng())
    assert len(row.starts) == len(row.ends) == 2
    assert tokenise([example("a  b", (2, 4))], letters, 96, rng()) == []


def rows_of_length(*lengths):
    return [window([1] * n, 0) for n in lengths]


def test_batches_hold_every_row_once_within_their_budget():
    rows = rows_of_length(*range(5, 60), 500)
    made = batches(rows, 200, rng())
    assert sorted(len(r.ids) for batch in made for r in batch) == [*range(5, 60), 500]
    assert all(len(b) * max(len(r.ids) for r in b) <= 260 for b in made if len(b) > 1)
    assert all(1 <= len(b) <= 48 for b in made)


def test_the_entries_that_one_question_is_put_to_stay_in_one_batch():
    rows = [window([1] * n, 0, ask=name) for name, lengths in {"x": (5, 40), "y": (9,)}.items() for n in lengths]
    made = batches([*rows, *rows_of_length(12, 45)], 200, rng())
    assert sorted(len(r.ids) for batch in made for r in batch) == [5, 9, 12, 40, 45]
    assert len([batch for batch in made if any(r.ask == "x" for r in batch)]) == 1


def test_a_batch_is_padded_to_a_step_and_its_gold_places_marked():
    one, two = window([2, 5, 6, 3], 1, (1, 2), (2,)), window([2, 5], 1)
    batch = {name: tensor.tolist() for name, tensor in collate([one, two]).items()}
    nothing, never = [0] * (STEP_TOKENS - 4), [False] * (STEP_TOKENS - 4)
    assert batch["ids"] == [[2, 5, 6, 3, *nothing], [2, 5, 0, 0, *nothing]]
    assert batch["mask"] == [[1, 1, 1, 1, *nothing], [1, 1, 0, 0, *nothing]]
    assert batch["segments"] == [[0, 1, 1, 1, *nothing], [0, 1, 0, 0, *nothing]]
    assert batch["allowed"] == [[True, True, True, False, *never], [True, False, False, False, *never]]
    assert batch["starts"] == [[False, True, True, False, *never], [True, False, False, False, *never]]
    assert batch["ends"] == [[False, False, True, False, *never], [True, False, False, False, *never]]


def test_weights_are_averaged_by_share_and_must_be_of_one_shape(tmp_path):
    for name, value in (("a", 1.0), ("b", 3.0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}")
        for file in WEIGHTS:
            save_file({"w": torch.full((2, 2), value)}, tmp_path / name / file)
    average(tmp_path / "a", tmp_path / "b", tmp_path / "mean", 0.25)
    assert load_file(tmp_path / "mean" / WEIGHTS[0])["w"].tolist() == [[1.5, 1.5], [1.5, 1.5]]
    assert (tmp_path / "mean" / "config.json").exists()
    save_file({"w": torch.zeros(3)}, tmp_path / "b" / WEIGHTS[0])
    with pytest.raises(ValueError, match="not of one shape"):
        average(tmp_path / "a", tmp_path / "b", tmp_path / "mean")
