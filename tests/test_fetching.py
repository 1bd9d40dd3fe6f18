"""Pages are fetched from a real server; what cannot or must not be fetched is refused with the way out."""

import gzip
import http.server
import socket
import threading
import time

import pytest

from index import addresses
from index.addresses import is_public
from index.errors import SourceError
from index.fetching import fetch
from index.reading import SourceFailure, read_source, read_sources
from rag import cli

PAGE = """Quay live

Thursday 2 May 2024

10:30 British Summer Time

Third boat lost

Three boats have sunk in the harbour.

09:10 British Summer Time

Boats lost

Two boats have sunk in the harbour.
"""
PIECE = b"Water is in the old town. " * 1000


class Newsroom(http.server.BaseHTTPRequestHandler):
    """Serves one page, and every way of not serving it."""

    protocol_version = "HTTP/1.1"
    seen = None

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        page, path = PAGE.encode(), self.path
        if path == "/quay.txt":
            if self.headers.get("If-None-Match") == '"v1"':
                return self.answer(304, ETag='"v1"')
            return self.answer(200, page, ETag='"v1"', Last_Modified="Thu, 02 May 2024 09:31:00 GMT")
        if path == "/packed":
            return self.answer(200, gzip.compress(page), Content_Encoding="gzip")
        if path == "/brotli":
            return self.answer(200, b"x", Content_Encoding="br")
        if path == "/photo":
            return self.answer(200, b"\x89PNG", Content_Type="image/png")
        if path == "/binary":
            return self.answer(200, b"\x89PNG\0\0" * 9)
        if path.startswith("/status/"):
            return self.answer(int(path[8:]))
        if path.startswith("/to/"):
            return self.answer(302, Location=path[4:])
        if path.startswith("/hops/"):
            left = int(path[6:])
            return self.answer(301, Location=f"/hops/{left - 1}" if left > 1 else "/quay.txt")
        if path == "/loop":
            return self.answer(302, Location="/loop")
        if path == "/silent":
            return self.server.closing.wait(20)
        return self.drip() if path in {"/drip", "/drip-headers", "/huge"} else self.answer(404)

    def drip(self):
        pieces = [b"HTTP/1.1 200 OK\r\n"] + ([] if self.path == "/drip-headers" else [b"\r\n"])
        try:
            for piece in pieces:
                self.wfile.write(piece)
            while not self.server.closing.is_set():
                self.wfile.write({"/huge": PIECE, "/drip": b"a", "/drip-headers": b"a"}[self.path])
                self.server.sent += 1
                if self.path != "/huge":
                    time.sleep(0.05)
        except OSError:
            self.close_connection = True


@pytest.fixture
def site():
    """A server on loopback; `site.url(path)` names a page of it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Newsroom)
    server.requests, server.closing, server.sent = [], threading.Event(), 0
    server.url = lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


def refusal(url, **limits):
    with pytest.raises(SourceError) as caught:
        fetch(url, **{"allow_private": True, **limits})
    assert url in str(caught.value)
    return str(caught.value)


def test_a_page_from_an_address_reads_as_from_a_file(site, tmp_path):
    path = tmp_path / "quay.txt"
    path.write_text(PAGE, encoding="utf-8")
    fetched, kept = read_source(site.url("/quay.txt"), allow_private=True), read_source(path)
    assert [(e.stamp, e.published, e.title, e.body) for e in fetched.entries] == [
        (e.stamp, e.published, e.title, e.body) for e in kept.entries
    ]
    assert fetched.page.id == fetched.page.url == site.url("/quay.txt")
    (_, headers) = site.requests[0]
    assert headers["User-Agent"].startswith("Presstime/")
    assert headers["Host"] == f"127.0.0.1:{site.server_port}"


def test_gzip_is_unpacked_and_another_packing_is_refused(site):
    assert read_source(site.url("/packed"), allow_private=True).entries[-1].title == "Boats lost"
    assert "packed as br" in refusal(site.url("/brotli"))


def test_an_unchanged_page_is_told_by_its_etag(site):
    first = fetch(site.url("/quay.txt"), allow_private=True)
    assert (first.status, first.etag, first.last_modified) == (200, '"v1"', "Thu, 02 May 2024 09:31:00 GMT")
    again = fetch(first.url, allow_private=True, etag=first.etag, last_modified=first.last_modified)
    assert (again.status, again.data) == (304, b"")
    assert site.requests[-1][1]["If-Modified-Since"] == first.last_modified


@pytest.mark.parametrize(
    ("status", "words", "advice"),
    [
        (404, "404 Not Found", "Check the address"),
        (403, "403 Forbidden", "Save the page"),
        (429, "429 Too Many Requests", "Try again later"),
        (500, "500 Internal Server Error", "Try again later"),
        (599, "answers 599.", "Try again later"),
    ],
)
def test_an_answer_that_is_not_the_page_is_named(site, status, words, advice):
    said = refusal(site.url(f"/status/{status}"))
    assert words in said
    assert advice in said


@pytest.mark.parametrize("path", ["/silent", "/drip", "/drip-headers"])
def test_a_slow_server_is_left_when_the_time_is_over(site, path):
    assert "in time" in refusal(site.url(path), step_timeout_s=0.4, total_timeout_s=0.6)
    assert site.sent < 50


def test_a_huge_page_is_cut_off_early(site):
    assert "more than 1,000,000 bytes" in refusal(site.url("/huge"), max_bytes=1_000_000)
    assert site.sent * len(PIECE) < 64_000_000


def test_pictures_and_binary_files_are_refused(site):
    assert "is image/png, not text" in refusal(site.url("/photo"))
    with pytest.raises(SourceError, match="/binary is binary"):
        read_source(site.url("/binary"), allow_private=True)


def test_five_redirects_are_followed_and_no_more(site):
    assert fetch(site.url("/hops/5"), allow_private=True).url == site.url("/quay.txt")
    assert "more than 5 times" in refusal(site.url("/hops/6"))
    assert "more than 5 times" in refusal(site.url("/loop"))


def test_a_redirect_leads_to_no_file(site):
    said = refusal(site.url("/to/file:///etc/passwd"))
    assert "redirects to file:/etc/passwd, which is not fetched" in said


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "http://", "https://[::1"])
def test_only_web_addresses_are_fetched(url):
    (failure,) = read_sources([url])
    assert isinstance(failure, SourceFailure)
    assert url in str(failure.error)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254", "10.1.2.3"])
def test_private_hosts_are_refused_before_any_connection(host):
    said = refusal(f"http://{host}:9/", allow_private=False)
    assert "--allow-private" in said


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1"],
)  # fmt: skip
def test_addresses_off_the_public_internet_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_addresses_on_the_public_internet_are_known(address):
    assert is_public(address)


class Names:
    """A resolver that knows one public name, and where the connections to its address really go."""

    def __init__(self, monkeypatch, site, others=()):
        self.asked = []
        real = socket.create_connection

        def resolve(host, port):
            self.asked.append(host)
            return ("93.184.215.14", *others) if host == "news.example" else (host,)

        def connect(address, *args, **kwargs):
            assert address[0] == "93.184.215.14"
            return real(("127.0.0.1", site.server_port), *args, **kwargs)

        monkeypatch.setattr(addresses, "resolve", resolve)
        monkeypatch.setattr(socket, "create_connection", connect)


def test_a_public_name_is_resolved_once_and_its_checked_address_used(site, monkeypatch):
    names = Names(monkeypatch, site)
    assert fetch("http://news.example/quay.txt").data == PAGE.encode()
    assert names.asked == ["news.example"]
    assert site.requests[0][1]["Host"] == "news.example"


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    Names(monkeypatch, site)
    said = refusal("http://news.example/to/http://127.0.0.1:9/admin", allow_private=False)
    assert "127.0.0.1, which is not on the public internet" in said


def test_a_name_with_one_private_address_among_public_ones_is_refused(site, monkeypatch):
    Names(monkeypatch, site, others=("192.168.0.9",))
    assert "192.168.0.9" in refusal("http://news.example/quay.txt", allow_private=False)
    assert site.requests == []


def test_an_unknown_name_and_a_closed_port_are_told_apart():
    assert "is not found" in refusal("http://nowhere.invalid/live")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/live"
        assert "cannot be reached" in refusal(closed)


def test_the_command_reads_an_address_when_allowed(site, capsys):
    url = site.url("/quay.txt")
    assert cli.main(["read", url]) == 1
    assert f"presstime: {url} is not fetched. 127.0.0.1 is at 127.0.0.1" in capsys.readouterr().err
    assert cli.main(["read", url, "--allow-private"]) == 0
    assert "  10:30 BST, 2 May 2024  Third boat lost\n" in capsys.readouterr().out


def test_the_command_takes_a_format_and_explains_times(tmp_path, capsys):
    page = tmp_path / "quay.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert cli.main(["read", str(page), "--format", "feed"]) == 1
    assert "feed" in capsys.readouterr().err
    assert cli.main(["read", str(page), "--format", "text", "--explain"]) == 0
    assert (
        '  stamp "10:30 British Summer Time"; time 10:30:00; '
        "date 2024-05-02 (from the page); zone BST (printed with the entry)\n"
    ) in capsys.readouterr().out
    assert cli.main(["add", str(page), "--store", str(tmp_path / "c.store"), "--format", "guardian"]) == 1
    assert "not whole JSON" in capsys.readouterr().err
