"""One clock over a match's minutes: the closing words of a page that counts its match by them."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.candidates import BARE_DIGITS, Candidate
from index.reading.lines import Line
from index.reading.page_day import find_page_day
from index.reading.played import find_played
from index.reading.sections import Section
from index.reading.titles import ends_sentence

_SIGNS = frozenset(":|–—-")
_LONGEST_SILENCE = 360  # minutes from the closing words to the page's last change


def find_last_word(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The page's only clock before a text, over the match's minutes: one that says that it is one, or in four digits.

    That in four digits stands shortly before the page's own clock.
    """
    played = find_played(lines)
    if not played:
        return []
    heads = [c for c in candidates if c.place == "head" and c.sign in _SIGNS]
    told = [c for c in heads if c.stamp.clock and any(letter.isalpha() for letter in c.stamp.text)]  # "22:54 Uhr"
    if len(told) == 1 and told[0].line < played[0] and ends_sentence(told[0].after) and told[0].stamp.day is None:
        return told
    digits = [c for c in candidates if c.sign == BARE_DIGITS]
    if len(digits) != 1 or digits[0].line >= played[0] or not lines[digits[0].line].gap:
        return []
    page_day, clock = find_page_day(lines[: digits[0].line]), digits[0].stamp.clock
    if page_day is None or page_day.clock is None or clock is None:
        return []
    silence = (page_day.clock.hour - clock.hour) * 60 + page_day.clock.minute - clock.minute
    return digits if 0 <= silence <= _LONGEST_SILENCE else []


def is_last_word(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    """Whether the page's only stamp is one clock over the match's minutes."""
    return len(chosen) == 1 and any(at > chosen[0].line for at in find_played(lines)[:1])


def with_last_word(sections: Sequence[Section], last: Candidate) -> list[Section]:
    """The sections, the first parted into the page's opening and the closing words under their clock."""
    first, *rest = sections
    opening = tuple(line for line in first.lines if line.number < last.line)
    said = (Line(last.line, last.after, True), *(line for line in first.lines if line.number > last.line))
    return [*([Section(None, opening)] if opening else []), Section(last, said), *rest]
