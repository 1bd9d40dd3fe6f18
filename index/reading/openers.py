"""Names that open the texts of a page's entries: "Ann Hill The bridge is shut.", "Ann: The bridge is shut."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.reading.people import could_name, holds_office

Opened = tuple[str, str]  # an author's name, and the text without it

_WORD = r"(?:[A-ZÀ-Þ][\w'’-]*|[A-ZÀ-Þ]\.)"
_PLAIN = re.compile(rf"{_WORD}\s{_WORD}(?:\s{_WORD})?(?=\s+[A-ZÀ-Þ“\"‘«„¡¿])")
_PAIR = re.compile(rf"{_WORD}\s{_WORD}(?=\s+[A-ZÀ-Þ“\"‘«„¡¿])")
_CALLED = re.compile(rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,2}})\s?:\s+(?=\S)")
_CAPITALS = re.compile(r"(?:[A-ZÀ-Þ]{2,}\s){1,3}(?=[A-ZÀ-Þ“\"«„]\w*[a-zà-ÿ])")
_LEAST, _MOST = 4, 0.8
_CALLED_MOST, _DISTINCT = 0.9, 3
_LEAST_CHARS = 3


def split_names(texts: Sequence[str]) -> list[Opened | None]:
    """Each text's author and its other words, where names that come again open nearly all the texts.

    None for a text that no name opens. A list of None where the page has no such habit.
    """
    return _called(texts) or _plain(texts) or [None] * len(texts)


def _called(texts: Sequence[str]) -> list[Opened | None]:
    """Names before a colon: few of them, each more than once."""
    found = [_CALLED.match(text) for text in texts]
    times = Counter(m["name"] for m in found if m and _could_write(m["name"]))
    said = sum(n for n in times.values() if n > 1)
    if len(texts) < _LEAST or said < _CALLED_MOST * len(texts) or not 1 < len(times) * _DISTINCT <= len(texts):
        return []
    return [
        (m["name"], text[m.end() :]) if m and m["name"] in times else None for m, text in zip(found, texts, strict=True)
    ]


def _could_write(name: str) -> bool:
    return len(name) >= _LEAST_CHARS and could_name(name) and not holds_office(name)


def _plain(texts: Sequence[str]) -> list[Opened | None]:
    """Names without any mark after them: of two words, or of three where the third always follows."""
    pairs = [m[0] if (m := _PAIR.match(text)) else "" for text in texts]
    longer = [m[0] if (m := _PLAIN.match(text)) else "" for text in texts]
    heads = Counter(" ".join(text.split(maxsplit=2)[:2]) for text in texts)
    wholes = Counter(longer)
    names = [
        whole if whole and wholes[whole] == heads[" ".join(whole.split()[:2])] > 1 else pair
        for pair, whole in zip(pairs, longer, strict=True)
    ]
    named = [name for name in names if name]
    if len(named) < max(_LEAST, _MOST * len(texts)) or not len(named) > len(set(named)) > 1:
        return []
    return [_split(text, name) for text, name in zip(texts, names, strict=True)]


def _split(text: str, name: str) -> Opened | None:
    if not name and (capitals := _CAPITALS.match(text)):
        name = capitals[0].strip()
    return (name, text[len(name) :].lstrip()) if name else None
