from rag.reader import Found, Span
from training.mine import mined
from training.records import Example


class Chooses:
    """A reader that chooses the same offsets everywhere."""

    name = "chooses"

    def __init__(self, start, end):
        self.chosen = Found((Span(start, end, 1.0),))

    def read(self, question, passages, *, top_k=8):
        return [self.chosen for _ in passages]


def example(spans, split="train", every=False):
    return Example("Who came?", "10:00 GMT", "Ann came. Bo left.", spans, "pages", split, "g", every)


def test_words_that_are_not_the_answer_are_not_enough():
    (pair,) = mined(Chooses(10, 12), [example(((0, 3),))])
    assert (pair.claim, pair.label, pair.evidence) == ("Who came? Bo", 2, "Ann came. Bo left.")


def test_words_that_meet_the_answer_are_supported():
    (pair,) = mined(Chooses(0, 8), [example(((0, 3),))])
    assert (pair.claim, pair.label) == ("Who came? Ann came", 0)


def test_a_question_without_answer_makes_whatever_was_chosen_not_enough():
    assert [p.label for p in mined(Chooses(0, 3), [example(())])] == [2]


def test_part_of_a_list_and_held_out_questions_make_no_pair():
    whole = ((0, 3), (10, 12))
    assert list(mined(Chooses(0, 3), [example(whole, every=True), example(((0, 3),), split="test")])) == []
