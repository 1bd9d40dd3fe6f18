"""How well pages are read: entries, stamps, times, titles and authors on labelled pages, layout by layout.

`python -m eval.reading [FOLDER]` prints the table; `--json` prints one object. A labelled page holds a layout
line, the page's text, a line `=====`, and a row for each entry in page order:
stamp | time | zone | title | author | first words of the body, with `-` for what the page does not print.
A time is ISO 8601 with its offset, without one where the zone is not known, or a bare clock where the date is not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path

from index.reading import read_text
from index.records import Entry

CORPUS = Path(__file__).parent / "reading_corpus"
# a stamp and a title may hold bars of their own
_ROW = re.compile(r"(.+?) \| (\d\d:\d\d\S*|\d{4}-\d\d-\d\dT\S+|-) \| ([^|]+?) \| (.+) \| ([^|]+?) \| (.+)")
FIELDS = ("stamp", "time", "zone", "title", "author", "start")


@dataclass(frozen=True, slots=True)
class Label:
    """One entry as a careful reader sees it; "-" stands for what the page does not print."""

    stamp: str
    time: str
    zone: str
    title: str
    author: str
    start: str


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page's text and its labels."""

    name: str
    layout: str
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class PageScore:
    """Counts for one page. `invented` counts times, dates and zones that the page does not state."""

    name: str
    layout: str
    expected: int
    found: int
    matched: int
    stamps: int
    times: int
    titles: int
    authors: int
    invented: int
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of entry boundaries."""
        return 2 * self.matched / (self.expected + self.found) if self.expected + self.found else 1.0


def load_page(path: Path) -> LabelledPage:
    """Read one labelled page."""
    text, _, table = path.read_text(encoding="utf-8").partition("\n=====\n")
    layout, _, page = text.partition("\n")
    labels = tuple(_read_label(row) for row in table.strip().splitlines())
    return LabelledPage(path.stem, layout.removeprefix("layout: "), page, labels)


def _read_label(row: str) -> Label:
    stamp, time_, zone, title, author, start = (cell.strip() for cell in _ROW.fullmatch(row).groups())  # type: ignore[union-attr]
    return Label(stamp, time_, zone, title, author, start)


def describe(entry: Entry) -> Label:
    """An entry in the form of a label."""
    moment = entry.published or entry.clock
    start = " ".join(entry.body.split()[:4]) or "-"
    return Label(
        entry.stamp or "-",
        moment.isoformat() if moment else "-",
        entry.zone or "-",
        entry.title or "-",
        entry.author or "-",
        start,
    )


def _same_time(found: str, wanted: str) -> bool:
    if found == wanted or "-" in (found, wanted):
        return found == wanted
    read = datetime.fromisoformat if "T" in wanted else time.fromisoformat
    return ("T" in found) == ("T" in wanted) and str(read(found)) == str(read(wanted))


def _same_stamp(found: str, wanted: str) -> bool:
    return found.strip("()") == wanted.strip("()")


def _same_entry(found: Label, wanted: Label) -> bool:
    return _same_stamp(found.stamp, wanted.stamp) and (
        found.start == wanted.start or (found.title == wanted.title != "-")
    )


def _invented(found: Label, wanted: Label) -> int:
    timed = found.time != "-" and wanted.time == "-"
    dated = "T" in found.time and "T" in wanted.time and found.time[:10] != wanted.time[:10]
    day = ("T" in found.time and "T" not in wanted.time) or dated
    aware = found.time[10:].count("+") + found.time[10:].count("-") > wanted.time[10:].count("+") + wanted.time[
        10:
    ].count("-")
    zone = (found.zone != "-" and wanted.zone == "-") or ("T" in wanted.time and aware)
    return int(timed) + int(day) + int(zone)


def score_page(page: LabelledPage) -> PageScore:
    """Compare what is read with the labels: entries are matched in order, each at most once."""
    found = [describe(entry) for entry in read_text(page.text, source=f"{page.name}.txt").entries]
    pairs: list[tuple[Label, Label]] = []
    start = 0
    for label in page.labels:
        at = next((n for n in range(start, len(found)) if _same_entry(found[n], label)), None)
        if at is not None:
            pairs.append((found[at], label))
            start = at + 1
    matched = {id(mine) for mine, _ in pairs}
    wrong = [f"not a labelled entry: {mine}" for mine in found if id(mine) not in matched]
    wrong += [f"not found: {label}" for label in page.labels if not any(label is theirs for _, theirs in pairs)]
    for mine, theirs in pairs:
        wrong += [
            f"{field}: {getattr(mine, field)!r}, should be {getattr(theirs, field)!r}"
            for field in ("time", "zone", "title", "author", "start")
            if not (_same_time if field == "time" else str.__eq__)(getattr(mine, field), getattr(theirs, field))
        ]
    known = {label.stamp.strip("()") for label in page.labels}
    strays = sum(mine.time != "-" and mine.stamp.strip("()") not in known for mine in found)
    return PageScore(
        page.name,
        page.layout,
        len(page.labels),
        len(found),
        len(pairs),
        len(pairs),
        sum(_same_time(mine.time, theirs.time) for mine, theirs in pairs),
        sum(mine.title == theirs.title for mine, theirs in pairs),
        sum(mine.author == theirs.author for mine, theirs in pairs),
        sum(_invented(mine, theirs) for mine, theirs in pairs) + strays,
        tuple(wrong),
    )


def score_folder(folder: Path) -> list[PageScore]:
    """Scores of every labelled page in a folder, by name."""
    return [score_page(load_page(path)) for path in sorted(folder.glob("*.page"))]


def totals(scores: Sequence[PageScore]) -> dict[str, float]:
    """Rates over all pages: F1 is of all entries together, the others are shares of the labelled entries."""
    expected = sum(s.expected for s in scores)
    found = sum(s.found for s in scores)
    matched = sum(s.matched for s in scores)
    return {
        "pages": len(scores),
        "entries": expected,
        "entry_f1": round(2 * matched / (expected + found), 4),
        "exact_stamps": round(sum(s.stamps for s in scores) / expected, 4),
        "exact_times": round(sum(s.times for s in scores) / expected, 4),
        "titles": round(sum(s.titles for s in scores) / expected, 4),
        "authors": round(sum(s.authors for s in scores) / expected, 4),
        "invented": sum(s.invented for s in scores),
    }


def main() -> None:
    """Print the scores of the corpus."""
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--wrong", action="store_true", help="name every difference")
    wanted = parser.parse_args()
    scores = score_folder(wanted.folder)
    if wanted.json:
        sys.stdout.write(json.dumps({"totals": totals(scores), "pages": [asdict(s) for s in scores]}) + "\n")
        return
    lines = [f"{'page':28} {'F1':>6} {'stamps':>7} {'times':>7} {'titles':>7} {'authors':>7} {'invented':>8}  layout"]
    for s in scores:
        shares = [f"{part}/{s.expected}" for part in (s.stamps, s.times, s.titles, s.authors)]
        lines.append(
            f"{s.name:28} {s.f1:6.3f} {shares[0]:>7} {shares[1]:>7} {shares[2]:>7} {shares[3]:>7} {s.invented:8}  "
            f"{s.layout}"
        )
        lines += [f"    {difference}" for difference in s.wrong if wanted.wrong]
    lines += [f"{name}: {value}" for name, value in totals(scores).items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
