"""The zone of each entry: from its stamp, from what the page says of all its times, or from the user."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from index.reading.countries import find_country_zone
from index.reading.lines import Line
from index.records import Known
from index.stamps import Stamp
from index.zones import ZONE_PATTERN, ZoneName, lookup_zone, zone_at

_ALL_TIMES = re.compile(
    r"(?:\b(?:all|the)?\s?(?:times|timestamps|(?<=all )updates|updates(?=\s?[:(]|\s(?:are|in|given|shown|listed|"
    r"stated|displayed)\b)|time stamps)(?: (?:indicated|here|below|listed|given|shown|"
    r"stated|quoted|on this page|in this blog))?"
    r"(?: are)?(?: (?:all|given|shown|listed|displayed|stated))?(?: in| at)?|"
    r"\b(?:alle )?(?:zeiten|zeitangaben|uhrzeiten)(?: sind)?(?: angegeben)?(?: in| nach)?|"
    r"\b(?:(?:toutes )?les (?:heures|horaires)|heures)(?: indiquée?s| données)?(?: sont)?(?: indiquée?s| "
    r"donnée?s)?(?: en| à l['’]| à)?|"
    r"\b(?:todas )?las horas(?: son| están)?(?: indicadas)?(?: en)?)\s*:?\s*"
    r"(?:the\s)?(?:local\s(?:time\s)?(?:in\s\w+,?\s)?)?\(?"
    rf"(?P<zone>{ZONE_PATTERN}|(?i:u\.?s\.? )?(?i:eastern|central|mountain|pacific)\b(?: (?:daylight |standard "
    rf")?time)?|"
    r"(?i:uk|london|new york|paris|berlin|madrid|kyiv|sydney)\b(?: time)?)",
    re.IGNORECASE,
)
# "(hora de Lima / GMT -5)"
_IN_BRACKETS = re.compile(
    rf"\((?:hora|horario|heure|ora|time|zeit)\b[^()]{{0,40}}?[/,]\s?(?P<zone>{ZONE_PATTERN})\)", re.IGNORECASE
)
_SHORT = re.compile(r"\s?\((?P<zone>(?!GMT|UTC)[A-Z]{2,4})\)")  # "all times in US Pacific Time (PDT)"
_BARE = {"eastern": "ET", "central": "CT", "mountain": "MT", "pacific": "PT"}
_SITES = {
    "Europe/London": r"theguardian\.com|guardian\.co\.uk|bbc\.co(?:\.uk|m)|telegraph\.co\.uk|independent\.co\.uk|"
    r"sky(?:news)?\.com|mirror\.co\.uk|standard\.co\.uk|dailymail\.co\.uk|thesun\.co\.uk|itv\.com|reachplc\.com",
    "Asia/Kolkata": r"hindustantimes\.com|ndtv\.com|timesofindia|indiatimes\.com|indianexpress\.com|indiatoday\.in|"
    r"thehindu\.com|news18\.com|livemint\.com|firstpost\.com|espncricinfo\.com",
    "Europe/Dublin": r"irishtimes\.com|rte\.ie|thejournal\.ie|independent\.ie|irishexaminer\.com|breakingnews\.ie",
    "Asia/Jerusalem": r"timesofisrael\.com|haaretz\.com|jpost\.com|ynetnews\.com",
    "America/New_York": r"nytimes\.com|cnn\.com|washingtonpost\.com|nbcnews\.com|cbsnews\.com|abcnews\.go\.com|"
    r"foxnews\.com|wsj\.com|usatoday\.com|politico\.com|cbc\.ca|theglobeandmail\.com|boston\.com|apnews\.com",
    "America/Chicago": r"chicagotribune\.com|suntimes\.com|startribune\.com|dallasnews\.com|chron\.com",
    "Australia/Sydney": r"abc\.net\.au|smh\.com\.au|theage\.com\.au|news\.com\.au|9news\.com\.au",
    "Asia/Dhaka": r"thedailystar\.net|bdnews24\.com|prothomalo\.com",
    "Asia/Shanghai": r"xinhuanet\.com|chinadaily\.com|scmp\.com|globaltimes\.cn",
}
_DOTTED = re.compile(r"\w\.\w")  # what any address has, and few sentences
_SITE = re.compile(
    "|".join(rf"(?P<{place.replace('/', '__')}>(?:^|[^\w-])(?:www\.)?(?:{sites}))" for place, sites in _SITES.items()),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageZone:
    """The zone a page states for its times, and the place its publisher writes from where addresses show it."""

    name: ZoneName | None = None
    home: str | None = None


def find_page_zone(lines: Sequence[Line], stamps: Sequence[Stamp], url: str | None = None) -> PageZone:
    """Zone from the page's own words ("all times are Eastern"), or printed in most of its stamps."""
    home = _home(lines, url)
    for line in [*lines[:60], *lines[-10:]]:
        match = _ALL_TIMES.search(line.text[:600]) or _IN_BRACKETS.search(line.text[:2000])
        if match:
            words = match["zone"].strip()
            first = words.lower().removeprefix("us ").removeprefix("u.s. ").split()[0]
            short = _SHORT.match(line.text, match.end())
            name = (
                lookup_zone(short["zone"] if short else words)
                or lookup_zone(words)
                or lookup_zone(_BARE.get(first, ""))
                or lookup_zone(f"{words.lower()} time")
            )
            if name:
                return PageZone(settle(name, home), home)
        elif country := find_country_zone(line.text[:600]):
            return PageZone(country, home)
    printed = Counter(stamp.zone for stamp in stamps if stamp.zone)
    if printed:
        zone, times = printed.most_common(1)[0]
        name = lookup_zone(zone)
        if name and len(printed) == 1 and times * 2 >= len(stamps):
            return PageZone(settle(name, home), home)
    return PageZone(None, home)


def _home(lines: Sequence[Line], url: str | None) -> str | None:
    counts: Counter[str] = Counter()
    for text in [url or "", *(line.text[:2000] for line in lines[:400])]:
        for match in _SITE.finditer(text) if _DOTTED.search(text) else ():
            counts[(match.lastgroup or "").replace("__", "/")] += 1
    best = counts.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def settle(name: ZoneName, home: str | None) -> ZoneName:
    """A name with several meanings, settled where the publisher's home is one of them."""
    if not name.meanings or home not in name.meanings:
        return name
    return ZoneName(name.short, home, None)


def place(stamp: Stamp, day: date, page: PageZone, given: ZoneInfo | None) -> tuple[datetime | None, str | None, Known]:
    """Moment of a stamp on a known day, the short name of its zone, and how the zone is known."""
    if stamp.clock is None:
        return None, None, "unknown"
    local = datetime.combine(day, stamp.clock)
    if stamp.zone and (name := lookup_zone(stamp.zone)):
        settled = settle(name, page.home)
        if settled.meanings and page.name and page.name.place in settled.meanings:
            settled = page.name
        tz = zone_at(settled, local)
        if tz:
            return local.replace(tzinfo=tz), name.short, "printed"
        if given is None:
            return local, name.short, "unknown"
    elif page.name and (tz := zone_at(page.name, local)):
        moment = local.replace(tzinfo=tz)
        return moment, page.name.short if page.name.short.isupper() else moment.tzname(), "page"
    if given is not None:
        moment = local.replace(tzinfo=given)
        return moment, moment.tzname(), "given"
    return local, page.name.short if page.name and not stamp.zone else None, "unknown"


def printed_zone(stamp: Stamp, page: PageZone) -> str | None:
    """Short name of the zone that the stamp prints, or else the page."""
    if stamp.zone:
        name = lookup_zone(stamp.zone)
        return name.short if name else stamp.zone
    return page.name.short if page.name else None
