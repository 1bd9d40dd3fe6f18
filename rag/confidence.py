"""How sure an answer is: a small logistic model over what reader, retrieval and the question's words say.

The model file holds its weights, the threshold below which Presstime says "not in the coverage", and the
figures that justify it; `python -m training.calibrate` fits it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.records import Entry, Ref
from index.times import entry_moment, time_label
from rag.evidence import Candidate
from rag.words import content_stems, has_number, names, other_form, stem, stems, wanted, words

BUNDLED = Path(__file__).parent / "models" / "calibration.json"
OWN_FEATURES = (
    "margin", "margin_positive", "retrieval", "dense", "lexical", "sentence", "stem_coverage", "sentence_coverage",
    "name_coverage", "sentence_names", "names_known", "type_fits", "mark_in_question", "title_only", "untimed",
    "relevance", "judged",
)  # fmt: skip
# How far a candidate stays below the best of all on each of these.
COMPARED = ("margin", "relevance", "retrieval", "judged")
FEATURES = (*OWN_FEATURES, *(f"{name}_below" for name in COMPARED))


# What tells whether the surest candidate answers: how sure it is, how it stands to the others, and its own features.
LEAD_FEATURES = (
    "log_odds", "gap", "second", "total", "best_judged", "best_relevance", "best_margin",
    *(f"lead_{name}" for name in FEATURES),
)  # fmt: skip


# What tells whether another sentence states the fact that the surest does: `rag.facts.restating` works them out.
RESTATING_FEATURES = (
    "share", "margin", "margin_less", "relevance", "relevance_less", "sentence_less", "supported", "contradicted",
    "newer", "alike",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: sigmoid(bias + weights . features)."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """Probability from one row of features, in the order of the weights."""
        z = self.bias + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two logistic models: which candidate answers, over `FEATURES`, and whether the surest does, over `LEAD_FEATURES`.

    Without `lead` the surest candidate's own probability decides. `restates` is the model of `rag.facts.restating`.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    lead: Logistic | None = None
    restates: Logistic | None = None

    def probability(self, features: Sequence[float]) -> float:
        """Probability that a candidate answers, among the others, from its features in the order of `FEATURES`."""
        return Logistic(self.weights, self.bias).probability(features)


def load_calibration(path: Path = BUNDLED) -> Calibration:
    """Read the model file."""
    held = json.loads(path.read_text())
    return Calibration(
        tuple(held["weights"][f] for f in FEATURES),
        held["bias"],
        held["threshold"],
        _logistic(held.get("lead"), LEAD_FEATURES),
        _logistic(held.get("restates"), RESTATING_FEATURES),
    )


def _logistic(held: Mapping[str, Any] | None, names: Sequence[str]) -> Logistic | None:
    return Logistic(tuple(held["weights"][name] for name in names), held["bias"]) if held else None


# What a candidate keeps of its confidence where its entry holds none of the question's names: names tell stories
# apart, and the pages that the model is fitted on share too few of them for it to learn that.
NAMELESS_WORTH = 0.7
NAME_COVERAGE = FEATURES.index("name_coverage")


def weigh(
    question: str,
    candidates: Sequence[Candidate],
    calibration: Calibration,
    names_known: float,
    titles: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """Candidates with their confidence, surest first; `titles` are the pages' by id, of which their entries speak."""
    rows = []
    held: dict[Ref, set[str]] = {}  # an entry's words, read once for all its candidates
    titled: dict[str, set[str]] = {}
    for candidate in candidates:
        entry = candidate.entry
        key = entry.ref
        if key not in held:
            held[key] = stems(whole_text(entry))
        if entry.page_id not in titled:
            titled[entry.page_id] = stems((titles or {}).get(entry.page_id) or "")
        rows.append(features(question, candidate, names_known, held[key], titled[entry.page_id]))
    weighed = []
    for candidate, row in zip(candidates, compared(rows), strict=True):
        confidence = calibration.probability(row) * named_worth(row)
        weighed.append(replace(candidate, confidence=confidence, features=row))
    return sorted(weighed, key=lambda c: -c.confidence)


def compared(rows: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Rows in the order of `OWN_FEATURES`, each with how far it stays below the best one: rows of `FEATURES`."""
    places = [OWN_FEATURES.index(name) for name in COMPARED]
    best = [max((row[place] for row in rows), default=0.0) for place in places]
    return [(*row, *(row[place] - top for place, top in zip(places, best, strict=True))) for row in rows]


def decided(candidates: Sequence[Candidate], calibration: Calibration) -> list[Candidate]:
    """Weighed candidates with the confidence that the surest answers at all; the others keep their share of it."""
    if not candidates or calibration.lead is None:
        return list(candidates)
    first = candidates[0].confidence
    row = lead_row(
        [c.confidence for c in candidates], [c.features for c in candidates], [c.evidence.text for c in candidates]
    )
    scale = calibration.lead.probability(row) / first if first else 0.0
    return [replace(c, confidence=c.confidence * scale) for c in candidates]


def lead_row(
    probabilities: Sequence[float], rows: Sequence[Sequence[float]], texts: Sequence[str]
) -> tuple[float, ...]:
    """Features of the decision in the order of `LEAD_FEATURES`, from candidates surest first and their sentences.

    Sentences that say what the surest says, with the same value or another, are no reason to doubt it: `second` and
    `total` are of the others.
    """
    first, lead = probabilities[0], _said(texts[0])
    others = [p for p, text in zip(probabilities[1:], texts[1:], strict=True) if not _says_again(lead, _said(text))]
    second = max(others, default=0.0)
    best = [max(row[FEATURES.index(name)] for row in rows) for name in ("judged", "relevance", "margin")]
    log_odds = math.log((first + 1e-3) / (1 - first + 1e-3))
    return (log_odds, first - second, second, min(first + sum(others), 4.0), *best, *rows[0])


def _said(text: str) -> set[str]:
    return {s for s in content_stems(text) if not s[0].isdigit()}


def _says_again(lead: set[str], other: set[str]) -> bool:
    return 2 * len(lead & other) >= max(1, min(len(lead), len(other)))


def named_worth(row: Sequence[float]) -> float:
    """The share of its confidence that a candidate with these features keeps, by the names its entry holds."""
    return NAMELESS_WORTH + (1 - NAMELESS_WORTH) * row[NAME_COVERAGE]


def features(
    question: str,
    candidate: Candidate,
    names_known: float = 1.0,
    held: set[str] | None = None,
    titled: set[str] | None = None,
) -> tuple[float, ...]:
    """Features of one candidate in the order of `OWN_FEATURES`, each about 0 to 1; margins m as tanh(m / 8).

    `names_known` is the share of the question's names that stand anywhere in the coverage it may see; `held` the
    stems of the candidate's entry, where they are known already, `titled` those of its page's title.
    """
    asked = content_stems(question)
    held = stems(whole_text(candidate.entry)) if held is None else held
    sentence = stems(f"{candidate.evidence.text} {candidate.entry.title or ''}")
    named = [stem(n) for n in names(question)]
    marked = [stem(w) for text in candidate.evidence.marked for w in words(text)]
    return (
        math.tanh(candidate.margin / 8),
        float(candidate.margin > 0),
        candidate.retrieval,
        candidate.dense,
        candidate.lexical,
        candidate.sentence,
        _share(asked, held),
        _share(asked, sentence),
        _share(named, held | (titled or set())) if named else 1.0,
        _share(named, sentence) if named else 1.0,
        names_known,
        type_fits(question, candidate),
        sum(m in asked for m in marked) / len(marked) if marked else 0.0,
        float(candidate.evidence.part == "title"),
        float(entry_moment(candidate.entry) is None),
        math.tanh(candidate.relevance / 4),
        candidate.judged,
    )


def whole_text(entry: Entry) -> str:
    """Everything an entry says: title, author, time label, body and captions."""
    parts = [entry.title, entry.author, time_label(entry), entry.body, entry.text("captions")]
    return "\n".join(p for p in parts if p)


def type_fits(question: str, candidate: Candidate) -> float:
    """Whether the marked words are of the kind the question wants: 1 yes, 0 no, 0.5 where it cannot be told."""
    kind, marked = wanted(question), " ".join(candidate.evidence.marked)
    if kind in {"number", "time"}:
        dated = kind == "time" and any(
            w in marked.lower() for w in ("day", "night", "morning", "evening", "noon", "week")
        )
        return 1.0 if has_number(marked) or dated else 0.0
    if kind in {"person", "place"}:
        return 1.0 if any(w[:1].isupper() for w in marked.split()) else 0.25
    if kind == "quote":
        return 1.0 if any(mark in candidate.evidence.text for mark in '"“”«»„') else 0.2
    return 0.5


def _share(wanted_stems: Sequence[str], held: set[str]) -> float:
    if not wanted_stems:
        return 1.0
    return sum(stands_in(s, held) for s in wanted_stems) / len(wanted_stems)


def stands_in(word: str, held: set[str]) -> bool:
    """Whether a stem is among others, as its nation's other form, or but for its ending."""
    return word in held or other_form(word) in held or any(_alike(word, h) for h in held)


def _alike(a: str, b: str) -> bool:
    """Same stem but for its ending, for stems long enough to tell."""
    return len(a) >= 5 and len(b) >= 5 and a[:5] == b[:5]
