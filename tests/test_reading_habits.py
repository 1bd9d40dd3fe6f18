"""Habits of single pages: what one kind of stamp, name or headline looks like, and how its entries come back."""

from __future__ import annotations

from time import perf_counter

import pytest

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


def test_turns_of_a_talk_are_cut_apart_and_named():
    page = """Ana Lavertu and Saul Roy talked through the final.

Ana (19h32) : The hall is all of wood. Look at the capes. Saul (19h40) : Back to the game.

Nobody knew what to say.

Ana (19h51) : She is brilliant, more than I had thought.

Saul (19h58) : It goes so fast (for once) that the host took the wrong sheet.
"""
    found = entries(page)
    assert [(e.clock.strftime("%H:%M"), e.author) for e in found] == [
        ("19:32", "Ana"),
        ("19:40", "Saul"),
        ("19:51", "Ana"),
        ("19:58", "Saul"),
    ]
    assert found[1].body == "Back to the game.\n\nNobody knew what to say."


def test_first_names_with_a_colon_are_authors_where_few_open_all_entries():
    said = ("The lectern is empty.", "I want the fern.", "A door opens.", "They clap.", "Is it a trout?", "Applause.")
    page = "\n\n".join(f"8:0{n} PM – {('Tess', 'Noor')[n % 2]}: {text}" for n, text in enumerate(said))
    assert [(e.author, e.body) for e in entries(page)] == [(("Tess", "Noor")[n % 2], s) for n, s in enumerate(said)]
    labels = "\n\n".join(f"8:0{n} PM – {('Update', 'Video')[n % 2]}: {text}" for n, text in enumerate(said))
    assert not any(e.author for e in entries(labels))


def test_names_with_a_bullet_over_stamps_are_authors():
    page = "".join(
        f"  • {name}\n    11.{m}\n\n    Man hurt by fall\n\n    A man was found below a scaffold.\n\n"
        for name, m in (("Klara Bohl", 48), ("Klara Bohl", 31), ("Petter Hak", 12), ("Petter Hak", 10))
    )
    assert [e.author for e in entries("Live\n\nThe day's news as it comes in.\n\n" + page)] == [
        "Klara Bohl",
        "Klara Bohl",
        "Petter Hak",
        "Petter Hak",
    ]


def test_zones_stated_in_brackets_and_as_indicated_are_all_entries():
    body = "\n\n".join(f"{h}:10: The ferry has left the pier of the town." for h in (15, 14, 13))
    for said, zone in (
        ("Minuto a minuto (hora de Lima / GMT -5):", "GMT -5"),
        ("All times indicated are EAT", "EAT"),
    ):
        assert {e.zone for e in entries(f"The ferry is late\n\n{said}\n\n{body}")} == {zone}


def test_a_picture_of_a_later_day_leaves_the_pages_date_open():
    page = """Abla Mensah chosen as governor of the lake
6th May 2021
Mensah waves to supporters at the cotton hall in Lome on May {day}, 2021. (Agency)

7:42 pm | The end of this page
No more words and no more pictures.

7:38 pm | She was gracious
She went through a number of matters.
"""
    assert [e.published for e in entries(page.format(day=14))] == [None, None]
    assert [f"{e.published:%d.%m.%Y}" for e in entries(page.format(day=6))] == ["06.05.2021"] * 2


def test_headlines_in_capitals_beside_some_clocks_of_a_page():
    page = """02:02

The coast has won nineteen seats in the assembly.

01:55

The coast has more than half of all the votes.

00:31 WHAT THE PARTIES SAY TONIGHT

Our reporters were in the halls.

00:25 JACEK SASAL

"I am calm", said the deputy.

23:58

She has begun to speak to her party.
"""
    assert [e.title for e in entries(page)] == [None, None, "WHAT THE PARTIES SAY TONIGHT", "JACEK SASAL", None]


def test_single_lines_between_pluses_are_texts_where_they_end_in_a_stop():
    said = ("We skip the fourth ward.", "The fifth counts again...", "Please wait...", "It hurts without posters")
    page = "\n\n".join(f"+++ 20.4{n} Uhr: {text} +++" for n, text in enumerate(said))
    assert [(e.title, e.body) for e in entries(page)] == [(None, text) for text in said]


def test_headlines_over_stamps_on_a_page_without_blank_lines():
    page = """13:10 Uhr: We close this page with thanks for reading it all day.
12:55 Uhr: After the lightning comes the mud, says the weather service.
The supply of rain meets the east on Monday night.
Tractor lands in pool - lightning to blame?
12:48: A tractor has rolled into an empty pool in the valley.
After a stop at the bank the tractor began to move again.
Races: the course in mud
12:40 Uhr: The first race began forty minutes late on Sunday.
"""
    assert [e.title for e in entries(page)] == [
        None,
        None,
        "Tractor lands in pool - lightning to blame?",
        "Races: the course in mud",
    ]


def bodies(text):
    found = read_text(text, source="page.txt").entries
    assert not any(e.stamp or e.published or e.clock for e in found)
    return [" ".join(e.body.split()) for e in found]


def test_kilometres_and_laps_begin_entries_and_are_no_times():
    ridden = [f"Km {km} The lead is {km} seconds now, and falling." for km in (41, 39, 28, 27)]
    assert bodies("\n\n".join(ridden)) == ridden
    laps = [f"0{n}{'/58' if n in (1, 5) else ''}: PA leads by {n} seconds" for n in range(1, 7)]
    page = "The race from our sofa.\n\n" + "\n\n".join(laps)
    assert bodies(page) == ["The race from our sofa.", *laps]


def test_a_word_for_the_end_stands_over_its_text_as_minutes_do():
    page = """Thanks for reading, and good night to all of you.
Fin
The home side climbs to the seventh place.
90+2'
Added time
5 minutes of added time are shown by the fourth referee.
88'
Yellow card for Peeters, who held the shirt.
87'
Wauters takes the place of Vandam.
"""
    assert bodies(page) == [
        "Thanks for reading, and good night to all of you.",
        "Fin The home side climbs to the seventh place.",
        "90+2' Added time 5 minutes of added time are shown by the fourth referee.",
        "88' Yellow card for Peeters, who held the shirt.",
        "87' Wauters takes the place of Vandam.",
    ]


def test_bullets_set_apart_from_each_other_are_entries_where_they_make_up_the_page():
    said = [f"The {n} polls of the town have closed and their count has begun." for n in ("east", "west", "old", "new")]
    said.append("Lights off in the newsroom.")
    page = "LIVE: the count of the town\n\nThe notes of this evening.\n\n" + "\n\n".join(f"  • {text}" for text in said)
    assert bodies(page)[-5:] == said


def test_an_entry_with_an_age_under_its_headline_and_a_clock_under_its_text_is_one():
    page = "LIVE: the river rises\n\nFollow all of it on this page, as it comes in from the valley.\n\n" + "\n\n".join(
        f"The {n} is open again\n\n{who} | 2{m} minutes ago\n\nThe {n} is open again\n\n"
        f"The town said that the {n} had been dried and checked.\n\n{who} | 20:5{m} - 22/10/2031"
        for n, who, m in (("school", "Lusa", 9), ("bridge", "Dan Cardo", 8), ("road", "Lusa", 7), ("mill", "Lusa", 6))
    )
    assert [(e.stamp, e.title, e.author, e.body) for e in entries(page)] == [
        (
            f"20:5{m} - 22/10/2031",
            f"The {n} is open again",
            who,
            f"The town said that the {n} had been dried and checked.",
        )
        for n, who, m in (("school", "Lusa", 9), ("bridge", "Dan Cardo", 8), ("road", "Lusa", 7), ("mill", "Lusa", 6))
    ]


def test_days_in_brackets_after_places_are_the_entries():
    page = "\n".join(f"2{h}h50. Mali ({h + 7} mars 2031) : Le ministre a signé le texte de loi." for h in (2, 1, 0))
    assert [f"{e.published:%d.%m.%Y %H:%M}" for e in entries(page)] == [
        "09.03.2031 22:50",
        "08.03.2031 21:50",
        "07.03.2031 20:50",
    ]


def test_clocks_glued_to_a_year_and_to_a_number_are_cut_off():
    page = (
        "Town votes 203221:28Levoca has a new faceThe mayor moves out after fifteen years in office."
        "20:12Hrab prefers the theatreHe has won a seat but will not take it."
        "20:10Bugos cooks for allThe kettle is borrowed from the fire brigade of the town."
        "18:29How old they areThe mean is 46.17:45Water made the night longThe urns came by tractor."
    )
    assert [(e.stamp, e.title) for e in entries(page)] == [
        ("21:28", "Levoca has a new face"),
        ("20:12", "Hrab prefers the theatre"),
        ("20:10", "Bugos cooks for all"),
        ("18:29", "How old they are"),
        ("17:45", "Water made the night long"),
    ]


def test_times_of_a_country_are_said_of_all_entries_by_words_for_all_of_them():
    body = "\n\n".join(f"{h}.35am. The ferry has left the pier of the town." for h in (3, 2, 1))
    for said, zone in (
        ("Clock times are those of Estonia, since the office uses no others.", "Estonia"),
        ("All times Estonian.", "Estonia"),
        ("(All times are local in Jordan.)", "Jordan"),
        ("El recuento, minuto a minuto (hora de Perú)", "Perú"),
        ("Le direct (heure du Caire)", "Caire"),
        ("Las urnas cierran a las ocho (hora de Perú) en todo el país.", None),
        ("We have seen hard times in Estonia.", None),
    ):
        assert {e.zone for e in entries(f"The count, live\n\n{said}\n\n{body}")} == {zone}


def test_a_line_between_pluses_without_a_stamp_is_an_entry_among_those_with_one():
    said = ("We skip the fourth ward.", "The fifth counts again...", "Please wait for it.", "It hurts.")
    page = "\n\n".join(f"+++ 20.4{n} Uhr: {text} +++" for n, text in enumerate(said))
    found = read_text("The town votes\n\n+++ We close for today. +++\n\n" + page, source="page.txt").entries
    assert [(e.stamp, e.body) for e in found][:2] == [(None, "We close for today."), ("20.40 Uhr", said[0])]


def test_a_post_a_line_without_stamps_is_cut_only_on_a_page_that_says_it_is_live():
    said = [f"The number {n} of the tour has reached the top of the pass." for n in range(1, 8)]
    assert bodies("Our ticker begins tonight at the pass.\n" + "\n".join(said))[1:] == said
    assert len(bodies("The tour has come to its end on the pass.\n" + "\n".join(said))) == 1


def test_a_headline_and_a_colon_before_stamps_is_no_paragraph_that_they_end():
    page = "\n\n".join(f"Wharf vote live: 0{h}15 GMT\n\nThe boxes of {h} are open." for h in (8, 7, 6, 5))
    assert [(e.stamp, e.body) for e in entries(page)] == [
        (f"0{h}15 GMT", f"The boxes of {h} are open.") for h in (8, 7, 6, 5)
    ]


def test_a_mark_in_capitals_and_a_dash_may_stand_before_some_stamps():
    page = "\n".join(
        f"{mark}{h}h19 : the defender {h} has ended his bond with the club of the port."
        for mark, h in (("OFFICIEL – ", 0), ("OFFICIEL – ", 23), ("", 22), ("OFFICIEL – ", 21))
    )
    assert [(e.stamp, e.body[:14]) for e in entries(page)] == [
        (f"{h}h19", f"the defender {h}"[:14]) for h in (0, 23, 22, 21)
    ]


def test_a_line_of_many_blanks_takes_no_longer_than_its_length():
    started = perf_counter()
    read_text("10:30 " + " " * 40_000 + "x\n", source="page.txt")
    assert perf_counter() - started < 2


def test_stamps_under_set_in_entries_end_them_though_none_stands_over_the_first():
    page = """Saturday football

Denby and Arden, live!

    DENBY 1-1 ARDEN[save]
    A fine stop by the keeper, low to her left.
    2/21/2015 7:04:48 PM
    DENBY 1-1 ARDEN[card]
    The captain is booked for a late tackle.
    2/21/2015 7:07:15 PM
    DENBY 1-2 ARDEN[goal]
    In off the post from thirty yards.
    2/21/2015 7:09:02 PM
    Three added minutes....
    2/21/2015 7:14:21 PM
"""
    found = entries(page)
    assert [(e.title, e.body, e.stamp) for e in found] == [
        ("DENBY 1-1 ARDEN[save]", "A fine stop by the keeper, low to her left.", "2/21/2015 7:04:48 PM"),
        ("DENBY 1-1 ARDEN[card]", "The captain is booked for a late tackle.", "2/21/2015 7:07:15 PM"),
        ("DENBY 1-2 ARDEN[goal]", "In off the post from thirty yards.", "2/21/2015 7:09:02 PM"),
        (None, "Three added minutes....", "2/21/2015 7:14:21 PM"),
    ]


def test_stamps_right_under_sentences_and_over_blank_lines_end_their_entries():
    page = """The council's budget
All the news from the chamber, minute by minute.

The chair opens the sitting with an apology.
19:04

A member asks for a vote on the parks.
19:07

It is carried by eleven votes to nine.
19:19

Nobody speaks for a while.
19:22
"""
    found = entries(page)
    assert [(e.stamp, e.body) for e in found][::3] == [
        ("19:04", "The chair opens the sitting with an apology."),
        ("19:22", "Nobody speaks for a while."),
    ]


@pytest.mark.parametrize(
    "minute", ["{}min: ", "{} min: ", "{}' - ", "{}. min: ", "Min. {} ", "{}e minute : ", "[{}'] "]
)
def test_a_matchs_minutes_start_entries_without_a_time_below_a_long_list_of_line_ups(minute):
    told = [
        "The keeper saves low to her left and the crowd finds its voice for the first time this evening.",
        "A yellow card for the captain, late and without any malice, and the referee has a long word with her.",
        "In off the post from thirty yards!",
    ]
    page = ["Arden 1-2 Bury, LIVE score - a comeback in the mud", *("- Arden: Hurst, Pike, Van Dam",) * 4]
    page += [minute.format(n) + text for n, text in zip((67, 64, 61), told, strict=True)]
    found = read_text("\n".join(page), source="page.txt").entries
    assert [e.body for e in found[-3:]] == [line.strip() for line in page[5:]]
    assert not any(e.stamp or e.clock for e in found)


@pytest.mark.parametrize("printed", ["12.03.2019, 21:05 Uhr", "12. März 2019"])
def test_a_date_glued_to_the_next_word_is_the_pages_and_no_part_of_its_words(printed):
    page = f"""Sturm über dem Norden
{printed}Die Lage ist weiter angespannt, sagt die Einsatzleitung am Abend.
20:44 Uhr: Der Hafen ist gesperrt.
20:12 Uhr: Zwei Fähren warten draußen.
19:30 Uhr: Die Schulen bleiben zu.
"""
    reading = read_text(page, source="page.txt").entries
    assert reading[0].body == "Die Lage ist weiter angespannt, sagt die Einsatzleitung am Abend."
    assert [e.published.isoformat() for e in reading[1:]] == [f"2019-03-12T{t}:00" for t in ("20:44", "20:12", "19:30")]


def test_the_newest_entry_may_say_its_date_and_gives_the_others_theirs():
    page = """Storm on the coast

We will be back.

6.15am (13 March 2019) - The harbour is open again.

11.40pm - Two ferries wait outside.

10.12pm - Schools stay shut.

9.30pm - A tree is on the line.
"""
    assert [e.published.isoformat() for e in entries(page)] == [
        "2019-03-13T06:15:00",
        "2019-03-12T23:40:00",
        "2019-03-12T22:12:00",
        "2019-03-12T21:30:00",
    ]


def test_the_newest_entry_may_go_without_the_date_that_those_before_midnight_have():
    page = """Storm on the coast

Dated 13 March 2019 this page says what is known of the storm.

{} ET

The harbour opens

The harbour is open again, says the mayor.

11:40 p.m. ET, March 12, 2019

Two ferries outside

Two ferries wait outside.

10:12 p.m. ET, March 12, 2019

Schools stay shut

All schools are shut.
"""
    assert entries(page.format("6:15 a.m."))[0].published.isoformat() == "2019-03-13T06:15:00-04:00"
    assert len(entries(page.format("11:55 p.m."))) == 2


def test_an_archives_notice_links_to_the_text_and_pluses_are_no_part_of_a_headline():
    rest = "\n\nThe harbour is shut, says the mayor.\n\n20:44\n\nTwo ferries wait.\n\n20:12\n\nSchools stay shut.\n"
    for first in (
        "This article is part of our archives and may no longer be accurate.\nStorm on the coast: ferries wait",
        'Press "Enter" to skip to content\n\nStorm on the coast: ferries wait',
        "+ Storm on the coast: ferries wait +",
    ):
        opening = read_text(first + rest, source="page.txt").entries[0]
        assert (opening.title, opening.body) == (
            "Storm on the coast: ferries wait",
            "The harbour is shut, says the mayor.",
        )


def test_a_sentence_over_a_link_in_brackets_is_no_headline():
    page = """The drivers began an open strike in the port on Thursday. [KEY POINTS]

Nearly all of them follow it.

21.15

This was the first day of many.

20.48

The shops ask for more buses.
"""
    opening = read_text(page, source="page.txt").entries[0]
    assert opening.title is None
    assert opening.body.startswith("The drivers began")


def test_short_sentences_over_all_entries_are_their_headlines_also_where_they_ask_or_trail_off():
    told = "The list that came first has until Tuesday evening to find whoever will govern with it for six years."
    heads = ["We put the slide rules away...", "Will it go on raining?", "She leaves without a word.", "What a night!"]
    page = "\n\n".join(f"23h{52 - 10 * n}. {head}\n\n{told}" for n, head in enumerate(heads))
    assert [e.title for e in entries(page)] == heads


def test_a_word_or_two_head_the_first_untimed_entry_where_a_button_closes_each():
    said = "A retired postman has walked all the lanes he used to drive, and he is not tired."
    page = f"""All the gossip from across the county on Tuesday.

Good night

We are off to put the bins out. The kettle goes on again at six.

  • Share

Choir drops a hint about its single

{said}

  • Share

Postman walks every lane on his round

{said}

  • Share

Youngest crane driver in the county

{said}
"""
    found = read_text(page, source="page.txt").entries
    assert [e.title for e in found] == [
        None,
        "Good night",
        "Choir drops a hint about its single",
        "Postman walks every lane on his round",
        "Youngest crane driver in the county",
    ]


def test_a_stamp_with_words_after_it_is_no_posts_under_a_line_that_ends_in_a_handle():
    page = """That was early shift @NORTHNEWS

9/22/31 7:06 AM The fog over the river lifts.

9/22/31 7:01 AM The day's plans, before you go.

9/22/31 6:54 AM A look back at the night.
"""
    assert [e.stamp for e in entries(page)] == ["9/22/31 7:06 AM", "9/22/31 7:01 AM", "9/22/31 6:54 AM"]


def test_an_alternative_text_is_no_body_where_the_caption_under_it_names_its_source():
    page = """9:06 a.m. ET

The mail is counted first

Helpers sort the mail at the hall on Monday.
Helpers sort the mail at the hall on Monday. Dale Morrow/AFP/Getty Images

More than half of the ballots came by mail.

8:40 a.m. ET

The hall opens

The hall has opened its doors.
"""
    first = entries(page)[0]
    assert (first.body, first.captions) == (
        "More than half of the ballots came by mail.",
        ("Helpers sort the mail at the hall on Monday.",),
    )


_GLUED = """Ferry will sail, leaders say

{over}

The evening is over and the coffee has gone. 11:26PM

We cut the string, she says. Nobody asked her why.

"My father set his watch by that boat." 10:58PM

The two leaders met in the old hall. The menu was trout.

There was a tart, too. 10:17PM

Seven ports share the fund. The largest sum goes to Kelder.

The money comes from roads. 9:44PM{after}
"""


@pytest.mark.parametrize(
    ("over", "after", "first"),
    [
        ("18 September 2024 12:31am", "\n\nThe fund was made known at nine, and", "We cut the string"),
        ("All on the summit.", "\n\nThe fund was made known at nine.", "We cut the string"),
        ("All on the summit.", "", "The evening is over"),
    ],
)
def test_stamps_at_paragraphs_ends_head_what_follows_or_close_what_goes_before_by_the_whole_page(over, after, first):
    found = entries(_GLUED.format(over=over, after=after))
    assert [e.stamp for e in found] == ["11:26PM", "10:58PM", "10:17PM", "9:44PM"]
    assert first in found[0].body


def test_names_that_close_the_texts_of_many_entries_are_their_authors():
    page = """Votes on the north bank

00h47 The race goes on by the lake, with six boxes still under seal... Sophie Lane

00h44 The old mayor has won his bet, and sits alone. The North Agency reports it. Press Association

00h31 The high plains stand as they stood Mark Alder-Roy

00h20 A word on a gym that was too warm

00h09 A narrow win for Mary Cole

23h58 The head of the party was elected in her own town. Sophie Lane

23h41 The party was about to win most of the seats, said Tom Reed
"""
    assert [e.author for e in entries(page)] == [
        *("Sophie Lane", "Press Association", "Mark Alder-Roy"),
        *(None, None, "Sophie Lane", None),
    ]


def test_a_name_at_the_end_of_a_quotation_or_of_few_texts_is_no_author():
    page = """Storm on the coast

20:44 The harbour was shut. Her deputy is Ann Hill

20:12 "We have food enough." Bo Lindqvist

19:50 The schools stay shut on Friday.

19:30 A tree is on the line. So says Tom Brown
"""
    assert not any(e.author for e in entries(page))


def test_sentences_over_stamps_and_apart_from_the_text_before_head_what_follows():
    told = "The list that came first has until Tuesday evening to find whoever will govern with it."
    heads = ["We put the slide rules away.", "Will it go on raining?", "She leaves without a word.", "What a night!"]
    page = "\n\n".join(f"{head}\n23:{52 - 10 * n}\n\n{told}" for n, head in enumerate(heads))
    assert [(e.stamp, e.body.split("\n")[0]) for e in entries("Votes on the north bank\n\n" + page)] == [
        (f"23:{52 - 10 * n}", told) for n in range(4)
    ]


def test_a_word_before_a_stamp_alone_is_no_paragraph_that_it_ends():
    page = """Storm på kysten

Fredag den 12. maj 2023

kl. 20.44
Havnen er lukket, siger borgmesteren.

kl. 20.12
To færger venter udenfor.

kl. 19.30
Skolerne holder lukket.
"""
    reading = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.published.isoformat()) for e in reading] == [
        ("20.44", "2023-05-12T20:44:00"),
        ("20.12", "2023-05-12T20:12:00"),
        ("19.30", "2023-05-12T19:30:00"),
    ]


def test_local_before_a_capital_is_the_stamps_where_it_comes_again_there():
    page = "\n\n".join(f"18.{40 - n} Local The bridge at mile {n} is shut to lorries." for n in range(4))
    assert [(e.stamp, e.zone, e.body[:10]) for e in entries(page)] == [
        (f"18.{40 - n} Local", None, "The bridge") for n in range(4)
    ]


def test_headlines_before_a_colon_are_no_names():
    heads = ["Relief For Monthly Passes", "Fixed Dates For Night Works", "Three New Depots"]
    page = "\n".join(f"1:{30 - n} pm:\n{head}:\nThe lines stay shut until May." for n, head in enumerate(heads))
    assert [(e.title, e.author) for e in entries("The plan, live\n\n" + page)] == [(head, None) for head in heads]


def test_names_after_a_dash_and_a_button_that_come_again_over_headlines_are_authors():
    heads = ["We are closing up for the day", "Why the front row is empty", "Where we are", "Good morning to you all"]
    names = ["Ann Hill", "Bo Reed", "Bo Reed", "Ann Hill"]
    told = "The inquiry sits again on Friday."
    posts = [f"{'Share ' if n else ''}- {names[n]}\n{heads[n]}\n{told}" for n in range(4)]
    found = read_text("The inquiry, live\n\n" + "\n".join(posts), source="page.txt").entries
    assert [(e.title, e.author, e.body) for e in found][-4:] == [
        (head, name, told) for head, name in zip(heads, names, strict=True)
    ]


_ROWING = """20h05
{first}

Premier titre mondial pour la rivière

La France a gagné sa troisième médaille. Les horaires sont indiqués en temps universel.

19h47
Départ sur le lac

La finale du huit aura bien lieu lundi

Deux fois reportée à cause du vent, la course se tiendra lundi.

18h10
Tableau des médailles

La France passe devant la Suisse au tableau

Avec trois médailles, la France est quatrième.

17h34
Aviron

Le quatre sans barreur disqualifié

Arrivé deuxième, le bateau a été déclassé.

Aviron

Le bateau au départ de la finale, à Bled.

AP Photo/Ana Vojin
16h51
Skiff

Les Suisses renoncent à la petite finale

Malade depuis vendredi, le chef de nage a déclaré forfait.
"""


def test_two_clocks_on_top_of_a_page_say_when_its_entries_begin_and_end():
    reading = read_text(_ROWING.format(first="6h45"), source="page.txt")
    assert [e.stamp for e in reading.entries] == [None, "19h47", "18h10", "17h34", "16h51"]
    assert reading.entries[0].title == "Premier titre mondial pour la rivière"
    assert {e.zone for e in reading.entries[1:]} == {"TU"}


def test_two_clocks_on_top_that_the_others_do_not_lie_between_are_entries():
    assert "19h58" in [e.stamp for e in entries(_ROWING.format(first="19h58"))]


def test_topics_right_under_stamps_are_no_headlines_where_longer_ones_stand_apart_below():
    found = entries(_ROWING.format(first="6h45"))
    assert [e.title for e in found] == [
        "La finale du huit aura bien lieu lundi",
        "La France passe devant la Suisse au tableau",
        "Le quatre sans barreur disqualifié",
        "Les Suisses renoncent à la petite finale",
    ]
    assert (found[2].body, found[2].captions) == (
        "Arrivé deuxième, le bateau a été déclassé.",
        ("Le bateau au départ de la finale, à Bled.",),
    )


_FOOTED = """Vote live: Booths shut across the state - Quay News (Harbour Broadcasting Company)

Updated April 10, 2013 13:53:59

Vote live: Booths shut across the state

{m}• Key Post

{m}Ruth Ashby calls Kendrick Park

{m}You can follow the count in that seat here.
{m}by Shaun Whitlow edited by Mira Castle 11/26/2022 8:41:19 AM
{m}{tag}

{m}Greens projected to hold Yarrabee

{m}The seat was won by 212 votes four years ago.

{m}by Tess Lind edited by Mira Castle 11/26/2022 8:39:52 AM

{m}The mood is much lighter at the club

{m}By state political reporter Harvey Bloom

{m}We are two hours past the close of voting.

{m}A loud whoop went around.

{m}Country Alliance to keep Upper Tallis

{m}The seat stays with its member.

{m}by Tess Lind edited by Mira Castle 11/26/2022 8:33:05 AM

{m}Why the hills matter

{m}There are four seats along the ranges, and whoever takes three of them has
"""


@pytest.mark.parametrize(("margin", "tag"), [("    ", "• Result"), ("    ", ""), ("", "• Result")])
def test_bylines_with_stamps_close_the_entries_over_them(margin, tag):
    found = read_text(_FOOTED.format(m=margin, tag=tag), source="page.txt").entries
    assert [(e.clock and f"{e.clock:%H:%M}", e.title, e.author) for e in found] == [
        ("08:41", "Ruth Ashby calls Kendrick Park", "Shaun Whitlow"),
        ("08:39", "Greens projected to hold Yarrabee", "Tess Lind"),
        (None, "The mood is much lighter at the club", "Harvey Bloom"),
        ("08:33", "Country Alliance to keep Upper Tallis", "Tess Lind"),
        (None, "Why the hills matter", None),
    ]
    assert found[0].body == "You can follow the count in that seat here."


def test_bylines_with_stamps_that_nothing_leads_to_head_what_follows():
    page = """Vote live: Booths shut across the state

The count goes on all night.

by Shaun Whitlow 11/26/2022 8:41:19 AM

Ruth Ashby calls Kendrick Park

You can follow the count in that seat here.

by Tess Lind 11/26/2022 8:39:52 AM

Greens projected to hold Yarrabee

The seat was won by 212 votes.

by Tess Lind 11/26/2022 8:33:05 AM

Why the hills matter

There are four seats along the ranges.
"""
    assert [e.title for e in entries(page)] == [
        "Ruth Ashby calls Kendrick Park",
        "Greens projected to hold Yarrabee",
        "Why the hills matter",
    ]


def test_a_caption_cut_off_and_in_full_under_a_stamp_is_neither_headline_nor_body():
    page = """19:42 hs
Las jugadoras uruguayas durante el
Las jugadoras uruguayas durante el calentamiento. Imagen cuenta de X @celeste

Alineación de Uruguay: Lucía Ferreira, Ana Pintos.

19:21 hs
La hinchada canta en
La hinchada canta en la tribuna (Foto: Ana Olmo)

Gol de Uruguay, y ya lo gana la Celeste.

19:03 hs

Salen los equipos.
"""
    found = entries(page)
    assert [(e.title, e.body) for e in found] == [
        (None, "Alineación de Uruguay: Lucía Ferreira, Ana Pintos."),
        (None, "Gol de Uruguay, y ya lo gana la Celeste."),
        (None, "Salen los equipos."),
    ]
    assert found[0].captions == ("Las jugadoras uruguayas durante el calentamiento. Imagen cuenta de X @celeste",)


def test_a_headline_that_its_text_begins_with_is_no_caption():
    page = "\n\n".join(
        f"1{n}:42\nPier {n} is shut\nPier {n} is shut to lorries, says the mayor.\n\nMore at noon." for n in range(3)
    )
    assert [e.title for e in entries(page)] == [f"Pier {n} is shut" for n in range(3)]


_GALA = """Quay Prizes live updates: wins from the stage

The Quay Post {date} Ann Hill, Owen Tarn, Lucia Brandt

The hall fills up slowly tonight, and the doors stay open for an hour.{over}

9:22 PM: Analysis from Lucia Brandt, Features reporter

The two singers brought out a short preview of their musical.

9:20 PM: Time for a lullaby

The designers gave up most of their minute onstage so the hall could hum.

By: Ann Hill

9:13 PM: Harbour wins best set design

It was the cheapest production among the five nominees.

By: Owen Tarn

9:05 PM: A second monologue gets a warmer laugh

{end}
"""


@pytest.mark.parametrize(
    ("date", "day"), [("4/23/2023", "2023-04-23"), ("April 3, 2023", "2023-04-03"), ("3 April 2023", "2023-04-03")]
)
def test_a_line_of_source_date_and_writers_dates_a_page(date, day):
    reading = read_text(_GALA.format(date=date, over="", end="The host is"), source="page.txt")
    assert [e.published and f"{e.published:%Y-%m-%d %H:%M}" for e in reading.entries] == [
        None,
        *(f"{day} {clock}" for clock in ("21:22", "21:20", "21:13", "21:05")),
    ]
    assert reading.entries[0].body.startswith("The hall fills up")


def test_a_sentence_with_a_date_and_a_name_dates_no_page():
    page = _GALA.replace("The Quay Post {date} Ann", "The prize of April 3, 2022 went to Ann")
    assert all(e.published is None for e in entries(page.format(over="", end="The host is")))


def test_bylines_close_the_entries_of_a_page_that_is_cut_off_and_has_none_over_its_first_stamp():
    cut = entries(_GALA.format(date="4/23/2023", over="", end="The host came back in a raincoat at the"))
    assert [(e.title, e.author) for e in cut] == [
        (None, "Lucia Brandt"),
        ("Time for a lullaby", "Ann Hill"),
        ("Harbour wins best set design", "Owen Tarn"),
        ("A second monologue gets a warmer laugh", None),
    ]


_SUMMIT = """{headline}

Follow us as we cover the address to the summit.{more}

5:47:33 pm - Thu 20 Mar

The speech is over and the glasses are filled.

5:46:08 pm - Thu 20 Mar

No child walks further than 200 metres to a tap.

5:44:51 pm - Thu 20 Mar

Rivers do not read the boundaries of towns. The tunnel will be done by 2020.
"""


@pytest.mark.parametrize(
    ("headline", "more", "year"),
    [
        ("#Water2014 – Live from the summit", "", "2014"),
        ("Live from the summit", "\n\nhttps://quay.example/2014/03/live", "2014"),
        ("#Water2013 – Live from the summit", "", None),  # 20 March 2013 was a Wednesday
        ("From Water2008 to #Water2014, live", "", None),
        ("Live from the summit", " It was last held in 2014.", None),
    ],
)
def test_a_headlines_year_is_that_of_dates_whose_weekday_agrees(headline, more, year):
    found = entries(_SUMMIT.format(headline=headline, more=more))
    assert {e.published and f"{e.published:%Y}" for e in found} == {year}


@pytest.mark.parametrize("agency", ["APA", "dpa", "Reuters", "AP Photo"])
def test_an_agencys_credit_between_headline_and_text_is_no_headline_on_a_page_without_stamps(agency):
    heads = ["„Ein Tag wie gemalt“", "Offen bis zuletzt", "Wallner rechnet mit Zugewinn", "Kreuzer ist zufrieden"]
    told = "„So kann es weitergehen“, sagt der Landeshauptmann bei seiner Stimmabgabe im Ort"
    page = ".\n".join(f"{head}\n\n{agency}/Anna Stocker\n{told}" for head in heads)
    found = read_text(page, source="page.txt").entries
    assert [e.title for e in found] == heads
    assert all(e.body.startswith("„So kann") for e in found)


@pytest.mark.parametrize(
    ("first", "author"), [("FTSE Close", None), ("GDP Falls Again", None), ("Ann Hill", "Ann Hill")]
)
def test_a_headline_that_an_abbreviation_begins_is_no_author(first, author):
    page = f"""Shares climb after a slide in oil

16:58
{first}

The index at the close was up 64.15 at 7288.90.

15:37
A village will lend you a shop for a pound

A village that has lost its last grocer is offering the keys.

15:30
Northgate closing 14 more branches

The union has called the move a slap in the face.
"""
    found = entries(page)[0]
    assert (found.author, found.title) == (author, None if author else first)


@pytest.mark.parametrize(
    "notice",
    [
        "We noticed you're blocking ads.",
        "Keep supporting great journalism by turning off your ad blocker.",
        "Questions about why you are seeing this? Contact us",
        "Wir verwenden auf dieser Seite Cookies und bitten um Ihre Zustimmung.",
        "Avec votre accord, nos partenaires et nous utilisons des cookies.",
        "Parece que utilizas un bloqueador de anuncios.",
        "Font Size",
        "- Aa +",
    ],
)
def test_notices_of_advertisements_and_cookies_are_no_introduction(notice):
    page = f"""{notice}

Live from the harbour cup

We meet two sheikhs and a very seasick banker.

15:45

It has been put to me that this blog is a list of canapés.

15:20

We are coming to the end of the build-up.

14:58

Lunch is served.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert (first.title, first.body) == (
        "Live from the harbour cup",
        "We meet two sheikhs and a very seasick banker.",
    )


def test_news_of_ad_blockers_is_an_introduction():
    told = "The court ruled that whoever installs an ad blocker breaks no law, and the publishers will appeal."
    page = f"Ruling day, live\n\n{told}\n\n15:45\n\nThe judge sits.\n\n15:20\n\nThe hall is full."
    assert read_text(page, source="page.txt").entries[0].body == told


@pytest.mark.parametrize(
    ("stamp", "line"),
    [
        ("Vers 20h", "Vers 20h : le boulevard devient désert."),
        ("Gegen 20 Uhr", "Gegen 20 Uhr: Die Brücke wird gesperrt."),
        ("About 8pm", "About 8pm: The bridge is shut."),
        ("Hacia las 20:00", "Hacia las 20:00: El puente se cierra."),
    ],
)
def test_a_word_that_says_a_clock_is_about_right_is_printed_with_it(stamp, line):
    clocks = {"Vers": "{}h15", "Gegen": "{}.15 Uhr", "About": "{}:15", "Hacia": "{}:15"}[line.split()[0]]
    others = [f"{clocks.format(hour)}: The water is high at the quay." for hour in (18, 19, 21)]
    if stamp.startswith("About"):
        others = [f"{hour}.15pm: The water is high at the quay." for hour in (6, 7, 9)]
    found = entries("\n\n".join([*others[:2], line, others[2]]))
    assert [(e.stamp, e.clock.hour) for e in found][2] == (stamp, 20)
    assert [e.clock.hour for e in found] == [18, 19, 20, 21]


def test_a_count_after_about_is_no_stamp():
    page = "18:15: The water is high.\n\nAbout 20 people left.\n\n19:15: It falls.\n\n20:15: It is gone."
    assert [e.stamp for e in entries(page)] == ["18:15", "19:15", "20:15"]


def _told_at(clocks):
    return "\n\n".join(f"{clock} The judge turns to book {n}." for n, clock in enumerate(clocks))


@pytest.mark.parametrize(
    ("clocks", "hours"),
    [
        (("14:39", "14:31", "2:18", "12:52", "12:40", "12:17"), [14, 14, 14, 12, 12, 12]),
        (("12:17", "12:40", "12:52", "2:18", "14:31", "14:39"), [12, 12, 12, 14, 14, 14]),
        # not between its neighbours, written with its ten, or not alone
        (("14:39", "14:31", "4:18", "12:52", "12:40", "12:17"), [14, 14, 4, 12, 12, 12]),
        (("14:39", "14:31", "02:18", "12:52", "12:40", "12:17"), [14, 14, 2, 12, 12, 12]),
        (("14:39", "14:31", "2:18", "12:52", "1:40", "12:17"), [14, 14, 2, 12, 1, 12]),
        (("19:39", "18:31", "2:18", "12:52", "12:40", "12:17"), [19, 18, 2, 12, 12, 12]),
        (("0:39", "0:12", "23:50", "22:18", "21:40", "20:17"), [0, 0, 23, 22, 21, 20]),
    ],
)
def test_a_lone_clock_without_its_ten_is_of_the_afternoon_its_neighbours_stand_in(clocks, hours):
    assert [e.clock.hour for e in entries(_told_at(clocks))] == hours


_GALE = """Última hora del temporal, miles de hogares sin luz por la borrasca Leonor
Emergencias mantiene desplegados a cientos de efectivos
L. Carballal
Decenas de avisos siguen activos en diversos puntos de la costa.
Vázquez cifra en 21.400 los hogares sin luz
La conselleira calcula que once concellos siguen a oscuras.
{first}
La conselleira rechaza por ahora la ayuda del Ejército. Con las brigadas propias "basta", sostiene, aunque se reserva \
cambiar de criterio si vuelven a caer árboles sobre la N-550
Uxía Ramallo
El ferri de Cangas recupera su servicio con retrasos
La línea ha vuelto a funcionar esta tarde.
Cuatro heridos leves al caer una grúa en el puerto
Una racha de viento tumbó la grúa sobre el muelle.
Brais Outeiral
Suspendidas las clases en 64 centros
La medida afecta a unos 9.800 alumnos.
"""


def test_names_alone_under_texts_without_stamps_are_the_authors_of_what_stands_over_them():
    found = read_text(_GALE.format(first="Uxía Ramallo"), source="page.txt").entries[1:]
    assert [(e.title, e.author) for e in found] == [
        ("Vázquez cifra en 21.400 los hogares sin luz", "Uxía Ramallo"),
        (None, "Uxía Ramallo"),
        ("El ferri de Cangas recupera su servicio con retrasos", None),
        ("Cuatro heridos leves al caer una grúa en el puerto", "Brais Outeiral"),
        ("Suspendidas las clases en 64 centros", None),
    ]


def test_names_under_texts_that_all_differ_are_not_taken_for_authors():
    found = read_text(_GALE.format(first="Noa Caldas"), source="page.txt").entries
    assert not any(e.author for e in found)


def test_a_heading_for_key_points_under_the_headline_begins_no_entry_on_a_page_without_stamps():
    page = """Health summit: Plan to cut queues; Price of dental visits capped

The minister sets out her first hospital package.

WHAT YOU NEED TO KNOW

Welcome to the blog, where the minister has set out the first package.

- All the winners and losers

- Your guide to the summit

That's all for tonight

Thanks for joining us for live coverage of the summit.

Premiers give the deal a cautious tick

Three of the six premiers say they will sign.

The minister takes the stage in Adelaide

She has started her speech about twenty minutes late.
"""
    found = read_text(page, source="page.txt").entries
    assert [e.title for e in found] == [
        "Health summit: Plan to cut queues; Price of dental visits capped",
        "That's all for tonight",
        "Premiers give the deal a cautious tick",
        "The minister takes the stage in Adelaide",
    ]
    assert "WHAT YOU NEED TO KNOW" in found[0].body


def test_a_pictures_description_in_lower_case_over_its_caption_is_no_introduction():
    page = """Les barrages vont se prolonger

photo a laval, les tracteurs ont tenu le rond-point. 4

A Laval, les tracteurs ont tenu le rond-point. © ANA MENARD / AFP

La ministre a parlé d'une colère légitime.

20h52

Les tracteurs sont encore là.

20h45

Le rond-point est rouvert.

20h37

Plus de lait à Fougères.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert first.body == "La ministre a parlé d'une colère légitime."


def test_four_digits_before_colons_are_clocks_where_they_run_back_from_after_the_pages_year():
    page = """Page last updated at 19:41 GMT, Tuesday, 28 July 2009 20:41 UK

Harbour Open day two as it happened

To get involved text us your views on 81111. (Not all can be used)

2038: That's enough. Two go out, and big Tom moans on.

Bad news for a Briton at the Harbour
2034: The answer (see 2029) is no, sadly. She loses in three.

Ockley said: "As far as chances go that was mine."
Ockley ponders chances

Someone is having a tantrum at the Harbour
2029: She boots a ball into the hedge after a bad call.

2025: Rob (via text) is proud of his pun. A tie-break...

Good news for a Briton at the Harbour
2020: Is anyone still out there? She takes the set.
"""
    found = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.title) for e in found] == [
        ("2038", None),
        ("2034", "Bad news for a Briton at the Harbour"),
        ("2029", "Someone is having a tantrum at the Harbour"),
        ("2025", None),
        ("2020", "Good news for a Briton at the Harbour"),
    ]
    assert f"{found[0].published:%Y-%m-%d %H:%M}" == "2009-07-28 20:38"


def test_years_before_colons_are_no_clocks_where_the_page_has_seen_them():
    page = """The harbour through the years

Last updated: 3 May 2026

2024: The new pier opens to the public at last.

2020: The old pier is pulled down in a week.

2015: The storm takes the first of its planks.

2011: A plan for a new pier is put to the vote.
"""
    assert entries(page) == []


def test_a_last_line_cut_off_with_the_page_is_text_not_the_headline_of_nothing():
    page = """21:48 Uhr

Am Abend ist der Scheitelpunkt überschritten. Das nächste Hochwasser kommt morgen.

21:15 Uhr

Warnungen auf dem Handy

Wer gewarnt werden möchte, lädt die App.

19:56 Uhr

Fähren zu den Inseln ruhen

Die Reederei hat alle Abfahrten gestrichen.

19:20 Uhr

In Westersiel ist ein Mann von der Kaimauer gerutscht. Einsatzkräfte zogen ihn aus dem
"""
    assert [(e.title, e.body[:14]) for e in entries(page)] == [
        (None, "Am Abend ist d"),
        ("Warnungen auf dem Handy", "Wer gewarnt we"),
        ("Fähren zu den Inseln ruhen", "Die Reederei h"),
        (None, "In Westersiel "),
    ]


def test_where_headlines_stand_right_under_stamps_a_line_alone_under_a_blank_one_is_text():
    page = """00:24
Bride and groom drawn in lights

The royal couple hung in lights above the river tonight.

22:37

Well-wishers have been sharing flasks after eight hours side by side.

21:52

The bride will be rowed to the church in a skiff.

21:18
The best man tells the groom's secrets

The groom still burns the toast, he said.

20:40

Hotels within ten miles of the town are full, with one room
"""
    assert [e.title for e in entries(page)] == [
        "Bride and groom drawn in lights",
        None,
        None,
        "The best man tells the groom's secrets",
        None,
    ]


def test_words_over_tweets_are_text_and_a_short_line_over_points_is_a_headline():
    over_tweets = """10:12 , Ann Hill
Members of the union are coming too, by coach from Kent
We will walk with @Rivers today. pic.twitter.com/vk3Z
— Learn Kent (@LearnKent) June 6, 2031
09:47 , Ann Hill
The police say that 900 officers will be on duty.
08:58 , Bo Lund
Friends of the Lea have tweeted in support
The water firms ask for time
— Friends of the Lea (@FoTLea) June 6, 2031
08:31 , Bo Lund
Good morning and welcome to our coverage. The first coaches
"""
    assert [e.title for e in entries(over_tweets)] == [None] * 4
    over_points = """14:10
Main Points from the Plan
  • The line is to open again in 2036
  • Fares are cut by a fifth
  • Counties get money for each new path

19:48

That is all from this page tonight.

19:33

Students were glad of cheaper buses.

19:20

Our reporter spoke to shopkeepers along the line.
"""
    assert [e.title for e in entries(over_points)] == ["Main Points from the Plan", None, None, None]


def test_a_whole_date_that_a_dash_leads_to_under_a_clock_belongs_to_the_stamp():
    page = """21:48 Uhr
– 21.01.2025

Am Abend ist der Scheitelpunkt überschritten.

20:40 Uhr
– 21.01.2025

Der Landesbetrieb hat einen Plan für die Deiche.

23:19 Uhr
– 20.01.2025

Ein Mann ist von der Kaimauer gerutscht.
"""
    assert [(e.stamp, f"{e.published:%d.%m. %H:%M}") for e in entries(page)] == [
        ("21:48 Uhr – 21.01.2025", "21.01. 21:48"),
        ("20:40 Uhr – 21.01.2025", "21.01. 20:40"),
        ("23:19 Uhr – 20.01.2025", "20.01. 23:19"),
    ]


def test_a_copys_date_before_the_first_stamp_dates_the_page_where_the_text_names_its_year():
    page = """ date 2018-09-22 8:40am. Welcome to our coverage of the {}election for governor.

8:45am. Our reporters are in eleven of the districts.

8:55am. Oruma has 702,118 registered voters.
"""
    assert [f"{e.published:%Y-%m-%d %H:%M}" for e in entries(page.format("2018 "))] == [
        "2018-09-22 08:40",
        "2018-09-22 08:45",
        "2018-09-22 08:55",
    ]
    assert [e.published for e in entries(page.format(""))] == [None] * 3


def test_a_date_in_figures_glued_to_a_papers_name_dates_the_page_where_it_has_one_reading():
    page = """Harbour news live: Opening day arrives with rain

The Quay Post{}
7.48am
Ferry passengers get free rides
Passengers who use the ferries travel free until Sunday.
7.31am
The big wet continues
Not a dry shoe on the south side again.
7.20am
While you were sleeping
Here is what is making news this morning.
"""
    assert {f"{e.published:%Y-%m-%d}" for e in entries(page.format("17-09-2025"))} == {"2025-09-17"}
    assert {e.published for e in entries(page.format("07-09-2025"))} == {None}


def test_a_page_changed_before_its_entries_clocks_dates_them_where_they_name_its_weekday():
    page = """Polizei fängt ein Känguru ein
Aktualisiert am Dienstag, 12.04.2016, 06:20

20.14 Uhr: Ein Streifenwagen war am {0} nötig, um das Tier einzufangen.

18.37 Uhr: Ein Mann ist in einen Container geklettert, teilte die Feuerwehr am {0} mit.

13.22 Uhr: Eine Frau hat einen Einbrecher vertrieben.
"""
    assert {f"{e.published:%Y-%m-%d}" for e in entries(page.format("Dienstag"))} == {"2016-04-12"}
    assert {e.published for e in entries(page.format("Montag"))} == {None}


def test_the_date_of_a_visit_that_copying_sites_show_on_top_dates_no_entry():
    page = """Tue. Mar 12th, 2024

River floods live: The power plant will shut down within hours

  • 18m ago (09:14 GMT)Key events, day four of the floods are listed here.
  • 21m ago (09:11 GMT)The operator of the dam says it did not act alone.
  • 34m ago (08:58 GMT)The power plant will run out of dry fuel at noon.
"""
    assert [(e.stamp, e.published) for e in entries(page)] == [
        ("18m ago (09:14 GMT)", None),
        ("21m ago (09:11 GMT)", None),
        ("34m ago (08:58 GMT)", None),
    ]


@pytest.mark.parametrize(
    "top",
    [
        "17/10/2022 18:05 EDT, Actualisé 18/10/2022 00:34 EDT",
        "zum Hauptinhalt",
        "Zum Inhalt springen",
        "Ir al contenido principal",
        "Passer au contenu",
        "Vai al contenuto",
        "Ga naar de inhoud",
        "Page last updated at 19:41 GMT",
        "Go to latest",
        "Der Kai steht unter Wasser. Wer holt die Boote?\n\n© dpa",
    ],
)
def test_links_past_the_menu_datelines_and_a_captioned_picture_are_no_headline(top):
    page = f"""{top}

Harbour flood: who is still at work in the old town tonight?

The whole quay is under water. The boats are tied to the lamps.

18:21: The pumps have been brought from the town.

18:15: The gates of the lock are shut.

18:02: The water rises by a hand in an hour.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert first.title == "Harbour flood: who is still at work in the old town tonight?"
    assert first.body.startswith("The whole quay")


_FLOOD = """{}

21h50

Les résultats du canton sont connus, dit la Chancellerie.

21h15

La salle du Centre chante jusque sur la place.

20h30

Les premiers chiffres viennent de deux communes.
"""


@pytest.mark.parametrize(
    "over, between",
    [
        ("Le suivi des élections cantonales dans le Haut-Lac. [RTL]\nPublié Modifié", ""),
        ("", "Par la rédaction de quai.com\n19 minutes"),
        ("", "Watch: How the river built a city below its own level"),
        ("", "Lumen 5 leak"),
    ],
)
def test_captions_writers_films_and_products_are_no_introduction(over, between):
    said = "La gauche perd sept sièges dans le canton et le Centre en gagne neuf, selon les derniers résultats."
    page = _FLOOD.format(f"{over}\n\nLa gauche perd sa majorité au Haut-Lac ce soir\n\n{between}\n\n{said}")
    first = read_text(page, source="page.txt").entries[0]
    assert (first.title, first.body) == ("La gauche perd sa majorité au Haut-Lac ce soir", said)


def test_a_line_that_only_leads_to_the_coverage_is_no_introduction_where_nothing_else_is():
    found = read_text(_FLOOD.format(" date 2021-05 Suivez ici la soirée minute par minute:"), source="page.txt").entries
    assert [e.stamp for e in found] == ["21h50", "21h15", "20h30"]


def test_the_headline_of_a_pinned_entry_is_not_the_introductions():
    page = """Harbour news live: Bridge opening day arrives with rain

Kellet Bridge day dawns, with promises of no tolls
Happy Kellet Bridge Day to all who walk, ride or drive.
The minister cuts the ribbon at 2pm today.
7.48am
Ferry passengers get free rides all week
Passengers who use the ferries travel free until Sunday.
7.31am
Kellet Bridge day dawns, with promises of no tolls
Happy Kellet Bridge Day to all who walk, ride or drive.
7.20am
The big wet continues
Not a dry shoe on the south side again.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert first.title == "Harbour news live: Bridge opening day arrives with rain"
    assert first.body.startswith("Happy Kellet")


def test_labels_before_colons_without_their_figures_name_no_author_nor_does_a_reporters_place():
    page = """21h50

Les résultats finaux du canton

Grand Conseil:

Conseil Communal:

21h15

Le Centre exulte

Reporting from Nashville

La salle du Centre chante jusque sur la place.

20h30

La participation dépasse la moitié

Les premiers chiffres viennent de deux communes.
"""
    found = entries(page)
    assert [(e.title, e.author) for e in found] == [
        ("Les résultats finaux du canton", None),
        ("Le Centre exulte", None),
        ("La participation dépasse la moitié", None),
    ]
    assert found[0].body.startswith("Grand Conseil:")
    assert found[1].body == "La salle du Centre chante jusque sur la place."


def test_single_dashes_over_headlines_part_the_entries_of_a_page_without_stamps():
    page = """Ein langer Tag am Rathausplatz: Der Ticker in der Nachlese
Drei Minuten Tonband haben genügt: Der Landesrat ist am Ende seiner Laufbahn.
Auf die Landeshauptfrau musste man lange warten, aus 15 Uhr wurde 18.30 Uhr.
-
Ausnahmezustand im Landhaus
Einen schönen guten Morgen!
Heute wird es spannend, vor dem Landhaus stehen schon die ersten Wagen.
-
Das Tonband
Wer die Aufnahme noch nicht kennt, kann sie hier nachhören.
Geheimes Tonband belastet den Landesrat
-
Erstes Gerücht
Angeblich rechnet man schon durch, ob es ohne Partner ginge.
"""
    found = read_text(page, source="page.txt").entries
    assert [e.title for e in found] == [
        "Ein langer Tag am Rathausplatz: Der Ticker in der Nachlese",
        "Ausnahmezustand im Landhaus",
        "Das Tonband",
        "Erstes Gerücht",
    ]
    assert found[1].body.startswith("Einen schönen guten Morgen!")


def test_a_name_before_a_colon_over_a_sentence_that_a_figure_begins_is_an_author():
    page = """10:12

Ann Hill:

12 boats were tied to the lamps of the quay this morning, the harbour office said.

10:02

Ann Hill:

The water rises by a hand in an hour.
"""
    assert [e.author for e in entries(page)] == ["Ann Hill", "Ann Hill"]


_COPIED_PAGE = """ date 2031-03-18 The hill towns count their votes {told} and we carry each result.

8.47pm - Harcombe ahead in the plains

Supporters at the hall were glad of it.

8.20pm - First figures from the downs

The mayor is back with 3310 votes.
"""


@pytest.mark.parametrize("told", ["of 2031 tonight", "this Tuesday night", "on 18 March", "on March 17"])
def test_a_copys_date_is_the_entries_where_something_in_the_text_agrees(told):
    found = entries(_COPIED_PAGE.format(told=told))
    assert [str(e.published) for e in found] == ["2031-03-18 20:47:00", "2031-03-18 20:20:00"]


@pytest.mark.parametrize("told", ["tonight", "this Friday night", "on 2 June", "on Tuesday, Friday and Saturday"])
def test_a_copys_date_dates_nothing_where_nothing_in_the_text_agrees(told):
    assert [e.published for e in entries(_COPIED_PAGE.format(told=told))] == [None, None]


def test_letters_that_a_word_begins_with_are_no_zone():
    page = """11 a.m. – CTV forecaster Joan Petrie says the rain will turn to ice.

10 a.m. – ETA Travel has called off its coaches.

9 a.m. ETThe schools stay open.
"""
    found = entries(page)
    assert [(e.stamp, e.zone) for e in found] == [("11 a.m.", None), ("10 a.m.", None), ("9 a.m. ET", "ET")]
    assert found[0].body.startswith("CTV forecaster")


def test_updates_from_a_city_state_no_zone():
    page = "Latest updates London market reports\n\n13:05\n\nTea is dear.\n\n12:40\n\nTea is dearer.\n"
    assert [e.zone for e in entries(page)] == [None, None]
    assert [e.zone for e in entries(page.replace("Latest updates London", "All updates in London time"))] != [
        None,
        None,
    ]


def test_an_age_without_ago_before_the_clock_belongs_to_the_stamp():
    page = "9 min 10:12\nThe cordon is to be drawn in at midday.\n31 min 09:50\nThe crews have put out an update.\n"
    assert [(e.stamp, str(e.clock), e.title) for e in entries(page)] == [
        ("9 min 10:12", "10:12:00", None),
        ("31 min 09:50", "09:50:00", None),
    ]


def test_a_place_and_a_bar_before_a_stamp_are_neither_title_nor_author():
    rows = [("Suvarna | 12:10 pm", "Will bow to the people"), ("Devgarh Road | 12:05 pm", "Counting held up by a cut")]
    rows += [("Kalindi | 11:40 am", "An actor wins by a whisker"), ("Suvarna | 11:18 am", "The minister leads again")]
    page = "\n\n".join(f"{stamp}\n\n{title}\n\nThe returning officer said so on Wednesday." for stamp, title in rows)
    assert [(e.stamp, e.title, e.author) for e in entries(page)] == [
        ("12:10 pm", "Will bow to the people", None),
        ("12:05 pm", "Counting held up by a cut", None),
        ("11:40 am", "An actor wins by a whisker", None),
        ("11:18 am", "The minister leads again", None),
    ]


def test_words_beside_stamps_that_stand_apart_are_headlines_with_their_colons():
    page = """17:05 GMT - Dates and dockers

Time to close the blog for this week.

16:30 GMT - The council a "waiting room":

That is what a historian of the port calls it.

14:30 GMT - Deadline passes:

Nothing to see on the quay but a great many cats.

13:55 GMT - Vote count begins in the harbour

The first of the 64 boxes has been opened, and the second cannot be foun
"""
    assert [e.title for e in entries(page)] == [
        "Dates and dockers",
        'The council a "waiting room":',
        "Deadline passes:",
        "Vote count begins in the harbour",
    ]


def test_a_whole_date_that_ends_a_point_stamps_it_though_a_clock_begins_it():
    page = """Votes in the valley

We gather the newest results here all night, and every one of them goes up on the front page too.

  • A few contests will go to a recount. Nov 5 2034, 1:52am
  • At 1:30 a.m. ET, just 11 seats have not been called. Nov 5 2034, 1:34am
  • "We're in no hurry," one candidate says. Nov 5 2034, 1:20am
  • The first newcomer is in. Nov 5 2034, 12:58am
"""
    found = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.body.split()[0]) for e in found] == [
        (None, "We"),
        ("Nov 5 2034, 1:52am", "A"),
        ("Nov 5 2034, 1:34am", "At"),
        ("Nov 5 2034, 1:20am", "\"We're"),
        ("Nov 5 2034, 12:58am", "The"),
    ]


def test_names_in_capitals_close_entries_where_the_page_ends_in_a_headline():
    page = """Counting the damage

Photo
The harbor front just after the crest of the flood on Monday night.Credit Gordon Ashby/The Agency

Thousands of people along the lower river tried to get back to their homes on Thursday.

Officials reported two deaths linked to the flood.

2:25 PM Injured Now Put at 61

Here are the figures by district, given out at noon:

Old Basin: 31

HAL BRANNIGAN

2:21 PM Library Branches That Are Open

The list of the nine branches is on the library's own page.

THE MORNING POST

2:08 PM Governor Signs Emergency Order

The governor signed an order for four river counties.

THE MORNING POST

1:31 PM Trams Might Run to Market Sq
"""
    found = read_text(page, source="page.txt").entries
    assert [e.author for e in found] == [None, "HAL BRANNIGAN", "THE MORNING POST", "THE MORNING POST", None]
    assert found[0].title == "Counting the damage"
    assert found[1].body.endswith("Old Basin: 31")


def test_a_stamp_without_a_text_under_a_later_authors_name_is_an_entry():
    page = """The glasses event, live

The maker will be showing its newest glasses at its spring event on May 18.
Nina Apple 5/18/2031 4:54:12 PM
Nina Apple 5/18/2031 4:55:03 PMWe're about to be let in.
Owen Castell 5/18/2031 4:55:40 PMBest line in the queue so far.
Nina Apple 5/18/2031 4:56:27 PMThe band is not playing.
"""
    assert [(e.stamp, e.author, e.body) for e in entries(page)][:2] == [
        ("5/18/2031 4:54:12 PM", "Nina Apple", ""),
        ("5/18/2031 4:55:03 PM", "Nina Apple", "We're about to be let in."),
    ]


_QUIET = "\n\n4.15pm And with that we close.\n\n4.06pm The motion is lost, 61 to 58.\n\n3.58pm She is loud today.\n"


@pytest.mark.parametrize(
    "over",
    [
        "News National LIVE BLOG: Questions after water vote\n\nLIVE BLOG: Questions after water vote\n\n"
        "Twitter Facebook Reddit Email\n\nFour promises she made, one by one\n• New poll puts her in the danger zone",
        "Suisse\nLe Parlement choisit ses juges\n- Share\n- Tweet /home/clients/7c1e/plugins/buttons.php on line 72\n"
        "https://site.example/20-1000x600.jpg&description=Le', 'width=750'); return false;\" title=\"Partager\">",
        "Markets\n\nFTSE 250\n\nAs of 10:00 17 November 2018 - Market closed\nindex value 18732.16 change: -61.08 down "
        "-0.33%\nOpen\n18793.24\n\nAll market data on this page is provided by a third party.",
        "Aigner zu Besuch\nbei der Präsidentin\n\nNachzählung: Liste Alm Dritte\n\nDas vorläufige Ergebnis und alle "
        "Reaktionen, lesen Sie im Live-Ticker.\n\nvon Landtagswahl - Aigner\n© Bild: MARLENE HÖDL / APA",
    ],
)
def test_furniture_around_the_headline_is_no_introduction(over):
    assert [e.stamp for e in read_text(over + _QUIET, source="page.txt").entries] == ["4.15pm", "4.06pm", "3.58pm"]


@pytest.mark.parametrize(
    ("over", "headed"),
    [
        ('The speaker, Cde Marere" />\n\n', "Opening of the Third Assembly, live"),
        ("Elige tu emisora\n\nBuscar noticias\n\n", "Segunda jornada del juicio, en directo"),
        ("Newsblog zum Brand\n\n", "Reederei äußert sich zur Ladung\n\n24.09.2020, 12:30 Uhr | dpa, AFP"),
        ("", "The gold of the night, live\n\nBehrendt (r.) jubelt, Mundt (l.) gewann Bronze.getty"),
        ("", "The port burns, live\n\nSmoke over the basin on the day after. (Source: paper.example)"),
    ],
)
def test_an_introduction_begins_under_the_headline_without_what_a_copy_left_around_it(over, headed):
    told = "The members of the assembly will be sworn in this morning, with several guests here to see it."
    first = read_text(f"{over}{headed}\n\n{told}{_QUIET}", source="page.txt").entries[0]
    assert (first.title, first.body) == (headed.partition("\n")[0], told)


def test_an_image_copyright_is_no_part_of_a_body():
    page = (
        "13:05\n\nTea at its highest?\n\nImage copyright Getty Images\n\nTea ran up to $4.12.\n\n12:05\n\nBuses stop\n"
    )
    assert entries(page)[0].body == "Tea ran up to $4.12."


@pytest.mark.parametrize(
    ("told", "day"),
    [("ce jeudi 14 octobre", "2021-10-14"), ("ce vendredi 14 octobre", None), ("ce dimanche 14 novembre", None)],
)
def test_a_copys_month_dates_the_day_that_the_opening_calls_its_own(told, day):
    page = f""" date 2021-10 Les fédérations du transport se mobilisent {told} afin de se faire entendre.

- 8h10 : Le plan réduit tient comme prévu.

- 7h58 : Le réseau de bus est perturbé.

- 7h41 : Un piquet est tenu devant le dépôt.
"""
    assert [e.published and str(e.published.date()) for e in entries(page)] == [day] * 3


def test_names_apart_over_prose_head_the_entries_of_a_page_without_stamps():
    page = """Municipal vote: follow our live coverage

Montage de quatre portraits sur fond vert avec la mention du scrutin.

Les quatre aspirants connaîtront leur sort ce soir.

C'était le grand soir, dimanche, pour les candidats de tous les partis, et les électeurs ont enfin pris la parole.

Ann Hill

The last poll says that three districts are almost sure.

Seven seats are foreseen.

Bo Reed

Here are the results of the last vote:

41.8 %

Ann Hill

It is still quiet in the hall, where the party gathers.

Bo Reed

For the first time the old quay will be the most interesting part of the eve
"""
    found = read_text(page, source="page.txt").entries
    assert [(e.author, e.body.split()[0]) for e in found] == [
        (None, "C'était"),
        ("Ann Hill", "The"),
        ("Bo Reed", "Here"),
        ("Ann Hill", "It"),
        ("Bo Reed", "For"),
    ]


def test_a_stamp_glued_to_the_year_of_the_post_over_it_begins_its_entry():
    page = """10 h 25 | Plus que 6 départements en alerte
Le service a revu son alerte à la baisse.
— Alerte (@Alerte) November 12, 20249 h 52 | Aucun blessé grave dans le val
La préfète s'est dite soulagée.
9 h 31 | Des toitures arrachées
Les rafales ont emporté des toitures.
"""
    assert [e.stamp for e in entries(page)] == ["10 h 25", "9 h 52", "9 h 31"]


_MATCH = """As it happened: final day

Updated: Saturday, 9 Mar 2013 {updated}

1714 The Wolves just never got going.

One more home game in April.

78 mins The Wolves tap a penalty and run everything.

74 mins Tuohy wins one clean at last.

71 mins Changes all over the park.

66 mins TRY! Lothian have it wrapped up.
"""


@pytest.mark.parametrize(
    ("updated", "clocks"),
    [("18:31", ["2013-03-09 17:14:00"]), ("16:02", []), ("", [])],
    ids=["after", "before", "none"],
)
def test_four_digits_over_match_minutes_are_a_clock_shortly_before_the_pages_own(updated, clocks):
    found = read_text(_MATCH.format(updated=updated), source="page.txt").entries
    assert [str(e.published) for e in found if e.published] == clocks
    assert [e.body.split()[0] for e in found][-4:] == ["78", "74", "71", "66"]


_COPY = """{above}

Thursday, 14 July 2011

Harbour strike: pickets stay at the gates

22:31 Pickets sit at two fires since Tuesday.{said}

22:27 The harbour board meets again on Friday.

22:05 The night shift has voted to join the strike.
"""


@pytest.mark.parametrize(
    ("above", "said", "dated"),
    [
        ("Get our toolbar!", "", False),
        ("Old Teapots Club", "", False),
        ("Old Teapots Club", " The vote was held on Thursday, they say on Thursday night.", True),
        ("Advertisement", "", True),
        ("Harbour live updates", "", True),
    ],
)
def test_a_blogs_date_over_the_headline_of_a_copy_counts_only_where_the_text_agrees(above, said, dated):
    found = entries(_COPY.format(above=above, said=said))
    assert [e.published is not None for e in found] == [dated] * 3
    assert [f"{e.clock:%H:%M}" for e in found] == ["22:31", "22:27", "22:05"]


_SIGNED_BELOW = """Latest updates

Bridge closure updates

The old bridge stays shut on Thursday after a barge struck its second pier, and two ferries run in its place all day.

new content is available. click to update.

{first}
{second}
Ferry starts at noon

The second ferry starts at noon, the harbour board says.

Paul Hendry
March 13, 6:02 am
"""
_TWICE = "{title}\n\n{text}\n\nPaul Hendry\nMarch 13, {clock} am\n{again}\n"


@pytest.mark.parametrize("again", ["  • Paul Hendry March 13, {clock} am\n", ""], ids=["twice", "once"])
def test_a_byline_and_stamp_right_below_each_text_close_its_entry(again):
    told = [
        ("Schools stay open", "All five schools are open, the town said.", "5:12"),
        ("Divers at the pier", "Two divers look at the pier until noon.", "5:20"),
    ]
    first, second = (
        _TWICE.format(title=title, text=text, clock=clock, again=again.format(clock=clock))
        for title, text, clock in told
    )
    opening, *found = read_text(_SIGNED_BELOW.format(first=first, second=second), source="page.txt").entries
    assert (opening.title, opening.body[:28]) == ("Bridge closure updates", "The old bridge stays shut on")
    assert "click" not in opening.body
    assert [(e.stamp, e.title, e.author, e.body) for e in found] == [
        *((f"March 13, {clock} am", title, "Paul Hendry", text) for title, text, clock in told),
        (
            "March 13, 6:02 am",
            "Ferry starts at noon",
            "Paul Hendry",
            "The second ferry starts at noon, the harbour board says.",
        ),
    ]


_MENU_OVER = """{menu}

Harbour tunnel closure: how the day unfolded

{told}

{stamps}
"""
_TOLD = "The harbour tunnel was shut on Monday after a crack was found in the roof of its southern tube."


@pytest.mark.parametrize(
    "menu",
    [
        "Jump directly to the content\nTOP\nThe Valley\nAll Football\nFROZEN STIFF",
        "Get all your news in one place.\n100’s of premium titles.\nOne app.\nStart reading\nThe Valley - AU",
        "The Valley PostTruth Wants Daylight",
    ],
    ids=["skip link", "slogans", "motto"],
)
def test_menus_and_a_papers_motto_over_the_headline_introduce_nothing(menu):
    stamps = "7am\n\nThe first cars turn back.\n\n9am\n\nFerries are free until noon.\n\n11am\n\nBoth tubes are shut."
    opening, *found = read_text(_MENU_OVER.format(menu=menu, told=_TOLD, stamps=stamps), source="page.txt").entries
    assert (opening.title, opening.body) == ("Harbour tunnel closure: how the day unfolded", _TOLD)
    assert [e.stamp for e in found] == ["7am", "9am", "11am"]


@pytest.mark.parametrize("stop", ["", "."])
def test_a_line_that_only_announces_the_live_introduces_nothing(stop):
    told = f"This is where we are posting live results as polls across the country close{stop}"
    stamps = "7am\n\nThe first polls open.\n\n9am\n\nThe governor votes.\n\n11am\n\nLong lines in the north."
    found = read_text(_MENU_OVER.format(menu="LOCAL", told=told, stamps=stamps), source="page.txt").entries
    assert [e.stamp for e in found] == ["7am", "9am", "11am"]


def test_a_stamp_alone_over_the_paragraph_that_holds_all_older_entries_begins_its_first():
    page = """Storm Odessa: the latest

Tropical Storm Odessa is seen at 6:20 a.m. EST, October 8, 2031, as it nears the coast of Harlan.
Space Office via Getty Images
A tower lies on its side at the pier after heavy surf on October 8, 2031.
Getty Images

4:12 a.m. ET

A pumping station was taken off-line by hand after a tree fell on its fence. 3:41 a.m. ET The company says that the
 station is safe and that its crew has left. 3:05 a.m. ET Two causeways are closed because of rising water in the bay.
 2:26 a.m. ET The storm is moving north at nine miles per hour, the centre says. 1:50 a.m. ET Three towns have no power.
""".replace("\n ", " ")
    found = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.body.split()[0]) for e in found] == [
        ("4:12 a.m. ET", "A"),
        ("3:41 a.m. ET", "The"),
        ("3:05 a.m. ET", "Two"),
        ("2:26 a.m. ET", "The"),
        ("1:50 a.m. ET", "Three"),
    ]


@pytest.mark.parametrize("words", ["Shortly before 9 a.m.", "Just after 9 a.m.", "About 9 a.m."])
def test_words_that_say_how_exact_a_clock_is_belong_to_its_stamp(words):
    page = f"""8:47 a.m. – Police receive reports of smoke from a ferry at the wharf.
{words} – Commuters are among the first to report a loud bang.
Shortly before 9 a.m. the harbour bell had rung, says the pilot.
9:06 a.m. – In addition to the smoke, flames are seen at the stern.
9:14 a.m. – More than 40 people wait for a second boat.
"""
    found = entries(page)
    assert [e.stamp for e in found] == ["8:47 a.m.", words, "9:06 a.m.", "9:14 a.m."]
    assert f"{found[1].clock:%H:%M}" == "09:00"
    assert found[1].body.endswith("says the pilot.")


@pytest.mark.parametrize(
    ("head", "changed"),
    [
        ("HOME | 19 August 2024", "Updated 18 November 2022, 23:40"),
        ("ACCUEIL 19.8.2024 Mis à jour à 17h34", "Mis à jour le 18.11.2022"),
        ("Startseite | Montag, 19. August 2024", "Aktualisiert am 18.11.2022 um 23:40 Uhr"),
        ("Portada - 19/08/2024", "Actualizado 18/11/2022"),
        ("Monday, 19 August 2024", "Updated 18 November 2022, 23:40"),
    ],
)
def test_the_date_of_a_visit_in_a_sites_head_gives_way_to_the_pages_own(head, changed):
    page = f"""{head}

Harbour vote: who holds the town hall tonight

{changed}

23:24

The last box has come in from the islands.

23:11

The mayor thanks the crews of both ferries.

22:57

The count goes on in the gymnasium.
"""
    assert {str(e.published.date()) for e in entries(page)} == {"2022-11-18"}


@pytest.mark.parametrize("head", ["HOME | 19 August 2024", "Startseite > 19.08.2024, 17:34 Uhr"])
def test_a_sites_head_alone_dates_no_entry(head):
    page = f"""{head}

Harbour vote: who holds the town hall tonight

23:24

The last box has come in from the islands.

23:11

The mayor thanks the crews of both ferries.
"""
    assert [e.published for e in entries(page)] == [None, None]


@pytest.mark.parametrize(
    "links",
    [
        "Noticias Relacionadas\n- Ya suman tres los puentes caídos\n- Joven murió en Vallenar esta tarde",
        "Related links\n\n" + "Ferry aground: the first images Your say on the rocks Halls opened in Waikawa " * 3,
        "À lire aussi :\n• La digue tient bon\n• Les crues du siècle en images",
        "Mehr zum Thema\n- So hoch steht das Wasser\n- Wer jetzt hilft",
    ],
)
def test_links_to_other_reports_under_their_label_are_no_introduction(links):
    page = f"""Harbour flood live: the lock is shut

The whole quay is under water, and the boats are tied to the lamps.

{links}

18:21: The pumps have been brought from the town.

18:15: The gates of the lock are shut.

18:02: The water rises by a hand in an hour.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert first.title == "Harbour flood live: the lock is shut"
    assert first.body == "The whole quay is under water, and the boats are tied to the lamps."


@pytest.mark.parametrize(
    "headline",
    [
        "Aluvión Minuto a minuto: Revisa aquí todos los detalles.",
        "Harbour flood live updates: Read all the latest here.",
        "Hochwasser im Liveticker: Lesen Sie hier alle Einzelheiten.",
        "La crue en direct : suivez ici toute la soirée.",
    ],
)
def test_a_headline_that_calls_on_its_reader_after_a_colon_may_end_in_a_stop(headline):
    page = f"""{headline}
The whole quay is under water, and the boats are tied to the lamps.
18:21: The pumps have been brought from the town.
18:15: The gates of the lock are shut.
18:02: The water rises by a hand in an hour.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert (first.title, first.body.split()[:3]) == (headline, ["The", "whole", "quay"])


@pytest.mark.parametrize(
    "call",
    [
        "Scroll down and read our flood live blog as it happens.",
        "Follow the latest updates on the flood in our live blog below",
        "We will be providing live updates until 7pm.",
        "Siga el minuto a minuto de la crecida",
        "Suivez la soirée minute par minute ci-dessous.",
        "Verfolgen Sie das Hochwasser hier im Liveticker.",
        "Flood live blog, July 9",
        "Par , publié le | modifié le",
        "By , published on",
    ],
)
def test_a_call_to_follow_the_live_and_a_byline_left_empty_introduce_nothing(call):
    page = f"""Harbour flood live: the lock is shut

{call}

The whole quay is under water, and the boats are tied to the lamps.

18:21: The pumps have been brought from the town.

18:15: The gates of the lock are shut.

18:02: The water rises by a hand in an hour.
"""
    first = read_text(page, source="page.txt").entries[0]
    assert first.body == "The whole quay is under water, and the boats are tied to the lamps."


def test_stars_around_headlines_are_left_out():
    page = """**Harbour vote: who holds the town hall tonight**

23:24

**The last box comes in**

The last box has come in from the islands, the clerk says.

23:11

**The mayor thanks the crews**

The mayor thanks the crews of both ferries, and the clerk.
"""
    assert [e.title for e in entries(page)] == ["The last box comes in", "The mayor thanks the crews"]
    assert read_text(page, source="page.txt").page.title == "Harbour vote: who holds the town hall tonight"


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("**IND 208/9 Over 45**", "**IND 199/9 Over 44**", "**IND 197/8 Over 43**"),
        ("India 208-9 (45 overs)", "India 199-9 (44 overs)", "India 197-8 (43 overs)"),
    ],
)
def test_scores_after_an_over_head_entries_without_a_time(first, second, third):
    page = f"""Lotus Cup final: India against Sri Lanka

{first}

Gill lifts Kumara over the rope.

{second}

This had been coming, and Iyer walks.

{third}

Four singles, all of them to the deep.
"""
    found = read_text(page, source="page.txt").entries
    assert [e.title for e in found][-3:] == [line.strip("*") for line in (first, second, third)]
    assert not any(e.published or e.clock for e in found)


@pytest.mark.parametrize("stamp", ["22:54 Uhr", "22h54", "10.54pm", "22:54 hrs"])
def test_one_clock_before_text_over_a_matchs_minutes_stamps_the_closing_words(stamp):
    page = f"""The town bows out of the cup against Ajax, and with its head held high.

{stamp}: That is it, the town wins by two to one and is out.

93. Min: One more header by Suter, wide of the post.

90. Min: Four minutes are added, then the season is over.

88. Min: The spare goalkeeper has to be treated.
"""
    found = read_text(page, source="page.txt").entries
    assert [e.clock and f"{e.clock:%H:%M}" for e in found] == [None, "22:54", None, None, None]
    assert found[1].body.startswith("That is it")


def _clocks(page):
    return [e.clock and f"{e.clock:%H:%M}" for e in read_text(page, source="page.txt").entries if e.stamp]


_SAID = "The harbour board has met twice today and will meet again tonight to hear both sides."


def test_four_digits_before_capitals_are_clocks_unless_they_may_be_years_or_round_sums():
    def page(*stamps):
        return "Deadline day live\n\n" + "\n\n".join(f"{stamp} KEIN WECHSEL\n\n{_SAID}" for stamp in stamps)

    assert _clocks(page("2305", "2254", "2240")) == ["23:05", "22:54", "22:40"]
    assert _clocks(page("1815", "1848", "1914", "1939")) == []
    assert _clocks(page("2300", "2150", "1200")) == []


@pytest.mark.parametrize("heading", ["Börsen um {}", "Mercados a las {}", "Marchés à {}", "Markets at {}"])
def test_short_headings_that_lead_to_their_clock_stamp_the_text_below(heading):
    page = "\n\n".join(f"{heading.format(clock)}\n\n{_SAID}" for clock in ("14:55", "13:15", "10:05"))
    assert _clocks(page) == ["14:55", "13:15", "10:05"]


def test_headings_that_lead_to_a_kick_off_stamp_nothing():
    page = "\n\n".join(f"Kick-off at {clock}\n\n{_SAID}" for clock in ("12:30", "15:00", "17:30"))
    assert _clocks(page) == []


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("An diesem Sonntag, 13. Juni, wird gewählt. Am Abend folgen die Zahlen.", ["2021-06-14", "2021-06-13"]),
        ("Le second tour a lieu ce dimanche 13 juin.", [None, None]),  # written before or after midnight
        ("La segunda vuelta se celebra este lunes 13 de junio por la noche.", [None, None]),  # it was a Sunday
    ],
)
def test_the_evening_told_in_an_opening_dates_entries_past_midnight(told, days):
    page = f"Elections 2021: the results\n\n{told}\n\n00:05\n\n{_SAID}\n\n23:05\n\n{_SAID}\n"
    stamped = [e for e in read_text(page, source="page.txt").entries if e.stamp]
    assert [e.published and f"{e.published:%Y-%m-%d}" for e in stamped] == days


@pytest.mark.parametrize("button", ["loading...", "Chargement…", "Cargando...", "Wird geladen …"])
def test_a_picture_that_is_still_to_come_is_no_text(button):
    page = "\n\n".join(f"{clock}\n\n{button}\n\n{_SAID}" for clock in ("14:05", "13:05"))
    assert [e.body for e in read_text(page, source="page.txt").entries] == [_SAID, _SAID]


@pytest.mark.parametrize(
    "name",
    [
        "Bildschirmfoto 2021-03-04 um 07.51.40.png",
        "Capture d’écran 2021-03-04 à 07.51.40",
        "Captura de pantalla 2021-03-04 a las 7.51.40",
        "IMG_20210304_075140.jpg",
    ],
)
def test_the_name_of_a_pictures_file_dates_nothing_in_any_language(name):
    page = f"Quay wall stays shut\n\n{name}\n\n07:44 The last crane has gone.\n\n07:20 The wall holds.\n\n{name}\n"
    found = entries(page)
    assert [(e.stamp, e.published) for e in found] == [("07:44", None), ("07:20", None)]
    assert not any("2021" in e.body for e in read_text(page, source="page.txt").entries)


_FIRE = " Die Feuerwehr kam spät und blieb bis zum Abend, sagte ein Sprecher der Stadt am Telefon."


def test_german_clocks_and_ages_welded_into_one_line_stamp_as_english_ones_do():
    clocks = ("20.15", "19.40", "19.05", "18.30", "18.10")
    line = "KIEL -- " + "".join(f"{clock} UhrDer Zug steht.{_FIRE}" for clock in clocks)
    assert [(e.stamp, e.body) for e in entries(line)] == [(f"{c} Uhr", f"Der Zug steht.{_FIRE}") for c in clocks]
    heads = {"5": "Halle brennt", "17": "Straße gesperrt", "40": "Rauch zieht ab", "52": "Alarm am Kai"}
    line = "Brand im Hafen" + "".join(
        f"vor {age} Min.{title}Von Anna BergDie Halle.{_FIRE}" for age, title in heads.items()
    )
    assert [(e.stamp, e.title, e.author, e.body) for e in entries(line)] == [
        (f"vor {age} Min.", title, "Anna Berg", f"Die Halle.{_FIRE}") for age, title in heads.items()
    ]


@pytest.mark.parametrize(
    "changed",
    [
        "23 July 2014 Last updated at 00:48",
        "23. Juli 2014, zuletzt aktualisiert um 00:48 Uhr",
        "23 juillet 2014 | Dernière mise à jour à 00h48",
        "23 de julio de 2014 - Última actualización a las 00:48",
    ],
)
def test_a_page_changed_after_midnight_dates_its_entries_before_midnight_the_day_before(changed):
    page = f"Count at the quay\n\n{changed}\n\n00:21: All is told.\n\n00:04: One box.\n\n23:51: Two boxes.\n"
    assert [f"{e.published:%d.%m. %H:%M}" for e in entries(page)] == ["23.07. 00:21", "23.07. 00:04", "22.07. 23:51"]


def test_a_clock_of_the_last_change_that_no_entry_after_midnight_fits_dates_nothing():
    page = "Count at the quay\n\n23 July 2014 Last updated at 00:48\n\n22:21: All is told.\n\n21:04: One box.\n"
    assert [e.published for e in entries(page)] == [None, None]


@pytest.mark.parametrize(("weekday", "dated"), [("Thursday", False), ("Friday", True)])
def test_a_copys_date_is_none_of_the_entries_where_all_weekdays_are_the_one_before(weekday, dated):
    page = (
        f" date 2021-10-15 The convoy of 2021 left the quay on {weekday} with forty carts and a band.\n\n"
        f"9:37 p.m. The council said on {weekday} that the gate stays shut.\n\n8:29 p.m. The band has gone home.\n\n"
        "7:44 p.m. The carts stand in two rows.\n"
    )
    assert [e.published is not None for e in entries(page)] == [dated] * 3


@pytest.mark.parametrize(
    ("leads", "stamps"),
    [
        (
            ("Update vom Samstag, 13. November, 6.48 Uhr", "Update vom Freitag, 12. November, 22.05 Uhr"),
            ("Samstag, 13. November, 6.48 Uhr", "Freitag, 12. November, 22.05 Uhr"),
        ),
        (
            ("Mise à jour du samedi 13 novembre, 6h48", "Mise à jour du vendredi 12 novembre, 22h05"),
            ("samedi 13 novembre, 6h48", "vendredi 12 novembre, 22h05"),
        ),
        (
            ("Actualización del sábado 13 de noviembre, 6:48", "Actualización del viernes 12 de noviembre, 22:05"),
            ("sábado 13 de noviembre, 6:48", "viernes 12 de noviembre, 22:05"),
        ),
        (
            ("Update from Saturday, 13 November, 6:48", "Update from Friday, 12 November, 22:05"),
            ("Saturday, 13 November, 6:48", "Friday, 12 November, 22:05"),
        ),
    ],
)
@pytest.mark.parametrize("copied", ["2021-11", "2020-11"])
def test_updates_led_by_weekday_and_date_are_dated_in_the_year_of_the_copy_that_fits(leads, stamps, copied):
    later, sooner = leads
    long = "The hall at the quay burns, and the crews stay through the night with all of their engines. " * 2
    page = f" date {copied} Fire at the quay\n\n{long}\n\n" + "\n\n".join(
        f"{lead}: {words} {long}"
        for lead, words in ((later, "One."), (sooner, "Two."), (sooner.replace("22", "21"), "Three."))
    )
    found = entries(page)
    assert tuple(e.stamp for e in found[:2]) == stamps
    assert [e.body.split()[0] for e in found] == ["One.", "Two.", "Three."]
    days = [f"{e.published:%Y-%m-%d %H:%M}" if e.published else None for e in found]
    dated = ["2021-11-13 06:48", "2021-11-12 22:05", "2021-11-12 21:05"]
    assert days == (dated if copied == "2021-11" else [None] * 3)


def test_stamps_without_pm_between_two_with_it_are_of_their_half():
    page = (
        "Trial at the quay\n\n1:05pm - One.\n\n12:58 - Two.\n\n11:49 - Three.\n\n11:21am - Four.\n\n10:50am - Five.\n"
    )
    assert [f"{e.clock:%H:%M}" for e in entries(page)] == ["13:05", "12:58", "11:49", "11:21", "10:50"]
    rising = "Trial at the quay\n\n9:05pm: One.\n\n9:58: Two.\n\n10.12pm: Three.\n\n10:40pm: Four.\n"
    assert [f"{e.clock:%H:%M}" for e in entries(rising)] == ["21:05", "21:58", "22:12", "22:40"]


@pytest.mark.parametrize(("last", "read"), [("5:12", True), ("3:58", False), ("5.12", False)])
def test_stamps_without_pm_at_a_pages_end_follow_within_the_hour(last, read):
    page = f"Trial at the quay\n\n5:49pm - One.\n\n5:40pm - Two.\n\n{last} - Three.\n"
    assert [f"{e.clock:%H:%M}" for e in entries(page)] == ["17:49", "17:40", *["17:12"] * read]
    first = "Trial at the quay\n\n6:02 - Zero.\n\n5:49pm - One.\n\n5:40pm - Two.\n\n5:31pm - Three.\n"
    assert [f"{e.clock:%H:%M}" for e in entries(first)] == ["18:02", "17:49", "17:40", "17:31"]


def test_a_stamp_without_pm_that_does_not_stand_between_its_neighbours_keeps_no_half_of_theirs():
    page = "Trial at the quay\n\n6:05pm - One.\n\n7:58 - Two.\n\n5:49pm - Three.\n\n5:21pm - Four.\n"
    assert not any(e.clock and (e.clock.hour, e.clock.minute) == (19, 58) for e in entries(page))


_HELD = "The keeper says the wall will hold and that the lamps are lit along the whole of the quay tonight."


def _in_one_paragraph(opening, digits):
    return f"{opening} " + " ".join(f"{four}: {_HELD}" for four in digits)


def test_four_digits_within_one_paragraph_are_clocks_that_run_back_or_have_their_zone_told():
    back = ("1522", "1511", "1504", "1457", "1441")
    assert [e.stamp for e in entries(_in_one_paragraph("Quay watch.", back))] == [*back]
    forth = back[::-1]
    zoned = entries(_in_one_paragraph("QUAY WATCH (all times GMT) Six boats sail.", forth))
    assert [(e.stamp, e.zone) for e in zoned] == [(four, "GMT") for four in forth]


@pytest.mark.parametrize(
    "digits",
    [
        ("1441", "1457", "1504", "1511", "1522"),  # may be years of a history
        ("2018", "2015", "2014", "2011", "2010"),
        ("1522", "1511", "1504", "1498", "1441"),
        ("1522", "1511", "1530", "1457", "1441"),
    ],
)
def test_four_digits_within_one_paragraph_that_may_be_years_or_stand_out_of_order_are_no_stamps(digits):
    assert entries(_in_one_paragraph("Quay history.", digits)) == []


def test_words_in_capitals_over_four_digits_of_one_paragraph_head_their_entry():
    page = _in_one_paragraph("Quay watch.", ("1522", "1511", "1504", "1457", "1441"))
    page = page.replace("1504:", "THE NEW CRANE FALLS AT BERTH 12 1504:")
    found = entries(page)
    assert [e.title for e in found] == [None, None, "THE NEW CRANE FALLS AT BERTH 12", None, None]
    assert found[1].body == _HELD


@pytest.mark.parametrize(
    "line",
    [
        "Comments Off on Count at the quay: Live updates",
        "Commentaires fermés sur Count at the quay",
        "Kommentare deaktiviert für Count at the quay",
        "Comentarios desactivados en Count at the quay",
        "Authored by quay.example and submitted by ann88",
        "This article was added by the user . TheQuayNews is not responsible for the content of the platform.",
        "March 13, 2031 - Boats are counted along the north coast",
    ],
)
def test_what_a_copying_site_prints_under_the_headline_introduces_nothing(line):
    page = f"Count at the quay tonight\n\n{line}\n\nSix boats are in and the count goes on until ten.\n\n"
    page += "9:37 p.m.\n\nOne box is open.\n\n9:12 p.m.\n\nTwo boxes came.\n\n8:50 p.m.\n\nThe doors close.\n"
    first = read_text(page, source="page.txt").entries[0]
    assert (first.title, first.body) == (
        "Count at the quay tonight",
        "Six boats are in and the count goes on until ten.",
    )


def test_the_mark_of_a_quotation_that_a_copy_left_is_no_text():
    page = "9pm\n\n>\n\nThe count is done.\n\n8.40pm\n\n> The boxes came.\n\n8.10pm\n\n> 50 boxes wait.\n"
    assert [e.body for e in entries(page)] == ["The count is done.", "The boxes came.", "> 50 boxes wait."]


@pytest.mark.parametrize("office", ["Justice", "Lord Justice", "Sen.", "Richter", "Kanzlerin", "Juge", "Fiscal"])
def test_who_holds_an_office_speaks_in_an_entry_and_writes_none(office):
    said = [f"{office} Hill: The vote is void.", f"{office} Berg: I agree.", f"{office} Hill: We rise.", "All leave."]
    page = "\n\n".join(f"11:{50 - n}: {words}" for n, words in enumerate(said))
    assert [(e.author, e.body) for e in entries(page)] == [(None, words) for words in said]
    named = page.replace(f"{office} Hill", "Ann Hill").replace(f"{office} Berg", "Bo Berg")
    assert [e.author for e in entries(named)] == ["Ann Hill", "Bo Berg", "Ann Hill", None]


_NIGHT = (
    "12:05 a.m.\n\nThe last box is open.\n\n11:40 p.m.\n\nThe mayor has come in.\n\n10:10 p.m.\n\nThe doors are shut.\n"
)


@pytest.mark.parametrize(
    ("promise", "day"),
    [
        ("QUAY — The latest developments on election night, Oct. 4, 2033. All times are Eastern Time:", 4),
        ("The latest on the count in Quay, Ohio, Oct. 4, 2033 (all times local):", 4),
        ("The latest on the trial over the attack in Quay, Oct. 4, 2033.", None),
        ("The latest on the attack of Oct. 4, 2033. All times are Eastern Time:", None),
        ("The doors opened at nine in Quay, Oct. 4, 2033. All times are Eastern Time:", None),
    ],
)
def test_a_whole_date_before_the_note_on_all_times_is_the_day_of_the_latest_that_is_promised(promise, day):
    found = entries(f"The count in Quay tonight\n\n{promise}\n\n{_NIGHT}")
    days = [e.published.day if e.published else None for e in found]
    assert days == ([day + 1, day, day] if day else [None, None, None])


@pytest.mark.parametrize(
    "line",
    [
        "All the rail stoppage news, rows and more . . .",
        "Toutes les infos sur la grève et bien plus…",
        "Alle Nachrichten zum Streik und mehr ...",
        "Todas las noticias del paro y mucho más…",
    ],
)
def test_a_line_that_trails_off_after_all_the_news_introduces_nothing(line):
    found = read_text(f"Strike in Quay: the day\n\n{line}\n\n{_NIGHT}", source="page.txt").entries
    assert [e.stamp for e in found] == ["12:05 a.m.", "11:40 p.m.", "10:10 p.m."]


@pytest.mark.parametrize(
    "line",
    [
        "This live blog is now closed, thanks for reading.",
        "Dieser Liveticker ist nun beendet. Vielen Dank.",
        "Ce direct est désormais terminé, merci à tous.",
        "Este directo ya ha terminado, gracias por seguirlo.",
        "IE 11 is no longer supported. For the best visit our site in another browser.",
        "Ihr Browser wird nicht mehr unterstützt. Bitte nutzen Sie einen anderen.",
        "Votre navigateur n’est plus pris en charge. Changez-en pour lire la page.",
        "Su navegador ya no es compatible. Abra la página con otro.",
        "QUAY - This is our live blog of the strike.",
        "Hier ist unser Liveticker zum Streik.",
        "Voici notre direct de la grève.",
        "Este es nuestro minuto a minuto del paro.",
    ],
)
def test_a_notice_of_the_page_about_itself_introduces_nothing(line):
    found = read_text(f"Strike in Quay: the day\n\n{line}\n\n{_NIGHT}", source="page.txt").entries
    assert [e.stamp for e in found] == ["12:05 a.m.", "11:40 p.m.", "10:10 p.m."]


@pytest.mark.parametrize("kind", ["Opinión de ", "Analyse de ", "Analysis by ", "Kommentar von "])
def test_the_kind_of_text_before_an_authors_name_is_no_part_of_it(kind):
    names = ["Mara Olmo", "Hugo Ferr", "Mara Olmo", "Ana Gil"]
    stamps = ["12.07", "12.06", "12.04", "12.01"]
    page = "\n\n".join(f"{stamp}{kind}{name}: The judge asks." for stamp, name in zip(stamps, names, strict=True))
    assert [(e.stamp, e.author) for e in entries(page)] == list(zip(stamps, names, strict=True))


@pytest.mark.parametrize("word", ["Dieser", "A", "L'armée"])
def test_a_date_glued_to_the_introductions_first_word_dates_the_page(word):
    page = (
        f"Siege in Quay\nNovember 18, 2033{word} man waits in the hall.\n17:21 CET: It is over.\n17:17 CET: Dogs go in."
    )
    assert [str(e.published) for e in entries(page)] == ["2033-11-18 17:21:00+01:00", "2033-11-18 17:17:00+01:00"]


@pytest.mark.parametrize("clock", ["9.10am", "9:10 a.m.", "09:10"])
def test_places_before_a_colon_are_neither_authors_nor_zones(clock):
    later, earlier = clock.replace("9", "8", 1), clock.replace("9", "7", 1)
    page = f"""Port strike: day nine

{clock} Kwun Wai: Thirty ships have skipped the port.

{clock.replace("10", "05")} Central: Shares in the port's owner fell.

{later} Admiralty: The strikers have sat down.

{earlier} Kwun Wai: A thin line of pickets stands at the gate.
"""
    assert [(e.author, e.zone, e.body.split()[0]) for e in entries(page)] == [
        (None, None, "Kwun"),
        (None, None, "Central:"),
        (None, None, "Admiralty:"),
        (None, None, "Kwun"),
    ]


def test_capitals_before_a_colon_are_headlines_where_most_texts_begin_so():
    page = """7:22pm - LOONS TAKE THE TALL ONE: No surprise at the top.
--
6:41pm - TIDES CALLING: The coach has been seen at the table twice.
--
6:12pm - NO GOALIES: Not one of them goes in the first round.
"""
    assert [(e.title, e.author) for e in entries(page)] == [
        ("LOONS TAKE THE TALL ONE", None),
        ("TIDES CALLING", None),
        ("NO GOALIES", None),
    ]


def test_whoever_mails_or_tweets_under_a_stamp_is_the_author():
    page = """1. 00:52:
All eleven people are accounted for.
2. 00:17: Carl, Quayton
emails: I cycle over it every night.
3. 23:49: Bev Hill MP
tweets: My heart goes out to everybody.
"""
    assert [(e.stamp, e.author, e.title) for e in entries(page)] == [
        ("00:52", None, None),
        ("00:17", "Carl, Quayton", None),
        ("23:49", "Bev Hill MP", None),
    ]


def test_surnames_after_a_dash_and_reporters_who_say_where_they_are_are_authors():
    closed = """4:02 pm: Index drops

The index closed lower for the third time. —Hill

3:40 pm: Copper slides

Copper slid to its lowest since 2016. —Sato, Hill

2:55 pm: Airlines lead

Airlines lost the most today. —Hill
"""
    assert [e.author for e in entries(closed)] == ["Hill", "Sato, Hill", "Hill"]
    led = """4 minutes ago
Ann Hill in the trade village:
I am standing in what was a tent.
9 minutes ago
The road is closed in both directions.
"""
    assert [(e.author, e.body) for e in entries(led)] == [
        ("Ann Hill", "I am standing in what was a tent."),
        (None, "The road is closed in both directions."),
    ]


@pytest.mark.parametrize("bullet", ["", "- ", "• "])
@pytest.mark.parametrize("back", [True, False])
def test_four_digits_are_clocks_on_a_live_page_that_has_no_others(bullet, back):
    clocks = ["1805", "1720", "1648", "1530", "1402"][:: 1 if back else -1]
    texts = "\n".join(f"{bullet}{clock} | The boats lie at the quay, says one of the crews." for clock in clocks)
    assert [e.stamp for e in entries(f"Ferry strike: live updates\n\n{texts}")] == clocks
    if not back:
        assert not entries(f"The history of the quay\n\n{texts}")


def test_a_live_pages_years_are_no_clocks():
    years = "\n".join(f"{year} - The boats lay at the quay, says the book." for year in (1995, 1996, 2001, 2004, 2010))
    assert not entries(f"Ferry strike: live updates\n\n{years}")


@pytest.mark.parametrize("mark", ["• ", "- ", "## "])
def test_marks_before_the_headlines_of_a_page_without_stamps_are_no_part_of_them(mark):
    titles = ["Crews walk out of the port", "Mayor pleads for talks", "Quay cleared by police"]
    texts = "\n\n".join(f"{mark}{title}\n\nThe union says that nobody has asked the crews." for title in titles)
    found = read_text(f"Ferry strike: port shut as crews walk out\n\n{texts}", source="page.txt").entries
    assert [e.title for e in found] == titles


@pytest.mark.parametrize("bullet", ["•", "-", "*"])
def test_points_with_texts_indented_below_them_are_entries(bullet):
    page = f"""Ferry strike: No boats until Friday

The crews have walked out for a third day and nothing sails.

 {bullet} The port is shut

   The harbour master closed it at noon.

 {bullet} The mayor has called the strike "a shame on us all" in a letter.

 {bullet} Crews vote

   They voted by show of hands to go on.
"""
    found = read_text(page, source="page.txt").entries
    assert [(e.title, e.body.split()[0]) for e in found[1:]] == [
        ("The port is shut", "The"),
        (None, "The"),
        ("Crews vote", "They"),
    ]


def test_quarters_of_a_match_begin_entries_without_a_time():
    page = "\n".join(["Lions v Eagles", "Q4 - 31.18: SIREN!", "By a point!", "Q4 - 14.33: GOAL.", "Q3 - 6.20: MISS!"])
    found = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.body.split(":")[0]) for e in found] == [
        (None, "Q4 - 31.18"),
        (None, "Q4 - 14.33"),
        (None, "Q3 - 6.20"),
    ]


def test_a_clock_under_the_pages_date_is_no_entrys():
    page = """Mayor loses recall vote

Published: 12/09/2031

- 06:52

Updated: 12/09/2031

- 22:18

10:15
The mayor has lost by a landslide.
09:40
Counting has begun.
"""
    assert [e.stamp for e in entries(page)] == ["10:15", "09:40"]


def test_sentences_between_a_days_heading_and_its_first_stamp_are_an_entry():
    page = """FRIDAY, JANUARY 17, 2031
2144 GMT
The capsule is on the ship.
THURSDAY, JANUARY 16, 2031
Have a look at pictures from this morning's launch. We have posted a gallery.
2231 GMT
It came down a mile from its target.
"""
    found = read_text(page, source="page.txt").entries
    assert [(e.stamp, e.body.split()[0]) for e in found] == [("2144 GMT", "The"), (None, "Have"), ("2231 GMT", "It")]


def test_names_beside_whole_dates_sign_the_texts_over_them_where_nothing_follows_the_last():
    page = """Tanker drivers end their strike

The offer will be put to a vote next week, both sides said.

Good morning from the harbour, where talks begin again at nine.

The first lorries are expected within the hour.

Ann Hill14 November 2031 08:05
Here is our reporter on the queues at the pumps.

Ann Hill14 November 2031 08:41
The talks have broken up for lunch, with no word from either side.

Bo Reed14 November 2031 13:12
That is all from us today.

Bo Reed14 November 2031 19:02"""
    found = entries(page)
    assert [(e.author, e.body.split(" ")[0]) for e in found] == [
        ("Ann Hill", "Good"),
        ("Ann Hill", "Here"),
        ("Bo Reed", "The"),
        ("Bo Reed", "That"),
    ]
    assert found[0].body.endswith("within the hour.")


def test_people_in_brackets_at_the_ends_of_several_entries_are_authors_and_agencies_are_not():
    page = """23:58 Deal done
"We have a deal," the council's president wrote. (Aida Sanch)
18:05 Farmers light fires
About 1,000 tractors have come. (Jorge Belgas)
11:20 Handshake before the talks
Five leaders met over coffee. (Associated Press)
08:10 Good morning
The summit starts at ten. (Jorge Belgas)"""
    found = entries(page)
    assert [e.author for e in found] == ["Aida Sanch", "Jorge Belgas", None, "Jorge Belgas"]
    assert found[1].body == "About 1,000 tractors have come."
    assert found[2].body == "Five leaders met over coffee. (Associated Press)"


def test_a_bar_sets_headlines_off_from_the_texts_that_they_open():
    page = """4:25 pm

Strike Called Off Tonight | The union has announced that the strike stands withdrawn with immediate effect.

3:50 pm

The meeting has ended after two hours, and both sides are to brief the press.

2:18 pm

Harbour Runs Extra Boats | The harbour has put ten more boats on the lines, most of them to the islands."""
    found = entries(page)
    assert [e.title for e in found] == ["Strike Called Off Tonight", None, "Harbour Runs Extra Boats"]
    assert found[0].body.startswith("The union has announced")


def test_names_right_under_headlines_without_stamps_are_authors_with_blank_lines_or_without():
    page = "\n\n".join(
        [
            "Mount Solace erupts: all updates",
            "The mountain began to throw out ash this morning.",
            *("Food reaches the camps in the north", "Rhea Tolent", "The first lorries came at noon, the mayor said."),
            *("False: ash cures a cough", "Miko Villar", "No study supports the claim."),
            *("Alert is lowered to level two", "Rhea Tolent", "The tremors have been weaker for six days."),
            *("The airport opens again on Friday", "Jun Escal", "The runway will be swept by Thursday night."),
        ]
    )
    for text in (page, page.replace("\n\n", "\n")):
        found = [(e.title, e.author) for e in read_text(text, source="page.txt").entries if e.author]
        assert found == [
            ("Food reaches the camps in the north", "Rhea Tolent"),
            ("False: ash cures a cough", "Miko Villar"),
            ("Alert is lowered to level two", "Rhea Tolent"),
            ("The airport opens again on Friday", "Jun Escal"),
        ]


@pytest.mark.parametrize("bullet", ["●", "■", "◆", "▸", "*", "–"])
@pytest.mark.parametrize("apart", ["\n\n", "\n"])
def test_sentences_with_any_bullet_are_entries_and_smaller_points_are_within_them(bullet, apart):
    told = [
        "The chief minister ends her speech after two hours and is applauded by both sides of the house.",
        "Officials in the lowest grade get one payment, to be made in the first week of January.",
        "The state sets aside 64 million to replace water pipes in three of its northern districts.",
        "A library on a barge is to call at 26 villages along the river from the summer on.",
        "The levy on stone goes up, and the opposition shouts that houses will become dearer.",
    ]
    points = [f"{bullet} {text}" for text in told]
    points.insert(3, "▹ Households there pay nothing for water in December")
    page = apart.join(["date 2024-11-22 This live report has ended. Thank you for following us.", *points])
    found = read_text(page, source="page.txt").entries
    assert [e.body.split("\n")[0] for e in found] == told
    assert "Households there" in found[2].body


@pytest.mark.parametrize("stamp", ["1634:", "16:34: ", "- 1634:", "16.34: "])
def test_kickers_in_capitals_glued_to_their_texts_are_headlines(stamp):
    told = [
        (34, "ROWING", "Double sculls champion Ida Thorn is out for the season with a broken rib."),
        (27, "GET INVOLVED", "Hannah in Ludlow by text: the cloakroom tickets are worth more."),
        (
            19,
            "Our athletics correspondent Moira DunsethMARATHON",
            "The course was 214 metres short, says its director.",
        ),
        (11, "RUGBY LEAGUE", "A club has been docked four points for fielding two players under wrong names."),
    ]
    page = "\n".join(["Sportsday live", *(f"{stamp.replace('34', str(m))}{title}{text}" for m, title, text in told)])
    found = entries(page)
    assert [(e.title, e.author) for e in found] == [
        ("ROWING", None),
        ("GET INVOLVED", None),
        ("MARATHON", "Moira Dunseth"),
        ("RUGBY LEAGUE", None),
    ]
    assert [e.body for e in found] == [text for _, _, text in told]


@pytest.mark.parametrize("over", [[], ["Pier fire live: hundreds flee", "  • Nov 23 2021, 5:12 ET", "Crews are here."]])
def test_names_that_are_points_of_a_list_sign_the_headlines_and_texts_set_in_below_them(over):
    told = [
        ("Katie Marlow", "PIER BOSS SPEAKS", "Owner Barry Sling has told how he watched the fire from his kitchen."),
        ("Dominic Ferris", "Roads shut", "Marine Parade is closed from the clock tower to the bowling green."),
        ("Katie Marlow", "Two treated for smoke", "A stallholder and a lifeguard are being treated in hospital."),
    ]
    points = [line for name, title, text in told for line in (f"  • {name}", f"    {title}", f"    {text}")]
    found = read_text("\n\n".join([*over, *points]), source="page.txt").entries[-3:]
    assert [(e.author, e.title, e.body) for e in found] == told


def test_the_zone_in_brackets_after_the_name_of_all_times_is_the_entries():
    page = "The keynote\n\nAll times in US Pacific Time (PDT)\n\n09:50 – The doors open.\n\n09:42 – The queue is long."
    assert [e.zone for e in entries(page)] == ["PDT", "PDT"]


def test_a_matchs_end_before_a_colon_is_an_entry_among_its_minutes():
    opening = (
        "Welcome to our coverage of tonight's netball decider between Southern Tide and Adelaide Comets in Porirua."
    )
    page = "\n\n".join(
        [opening, "FT: TID 58-57 ADL", "The Tide win the cup by one."]
        + [f"{m}min: TID 57-57 ADL\n\nHana Te Rangi turns the ball over again." for m in (59, 57, 54)]
    )
    found = read_text(page, source="page.txt").entries
    assert [e.body.split(":")[0] for e in found] == [opening, "FT", "59min", "57min", "54min"]
    below = read_text(page.partition("one.\n\n")[2], source="page.txt").entries
    assert [e.body.split(":")[0] for e in below] == ["59min", "57min", "54min"]


def test_headlines_without_a_byline_are_entries_among_those_with_one():
    told = [
        (
            "Is the best bakery in a car wash?",
            "Imogen Strahan",
            "Readers have voted for a bakery in the office of a car wash.",
        ),
        ("Sharks seen off the point", "Rafi Benedet", "Rowers have been told to stay out of the river until noon."),
        ("Weather today", None, "It will be a sticky one, with a chance of a storm after four."),
        ("School goes home after gas leak", "Rafi Benedet", "The school sent all its 900 students home this morning."),
    ]
    page = "\n\n".join(line for title, name, text in told for line in (title, *([f"By {name}"] if name else []), text))
    found = read_text(page, source="page.txt").entries
    assert [(e.title, e.author, e.body) for e in found] == told


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_names_that_head_most_texts_sign_them_and_few_capitalised_words_before_a_colon_head_one(gap):
    named = gap.join(
        [
            *("Jess Hartnall", "The Belgian team have withdrawn their leader from the race, it says."),
            *("Tom Pickavant", "The snow has stopped on the mountain but the road is still white."),
            *("Jess Hartnall", "The leader has been out on her rollers for twenty minutes already."),
            *("Course is cut short again", "It is stage four, and the one that will settle this race."),
        ]
    )
    found = read_text(named, source="page.txt").entries
    assert [(e.author, e.title) for e in found] == [
        ("Jess Hartnall", None),
        ("Tom Pickavant", None),
        ("Jess Hartnall", None),
        (None, "Course is cut short again"),
    ]
    market = gap.join(
        [
            *(
                "Markets end lower on policy day",
                "The index was down 188 points, or a third of a percent, at the close.",
            ),
            *("Rupee Close:", "The rupee ended 14 paise lower against its previous close of 81.78."),
            *("Sugar mill hits a record high", "The share price rallied 18 percent after the cap was lifted."),
            *("Tyre maker doubles its profit", "The company reported a net profit of 212 crore for the quarter."),
        ]
    )
    assert [e.title for e in read_text(market, source="page.txt").entries][1:3] == [
        "Rupee Close:",
        "Sugar mill hits a record high",
    ]


@pytest.mark.parametrize("lost", ["◈ ◈ ◈", "🔴", "\u200b", "Get the app for free"])
def test_a_line_of_unknown_signs_or_a_footer_costs_no_entry(lost):
    told = ["Chief minister reaches his office to thank workers", "Member may support the front", "Counting begins"]
    stamps = ["24 October 2019, 18:28", "24 October 2019, 17:44", "24 October 2019, 08:00"]
    page = "\n".join(line for pair in zip(stamps, told, strict=True) for line in pair)
    for text in (f"{page}\n\n{lost}", f"\u200b{page}"):
        found = entries(text)
        assert [e.stamp for e in found] == stamps
        assert [(e.title, e.body.split("\n")[0]) for e in found] == [(None, text) for text in told]


@pytest.mark.parametrize("over", ["", "Your local weather\n", "Your local weather\n\nAll sports\n\n"])
def test_the_date_of_a_copy_is_no_entrys_be_it_under_the_sites_menu(over):
    page = (
        f"{over} date 2019-07-22 Harbour fire: live updates\n\n11.15am: The fire is out.\n\n10.40am: The gate is open."
    )
    assert [(e.published, f"{e.clock:%H:%M}") for e in entries(page)] == [(None, "11:15"), (None, "10:40")]
