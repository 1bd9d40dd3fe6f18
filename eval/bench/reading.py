"""How fast pages are read: live pages as HTML beside trafilatura, and text of growing size, hostile text too.

`python -m eval.bench.reading` prints it; `--sizes` are the megabytes of text. trafilatura (pip install
presstime[bench]) gives one text for a page, this reader gives entries with times: the comparison is of speed on
the same bytes alone.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from eval.bench.timing import Ratio, compare, timed
from index.reading import read_content, read_text

WORDS = "river crews bridge council water storm people north harbour lorry meters night school train power".split()
ENTRIES = 400
_NAVIGATION = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in WORDS)


def live_text(size_bytes: int) -> str:
    """A page's text of about this size: a clock alone, a title, three paragraphs, newest first."""
    parts, size, minute = ["Quay live\n\nThursday 2 May 2024\n\n"], 0, 1439
    draw = random.Random(7)  # noqa: S311
    while size < size_bytes:
        words = [" ".join(draw.choices(WORDS, k=40)).capitalize() + "." for _ in range(3)]
        title = " ".join(draw.choices(WORDS, k=6)).capitalize()
        parts.append(f"{minute // 60:02}:{minute % 60:02}\n\n{title}\n\n" + "\n\n".join(words) + "\n\n")
        size += len(parts[-1])
        minute = (minute - 1) % 1440
    return "".join(parts)


def live_html(entries: int) -> bytes:
    """A live page as publishers write it: navigation, adverts and links around articles with `<time>`."""
    draw = random.Random(7)  # noqa: S311
    posts = []
    for n in range(entries):
        minute = (1439 - n) % 1440
        clock = f"{minute // 60:02}:{minute % 60:02}"
        body = "".join(f"<p>{html.escape(' '.join(draw.choices(WORDS, k=40)).capitalize())}.</p>" for _ in range(3))
        title = " ".join(draw.choices(WORDS, k=6)).capitalize()
        posts.append(
            f'<article id="post-{n}"><time datetime="2024-05-02T{clock}:00+01:00">{clock} BST</time>'
            f"<h2>{title}</h2>{body}<aside><a href='#'>Share</a></aside></article>"
        )
    return (
        "<!doctype html><html><head><title>Quay live</title><style>p{margin:0}</style><script>var a=1;</script></head>"
        f"<body><nav><ul>{_NAVIGATION}</ul></nav><main><h1>Quay live</h1>{''.join(posts)}</main>"
        f"<footer><ul>{_NAVIGATION}</ul></footer></body></html>"
    ).encode()


HOSTILE: dict[str, Callable[[int], str]] = {
    "nothing but stamps": lambda size: "".join(f"{n // 60 % 24:02}:{n % 60:02}\n" for n in range(size // 6)),
    "clocks in one line": lambda size: "15:33:22 " * (size // 9),
    "dates": lambda size: "28 June 2023\n" * (size // 13),
    "numbered titles": lambda size: "  1. Title\n\n body words.\n" * (size // 25),
    "open brackets": lambda size: "(" * size,
    "quotation marks": lambda size: '" “ ” ' * (size // 12),
}


def measure_html(rounds: int, entries: int = ENTRIES) -> Ratio:
    """Read one live page as HTML, in turns with trafilatura on the same bytes."""
    from trafilatura import extract

    page = live_html(entries)
    text = page.decode()
    found = len(read_content(page, url="https://news.example/live").entries)
    ratio = compare(
        "reading HTML",
        "trafilatura",
        lambda: read_content(page, url="https://news.example/live"),
        lambda: extract(text),
        n=found,
        rounds=rounds,
    )
    return Ratio(**(asdict(ratio) | {"note": _rates(len(page), found, ratio.ms, ratio.baseline_ms)}))


def _rates(size_bytes: int, entries: int, ms: float, baseline_ms: float) -> str:
    own, base = size_bytes / 1000 / ms, size_bytes / 1000 / baseline_ms
    return f"{own:.2f} MB/s and {entries / ms * 1000:,.0f} entries/s against {base:.2f} MB/s"


def measure_text(megabytes: Sequence[float]) -> Iterator[dict[str, object]]:
    """Read text of each size, once: an ordinary page, and hostile ones of a tenth of it."""
    for size in megabytes:
        for name, text in [("live page", live_text(int(size * 1e6)))] + [
            (name, make(int(size * 1e5))) for name, make in HOSTILE.items()
        ]:
            reading, seconds = timed(lambda text=text: read_text(text, source="bench.txt"))  # type: ignore[misc]
            mb = len(text.encode()) / 1e6
            yield {
                "text": name,
                "megabytes": round(mb, 2),
                "seconds": round(seconds, 2),
                "mb_per_s": round(mb / seconds, 2) if seconds else None,
                "entries": len(reading.entries),
                "entries_per_s": round(len(reading.entries) / seconds) if seconds else None,
            }


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was measured, in processor time."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.reading", description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="*", default=[1, 10, 50], help="megabytes of text")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of timings beside trafilatura")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args(argv)
    ratio = measure_html(options.rounds)
    if options.json:
        print(json.dumps(asdict(ratio)), flush=True)  # noqa: T201
    else:
        print(f"{ratio.name}: {ratio.ratio} times as fast as {ratio.baseline}, {ratio.note}", flush=True)  # noqa: T201
    for row in measure_text(options.sizes):
        shown = json.dumps(row) if options.json else "  ".join(f"{name} {value}" for name, value in row.items())
        print(shown, flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
