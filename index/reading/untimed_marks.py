"""Pages without stamps whose entries each stand under the same few words: "Live Blog Post"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.reading.lines import Line
from index.reading.people import is_name, read_byline
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title
from index.reading.untimed_titles import find_titles

_LEAST_MARKS, _LEAST_HEADLINE = 3, 3  # lines, words
_LONGEST_MARK, _LONGEST_PICTURE = 4, 4  # words


def headed_by_marks(lines: Sequence[Line]) -> list[Section]:
    """Sections under a mark that stands apart over each entry's headline; empty where none does.

    A byline may follow the headline; what names a picture, without a capital, may stand over the text or end it.
    """
    times = Counter(
        line.text for line, below in pairwise(lines) if below.gap and len(line.text.split()) <= _LONGEST_MARK
    )
    mark, count = times.most_common(1)[0] if times else ("", 0)
    dated = any(letter.isdigit() for letter in mark)
    if count < _LEAST_MARKS or dated or not is_title(mark) or is_name(mark) or read_byline(mark):
        return []
    starts = [at for at, line in enumerate(lines) if line.text == mark]
    heads = {lines[at + 1].text for at in starts if at + 2 < len(lines) and _is_headline(lines[at + 1])}
    if len(heads) < len(starts):
        return []
    over = lines[: starts[0]]
    headed = next(iter(find_titles(over)), 0)  # what stands above is no more than a menu
    sections = [Section(None, tuple(over[headed:]))] if over else []
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        title, *under = lines[at + 1 : end]
        author = read_byline(under[0].text) if under else None
        under = under[1:] if author else under
        if len(under) > 1 and _names_picture(under[0]) and ends_prose(under[1].text):
            under.pop(0)
        if len(under) > 1 and end < len(lines) and not lines[end].gap and _names_picture(under[-1]):
            under.pop()
        sections.append(Section(None, tuple(under), title=title.text, author=author))
    return sections


def _is_headline(line: Line) -> bool:
    return line.gap and len(line.text.split()) >= _LEAST_HEADLINE and is_title(line.text)


def _names_picture(line: Line) -> bool:
    return line.gap and line.text.islower() and len(line.text.split()) <= _LONGEST_PICTURE
