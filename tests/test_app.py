"""The page's server: what it starts with, who may come in, what programs are offered, and no other host."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import ROOT, free_port, running
from conftest import TinyEncoder

from index.errors import PresstimeError, TimeError
from index.records import Entry, Page, Reading
from index.store import Store
from rag.answering import Assistant
from rag.page.desk import Desk
from rag.page.endpoints import Endpoints
from rag.page.requests import citation_of, oldest_first
from rag.page.serving import SAMPLE_KINDS, read_auth, sample_questions
from rag.page.turns import Turn

START = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


def an_entry(number, minutes, title, body, **more):
    published = START + timedelta(minutes=minutes)
    return Entry(f"e{number}", "fire", number, published=published, zone="UTC", title=title, body=body, **more)


FIRE = Reading(
    Page("fire", title="Harbour fire: live"),
    (
        an_entry(0, 95, "Quay reopens", "The quay at Port Lorne has reopened to traffic."),
        an_entry(1, 60, "Eleven hurt", "Eleven people were treated for smoke, the ambulance service said."),
        an_entry(2, 60, "Ferry held", "The noon ferry is being held at Marl Bay."),
        an_entry(3, 5, "Smoke seen", "Smoke is rising from a warehouse in Port Lorne."),
        Entry("e4", "fire", 4, kind="summary", body="What has happened so far."),
    ),
)


@pytest.fixture
def store(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "fire.store", encoder=tiny_encoder) as store:
        store.add(FIRE)
        yield store


@pytest.fixture
def desk(store, tiny_encoder):
    return Desk(Assistant(store, encoder=tiny_encoder, generator="none"))


def test_entries_are_ordered_by_time_and_those_of_a_minute_in_the_pages_direction(store):
    assert [entry.id for entry in oldest_first(store.entries("fire"))] == ["e4", "e3", "e2", "e1", "e0"]


def test_cited_entry_opens_among_its_neighbours_at_the_quote(desk):
    cite = {"page": "fire", "entry": "e1", "part": "body", "start": 0, "end": 13, "quote": "Eleven people"}
    shown = desk.side({**cite, "marks": [[0, 6]]})
    assert '<mark class="cited"><strong>Eleven</strong> people</mark>' in shown
    assert re.findall(r"<h3[^>]*>([^<]+)", shown) == [
        "Quay reopens",
        "Eleven hurt",
        "Ferry held",
        "Smoke seen",
    ]
    oldest = desk.side({**cite, "order": "oldest"})
    assert re.findall(r"<h3[^>]*>([^<]+)", oldest)[0] == "Smoke seen"


@pytest.mark.parametrize(
    "request_",
    [
        {"page": "fire", "entry": "gone"},
        {"page": "fire", "entry": "e1", "part": "body", "start": "x", "end": None, "quote": 3, "marks": 7},
        {"page": "fire", "entry": ["e1"], "from": "a", "to": {}},
        {"page": "fire", "from": -50, "to": 9_000_000},
        {"page": "fire", "entry": "e1", "part": "zone", "start": 0, "end": 1, "quote": ""},
        {"page": "fire", "entry": "e1", "part": "body", "start": 0, "end": 9, "quote": "x", "marks": [[0]]},
        {"page": None, "find": None, "order": 7},
        {"find": "x" * 10_000},
    ],
)
def test_request_that_no_chip_made_still_gives_a_page(desk, request_):
    assert desk.side(request_).startswith("<")


def test_citation_reads_back_only_from_what_a_chip_carries():
    entry = FIRE.entries[1]
    cite = {"part": "body", "start": 0, "end": 6, "quote": "Eleven", "marks": [[0, 6]]}
    assert citation_of(entry, cite).quote == "Eleven"
    assert citation_of(entry, {**cite, "part": "other"}) is None
    assert citation_of(entry, {}) is None


def test_found_entries_hold_every_word_newest_first(desk):
    assert [entry.id for entry in desk.find("PORT lorne")] == ["e0", "e3"]
    assert desk.find("port ferry") == []
    assert "No entry holds these words." in desk.side({"find": "zebra"})


def test_pages_and_their_freshness_are_listed(desk):
    (row,) = desk.freshness(now=START + timedelta(minutes=100))
    assert (row.entry_count, row.newest.id, row.age) == (5, "e0", timedelta(minutes=5))
    assert "Harbour fire: live" in desk.side({})


def test_unreadable_as_of_is_raised_and_an_overlong_question_is_told_in_the_conversation(desk):
    with pytest.raises(TimeError, match="half-way"):
        list(desk.ask("How many?", as_of="half-way through"))
    *_, last = desk.ask("why " * 5000, (Turn("before"),))
    assert [turn.question for turn in last][0] == "before"
    assert "characters" in last[-1].error
    assert len(desk.line) == 0


def test_nothing_published_before_the_as_of_time_is_said(desk):
    *_, last = desk.ask("How many people were treated?", as_of="08:01")
    assert last[-1].answer.status == "not_in_coverage"
    assert last[-1].answer.searched == 0


def test_twenty_readers_at_once_are_all_answered_and_counted(desk):
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(lambda: list(desk.ask("How many?", as_of="08:01"))[-1]) for _ in range(20)]
        answers = [turns.result(60)[-1].answer for turns in asked]
    assert {answer.status for answer in answers} == {"not_in_coverage"}
    assert len(desk.line) == 0
    assert 'presstime_questions_total{outcome="not_in_coverage"} 20' in desk.tally.text()


def test_question_that_is_stopped_leaves_the_line_and_is_counted(desk):
    steps = desk.ask("How many?", as_of="08:01")
    next(steps)
    steps.close()
    assert len(desk.line) == 0
    assert 'presstime_questions_total{outcome="stopped"} 1' in desk.tally.text()


def test_programs_get_plain_data(desk):
    programs = Endpoints(desk)
    assert [row["id"] for row in programs.find_entries("lorne", limit=1)] == ["e0"]
    (page,) = programs.list_pages()
    assert (page["id"], page["entries"], page["newest"]) == ("fire", 5, "09:35 UTC, 4 March 2026")
    json.dumps([page, programs.find_entries("lorne")])
    with pytest.raises(PresstimeError, match="empty"):
        programs.ask("  ")


# The server itself, in a process of its own as readers meet it.


def test_auth_file_holds_a_pair_a_line(tmp_path):
    path = tmp_path / "auth"
    path.write_text("# the desk\n\nana:s3cret\nbo:a:b\n")
    assert read_auth(path) == (("ana", "s3cret"), ("bo", "a:b"))
    for text, wrong in (("ana\n", "Line 1"), ("# none\n", "names nobody"), ("ana:\n", "Line 1")):
        path.write_text(text)
        with pytest.raises(PresstimeError, match=wrong):
            read_auth(path)
    with pytest.raises(PresstimeError, match="cannot be read"):
        read_auth(tmp_path / "missing")


def test_examples_are_questions_over_pages_that_are_there():
    questions = ROOT / "eval" / "questions" / "sample.jsonl"
    pages = {path.name for path in (ROOT / "eval" / "coverage").glob("*.txt")}
    assert len(sample_questions(pages, questions)) == len(SAMPLE_KINDS)
    assert sample_questions({"other.txt"}, questions) == ()
    assert sample_questions(pages, ROOT / "no-such-file.jsonl") == ()


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """Client of a page over an empty store, open only to ana."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "auth").write_text("ana:s3cret\n")
    port = free_port()
    options = ("--store", "new.store", "--port", str(port), "--generator", "none", "--auth-file", "auth")
    with running(str(ROOT / "app.py"), *options, port=port, log=folder / "log") as address:
        with httpx.Client(base_url=address) as client:
            yield client


def test_page_is_shut_to_those_without_a_name_and_password(locked):
    assert locked.get("config").status_code == 401
    assert locked.get("gradio_api/info").status_code == 401
    assert locked.post("login", data={"username": "ana", "password": "wrong"}).status_code == 400
    assert locked.get("health").json() == {"status": "ok", "pages": 0, "changes": 0}
    assert "presstime_questions_in_line 0" in locked.get("metrics").text
    assert locked.get("docs").status_code == 404
    assert locked.post("login", data={"username": "ana", "password": "s3cret"}).status_code == 200
    config = locked.get("config").json()
    assert config["analytics_enabled"] is False
    assert [api["api_name"] for api in config["dependencies"] if api["api_visibility"] == "public"] == [
        "ask",
        "find_entries",
        "list_pages",
    ]


def test_page_loads_nothing_from_another_host(locked):
    locked.post("login", data={"username": "ana", "password": "s3cret"})
    markup = locked.get("").text
    loaded = re.findall(r"""(?:<script|<link|<img|<iframe)[^>]*?(?:src|href)=["']([^"']+)""", markup)
    assert loaded
    assert [url for url in loaded if re.match(r"(?:https?:)?//", url)] == []
    from_theme = re.findall(r"""url\(["']?([^"')]+)""", locked.get("theme.css").text)
    assert [url for url in from_theme if re.match(r"(?:https?:)?//", url)] == []
    style = (ROOT / "rag" / "page" / "static" / "desk.css").read_text()
    assert not re.search(r"url\(|@import|//", style)


def run_app(*options, cwd):
    command = [sys.executable, str(ROOT / "app.py"), *options]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_taken_port_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_app("--store", "s", "--port", str(port), "--generator", "none", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr and "--port" in done.stderr


def test_unusable_store_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("not a store")
    done = run_app("--store", "file", "--port", "0", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "file" in done.stderr


def test_serve_command_answers_several_readers_and_ends_cleanly_when_told_to(tmp_path):
    (tmp_path / "auth").write_text("ana:s3cret\n")
    with Store.open(tmp_path / "fire.store") as store:
        store.add(FIRE)
    port = free_port()
    options = ("--store", "fire.store", "--port", str(port), "--generator", "none", "--auth-file", "auth")
    with running("-m", "rag.cli", "serve", *options, port=port, log=tmp_path / "log", gentle=True) as address:
        code = """
import sys
from concurrent.futures import ThreadPoolExecutor
from gradio_client import Client

def ask(number):
    client = Client(sys.argv[1], verbose=False, auth=("ana", "s3cret"))
    return client.predict("How many people were treated?", as_of="08:01", api_name="/ask")["status"]

with ThreadPoolExecutor(6) as pool:
    print(sorted(set(pool.map(ask, range(6)))))
"""
        done = subprocess.run([sys.executable, "-c", code, address], capture_output=True, text=True, timeout=200)
        assert done.stdout.strip() == "['not_in_coverage']", done.stderr[-2000:]
    assert "Traceback" not in (tmp_path / "log").read_text()
    with Store.open(tmp_path / "fire.store") as store:
        assert len(store.entries("fire")) == 5


TINY = """
import sys
sys.path.insert(0, "tests")
import app
from conftest import TinyEncoder
from index.store import Store
from rag.answering import Assistant

store = Store.open(sys.argv[1], encoder=TinyEncoder())
app.serve(Assistant(store, encoder=TinyEncoder(), generator="none"), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address of the app over the small fire page."""
    folder = tmp_path_factory.mktemp("served")
    with Store.open(folder / "fire.store", encoder=TinyEncoder()) as store:
        store.add(FIRE)
    port = free_port()
    command = ("-c", TINY, str(folder / "fire.store"), str(port))
    with running(*command, port=port, log=folder / "log", cwd=ROOT) as address:
        yield address


def test_request_that_is_too_large_is_refused_before_it_is_sent(served):
    parts = urlsplit(served)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as line:
        line.sendall(b"POST /gradio_api/run/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        told = ""
        while "at once." not in told and (part := line.recv(4096).decode()):  # head and body come apart
            told += part
    assert told.startswith("HTTP/1.1 413") and "64,000,000 bytes" in told


def test_programs_ask_over_http_by_name(served):
    code = """
import json, sys
from gradio_client import Client
client = Client(sys.argv[1], verbose=False)
names = sorted(client.view_api(return_format="dict", print_info=False)["named_endpoints"])
answer = client.predict("How many were treated?", as_of="08:01", api_name="/ask")
found = client.predict("lorne", limit=1, api_name="/find_entries")
try:
    client.predict("How many?", as_of="half-way through", api_name="/ask")
except Exception as error:
    wrong = str(error)
print(json.dumps([names, answer["status"], found[0]["id"], wrong]))
"""
    done = subprocess.run([sys.executable, "-c", code, served], capture_output=True, text=True, timeout=120, check=True)
    names, status, found, wrong = json.loads(done.stdout.splitlines()[-1])
    assert names == ["/ask", "/find_entries", "/list_pages"]
    assert (status, found) == ("not_in_coverage", "e0")
    assert "half-way through" in wrong


def test_programs_ask_over_mcp(served):
    code = """
import asyncio, json, sys
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

async def main():
    async with streamablehttp_client(sys.argv[1] + "gradio_api/mcp/") as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name: tool.description for tool in (await session.list_tools()).tools}
            told = await session.call_tool("find_entries", {"words": "ferry"})
            print(json.dumps([tools, told.content[0].text]))

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code, served], capture_output=True, text=True, timeout=120, check=True)
    tools, told = json.loads(done.stdout.splitlines()[-1])
    assert sorted(tools) == ["ask", "find_entries", "list_pages"]
    assert tools["ask"].startswith("Answer a question from live news coverage")
    assert "The noon ferry is being held at Marl Bay." in told


ALONE = """
import json, sys, urllib.request
from pathlib import Path
sys.path.insert(0, "tests")
from browsing import ROOT, free_port, running
from conftest import TinyEncoder
from index.reading import read_source
from index.store import Store

try:
    urllib.request.urlopen("http://192.0.2.1/", timeout=3)
    raise SystemExit("this process can reach other hosts")
except OSError:
    pass
folder = Path(sys.argv[1])
with Store.open(folder / "one.store") as store:
    store.add(read_source(ROOT / "eval" / "coverage" / "storm-ingrid.txt"))
port = free_port()
options = ("--store", str(folder / "one.store"), "--port", str(port), "--generator", "none")
with running(str(ROOT / "app.py"), *options, port=port, log=folder / "log") as address:
    from gradio_client import Client
    client = Client(address, verbose=False)
    print(client.predict("Which landlady is feeding people in Skelby?", api_name="/ask")["text"])
"""


@pytest.mark.model
def test_app_answers_with_no_network_but_loopback(tmp_path):
    alone = ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets no process leave the network (unshare --net)")
    up = "import fcntl,socket,struct;s=socket.socket();fcntl.ioctl(s,0x8914,struct.pack('16sh',b'lo',0x41))"
    script = 'python=$1; "$python" -c "$2" && exec "$python" -c "$3" "$4"'
    command = [*alone, "sh", "-c", script, "sh", sys.executable, up, ALONE, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Dot Ferris" in done.stdout
