"""Text -> tokens that claims can be compared by: words, numbers, dates, clock times, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.claims.joining import join_dates, join_numbers
from rag.claims.numerals import from_digits
from rag.claims.spans import quote_spans, sentence_spans
from rag.claims.tokens import Token
from rag.claims.wording import FUNCTION, fold

_CONTRACTED = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "cannot": ("can", "not"),
}
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am"}

_TOKEN = re.compile(
    r"""(?P<link>https?://\S+|\b\w+(?:\.\w+)*\.(?:com|org|net|gov|uk|co)(?:/\S*)?\b|[@\#]\w+)
      |(?P<iso>\b\d{4}-\d{2}-\d{2}\b)
      |(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?)
      |(?P<digits>[$£€¥]?\d+(?:,\d{3})*(?:\.\d+)?(?:[a-z%°]+\b|%)?|[$£€¥]?\d[\d,]*(?:\.\d+)?)
      |(?P<dotted>\b(?:[^\W\d_]\.){2,})
      |(?P<word>[^\W_]+(?:[’'][^\W\d_]+)*)
      |(?P<stop>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s?([ap])?", re.IGNORECASE)
_TITLE_WORDS = frozenset(
    "president prime minister mr mrs ms dr sir lord lady captain governor mayor king queen prince princess pope "
    "chancellor secretary senator general colonel major sergeant judge professor councillor".split()
)


def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens of normalised text, numbers and dates joined, qualifiers attached to their numbers."""
    raw = [token for found in _TOKEN.finditer(text) for token in _read(found)]
    raw = _names(join_dates(join_numbers(raw)), text)
    spans = quote_spans(text)
    return tuple(replace(t, quoted=any(a <= t.start and t.end <= b for a, b in spans)) for t in raw)


def loosened(sentences: Sequence[tuple[Token, ...]]) -> tuple[tuple[Token, ...], ...]:
    """Sentences of one text, titles and first names freed (group -1) from names that stand without them too.

    "Anna Hale" may be called "Hale" where the text calls her so; "New York" is never "York".
    """
    sizes: dict[tuple[int, int], list[Token]] = {}
    for n, tokens in enumerate(sentences):
        for token in tokens:
            if token.sort == "name" and token.group >= 0:
                sizes.setdefault((n, token.group), []).append(token)
    alone = {group[0].key for group in sizes.values() if len(group) == 1}
    free: set[tuple[int, int]] = set()
    for (n, _), group in sizes.items():
        kept = len(group) - 1
        while kept and group[kept].key not in alone and not all(t.key in _TITLE_WORDS for t in group[:kept]):
            kept -= 1
        free |= {(n, token.start) for token in group[:kept]}
    return tuple(
        tuple(replace(t, group=-1) if t.sort == "name" and (n, t.start) in free else t for t in tokens)
        for n, tokens in enumerate(sentences)
    )


def _read(found: re.Match[str]) -> Iterator[Token]:
    text, start, end, shape = found[0], found.start(), found.end(), found.lastgroup
    if shape == "link":
        yield Token("name", text.casefold(), text, start, end)
    elif shape == "iso":
        year, month, day = text.split("-")
        yield Token("date", f"{int(day)}/{int(month)}/{year}", text, start, end)
    elif shape == "clock" and (clock := _clock(text)):
        yield Token("time", clock, text, start, end)
    elif shape in ("digits", "clock"):
        value = from_digits(text)
        if value:
            yield Token("number", f"{value[0]} {value[1]}", text, start, end, currency=value[2])
        else:
            yield Token("name", text.casefold(), text, start, end)
    elif shape == "stop":
        around = found.string[start - 1 : start] + found.string[end : end + 1]
        yield Token("stop", "--" if text == "-" and " " in around else text, text, start, end)
    else:
        yield from _read_word(text.rstrip(".") if shape == "dotted" else text, start, end)


def _read_word(text: str, start: int, end: int) -> Iterator[Token]:
    low = text.casefold().replace("’", "'")
    if low in _CONTRACTED:
        first, second = _CONTRACTED[low]
        yield Token("word", first, text, start, end)
        yield Token("word", second, text, start, end)
        return
    if low.endswith("n't"):
        base = low[:-3]
        yield Token("function" if base in FUNCTION else "word", base, text, start, end)
        yield Token("word", "not", text, start, end)
        return
    for ending, word in _ENDINGS.items():
        if low.endswith(ending):
            yield Token("word", low[: -len(ending)], text, start, end)
            yield Token("function" if word in FUNCTION else "word", word, text, start, end)
            return
    owner = low.endswith(("'s", "s'"))
    bare = text[:-2] if low.endswith("'s") else text
    low = bare.casefold()
    if owner and low in ("it", "that", "there", "he", "she", "who", "what", "here"):
        yield Token("function" if low in FUNCTION else "word", low, text, start, end)
        yield Token("function", "is", text, start, end)
        return
    has_digit = any(c.isdigit() for c in bare)
    if has_digit or (bare.isupper() and len(bare) > 1):
        yield Token("name", low.replace(".", ""), text, start, end, owner=owner)
    elif low in FUNCTION:
        yield Token("function", low, text, start, end)
    else:
        yield Token("word", low, text, start, end, owner=owner)


def _clock(text: str) -> str | None:
    found = _CLOCK.match(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def _names(tokens: list[Token], text: str) -> list[Token]:
    starts = {a for a, _ in sentence_spans(text)} | {a for a, _ in quote_spans(text)}
    out: list[Token] = []
    group = 0
    for at, token in enumerate(tokens):
        if token.sort == "word" and token.text[:1].isupper():
            low = token.key
            before = text[: token.start].rstrip(" \"'(")
            first = not before or token.start in starts or before.endswith((".", "!", "?", ":", "•"))
            inner = (
                at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper() and tokens[at + 1].sort in ("word", "name")
            )
            if first and not token.owner and not inner:
                out.append(replace(token, key=fold(low)))
                continue
            token = replace(token, sort="name", key=low)
        elif token.sort == "word":
            token = replace(token, key=fold(token.key))
        if token.sort == "name":
            joined = (
                bool(out)
                and out[-1].sort == "name"
                and not out[-1].owner
                and text[out[-1].end : token.start] in (" ", "-")
            )
            group += 0 if joined else 1
            token = replace(token, group=group)
        out.append(token)
    return out
