"""Openings of pages that were copied without their headline: loose key points, or one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.announcing import calls_on
from index.reading.lines import Line
from index.reading.titles import INNER_END, ends_sentence, is_title

_LEAST_POINTS, _LEAST_WORDS, _LONGEST_LINK, _LEAST_SAME = 3, 15, 13, 3  # lines, then words


def are_points(lines: Sequence[Line]) -> bool:
    """Whether an opening is key points without a headline: set apart, none ends as prose, the first is the longest."""
    counts = [len(line.text.split()) for line in lines]
    if len(counts) <= _LEAST_POINTS or counts[0] < _LEAST_WORDS or counts[0] <= max(counts[1:]):
        return False
    return ":" not in lines[0].text and all(line.gap and is_title(line.text) for line in lines)


def are_links(lines: Sequence[Line]) -> bool:
    """Whether an opening is nothing but the headlines of several reports: short, set apart, none ends as prose."""
    short = all(len(line.text.split()) < _LONGEST_LINK and is_title(line.text) for line in lines)
    return len(lines) >= _LEAST_POINTS and short and all(line.gap for line in lines)


def is_standfirst(lines: Sequence[Line]) -> bool:
    """Whether an opening is one line of a whole sentence and a call to follow the page, as no headline is."""
    told, stop, call = lines[0].text.rpartition(". ")
    return bool(stop) and len(lines) == 1 and len(told.split()) >= _LEAST_WORDS and calls_on(call)


def is_told(text: str) -> bool:
    """Whether the line is several whole sentences, as of a summary that no headline stands over."""
    return ends_sentence(text) and bool(INNER_END.search(text)) and len(text.split()) >= _LEAST_WORDS


def is_deck(lines: Sequence[Line]) -> bool:
    """Whether the first line is the summary over a report, not its headline: the report's dateline leads to its words.

    "The latest on the count in Quay" over "QUAY — The latest on the count. All times are eastern."
    """
    first = lines[0].text.split()[:_LEAST_SAME]
    told = (line.text.partition(dash)[2] for line in lines[1:] for dash in (" — ", " – ", " -- "))
    return len(first) == _LEAST_SAME and any(text.split(maxsplit=_LEAST_SAME)[:_LEAST_SAME] == first for text in told)
