"""Stamps with slips of the keyboard, units and full stops that real pages make around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from index.reading.lines import Line, date_line
from index.reading.order import newest_first
from index.stamps import Stamp, read_stamp

if TYPE_CHECKING:
    from index.reading.candidates import Candidate

# "09: 24 Uhr", "9:12: PM": a sign too many within the clock
_SLIP = re.compile(
    r"\d{1,2}(?:[:.](?P<space>\s)(?=[0-5]\d\s?(?:Uhr|uur|hrs|[AaPp]\.?[Mm])\b)|[:.]\d\d(?P<colon>:)(?=\s?[AaPp]\.?[Mm]\b))"
)
# "11 a.m. – CTV says": the first letters of a word are no zone, but "5pm ETThe" has one
_WORD_GOES_ON = re.compile(r"(?<=[A-Z])(?!A\s[a-z])[A-Z](?![a-zà-ÿ])")
_UNIT = re.compile(r"\s(?:heures|ore|timmar)(?=\s*(?:[|:.,)\]–—-]|$))")
_ONE_DIGIT = re.compile(r"[1-9][:.hH]\d\d(?!\d)")
_LEAST_STAMPS, _NOON, _NEAR = 5, 12, 180  # stamps, hours, minutes
_STOPPED = re.compile(r"\d\s?[AaPp][Mm]\.$")  # the stop after "1.35am." ends a sentence of one stamp
_ABBREVIATED = re.compile(r"\d\s?[Hh]r?s$")  # the stop after "22.43 hrs." is the abbreviation's own
_OWN_UNIT = re.compile(r"\d\s?(?P<unit>[^\W\d]{2,6})\.?$")
# "hts.- The tide": a word where other stamps of the page have their unit
_ODD_UNIT = re.compile(r"(?P<word>[^\W\d]{2,7})(?P<stop>\.?)(?P<sign>\s?[:|–—-])\s*(?=\S)")
_BLANK = re.compile(r"\d{1,2}(?P<blank>\s?(?P<sign>[:.hH])\s?)[0-5]\d(?!\d)")
_FIGURE = re.compile(r"\d")
_LEAST_ALIKE, _MOST_BETWEEN = 3, 240  # stamps, minutes


def read_printed(line: str, at: int = 0) -> Stamp | None:
    """Stamp that starts exactly at `at`, as `read_stamp` reads it, with its slips and its unit."""
    if slip := _SLIP.match(line, at):
        place = slip.start("space") if slip["space"] else slip.start("colon")
        stamp = read_stamp(line[:place] + line[place + 1 :], at)
        return replace(stamp, text=line[at : stamp.end + 1], end=stamp.end + 1) if stamp and stamp.clock else None
    stamp = read_stamp(line, at)
    if stamp is None or stamp.clock is None:
        return stamp
    if stamp.zone and stamp.text.endswith(stamp.zone) and _WORD_GOES_ON.match(line, stamp.end):
        return read_stamp(line[: stamp.end - len(stamp.zone)], at)
    if _STOPPED.search(stamp.text):
        return replace(stamp, text=stamp.text[:-1], end=stamp.end - 1)
    if line.startswith(".", stamp.end) and _ABBREVIATED.search(stamp.text):
        return replace(stamp, text=f"{stamp.text}.", end=stamp.end + 1)
    unit = _UNIT.match(line, stamp.end) if stamp.text[-1:].isdigit() and not stamp.twelve else None
    return replace(stamp, text=line[at : unit.end()], end=unit.end()) if unit else stamp


def settle_slips(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the slips that only the page's other stamps explain: a unit, a blank, a letter before one."""
    return _without_letters(_with_blanks(lines, _with_odd_units(lines, candidates)))


def _with_odd_units(lines: Sequence[Line], candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Stamps with the misprinted unit that follows them, one letter from the page's own: "18.52 hts.-"."""
    heads = [c for c in candidates if c.place == "head"]
    units = Counter(m["unit"] for c in heads if not c.stamp.twelve and (m := _OWN_UNIT.search(c.stamp.text)))
    unit, times = units.most_common(1)[0] if units else ("", 0)
    if times < _LEAST_ALIKE:
        return candidates
    return [_with_odd_unit(lines[c.line].text, c, unit) for c in candidates]


def _with_odd_unit(text: str, candidate: Candidate, unit: str) -> Candidate:
    stamp = candidate.stamp
    found = _ODD_UNIT.match(candidate.after) if candidate.place == "head" and not candidate.sign else None
    if found is None or not stamp.text[-1:].isdigit() or not _is_misprint(found["word"], unit):
        return candidate
    end = text.find(found["word"], stamp.end) + len(found["word"] + found["stop"])
    stamp = replace(stamp, text=text[stamp.start : end], end=end)
    return replace(candidate, stamp=stamp, sign=found["sign"].strip(), after=candidate.after[found.end() :])


def _is_misprint(word: str, unit: str) -> bool:
    """Whether one letter of the word is another, too many, missing, or has changed places with the next."""
    if len(word) != len(unit):
        longer, shorter = sorted((word, unit), key=len, reverse=True)
        return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    odd = [n for n, (a, b) in enumerate(zip(word, unit, strict=True)) if a != b]
    return len(odd) == 1 or (len(odd) == 2 and sorted(word) == sorted(unit) and odd[1] == odd[0] + 1)


def _with_blanks(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates and, between two clocks before text, one with a stray blank: "10: 16" between 10:40 and 10:09."""
    if len(candidates) < _LEAST_STAMPS:
        return list(candidates)
    held = {c.line for c in candidates}
    found: list[Candidate] = []
    for line in lines:
        blank = _BLANK.match(line.text) if line.text[0].isdigit() and line.number not in held else None
        if blank is None or len(blank["blank"]) == 1:
            continue
        at = bisect_left(candidates, line.number, key=lambda c: c.line)
        if 0 < at < len(candidates) and (one := _between(line, candidates[at - 1], candidates[at])):
            found.append(one)
    return sorted([*candidates, *found], key=lambda c: c.line)


def _between(line: Line, before: Candidate, after: Candidate) -> Candidate | None:
    """The line's clock as an entry's, if it is written as both its neighbours' are and stands between them."""
    blank = _BLANK.match(line.text)
    if blank is None or any((c.place, c.sign) != ("head", "") for c in (before, after)):
        return None
    plain = f"{line.text[: blank.start('blank')]}{blank['sign']}{line.text[blank.end('blank') :]}"
    stamp, lost = read_stamp(plain), len(blank["blank"]) - 1
    clocks = [s.clock for s in (before.stamp, stamp, after.stamp) if s and s.clock and not (s.day or s.zone)]
    alike = all(_FIGURE.sub("", c.stamp.text) == blank["sign"] for c in (before, after))
    if stamp is None or len(clocks) < len((before, line, after)) or not alike or stamp.end >= len(plain):
        return None
    if not _are_near(clocks):
        return None
    end = stamp.end + lost
    return replace(
        before, line=line.number, stamp=replace(stamp, text=line.text[:end], end=end), after=line.text[end:].strip()
    )


def _without_letters(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a stamp after a stray letter as one alone where both its neighbours are: "E13:31 (SAST)"."""
    done = list(candidates)
    for at in range(1, len(candidates) - 1):
        before, own, after = candidates[at - 1 : at + 2]
        if own.place != "tail" or len(own.before) > 1 or not own.before.isalpha() or own.stamp.start > 1:
            continue
        shapes = {_FIGURE.sub("0", c.stamp.text) for c in (before, own, after)}
        clocks = [c.stamp.clock for c in (before, own, after) if c.stamp.clock]
        if (before.place, after.place) == ("alone", "alone") and len(shapes) == 1 and _are_near(clocks):
            done[at] = replace(own, place="alone", before="")
    return done


def _are_near(clocks: Sequence[time]) -> bool:
    """Whether three clocks stand in order of time, the first and last not far apart."""
    if len(clocks) < _LEAST_ALIKE:
        return False
    one, own, two = (clock.hour * 60 + clock.minute for clock in clocks)
    return min(one, two) <= own <= max(one, two) <= min(one, two) + _MOST_BETWEEN


def settle_lost_ten(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one clock of a page that counts to 24 put after noon: "2:18" between 14:31 and 12:52.

    It is the only one that does not stand between its neighbours, and with twelve hours more it does.
    """
    clocks = [c.stamp.clock for c in chosen]
    falling = newest_first(chosen)
    plain = all(c.stamp.clock and not (c.stamp.twelve or c.stamp.day) for c in chosen)
    if len(chosen) < _LEAST_STAMPS or not plain or falling is None:
        return list(chosen)
    minutes = [clock.hour * 60 + clock.minute for clock in clocks if clock]
    rising = minutes[::-1] if falling else minutes
    odd = [n for n in range(1, len(rising) - 1) if rising[n] < rising[n - 1] <= rising[n + 1]]
    falls = sum(a > b for a, b in zip(rising, rising[1:], strict=False))
    if len(odd) != 1 or falls != 1:
        return list(chosen)
    mended = rising[odd[0]] + _NOON * 60
    at = len(chosen) - 1 - odd[0] if falling else odd[0]
    between = lines[chosen[at - 1].line : chosen[at + 1].line]
    before, after = rising[odd[0] - 1], rising[odd[0] + 1]
    fits = before <= mended <= after <= before + _NEAR
    if not fits or not _ONE_DIGIT.match(chosen[at].stamp.text) or any(date_line(line) for line in between):
        return list(chosen)
    return [_after_noon(c) if n == at else c for n, c in enumerate(chosen)]


def _after_noon(candidate: Candidate) -> Candidate:
    clock = candidate.stamp.clock
    if clock is None:
        return candidate
    return replace(candidate, stamp=replace(candidate.stamp, clock=clock.replace(hour=clock.hour + _NOON)))
