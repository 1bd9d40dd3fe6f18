"""The README's console examples, run and written down: python -m eval.examples README.md."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import QuestionError
from rag import cli

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output printed below it."""
    parts = [part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, output.strip("\n")) for command, _, output in parts]


def run(command: str) -> str:
    """What a `presstime` command prints here and now.

    Raises:
        QuestionError: it is another program, or it fails.

    """
    program, *args = shlex.split(command)
    if program != "presstime":
        raise QuestionError(f"{command!r} is no presstime command; examples run nothing else")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = cli.main(args)
    if status:
        raise QuestionError(f"{command!r} ended with status {status}; put the example right")
    return said.getvalue().strip("\n")


@contextlib.contextmanager
def sample_folder() -> Iterator[None]:
    """Work in a new folder that holds the sample coverage where the checkout has it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "eval" / "coverage", Path(folder) / "eval" / "coverage")
        with contextlib.chdir(folder):
            yield


def rewritten(text: str) -> str:
    """Text of a page with the real output below each command."""

    def real(match: re.Match[str]) -> str:
        parts = [f"$ {command}\n{run(command)}\n" for command, _ in commands(match[1])]
        return "```console\n" + "\n".join(parts) + "```"

    with sample_folder():
        return BLOCK.sub(real, text)


def main(args: Sequence[str]) -> int:
    """Rewrite the examples of a page."""
    if len(args) != 1:
        sys.stderr.write("usage: python -m eval.examples PAGE.md\n")
        return 2
    page = Path(args[0])
    page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
