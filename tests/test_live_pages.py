import json
import random
from collections import Counter
from pathlib import Path

import pytest

from eval.questions import load_questions
from index.reading.jsonl import read_jsonl
from training.live_pages import (
    claims,
    examples,
    main,
    questions,
    read_pages,
    restatements,
    span_of,
    timed_questions,
)

PAGE = """\
=== x-01 | A page | 2024-05-01 | BST
[1] 23:50 | Bridge shut
The Alder bridge is shut. Rosa Lind, the engineer, blames ice.

It was built in 1911.
[2] 00:20 |
Ferry sails at six for Marl and Orme.
[3] 00:40 | Bridge open
The bridge is open again.

Q why: cause of the closure || ice || 1
Q multi: Which two towns does the boat serve? || Marl ;; Orme || 2
Q latest: Can one cross? || open || 3
Q fact: What does the first headline say? || Bridge shut || 1
T status: How is the crossing? || shut @ 1 ;; open @ 3
Q* why: Why is the Alder bridge closed? || ice || 1
F why: and what is to blame? << Is the bridge open? << The Alder bridge is shut. || ice || 1
FN: who built it? << Is the bridge open? << The Alder bridge is shut. || 1
N: Who built the bridge? || 1
N*: Who was the builder of the Alder bridge? || 1
S1: An engineer thinks that ice is to blame.
C2: The ferry sails at seven.
U3: The bridge will shut again.
"""


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    return read_pages(tmp_path)


def test_a_page_is_read_with_its_entries_over_midnight(pages):
    (page,) = pages
    assert [e.published.isoformat() for e in page.entries] == [
        "2024-05-01T23:50:00", "2024-05-02T00:20:00", "2024-05-02T00:40:00",
    ]  # fmt: skip
    assert page.entries[0].body.endswith("ice.\n\nIt was built in 1911.") and page.entries[1].title is None
    assert [a.kind for a in page.asked] == ["why", "multi", "latest", "fact", *["why"] * 2, *["unanswerable"] * 3]
    assert [i for i, a in enumerate(page.asked) if a.named] == [4, 8]
    assert [(a.text, a.history) for a in page.asked if a.history] == [
        (text, (("Is the bridge open?", "The Alder bridge is shut."),))
        for text in ("and what is to blame?", "who built it?")
    ]


def test_a_question_is_put_to_its_own_entry_and_to_others_of_the_page(pages):
    rows = [e for e in examples(pages, random.Random(1)) if e.question == "cause of the closure"]
    assert [[e.passage[a:b] for a, b in e.spans] for e in rows] == [["ice"], [], []]
    shown = [e for seed in range(20) for e in examples(pages, random.Random(seed)) if e.question == rows[0].question]
    held = "Bridge shut | 23:50 BST, 1 May 2024"
    assert {e.context for e in shown if e.spans} == {f"{held} | A page", held}  # now and then a page has no title


def test_all_parts_of_a_list_are_right_together(pages):
    row = next(e for e in examples(pages, random.Random(1)) if e.question.startswith("Which two") and e.spans)
    assert [row.passage[a:b] for a, b in row.spans] == ["Marl", "Orme"] and row.every


def test_a_question_for_the_newest_value_is_not_put_to_entries_with_older_ones(pages):
    assert sum(e.question == "Can one cross?" for e in examples(pages, random.Random(1))) == 1


def test_a_follow_up_is_learned_as_it_is_read_with_what_the_turn_before_named(pages):
    rows = [e for e in examples(pages, random.Random(1)) if e.source == "pages:follow"]
    told = "(bridge open The Alder)?"
    assert {e.question for e in rows} == {f"and what is to blame {told}", f"who built it {told}"}
    assert {e.passage[a:b] for e in rows for a, b in e.spans} == {"ice"}


def test_a_near_miss_has_no_answer_and_the_answers_of_other_questions_tempt(pages):
    rows = [e for e in examples(pages, random.Random(1)) if e.question == "Who built the bridge?"]
    assert rows[0].passage.startswith("The Alder bridge") and not any(r.spans for r in rows)
    assert "ice" in [rows[0].passage[a:b] for a, b in rows[0].tempting]


NEAR_LINES = "Q cause: What shut the crossing? || ice || 1\nN* cause: Why was the Alder ferry cut to six? || 2\n"


def test_questions_of_one_form_are_learned_apart_whether_they_are_answered_or_not(tmp_path):
    (tmp_path / "c.txt").write_text(PAGE + NEAR_LINES)
    (page,) = read_pages(tmp_path)
    assert [(a.kind, a.near, bool(a.answers), a.named) for a in page.asked if a.near] == [
        ("fact", "cause", True, False), ("unanswerable", "cause", False, True),
    ]  # fmt: skip
    rows = [e for e in examples([page], random.Random(1)) if e.source == "pages:near"]
    assert {e.question for e in rows if e.spans} == {"What shut the crossing?"}
    assert [e.passage.split()[0] for e in rows if e.question.startswith("Why")][0] == "Ferry"
    main(["--pages", str(tmp_path), "--split", page.split, "--out", str(tmp_path / "out")])
    assert [i.kind for i in load_questions(tmp_path / "out" / "near.jsonl")] == ["fact", "unanswerable"]


def test_a_way_of_coming_near_that_is_not_known_is_named(tmp_path):
    (tmp_path / "c.txt").write_text(PAGE + NEAR_LINES.replace("N* cause", "N* colour"))
    with pytest.raises(ValueError, match="'colour' is no way of coming near; use cause, holder"):
        read_pages(tmp_path)


def test_an_answer_in_a_title_is_an_offset_before_the_body(pages):
    entry = pages[0].entries[0]
    start, end = span_of(entry, "Bridge shut")
    joined = f"Bridge shut | 23:50 BST, 1 May 2024\n{entry.body}"
    shift = len(joined) - len(entry.body)
    assert joined[start + shift : end + shift] == "Bridge shut"


def test_claims_carry_their_verdict_and_entry(pages):
    made = [(p.label, p.evidence.split()[0]) for p in claims(pages, random.Random(1))]
    assert made == [(0, "The"), (1, "Ferry"), (2, "The")]


def test_an_answer_that_stands_nowhere_is_an_error_that_names_file_and_line(tmp_path):
    (tmp_path / "b.txt").write_text(PAGE.replace("|| ice ||", "|| snow ||"))
    with pytest.raises(ValueError, match=r"b\.txt, page from line 1: the answer 'snow' stands in no entry"):
        read_pages(tmp_path)


def test_pages_are_written_as_coverage_with_a_question_file(tmp_path, pages):
    (tmp_path / "out").mkdir()
    for split in ("train", "fit", "test"):
        main(["--pages", str(tmp_path), "--split", split, "--out", str(tmp_path / "out" / split)])
    folder = tmp_path / "out" / pages[0].split
    reading = read_jsonl((folder / "coverage" / "x-01.jsonl").read_text(), "x-01")
    assert [e.body for e in reading.entries] == [e.body for e in pages[0].entries]
    items = load_questions(folder / "questions.jsonl")
    assert [i.kind for i in items] == ["fact", "fact", "latest", "unanswerable"]
    assert items[0].evidence[0].published.isoformat() == "2024-05-01T23:50:00"
    assert [i.kind for i in load_questions(folder / "named.jsonl")] == ["fact", "unanswerable"]
    leaning = load_questions(folder / "follow_ups.jsonl")
    assert [(i.kind, i.history[0][0]) for i in leaning] == [
        ("follow_up", "Is the bridge open?"), ("unanswerable", "Is the bridge open?"),
    ]  # fmt: skip


def test_rows_of_questions_are_json(pages):
    assert json.loads(json.dumps([row for _, row in questions(pages[0])]))[0]["answers"] == ["ice"]


def test_the_pages_that_ship_with_the_source_are_whole():
    pages = read_pages(Path(__file__).parent.parent / "training" / "pages")
    counts = Counter(page.split for page in pages)
    assert len({page.id for page in pages}) == len(pages) >= 108
    assert min(counts.values()) >= 20
    assert all((3 if page.folder else 9) <= len(page.entries) <= 14 for page in pages)


def test_pages_of_a_folder_below_are_weighed_by_themselves(tmp_path):
    (tmp_path / "newsrooms").mkdir()
    (tmp_path / "newsrooms" / "a.txt").write_text(PAGE)
    (page,) = read_pages(tmp_path)
    assert {e.source for e in examples([page], random.Random(1))} == {"pages:newsrooms"}
    assert {p.source for p in restatements([page], random.Random(1))} == {"changing:newsrooms"}


def test_every_value_of_a_fact_that_changes_answers_its_question(pages):
    rows = [e for e in examples(pages, random.Random(1)) if e.question == "How is the crossing?"]
    assert [[e.passage[a:b] for a, b in e.spans] for e in rows] == [["shut"], ["open"], []]
    assert len({e.ask for e in rows}) == 1


def test_another_value_of_a_fact_contradicts_and_an_entry_on_something_else_says_not_enough(pages):
    judged = {(p.claim, p.context.split(" |")[0]): p.label for p in restatements(pages, random.Random(1))}
    assert judged[("How is the crossing? shut", "Bridge shut")] == 0
    assert judged[("How is the crossing? shut", "Bridge open")] == 1
    assert judged[("How is the crossing? open", "Bridge shut")] == 1


def test_a_fact_that_changes_is_asked_for_before_its_first_value_between_and_at_the_end(pages):
    rows = list(timed_questions(pages[0]))
    assert [(r["kind"], r.get("as_of"), r["answers"]) for r in rows] == [
        ("unanswerable", "2024-05-01T23:49:00", ["not stated"]),
        ("as_of", "2024-05-02T00:39:00", ["shut"]),
        ("latest", None, ["open"]),
    ]


def test_a_value_that_its_entry_does_not_hold_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE.replace("open @ 3", "closed @ 3"))
    with pytest.raises(ValueError, match="'closed' stands not in entry 3"):
        read_pages(tmp_path)
