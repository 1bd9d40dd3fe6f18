"""Evidence as the reader sees it: citations, quoted sentences, plain text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from storm import BRIDGE, SUMMARY, TRAINS

from index.records import Entry
from rag.composing import (
    all_citations,
    answer_text,
    cite,
    cite_headline,
    cite_part,
    one_line,
    quote_sentence,
)
from rag.records import Evidence, Sentence

HURT = Evidence(BRIDGE, "body", "Ten people were hurt.", 36, 57, 1.0, ((0, 3),))


def test_a_citation_carries_the_exact_words_and_where_they_stand():
    citation = cite(HURT)
    assert citation.quote == BRIDGE.body[citation.start : citation.end] == "Ten people were hurt."
    assert (citation.entry_id, citation.page_id, citation.part) == ("0900-bridge", "storm.txt", "body")
    assert citation.label == "09:00 GMT, 4 March 2031"
    assert citation.title == "Hallam bridge shut"
    assert citation.marks == ((0, 3),)
    assert citation.published == datetime(2031, 3, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("part", ["body", "title", "captions"])
def test_every_part_of_an_entry_can_be_cited(part):
    citation = cite_part(BRIDGE, part, 1, 9)
    assert citation.quote == BRIDGE.text(part)[1:9]
    assert citation.part == part


def test_the_headline_of_an_entry_is_its_title():
    citation = cite_headline(TRAINS)
    assert (citation.part, citation.quote) == ("title", "Trains halted")


def test_an_untitled_entry_is_named_by_its_first_line():
    entry = replace(SUMMARY, body="A storm hits the coast.\n\nMore follows.")
    citation = cite_headline(entry)
    assert (citation.part, citation.quote) == ("body", "A storm hits the coast.")


def test_an_entry_of_pictures_alone_is_named_by_its_caption():
    entry = Entry("p", "page", 0, captions=("The bridge", "The river"))
    citation = cite_headline(entry)
    assert (citation.part, citation.quote) == ("captions", "The bridge")


def test_an_empty_entry_has_an_empty_headline():
    assert cite_headline(Entry("p", "page", 0)).quote == ""


def test_a_quoted_sentence_is_the_evidence_on_one_line():
    entry = replace(BRIDGE, body="Ten people\n  were hurt.")
    sentence = quote_sentence(Evidence(entry, "body", entry.body, 0, len(entry.body), 1.0))
    assert sentence.text == "Ten people were hurt."
    assert sentence.quoted
    assert sentence.citations[0].quote == "Ten people\n  were hurt."


def test_a_relative_day_is_dated_where_the_question_asks_when():
    entry = replace(BRIDGE, body="The wall fell late on Monday.")
    evidence = Evidence(entry, "body", entry.body, 0, len(entry.body), 1.0, ((14, 28),))
    assert quote_sentence(evidence, "When did the wall fall?").text == "The wall fell late on Monday [3 March 2031]."
    assert quote_sentence(evidence, "What fell?").text == "The wall fell late on Monday."
    assert quote_sentence(evidence, "When did the wall fall?").citations[0].quote == entry.body


def test_an_uncertain_day_is_not_dated():
    entry = replace(BRIDGE, body="The wall will be rebuilt by Friday.")
    evidence = Evidence(entry, "body", entry.body, 0, len(entry.body), 1.0)
    assert "[" not in quote_sentence(evidence, "When will the wall be rebuilt?").text


def test_a_day_far_from_the_answering_words_is_left_alone():
    body = "On Monday the council met behind closed doors for four long hours, and the wall fell at noon."
    entry = replace(BRIDGE, body=body)
    evidence = Evidence(entry, "body", body, 0, len(body), 1.0, ((body.index("noon"), body.index("noon") + 4),))
    assert quote_sentence(evidence, "When did the wall fall?").text == body


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a  b\n c", "a b c"),
        ('We are sorry."', "We are sorry."),
        ('"We are sorry," he said.', '"We are sorry," he said.'),
        ('"We are sorry', '"We are sorry'),
        ("plain", "plain"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_white_space_is_folded_and_a_stray_closing_quote_dropped(text, line):
    assert one_line(text) == line


def test_the_answer_prints_each_sentence_with_its_time():
    one = Sentence("Ten people were hurt.", (cite(HURT),), quoted=True)
    two = Sentence("Trains stopped.", (cite_headline(TRAINS),), quoted=True)
    bare = Sentence("That is all.", ())
    assert answer_text([one, two, bare]) == (
        "Ten people were hurt. [09:00 GMT, 4 March 2031] Trains stopped. [11:00 GMT, 4 March 2031] That is all."
    )


def test_a_time_shared_by_two_citations_is_printed_once():
    sentence = Sentence("Ten were hurt.", (cite(HURT), cite_headline(BRIDGE)))
    assert answer_text([sentence]) == "Ten were hurt. [09:00 GMT, 4 March 2031]"


def test_citations_of_all_sentences_come_once_in_order():
    one = Sentence("a", (cite_headline(TRAINS), cite(HURT)))
    two = Sentence("b", (cite(HURT),))
    assert all_citations([one, two]) == (cite_headline(TRAINS), cite(HURT))
