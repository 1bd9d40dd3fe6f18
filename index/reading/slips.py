"""Stamps with slips of the keyboard, units and full stops that real pages make around them."""

from __future__ import annotations

import re
from dataclasses import replace

from index.stamps import Stamp, read_stamp

# "09: 24 Uhr", "9:12: PM": a sign too many within the clock
_SLIP = re.compile(
    r"\d{1,2}(?:[:.](?P<space>\s)(?=[0-5]\d\s?(?:Uhr|uur|hrs|[AaPp]\.?[Mm])\b)|[:.]\d\d(?P<colon>:)(?=\s?[AaPp]\.?[Mm]\b))"
)
_UNIT = re.compile(r"\s(?:heures|ore|timmar)(?=\s*(?:[|:.,)\]–—-]|$))")
_STOPPED = re.compile(r"\d\s?[AaPp][Mm]\.$")  # the stop after "1.35am." ends a sentence of one stamp


def read_printed(line: str, at: int = 0) -> Stamp | None:
    """Stamp that starts exactly at `at`, as `read_stamp` reads it, with its slips and its unit."""
    if slip := _SLIP.match(line, at):
        place = slip.start("space") if slip["space"] else slip.start("colon")
        stamp = read_stamp(line[:place] + line[place + 1 :], at)
        return replace(stamp, text=line[at : stamp.end + 1], end=stamp.end + 1) if stamp and stamp.clock else None
    stamp = read_stamp(line, at)
    if stamp is None or stamp.clock is None:
        return stamp
    if _STOPPED.search(stamp.text):
        return replace(stamp, text=stamp.text[:-1], end=stamp.end - 1)
    unit = _UNIT.match(line, stamp.end) if stamp.text[-1:].isdigit() and not stamp.twelve else None
    return replace(stamp, text=line[at : unit.end()], end=unit.end()) if unit else stamp
