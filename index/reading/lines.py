"""Lines of a page: cut apart, their gaps kept; which hold nothing but a date, which stand within a quoted post."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.calendars import DAYS_BACK, WEEKDAYS, Day, read_date
from index.reading.digit_runs import cut_digit_runs
from index.reading.doubled import without_doubles
from index.reading.glued import lead_from_ends
from index.reading.paragraphs import cut_paragraphs
from index.reading.tags import without_tags
from index.reading.turns import cut_turns
from index.reading.welded import cut_welded

_BEFORE_PLUS = re.compile(r"(?<=[^\s+])(?=\+\+\+ \d{1,2}[:.]\d\d)")
_BEFORE_DATED = re.compile(
    r"(?<=[.!?:\"”“)])\s+(?=\d{1,2}[/.]\d{1,2}[/.](?:\d\d|\d{4}),?\s\d{1,2}:\d\d(?:\s?[AP]M)?\s(?!Uhr\b)[A-ZÀ-Þ„“\"])"
)
# the last two: "by 46.17:45The", "votes of 202221:28The"
_BEFORE_GLUED = re.compile(
    r"(?:(?<=[^\W\d][.!?])|(?<=[”\"][.!?]))(?=\d{1,2}:\d\d[A-ZÀ-Þ“\"])|(?:(?<=\d\.)|(?<=\b20\d\d))(?=\d\d:\d\d[A-ZÀ-Þ“\"])"
)
# a post's date glued to the next stamp: "November 12, 20249 h 52 | No one hurt"
_AFTER_YEAR = re.compile(r"(?<=\d, 20\d\d)(?=(?:[01]?\d|2[0-3])(?:[:.]|\s?[hH]\s?)[0-5]\d\s?[|:–—-]\s)")
_BEFORE_LAST = re.compile(r"(?<=[.!?…\"”])\s?(?=\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?\s?)?[A-Z]{2,4}:[ \t]*$)", re.MULTILINE)
_BEFORE_BULLET = re.compile(r"(?<=\S)\s+(?=[●•▪■▶►]\s?\d{1,2}(?:[:.]\d\d|\s?h\s?\d\d))")
_BEFORE_ZONED = re.compile(
    r"(?<=\S)(?<!\bat)(?<!\bby)(?<!\bof)\s(?=\d{1,2}[:.]\d\d\s?[ap]\.?m\.?\s(?:GMT|BST|UTC|[ECMP][SD]?T)\s[A-ZÀ-Þ“\"@#])"
)
# "21:48 Uhr" over "– 21.01.2025"
_DATE_BELOW = re.compile(
    r"^([ \t]*\d{1,2}(?:[:.]|\s?[hH]\s?)\d\d[^\n]{0,12})\n[ \t]*([|/,•·–—-][ \t]+\S[^\n]{4,30})$", re.MULTILINE
)
# "Updated: 12/09/2024" over "- 22:18"
_CLOCK_BELOW = re.compile(
    r"^([ \t]*(?:(?:first|last) )?(?:published|posted|updated|modified|publié|mis à jour|veröffentlicht|aktualisiert|"
    r"publicado|actualizado)\b[^\n\d]{0,12}\d[^\n:]{4,24})\n\s{0,8}([|,•·–—-][ \t]+\d{1,2}[:.hH]\d\d[^\n]{0,12})$",
    re.MULTILINE | re.IGNORECASE,
)
# "Ann Hill" over "March 13, 5:12 am", and both again as a list's point: "• Ann Hill March 13, 5:12 am"
_SIGNED_AGAIN = re.compile(
    r"^(?P<twice>[ \t]*(?P<name>[^\W\d][^\n]{3,58}\S)[ \t]*\n"
    r"[ \t]*(?P<stamp>[^\n]{0,40}\d[:.hH]\d\d[^\n]{0,10}?)[ \t]*\n)[ \t]*[•*–—-]\s(?P=name)\s(?P=stamp)[ \t]*$",
    re.MULTILINE,
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad"))
_PICTURES = frozenset(("So", "Sk", "Co", "Cn", "Mn", "Cf"))
_LONGEST_ORNAMENT = 40  # characters
_ENOUGH_ZONED, _PARAGRAPH = 5, 400
_CLOCK_LIKE = re.compile(r"\d:\d")
_GLUED_CLOCK = re.compile(r"[.!?]\d{1,2}:\d\d[A-ZÀ-Þ“\"]")
_ENOUGH_GLUED = 3
_DIGIT = re.compile(r"\d")
_UPDATES_OF = re.compile(r"^(?:(?:latest |earlier )?updates?(?: (?:from|on|for|of))?,? |on (?=[A-Z]))", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"^(?:day|tag|jour|día) \d{1,3}\s?[:,|–—-]\s(?=\w)", re.IGNORECASE)
_HANDLE_LINE = re.compile(r"^.{0,60}@\w{2,20}\)?$")
_SIGNATURE = re.compile(r"@\w{2,20}\)\s+\S.{4,20}$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page without its margins; `number` counts from 0, `gap` tells of blank lines before it."""

    number: int
    text: str
    gap: bool
    indent: int = 0


def split_lines(text: str) -> list[Line]:
    """Lines that hold something, in page order."""
    lines: list[Line] = []
    gap = True
    text = without_tags(text.translate(_INVISIBLE))
    text = _BEFORE_DATED.sub("\n", _BEFORE_PLUS.sub("\n", cut_welded(without_doubles(text))))
    text = _SIGNED_AGAIN.sub(r"\g<twice>", _AFTER_YEAR.sub("\n", text))
    if ":\n" in text:
        text = _BEFORE_LAST.sub("\n\n", text)
    text = cut_digit_runs(text)
    text = cut_turns(lead_from_ends(cut_paragraphs(_CLOCK_BELOW.sub(r"\1 \2", _DATE_BELOW.sub(_joined, text)))))
    if len(_BEFORE_BULLET.findall(text)) >= _ENOUGH_GLUED:
        text = _BEFORE_BULLET.sub("\n\n", text)
    if len(_GLUED_CLOCK.findall(text)) >= _ENOUGH_GLUED:
        text = _BEFORE_GLUED.sub("\n\n", text)
    for raw in (piece for line in text.splitlines() for piece in _apart(line)):
        words = raw.strip()
        if words and not _is_ornament(words):
            lines.append(Line(len(lines), words, gap, len(raw) - len(raw.lstrip())))
            gap = False
        else:
            gap = True
    return lines


def _is_ornament(words: str) -> bool:
    """Whether a line is nothing but pictures or ornaments, as none that rules off entries is: "◈ ◈ ◈"."""
    return len(words) <= _LONGEST_ORNAMENT and all(c == " " or unicodedata.category(c) in _PICTURES for c in words)


def _joined(match: re.Match[str]) -> str:
    """A clock alone and the whole date under it, which a dash leads to, as one line; anything else as it was."""
    day = date_line(Line(0, match[2], False))
    return f"{match[1].rstrip()} {match[2]}" if day and day.full() else match[0]


def _apart(line: str) -> list[str]:
    """A page in one paragraph cut before each of its stamps; any other line as it is."""
    if len(line) < _PARAGRAPH or len(_BEFORE_ZONED.findall(line)) < _ENOUGH_ZONED:
        return [line]
    return _BEFORE_ZONED.sub("\n\n", line).split("\n")


def date_line(line: Line) -> Day | None:
    """Date of a line that holds nothing but a date: a heading for the entries around it."""
    if len(line.text) > 80 or _CLOCK_LIKE.search(line.text):
        return None
    text = _DAY_NUMBER.sub("", line.text.strip("•*-–—|+#:. \t[]()"))
    if len(text) > 60 or ":" in text:
        return None
    text = _UPDATES_OF.sub("", text)
    if not _DIGIT.search(text):
        if text.lower() in DAYS_BACK:
            return Day(back=DAYS_BACK[text.lower()])
        return Day(weekday=WEEKDAYS[text.lower()]) if len(text) > 4 and text.lower() in WEEKDAYS else None
    found = read_date(text)
    if found is None:
        return None
    day, end = found
    if day.month is None:
        again = read_date(text, end + len(text[end:]) - len(text[end:].lstrip(", ")))
        day, end = again if again else found
    return day if end >= len(text) else None


def without_pairs(lines: Sequence[Line], are_pair: Callable[[Line, Line], object]) -> list[Line]:
    """The lines without any two in a row that make a pair."""
    pairs = {at for at, (line, after) in enumerate(pairwise(lines)) if are_pair(line, after)}
    return [line for at, line in enumerate(lines) if at not in pairs and at - 1 not in pairs]


def within_post(lines: Sequence[Line], at: int, reach: int) -> bool:
    """Whether the line stands within an embedded post of a social network, under a line with its handle."""
    for line in reversed(lines[max(0, at - reach) : at]):
        if "@" not in line.text:
            continue
        if _SIGNATURE.search(line.text[-60:]):
            return False
        if _HANDLE_LINE.match(line.text):
            return True
    return False
