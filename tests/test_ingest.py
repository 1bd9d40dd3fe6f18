"""Many sources into a store: what fails is named, the rest is done."""

from __future__ import annotations

import pytest

from index.errors import SourceError, StoreError, ZoneError
from index.ingest import add_sources
from index.store import Store

PAGE = """Storm Hilda: live

09:00 GMT 4 March 2031

Hallam bridge shut

The Hallam bridge was shut at nine after a lorry overturned. Ten people were hurt, police said.

08:10 GMT 4 March 2031

Trains halted

All trains to Norby are cancelled until noon because of fallen trees on the line.
"""


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as opened:
        yield opened


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "storm.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_is_read_added_and_found(store, page):
    (added,) = add_sources(store, [page])
    assert added.error is None
    assert len(added.report.added) == len(store.entries()) >= 2
    (chunk, _), *_ = [(store.chunks([key])[0], score) for key, score in store.lexical('"overturned"', 1)]
    assert "The Hallam bridge was shut at nine" in chunk.text


def test_sources_that_cannot_be_read_do_not_stop_the_others(store, page, tmp_path):
    missing, empty, binary = tmp_path / "missing.txt", tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    told = []
    done = add_sources(store, [missing, empty, page, binary], on_report=told.append)
    assert told == done
    assert [type(a.error) for a in done] == [SourceError, SourceError, type(None), SourceError]
    assert "missing.txt" in str(done[0].error)
    assert [p.id for p in store.pages()] == ["storm.txt"]


def test_an_unknown_zone_fails_the_source_and_stores_nothing(store, page):
    (added,) = add_sources(store, [page], zone="Europe/Atlantis")
    assert isinstance(added.error, ZoneError)
    assert store.pages() == []


def test_a_page_that_cannot_be_stored_does_not_stop_the_others(store, page, tmp_path, monkeypatch):
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Hallam", "Norby"), encoding="utf-8")
    add = store.add

    def refuse_the_first(reading, **options):
        if reading.page.id == "storm.txt":
            raise StoreError("no room")
        return add(reading, **options)

    monkeypatch.setattr(store, "add", refuse_the_first)
    done = add_sources(store, [page, other])
    assert [a.error is None for a in done] == [False, True]
    assert [p.id for p in store.pages()] == ["other.txt"]


def test_a_folder_is_added_file_by_file_and_again_without_change(store, page, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    assert [len(a.report.added) > 0 for a in add_sources(store, [folder])] == [True, True]
    before = store.counter
    assert [(a.report.added, a.report.changed) for a in add_sources(store, [folder])] == [((), ())] * 2
    assert store.counter == before


def test_each_source_is_recorded_with_its_page_and_its_failures(store, page, tmp_path):
    add_sources(store, [page, tmp_path / "missing.txt"])
    (record,) = store.sources()
    assert (record.source, record.page_ids, record.failures, record.live) == (str(page), ("storm.txt",), 0, False)
    assert record.last_attempt == record.last_success == record.last_change is not None
    page.unlink()
    add_sources(store, [page])
    (failed,) = store.sources()
    assert (failed.failures, failed.last_success) == (1, record.last_success)
    assert "storm.txt" in failed.last_error


@pytest.mark.model
def test_both_real_pages_are_added_with_the_bundled_encoder_and_found_by_meaning(tmp_path, shared):
    from index import VectorIndex, load_encoder

    encoder = load_encoder()
    with Store.open(tmp_path / "real.store", encoder=encoder) as store:
        done = add_sources(store, [shared / "seeds"])
        assert [a.error for a in done] == [None, None]
        assert len(store.select()) >= len(store.entries())
        vector = encoder.encode(["How many people died in the strike on Kramatorsk?"])[0]
        keys, _ = VectorIndex.open(store).search(vector, 5)
        assert any("Kramatorsk" in chunk.text_for_search for chunk in store.chunks(keys))
