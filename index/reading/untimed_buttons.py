"""Pages without stamps whose entries each end in a button and in the words for a time that was lost: "Updated at"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.sections import Section
from index.reading.titles import is_summary_heading, is_title
from index.reading.untimed_titles import prose_follows

_SHARE = re.compile(r"share|teilen|partager|compartir", re.IGNORECASE)
_LOST = re.compile(
    r"(?:(?:last )?updated at|(?:zuletzt )?aktualisiert um|mise? à jour à|actualizado a las?)\s?:?", re.IGNORECASE
)
_LEAST_CLOSED = 3


def closed_by_buttons(lines: Sequence[Line]) -> list[Section]:
    """Sections that end in "Share" and "Updated at", each with the author's name and headline over its text.

    Empty where no several ones do. The first entry begins at the last headline over prose, under the page's own.
    """
    lost = [at for at, line in enumerate(lines) if at and _LOST.fullmatch(line.text)]
    closed = [at for at in lost if _SHARE.fullmatch(lines[at - 1].text)]
    if len(closed) < _LEAST_CLOSED or len(closed) < len(lost):
        return []
    starts = [0, *(at + 1 for at in closed)]
    parts = [lines[start:end] for start, end in zip(starts, [*(at - 1 for at in closed), len(lines)], strict=True)]
    heads = (at for at in reversed(range(1, len(parts[0]))) if is_title(parts[0][at].text))
    first = next((at for at in heads if prose_follows(parts[0], at)), 0)
    opening = [Section(None, tuple(parts[0][:first]))] if first else []
    return opening + [_read(part) for part in (parts[0][first:], *parts[1:]) if part]


def _read(part: Sequence[Line]) -> Section:
    """The entry that the lines are, without the heading of a list that was lost over it."""
    author, lines = None, list(part)
    if len(lines) > 1 and is_summary_heading(lines[0].text) and not is_title(lines[1].text):
        lines.pop(0)
    if len(lines) > 1 and is_name(lines[0].text):
        author = lines.pop(0).text
    title = lines.pop(0).text if len(lines) > 1 and is_title(lines[0].text) else None
    return Section(None, tuple(lines), title=title, author=author)
