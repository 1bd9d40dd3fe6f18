"""The entries a question set speaks of, and which of them hold a question's evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eval.questions import Item, Proof
from index.records import Entry, Page, Reading
from rag.records import Answer


@dataclass(frozen=True, slots=True)
class Coverage:
    """Entries by `key`, and the names each page goes by (id, file name with and without its ending, URL)."""

    entries: Mapping[str, Entry]
    names: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, pages: Iterable[Page], entries: Iterable[Entry]) -> Coverage:
        """Gather what a store or a reading holds."""
        names: dict[str, set[str]] = {}
        for page in pages:
            for name in _names(page):
                names.setdefault(name, set()).add(page.id)
        return cls({key(e.page_id, e.id): e for e in entries}, {name: frozenset(ids) for name, ids in names.items()})

    @classmethod
    def of_readings(cls, readings: Iterable[Reading]) -> Coverage:
        """Gather readings, for scoring a system that has no store."""
        kept = list(readings)
        return cls.of((r.page for r in kept), (e for r in kept for e in r.entries))

    @classmethod
    def of_answer(cls, item: Item, answer: Answer) -> Coverage:
        """Gather what one answer shows, for scoring a system whose entries cannot be looked at.

        The entries of its evidence, its quotes standing for the other entries it cites, and the question's own
        evidence, so that what was not found counts as missed. All of them count as the question's page.
        """
        shown = [e.entry for e in answer.evidence]
        known = {key(e.page_id, e.id) for e in shown}
        for c in answer.citations:
            if key(c.page_id, c.entry_id) not in known:
                shown.append(Entry(c.entry_id, c.page_id, 0, published=c.published, title=c.title, body=c.quote))
        page = item.pages[0]
        asked = [
            Entry(f"evidence {i}", page, i, published=p.published, body=p.quote) for i, p in enumerate(item.evidence)
        ]
        ids = frozenset({page, *(entry.page_id for entry in shown)})
        return cls({key(e.page_id, e.id): e for e in (*asked, *shown)}, {name: ids for name in item.pages})

    def page_ids(self, item: Item) -> frozenset[str]:
        """Ids of the pages that the question names; empty where none of them is here."""
        return frozenset().union(*(self.names.get(name, frozenset()) for name in item.pages))

    def proving(self, item: Item) -> tuple[frozenset[str], ...]:
        """Keys of the entries that hold each piece of evidence an answer needs; any of a piece's entries proves it."""
        return tuple(self._holding(item, proofs) for proofs in item.needed)

    def speaking(self, item: Item) -> frozenset[str]:
        """Keys of all entries that the question's evidence names, needed or not."""
        return self._holding(item, item.evidence)

    def _holding(self, item: Item, proofs: Iterable[Proof]) -> frozenset[str]:
        pages = self.page_ids(item)
        held: set[str] = set()
        for proof in proofs:
            found = {k for k, e in self.entries.items() if e.page_id in pages and holds(e, proof)}
            if not found and proof.published:  # words that reading leaves out, such as a byline's second line
                found = {k for k, e in self.entries.items() if e.page_id in pages and _at(e, proof)}
            held |= found
        return frozenset(held)


def key(page_id: str, entry_id: str) -> str:
    """One name for an entry among all pages; an entry's id is only unique on its page."""
    return f"{page_id} {entry_id}"


def holds(entry: Entry, proof: Proof) -> bool:
    """Whether the entry stands at the proof's time and holds its quote, white space aside."""
    return _at(entry, proof) and squeezed(proof.quote) in squeezed(full_text(entry))


def _at(entry: Entry, proof: Proof) -> bool:
    return same_moment(entry.published, proof.published)


def full_text(entry: Entry) -> str:
    """All words of an entry that a citation may rest on: title, author, body, captions."""
    parts = (entry.title or "", entry.author or "", entry.body, *entry.captions)
    return "\n".join(part for part in parts if part)


def same_moment(one: datetime | None, other: datetime | None) -> bool:
    """Whether two times are the same minute; a floating time is compared by its clock alone."""
    if one is None or other is None:
        return one is other
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return abs((one - other).total_seconds()) < 60


def squeezed(text: str) -> str:
    """Text without white space, so that wrapped and unwrapped prints of it compare equal."""
    return "".join(text.split())


def _names(page: Page) -> set[str]:
    source = Path(page.source.split("?")[0]) if page.source else None
    names = {page.id, page.source, page.url or ""}
    if source:
        names |= {source.name, source.stem}
    return names - {""}
