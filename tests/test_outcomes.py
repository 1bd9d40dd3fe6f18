"""A sentence that looks back yields to the one beside it that says what stands."""

from index.records import Entry
from rag.evidence import sentence_at
from rag.facts.outcomes import standing


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
