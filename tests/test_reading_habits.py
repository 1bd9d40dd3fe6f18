"""Habits of single pages: what one kind of stamp, name or headline looks like, and how its entries come back."""

from __future__ import annotations

from index.reading import read_text


def entries(text):
    return [e for e in read_text(text, source="page.txt").entries if e.stamp]


def test_a_stamp_at_a_paragraphs_end_is_that_paragraphs_and_names_that_open_them_are_authors():
    page = "\n\n".join(
        [
            'Mara Olmo "The dam was watched by night and by day", she told the court. 24/06/2029 10:56',
            "Hugo J Ferr The plan was never tried. Nobody had read it. 24/06/2029 10:54",
            "Mara Olmo The second witness walks in slowly. 24/06/2029 10:52",
            "Hugo J Ferr The judge asks for water. 24/06/2029 10:50",
        ]
    )
    found = entries(page)
    assert [(e.stamp, e.author) for e in found] == [
        ("24/06/2029 10:56", "Mara Olmo"),
        ("24/06/2029 10:54", "Hugo J Ferr"),
        ("24/06/2029 10:52", "Mara Olmo"),
        ("24/06/2029 10:50", "Hugo J Ferr"),
    ]
    assert found[1].body == "The plan was never tried. Nobody had read it."
    assert not any(e.title for e in found)
