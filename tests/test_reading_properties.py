"""Random entries rendered in a layout are read back equal; no text makes the reader fail or invent words."""

from datetime import time
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def h24(minutes, sign=":"):
    return f"{minutes // 60:02}{sign}{minutes % 60:02}"


def h12(minutes, meridiem="pm", sign=":"):
    hour, half = minutes // 60, "ap"[minutes >= 720] + meridiem[1:]
    return f"{hour % 12 or 12}{sign}{minutes % 60:02}{half if meridiem.islower() else ' ' + half.upper()}"


def join(story):
    return "\n\n".join(story.paragraphs)


TITLED = {
    "alone 24": lambda s: f"{h24(s.minutes)}\n\n{s.title}\n\n{join(s)}\n\n",
    "alone 24 dotted zone": lambda s: f"{h24(s.minutes, '.')} GMT\n\n{s.title}\n\n{join(s)}\n\n",
    "alone 12": lambda s: f"{h12(s.minutes, 'PM')}\n\n{s.title}\n\n{join(s)}\n\n",
    "alone 12 lower": lambda s: f"{h12(s.minutes, sign='.')}\n\n{s.title}\n\n{join(s)}\n\n",
    "dated": lambda s: f"Jun 25, 2022 {h24(s.minutes)} IST\n\n{s.title}\n\n{join(s)}\n\n",
    "numbered": lambda s: (
        f"  1. {s.title}published at {h24(s.minutes)} British Summer Time 28 June 2023\n\n{join(s)}\n\n"
    ),
    "glued": lambda s: f"{h12(s.minutes, 'PM')}{s.title}\n\n{join(s)}\n\n",
    "plus": lambda s: f"+++ {h24(s.minutes)} {s.title} +++\n\n{join(s)}\n\n",
    "bar": lambda s: f"{h24(s.minutes)} Uhr | {s.title}\n\n{join(s)}\n\n",
    "french": lambda s: f"{h24(s.minutes, 'h')}\n\n{s.title}\n\n{join(s)}\n\n",
    "title above": lambda s: f"{s.title}\n\n25/11/2025 {h24(s.minutes)}\n\n{join(s)}\n\n",
}
UNTITLED = {
    "bracketed": lambda s: f"[{h24(s.minutes)} UTC] {join(s)}\n\n",
    "four digits": lambda s: f"{h24(s.minutes, '')} GMT - {join(s)}\n\n",
    "colon": lambda s: f"{h12(s.minutes)}: {join(s)}\n\n",
    "german": lambda s: f"{h24(s.minutes, '.')} Uhr: {join(s)}\n\n",
    "author": lambda s: f"Simon {h24(s.minutes)} PT: {join(s)}\n\n",
}


def told(entry):
    return Story(entry.clock.hour * 60 + entry.clock.minute, entry.title or "", tuple(entry.body.split("\n\n")))


@pytest.mark.parametrize("layout", TITLED)
@given(rows=stories())
@FAST
def test_titled_layouts_come_back(layout, rows):
    entries = read_text("".join(TITLED[layout](row) for row in rows), source="page.txt").entries
    assert [told(entry) for entry in entries if entry.stamp] == rows


@pytest.mark.parametrize("layout", UNTITLED)
@given(rows=stories(newest_first=False))
@FAST
def test_untitled_layouts_come_back_oldest_first(layout, rows):
    entries = read_text("".join(UNTITLED[layout](row) for row in rows), source="page.txt").entries
    assert [told(entry) for entry in entries] == [row._replace(title="") for row in rows]


@given(rows=stories(), edited=sentences())
@FAST
def test_an_edited_body_keeps_every_id(rows, edited):
    before = "".join(TITLED["alone 24"](row) for row in rows)
    after = "".join(TITLED["alone 24"](row._replace(paragraphs=(edited,))) for row in rows)
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
