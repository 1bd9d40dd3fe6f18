"""A page cut at its stamps into sections: each entry's lines, and what stands before and after them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from index.calendars import Day
from index.reading.bullets import SIGNS
from index.reading.candidates import Candidate
from index.reading.ends import first_entry_line, stamps_end_entries
from index.reading.footers import cut_over_footers
from index.reading.lines import Line, date_line, within_post
from index.reading.people import is_name
from index.reading.ruled import split_between_rules
from index.reading.titles import ends_prose, ends_sentence, is_title

_HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}")
_COLOPHON = re.compile(
    r"^(?:topics|reuse this content|most viewed|most read|more on this story|related(?: (?:stories|topics|articles))?|"
    r"more (?:stories|from .{1,30})|leave a (?:reply|comment)|"
    r"(?:\d+ )?(?:comments?|responses?|kommentare|commentaires|comentarios)(?: \(\d+\))?|"
    r"join the conversation!?|sign up .{1,60}|"
    r"follow us .{1,60}|explore more .{1,40}|tags|themen|"
    r"mehr zum thema|sur le même sujet|más información|(?:©|copyright) .{1,200})$",
    re.IGNORECASE,
)
_LEAST_LISTED = 2
_BULLETS = f"{SIGNS}*–—- "
_LEAST_ENDED, _MOST_ENDED = 3, 0.8
_POINT = re.compile(r"(?P<number>\d{1,3})\.(?:$|\s+(?P<rest>\D.*))")
_NUMBERED = re.compile(r"\d{1,3}\.\s+\d")
_BETWEEN_PLUSES = re.compile(r"\+{3}\s*(.*[^\s+])\s*\+{3}")


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
    """Sections in page order, the opening first where there is one.

    `others` are the stamps that start no entry: an echo of the entry's own stamp, an age over it.
    """
    echoes = {c.line: c for c in others if c.place == "alone" or is_name(c.before or c.after)}
    sections = _under_stamps(lines, chosen)
    if _stamps_end_prose(chosen):
        sections = _with_prose(lines, _over_stamps(lines, chosen))
    elif footed := cut_over_footers(lines, chosen):
        sections = [Section(*part) for part in footed]
    elif stamps_end_entries(lines, chosen):
        sections = _over_stamps(lines, chosen)
    else:
        numbered = all(_NUMBERED.match(lines[c.line].text) for c in chosen)
        sections = [part for section in sections for part in _split_numbered(section, lines)] if numbered else sections
        sections = split_between_rules(_split_between_pluses(sections, lines, chosen), lines, chosen)
    sections[-1] = replace(sections[-1], lines=_without_colophon(sections[-1].lines))
    return _take_date_lines([_without_echoes(section, echoes) for section in sections])


def _under_stamps(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Section]:
    starts = [c.line for c in chosen] + [len(lines)]
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for candidate, after in zip(chosen, starts[1:], strict=True):
        sections.append(Section(candidate, tuple(lines[candidate.line + 1 : after])))
    return sections


def _split_numbered(section: Section, lines: Sequence[Line]) -> list[Section]:
    """The section cut at the points of a numbered list that hold no stamp, where the stamps' lines are numbered too.

    Of such a point nothing but its number may be left, or it is the next one in words: "3. Film: The ferry sails".
    """
    if section.candidate is None:
        return [section]
    marks, number = [], int(lines[section.candidate.line].text.split(".", 1)[0].lstrip(_BULLETS))
    for at, line in enumerate(section.lines):
        point = _POINT.match(line.text)
        if point and (not point["rest"] or int(point["number"]) == number + 1):
            marks.append(at)
            number = int(point["number"])
    if not marks:
        return [section]
    ends = [*marks[1:], len(section.lines)]
    parts = [Section(None, _without_number(section.lines[at:end])) for at, end in zip(marks, ends, strict=True)]
    return [replace(section, lines=section.lines[: marks[0]]), *parts]


def _without_number(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    first, *rest = lines
    point = _POINT.match(first.text)
    return (replace(first, text=point["rest"]), *rest) if point and point["rest"] else tuple(rest)


def _split_between_pluses(
    sections: Sequence[Section], lines: Sequence[Line], chosen: Sequence[Candidate]
) -> list[Section]:
    """The sections cut at lines between pluses that hold no stamp, where those of most stamps stand between pluses."""
    if sum(bool(_BETWEEN_PLUSES.fullmatch(lines[c.line].text)) for c in chosen) < _MOST_ENDED * len(chosen):
        return list(sections)
    done: list[Section] = []
    for section in sections:
        marks = [at for at, line in enumerate(section.lines) if _BETWEEN_PLUSES.fullmatch(line.text)]
        if section.candidate or not marks or marks[0]:
            done.append(replace(section, lines=section.lines[: marks[0]]) if marks else section)
        for at, end in zip(marks, [*marks[1:], len(section.lines)][: len(marks)], strict=True):
            first, *rest = section.lines[at:end]
            done.append(Section(None, (replace(first, text=_BETWEEN_PLUSES.sub(r"\1", first.text)), *rest)))
    return done


def _over_stamps(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Section]:
    first = first_entry_line(lines, chosen)
    starts = [first, *(c.line + 1 for c in chosen)]
    entries = [Section(c, tuple(lines[start : c.line])) for start, c in zip(starts, chosen, strict=False)]
    left = tuple(lines[starts[-1] :])
    if left and not (len(left) == 1 and first and lines[first].text.startswith(left[0].text)):
        entries.append(Section(None, left))
    if first:
        return [Section(None, tuple(lines[:first])), *entries]
    headed = [bool(s.lines) and is_title(s.lines[0].text) and len(s.lines) > 1 for s in entries]
    if all(headed[1:]) and (headed[0] or len(headed) > _LEAST_LISTED) and (at := _last_title(entries[0].lines)):
        cut_off = [replace(s, title=s.lines[0].text, lines=s.lines[1:]) if not s.candidate else s for s in entries[1:]]
        return [Section(None, entries[0].lines[:at]), replace(entries[0], lines=entries[0].lines[at:]), *cut_off]
    if headed[0] and sum(headed) == 1:  # the page's own headline, over the first entry
        return [Section(None, entries[0].lines[:1]), replace(entries[0], lines=entries[0].lines[1:]), *entries[1:]]
    return entries


def _stamps_end_prose(chosen: Sequence[Candidate]) -> bool:
    """Whether the stamps stand at the ends of paragraphs, behind the entries' last sentences."""
    ended = sum(c.place == "tail" and ends_sentence(c.before) for c in chosen)
    return ended >= max(_LEAST_ENDED, _MOST_ENDED * len(chosen))


def _with_prose(lines: Sequence[Line], sections: Sequence[Section]) -> list[Section]:
    """The sections with the words before their stamps as their last paragraphs; what stands over the first opens."""
    done: list[Section] = []
    single = sum(bool(s.candidate and s.lines) for s in sections[1:]) * 2 < len(sections)
    for section in sections:
        if single and section.candidate and section.lines and not any(s.candidate for s in done):
            over = tuple(line for earlier in done for line in earlier.lines)
            done = [Section(None, (*over, *section.lines))]
            section = replace(section, lines=())
        if (c := section.candidate) and c.place == "tail":
            last = replace(lines[c.line], text=c.before)
            section = replace(section, candidate=replace(c, place="alone", before=""), lines=(*section.lines, last))
        done.append(section)
    return done


def _last_title(lines: Sequence[Line]) -> int:
    """Where the last headline over prose stands among the lines, 0 where none does."""
    found = (at for at in reversed(range(1, len(lines) - 1)) if is_title(lines[at].text))
    return next((at for at in found if ends_prose(lines[at + 1].text)), 0)


def _without_echoes(section: Section, echoes: Mapping[int, Candidate]) -> Section:
    """Drop the stamp printed a second time under itself, and the age printed over the next stamp."""
    lines = section.lines
    own = section.candidate.stamp.clock if section.candidate else None
    start, end = 0, len(lines)
    while own and start < end and _echoes(echoes.get(lines[start].number), section.candidate):
        start += 1
    while start < end and _ends_as_echo(echoes.get(lines[end - 1].number), own):
        end -= 1
    if end - start > 1 and is_name(lines[end - 1].text) and (echo := echoes.get(lines[end - 2].number)):
        if echo.stamp.clock is None:  # an age over the name that stands over the next stamp
            lines, end = (*lines[: end - 2], lines[end - 1]), end - 1
    return replace(section, lines=lines[start:end]) if end - start < len(lines) else section


def _ends_as_echo(echo: Candidate | None, own: time | None) -> bool:
    """Whether a stamp at an entry's end is the age over the next one's, or its own again with its date."""
    return echo is not None and (echo.stamp.clock is None or (echo.stamp.day is not None and echo.stamp.clock == own))


def _echoes(echo: Candidate | None, own: Candidate | None) -> bool:
    """Whether a stamp under an entry's own repeats it, or says when the page was put up."""
    if echo is None or own is None or echo.lead:
        return False
    dated = echo.stamp.day is not None and echo.stamp.day.full() is not None
    return echo.stamp.clock in (own.stamp.clock, None) or (dated and own.stamp.day is None)


def _take_date_lines(sections: Sequence[Section]) -> list[Section]:
    """Set date lines apart: over the entries that follow, or directly under each stamp where that is the habit.

    A date line in the opening heads the entries only where it stands right over them, or where others follow;
    else it is the page's own date, not any entry's. Sentences between a heading and the stamp under it are an entry of
    their own.
    """
    timed = [s for s in sections if s.candidate]
    under = sum(bool(s.lines) and date_line(s.lines[0]) is not None for s in timed)
    follows_stamp = bool(timed) and under * 2 > len(timed)
    several = any(_heading(s.lines, at) for s in timed for at in range(len(s.lines)))
    done: list[Section] = []
    heading: Day | None = None
    number = -1
    for section in sections:
        own, own_number = heading, number
        kept: list[Line] = []
        for at, line in enumerate(section.lines):
            day = _heading(section.lines, at)
            last = at + 1 == len(section.lines)
            if day is None or (section.candidate is None and day.month is None and not last):
                kept.append(line)
            elif at == 0 and follows_stamp and section.candidate:
                own, own_number = day, line.number
            elif section.candidate or last or several:
                heading, number = day, line.number
                if section.candidate and any(_tells(other.text) for other in section.lines[at + 1 :]):
                    done.append(replace(section, lines=tuple(kept), heading=own, heading_number=own_number))
                    section, own, own_number, kept = replace(section, candidate=None), heading, number, []
        if own is not None or len(kept) < len(section.lines):
            section = replace(section, lines=tuple(kept), heading=own, heading_number=own_number)
        done.append(section)
    return done


def _tells(text: str) -> bool:
    """Whether the line is a sentence and no headline, though that may ask or shout."""
    return ends_sentence(text) and not is_title(text)


def _heading(lines: Sequence[Line], at: int) -> Day | None:
    day = date_line(lines[at])
    return None if day is None or within_post(lines, at, 5) else day


def _without_colophon(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The last entry's lines without the page's own last ones: topics, links, rights."""
    prose = max((at for at, line in enumerate(lines) if len(line.text) > 80 and ends_prose(line.text)), default=-1)
    ends = (at for at, line in enumerate(lines) if at > prose and _COLOPHON.match(line.text))
    return lines[: next(ends, len(lines))]
