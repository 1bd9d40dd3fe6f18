"""The wheel: what it holds, and that it works away from the checkout."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("index", "rag", "app.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Wheel built from a copy, so that nothing left in the checkout's build folder gets in."""
    source = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    for name in ("eval", "tests", "training"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (path,) = out.glob("presstime-*.whl")
    return path


@pytest.fixture(scope="module")
def clean(wheel, tmp_path_factory):
    """Python of a new environment with the wheel; only its dependencies are borrowed from this one."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(home)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    done = subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (packages,) = (home / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def names(wheel):
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def test_the_wheel_holds_the_packages_the_page_and_nothing_else(wheel):
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"index", "rag", "app.py"}


def test_the_wheel_holds_every_data_file(wheel):
    kept = set(names(wheel))
    files = [p for part in ("index", "rag") for p in (ROOT / part).rglob("*") if p.is_file()]
    wanted = {p.relative_to(ROOT).as_posix() for p in files if "__pycache__" not in p.parts}
    assert wanted - kept == set()


def test_the_wheel_imports_away_from_the_checkout(clean, tmp_path):
    code = (
        "import json, app, index, rag; from rag import Assistant; from index import Store, read_source; "
        "print(json.dumps([m.__file__ for m in (app, index, rag)]))"
    )
    done = subprocess.run([clean, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    home = str(clean.parent.parent)
    assert all(path.startswith(home) for path in json.loads(done.stdout.splitlines()[-1]))


def test_the_command_reads_a_page_away_from_the_checkout(clean, tmp_path):
    (tmp_path / "quay.txt").write_text("Quay live\n\n9:10am\n\nTwo boats have sunk.\n", encoding="utf-8")
    command = [clean.parent / "presstime", "read", "quay.txt", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Two boats have sunk." in done.stdout


def test_scoring_away_from_the_checkout_says_what_it_needs(clean, tmp_path):
    command = [clean.parent / "presstime", "eval", "questions.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "presstime: scoring needs a source checkout of Presstime; run this from one\n"
