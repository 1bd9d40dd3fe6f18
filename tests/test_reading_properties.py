"""Random entries rendered in a layout are read back equal; no text makes the reader fail or invent words."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.simulate.layouts import LAYOUTS
from eval.simulate.layouts import Story as Printed
from index.errors import SourceError
from index.reading import read_text

WORDS = "river crews bridge council water storm people north harbour lorry meters night school train power".split()
FAST = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Story(NamedTuple):
    """An entry to render: its clock in minutes, title and paragraphs."""

    minutes: int
    title: str
    paragraphs: tuple[str, ...]


@st.composite
def sentences(draw):
    words = draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=14))
    return " ".join(words).capitalize() + "."


@st.composite
def stories(draw, *, newest_first=True):
    minutes = draw(st.lists(st.integers(0, 1439), min_size=3, max_size=9, unique=True))
    words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8)
    titles = [f"{' '.join(draw(words)).capitalize()} {number}" for number, _ in enumerate(minutes)]
    bodies = [tuple(draw(st.lists(sentences(), min_size=1, max_size=3))) for _ in minutes]
    rows = [Story(*row) for row in zip(sorted(minutes, reverse=newest_first), titles, bodies, strict=True)]
    return rows


DAY = datetime(2023, 6, 28)
TITLED = [name for name, layout in LAYOUTS.items() if layout.titled and layout.suffix == "txt"]
UNTITLED = [name for name, layout in LAYOUTS.items() if not layout.titled]


def printed(layout, row):
    moment = DAY + timedelta(minutes=row.minutes)
    return LAYOUTS[layout].entry(Printed(moment, row.title, row.paragraphs))


def told(entry):
    return Story(entry.clock.hour * 60 + entry.clock.minute, entry.title or "", tuple(entry.body.split("\n\n")))


@pytest.mark.parametrize("layout", TITLED)
@given(rows=stories())
@FAST
def test_titled_layouts_come_back(layout, rows):
    entries = read_text("".join(printed(layout, row) for row in rows), source="page.txt").entries
    assert [told(entry) for entry in entries if entry.stamp] == rows


@pytest.mark.parametrize("layout", UNTITLED)
@given(rows=stories(newest_first=False))
@FAST
def test_untitled_layouts_come_back_oldest_first(layout, rows):
    entries = read_text("".join(printed(layout, row) for row in rows), source="page.txt").entries
    assert [told(entry) for entry in entries] == [row._replace(title="") for row in rows]


@given(rows=stories(), edited=sentences())
@FAST
def test_an_edited_body_keeps_every_id(rows, edited):
    before = "".join(printed("alone 24", row) for row in rows)
    after = "".join(printed("alone 24", row._replace(paragraphs=(edited,))) for row in rows)
    ids = [[e.id for e in read_text(page, source="page.txt").entries] for page in (before, after)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


PIECES = st.sampled_from(
    "15:33|3.20pm|\n|\n\n| |28 June 2023|2h ago|BST|GMT|Title words|By Anka Lehr|• |12. |+++|Image source, X|"
    "Image caption,|"
    "— A (@b) June 25, 2022|“|\"|Updated at|published at|@x|(|]|:|Some words here.|Topics|Summary|___|45'|Q1|<p>|"
    "</p>|{|"
    "\u2028|\ufeff|1626 GMT|07H10".split("|")
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60))
@settings(max_examples=120, deadline=None)
def test_no_text_makes_the_reader_fail(pieces):
    text = "".join(pieces)
    try:
        reading = read_text(text, source="fuzz.txt")
    except SourceError:
        return
    assert len({e.id for e in reading.entries}) == len(reading.entries)
    assert [e.position for e in reading.entries] == list(range(len(reading.entries)))
    for entry in reading.entries:
        assert (entry.published is None) or (entry.clock is not None) or entry.stamp
        assert (entry.clock is None) or entry.stamp


HOSTILE = {
    "one long line": "word " * 30_000,
    "clocks in one line": "15:33:22 " * 2_000,
    "nothing but stamps": "15:33\n" * 4_000,
    "stamped lines": "15:33 - Some words that make a body.\n" * 2_000,
    "dates": "28 June 2023\n" * 2_000,
    "names": "By Aa Bb, Cc Dd and Ee Ff\n" * 2_000,
    "colophons": ("Topics\n" + "long prose line " * 8 + ".\n") * 1_000,
    "open brackets": "(" * 300_000,
    "quotes": '" “ ” ' * 2_000,
    "numbers": "  1. Title\n\n body words.\n" * 2_000,
    "unclosed tags": "<b" * 100_000,
}


@pytest.mark.parametrize("page", HOSTILE)
def test_hostile_pages_are_read_or_refused(page):
    try:
        reading = read_text("Opening words.\n\n" + HOSTILE[page], source="hostile.txt")
    except SourceError:
        return
    assert reading.entries


def test_clock_times_are_only_those_printed():
    page = "10:20\n\nOne\n\nAt 09:15 the gates opened.\n\n09:55\n\nTwo\n\nWe will be back at 11:00.\n"
    assert [e.clock for e in read_text(page, source="x").entries] == [time(10, 20), time(9, 55)]
