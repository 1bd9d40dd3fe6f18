"""Which sentences state the surest one's fact again, and what an answer makes of them."""

from datetime import datetime, time

import pytest

from index.records import Entry
from rag.confidence import RESTATING_FEATURES as FEATURES
from rag.confidence import Logistic, load_calibration
from rag.evidence import Candidate, sentence_at
from rag.facts.restating import Beside, beside, carried_on, restated
from rag.facts.settling import Settled
from rag.judge import load_judge
from rag.reader import load_reader

ALIKE = Logistic(tuple(10.0 if name == "alike" else 0.0 for name in FEATURES), -5.0)


def said(clock, body, mark, *, relevance=3.0, confidence=0.5, page="p"):
    at = time.fromisoformat(clock)
    entry = Entry(clock, page, 0, clock, datetime.combine(datetime(2024, 5, 1), at), at, None, body=body)
    start = body.index(mark)
    evidence = sentence_at(entry, "body", start, start + len(mark))
    return Candidate(evidence, relevance, 0.5, 0.5, 0.5, relevance=relevance, confidence=confidence)


FIRST = said("09:00", "Six people are dead.", "Six", confidence=0.8)
NEWER = said("10:00", "The toll is now nine.", "nine")
LAST = said("11:00", "Nine people have died, the mayor says.", "Nine", confidence=0.6)


def placed(candidate, alike, *, same=False):
    return Beside(candidate, tuple(alike if name == "alike" else 0.0 for name in FEATURES), same)


def test_the_newest_value_leads_by_its_surest_sentence_and_names_what_it_replaced():
    found = restated("any", FIRST, [placed(NEWER, 0.9), placed(LAST, 0.9)], ALIKE, timed=False)
    assert found.lead.evidence.marked == ("Nine",) and found.lead.confidence == 0.8
    assert [c.evidence.marked for c in found.replaced] == [("Six",)]
    assert [c.evidence.marked for c in found.course] == [("Six",), ("nine",)]


def test_the_first_value_leads_where_the_first_is_asked_for():
    found = restated("first", LAST, [placed(NEWER, 0.9, same=True), placed(FIRST, 0.9)], ALIKE, timed=False)
    assert found.lead.evidence.marked == ("Six",) and found.replaced == ()


def test_nothing_is_said_where_every_entry_gives_the_same_value_or_none_states_the_fact():
    assert restated("any", LAST, [placed(NEWER, 0.9, same=True)], ALIKE, timed=False) is None
    assert restated("any", FIRST, [placed(NEWER, 0.2)], ALIKE, timed=False) is None


def test_a_newer_sentence_that_may_state_it_leads_sooner_where_the_question_names_a_time():
    maybe = [placed(NEWER, 0.46)]  # a probability of 0.4
    assert restated("any", FIRST, maybe, ALIKE, timed=False) is None
    found = restated("any", FIRST, maybe, ALIKE, timed=True)
    assert found.lead.evidence.marked == ("nine",)
    assert found.replaced == ()  # too unsure to say that one replaced the other


class Verdicts:
    """A judge that finds another value everywhere."""

    name = "verdicts"

    def __init__(self):
        self.asked = []

    def judge(self, pairs):
        from rag.judge import Verdict

        self.asked += pairs
        return [Verdict(0.1, 0.8, 0.1)] * len(pairs)


def test_only_other_timed_entries_of_the_page_that_may_answer_are_asked_about(tiny_encoder):
    elsewhere = said("10:30", "Four are dead.", "Four", page="q")
    beyond = said("10:40", "The ferry is late.", "late", relevance=-9.0)
    back = said("10:50", 'Earlier, at 9:00, we reported: "Six people are dead."', "Six")
    judge = Verdicts()
    found = beside("How many died?", [FIRST, NEWER, elsewhere, beyond, back], judge, tiny_encoder)
    assert [b.candidate for b in found] == [NEWER]
    assert [claim for claim, _ in judge.asked] == ["How many died? Six"]
    assert len(found[0].features) == len(FEATURES) and not found[0].same


@pytest.mark.parametrize(("question", "other", "stated"), [
    ("How many people died?", "Rescuers say nine people have died at the mill.", "nine"),
    ("Is the bridge open?", "The bridge has reopened to all traffic.", "reopened to all traffic"),
])  # fmt: skip
def test_the_bundled_models_tell_a_fact_stated_again_from_another_fact(question, other, stated):
    from index.embedding import load_encoder

    count = "died" in question
    lead = (
        said("09:00", "At least six people died at the mill, police say.", "six", relevance=5.0)
        if count
        else said("09:00", "The bridge is closed to all traffic.", "closed to all traffic", relevance=5.0)
    )
    again = said("10:00", other, stated, relevance=5.0)
    unlike = said("10:00", "Four schools will be named on Monday.", "Four", relevance=-3.0)
    judge, model = load_judge(reader=load_reader()), load_calibration().restates
    likely = [
        model.probability(b.features)
        for one in (again, unlike)
        for b in beside(question, [lead, one], judge, load_encoder())
    ]
    assert likely[0] > 0.5 > likely[1]


def test_two_sources_of_one_hour_stand_beside_each_other_and_a_correction_does_not():
    union = said("09:00", "The union says 2,100 marched.", "2,100", confidence=0.8)
    police = said("09:20", "Police say 1,400 marched.", "1,400")
    found = restated("any", union, [placed(police, 0.9)], ALIKE, timed=False)
    assert found.lead.evidence.marked == ("1,400",)
    assert [c.evidence.marked for c in found.beside] == [("2,100",)] and found.replaced == ()
    later = said("12:00", "Police say 1,400 marched.", "1,400")
    assert restated("any", union, [placed(later, 0.9)], ALIKE, timed=False).beside == ()
    assert restated("sides", union, [placed(later, 0.9)], ALIKE, timed=False).beside
    fixed = said("09:20", "Police have corrected the number to 1,400.", "1,400")
    assert restated("any", union, [placed(fixed, 0.9)], ALIKE, timed=False).beside == ()


def test_a_state_moves_on_in_other_words_where_its_subject_stays():
    shut = said("09:00", "The car park in Norby is closed.", "closed")
    again = said("11:00", "The car park in Norby has reopened.", "reopened", confidence=0.4)
    other = said("12:00", "The weir at Norby has burst.", "burst", confidence=0.4)
    moved = carried_on(Settled(shut), [shut, again, other], 0.2)
    assert moved.lead is again and moved.replaced == (shut,)
    assert carried_on(Settled(shut), [shut, again, other], 0.45).lead is shut
    figure = said("09:00", "The car park in Norby holds 40 cars.", "40")
    assert carried_on(Settled(figure), [again], 0.2).lead is figure


def test_what_is_set_at_another_place_states_no_fact_again(tiny_encoder):
    lead = said("09:00", "Six people are dead in Norby.", "Six", confidence=0.8)
    there = said("10:00", "Nine people are dead in Ashby.", "Nine")
    here = said("11:00", "The toll is now nine.", "nine")
    found = beside("How many are dead in Norby?", [lead, there, here], Verdicts(), tiny_encoder)
    assert [b.candidate for b in found] == [here]


def test_a_plan_or_a_part_states_no_fact_again(tiny_encoder):
    began = said("08:00", "The fire began at 04:50.", "04:50", confidence=0.8)
    due = said("09:00", "Planes are due at 12:15.", "12:15")
    assert beside("When did the fire begin?", [began, due], Verdicts(), tiny_encoder) == []
    five = said("08:00", "Five people died.", "Five", confidence=0.8)
    part = said("09:00", "Three of the people killed were children.", "Three")
    assert beside("How many died?", [five, part], Verdicts(), tiny_encoder) == []


def test_what_is_told_of_another_boat_states_no_fact_again(tiny_encoder):
    lead = said("09:00", "The trawler from Norby has been found.", "found", confidence=0.8)
    ferry = said("10:00", "The ferry from Norby has been delayed.", "delayed")
    safe = said("11:00", "The boat is back in harbour.", "back in harbour")
    it = said("12:00", "It will sail again on Monday.", "sail again")
    found = beside("What happened to the fishing vessel from Norby?", [lead, ferry, safe, it], Verdicts(), tiny_encoder)
    assert {b.candidate.entry.id for b in found} == {"12:00"} | ({"11:00"} & {b.candidate.entry.id for b in found})
    assert ferry not in [b.candidate for b in found]


def test_a_share_or_a_count_of_something_else_states_no_fact_again(tiny_encoder):
    counted = said("09:00", "19 per cent of votes have been counted in Norby.", "19 per cent", confidence=0.8)
    hers = said("10:00", "Freya Fothergill has 43.4 per cent of the vote in Norby.", "43.4 per cent")
    turnout = said("11:00", "The council puts turnout in Norby at 47 per cent.", "47 per cent")
    more = said("12:00", "30 per cent of votes have been counted in Norby.", "30 per cent")
    found = beside("How much of the vote has been counted?", [counted, hers, turnout, more], Verdicts(), tiny_encoder)
    assert [b.candidate for b in found] == [more]


def test_a_length_of_time_is_no_newer_time_of_day_and_a_plan_called_off_is_one(tiny_encoder):
    lead = said("19:40", "The window stays open until 01:10.", "01:10", confidence=0.8)
    stopped = said("22:53", "The clock has been stopped at T-12 minutes.", "T-12 minutes")
    off = said("23:10", "Tonight's launch has been called off.", "called off")
    found = beside("when does the launch window shut", [lead, stopped, off], Verdicts(), tiny_encoder)
    assert [b.candidate for b in found] == [off]


def test_what_came_is_no_newer_plan_where_the_plan_is_asked_for(tiny_encoder):
    lead = said("12:30", "The river will now peak around 16:00.", "around 16:00", confidence=0.8)
    older = said("08:15", "He expects the river to peak at around 14:00.", "around 14:00")
    came = said("16:08", "The river reached its highest point at 15:50.", "15:50")
    asked = "Did the expected time of the peak move?"
    assert [b.candidate for b in beside(asked, [lead, older, came], Verdicts(), tiny_encoder)] == [older]
