"""What a page prints beside its entries: a list of their headlines before them, summaries after the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.lines import Line
from index.reading.sections import Section
from index.reading.titles import is_summary_heading
from index.stamps import read_stamp

_FIRST_STORY = re.compile(
    r"^(?:(?:our|the) )?(?:(?:original|earlier|previous) (?:post|story|report)\s?(?::?$|:\s(?=\S))|earlier:\s(?=\S))",
    re.IGNORECASE,
)
_LEAST_LISTED = 2


def without_contents(sections: Sequence[Section]) -> list[Section]:
    """The sections, the opening without what heads entries: a list of headlines under clocks, a pinned entry's own.

    The text of an entry that is pinned over the others is the opening's, under the page's headline.
    """
    if not sections or sections[0].candidate or sections[0].title:
        return list(sections)
    first, *rest = sections
    titles = {s.title for s in rest if s.title}
    listed = {b.number for a, b in pairwise(first.lines) if b.text in titles and _is_stamp(a.text)}
    if len(listed) < _LEAST_LISTED:
        heads = {(s.title, s.lines[0].text) for s in rest if s.title and s.lines}
        listed = {b.number for _, b, c in _threes(first.lines) if (b.text, c.text) in heads}
    if not listed:
        return list(sections)
    return [replace(first, lines=tuple(line for line in first.lines if line.number not in listed)), *rest]


def _threes(lines: Sequence[Line]) -> Iterable[tuple[Line, Line, Line]]:
    return zip(lines, lines[1:], lines[2:], strict=False)


def _is_stamp(text: str) -> bool:
    stamp = read_stamp(text)
    return stamp is not None and stamp.end == len(text)


def split_after_last(sections: Sequence[Section]) -> list[Section]:
    """Set apart untimed summaries: a known heading in the opening, or after the last timed entry."""
    done: list[Section] = []
    for at, section in enumerate(sections):
        done.append(section)
        if section.candidate is None or at + 1 < len(sections):
            continue
        for n, line in enumerate(section.lines):
            first_story = _FIRST_STORY.match(line.text)
            inline = first_story is not None and first_story.end() < len(line.text)
            if n and (inline or n + 1 < len(section.lines)) and (first_story or is_summary_heading(line.text)):
                done[-1] = replace(section, lines=section.lines[:n])
                title = None if inline else line.text.rstrip(" :")
                done.append(Section(None, section.lines[n if inline else n + 1 :], title=title))
                break
    return done
