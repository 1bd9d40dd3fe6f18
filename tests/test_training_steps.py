"""All of training in one command: the steps feed one another, and what is done is not done again."""

import pytest

from training.__main__ import Step, main, run, steps


def test_each_step_reads_what_an_earlier_one_left(tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    left = {str(data)}
    for step in steps(data, out, 1.0, 7, gpu=False):
        used = [a for a in step.arguments if a.startswith(str(tmp_path))]
        made = {str(step.makes)} if step.makes else set()
        assert {a for a in used if a not in made} <= left
        left |= made


def test_a_gpu_takes_larger_batches(tmp_path):
    assert any("16384" in s.arguments for s in steps(tmp_path, tmp_path, 1.0, 7, gpu=True))
    assert not any("16384" in s.arguments for s in steps(tmp_path, tmp_path, 1.0, 7, gpu=False))


def test_what_is_left_already_is_not_made_again(tmp_path):
    done = []

    def write(arguments):
        done.append(arguments)
        (tmp_path / arguments[0]).touch()
        if done == [("a",), ("b",)]:
            raise KeyboardInterrupt

    todo = [Step(write, ("a",), tmp_path / "a"), Step(write, ("b",), tmp_path / "b"), Step(write, ("c",))]
    with pytest.raises(KeyboardInterrupt):
        run(todo)
    run(todo)
    assert done == [("a",), ("b",), ("b",), ("c",)]


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path / "nowhere")])
    assert "nowhere is no folder" in capsys.readouterr().err
