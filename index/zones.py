"""Printed names of time zones: which zone they mean, and which of them mean several."""

from __future__ import annotations

import difflib
import functools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from index.errors import ZoneError


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone as printed: its short form, its place (IANA) where it names one, its fixed offset in hours.

    `offset_h` is None for names that follow the seasons ("ET"). `meanings` are the IANA zones of a name that
    means several things; `place` is then None.
    """

    short: str
    place: str | None = None
    offset_h: float | None = None
    meanings: tuple[str, ...] = ()


def _rows(table: str) -> dict[str, ZoneName]:
    names: dict[str, ZoneName] = {}
    for row in table.strip().splitlines():
        short, place, offset, *full = (cell.strip() for cell in row.split("|"))
        zone = ZoneName(short, place or None, float(offset) if offset else None)
        names.setdefault(short, zone)
        for name in full:
            names[name.lower()] = zone
    return names


# short | place | offset in hours, empty where it follows the seasons | full names
_NAMES = _rows("""
GMT | Etc/GMT | 0 | greenwich mean time | hora del meridiano de greenwich | hora de greenwich | heure de greenwich
UTC | Etc/UTC | 0 | coordinated universal time | universal time
TU | Etc/UTC | 0 | temps universel
BST | Europe/London | 1 | british summer time | hora de verano británica | heure d'été britannique
IST | Asia/Kolkata | 5.5 | india standard time | indian standard time
IST | Europe/Dublin | 1 | irish standard time | irish summer time
IST | Asia/Jerusalem | 2 | israel standard time
IDT | Asia/Jerusalem | 3 | israel daylight time | israel summer time
WET | Europe/Lisbon | 0 | western european time
WEST | Europe/Lisbon | 1 | western european summer time
CET | Europe/Paris | 1 | central european time | central european standard time
CEST | Europe/Paris | 2 | central european summer time
MEZ | Europe/Berlin | 1 | mitteleuropäische zeit
MESZ | Europe/Berlin | 2 | mitteleuropäische sommerzeit
EET | Europe/Kyiv | 2 | eastern european time | eastern european standard time
EEST | Europe/Kyiv | 3 | eastern european summer time
MSK | Europe/Moscow | 3 | moscow time | moscow standard time
TRT | Europe/Istanbul | 3 | turkey time
EDT | America/New_York | -4 | eastern daylight time
EST | America/New_York | -5 | eastern standard time
CDT | America/Chicago | -5 | central daylight time
CST | America/Chicago | -6 | central standard time
CST | Asia/Shanghai | 8 | china standard time
MDT | America/Denver | -6 | mountain daylight time
MST | America/Denver | -7 | mountain standard time
PDT | America/Los_Angeles | -7 | pacific daylight time
PST | America/Los_Angeles | -8 | pacific standard time
AKDT | America/Anchorage | -8 | alaska daylight time
AKST | America/Anchorage | -9 | alaska standard time
HST | Pacific/Honolulu | -10 | hawaii standard time
ADT | America/Halifax | -3 | atlantic daylight time
AST | America/Halifax | -4 | atlantic standard time
AST | Asia/Riyadh | 3 | arabia standard time | arabian standard time
NDT | America/St_Johns | -2.5 | newfoundland daylight time
NST | America/St_Johns | -3.5 | newfoundland standard time
BRT | America/Sao_Paulo | -3 | brasilia time | brasília time
AEST | Australia/Sydney | 10 | australian eastern standard time
AEDT | Australia/Sydney | 11 | australian eastern daylight time
ACST | Australia/Adelaide | 9.5 | australian central standard time
ACDT | Australia/Adelaide | 10.5 | australian central daylight time
AWST | Australia/Perth | 8 | australian western standard time
NZST | Pacific/Auckland | 12 | new zealand standard time
NZDT | Pacific/Auckland | 13 | new zealand daylight time
JST | Asia/Tokyo | 9 | japan standard time
KST | Asia/Seoul | 9 | korea standard time
HKT | Asia/Hong_Kong | 8 | hong kong time
SGT | Asia/Singapore | 8 | singapore time | singapore standard time
PHT | Asia/Manila | 8 | philippine time
WIB | Asia/Jakarta | 7 | western indonesia time
ICT | Asia/Bangkok | 7 | indochina time
PKT | Asia/Karachi | 5 | pakistan standard time
NPT | Asia/Kathmandu | 5.75 | nepal time
BDT | Asia/Dhaka | 6 | bangladesh standard time | bangladesh time
SAST | Africa/Johannesburg | 2 | south african standard time | south africa standard time
EAT | Africa/Nairobi | 3 | east africa time
WAT | Africa/Lagos | 1 | west africa time
CAT | Africa/Harare | 2 | central africa time
ET | America/New_York | | eastern time | u.s. eastern time | us eastern time | new york time
CT | America/Chicago | | central time | u.s. central time | us central time
MT | America/Denver | | mountain time | u.s. mountain time | us mountain time
PT | America/Los_Angeles | | pacific time | u.s. pacific time | us pacific time
UK time | Europe/London | | uk time | u.k. time | london time | british time
Paris | Europe/Paris | | heure de paris | heures de paris | paris time | heure française
Berlin | Europe/Berlin | | berliner zeit | deutscher zeit | deutsche zeit | berlin time
Madrid | Europe/Madrid | | hora peninsular | hora española | hora de españa | madrid time | hora de madrid
Kyiv | Europe/Kyiv | | kyiv time | kiev time
AET | Australia/Sydney | | australian eastern time | sydney time
IRST | Asia/Tehran | 3.5 | iran standard time | tehran time
""")

# Abbreviations that different publishers print for different zones: the page, or the user, must say which.
_SEVERAL = {
    "BST": ("Europe/London", "Asia/Dhaka"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "EST": ("America/New_York", "Australia/Sydney"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
}
_OFFSET = r"(?:UTC|GMT)?\s?[+\-−]\d{1,2}(?::?[0-5]\d)?"
_FULL = sorted((name for name in _NAMES if name == name.lower()), key=len, reverse=True)
_SHORT = sorted((name for name in _NAMES if name.isupper()), key=len, reverse=True)
ZONE_PATTERN = (
    rf"(?:(?:UTC|GMT)\s?[+\-−]\d{{1,2}}(?::?[0-5]\d)?(?!\d)|(?:{'|'.join(_SHORT)})(?![a-z]{{2}})"
    rf"|(?i:(?:{'|'.join(re.escape(name) for name in _FULL)}))(?![a-z]))"
)


@functools.cache
def _all_places() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def fixed_offset(text: str) -> timedelta | None:
    """Offset written out, such as "UTC+2" or "+05:30"; None where the text is none."""
    if not re.fullmatch(_OFFSET, text):
        return timedelta(0) if text in ("Z", "UTC", "GMT") else None
    sign, digits = re.search(r"([+\-−])(.*)", text).groups()  # type: ignore[union-attr]
    hours, minutes = digits.split(":") if ":" in digits else (digits[:2], digits[2:])
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return (size if sign == "+" else -size) if size < timedelta(hours=24) else None


def lookup_zone(text: str) -> ZoneName | None:
    """Find what a printed zone name means; None where it is no zone name that this table knows."""
    words = " ".join(text.split())
    if words.upper() in _SEVERAL and words.isupper():
        return ZoneName(words, meanings=_SEVERAL[words])
    found = _NAMES.get(words) or _NAMES.get(words.lower()) or _NAMES.get(f"{words.lower()} time")
    if found is None and (offset := fixed_offset(words)) is not None:
        return ZoneName(words, None, offset.total_seconds() / 3600)
    return found


def resolve_zone(name: str) -> ZoneInfo:
    """Zone a user names: an IANA name, a full name or an abbreviation with one meaning.

    Raises ZoneError, naming what to write instead, for an unknown name and for one with several meanings.
    """
    wanted = name.strip()
    place = _all_places().get(wanted.lower().replace(" ", "_"))
    if place is None:
        found = lookup_zone(wanted) or lookup_zone(wanted.upper())
        if found is not None and found.meanings:
            choices = ", ".join(found.meanings)
            raise ZoneError(f"Time zone {name!r} means several zones; write one of: {choices}.")
        place = found.place if found else None
    if place is None:
        near = difflib.get_close_matches(wanted.lower(), [*_all_places(), *_FULL], n=3, cutoff=0.6)
        cities = [key for key in _all_places() if wanted and key.endswith("/" + wanted.lower().replace(" ", "_"))]
        hints = [_all_places().get(key, key) for key in dict.fromkeys([*cities, *near])][:3]
        hint = f"Did you mean {' or '.join(hints)}?" if hints else "Use an IANA name such as Europe/London."
        raise ZoneError(f"No time zone is called {name!r}. {hint}")
    return ZoneInfo(place)


def zone_at(zone: ZoneName, local: datetime) -> tzinfo | None:
    """Zone to attach to the local time `local` (naive); None where the name means several zones.

    The place's own zone where it agrees with the printed offset on that date, else the printed offset: "EDT"
    in January is what the page says, though no clock in New York showed it.
    """
    if zone.meanings:
        return None
    if zone.offset_h is None:
        return ZoneInfo(zone.place) if zone.place else None
    offset = timedelta(hours=zone.offset_h)
    if zone.place:
        place = ZoneInfo(zone.place)
        if local.replace(tzinfo=place).utcoffset() == offset:
            return place
    return timezone(offset, zone.short)
