"""Page text -> Reading: find the stamps, cut the page into entries, sort out each entry's words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from index.reading.dating import When, find_day, place_stamp
from index.reading.furniture import find_quotes, is_tweet, sort_out
from index.reading.layout import choose_stamps
from index.reading.lines import Candidate, Line, find_candidates, split_lines
from index.records import Entry, Known, Page, Reading
from index.zones import lookup_zone

_PICTURES = re.compile(r"^(?:in pictures\b|(?:the )?(?:latest )?(?:pictures|photos|images)\b)", re.IGNORECASE)
_MAX_TITLE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A stamp and the lines under it; without a stamp, what stands before the first one."""

    candidate: Candidate | None
    lines: tuple[Line, ...]


def read_page_text(
    text: str, *, page_id: str, source: str, zone: ZoneInfo | None = None, day: date | None = None
) -> Reading:
    """Entries of a page's text in page order. `zone` and `day` are what the user says of the page."""
    lines = split_lines(text)
    chosen = choose_stamps(list(find_candidates(lines)))
    sections = _cut(lines, chosen)
    titled = _titles_follow(sections)
    known, day_source = day, "given"
    if known is None:
        known, day_source = find_day(sections[0].lines if sections else ()), "page"
    entries: list[Entry] = []
    for section in sections:
        source_of_day: Known = "given" if day_source == "given" else "page"
        when = (
            place_stamp(section.candidate.stamp, known, source_of_day, zone) if section.candidate else When()
        )
        entry = _entry(section, when, page_id=page_id, titled=titled)
        if entry:
            entries.append(entry)
    warnings = () if chosen else ("No time stamps were found on this page: its entries carry no time.",)
    page = Page(
        id=page_id,
        source=source,
        zone=str(zone) if zone else _page_zone(chosen),
        day=known or next((e.published.date() for e in entries if e.published), None),
        warnings=warnings,
    )
    return Reading(page, tuple(_with_ids(entries)))


def _cut(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Section]:
    starts = [c.line for c in chosen] + [len(lines)]
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for candidate, after in zip(chosen, starts[1:], strict=True):
        sections.append(Section(candidate, tuple(lines[candidate.line + 1 : after])))
    return sections


def _is_title(line: Line) -> bool:
    return len(line.text) <= _MAX_TITLE_CHARS and not re.search(r"[.,;:…][\"”’')]?$", line.text)


def _titles_follow(sections: Sequence[Section]) -> bool:
    alone = [s for s in sections if s.candidate and s.candidate.place == "alone" and s.lines]
    return bool(alone) and sum(_is_title(s.lines[0]) for s in alone) * 2 > len(alone)


def _entry(section: Section, when: When, *, page_id: str, titled: bool) -> Entry | None:
    candidate, lines, title = section.candidate, list(section.lines), None
    if candidate is None:
        if lines and re.fullmatch(r"(?i)summary|key points|at a glance", lines[0].text):
            title = lines.pop(0).text
    elif candidate.place == "tail":
        title = candidate.rest or None
    elif candidate.place == "head":
        lines.insert(0, Line(candidate.line, candidate.rest, True))
    elif titled and lines and _is_title(lines[0]):
        title = lines.pop(0).text
    parts = sort_out(lines)
    if candidate is None and not (parts.body or parts.captions or title):
        return None
    return Entry(
        id="",
        page_id=page_id,
        position=0,
        stamp=candidate.stamp.text if candidate else None,
        published=when.published,
        clock=candidate.stamp.clock if candidate else None,
        zone=when.zone,
        zone_source=when.zone_source,
        date_source=when.date_source,
        title=title,
        author=parts.author,
        kind=_kind(candidate, title, parts.body, parts.captions),
        body=parts.body,
        quotes=() if is_tweet(parts.body) else find_quotes(parts.body),
        captions=parts.captions,
    )


def _kind(candidate: Candidate | None, title: str | None, body: str, captions: tuple[str, ...]) -> str:
    if candidate is None:
        return "summary"
    if is_tweet(body):
        return "tweet"
    if captions and (not body or _PICTURES.match(title or "")):
        return "pictures"
    return "post"


def _page_zone(chosen: Sequence[Candidate]) -> str | None:
    names = Counter(c.stamp.zone for c in chosen if c.stamp.zone)
    if not names:
        return None
    found = lookup_zone(names.most_common(1)[0][0])
    return found.place if found else None


def _with_ids(entries: Sequence[Entry]) -> list[Entry]:
    """Ids from clock and title, counted from the page's end, where older entries stay put as new ones come."""
    seen: Counter[str] = Counter()
    done: list[Entry] = []
    for position, entry in reversed(list(enumerate(entries))):
        clock = entry.clock.strftime("%H%M") if entry.clock else entry.kind
        key = f"{entry.page_id}\n{clock}\n{entry.title or ''}"
        name = f"{clock}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        seen[name] += 1
        done.append(_replaced(entry, f"{name}-{seen[name]}" if seen[name] > 1 else name, position))
    return done[::-1]


def _replaced(entry: Entry, name: str, position: int) -> Entry:
    from dataclasses import replace

    return replace(entry, id=name, position=position)
