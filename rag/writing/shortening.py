"""A sentence of coverage -> the shorter true sentences inside it, each one checked.

Sentence compression by deletion (Knight and Marcu 2002, https://doi.org/10.1016/S0004-3702(02)00222-9), with
hand-written cuts: asides between commas, attributions, openings and tails; a relative clause or an apposition
about a name can stand alone. A language model then only has to choose among sentences that all stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.checking import Grounds, check
from rag.claims.facts import tokenise
from rag.claims.spans import normalise, sentence_spans
from rag.claims.tokens import Token
from rag.claims.wording import (
    BE,
    COORDINATORS,
    DETERMINERS,
    HEDGES,
    PREPOSITIONS,
    RELATIVES,
    SPEECH,
    SUBORDINATE,
    folded,
    verb_like,
)

_SPEECH = folded(SPEECH)
_VERBS = BE | frozenset("has have had do does did".split()) | folded(HEDGES)
_LABEL = re.compile(r"^(?:\[[^\]]{1,24}\]|[•*▪-]|\d{1,2}[.:]\d{2}(?:\s?[ap]m)?\s?[-:])\s+", re.IGNORECASE)
_PLACING = frozenset("in at near outside across inside along".split())
_MAX_ASIDES = 3


def shortened(text: str, marked: Sequence[str], *, max_sentences: int = 24) -> tuple[str, ...]:
    """Short true sentences that hold all the marked words, the fullest first; the sentence itself among them.

    Quote marks and dashes come out in plain form. Empty where no sentence of `text` holds the marked words.
    """
    whole = normalise(text)
    grounds = Grounds.of([whole])
    wanted = [normalise(words).casefold() for words in marked]
    found: dict[str, None] = {}
    for a, b in sentence_spans(whole):
        sentence = _LABEL.sub("", whole[a:b].strip())
        if not all(words in sentence.casefold() for words in wanted):
            continue
        for candidate in _candidates(sentence):
            if candidate in found or not all(words in candidate.casefold() for words in wanted):
                continue
            if not check(candidate, grounds):
                found[candidate] = None
    return tuple(sorted(found, key=lambda s: -len(s))[:max_sentences])


def _candidates(sentence: str) -> Iterator[str]:
    tokens = tokenise(sentence)
    if not tokens:
        return
    yield _written(sentence)
    asides = _asides(tokens)[:_MAX_ASIDES]
    for size in range(len(asides) + 1):
        for chosen in combinations(asides, size):
            kept = [t for k, t in enumerate(tokens) if not any(a <= k <= b for a, b in chosen)]
            if not kept:
                continue
            for start in _starts(kept):
                for end in _ends(kept, start):
                    part = kept[start:end]
                    if _has_verb(part):
                        yield _written(_text(sentence, part))
    yield from _about_names(sentence, tokens)


def _asides(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """(first, last) tokens of what stands between two commas, dashes or brackets, the closing mark included."""
    marks = [k for k, t in enumerate(tokens) if t.text in (",", "(", ")") or t.key == "--"]
    pairs = zip(marks, marks[1:], strict=False)
    asides = [(a, b) for a, b in pairs if (tokens[a].key == "--") == (tokens[b].key == "--") and 1 < b - a < 14]
    fronted = tokens[0].key in PREPOSITIONS | SUBORDINATE
    verb = next((k for k, t in enumerate(tokens) if _verb(t)), len(tokens))
    return [
        # The closing comma stays where it closes something else as well: an opening, or before "who".
        (a, b - 1 if (fronted and b < verb) or tokens[min(b + 1, len(tokens) - 1)].key in RELATIVES else b)
        for a, b in asides
        if tokens[a + 1].key not in COORDINATORS and not tokens[a].quoted
    ]


def _starts(tokens: Sequence[Token]) -> list[int]:
    starts = [0]
    for k, token in enumerate(tokens[1:-1], 1):
        if token.quoted:
            continue
        before = tokens[k - 1]
        opening = tokens[0].key in PREPOSITIONS | SUBORDINATE or tokens[0].sort in ("date", "time")
        joined = before.key in ("and", "but") and k > 1 and tokens[k - 2].text == ","
        if joined or before.text in (";", ":") or (opening and before.text == "," and k < 12):
            blocked = token.key in PREPOSITIONS | COORDINATORS | RELATIVES | SUBORDINATE or token.sort == "stop"
            verb = next((n for n in range(k, len(tokens)) if _verb(tokens[n])), len(tokens))
            led = any(t.text == "," or t.key == "that" for t in tokens[k : min(verb, k + 3)])
            if not blocked and not led and not _verb(token) and not any(t.text == "," for t in tokens[k:verb]):
                starts.append(k)
    return starts


def _ends(tokens: Sequence[Token], start: int) -> list[int]:
    ends = [len(tokens)]
    for k in range(start + 3, len(tokens)):
        token, before, after = tokens[k], tokens[k - 1], tokens[min(k + 1, len(tokens) - 1)]
        if token.quoted or not (before.content or before.text == '"'):
            continue
        stop = token.text in (",", ";", ":") or token.key == "--"
        breaks = (stop and not _verb(after)) or token.key in (SUBORDINATE | RELATIVES) - {"that", "than", "without"}
        if breaks or _loose(tokens, k):
            ends.append(k)
    return ends


def _loose(tokens: Sequence[Token], k: int) -> bool:
    """Whether a place hangs on at the end and can go: no figure or date in it, and no verb leaning on it."""
    before, rest = tokens[k - 1], tokens[k:]
    if tokens[k].key not in _PLACING or not before.content or (before.sort == "word" and verb_like(before.text)):
        return False
    leaning = any(t.key in PREPOSITIONS for t in tokens[max(0, k - 4) : k]) or before.key in ("now", "back", "only")
    return not leaning and not any(t.sort in ("number", "date", "time") or _verb(t) for t in rest)


def _verb(token: Token) -> bool:
    return token.key in _VERBS or token.key in _SPEECH or (token.sort == "word" and verb_like(token.text))


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether this is a sentence: a verb after its first word, outside quote marks unless all of it is quoted."""
    if not tokens or (tokens[0].key in SUBORDINATE and not any(t.text == "," for t in tokens)):
        return False
    subject = next((k for k, t in enumerate(tokens) if t.content), len(tokens))
    spoken = all(t.quoted for t in tokens if t.content)
    return any(_verb(t) and (spoken or not t.quoted) for t in tokens[subject + 1 :])


def _about_names(sentence: str, tokens: Sequence[Token]) -> Iterator[str]:
    """From "X, who leads Y, says" comes "X leads Y"; from "X, the mayor of Y," "X is the mayor of Y"."""
    for a, b in [*_asides(tokens), *_closing(tokens)]:
        first = a - 1
        while first > 0 and tokens[first].group >= 0 and tokens[first - 1].group == tokens[first].group:
            first -= 1
        if tokens[a - 1].sort != "name" or a + 2 >= b:
            continue
        name, inside = _text(sentence, tokens[first:a]), tokens[a + 1 : b]
        if inside[0].key in ("who", "which"):
            yield _written(f"{name} {_text(sentence, inside[1:])}")
        elif (
            inside[0].key in DETERMINERS and (first == 0 or tokens[first - 1].key in _SPEECH) and not _has_verb(inside)
        ):
            yield from (_written(f"{name} {be} {_text(sentence, inside)}") for be in ("is", "was"))


def _closing(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    commas = [k for k, t in enumerate(tokens) if t.text == ","]
    return [(commas[-1], len(tokens) - 1)] if commas and tokens[-1].text == "." else []


def _text(sentence: str, tokens: Sequence[Token]) -> str:
    out, at = "", -1
    for token in tokens:
        if at != -1:
            between = sentence[at : token.start] if token.start >= at else ""
            out += between if not between.strip() else " "
        if token.start >= at:
            out += sentence[max(token.start, at) : token.end]
            at = token.end
    return out


def _written(text: str) -> str:
    text = re.sub(r"\s+([,.;:)])", r"\1", text).strip(" ,;:-")
    if text.count('"') % 2:
        text = text.strip('"') if text.strip('"').count('"') == 0 else text
    text = text[:1].upper() + text[1:]
    return text if re.search(r"""[.!?]["']?$""", text) else text + "."
