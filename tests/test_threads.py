"""Statements of one figure at different times, and the one that a question in other words means."""

from datetime import UTC, datetime

import numpy as np

from index.records import Entry
from rag.facts.demand import read_demand
from rag.facts.stated import statements
from rag.facts.threads import by_thread, plain, thread_of

MEANINGS = {
    "kayak": 0, "kayaks": 0, "canoes": 0, "launches": 1, "regatta": 1, "swan": 2, "swans": 2, "open": 1, "begin": 1,
    "oyster": 3, "oysters": 3,
}  # fmt: skip


class Meanings:
    """An encoder to which words of one meaning are one: unit rows over four meanings and a little of the rest."""

    name = "meanings"

    def encode(self, texts):
        rows = np.full((len(texts), 5), 0.05, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().replace(".", " ").replace("?", " ").split():
                row[MEANINGS.get(word, 4)] += 1.0 if word in MEANINGS else 0.02
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def entry(clock, body, title=None):
    hour, minute = (int(x) for x in clock.split(":"))
    published = datetime(2031, 3, 4, hour, minute, tzinfo=UTC)
    return Entry(clock, "lake", 0, published=published, title=title, body=body)


KAYAKS = [
    entry("09:00", "Six kayaks have drifted past the buoys at Norby."),
    entry("11:00", "There are now nine kayaks past the buoys, up from six."),
    entry("12:00", "The count of kayaks past the buoys at Norby has been corrected to eight."),
]
SWANS = [entry("10:00", "Twenty swans are on the lake at Norby."), entry("13:00", "Thirty swans are on the lake.")]
ASKED = "How many canoes went too far at Norby?"


def found(question, entries, aim="any"):
    demand = read_demand(question, any_figure=True)
    return by_thread(question, demand, aim, statements(entries), [], Meanings())


def test_a_question_in_other_words_finds_the_newest_value_of_its_thread():
    settled = found(ASKED, [*KAYAKS, *SWANS])
    assert settled.lead.entry.id == "12:00"
    assert [c.entry.id for c in settled.replaced] == ["11:00", "09:00"]


def test_a_thread_holds_no_statement_of_another_thing():
    thread = thread_of(ASKED, read_demand(ASKED), statements([*KAYAKS, *SWANS]), Meanings())
    assert {s.entry.id for s in thread.statements} == {"09:00", "11:00", "12:00"}


def test_what_was_put_right_is_the_value_before_the_correction():
    settled = found("Which wrong number of canoes at Norby was given?", [*KAYAKS, *SWANS], aim="replaced")
    assert settled.lead.evidence.marked == ("nine",)
    assert [c.entry.id for c in settled.beside] == ["12:00"]


def test_a_figure_that_the_question_gives_tells_its_thread():
    settled = found("Twenty were on the water at Norby. And now?", [*KAYAKS, *SWANS], aim="latest")
    assert settled.lead.evidence.marked == ("Thirty",)


def test_nothing_is_told_of_what_no_thread_comes_near():
    assert found("How many oysters were eaten at Norby?", [*KAYAKS, *SWANS]) is None


def test_a_plan_that_was_put_off_in_other_words_is_one_thread():
    due = entry("08:00", "The regatta will open at 14:00.")
    later = entry("10:30", "New time: the launches will now begin at 15:15.")
    settled = found(
        "They were aiming for 14:00 with the regatta. What time did they switch to?", [due, later], "latest"
    )
    assert settled.lead.evidence.marked == ("15:15",)


def test_names_say_whose_a_fact_is_not_which():
    assert plain("How many kayaks drifted at Norby?", ["Norby"]) == "How many kayaks drifted at ?"


def test_a_figure_that_the_question_starts_from_is_no_answer():
    thirty = entry("14:00", "Of thirty kayaks at Norby some are new.")
    demand = read_demand("Out of the thirty, how many kayaks at Norby are new?")
    thread = thread_of("Out of the thirty, how many kayaks at Norby are new?", demand, statements([thirty]), Meanings())
    assert thread is None


def test_without_names_that_tell_the_story_a_thread_must_be_nearer():
    asked = "How many boats drifted?"
    demand = read_demand(asked)
    far = [entry("09:00", "Six swans have drifted past."), *SWANS]
    assert by_thread(asked, demand, "any", statements(far), [], Meanings(), pinned=False) is None


def test_a_match_has_one_course_of_scores_whatever_the_words():
    goals = [
        entry("09:00", "Smith scores for Norby: 1-0."), entry("09:20", "It's 1-1."), entry("09:30", "Elsewhere: 0-3."),
        entry("09:40", "A header from the corner, and Norby lead 2-1."),
    ]  # fmt: skip
    settled = found("How did the score in Norby change?", goals, "change")
    assert [" ".join(c.evidence.marked) for c in settled.course] == ["1-0", "1-1", "2-1"]


def test_a_plan_is_followed_to_what_came_of_it_where_the_question_asks_that():
    regatta = [
        entry("09:00", "The regatta at Norby starts at 13:00."),
        entry("11:00", "The regatta start is put back to 14:00."),
        entry("14:10", "The regatta started at 14:05."),
    ]  # fmt: skip
    asked = "The regatta at Norby was meant to start at 13:00. Did it?"
    assert " ".join(found(asked, regatta, "latest").lead.evidence.marked) == "14:05"
    assert " ".join(found("When is the regatta due to start?", regatta[:2]).lead.evidence.marked) == "14:00"


def test_who_says_it_makes_no_two_figures_of_one_thread():
    hall = [
        entry("09:00", "The governor says there are seven kayaks past the buoys."),
        entry("10:00", "The number of swans has risen to nine, the governor says."),
    ]
    thread = thread_of(ASKED, read_demand(ASKED), statements(hall), Meanings())
    assert {s.entry.id for s in thread.statements} == {"09:00"}


def test_what_one_sentence_lists_is_not_one_figure():
    listed = [entry("09:00", "Six kayaks, nine swans and one oyster are past the buoys at Norby.")]
    thread = thread_of(ASKED, read_demand(ASKED), statements(listed), Meanings())
    assert {s.figure.value for s in thread.statements} == {"6"}


def test_a_share_of_one_who_is_named_is_no_share_of_all():
    shares = [
        entry("09:00", "Ann Hill has 40 per cent of the kayaks in Norby."),
        entry("10:00", "30 per cent of kayaks in Norby have been counted."),
        entry("11:00", "Ann Hill has moved up to 42 per cent of the kayaks in Norby."),
        entry("12:00", "60 per cent of kayaks in Norby have been counted, up from 30."),
        entry("13:00", "90 per cent of kayaks in Norby have been counted, up from 60."),
    ]
    settled = found("Hill of Norby had 40 per cent of the kayaks. What is the share now?", shares, "latest")
    assert " ".join(settled.lead.evidence.marked) == "42 per cent"


def test_which_of_a_row_is_no_count():
    asked = "How many people went past the buoys at Norby?"
    row = [entry("09:00", "Support is set aside for the first stage of kayak racing past the buoys at Norby.")]
    assert thread_of(asked, read_demand(asked), statements(row), Meanings()) is None
