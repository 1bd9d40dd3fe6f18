"""Chunks: within one entry and one part, within the window, offsets exact, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import chunk_entry, context_line
from index.embedding import load_encoder
from index.records import Entry

NOON = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)


def count_words(texts):
    """Two special tokens and one for each word: easy to check by hand."""
    return [len(text.split()) + 2 for text in texts]


def entry(**fields):
    return Entry(**{"id": "e1", "page_id": "p1", "position": 0, "published": NOON, "zone": "GMT"} | fields)


def texts(chunks):
    return [(chunk.part, chunk.text) for chunk in chunks]


def test_a_short_entry_is_one_chunk_with_title_author_and_time_as_context():
    (chunk,) = chunk_entry(entry(title="Bridge shut", author="Ann Hill", body="It was shut at nine."), count_words, 50)
    assert chunk.context == "Bridge shut | Ann Hill | 12:00 GMT, 4 March 2031"
    assert chunk.text_for_search == f"{chunk.context}\nIt was shut at nine."
    assert (chunk.part, chunk.start, chunk.end) == ("body", 0, 20)


def test_body_and_captions_are_never_in_one_chunk():
    made = chunk_entry(
        entry(body="One two.", captions=("Three four.", "Five."), title="T"), count_words, 50, first_key=7
    )
    assert texts(made) == [("body", "One two."), ("captions", "Three four.\nFive.")]
    assert [c.key for c in made] == [7, 8]


def test_a_title_without_a_body_is_a_chunk_of_its_own():
    made = chunk_entry(entry(title="Bridge shut", captions=("The bridge.",)), count_words, 50)
    assert texts(made) == [("title", "Bridge shut"), ("captions", "The bridge.")]
    assert made[0].context == "12:00 GMT, 4 March 2031"
    assert made[1].context == "Bridge shut | 12:00 GMT, 4 March 2031"


def test_an_entry_without_words_has_no_chunks():
    assert chunk_entry(entry(body=" \n ", title=" "), count_words, 50) == []


def test_a_long_body_is_cut_at_sentences_into_parts_of_about_equal_size():
    # Context "12:00 GMT, 4 March 2031" has 5 words and 2 special tokens: 13 of 20 are left, 16 are needed.
    body = "One two three four. Five six seven eight.\nNine ten eleven twelve. Last of all these."
    made = chunk_entry(entry(body=body), count_words, 20)
    assert [c.text for c in made] == [
        "One two three four. Five six seven eight.",
        "Nine ten eleven twelve. Last of all these.",
    ]


def test_a_sentence_longer_than_the_window_is_cut_between_words():
    body = " ".join(f"w{i}" for i in range(30)) + "."
    made = chunk_entry(entry(body=body), count_words, 20)
    assert [len(c.text.split()) for c in made] == [10, 10, 10]
    assert " ".join(c.text for c in made) == body


def test_one_huge_word_is_cut_by_tokens():
    body = "x" * 5000
    made = chunk_entry(entry(body=body), lambda texts: [len(t) // 10 + 2 for t in texts], 100)
    assert len(made) > 1
    assert "".join(c.text for c in made) == body
    assert max(len(c.text_for_search) // 10 + 2 for c in made) <= 100


def test_a_word_that_counts_as_one_unknown_token_is_cut_all_the_same():
    made = chunk_entry(entry(body="x" * 1000), count_words, 20)
    # 13 tokens are left, and no token counts for more than 16 characters.
    assert [len(c.text) for c in made] == [208, 208, 208, 208, 168]


def test_a_title_longer_than_the_window_leaves_room_for_the_body():
    made = chunk_entry(entry(title="long " * 300, body="One two three."), count_words, 40)
    assert texts(made) == [("body", "One two three.")]
    assert count_words([made[0].text_for_search])[0] <= 40


def test_line_breaks_in_a_title_do_not_reach_the_context_line():
    assert context_line(entry(title="Bridge\n shut"), "body") == "Bridge shut | 12:00 GMT, 4 March 2031"


@given(
    body=st.text(alphabet=st.sampled_from("ab . !?\n•\"'\u00a0é"), max_size=400),
    max_tokens=st.integers(16, 60),
)
def test_chunks_are_exact_disjoint_within_the_window_and_lose_no_word(body, max_tokens):
    source = entry(title="T", body=body)
    made = [c for c in chunk_entry(source, count_words, max_tokens) if c.part == "body"]
    ends = 0
    for chunk in made:
        assert ends <= chunk.start < chunk.end
        assert chunk.text == body[chunk.start : chunk.end]
        assert count_words([chunk.text_for_search])[0] <= max_tokens
        ends = chunk.end
    kept = "".join(c.text for c in made)
    assert [c for c in kept if c.isalnum()] == [c for c in body if c.isalnum()]


@pytest.mark.model
def test_real_pages_fit_the_window_of_the_bundled_encoder(shared):
    from index.reading import read_source

    encoder = load_encoder()
    for path in sorted((shared / "seeds").glob("*.txt")):
        for source in read_source(path).entries:
            made = chunk_entry(source, encoder.count_tokens, encoder.max_tokens)
            assert made
            assert max(encoder.count_tokens([c.text_for_search for c in made])) <= 256
            assert all(source.text(c.part)[c.start : c.end] == c.text for c in made)
