"""A sentence that looks back yields to the one beside it that says what stands."""

from datetime import UTC, datetime

from index.records import Entry
from rag.evidence import sentence_at
from rag.facts.outcomes import called_off, standing


def beside(body, words):
    entry = Entry("e", "p", 0, body=body)
    at = body.index(words)
    found = standing(sentence_at(entry, "body", at, at + len(words)))
    return found.text if found else None


def test_the_next_sentence_says_what_stands_where_it_turns():
    body = "The firm had hoped to reopen at six. It now says nothing will move before Friday. Coaches are full."
    assert beside(body, "had hoped") == "It now says nothing will move before Friday."


def test_else_the_sentence_before_says_it():
    body = "The airport train will run every half hour. It had said at dawn that there would be none."
    assert beside(body, "had said") == "The airport train will run every half hour."


def test_a_sentence_about_now_yields_to_none():
    assert beside("The road is shut. It opens at six.", "shut") is None
    assert beside("We had said the road was open but it is now shut. Stay home.", "had said") is None


def test_what_was_said_earlier_in_the_week_yields_to_the_sentence_before():
    body = "Crews are draining the lock. Earlier this week, the keeper said that it might have to be shut for a month."
    assert beside(body, "might") == "Crews are draining the lock."


def test_a_figure_beside_the_one_it_had_been_at_first_stands_by_itself():
    body = "The firm says 2,430 have joined, compared with 1,530 at first. We could not check this."
    assert beside(body, "2,430") is None


def at(hour, body, page="p"):
    return Entry(f"{hour}", page, 0, published=datetime(2031, 3, 4, hour, tzinfo=UTC), body=body)


def off(plan, *entries):
    entry = at(9, plan)
    found = called_off([sentence_at(entry, "body", 0, len(plan))], [entry, *entries])
    return found.text if found else None


def test_the_newest_later_sentence_on_a_plan_calls_it_off():
    regatta = "The regatta at Norby begins at 14:30."
    later = [at(11, "Wind is rising."), at(12, "The regatta has been scrubbed for today.")]
    assert off(regatta, *later) == "The regatta has been scrubbed for today."
    assert off(regatta, at(8, "The regatta was called off last year.")) is None
    assert off(regatta, at(12, "The evening concert is called off.")) is None
    assert off(regatta, at(12, "The regatta is called off.", page="other")) is None


def test_what_was_said_of_the_plan_before_tells_what_is_called_off():
    first, moved = at(9, "The match in Norby kicks off at 12:00."), at(10, "Kick-off in Norby is at 13:15.")
    plan = [sentence_at(e, "body", 0, len(e.body)) for e in (moved, first)]
    off = at(11, "The match in Norby has been abandoned.")
    assert called_off(plan, [first, moved, off]).text == off.body
    assert called_off(plan[:1], [first, moved, off]) is None


def test_a_plan_put_off_without_a_new_hour_is_off():
    plan = "The regatta at Norby begins at 14:30."
    assert off(plan, at(11, "The regatta has been postponed until tomorrow.")) is not None
    assert off(plan, at(11, "The regatta has been postponed to 16:00.")) is None
