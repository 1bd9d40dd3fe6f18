"""How fresh coverage is: the newest entry of each page, its age, and both in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.records import Entry, Page
from index.times import entry_moment, time_key, time_label

OLD_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Freshness:
    """One page's newest entry. `age` is None where the page states no zone or no date to count from.

    `warnings` say what a reader must know of how the page is kept up to date; `withdrawn` that it has been taken out
    of the coverage; `renewable` that its source can be read again from here.
    """

    page: Page
    entry_count: int
    newest: Entry | None
    age: timedelta | None
    warnings: tuple[str, ...] = ()
    withdrawn: bool = False
    renewable: bool = False

    @property
    def name(self) -> str:
        """What to call the page."""
        return self.page.name

    @property
    def label(self) -> str:
        """Newest entry's time as shown, "no timed entry" where the page has none."""
        return time_label(self.newest) if self.newest else "no timed entry"

    @property
    def is_old(self) -> bool:
        """Whether a reader must be warned; pages whose age cannot be told are not called old."""
        return self.age is not None and self.age > OLD_AFTER


def page_freshness(page: Page, entries: Sequence[Entry], now: datetime) -> Freshness:
    """Freshness of one page at `now` (timezone-aware)."""
    timed = [(time_key(moment), entry) for entry in entries if (moment := entry_moment(entry)) is not None]
    newest = max(timed, key=lambda pair: pair[0])[1] if timed else None
    return Freshness(page, len(entries), newest, age_of(newest, now))


def in_order(rows: Iterable[Freshness]) -> tuple[Freshness, ...]:
    """Pages with the newest entry first; pages without a known age last."""
    return tuple(sorted(rows, key=lambda row: (row.age is None, row.age or timedelta(0), row.name)))


def age_in_words(age: timedelta) -> str:
    """Age as people say it: "just now", "4 minutes", "3 hours", "41 days", "2 years"."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((525_960, "year"), (1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "just now"


def age_of(entry: Entry | None, now: datetime) -> timedelta | None:
    """Age of a dated entry; without a zone only whole days can be told, and only from the third on."""
    if entry is None or entry.published is None:
        return None
    if entry.published.tzinfo is not None:
        return max(now - entry.published, timedelta(0))
    days = (now.date() - entry.published.date()).days
    return timedelta(days=days) if days > 2 else None
