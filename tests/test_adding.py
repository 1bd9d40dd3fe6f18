"""Coverage added from the page: looked at first, then kept; what cannot be read is said."""

from __future__ import annotations

import pytest

from index.store import Store
from rag.page.adding import keep, kept_html, preview_html, read_offered

PASTED = """\
09:05
Smoke seen over the quay

Smoke is rising from a warehouse in Port Lorne, a reader says.

09:40
Eleven treated

Eleven people have been treated for smoke.
"""


def test_pasted_page_is_shown_before_it_is_kept_and_then_kept_once(tmp_path, tiny_encoder):
    readings, failures = read_offered((), PASTED, "Harbour fire!", "Europe/London")
    assert failures == ()
    assert readings[0].page.id == "Harbour-fire"
    shown = preview_html(readings)
    assert "2 entries, from 09:05" in shown and "Smoke seen over the quay" in shown
    with Store.open(tmp_path / "s", encoder=tiny_encoder) as store:
        assert store.pages() == []
        reports, failures = keep(store, readings)
        assert "Harbour-fire</bdi>: 2 added, 0 changed, 0 unchanged, 0 withdrawn." in kept_html(reports, failures)
        reports, _ = keep(store, readings)
        assert (len(reports[0].added), len(reports[0].unchanged)) == (0, 2)


def test_files_are_read_and_one_that_cannot_be_does_not_stop_the_others(tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(PASTED)
    bad.write_bytes(b"\x00\x01\x02" * 2000)
    readings, failures = read_offered([str(bad), str(good)])
    assert [reading.page.id for reading in readings] == ["good.txt"]
    assert len(failures) == 1 and "bad.txt" in failures[0]
    assert str(tmp_path) not in failures[0]


def test_nothing_offered_and_an_unknown_zone_are_said():
    assert read_offered((), "  ") == ((), ("Choose a file, give a web address, or paste the text of a page.",))
    readings, failures = read_offered((), PASTED, zone="Mars/Base")
    assert readings == () and "Mars/Base" in failures[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "<script>", "", "a" * 500])
def test_name_of_a_pasted_page_is_harmless(name):
    readings, failures = read_offered((), "<img src=x onerror=alert(1)> no times here", name)
    page_id = readings[0].page.id
    assert "/" not in page_id and "<" not in page_id and 0 < len(page_id) <= 80
    assert "<img" not in preview_html(readings, failures) + preview_html((), ["<img>"])


def test_address_is_read_only_where_it_is_public_or_private_hosts_are_allowed():
    for address, said in (
        ("ftp://quay.example/a", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("/etc/passwd", "no web address"),
        ("http://127.0.0.1:9/a", "127.0.0.1"),
        ("http://localhost:9/a", "localhost"),
        ("http://10.0.0.1/a", "10.0.0.1"),
        ("http://[::1]/a", "::1"),
    ):
        readings, failures = read_offered((), address=address)
        assert readings == () and len(failures) == 1 and said in failures[0]
    _, (refused,) = read_offered((), address="http://127.0.0.1:9/a", allow_private=True)
    assert "cannot be reached" in refused


def test_date_that_the_reader_knows_places_the_times():
    readings, failures = read_offered((), PASTED, "quay", "Europe/London", day="2031-03-05")
    assert failures == ()
    assert "09:40 GMT, 5 March 2031" in preview_html(readings)
    assert read_offered((), PASTED, day="5 March") == ((), ("'5 March' is no date; write it as 2026-03-04.",))
    assert "--date" not in preview_html(read_offered((), PASTED)[0])
