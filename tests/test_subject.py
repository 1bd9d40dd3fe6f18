"""Follow-up questions carry the subject of the conversation over; new subjects do not."""

import pytest

from rag.asking.subject import MAX_EARLIER_CHARS, leans, read_subject, repeats

HISTORY = [
    (
        "Who was the skipper of the Morning Lass?",
        "Tomas Brandt, the skipper, was found dead. [16:05 GMT, 12 November 2026]",
    )
]


@pytest.mark.parametrize(
    "question",
    [
        "And how many were children?",
        "Who said that?",
        "What about Skelby?",
        "How old was he?",
        "Where did they go?",
        "Why?",
        "When was it found?",
        "How many others were saved?",
    ],
)
def test_a_question_that_points_back_leans_on_the_last_turn(question):
    assert leans(question)
    subject = read_subject(question, HISTORY)
    assert subject.earlier == HISTORY[0][0]
    assert subject.search.startswith(question)
    assert "Morning Lass" in subject.search and "Brandt" in subject.search
    assert "Lass" in subject.ask or "Brandt" in subject.ask


@pytest.mark.parametrize(
    "question",
    [
        "How many homes in Tarnwick lost power?",
        "Which railway line was blocked by the landslip?",
        "What gust was measured on Gull Head?",
    ],
)
def test_a_question_of_its_own_leaves_the_conversation(question):
    subject = read_subject(question, HISTORY)
    assert (subject.search, subject.ask) == (question, question)
    assert subject.earlier == subject.earlier_answer == ""


def test_a_pronoun_does_not_bind_a_question_that_names_its_own_subject():
    question = "Did Helen Strand say that Averon County Council would reopen Mill Lane tonight?"
    assert read_subject(question, HISTORY).earlier == ""


def test_without_history_every_question_stands_alone():
    assert read_subject("And how many were children?", []).search == "And how many were children?"


def test_stamps_of_the_earlier_answer_are_left_out():
    subject = read_subject("How old was he?", HISTORY)
    assert "16:05" not in subject.search and "November" not in subject.ask
    assert "16:05" not in subject.earlier_answer


def test_a_long_earlier_answer_is_cut():
    subject = read_subject("How old was he?", [("Who was it?", "Brandt " * 500)])
    assert len(subject.earlier_answer) <= MAX_EARLIER_CHARS


def test_a_chain_of_follow_ups_reaches_the_question_that_named_the_subject():
    history = [*HISTORY, ("How old was he?", "He was 58.")]
    subject = read_subject("And where was he found?", history)
    assert "Morning Lass" in subject.earlier


@pytest.mark.parametrize(
    ("marked", "earlier", "again"),
    [
        (("Tomas Brandt",), "Tomas Brandt was found dead.", True),
        (("brandt",), "Tomas Brandt was found dead.", True),
        (("58",), "Tomas Brandt was found dead.", False),
        (("Tomas Brandt, 58",), "Tomas Brandt was found dead.", False),
        ((), "Tomas Brandt was found dead.", False),
    ],
)
def test_an_answer_that_only_repeats_the_earlier_one_is_known(marked, earlier, again):
    assert repeats(marked, earlier) is again
