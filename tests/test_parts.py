"""Questions of two parts are split where a second question begins; one question stays one."""

import pytest

from rag.asking.parts import split_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Until when was the road to be shut, and when did it open?",
            ("Until when was the road to be shut?", "when did it open?"),
        ),
        (
            "Who leads the council and what did she promise?",
            ("Who leads the council?", "what did she promise?"),
        ),
    ],
)
def test_two_questions_are_two_parts(question, parts):
    assert split_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the council?",
        "What did Hill and Dale say?",
        "What happened, and when?",
        "How many were killed and injured?",
    ],
)
def test_one_question_is_not_split(question):
    assert split_parts(question) == ()
