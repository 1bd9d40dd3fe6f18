"""Writing questions: by a script of answers, through a pipe, and from what readers said."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quay import PAGE

from eval.drafting import Alike, QuestionFile, sentence_with, stands_in, suggested_kind
from eval.questions import load_questions
from eval.writing import Session, main, write, write_feedback
from index.errors import QuestionError
from index.reading import read_source
from index.records import Feedback
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def store(tmp_path, tiny_encoder):
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    with Store.open(tmp_path / "store", encoder=tiny_encoder) as kept:
        kept.add(read_source(tmp_path / "quay.txt"))
        yield kept


class Script:
    """Gives answers in order, then ends as a pipe does; keeps what it was told and asked."""

    def __init__(self, *lines):
        self.lines = list(lines)
        self.told = []
        self.asked = []

    def ask(self, prompt):
        self.asked.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def tell(self, text):
        self.told.append(text)


def session(store, path, script):
    file = QuestionFile(path)
    alike = Alike(store.encoder, [(item.id, item.question) for item in file.items])
    return Session(store, file, alike, script.ask, script.tell)


def run(store, path, *lines):
    script = Script(*lines)
    write(session(store, path, script), store.entries())
    return script


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_question_its_evidence_and_its_twin_are_kept(store, tmp_path):
    path = tmp_path / "q.jsonl"
    run(store, path, "How many boats have sunk?", "three", "3|", "", "", "", "Who owns the boats?")
    first, twin = rows(path)
    assert first == {
        "id": "quay-001", "page": "quay.txt", "question": "How many boats have sunk?", "answers": ["three", "3"],
        "evidence": [{
            "published": "2024-05-02T10:30:00+01:00",
            "quote": "Three boats have sunk in the harbour, the harbour master Ann Lee said.",
        }],
        "kind": "number", "as_of": None, "history": [],
    }  # fmt: skip
    assert (twin["id"], twin["kind"], twin["note"]) == ("quay-002", "unanswerable", "twin of quay-001")
    assert [item.answerable for item in load_questions(path)] == [True, False]


def test_a_quote_that_does_not_stand_in_the_entry_is_asked_for_again(store, tmp_path):
    path = tmp_path / "q.jsonl"
    script = run(store, path, "Who said so?", "harbourmaster", "", "Nine boats sank", "Ann Lee\n said.", "", "", "")
    assert any("does not stand in the entry: 'Nine boats sank'" in text for text in script.told)
    assert any("no run of the quote's words" in text for text in script.told)
    assert rows(path)[0]["evidence"][0]["quote"] == "Ann Lee\n said."


def test_near_duplicates_are_shown_and_left_out_unless_wanted(store, tmp_path):
    path = tmp_path / "q.jsonl"
    asked = ("How many boats have sunk?", "", "boats have sunk how many?", "n", "How many boats have sunk?", "y", "")
    script = run(store, path, *asked)
    assert [row["id"] for row in rows(path)] == ["quay-001", "quay-002"]
    assert "much like quay-001 (1.00): How many boats have sunk?" in script.told


def test_a_time_that_cannot_be_read_and_an_unknown_kind_are_asked_for_again(store, tmp_path):
    path = tmp_path / "q.jsonl"
    lines = ("How many boats have sunk?", "three", "", "", "noonish", "10:45", "riddle", "as_of", "")
    script = run(store, path, *lines)
    (row,) = rows(path)
    assert (row["kind"], row["as_of"]) == ("as_of", "2024-05-02T10:45:00+01:00")
    assert any("'riddle' is no kind" in text for text in script.told)
    assert any("noonish" in text for text in script.told)


def test_a_follow_up_keeps_the_turn_before_it(store, tmp_path):
    path = tmp_path / "q.jsonl"
    run(store, path, "And who said it?", "Ann Lee", "", "", "", "follow_up", "How many?", "Three.", "")
    assert rows(path)[0]["history"] == [["How many?", "Three."]]


def test_a_pipe_that_ends_in_the_middle_keeps_what_was_whole(store, tmp_path):
    path = tmp_path / "q.jsonl"
    run(store, path, "Who owns the boats?", "", "How many boats have sunk?", "three")
    assert [row["question"] for row in rows(path)] == ["Who owns the boats?"]


def test_a_file_is_added_to_without_losing_or_repeating_anything(store, tmp_path):
    path = tmp_path / "q.jsonl"
    run(store, path, "Who owns the boats?", "")
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    run(store, path, "Where is the mayor?", "")
    assert [row["id"] for row in rows(path)] == ["quay-001", "quay-002"]
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(QuestionError, match='line 1, field "kind"'):
        QuestionFile(path)


def test_sentences_and_kinds_are_found_by_hand(store):
    entry = store.entries()[0]
    assert sentence_with("ann lee", entry).startswith("Three boats have sunk")
    assert sentence_with("third boat", entry) == "Third boat lost"
    assert sentence_with("nine", entry) == ""
    assert stands_in("harbour,  the harbour", entry)
    assert not stands_in(" ", entry)
    assert suggested_kind("Who said so?", answered=True, as_of=None) == "who"
    assert suggested_kind("What is the latest death toll?", answered=True, as_of=None) == "latest"
    assert suggested_kind("Who?", answered=False, as_of=None) == "unanswerable"


def said(name, question, answer, status, good, minute, **more):
    at = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
    return Feedback(name, at, question, answer, status, good, pages=("quay.txt",), **more)


def test_what_readers_said_becomes_drafts_once(store, tmp_path):
    entry = store.entries()[0]
    reply = "Three boats have sunk in the harbour, the harbour master Ann Lee said. [10:30 BST, 2 May 2024]"
    store.add_feedback(said("f1", "How many?", reply, "quoted", True, 1, cited=(entry.id,)))
    store.add_feedback(said("f2", "Who said?", "A diver.", "answered", False, 2, correction="Ann Lee", reason="wrong"))
    store.add_feedback(said("f3", "Who owns them?", "Not in the coverage.", "not_in_coverage", True, 3))
    store.add_feedback(said("f4", "Where is it?", "Not in the coverage.", "not_in_coverage", False, 4))
    store.add_feedback(said("f5", "How deep?", "x", "answered", False, 5, correction="nine metres"))
    store.add_feedback(
        said("f6", "How many as of then?", "Two boats have sunk in the harbour.", "quoted", True, 6, as_of="09:30")
    )
    path = tmp_path / "q.jsonl"
    script = Script()
    assert write_feedback(session(store, path, script)) == 2
    kept = rows(path)
    assert [row["feedback"] for row in kept] == ["f1", "f2", "f3", "f6"]
    assert [row["kind"] for row in kept] == ["number", "who", "unanswerable", "as_of"]
    assert kept[0]["answers"] == ["Three boats have sunk in the harbour, the harbour master Ann Lee said."]
    assert (kept[1]["answers"], kept[1]["note"]) == (["Ann Lee"], "draft; called wrong by a reader: wrong")
    assert kept[3]["as_of"] == "2024-05-02T09:30:00+01:00"
    assert kept[3]["evidence"][0]["published"] == "2024-05-02T09:10:00+01:00"
    told = "\n".join(script.told)
    assert "needs a person: Where is it? (it was called wrong, and nobody said what is right)" in told
    assert "needs a person: How deep? (no entry holds 'nine metres')" in told
    assert write_feedback(session(store, path, Script())) == 2
    assert len(rows(path)) == 4


@pytest.mark.model
def test_the_command_writes_from_a_pipe(tmp_path):
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    with Store.open(tmp_path / "store") as kept:
        kept.add(read_source(tmp_path / "quay.txt"))
    lines = ["How many boats have sunk?", "three", "3", "", "", "", "", "How many boats sank?", "n"]
    command = ["questions", "write", str(tmp_path / "store"), "--out", "q.jsonl", "--page", "quay.txt"]
    done = subprocess.run(
        [sys.executable, "-m", "rag.cli", *command], cwd=tmp_path, input="\n".join(lines) + "\n", text=True,
        capture_output=True, timeout=120, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert [row["answers"] for row in rows(tmp_path / "q.jsonl")] == [["three", "3"]]
    assert "much like quay-001" in done.stderr
    assert done.stderr.endswith("q.jsonl: 1 questions, 1 with an answer\n")


def test_a_store_or_page_that_is_not_there_is_named(store, tmp_path, capsys):
    assert main([str(tmp_path / "none"), "--out", str(tmp_path / "q.jsonl")]) == 1
    assert "none" in capsys.readouterr().err
