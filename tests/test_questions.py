import json

import pytest

from eval.gold import Coverage
from eval.questions import load_questions, parse_questions
from index.errors import QuestionError
from index.records import Entry, Page
from index.times import time_key

GOOD = {
    "id": "q1",
    "page": "harbour.txt",
    "question": "How many boats sank?",
    "answers": ["two"],
    "evidence": [{"published": "2024-05-02T09:10:00+01:00", "quote": "Two boats sank"}],
    "kind": "number",
    "as_of": None,
    "history": [],
}


def parse(**changes):
    row = {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}
    return next(iter(parse_questions([json.dumps(row)], "set.jsonl")))


def test_a_good_line_becomes_an_item():
    item = parse()
    assert (item.id, item.pages, item.answers, item.kind) == ("q1", ("harbour.txt",), ("two",), "number")
    assert item.evidence[0].published.isoformat() == "2024-05-02T09:10:00+01:00"
    assert item.answerable


def test_history_as_of_and_several_pages_are_kept():
    item = parse(page=..., pages=["a", "b"], history=[["Who?", "Ann"]], as_of="2024-05-02T09:30:00")
    assert item.pages == ("a", "b")
    assert item.history == (("Who?", "Ann"),)
    assert item.as_of.tzinfo is None
    assert time_key(item.as_of) == 1714642200


def test_unknown_fields_are_let_through():
    assert parse(note="a remark").id == "q1"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"question": ...}, "question"),
        ({"page": ...}, "page"),
        ({"pages": ["a", 3]}, "pages[1]"),
        ({"kind": "riddle"}, "kind"),
        ({"answers": "two"}, "answers"),
        ({"answers": []}, "answers"),
        ({"answers": ["two", ""]}, "answers[1]"),
        ({"evidence": []}, "evidence"),
        ({"evidence": ["Two boats"]}, "evidence[0]"),
        ({"evidence": [{"published": None}]}, "evidence[0].quote"),
        ({"evidence": [{"quote": "Two boats"}]}, "evidence[0].published"),
        ({"evidence": [{"published": "half past nine", "quote": "x"}]}, "evidence[0].published"),
        ({"kind": "unanswerable"}, "evidence"),
        ({"as_of": "noon"}, "as_of"),
        ({"as_of": 915}, "as_of"),
        ({"history": [["only a question"]]}, "history[0]"),
    ],
)
def test_an_error_names_file_line_and_field(changes, field):
    with pytest.raises(QuestionError) as caught:
        parse(**changes)
    assert str(caught.value).startswith(f'set.jsonl, line 1, field "{field}": ')


def test_a_repeated_id_names_both_lines():
    with pytest.raises(QuestionError, match=r'line 3, field "id": "q1": already used on line 1'):
        list(parse_questions([json.dumps(GOOD), "", json.dumps(GOOD)], "set.jsonl"))


def test_a_line_that_is_not_json_is_named_with_its_column():
    with pytest.raises(QuestionError, match=r"line 2: not JSON \(.* at column 2\)"):
        list(parse_questions([json.dumps(GOOD), "{oops}"]))


def test_a_line_that_is_a_list_is_refused():
    with pytest.raises(QuestionError, match="expected a JSON object, found \\[1\\]"):
        list(parse_questions(["[1]"]))


def test_missing_empty_and_mis_encoded_files_are_told_apart(tmp_path):
    with pytest.raises(QuestionError, match="cannot be read"):
        load_questions(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="holds no questions"):
        load_questions(tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(QuestionError, match="not UTF-8 at byte 8"):
        load_questions(tmp_path / "latin.jsonl")


def test_the_real_question_set_is_read_whole(shared):
    items = load_questions(shared / "eval" / "seed_questions.jsonl")
    assert len(items) == 48
    assert sum(not item.answerable for item in items) == 10


PAGE = Page(id="p-1", source="/news/harbour.txt")


def entry(name, clock, body, **more):
    from datetime import datetime

    published = datetime.fromisoformat(f"2024-05-02T{clock}:00+01:00") if clock else None
    return Entry(id=name, page_id="p-1", position=0, published=published, body=body, **more)


def test_evidence_is_found_by_time_and_quote_whatever_the_white_space():
    coverage = Coverage.of([PAGE], [entry("a", "09:10", "Calm seas."), entry("b", "09:10", "Two\nboats  sank.")])
    assert coverage.proving(parse()) == (frozenset({"p-1 b"}),)


def test_the_same_quote_in_two_entries_is_one_piece_of_evidence():
    proofs = [
        {"published": "2024-05-02T09:10:00+01:00", "quote": "Two boats sank"},
        {"published": None, "quote": "Two boats sank"},
    ]
    coverage = Coverage.of([PAGE], [entry("a", "09:10", "Two boats sank."), entry("s", None, "Two boats sank")])
    assert coverage.proving(parse(evidence=proofs)) == (frozenset({"p-1 a", "p-1 s"}),)


def test_words_that_reading_leaves_out_are_found_by_their_minute():
    proof = [{"published": "2024-05-02T09:10:00+01:00", "quote": "Reporting from the quay"}]
    coverage = Coverage.of([PAGE], [entry("a", "09:10", "Calm."), entry("b", "09:11", "Windy.")])
    assert coverage.proving(parse(evidence=proof)) == (frozenset({"p-1 a"}),)


@pytest.mark.parametrize("name", ["p-1", "harbour.txt", "harbour", "/news/harbour.txt"])
def test_a_page_goes_by_its_id_its_path_and_its_file_name(name):
    coverage = Coverage.of([PAGE], [])
    assert coverage.page_ids(parse(page=name)) == {"p-1"}


def test_evidence_with_a_zone_is_found_on_a_page_read_without_one():
    floating = entry("a", "09:10", "Two boats sank")
    from dataclasses import replace

    floating = replace(floating, published=floating.published.replace(tzinfo=None))
    assert Coverage.of([PAGE], [floating]).proving(parse()) == (frozenset({"p-1 a"}),)


@pytest.mark.parametrize(
    ("fields", "enough"),
    [
        ({}, "all"),
        ({"enough": "any"}, "any"),
        ({"note": "event date; any one of the three is enough"}, "any"),
        ({"note": "The first one is enough"}, "first"),
        ({"note": "the first one is the older"}, "all"),
        ({"note": "any one of them is enough", "enough": "all"}, "all"),
    ],
)
def test_a_field_or_a_note_says_how_much_evidence_is_enough(fields, enough):
    proofs = [{"published": None, "quote": quote} for quote in ("Two boats", "Three boats", "Two  boats")]
    item = parse(evidence=proofs, **fields)
    assert item.enough == enough
    wanted = {"all": [2, 1], "any": [3], "first": [2]}[enough]
    assert [len(piece) for piece in item.needed] == wanted


def test_an_unknown_measure_of_evidence_is_named():
    with pytest.raises(QuestionError, match='field "enough": "most": use one of all, any, first'):
        parse(enough="most")
