"""Random entries rendered as real publishers print theirs are read back equal: stamps, titles, words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from test_reading_properties import FAST, stories, told

from index.reading import read_text


def h24(minutes, sign=":"):
    return f"{minutes // 60:02}{sign}{minutes % 60:02}"


def h12(minutes, meridiem="pm", sign=":"):
    hour, half = minutes // 60, "ap"[minutes >= 720] + meridiem[1:]
    return f"{hour % 12 or 12}{sign}{minutes % 60:02}{half if meridiem.islower() else ' ' + half.upper()}"


def seconds(minutes):
    return h12(minutes, "PM").replace(" ", ":03 ")


def join(story):
    return "\n\n".join(story.paragraphs)


def looks_headed(story):
    """Whether the first paragraph is much shorter than the second, as a headline that ends in a stop is."""
    first, *others = story.paragraphs
    return bool(others) and len(others[0]) > 1.4 * len(first)


TITLED = {
    "posted at": lambda s: f"Posted at {h24(s.minutes)}\n\n{s.title}\n\n{join(s)}\n\nShare\n\n",
    "dotted uhr and uur": lambda s: f"{h24(s.minutes, '.')} uur\n\n{s.title}\n\n{join(s)}\n\n",
    "clock dash date": lambda s: f"{h24(s.minutes)} - 10 Mar 2032\n\n{s.title}\n\n{join(s)}\n\n",
    "clock zone date over title": lambda s: f"{h24(s.minutes)} IST, February 1st 2028\n{s.title}\n\n{join(s)}\n\n",
    "iso": lambda s: f"2029-05-02 {h24(s.minutes)} UTC\n\n{s.title}\n\n{join(s)}\n\n",
    "year glued": lambda s: f"May 15, 2029{h12(s.minutes)}\n\n{s.title}\n\n{join(s)}\n\n",
    "month day dot clock": lambda s: f"Mar 9 · {h12(s.minutes, 'PM')}\n\n{s.title}\n\n{join(s)}\n\n",
    "age and clock": lambda s: f"4m ago {h24(s.minutes, '.')} EDT\n\n{s.title}\n\n{join(s)}\n\n",
    "clock echoed": lambda s: f"{h12(s.minutes, sign='.')} BST\n{h24(s.minutes)}\n{s.title}\n{join(s)}\n",
    "brackets after the age": lambda s: f"5h ago\n\n({h24(s.minutes)} GMT)\n\n{s.title}\n\n{join(s)}\n\n",
    "author glued": lambda s: f"{h24(s.minutes)}Joe Hartle\n\n{s.title}\n\n{join(s)}\n\n",
    "author under": lambda s: f"{h24(s.minutes)} BST\n\nPetra Holm\nChief reporter\n\n{s.title}\n\n{join(s)}\n\n",
    "title inline colon": lambda s: f"{h24(s.minutes, 'h')} : {s.title}\n\n{join(s)}\n\n",
    "dash h title": lambda s: f"- {h24(s.minutes, 'h')} : {s.title}\n{join(s)}\n",
    "uhr colon title": lambda s: f"{h24(s.minutes)} Uhr: {s.title}\n\n{join(s)}\n\n",
    "uhr dash title": lambda s: f"{h24(s.minutes)} Uhr – {s.title}\n\n{join(s)}\n\n",
    "ore title": lambda s: f"Ore {h24(s.minutes, '.')} - {s.title}\n\n{join(s)}\n\n",
    "clock title": lambda s: f"{h24(s.minutes)} {s.title}\n\n{join(s)}\n\n",
    "author clock title": lambda s: f"Amos Akerlund {h12(s.minutes, sign='.')}: {s.title}\n\n{join(s)}\n\n",
    "dash over clock": lambda s: f"-\n{h24(s.minutes)}\n{s.title}\n{join(s)}\n",
    "loose meridiem": lambda s: f"{h12(s.minutes).replace('m', '.m')}\n\n{s.title}\n\n{join(s)}\n\n",
    "title over published": lambda s: f"{s.title}\nPublished at {h24(s.minutes)} BST 28 June\n\n{join(s)}\n\n",
}
UNTITLED = {
    "zone dash": lambda s: f"{h12(s.minutes, 'PM')} EST - {join(s)}\n\n",
    "long dash": lambda s: f"{h12(s.minutes, 'PM')} — {join(s)}\n\n",
    "update": lambda s: f"UPDATE {h12(s.minutes, 'PM')}: {join(s)}\n\n",
    "hs bar": lambda s: f"{h24(s.minutes)} hs | {join(s)}\n\n",
    "h dash": lambda s: f"{h24(s.minutes, 'h')} — {join(s)}\n\n",
    "h stop": lambda s: f"{h24(s.minutes, 'h')}. {join(s)}\n\n",
    "clock stop": lambda s: f"{h24(s.minutes)}. {join(s)}\n\n",
    "plus around the clock": lambda s: f"+++{h24(s.minutes, '.')} Uhr+++ {join(s)}\n\n",
    "universal time": lambda s: f"• {s.minutes // 60} h {s.minutes % 60:02} TU : {join(s)}\n\n",
    "two zones": lambda s: f"{h12(s.minutes)} NZDT ({h12((s.minutes + 360) % 1440)} EST)\n\n{join(s)}\n\n",
    "scribble": lambda s: f"  • Joe Hartle 10/22/2033 {seconds(s.minutes)}\n    {join(s)}\n",
    "scribble glued": lambda s: f"Joe Hartle 10/22/2033 {seconds(s.minutes)}{join(s)}\n\n",
    "bullet over text": lambda s: f"  • {h24(s.minutes)}\n\n    {join(s)}\n\n",
}


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
    assume(not all(looks_headed(row) for row in rows))
    entries = read_text("".join(UNTITLED[layout](row) for row in rows), source="page.txt").entries
    assert [told(entry) for entry in entries] == [row._replace(title="") for row in rows]


TRAPS = {
    "fixtures": ["19:45 Arden v Losow", "20:00 Selby v Muchby"],
    "film": ["Video: Watch the bridge reopen", "01:24"],
    "other pages": ["Recommended", "Wend valley: A history of floods"],
    "post": ["Wend Fire Service", "@wendfire", "Our teams are on their way.", "3:12 PM · Jun 24, 2022"],
    "list": ["• 06:00: Schools reopen", "• 08:15: Trains run again"],
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("stamp", ["{:02}:{:02}", "{:02}h{:02}", "{:02}:{:02} Uhr", "{:02}:{:02} 24 Jun 2022"])
def test_clocks_inside_an_entry_start_none(stamp, trap):
    hours = (18, 17, 15, 12, 9)
    blocks = [
        [stamp.format(h, 5), f"Bridge {h} over the Wend reopens", "It was opened again after work."] for h in hours
    ]
    blocks[1] += TRAPS[trap]
    entries = read_text("\n\n".join(line for block in blocks for line in block), source="page.txt").entries
    assert [entry.stamp for entry in entries] == [block[0] for block in blocks]
    assert [entry.title for entry in entries] == [block[1] for block in blocks]


def test_a_label_under_every_stamp_is_no_title():
    blocks = [f"{h}:05\n\nZitierlink\n\nDas Wasser fällt um {h} Zentimeter.\n\n" for h in (18, 17, 15, 12)]
    entries = read_text("".join(blocks), source="page.txt").entries
    assert [(entry.title, entry.body) for entry in entries] == [
        (None, f"Das Wasser fällt um {h} Zentimeter.") for h in (18, 17, 15, 12)
    ]


def test_clocks_that_run_one_way_through_a_match_are_times_of_day():
    clocks = ["17:48", "17:30", "17:12", "16:47", "16:31", "16:02", "16:00", "15:41"]
    titles = ["Full-time", "Chance", "Corner", "Second half", "Half-time", "Early save", "Kick-off", "Teams in"]
    blocks = [
        f"{clock}\n\n{title}\n\nThe Wend end sings at {hour} minutes past.\n\n"
        for hour, (clock, title) in enumerate(zip(clocks, titles, strict=True))
    ]
    entries = read_text("Tuesday 13 July 2021\n\n" + "".join(blocks), source="page.txt").entries
    assert [entry.stamp for entry in entries if entry.stamp] == clocks
