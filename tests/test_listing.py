"""Questions about the page itself and about stretches of time, answered from stamps and order."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from storm import BRIDGE, STORM, SUMMARY, TRAINS, page_of

from index.records import Chunk, Entry, Hit
from rag.listing import (
    digest,
    end_of_page,
    evidence_of,
    headline_sentence,
    in_order,
    main_page,
    moment_key,
    neighbour,
    posted,
    posted_sentence,
    timed,
)

PAGE = page_of("page", ["The dam leaked.", "The dam burst.", "The valley flooded.", "Help came to the valley."])
FIRST, SECOND, THIRD, FOURTH = PAGE.entries


def hit(entry, score=1.0):
    return Hit(Chunk(0, entry.id, entry.page_id, "body", entry.body, 0, len(entry.body)), entry, score)


def word_search(entries):
    """Search that ranks entries by the words they share with the text, and drops those that share none."""

    def search(text):
        asked = set(text.lower().split())
        scored = [(len(asked & set(e.body.lower().strip(".").split())), e) for e in entries]
        return [hit(e, s) for s, e in sorted(scored, key=lambda row: -row[0]) if s]

    return search


def test_timed_entries_come_oldest_first_and_untimed_ones_are_left_out():
    assert timed(STORM.entries) == [BRIDGE, TRAINS]


def test_entries_of_one_minute_keep_the_order_the_page_tells_them_in():
    newest_on_top = [replace(FIRST, id="b", position=0), replace(FIRST, id="a", position=1)]
    assert [e.id for e in timed(newest_on_top)] == ["a", "b"]


def test_an_untimed_entry_stands_before_everything():
    assert moment_key(SUMMARY) < moment_key(Entry("c", "p", 0, clock=time(0, 0)))


def test_when_an_entry_was_posted_is_said_with_its_label_and_headline():
    sentence = posted_sentence(BRIDGE)
    assert sentence.text == "“Hallam bridge shut” was published at 09:00 GMT, 4 March 2031."
    assert sentence.citations[0].quote == "Hallam bridge shut"


def test_posted_finds_the_entry_by_its_subject():
    found = posted("When was the post about the valley flooded published?", word_search(PAGE.entries))
    assert found is not None
    assert found[0] is THIRD
    assert "11:00 GMT" in found[1].text


def test_posted_gives_nothing_where_nothing_is_found():
    assert posted("When was the post about llamas published?", lambda text: []) is None


def test_the_newest_entry_of_each_page_comes_newest_page_first():
    other = page_of("other", ["Noon.", "One."], first_hour=20).entries
    lines = end_of_page([PAGE.entries, other, [SUMMARY]], newest=True)
    assert [s.citations[0].entry_id for s in lines] == ["other-1", "page-3"]


def test_the_first_entry_of_a_page():
    (line,) = end_of_page([PAGE.entries], newest=False)
    assert line.citations[0].entry_id == "page-0"
    assert line.quoted
    assert line.text == "Report 0"


@pytest.mark.parametrize(("side", "expected"), [(1, THIRD), (-1, FIRST)])
def test_the_neighbour_of_an_entry_is_the_next_or_previous_by_time(side, expected):
    line = neighbour(SECOND, PAGE.entries, side)
    assert line is not None and line.citations[0].entry_id == expected.id


def test_the_newest_entry_has_no_later_neighbour_and_the_first_no_earlier_one():
    assert neighbour(FOURTH, PAGE.entries, 1) is None
    assert neighbour(FIRST, PAGE.entries, -1) is None


def test_an_entry_that_cannot_be_seen_has_no_neighbour():
    assert neighbour(FOURTH, PAGE.entries[:3], -1) is None
    assert neighbour(SUMMARY, STORM.entries, 1) is None


def test_a_headline_line_is_the_headline_and_cites_its_minute():
    line = headline_sentence(TRAINS)
    assert (line.text, line.citations[0].label.split(",")[0]) == ("Trains halted", "11:00 GMT")


def test_things_listed_in_a_question_come_in_order_of_time():
    question = "Put these in order: the valley flooded, the dam burst and the dam leaked"
    lines = in_order(question, word_search(PAGE.entries))
    assert [s.citations[0].entry_id for s in lines] == ["page-0", "page-1", "page-2"]
    assert lines[0].text == "Report 0"


def test_things_that_are_one_entry_are_listed_once():
    lines = in_order("Which came first: the dam burst or dam burst?", word_search(PAGE.entries))
    assert len(lines) == 1


def test_a_question_that_lists_nothing_has_no_order():
    assert in_order("In what order did it happen?", word_search(PAGE.entries)) == []


def test_a_digest_is_one_line_an_entry_oldest_first_in_its_own_words(tiny_encoder):
    lines = digest("what happened", tuple(reversed(PAGE.entries)), tiny_encoder)
    assert [s.text for s in lines] == [e.body for e in PAGE.entries]
    assert all(s.quoted and len(s.citations) == 1 for s in lines)


def test_a_digest_keeps_the_entries_nearest_the_topic_in_order_of_time(tiny_encoder):
    lines = digest("the dam leaked burst", PAGE.entries, tiny_encoder, limit=2)
    assert [s.citations[0].entry_id for s in lines] == ["page-0", "page-1"]


def test_a_digest_on_a_name_holds_only_entries_that_name_it(tiny_encoder):
    lines = digest("What happened to trains to Norby?", STORM.entries, tiny_encoder)
    assert [s.citations[0].entry_id for s in lines] == ["1100-trains"]
    assert "Norby" in lines[0].text


def test_a_name_of_two_words_must_stand_whole(tiny_encoder):
    entries = page_of("p", ["Ann Hill spoke at length.", "Ann Dale spoke at length."]).entries
    lines = digest("what did Ann Hill say", entries, tiny_encoder)
    assert [s.citations[0].entry_id for s in lines] == ["p-0"]


def test_untimed_entries_are_not_in_a_digest(tiny_encoder):
    assert digest("what happened", [SUMMARY], tiny_encoder) == []


def test_an_entry_of_a_title_alone_is_told_by_its_title(tiny_encoder):
    bare = replace(BRIDGE, body="", captions=())
    (line,) = digest("what happened", [bare], tiny_encoder)
    assert line.text == "Hallam bridge shut"
    assert line.citations[0].part == "title"


def test_quotes_of_a_digest_are_exact(tiny_encoder):
    by_id = {e.id: e for e in STORM.entries}
    for sentence in digest("storm", STORM.entries, tiny_encoder):
        for c in sentence.citations:
            assert c.quote == by_id[c.entry_id].text(c.part)[c.start : c.end]


def test_a_digest_tells_the_story_of_one_page():
    other = page_of("other", ["Elsewhere."]).entries[0]
    hits = [hit(THIRD, 0.9), hit(other, 0.8), hit(FOURTH, 0.7)]
    assert main_page(hits) == [THIRD, FOURTH]
    assert main_page([]) == []


def test_moments_of_aware_entries_order_across_zones():
    east = Entry("e", "p", 0, published=datetime(2031, 3, 4, 9, tzinfo=UTC))
    assert moment_key(east) == moment_key(BRIDGE)


def test_the_evidence_of_a_list_names_its_cited_entries_first_and_each_once():
    hits = word_search(PAGE.entries)("the dam burst")
    cited = posted_sentence(FOURTH)
    found = evidence_of([cited], [FOURTH], hits)
    assert found[0].entry is FOURTH
    assert [e.entry.id for e in found[1:]] == [h.entry.id for h in hits if h.entry is not FOURTH]
    assert all(e.entry.text(e.part)[e.start : e.end] == e.text for e in found)
