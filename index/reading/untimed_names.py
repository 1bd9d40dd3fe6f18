"""Pages without stamps whose authors' names stand alone over the entries' texts, be it under their headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.bullets import SIGNS
from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title

_POINT = re.compile(rf"[{SIGNS}]\s+(?=\S)")
_LEAST_NAMES, _MOST_OVER = 4, 0.8
_LEAST_POINTS = 3
_LONGEST_TEXT = 120  # characters of a line that may be a headline


def headed_by_names(lines: Sequence[Line]) -> list[Section]:
    """Sections under names that stand apart over prose, the same one over several; empty where none do.

    No headline follows the names, as one does where they close the texts above them, and the page ends in a text.
    """
    names = [at for at, line in enumerate(lines) if line.gap and is_name(line.text)]
    over = [at for at in names if at + 1 < len(lines) and _is_text(lines[at + 1], lines[-1])]
    again = len({lines[at].text for at in over}) < len(over)
    most = len(over) >= max(_LEAST_NAMES, _MOST_OVER * len(names))
    if not (most and again) or names[-1] + 1 == len(lines):
        return []
    opening = [Section(None, tuple(lines[: over[0]]))] if over[0] else []
    ends = [*over[1:], len(lines)]
    return opening + [
        Section(None, tuple(lines[at + 1 : end]), author=lines[at].text) for at, end in zip(over, ends, strict=True)
    ]


def headed_over_names(lines: Sequence[Line]) -> list[Section]:
    """Sections that begin with the headlines right over their authors' names, one of them over several; or none.

    Most names of the page stand so, after a text and over another one.
    """
    names = [at for at, line in enumerate(lines) if is_name(line.text)]
    tight = not any(line.gap for line in lines[1:])
    over = [at for at in names if 1 < at < len(lines) - 1 and _is_signed_title(lines, at, tight=tight)]
    again = len({lines[at].text for at in over}) < len(over)
    if not again or len(over) < max(_LEAST_NAMES, _MOST_OVER * len(names)):
        return []
    ends = [*(at - 1 for at in over[1:]), len(lines)]
    return [Section(None, tuple(lines[: over[0] - 1]))] + [
        Section(None, tuple(lines[at + 1 : end]), title=lines[at - 1].text, author=lines[at].text)
        for at, end in zip(over, ends, strict=True)
    ]


def _is_signed_title(lines: Sequence[Line], at: int, *, tight: bool) -> bool:
    """Whether a headline stands between a text and the name at `at`, and a text under the name."""
    above, title, below = lines[at - 2], lines[at - 1], lines[at + 1]
    headed = (title.gap or tight) and is_title(title.text) and not is_name(title.text)
    return headed and ends_prose(above.text) and (ends_prose(below.text) or len(below.text) > _LONGEST_TEXT)


def _is_text(line: Line, last: Line) -> bool:
    """Whether the line stands apart and is neither a name nor a headline; the page's last one may be cut off."""
    headed = is_title(line.text) and len(line.text) <= _LONGEST_TEXT and line is not last
    return line.gap and not is_name(line.text) and not headed


def headed_by_points(lines: Sequence[Line]) -> list[Section]:
    """Sections under headlines that are points of a list, their authors' names right below; empty where none are.

    One of them may stand under a point that holds the day.
    """
    names = [at for at, line in enumerate(lines) if at and is_name(line.text) and at + 1 < len(lines)]
    named = [at for at in names if is_title(_POINT.sub("", lines[at - 1].text)) and lines[at - 1].gap]
    points = sum(bool(_POINT.match(lines[at - 1].text)) for at in named)
    if points < _LEAST_POINTS or points + 1 < len(named) or len({lines[at].text for at in named}) == len(named):
        return []
    starts = [at - 1 for at in named]
    sections = []
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        title = _POINT.sub("", lines[at].text)
        sections.append(Section(None, tuple(lines[at + 2 : end]), title=title, author=lines[at + 1].text))
    return [Section(None, tuple(lines[: starts[0]])), *sections] if starts[0] else sections
