"""A page copied into a paragraph or two: its lines cut before the stamps that stand within them."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from index.reading.leads import LEAD
from index.reading.order import minutes_share
from index.stamps import read_stamp

_CORE = (
    r"(?<![\w.:,/+-])(?P<day>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d),?\s)?"
    r"(?<![\d.:,/+-])(?P<h>[01]?\d|2[0-3])(?P<mark>[:.hH])(?P<m>[0-5]\d)"
    r"(?P<half>\s?[AaPp]\.?[Mm]\b\.?)?(?P<word>\s?(?:Uhr|uur|h)\b)?(?P<zone>\s[A-Z]{2,4}(?=[:\s]|\Z))?"
)
_STAMP = re.compile(rf"{_CORE}(?:(?P<sign>\s?:\s)(?=\S)|(?:\s?[|–—-]\s|\s)(?=[A-ZÀ-Þ„“\"«»¡¿@#–—-]|https?:))")
# "End of our live - 19H20 - Offices shut - ...": words before the paragraph's first stamp
_LED = re.compile(rf"[^\W\d][^\d\n]{{3,40}}\s[–—-]\s(?P<stamp>{_CORE})(?P<sign>\s?:)?\s[–—-]\s(?=\S)")
_CUT_OFF = re.compile(rf"{_CORE}(?P<sign>\s?:)?\s?[|–—-]?\s*\Z")  # the page ends before the entry's words
# with the letter before it: "lundi dernier.18H50 - Levée", "[Photo: Mwangaza]15:20: The"
_GLUED = re.compile(
    r"(?:(?<=[.!?”\"»)\]])(?=\d)|(?<=[a-zà-ÿ])(?=\d\d))"
    r"(?=\d{1,2}[:.hH][0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?(?::\s|\s[–—-]\s))"
)
_CLOCK = re.compile(r"\d[:.hH][0-5]\d")
_AFTER_SENTENCE = re.compile(r"(?:[.!?…][\"”»’)\]]?|[\"”»\])]|\.(?:com|[a-z]{2}))\s*$")
_LONG, _APART, _LEAD, _DATED_LEAD = 150, 60, 24, 60  # characters
_MANY, _SOME, _ENOUGH_STARTS = 4, 2, 3
_IN_ORDER = 0.85


class _Form(NamedTuple):
    """How a stamp within a line is written."""

    dated: bool
    mark: str
    words: str
    colon: bool


def cut_paragraphs(text: str) -> str:
    """The text with a line for each stamp where entries run on within its lines; as it is where none do.

    Clocks within a line are stamps where they are all written alike, stand in the order of time, and lead a colon
    or follow a sentence; a timetable within a page of stamped lines is none.
    """
    if max(map(len, text.splitlines()), default=0) < _LONG:
        return text
    clocks = (match.start() for match in _CLOCK.finditer(text))
    if not any(at >= _LEAD and "\n" not in text[at - _LEAD : at] for at in clocks):
        return text
    text = _GLUED.sub(" ", text)
    inside: dict[_Form, list[re.Match[str]]] = defaultdict(list)
    starts: dict[_Form, list[re.Match[str]]] = defaultdict(list)
    for match in _STAMP.finditer(text):
        before = text[max(0, match.start() - _LEAD) : match.start()]
        form = _form(match)
        if "\n" in before or match.start() < _LEAD or _is_dated_start(text, match):
            starts[form].append(match)
        elif form.dated or form.colon or form.words or _AFTER_SENTENCE.search(before):
            inside[form].append(match)
    for form, found in inside.items():
        own = starts[form]
        others = sum(len(members) for other, members in starts.items() if other != form)
        first = own[0].start() if own else 0
        if _run_on(found, len(own), others, first) and _in_order([*found, *own]):
            text = _with_stamp_above(text, found[0])
            places = [
                0,
                *_led_to(text, found),
                *(match.start() for match in found),
                *_cut_off(text, found[-1]),
                len(text),
            ]
            return "\n\n".join(text[a:b].strip(" ") for a, b in pairwise(places))
    return text


def _is_dated_start(text: str, match: re.Match[str]) -> bool:
    """Whether nothing but a lead and a date stand before the clock on its line: "Update vom 9. Mai, 6.48 Uhr"."""
    start = text.rfind("\n", max(0, match.start() - _DATED_LEAD), match.start()) + 1
    if not start and match.start() > _DATED_LEAD:
        return False
    lead = LEAD.match(text, start, match.start())
    stamp = read_stamp(text[start : match.end()], lead.end() - start if lead else 0)
    return stamp is not None and stamp.day is not None and start + stamp.start < match.start() < start + stamp.end


def _with_stamp_above(text: str, first: re.Match[str]) -> str:
    """The text, as long as before, with a stamp alone over the paragraph of the first one at its head, if alike."""
    start = text.rfind("\n", 0, first.start()) + 1
    above = text[:start].rstrip()
    line = above[above.rfind("\n") + 1 :].strip()
    stamp = _STAMP.match(f"{line} A")
    if stamp is None or stamp.end() <= len(line) or _form(stamp) != _form(first):
        return text
    return above + " " * (start - len(above)) + text[start:]


def _led_to(text: str, found: list[re.Match[str]]) -> list[int]:
    """Where a stamp like those found, and in their order, follows a few words that begin the first one's paragraph."""
    led = _LED.match(text, text.rfind("\n", 0, found[0].start()) + 1, found[0].start())
    return [led.start("stamp")] if led and _form(led) == _form(found[0]) and _in_order([led, *found]) else []


def _cut_off(text: str, last: re.Match[str]) -> list[int]:
    """Where the text's last stamp stands, alike and after a sentence, if the page is cut off right behind it."""
    match = _CUT_OFF.search(text, max(last.end(), len(text) - _LEAD))
    if match is None or _form(match)._replace(colon=False) != _form(last)._replace(colon=False):
        return []
    before = text[max(last.end(), match.start() - _LEAD) : match.start()]
    return [match.start()] if _AFTER_SENTENCE.search(before) else []


def _form(match: re.Match[str]) -> _Form:
    words = f"{match['half'] or ''}{match['word'] or ''}{match['zone'] or ''}".lower().replace(".", "").replace(" ", "")
    words = words.replace("am", "pm")
    return _Form(bool(match["day"]), match["mark"].lower(), words, bool(match["sign"]))


def _run_on(found: list[re.Match[str]], own: int, others: int, first: int) -> bool:
    """Whether so many stamps within lines are entries, beside `own` at lines' starts and `others` written otherwise.

    `first` is where the first of the own stands: one clock with its half that ends the page's opening goes before it.
    """
    if len(found) >= _MANY and others <= 1:
        gaps = [b.start() - a.start() for a, b in pairwise(found)]
        return sorted(gaps)[len(gaps) // 2] >= _APART
    if len(found) == 1 and found[0].start() < first:
        return own >= _ENOUGH_STARTS and others == 0 and bool(found[0]["half"])
    return len(found) >= _SOME and own >= _ENOUGH_STARTS and others == 0 and bool(found[0]["sign"])


def _in_order(found: list[re.Match[str]]) -> bool:
    return minutes_share([_minute(match) for match in sorted(found, key=re.Match.start)]) >= _IN_ORDER


def _minute(match: re.Match[str]) -> int:
    hour = int(match["h"])
    if half := match["half"]:
        hour = hour % 12 + (12 if "p" in half.lower() else 0)
    return hour * 60 + int(match["m"])
