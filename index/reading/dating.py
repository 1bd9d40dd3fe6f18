"""Stamps to times: the page's date and zone, and each entry's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from index.calendars import read_date
from index.reading.lines import Line
from index.records import Known
from index.stamps import Stamp
from index.zones import lookup_zone, zone_at

_DATE_START = re.compile(r"(?<![\w./-])(?=\d|[A-Za-zÀ-ÿ])")


@dataclass(frozen=True, slots=True)
class When:
    """What a stamp says of its moment, and how each part is known."""

    published: datetime | None = None
    zone: str | None = None
    zone_source: Known = "unknown"
    date_source: Known = "unknown"


def find_day(lines: Sequence[Line]) -> date | None:
    """First full date that these lines print."""
    for line in lines:
        for start in _DATE_START.finditer(line.text[:400]):
            found = read_date(line.text, start.start())
            day = found[0].full() if found else None
            if day:
                return day
    return None


def place_stamp(stamp: Stamp, day: date | None, day_source: Known, zone: ZoneInfo | None) -> When:
    """Moment of a stamp, given the page's day and the zone the user gave; what is not known stays open."""
    printed = stamp.day.full() if stamp.day else None
    source: Known = "printed" if printed else day_source
    on = printed or day
    name = lookup_zone(stamp.zone) if stamp.zone else None
    short, zone_source = (name.short if name else stamp.zone), "printed" if stamp.zone else "unknown"
    if on is None or stamp.clock is None:
        return When(None, short, _known(zone_source), "unknown")
    local = datetime.combine(on, stamp.clock)
    tz = zone_at(name, local) if name else None
    if tz is None and zone is not None:
        moment = local.replace(tzinfo=zone)
        return When(moment, moment.tzname(), "given", source)
    return When(local.replace(tzinfo=tz) if tz else local, short, _known(zone_source), source)


def _known(word: str) -> Known:
    return "printed" if word == "printed" else "unknown"
