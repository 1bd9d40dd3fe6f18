"""Write simulated coverage: page files and their questions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.simulate import simulate
from eval.simulate.layouts import LAYOUTS
from eval.simulate.templates import SPLITS
from index.errors import PresstimeError


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pages one by one, and a line for each of their questions as it is made."""
    parser = argparse.ArgumentParser(prog="python -m eval.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entries", type=int, default=2_000, help="entries in all, 50 to 1,000,000")
    parser.add_argument("--layout", default="mixed", help=f"mixed, {', '.join(LAYOUTS)}")
    parser.add_argument("--split", choices=SPLITS, default="held_out", help="which templates")
    parser.add_argument("--out", type=Path, required=True, help="folder for pages/ and questions.jsonl")
    options = parser.parse_args(argv)
    try:
        pages = entries = questions = 0
        simulated = simulate(options.seed, options.entries, options.layout, options.split)
        (options.out / "pages").mkdir(parents=True, exist_ok=True)
        with (options.out / "questions.jsonl").open("w", encoding="utf-8") as file:
            for page in simulated:
                (options.out / "pages" / page.file).write_text(page.text(), encoding="utf-8")
                pages, entries = pages + 1, entries + len(page.event.entries)
                for asked in page.questions:
                    if not asked.edit:  # the page as it stands in the end cannot answer it
                        file.write(json.dumps(asked.to_dict(), ensure_ascii=False) + "\n")
                        questions += 1
    except (PresstimeError, OSError) as error:
        print(f"eval.simulate: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{options.out}: {pages} pages, {entries:,} entries, {questions:,} questions")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
