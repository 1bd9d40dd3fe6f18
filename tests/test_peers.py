"""The adapters of other systems, run with the real ones: minutes, so only where PRESSTIME_TEST_PEERS is set."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from quay import PAGE

from eval.run import read_rows
from index.reading import read_source
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
READY = PYTHON.exists() and "PRESSTIME_TEST_PEERS" in os.environ
QUESTION = {
    "id": "q1", "page": "quay.txt", "question": "How many boats have sunk?", "answers": ["three"],
    "evidence": [{"published": "2024-05-02T10:30:00+01:00", "quote": "Three boats have sunk"}], "kind": "number",
}  # fmt: skip


@pytest.mark.model
@pytest.mark.skipif(not READY, reason="set PRESSTIME_TEST_PEERS=1 after make bench-peers to run other people's systems")
@pytest.mark.parametrize("system", ["llamaindex", "txtai"])
def test_another_system_answers_citing_entries_of_the_store(system, tmp_path):
    (tmp_path / "quay.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "q.jsonl").write_text(json.dumps(QUESTION), encoding="utf-8")
    with Store.open(tmp_path / "store") as store:
        store.add(read_source(tmp_path / "quay.txt"))
        known = {entry.id for entry in store.entries()}
    command = [PYTHON, "-m", "eval", tmp_path / "q.jsonl", "--store", tmp_path / "store", "--system", system]
    done = subprocess.run(
        [*map(str, command), "--out", str(tmp_path / "run")], cwd=ROOT, capture_output=True, text=True, timeout=900,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (row,) = read_rows(tmp_path / "run")
    assert row.status in {"answered", "not_in_coverage"}
    assert {cited.entry_id for cited in row.cited} <= known
    assert row.measures["Success@5"] == 1
    results = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))
    assert results["environment"]["packages"]["torch"].startswith("2.13.0")
