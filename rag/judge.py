"""The judge: (claim, evidence) -> supported, contradicted or not enough, as probabilities.

Trained on claims beside evidence after Schuster et al. 2021 (VitaminC), and on questions with the words found for
them. It adds to the deterministic checks of `rag.checking` and never overrules their "no".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from index.errors import ModelError
from rag import reader as reading
from rag.reader import Passage, TransformerReader

if TYPE_CHECKING:
    from rag.reading_model import Network


MAX_CLAIM_TOKENS = 96
MAX_CLAIM_CHARS = 1_000


class Verdict(NamedTuple):
    """Probabilities that evidence supports a claim, contradicts it, or says neither; they sum to 1."""

    supported: float
    contradicted: float
    not_enough: float


class Judge(Protocol):
    """Anything that judges claims beside evidence."""

    name: str

    def judge(self, pairs: Sequence[tuple[str, Passage | str]]) -> list[Verdict]:
        """One verdict for each (claim, evidence), in order."""
        ...


class TransformerJudge:
    """The bundled judge: the verdict head of the reader's own network."""

    def __init__(self, network: Network) -> None:
        if not network.judges:
            raise ModelError(f"{network.name!r} has no judge; use the bundled reader or an NLI model by name")
        self._network = network
        self.name = network.name

    def judge(self, pairs: Sequence[tuple[str, Passage | str]]) -> list[Verdict]:
        """One verdict for each (claim, evidence); of long evidence, the window that says most."""
        if not pairs:
            return []
        claims = [self._fitting(claim) for claim, _ in pairs]
        encoded = self._network.windows(claims, [as_evidence(evidence) for _, evidence in pairs])
        likely = _softmax(self._network.run(encoded).verdicts)
        verdicts = [Verdict(0.0, 0.0, 2.0)] * len(pairs)
        for row, owner in zip(likely, encoded["overflow_to_sample_mapping"].tolist(), strict=True):
            if row[2] < verdicts[owner].not_enough:
                verdicts[owner] = Verdict(*(float(p) for p in row))
        return verdicts

    def _fitting(self, claim: str) -> str:
        """The claim, or the ends of one that would leave no room for evidence: an answer stands at its end."""
        words = claim if len(claim) <= MAX_CLAIM_CHARS else _ends(claim)
        spans = self._network.tokenizer(words, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        if len(spans) <= MAX_CLAIM_TOKENS:
            return words
        half = MAX_CLAIM_TOKENS // 2
        return f"{words[: spans[half - 1][1]]} {words[spans[-half][0] :]}"


class NliJudge:
    """Any sequence-classification model with entailment, contradiction and neutral labels, by name or path."""

    def __init__(self, source: str) -> None:
        from transformers import pipeline

        try:
            self._classify: Any = pipeline("text-classification", model=source, top_k=None)
        except (OSError, ValueError) as error:
            raise ModelError(f"cannot load the judge {source!r}: {error}") from error
        self.name = source

    def judge(self, pairs: Sequence[tuple[str, Passage | str]]) -> list[Verdict]:
        """One verdict for each (claim, evidence); the evidence is the premise."""
        asked = [{"text": as_evidence(evidence), "text_pair": claim} for claim, evidence in pairs]
        return [_verdict(scores) for scores in self._classify(asked, truncation=True)]


def load_judge(name: str | None = None, reader: object = None) -> Judge:
    """The bundled judge, sharing its network with the bundled reader where that is given, or an NLI model by name."""
    if name:
        return NliJudge(name)
    if isinstance(reader, TransformerReader) and reader.network.judges:
        return TransformerJudge(reader.network)
    from rag.reading_model import bundled_network

    return TransformerJudge(bundled_network(reading.BUNDLED))


def as_claim(question: str, answer: str) -> str:
    """A question and the words found for it, as the judge reads them."""
    return f"{question.rstrip('?. ')}? {answer}"


def _ends(claim: str) -> str:
    half = MAX_CLAIM_CHARS // 2
    return " ".join(f"{claim[:half]} {claim[-half:]}".split())


def as_evidence(evidence: Passage | str) -> str:
    """Evidence as the judge reads it, its context line ahead where it has one."""
    if isinstance(evidence, str):
        return evidence
    return f"{evidence.context}\n{evidence.text}" if evidence.context else evidence.text


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers: np.ndarray = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def _verdict(scores: Sequence[dict[str, Any]]) -> Verdict:
    by_name = {str(row["label"]).lower(): float(row["score"]) for row in scores}

    def of(*names: str) -> float:
        return next((value for label, value in by_name.items() if label.startswith(names)), 0.0)

    return Verdict(of("entail", "support"), of("contra", "refute"), of("neutral", "not"))
