"""Sentence boundaries of news text, every expected split worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import MAX_QUOTED_CHARS, sentence_spans


def split(text):
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gen. Smith met Mr. Jones and Prof. Dr. Hall at 5 a.m. on Monday.", "They left."],
        ["The U.S. Senate voted.", "It was No. 5 on the list, up 3.5 per cent."],
        ["He lives in the U.S.", "He works there."],
        ["Shares in Acme Inc. rose.", "She left Acme Inc.", "The firm is large."],
        [
            "It opened at 5 p.m. Monday.",
            "It shut at 6 p.m. EDT.",
            "It opened again at 7 p.m.",
            "Crowds came.",
        ],
        ["It shut at 7 p.m.", "The crowds went home."],
        ["Was it No. 5?", "No.", "It was George W. Bush and J. K. Hall."],
        ["The Jan. 6 inquiry met.", "It began in Jan.", "Nobody spoke."],
        ['He said: "We will go. Nothing stops us."', "Then he left."],
        ['"It is over."', "The crowd cheered."],
        ['"Is it?" he asked.', '"Is it over?" Mr Hall asked.', "“It was hell.”", "He added: ‘No.’", "Done!"],
        ['"Well... maybe," she said.', "They entered the city...", "Fighting goes on."],
        ["They're 'ready to go. Really ready.'", "The workers' pay isn't up."],
        ["The river rose (by 2 m. That is high), police said.", "It fell."],
        ["Losses so far, June 25. example text in lower case goes on.", "Next."],
        ["Watch it now.", "https://example.org/a.b?c=d"],
        ["Der Zug fuhr am 11. September um 9 Uhr.", "Dr. Hall kam mit Nr. 5."],
        ["これはテストです。", "次の文です。"],
        ["هل وصل؟", "نعم."],
        ["He read bbc.co.uk and example.com/News.Live today.", "She did not."],
        ["Eleven were hurt.[1]", "Ten were treated."],
        ["Who is right?!", "Nobody…", "Wait."],
    ],
)
def test_sentences_are_split_where_a_reader_would(sentences):
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_after_a_full_stop_still_ends_the_sentence():
    assert split("The war ended.The troops left.") == ["The war ended.", "The troops left."]


def test_newlines_and_bullets_end_sentences_and_are_left_out():
    text = "Key points\n\n  • Eleven hurt\n\t- Two 11-year-olds among them. More later\n– Done\r\n"
    expected = ["Key points", "Eleven hurt", "Two 11-year-olds among them.", "More later", "Done"]
    assert split(text) == expected


def test_a_list_number_stays_with_its_sentence():
    assert split("1. Bring water.\n2. Stay in.") == ["1. Bring water.", "2. Stay in."]


def test_a_quotation_longer_than_the_limit_is_split_inside():
    first, second = "We will " + "very " * 40 + "surely go.", "They will " + "very " * 40 + "surely stay."
    assert len(first) + len(second) > MAX_QUOTED_CHARS
    assert split(f'"{first} {second}"') == [f'"{first}', f'{second}"']


def test_a_quotation_left_open_does_not_swallow_the_line():
    assert split("“We go. We stay. They wait.") == ["“We go.", "We stay.", "They wait."]


@pytest.mark.parametrize("text", ["", " \n\t ", "•", "\n\n"])
def test_nothing_to_read_has_no_sentences(text):
    assert sentence_spans(text) == []


@given(st.text(alphabet=st.sampled_from("Aa. !?\"'“”‘’()\n•-5…。 \u200bé"), max_size=80))
def test_spans_are_ordered_disjoint_stripped_and_lose_no_word(text):
    spans = sentence_spans(text)
    ends = 0
    for start, end in spans:
        assert ends <= start < end
        assert text[start:end] == text[start:end].strip()
        ends = end
    kept = "".join(text[a:b] for a, b in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
