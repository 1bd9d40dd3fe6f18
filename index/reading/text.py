"""Page text -> Reading: find the stamps, cut the page into entries, sort out each entry's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from index.reading.bylines import without_points
from index.reading.candidates import Candidate, find_candidates
from index.reading.contents import split_after_last, without_contents
from index.reading.copied import page_day_of
from index.reading.days import Dated, Slot, assign_days
from index.reading.doubts import is_contradicted, without_clock_if_told
from index.reading.furniture import sort_out
from index.reading.halves import settle_halves, settle_lost_halves
from index.reading.headlines import take_headlines
from index.reading.identity import with_ids
from index.reading.last_word import find_last_word, is_last_word, with_last_word
from index.reading.layout import choose_stamps
from index.reading.lines import Line, split_lines
from index.reading.opening import take_headline, without_first_notes
from index.reading.order import newest_first, order_share
from index.reading.page_day import PageDay, YearHints, find_year_hints, writes_day_first
from index.reading.played import counts_play, is_played, without_minutes_over
from index.reading.quotes import find_quotes, is_tweet
from index.reading.sections import Section, cut
from index.reading.slips import settle_lost_ten, settle_slips
from index.reading.titles import is_summary_heading, without_stars
from index.reading.twice import settle_twice, without_lines
from index.reading.untimed import cut_untimed
from index.reading.wording import settle_words
from index.reading.zoning import PageZone, find_page_zone, place, printed_zone
from index.records import Entry, Known, Page, Reading
from index.stamps import Stamp

_PICTURES = re.compile(
    r"^(?:in (?:pictures|photos|images)\b|(?:the )?(?:latest )?(?:pictures|photos|images)\b|en images\b|en imágenes\b|"
    r"bilder\b)",
    re.IGNORECASE,
)
_PINNED = re.compile(r"^(?:pinned(?: post)?|angepinnt|épinglé|fijado)$", re.IGNORECASE)
_ANY_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page beside its text: from its user, or from its address."""

    zone: ZoneInfo | None = None
    day: date | None = None
    captured: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """An entry's moment, and how each part of it is known."""

    published: datetime | None = None
    zone: str | None = None
    zone_source: Known = "unknown"
    date_source: Known = "unknown"


def read_page_text(text: str, *, page_id: str, source: str, hints: Hints = Hints()) -> Reading:  # noqa: B008
    """Entries of a page's text in page order, its opening first."""
    lines = split_lines(text)
    candidates = settle_lost_halves(settle_words(lines, settle_slips(lines, list(find_candidates(lines)))))
    candidates, repeated = settle_twice(candidates)
    stamped = settle_lost_ten(lines, choose_stamps(lines, candidates))
    if len(stamped) == 1 and is_played(lines):
        stamped = []  # the date of another report, on a page that counts minutes or kilometres
    stamped = stamped or find_last_word(lines, candidates)
    chosen, open_halves = settle_halves(lines, stamped)
    updates = {c.line: c.stamp for c in candidates if c.lead == "updated" and c.place == "alone"}
    starts = {c.line for c in chosen}
    others = [c for c in candidates if c.line not in starts]
    sections = _sections(lines, chosen, others, repeated)
    opening = lines[: chosen[0].line] if chosen else lines[:8]
    day_first = writes_day_first(lines)
    years = find_year_hints(opening or lines[:1], hints.url)
    page_day = page_day_of(opening, lines, years, url=hints.url, day_first=day_first, stamped=bool(chosen))
    heading = next((s.heading for s in sections if s.heading and s.heading.full()), None)
    page_zone = find_page_zone(lines, [c.stamp for c in chosen], hints.url)
    falling = newest_first(chosen) if order_share(chosen) >= 0.75 else None
    title, sections = _page_title(without_contents(sections))
    pinned = bool(opening) and bool(_PINNED.match(opening[-1].text))
    times = _times(
        sections,
        page_day,
        page_zone,
        falling,
        hints,
        day_first,
        pinned=pinned,
        open_halves=open_halves,
        years=years,
    )
    entries = [
        _entry(section, when, page_id, updates, opening=at == 0 and _is_opening(sections, chosen))
        for at, (section, when) in enumerate(zip(sections, times, strict=True))
    ]
    kept = [e for e in entries if e.stamp or e.body or e.captions or e.title]
    page = Page(
        id=page_id,
        title=title,
        source=source,
        url=hints.url,
        zone=_page_place(page_zone, hints),
        day=hints.day or (page_day.day if page_day else heading.full() if heading else _first_day(kept)),
        captured=hints.captured,
        warnings=_warnings(chosen, kept),
    )
    return Reading(page, with_ids(kept, newest_first=falling is not False))


def _sections(
    lines: Sequence[Line], chosen: Sequence[Candidate], others: Sequence[Candidate], repeated: set[int]
) -> list[Section]:
    if not chosen:
        return cut_untimed(lines)
    if is_last_word(lines, chosen):
        return with_last_word(cut_untimed(lines), chosen[0])
    lines = without_points(lines, [c.line for c in chosen if c.place == "alone"])
    return split_after_last(take_headlines(without_lines(without_minutes_over(cut(lines, chosen, others)), repeated)))


def _is_opening(sections: Sequence[Section], chosen: Sequence[Candidate]) -> bool:
    """Whether the first section stands before the entries rather than being one."""
    if sections[0].candidate is not None:
        return False
    return bool(chosen) or (len(sections) > 1 and not sections[0].title and bool(sections[1].title))


def _times(
    sections: Sequence[Section],
    page_day: PageDay | None,
    zone: PageZone,
    falling: bool | None,
    hints: Hints,
    day_first: bool,
    *,
    pinned: bool,
    open_halves: bool,
    years: YearHints,
) -> list[When]:
    timed = [s for s in sections if s.candidate]
    stamps = [s.candidate.stamp for s in timed if s.candidate]
    slots = [
        Slot(stamp.clock, stamp.day, section.heading, section.heading_number)
        for section, stamp in zip(timed, stamps, strict=True)
    ]
    page_day = page_day and without_clock_if_told(page_day, [line.text for s in timed for line in s.lines])
    days = assign_days(slots, page_day, hints.day, falling, day_first=day_first, pinned=pinned, hints=years)
    if open_halves:
        days = [(None, "unknown")] * len(days)
    elif is_contradicted(sections, days):
        days = [(day, how) if how == "printed" else (None, "unknown") for day, how in days]
    found = iter([_when(stamp, dated, zone, hints) for stamp, dated in zip(stamps, days, strict=True)])
    return [next(found) if s.candidate else When() for s in sections]


def _when(stamp: Stamp, dated: Dated, zone: PageZone, hints: Hints) -> When:
    day, date_source = dated
    if stamp.clock is None:
        if hints.captured is None or stamp.ago is None:
            return When()
        return When(hints.captured - stamp.ago, hints.captured.tzname(), "given", "given")
    if day is None:
        # without a date no season is known, so only the name that is printed can be shown
        _, _, zone_source = place(stamp, _ANY_DAY, zone, hints.zone)
        return When(None, printed_zone(stamp, zone), zone_source, "unknown")
    moment, short, zone_source = place(stamp, day, zone, hints.zone)
    return When(moment, short, zone_source, date_source)


def _page_title(sections: list[Section]) -> tuple[str | None, list[Section]]:
    """Set the page's headline apart, and drop an opening that holds nothing else."""
    if not sections or sections[0].candidate or _is_play(sections[0]):
        return None, sections
    if sections[0].title:
        return None, [replace(sections[0], lines=without_first_notes(sections[0].lines)), *sections[1:]]
    title, lines = take_headline(sections[0].lines)
    headline = None if title and is_summary_heading(title) else title
    if not lines and len(sections) == 1:
        return headline, sections
    rest = [replace(sections[0], title=title, lines=lines)] if lines else []
    return headline, [*rest, *sections[1:]]


def _is_play(section: Section) -> bool:
    """Whether a section begins with a minute of play, as the first entry of a page without a headline does."""
    return bool(section.lines) and counts_play(section.lines[0].text)


def _entry(section: Section, when: When, page_id: str, updates: dict[int, Stamp], opening: bool) -> Entry:
    stamp = section.candidate.stamp if section.candidate else None
    pinned = any(_PINNED.match(line.text) for line in section.lines)
    updated = section.candidate.updated if section.candidate else None
    updated = updated or next((updates[line.number] for line in section.lines if line.number in updates), None)
    lines = [line for line in section.lines if line.number not in updates and not _PINNED.match(line.text)]
    parts = sort_out(lines, section.candidate.line if section.candidate else -1)
    kind = kind_of(section.title, parts.body, parts.captions)
    if opening or (stamp is None and is_summary_heading(section.title or "")):
        kind = "summary"
    return Entry(
        id="",
        page_id=page_id,
        position=0,
        stamp=stamp.text if stamp else None,
        published=when.published,
        clock=stamp.clock if stamp else None,
        zone=when.zone,
        zone_source=when.zone_source,
        date_source=when.date_source,
        updated=_updated(updated, when),
        title=without_stars(section.title) if section.title else None,
        author=section.author or parts.author,
        kind="pinned" if pinned else kind,
        body=parts.body,
        quotes=() if kind == "tweet" else find_quotes(parts.body),
        captions=parts.captions,
    )


def kind_of(title: str | None, body: str, captions: Sequence[str]) -> str:
    """Kind of an entry by what it holds: nothing but a tweet, pictures with or without words, or a post."""
    if is_tweet(body):
        return "tweet"
    return "pictures" if captions and (not body or _PICTURES.match(title or "")) else "post"


def _updated(stamp: Stamp | None, when: When) -> datetime | None:
    """Moment an entry says it was updated, on the entry's own day and in its zone."""
    if stamp is None or stamp.clock is None or when.published is None:
        return None
    day = (stamp.day.full() if stamp.day else None) or when.published.date()
    return datetime.combine(day, stamp.clock, tzinfo=when.published.tzinfo)


def _page_place(zone: PageZone, hints: Hints) -> str | None:
    if zone.name and zone.name.place:
        return zone.name.place
    return str(hints.zone) if hints.zone else None


def _first_day(entries: Sequence[Entry]) -> date | None:
    return next((e.published.date() for e in reversed(entries) if e.published), None)


def _warnings(chosen: Sequence[Candidate], entries: Sequence[Entry]) -> tuple[str, ...]:
    if not chosen:
        return ("No time stamps were found on this page: its entries carry no time.",)
    if not any(e.published for e in entries):
        return ("This page states no date: give it with --date to place its times.",)
    return ()


__all__ = ["Hints", "Line", "read_page_text"]
