"""What a new reading of a page changes in the store: compared first, then written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.errors import StoreError
from index.records import Entry, Reading


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the store holds it, with its row's key."""

    key: int
    entry: Entry
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Entries of a reading by what must be done; `gone` are rows to withdraw, `moved` only change place."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[Entry, ...] = ()
    gone: tuple[Stored, ...] = ()

    @property
    def to_index(self) -> tuple[Entry, ...]:
        """Entries whose chunks must be made anew."""
        return self.added + self.changed

    @property
    def any(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.added or self.changed or self.moved or self.gone)

    def kept(self, stored: Mapping[str, Stored]) -> bool:
        """Whether the reading shares an entry with what was stored, or there was or is none to share."""
        shared = self.unchanged or any(e.id in stored for e in self.changed)
        return bool(shared or not stored or not self.added)


def compare(stored: Mapping[str, Stored], reading: Reading) -> Changes:
    """Compare a reading with the stored entries of its page, by entry id.

    An entry that was withdrawn and is there again counts as changed. A reading without entries withdraws
    nothing: it rather is a page that failed to load than one whose every entry was taken back.

    Raises:
        StoreError: two entries of the reading share an id, or one belongs to another page.

    """
    _check(reading)
    added: list[Entry] = []
    changed: list[Entry] = []
    unchanged: list[str] = []
    moved: list[Entry] = []
    for entry in reading.entries:
        held = stored.get(entry.id)
        entry = _settled(held.entry, entry) if held else entry
        if held is None:
            added.append(entry)
        elif held.withdrawn or replace(held.entry, position=entry.position) != entry:
            changed.append(entry)
        else:
            unchanged.append(entry.id)
            if held.entry.position != entry.position:
                moved.append(entry)
    ids = {entry.id for entry in reading.entries}
    gone = [s for name, s in stored.items() if name not in ids and not s.withdrawn] if ids else []
    return Changes(tuple(added), tuple(changed), tuple(unchanged), tuple(moved), tuple(gone))


def _settled(old: Entry, new: Entry) -> Entry:
    """Entry with the time it was first read with, where its page prints only its age: that grows at each reading."""
    if old.clock or new.clock or old.published is None or new.published is None:
        return new
    return replace(new, stamp=old.stamp, published=old.published, zone=old.zone)


def words_differ(old: Entry, new: Entry) -> bool:
    """Whether the printed words of an entry were edited, rather than its time or place."""
    return (old.title, old.body, old.captions) != (new.title, new.body, new.captions)


def _check(reading: Reading) -> None:
    seen: set[str] = set()
    for entry in reading.entries:
        if entry.page_id != reading.page.id:
            raise StoreError(
                f"Entry {entry.id!r} belongs to page {entry.page_id!r}, not to {reading.page.id!r}. "
                "Give each page its own reading."
            )
        if entry.id in seen:
            raise StoreError(f"Page {reading.page.id!r} has two entries {entry.id!r}. Give each its own id.")
        seen.add(entry.id)


def as_revision(entry: Entry) -> tuple[str | None, str, Sequence[str], Sequence[str], str | None]:
    """Values of a revision row: title, body, captions, quotes, time of the printed update."""
    updated = entry.updated.isoformat() if entry.updated else None
    return entry.title, entry.body, entry.captions, entry.quotes, updated
