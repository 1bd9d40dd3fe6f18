"""Wordings that newsrooms use for one thing are one key, names beside them are kept, and one kind is not another."""

import pytest

from rag.facts.senses import asked_keys, asked_things, held_keys, senses


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("The council has corrected the number of rejected ballots to 103.", "spoilt"),
        ("How many votes in Norby do not count?", "spoilt"),
        ("135 ballots in Norby have been thrown out.", "spoilt"),
        ("How many went to vote?", "turnout"),
        ("Water has entered 753 homes.", "flooded"),
        ("The meeting of the two sides is at noon.", "talks"),
        ("The red warning ran out at three.", "end"),
        ("Kestrel left the pad at nine.", "start"),
        ("Prices in the region rose by 3.9 per cent.", "inflation"),
    ],
)
def test_wordings_of_a_sense(text, sense):
    assert sense in senses(text)


def test_a_word_within_a_wording_that_says_more_is_no_sense_of_its_own():
    assert "votes" not in senses("How many went to vote?")
    assert "votes" not in senses("135 ballots were rejected.")
    assert "votes" in senses("56 per cent of votes have been counted.")
    assert "end" not in senses("They ran out of water.")


def test_a_name_within_a_wording_is_kept():
    assert asked_keys("How many votes in Norby do not count?") == ("~spoilt", "norby")


def test_one_kind_of_boat_is_not_the_other():
    assert asked_things("Is the fishing vessel safe?") == {"~trawler"}
    assert not asked_things("Is the fishing vessel safe?") & held_keys("The ferry has been delayed.")
    assert asked_things("Is the boat safe?") & held_keys("The ferry has been delayed.")
    assert asked_things("Is the boat safe?") & held_keys("The trawler is in port.")
