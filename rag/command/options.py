"""Arguments and options that several `presstime` commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_STORE = Path("coverage.store")

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="File, folder, web address, or - for standard input.")
]
StorePath = Annotated[Path, typer.Option("--store", metavar="DIR", help="Where the coverage is kept.")]
Zone = Annotated[str | None, typer.Option("--zone", help="Time zone of pages that print none, such as Europe/London.")]
Day = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of pages that print no date.")]
Format = Annotated[
    str | None, typer.Option("--format", help="What the sources are, where their look misleads: text, html, feed...")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch also from hosts that are not on the public internet.")
]
Every = Annotated[float, typer.Option("--every", metavar="SECONDS", min=1, help="How often to look.")]
Once = Annotated[bool, typer.Option("--once", help="Look once at each source, then stop.")]
MaxLooks = Annotated[
    int | None, typer.Option("--max", metavar="N", min=1, help="Look so many times at each source, then stop.")
]
End = Annotated[bool, typer.Option("--end", help="Say that the sources need not be live any more.")]
IgnoreRobots = Annotated[
    bool, typer.Option("--ignore-robots", help="Fetch also what a site's robots.txt asks programs not to fetch.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Say where each entry's time, date and zone come from.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")]
GeneratorName = Annotated[
    str,
    typer.Option("--generator", help="bundled, none (quotation only), or the URL of an OpenAI-compatible server."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Answer as things stood then: 15:40, 2023-06-28T15:40."),
]
From = Annotated[str | None, typer.Option("--from", metavar="TIME", help="Only entries published then or later.")]
To = Annotated[str | None, typer.Option("--to", metavar="TIME", help="Only entries published by then.")]
Pages = Annotated[list[str] | None, typer.Option("--page", metavar="ID", help="Only this page; may be repeated.")]

QuestionFile = Annotated[
    list[str],
    typer.Argument(metavar="QUESTIONS.jsonl", help="Question file; or: compare A B, two --out folders."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Keep rows, JSON and HTML in this folder.")]
System = Annotated[
    str,
    typer.Option("--system", help="presstime; to compare: words, meaning, both, generator, llamaindex, txtai."),
]
Scope = Annotated[str, typer.Option("--scope", help="all: ask the whole store; page: the question's page.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help="Questions asked at once; times are measured only with 1.")
]
ShowWrong = Annotated[bool, typer.Option("--show-wrong", help="List the wrong answers by kind.")]
