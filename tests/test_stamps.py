"""Printed stamps, dates, zones and typed times are read piece by piece, and nothing is added."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from index.calendars import read_date
from index.errors import TimeError, ZoneError
from index.stamps import find_tail_stamp, parse_moment, read_age, read_stamp, resolve_zone
from index.zones import lookup_zone, zone_at


@pytest.mark.parametrize(
    ("line", "text", "clock", "zone"),
    [
        ("15:33", "15:33", time(15, 33), None),
        ("6.14pm", "6.14pm", time(18, 14), None),
        ("23.15", "23.15", time(23, 15), None),
        ("07H10", "07H10", time(7, 10), None),
        ("3 h 30 TU", "3 h 30 TU", time(3, 30), "TU"),
        ("23:35 Uhr | Titel", "23:35 Uhr", time(23, 35), None),
        ("1626 GMT", "1626 GMT", time(16, 26), "GMT"),
        ("9 p.m.", "9 p.m.", time(21), None),
        ("8:52 P.M.", "8:52 P.M.", time(20, 52), None),
        ("18:03:28", "18:03:28", time(18, 3, 28), None),
        ("09:29 PMTitle of the entry", "09:29 PM", time(21, 29), None),
        ("12:00 am", "12:00 am", time(0), None),
        ("12.15pm: The", "12.15pm", time(12, 15), None),
        ("9.43am BST 09:43", "9.43am BST 09:43", time(9, 43), "BST"),
        ("4m ago 03.35 EDT", "4m ago 03.35 EDT", time(3, 35), "EDT"),
        ("13:05:22 (EDT)", "13:05:22 (EDT)", time(13, 5, 22), "EDT"),
        ("14:30 Sunday's match", "14:30", time(14, 30), None),
        ("14:00 - 15:00 reception", "14:00", time(14), None),
        ("15:33 - 28 people", "15:33", time(15, 33), None),
        ("noon", "noon", time(12), None),
        ("19:42 hsHoy", "19:42 hsHoy", time(19, 42), None),
        ("18:42h.", "18:42h", time(18, 42), None),
        ("18 heures 42", "18 heures 42", time(18, 42), None),
        ("18h42min: O rio", "18h42min", time(18, 42), None),
        ("GMT 18:42", "GMT 18:42", time(18, 42), "GMT"),
        ("18:42 [BST]", "18:42 [BST]", time(18, 42), "BST"),
        ("6:42 p.m. Eastern: The", "6:42 p.m. Eastern", time(18, 42), "Eastern"),
        ("6:42 pm ET / 3:42 pm PT", "6:42 pm ET / 3:42 pm PT", time(18, 42), "ET"),
        ("18:42 local time", "18:42 local time", time(18, 42), None),
        ("18:42 local", "18:42 local", time(18, 42), None),
        ("17h50 heure locale/10h20 GMT : Fin", "17h50 heure locale/10h20 GMT", time(17, 50), None),
        ("17.50 Uhr Ortszeit/10.20 Uhr MEZ: Schluss", "17.50 Uhr Ortszeit/10.20 Uhr MEZ", time(17, 50), None),
        ("18:42 Local: The bridge", "18:42 Local", time(18, 42), None),
        ("18.42 Local councillor Ann Hill says", "18.42", time(18, 42), None),
        ("6.42pm Eastern Bridge is shut", "6.42pm", time(18, 42), None),
        ("2:39pm Norby time (1.39am AEDT): A car", "2:39pm Norby time (1.39am AEDT)", time(14, 39), None),
        ("05.18/00.18", "05.18/00.18", time(5, 18), None),
        ("10:00 AM EDT / 1400 UTC", "10:00 AM EDT / 1400 UTC", time(10), "EDT"),
        ("21 34 horas. Habla", "21 34 horas", time(21, 34), None),
    ],
)
def test_clock_and_zone_are_read_as_printed(line, text, clock, zone):
    stamp = read_stamp(line)
    assert (stamp.text, stamp.clock, stamp.zone) == (text, clock, zone)
    assert line[stamp.start : stamp.end] == text


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("18:03 British Summer Time 28 June 2023", date(2023, 6, 28), time(18, 3)),
        ("Jun 25, 2022 14:30 IST", date(2022, 6, 25), time(14, 30)),
        ("22:15 - 10 Mar 2022", date(2022, 3, 10), time(22, 15)),
        ("10/22/2013 5:00:03 PM", date(2013, 10, 22), time(17, 0, 3)),
        ("May 15, 201312:39 pm", date(2013, 5, 15), time(12, 39)),
        ("Sat 25 Jun 2022 at 4:46am", date(2022, 6, 25), time(4, 46)),
        ("Samedi 25 juin 2022 à 14h30", date(2022, 6, 25), time(14, 30)),
        ("25 de junio de 2022, 14:30", date(2022, 6, 25), time(14, 30)),
        ("2022-06-25T14:46:00+01:00", date(2022, 6, 25), time(14, 46)),
        ("2022-06-25T14:46:22.118Z", date(2022, 6, 25), time(14, 46, 22)),
        ("Samstag, 25.06.2022, 14:46", date(2022, 6, 25), time(14, 46)),
        ("Sa., 25.06.2022, 14:46 Uhr", date(2022, 6, 25), time(14, 46)),
        ("06.25.22 2:46 PM", date(2022, 6, 25), time(14, 46)),
        ("4h agoSat 25 Jun 2022 at 2:46pm", date(2022, 6, 25), time(14, 46)),
    ],
)
def test_a_date_in_the_stamp_is_read_with_its_clock(line, day, clock):
    stamp = read_stamp(line)
    assert (stamp.text, stamp.day.full(), stamp.clock) == (line, day, clock)


@pytest.mark.parametrize(
    "line", ["10.15 million", "2:30.15", "45:12", "25:10", "1-0", "3.5", "Title", "", "28 June 2023"]
)
def test_what_is_no_time_of_day_is_no_stamp(line):
    stamp = read_stamp(line)
    assert stamp is None


@pytest.mark.parametrize("after", ["", " -- Roll call", " The House sits on"])
def test_a_weekday_in_brackets_after_the_clock_is_the_stamps(after):
    stamp = read_stamp(f"12:20 a.m. (Friday){after}")
    assert (stamp.text, stamp.day.weekday) == ("12:20 a.m. (Friday)", 4)


def test_a_date_that_could_be_two_dates_is_none():
    assert read_date("03/04/2023")[0].full() is None
    assert read_date("22/04/2023")[0].full() == date(2023, 4, 22)


def test_a_stamp_glued_to_a_title_is_found_at_the_lines_end():
    stamp = find_tail_stamp("Trains resume at Tarnwick18:01 GMT 12 November 2026")
    assert stamp.text == "18:01 GMT 12 November 2026"


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("2h ago", timedelta(hours=2)),
        ("1 hr 27 min ago", timedelta(minutes=87)),
        ("il y a 2 heures", timedelta(hours=2)),
        ("vor 5 Minuten", timedelta(minutes=5)),
        ("hace 3 horas", timedelta(hours=3)),
    ],
)
def test_ages_are_no_clocks(line, age):
    assert read_age(line) == (age, len(line))
    assert read_stamp(line).clock is None


def test_a_full_zone_name_is_its_place():
    london = lookup_zone("British Summer Time")
    moment = datetime(2023, 6, 28, 18, 3)
    assert london.short == "BST"
    assert moment.replace(tzinfo=zone_at(london, moment)).isoformat() == "2023-06-28T18:03:00+01:00"


def test_an_offset_printed_out_of_season_stays_as_printed():
    january = datetime(2023, 1, 28, 18, 3)
    assert january.replace(tzinfo=zone_at(lookup_zone("EDT"), january)).isoformat() == "2023-01-28T18:03:00-04:00"


@pytest.mark.parametrize("name", ["BST", "IST", "CST", "EST"])
def test_an_abbreviation_with_several_meanings_stays_unresolved(name):
    assert zone_at(lookup_zone(name), datetime(2023, 6, 28)) is None


def test_seasonal_names_follow_the_date():
    eastern = lookup_zone("ET")
    for moment, offset in ((datetime(2023, 6, 28), -4), (datetime(2023, 1, 28), -5)):
        assert moment.replace(tzinfo=zone_at(eastern, moment)).utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("British Summer Time", "Europe/London"),
        ("ET", "America/New_York"),
        ("GMT", "GMT"),
    ],
)
def test_zone_names_a_user_may_give(name, place):
    assert resolve_zone(name) == ZoneInfo(place)


def test_an_unknown_zone_is_named_with_near_ones():
    with pytest.raises(ZoneError, match=r"'Europe/Londn'.*Europe/London"):
        resolve_zone("Europe/Londn")


def test_a_zone_with_several_meanings_is_refused_with_its_choices():
    with pytest.raises(ZoneError, match=r"'IST'.*Asia/Kolkata"):
        resolve_zone("IST")


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("15:40", time(15, 40)),
        ("3.20pm", time(15, 20)),
        ("3pm", time(15)),
        ("noon", time(12)),
        ("at 9 p.m. ET", time(21)),
        ("half past three", time(3, 30)),
        ("quarter to four in the afternoon", time(15, 45)),
        ("three o'clock", time(3)),
        ("15h40", time(15, 40)),
    ],
)
def test_typed_clocks(typed, clock):
    moment = parse_moment(typed)
    assert (moment.clock, moment.day) == (clock, None)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2023-06-28T15:40+01:00", "2023-06-28T15:40:00+01:00"),
        ("28 June 2023 15:40", "2023-06-28T15:40:00"),
        ("2023-06-28T15:40Z", "2023-06-28T15:40:00+00:00"),
        ("15:40 on 28 June 2023 BST", "2023-06-28T15:40:00+01:00"),
    ],
)
def test_typed_instants(typed, iso):
    assert parse_moment(typed).instant().isoformat() == iso


def test_hours_in_words_leave_the_half_of_the_day_open():
    assert parse_moment("half past three").past_noon is None
    assert parse_moment("3.20pm").past_noon is True


def test_typed_zone_and_yearless_date_are_kept():
    moment = parse_moment("28 June 15:40 BST")
    assert (moment.month_day, moment.day, moment.zone_name) == ((6, 28), None, "BST")
    assert moment.zone.utcoffset(None) == timedelta(hours=1)


@pytest.mark.parametrize(
    "typed", ["25:00", "", "tomorrow-ish", "3/4/2023 10:00", "30 February 2023", "10:00 +99:00", "BST"]
)
def test_what_is_no_time_is_refused_with_examples(typed):
    with pytest.raises(TimeError, match=r"(?s)such as|write \d{4}"):
        parse_moment(typed)


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("Søndag 12. maj 2024 kl. 14.30", date(2024, 5, 12), time(14, 30)),
        ("lördag den 3 augusti 2024 kl 09.15", date(2024, 8, 3), time(9, 15)),
        ("3. desember 2024 klokken 09:15", date(2024, 12, 3), time(9, 15)),
        ("5 d'abril de 2024 a les 14:30", date(2024, 4, 5), time(14, 30)),
        ("niedziela, 5 maja 2024, godz. 14:30", date(2024, 5, 5), time(14, 30)),
        ("nedeľa 5. mája 2024 o 14:30", date(2024, 5, 5), time(14, 30)),
    ],
)
def test_dates_are_read_in_the_languages_of_the_north_and_the_east(line, day, clock):
    stamp = read_stamp(line)
    assert (stamp.day.full(), stamp.clock, stamp.end) == (day, clock, len(line))


def test_a_months_name_ends_where_its_word_does():
    assert read_stamp("5 mają 14:30") is None


def test_a_stamp_at_a_lines_end_begins_at_a_word_or_at_a_capital_glued_to_one():
    assert find_tail_stamp("said on the stand. 24/06/2019 10:52").text == "24/06/2019 10:52"
    assert find_tail_stamp("... en el estrado. 24/06/2019 10:52").text == "24/06/2019 10:52"
    assert find_tail_stamp("said the mayorTuesday 14:30").text == "Tuesday 14:30"
