"""Rubrics between stamps and headlines: a word in capitals, a place, a topic over each headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.furniture import is_credit
from index.reading.lines import Line
from index.reading.people import is_name, read_byline
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title

_LONGEST_TOPIC = 4  # words
_LEAST_TOPICS, _MOST_TOPICS = 3, 0.8


def without_topics(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections without the topic right under each stamp, where a longer headline stands apart below it."""
    headed = [s for s in sections if s.candidate and s.candidate.place == "alone" and len(s.lines) > 2]
    topics = {id(s) for s in headed if _is_topic(*s.lines[:2])}
    if len(topics) < max(_LEAST_TOPICS, _MOST_TOPICS * len(headed)):
        return sections
    return [_without_topic(s) if id(s) in topics else s for s in sections]


def _is_topic(first: Line, second: Line) -> bool:
    """Whether a few words right under a stamp stand over a longer headline that a blank line sets apart."""
    apart = second.gap and not first.gap and len(first.text) < len(second.text)
    few = len(first.text.split()) <= _LONGEST_TOPIC and is_title(first.text) and is_title(second.text)
    return apart and few and not (is_name(first.text) or is_name(second.text) or read_byline(first.text))


def _without_topic(section: Section) -> Section:
    """The section without its topic, which may stand again over a picture's caption; the credit joins the caption."""
    topic, *lines = section.lines
    pictured = {b.number for a, b in pairwise(lines) if a.text == topic.text}
    kept = [
        replace(line, gap=False) if above.number in pictured and is_credit(line.text) else line
        for above, line in zip([topic, *lines], lines, strict=False)
    ]
    return replace(section, lines=tuple(line for line in kept if line.text != topic.text))


def is_tag(text: str) -> bool:
    """Whether the line names a rubric in capitals, as stands over the headline: "VOS QUESTIONS"."""
    return text.isupper() and len(text.split()) <= 3 and len(text) <= 30


def is_rubric(text: str, following: str, below: str) -> bool:
    """Whether a word or two stand over a longer headline that stands over prose: a place, a subject."""
    if read_byline(following) or is_name(following):
        return False
    longer = is_title(following) and len(following.split()) >= 3 and ends_prose(below)
    return longer and len(text.split()) <= 2 and len(text) <= 20 and is_title(text) and not is_name(text)
