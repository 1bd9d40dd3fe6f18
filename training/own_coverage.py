"""Invented live entries written for training: questions over them, near-misses, and claims beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.benchmarks.held_out import split_of
from training.records import Example, Pair, Span

TEST_SHARE = 0.12


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSONL file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def near_misses(path: Path) -> Iterator[Example]:
    """Near-miss questions and their answerable twins over invented entries, split by entry.

    Those over the sample coverage are left out: the decision to answer is calibrated there.
    """
    rows = [row for row in read_lines(path) if not row.get("page")]
    span_of = {
        row["id"]: (row["answer_start"], row["answer_start"] + len(row["answer"])) for row in rows if row["answer"]
    }
    for row in rows:
        context = _context(row)
        spans = (span_of[row["id"]],) if row["answer"] else ()
        tempting = (span_of[row["twin"]],) if not spans and row.get("twin") in span_of else ()
        yield Example(
            row["question"], context, row["passage"], spans, "near_misses", row["split"], row["passage"][:60],
            tempting=tempting,
        )  # fmt: skip


def passages(path: Path) -> Iterator[Example]:
    """Questions that an entry answers, and those it only seems to, split by entry.

    An answer "@stamp" is the time that the entry is posted with. A near-miss's `tempting` spans are the answers of
    the entry's other questions.
    """
    for row in read_lines(path):
        context = _context(row)
        group, body = f"passages:{row['id']}", row["body"]
        split = split_of(group, TEST_SHARE)
        spans_of = [_spans(answers, row, context) for _, answers in row["answered"]]
        for (question, answers), spans in zip(row["answered"], spans_of, strict=True):
            tempting = tuple(s for other in spans_of for s in other if s not in spans and s[0] >= 0)
            yield Example(question, context, body, spans, "passages", split, group, len(answers) > 1, tempting)
        for question in row["near_misses"]:
            tempting = tuple(s for spans in spans_of for s in spans if s[0] >= 0)
            yield Example(question, context, body, (), "passages", split, group, False, tempting)


def _context(row: dict[str, Any]) -> str:
    return " | ".join(part for part in (row.get("title"), row.get("stamp")) if part)


def _spans(answers: list[str], row: dict[str, Any], context: str) -> tuple[Span, ...]:
    spans = []
    for answer in answers:
        shift = len(context) + 1
        if answer == "@stamp":
            spans.append((len(context) - len(row["stamp"]) - shift, len(context) - shift))
        elif answer in row["body"]:
            start = row["body"].index(answer)
            spans.append((start, start + len(answer)))
        else:
            start = row["title"].index(answer) - shift
            spans.append((start, start + len(answer)))
    return tuple(sorted(spans))


def claims_over(path: Path) -> Iterator[Pair]:
    """Claims beside the entry that supports them, contradicts them, or says neither."""
    for row in read_lines(path):
        context = _context(row)
        group = f"passages:{row['id']}"
        for label, name in enumerate(("supported", "contradicted", "unknown")):
            for claim in row[name]:
                yield Pair(claim, context, row["body"], label, "claims:passages", split_of(group, TEST_SHARE), group)
