"""Whether two neighbours of a claim hang together in the evidence as the claim has it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.claims.edges import ends, opens
from rag.claims.matching import (
    BINDING_PARTS,
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
from rag.claims.wording import BE, COORDINATORS, DETERMINERS, PREPOSITIONS, SUBORDINATE, folded, verb_like

_STOPS = {",": ",", ";": ";", ":": ",", "--": ",", "(": ",", ")": ",", ".": ".", "!": ".", "?": ".", "•": "."}
_HARMED = folded(
    frozenset("killed injured hurt wounded trapped stranded arrested evacuated displaced cancelled rescued".split())
)


def linked(
    a: Token,
    b: Token,
    lead: Sequence[Token],
    evidence: Sequence[Token],
    last: tuple[int, int],
    span: tuple[int, int],
) -> bool:
    """Whether the evidence, at `last` and `span`, links `a` and `b` as the words in `lead` do in the claim."""
    i, j = last[1], span[0]
    if j > i:
        if _forward(a, b, lead, evidence, i, j):
            return True
    elif _number_predicate(b, lead, evidence, i, j) or _said_turned(b, evidence, i, j):
        return True
    return _attribution_moved(a, lead, evidence, last, span)


def time_stands(
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
        loose = span[0] == 0 or evidence[span[0] - 1].key in LOOSE_TIME or evidence[span[0] - 1].key not in LINKING
        other = any(t.sort == atoms[k].token.sort and t.key != atoms[k].token.key for t in between)
        broken = any(t.text == ";" or t.key in SUBORDINATE | COORDINATORS or operator(t) for t in between)
        if loose and not other and not broken:
            return True
    return False


def _forward(a: Token, b: Token, lead: Sequence[Token], evidence: Sequence[Token], i: int, j: int) -> bool:
    gap = [t for t in evidence[i + 1 : j] if t.key not in DROPPED_ADVERBS]
    cut_name = i + 1 < len(evidence) and evidence[i].group >= 0 and evidence[i + 1].group == evidence[i].group
    if cut_name and j != i + 1:
        return False
    if a.sort == "quotation" or b.sort == "quotation":
        gap = [t for t in gap if not t.quoted]
    turned = gap and gap[-1].key in SPEECH_KEYS and evidence[j].sort == "name"
    if turned and any(t.sort == "stop" for t in gap) and _same_links(a, b, lead, gap[:-1], evidence, j):
        return True  # '..., said X' for '..., X said'
    bounded = sweeping(evidence[max(0, i - 2) : i + 1])
    left = _reductions(gap, evidence[i], evidence[j], bounded=bounded)
    if any(_same_links(a, b, lead, rest, evidence, j) for rest in left):
        return True
    return _apposition(lead, gap, evidence, i, j)


def _reductions(gap: Sequence[Token], a: Token, b: Token, *, bounded: bool) -> list[list[Token]]:
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
                if any(t.key in SPEECH_KEYS and not t.quoted for t in inside):
                    continue
                if inside and (inside[0].key in BE | HAVE or inside[0].key in SPEECH_KEYS or operator(inside[0])):
                    continue  # the main verb, between two asides
                relative = bool(inside) and inside[0].key in ("who", "which", "whose", "where")
                if relative or not any(operator(t) for t in inside):
                    found.append(list(gap[k + 1 :]))
    if any(operator(t) or t.sort in ("number", "quotation") for t in gap) or any(t.text in _STOPS for t in gap[1:]):
        return found
    contents = [k for k, t in enumerate(gap) if t.content]
    tail = list(gap[contents[-1] + 1 :])
    inner = gap[: contents[-1] + 1]
    heads = [k for k, t in enumerate(inner) if t.key in LINKING]
    place = not bounded and heads == [0] and inner[0].key in PREPOSITIONS - {"by", "like", "to"}
    if (
        place
        and len(contents) <= 3
        and not any(verb_like(t.text) for t in inner)
        and not any(t.key in LINKING for t in tail)
    ):
        found.append(tail)
    modifiers = [gap[k] for k in contents]
    whole_end = contents[-1] == len(gap) - 1 or all(t.text == "-" for t in tail)
    infinitive = gap[max(0, contents[0] - 1)].key == "to"
    if (
        whole_end
        and not infinitive
        and not verb_like(b.text)
        and (contents[0] > 0 or a.sort == "number" or a.owner or b.group >= 0)
    ):
        same_name = all(loose_name(t) for t in modifiers)
        plain = all(t.sort == "word" and not verb_like(t.text) and t.key not in BINDING_PARTS for t in modifiers)
        joined = all(t.content or t.text == "-" for t in gap[contents[0] :])
        if joined and (
            same_name or (plain and len(modifiers) <= 2 and (contents[0] > 0 or a.sort == "number" or a.owner))
        ):
            found.append(list(gap[: contents[0]]))
    return found


def _without_times(gap: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in gap:
        if token.sort in ("date", "time"):
            if out and out[-1].key in LOOSE_TIME:
                out.pop()
            elif out and out[-1].key in LINKING:
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
    if stops != stands_stops and not said and "quotation" not in (a.sort, b.sort) and b.key not in SPEECH_KEYS:
        return False
    be, stands_be = any(t.key in BE for t in lead), any(t.key in BE for t in rest)
    verb = verb_like(b.text)
    if be != stands_be and (verb or be) and not (be and not stands_be and _casualty(evidence, j)):
        return False
    have = any(t.key in HAVE for t in lead)
    return verb or have == any(t.key in HAVE for t in rest)


def _links(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(t.key for t in tokens if t.key in LINKING)


def _stops(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(_STOPS[t.text if t.key != "--" else "--"] for t in tokens if t.sort == "stop" and t.key in _STOPS)


def _casualty(evidence: Sequence[Token], j: int) -> bool:
    """Whether "56 injured" stands there, which may be written out as "56 were injured"."""
    if evidence[j].key not in _HARMED:
        return False
    counted = any(t.sort == "number" for t in evidence[max(0, j - 2) : j])
    nxt = evidence[j + 1] if j + 1 < len(evidence) else None
    return counted and (nxt is None or nxt.sort == "stop" or nxt.key in PREPOSITIONS | COORDINATORS | SUBORDINATE)


def _apposition(lead: Sequence[Token], gap: Sequence[Token], evidence: Sequence[Token], i: int, j: int) -> bool:
    """Whether "X is the mayor" rests on "X, the mayor, ...": an aside closed again, and no list."""
    if not any(t.key in BE for t in lead) or _links(lead) or not gap or gap[0].text != ",":
        return False
    if any(t.content for t in gap) or evidence[i].sort != "name" and evidence[j].sort != "name":
        return False
    for token in evidence[j + 1 :]:
        if token.text in (",", ".", ";"):
            return True
        if token.key in COORDINATORS or token.key in SPEECH_KEYS or verb_like(token.text) or operator(token):
            return False
    return True


def _number_predicate(b: Token, lead: Sequence[Token], evidence: Sequence[Token], i: int, j: int) -> bool:
    """Whether "the sisters were 14" rests on "14-year-old twin sisters"."""
    if b.sort != "number" or not any(t.key in BE for t in lead) or _links(lead) or i - j > 7:
        return False
    return all((t.sort == "word" and not verb_like(t.text)) or t.text == "-" for t in evidence[j + 1 : i])


def _said_turned(b: Token, evidence: Sequence[Token], i: int, j: int) -> bool:
    """Whether "X said" rests on '..., said X'."""
    if b.key not in SPEECH_KEYS or evidence[j].key not in SPEECH_KEYS or j == 0 or evidence[j - 1].sort != "stop":
        return False
    return all(t.sort in ("name", "word", "function") and t.key not in LINKING for t in evidence[j + 1 : i])


def _attribution_moved(
    a: Token, lead: Sequence[Token], evidence: Sequence[Token], last: tuple[int, int], span: tuple[int, int]
) -> bool:
    """Whether "X said <clause>" rests on "<clause>, X said" or the other way round."""
    i, j = last[1], span[0]
    if _links(lead):
        return False
    if evidence[i].key in SPEECH_KEYS and a.key in SPEECH_KEYS and j < i:
        opening = i - 1
        while opening > span[1] and i - opening <= 8 and evidence[opening].sort != "stop":
            opening -= 1
        turned = evidence[i - 1].text in (",", '"')
        clear = evidence[opening].sort == "stop" or turned
        return (
            clear
            and _whole(evidence[span[1] + 1 : i])
            and (evidence[j].quoted or opens(evidence, _before(evidence, j)))
        )
    if "," in _stops(lead) or '"' in {t.text for t in lead} or evidence[i].quoted:
        after = evidence[span[1] + 1 : span[1] + 6]
        speaks = any(t.key in SPEECH_KEYS for t in after) or evidence[j].key in SPEECH_KEYS
        return (
            speaks
            and j < last[0]
            and opens(evidence, _before(evidence, j))
            and _whole(evidence[j:i])
            and ends(evidence, i)
        )
    return False


def _before(evidence: Sequence[Token], at: int) -> int:
    back = at - 1
    while back >= 0 and (evidence[back].key in DETERMINERS or evidence[back].group == evidence[at].group >= 0):
        back -= 1
    return back


def _whole(tokens: Sequence[Token]) -> bool:
    return not any(t.text == ";" or (t.key in DOUBTFUL_KEYS and not t.quoted) for t in tokens)
