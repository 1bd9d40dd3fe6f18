"""Printed dates: month and weekday names of several languages, and the date at a place in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

_MONTHS = """
january jan janvier janv januar jänner jaenner jän enero ene gennaio gen janeiro januari
february feb février fév févr fevrier februar feber febr febrero febbraio fevereiro fev februari
march mar mars märz mär maerz marzo março maart mrt
april apr avril avr abril abr aprile
may mai mayo maggio mag maio mei
june jun juin juni junio giugno giu junho
july jul juillet juil juli julio luglio lug julho
august aug août aout agosto ago agosto augustus
september sep sept septembre septiembre set settembre setembro
october oct octobre oktober okt octubre ottobre ott outubro out
november nov novembre noviembre novembro
december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro
"""
_WEEKDAYS = """
monday mon lundi montag lunes lunedì segunda-feira maandag
tuesday tue tues mardi dienstag martes martedì terça-feira dinsdag
wednesday wed mercredi mittwoch miércoles miercoles mercoledì quarta-feira woensdag
thursday thu thur thurs jeudi donnerstag jueves giovedì quinta-feira donderdag
friday fri vendredi freitag viernes venerdì sexta-feira vrijdag
saturday sat samedi samstag sonnabend sábado sabado sabato zaterdag
sunday sun dimanche sonntag domingo domenica zondag
"""
# Danish, Norwegian, Swedish, Catalan, Polish and Slovak, as they stand alone and in dates; no "listopad", which is
# November to Poles but October to Croats
_MORE_MONTHS = """
gener styczeń stycznia január januára
febrer luty lutego február februára
marts març marzec marca marec
kwiecień kwietnia apríl apríla
maj maig maja máj mája
juny czerwiec czerwca jún júna
juliol lipiec lipca júl júla
augusti agost sierpień sierpnia augusta
setembre wrzesień września septembra
październik października október októbra
novembra
desember desembre grudzień grudnia decembra
"""
_MORE_WEEKDAYS = """
måndag mandag dilluns poniedziałek poniedziałku pondelok
tisdag tirsdag dimarts wtorek utorok
onsdag dimecres środa środę streda stredu
torsdag dijous czwartek štvrtok
fredag divendres piątek piatok
lördag lørdag dissabte sobota sobotę sobotu
söndag søndag diumenge niedziela niedzielę nedeľa nedeľu
"""


def _numbered(*tables: str) -> dict[str, int]:
    return {name: n for table in tables for n, row in enumerate(table.strip().splitlines()) for name in row.split()}


MONTHS = {name: n + 1 for name, n in _numbered(_MONTHS, _MORE_MONTHS).items()}
WEEKDAYS = _numbered(_WEEKDAYS, _MORE_WEEKDAYS)
_TODAY = (
    *("today", "heute", "aujourd'hui", "aujourd’hui", "hoy", "oggi", "hoje", "vandaag", "idag", "i dag", "avui"),
    *("dziś", "dzisiaj", "dnes"),
)
_YESTERDAY = (
    *("yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren", "igår", "i går", "ahir", "wczoraj"),
    "včera",
)
DAYS_BACK = {word: back for back, words in enumerate((_TODAY, _YESTERDAY)) for word in words}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed. Any part may be missing; `swapped` says that day and month could be exchanged.

    `numeric` dates print their month as a number; `month_first` says in which order. `back` counts the days before
    the page's own: 0 for "today", 1 for "yesterday".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    swapped: bool = False
    numeric: bool = False
    month_first: bool = False
    back: int | None = None

    def full(self) -> date | None:
        """Date itself, where year, month and day are printed and it exists."""
        if self.year is None or self.month is None or self.day is None or self.swapped:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_WORD_END = r"(?![^\W\d_])"
_MONTH = rf"(?P<month>{_alternatives(MONTHS)}){_WORD_END}\.?"
_WEEKDAY = rf"(?P<weekday>{_alternatives(WEEKDAYS)}){_WORD_END}\.?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# too short to be told from words but before a date
_SHORT = ("mo", "di", "mi", "do", "fr", "sa", "so")
_PIECES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
        rf"(?:(?:{_WEEKDAY}|(?:{'|'.join(_SHORT)})[.,]),?\s+)?(?:the\s+|le\s+|den\s+)?"
        rf"{_DAY}\.?\s*(?:de\s+|d['’]|of\s+|/|-)?\s?{_MONTH}(?:,?\s*(?:de\s+|del\s+)?{_YEAR})?",
        rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s*{_DAY}(?!\d*[:.h]\d)(?!\d)(?:,?\s*{_YEAR})?",
        r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d(?!\d))",
        r"(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])\.(?=,?\s*(?:um\s*)?\d{1,2}[:.]\d\d)",
        r"(?P<a>3[01]|[12]\d|0?[1-9])(?P<sep>/)(?P<b>3[01]|[12]\d|0?[1-9])(?!\d|/)(?=[\s,-]*(?:à|at|um|a "
        r"las)?\s*\d{1,2}[:.h]\d\d)",
        _WEEKDAY,
        rf"(?:{_WEEKDAY}|(?:{'|'.join(_SHORT)})[.,]|(?-i:{'|'.join(map(str.title, _SHORT))})),?\s+(?:den\s+|le\s+)?"
        r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d(?!\d))",
        rf"(?P<today>{_alternatives(DAYS_BACK)})(?=[\s,]*(?:at|um|à|a las|a les|kl\.?|o)?\s*\d)",
    )
)


_AT_DIGIT = tuple(_PIECES[n] for n in (0, 1, 3, 4, 5))
_AT_LETTER = tuple(_PIECES[n] for n in (1, 2, 7, 6, 8))
# what any of the above needs, so that the many places that hold no date are left at once
_DIGITS = re.compile(
    r"\d{4}[-/.]\d|\d{1,2}[./-]\d|\d{1,2}(?:st|nd|rd|th|er|º)?\.?\s*(?:de\s+|d['’]|of\s+|/|-)?\s?[^\W\d_]",
    re.IGNORECASE,
)
_STARTS = frozenset(
    word[:3]
    for word in (*MONTHS, *WEEKDAYS, *DAYS_BACK, "the", "le ", "den", *(day + sign for day in _SHORT for sign in "., "))
)


def read_date(line: str, at: int = 0) -> tuple[Day, int] | None:
    """Date that stands exactly at `at`, and where it ends."""
    head = line[at : at + 3].lower()
    if head[:1].isdigit():
        pieces = _AT_DIGIT if _DIGITS.match(line, at) else ()
    else:
        pieces = _AT_LETTER if head in _STARTS else ()
    for pattern in pieces:
        match = pattern.match(line, at)
        day = _day_of(match) if match else None
        if match and day:
            return day, match.end()
    return None


def _day_of(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    if parts.get("today"):
        return Day(back=DAYS_BACK[parts["today"].lower()])
    weekday = WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
    if parts.get("a"):
        year = int(parts["year"]) if parts.get("year") else None
        found = _numeric_day(int(parts["a"]), int(parts["b"]), year, parts["sep"])
        return replace(found, weekday=weekday) if found else None
    if not parts.get("month"):
        return Day(weekday=weekday)
    month = parts["month"].lower()
    return Day(
        int(parts["year"]) if parts.get("year") else None,
        int(month) if month.isdigit() else MONTHS[month],
        int(parts["day"]),
        weekday,
    )


def _numeric_day(a: int, b: int, year: int | None, separator: str) -> Day | None:
    if year is not None and year < 100:
        year += 2000
    if (separator == "." and b <= 12) or a > 12:
        return Day(year, b, a, numeric=True) if 1 <= b <= 12 and 1 <= a <= 31 else None
    if b > 12:
        return Day(year, a, b, numeric=True, month_first=True) if 1 <= a and b <= 31 else None
    return Day(year, b, a, swapped=a != b, numeric=True) if a and b else None
