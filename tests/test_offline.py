"""With no network but loopback, coverage is added and questions are answered, with the bundled models."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from quay import PAGE

pytestmark = pytest.mark.model


def namespace():
    """Command that runs another with loopback alone, or the reason why there is none."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None:
        pytest.skip("unshare is not installed")
    # A new network namespace has its loopback down; servers and clients on this machine need it up.
    up = f"{ip} link set lo up && " if ip else ""
    command = [unshare, "--map-root-user", "--net", "sh", "-c", up + 'exec "$@"', "sh"]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"network namespaces are not permitted here: {tried.stderr.strip()}")
    return command


def run(args, cwd):
    return run_in_namespace([sys.executable, "-m", "rag.cli", *args], cwd)


def run_in_namespace(command, cwd):
    home = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    root = str(Path(__file__).resolve().parent.parent)
    return subprocess.run(
        [*namespace(), *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=600,
        env={**home, "PYTHONPATH": root},
    )


def test_nothing_outside_loopback_is_reachable_in_the_namespace(tmp_path):
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    done = subprocess.run([*namespace(), sys.executable, "-c", code], capture_output=True, text=True)
    assert "Network is unreachable" in done.stderr


def test_coverage_is_added_and_asked_without_a_network(tmp_path):
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    added = run(["add", "quay.txt", "--json"], tmp_path)
    assert added.returncode == 0, added.stderr
    assert len(json.loads(added.stdout)["added"]) >= 2
    asked = run(["ask", "How many boats have sunk?", "--json"], tmp_path)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert "three" in answer["text"].lower()
    assert answer["citations"][0]["label"] == "10:30 BST, 2 May 2024"


SERVE = """
import subprocess, sys, time, urllib.request
server = subprocess.Popen(sys.argv[1:])
try:
    for _ in range(240):
        try:
            with urllib.request.urlopen("http://127.0.0.1:7899/", timeout=5) as reply:
                print(reply.status, len(reply.read()))
                break
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.5)
finally:
    server.terminate()
    server.wait(20)
"""


def test_the_page_is_served_without_a_network(tmp_path):
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    assert run(["add", "quay.txt"], tmp_path).returncode == 0
    serve = [sys.executable, "-m", "rag.cli", "serve", "--port", "7899", "--generator", "none"]
    done = run_in_namespace([sys.executable, "-c", SERVE, *serve], tmp_path)
    assert done.stdout.splitlines()[-1].startswith("200 "), done.stderr
