"""A word that is one letter away from one of the coverage is read as that, and the answer says so."""

import pytest
from storm import STORM

from index.store import Store
from rag.answering import Assistant
from rag.asking.spelling import mended


def read(question, **used):
    return mended(question, {"favourite"}.__contains__, lambda word: used.get(word, 0))


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
    assert read("how many were tallied?", rallied=5) == ("how many were tallied?", ())
    assert read("which favourite?", favorite=5) == ("which favourite?", ())


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
