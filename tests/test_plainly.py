"""Questions in terms that reports do not use are put in the reports' own; all others stay as they are."""

import pytest

from rag.asking.plainly import plainly


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("who was the only source for the raid?", "who reported the raid?"),
        ("So which agency is the source of the figure?", "So which agency reported the figure?"),
        ("Which BBC journalist was on the ground in Norby?", "who is reporting from Norby?"),
        ("which reporter is outside the court?", "who is reporting from the court?"),
    ],
)
def test_who_told_it_is_who_reported_it(question, plain):
    assert plainly(question) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Which reporter was arrested in Norby?",
        "What is the source of the river?",
        "Who was the source?",
        "Which official source confirmed it?",
        "How many journalists were in the square?",
    ],
)
def test_other_questions_stay(question):
    assert plainly(question) == question
