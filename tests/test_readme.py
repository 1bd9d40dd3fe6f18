"""The README is true: its examples give their output, and every option and make target is named."""

import json
import re
from pathlib import Path

import pytest
import typer

from eval.examples import BLOCK, commands, run, sample_folder
from rag import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def options():
    group = typer.main.get_command(cli.app)
    for name, command in group.commands.items():
        for parameter in command.params:
            yield from ((name, option) for option in parameter.opts if option.startswith("--"))


def test_there_is_an_example_of_an_answer():
    shown = [command for block in BLOCK.findall(README) for command, _ in commands(block)]
    assert any(command.startswith("presstime ask ") for command in shown)


@pytest.mark.model
def test_the_examples_give_their_output():
    with sample_folder():
        for block in BLOCK.findall(README):
            for command, output in commands(block):
                assert run(command) == output, command


@pytest.mark.model
def test_the_python_examples_run(tmp_path, monkeypatch, capsys):
    page = "Fire live\n\nThursday 2 May 2024\n\n15:30\n\nTwelve people were injured, the mayor said.\n"
    question = {
        "id": "q1", "page": "page.txt", "question": "Who lit it?", "answers": [], "evidence": [],
        "kind": "unanswerable",
    }  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(page, encoding="utf-8")
    Path("questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    names = {}
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(block, names)
    said, scored = capsys.readouterr().out.splitlines()
    assert "Twelve people were injured" in said
    assert scored == "1 of 1"


@pytest.mark.parametrize(("command", "option"), sorted(set(options())))
def test_every_option_is_documented(command, option):
    assert re.search(rf"`[^`]*{option}\b[^`]*`", README), f"{option} of presstime {command}"


def test_every_command_is_documented():
    group = typer.main.get_command(cli.app)
    assert [name for name in group.commands if f"`presstime {name}" not in README] == []


def test_the_make_targets_it_names_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", README))
    assert named <= targets
    assert {"run", "test", "check", "bench"} <= targets
