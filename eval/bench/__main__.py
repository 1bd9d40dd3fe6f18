"""Print what was measured here, side by side in one run, as ratios."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.bench.encoder import measure_encoder
from eval.bench.search import measure_search
from eval.bench.timing import Ratio, use_one_thread
from eval.environment import environment


def main(argv: Sequence[str] | None = None) -> int:
    """Run the measurements asked for; each is printed as soon as it is done."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="*", default=[10_000, 100_000], help="sizes of the stores")
    parser.add_argument("--no-hnsw", action="store_true", help="leave out HNSW, which takes long to make")
    parser.add_argument("--no-encoder", action="store_true", help="leave out the encoder")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of timings for each ratio")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args(argv)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("eval").setLevel(logging.INFO)
    use_one_thread()
    if options.json:
        print(json.dumps(environment()))  # noqa: T201
    if not options.no_encoder:
        for ratio in measure_encoder(options.rounds):
            _print(ratio, options.json)
    with tempfile.TemporaryDirectory() as folder:
        for chunks in options.chunks:
            for ratio in measure_search(chunks, Path(folder), options.rounds, hnsw=not options.no_hnsw):
                _print(ratio, options.json)
    return 0


def _print(ratio: Ratio, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(ratio)), flush=True)  # noqa: T201
        return
    spread = f" ({ratio.lowest} to {ratio.highest})" if ratio.rounds > 1 else ""
    print(  # noqa: T201
        f"{ratio.n:>9,}  {ratio.name}: {ratio.ratio} times as fast as {ratio.baseline}{spread}, "
        f"{ratio.ms} ms against {ratio.baseline_ms} ms{'; ' + ratio.note if ratio.note else ''}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
