"""The store's file under stress: other processes, a crash, a full disk, damage, folders that refuse."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from storm import PAGE, STORM, page_of

from index.errors import StoreError
from index.records import Reading
from index.store import DATABASE, VECTOR_FILE, Store
from index.vectors import VectorIndex

TESTS = Path(__file__).resolve().parent
PRELUDE = """
import sys
from pathlib import Path
from conftest import TinyEncoder
from storm import STORM, page_of
from index.errors import StoreError
from index.store import Store
path = sys.argv[1]
"""


@pytest.fixture(autouse=True)
def processes():
    """Every process started by a test; none outlives it."""
    started = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def start(processes):
    def run(script, path, *arguments, **options):
        process = _start(script, path, *arguments, **options)
        processes.append(process)
        return process

    return run


def _start(script, path, *arguments, **options):
    """A second Python process that runs `script` on the store at `path`."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + script, str(path), *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def finish(process):
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()


@pytest.fixture
def folder(tmp_path, tiny_encoder):
    """Folder of a store that holds one page and is closed."""
    with Store.open(tmp_path / "coverage.store", encoder=tiny_encoder) as store:
        store.add(STORM)
        VectorIndex.open(store)
    return tmp_path / "coverage.store"


def test_a_second_process_sees_what_the_first_added_and_the_first_what_it_adds(start, folder, tiny_encoder):
    with Store.open(folder, encoder=tiny_encoder) as store:
        index = VectorIndex.open(store)
        before = store.counter
        seen = finish(
            start(
                "store = Store.open(path, encoder=TinyEncoder())\n"
                "print(len(store.entries()))\n"
                "store.add(page_of('second', ['The harbour is open.']))",
                folder,
            )
        )
        assert seen == "3"
        assert store.counter == before + 1
        assert [p.id for p in store.pages()] == ["storm.txt", "second"]
        text = store.chunks([int(store.select(pages=["second"])[0])])[0].text_for_search
        keys, _ = index.search(tiny_encoder.encode([text])[0], 1)
        assert store.chunks(keys)[0].entry_id == "second-0"


def test_a_reader_is_not_held_up_while_another_process_writes(start, folder, tiny_encoder):
    writer = start(
        "store = Store.open(path, encoder=TinyEncoder())\n"
        "with store._writing('holding the store') as connection:\n"
        "    connection.execute('DELETE FROM pages')\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.readline()\n"
        "    raise SystemExit(0)",
        folder, stdin=subprocess.PIPE,
    )  # fmt: skip
    assert writer.stdout.readline() == "writing\n"
    with Store.open(folder, encoder=tiny_encoder) as store:
        assert len(store.entries()) == 3
        assert len(store.lexical('"norby"', 5)) == 1
    writer.communicate("\n", timeout=30)
    with Store.open(folder, encoder=tiny_encoder) as store:
        assert len(store.entries()) == 3


def test_two_processes_may_make_and_fill_one_store_at_once(start, tmp_path, tiny_encoder):
    script = (
        "store = Store.open(path, encoder=TinyEncoder())\n"
        "for i in range(8):\n"
        "    store.add(page_of(f'{sys.argv[2]}-{i}', ['One.', 'Two.']))"
    )
    processes = [start(script, tmp_path / "new", name) for name in ("a", "b", "c")]
    for process in processes:
        finish(process)
    with Store.open(tmp_path / "new", encoder=tiny_encoder) as store:
        assert len(store.pages()) == 24
        assert len(store.entries()) == len(store.select()) == len(store.vectors()[0]) == 48


def test_a_process_killed_while_adding_loses_nothing_stored(start, folder, tiny_encoder):
    writer = start(
        "store = Store.open(path, encoder=TinyEncoder())\n"
        "import index.writing as module\n"
        "write = module._write_changes\n"
        "def stall(*arguments):\n"
        "    write(*arguments)\n"
        "    print('written', flush=True)\n"
        "    sys.stdin.readline()\n"
        "module._write_changes = stall\n"
        "store.add(page_of('doomed', ['Words.'] * 200))",
        folder, stdin=subprocess.PIPE,
    )  # fmt: skip
    assert writer.stdout.readline() == "written\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=30)
    with Store.open(folder, encoder=tiny_encoder) as store:
        assert store.entries() == list(STORM.entries)
        assert len(store.select()) == 4
        assert store.add(page_of("doomed", ["Words."])).added == ("doomed-0",)


def test_processes_killed_at_any_moment_leave_a_whole_store(start, folder, tiny_encoder):
    script = (
        "store = Store.open(path, encoder=TinyEncoder())\n"
        "print('open', flush=True)\n"
        "for i in range(10_000):\n"
        "    store.add(page_of(f'{sys.argv[2]}-{i}', ['One.', 'Two.', 'Three.']))"
    )
    for delay_s in (0.02, 0.11, 0.23):
        writer = start(script, folder, f"w{delay_s}")
        writer.stdout.readline()
        time.sleep(delay_s)
        writer.kill()
        writer.communicate(timeout=30)
    with Store.open(folder, encoder=tiny_encoder) as store:
        pages = [p.id for p in store.pages()]
        assert pages[0] == "storm.txt"
        assert len(store.entries()) == 3 + 3 * (len(pages) - 1)
        assert len(store.select()) == len(store.vectors()[0]) == 4 + 3 * (len(pages) - 1)
        check = sqlite3.connect(folder / DATABASE)
        assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        check.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")
        check.close()


def test_a_full_disk_keeps_what_was_stored_and_says_what_to_do(start, folder, tiny_encoder):
    said = finish(
        start(
            "import resource\n"
            "store = Store.open(path, encoder=TinyEncoder())\n"
            "size = max(p.stat().st_size for p in Path(path).iterdir()) + 100_000\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
            "try:\n"
            "    store.add(page_of('big', ['Long words of a report. ' * 20] * 2000))\n"
            "except StoreError as error:\n"
            "    print(error)\n"
            "print(len(store.entries()), len(store.select()))",
            folder,
        )
    )
    message, counts = said.splitlines()
    assert str(folder / DATABASE) in message
    assert "adding page 'big' failed" in message
    assert "nothing stored is lost. Free some disk space and try again." in message
    assert counts == "3 4"
    with Store.open(folder, encoder=tiny_encoder) as store:
        assert store.entries() == list(STORM.entries)
        assert store.add(page_of("small", ["Words."])).added == ("small-0",)


def test_a_database_at_its_size_limit_is_reported_like_a_full_disk(folder, tiny_encoder):
    with Store.open(folder, encoder=tiny_encoder) as store:
        connection = store._connections.get()
        connection.execute("PRAGMA max_page_count = 1")  # SQLite raises it to the present size
        with pytest.raises(StoreError, match="full.*Free some disk space"):
            store.add(page_of("big", ["Long words of a report. " * 20] * 100))
        assert len(store.entries()) == 3


@pytest.mark.parametrize("kept_bytes", [0, 10, 50, 4096, 20_000])
def test_a_file_cut_short_is_refused_and_left_as_it_is(folder, kept_bytes):
    file = folder / DATABASE
    data = file.read_bytes()
    assert len(data) > 20_000
    file.write_bytes(data[:kept_bytes])
    with pytest.raises(StoreError, match=r"coverage\.sqlite.*(cut short|damaged).*presstime add"):
        Store.open(folder)
    assert file.read_bytes() == data[:kept_bytes]


def test_a_file_of_something_else_is_refused(folder):
    (folder / DATABASE).write_bytes(b"These are notes, not a database. " * 500)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(folder)


def test_a_file_damaged_inside_is_reported_with_its_name(folder, tiny_encoder):
    file = folder / DATABASE
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(StoreError, match=r"coverage\.sqlite.*put back a copy"):
        with Store.open(folder, encoder=tiny_encoder) as store:
            store.entries()


def test_another_programs_database_is_left_alone(tmp_path):
    (tmp_path / "s").mkdir()
    other = sqlite3.connect(tmp_path / "s" / DATABASE)
    other.execute("CREATE TABLE notes (text TEXT)")
    other.commit()
    with pytest.raises(StoreError, match="not a store"):
        Store.open(tmp_path / "s")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    other.close()


def test_a_store_of_a_later_version_asks_for_an_upgrade(folder):
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("UPDATE meta SET value = 99 WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="schema 99.*Upgrade"):
        Store.open(folder)


def test_a_store_of_version_1_is_brought_up_to_date_in_place_and_loses_nothing(folder):
    with Store.open(folder) as store:
        before = (store.pages(), store.entries(), store.vectors()[1].tobytes(), store.counter, store.id)
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("DROP TABLE sources")
    connection.execute("DROP TABLE feedback")
    connection.execute("UPDATE meta SET value = 1 WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    with Store.open(folder) as store:
        assert (store.pages(), store.entries(), store.vectors()[1].tobytes(), store.counter, store.id) == before
        assert (store.sources(), store.feedback()) == ([], [])
        store.record_fetch("https://news.example/live")
        assert [s.source for s in store.sources()] == ["https://news.example/live"]
    with Store.open(folder) as again:
        assert len(again.sources()) == 1


def test_where_there_is_no_store_the_command_that_makes_one_is_named(tmp_path):
    with pytest.raises(StoreError, match="presstime add"):
        Store.open(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_path_that_is_a_file_or_lies_beneath_one_is_refused(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text("words")
    for path in (file, file / "store"):
        with pytest.raises(StoreError, match=r"page\.txt.*folder that can be written"):
            Store.open(path)
    assert file.read_text() == "words"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_cannot_be_written_is_refused_by_name(start, tmp_path):
    said = finish(
        start(
            "import os\nos.setuid(65534)\ntry:\n    Store.open(path)\nexcept StoreError as error:\n    print(error)",
            "/presstime-no-such-folder",
        )
    )
    assert "/presstime-no-such-folder" in said
    assert "Permission denied" in said
    assert "folder that can be written" in said


def test_a_lost_vector_file_loses_nothing(folder, tiny_encoder):
    (folder / VECTOR_FILE).unlink()
    with Store.open(folder, encoder=tiny_encoder) as store:
        assert len(VectorIndex.open(store)) == 4
    assert (folder / VECTOR_FILE).exists()


def test_a_store_can_be_moved_and_copied(folder, tmp_path, tiny_encoder):
    shutil.copytree(folder, tmp_path / "copy")
    shutil.rmtree(folder)
    with Store.open(tmp_path / "copy", encoder=tiny_encoder) as store:
        assert store.entries() == list(STORM.entries)


def test_text_that_cannot_be_stored_is_reported_and_changes_nothing(folder, tiny_encoder):
    from dataclasses import replace

    broken = replace(STORM.entries[0], body="half a pair: \ud83d")
    with Store.open(folder, encoder=tiny_encoder) as store:
        with pytest.raises(StoreError, match="is not a character"):
            store.add(Reading(PAGE, (broken,)))
        assert store.entries() == list(STORM.entries)
