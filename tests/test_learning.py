"""What training minimises, and that it is minimised; rows in a file and back."""

import json
import random

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer

from rag.reading_model import Read, ReadingModel
from training.held_out import best_spans, figures
from training.losses import loss_of
from training.prepare import load, save
from training.rows import Row, collate
from training.train import main


def row(ids, second, starts=(0,), ends=(0,), **more):
    return Row(np.array(ids, dtype=np.uint16), second, starts, ends, **more)


def test_rows_come_back_from_their_file(tmp_path):
    rows = [
        row([2, 5, 300, 3], 1, (1, 2), (2,), every=True, source="pages", ask="p:1"),
        row([2, 65000, 3], 1, source="qamr", split="test"),
        Row(np.array([2, 7, 3], dtype=np.uint16), 1, verdict=1, source="claims"),
    ]
    save(rows, tmp_path / "rows.xz")
    for one, other in zip(rows, load(tmp_path / "rows.xz"), strict=True):
        assert one.ids.tolist() == other.ids.tolist()
        for name in ("second", "starts", "ends", "every", "verdict", "source", "split", "ask"):
            assert getattr(one, name) == getattr(other, name)


def logits(n, places=()):
    """Logits of n rows of four tokens, flat but for the places given as (row, token, value)."""
    out = torch.zeros(n, 16)
    for at, token, value in places:
        out[at, token] = value
    return out


def read(starts, relevance):
    return Read(starts, starts, torch.tensor(relevance), torch.zeros(len(starts), 3))


ANSWERS = row([2, 5, 6, 3], 1, (1,), (1,), ask="q")
LACKS = row([2, 5, 6, 3], 1, ask="q")


def test_a_page_is_right_where_the_answering_entry_outdoes_the_others():
    batch = collate([ANSWERS, LACKS])
    right = loss_of(read(logits(2, [(0, 1, 9.0), (1, 0, 9.0)]), [9.0, -9.0]), batch)
    swapped = loss_of(read(logits(2, [(0, 0, 9.0), (1, 1, 9.0)]), [-9.0, 9.0]), batch)
    assert float(right) < 0.1 < float(swapped)


def test_together_weighs_the_entries_of_a_question_against_each_other():
    batch = collate([ANSWERS, LACKS])
    even = read(logits(2, [(0, 1, 3.0), (1, 1, 3.0)]), [3.0, 3.0])
    alone = float(loss_of(even, batch, together=0.0))
    assert float(loss_of(even, batch, together=1.0)) > alone + 0.5


def test_a_page_without_an_answer_is_right_where_no_entry_beats_none():
    batch = collate([LACKS, LACKS])
    sure, unsure = (loss_of(read(logits(2, [(0, 0, v), (1, 0, v)]), [-v, -v]), batch) for v in (9.0, 0.0))
    assert float(sure) < 0.1 < float(unsure)


def test_the_best_span_runs_forward_and_counts_over_the_first_token():
    starts, ends = torch.zeros(1, 16), torch.zeros(1, 16)
    starts[0, 5], ends[0, 3], ends[0, 6], starts[0, 0] = 4.0, 9.0, 2.0, 1.0
    first, last, margin = best_spans(starts, ends)
    assert (first, last) == ([0 + 1], [3]) and margin == pytest.approx([8.0])


def letter_rows(tokenizer):
    """Rows whose answer is the letter q, where the passage holds it."""
    rng, rows = random.Random(1), []
    for n in range(400):
        words = rng.sample("abcdefghij", 5) + (["q"] if n % 2 else [])
        rng.shuffle(words)
        at = (3 + words.index("q"),) if n % 2 else (0,)
        split = "train" if n < 360 else "test"
        rows.append(row(tokenizer("a", " ".join(words))["input_ids"], 3, at, at, source="s", split=split))
    return rows


def test_training_learns_writes_its_weights_and_tells_held_out_figures(tmp_path, letters_model, capsys):
    rows = letter_rows(AutoTokenizer.from_pretrained(letters_model))
    save(rows, tmp_path / "rows.xz")
    main(
        ["--rows", str(tmp_path / "rows.xz"), "--start", str(letters_model), "--out", str(tmp_path / "out")]
        + ["--epochs", "24", "--rate", "4e-3"]
    )
    network = ReadingModel.load(tmp_path / "out")
    told = figures(network.eval(), [r for r in rows if r.split == "test"], torch.device("cpu"))
    assert network.judges and told["s held"] > 80 and told["s none"] > 80
    assert json.loads(capsys.readouterr().out.splitlines()[-2]) == told
