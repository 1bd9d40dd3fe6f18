"""Every claim of a sentence against the texts it cites; what cannot be shown to stand is a problem.

The check errs on one side only: a true sentence may be held back (its reader then gets the entry's own
words), an invented one must not pass. It follows the view of compression as deletion: see rag.claims.relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.claims.facts import loosened, tokenise
from rag.claims.matching import Atom, atoms_of, floats, matches, operator, places, quoted_words
from rag.claims.numerals import QUALIFIERS
from rag.claims.relations import Reach, reach
from rag.claims.spans import normalise, quote_spans, sentence_spans
from rag.claims.tokens import Token
from rag.claims.wording import NEGATIONS, UNITS, folded

Kind = Literal["number", "date", "time", "name", "unit", "quotation", "negation", "hedge", "word", "verdict"]
_QUALIFYING = folded(frozenset(word for phrase, _ in QUALIFIERS for word in phrase))
_OPENS = re.compile(r"""(?:^|[.!?;•]["')\]]*\s+|[•*]\s*)["'(\[]*$""")
_CLOSES = re.compile(r"""\s*(?:$|[.!?;]["')\]]*(?:\s|$))|["')\]]+$""")
_GROWING = frozenset({"number", "date", "time"})
_UNITS, _NEGATIONS = folded(UNITS), folded(NEGATIONS)


@dataclass(frozen=True, slots=True)
class Problem:
    """One claim that does not stand: what kind it is, the words seen, and why."""

    kind: Kind
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """Cited texts in one form, and the tokens of each of their sentences: read once, checked against often."""

    texts: tuple[str, ...]
    sentences: tuple[tuple[Token, ...], ...]

    @classmethod
    def of(cls, cited: Sequence[str]) -> Grounds:
        """Read the cited texts."""
        texts = tuple(normalise(text) for text in cited)
        return cls(texts, loosened([tokenise(text[a:b]) for text in texts for a, b in sentence_spans(text)]))


def check(sentence: str, cited: Sequence[str] | Grounds, *, question: str = "") -> tuple[Problem, ...]:
    """Claims of `sentence` that the cited texts do not bear out; empty means that every claim stands.

    Words of the question are no evidence: a question may suppose what never happened.
    """
    grounds = cited if isinstance(cited, Grounds) else Grounds.of(cited)
    claim = normalise(sentence)
    if not claim or any(_copied(claim, text) for text in grounds.texts):
        return ()
    problems = list(_misquotes(claim, grounds.texts))
    atoms = atoms_of(claim)
    for k, atom in enumerate(atoms):
        if not any(places(atom.token, words) for words in grounds.sentences):
            problems.append(_unfound(atom.token, atoms[k - 1].token if k else None, grounds.sentences))
    if problems or not atoms:
        return tuple(problems)
    return tuple(_unlinked(atoms, grounds.sentences))


def follows(beginning: str, grounds: Grounds) -> bool:
    """Whether a sentence may begin like this: every word so far stands in the cited texts, linked as there.

    A number or date at the end is left for later, since the next word may still belong to it.
    """
    claim = normalise(beginning)
    if any(text[a:b].startswith(claim) for text in grounds.texts for a, b in sentence_spans(text)):
        return True
    if any(True for _ in _misquotes(claim, grounds.texts)):
        return False
    atoms = atoms_of(claim)
    while atoms and (atoms[-1].token.sort in _GROWING or atoms[-1].token.key in _QUALIFYING):
        if not _may_grow(atoms.pop().token, grounds):
            return False
    if not atoms or _begins(atoms, grounds):
        return True
    *full, last = _clauses(atoms)
    return bool(full) and all(_stands(part, grounds.sentences) is None for part in full) and _begins(last, grounds)


def _may_grow(token: Token, grounds: Grounds) -> bool:
    """Whether a number or date at the end is one of the evidence's, or can still become one."""
    if any(token.text.casefold() in text.casefold() for text in grounds.texts):
        return True
    return any(token.key == word.key and token.sort == word.sort for words in grounds.sentences for word in words)


def lifted(sentence: str, grounds: Grounds) -> bool:
    """Whether the sentence gives somebody's spoken words, quote marks and all left out, as its own."""
    bare = normalise(sentence).rstrip(".!?")
    if '"' in bare:
        return False
    for text in grounds.texts:
        at = text.find(bare)
        if at != -1:
            return any(a <= at and at + len(bare) <= b for a, b in quote_spans(text))
    return False


def _begins(atoms: Sequence[Atom], grounds: Grounds) -> bool:
    found = (reach(atoms, words, [places(a.token, words) for a in atoms]) for words in grounds.sentences)
    return any(got.done == got.total for got in found)


def _copied(claim: str, text: str) -> bool:
    """Whether the claim is one or more whole sentences of the text, word for word."""
    bare = claim.rstrip(".!?\"')] ")
    start = text.find(bare) if bare else -1
    while start != -1:
        end = start + len(bare)
        if _OPENS.search(text[:start]) and _CLOSES.match(text[end:]):
            return True
        start = text.find(bare, start + 1)
    return False


def _misquotes(claim: str, texts: Sequence[str]) -> Iterable[Problem]:
    for start, end in quote_spans(claim):
        said = quoted_words(claim[start:end])
        if said and not any(said in text for text in texts):
            yield Problem("quotation", claim[start:end], "these words are not in the cited text as quoted")


def _unfound(token: Token, before: Token | None, evidence: Sequence[Sequence[Token]]) -> Problem:
    kind = _kind(token)
    if token.sort == "word" and token.key in _UNITS and before is not None and before.sort == "number":
        kind = "unit"
    if token.sort == "number":
        plain = replace(token, qualifier="", currency="")
        for word in (w for words in evidence for w in words if w.sort == "number"):
            if matches(plain, replace(word, qualifier="", currency="", owner=False)):
                stands = f"{word.qualifier} {word.text} {word.currency}".strip()
                return Problem("number", _shown(token), f'the cited text says "{stands}"')
    return Problem(kind, _shown(token), "not in the cited text")


def _shown(token: Token) -> str:
    return f"{token.qualifier} {token.text}".strip()


def _kind(token: Token) -> Kind:
    if token.sort in ("number", "date", "time", "name", "quotation"):
        return token.sort
    if token.key in _NEGATIONS:
        return "negation"
    return "hedge" if operator(token) else "word"


def _unlinked(atoms: Sequence[Atom], evidence: Sequence[Sequence[Token]]) -> Iterable[Problem]:
    best = _stands(atoms, evidence)
    if best is None:
        return
    parts = _clauses(atoms)
    if len(parts) > 1 and all(_stands(part, evidence) is None for part in parts):
        return
    at, quoted = best
    token = atoms[min(at, len(atoms) - 1)].token
    if quoted:
        yield Problem("quotation", token.text, "the cited text has this in somebody's own words, between quote marks")
        return
    near = [atom.token for atom in atoms[max(0, at - 2) : at + 1]][::-1]
    named = {word.text for words in evidence for word in words if word.sort == "name"}
    kinds = ["name" if _kind(t) == "word" and t.text in named else _kind(t) for t in near]
    order: tuple[Kind, ...] = ("number", "quotation", "negation", "name", "date", "time", "hedge")
    kind: Kind = next((k for k in order if k in kinds), "word")
    beside = f' with "{_shown(near[1])}"' if len(near) > 1 else ""
    yield Problem(kind, _shown(token), f"the cited text does not say this{beside} in this way")


def _stands(atoms: Sequence[Atom], evidence: Sequence[Sequence[Token]]) -> tuple[int, bool] | None:
    """None where one sentence bears the claim out; else the first atom that fails, and whether quoting is why."""
    furthest, quoted = 0, False
    for words in evidence:
        got = reach(atoms, words, [places(atom.token, words) for atom in atoms])
        if got.whole:
            if not _lifted(atoms, got, words):
                return None
            quoted = True
        furthest = max(furthest, min(got.done, got.total - 1))
    return furthest, quoted


def _lifted(atoms: Sequence[Atom], got: Reach, words: Sequence[Token]) -> bool:
    """Whether words that somebody spoke are given without quote marks."""
    fixed = [atom for atom in atoms if not floats(atom)]
    pairs = zip(fixed, got.path, strict=False)
    return any(words[span[0]].quoted for atom, span in pairs if atom.token.sort != "quotation")


def _clauses(atoms: Sequence[Atom]) -> list[list[Atom]]:
    parts: list[list[Atom]] = [[]]
    for atom in atoms:
        keys = [t.key for t in atom.lead]
        if parts[-1] and (";" in keys or ("," in keys and {"and", "but", "while"} & set(keys)) or "while" in keys):
            parts.append([])
            atom = replace(atom, lead=tuple(t for t in atom.lead if t.key not in ("and", "but", "while")))
        parts[-1].append(atom)
    return parts
