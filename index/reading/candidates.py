"""The stamps that lines may print: alone, at their head, at their tail, or after a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from index.clocks import read_bare_digits
from index.reading.bullets import SIGNS
from index.reading.captions import is_file_name
from index.reading.leads import LEAD, TAIL_LEAD, UPDATED_ALONE, lead_class
from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.slips import read_printed
from index.stamps import MAX_STAMP_CHARS, Stamp, find_tail_stamp, read_stamp

Place = Literal["alone", "head", "tail", "middle"]
BARE_DIGITS = "0000"
LED_BY_AT = "at"  # "At 11:30 the mayor ...": prose on most pages, every entry's beginning on some

_AFTER = re.compile(
    r"(?P<close>(?:\s(?:update|UPDATE|Update)(?=[\]:]))?[\s\])*_]*)(?P<sign>\s*(?:[|:•·+–—-]|>(?=\s)|/(?=\s)|\.(?=[\s–—:A-ZÀ-Þ-]|$)|(?:…|\.{3})(?=[\sA-ZÀ-Þ]|$))*)"
    r"[\s|:•·–—*_-]*(?:KEY EVENT)?\s*"
)
_BULLET = re.compile(rf"[{SIGNS}*–—-]\s+")
_SHORT_CHARS = 32
_DIGIT = re.compile(r"\d")
_HINT = re.compile(r"\d|noon|midday|midnight|now|ago", re.IGNORECASE)
_STAMP_END = re.compile(r"(?:\w|[ap]\.?\s?m\.)$", re.IGNORECASE)
_BY_TAIL = re.compile(
    r"^(?:(?:Posted|Published|Written|Reported)\s)(?:by|von|par|por)\s(?P<name>.{3,60}?),?(?:\s(?:at|on|um|à|a las))?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s\([+−–-]?\d[\d.,]*\s?%\)")  # "20.44 (+0.42%)" is a price
_MOVED = re.compile(r"(?<![+−-])[+−-]\d{1,2}\.\d\d$")
_REMARK = re.compile(r"\s\([a-z][\w .,-]{1,30}\)|\s\([A-Z][\w ]{3,30}\)")
_PLUS_PROSE = re.compile(r"^\+{3}.{30,}[.!?…][\"”“’»)]?$", re.DOTALL)
_SHORT_AGE = re.compile(r"(?P<n>\d{1,2})\s?(?P<unit>m|mins?|h|hrs?|d)$")
# "9 min 10:12": an age that needs no "ago" before the clock
_AGE_AND_CLOCK = re.compile(
    r"\d{1,3}\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|Min\.?|Std\.?|j)\s(?=\d{1,2}[:.hH]\d\d)"
)
_LONGEST_AGED, _LEAST_AGED = 24, 2
_NUMBER = re.compile(r"\s*\d{1,3}\.\s+")
_GLUED_UPDATED = re.compile(r"^(?:UPDATED|Updated)\s?(?=[A-ZÀ-Þ\"“])")
_DATELINE = re.compile(
    r"date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+|[A-ZÀ-Þ][\w .,'’-]{1,40}\((?:AP|Reuters|AFP)\)\s*[–—-]+\s*(?=\d)|"
    # "QUAYTON, Mar 13 — [02.50am] The harbour is shut."
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}, "
    r"(?:[A-ZÀ-Þ][a-zà-ÿ]{2,8}\.? \d{1,2}|\d{1,2}\.? (?:de )?[A-ZÀ-Þa-zà-ÿ][a-zà-ÿ]{2,9}\.?)"
    r"(?:,? \d{4})?\s[–—-]+\s(?=\[\d{1,2}[:.hH]?\d\d)"
)
# "Metro Line 9 Live Update at 1:10 pm: ..."
_UPDATE_AT = re.compile(r"[A-ZÀ-Þ][\w'’ ]{0,40}\b[Uu]pdates? (?:at|as of) (?=\d[^:]{0,2}[:.]\d\d[^:]{0,10}:\s)")
_MARKED = re.compile(r"[A-ZÀ-Þ]{4,20}\s[–—-]\s(?=\d{1,2}[:.hH]\d\d\s?:\s)")  # "OFFICIEL – 0h48 : ..."
_TWEETED = re.compile(r"@\w{2,20} (?:[Tt]weets|twittert|tuitea|tweete|twitte)\s?:? (?=\d{1,2}[:.hH]\d\d)")
_PICTURE = re.compile(r"[a-z]{2,30}(?=\d{1,2}[:.][0-5]\d\s?[AP]M\b)")  # a picture's name glued to the stamp
_NAME_AHEAD = re.compile(
    r"(?:[•*-]\s*)?(?P<name>(?:[A-ZÀ-Þ][\w'’.-]*\s){1,3}|(?:(?:[A-ZÀ-Þ][\w'’.-]*\s){1,2}[A-ZÀ-Þ][\w'’.-]*,\s){1,2}(?:[A-ZÀ-Þ][\w'’.-]*\s){2,3}|(?:[A-ZÀ-Þ][\w'’.-]*\s){1,2}[A-ZÀ-Þ][\w'’.-]*,\s|"
    r"[a-z]+\.[a-z]+\s)(?=\d)"
)
_NAME_AND_BRACKET = re.compile(r"(?P<name>(?:[A-ZÀ-Þ][\w'’.-]*\s){1,3})\((?=\d{1,2}[:.hH]\d\d\)\s?:\s)")
_CAPITALS_AHEAD = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ\d'’!?&,. -]{2,40})\s(?=\d{1,2}:\d\d:)")
_SIGNED = re.compile(
    r"(?P<text>.*?\S)(?:(?<=[.!?\"”’')/…])\s?by (?P<name>[\w.'’-]+(?: [\w.'’-]+){0,3})|"
    r"\s?by (?P<sender>[\w.'’-]+(?: [\w.'’-]+){0,3}) via \w+(?: retweeted by \w+)?)"
)
_PLACE_AFTER = re.compile(r",\s[A-ZÀ-Þ][\w. ]{1,30}?(?:,\s[A-Z]{2})?(?::\s|(?=[A-ZÀ-Þ][a-z]))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stamp that a line may print: `before` and `after` are the line's other words.

    `lead` is "updated" where the words before the stamp say so, "posted" likewise, else empty. `sign` is what
    sets the stamp off: brackets, a bar, a colon. `updated` is a second stamp that says when it was changed.
    """

    line: int
    place: Place
    stamp: Stamp
    lead: str = ""
    sign: str = ""
    before: str = ""
    after: str = ""
    updated: Stamp | None = None


def find_candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Every stamp that stands at an edge of its line, or after a name that begins it; at most one a line."""
    before = ""
    ages = _short_ages(lines) | _ages_before_clocks(lines)
    for line in lines:
        found = ages.get(line.number) or _at_edge(line) or _bare_digits(line) or _after_name(line) or _at_tail(line)
        if found and found.place == "alone" and UPDATED_ALONE.match(before):
            found = replace(found, lead="updated")
        if found:
            yield found
        before = line.text


def _short_ages(lines: Sequence[Line]) -> dict[int, Candidate]:
    """Ages alone without "ago" ("3m", "18m", "1h"), where minutes among them show that the hours are no clocks."""
    found = [(line, m) for line in lines if len(line.text) <= 7 and (m := _SHORT_AGE.match(line.text))]
    if len(found) < 3 or not any(m["unit"][0] in "md" for _, m in found):
        return {}
    size = {"m": 60, "h": 3600, "d": 86400}
    return {
        line.number: Candidate(
            line.number,
            "alone",
            Stamp(line.text, 0, len(line.text), ago=timedelta(seconds=int(m["n"]) * size[m["unit"][0]])),
        )
        for line, m in found
    }


def _ages_before_clocks(lines: Sequence[Line]) -> dict[int, Candidate]:
    """Lines that are nothing but an age without "ago" and a clock, where several are: "9 min 10:12"."""
    found = {}
    for line in lines:
        age = _AGE_AND_CLOCK.match(line.text) if len(line.text) <= _LONGEST_AGED else None
        stamp = read_printed(line.text, age.end()) if age else None
        if stamp and stamp.clock and stamp.end == len(line.text):
            found[line.number] = Candidate(line.number, "alone", replace(stamp, text=line.text, start=0))
    return found if len(found) >= _LEAST_AGED else {}


def _at_edge(line: Line) -> Candidate | None:
    """Stamp at the head of the line, unless words lead to it and a whole date and a clock end the line."""
    head = _at_head(line)
    if head is None or head.sign != LED_BY_AT:
        return head
    tail = _at_tail(line)
    return tail if tail and tail.stamp.clock and tail.stamp.day and tail.stamp.day.full() else head


def _at_head(line: Line) -> Candidate | None:
    if len(line.text) > _SHORT_CHARS:
        return _read_head(line)
    c = _read_short_head(line.text)
    # what `replace` does, for a third of its time
    return Candidate(line.number, c.place, c.stamp, c.lead, c.sign, c.before, c.after, c.updated) if c else None


@lru_cache(maxsize=4096)
def _read_short_head(text: str) -> Candidate | None:
    return _read_head(Line(0, text, True))  # a stamp alone looks the same wherever it stands


def _read_head(line: Line) -> Candidate | None:
    head = line.text[: MAX_STAMP_CHARS * 2]
    if not _HINT.search(head, 0, 80):
        return None
    dateline = _DATELINE.match(head)
    lead = LEAD.match(head, dateline.end() if dateline else 0)
    start = lead.end() if lead else 0
    for ahead in (_UPDATE_AT, _PICTURE, _MARKED, _TWEETED):
        if named := ahead.match(head, start):
            start = named.end()
            break
    stamp = read_printed(head, start)
    if lead and lead["number"] and (dated := read_printed(head, lead.start("number"))) and dated.day:
        stamp = dated  # "15. September 2024, 18:22" begins with its day, no running number
    if stamp is None or lead is None:
        return None
    after = _AFTER.match(line.text, stamp.end)
    rest = line.text[after.end() if after else stamp.end :]
    follows = line.text[stamp.end : stamp.end + 1]
    if follows and (follows.islower() or follows in "%€$£"):
        return None
    if _QUOTED.match(line.text, stamp.end) or (stamp.end < len(head) and _MOVED.match(line.text, start - 1, stamp.end)):
        return None
    opened = lead["open"] or lead["open2"]
    closed = bool(after and after["sign"].strip().startswith("+"))
    sign = opened or (
        "+"
        if closed or _PLUS_PROSE.search(line.text)
        else "+++"
        if head.startswith("+++")
        else (after["sign"].strip()[:1] if after else "")
    )
    if not sign and follows.isalnum():
        sign = "glued"
    rest = rest.rstrip("+ ").rstrip() if sign == "+++" else rest.lstrip(", ")
    rest = rest.removesuffix("***").rstrip() if head.startswith("***") else rest
    if rest and (again := LEAD.match(rest)) and lead_class(again["words"]) == "updated":
        second = read_stamp(rest, again.end())
        if second and second.end >= len(rest.rstrip(")] .")):
            return Candidate(line.number, "alone", stamp, lead_class(lead["words"]), sign, "", "", second)
    rest = _GLUED_UPDATED.sub("", rest)
    if sign in ("", "(") and (remark := _REMARK.fullmatch(line.text, stamp.end)):
        inside = remark[0].strip(" ()")
        rest, sign = (inside, "(") if is_name(inside) else ("", "")
    place: Place = "head" if rest else "alone"
    if rest and lead["at"] and not sign:
        sign = LED_BY_AT
    if lead["about"] and start == lead.end():
        stamp = replace(stamp, text=head[lead.start("about") : stamp.end], start=lead.start("about"))
    return Candidate(line.number, place, stamp, lead_class(lead["words"]), sign, "", rest)


def _bare_digits(line: Line) -> Candidate | None:
    ahead = _DATELINE.match(line.text[:60]) or _BULLET.match(line.text)
    start = ahead.end() if ahead else 0
    clock = read_bare_digits(line.text[: start + 14], start)
    if clock is None:
        return None
    stamp = Stamp(line.text[start : clock.end], start, clock.end, clock.time)
    return Candidate(line.number, "head", stamp, sign=BARE_DIGITS, after=line.text[clock.end :].strip(" |–—-,"))


def _after_name(line: Line) -> Candidate | None:
    capitals = _CAPITALS_AHEAD.match(line.text[:60])
    name = capitals or _NAME_AHEAD.match(line.text[:60]) or _NAME_AND_BRACKET.match(line.text[:80])
    if name is None:
        return None
    stamp = read_stamp(line.text[: MAX_STAMP_CHARS * 2], name.end())
    if stamp is None or stamp.end >= len(line.text):
        return None
    if capitals:
        return Candidate(line.number, "middle", stamp, "", ":", name["name"], line.text[stamp.end :].strip(" :"))
    after = _AFTER.match(line.text, stamp.end)
    rest = line.text[after.end() if after else stamp.end :]
    sign = after["sign"].strip()[:1] if after else ""
    if name["name"].endswith(", ") and (place := _PLACE_AFTER.match(line.text, stamp.end)):
        rest, sign = line.text[place.end() :], ":"
    if not rest or not (sign or stamp.twelve or stamp.zone):
        return None
    return Candidate(line.number, "middle", stamp, "", sign, name["name"].strip(" ,"), rest)


def _at_tail(line: Line) -> Candidate | None:
    text = line.text.rstrip(")]: +")
    if not _DIGIT.search(text, max(0, len(text) - 40)) or not _STAMP_END.search(text, max(0, len(text) - 6)):
        return None
    closed = line.text[: len(text) + 1]
    stamp = find_tail_stamp(closed) if closed.endswith(")") else None
    if stamp is None or stamp.text.count("(") != stamp.text.count(")"):
        stamp = find_tail_stamp(text)
    if stamp is None or (stamp.day and is_file_name(line.text)):
        return None
    dateline = _DATELINE.match(text)
    rest = text[dateline.end() if dateline and dateline.end() < stamp.start else 0 : stamp.start].rstrip()
    if signed := _BY_TAIL.match(rest):
        return Candidate(line.number, "tail", stamp, "posted", "", signed["name"], "")
    if stamp.day and stamp.day.month and (said := _SIGNED.fullmatch(rest)):
        return Candidate(line.number, "middle", stamp, "", "", said["name"] or said["sender"], said["text"])
    lead = TAIL_LEAD.search(rest[-40:] + " ")
    words = lead["words"] if lead else None
    if lead:
        rest = rest[: max(0, len(rest) + 1 - len(lead[0]))]
    sign = lead[0].strip()[-1:] if lead and not words else ""
    rest = _NUMBER.sub("", rest, count=1).strip(" +").strip("•·|").rstrip("-–—,(").strip()
    return Candidate(line.number, "tail", stamp, lead_class(words), sign, rest, "") if rest else None
