"""Figures in a sentence: what they are, what they count, and which are former, added or a part."""

import pytest

from rag.facts.figures import figures


def found(text):
    return [(f.kind, f.value) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of homes cut off has climbed to 52,000, the firm says.", [("count", "52000")]),
        ("Twenty-one people were hurt.", [("count", "21")]),
        ("About 1.2 million people are affected.", [("count", "1200000")]),
        ("There were no casualties.", [("count", "0")]),
        ("The offer is 4.1 per cent and a lump sum of £600.", [("percent", "4.1"), ("money", "600")]),
        ("Damage is put at between £40m and £60m.", [("money", "40000000"), ("money", "60000000")]),
        ("Shares fell to $71.40 apiece.", [("money", "71.4")]),
        ("One train in five is running.", [("share", "1/5")]),
        ("It makes the orbit 508km.", [("measure", "508")]),
        ("They led 2-1 at half-time.", [("score", "2-1")]),
        ("A header, and it is 2-1.", [("score", "2-1")]),
        ("Earlier 760 were said to have left.", [("count", "760")]),
        ("The vote is at half past two on 9 October.", [("clock", "half past two"), ("date", "9 october")]),
        ("It reopens at 9pm.", [("clock", "21:00")]),
        ("Ann Hill, 47, from Norby and a 58-year-old driver", [("age", "47"), ("age", "58")]),
        ("A second person has died.", [("ordinal", "2")]),
        ("Trams on lines 3 and 7 left Terminal 2 in 2019.", []),
        ("Call 0555 for help.", []),
        ("Wheat has fallen to 4.35 pounds a bag.", [("money", "4.35")]),
        ("The river stands at 4.35 metres.", [("measure", "4.35")]),
        ("Rates are at 4.35% since 4.35 pm.", [("percent", "4.35"), ("clock", "16:35")]),
        ("That is corner number four, and bus number 9 is late.", []),
        ("This brings the number to 12.", [("count", "12")]),
    ],
)
def test_figures_have_a_kind_and_one_form(text, expected):
    assert found(text) == expected


def test_the_words_after_a_figure_say_what_it_counts():
    (figure,) = figures("The plan would close 83 ticket offices in spring.")
    assert figure.noun == ("ticket", "offic")


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("The toll rose from 10 to 12.", ["10"]),
        ("One in four will run, rather than one in five.", ["1/5"]),
        ("Some 19,000 are off, down from 52,000.", ["52000"]),
        ("Wheat has gone up to 4.35 pounds a bag, from 3.95.", ["3.95"]),
        ("The airport is 12 miles from the city.", []),
    ],
)
def test_a_former_figure_is_marked(text, old):
    assert [f.value for f in figures(text) if f.old] == old


def test_a_figure_that_adds_to_another_is_a_step():
    assert [f.step for f in figures("Two more people died, bringing the toll to 14.")] == [True, False]


def test_a_figure_that_is_a_part_is_marked():
    assert [f.part for f in figures("Crews treated 17 people, three of them badly hurt.")] == [False, True]
    assert [f.part for f in figures("Twelve people died, including three children.")] == [False, True]
    assert [f.part for f in figures("Three of the five crew were saved.")] == [False, True]


def test_a_figure_stands_where_it_says():
    text = "Police put it at 1,200 people."
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == "1,200"


def test_a_speed_by_the_second_is_one_figure():
    assert [f.value for f in figures("Gusts of 19.0 metres per second above Norby")] == ["19"]


def test_an_hour_with_its_part_of_the_day_is_a_clock_time():
    assert [(f.kind, f.value) for f in figures("Boats will sail at six tonight.")] == [("clock", "six")]
