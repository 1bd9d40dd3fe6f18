"""Words and marks beside stamps that only the page's other stamps explain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import WEEKDAYS, Day, read_date
from index.reading.candidates import LED_BY_AT, Candidate
from index.reading.lines import Line

_SEASONS = ("Eastern", "Central", "Mountain", "Pacific")
_SIGNS = " |:–—-"
_LOCAL = "Local"  # it names no zone
_WORD_AFTER = re.compile(
    rf"(?P<word>{'|'.join((*_SEASONS, _LOCAL, *sorted({day.title() for day in WEEKDAYS}, key=len, reverse=True)))})\.?"
    r"\s+(?=[A-ZÀ-Þ“\"‘„«¿¡\d])"
)
# "22h50. Guinée (9 mars 2031) : ..."
_PLACE_DATED = re.compile(r"[A-ZÀ-Þ][^\W\d][\w' -]{1,30} \((?P<date>[^()]{6,24})\)\s?[:–—-]")
# what is looked at again and again, as no kick-off or opening is
_LED_AT = re.compile(
    r"(?P<words>(?:[\w'’-]+ ){0,3}(?:markets?|stocks?|shares|ind(?:ex|ices)|prices|rates|scene|situation|status|"
    r"position|snapshot|headlines|märkte|börsen?|kurse|lage|stand|marchés|bourse|cours|mercados|bolsas?|cotizaciones|situación|"
    r"estado)) (?:at|as of|um|à|a las)",
    re.IGNORECASE,
)
_LEAST_LED = 2
_LEAST_WORDS, _MOST_WORDS = 3, 0.7
_LEAST_ALIKE = 3


def settle_words(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the words that belong to their stamps, and with the marks that some of them lack."""
    return _led_by_headings(_dated_after(_led_alike(lines, _with_words(_without_districts(lines, candidates)))))


def _without_districts(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Stamps without the word that is a zone or a part of a town, where few of them have one: "9am Central: "."""
    heads = [c for c in candidates if c.place == "head"]
    zoned = [c for c in heads if c.stamp.zone in _SEASONS]
    if not zoned or len(zoned) * 2 > len(heads):
        return list(candidates)
    return [_without_zone(lines[c.line].text, c) if c in zoned else c for c in candidates]


def _without_zone(text: str, candidate: Candidate) -> Candidate:
    stamp = candidate.stamp
    bare = stamp.text.removesuffix(stamp.zone or "").rstrip()
    clock = bare.rstrip(_SIGNS)
    end = stamp.start + len(clock)
    return replace(
        candidate,
        stamp=replace(stamp, text=clock, end=end, zone=None),
        sign=bare[len(clock) :].strip()[:1],
        after=text[end:].lstrip(_SIGNS),
    )


def _led_by_headings(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Stamps without the few words that lead to them, where those come again before others: "Markets at 2:55 PM"."""
    led = {c.line: m["words"] for c in candidates if c.place == "tail" and (m := _LED_AT.fullmatch(c.before))}
    times = Counter(led.values())
    again = {line for line, words in led.items() if times[words] >= _LEAST_LED}
    return [replace(c, before="") if c.line in again else c for c in candidates]


def _dated_after(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the days that stand in brackets after the places which begin their texts."""
    heads = [c for c in candidates if c.place == "head"]
    days = {
        c.line: found[0]
        for c in heads
        if c.stamp.day is None and (m := _PLACE_DATED.match(c.after)) and (found := read_date(m["date"]))
        if found[1] == len(m["date"]) and found[0].month
    }
    if len(days) < _LEAST_WORDS or len(days) < _MOST_WORDS * len(heads):
        return list(candidates)
    return [replace(c, stamp=replace(c.stamp, day=days[c.line])) if c.line in days else c for c in candidates]


def _led_alike(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Stamps whose mark was forgotten behind the word that leads to the page's marked ones: "Ore 23.23 The count"."""
    words = {c.line: lines[c.line].text[: c.stamp.start] for c in candidates if c.place == "head"}
    signs: dict[str, str] = {}
    times = Counter((words[c.line], c.sign) for c in candidates if c.line in words and c.sign != LED_BY_AT)
    for (word, sign), count in times.items():
        if word.strip() and sign and count >= _LEAST_ALIKE:
            signs[word] = sign
    return [
        replace(c, sign=signs[words[c.line]])
        if c.sign == LED_BY_AT and words[c.line] in signs and c.after[:1].isupper()
        else c
        for c in candidates
    ]


def _with_words(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Stamps with the weekday or the zone word that follows each of them: "6:42 p.m. Friday The fire ...".

    "Friday" may as well begin the text, so it takes most of the page's stamps to have one before a capital.
    """
    found = {c.line: m for c in candidates if c.place == "head" and not c.sign and (m := _WORD_AFTER.match(c.after))}
    heads = sum(c.place == "head" and not c.sign for c in candidates)
    if len(found) < _LEAST_WORDS or len(found) < _MOST_WORDS * heads:
        return list(candidates)
    return [_with_word(c, found[c.line]) if c.line in found else c for c in candidates]


def _with_word(candidate: Candidate, match: re.Match[str]) -> Candidate:
    stamp, word = candidate.stamp, match["word"]
    if word != _LOCAL and (stamp.zone if word in _SEASONS else stamp.day) is not None:
        return candidate
    piece = stamp
    if word in _SEASONS:
        piece = replace(stamp, zone=word)
    elif word != _LOCAL:
        piece = replace(stamp, day=Day(weekday=WEEKDAYS[word.lower()]))
    full = replace(piece, text=f"{stamp.text} {word}", end=stamp.end + 1 + len(word))
    return replace(candidate, stamp=full, after=candidate.after[match.end() :])
