"""From data to a reader and judge by one command: `python -m training --data DATA`; what is done already is kept.

The steps stand in `training/README.md`. Each writes one file or folder under `--out`, so that a run that was stopped
goes on where it was; training itself goes on from its last checkpoint. `python -m training.export` ships the result.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import average, evaluate, mine, prepare, train

# How often each source is passed: over everything, then over simulated coverage among the rest.
ALL = (
    "vitaminc_synthetic=0.3 vitaminc_real=0.6 vitaminc=0.4 qamr=0.6 answers:qamr=0.15 answers:pages=0.25"
    " answers:passages=0.5 mined=0.5 changing=0.6 near_misses=1.5 answers:pages:named=0.25 answers:pages:follow=0.5"
    " answers:pages:near=0.25 answers:pages:newsrooms=0.25 changing:newsrooms=0.6"
).split()
SIMULATED = (
    "simulated=0.7 changing:simulated=0.5 answers:simulated=0.2 pages=0.1 answers:pages=0.03 changing=0.2"
    " claims:pages=0.2 answers:near_misses=0.3 passages=0.25 answers:passages=0.05 squad2=0.2 qamr=0.04 nq=0.15"
    " timeqa_easy=0.2 timeqa_hard=0.2 vitaminc=0.05 vitaminc_real=0.04 vitaminc_synthetic=0.03 mined=0.06"
    " pages:named=0.15 pages:near=0.3 pages:follow=0.3 answers:pages:named=0.02 answers:pages:near=0.05"
    " answers:pages:follow=0.1 pages:newsrooms=0.2 answers:pages:newsrooms=0.03 changing:newsrooms=0.2"
    " answers:qamr=0.01 answers:vitaminc=0.03 answers:nq=0.05 answers:squad2=0.1 xquad=0.2 claims:passages=0.2"
).split()
GPU_BATCH, CPU_BATCH = ("16384", "256"), ("2400", "48")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the whole, and what it makes (None: it is run every time).

    Beside what was made whole lies an empty file of its name that ends in `.done`.
    """

    run: Callable[[Sequence[str]], object]
    arguments: tuple[str, ...]
    makes: Path | None = None

    @property
    def mark(self) -> Path | None:
        """The file that says that it is done."""
        return self.makes.with_name(f"{self.makes.name}.done") if self.makes else None


def steps(data: Path, out: Path, minutes: float, seed: int, *, gpu: bool, held_out: int = 1500) -> list[Step]:
    """Every step in order; `minutes` is the longest that each of the three trainings may take.

    `held_out` is how many rows of a source each training tries itself on at its end.
    """
    rows, mined, whole = out / "rows.xz", out / "mined.jsonl", out / "rows_mined.xz"
    first, second, third, reader = (out / name for name in ("first", "second", "third", "reader"))
    tokens, lines = GPU_BATCH if gpu else CPU_BATCH
    common = (
        "--minutes", str(minutes), "--seed", str(seed), "--held-out", str(held_out), "--batch-tokens", tokens,
        "--batch-rows", lines,
    )  # fmt: skip

    def trained(rows: Path, target: Path, *more: str) -> Step:
        return Step(train.main, ("--rows", str(rows), "--out", str(target), *common, *more), target)

    return [
        Step(prepare.main, ("--data", str(data), "--out", str(rows)), rows),
        trained(rows, first),
        Step(mine.main, ("--reader", str(first), "--out", str(mined)), mined),
        Step(prepare.main, ("--data", str(data), "--mined", str(mined), "--out", str(whole)), whole),
        trained(whole, second, "--start", str(first), "--rate", "3e-4", "--epochs", "40", "--share", *ALL),
        trained(whole, third, "--start", str(second), "--rate", "6e-5", "--share", *SIMULATED),
        Step(average.main, (str(second), str(third), "--out", str(reader)), reader),
        Step(evaluate.main, ("--reader", str(reader))),
    ]


def run(todo: Sequence[Step]) -> None:
    """Run the steps that are not done."""
    for step in todo:
        name, mark = step.run.__module__, step.mark
        if mark is not None and mark.exists():
            sys.stdout.write(f"{name}: {step.makes} is there\n")
            continue
        sys.stdout.write(f"{name} {' '.join(step.arguments)}\n")
        sys.stdout.flush()
        step.run(step.arguments)
        if mark is not None:
            mark.touch()


def main(argv: Sequence[str] | None = None) -> None:
    """Parse the command line and run what is left to do."""
    import torch

    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--out", type=Path, default=Path("runs/training"))
    parser.add_argument("--minutes", type=float, default=90.0, help="the longest that each of three trainings may take")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held-out", type=int, default=1500, help="held-out rows of a source that figures are of")
    options = parser.parse_args(argv)
    if not options.data.is_dir():
        parser.error(f"{options.data} is no folder; name the one that holds the public sets")
    options.out.mkdir(parents=True, exist_ok=True)
    gpu = torch.cuda.is_available()
    run(steps(options.data, options.out, options.minutes, options.seed, gpu=gpu, held_out=options.held_out))


if __name__ == "__main__":
    main()
