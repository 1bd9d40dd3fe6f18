"""What training minimises: spans, relevance and verdicts, by the row and over the entries of one page together."""

from __future__ import annotations

from typing import Protocol

import torch
from torch.nn import functional

from rag.reading_model import Read
from training.rows import Batch

SPAN_WEIGHT, RELEVANCE_WEIGHT, VERDICT_WEIGHT = 1.0, 0.5, 1.0
NEVER = -1e4


class Reads(Protocol):
    """Any network that gives logits of a batch."""

    def read(self, ids: torch.Tensor, segments: torch.Tensor | None, mask: torch.Tensor) -> Read:
        """Logits of a padded batch."""
        ...


def loss_of(out: Read, batch: Batch, together: float = 0.5) -> torch.Tensor:
    """Span likelihood and relevance of questions, verdict cross-entropy of pairs, as means over their own rows.

    `together` is the weight of the same over all entries that one question is put to.
    """
    total = out.relevance.new_zeros((), dtype=torch.float32)
    asked = batch["verdict"] < 0
    if asked.any():
        for logits, gold in ((out.starts, batch["starts"]), (out.ends, batch["ends"])):
            kept = logits.float().masked_fill(~batch["allowed"], NEVER)
            total = total + SPAN_WEIGHT * _by_row(kept, gold, batch["every"])[asked].mean() / 2
            total = total + together * _together(kept, gold, batch) / 2
        held = (~batch["starts"][:, 0]).float()
        relevance = out.relevance.float()
        by_row = functional.binary_cross_entropy_with_logits(relevance[asked], held[asked])
        total = total + RELEVANCE_WEIGHT * (by_row + together * _chosen(relevance, held > 0, batch["ask"]))
    if not asked.all():
        total = total + VERDICT_WEIGHT * functional.cross_entropy(
            out.verdicts.float()[~asked], batch["verdict"][~asked]
        )
    return total


def _by_row(logits: torch.Tensor, gold: torch.Tensor, every: torch.Tensor) -> torch.Tensor:
    """Negative log-likelihood (n) of any gold position; with `every`, of all of them in equal parts."""
    scores = torch.log_softmax(logits, -1)
    likely = torch.logsumexp(scores.masked_fill(~gold, NEVER), -1)
    spread = (scores * gold).sum(-1) / gold.sum(-1).clamp(min=1)
    return -torch.where(every, spread, likely)


def _together(logits: torch.Tensor, gold: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Gold positions against all positions of all entries that one question is put to.

    Each entry's scores count from its own "no answer", whose score is 0 for the page: after Clark and Gardner 2018,
    shared normalisation.
    """
    over_none = (logits - logits[:, :1])[:, 1:]
    best = torch.logsumexp(over_none, -1)
    right = torch.logsumexp(over_none.masked_fill(~gold[:, 1:], NEVER), -1)
    return _against_none(best, right, gold[:, 1:].any(-1), batch["ask"])


def _chosen(scores: torch.Tensor, right: torch.Tensor, ask: torch.Tensor) -> torch.Tensor:
    """The entries that answer against all entries that one question is put to."""
    return _against_none(scores, scores.masked_fill(~right, NEVER), right, ask)


def _against_none(all_scores: torch.Tensor, right: torch.Tensor, held: torch.Tensor, ask: torch.Tensor) -> torch.Tensor:
    """Mean over questions of log(1 + sum of all) less log(sum of the right), or log 1 where no entry answers."""
    if int(ask.max()) < 0:
        return all_scores.new_zeros(())
    of = ask[None, :] == torch.arange(int(ask.max()) + 1, device=ask.device)[:, None]
    sums = torch.logsumexp(all_scores[None, :].expand(of.shape).masked_fill(~of, NEVER), -1)
    rights = torch.logsumexp(right[None, :].expand(of.shape).masked_fill(~of, NEVER), -1)
    answered = (of & held[None, :]).any(-1)
    return (functional.softplus(sums) - torch.where(answered, rights, torch.zeros_like(rights))).mean()
