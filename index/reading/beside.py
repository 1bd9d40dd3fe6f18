"""Headlines beside the stamps on their lines, some of them ended as sentences: told by the habit of the whole page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.lines import Line
from index.reading.sections import Section
from index.reading.stopped import is_sentence_over, may_head
from index.reading.titles import ends_prose, is_title

_SENTENCE_END = re.compile(r"[.!?]$|[.!?]\s")
_LONGEST_LED = 12  # words
_PICTOGRAPHS = re.compile(r"^[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff\s]+")
_ENOUGH_APART, _LEAST_TOLD = 3, 2
_FIGURE, _LONGEST_FIGURE = re.compile(r"\d"), 6  # words
_QUOTES = frozenset("“\"«„‘'")
_LONGEST_FREE, _LEAST_FREE = 16, 3  # words


def all_head(heads: Sequence[Section]) -> bool:
    """Whether what stands beside each stamp is a headline: a sentence over longer text, or words apart from it."""
    stopped = [s.candidate.after for s in heads if s.candidate and _is_stopped(s)]
    return (len(stopped) == len(heads) and may_head(stopped)) or _mostly_stopped(heads) or _all_apart(heads)


def _mostly_stopped(heads: Sequence[Section]) -> bool:
    """Whether headlines stand beside all the stamps, some without the stop that the others end in."""
    words = [s.candidate.after for s in heads if s.candidate]
    free = [bool(s.candidate and heads_freely(s.candidate.after, s)) for s in heads]
    return (
        any(free)
        and may_head(words)
        and all(bare or _is_stopped(s, _LONGEST_FREE) for s, bare in zip(heads, free, strict=True))
    )


def stopped_or_told(heads: Sequence[Section]) -> bool:
    """Whether one short sentence stands beside each stamp with text under it, and several beside the others."""
    over = [s for s in heads if s.lines]
    alone = [s.candidate.after for s in heads if s.candidate and not s.lines]
    told = len(alone) >= _LEAST_TOLD and all(_SENTENCE_END.search(text[:-1]) for text in alone)
    apart = all(_is_stopped(s) and s.lines[0].gap for s in over)
    return told and apart and len({s.candidate.after for s in over if s.candidate}) == len(over) >= _ENOUGH_APART


def _all_apart(heads: Sequence[Section]) -> bool:
    """Whether all the words beside the stamps stand apart from other lines, some as headlines, some with a colon."""
    words = [s.candidate.after for s in heads if s.candidate]
    if len(words) < _ENOUGH_APART or not all(s.lines and s.lines[0].gap for s in heads):
        return False
    led_to = [s.lines[0].text for s in heads if s.candidate and s.candidate.after.endswith(":")]
    short = all(is_title(text.removesuffix(":")) and len(text.split()) <= _LONGEST_LED for text in words)
    quoted = any(text[:1] in _QUOTES for text in led_to)  # "The mayor said:"
    return short and not quoted and 0 < len(led_to) < len(words)


def _is_stopped(section: Section, words: int = _LONGEST_LED) -> bool:
    """Whether the words beside the stamp, `words` at most, are one sentence over longer prose."""
    candidate = section.candidate
    if candidate is None or candidate.place != "head" or not section.lines:
        return False
    return is_sentence_over(Line(candidate.line, candidate.after, True), section.lines[0], words=words)


def heads_freely(words: str, section: Section) -> bool:
    """Whether the words beside the stamp are a headline though few others on the page are: apart, over prose."""
    words = _PICTOGRAPHS.sub("", words)
    if not is_title(words) or not words[:1].isupper() or _SENTENCE_END.search(words):
        return False
    if _is_over_figures(section) and _LEAST_FREE <= len(words.split()):
        return True
    if not stands_free(section):
        return False
    below = _PICTOGRAPHS.sub("", section.lines[0].text)
    if not below[:1].isalnum() and below[:1] not in _QUOTES:
        return False  # a list that the words lead to
    return _LEAST_FREE <= len(words.split()) <= _LONGEST_FREE and len(below) * 2 > len(words)


def _is_over_figures(section: Section) -> bool:
    """Whether figures stand first under the stamp, one with its name a line: "Harbour 14 cm" over "Quay 12 cm"."""
    first = [line.text for line in section.lines[:_LEAST_TOLD]]
    named = all(_FIGURE.search(text) and is_title(text) and len(text.split()) <= _LONGEST_FIGURE for text in first)
    return named and len(first) == _LEAST_TOLD


def stands_free(section: Section) -> bool:
    """Whether the words beside the stamp stand apart from the prose under them."""
    return bool(section.lines and section.lines[0].gap and ends_prose(section.lines[0].text))
