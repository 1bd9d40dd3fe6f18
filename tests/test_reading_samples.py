"""The sample coverage, in three layouts, reads as it was written."""

import re
from pathlib import Path

import pytest

from index.reading import read_source

COVERAGE = Path(__file__).resolve().parent.parent / "eval" / "coverage"


@pytest.mark.parametrize(
    ("page", "entries", "first", "last"),
    [
        ("storm-ingrid.txt", 36, "2026-11-12T18:20:00+00:00", "2026-11-12T05:48:00+00:00"),
        ("rail-strike.txt", 30, "2026-09-18T22:12:00", "2026-09-18T06:05:00"),
        ("launch-kestrel.txt", 37, "2026-03-03T19:40:00+00:00", "2026-03-04T03:15:00+00:00"),
    ],
)
def test_sample_pages_give_all_their_entries(page, entries, first, last):
    reading = read_source(COVERAGE / page)
    assert len(reading.entries) == entries
    assert reading.entries[0].kind == "summary"
    assert reading.entries[0].published is None
    assert reading.entries[1].published.isoformat() == first
    assert reading.entries[-1].published.isoformat() == last
    assert all(e.published for e in reading.entries[1:])
    assert reading.page.warnings == ()


@pytest.mark.parametrize("page", ["storm-ingrid.txt", "rail-strike.txt", "launch-kestrel.txt"])
def test_sample_bodies_are_words_of_the_page(page):
    text = " ".join((COVERAGE / page).read_text().replace("•", " ").split())
    for entry in read_source(COVERAGE / page).entries:
        for paragraph in re.split(r"\n+", entry.body):
            assert " ".join(paragraph.split()) in text
        assert "Image caption" not in entry.body
        assert "Meridian Pictures" not in entry.body
        assert "Story continues" not in entry.body


def test_titles_stand_only_where_the_page_prints_them():
    assert all(e.title for e in read_source(COVERAGE / "storm-ingrid.txt").entries)
    assert all(e.title for e in read_source(COVERAGE / "rail-strike.txt").entries[1:])
    assert not any(e.title for e in read_source(COVERAGE / "launch-kestrel.txt").entries[1:])
