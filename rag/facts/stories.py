"""Whose story a question asks for: the page that its names pin, and the entries of it that speak of them.

Many stories share a store and are worded alike ("the number of injured has risen"); only their names tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index.lexical import lexical_query
from index.records import Entry
from index.store import Store
from rag.facts.stated import Statement, source_span
from rag.words import MONTHS, WEEKDAYS, content_stems, names, stem, stems

MAX_NAMES = 8
NAMED_CHUNKS = 400
CALENDAR = frozenset((*WEEKDAYS, *MONTHS, "gmt", "bst", "utc", "am", "pm"))
_PLACED = re.compile(
    r"\b(?:in|at|near|of|off|outside|around|over) (?:the )?(?P<name>[A-Z][\w’'-]++)"
    r"(?! (?:Street|Road|Lane|Avenue|Square|Bridge|Hospital|School|Station|Park|Hall|Hill|Way|Place|House|Court"
    r"|Church)\b)"
)


def story_names(question: str) -> list[str]:
    """Names of a question that can tell stories apart: no numbers, days or months."""
    found = [
        n for n in names(question) if not any(c.isdigit() for c in n) and n.lower() not in CALENDAR and content_stems(n)
    ]
    return list(dict.fromkeys(_bare(n) for n in found))[:MAX_NAMES]


def home_page(store: Store, question: str, allowed: np.ndarray | None, titles: Mapping[str, str]) -> str | None:
    """The one page that holds more of the question's names than any other; None where no page stands out."""
    held: dict[str, int] = {}
    for name in story_names(question):
        found = store.lexical(lexical_query(name), NAMED_CHUNKS, allowed)
        pages = {chunk.page_id for chunk in store.chunks([key for key, _ in found])}
        pages.update(titled([name], titles))
        for page in pages:
            held[page] = held.get(page, 0) + 1
    ranked = sorted(held.items(), key=lambda item: -item[1])
    stands_out = bool(ranked) and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return ranked[0][0] if stands_out else None


def titled(forms: Sequence[str], titles: Mapping[str, str]) -> Iterator[str]:
    """Pages whose title holds one of the forms of a name, as a word of its own: "Lee" stands not in "Leeds"."""
    low = "|".join(re.escape(form.casefold()) for form in forms)
    held = re.compile(rf"(?<!\w)(?:{low})(?:['’]?s)?(?!\w)")
    return (page for page, title in titles.items() if title and held.search(title.casefold()))


def about(question: str, entries: Sequence[Entry], title: str = "") -> list[Entry]:
    """Entries that speak of the place or person asked about, in their own words or by their page's title.

    An entry that names none of them counts where its page's title does and it is set nowhere else. All entries
    come back where none of them, and no title, holds a name of the question.
    """
    named = {stem(n) for n in story_names(question)}
    if not named:
        return list(entries)
    heads = stems(title)
    held = [len(named & stems(f"{e.title or ''} {e.body} {e.text('captions')}")) for e in entries]
    most = max(held, default=0)
    titled = len(named & heads)
    if most == 0:
        return list(entries)
    return [
        e for e, own in zip(entries, held, strict=True)
        if 2 * own >= most or (titled and not elsewhere(f"{e.title or ''}. {e.body}", named | heads))
    ]  # fmt: skip


def elsewhere(text: str, own: set[str]) -> bool:
    """Whether a text is set at places and none of them is among `own`."""
    placed = places(text)
    return bool(placed) and not placed & own


def places(text: str) -> set[str]:
    """Stems of the names that a text sets something at: "in Norton", "near Ashby"."""
    return {stem(m["name"]) for m in _PLACED.finditer(text)}


def of_place(question: str, found: Sequence[Statement]) -> list[Statement]:
    """Statements without those set elsewhere, where others say outright that they speak of what is asked about."""
    named = {stem(n) for n in story_names(question)}
    outright = [bool(named and named & _spoken_of(s.text)) for s in found]
    if not any(outright):
        return list(found)
    return [s for s, told in zip(found, outright, strict=True) if told or not elsewhere(s.text, named)]


def _spoken_of(text: str) -> set[str]:
    """Stems of a sentence's words without those that say whose word it is: "Ashby council" speaks of any place."""
    start, end = source_span(text) or (0, 0)
    return stems(f"{text[:start]} {text[end:]}")


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)
