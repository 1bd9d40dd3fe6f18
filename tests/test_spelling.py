"""A word that is one letter away from one of the coverage is read as that, and the answer says so."""

import pytest
from storm import STORM

from index.store import Store
from rag.answering import Assistant
from rag.asking.spelling import mended

WORDS = frozenset("how many schools stayed shut all day bride bridge which brings".split())


def read(question, **used):
    return mended(question, WORDS.__contains__, lambda word: used.get(word, 0))


@pytest.mark.parametrize("slip", ["schols", "schoools", "shcools", "scgools"])
def test_a_letter_left_out_put_in_swapped_or_changed_is_mended(slip):
    assert read(f"how many {slip} stayed shut?", schools=3) == (
        "how many schools stayed shut?",
        ((slip, "schools"),),
    )


def test_words_that_are_known_or_used_or_names_stay():
    assert read("which bride stayed?", bridge=5) == ("which bride stayed?", ())
    assert read("which schols?", schols=1, schools=5) == ("which schols?", ())
    assert read("which Schols?", schools=5) == ("which Schols?", ())
    assert read("which schols?") == ("which schols?", ())


def test_another_ending_of_a_word_is_no_slip():
    assert mended("bridging", {"bridgings"}.__contains__, lambda word: 3) == ("bridging", ())


def test_the_answer_says_what_was_read(tmp_path):
    with Store.open(tmp_path / "store") as store:
        store.add(STORM)
        desk = Assistant(store, generator="none")
        answer = desk.ask("what time was the bridgge shut?")
        plain = desk.ask("what time was the bridge shut?")
        unseen = desk.ask("what time was the bridgge shut?", as_of="4 March 2031 08:00 GMT")
    assert answer.question == "what time was the bridgge shut?"
    assert answer.notices[0] == "Read “bridgge” as “bridge”."
    assert answer.text == plain.text
    assert not any("Read" in notice for notice in unseen.notices)
