"""Ids of entries: the same for the same entry however often its page is read, edited or grown."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.records import Entry


def with_ids(entries: Sequence[Entry], *, newest_first: bool) -> tuple[Entry, ...]:
    """Entries with their ids and positions.

    An id is made of the page, the printed clock and the title, never of the body, the date or the zone. Entries
    that share all three are counted from the oldest, which stays put as new ones come.
    """
    seen: Counter[str] = Counter()
    placed = list(enumerate(entries))
    done: list[Entry] = []
    for at, entry in reversed(placed) if newest_first else placed:
        name = _name(entry)
        seen[name] += 1
        done.append(replace(entry, id=f"{name}-{seen[name]}" if seen[name] > 1 else name, position=at))
    return tuple(sorted(done, key=lambda e: e.position))


def _name(entry: Entry) -> str:
    if entry.clock:
        when = entry.clock.strftime("%H%M%S" if entry.clock.second else "%H%M")
    else:
        when = entry.kind
    key = "\n".join((entry.page_id, when, " ".join((entry.title or "").lower().split())))
    return f"{when}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
