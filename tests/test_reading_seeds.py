"""The two real pages become the entries that a careful reader sees in them."""

import json

import pytest

from index.reading import read_source

PAGES = ("000_77b4a51e5ac2ece3.txt", "004_130fe5a60dbfd2e7.txt")


@pytest.fixture(params=PAGES)
def page(request, shared):
    labels = json.loads((shared / "eval" / "seed_entries.json").read_text())
    return read_source(shared / "seeds" / request.param), labels[request.param]


def test_every_entry_is_found_in_page_order(page):
    reading, labels = page
    assert [e.stamp for e in reading.entries] == [label["stamp"] for label in labels]
    assert [e.position for e in reading.entries] == list(range(len(labels)))


@pytest.mark.parametrize("field", ["title", "author", "kind"])
def test_printed_fields_are_exact(page, field):
    reading, labels = page
    assert [getattr(e, field) for e in reading.entries] == [label[field] for label in labels]


def test_times_are_exact(page):
    reading, labels = page
    times = [e.published.isoformat() if e.published else None for e in reading.entries]
    assert times == [label["published"] for label in labels]


@pytest.mark.parametrize("field", ["quotes", "captions"])
def test_quotes_and_captions_are_exact(page, field):
    reading, labels = page
    assert [list(getattr(e, field)) for e in reading.entries] == [label[field] for label in labels]


def test_bodies_start_and_end_with_their_own_words(page):
    reading, labels = page
    edges = [(" ".join(e.body.split()[:6]) or None, " ".join(e.body.split()[-6:]) or None) for e in reading.entries]
    assert edges == [(label["body_start"], label["body_end"]) for label in labels]


def test_credits_and_alternative_texts_are_not_body(page):
    reading, labels = page
    for entry, label in zip(reading.entries, labels, strict=True):
        for words in ("Image source", "Image caption", "Story continues", "Quote Message", "Getty Images"):
            assert words not in entry.body
        assert not set(entry.body.split("\n")) & set(label["alt_texts"])


def test_full_zone_name_gives_an_aware_time_with_its_short_name(shared):
    reading = read_source(shared / "seeds" / PAGES[0])
    assert reading.page.zone == "Europe/London"
    assert {e.zone for e in reading.entries[1:]} == {"BST"}
    assert {e.zone_source for e in reading.entries[1:]} == {"printed"}
    assert {e.date_source for e in reading.entries[1:]} == {"printed"}


def test_page_without_a_zone_gives_floating_times_dated_by_the_page(shared):
    reading = read_source(shared / "seeds" / PAGES[1])
    assert reading.page.zone is None
    assert {(e.zone, e.zone_source, e.date_source) for e in reading.entries[1:]} == {(None, "unknown", "page")}


def test_given_zone_makes_floating_times_aware_and_keeps_the_ids(shared):
    floating = read_source(shared / "seeds" / PAGES[1])
    given = read_source(shared / "seeds" / PAGES[1], zone="Europe/London")
    first = given.entries[1]
    assert first.published.isoformat() == "2022-06-25T14:46:00+01:00"
    assert (first.zone, first.zone_source) == ("BST", "given")
    assert [e.id for e in given.entries] == [e.id for e in floating.entries]


def test_ids_are_unique_on_a_page(page):
    ids = [e.id for e in page[0].entries]
    assert len(set(ids)) == len(ids)
