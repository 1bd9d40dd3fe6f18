"""Whether a claim says what a sentence of the evidence says: word by word, with the links between the words.

A claim stands on an evidence sentence when its words are found there and every two neighbours are linked
as the evidence links them: next to each other, or with only words between that can be left out without
changing what is said (an aside between commas, a place, an adjective). Attributions and times may move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.facts import Token
from rag.wording import (
    BE,
    CONDITIONS,
    COORDINATORS,
    DETERMINERS,
    DOUBTFUL_SPEECH,
    OPERATORS,
    PREPOSITIONS,
    RELATIVES,
    SPEECH,
    SUBORDINATE,
    fold,
    folded,
    verb_like,
)

_OPERATORS, _SPEECH, _CONDITIONS = folded(OPERATORS), folded(SPEECH), folded(CONDITIONS)
_DOUBTFUL = folded(DOUBTFUL_SPEECH)
_HAVE = frozenset({"have", "has", "had", "do", "does", "did"})
_LOOSE_TIME = frozenset({"on", "in", "at", "this", "last"})
_LINKING = PREPOSITIONS | SUBORDINATE | COORDINATORS | {"whose", "whom", "to"}
_STOPS = {",": ",", ";": ";", ":": ",", "--": ",", "(": ",", ")": ",", ".": ".", "!": ".", "?": ".", "•": "."}
_DROPPED_ADVERBS = folded(
    frozenset(
        "also now however meanwhile too then currently heavily badly seriously critically severely".split()
    )
)
_BINDING_PARTS = frozenset(
    "new north south east west northern southern eastern western central great upper lower port fort mount lake cape "
    "saint st los las san santa el al la le de van von vice deputy acting ex former anti pro non wife husband son "
    "daughter brother sister mother father assistant".split()
)
_PARTICLES = frozenset(
    "off out up down over away back for to of with about against into from upon through".split()
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A content token of a claim, and the function words and stops that lead up to it."""

    token: Token
    lead: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a claim is borne out: `done` atoms of `total`; `path` their (first, last) evidence positions.

    `whole` says that it is borne out to its end, and that nothing was cut off there that must not be.
    """

    done: int
    total: int
    path: tuple[tuple[int, int], ...] = ()
    whole: bool = False


def operator(token: Token) -> bool:
    """Whether the word turns, weakens or conditions what is said ("not", "denied", "may", "if")."""
    return token.key in _OPERATORS or fold(token.key) in _OPERATORS


def loose_name(token: Token) -> bool:
    """Whether the word is a title or first name that the rest of its name can do without."""
    return token.sort == "name" and token.group < 0


def matches(claim: Token, evidence: Token) -> bool:
    """Whether one evidence token says the same as one claim token, taken alone."""
    if claim.owner != evidence.owner:
        return False
    if claim.sort == "number":
        same = evidence.sort == "number" and (claim.key, claim.currency) == (evidence.key, evidence.currency)
        return same and (
            claim.qualifier == evidence.qualifier or (evidence.qualifier, claim.qualifier) == ("only", "")
        )
    if claim.sort == "date":
        return evidence.sort == "date" and _same_date(claim.key, evidence.key)
    if claim.sort == "time":
        return evidence.sort == "time" and claim.key == evidence.key
    same_text = _bare(claim.text) == _bare(evidence.text)
    if claim.sort == "name":
        return same_text and (evidence.sort == "name" or evidence.text[:1].isupper())
    if evidence.sort == "name":
        return same_text and claim.text[:1].isupper()
    if claim.key == "say" and evidence.key in _SPEECH and evidence.sort == "word":
        return True
    return evidence.sort in ("word", "function") and claim.key == evidence.key


def reach(
    atoms: Sequence[Atom], evidence: Sequence[Token], spans: Sequence[Sequence[tuple[int, int]]]
) -> Reach:
    """Furthest that `atoms` follow the evidence sentence; `spans` are each atom's candidate positions there."""
    fixed = [k for k in range(len(atoms)) if not floats(atoms[k])] or list(range(len(atoms)))
    best = Reach(0, len(atoms))
    layer: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
    for order, k in enumerate(fixed):
        following: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        for span in spans[k]:
            if order == 0:
                if _starts(atoms[k], evidence, span):
                    following[span] = (span,)
                continue
            before = fixed[order - 1]
            lead = [t for m in range(before + 1, k) for t in atoms[m].lead if t.key not in _LOOSE_TIME]
            lead += atoms[k].lead
            for last, path in layer.items():
                if span not in path and _linked(
                    atoms[before].token, atoms[k].token, lead, evidence, last, span
                ):
                    following[span] = (*path, span)
                    break
        if not following:
            return best
        layer = following
        best = Reach(k + 1, len(atoms), next(iter(layer.values())))
    for span, path in layer.items():
        if fixed and not ((_ends(evidence, span[1]) or _inside_phrase(evidence, path)) and _stands_free(evidence, path)):
            continue
        if all(
            _time_stands(atoms, k, fixed, path, evidence, spans[k])
            for k in range(len(atoms))
            if k not in fixed
        ):
            return Reach(len(atoms), len(atoms), path, whole=True)
    return best


def _bare(text: str) -> str:
    return text.casefold().removesuffix("'s").replace(".", "")


def _same_date(claim: str, evidence: str) -> bool:
    if "/" not in claim or "/" not in evidence:
        return claim == evidence
    return all(a in ("", b) for a, b in zip(claim.split("/"), evidence.split("/"), strict=True))


def floats(atom: Atom) -> bool:
    """Whether the atom is a day or hour that may stand elsewhere in the sentence ("on Tuesday")."""
    if atom.token.sort not in ("date", "time"):
        return False
    return all(t.key in _LOOSE_TIME or t.key not in _LINKING for t in atom.lead)


def _starts(atom: Atom, evidence: Sequence[Token], span: tuple[int, int]) -> bool:
    at = span[0]
    if atom.token.sort == "quotation":
        return True
    first = evidence[at]
    back = at - 1
    if any(t.key in _LINKING for t in atom.lead):
        # The claim opens with "In Kyiv": the evidence must say "in Kyiv" too.
        wanted = [t.key for t in atom.lead if t.key in _LINKING][-1]
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
            and evidence[back].text[:1].islower() and evidence[back].key not in _BINDING_PARTS
            and not verb_like(first.text) and not evidence[back].owner
            and evidence[back].key not in _SPEECH and at - back <= 7)
    ):  # fmt: skip
        back -= 1
    return _opens(evidence, back)


def _opens(evidence: Sequence[Token], back: int) -> bool:
    if back < 0:
        return True
    token = evidence[back]
    if token.sort == "stop":
        return token.text not in ("-", "/")
    if token.sort in ("date", "time"):
        return back == 0 or evidence[back - 1].key in _LOOSE_TIME
    return (
        token.key in COORDINATORS | RELATIVES | (SUBORDINATE - CONDITIONS - {"before"})
        or token.key in _SPEECH
    )


def _stands_free(evidence: Sequence[Token], path: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing outside the claim turns, weakens, conditions or attributes what it takes from the sentence."""
    used = {k for a, b in path for k in range(a, b + 1)}
    for back in range(min(used) - 1, -1, -1):
        token = evidence[back]
        if token.text in (";", ".", "!", "?") or token.key == "but":
            break
        if token.quoted or token.sort not in ("word", "function"):
            continue
        if token.key in _SPEECH and back and evidence[back - 1].sort == "stop":
            break  # '..., says X': what X says came before
        clause_over = any(evidence[k].key in ("and", "while") for k in range(back, min(used)) if evidence[k - 1].text == ",")
        if token.key in _SPEECH or (operator(token) and not clause_over):
            return False
    aside = _aside_end(evidence, min(used), max(used))
    for after in range(max(used) + 1, len(evidence)):
        token = evidence[after]
        if token.text in (";", ".", "!", "?") or token.key == "but" or after == aside:
            break
        if not token.quoted and (token.key in _CONDITIONS or token.key in _DOUBTFUL or token.key in _SPEECH):
            return False
    return True


def _inside_phrase(evidence: Sequence[Token], path: Sequence[tuple[int, int]]) -> bool:
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


def _ends(evidence: Sequence[Token], at: int) -> bool:
    nxt = at + 1
    while nxt < len(evidence) and (evidence[nxt].key in _DROPPED_ADVERBS or evidence[nxt].text == '"'):
        nxt += 1
    if nxt < len(evidence) and evidence[at].group >= 0 and evidence[nxt].group == evidence[at].group:
        return False
    if nxt >= len(evidence):
        return True
    token = evidence[nxt]
    if token.sort == "stop":
        resumes = evidence[nxt + 1] if nxt + 1 < len(evidence) else token
        cut_short = token.text == "," and (resumes.key in BE | _HAVE or resumes.key in _SPEECH)
        return token.text not in ("-", "/") and not (cut_short and evidence[at].sort != "quotation" and not evidence[at].quoted)
    if token.sort in ("date", "time") or evidence[at].key in _SPEECH:
        return True
    if operator(token):
        return False
    if token.key in PREPOSITIONS:
        for later in evidence[nxt + 1 :]:
            if later.sort == "stop" or later.key in COORDINATORS | RELATIVES | SUBORDINATE:
                break
            if later.key in BE | _HAVE or (operator(later) and later.sort == "word"):
                return False  # the subject would lose its verb
        return token.key not in ("of", "to") and not (
            verb_like(evidence[at].text) and token.key in _PARTICLES
        )
    return token.key in COORDINATORS | RELATIVES | SUBORDINATE


def _linked(
    a: Token,
    b: Token,
    lead: Sequence[Token],
    evidence: Sequence[Token],
    last: tuple[int, int],
    span: tuple[int, int],
) -> bool:
    i, j = last[1], span[0]
    if j > i:
        if _forward(a, b, lead, evidence, i, j):
            return True
    elif _number_predicate(b, lead, evidence, i, j) or _said_turned(b, evidence, i, j):
        return True
    return _attribution_moved(a, lead, evidence, last, span)


def _forward(a: Token, b: Token, lead: Sequence[Token], evidence: Sequence[Token], i: int, j: int) -> bool:
    gap = [t for t in evidence[i + 1 : j] if t.key not in _DROPPED_ADVERBS]
    cut_name = i + 1 < len(evidence) and evidence[i].group >= 0 and evidence[i + 1].group == evidence[i].group
    if cut_name and j != i + 1:
        return False
    if a.sort == "quotation" or b.sort == "quotation":
        gap = [t for t in gap if not t.quoted]
    turned = gap and gap[-1].key in _SPEECH and evidence[j].sort == "name"
    if turned and any(t.sort == "stop" for t in gap) and _same_links(a, b, lead, gap[:-1], evidence, j):
        return True  # '..., said X' for '..., X said'
    if any(_same_links(a, b, lead, rest, evidence, j) for rest in _reductions(gap, evidence[i], evidence[j])):
        return True
    return _apposition(lead, gap, evidence, i, j)


def _reductions(gap: Sequence[Token], a: Token, b: Token) -> list[list[Token]]:
    """What can be left of the words between two neighbours once those that may go are gone."""
    found = []
    gap = _without_times(gap)
    if not any(t.content for t in gap):
        clause = len(gap) > 1 and gap[0].text == "," and gap[1].key in ("who", "which")
        return [list(gap), list(gap[1:])] if clause else [list(gap)]
    if gap[0].text in (",", "--", "("):
        for k in range(len(gap) - 1, 0, -1):
            if gap[k].text in (",", "--", ")") and not any(t.content for t in gap[k + 1 :]):
                inside = gap[1:k]
                if any(t.key in _SPEECH and not t.quoted for t in inside):
                    continue
                if inside and (inside[0].key in BE | _HAVE or inside[0].key in _SPEECH or operator(inside[0])):
                    continue  # the main verb, between two asides
                relative = bool(inside) and inside[0].key in ("who", "which", "whose", "where")
                if relative or not any(operator(t) for t in inside):
                    found.append(list(gap[k + 1 :]))
    if any(operator(t) or t.sort in ("number", "quotation") for t in gap) or any(
        t.text in _STOPS for t in gap[1:]
    ):
        return found
    contents = [k for k, t in enumerate(gap) if t.content]
    tail = list(gap[contents[-1] + 1 :])
    inner = gap[: contents[-1] + 1]
    heads = [k for k, t in enumerate(inner) if t.key in _LINKING]
    place = heads == [0] and inner[0].key in PREPOSITIONS - {"by", "like", "to"}
    if (
        place
        and len(contents) <= 3
        and not any(verb_like(t.text) for t in inner)
        and not any(t.key in _LINKING for t in tail)
    ):
        found.append(tail)
    modifiers = [gap[k] for k in contents]
    whole_end = contents[-1] == len(gap) - 1 or all(t.text == "-" for t in tail)
    if (
        whole_end
        and not verb_like(b.text)
        and (contents[0] > 0 or a.sort == "number" or a.owner or b.group >= 0)
    ):
        same_name = all(loose_name(t) for t in modifiers)
        plain = all(
            t.sort == "word" and not verb_like(t.text) and t.key not in _BINDING_PARTS for t in modifiers
        )
        joined = all(t.content or t.text == "-" for t in gap[contents[0] :])
        if joined and (
            same_name
            or (plain and len(modifiers) <= 2 and (contents[0] > 0 or a.sort == "number" or a.owner))
        ):
            found.append(list(gap[: contents[0]]))
    return found


def _without_times(gap: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in gap:
        if token.sort in ("date", "time"):
            if out and out[-1].key in _LOOSE_TIME:
                out.pop()
            elif out and out[-1].key in _LINKING:
                out.append(token)
            continue
        out.append(token)
    return out


def _same_links(
    a: Token, b: Token, lead: Sequence[Token], rest: Sequence[Token], evidence: Sequence[Token], j: int
) -> bool:
    said, stands = _links(lead), _links(rest)
    if said != stands:
        return False
    stops, stands_stops = _stops(lead), _stops(rest)
    if stops != stands_stops and not said and "quotation" not in (a.sort, b.sort) and b.key not in _SPEECH:
        return False
    be, stands_be = any(t.key in BE for t in lead), any(t.key in BE for t in rest)
    verb = verb_like(b.text)
    if be != stands_be and (verb or be) and not (be and not stands_be and _casualty(evidence, j)):
        return False
    have = any(t.key in _HAVE for t in lead)
    return verb or have == any(t.key in _HAVE for t in rest)


def _links(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(t.key for t in tokens if t.key in _LINKING)


def _stops(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(
        _STOPS[t.text if t.key != "--" else "--"] for t in tokens if t.sort == "stop" and t.key in _STOPS
    )


_HARMED = folded(
    frozenset(
        "killed injured hurt wounded trapped stranded arrested evacuated displaced cancelled rescued".split()
    )
)


def _casualty(evidence: Sequence[Token], j: int) -> bool:
    """Whether "56 injured" stands there, which may be written out as "56 were injured"."""
    if evidence[j].key not in _HARMED:
        return False
    counted = any(t.sort == "number" for t in evidence[max(0, j - 2) : j])
    nxt = evidence[j + 1] if j + 1 < len(evidence) else None
    return counted and (
        nxt is None or nxt.sort == "stop" or nxt.key in PREPOSITIONS | COORDINATORS | SUBORDINATE
    )


def _apposition(
    lead: Sequence[Token], gap: Sequence[Token], evidence: Sequence[Token], i: int, j: int
) -> bool:
    """Whether "X is the mayor" rests on "X, the mayor, ...": an aside closed again, and no list."""
    if not any(t.key in BE for t in lead) or _links(lead) or not gap or gap[0].text != ",":
        return False
    if any(t.content for t in gap) or evidence[i].sort != "name" and evidence[j].sort != "name":
        return False
    for token in evidence[j + 1 :]:
        if token.text in (",", ".", ";"):
            return True
        if token.key in COORDINATORS or token.key in _SPEECH or verb_like(token.text) or operator(token):
            return False
    return True


def _number_predicate(b: Token, lead: Sequence[Token], evidence: Sequence[Token], i: int, j: int) -> bool:
    """Whether "the sisters were 14" rests on "14-year-old twin sisters"."""
    if b.sort != "number" or not any(t.key in BE for t in lead) or _links(lead) or i - j > 7:
        return False
    return all((t.sort == "word" and not verb_like(t.text)) or t.text == "-" for t in evidence[j + 1 : i])


def _said_turned(b: Token, evidence: Sequence[Token], i: int, j: int) -> bool:
    """Whether "X said" rests on '..., said X'."""
    if b.key not in _SPEECH or evidence[j].key not in _SPEECH or j == 0 or evidence[j - 1].sort != "stop":
        return False
    return all(t.sort in ("name", "word", "function") and t.key not in _LINKING for t in evidence[j + 1 : i])


def _attribution_moved(
    a: Token, lead: Sequence[Token], evidence: Sequence[Token], last: tuple[int, int], span: tuple[int, int]
) -> bool:
    """Whether "X said <clause>" rests on "<clause>, X said" or the other way round."""
    i, j = last[1], span[0]
    if _links(lead):
        return False
    if evidence[i].key in _SPEECH and a.key in _SPEECH and j < i:
        opening = i - 1
        while opening > span[1] and i - opening <= 8 and evidence[opening].sort != "stop":
            opening -= 1
        turned = evidence[i - 1].text in (",", '"')
        clear = evidence[opening].sort == "stop" or turned
        return (
            clear
            and _whole(evidence[span[1] + 1 : i])
            and (evidence[j].quoted or _opens(evidence, _before(evidence, j)))
        )
    if "," in _stops(lead) or '"' in {t.text for t in lead} or evidence[i].quoted:
        after = evidence[span[1] + 1 : span[1] + 6]
        speaks = any(t.key in _SPEECH for t in after) or evidence[j].key in _SPEECH
        return (
            speaks
            and j < last[0]
            and _opens(evidence, _before(evidence, j))
            and _whole(evidence[j:i])
            and _ends(evidence, i)
        )
    return False


def _before(evidence: Sequence[Token], at: int) -> int:
    back = at - 1
    while back >= 0 and (
        evidence[back].key in DETERMINERS or evidence[back].group == evidence[at].group >= 0
    ):
        back -= 1
    return back


def _whole(tokens: Sequence[Token]) -> bool:
    return not any(t.text == ";" or (t.key in _DOUBTFUL and not t.quoted) for t in tokens)


def _time_stands(
    atoms: Sequence[Atom],
    k: int,
    fixed: Sequence[int],
    path: Sequence[tuple[int, int]],
    evidence: Sequence[Token],
    spans: Sequence[tuple[int, int]],
) -> bool:
    """Whether a day or hour belongs to its neighbour in the claim: no other time, clause or doubt between."""
    earlier = [n for n, f in enumerate(fixed) if f < k]
    anchor = path[earlier[-1]][1] if earlier else (path[0][0] if path else None)
    for span in spans:
        if anchor is None:
            return True
        low, high = min(anchor, span[0]), max(anchor, span[0])
        between = evidence[low + 1 : high]
        loose = (
            span[0] == 0
            or evidence[span[0] - 1].key in _LOOSE_TIME
            or evidence[span[0] - 1].key not in _LINKING
        )
        other = any(t.sort == atoms[k].token.sort and t.key != atoms[k].token.key for t in between)
        broken = any(t.text == ";" or t.key in SUBORDINATE | COORDINATORS or operator(t) for t in between)
        if loose and not other and not broken:
            return True
    return False
