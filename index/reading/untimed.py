"""Pages whose entries carry no time: cut at their numbers, rules or headlines; no time is invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import read_date
from index.reading.bullets import SIGNS
from index.reading.bylines import with_bylines
from index.reading.captions import is_over_film
from index.reading.hanging import hanging_points
from index.reading.lines import Line, date_line, without_pairs
from index.reading.overs import find_overs
from index.reading.people import is_name, names_helper, read_byline, split_signed_title, without_glued_byline
from index.reading.played import (
    bare_minutes,
    counts_play,
    find_laps,
    find_played,
    match_times,
    minutes_alone,
    tells_minute,
)
from index.reading.related import without_letters
from index.reading.ruled import RULE
from index.reading.sections import Section
from index.reading.titles import ends_prose, ends_sentence, is_summary_heading, is_title, plain_title
from index.reading.untimed_buttons import closed_by_buttons
from index.reading.untimed_marks import headed_by_marks
from index.reading.untimed_names import headed_by_names, headed_by_points, headed_over_names
from index.reading.untimed_titles import find_titles, is_button, prose_follows, without_heading_marks

_DASH = re.compile(r"^[*–—-]$")
_LEAST_DASHES = 3
_DASHED = re.compile(r"^[–—-]\s?([^\s–—-].{1,60}?)\s?[–—-]$")
_NUMBER = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_FIRST = re.compile(
    r"^date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+(?:live(?:(?=[A-Z])|:\s(?=[A-Z])))?|^live(?:(?=[A-Z])|:\s(?=[A-Z]))"
)
_CREDITS = re.compile(r"\.?\s*(?:[-–—/|(©]\s?.{1,60})$")
_MARK = re.compile(r"^(?::\s+|\+{3}\s?)(?=[^\s+])")
_LIST_MARK = re.compile(rf"^[{SIGNS}]\s*")
_ANY_MARK = re.compile(rf"^(?P<sign>[{SIGNS}]|[*–—-](?=\s))\s*")
_SHORT_PROSE, _MOST_OVER = 40, 0.8
_LIVE = re.compile(r"\b(?:(?:live|news)?-?ticker|live[ -]?blog|minuto a minuto|en (?:direct|vivo))\b", re.IGNORECASE)
_LEAST_POSTS, _FIRST_LINES, _SHORTEST_POST = 6, 2, 25
_LEAST_TOLD, _MOST_HELD = 5, 0.6
_LEAST_DATES, _LEAST_NAMES, _LONGEST_HEADLINE = 3, 3, 120
_LONGEST_LED = 4  # words
_AFTER_DATE = re.compile(r"\s?[:–—-]\s\S")


def cut_untimed(lines: Sequence[Line]) -> list[Section]:
    """Sections of a page without stamps; one section for the whole page where nothing divides it."""
    lines = with_bylines(without_pairs(without_pairs(_plain_first(lines), _repeats), is_over_film))
    lines = without_heading_marks(without_letters(lines))
    numbered, played = _numbered(lines), find_played(lines)
    if numbered and played and played[0] <= numbered[0]:
        numbered = []  # the standings within an entry
    for starts, titled in (
        (_marked(lines), True),
        (numbered, True),
        (played, False),
        (find_laps(lines), False),
        (find_overs(lines), True),
        (bare_minutes(lines), False),
        (minutes_alone(lines), False),
        (match_times(lines), True),
    ):
        if len(starts) >= 2:
            return _at(lines, starts, titled=titled)
    if headed := closed_by_buttons(lines) or headed_by_points(lines) or headed_by_marks(lines):
        return headed
    if hanging := hanging_points(lines):
        return hanging
    if len(starts := _bulleted(lines)) >= 3:
        return _at([replace(line, text=_ANY_MARK.sub("", line.text)) for line in lines], starts)
    if len(starts := _bylines(lines)) >= 3:
        over = [at for at in starts if at and is_title(lines[at - 1].text) and lines[at].gap == lines[at - 1].gap]
        return _titled(lines, over, find_titles(lines)) if len(over) > 0.6 * len(starts) else _signed(lines, starts)
    if len(starts := _rubrics(lines)) >= 3:
        return _at(lines, starts)
    rules = _rules(lines)
    if len(rules) >= 2:
        marks = set(rules)
        if starts := [at + 1 for at in rules if at + 1 < len(lines) and at + 1 not in marks]:
            return _at(lines, starts)
    if named := headed_over_names(lines) or headed_by_names(lines):
        return named
    titles = find_titles(lines)
    if len(titles) >= 3:
        return _closed_by_names(lines, titles) or _signed_by_titles(_at(lines, titles))
    dates = _dates(lines)
    if len(dates) >= _LEAST_DATES:
        return _at(lines, dates)
    if _is_post_a_line(lines):
        return [Section(None, (line,)) for line in lines]
    return [Section(None, tuple(lines))]


def _rules(lines: Sequence[Line]) -> list[int]:
    """Lines that are a rule; a single dash is one where several stand over headlines."""
    dashes = [at for at, line in enumerate(lines[:-1]) if _DASH.match(line.text)]
    over = sum(is_title(lines[at + 1].text) for at in dashes)
    lone = set(dashes if over >= max(_LEAST_DASHES, _MOST_OVER * len(dashes)) else ())
    return [at for at, line in enumerate(lines) if at in lone or RULE.match(line.text)]


def _closed_by_names(lines: Sequence[Line], titles: Sequence[int]) -> list[Section]:
    """Sections whose authors' names stand alone under their texts, the same one under several; empty where none do.

    What follows a name begins an entry, be it without a headline. No name stands over the first headline.
    """
    named = {at for at, line in enumerate(lines) if is_name(line.text)}
    heads = [at for at in titles if at not in named]
    closing = [at for at in sorted(named) if heads and at > heads[0] + 1 and _ends_text(lines[at - 1])]
    if len(closing) < _LEAST_NAMES or len({lines[at].text for at in closing}) == len(closing) or heads[0] - 1 in named:
        return []
    over = {lines[at - 1].number: lines[at].text for at in closing}
    starts = {lines[at].number for at in heads} | {lines[at + 1].number for at in closing if at + 1 < len(lines)}
    gone = set(closing)
    kept = [line for at, line in enumerate(lines) if at not in gone]
    sections = _at(kept, [at for at, line in enumerate(kept) if line.number in starts])
    return [replace(s, author=over.get(s.lines[-1].number)) if s.lines else s for s in sections]


def _signed_by_titles(sections: Sequence[Section]) -> list[Section]:
    """The sections, names that head most of them as their authors where one of these comes again."""
    heads = [s.title for s in sections if s.title]
    names = [title for title in heads if is_name(title)]
    if len(set(names)) == len(names) or 2 * len(names) <= len(heads):
        return list(sections)
    return [replace(s, title=None, author=s.title) if s.title in names else s for s in sections]


def _ends_text(line: Line) -> bool:
    """Whether the line ends a text: as a sentence does, or too long for a headline."""
    return ends_sentence(line.text) or len(line.text) > _LONGEST_HEADLINE


def _is_post_a_line(lines: Sequence[Line]) -> bool:
    """Whether each line is a post whose stamp was lost: prose on a page that says it is live, a blank line at most."""
    if len(lines) < _LEAST_POSTS or sum(line.gap for line in lines[1:]) > 1:
        return False
    told = any(_LIVE.search(line.text[:200]) for line in lines[:_FIRST_LINES])
    said = sum(ends_sentence(line.text) and len(line.text) >= _SHORTEST_POST for line in lines)
    return told and said >= _MOST_OVER * len(lines)


def _dates(lines: Sequence[Line]) -> list[int]:
    """Lines that are a date over prose, or begin with one and a colon or a dash."""
    return [
        at
        for at, line in enumerate(lines)
        if (_is_date(line) and prose_follows(lines, at))
        or ((found := read_date(line.text)) and found[0].month and _AFTER_DATE.match(line.text, found[1]))
    ]


def _is_date(line: Line) -> bool:
    day = date_line(line)
    return day is not None and day.month is not None


def _plain_first(lines: Sequence[Line]) -> list[Line]:
    """The lines, the first without the date and the label that some copies put before it and a byline glued to it."""
    if not lines:
        return []
    first = lines[0]
    return [replace(first, text=without_glued_byline(_FIRST.sub("", first.text)) or first.text), *lines[1:]]


def _repeats(line: Line, after: Line) -> bool:
    """Whether the lines are an alternative text and the caption that repeats it and names its source."""
    return after.text.startswith(line.text) and _CREDITS.match(after.text, len(line.text)) is not None


def _marked(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with the colon which a lost stamp left behind, or with the pluses of a ticker."""
    starts = [at for at, line in enumerate(lines) if _MARK.match(line.text)]
    return starts if len(starts) >= 3 else []


def _numbered(lines: Sequence[Line]) -> list[int]:
    """Lines that a running number begins: 1, 2, 3 ... or n, n-1, ..."""
    found = [
        (at, int(m[1]))
        for at, line in enumerate(lines)
        if (m := _NUMBER.match(line.text)) and not _is_date(line)  # "10. April"
    ]
    starts: list[int] = []
    expected: set[int] = set()
    for at, number in found:
        if not starts or number in expected:
            starts.append(at)
            expected = {number + 1} if len(starts) > 1 or number == 1 else {number + 1, number - 1}
    return starts


def _bulleted(lines: Sequence[Line]) -> list[int]:
    """Lines with a bullet, each over the text of an entry: on a list of points the next bullet follows at once.

    Sentences with the same bullet, set apart from each other, are entries too where they make up most of the page, and
    so are those of a page without blank lines. Other bullets among them are points within an entry.
    """
    found = [(at, m["sign"]) for at, line in enumerate(lines) if (m := _ANY_MARK.match(line.text))]
    found = [(at, sign) for at, sign in found if not is_button(lines[at].text)]
    if not found:
        return []
    usual, _ = Counter(sign for _, sign in found).most_common(1)[0]
    same = [at for at, sign in found if sign == usual]
    tight = not any(line.gap for line in lines[1:])
    told = sum((lines[at].gap or tight) and ends_prose(lines[at].text) for at in same)
    held = sum(len(line.text) for line in lines[same[0] :])
    if told >= max(_LEAST_TOLD, _MOST_OVER * len(same)) and held > _MOST_HELD * sum(len(line.text) for line in lines):
        return same
    if not (starts := [at for at, _ in found if _LIST_MARK.match(lines[at].text)]):
        return []
    ends = [*starts[1:], len(lines)]
    over = sum(
        any(ends_prose(line.text) and len(line.text) > _SHORT_PROSE for line in lines[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    )
    return starts if over >= _MOST_OVER * len(starts) and starts[0] * 2 <= len(lines) else []


def _bylines(lines: Sequence[Line]) -> list[int]:
    """Lines that say who wrote what stands under them: "By Ann Hill"."""
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    return [
        at
        for at, line in enumerate(lines[:-1])
        if (line.gap or not spaced) and len(line.text) <= 80 and read_byline(line.text)
        if not (at and read_byline(lines[at - 1].text))
    ]


def _signed(lines: Sequence[Line], starts: Sequence[int]) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        author, under = read_byline(lines[start].text), _without_second(lines[start + 1 : end])
        title = under.pop(0).text if len(under) > 1 and is_title(under[0].text) else None
        sections.append(Section(None, tuple(under), title=title, author=author))
    return sections


def _titled(lines: Sequence[Line], bylines: Sequence[int], titles: Sequence[int]) -> list[Section]:
    """Sections whose title stands over their byline, and those under the other `titles` among them, unsigned."""
    signed = {at - 1 for at in bylines}
    others = {at for at in titles if at > bylines[0] and at not in bylines and _is_told(lines[at + 1])}
    starts = sorted(signed | others)
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        author = read_byline(lines[at + 1].text) if at in signed else None
        under = _without_second(lines[at + 2 : end]) if at in signed else lines[at + 1 : end]
        sections.append(Section(None, tuple(under), title=lines[at].text, author=author))
    return sections


def _is_told(line: Line) -> bool:
    return len(line.text) > _SHORT_PROSE and ends_prose(line.text)


def _without_second(lines: Sequence[Line]) -> list[Line]:
    """The lines under a byline without another one right below it, or who helped: "Reporting by Bo Reed"."""
    signed = len(lines) > 1 and (read_byline(lines[0].text) is not None or names_helper(lines[0].text))
    return [*lines[1:]] if signed else [*lines]


def _rubrics(lines: Sequence[Line]) -> list[int]:
    """Headings in capitals or between dashes, each over prose."""
    spaced = sum(line.gap for line in lines) * 3 > len(lines)
    return [
        at
        for at, line in enumerate(lines)
        if (line.gap or not spaced)
        and (_DASHED.match(line.text) or (line.text.isupper() and 5 <= len(line.text) <= 80))
        and prose_follows(lines, at)
    ]


def _at(lines: Sequence[Line], starts: Sequence[int], *, titled: bool = True) -> list[Section]:
    sections = [Section(None, tuple(lines[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first = lines[start]
        played = counts_play(first.text)
        title = first.text if played or _is_date(first) else _MARK.sub("", _DASHED.sub(r"\1", plain_title(first.text)))
        if played or not titled or tells_minute(title):
            headed = False
        else:
            numbered = bool(_NUMBER.match(first.text))
            led = title.removesuffix(":") if len(title.split()) <= _LONGEST_LED else title  # "Rupee Close:"
            headed = _is_date(first) or (is_title(led) and (numbered or not is_summary_heading(title)))
        if headed and end > start + 1:
            title, author = split_signed_title(title) or (title, None)
            sections.append(Section(None, tuple(lines[start + 1 : end]), title=title, author=author))
        else:
            head = Line(first.number, title, True, first.indent)
            sections.append(Section(None, (head, *lines[start + 1 : end])))
    return sections
