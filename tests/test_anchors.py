"""Moments named by an event: what is left of the question, and which side of the event is asked about."""

from rag.asking.anchors import read_anchor


def test_a_question_about_the_time_before_an_event_names_it():
    anchor = read_anchor("How many were hurt before the press conference started?")
    assert (anchor.event, anchor.rest, anchor.later) == (
        "the press conference started", "How many were hurt?", False,
    )  # fmt: skip


def test_since_an_event_is_the_later_side():
    anchor = read_anchor("What has the mayor said since the bridge was closed?")
    assert (anchor.event, anchor.later) == ("the bridge was closed", True)


def test_a_question_about_the_event_itself_has_no_anchor():
    assert read_anchor("When the race started, who led?") is None
    assert read_anchor("Who started the fire?") is None
    assert read_anchor("Before the match ended?") is None
