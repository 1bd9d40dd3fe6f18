"""Later edits of earlier entries do not exist for an as-of answer."""

from dataclasses import replace

from newsroom import CRASH, CRASH_ENTRIES, MATCH_ENTRIES, desk_over, on_the_day

from index.records import Page, Reading

HURT = "How many people were hurt in the crash on Hallam bridge?"
LONG = "Nine people were hurt in the crash on Hallam bridge. " + "The river is calm and the road is dry. " * 80


def edited(body, **more):
    return tuple(replace(e, body=body, **more) if e.id == "1500" else e for e in CRASH_ENTRIES)


def desk_with_an_edit(folder, body="Twelve people were hurt in the crash on Hallam bridge."):
    desk = desk_over(folder)
    desk.store.add(Reading(CRASH, CRASH_ENTRIES), seen_at=on_the_day(15, 5))
    desk.store.add(Reading(CRASH, edited(body)), seen_at=on_the_day(15, 40))
    return desk


def test_an_edit_seen_after_the_moment_does_not_exist(tmp_path):
    answer = desk_with_an_edit(tmp_path).ask(HURT, as_of="15:30")
    assert answer.sentences[0].text.startswith("Eleven people")
    assert "Twelve" not in answer.text
    assert answer.citations[0].quote.startswith("Eleven people")


def test_an_edit_seen_before_the_moment_counts(tmp_path):
    answer = desk_with_an_edit(tmp_path).ask(HURT, as_of="15:45")
    assert answer.sentences[0].text.startswith("Twelve people")


def test_without_a_moment_the_words_are_the_newest(tmp_path):
    assert desk_with_an_edit(tmp_path).ask(HURT).sentences[0].text.startswith("Twelve people")


def test_an_entry_that_became_long_is_read_as_it_was(tmp_path):
    answer = desk_with_an_edit(tmp_path, LONG).ask(HURT, as_of="15:30")
    assert answer.sentences[0].text.startswith("Eleven people")


def test_words_first_seen_after_the_moment_are_the_words_known(tmp_path):
    desk = desk_over(tmp_path)
    desk.store.add(Reading(CRASH, CRASH_ENTRIES), seen_at=on_the_day(23))
    assert desk.ask(HURT, as_of="15:30").sentences[0].text.startswith("Eleven people")


def test_a_page_without_a_zone_keeps_its_words(tmp_path):
    desk = desk_over(tmp_path)
    match = Page("match", title="Cup final")
    desk.store.add(Reading(match, MATCH_ENTRIES), seen_at=on_the_day(1))
    answer = desk.ask("Who scored the late goal for Norby Town?", as_of="21:30")
    assert "Bob Dale" in answer.text
