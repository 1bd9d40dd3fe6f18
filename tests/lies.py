"""A generator that lies: sentences made false in one place, from sentences that are true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.claims.facts import tokenise
from rag.claims.spans import normalise, quote_spans
from rag.claims.tokens import Token

NUMBER_WORDS = "two three four six seven nine twelve fifteen forty ninety".split()
INVENTED_NAMES = ("Marlow", "Ostrov", "Quenby Harcourt", "Tessaly")
INVENTED_WORDS = ("secretly", "bombed", "resigned", "drowned")
NOUNS = ("soldiers", "houses", "children", "metres", "tonnes", "minutes")
MONTHS = "January February April June August October December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
AUXILIARIES = "is are was were has have had will would can could may might should must did does".split()


def _put(text: str, token: Token, new: str) -> str:
    return text[: token.start] + new + text[token.end :]


def wrong_numbers(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for token in tokens:
        if token.sort != "number" or token.key.endswith("some"):
            continue
        raw = text[token.start : token.end]
        if found := re.search(r"\d", raw):
            digit = str((int(found[0]) + 3) % 10 or 4)
            yield _put(text, token, raw[: found.start()] + digit + raw[found.end() :])
            yield _put(text, token, raw[: found.start()] + "7" + raw[found.start() :])
        else:
            for word in NUMBER_WORDS[:3]:
                if word != raw.lower():
                    yield _put(text, token, word)


def swapped_numbers(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    numbers = [t for t in tokens if t.sort == "number" and not t.key.endswith("some")]
    for a, b in zip(numbers, numbers[1:], strict=False):
        if (a.key, a.currency) != (b.key, b.currency):
            yield text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]


def wrong_units(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for a, b in zip(tokens, tokens[1:], strict=False):
        if a.sort == "number" and b.sort == "word" and not b.text[:1].isupper():
            for noun in NOUNS[:3]:
                if noun != b.text:
                    yield _put(text, b, noun)


def wrong_names(text: str, tokens: tuple[Token, ...], others: tuple[str, ...]) -> Iterator[str]:
    for token in tokens:
        if token.sort == "name" and token.text.isalpha():
            for name in (INVENTED_NAMES[len(token.text) % 4], *[o for o in others if o not in text][:2]):
                yield _put(text, token, name)


def swapped_names(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    groups: dict[int, list[Token]] = {}
    for token in tokens:
        if token.sort == "name" and not token.owner:
            groups.setdefault(token.group, []).append(token)
    spans = [(g[0].start, g[-1].end) for g in groups.values()]
    for (a, b), (c, d) in zip(spans, spans[1:], strict=False):
        joined = re.fullmatch(r",?\s(?:and|or|,)?\s?(?:the\s)?", text[b:c])
        if text[a:b] != text[c:d] and not joined:
            yield text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def negations(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for token in tokens:
        if token.text.lower() in AUXILIARIES and token.end <= len(text) and "'" not in token.text:
            yield text[: token.end] + " not" + text[token.end :]
    for found in re.finditer(r"\b(?:not|never|no)\s", text):
        yield text[: found.start()] + text[found.end() :]
    for found in re.finditer(r"n't\b", text):
        yield text[: found.start()] + text[found.end() :]
    for found in re.finditer(r"\bdenied\b", text):
        yield text[: found.start()] + "confirmed" + text[found.end() :]


def misquotes(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for a, b in quote_spans(text):
        words = text[a:b].split(" ")
        if len(words) > 2:
            yield text[:a] + " ".join([*words[:1], *words[2:]]) + text[b:]
            yield text[:a] + " ".join([*words[:-1], "never", words[-1]]) + text[b:]
            yield text[:a] + " ".join([words[1], words[0], *words[2:]]) + text[b:]


def wrong_speakers(text: str, tokens: tuple[Token, ...], others: tuple[str, ...]) -> Iterator[str]:
    for a, b in quote_spans(text):
        if b - a > 12 and text[a:b].strip(" ."):
            for name in [o for o in others if o not in text][:2]:
                yield f'{name} said: "{text[a:b].strip(" ,.")}."'


def wrong_qualifiers(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    phrases = r"\b(?:more than|at least|up to|nearly|almost|about|around|fewer than|less than|over|some)\s(?=[£$€]?\d)"
    for found in re.finditer(phrases, text, re.IGNORECASE):
        yield text[: found.start()] + text[found.end() :]
        other = (
            "fewer than "
            if "over" in found[0].lower() or "more" in found[0].lower() or "least" in found[0].lower()
            else "more than "
        )
        if other.strip() != found[0].strip().lower():
            yield text[: found.start()] + other + text[found.end() :]


def wrong_times(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for token in tokens:
        if token.sort == "time":
            yield _put(text, token, "03:17")
        if token.sort == "date" and "/" not in token.key:
            yield _put(text, token, next(d for d in DAYS if d.lower() != token.key))
        if token.sort == "date" and "/" in token.key:
            raw = text[token.start : token.end]
            for month in MONTHS:
                if not re.search(month[:3], raw):
                    yield _put(text, token, re.sub(r"[A-Z][a-z]+", month, raw))
                    break
            if re.search(r"\d", raw):
                yield _put(text, token, re.sub(r"\d{1,2}", "31" if "31" not in raw else "30", raw, count=1))


def invented_words(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    words = [t for t in tokens if t.sort == "word" and len(t.text) > 4 and t.text.islower()]
    for k, token in enumerate(words[:4]):
        yield _put(text, token, INVENTED_WORDS[k % 4])


def dropped_doubt(text: str, tokens: tuple[Token, ...]) -> Iterator[str]:
    for found in re.finditer(r"\b(?:may|might|could|would|will)\s(?:be\s)?", text):
        yield text[: found.start()] + ("was " if "be" in found[0] else "") + text[found.end() :]


def lies(sentence: str, others: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(kind of lie, false sentence) for every way of making one true sentence false."""
    text = normalise(sentence)
    tokens = tokenise(text)
    makers = {
        "number": wrong_numbers(text, tokens),
        "swapped numbers": swapped_numbers(text, tokens),
        "unit": wrong_units(text, tokens),
        "name": wrong_names(text, tokens, others),
        "swapped names": swapped_names(text, tokens),
        "negation": negations(text, tokens),
        "misquote": misquotes(text, tokens),
        "speaker": wrong_speakers(text, tokens, others),
        "qualifier": wrong_qualifiers(text, tokens),
        "time": wrong_times(text, tokens),
        "word": invented_words(text, tokens),
        "doubt": dropped_doubt(text, tokens),
    }
    for kind, made in makers.items():
        yield from ((kind, lie) for lie in made if lie not in text)
