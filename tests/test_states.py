"""How things stand, when they happened and when they were first told, by the sentences nearest in meaning."""

from datetime import UTC, datetime

import pytest

from index.records import Entry
from rag.facts.states import asks_state, first_told, state_of, when_happened


def entry(clock, body, title="Norby"):
    hour, minute = (int(x) for x in clock.split(":"))
    return Entry(clock, "p", 0, published=datetime(2031, 3, 4, hour, minute, tzinfo=UTC), title=title, body=body)


LEAK = entry("07:40", "The flood wall in Norby is leaking and crews are at work.")
FELL = entry("08:45", "The flood wall in Norby has collapsed. Tea is being served.")
SEALED = entry(
    "10:15", "The flood wall in Norby has been sealed. We reported earlier that the flood wall in Norby fell."
)
REPRINT = entry("11:00", "The flood wall in Norby has collapsed.", title="In case you missed it")
ALL = [LEAK, FELL, SEALED, REPRINT]


def test_the_newest_sentence_about_the_subject_says_how_it_stands(tiny_encoder):
    found = state_of("Is the flood wall in Norby holding?", ALL, tiny_encoder)
    assert found.evidence.text == "The flood wall in Norby has been sealed."


def test_a_subject_that_no_entry_names_has_no_state(tiny_encoder):
    assert state_of("Is the flood wall in Selby holding?", ALL, tiny_encoder) is None


def test_when_something_happened_is_told_by_a_sentence_with_its_time(tiny_encoder):
    plan = entry("06:00", "The flood wall in Norby will be raised at 9am.")
    told = entry("09:30", "The flood wall in Norby collapsed at about 8.30am.")
    found = when_happened("When did the flood wall in Norby collapse?", [*ALL, plan, told], tiny_encoder)
    assert found.entry.id == "09:30"
    assert found.evidence.marked == ("about 8.30am",)


def test_the_first_entry_that_tells_a_figure_is_the_one_that_reported_it(tiny_encoder):
    eight = entry("09:00", "Eight people have died in Norby.")
    ten = entry("10:00", "Ten people have died in Norby, up from eight.")
    again = entry("11:00", "In Norby ten people have died.")
    found = first_told("ten people had died in Norby", [eight, ten, again], tiny_encoder)
    assert found.entry.id == "10:00"


@pytest.mark.parametrize("question", ["Is the bridge open?", "What state is the ship in?", "the latest on the talks"])
def test_questions_of_state_are_known(question):
    assert asks_state(question)
    assert not asks_state("Who leads the council?")


def test_the_end_is_not_told_by_the_start(tiny_encoder):
    begun = entry("09:00", "Loading the barge has begun.")
    done = entry("11:00", "Loading the barge is done.")
    asked = "post about loading the barge being finished"
    assert first_told(asked, [begun, done], tiny_encoder).entry.id == "11:00"


def test_a_correction_is_found_though_it_looks_back(tiny_encoder):
    news = entry("09:00", "Entry to the lighthouse costs nine pounds.", title="What it costs")
    fix = entry("10:00", "An earlier post gave the wrong price of entry to the lighthouse.", title="Correction")
    asked = "the mistake about the lighthouse entry put right"
    assert first_told(asked, [news, fix], tiny_encoder).entry.id == "10:00"


def test_a_recap_tells_nothing_first(tiny_encoder):
    recap = entry("10:00", "So far:\n• The lock at Norby is shut\n• Nine boats wait\n• Tea is served", title="Recap")
    news = entry("09:00", "The keeper says the lock at Norby is shut for now.", title="Lock")
    assert first_told("the lock at Norby is shut", [recap, news], tiny_encoder).entry.id == "09:00"


def test_what_was_posted_with_a_figure_is_the_first_entry_that_gives_it(tiny_encoder):
    first = entry("08:00", "The weir at Norby stands at 4.2 metres.")
    again = entry("09:00", "The weir at Norby is still at 4.2 metres, from 4.1.")
    asked = "the water at Norby was 4.2 metres deep"
    assert first_told(asked, [again, first], tiny_encoder).entry.id == "08:00"


def test_whether_a_first_report_was_right_is_told_by_the_sentence_nearest_to_it(tiny_encoder):
    first = entry("08:00", "The barge at Norby has sunk, a pilot says.")
    fix = entry("09:00", "The barge at Norby did not sink but ran aground.")
    later = entry("11:00", "Tugs are towing the barge.")
    found = state_of(
        "Was the first report about the barge at Norby that did not sink right?", [first, fix, later], tiny_encoder
    )
    assert found.entry.id == "09:00"


def test_what_tells_less_of_the_question_is_not_the_first_to_tell_it(tiny_encoder):
    sold = entry("08:00", "A prize bull of the autumn fair at Norby was sold in the morning.", title="Fair")
    loose = entry("09:00", "A prize bull of the autumn fair at Norby escaped in the morning.", title="Fair")
    found = first_told(
        "a prize bull of the autumn fair at Norby escaped in the morning", [sold, loose], tiny_encoder, earliest=True
    )
    assert found.entry.id == "09:00"


def test_an_entry_that_gives_a_rare_figure_need_not_name_the_place(tiny_encoder):
    goal = entry("08:00", "It's 2-2.", title="Goal!")
    recap = entry("09:00", "The score in Norby is 2-2 now.", title="So far")
    assert first_told("2-2 in Norby", [goal, recap], tiny_encoder).entry.id == "08:00"


def test_of_sentences_with_the_figure_the_one_that_tells_the_same_is_the_first(tiny_encoder):
    arrests = entry("08:00", "Nine people have been arrested in Norby.", title="News")
    hurt = entry("09:00", "Nine people have been injured in Norby.", title="News")
    assert first_told("nine were hurt in Norby", [arrests, hurt], tiny_encoder).entry.id == "09:00"
