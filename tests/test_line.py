"""The line before the questions: fair, bounded, and left by those who go."""

from __future__ import annotations

import threading

import pytest

from index.errors import BusyError
from rag.page.line import Line


def test_those_who_came_first_are_first():
    line = Line(places=2)
    with line.join() as a, line.join() as b:
        with line.join() as c, line.join() as d:
            assert [ticket.ahead() for ticket in (a, b, c, d)] == [0, 0, 1, 2]


def test_place_is_freed_when_its_holder_leaves():
    line = Line(places=1)
    with line.join() as waiting_for_nobody:
        assert waiting_for_nobody.ahead() == 0
        seen = []
        with line.join() as second:
            assert second.ahead() == 1
            seen.append(second.ahead(timeout_s=0.01))
        assert seen == [1]
    assert len(line) == 0


def test_who_waits_is_woken_when_the_turn_comes():
    line = Line(places=1)
    stood, done = threading.Event(), []

    def second():
        with line.join() as ticket:
            stood.set()
            done.append(ticket.ahead(timeout_s=10))

    with line.join():
        thread = threading.Thread(target=second)
        thread.start()
        assert stood.wait(10)
    thread.join(10)
    assert done == [0]


def test_full_line_turns_the_next_one_away_with_what_to_do():
    line = Line(places=1, max_waiting=1)
    with line.join(), line.join(), pytest.raises(BusyError, match="1 are waiting"), line.join():
        pass
    with line.join() as ticket:
        assert ticket.ahead() == 0


def test_steps_are_made_in_threads_that_live_on():
    line = Line(places=1)

    def made():
        for _ in range(3):
            yield threading.get_ident()

    first, second = list(line.steps(made())), list(line.steps(made()))
    assert len(first) == 3
    assert set(first) == set(second) != {threading.get_ident()}


def test_a_step_that_hangs_holds_nobody_else_up():
    line, free = Line(places=1), threading.Event()

    def hanging():
        free.wait(30)
        yield "late"

    stuck = threading.Thread(target=lambda: list(line.steps(hanging())), daemon=True)
    stuck.start()
    assert list(line.steps(iter(["at once"]))) == ["at once"]
    free.set()
    stuck.join(10)


def test_an_error_in_a_step_reaches_who_asked():
    def broken():
        yield 1
        raise BusyError("no more")

    with pytest.raises(BusyError, match="no more"):
        list(Line(places=1).steps(broken()))
