"""What happened on a page: the entries that matter, told once, in order, without greetings and farewells."""

from newsroom import entry, on_the_day

from rag.digests import asks_everything, whole_digest

ENTRIES = [
    entry("a", 5, on_the_day(8), "River bursts its banks", "The river burst its banks in Norby."),
    entry("b", 4, on_the_day(9), "River bursts its banks", "The river burst its banks in Norby."),
    entry("c", 3, on_the_day(10), "Bridge shut in Norby", "The bridge in Norby is now shut."),
    entry("d", 2, on_the_day(11), "Pictures", "The river in pictures.", kind="pictures"),
    entry("e", 1, on_the_day(12), "Thanks for joining us", "We are closing our live coverage."),
]


def test_entries_come_in_order_of_time_and_a_repeat_is_told_once(tiny_encoder):
    lines = whole_digest("Flood in Norby", ENTRIES, tiny_encoder)
    assert [s.text for s in lines] == ["River bursts its banks", "Bridge shut in Norby"]
    assert len({s.citations[0].entry_id for s in lines}) == 2


def test_no_more_lines_than_asked(tiny_encoder):
    assert len(whole_digest("Flood in Norby", ENTRIES, tiny_encoder, limit=1)) == 1


def test_a_page_without_entries_has_no_digest(tiny_encoder):
    assert whole_digest("Flood", [], tiny_encoder) == []


def test_a_digest_of_everything_names_no_topic():
    assert asks_everything("What happened?")
    assert asks_everything("Sum up")
    assert not asks_everything("What happened in Norby?")
