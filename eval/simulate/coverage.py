"""Simulated coverage: pages made one by one from the seed, so that any number of them takes the same memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from eval.simulate.asked import Asked
from eval.simulate.events import Event, SimEntry, make_event
from eval.simulate.kinds import kinds_of
from eval.simulate.layouts import Layout, Story, choose_layout, render
from eval.simulate.questions import ask_about
from eval.simulate.templates import SPLITS, Split
from index.errors import QuestionError
from index.reading import read_text
from index.records import Entry, Page, Reading

FEWEST, MOST = 50, 1_000_000
PAGE_ENTRIES = (50, 66)
FIRST_DAY = datetime(2021, 1, 4)  # noqa: DTZ001  the pages' own clocks; a zone is put to them where they print one
DAYS = 2_000
EARLY_MIN, LATE_MIN = (5 * 60, 11 * 60), (15 * 60, 19 * 60)
NIGHTLY = frozenset({"election", "launch", "siege", "match", "awards"})


@dataclass(frozen=True, slots=True)
class SimPage:
    """One page: its event, its layout and its questions."""

    name: str
    event: Event
    layout: Layout
    questions: tuple[Asked, ...]

    @property
    def file(self) -> str:
        """File name, by which the questions name the page."""
        return f"{self.name}.{self.layout.suffix}"

    def text(self) -> str:
        """The page as it stands in the end."""
        return self._print({e.id: e.paragraphs for e in self.event.entries})

    def text_before_edits(self) -> str:
        """The page as it would stand with its entries' first words."""
        return self._print({e.id: e.before or e.paragraphs for e in self.event.entries})

    def reading(self) -> Reading:
        """What the reader makes of the page."""
        return read_text(self.text(), source=self.file)

    def captures(self) -> list[tuple[datetime, Reading]]:
        """What was read of the page over the day, each with its moment: before and after every edit, and at last.

        Moments are instants, taken in UTC where the page has no zone.
        """
        entries = self.event.entries
        last = max(e.published for e in entries) + timedelta(minutes=90)
        edits = {e.edited for e in entries if e.edited}
        moments = {last} | {at for edit in edits for at in (edit - timedelta(minutes=1), edit)}
        return [(self.aware(at), reading) for at in sorted(moments) if (reading := self.capture(at))]

    def capture(self, at: datetime) -> Reading | None:
        """What the page held at a moment of its own clock; None before its first entry."""
        shown = [e for e in self.event.entries if e.published <= at]
        return read_text(self._print({e.id: _words(e, at) for e in shown}), source=self.file) if shown else None

    def records(self) -> Reading:
        """The page as records, without being printed and read."""
        page = Page(self.file, title=self.event.title, source=self.file, zone=self.layout.zone)
        entries = tuple(
            Entry(
                e.id, page.id, i, published=self.published(e), title=e.title if self.layout.titled else None,
                author=e.author, body="\n\n".join(e.paragraphs), kind=e.kind, date_source="printed",
                zone=self.layout.zone and e.published.replace(tzinfo=ZoneInfo(self.layout.zone)).tzname(),
                zone_source="printed" if self.layout.zone else "unknown",
            )
            for i, e in enumerate(reversed(self.event.entries))
        )  # fmt: skip
        return Reading(page, entries)

    def published(self, entry: SimEntry) -> datetime:
        """An entry's time; without a zone where the page prints none."""
        return self.stamped(entry.published)

    def stamped(self, moment: datetime) -> datetime:
        """A moment on the page's clock, with its zone where the page prints one."""
        return moment.replace(tzinfo=ZoneInfo(self.layout.zone)) if self.layout.zone else moment

    def aware(self, moment: datetime) -> datetime:
        """A moment on the page's clock as an instant."""
        stamped = self.stamped(moment)
        return stamped.astimezone(UTC) if stamped.tzinfo else stamped.replace(tzinfo=UTC)

    def _print(self, words: dict[str, tuple[str, ...]]) -> str:
        shown = [e for e in self.event.entries if e.id in words]
        stories = [Story(e.published, e.title, words[e.id], e.author) for e in shown]
        return render(self.layout, self.event.title, self.event.intro, stories)


@dataclass(frozen=True, slots=True)
class Simulated:
    """Coverage of a seed. Iterating makes the pages anew each time, one at a time."""

    seed: int
    entries: int
    layout: str
    split: Split

    def __iter__(self) -> Iterator[SimPage]:
        """Pages in order; together they hold exactly `entries` entries."""
        left, number = self.entries, 0
        while left:
            rng = random.Random(f"{self.seed} {self.split} {number}")
            size = min(left, rng.randint(*PAGE_ENTRIES))
            if left - size < FEWEST:
                size = left
            yield self._page(rng, number, size)
            left, number = left - size, number + 1

    def questions(self) -> Iterator[Asked]:
        """Questions of all pages."""
        return (question for page in self for question in page.questions)

    def _page(self, rng: random.Random, number: int, size: int) -> SimPage:
        kinds = list(kinds_of(self.split))
        turn, place_in_turn = divmod(number, len(kinds))
        random.Random(f"{self.seed} {turn}").shuffle(kinds)
        layout = choose_layout(self.layout, number)
        day = FIRST_DAY + timedelta(days=(number * 37) % DAYS)
        day = day.replace(day=max(day.day, 13))  # such a day is no month, however a date is written
        kind = kinds[place_in_turn]
        late = kind in NIGHTLY and layout.dated  # past midnight only where every entry prints its date
        opened = day + timedelta(minutes=rng.randint(*(LATE_MIN if late else EARLY_MIN)))
        event = make_event(rng, self.split, kind, number, opened, size)
        page = SimPage(f"{event.kind}-{number:05}", event, layout, ())
        return SimPage(page.name, event, layout, tuple(ask_about(rng, event, page.file, page.stamped)))


def simulate(seed: int, entries: int, layout: str = "mixed", split: Split = "held_out") -> Simulated:
    """Simulated coverage of exactly so many entries; the same arguments always give the same.

    `layout` is a name of `eval.simulate.layouts.LAYOUTS`, or "mixed". No template, name or place of one
    `split` is used in the other.

    Raises:
        QuestionError: the size is out of range, or there is no such layout or split.

    """
    if not FEWEST <= entries <= MOST:
        raise QuestionError(f"{entries:,} entries: give a number from {FEWEST} to {MOST:,}")
    if split not in SPLITS:
        raise QuestionError(f"{split!r} is no split; use {', '.join(SPLITS)}")
    choose_layout(layout, 0)
    return Simulated(seed, entries, layout, split)


def _words(entry: SimEntry, at: datetime) -> tuple[str, ...]:
    return entry.before if entry.before and entry.edited and at < entry.edited else entry.paragraphs
