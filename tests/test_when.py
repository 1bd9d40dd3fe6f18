"""The time a question speaks of, from parameters and from its words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from index.errors import TimeError
from index.times import time_key
from rag.records import Question, Window
from rag.when import PageTimes, narrow, page_times, read_scope

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")


def bst(hour, minute=0, second=0, day=28):
    return datetime(2023, 6, day, hour, minute, second, tzinfo=LONDON)


def floating(hour, minute=0, second=0, day=28):
    return datetime(2023, 6, day, hour, minute, second)


DAY = {"page": PageTimes(bst(9), bst(20), LONDON)}
FLOATING = {"page": PageTimes(floating(9), floating(20), None)}
NIGHT = {"page": PageTimes(bst(20), bst(4, day=29), LONDON)}


def scope_of(text, pages=None, **given):
    return read_scope(Question(text, **given), DAY if pages is None else pages)


def sees(scope, moment, page="page"):
    """Whether an entry of that time lies within the scope."""
    low, high = scope.spans[page]
    key = time_key(moment)
    return (low is None or low <= key) and (high is None or key <= high)


@pytest.mark.parametrize(
    "text",
    [
        "As of 3.20pm, how many people were hurt?",
        "As of 3.20 pm how many people were hurt?",
        "as of 15:20, how many people were hurt?",
        "As at 15.20, how many people were hurt?",
        "How many people were hurt as of 15:20?",
        "How many people had been hurt by 3.20pm?",
        "By 15:20, how many people were hurt?",
        "By 3.20 p.m. how many people were hurt?",
        "Up to 15:20, how many people were hurt?",
        "Until 15:20 how many people were hurt?",
        "As things stood at 15:20, how many people were hurt?",
        "At 3:20pm, how many people were hurt?",
        "By 3.20pm BST, how many people were hurt?",
        "As of 15:20 on 28 June 2023, how many people were hurt?",
        "As of 15:20 on 28 June, how many people were hurt?",
    ],
)
def test_words_of_a_question_fix_the_minute_things_stood_at(text):
    scope = scope_of(text)
    assert scope.as_of == bst(15, 20)
    assert scope.window is None
    assert scope.spans["page"][0] is None
    assert sees(scope, bst(9)) and sees(scope, bst(15, 20, 59))
    assert not sees(scope, bst(15, 21))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("As of 3.20pm, how many people were hurt?", "how many people were hurt?"),
        ("How many people were hurt by 3.20pm?", "How many people were hurt?"),
        ("What was said about trains between 3 and 4pm?", "What was said about trains?"),
        ("Since 2pm, who has spoken?", "who has spoken?"),
        ("Who spoke?", "Who spoke?"),
    ],
)
def test_the_topic_is_the_question_without_its_words_about_time(text, topic):
    assert scope_of(text).topic == topic


def test_a_zone_in_the_question_is_turned_to_the_pages_clock():
    scope = scope_of("As of 15:20 UTC, how many were hurt?")
    assert sees(scope, bst(16, 20))
    assert not sees(scope, bst(16, 21))


def test_before_leaves_the_named_minute_out():
    scope = scope_of("Before 15:20, how many people were hurt?")
    assert sees(scope, bst(15, 19))
    assert not sees(scope, bst(15, 20))


def test_half_past_three_takes_the_reading_within_the_coverage():
    scope = scope_of("By half past three, how many were hurt?")
    assert scope.as_of == bst(15, 30)
    assert scope.notices == ()


def test_half_past_three_takes_the_morning_where_only_that_is_covered():
    pages = {"page": PageTimes(bst(1), bst(11), LONDON)}
    scope = scope_of("By half past three, how many were hurt?", pages)
    assert scope.as_of == bst(3, 30)
    assert scope.notices == ()


def test_half_past_three_says_so_where_both_readings_are_covered():
    pages = {"page": PageTimes(bst(1), bst(20), LONDON)}
    scope = scope_of("By half past three, how many were hurt?", pages)
    assert scope.as_of == bst(15, 30)
    assert scope.notices == ("03:30 could be morning or afternoon; 15:30 was taken.",)


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [
        ("noon", 12, 0),
        ("midday", 12, 0),
        ("quarter past two", 14, 15),
        ("a quarter to four", 15, 45),
        ("ten to five", 16, 50),
        ("5 o'clock", 17, 0),
        ("half past ten in the morning", 10, 30),
        ("17h30", 17, 30),
    ],
)
def test_clock_times_may_be_written_in_words(words, hour, minute):
    scope = scope_of(f"By {words}, how many people were hurt?")
    assert scope.as_of == bst(hour, minute)


def test_parameters_beat_words():
    scope = scope_of("As of 3pm, how many people were hurt?", as_of="11:00")
    assert scope.as_of == bst(11)
    assert sees(scope, bst(11, 0, 30)) and not sees(scope, bst(11, 1))


def test_a_parameter_limits_a_question_that_names_no_time():
    scope = scope_of("How many people were hurt?", as_of="28 June 2023 15:40 BST")
    assert sees(scope, bst(15, 40)) and not sees(scope, bst(15, 41))
    assert scope.topic == "How many people were hurt?"


def test_a_parameter_may_be_an_aware_datetime_of_another_zone():
    scope = scope_of("How many were hurt?", as_of=datetime(2023, 6, 28, 10, 40, tzinfo=NEW_YORK))
    assert sees(scope, bst(15, 40)) and not sees(scope, bst(15, 41))


def test_since_and_until_make_a_window():
    scope = scope_of("Who spoke?", since="14:00", until="15:00")
    assert scope.as_of is None
    assert scope.window == Window(bst(14), bst(15))
    assert sees(scope, bst(14)) and sees(scope, bst(15, 0, 59))
    assert not sees(scope, bst(13, 59)) and not sees(scope, bst(15, 1))


def test_a_parameter_that_is_no_time_is_an_error_that_names_it():
    with pytest.raises(TimeError, match="teatime"):
        scope_of("Who spoke?", as_of="teatime")


@pytest.mark.parametrize(
    "text",
    [
        "What happened between 3.15 and 3.30pm?",
        "What happened between 3.15pm and 3.30pm?",
        "What happened between 15:15 and 15:30?",
        "What happened from 15:15 to 15:30?",
        "Between 3.15pm and 3.30pm, what happened?",
        "What happened from 3.15pm until 3.30pm?",
    ],
)
def test_between_two_clock_times_is_a_window(text):
    scope = scope_of(text)
    assert scope.as_of is None
    assert scope.window == Window(bst(15, 15), bst(15, 30))
    assert sees(scope, bst(15, 15)) and sees(scope, bst(15, 30))
    assert not sees(scope, bst(15, 14)) and not sees(scope, bst(15, 31))


def test_a_bare_hour_takes_the_half_of_the_day_of_the_other_end():
    scope = scope_of("What was said between 3 and 4pm?")
    assert scope.window == Window(bst(15), bst(16))


@pytest.mark.parametrize(
    "text", ["What's new since 2pm?", "Since 14:00, what happened?", "From 2pm onwards, what happened?"]
)
def test_since_opens_a_window_that_includes_its_minute(text):
    scope = scope_of(text)
    assert scope.as_of is None
    assert sees(scope, bst(14)) and sees(scope, bst(20))
    assert not sees(scope, bst(13, 59))


def test_after_leaves_the_named_minute_out():
    scope = scope_of("What happened after 2pm?")
    assert not sees(scope, bst(14)) and sees(scope, bst(14, 1))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("What happened in the last hour?", 60),
        ("Sum up the last two hours", 120),
        ("Sum up the past 30 minutes", 30),
        ("What is new over the last half hour?", 30),
        ("What happened in the past half-hour?", 30),
        ("What happened in the last half an hour?", 30),
        ("What happened in the last couple of hours?", 120),
        ("What was said in the last 3 hours?", 180),
    ],
)
def test_the_last_hours_count_back_from_the_newest_entry(text, minutes):
    scope = scope_of(text)
    edge = bst(20) - timedelta(minutes=minutes)
    assert sees(scope, edge) and sees(scope, bst(20))
    assert not sees(scope, edge - timedelta(seconds=1))


def test_the_last_hour_counts_back_from_as_of_where_it_is_given():
    scope = scope_of("What happened in the last hour?", as_of="15:00")
    assert sees(scope, bst(14, 1)) and sees(scope, bst(15))
    assert not sees(scope, bst(13, 59)) and not sees(scope, bst(15, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What happened this morning?", (9, 0), (11, 59)),
        ("What happened this afternoon?", (12, 0), (17, 59)),
        ("Sum up this evening", (18, 0), (20, 0)),
        ("What happened today?", (9, 0), (20, 0)),
    ],
)
def test_parts_of_the_day_are_windows(text, first, last):
    scope = scope_of(text)
    assert sees(scope, bst(*first)) and sees(scope, bst(*last))
    for outside in (bst(11, 59), bst(12), bst(17, 59), bst(18)):
        assert sees(scope, outside) == (bst(*first) <= outside <= bst(*last))


@pytest.mark.parametrize(
    "text",
    [
        "How many people were hurt?",
        "What did Ann Hill say about the bridge?",
        "Did the motion pass by 3 votes?",
        "Who won by 12 points?",
        "Was the bridge rebuilt after 5 years?",
        "How many trains run between 3 and 4 stations?",
        "Is the road between Norby and Hallam open?",
        "What happened to the last man on the boat?",
        "Who came last?",
        "What was the first launch called?",
        "How far is it from 10 Downing Street?",
        "What happened after the bridge fell?",
        "Who left before the vote?",
        "Was anyone hurt since the storm began?",
        "Why was it rated 4.5 by critics?",
        "Did the price rise from 3.5 to 4.2 dollars?",
    ],
)
def test_questions_that_name_no_time_are_not_limited(text):
    scope = scope_of(text)
    assert scope.spans == {}
    assert scope.as_of is None and scope.window is None
    assert scope.topic == text


def test_a_clock_time_falls_on_the_pages_own_day():
    other = {
        "old": PageTimes(datetime(2021, 1, 6, 12, tzinfo=NEW_YORK), datetime(2021, 1, 6, 22, tzinfo=NEW_YORK), NEW_YORK)
    }
    scope = scope_of("By 15:20, how many?", DAY | other)
    assert sees(scope, bst(15, 20))
    assert sees(scope, datetime(2021, 1, 6, 15, 20, tzinfo=NEW_YORK), "old")
    assert not sees(scope, datetime(2021, 1, 6, 15, 21, tzinfo=NEW_YORK), "old")


@pytest.mark.parametrize(("clock", "day"), [("23:00", 28), ("02:00", 29), ("20:30", 28), ("04:00", 29)])
def test_a_clock_time_falls_on_either_side_of_midnight_where_the_page_crosses_it(clock, day):
    hour, minute = map(int, clock.split(":"))
    scope = scope_of(f"As of {clock}, how many were hurt?", NIGHT)
    assert scope.as_of == bst(hour, minute, day=day)


def test_a_window_may_cross_midnight():
    scope = scope_of("What happened between 11pm and 1am?", NIGHT)
    assert sees(scope, bst(23)) and sees(scope, bst(1, day=29))
    assert not sees(scope, bst(22, 59)) and not sees(scope, bst(1, 1, day=29))


def test_a_floating_page_compares_its_printed_clock():
    scope = scope_of("As of 15:20, how many were hurt?", FLOATING)
    assert scope.as_of == floating(15, 20)
    assert sees(scope, floating(15, 20)) and not sees(scope, floating(15, 21))
    assert scope.notices == ()


@pytest.mark.parametrize("given", ["28 June 2023 15:40 BST", datetime(2023, 6, 28, 15, 40, tzinfo=LONDON)])
def test_an_aware_time_against_a_floating_page_gives_a_notice(given):
    scope = scope_of("How many were hurt?", FLOATING, as_of=given)
    assert sees(scope, floating(15, 40)) and not sees(scope, floating(15, 41))
    assert any("no time zone" in notice for notice in scope.notices)


def test_a_date_alone_means_to_the_end_of_that_day():
    scope = scope_of("How many were hurt?", NIGHT, as_of="28 June 2023")
    assert sees(scope, bst(23, 59)) and not sees(scope, bst(0, 0, day=29))


def test_a_future_time_sees_everything():
    scope = scope_of("How many were hurt?", as_of="2031-01-01 12:00")
    assert sees(scope, bst(9)) and sees(scope, bst(20))


def test_a_time_before_the_first_entry_sees_nothing():
    scope = scope_of("As of 08:00, how many were hurt?")
    assert not sees(scope, bst(9))


def test_shown_times_stand_on_the_clock_of_the_page_that_answers():
    pages = {
        **DAY,
        "us": PageTimes(
            datetime(2023, 6, 27, 9, tzinfo=NEW_YORK), datetime(2023, 6, 27, 20, tzinfo=NEW_YORK), NEW_YORK
        ),
    }
    put = Question("As of 15:20, how many?")
    scope = narrow(read_scope(put, pages), pages, "us", put)
    assert scope.as_of == datetime(2023, 6, 27, 15, 20, tzinfo=NEW_YORK)
    assert set(scope.spans) == {"page", "us"}


def test_page_clocks_come_from_the_rows_of_the_store():
    rows = [("page", bst(9), bst(20)), ("float", floating(9), floating(20))]
    assert page_times(rows) == {**DAY, "float": PageTimes(floating(9), floating(20), None)}


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("When was the post about the bridge published?", "posted"),
        ("What time did the page first report the blackout?", "posted"),
        ("At what time was the entry on the trains posted?", "posted"),
        ("When did the live blog first mention the trawler?", "posted"),
        ("When did the story about the flood go up?", "posted"),
        ("When was the first post about the bridge published?", "posted"),
        ("When was the latest update on the trains posted?", "posted"),
        ("When was the latest update posted?", "latest"),
        ("When did the first post go up?", "first"),
        ("Track the number of homes without power", "change"),
        ("What is the newest post?", "latest"),
        ("What does the latest update say?", "latest"),
        ("What is the most recent entry?", "latest"),
        ("What was the first post on the page?", "first"),
        ("What was the opening entry?", "first"),
        ("Which post came right after that?", "neighbour"),
        ("What was the entry just before that one?", "neighbour"),
        ("What is the next post?", "neighbour"),
        ("Put these in order: the landslip, the blackout and the rescue", "order"),
        ("Which came first: the landslip or the blackout?", "order"),
        ("List these in chronological order: the landslip, the rescue", "order"),
        ("How has the death toll changed?", "change"),
        ("How did the number of homes without power change over the day?", "change"),
        ("How have the offers developed?", "change"),
        ("By what stages did the water at Norby rise?", "change"),
        ("What were the successive offers to the crews?", "change"),
        ("How many tents stood in Norby, count after count?", "change"),
        ("Will the water at Norby go up or down?", "any"),
        ("Who stood side by side with the mayor?", "any"),
        ("What happened between 3 and 4pm?", "digest"),
        ("Sum up the last two hours", "digest"),
        ("What happened today?", "digest"),
        ("What's new since 2pm?", "digest"),
        ("Give me a timeline of the day", "digest"),
        ("What did the mayor say between 3 and 4pm?", "digest"),
        ("What is the latest on the trains?", "latest"),
        ("How many homes are without power now?", "latest"),
        ("How many people have died so far?", "latest"),
        ("What is the current death toll?", "latest"),
        ("What was the toll initially?", "first"),
        ("How many homes were first reported without power?", "first"),
    ],
)
def test_the_aim_of_a_question_is_read_from_its_words(text, aim):
    assert scope_of(text).aim == aim


@pytest.mark.parametrize(
    "text",
    [
        "What did Ann Hill say about the bridge?",
        "What did the coastguard say about the trawler?",
        "Who was on the first launch?",
        "What was the first launch called?",
        "How many people died?",
        "When did the bridge fall?",
        "When did the river peak?",
        "Who posted bail for the driver?",
        "Where did the lorry overturn?",
        "Who ordered the evacuation?",
        "In what order of magnitude is the damage?",
        "What is the name of the post office in Skelby?",
        "Did the motion pass by 3 votes?",
        "Why did trains stop?",
        "Which track was blocked by the landslip?",
        "Was any trace of the skipper found?",
        "What happened to the skipper?",
    ],
)
def test_plain_questions_have_no_aim(text):
    assert scope_of(text).aim == "any"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Which post came before that?", -1),
        ("What is the next entry?", 1),
        ("What was the previous post?", -1),
        ("What is the newest post?", 1),
        ("What is the latest on trains?", 0),
    ],
)
def test_the_side_says_which_neighbour_or_that_the_page_itself_is_meant(text, side):
    assert scope_of(text).side == side


def test_no_pages_leave_nothing_to_resolve():
    scope = scope_of("As of 3pm, how many?", {})
    assert scope.spans == {} and scope.as_of is None


def test_naive_datetimes_given_are_taken_on_the_pages_clock():
    scope = scope_of("How many were hurt?", as_of=floating(15, 40))
    assert sees(scope, bst(15, 40)) and not sees(scope, bst(15, 41))


def test_utc_times_given_are_instants():
    scope = scope_of("How many were hurt?", since=datetime(2023, 6, 28, 14, tzinfo=UTC))
    assert sees(scope, bst(15)) and not sees(scope, bst(14, 59))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("How many homes were without power at 3pm?", 15),
        ("What were police saying at 13:20 about how many were dead?", 13),
        ("at 1pm what were the odds on the weather", 13),
        ("What percentage of the fire was contained at 3pm?", 15),
        ("To what extent was the bridge damaged at 3pm?", 15),
        ("What percentage did Ann Hill have in Norby at 3pm?", 15),
        ("When did the clerk plan to declare a winner at 3pm?", 15),
        ("How badly was the bridge damaged at 3pm?", 15),
        ("What depth had the river reached at 3pm?", 15),
        ("In Norton, how many people were missing at 3pm?", 15),
        ("Roughly how many people were missing at 3pm?", 15),
        ("Whose car was still missing at 3pm?", 15),
        ("How did things stand at 3pm?", 15),
    ],
)
def test_how_something_stood_at_a_clock_time_is_as_of_it(text, hour):
    scope = scope_of(text)
    assert scope.as_of is not None and scope.as_of.hour == hour
    assert not sees(scope, bst(hour, 45))


@pytest.mark.parametrize(
    "text",
    [
        "How many people were hurt in the crash at 3pm?",
        "In the explosion at 3pm, how many people were hurt?",
        "What was said at the press conference at 3pm?",
        "How did the fire start at 3pm?",
    ],
)
def test_the_clock_of_a_happening_is_no_as_of(text):
    assert scope_of(text).spans == {}


def test_when_something_is_to_happen_at_a_clock_time_is_no_as_of():
    assert scope_of("Will the bridge open at 3pm?").spans == {}


def test_overnight_is_from_the_evening_before_to_the_morning():
    scope = scope_of("What happened overnight?", {"page": PageTimes(bst(9, day=27), bst(20, day=28), LONDON)})
    assert not sees(scope, bst(17, day=28))
    scope = scope_of("What happened overnight?", {"page": PageTimes(bst(9, day=27), bst(12, day=28), LONDON)})
    assert sees(scope, bst(23, day=27)) and sees(scope, bst(5, day=28))
    assert not sees(scope, bst(17, day=27)) and not sees(scope, bst(7, day=28))


def test_a_weekday_is_the_last_such_day_of_the_coverage():
    pages = {"page": PageTimes(bst(9, day=24), bst(20, day=28), LONDON)}  # the 28th is a Wednesday
    scope = scope_of("What happened on Monday?", pages)
    assert sees(scope, bst(0, day=26)) and sees(scope, bst(23, 59, day=26))
    assert not sees(scope, bst(0, day=27)) and not sees(scope, bst(23, day=25))


def test_yesterday_afternoon_is_a_part_of_the_day_before():
    pages = {"page": PageTimes(bst(9, day=27), bst(20, day=28), LONDON)}
    scope = scope_of("What happened yesterday afternoon?", pages)
    assert sees(scope, bst(15, day=27))
    assert not sees(scope, bst(9, day=27)) and not sees(scope, bst(15, day=28))


def test_a_shift_moves_the_time_that_the_question_names():
    scope = read_scope(Question("As of 3pm, how many people were hurt?"), DAY, timedelta(hours=1))
    assert sees(scope, bst(15, 59)) and not sees(scope, bst(16, 1))


def test_an_hour_with_its_part_of_the_day_is_a_clock_time():
    scope = scope_of("What share of trains was running as of ten this morning?")
    assert scope.as_of is not None and scope.as_of.hour == 10
    assert scope.topic == "What share of trains was running?"


@pytest.mark.parametrize(
    "text",
    [
        "Going by the page at 15:20, how many ferries were sailing?",
        "15:20: how many ferries were sailing?",
        "With the clock at 3.20pm, how many ferries were sailing?",
        "How many ferries were sailing, on what was known at 15:20?",
        "How many ferries were sailing (at 15:20)?",
        "How many ferries were sailing when it was 15:20?",
        "Imagine it is 15:20. How many ferries were sailing?",
    ],
)
def test_a_clock_set_off_from_what_is_asked_says_of_when_it_is_asked(text):
    scope = scope_of(text)
    assert scope.as_of == bst(15, 20)
    assert not sees(scope, bst(15, 21))


@pytest.mark.parametrize(
    "text",
    [
        "Why was the 9am ferry, with 40 on board, turned back?",
        "The ferry was due at 15:20, wasn't it?",
        "They were aiming for 15:20. What time did they switch to?",
        "Did the ferry leave at 15:20?",
    ],
)
def test_a_clock_of_what_is_asked_bounds_nothing(text):
    assert scope_of(text).spans == {}


def test_halves_and_quarters_count_from_noon_and_midnight():
    assert scope_of("As of half past noon, how many ferries were sailing?").as_of == bst(12, 30)
    assert scope_of("By a quarter to noon, how many ferries were sailing?").as_of == bst(11, 45)
    assert scope_of("As of half past midnight, who led?", NIGHT).as_of == bst(0, 30, day=29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where was the regatta at nine o'clock in the morning?", bst(9)),
        ("At twenty-five to ten in the morning, how many ferries were sailing?", bst(9, 35)),
        ("When was the regatta due to begin at 14:20?", bst(14, 20)),
        ("How good did the odds look around 2.20pm?", bst(14, 20)),
        ("In what state was the pier at seven o'clock in the evening?", bst(19)),
    ],
)
def test_how_a_thing_or_a_plan_stood_at_a_clock_is_asked_as_of_it(text, expected):
    assert scope_of(text).as_of == expected


@pytest.mark.parametrize(
    "text",
    [
        "It has just gone 14:20. How many ferries were sailing?",
        "14:20. How many ferries were sailing?",
        "From what was public at 14:20, how many ferries were sailing?",
        "When did the regatta begin, as far as was known at 14:20?",
        "How many ferries were sailing - with the clock at 14:20?",
    ],
)
def test_a_sentence_that_only_says_what_time_it_is_sets_the_moment(text):
    assert scope_of(text).as_of == bst(14, 20)


def test_a_clock_in_what_is_told_before_the_question_sets_none():
    assert scope_of("Nine were hurt at 14:20. And now?").spans == {}
    assert scope_of("The ferry was due at 15:20. Did it sail?").spans == {}
