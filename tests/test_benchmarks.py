"""Public sets: their protocols worked out by hand, their formats read, and what is missing named."""

import gzip
import json

import pytest

from eval.benchmarks import __main__ as command
from eval.benchmarks import nq, qamr, squad2, timeqa, vitaminc
from eval.benchmarks.held_out import split_of
from eval.benchmarks.reading import Case, figures, give, sampled
from eval.benchmarks.squad_script import Given, best_line, exact, f1
from eval.benchmarks.treebank import detokenize, token_span
from index.errors import ModelError
from rag.judge import Verdict
from rag.reader import Found, Passage, Span


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def objects(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path):
    """One row or two of each set, in its published format."""
    answer = {"text": "two boats", "answer_start": 0}
    asked = {"question": " How many? ", "id": "1", "answers": [answer], "is_impossible": False}
    unasked = {"question": "Who?", "id": "2", "answers": [], "is_impossible": True}
    paragraph = {"context": "two boats sank", "qas": [asked, unasked]}
    articles = [{"title": title, "paragraphs": [paragraph]} for title in ("Force", "Steam_engine")]
    put(tmp_path / squad2.FILE, json.dumps({"data": articles}))
    put(tmp_path / qamr.SENTENCES, "a:b:c:1\tTwo boats sank , Ann said .\n")
    cells = ["a:b:c:1", "0", "1", "2", "1", "What sank?", "0 1", "7:0 1", "8:Invalid", "9:0 2"]
    put(tmp_path / qamr.QUESTIONS[0], "\t".join(cells) + "\n")
    put(tmp_path / qamr.QUESTIONS[1], "")
    row = {"question": "who sank", "answers": ["two boats"], "ctxs": [{"title": "Boats", "text": "two boats sank"}]}
    put(tmp_path / nq.FILE, objects(row))
    paragraphs = [
        {"text": "short"},
        {"text": "In 1811 Ann Lee owned the quay. " * 3},
        {"text": "Bo had it later. " * 6},
    ]
    row = {"idx": "/wiki/The_Quay#P1#0", "question": "Who owned it in 1811?", "targets": ["Ann Lee"]}
    lost = {"idx": "/wiki/The_Quay#P1#1", "question": "Who owned it in 1700?", "targets": [""]}
    for name in timeqa.FILES.values():
        put(tmp_path / name, objects({**row, "paragraphs": paragraphs}, {**lost, "paragraphs": paragraphs}))
    claims = [("Two boats sank .", "SUPPORTS"), ("Nine boats sank .", "REFUTES"), ("Ann sank .", "NOT ENOUGH INFO")]
    evidence = "Two boats sank , Ann said ."
    rows = [{"claim": c, "evidence": evidence, "label": label, "page": "Quay"} for c, label in claims]
    put(tmp_path / vitaminc.FILE, objects(*rows))
    return tmp_path


class Pointing:
    """Finds the words it is given, surer the earlier they are among them; nothing else."""

    name = "pointing"

    def __init__(self, *words):
        self.words = words

    def read(self, question, passages, *, top_k=8):
        return [self._found(p.text) for p in passages]

    def _found(self, text):
        at = [(text.find(w), w, 5.0 - i) for i, w in enumerate(self.words) if w in text]
        return Found(tuple(Span(start, start + len(w), margin) for start, w, margin in at[:1]))


class Reciting:
    """Gives the same verdict to all claims."""

    name = "reciting"

    def __init__(self, verdict):
        self.verdict = verdict

    def judge(self, pairs):
        return [self.verdict for _ in pairs]


def test_the_squad_script_by_hand():
    assert exact("The two boats!", ["two boats", "boats"]) == 1
    assert exact("boats", []) == 0
    assert exact("", []) == 1
    # one of two words is right, of one that is wanted: 2 * 1 / 3
    assert f1("two ships", ["ships", "none"]) == pytest.approx(2 / 3)
    assert f1("", ["two"]) == 0
    assert f1("", []) == 1


def test_the_best_line_gives_the_highest_mean():
    given = [Given("a", 3.0, ("a",)), Given("b", 2.0, ("b",)), Given("c", 1.0, ()), Given("d", -1.0, ("x",))]
    line, best = best_line(given)
    assert 1 < line < 2
    assert best == 0.75  # a, b and the unanswerable one; at line 0 only a and b
    assert figures(given, 0.0)["f1"] == [1, 1, 0, 0]
    assert figures(given, 0.0)["best_f1"] == [1, 1, 1, 0]
    assert best_line([Given("a", -1.0, ())]) == (-1.0, 1.0)


def test_the_surest_span_of_all_passages_counts():
    case = Case("Who?", (Passage("", "Bo came."), Passage("", "Then Ann came."), Passage("", "Nobody.")), ("Ann",))
    assert list(give(Pointing("Ann", "Bo"), [case])) == [Given("Ann", 5.0, ("Ann",))]
    assert next(give(Pointing("Eve"), [case])).margin == float("-inf")


def test_a_draw_is_repeatable():
    assert sampled(range(100), 5) == sampled(range(100), 5)
    assert sampled(range(3), 5) == sampled(range(3), None) == [0, 1, 2]


def test_a_group_falls_on_one_side_for_ever():
    assert [split_of(name) for name in ("nq:Boats", "nq:Quay 15")] == ["test", "train"]
    held_out = sum(split_of(f"page {i}") == "test" for i in range(2_000))
    assert 150 < held_out < 250


def test_tokens_become_text_and_keep_their_places():
    text, spans = detokenize(["``", "No", "''", ",", "Ann", "'s", "boat", "-LRB-", "red", "-RRB-", "sank", "."])
    assert text == '"No", Ann\'s boat (red) sank.'
    assert text[slice(*token_span("4 5 6", spans))] == "Ann's boat"
    assert token_span("4 6", spans) is None
    assert token_span("40", spans) is None


def test_squad_reports_the_held_out_articles_alone(data):
    assert [case.answers for case in squad2.load(data)] == [("two boats",), ()]
    assert len(list(squad2.load(data, everything=True))) == 4
    found = squad2.measure(Pointing("two boats"), data, everything=False, limit=None, line=0.0)
    assert (found["exact"], found["HasAns_exact"], found["NoAns"]) == ([1, 0], [1], [0])


def test_qamr_takes_every_annotators_answer_that_has_no_gap(data):
    (case,) = qamr.load(data, everything=True)
    assert (case.question, case.passages[0].text, case.answers) == (
        "What sank?",
        "Two boats sank, Ann said.",
        ("Two boats",),
    )


def test_nq_asks_whether_the_answer_stands_in_what_was_given(data):
    found = nq.measure(Pointing("two boats sank"), data, everything=True, limit=None, line=0.0)
    assert (found["exact"], found["holds_answer"]) == ([0], [1])


def test_timeqa_reads_the_whole_article_and_has_questions_without_an_answer(data):
    found = timeqa.measure(Pointing("Ann Lee", "Bo"), data, everything=True, limit=None, line=0.0)
    assert (found["easy_exact"], found["hard_NoAns"]) == ([1, 0], [0])
    case = next(timeqa.load(data / timeqa.FILES["easy"], everything=True))
    assert (case.passages[0].context, len(case.passages)) == ("The Quay", 2)


def test_vitaminc_counts_verdicts(data):
    found = vitaminc.measure(Reciting(Verdict(0.8, 0.1, 0.1)), data, everything=True, limit=None)
    assert found["accuracy"] == [1, 0, 0]
    assert found["recall_refutes"] == [0]
    # one verdict of three has F1 = 2 * 1 / (3 + 1); the others 0
    assert found["macro_f1"] == [pytest.approx(1 / 6)]


def test_a_set_that_is_not_there_and_a_missing_judge_are_named(tmp_path, monkeypatch, capsys):
    def no_judge(name=None, reader=None):
        raise ModelError("nothing to judge with")

    monkeypatch.setattr(command, "load_judge", no_judge)
    monkeypatch.setattr(command, "load_reader", lambda name: Pointing())
    assert command.main(["squad2", "vitaminc", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("squad2: ") and "squad2-part.json.gz is not there" in said[0]
    assert said[1].startswith("vitaminc: no judge is installed")


def test_what_was_measured_is_printed_with_its_need_and_interval(data, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_reader", lambda name: Pointing("two boats"))
    assert command.main(["squad2", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"squad2 (held out, pointing): {squad2.NEEDS}\n  {squad2.PROTOCOL}\n")
    assert "  exact                     50.0  (0.0 to 100.0)  n 2\n" in out
    assert command.main(["squad2", "--data", str(data), "--json"]) == 0
    where, found = map(json.loads, capsys.readouterr().out.splitlines())
    assert "commit" in where
    assert found["measures"]["NoAns"]["n"] == 1


@pytest.mark.parametrize("part", [squad2, qamr, nq, timeqa, vitaminc])
def test_the_real_sets_are_read(part, shared):
    folder = shared / "data"
    if not folder.is_dir():
        pytest.skip("the public sets are not beside this checkout")
    rows = list(part.load(folder / part.FILES["easy"] if part is timeqa else folder))
    assert len(rows) > 100
