"""Facts that change: the newest value leads and names what it replaced."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.records import Entry
from rag.evidence import Candidate
from rag.facts.changes import course, newest_value, value
from rag.records import Evidence

QUESTION = "How many people were hurt in the blast?"


def said(hour, text, mark, *, confidence=0.8, page="page", title="Blast"):
    """A candidate whose sentence was published at that hour; None leaves it untimed."""
    published = None if hour is None else datetime(2031, 3, 4, hour, tzinfo=UTC)
    entry = Entry(f"{page}-{hour}-{mark}", page, 0, published=published, title=title, body=text)
    start = text.index(mark)
    evidence = Evidence(entry, "body", text, 0, len(text), 1.0, ((start, start + len(mark)),))
    return Candidate(evidence, 3.0, 0.5, 0.5, 0.5, confidence=confidence)


NINE = said(9, "The blast hurt 8 people.", "8")
NOON = said(12, "Now 10 people are known to be hurt in the blast.", "10", confidence=0.9)
LATE = said(15, "Eleven people were hurt in the blast.", "Eleven", confidence=0.7)


def newest(*candidates, question=QUESTION, latest=False, first=False):
    ordered = sorted(candidates, key=lambda c: -c.confidence)
    return newest_value(question, ordered, latest=latest, first=first)


def test_the_newest_number_leads_and_lists_what_it_replaced_newest_first():
    ranked = newest(NINE, NOON, LATE)
    assert ranked.lead is LATE
    assert ranked.replaced == (NOON, NINE)


def test_a_question_for_the_first_figure_gets_the_earliest():
    ranked = newest(NINE, NOON, LATE, first=True)
    assert ranked.lead is NINE
    assert ranked.replaced == ()


def test_a_value_that_came_back_is_kept_where_it_last_stood():
    again = said(13, "8 people are hurt in the blast after a recount.", "8")
    ranked = newest(NINE, NOON, again, LATE)
    assert ranked.replaced == (again, NOON)


def test_the_same_value_in_words_and_digits_replaces_nothing():
    digits = said(16, "11 people were hurt in the blast.", "11", confidence=0.75)
    assert newest(LATE, digits).replaced == ()


def test_an_unsure_later_figure_does_not_take_the_lead():
    stray = said(16, "The blast broke 300 windows.", "300", confidence=0.1)
    assert newest(NOON, stray).lead is NOON


def test_another_page_does_not_replace_a_figure_of_a_named_subject():
    other = said(16, "The blast in Norby hurt 40 people.", "40", page="other", confidence=0.85)
    assert newest(NOON, other, question="How many were hurt in the Hallam blast?").lead is NOON


def test_a_later_entry_of_other_words_does_not_replace_an_answer_that_is_no_number():
    who = said(9, "Ann Hill set off the blast.", "Ann Hill", confidence=0.9)
    later = said(12, "Bob Dale saw the blast.", "Bob Dale", confidence=0.8)
    assert newest(who, later, question="Who set off the blast?").lead is who


def test_latest_takes_the_newest_whatever_kind_of_value():
    shut = said(9, "The blast road is shut.", "shut", confidence=0.9)
    opened = said(12, "The blast road is open again.", "open", confidence=0.8)
    question = "What is the latest on the blast road?"
    ranked = newest(shut, opened, question=question, latest=True)
    assert ranked.lead is opened
    assert ranked.replaced == ()


def test_untimed_values_never_replace_timed_ones():
    untimed = said(None, "In all 12 people were hurt in the blast.", "12", confidence=0.7)
    ranked = newest(NINE, NOON, untimed)
    assert ranked.lead is NOON
    assert ranked.replaced == (NINE,)


def test_untimed_values_alone_give_the_surest():
    one = said(None, "8 were hurt in the blast.", "8", confidence=0.9)
    two = said(None, "10 were hurt in the blast.", "10", confidence=0.8)
    assert newest(one, two).lead is one


def test_within_a_minute_the_surest_leads():
    sure = said(15, "13 people were hurt in the blast.", "13", confidence=0.9)
    assert newest(LATE, sure).lead is sure


def test_a_single_candidate_leads():
    assert newest(NOON).lead is NOON
    assert newest(NOON).replaced == ()


def test_the_course_of_a_fact_gives_each_value_by_its_first_entry_oldest_first():
    again = said(13, "Still 10 people hurt in the blast.", "10")
    values = course(QUESTION, [NOON, NINE, LATE, again])
    assert values == [NINE, NOON, LATE]


def test_the_course_leaves_out_what_is_no_number():
    words = said(14, "Many people were hurt in the blast.", "Many")
    assert course(QUESTION, [NOON, NINE, words]) == [NINE, NOON]


@pytest.mark.parametrize(
    ("mark", "plain"),
    [
        ("Eleven", "11"),
        ("11 people", "11"),
        ("19,000", "19000"),
        ("3.5", "3.5"),
        ("Ann Hill", "ann hill"),
        ("about twenty homes", "20"),
    ],
)
def test_equal_values_have_one_form(mark, plain):
    assert value(said(9, f"It was {mark}.", mark)) == plain


def test_a_candidate_without_marks_has_no_value():
    bare = replace(NINE, evidence=replace(NINE.evidence, marks=()))
    assert value(bare) == ""
