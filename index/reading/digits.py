"""Four digits without a mark, which may be clocks, years or sums: what the page as a whole says they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.clocks import read_bare_digits
from index.reading.candidates import BARE_DIGITS, Candidate
from index.reading.digit_runs import YEAR
from index.reading.lines import Line
from index.reading.order import newest_first, order_share
from index.reading.page_day import find_page_day
from index.stamps import Stamp

FOUR_DIGITS = re.compile(r"\d{4}")
_LAST_YEAR = "2059"
_LEAST_MARKED, _LEAST_KICKERS = 3, 3


def are_after_page(lines: Sequence[Line], digits: Sequence[Candidate]) -> bool:
    """Whether four digits before colons, which may be years, run back in order from one that the page did not see."""
    marked = [c for c in digits if c.sign == ":"]
    if len(marked) < _LEAST_MARKED or newest_first(marked) is not True or order_share(marked) < 1.0:
        return False
    page_day = find_page_day(lines[: marked[0].line])
    return page_day is not None and int(marked[0].stamp.text) > page_day.day.year


def without_bare_digits(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Four digits before a line's words are clocks only where they run back through a day, unlike a list of years."""
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


def _with_alone(lines: Sequence[Line], kept: Sequence[Candidate], kickers: Sequence[Candidate]) -> list[Candidate]:
    """The candidates and, between those before capitals, four digits alone over a text that keep their order."""
    held = {c.line for c in kept}
    found = [
        Candidate(line.number, "alone", Stamp(line.text, 0, len(line.text), clock.time), sign=BARE_DIGITS)
        for line in lines[kickers[0].line + 1 : kickers[-1].line]
        if FOUR_DIGITS.fullmatch(line.text) and line.gap and line.number not in held
        if line.number + 1 not in held and (clock := read_bare_digits(f"{line.text} A"))
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
