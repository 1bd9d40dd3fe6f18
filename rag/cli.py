"""The `presstime` command, which puts the parts together: its commands alone may call `app` and `eval`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from index.errors import PresstimeError, QuestionError
from index.reading import SourceFailure, read_sources
from rag.command import printing
from rag.command.options import (
    DEFAULT_STORE,
    AllowPrivate,
    AsOf,
    Day,
    End,
    Every,
    Explain,
    Format,
    From,
    GeneratorName,
    IgnoreRobots,
    Json,
    MaxLooks,
    Once,
    Out,
    Pages,
    QuestionFile,
    Resume,
    Scope,
    ShowWrong,
    Sources,
    StorePath,
    System,
    To,
    Workers,
    Zone,
)

app = typer.Typer(
    name="presstime",
    help="Ask questions about live news coverage: every sentence cites its entry and minute.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

questions_app = typer.Typer(help="Write questions to score answers with.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(questions_app, name="questions")


@app.command()
def read(
    sources: Sources,
    zone: Zone = None,
    date_: Day = None,
    format_: Format = None,
    allow_private: AllowPrivate = False,
    explain: Explain = False,
    as_json: Json = False,
) -> None:
    """Read live pages and print their entries."""
    failures = 0
    found = read_sources(sources, zone=zone, day=_day(date_), format=format_, allow_private=allow_private)
    for result in found:
        if isinstance(result, SourceFailure):
            failures += 1
            printing.failure(result.source, result.error, as_json=as_json)
        else:
            printing.reading(result, as_json=as_json, explain=explain)
    _exit(failures)


@app.command()
def add(
    sources: Sources,
    store: StorePath = DEFAULT_STORE,
    zone: Zone = None,
    date_: Day = None,
    format_: Format = None,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
) -> None:
    """Read live pages and keep them searchable.

    Prints what was added, changed, unchanged and removed.
    """
    given = SourceOptions(zone, _day(date_), format_, allow_private)
    _exit(_add(sources, store, given, as_json=as_json))


@app.command()
def watch(
    sources: Sources,
    every: Every = 60,
    once: Once = False,
    max_looks: MaxLooks = None,
    end: End = False,
    ignore_robots: IgnoreRobots = False,
    store: StorePath = DEFAULT_STORE,
    zone: Zone = None,
    date_: Day = None,
    format_: Format = None,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
) -> None:
    """Keep adding the same sources until stopped (Ctrl-C or a termination signal).

    Prints what was added, changed and withdrawn. Sources that are not looked at any more are warned of in
    `presstime info` and in answers, unless the watch was ended with Ctrl-C or --end.
    """
    from rag.command import watch as watch_command  # torch loads with it, and --help must not wait for that

    if end:
        watch_command.end(store, sources)
        return
    given = SourceOptions(zone, _day(date_), format_, allow_private)._asdict()
    looks = 1 if once else max_looks
    polite = {"every_s": every, "obey_robots": not ignore_robots}
    _exit(watch_command.run(store, sources, as_json=as_json, max_looks=looks, **given, **polite))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    store: StorePath = DEFAULT_STORE,
    as_of: AsOf = None,
    since: From = None,
    until: To = None,
    pages: Pages = None,
    generator: GeneratorName = "bundled",
    as_json: Json = False,
) -> None:
    """Answer a question, citing entries and minutes."""
    from rag.answering import Assistant  # torch loads with it, and --help must not wait for that

    desk = Assistant.open(store, generator=generator)
    answer = desk.ask(question, as_of=as_of, since=since, until=until, pages=pages)
    printing.answer(answer, as_json=as_json)


@app.command()
def timeline(
    topic: Annotated[str, typer.Argument(help="What to follow through the coverage.")],
    store: StorePath = DEFAULT_STORE,
    as_of: AsOf = None,
    since: From = None,
    until: To = None,
    pages: Pages = None,
    as_json: Json = False,
) -> None:
    """Tell a topic entry by entry, oldest first."""
    from rag.answering import Assistant  # torch loads with it, and --help must not wait for that

    desk = Assistant.open(store, generator="none")
    told = desk.timeline(topic, as_of=as_of, since=since, until=until, pages=pages)
    printing.timeline(told, as_json=as_json)


@app.command()
def serve(
    store: StorePath = DEFAULT_STORE,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 7860,
    auth_file: Annotated[
        Path | None, typer.Option("--auth-file", metavar="F", help="File of user:password lines.")
    ] = None,
    generator: GeneratorName = "bundled",
    allow_private: AllowPrivate = False,
) -> None:
    """Show the page in a browser; the same as `python app.py`."""
    import app as page  # stands on rag, so only this command may know it; Gradio takes seconds to load

    options = ["--store", str(store), "--host", host, "--port", str(port), "--generator", generator]
    options += ["--allow-private"] if allow_private else []
    _exit(page.main(options + (["--auth-file", str(auth_file)] if auth_file else [])))


@app.command("eval")
def evaluate(
    questions: QuestionFile,
    store: StorePath = DEFAULT_STORE,
    out: Out = None,
    generator: GeneratorName = "bundled",
    system: System = "presstime",
    scope: Scope = "all",
    resume: Resume = False,
    workers: Workers = 1,
    show_wrong: ShowWrong = False,
    as_json: Json = False,
) -> None:
    """Score answers, or compare two runs.

    QUESTIONS.jsonl is scored on a store; compare A B lists what got better and worse between two runs.
    """
    comparing = questions[0] == "compare"
    if comparing and len(questions) != 3:
        raise typer.BadParameter("give two run folders: presstime eval compare A B")
    if not comparing and len(questions) != 1:
        raise typer.BadParameter("give one question file")
    if scope not in {"all", "page"}:
        raise typer.BadParameter(f"--scope {scope}: use all or page")
    if comparing:
        _exit(_evaluation().compare(Path(questions[1]), Path(questions[2]), as_json=as_json))
        return
    _exit(
        _evaluation().run(
            Path(questions[0]),
            store,
            out=out,
            system=system,
            generator=generator,
            scope=scope,
            resume=resume,
            workers=workers,
            show_wrong=show_wrong,
            as_json=as_json,
        )
    )


@questions_app.command("write")
def write_questions(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Where the coverage is kept.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Question file to add to.")],
    page: Annotated[str | None, typer.Option("--page", metavar="ID", help="Only this page.")] = None,
    shuffle: Annotated[
        int | None, typer.Option("--shuffle", metavar="SEED", help="Entries in a random order that can be repeated.")
    ] = None,
    from_feedback: Annotated[
        bool, typer.Option("--from-feedback", help="Make drafts of what readers said of answers.")
    ] = False,
) -> None:
    """Show entry after entry and take questions on it, from the keyboard or a pipe; each is checked and kept."""
    _evaluation("eval.writing").run(store, out, page, shuffle, feedback=from_feedback)


@app.command()
def info(store: StorePath = DEFAULT_STORE, as_json: Json = False) -> None:
    """Say what the store holds, page by page."""
    from index.store import Store  # torch loads with it, and --help must not wait for that

    with Store.open(store, create=False) as kept:
        printing.info(kept, as_json=as_json)


class SourceOptions(NamedTuple):
    """What the user says of the sources."""

    zone: str | None
    day: date | None
    format: str | None
    allow_private: bool


def _add(sources: Sequence[str], store: Path, given: SourceOptions, *, as_json: bool) -> int:
    """Add every source that can be read; the number of those that failed."""
    # torch loads with both, and --help must not wait for that
    from index.ingest import Added, add_sources
    from index.store import Store

    def tell(added: Added) -> None:
        if added.error:
            printing.failure(added.source, added.error, as_json=as_json)
        elif added.report:
            printing.added(added.source, added.report, as_json=as_json)

    with Store.open(store) as kept:
        shown = not as_json and sys.stderr.isatty()
        done = add_sources(kept, sources, **given._asdict(), on_report=tell, progress=shown)
    return sum(1 for added in done if added.error)


def _evaluation(module: str = "eval.command") -> Any:
    """Import scoring: it lives beside this package in a source checkout and is not part of the wheel."""
    root = Path(__file__).resolve().parent.parent
    if not (root / "eval" / "command.py").is_file():
        raise QuestionError("scoring needs a source checkout of Presstime; run this from one")
    if str(root) not in sys.path:
        sys.path.append(str(root))
    return import_module(module)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"--date {text}: write it as 2023-06-28") from None


def _exit(failures: int) -> None:
    if failures:
        raise typer.Exit(1)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command; 0 done, 1 a source or question failed, 2 wrong usage."""
    try:
        app(args=list(args) if args is not None else None, standalone_mode=True)
    except PresstimeError as error:
        printing.error(error)
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except Exception as error:
        if os.environ.get("PRESSTIME_TRACEBACK"):
            raise
        kind = type(error).__name__
        printing.error(f"unexpected {kind}: {error}; PRESSTIME_TRACEBACK=1 shows where, please report it")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
