"""The same phrasing from an OpenAI-compatible server: a real llama.cpp process, and servers that misbehave."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from index.errors import ServerError
from rag.generation import load_generator, phrase_checked
from rag.writing.server import ServerGenerator
from rag.writing.weights import bundled_gguf

FERRY = "The ferry Aurora rescued the tug Boreas at 17:30, and all nine of its crew are safe."
LLAMA_CPP = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.n_ctx, params.n_parallel, params.warmup = 1024, 1, False
params.cpuparams.n_threads = 1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def served():
    """Address of a llama.cpp server on the bundled weights, in a process of its own."""
    pytest.importorskip("xllamacpp", reason="the server under test is in the dev extra")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", LLAMA_CPP, str(bundled_gguf()), str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.stdin.close()
        process.terminate()
        process.wait(20)


@pytest.mark.model
def test_a_real_server_streams_a_sentence_that_is_checked_like_any_other(served):
    generator = load_generator(served)
    pieces = list(generator.phrase("Which tug did the Aurora rescue?", [FERRY], ["Boreas"], max_new_tokens=24))
    assert len(pieces) > 3
    assert "Boreas" in "".join(pieces)
    steps = list(phrase_checked(generator, "Which tug did the Aurora rescue?", [FERRY], ["Boreas"]))
    assert [s.done for s in steps].count(True) == 1
    assert steps[-1].done


@pytest.mark.model
def test_a_named_model_is_asked_for_and_the_answer_can_be_cut_off(served):
    listed = ServerGenerator(served)
    next(iter(listed.phrase("Which tug?", [FERRY], [])))
    pieces = ServerGenerator(served, "SmolLM2").phrase("Which tug?", [FERRY], [])
    assert next(pieces)
    pieces.close()


def test_a_server_that_is_not_there_is_named_with_what_to_do():
    address = f"http://127.0.0.1:{free_port()}/v1"
    with pytest.raises(ServerError, match=rf"{address} does not answer.*start it"):
        list(ServerGenerator(address, "any").phrase("Why?", [FERRY], []))


class Misbehaving(BaseHTTPRequestHandler):
    """Answers by the path it is asked on: with an error, with no JSON, or with no model."""

    def do_GET(self):
        self.reply(200, "application/json", b'{"object": "list", "data": []}')

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/refuses"):
            self.reply(404, "application/json", b'{"error": {"message": "no such model"}}')
        elif self.path.startswith("/hangs"):
            time.sleep(1.5)
        elif self.path.startswith("/babbles"):
            self.reply(200, "text/event-stream", b"data: {not json}\n\n")
        else:
            self.reply(200, "text/html", b"<html>Welcome</html>")

    def reply(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def misbehaving():
    server = HTTPServer(("127.0.0.1", 0), Misbehaving)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/refuses/v1", "refused .404.*no such model.*check the model"),
        ("/babbles/v1", "does not speak the OpenAI chat API"),
        ("/hangs/v1", "does not answer"),
    ],
)
def test_a_server_that_misbehaves_is_named_with_what_to_do(misbehaving, path, message):
    generator = ServerGenerator(misbehaving + path, "any", timeout_s=0.5)
    with pytest.raises(ServerError, match=message):
        list(generator.phrase("Why?", [FERRY], []))


def test_a_page_that_is_no_model_server_says_nothing(misbehaving):
    last = list(phrase_checked(ServerGenerator(misbehaving + "/page/v1", "any"), "Why?", [FERRY], []))[-1]
    assert last.done
    assert last.problems


def test_a_server_without_models_asks_for_a_name(misbehaving):
    with pytest.raises(ServerError, match="lists no model; name one"):
        list(ServerGenerator(misbehaving + "/none/v1").phrase("Why?", [FERRY], []))


def test_nothing_is_connected_before_the_first_question():
    assert ServerGenerator("http://127.0.0.1:9/v1", "m").name == "m at http://127.0.0.1:9/v1"
