"""Machine times: ISO 8601, RFC 822 and epoch seconds to aware datetimes, with the offset they state."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+\-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
_MICROSOFT = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")
_LATEST = 253_402_300_799


def read_instant(value: object) -> datetime | None:
    """Datetime a machine wrote: aware where it states an offset, naive where not, None where it is no time."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _from_epoch(float(value))
    text = str(value).strip()
    if match := _MICROSOFT.fullmatch(text):
        return _from_epoch(int(match[1]) / 1000)
    if re.fullmatch(r"\d{9,13}", text):
        return _from_epoch(float(text))
    if match := _ISO.fullmatch(text):
        try:
            moment = datetime.fromisoformat(f"{match[1]}T{match[2]}")
        except ValueError:
            return None
        return moment.replace(tzinfo=_offset(match[3])) if match[3] else moment
    try:
        return (
            parsedate_to_datetime(text) if re.match(r"\w{3},? \d", text) or re.match(r"\d{1,2} \w{3}", text) else None
        )
    except (ValueError, TypeError):
        return None


def _from_epoch(seconds: float) -> datetime | None:
    if abs(seconds) > 1e11:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LATEST else None


def _offset(text: str) -> timezone:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if size >= timedelta(hours=24):
        return UTC
    return timezone(size if text[0] == "+" else -size)


def short_zone(moment: datetime) -> str | None:
    """Short name of a machine time's zone: "UTC", or its offset."""
    if moment.tzinfo is None:
        return None
    return "UTC" if not moment.utcoffset() else moment.strftime("UTC%z")[:6] + ":" + moment.strftime("%z")[3:5]
