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


def test_clocks_under_dates_of_several_days_start_entries_and_a_copys_month_tells_the_year():
    page = """ date 2021-08 Every transfer of the summer, as it is made known by the clubs of the league.

ZATERDAG 28 AUGUSTUS

Rens stays another year

13.24 uur: The midfielder has signed a new contract with the club.

Keeper leaves for Oslo

10.05 uur: The keeper has signed for two years in Norway.

VRIJDAG 27 AUGUSTUS

Zeeburg hires a winger

20.14 uur: The winger comes from Zagreb for the season.

Van Gerp ends his career

16.50 uur: He told the press in the afternoon.
"""
    assert [(e.stamp, f"{e.published:%d.%m.%Y %H:%M}", e.title) for e in entries(page)] == [
        ("13.24 uur", "28.08.2021 13:24", "Rens stays another year"),
        ("10.05 uur", "28.08.2021 10:05", "Keeper leaves for Oslo"),
        ("20.14 uur", "27.08.2021 20:14", "Zeeburg hires a winger"),
        ("16.50 uur", "27.08.2021 16:50", "Van Gerp ends his career"),
    ]


def test_a_month_of_copying_long_after_the_page_tells_no_year():
    page = """ date 2021-08 Every transfer of the winter, as it is made known by the clubs of the league.

ZATERDAG 27 FEBRUARI

13.24 uur: The midfielder has signed a new contract with the club.

10.05 uur: The keeper has signed for two years in Norway.

VRIJDAG 26 FEBRUARI

20.14 uur: The winger comes from Zagreb for the season.
"""
    assert [e.published for e in entries(page)] == [None] * 3


def test_slips_stops_units_and_glued_pictures_around_stamps():
    lines = {
        "09: 24 Uhr": "09: 24 Uhr: The count is done in the town hall.",
        "9:26: PM": "9:26: PM – The mayor walks to the lectern now.",
        "1.35am": "1.35am. The last polling place has been heard from.",
        "7:05pm EST": "7:05pm EST… The boxes are open in the hall.",
        "9:03AM": "queue9:03AM  The doors of the hall are open.",
    }
    for stamp, line in lines.items():
        found = entries("\n\n".join([line, line, line]))
        assert {e.stamp for e in found} == {stamp}
        assert all(e.body[0].isupper() and e.body.endswith(line[-12:]) for e in found)
    heures = "\n\n".join(f"24.03.2031, {h}:20 heures\n\nOn plie bagage\n\nMerci d'être resté." for h in (18, 17, 16))
    assert [e.stamp for e in entries(heures)] == [f"24.03.2031, {h}:20 heures" for h in (18, 17, 16)]


def test_a_forgotten_dash_behind_the_pages_own_word_is_no_other_kind_of_stamp():
    page = "\n\n".join(
        f"Ore 23.{m}{dash}Il conto delle {m} schede\n\nIl rione ha {m} voti."
        for m, dash in ((26, " - "), (23, " "), (20, " - "), (18, " - "))
    )
    assert [e.title for e in entries(page)] == [f"Il conto delle {m} schede" for m in (26, 23, 20, 18)]


def test_headlines_beside_stamps_may_end_in_a_stop_on_one_entry_and_not_on_another():
    prose = (
        "La empresa ha enseñado un piñón dentado del tamaño de un plato y ha dicho que la revisión fue hace seis años."
    )
    titles = [
        "El ascensor vuelve a moverse.",
        "Una pareja se promete.",
        "Los bomberos descartan usar la escalera",
        "Fin.",
    ]
    page = "\n\n".join(f"{19 - n}.05h - {title}\n\n{prose}" for n, title in enumerate(titles))
    assert [e.title for e in entries(page)] == titles
