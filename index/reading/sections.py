"""A page cut at its stamps into sections, and each section's title and author by the page's own habit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from index.calendars import Day
from index.reading.furniture import is_furniture
from index.reading.lines import Candidate, Line, date_line
from index.reading.people import is_name, is_role, read_byline

_BULLET = re.compile(r"^[•‣▪●◦*–—-]\s")
_NUMBERED = re.compile(r"^\d{1,3}\.\s+(?=\D)")
_ENDS_PROSE = re.compile(r"(?:[.,;:…]|[.!?…][\"”’'»)]|[,.][\"”’'»])$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|Corp|Jr|Sr|Co)\.$")
_HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}")
_MAX_TITLE_CHARS = 220
_POSTED_BY = re.compile(r"^(?:Posted|Published|Von|Par|Por|By)\b")
_COLOPHON = re.compile(
    r"^(?:topics|reuse this content|most viewed|most read|more on this story|related(?: (?:stories|topics|articles))?|"
    r"more (?:stories|from .{1,30})|comments|sign up .{1,60}|follow us .{1,60}|explore more .{1,40}|tags|themen|"
    r"mehr zum thema|sur le même sujet|más información|(?:©|copyright) .{1,80})$",
    re.IGNORECASE,
)
_SUMMARY_HEADING = re.compile(
    r"^(?:(?:live )?summary|key (?:points|events|developments|moments|takeaways)|what we know(?: so far)?|at a glance|"
    r"what(?:'s|’s| is) happening(?: (?:now|today))?|what(?:'s|’s)? happened(?: so far)?|what you need to know|"
    r"(?:the )?(?:latest|main|top)(?: (?:developments|headlines|points))|the latest|recap|background|highlights|"
    r"in brief|"
    r"das wichtigste(?: in kürze| im überblick)?|zusammenfassung|überblick|im überblick|was wir wissen|"
    r"(?:l['’])?essentiel|(?:le )?résumé|ce qu['’]il faut (?:retenir|savoir)|les faits|"
    r"resumen|(?:las )?claves|lo (?:más )?(?:importante|último)|lo esencial|puntos clave)\s*:?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry's lines. Without a candidate it is untimed; `heading` is the date line that stands over it."""

    candidate: Candidate | None
    lines: tuple[Line, ...]
    title: str | None = None
    author: str | None = None
    heading: Day | None = None
    heading_number: int = -1


def cut(lines: Sequence[Line], chosen: Sequence[Candidate], others: Sequence[Candidate]) -> list[Section]:
    """Sections in page order, the opening first where there is one; titles and authors set apart.

    `others` are the stamps that start no entry: an echo of the entry's own stamp, an age over it.
    """
    echoes = {c.line: c for c in others if c.place == "alone"}
    sections = _under_stamps(lines, chosen)
    if _stamps_end_entries(sections):
        sections = _over_stamps(lines, chosen)
    sections = _take_date_lines([_without_echoes(section, echoes) for section in sections])
    names = _page_names(sections)
    sections = _take_edges(sections)
    if _titles_stand_before(sections, names):
        sections = _move_titles_back(sections, names)
    sections = _take_titles(sections, names)
    return _split_after_last(sections)


def _under_stamps(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Section]:
    starts = [c.line for c in chosen] + [len(lines)]
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for candidate, after in zip(chosen, starts[1:], strict=True):
        sections.append(Section(candidate, tuple(lines[candidate.line + 1 : after])))
    return sections


def _stamps_end_entries(sections: Sequence[Section]) -> bool:
    """Whether "Posted by ... at 12:30" stands under each entry: nothing follows the last, all follows the others."""
    timed = [s for s in sections if s.candidate]
    led = sum(
        bool(s.candidate and (s.candidate.lead == "posted" or _POSTED_BY.match(s.candidate.before))) for s in timed
    )
    if len(timed) < 3 or led * 2 <= len(timed) or sections[0].candidate:
        return False
    return not timed[-1].lines and all(s.lines for s in timed[:-1])


def _over_stamps(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Section]:
    starts = [0, *(c.line + 1 for c in chosen)]
    return [Section(c, tuple(lines[start : c.line])) for start, c in zip(starts, chosen, strict=False)]


def _without_echoes(section: Section, echoes: Mapping[int, Candidate]) -> Section:
    """Drop the stamp printed a second time under itself, and the age printed over the next stamp."""
    lines = section.lines
    own = section.candidate.stamp.clock if section.candidate else None
    start, end = 0, len(lines)
    while own and start < end and _echoes(echoes.get(lines[start].number), own):
        start += 1
    while start < end and (echo := echoes.get(lines[end - 1].number)) and echo.stamp.clock is None:
        end -= 1
    return replace(section, lines=lines[start:end])


def _echoes(echo: Candidate | None, clock: time) -> bool:
    return echo is not None and not echo.lead and echo.stamp.clock in (clock, None)


def is_title(text: str) -> bool:
    """Whether the line reads as a headline: short, and not ended as prose is."""
    if not text or len(text) > _MAX_TITLE_CHARS or _BULLET.match(text) or not any(c.isalpha() for c in text):
        return False
    if text.startswith(("http", "@", "#", "(", "[")) or is_furniture(text):
        return False
    return not _ENDS_PROSE.search(text) or bool(_ABBREVIATION.search(text))


def is_summary_heading(text: str) -> bool:
    """Whether the line heads a summary: "Key points", "Das Wichtigste", ..."""
    return len(text) <= 60 and bool(_SUMMARY_HEADING.match(text))


def _take_date_lines(sections: Sequence[Section]) -> list[Section]:
    """Set date lines apart: over the entries that follow, or directly under each stamp where that is the habit."""
    timed = [s for s in sections if s.candidate]
    under = sum(bool(s.lines) and date_line(s.lines[0]) is not None for s in timed)
    follows_stamp = bool(timed) and under * 2 > len(timed)
    done: list[Section] = []
    heading: Day | None = None
    number = -1
    for section in sections:
        own, own_number = heading, number
        kept: list[Line] = []
        for at, line in enumerate(section.lines):
            day = date_line(line)
            if (
                _under_handle(section.lines, at)
                or day is None
                or (section.candidate is None and day.full() is None and day.month is None)
            ):
                kept.append(line)
            elif at == 0 and follows_stamp and section.candidate:
                own, own_number = day, line.number
            else:
                heading, number = day, line.number
        done.append(replace(section, lines=tuple(kept), heading=own, heading_number=own_number))
    return done


def _under_handle(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands within an embedded post of a social network: its date is that post's."""
    return any(_HANDLE.search(line.text) for line in lines[max(0, at - 5) : at])


def _page_names(sections: Sequence[Section]) -> frozenset[str]:
    """Lines that are bylines on this page: names where many entries have one, or the same one comes again."""
    timed = [s for s in sections if s.candidate]
    found: Counter[str] = Counter()
    having = 0
    for section in timed:
        candidate = section.candidate
        edge = [line.text for line in section.lines[:3]]
        names = {t for t in edge if is_name(t)}
        if candidate:
            names |= {t for t in (candidate.before, candidate.after) if is_name(t)}
        having += bool(names)
        found.update(names)
    if len(timed) >= 3 and having >= 0.4 * len(timed):
        return frozenset(found)
    return frozenset(name for name, times in found.items() if times > 1)


def _take_edges(sections: Sequence[Section]) -> list[Section]:
    """Use the words that share the stamp's line: author, title or the body's first words."""
    timed = [s.candidate for s in sections if s.candidate]
    if not timed:
        return list(sections)
    rests = [c.before or c.after for c in timed if c.before or c.after]
    authors = sum(is_name(r) or read_byline(r) is not None for r in rests) * 2 > len(rests)
    heads = [s for s in sections if s.candidate and s.candidate.place == "head"]
    titled = [s for s in heads if s.candidate and is_title(s.candidate.after)]
    short = len(titled) * 2 > len(heads) and sum(bool(s.lines) for s in titled) * 2 > len(titled)
    return [_take_edge(s, authors, short) for s in sections]


def _take_edge(section: Section, authors: bool, titled: bool) -> Section:
    candidate = section.candidate
    if candidate is None or candidate.place == "alone":
        return section
    first = Line(candidate.line, candidate.after, True)
    if candidate.place == "middle":
        return replace(section, author=candidate.before, lines=(first, *section.lines))
    words = candidate.before or candidate.after
    if authors and (is_name(words) or read_byline(words)):
        return replace(section, author=read_byline(words) or words)
    if candidate.place == "tail" or candidate.sign == "+++" or (titled and is_title(words)):
        return replace(section, title=words)
    return replace(section, lines=(first, *section.lines))


def _is_author(line: Line, names: frozenset[str]) -> bool:
    return read_byline(line.text) is not None or line.text in names


def _titles_stand_before(sections: Sequence[Section], names: frozenset[str]) -> bool:
    """Whether headlines stand over the stamps, as the last lines of what goes before."""
    before = after = count = 0
    seen: set[str] = set()
    for earlier, section in zip(sections, sections[1:], strict=False):
        if section.candidate is None or section.title:
            continue
        count += 1
        above = [line for line in earlier.lines[-3:] if not _is_author(line, names)]
        below = [line for line in section.lines[:3] if not _is_author(line, names)]
        enough = len(earlier.lines) > 1 or (earlier.candidate is None and bool(above))
        if above and enough and is_title(above[-1].text):
            before += 1
            seen.add(above[-1].text)
        after += bool(below) and is_title(below[0].text)
    return count >= 2 and before > after and before >= 0.6 * count and len(seen) > 0.8 * before


def _move_titles_back(sections: Sequence[Section], names: frozenset[str]) -> list[Section]:
    done: list[Section] = []
    for section in sections:
        earlier = done[-1] if done else None
        if earlier and section.candidate and not section.title:
            rest, title, author = list(earlier.lines), None, None
            while rest and (len(rest) > 1 or earlier.candidate is None):
                if author is None and _is_author(rest[-1], names):
                    author = read_byline(rest[-1].text) or rest[-1].text
                elif title is None and is_title(rest[-1].text):
                    title = _NUMBERED.sub("", rest[-1].text)
                else:
                    break
                rest.pop()
                if title:
                    break
            if title:
                done[-1] = replace(earlier, lines=tuple(rest))
                section = replace(section, title=title, author=section.author or author)
        done.append(section)
    return done


def _take_titles(sections: Sequence[Section], names: frozenset[str]) -> list[Section]:
    """Take the headline and the byline from the head of each section."""
    open_ended = [s for s in sections if s.candidate and not s.title and not _starts_on_stamp(s)]
    bare = [[line.text for line in s.lines[:4] if not _is_author(line, names)] for s in open_ended]
    firsts = [texts[0] for texts in bare if texts and is_title(texts[0])]
    plain = not _in_title_case(firsts)
    headed = len(firsts) * 2 > len(bare)
    open_ids = {id(s) for s in open_ended}
    return [_take_title(s, names, headed, plain, id(s) in open_ids) for s in sections]


def _starts_on_stamp(section: Section) -> bool:
    candidate = section.candidate
    return bool(candidate and section.lines and section.lines[0].number == candidate.line)


def _in_title_case(titles: Sequence[str]) -> bool:
    """Whether this page Writes Its Headlines Like This, so that one of two words may look like a name."""
    words = [
        w for title in titles if len(title.split()) > 3 for w in title.split()[1:] if len(w) > 3 and w[0].isalpha()
    ]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words)


def _take_title(section: Section, names: frozenset[str], headed: bool, plain: bool, titled: bool) -> Section:
    lines = list(section.lines)
    title, author = section.title, section.author
    for _ in range(4):
        if not lines:
            break
        text = lines[0].text
        following = lines[1].text if len(lines) > 1 else ""
        if author is None and section.candidate and _is_author(lines[0], names):
            author = read_byline(text) or text
        elif (
            author is None
            and section.candidate
            and following
            and is_name(text)
            and (is_role(following) or plain and _is_plain_name(text))
        ):
            author = text
        elif author is not None and is_role(text):
            pass
        elif title is None and titled and is_title(text) and (headed or _stands_over_prose(text, following)):
            title = text
        else:
            break
        lines.pop(0)
    return replace(section, lines=tuple(lines), title=title, author=author)


def _is_plain_name(text: str) -> bool:
    return 2 <= len(text.split()) <= 3 and all(word[0].isupper() for word in text.split())


def _stands_over_prose(text: str, following: str) -> bool:
    """Whether a short unended line stands over a sentence: a headline even where most entries have none."""
    return len(text) <= 120 and bool(_ENDS_PROSE.search(following)) and len(following) > len(text) / 2


def _split_after_last(sections: Sequence[Section]) -> list[Section]:
    """Set apart untimed summaries: a known heading in the opening, or after the last timed entry."""
    done: list[Section] = []
    for at, section in enumerate(sections):
        done.append(section)
        if section.candidate is None or at + 1 < len(sections):
            continue
        section = done[-1] = replace(section, lines=_without_colophon(section.lines))
        for n, line in enumerate(section.lines):
            if n and is_summary_heading(line.text) and n + 1 < len(section.lines):
                done[-1] = replace(section, lines=section.lines[:n])
                done.append(Section(None, section.lines[n + 1 :], title=line.text))
                break
    return done


def _without_colophon(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The last entry's lines without the page's own last ones: topics, links, rights."""
    prose = max(
        (at for at, line in enumerate(lines) if len(line.text) > 80 and _ENDS_PROSE.search(line.text)), default=-1
    )
    ends = (at for at, line in enumerate(lines) if at > prose and _COLOPHON.match(line.text))
    return lines[: next(ends, len(lines))]
