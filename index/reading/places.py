"""Places and rubrics before stamps on their lines: they are neither headlines nor authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.reading.candidates import Candidate
from index.reading.people import is_name, read_byline
from index.reading.sections import Section
from index.reading.titles import is_title

_ENOUGH_ALIKE = 3
_LEAST_SINGLE = 2
_LONGEST_PLACE = 4  # words
# "Kwun Wai: Thirty ships have skipped the port.", "Central: Shares fell."
_LED = re.compile(r"(?P<place>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}) ?: ")
_IN = re.compile(
    r"\b(?:(?P<to>à)|in|near|en|bei|nahe|près de|cerca de) "
    r"(?=(?P<words>[A-ZÀ-Þ][\w'’.-]*[\w'’](?: [A-ZÀ-Þ][\w'’.-]*[\w'’]){0,3}))"
)


def without_one_word(sections: Sequence[Section]) -> Sequence[Section]:
    """Sections without the one word that stands before all their stamps, where headlines follow: a place, a rubric."""
    timed = [(s, s.candidate) for s in sections if s.candidate]
    words = {c.before for _, c in timed}
    titled = sum(bool(s.lines) and is_title(s.lines[0].text) for s, _ in timed)
    if len(timed) < _ENOUGH_ALIKE or len(words) > 1 or not words.pop().isalpha() or titled * 2 <= len(timed):
        return sections
    return [s if s.candidate is None else replace(s, candidate=_alone(s.candidate)) for s in sections]


def without_places(sections: Sequence[Section]) -> Sequence[Section]:
    """Sections without the few words before a bar and their stamps, where headlines follow: "Suvarna | 12:10 pm"."""
    timed = [(s, s.candidate) for s in sections if s.candidate]
    places = [c.before for _, c in timed if c.place == "tail" and c.sign == "|"]
    few = all(place[:1].isupper() and len(place.split()) <= _LONGEST_PLACE for place in places)
    named = sum(is_name(place) or read_byline(place) is not None for place in places)
    titled = sum(len(s.lines) > 1 and is_title(s.lines[0].text) for s, _ in timed)
    if len(places) < max(_ENOUGH_ALIKE, len(timed)) or not few or named * 2 > len(places) or titled * 2 <= len(timed):
        return sections
    return [s if s.candidate is None else replace(s, candidate=_alone(s.candidate)) for s in sections]


def without_told_places(sections: Sequence[Section]) -> Sequence[Section]:
    """Sections without the places before a comma and their stamps, that the page says things are in: "Quay, 4 p.m."."""
    timed = [(s, s.candidate) for s in sections if s.candidate]
    places = Counter(c.before for _, c in timed if c.place == "tail" and c.sign == ",")
    if places.total() < max(_ENOUGH_ALIKE, len(timed)):
        return sections
    told = set(_told_places(line.text for s in sections for line in s.lines)) & set(places)
    if sum(places[place] for place in told) * 2 <= len(timed):
        return sections
    return [s if s.candidate is None else replace(s, candidate=_alone(s.candidate)) for s in sections]


def open_with_places(sections: Sequence[Section]) -> bool:
    """Whether the words before a colon that open the texts beside stamps are places, not who wrote them.

    Some are of one word and some of several, as names on one page are not, or the page says that things are in them.
    """
    led = [m["place"] for s in sections if s.candidate and (m := _LED.match(s.candidate.after))]
    places = {place for place in led if not place.isupper()}
    single = sum(" " not in place for place in places)
    told = set(_told_places(line.text for s in sections for line in s.lines))
    told |= set(_told_places(s.candidate.after for s in sections if s.candidate))
    return _LEAST_SINGLE <= single < len(places) or len(told & places) * 2 > len(places)


def _told_places(texts: Iterable[str]) -> Iterator[str]:
    """Capitalised words that something is said to be in; after the French "à", only one: to two it may be said."""
    for text in texts:
        for match in _IN.finditer(text):
            words = match["words"].split()
            for count in range(1, 2 if match["to"] else len(words) + 1):
                yield " ".join(words[:count])


def _alone(candidate: Candidate) -> Candidate:
    return replace(candidate, before="", place="alone")
