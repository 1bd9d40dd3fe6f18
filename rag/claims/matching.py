"""Whether one word of a claim, taken alone, says the same as one word of the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.claims.facts import tokenise
from rag.claims.spans import quote_spans
from rag.claims.tokens import Token
from rag.claims.wording import (
    CONDITIONS,
    COORDINATORS,
    DOUBTFUL_SPEECH,
    OPERATORS,
    PREPOSITIONS,
    SPEECH,
    SUBORDINATE,
    fold,
    folded,
)

OPERATOR_KEYS, SPEECH_KEYS, CONDITION_KEYS = folded(OPERATORS), folded(SPEECH), folded(CONDITIONS)
DOUBTFUL_KEYS = folded(DOUBTFUL_SPEECH)
HAVE = frozenset({"have", "has", "had", "do", "does", "did"})
LOOSE_TIME = frozenset({"on", "in", "at", "this", "last"})
LINKING = PREPOSITIONS | SUBORDINATE | COORDINATORS | {"whose", "whom", "to"}
DROPPED_ADVERBS = folded(
    frozenset("also now however meanwhile too then currently heavily badly seriously critically severely".split())
)
BINDING_PARTS = frozenset(
    "new north south east west northern southern eastern western central great upper lower port fort mount lake cape "
    "saint st los las san santa el al la le de van von vice deputy acting ex former anti pro non wife husband son "
    "daughter brother sister mother father assistant".split()
)
_SWEEPING = frozenset("first last only most record all every never none no worst best".split())
_INEXACT = frozenset("about above after around before below by from over since under until".split())


@dataclass(frozen=True, slots=True)
class Atom:
    """A content token of a claim, and the function words and stops that lead up to it."""

    token: Token
    lead: tuple[Token, ...]


def atoms_of(claim: str) -> list[Atom]:
    """Content tokens of the claim with the words leading up to each; a quotation is one token."""
    atoms: list[Atom] = []
    lead: list[Token] = []
    spans = [s for s in quote_spans(claim) if quoted_words(claim[s[0] : s[1]])]
    done: set[tuple[int, int]] = set()
    for token in tokenise(claim):
        span = next((s for s in spans if s[0] <= token.start and token.end <= s[1]), None)
        if span is not None:
            if span in done:
                continue
            done.add(span)
            said = quoted_words(claim[span[0] : span[1]])
            token = Token("quotation", said, said, span[0], span[1])
        if token.content:
            atoms.append(Atom(token, tuple(lead)))
            lead = []
        else:
            lead.append(token)
    return atoms


def places(token: Token, words: Sequence[Token]) -> list[tuple[int, int]]:
    """(first, last) positions in one sentence of the evidence where the token stands."""
    if token.sort != "quotation":
        return [(k, k) for k, word in enumerate(words) if word.content and matches(token, word)]
    inner = [(t.text, t.qualifier) for t in tokenise(token.key)]
    said = [(t.text, t.qualifier) for t in words]
    size = len(inner)
    starts = [k for k in range(len(said) - size + 1) if said[k : k + size] == inner]
    return [(k, k + size - 1) for k in starts if not _cut_behind_doubt(words, k)]


def operator(token: Token) -> bool:
    """Whether the word turns, weakens or conditions what is said ("not", "denied", "may", "if")."""
    return token.key in OPERATOR_KEYS or fold(token.key) in OPERATOR_KEYS


def sweeping(tokens: Sequence[Token]) -> bool:
    """Whether the words claim a first, a most or an all, which holds only within the bounds stated."""
    return any(
        t.key in _SWEEPING or (t.text.casefold().endswith("est") and len(t.text) > 5) or t.key.endswith("ordinal")
        for t in tokens
    )


def loose_name(token: Token) -> bool:
    """Whether the word is a title or first name that the rest of its name can do without."""
    return token.sort == "name" and token.group < 0


def matches(claim: Token, evidence: Token) -> bool:
    """Whether one evidence token says the same as one claim token, taken alone."""
    if claim.owner != evidence.owner:
        return False
    if claim.sort == "number":
        same = evidence.sort == "number" and (claim.key, claim.currency) == (evidence.key, evidence.currency)
        return same and (claim.qualifier == evidence.qualifier or (evidence.qualifier, claim.qualifier) == ("only", ""))
    if claim.sort == "date":
        return evidence.sort == "date" and _same_date(claim.key, evidence.key)
    if claim.sort == "time":
        return evidence.sort == "time" and claim.key == evidence.key
    same_text = _bare(claim.text) == _bare(evidence.text)
    if claim.sort == "name":
        return same_text and (evidence.sort == "name" or evidence.text[:1].isupper())
    if evidence.sort == "name":
        return same_text and claim.text[:1].isupper()
    if claim.key == "say" and evidence.key in SPEECH_KEYS and evidence.sort == "word":
        return True
    return evidence.sort in ("word", "function") and claim.key == evidence.key


def floats(atom: Atom) -> bool:
    """Whether the atom is a day or hour that may stand elsewhere in the sentence ("on Tuesday")."""
    if atom.token.sort not in ("date", "time"):
        return False
    return all(t.key in LOOSE_TIME or t.key not in LINKING for t in atom.lead)


def quoted_words(text: str) -> str:
    """Text between quote marks without the punctuation that belongs to the sentence around it."""
    return text.strip().rstrip(".,!?;").strip()


def _bare(text: str) -> str:
    return text.casefold().removesuffix("'s").replace(".", "")


def _same_date(claim: str, evidence: str) -> bool:
    if "/" not in claim or "/" not in evidence:
        return claim == evidence
    return all(a in ("", b) for a, b in zip(claim.split("/"), evidence.split("/"), strict=True))


def _cut_behind_doubt(words: Sequence[Token], start: int) -> bool:
    """Whether the quotation leaves out, from the same spoken sentence, a word that turned what follows."""
    for before in reversed(words[:start]):
        if not before.quoted or before.text in (".", "!", "?", ";", '"'):
            return False
        if operator(before) or _approximate(before, words[start]):
            return True
    return False


def _approximate(before: Token, first: Token) -> bool:
    """Whether the word just before makes a figure or an hour inexact ("around 5:00", "before 06:00")."""
    return before.key in _INEXACT and first.sort in ("number", "date", "time") and before.end + 1 >= first.start
