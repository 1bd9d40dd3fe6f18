"""Four digits without a mark, which may be clocks, years or sums: what the page as a whole says they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import pairwise

from index.clocks import read_bare_digits
from index.reading.bullets import SIGNS
from index.reading.candidates import BARE_DIGITS, Candidate
from index.reading.digit_runs import YEAR
from index.reading.lines import Line
from index.reading.order import newest_first, order_share
from index.reading.page_day import find_page_day
from index.stamps import Stamp

FOUR_DIGITS = re.compile(r"\d{4}")
_LAST_YEAR = "2059"
_LEAST_MARKED, _LEAST_KICKERS, _LEAST_LIVE = 3, 3, 5
_LIVE = re.compile(
    r"\b(?:live|(?:news)?-?(?:ticker|blog)|as it happened|minute by minute|minuto a minuto|en (?:direct|directo|vivo))"
    r"\b",
    re.IGNORECASE,
)
_HEAD_LINES, _HEAD_CHARS = 4, 200
_BULLETS = f"{SIGNS}*–—- "


def are_after_page(lines: Sequence[Line], digits: Sequence[Candidate]) -> bool:
    """Whether four digits before colons, which may be years, run back in order from one that the page did not see."""
    marked = [c for c in digits if c.sign == ":"]
    if len(marked) < _LEAST_MARKED or newest_first(marked) is not True or order_share(marked) < 1.0:
        return False
    page_day = find_page_day(lines[: marked[0].line])
    return page_day is not None and int(marked[0].stamp.text) > page_day.day.year


def without_bare_digits(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Four digits before a line's words are clocks only where they run back through a day, unlike a list of years.

    On a page that says it is live and prints no other clocks, they may run on as well, or stand alone.
    """
    if clocks := _live_clocks(lines, candidates):
        return clocks
    bare = [c for c in candidates if c.sign == BARE_DIGITS]
    years = sum(bool(YEAR.fullmatch(c.stamp.text)) for c in bare)
    early = any(c.stamp.text < "1000" for c in bare)
    marked = [c for c in candidates if c.sign == ":" and FOUR_DIGITS.fullmatch(c.stamp.text)]
    if len(marked) >= _LEAST_MARKED:
        among = sorted([*marked, *bare], key=lambda c: c.line)
        if order_share(among) == 1.0:
            return [replace(c, sign=":") if c.sign == BARE_DIGITS else c for c in candidates]
    falling = newest_first(bare) is True
    # an evening's clocks may all but one look like years, but then run back without a slip
    likely = years * 2 < len(bare) or (years < len(bare) and falling and order_share(bare) == 1.0)
    if len(bare) >= 5 and likely and (early or falling) and order_share(bare) >= 0.85:
        return list(candidates)
    kickers = {c.line for c in bare if c.after.isupper()} if likely and _are_kickers(bare) else set()
    kept = [c for c in candidates if c.sign != BARE_DIGITS or c.line in kickers]
    return _with_alone(lines, kept, [c for c in bare if c.line in kickers]) if kickers else kept


def _live_clocks(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The four digits that begin lines or stand alone on a live page, if they are its only clocks and in order."""
    others = (c for c in candidates if c.sign != BARE_DIGITS and c.place in ("head", "alone") and c.stamp.clock)
    if any(not c.lead for c in others) or not any(
        _LIVE.search(line.text[:_HEAD_CHARS]) for line in lines[:_HEAD_LINES]
    ):
        return []
    heads = [c for c in candidates if c.sign == BARE_DIGITS]
    digits = [line for line in lines if FOUR_DIGITS.fullmatch(line.text.lstrip(_BULLETS))]
    alone = [_alone(line) for line in digits if read_bare_digits(f"{line.text.lstrip(_BULLETS)} A")]
    found = heads or (alone if len(alone) == len(digits) else [])
    years = sum(bool(YEAR.fullmatch(c.stamp.text)) for c in found)
    ordered = order_share(found) == 1.0 and newest_first(found) is not None
    return found if len(found) >= _LEAST_LIVE and ordered and years * 2 < len(found) else []


def _alone(line: Line) -> Candidate:
    text = line.text.lstrip(_BULLETS)
    start = len(line.text) - len(text)
    clock = time(int(text[:2]), int(text[2:]))
    return Candidate(line.number, "alone", Stamp(text, start, len(line.text), clock), sign=BARE_DIGITS)


def _with_alone(lines: Sequence[Line], kept: Sequence[Candidate], kickers: Sequence[Candidate]) -> list[Candidate]:
    """The candidates and, between those before capitals, four digits alone over a text that keep their order."""
    held = {c.line for c in kept}
    found = [
        _alone(line)
        for line in lines[kickers[0].line + 1 : kickers[-1].line]
        if FOUR_DIGITS.fullmatch(line.text) and line.gap and line.number not in held
        if line.number + 1 not in held and read_bare_digits(f"{line.text} A")
    ]
    ordered = order_share(sorted([*kickers, *found], key=lambda c: c.line)) == 1.0
    return sorted([*kept, *found], key=lambda c: c.line) if ordered else list(kept)


def _are_kickers(bare: Sequence[Candidate]) -> bool:
    """Whether four digits before words in capitals are clocks over texts, "2251 DONE DEAL": no years, no round sums."""
    found = [c for c in bare if c.after.isupper()]
    if len(found) < _LEAST_KICKERS or order_share(found) < 1.0 or newest_first(found) is None:
        return False
    texts = [c.stamp.text for c in found]
    apart = all(b.line - a.line > 1 for a, b in pairwise(found))
    return apart and any(not text.endswith("0") for text in texts) and (max(texts) > _LAST_YEAR or min(texts) < "1000")
