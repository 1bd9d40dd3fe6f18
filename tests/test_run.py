import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from eval import causes_table, markdown
from eval.compare import compare_rows, comparison_lines
from eval.gold import Coverage
from eval.html import page
from eval.plots import Bar, bars, curve
from eval.questions import Item, Proof
from eval.run import evaluate, read_rows
from eval.scoring import Scored, score
from eval.summary import summarise
from eval.table import lines
from index.errors import QuestionError
from index.records import Entry, Page, Reading
from rag.records import Answer, Citation, Evidence, Sentence, Superseded

BST = timezone(timedelta(hours=1))


def at(clock):
    hour, minute = map(int, clock.split(":"))
    return datetime(2024, 5, 2, hour, minute, tzinfo=BST)


ENTRIES = (
    Entry("e0", "quay.txt", 0, kind="summary", body="Two boats have sunk in the harbour."),
    Entry("e1", "quay.txt", 1, published=at("10:30"), zone="BST", body="Three boats have sunk, Ann Lee said."),
    Entry("e2", "quay.txt", 2, published=at("09:10"), zone="BST", body="Two boats have sunk, Ann Lee said."),
    Entry("e3", "quay.txt", 3, published=at("08:00"), zone="BST", body="The harbour is calm."),
)
COVERAGE = Coverage.of_readings([Reading(Page("quay.txt"), ENTRIES)])
LATEST = Item(
    "q1", ("quay.txt",), "How many boats have sunk?", ("three",),
    (Proof(at("10:30"), "Three boats have sunk"),), "latest",
)  # fmt: skip
MISSING = Item("q2", ("quay.txt",), "Who owns the boats?", (), (), "unanswerable")


def cite(entry, quote=None):
    quote = quote or entry.body
    start = entry.body.index(quote)
    return Citation(entry.id, entry.page_id, entry.published, "10:30 BST", None, None, quote, start, start + len(quote))


def answered(entry, *, found=(), status="quoted", **more):
    evidence = tuple(Evidence(e, "body", e.body, 0, len(e.body), 1.0) for e in (found or (entry,)))
    citation = cite(entry)
    sentence = Sentence(entry.body, (citation,), quoted=True)
    return Answer("q", entry.body, (sentence,), status, (citation,), evidence=evidence, **more)


REFUSAL = Answer("q", "Not in the coverage.", (), "not_in_coverage", ())


class Scripted:
    """Gives fixed answers, in order, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def ask(self, question, *, as_of=None, history=()):
        self.asked.append((question, as_of, history))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_right_answer_scores_by_hand():
    row = score(LATEST, answered(ENTRIES[1], found=(ENTRIES[2], ENTRIES[1])), COVERAGE, {"whole_ms": 5.0})
    assert row.correct
    assert row.cause is None
    assert row.measures["Success@1"] == 0
    assert row.measures["Success@5"] == 1
    assert row.measures["RR"] == 0.5
    assert row.measures["citation_precision"] == 1
    assert row.measures["citation_recall"] == 1
    assert row.measures["quote_precision"] == 1
    assert row.measures["words"] == 7
    assert row.unsupported == ()


def test_an_older_value_is_wrong_and_stale():
    row = score(LATEST, answered(ENTRIES[2], found=(ENTRIES[2], ENTRIES[1])), COVERAGE, {})
    assert not row.correct
    assert row.measures["stale"] == 1
    assert row.measures["citation_precision"] == 0
    assert row.cause == "other entry: an older one"


def test_an_entry_that_holds_an_accepted_answer_is_rightly_cited():
    item = replace(LATEST, answers=("two",), evidence=(Proof(at("09:10"), "Two boats"),), kind="number")
    row = score(item, answered(ENTRIES[0]), COVERAGE, {})
    assert row.measures["citation_precision"] == 1
    assert row.measures["citation_precision_evidence"] == 0


def test_citing_what_came_later_or_has_no_time_is_a_leak():
    item = replace(LATEST, as_of=at("09:30"), kind="as_of", evidence=(Proof(at("09:10"), "Two boats"),))
    assert score(item, answered(ENTRIES[2]), COVERAGE, {}).measures["leaks"] == 0
    assert score(item, answered(ENTRIES[1]), COVERAGE, {}).measures["leaks"] == 1
    assert score(item, answered(ENTRIES[0]), COVERAGE, {}).measures["leaks"] == 1
    before = Superseded("three", cite(ENTRIES[1]))
    assert score(item, answered(ENTRIES[2], superseded=(before,)), COVERAGE, {}).measures["leaks"] == 1


def test_a_floating_as_of_is_compared_by_the_clock():
    item = replace(LATEST, as_of=at("09:30").replace(tzinfo=None))
    assert score(item, answered(ENTRIES[2]), COVERAGE, {}).measures["leaks"] == 0
    assert score(item, answered(ENTRIES[1]), COVERAGE, {}).measures["leaks"] == 1


def test_refusals_are_right_only_where_there_is_no_answer():
    assert score(MISSING, REFUSAL, COVERAGE, {}).correct
    assert (
        score(MISSING, answered(ENTRIES[3]), COVERAGE, {}).cause
        == "should have refused: the cited entry speaks of its subject, without the answer"
    )
    assert score(LATEST, REFUSAL, COVERAGE, {}).cause == "refused: evidence not found"


def test_a_refusal_that_mentions_the_answer_is_still_wrong():
    assert not score(LATEST, replace(REFUSAL, text="Nothing on three boats."), COVERAGE, {}).correct


def test_an_invented_number_is_an_unsupported_fact():
    said = Sentence("Seven boats have sunk.", (cite(ENTRIES[1]),))
    row = score(LATEST, replace(answered(ENTRIES[1]), sentences=(said,)), COVERAGE, {})
    assert [fact.split(":")[0] for fact in row.unsupported] == ["number"]


def test_the_time_of_a_citation_does_not_answer_how_many():
    item = replace(LATEST, answers=("10:30",), kind="number")
    answer = replace(answered(ENTRIES[1]), text="Three boats have sunk [10:30 BST]")
    assert not score(item, answer, COVERAGE, {}).correct
    assert score(replace(item, kind="when"), answer, COVERAGE, {}).correct


def test_questions_are_put_with_their_as_of_and_history():
    item = replace(LATEST, as_of=at("09:30"), history=(("Who?", "Ann Lee"),), kind="follow_up",
                   evidence=(Proof(at("09:10"), "Two boats"),))  # fmt: skip
    system = Scripted(answered(ENTRIES[2]))
    evaluate(system, [item], COVERAGE)
    assert system.asked == [("How many boats have sunk?", at("09:30"), (("Who?", "Ann Lee"),))]


def test_a_question_that_cannot_be_put_counts_as_wrong_and_the_rest_is_done():
    elsewhere = replace(LATEST, id="q0", pages=("other.txt",))
    system = Scripted(QuestionError("too long"), REFUSAL)
    report = evaluate(system, [elsewhere, LATEST, MISSING], COVERAGE)
    assert [row.correct for row in report.rows] == [False, False, True]
    assert "other.txt" in report.rows[0].text
    assert report.rows[1].text == "too long"
    assert report.rows[1].measures["Success@5"] == 0
    assert summarise(report.rows)["totals"]["not_asked"] == 2


def test_a_system_that_breaks_or_gives_nothing_counts_as_wrong_and_the_rest_is_done():
    items = [replace(MISSING, id=f"q{i}") for i in range(3)]
    report = evaluate(Scripted(ZeroDivisionError("oh"), None, REFUSAL), items, COVERAGE)
    assert [row.status for row in report.rows] == ["error", "error", "not_in_coverage"]
    assert report.rows[0].text == "ZeroDivisionError: oh"
    assert "gave no answer" in report.rows[1].text


def test_a_system_without_a_store_is_scored_by_what_its_answers_show():
    wrong = answered(ENTRIES[2])
    rows = evaluate(Scripted(answered(ENTRIES[1]), wrong, REFUSAL), [LATEST, replace(LATEST, id="q3"), MISSING]).rows
    assert [row.correct for row in rows] == [True, False, True]
    assert [row.measures.get("citation_recall") for row in rows] == [1, 0, None]
    assert [row.measures.get("citation_precision") for row in rows] == [1, 0, None]
    assert rows[0].measures["Success@1"] == 1
    assert not any("unlocated" in row.measures for row in rows)


def test_tokens_are_set_against_the_time_of_the_whole_answer():
    def count(text):
        return len(text.split())

    row = evaluate(Scripted(answered(ENTRIES[1])), [LATEST], COVERAGE, count_tokens=count).rows[0]
    assert row.measures["tokens_per_s"] == pytest.approx(7 / (row.measures["whole_ms"] / 1000))
    refused = evaluate(Scripted(REFUSAL), [MISSING], COVERAGE, count_tokens=count).rows[0]
    assert "tokens_per_s" not in refused.measures


def test_evidence_shown_from_after_the_as_of_is_counted_apart_from_citations():
    item = replace(LATEST, as_of=at("09:30"), kind="as_of", evidence=(Proof(at("09:10"), "Two boats"),))
    row = score(item, answered(ENTRIES[2], found=(ENTRIES[2], ENTRIES[1])), COVERAGE, {})
    assert (row.measures["leaks"], row.measures["evidence_leaks"]) == (0, 1)


CAUSES = {
    "the right sentence led": ("refused: the right sentence led, too unsure", (ENTRIES[1],)),
    "another entry led": ("refused: another entry led", (ENTRIES[2], ENTRIES[1])),
    "not found": ("refused: evidence not found", (ENTRIES[3],)),
}


@pytest.mark.parametrize("case", CAUSES)
def test_a_wrong_refusal_says_what_led(case):
    cause, found = CAUSES[case]
    evidence = answered(ENTRIES[1], found=found).evidence
    assert score(LATEST, replace(REFUSAL, evidence=evidence), COVERAGE, {}).cause == cause


def test_an_answer_in_parts_names_what_is_missing():
    proofs = (Proof(at("10:30"), "Three boats have sunk"), Proof(at("08:00"), "harbour is calm"))
    item = replace(LATEST, answers=("three boats; calm",), evidence=proofs, kind="timeline")
    row = score(item, answered(ENTRIES[1]), COVERAGE, {})
    assert row.cause == "right entry: parts of the answer stand in entries not cited"
    assert (row.measures["parts_contained"], row.measures["quote_recall"]) == (0.5, 0.5)


def test_words_quoted_but_not_said_are_named():
    answer = replace(answered(ENTRIES[1]), text="Some boats have sunk")
    assert score(LATEST, answer, COVERAGE, {}).cause == "right entry: the answering words were quoted, not said"


def test_evidence_that_no_entry_holds_is_found_by_none_and_counted():
    item = replace(LATEST, evidence=(Proof(at("11:59"), "Three boats"),))
    report = evaluate(Scripted(answered(ENTRIES[1])), [item], COVERAGE)
    assert report.rows[0].correct
    assert report.rows[0].measures["Success@10"] == report.rows[0].measures["citation_recall"] == 0
    assert summarise(report.rows)["totals"]["evidence_not_in_store"] == 1


def test_a_streaming_system_is_timed_to_its_first_words():
    class Streaming:
        def ask(self, question, *, as_of=None, history=()):
            raise AssertionError("streamed instead")

        def stream(self, question, *, as_of=None, history=()):
            from rag.records import Update

            yield Update("Three")
            yield Update("Three boats", answered(ENTRIES[1]))

    row = evaluate(Streaming(), [LATEST], COVERAGE).rows[0]
    assert 0 <= row.measures["first_words_ms"] <= row.measures["whole_ms"]


def test_a_run_goes_on_where_it_stopped(tmp_path):
    evaluate(Scripted(answered(ENTRIES[1]), REFUSAL), [LATEST, MISSING], COVERAGE, out=tmp_path)
    rows = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "rows.jsonl").write_text(rows[0] + rows[1][:20], encoding="utf-8")
    again = Scripted(REFUSAL)
    report = evaluate(again, [LATEST, MISSING], COVERAGE, out=tmp_path, resume=True)
    assert [asked[0] for asked in again.asked] == ["Who owns the boats?"]
    assert list(read_rows(tmp_path)) == list(report.rows)


def test_questions_asked_side_by_side_keep_their_order_and_are_not_timed():
    class Knowing:
        def ask(self, question, *, as_of=None, history=()):
            return answered(ENTRIES[1]) if question == LATEST.question else REFUSAL

    items = [replace(item, id=f"{item.id}-{i}") for i in range(8) for item in (LATEST, MISSING)]
    report = evaluate(Knowing(), items, COVERAGE, workers=4)
    assert [row.id for row in report.rows] == [item.id for item in items]
    assert all(row.correct for row in report.rows)
    assert not any("whole_ms" in row.measures for row in report.rows)


def test_a_run_of_other_settings_is_not_resumed(tmp_path):
    evaluate(Scripted(REFUSAL), [MISSING], COVERAGE, out=tmp_path)
    with pytest.raises(QuestionError, match="another run"):
        evaluate(Scripted(), [MISSING], COVERAGE, out=tmp_path, resume=True, scope="page")


def test_a_folder_without_a_run_is_named(tmp_path):
    with pytest.raises(QuestionError, match="holds no run"):
        list(read_rows(tmp_path / "none"))


def test_rows_survive_json():
    row = score(LATEST, answered(ENTRIES[2]), COVERAGE, {"whole_ms": 5.0})
    assert Scored.from_dict(json.loads(json.dumps(row.to_dict()))) == row


def rows(*right):
    found = []
    for i, is_right in enumerate(right):
        answer = answered(ENTRIES[1] if is_right else ENTRIES[2])
        found.append(replace(score(LATEST, answer, COVERAGE, {"whole_ms": 10.0 * (i + 1)}), id=f"q{i}"))
    return found


def test_summary_adds_up():
    summary = summarise([*rows(True, False, True), score(MISSING, REFUSAL, COVERAGE, {"whole_ms": 1.0})])
    assert summary["n"] == 4
    assert summary["groups"]["answerable"]["right"] == 2
    assert summary["groups"]["answerable"]["measures"]["correct"]["mean"] == pytest.approx(2 / 3)
    assert summary["kinds"]["latest"]["n"] == 3
    assert summary["refusals"]["right"] == 1
    assert summary["latency_ms"]["whole_ms"] == {"p50": 10.0, "p95": 30.0}
    assert summary["totals"]["stale_answers"] == 1
    assert "refusals: 1 right, 0 wrong, 0 missed (precision 100%, recall 100%, F1 100%)" in lines(summary)


def test_two_runs_are_compared_question_by_question():
    found = compare_rows(rows(True, False, False), rows(False, True, True))
    assert [change["id"] for change in found["better"]] == ["q1", "q2"]
    assert [change["id"] for change in found["worse"]] == ["q0"]
    assert found["measures"]["correct"]["difference"] == pytest.approx(1 / 3)
    assert "better: 2" in comparison_lines(found)
    assert found["differing"] == 3
    # 2.8 * sqrt(1 / 3)
    assert found["detectable_difference"] == pytest.approx(1.617, abs=1e-3)
    assert compare_rows([], [])["detectable_difference"] is None


def test_the_readme_table_is_written_between_its_marks(tmp_path):
    found = {**summarise(rows(True, False)), "models": {"encoder": "tiny"}}
    where = {
        "commit": "abcdef0123456789",
        "processor": "cpu",
        "cores": 2,
        "memory_gb": 4,
        "peak_memory_mb": 512,
    }
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "results.json").write_text(json.dumps({**found, "environment": where}), encoding="utf-8")
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n", encoding="utf-8")
    assert markdown.main([str(readme), str(tmp_path / "sample")]) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- measured -->\n| | sample, 2 questions |\n|---|---|\n")
    assert text.endswith("<!-- /measured -->\nafter\n")
    assert "\nold\n" not in text
    assert "| right: latest | 1 of 2 |" in text
    assert "| whole answer, p50 / p95 | 10 / 20 ms |" in text
    assert markdown.main([str(readme), str(tmp_path / "none")]) == 1


def test_the_report_stands_alone_and_escapes_what_it_shows():
    wrong = replace(rows(False)[0], question="<script>alert(1)</script>")
    summary = summarise([wrong])
    settings = {"scope": "all", "questions": ["q0"]}
    where = {"commit": "abc", "changed_files": 0, "processor": "cpu"}
    html = page({**summary, "settings": settings, "models": {}, "environment": where}, [wrong])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "http" not in html.replace("http-equiv", "")
    assert html.count("<svg") == 4


@pytest.mark.parametrize(("most", "end"), [(738, "800"), (0.9, "1"), (5_216, "6,000"), (1_000, "1,000"), (0, "1")])
def test_an_axis_ends_at_a_number_whose_quarters_are_easy_to_read(most, end):
    assert f">{end}</text>" in curve([(0, 0)], "t", "x", "y", x_most=most).replace("100%", end if end == "1" else "")


def test_long_labels_stand_above_their_bars():
    assert 'text-anchor="end"' in bars([Bar("who", 1, "1")], 1, "t")
    assert 'text-anchor="end"' not in bars([Bar("refused: the right sentence led, too unsure", 1, "1")], 1, "t")


def test_two_runs_are_compared_by_cause():
    found = compare_rows(rows(True, False, False), rows(False, True, True))
    assert found["causes"] == {"other entry: evidence not found": (2, 1)}
    assert "     2    1  other entry: evidence not found" in comparison_lines(found)


def kept_run(folder, *right):
    folder.mkdir(parents=True)
    where = {"commit": f"{folder.parent.name:0<12}", "changed_files": 0}
    results = {**summarise(rows(*right)), "environment": where}
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    return folder


def test_causes_before_and_now_stand_side_by_side_and_before_is_remembered(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- causes -->\n<!-- /causes -->\nb\n", encoding="utf-8")
    old, new = kept_run(tmp_path / "aa" / "sample", False, False), kept_run(tmp_path / "bb" / "sample", True, False)
    assert causes_table.main([str(page), "--", str(new)]) == 1
    assert "keeps no counts from before" in capsys.readouterr().err
    assert causes_table.main([str(page), str(old), "--", str(new)]) == 0
    text = page.read_text(encoding="utf-8")
    assert (
        "| cause | sample, 2 questions: before | now |\n|---|---|---|\n| other entry: evidence not found | 2 | 1 |"
        in text
    )
    assert "| **all** | 2 | 1 |\n\nBefore: commit aa0000000000; now: commit bb0000000000." in text
    assert causes_table.main([str(page), "--", str(new)]) == 0
    assert page.read_text(encoding="utf-8") == text
