"""A page that is still being written stays in step: it grows, is edited, fails, is slow, and comes back."""

from __future__ import annotations

import http.server
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice

import pytest

from index.errors import SourceError, UnavailableError
from index.store import Store
from index.watching import LONGEST_WAIT_S, wait_after, watch

HEAD = "Quay live\n\nThursday 2 May 2024\n\n"
FIRST = "09:10 British Summer Time\n\nBoats lost\n\nTwo boats have sunk in the harbour.\n\n"
SECOND = "10:30 British Summer Time\n\nThird boat lost\n\nThree boats have sunk in the harbour.\n\n"
EDITED = FIRST.replace("Two boats", "At least two boats")


class Played(http.server.BaseHTTPRequestHandler):
    """Answers each path with its next step; the last step stays."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        steps = self.server.steps.get(self.path, [(404, "", {})])
        status, body, headers = steps.pop(0) if len(steps) > 1 else steps[0]
        self.server.asked.append((self.path, self.headers.get("If-None-Match"), time.monotonic()))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, ""
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Length": len(data), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def playing(**pages):
    """A server on loopback that plays the steps of each page: (status, text, headers)."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Played)
    server.steps = {f"/{name}": list(steps) for name, steps in pages.items()}
    server.asked = []
    server.url = lambda path: f"http://127.0.0.1:{server.server_port}/{path}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as opened:
        yield opened


def looks(store, *sources, count, **options):
    settings = {"every_s": 0.02, "host_gap_s": 0.0, "allow_private": True, "obey_robots": False, **options}
    return list(islice(watch(store, sources, **settings), count))


def told(event):
    report = event.report
    return report and tuple(len(ids) for ids in (report.added, report.changed, report.withdrawn))


def test_a_page_that_grows_is_edited_and_loses_an_entry_is_followed(store):
    steps = [(200, HEAD + FIRST, {}), (200, HEAD + SECOND + FIRST, {}), (200, HEAD + SECOND + EDITED, {}),
             (200, HEAD + SECOND, {})]  # fmt: skip
    with playing(live=steps) as site:
        events = looks(store, site.url("live"), count=4)
    assert [told(e) for e in events] == [(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    (lost,) = store.entries(withdrawn=True)
    assert [r.body for r in store.revisions(lost.id)] == [
        "Two boats have sunk in the harbour.",
        "At least two boats have sunk in the harbour.",
    ]


def test_an_unchanged_page_is_asked_for_conditionally_and_costs_nothing(store):
    with playing(live=[(200, HEAD + FIRST, {"ETag": '"v1"'})]) as site:
        events = looks(store, site.url("live"), count=3)
        assert [etag for _, etag, _ in site.asked] == [None, '"v1"', '"v1"']
        assert [told(e) for e in events] == [(1, 0, 0), None, None]
        looks(store, site.url("live"), count=1)
        assert site.asked[-1][1] == '"v1"'  # remembered by the store
    (record,) = store.sources()
    assert record.last_success > record.last_change
    assert (record.failures, record.live, record.looked_every_s) == (0, True, 0.02)


def test_a_page_that_was_removed_from_the_store_is_fetched_whole_again(store):
    with playing(live=[(200, HEAD + FIRST, {"ETag": '"v1"'})]) as site:
        looks(store, site.url("live"), count=1)
        store.remove_page(site.url("live"))
        (event,) = looks(store, site.url("live"), count=1)
    assert told(event) == (1, 0, 0)


def test_a_page_withdrawn_by_hand_stays_withdrawn_though_its_source_goes_on(store):
    with playing(page=[(200, HEAD + FIRST, {}), (200, HEAD + SECOND + FIRST, {})]) as server:
        watched = watch(
            store, [server.url("page")], every_s=0.02, host_gap_s=0.0, allow_private=True, obey_robots=False
        )
        page_id = next(watched).report.page_id
        store.withdraw(page_id)
        later = [next(watched) for _ in range(3)]
        assert [event.report for event in later] == [None] * 3
        assert store.entries(page_id) == []
        store.restore(page_id)
        assert len(store.entries(page_id)) == 1
        watched.close()
        assert looks(store, server.url("page"), count=1)[0].report.added
        assert len(store.entries(page_id)) == 2


def test_the_same_bytes_without_an_etag_are_not_read_again(store):
    with playing(live=[(200, HEAD + FIRST, {})]) as site:
        assert [told(e) for e in looks(store, site.url("live"), count=2)] == [(1, 0, 0), None]


def test_a_source_that_fails_is_recorded_and_comes_back(store):
    steps = [(200, HEAD + FIRST, {}), (500, "", {}), (503, "", {}), (200, HEAD + SECOND + FIRST, {})]
    with playing(live=steps) as site:
        good, first, second, back = looks(store, site.url("live"), count=4)
        assert isinstance(first.error, UnavailableError)
        assert "500" in str(first.error)
        assert (second.wait_s > 0.02, back.wait_s) == (True, 0.02)
        assert told(back) == (1, 0, 0)
    (record,) = store.sources()
    assert (record.failures, record.last_error) == (0, None)


def test_one_failing_source_does_not_stop_the_others(store, tmp_path):
    page = tmp_path / "quay.txt"
    page.write_text(HEAD + FIRST, encoding="utf-8")
    with playing(gone=[(410, "", {})]) as site:
        events = looks(store, site.url("gone"), tmp_path / "missing.txt", page, count=3, max_looks=1)
    assert [type(e.error) for e in events] == [UnavailableError, SourceError, type(None)]
    assert [(s.failures, s.last_success is None) for s in store.sources()] == [(1, True), (1, True), (0, False)]


def test_a_server_that_asks_for_patience_is_left_alone(store):
    with playing(live=[(429, "", {"Retry-After": "120"})]) as site:
        (event,) = looks(store, site.url("live"), count=1)
    assert event.wait_s == 120


def test_a_retry_date_is_honoured_too(store):
    until = "Fri, 01 Jan 2100 00:00:00 GMT"
    with playing(live=[(503, "", {"Retry-After": until})]) as site:
        (event,) = looks(store, site.url("live"), count=1)
    assert event.wait_s == 86_400


def test_waits_double_with_jitter_up_to_an_hour():
    assert wait_after(0, 60) == 60
    assert all(60 <= wait_after(1, 60) <= 120 for _ in range(50))
    assert all(240 <= wait_after(3, 60) <= 480 for _ in range(50))
    assert len({wait_after(3, 60) for _ in range(10)}) > 1
    assert all(LONGEST_WAIT_S / 2 <= wait_after(1000, 60) <= LONGEST_WAIT_S for _ in range(50))
    assert wait_after(1, 7200) >= 3600
    assert wait_after(1, 60, retry_after_s=500) == 500


def test_two_pages_of_one_host_are_not_asked_for_at_once(store):
    with playing(a=[(200, HEAD + FIRST, {})], b=[(200, HEAD + SECOND, {})]) as site:
        looks(store, site.url("a"), site.url("b"), count=2, host_gap_s=0.3)
        (_, _, first), (_, _, second) = site.asked
    assert second - first >= 0.3


def test_robots_txt_is_obeyed_unless_told_otherwise(store):
    rules = "User-agent: *\nDisallow: /private\nCrawl-delay: 40\n"
    pages = {"robots.txt": [(200, rules, {})], "private": [(200, HEAD + FIRST, {})], "live": [(200, HEAD + FIRST, {})]}
    with playing(**pages) as site:
        refused, read = looks(store, site.url("private"), site.url("live"), count=2, obey_robots=True)
        assert "robots.txt asks programs not to fetch" in str(refused.error)
        assert (told(read), read.wait_s) == ((1, 0, 0), 40)
        assert [path for path, _, _ in site.asked] == ["/robots.txt", "/live"]
        (anyway,) = looks(store, site.url("private"), count=1)
        assert anyway.error is None


def test_a_site_without_robots_txt_allows_everything(store):
    with playing(live=[(200, HEAD + FIRST, {})]) as site:
        (event,) = looks(store, site.url("live"), count=1, obey_robots=True)
    assert told(event) == (1, 0, 0)


def test_private_addresses_need_leave_on_every_look(store):
    with playing(live=[(200, HEAD + FIRST, {})]) as site:
        (event,) = looks(store, site.url("live"), count=1, allow_private=False)
        assert "--allow-private" in str(event.error)
        assert site.asked == []


def test_files_are_read_again_when_they_change_and_new_ones_of_a_folder_are_found(store, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(HEAD + FIRST, encoding="utf-8")
    events = watch(store, [folder], every_s=0.02)
    assert told(next(events)) == (1, 0, 0)
    assert told(next(events)) is None
    (folder / "a.txt").write_text(HEAD + SECOND + FIRST, encoding="utf-8")
    assert told(next(events)) == (1, 0, 0)
    (folder / "b.txt").write_text(HEAD + FIRST, encoding="utf-8")
    found = [next(events) for _ in range(2)]
    assert {e.source: told(e) for e in found}[str(folder / "b.txt")] == (1, 0, 0)


def test_ages_count_back_from_the_fetch_and_stay_what_they_were(store):
    first = "Quay live\n\n2 min ago\n\nBoats lost\n\nTwo boats sank.\n\n9 min ago\n\nStorm\n\nIt blows.\n"
    later = first.replace("2 min", "5 min").replace("9 min", "12 min")
    with playing(live=[(200, first, {}), (200, later, {})]) as site:
        before = datetime.now(UTC)
        events = looks(store, site.url("live"), count=2)
    assert [told(e) for e in events] == [(2, 0, 0), (0, 0, 0)]
    newest = store.entries()[0]
    assert newest.stamp == "2 min ago"
    assert 119 <= (before - newest.published).total_seconds() <= 121


def test_a_watch_stops_when_asked_to(store, tmp_path):
    (tmp_path / "quay.txt").write_text(HEAD + FIRST, encoding="utf-8")
    stop = threading.Event()
    for event in watch(store, [tmp_path / "quay.txt"], every_s=30, stop=stop):
        assert told(event) == (1, 0, 0)
        stop.set()
    assert [s.live for s in store.sources()] == [True]


def test_a_watch_ends_after_so_many_looks(store, tmp_path):
    (tmp_path / "quay.txt").write_text(HEAD + FIRST, encoding="utf-8")
    (tmp_path / "other.txt").write_text(HEAD + SECOND, encoding="utf-8")
    sources = [tmp_path / "quay.txt", tmp_path / "other.txt"]
    events = list(watch(store, sources, every_s=0.01, max_looks=2))
    assert sorted(e.source for e in events) == sorted([str(s) for s in sources] * 2)


def test_standard_input_is_not_watched(store):
    with pytest.raises(SourceError, match="Standard input cannot be watched"):
        next(watch(store, ["-"]))
