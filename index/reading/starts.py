"""The stamps chosen for a page without those that repeat another, break its order or date the page itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from index.reading.candidates import Candidate
from index.reading.lines import Line
from index.reading.order import minutes_on, newest_first, time_steps
from index.reading.people import is_name, read_byline, read_located
from index.reading.titles import ends_prose, is_summary_heading, is_title

_AGENDA = re.compile(
    r"\b(?:diary|agenda|schedule|timetable|calendar|coming up|what to expect|look ahead|items|line-up|running order|"
    r"zeitplan|programm|programme|au programme|agenda del día|horario)\b",
    re.IGNORECASE,
)
_LEAST_AHEAD = 20
_LONGEST_LABEL = 40
_PAGE_LINES = 12
_LEAST_SPANNED, _TOP_LINES = 5, 4
_FIGURES = re.compile(r"\d+")
_NAMES = re.compile(r"[^\W\d]+\.?")
_MINUTES = re.compile(r"9[:.]9(?=\sa)")  # "6:45 p.m." and "11 a.m." are written alike
_FEW_PATTERNS = 2
_LEAST_USUAL, _MOST_SHARE = 4, 0.6
_READING_TIME = re.compile(
    r"\|?\s?(?:lesezeit|lesedauer|temps de lecture|lecture|tiempo de lectura|reading time)\s?:?\s\d|"
    r"\d{1,3}[ -]?min(?:ute)?s?[ -](?:read|de lecture|de lectura|lesezeit)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:Quelle|Source|Fuente)\s?:\s?[^.!?:]{2,20}(?:\.\w{2,4})?$")
_LEAST_LISTED = 2
_LEAST_SIGNED = 3
_LEAST_REPEATED = 3
_SLACK = 5  # minutes that an entry may stand out of order
_SECONDS = re.compile(r"\d[:.]\d\d[:.]\d\d")


def actual_starts(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """The chosen candidates without those that only repeat another, stand in a diary or date the page."""
    entries = _without_repeats(_without_span(chosen))
    kept = _without_odd_ones(_without_page_line(lines, _without_echoes(entries)))
    kept = _without_agendas(lines, _without_timetable(lines, kept))
    # a lone line that says when the page was put up heads no entry
    return [] if len(kept) == 1 and kept[0].line < 8 and _dates_page(lines, kept[0]) else kept


def _dates_page(lines: Sequence[Line], only: Candidate) -> bool:
    """Whether a page's only stamp, near its top, is the page's own: led to as one, or a whole date over a long text."""
    dated = only.stamp.day is not None and only.stamp.day.full() is not None
    return bool(only.lead or only.updated) or (dated and len(lines) - only.line > 6)


def _without_page_line(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop the page's own stamp over the others: written another way than all of them, and with no text under it."""
    if len(chosen) < 3 or chosen[0].line >= _PAGE_LINES:
        return list(chosen)
    first, rest = chosen[0], chosen[1:]
    if _SOURCE.match(first.after):
        return list(rest)
    if is_name(first.before) and any((c.before, _pattern(c)) == (first.before, _pattern(first)) for c in rest):
        return list(chosen)  # somebody's entry without a text
    own_way = bool(first.updated) and not any(c.updated for c in rest)
    own_way |= len(shapes := {_shape(c) for c in rest}) == 1 and _shape(first) not in shapes
    dated = first.stamp.day is not None and first.stamp.day.full() is not None
    leads = {_first_word(lines, c) for c in rest}
    if dated and first.lead and len(leads) == 1 and leads != {_first_word(lines, first)} and all(c.lead for c in rest):
        return list(rest)  # "Published ..." over entries that are all "Posted ..."
    patterns = {_pattern(c) for c in rest}
    if dated and len(patterns) <= _FEW_PATTERNS and _pattern(first) not in patterns and not first.after:
        return list(rest)
    under = lines[first.line + 1 : rest[0].line]
    ends = [*(c.line for c in rest[1:]), len(lines)]
    others_say = all(c.after or not _says_nothing(lines[c.line + 1 : end]) for c, end in zip(rest, ends, strict=True))
    if dated and not first.after and _is_page_stamp_over(lines, chosen, under):
        return list(rest)
    if dated and not first.after and _says_nothing(under) and others_say:
        return list(rest)
    says = any(ends_prose(line.text) for line in under) and not any(is_summary_heading(line.text) for line in under)
    return list(rest) if own_way and not first.after and not says else [*chosen]


def _first_word(lines: Sequence[Line], candidate: Candidate) -> str:
    return lines[candidate.line].text.split(maxsplit=1)[0].strip(":").lower()


def _is_page_stamp_over(lines: Sequence[Line], chosen: Sequence[Candidate], under: Sequence[Line]) -> bool:
    """Whether the first stamp heads no entry but the page.

    A note of the page's own or a list of the entries' headlines stands under it, or every other stamp stands right
    by a byline and the first does not.
    """
    first, *rest = chosen
    if under and _READING_TIME.match(under[0].text):
        return True
    later = Counter(line.text for line in lines[rest[0].line + 1 :])
    listed = {line.text for line in under if is_title(line.text) and not _names_someone(line.text)}
    heads = {line.text for c in rest for line in lines[max(0, c.line - 2) : c.line + 4]} | {c.after for c in rest}
    if sum(later[text] == 1 for text in listed & heads) >= _LEAST_LISTED:
        return True
    over = all(c.line and _names_someone(lines[c.line - 1].text) for c in rest)
    below = all(c.line + 1 < len(lines) and _names_someone(lines[c.line + 1].text) for c in rest)
    if len(rest) < _LEAST_SIGNED or over == below or any(_names_someone(line.text) for line in lines[-2:]):
        return False  # at the end of the page a name signs what stands over it
    own = lines[max(0, first.line - 1) : first.line] if over else under[:4]
    return not any(_names_someone(line.text) for line in own)


def _names_someone(text: str) -> bool:
    """Whether the line names somebody, with or without saying that they wrote something."""
    return is_name(text) or read_byline(text) is not None or read_located(text) is not None


def _says_nothing(under: Sequence[Line]) -> bool:
    """Whether under a stamp stands nothing, or a word or three that are no sentence: "Reuters", "Our reporters"."""
    return not under or (len(under) == 1 and len(under[0].text.split()) <= 3 and not ends_prose(under[0].text))


def _without_odd_ones(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop stamps written another way than most of the page's where they break its order of time too."""
    counts = Counter(_pattern(c) for c in chosen)
    most, times = counts.most_common(1)[0] if counts else ("", 0)
    usual = [c for c in chosen if _pattern(c) == most]
    falling = newest_first(usual)
    places = [c.line for c in usual]
    if times < _LEAST_USUAL or times < _MOST_SHARE * len(chosen) or falling is None:
        return list(chosen)
    kept: list[Candidate] = []
    for candidate in chosen:
        if _pattern(candidate) != most and candidate.stamp.clock and not candidate.stamp.day:
            at = bisect_left(places, candidate.line)
            before, after = usual[at - 1] if at else None, usual[at] if at < len(usual) else None
            if not _fits_between(before, candidate, after, falling=falling):
                continue
        kept.append(candidate)
    return kept


def _fits_between(before: Candidate | None, odd: Candidate, after: Candidate | None, *, falling: bool) -> bool:
    three = [c for c in (before, odd, after) if c and c.stamp.clock]
    forward = time_steps(three)
    whole = time_steps([three[0], three[-1]])
    in_order = all(step <= _SLACK if falling else step >= -_SLACK for step in forward)
    return in_order and sum(forward) == sum(whole)


def _pattern(candidate: Candidate) -> str:
    return pattern_of(candidate.stamp.text)


@lru_cache(maxsize=8192)
def pattern_of(text: str) -> str:
    """How a stamp is written, whatever its figures and names: "a 9, 9 9:9 a"."""
    return _MINUTES.sub("9", _NAMES.sub("a", _FIGURES.sub("9", text)))


def _shape(candidate: Candidate) -> tuple[bool, ...]:
    """Pieces that a stamp prints: a year, a month, a zone, seconds."""
    stamp = candidate.stamp
    seconds = bool(stamp.clock and _SECONDS.search(stamp.text))
    return bool(stamp.day and stamp.day.year), bool(stamp.day and stamp.day.month), bool(stamp.zone), seconds


def _without_timetable(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a timetable that stands over the entries: under a word for one, one a line, past the first entry's clock."""
    end = 0
    while end + 1 < len(chosen) and chosen[end + 1].line == chosen[end].line + 1:
        end += 1
    if not 0 < end < len(chosen) - 2 or chosen[0].place != "head":
        return list(chosen)
    steps = time_steps(chosen[: end + 2])
    over = lines[max(0, chosen[0].line - 2) : chosen[0].line]
    told = any(len(line.text) <= _LONGEST_LABEL and _AGENDA.search(line.text) for line in over)
    return list(chosen[end + 1 :] if told and min(steps[:-1]) >= 0 > steps[-1] else chosen)


def _without_agendas(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a list of what the day will bring, which an entry prints: clocks to come, one a line.

    Words lead to the list, or no other entry of the page is a single line.
    """
    minutes = [c.stamp.clock.hour * 60 + c.stamp.clock.minute if c.stamp.clock else -1 for c in chosen]
    dropped: set[int] = set()
    falling = newest_first(chosen)
    tight = sum(b.line == a.line + 1 for a, b in pairwise(chosen))
    at = 1
    while at < len(chosen):
        end = at
        while (
            end + 1 < len(chosen) and minutes[end] <= minutes[end + 1] and chosen[end + 1].line == chosen[end].line + 1
        ):
            end += 1
        before = minutes[at - 1]
        after = minutes[end + 1] if end + 1 < len(chosen) else before
        to_come = minutes[at] >= max(before, after) + _LEAST_AHEAD and min(before, after) >= 0
        told = lines[max(0, chosen[at].line - 2) : chosen[at].line]
        breaks = falling is True or (falling is False and end + 1 < len(chosen))
        led = any(_AGENDA.search(line.text[-300:]) for line in told) or (tight == end - at and breaks)
        if end > at and to_come and led and chosen[at].place == "head":
            dropped.update(range(at, end + 1))
        at = end + 1
    return [c for at, c in enumerate(chosen) if at not in dropped]


def _without_repeats(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop the stamps that come a second time under their entries' text, dated and with a name: all but the page's."""
    again = {
        b.line
        for a, b in pairwise(chosen)
        if b.stamp.day and not a.stamp.day and a.stamp.clock == b.stamp.clock and (b.before or b.after)
    }
    alike = [c for c in chosen if c.stamp.day and (c.before or c.after)]
    if len(again) < _LEAST_REPEATED or len(again) + 1 < len(alike):
        return list(chosen)
    return [c for c in chosen if c not in alike]


def _without_span(chosen: Sequence[Candidate]) -> Sequence[Candidate]:
    """Drop two clocks alone on top of the page, one right under the other: when its entries begin and end."""
    if len(chosen) < _LEAST_SPANNED or chosen[1].line >= _TOP_LINES or chosen[1].line != chosen[0].line + 1:
        return chosen
    bounds, rest = list(chosen[:2]), list(chosen[2:])
    falling = newest_first(rest)
    if falling is None or any(c.place != "alone" or c.stamp.clock is None for c in chosen):
        return chosen
    first, last = reversed(bounds) if falling else bounds
    long = minutes_on(first, last)
    return rest if all(minutes_on(first, c) <= long for c in rest) else chosen


def _without_echoes(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a stamp printed twice in a row, and an age that a clock follows at once."""
    kept: list[Candidate] = []
    for candidate in chosen:
        last = kept[-1] if kept else None
        if last and last.line + 1 == candidate.line and last.place == candidate.place == "alone":
            same = last.stamp.clock == candidate.stamp.clock
            if last.stamp.clock is None and candidate.stamp.clock is not None:
                kept[-1] = candidate
                continue
            if same and candidate.stamp.zone and not last.stamp.zone:
                kept[-1] = replace(last, stamp=replace(last.stamp, zone=candidate.stamp.zone))
            if same or (candidate.stamp.clock is None and last.stamp.clock is not None):
                continue
        kept.append(candidate)
    return kept
