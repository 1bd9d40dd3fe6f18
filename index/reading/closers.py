"""Names that close the texts of a page's entries: "The bridge is shut. Ann Hill", "The bridge is shut — The Agency"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.furniture import names_agency
from index.reading.people import NAME, NAMES, could_name
from index.reading.sections import Section

_AGENCY = (
    r"(?:(?:[Ll]['’]|[Ll]a |The )?(?:Agence|Agencia|Agentur|Press Association)"
    r"(?:\s(?:(?:du|de la|de|of) )?[A-ZÀ-Þ]\w+){0,3}|AFP|AP|Reuters|EFE|dpa|ANSA|PA)"
)
_NAMES = rf"(?:{NAME}(?:,\s{NAME}|\s(?:and|et|und|y)\s{NAME}){{0,4}}|{_AGENCY})"
# a stop within quotation marks may lead to who said so
_CLOSED = re.compile(
    rf"(?<=[.!?…])\s(?:[–—-]{{1,2}}\s?)?(?:(?:(?:Report|Story|Words|Text) )?[Bb]y\s)?(?P<name>{_NAMES})$|"
    rf"\s[–—]{{1,2}}\s?(?P<dashed>{_NAMES})$"
)
# "The Dow fell 140 points at the bell. —Hill, Sato": after a dash a surname alone will do
_SURNAMES = re.compile(r"(?<=[.!?…\"”’])\s[–—]\s?(?P<name>[A-ZÀ-Þ][\w'’-]{2,}(?:(?:,| and| &) [A-ZÀ-Þ][\w'’-]+){0,3})$")
_IN_BRACKETS = re.compile(rf"(?<=[.!?…])\s\((?P<name>{NAMES})\)$")
_LAST_BRACKETS = re.compile(r"(?<=[.!?…])\s\((?P<name>[^()]{2,40})\)$")
_AFTER_QUOTE = re.compile(rf"(?<=[.!?…][\"”»’])\s-{{1,2}}\s(?P<name>{_NAMES})$")
_PAIR = r"[A-ZÀ-Þ][\w’-]*\w\s[A-ZÀ-Þ][\w’-]*\w"
_UNMARKED = re.compile(rf"(?P<word>\w+)\s(?P<name>{_PAIR}(?P<more>(?:,\s{_PAIR}){{0,4}}))$")
# words that a name may be the object of: "a win for Ann Hill"
_LEADS = frozenset(
    (
        "a an the of by to for with and in at on from about against over who is de du des d la le les à en et par pour "
        "avec chez contre sur selon von vom mit und für gegen bei der die das el los del con por para contra y según "
        "di da per"
    ).split()
)
_WINDOW = 160  # characters
_LEAST, _MOST, _MOST_AGAIN, _LEAST_PEOPLE = 3, 0.5, 0.4, 2


def take_closing_names(sections: Sequence[Section]) -> list[Section]:
    """Sections with the names that close their texts as their authors, where many of the page's entries have one.

    They stand after a stop or a dash, or in brackets; where those do, a headline's may stand after its last word.
    """
    timed = [s for s in sections if s.candidate and s.lines and not s.author]
    found = {id(s): closed for s in timed if (closed := _closed(s.lines[-1].text))}
    again = len({name for name, _ in found.values()}) < len(found)
    agencies = sum(_names_agency_last(s.lines[-1].text) for s in timed)
    if len(found) < _LEAST_PEOPLE or len(found) + agencies < max(
        _LEAST, (_MOST_AGAIN if again else _MOST) * (len(timed) - 1)
    ):  # the last may be cut off
        return list(sections)
    names = {name for name, _ in found.values()}
    quoted = {id(s): own for s in timed if id(s) not in found and (own := _after_quote(s.lines[-1].text))}
    found |= {at: own for at, own in quoted.items() if own[0] in names}
    found |= {id(s): own for s in timed[:-1] if id(s) not in found and (own := _unmarked(s.lines[-1].text))}
    return [
        replace(s, author=found[id(s)][0], lines=(*s.lines[:-1], replace(s.lines[-1], text=found[id(s)][1])))
        if id(s) in found
        else s
        for s in sections
    ]


def _closed(text: str) -> tuple[str, str] | None:
    """The name that closes the text after a stop or a dash or in brackets, where no agency's does, and the text."""
    start = max(0, len(text) - _WINDOW)
    match = _CLOSED.search(text, start) or _SURNAMES.search(text, start)
    if match is None and (inside := _IN_BRACKETS.search(text, start)) and not names_agency(inside["name"]):
        match = inside
    name = next(filter(None, match.groups()), "") if match else ""
    return (name, text[: match.start()].rstrip()) if match and could_name(name) else None


def _names_agency_last(text: str) -> bool:
    """Whether an agency in brackets closes the text, as people do elsewhere on such pages."""
    match = _LAST_BRACKETS.search(text, max(0, len(text) - _WINDOW))
    return match is not None and names_agency(match["name"])


def _after_quote(text: str) -> tuple[str, str] | None:
    """A name after a hyphen that follows a quotation; it may be that of who was quoted."""
    match = _AFTER_QUOTE.search(text, max(0, len(text) - _WINDOW))
    return (match["name"], text[: match.start()].rstrip()) if match else None


def _unmarked(text: str) -> tuple[str, str] | None:
    """A name of two words, or several, after the last word of a text that does not end in a stop."""
    match = _UNMARKED.search(text, max(0, len(text) - _WINDOW))
    if match is None or match["word"].lower() in _LEADS or not could_name(match["name"]):
        return None
    if not match["word"].islower() and not match["more"]:
        return None  # it may be the name's first word
    return match["name"], text[: match.start("name")].rstrip()
