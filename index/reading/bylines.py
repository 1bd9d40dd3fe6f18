"""Who wrote each entry: names that stand under its stamp, over it, or at its end, by the page's own habit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.bullets import SIGNS
from index.reading.furniture import is_furniture, is_link
from index.reading.lines import Line
from index.reading.people import author_of, is_initials, is_name, read_byline, read_located, read_signature
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_title

_MOST_CAPITAL = 0.6
_POINT = re.compile(rf"[{SIGNS}]\s+(?P<rest>\S.*)")
_LEAST_POINTS, _MOST_POINTS = 2, 0.6
_BUTTON = r"(?:Share|Teilen|Partager|Compartir)"
_BUTTON_AFTER = re.compile(rf"\s{_BUTTON}$")
_NAME_AFTER_DASH = re.compile(rf"^(?:{_BUTTON}\s)?[–—-]\s(?P<name>\S.{{3,60}})$")
_LEAST_NAMES = 3
_LONGEST_BETWEEN = 120  # characters


def without_points(lines: Sequence[Line], stamped: Sequence[int]) -> list[Line]:
    """The lines without the bullets of a list whose points each begin with a name over a stamp.

    `stamped` are the numbers of the lines that hold a stamp.
    """
    over = {at - 1 for at in stamped if at and (point := _POINT.match(lines[at - 1].text)) and is_name(point["rest"])}
    if len(over) < max(_LEAST_POINTS, _MOST_POINTS * len(stamped)):
        return list(lines)
    return [replace(line, text=_POINT.sub(r"\g<rest>", line.text)) if line.number in over else line for line in lines]


def with_bylines(lines: Sequence[Line]) -> list[Line]:
    """The lines, names after a dash as bylines where they come again, each over a headline: "Share - Ann Hill"."""
    names = {
        line.number: match["name"]
        for line, below in pairwise(lines)
        if (match := _NAME_AFTER_DASH.match(line.text)) and is_name(match["name"]) and is_title(below.text)
    }
    if len(names) < _LEAST_NAMES or len(set(names.values())) * 2 > len(names):
        return list(lines)
    return [replace(line, text=f"By {names[line.number]}") if line.number in names else line for line in lines]


def page_names(sections: Sequence[Section]) -> frozenset[str]:
    """Lines that are bylines on this page: names where many entries have one, or the same one comes again."""
    timed = [s for s in sections if s.candidate]
    if sum(any(read_byline(line.text) for line in s.lines[:3]) for s in timed) * 2 > len(timed):
        return frozenset()  # where bylines say that they are, a name alone is none
    found: Counter[str] = Counter()
    having = 0
    for section in timed:
        candidate = section.candidate
        edge = [line.text for line in section.lines[:3] if not is_link(line.text)]
        names = {t for t in edge if is_name(t) or read_located(t)} - _capital_title(edge)
        if candidate:
            names |= {t for t in (candidate.before, candidate.after) if is_name(t)}
        having += bool(names)
        found.update(names)
    initials = [s.lines[0].text for s in timed if len(s.lines) > 1 and is_initials(s.lines[0].text)]
    if len(initials) >= max(3, 0.6 * len(timed)) and len(set(initials)) < len(initials):
        return frozenset(initials)
    if _are_headlines(timed, found):
        return frozenset()
    ends = Counter(line.text for s in timed for line in s.lines[-2:] if s.lines[1:] and is_name(line.text))
    found.update({name: times for name, times in ends.items() if times > 1})
    over = [s.lines[-1].text for s in sections[:-1] if s.lines and is_name(s.lines[-1].text)]
    direct = set(over)
    over += [line.text for s in sections[:-1] if (line := _over_headline(s)) and line.text in direct]
    standing_over = frozenset(over if len(over) >= max(2, 0.6 * len(timed)) else ())
    if len(timed) >= 3 and having >= 0.4 * len(timed):
        return frozenset(found) | standing_over
    return frozenset(name for name, times in found.items() if times > 1) | standing_over


def _are_headlines(timed: Sequence[Section], found: Counter[str]) -> bool:
    """Whether what may be names are Headlines Like This: over prose as the page's other ones, and none comes twice."""
    firsts = [(s.lines[0].text, s.lines[1].text) for s in timed if len(s.lines) > 1 and _is_text(s.lines[1].text)]
    named = {text for text, _ in firsts if text in found}
    others = [text for text, _ in firsts if text not in found and is_title(text) and len(text.split()) > 2]
    if not others or not named or named != set(found) or max(found.values()) > 1:
        return False
    words = [word for text in others for word in text.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > _MOST_CAPITAL * len(words)


def _is_text(text: str) -> bool:
    """Whether the line ends as prose does, or is too long for a headline: cut off with the page."""
    return ends_prose(text) or len(text) > _LONGEST_BETWEEN


def _capital_title(edge: Sequence[str]) -> set[str]:
    """A first line in capitals right over prose: a headline in capitals, though it may look like a name."""
    return {edge[0]} if len(edge) > 1 and edge[0].isupper() and ends_prose(edge[1]) else set()


def take_last_bylines(sections: Sequence[Section]) -> list[Section]:
    """Bylines that end the entries of this page rather than head them."""
    timed = [s for s in sections if s.candidate and len(s.lines) > 1]
    ends = Counter(
        s.lines[-1].text
        for s in timed
        if is_name(s.lines[-1].text) and (ends_prose(s.lines[-2].text) or s.lines[-1].text.isupper())
    )
    alone = {name for name, times in ends.items() if times > 1} and set(ends)
    signed = {id(s): found for s in timed if (found := _last_byline(s, alone))}
    headed = sum(any(read_byline(line.text) for line in s.lines[:-1][:2]) for s in timed)
    closed = id(sections[-1]) in signed or _is_cut_off(sections)
    if len(signed) < 2 or len(signed) * 2 <= len(timed) or headed * 2 > len(timed) or not closed:
        return list(sections)
    return [
        replace(s, author=s.author or signed[id(s)][0], lines=s.lines[: signed[id(s)][1]]) if id(s) in signed else s
        for s in sections
    ]


def _is_cut_off(sections: Sequence[Section]) -> bool:
    """Whether the last entry stops in a sentence or its headline, and no byline stands over the first one's stamp."""
    first, last = sections[0], sections[-1]
    named = any(is_name(line.text) or read_byline(line.text) for line in first.lines[-1:])
    if first.candidate or named:
        return False
    if not last.lines:
        return bool(last.title and not ends_prose(last.title))
    return not (ends_prose(last.lines[-1].text) or is_name(last.lines[-1].text))


def _last_byline(section: Section, alone: Container[str]) -> tuple[str, int] | None:
    """Name that ends the entry, and where the entry's words before it end; buttons below it do not count.

    `alone` are the names that need no word or sign to be one.
    """
    at = len(section.lines) - 1
    while at > 1 and is_furniture(section.lines[at].text):
        at -= 1
    text = _BUTTON_AFTER.sub("", section.lines[at].text)
    found = read_byline(text) or read_signature(text) or (text if text in alone else None) if at else None
    return (found, at) if found else None


def _over_headline(section: Section) -> Line | None:
    """The line that may name an author over the headline that ends the section, right above the next one's stamp."""
    under_stamp = 2 if section.candidate else 1  # a name that is the first line there is the entry's own author
    if len(section.lines) <= under_stamp:
        return None
    above, last = section.lines[-2:]
    return above if not last.gap and len(last.text) <= _LONGEST_BETWEEN else None


def move_authors_back(sections: Sequence[Section], names: frozenset[str]) -> list[Section]:
    """Authors whose names stand over the stamps, as the last line of what goes before each.

    A line between such a name and a stamp, right under it, is the entry's headline.
    """
    pairs = [(earlier, s) for earlier, s in zip(sections, sections[1:], strict=False) if s.candidate and not s.author]
    ends = [(earlier.lines[-1], _over_headline(earlier)) for earlier, _ in pairs if earlier.lines]
    right_over = [line for line, _ in ends if is_author(line, names)]
    apart = [above for line, above in ends if above and above.text in names and not is_author(line, names)]
    over = right_over + (apart if len(apart) <= len(right_over) else [])
    last = sections[-1].lines[-1:] if sections else ()
    if len(over) < 2 or len(over) < 0.6 * len(pairs) or (last and is_author(last[0], names)):
        return list(sections)
    done: list[Section] = []
    for section in sections:
        earlier = done[-1] if done else None
        if earlier and earlier.lines and section.candidate and not section.author:
            *rest, name = earlier.lines
            first = None if section.title or len(apart) > len(right_over) else _over_headline(earlier)
            if is_author(name, names):
                done[-1] = replace(earlier, lines=tuple(rest))
                section = replace(section, author=author_of(name.text))
            elif first and first.text in names:
                done[-1] = replace(earlier, lines=tuple(rest[:-1]))
                section = replace(section, author=author_of(first.text), title=name.text)
        done.append(section)
    return done


def is_author(line: Line, names: frozenset[str]) -> bool:
    """Whether the line names who wrote an entry: it says so, or is one of the page's `names`."""
    return read_byline(line.text) is not None or line.text in names
