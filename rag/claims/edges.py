"""Where a claim may begin and end within a sentence of the evidence, and what around it may not be left out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.claims.matching import (
    BINDING_PARTS,
    CONDITION_KEYS,
    DOUBTFUL_KEYS,
    DROPPED_ADVERBS,
    HAVE,
    LINKING,
    LOOSE_TIME,
    SPEECH_KEYS,
    Atom,
    loose_name,
    operator,
    sweeping,
)
from rag.claims.tokens import Token
from rag.claims.wording import (
    BE,
    CONDITIONS,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATE,
    verb_like,
)

_RESUMING = BE | HAVE | SPEECH_KEYS
_PARTICLES = frozenset("off out up down over away back for to of with about against into from upon through".split())


def starts(atom: Atom, evidence: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a claim may begin at `span`: nothing before it there belongs to the same phrase."""
    at = span[0]
    if atom.token.sort == "quotation":
        return True
    first = evidence[at]
    back = at - 1
    if any(t.key in LINKING for t in atom.lead):
        # The claim opens with "In Kyiv": the evidence must say "in Kyiv" too.
        wanted = [t.key for t in atom.lead if t.key in LINKING][-1]
        while back >= 0 and evidence[back].key in DETERMINERS:
            back -= 1
        return back >= 0 and evidence[back].key == wanted
    if back >= 0 and first.group >= 0 and evidence[back].group == first.group:
        return False
    while back >= 0 and (
        evidence[back].key in DETERMINERS
        or evidence[back].text == "-"
        or loose_name(evidence[back])
        or (evidence[back].sort == "number" and not verb_like(first.text))
        or (evidence[back].sort == "word" and not operator(evidence[back]) and not verb_like(evidence[back].text)
            and evidence[back].text[:1].islower() and evidence[back].key not in BINDING_PARTS
            and not verb_like(first.text) and not evidence[back].owner
            and evidence[back].key not in SPEECH_KEYS and at - back <= 7)
    ):  # fmt: skip
        back -= 1
    return opens(evidence, back)


def opens(evidence: Sequence[Token], back: int) -> bool:
    """Whether a clause can begin right after the token at `back`; -1 is the start of the sentence."""
    if back < 0:
        return True
    token = evidence[back]
    if token.sort == "stop":
        return token.text not in ("-", "/")
    if token.sort in ("date", "time"):
        return back == 0 or evidence[back - 1].key in LOOSE_TIME
    return token.key in COORDINATORS | RELATIVES | (SUBORDINATE - CONDITIONS - {"before"}) or token.key in SPEECH_KEYS


def ends(evidence: Sequence[Token], at: int) -> bool:
    """Whether a claim may stop after the token at `at`: nothing that it needs follows there."""
    nxt = at + 1
    while nxt < len(evidence) and (evidence[nxt].key in DROPPED_ADVERBS or evidence[nxt].text == '"'):
        nxt += 1
    if nxt < len(evidence) and evidence[at].group >= 0 and evidence[nxt].group == evidence[at].group:
        return False
    if nxt >= len(evidence):
        return True
    token = evidence[nxt]
    if token.sort == "stop":
        return token.text not in ("-", "/")
    if token.sort in ("date", "time") or evidence[at].key in SPEECH_KEYS:
        return True
    if operator(token):
        return False
    if token.key in PREPOSITIONS:
        if sweeping(evidence[max(0, at - 2) : at + 1]):
            return False
        for later in evidence[nxt + 1 :]:
            if later.sort == "stop" or later.key in COORDINATORS | RELATIVES | SUBORDINATE:
                break
            if later.key in BE | HAVE or (operator(later) and later.sort == "word"):
                return False  # the subject would lose its verb
        return token.key not in ("of", "to") and not (verb_like(evidence[at].text) and token.key in _PARTICLES)
    return token.key in COORDINATORS | RELATIVES | SUBORDINATE


def stands_free(evidence: Sequence[Token], path: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing outside the claim turns, weakens, conditions or attributes what it takes from the sentence."""
    used = {k for a, b in path for k in range(a, b + 1)}
    for back in range(min(used) - 1, -1, -1):
        token = evidence[back]
        if token.text in (";", ".", "!", "?") or token.key == "but":
            break
        if token.quoted or token.sort not in ("word", "function"):
            continue
        if token.key in SPEECH_KEYS and back and evidence[back - 1].sort == "stop":
            break  # '..., says X': what X says came before
        clause_over = any(
            evidence[k].key in ("and", "while") for k in range(back, min(used)) if evidence[k - 1].text == ","
        )
        if token.key in SPEECH_KEYS or (operator(token) and not clause_over):
            return False
    aside = _aside_end(evidence, min(used), max(used))
    last, resumes = evidence[max(used)], evidence[max(used) + 1 : max(used) + 3]
    if aside < 0 and len(resumes) == 2 and resumes[0].text == "," and not last.quoted and resumes[1].key in _RESUMING:
        return False  # the subject of what follows, without its verb
    for after in range(max(used) + 1, len(evidence)):
        token = evidence[after]
        if token.text in (";", ".", "!", "?") or token.key == "but" or after == aside:
            break
        limiting = token.key == "only" or token.key in CONDITION_KEYS | DOUBTFUL_KEYS | SPEECH_KEYS
        if limiting and not token.quoted:
            return False
    return True


def inside_phrase(evidence: Sequence[Token], path: Sequence[tuple[int, int]]) -> bool:
    """Whether the claim ends on words that stand before its subject: "14-year-old twin sisters"."""
    at, top = path[-1][1], max(b for _, b in path)
    between = evidence[at + 1 : top]
    return at < top and all(t.sort == "word" and not verb_like(t.text) or t.text == "-" for t in between)


def _aside_end(evidence: Sequence[Token], first: int, last: int) -> int:
    """Where the sentence goes on after an aside about the name that the claim opens with; -1 where it is none."""
    end = first
    while end + 1 < len(evidence) and evidence[end + 1].group == evidence[first].group >= 0:
        end += 1
    if evidence[first].sort != "name" or end + 1 >= len(evidence) or evidence[end + 1].text != ",":
        return -1
    inside = evidence[end + 2 : last + 1]
    if any(t.text == "," for t in inside) or last + 1 >= len(evidence) or evidence[last + 1].text != ",":
        return -1
    return last + 1
