"""Which value answers: the newest of the same thing and story; what it replaced; who differs at the same time."""

from datetime import UTC, datetime

import pytest

from index.records import Entry
from rag.evidence import Candidate, sentence_at
from rag.facts.agreeing import agreed, fuller, gives, of_one_course, only_gives, repeats_older
from rag.facts.demand import read_demand
from rag.facts.settling import Settled, by_two_sources, of_two_sources, settle
from rag.facts.stated import source_of, statements

HURT = "How many people have been injured in Norby?"


def entry(clock, body, title="Flood in Norby", page="flood"):
    hour, minute = (int(x) for x in clock.split(":"))
    published = datetime(2031, 3, 4, hour, minute, tzinfo=UTC)
    return Entry(f"{page}-{clock}", page, 0, published=published, title=title, body=body)


def settled(question, *entries, aim="any", anchor=None):
    candidates = []
    if anchor is not None:
        held, mark = anchor
        at = held.body.index(mark)
        evidence = sentence_at(held, "body", at, at + len(mark))
        candidates = [Candidate(evidence, 3.0, 0.5, 0.5, 0.5, confidence=0.6)]
    return settle(read_demand(question), aim, statements(entries), candidates, bool(candidates))


def clocks(found):
    return [c.entry.id.split("-")[1] for c in found]


FIRST = entry("09:00", "Eight people are hurt, doctors in Norby say.")
SECOND = entry("11:00", "The number of wounded has risen to 10.")
THIRD = entry("13:00", "Doctors are treating 14 people.")


def test_the_newest_value_leads_whatever_its_wording():
    found = settled(HURT, FIRST, SECOND, THIRD)
    assert found.lead.evidence.marked == ("14",)
    assert clocks(found.replaced) == ["11:00", "09:00"]
    assert clocks(found.course) == ["09:00", "11:00", "13:00"]


def test_the_first_value_leads_where_it_is_asked_for():
    found = settled(HURT, FIRST, SECOND, THIRD, aim="first")
    assert found.lead.evidence.marked == ("Eight",)
    assert found.replaced == ()


def test_the_dead_do_not_replace_the_hurt():
    dead = entry("14:00", "Three people have been killed in the flood.")
    assert settled(HURT, FIRST, dead).lead.evidence.marked == ("Eight",)


def test_a_part_or_a_step_does_not_replace_the_whole():
    more = entry("14:00", "Two more people were injured overnight, including one child.")
    assert settled(HURT, THIRD, more).lead.entry.id == THIRD.id


def test_another_town_does_not_replace_the_one_asked_about():
    other = entry("14:00", "Forty people were hurt in Selby.", title="Crash in Selby")
    found = settled(HURT, FIRST, other)
    assert found.lead.entry.id == FIRST.id


def test_another_story_is_named_where_the_question_names_none():
    other = entry("08:00", "Forty people were hurt when a coach left the road in Selby.", title="Crash in Selby")
    found = settled("How many were injured?", FIRST, SECOND, THIRD, other)
    assert found.lead.entry.id == THIRD.id
    assert [s.figure.value for s in found.others] == ["40"]


def test_two_sources_at_the_same_time_stand_beside_each_other():
    rally = entry("12:00", "The union says 2,000 people took part in the rally. Police put the number at 1,200.")
    found = settled("How many people took part in the rally?", rally)
    assert {found.lead.evidence.marked[0], *(c.evidence.marked[0] for c in found.beside)} == {"2,000", "1,200"}
    assert found.replaced == ()


def test_a_correction_replaces_what_it_corrects():
    wrong = entry("06:00", "The plan would close 83 ticket offices.", title="Strike begins")
    right = entry("12:00", "An earlier post said 83 ticket offices would close. The number is 38.", title="Correction")
    found = settled("How many ticket offices would close?", wrong, right)
    assert found.lead.evidence.marked == ("38",)
    assert clocks(found.replaced) == ["06:00"]


def test_what_is_not_counted_anywhere_is_not_settled():
    assert settled("How many people were arrested in Norby?", FIRST, SECOND) is None
    assert settled("How many people were injured in Paris?", FIRST) is None


def test_a_planned_time_moves_to_the_newest_one():
    plan = entry("09:00", "The launch is set for 16:00.", title="Launch day")
    moved = entry("11:00", "The launch has been put back to 17:30 because of wind.", title="Launch delayed")
    found = settled("What time is the launch due?", plan, moved, anchor=(plan, "16:00"))
    assert found.lead.evidence.marked == ("17:30",)
    assert clocks(found.replaced) == ["09:00"]


def test_a_revised_measure_of_the_same_source_replaces_it():
    one = entry("01:00", "Orbit Watch makes the height 498km.", title="How high is it?")
    two = entry("02:00", "Orbit Watch has revised its figure. It is now 508km.", title="New figure")
    found = settled("What height does Orbit Watch give?", one, two, anchor=(one, "498km"))
    assert found.lead.evidence.marked == ("508km",)


def test_the_longer_course_or_the_newer_lead_goes_further():
    older, newer = settled(HURT, FIRST, SECOND), settled(HURT, FIRST, SECOND, THIRD)
    assert fuller("any", older, newer) is newer
    assert fuller("change", newer, older) is newer
    assert fuller("any", None, older) is older
    assert fuller("any", None, None) is None


def test_what_goes_on_is_counted_though_its_state_is_not_named_again():
    cut = entry("09:00", "9,000 homes in Norby are without power.", title="Power")
    less = entry("12:00", "6,000 homes in Norby are still without it.", title="Update")
    found = settled("How many homes in Norby have no electricity now?", cut, less, aim="latest")
    assert found.lead.evidence.marked == ("6,000",)


def test_a_reprint_of_an_earlier_report_states_nothing_new():
    reprint = entry("14:00", 'Earlier, at 09:00, we reported: "Eight people are hurt in Norby".')
    assert settled(HURT, FIRST, THIRD, reprint, aim="latest").lead.entry.id == THIRD.id


def test_what_got_power_back_and_what_kind_of_house_it_is_replace_no_count_of_homes_without():
    cut = entry("09:00", "Some 31,000 homes in Norby are without electricity.", "Power cuts in Norby")
    aside = entry("11:00", "Two care homes in Norby are running on generators.", "Power cuts in Norby go on")
    back = entry("13:00", "Power is back in 12,000 homes in Norby.", "Power back in half of Norby")
    found = settled("How many homes in Norby are without electricity?", cut, aside, back)
    assert (clocks([found.lead]), found.replaced) == (["09:00"], ())


def test_sources_are_two_whoever_else_stands_near_them():
    assert of_two_sources(source_of("The defence in Ashby says 35."), source_of("The court clerk in Ashby says 24."))
    assert not of_two_sources(source_of("Police say 24."), source_of("Police now say 35."))
    assert source_of("The harbour estimate is 40 boats.") == "harbour"
    assert source_of("The council has corrected the number to 161.") == "council"


def test_each_sides_figure_is_given_however_far_apart_where_that_is_asked():
    union = entry("09:00", "The union says 2,100 people marched in Norby.")
    police = entry("13:00", "Police say 1,400 people marched in Norby.")
    plain = settled("How many people marched in Norby?", union, police)
    both = settled("How many people marched in Norby?", union, police, aim="sides")
    assert clocks(plain.beside) == [] and clocks(plain.replaced) == ["09:00"]
    assert clocks([both.lead, *both.beside]) == ["13:00", "09:00"] and not both.replaced


def test_two_findings_are_of_one_course_where_one_holds_the_others_value():
    found = settled(HURT, FIRST, SECOND, THIRD)
    assert of_one_course(settled(HURT, FIRST, SECOND), found)
    assert not of_one_course(settled(HURT, entry("10:00", "Twelve people are hurt in Norby.")), found)
    assert gives(found, frozenset({"10"})) and not gives(found, frozenset({"11"}))


def found_with(held, mark, **more):
    at = held.body.index(mark)
    evidence = sentence_at(held, "body", at, at + len(mark))
    return Settled(Candidate(evidence, 3.0, 0.5, 0.5, 0.5, confidence=0.6), **more)


def chosen(question, learned, found, aim="any"):
    lead = agreed(aim, question, read_demand(question), learned, found).lead
    return " ".join(lead.evidence.marked)


def test_of_one_course_the_newer_finding_leads_and_of_two_the_restatement():
    figures = settled(HURT, FIRST, SECOND, THIRD)
    assert chosen(HURT, found_with(SECOND, "10"), figures) == "14"
    assert chosen(HURT, found_with(entry("10:00", "Twelve people are hurt in Norby."), "Twelve"), figures) == "Twelve"


def test_a_figure_of_another_kind_or_of_another_place_does_not_answer():
    asked = "How much of the fire near Norby is contained?"
    burnt = found_with(entry("12:00", "The fire near Norby has burned 480 hectares."), "480 hectares")
    share = found_with(entry("10:00", "The fire near Norby is five per cent contained."), "five per cent")
    assert chosen(asked, burnt, share) == "five per cent"
    elsewhere = found_with(entry("14:00", "23 people are hurt in Ashby.", title="Flood"), "23")
    assert chosen(HURT, elsewhere, settled(HURT, FIRST)) == "Eight"


def test_what_was_planned_is_not_answered_by_what_came_of_it():
    plan = entry("09:00", "The race at Norby is due to start at 14:00.")
    moved = entry("10:00", "The race at Norby has been put back to 16:00.")
    begun = entry("16:10", "The race at Norby started at 16:05, not at 16:00.")
    outcome = found_with(begun, "16:05", course=(found_with(moved, "16:00").lead,))
    asked = "When was the race at Norby expected to start?"
    assert chosen(asked, found_with(moved, "16:00"), outcome) == "16:00"
    assert chosen("When did the race at Norby start?", found_with(moved, "16:00"), outcome) == "16:05"
    assert agreed("any", asked, None, None, found_with(plan, "14:00")).lead.entry is plan


def test_what_the_question_says_was_so_before_is_no_word_of_the_subject():
    left = [
        entry("09:00", "430 people have left Norby."),
        entry("12:00", "1,260 people have been evacuated from Norby."),
    ]
    found = settled("Earlier 430 were said to have left Norby. What is the number now?", *left, aim="latest")
    assert " ".join(found.lead.evidence.marked) == "1,260"


def test_a_finding_that_gives_back_the_questions_own_figure_tells_nothing_new():
    first = entry("09:00", "83 ticket offices will close.")
    found, since = found_with(first, "83"), found_with(entry("12:00", "The number is 38."), "38").lead
    given = frozenset({"83"})
    assert only_gives(found, given) and repeats_older(found, given, since)
    assert not repeats_older(found, given, found.lead)
    assert not only_gives(found_with(entry("13:00", "Now 90 will close."), "90"), given)


def test_another_places_figure_does_not_answer_though_its_entry_names_the_place():
    summary = entry("14:00", "In Norby eight are hurt. 23 people are hurt in Ashby.", title="So far")
    assert chosen(HURT, found_with(summary, "23"), settled(HURT, FIRST)) == "Eight"


def test_of_two_findings_with_one_value_the_fuller_one_tells_what_it_replaced():
    figures = settled(HURT, FIRST, SECOND)
    bare = found_with(SECOND, "10")
    assert fuller("latest", bare, figures) is figures


@pytest.mark.parametrize(
    "asked", ["Who set up the orbit watch?", "Where is the price fixed?", "Why is the toll so high?"]
)
def test_who_where_and_why_want_no_figure(asked):
    assert read_demand(asked) is None


def test_how_big_is_asked_of_what_can_be_counted_or_measured():
    assert "count" in read_demand("How big is the crowd in Norby?").kinds
    assert "money" in read_demand("How big is the hole in Norby's books?").kinds


def test_the_course_of_the_figure_that_is_supposed_answers():
    asked = "39 per cent of ballots in Norby were tallied. How much is it now?"
    counted = [
        entry("09:00", "39 per cent of votes in Norby have been counted."),
        entry("11:00", "65 per cent of votes in Norby have been counted."),
    ]
    course = (found_with(counted[0], "39 per cent").lead, found_with(counted[1], "65 per cent").lead)
    turnout = found_with(entry("10:00", "Turnout in Norby is put at 91 per cent."), "91 per cent")
    assert chosen(asked, turnout, found_with(counted[1], "65 per cent", course=course), "latest") == "65 per cent"


def test_the_share_of_one_candidate_does_not_replace_the_share_of_votes_counted():
    first = entry("09:00", "39 per cent of votes in Norby have been counted.")
    hers = entry("10:00", "Ann Hill has 44 per cent of the vote in Norby.")
    last = entry("11:00", "65 per cent of votes in Norby have been counted.")
    asked = "What percentage of votes in Norby has been counted?"
    found = settled(asked, first, hers, last, aim="latest", anchor=(first, "39 per cent"))
    assert clocks([found.lead, *found.replaced]) == ["11:00", "09:00"]


def test_what_is_asked_in_a_set_phrase_counts_no_word_of_it():
    assert read_demand("How did the number of names taken in Norby change?").noun == ()
    assert read_demand("How did the number of kayaks in Norby change?").noun == ("kayak",)


def test_a_turnout_may_be_a_share():
    demand = read_demand("How many in Norby went to vote, according to each source?")
    assert demand.senses == {"turnout"} and "percent" in demand.kinds
    counted = entry("09:00", "39 per cent of votes in Norby have been counted.")
    turnout = entry("10:00", "The council puts turnout in Norby at 46 per cent.")
    found = settle(demand, "sides", statements([counted, turnout]), [], False)
    assert clocks([found.lead, *found.replaced, *found.beside]) == ["10:00"]


def test_what_befell_what_is_counted_is_no_part_of_its_name():
    assert read_demand("How many houses burnt down in Norby?").noun == ("~home",)
    assert read_demand("Which boat number for Norby was wrong?").noun == ()


def test_two_sources_bear_each_other_out():
    police = found_with(entry("09:00", "Police say 400 people are on the quay."), "400").lead
    guild = found_with(entry("10:00", "The guild says 900 people are on the quay."), "900").lead
    again = found_with(entry("11:00", "Police say 600 people are on the quay."), "600").lead
    found = by_two_sources([police, again, guild], 0.3)
    assert found.lead is police and found.beside == (guild,)
    assert by_two_sources([police, again], 0.3) is None
    assert by_two_sources([police, guild], 0.7) is None


def test_a_part_of_what_is_counted_answers_for_no_whole():
    part = found_with(entry("12:00", "Three of the people hurt in Norby are children."), "Three")
    assert chosen(HURT, part, settled(HURT, FIRST, SECOND)) == "10"


def test_a_count_and_a_share_do_not_replace_each_other():
    asked = "How many of the ballots in Norby are counted at present?"
    spoiled = entry("09:00", "189 ballots in Norby have been counted as spoiled.")
    early = entry("10:00", "39 per cent of votes in Norby have been counted.")
    late = entry("11:00", "65 per cent of votes in Norby have been counted.")
    found = settled(asked, spoiled, early, late)
    assert clocks([found.lead, *found.replaced]) == ["11:00", "10:00"]


def test_how_the_counted_feel_is_no_part_of_their_name():
    assert "feel" not in read_demand("How many people feel sick in Norby now?").noun


def test_what_replaces_a_value_need_not_name_its_giver_again():
    first = entry("10:12", "Kingsmead has offered staff in Norby a rise of 3.3 per cent.", title="Strike")
    newer = entry("11:13", "The offer in Norby has gone up from 3.3 to 4.0 per cent, the company says.", title="Strike")
    other = entry("11:30", "Bus staff in Norby want an offer of 5.0 per cent.", title="Strike")
    asked = "What pay offer has Kingsmead made in Norby?"
    found = settled(asked, first, newer, other, aim="latest", anchor=(first, "3.3 per cent"))
    assert clocks([found.lead, *found.replaced]) == ["11:13", "10:12"]


def test_hectares_are_measured_and_names_taken_are_bookings():
    assert read_demand("How many hectares have burned at Norby?").kinds[0] == "measure"
    demand = read_demand("How many names had the referee in Norby taken?")
    assert (demand.noun, demand.senses) == ((), {"booked"})


def test_the_vote_that_a_count_puts_someone_on_is_no_share_of_votes_counted():
    first = entry("09:00", "39 per cent of votes in Norby have been counted.")
    hers = entry("10:00", "The latest count in Norby puts Ann Hill on 48.6 per cent, from 46.9.")
    asked = "How much of the vote in Norby has been counted?"
    assert clocks([settled(asked, first, hers, aim="latest", anchor=(first, "39 per cent")).lead]) == ["09:00"]
