import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from quay import PAGE

from index.store import Store
from rag import cli

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def quay(tmp_path, monkeypatch):
    """Folder with one page in it, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Store that holds the page, made by the command with the bundled encoder."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "quay.txt").write_text(PAGE, encoding="utf-8")
    assert cli.main(["add", str(folder / "quay.txt"), "--store", str(folder / "coverage.store")]) == 0
    return folder / "coverage.store"


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def test_read_prints_one_object_for_each_source(quay, capsys):
    assert cli.main(["read", "quay.txt", "quay.txt", "--json"]) == 0
    first, second = objects(capsys.readouterr().out)
    assert first == second
    assert first["page"]["id"] == "quay.txt"
    times = [entry["published"] for entry in first["entries"] if entry["published"]]
    assert times == ["2024-05-02T10:30:00+01:00", "2024-05-02T09:10:00+01:00"]
    assert first["entries"][-1]["body"] == "Two boats have sunk in the harbour."


def test_read_prints_times_and_titles_for_people(quay, capsys):
    assert cli.main(["read", "quay.txt"]) == 0
    out = capsys.readouterr().out
    assert "  10:30 BST, 2 May 2024  Third boat lost\n" in out


def test_zone_and_date_fill_in_what_a_page_leaves_open(quay, capsys):
    Path("bare.txt").write_text("9:10am\n\nCalm seas.\n\n8:05am\n\nFog.\n", encoding="utf-8")
    args = ["read", "bare.txt", "--zone", "Europe/London", "--date", "2024-05-02", "--json"]
    assert cli.main(args) == 0
    (page,) = objects(capsys.readouterr().out)
    assert [e["published"] for e in page["entries"]] == [
        "2024-05-02T09:10:00+01:00",
        "2024-05-02T08:05:00+01:00",
    ]
    assert {e["zone_source"] for e in page["entries"]} == {"given"}


def test_a_missing_file_among_good_ones_is_named_and_the_rest_is_read(quay, capsys):
    assert cli.main(["read", "none.txt", "quay.txt", "--json"]) == 1
    out, err = capsys.readouterr()
    failed, page = objects(out)
    assert failed["source"] == "none.txt"
    assert len(page["entries"]) >= 2
    assert err.startswith("presstime: ")
    assert err.count("\n") == 1
    assert "none.txt" in err


def test_an_unknown_zone_is_named(quay, capsys):
    assert cli.main(["read", "quay.txt", "--zone", "Europe/Lundon"]) == 1
    assert "Europe/Lundon" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args",
    [
        ["frobnicate"],
        ["read"],
        ["ask"],
        ["read", "quay.txt", "--date", "2 May"],
        ["read", "quay.txt", "--frob"],
        ["watch", "quay.txt", "--every", "0"],
        ["serve", "--port", "99999"],
        ["eval", "q.jsonl", "--scope", "world"],
        ["eval", "compare", "a"],
        ["eval", "a.jsonl", "b.jsonl"],
    ],
)
def test_wrong_usage_has_exit_status_2(quay, args, capsys):
    assert cli.main(args) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_standard_input_is_a_source(quay):
    done = subprocess.run(
        [sys.executable, "-m", "rag.cli", "read", "-", "--json"],
        input=PAGE, capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert [e["title"] for e in json.loads(done.stdout)["entries"]][-1] == "Boats lost"


def test_help_names_every_command_and_loads_no_model():
    code = "import sys; from rag import cli; cli.main(['--help']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    for name in ("read", "add", "ask", "timeline", "watch", "serve", "eval", "info"):
        assert f"\n  {name} " in done.stdout
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize("args", [["info"], ["ask", "How many boats?"], ["timeline", "boats"]])
def test_a_missing_store_is_one_line_with_what_to_do(quay, args, capsys):
    assert cli.main([*args, "--store", "none.store"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("presstime: ")
    assert "none.store" in err
    assert "presstime add" in err
    assert err.count("\n") == 1
    assert not Path("none.store").exists()


def test_an_unexpected_error_is_one_line_too(quay, capsys, monkeypatch):
    monkeypatch.setattr(cli, "read_sources", lambda *args, **keywords: 1 / 0)
    monkeypatch.delenv("PRESSTIME_TRACEBACK", raising=False)
    assert cli.main(["read", "quay.txt"]) == 1
    assert capsys.readouterr().err.startswith("presstime: unexpected ZeroDivisionError: division by zero;")


@pytest.mark.model
def test_adding_again_changes_nothing(stored, capsys):
    page = stored.parent / "quay.txt"
    assert cli.main(["add", str(page), "--store", str(stored), "--json"]) == 0
    (report,) = objects(capsys.readouterr().out)
    assert report["added"] == report["changed"] == report["removed"] == []
    assert len(report["unchanged"]) >= 2


@pytest.mark.model
def test_adding_says_what_came_of_each_source(stored, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    sources = [str(tmp_path / "empty.txt"), str(stored.parent / "quay.txt")]
    assert cli.main(["add", *sources, "--store", str(stored)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("quay.txt: 0 added, 0 changed, ")
    assert "empty.txt" in err


@pytest.mark.model
def test_watching_keeps_adding_until_stopped_and_leaves_the_source_expected_live(quay):
    command = [sys.executable, "-m", "rag.cli", "watch", str(quay / "quay.txt"), "--every", "1"]
    process = subprocess.Popen(
        [*command, "--store", str(quay / "w.store")], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with process:
        try:
            lines = [process.stdout.readline() for _ in range(3)]
            (quay / "quay.txt").write_text(PAGE.replace("Two boats have", "Two small boats have"), encoding="utf-8")
            lines += [process.stdout.readline() for _ in range(2)]
            # Not SIGINT: a test run in the background of a shell hands that down as ignored.
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert [line.split(maxsplit=1)[1] if line[0].isdigit() else line for line in lines] == [
        "quay.txt: 2 added, 0 changed, 0 withdrawn\n",
        "  added     10:30 BST, 2 May 2024  Third boat lost\n",
        "  added     09:10 BST, 2 May 2024  Boats lost\n",
        "quay.txt: 0 added, 1 changed, 0 withdrawn\n",
        "  changed   09:10 BST, 2 May 2024  Boats lost\n",
    ]
    with Store.open(quay / "w.store") as store:
        assert [source.live for source in store.sources()] == [True]


@pytest.mark.model
def test_watching_once_looks_once_and_its_end_is_said(quay, capsys):
    watched = ["watch", "quay.txt", "none.txt", "--store", "w.store"]
    assert cli.main([*watched, "--once", "--json"]) == 1
    first, second = objects(capsys.readouterr().out)
    assert (len(first["added"]), first["withdrawn"], first["wait_s"]) == (2, [], 60)
    assert "none.txt does not exist" in second["error"]
    assert cli.main(["info", "--store", "w.store", "--json"]) == 0
    (facts,) = objects(capsys.readouterr().out)
    assert [s["source"] for s in facts["sources"]] == ["quay.txt", "none.txt"]
    assert facts["warnings"] == [f"none.txt was never fetched: 1 failure, the last one: {second['error']}"]
    assert cli.main([*watched, "--end"]) == 0
    assert cli.main(["info", "--store", "w.store"]) == 0
    assert capsys.readouterr().out.endswith("warnings: none\n")
    with Store.open("w.store") as store:
        assert [source.live for source in store.sources()] == [False, False]


@pytest.mark.model
def test_info_counts_pages_and_entries(stored, capsys):
    assert cli.main(["info", "--store", str(stored), "--json"]) == 0
    (facts,) = objects(capsys.readouterr().out)
    assert facts["pages"] == 1
    assert facts["page_list"][0]["id"] == "quay.txt"
    assert facts["page_list"][0]["newest"] == "2024-05-02T10:30:00+01:00"
    assert facts["page_list"][0]["entries"] == facts["entries"]


@pytest.mark.model
def test_ask_prints_the_answer_with_numbered_citations(stored, capsys):
    assert cli.main(["ask", "How many boats have sunk?", "--store", str(stored), "--generator", "none"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Three boats have sunk in the harbour")
    assert " [1]" in out.split("\n")[0]
    assert "\n[1] 10:30 BST, 2 May 2024  Third boat lost\n" in out


@pytest.mark.model
def test_as_of_hides_what_came_later(stored, capsys):
    args = ["ask", "How many boats have sunk?", "--store", str(stored), "--generator", "none", "--json"]
    assert cli.main([*args, "--as-of", "10:00"]) == 0
    (answer,) = objects(capsys.readouterr().out)
    assert "Two boats" in answer["text"]
    assert {c["label"] for c in answer["citations"]} == {"09:10 BST, 2 May 2024"}


@pytest.mark.model
def test_as_of_before_the_first_entry_says_so(stored, capsys):
    args = ["ask", "How many boats have sunk?", "--store", str(stored), "--generator", "none", "--json"]
    assert cli.main([*args, "--as-of", "08:00"]) == 0
    (answer,) = objects(capsys.readouterr().out)
    assert answer["status"] == "not_in_coverage"
    assert answer["citations"] == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "says"),
    [("", "empty"), (" \n ", "empty"), ("boats " * 1700, "characters")],
    ids=["no", "blank", "long"],
)
def test_an_empty_or_endless_question_is_refused_in_one_line(stored, question, says, capsys):
    assert cli.main(["ask", question, "--store", str(stored), "--generator", "none"]) == 1
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Pferde hat der König gekauft?",
        "市长昨天说了什么？",
        "<b onclick='alert(1)'>[bold]x[/bold]</b> {{7*7}}",
        "?!",
        "\u202e\u0000\u200b",
        "' OR 1=1; DROP TABLE entries; --",
        'NEAR("boats" AND * OR NOT (',
    ],
)
def test_a_question_the_coverage_cannot_answer_gets_a_clear_outcome(stored, question, capsys):
    status = cli.main(["ask", question, "--store", str(stored), "--generator", "none", "--json"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    if status == 0:
        (answer,) = objects(out)
        assert answer["status"] in {"answered", "quoted", "not_in_coverage"}
    else:
        assert (status, err.count("\n")) == (1, 1)


@pytest.mark.model
def test_an_unreadable_time_is_refused_in_one_line(stored, capsys):
    args = ["ask", "How many boats?", "--store", str(stored), "--generator", "none", "--as-of", "teatime-ish"]
    assert cli.main(args) == 1
    assert "teatime-ish" in capsys.readouterr().err


@pytest.mark.model
def test_timeline_tells_the_oldest_first(stored, capsys):
    assert cli.main(["timeline", "boats sunk", "--store", str(stored), "--json"]) == 0
    told = objects(capsys.readouterr().out)
    labels = [step["citations"][0]["label"] for step in told]
    assert labels.index("09:10 BST, 2 May 2024") < labels.index("10:30 BST, 2 May 2024")


def test_a_bad_question_file_is_named_with_line_and_field(quay, capsys):
    Path("q.jsonl").write_text('{"id": "q1", "kind": "riddle"}\n', encoding="utf-8")
    assert cli.main(["eval", "q.jsonl"]) == 1
    assert capsys.readouterr().err.startswith('presstime: q.jsonl, line 1, field "kind": "riddle": use one of fact, ')


@pytest.mark.model
def test_eval_writes_rows_results_and_a_page(stored, tmp_path, capsys):
    question = {
        "id": "q1", "page": "quay.txt", "question": "How many boats have sunk?", "answers": ["three"],
        "evidence": [{"published": "2024-05-02T10:30:00+01:00", "quote": "Three boats have sunk"}],
        "kind": "number", "as_of": None, "history": [],
    }  # fmt: skip
    (tmp_path / "q.jsonl").write_text(json.dumps(question), encoding="utf-8")
    args = ["eval", str(tmp_path / "q.jsonl"), "--store", str(stored), "--out", str(tmp_path / "run")]
    assert cli.main([*args, "--generator", "none", "--json"]) == 0
    (results,) = objects(capsys.readouterr().out)
    assert results["n"] == 1
    assert results["groups"]["answerable"]["right"] == 1
    assert results["environment"]["cores"] >= 1
    assert {p.name for p in (tmp_path / "run").iterdir()} == {
        "rows.jsonl", "results.json", "report.html", "settings.json",
    }  # fmt: skip
    assert cli.main(["eval", "compare", str(tmp_path / "run"), str(tmp_path / "run")]) == 0
    assert "questions in both runs: 1;" in capsys.readouterr().out
