"""Sources that cannot be read say what was seen and what to do; the good ones among them are read."""

import io
from datetime import date
from time import perf_counter

import pytest

from index.errors import SourceError, ZoneError
from index.reading import SourceFailure, read_source, read_sources, read_text

PAGE = (
    "Opening words of the page.\n\n10:20 AM\n\nRiver still rising\n\nThe gauge reads 4 metres.\n\n"
    "09:55 AM\n\nFirst\n\nWater is in.\n"
)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text(" \n")
    with pytest.raises(SourceError, match=r"empty\.txt is empty\. Give"):
        read_source(path)


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "photo.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20)
    with pytest.raises(SourceError, match=r"photo\.txt is binary.*Save the page"):
        read_source(path)


def test_a_missing_file_among_good_ones_is_reported_in_its_place(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text(PAGE)
    first, second, third = read_sources([good, tmp_path / "gone.txt", good])
    assert first.page.id == third.page.id == "good.txt"
    assert isinstance(second, SourceFailure)
    assert second.source.endswith("gone.txt")
    assert "does not exist" in str(second.error)


def test_a_folder_and_a_pattern_are_read_file_by_file(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(PAGE)
    assert [r.page.id for r in read_sources([tmp_path])] == ["a.txt", "b.txt"]
    assert [r.page.id for r in read_sources([str(tmp_path / "a*")])] == ["a.txt"]


def test_a_pattern_that_matches_nothing_is_a_failure(tmp_path):
    (only,) = read_sources([str(tmp_path / "*.nothing")])
    assert isinstance(only, SourceFailure)


def test_an_empty_folder_is_a_failure(tmp_path):
    (only,) = read_sources([tmp_path])
    assert isinstance(only, SourceFailure)
    assert "no file" in str(only.error)


def test_a_folder_is_not_one_page(tmp_path):
    with pytest.raises(SourceError, match="is a folder"):
        read_source(tmp_path)


def test_an_unknown_zone_is_refused_before_reading(tmp_path):
    with pytest.raises(ZoneError, match="Atlantis/Deep"):
        read_text(PAGE, source="pasted", zone="Atlantis/Deep")


def test_a_page_without_stamps_is_kept_untimed_with_a_warning():
    reading = read_text("The river rose overnight. Nobody was hurt.\n\nMore rain is due.", source="pasted")
    (entry,) = reading.entries
    assert (entry.stamp, entry.published, entry.clock) == (None, None, None)
    assert entry.body == "The river rose overnight. Nobody was hurt.\n\nMore rain is due."
    assert "no time" in reading.page.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings_are_told_apart(tmp_path, encoding):
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.replace("Water is in.", "Le café est fermé près de la rivière, déjà.").encode(encoding))
    assert read_source(path).entries[2].body == "Le café est fermé près de la rivière, déjà."


def test_a_file_over_the_size_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.reading.decoding.MAX_SOURCE_BYTES", 10)
    path = tmp_path / "big.txt"
    path.write_text(PAGE)
    with pytest.raises(SourceError, match=r"big\.txt is too large.*Split it"):
        read_source(path)


def test_standard_input_is_a_source(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    reading = read_source("-")
    assert [e.stamp for e in reading.entries] == [None, "10:20 AM", "09:55 AM"]


def test_a_given_day_dates_a_page_without_one():
    floating = read_text(PAGE, source="pasted")
    assert [e.published for e in floating.entries] == [None, None, None]
    assert floating.entries[1].clock.isoformat() == "10:20:00"
    assert "--date" in floating.page.warnings[0]
    dated = read_text(PAGE, source="pasted", day=date(2023, 6, 28), zone="Europe/Paris")
    assert dated.entries[1].published.isoformat() == "2023-06-28T10:20:00+02:00"
    assert (dated.entries[1].date_source, dated.entries[1].zone_source) == ("given", "given")
    assert [e.id for e in dated.entries] == [e.id for e in floating.entries]


def test_ids_survive_an_edited_body_and_new_entries_above():
    before = read_text(PAGE, source="p.txt").entries
    after = read_text(
        PAGE.replace("10:20 AM", "10:31 AM\n\nNew\n\nMore.\n\n10:20 AM").replace("4 metres", "5 metres"),
        source="p.txt",
    )
    assert [e.id for e in after.entries][2:] == [e.id for e in before][1:]


def test_two_entries_of_one_minute_and_title_differ_by_a_suffix_counted_from_the_oldest():
    page = "10:31\n\nCorrection\n\nOne.\n\n10:20\n\nCorrection\n\nTwo.\n\n10:20\n\nCorrection\n\nThree.\n"
    ids = [e.id for e in read_text(page, source="p.txt").entries]
    assert ids[1] == f"{ids[2]}-2"


def test_fifty_megabytes_without_a_stamp_are_read_as_they_are(tmp_path):
    paragraph = "Nothing had been decided about the boats by the council, which meets again in spring. " * 9
    source = tmp_path / "large.txt"
    source.write_text("\n\n".join([paragraph] * (50_000_000 // len(paragraph))), encoding="utf-8")
    page, entries = read_source(source)
    assert len(entries) == 1
    assert len(entries[0].body) > 49_000_000
    assert any("time" in warning or "stamp" in warning for warning in page.warnings)


def test_a_page_of_nothing_but_rules_has_no_entries():
    assert read_text("***\n" * 5, source="pasted").entries == ()


def test_a_line_of_many_stars_takes_no_longer_than_its_length():
    started = perf_counter()
    read_text("*" * 40_000 + "\nThe river rose overnight.\n", source="pasted")
    assert perf_counter() - started < 2
