"""Systems side by side: the draw of the questions, and the tables worked out by hand."""

import json
from dataclasses import replace

import pytest
from test_run import COVERAGE, ENTRIES, LATEST, MISSING, REFUSAL, answered  # noqa: I001

from eval import comparison
from eval.comparison import draw, write_questions
from eval.comparison_table import Run, full, short
from eval.questions import load_questions
from eval.scoring import score
from eval.summary import summarise
from index.errors import QuestionError

WHERE = {
    "commit": "abcdef0123456789", "changed_files": 0, "processor": "cpu", "cores": 2, "memory_gb": 4,
    "peak_memory_mb": 512, "load": 1.0, "packages": {"txtai": "9.14.0"},
}  # fmt: skip
ABOUT = {"files": ["set.jsonl"], "seed": 1, "ids": ["q0", "q1", "q2"], "kinds": {"latest": 2, "unanswerable": 1}}


def run(name, first, second, third, **where):
    times = [{"whole_ms": ms} for ms in (100.0, 200.0, 2000.0)]
    rows = (
        replace(score(LATEST, answered(first), COVERAGE, times[0]), id="q0"),
        replace(score(LATEST, answered(second), COVERAGE, times[1]), id="q1"),
        replace(score(MISSING, third, COVERAGE, times[2]), id="q2"),
    )
    results = {**summarise(rows), "environment": {**WHERE, **where}, "settings": {}, "models": {}}
    return Run(name, json.loads(json.dumps(results)), rows)


OURS = run("presstime", ENTRIES[1], ENTRIES[1], REFUSAL)
OTHER = run("words", ENTRIES[1], ENTRIES[2], answered(ENTRIES[3]))


def test_questions_are_drawn_one_of_each_kind_in_turn_and_three_without_an_answer():
    kinds = {f"{kind}-{i}": kind for kind in ("fact", "who", "unanswerable") for i in range(9)}
    drawn = draw({name: name for name in kinds}, kinds, 10, seed=1)
    assert [sum(kinds[name] == kind for name in drawn) for kind in ("fact", "who", "unanswerable")] == [2, 2, 6]
    assert drawn == draw({name: name for name in reversed(kinds)}, kinds, 10, seed=1)
    assert drawn != draw({name: name for name in kinds}, kinds, 10, seed=2)


def test_a_draw_gives_all_there_are_where_there_are_too_few():
    assert draw({"a": "a", "b": "b"}, {"a": "fact", "b": "who"}, 60, seed=1) == ["a", "b"]


def question(name, kind="fact"):
    proof = [] if kind == "unanswerable" else [{"published": None, "quote": "Two boats"}]
    row = {"id": name, "page": "p", "question": "?", "answers": ["two"], "evidence": proof, "kind": kind}
    return json.dumps(row) + "\n"


def test_drawn_questions_of_several_files_make_one_file(tmp_path):
    (tmp_path / "a.jsonl").write_text(question("a1") + "\n" + question("a2", "unanswerable"), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(question("b1"), encoding="utf-8")
    write_questions([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out.jsonl", 60, 1)
    assert [item.id for item in load_questions(tmp_path / "out.jsonl")] == ["a1", "a2", "b1"]
    (tmp_path / "b.jsonl").write_text(question("a1"), encoding="utf-8")
    with pytest.raises(QuestionError, match="'a1' is also in another file"):
        write_questions([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out.jsonl", 60, 1)


def test_a_line_for_each_system_with_intervals_and_times():
    table = short([OURS, OTHER], ABOUT)
    assert "| **Presstime** | 100% (100% to 100%) | 100% (100% to 100%) | 100% (100% to 100%) | 0.0" in table
    assert "| BM25, nearest sentence quoted | 50% (0% to 100%) | 50% (0% to 100%) | 0% (0% to 0%) |" in table
    assert "| 0.20 / 2.00 |" in table
    assert "3 questions drawn from `set.jsonl` by kind (seed 1), 1 of them without an answer" in table
    assert "Commit abcdef012345, cpu, 2 cores, 4 GB." in table


def test_the_page_counts_each_kind_and_tests_each_difference():
    page = full([OURS, OTHER], ABOUT)
    assert "| | latest (2) | unanswerable (1) |" in page
    assert "| BM25, nearest sentence quoted | 1 | 0 |" in page
    # better on q1 and q2: two equal gaps of three, so half of the sign patterns are as large
    assert "| BM25, nearest sentence quoted | +67 points | 0.5" in page
    # 2.8 * sqrt((2 / 3) / 3)
    assert "| 132 points | 2 | 0 |\n\np by approximate" in page


def test_one_system_alone_has_no_paired_test():
    assert "chance" not in full([OTHER], ABOUT)


def test_times_of_a_busy_machine_are_left_out():
    busy = run("presstime", ENTRIES[1], ENTRIES[1], REFUSAL, load=5.1)
    assert "such times are left out" in short([busy], ABOUT)
    assert "| 0.20 / 2.00 |" not in short([busy], ABOUT)
    assert "such times are left out" not in short([OURS], ABOUT)


def test_the_version_of_another_system_stands_where_it_ran():
    assert "; txtai 9.14.0." in short([run("txtai", ENTRIES[1], ENTRIES[2], REFUSAL)], ABOUT)


def test_kept_runs_are_written_out_again_and_runs_on_other_questions_left_out(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- compared -->\nold\n<!-- /compared -->\nafter\n", encoding="utf-8")
    for kept in (OURS, OTHER):
        folder = tmp_path / kept.name
        folder.mkdir()
        (folder / "results.json").write_text(json.dumps(kept.results), encoding="utf-8")
        lines = [json.dumps(row.to_dict()) + "\n" for row in kept.rows]
        (folder / "rows.jsonl").write_text("".join(lines[: 3 if kept is OURS else 2]), encoding="utf-8")
    (tmp_path / "about.json").write_text(json.dumps(ABOUT), encoding="utf-8")
    command = ["--render", "--out", str(tmp_path), "--page", str(page), "--readme", str(page)]
    assert comparison.main(command) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- compared -->\n| | right")
    assert text.endswith("<!-- /compared -->\nafter\n")
    assert "**Presstime**" in text and "BM25" not in text
    assert comparison.main(["--render", "--out", str(tmp_path / "none"), "--page", str(page)]) == 1
    assert "about.json" in capsys.readouterr().err
