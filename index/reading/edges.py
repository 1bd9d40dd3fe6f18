"""The words that share a stamp's line: an author, a headline or the text's first words, by the page's habit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.beside import all_head, heads_freely, stands_free, stopped_or_told
from index.reading.candidates import BARE_DIGITS
from index.reading.lines import Line
from index.reading.openers import split_names
from index.reading.people import (
    NAMES,
    could_name,
    holds_office,
    is_initials,
    is_name,
    kind_ends,
    read_byline,
    read_told_byline,
)
from index.reading.places import open_with_places, without_one_word, without_places, without_told_places
from index.reading.sections import Section
from index.reading.titles import ends_prose, ends_sentence, is_title

_SIGNED_HEAD = re.compile(rf"(?:(?P<name>{NAMES}|[A-Z]{{2,3}}):|\((?P<inside>{NAMES})\))(?:\s+(?=\S)|$)")
# "BIDEN SCRIVE SU TWITTER Il presidente ..."
_CAPITALS = re.compile(
    r"((?:[«“\"]?[A-ZÀ-Þ\d][A-ZÀ-Þ\d'’.,:»”\"-]*\s){3,})(?=[«“\"]?[A-ZÀ-Þ](?:[a-zà-ÿ]|['’ ][a-zà-ÿ]))"
)
# "NO GOALIES: Not one of them is here."
_CAPITALS_LED = re.compile(r"([A-ZÀ-Þ\d][A-ZÀ-Þ\d'’.,-]*(?:\s[A-ZÀ-Þ\d][A-ZÀ-Þ\d'’.,-]*)+)\s?:\s+(?=\S)")
_GLUED_TITLE = re.compile(
    r"([^.!?]{3,140}?(?<!\bMc)(?<!\bMac)[a-zà-ÿąćčďěęłńňőřśšťůűźżž\d’”)])"
    r"(?=“?[A-ZÀ-Þ“](?:(?:[^\W\d_A-ZÀ-Þ]|’)+|[A-ZÀ-Þ]{3,}!?)\b|[AI]\s[a-z])"
)
# "ROWINGThe sculler is out.", "Our athletics correspondent Ann HillMARATHONThe course was short."
_WELDED = re.compile(
    r"(?:(?:[\w.'’&-]+\s){0,6}?(?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]+(?:\s[A-ZÀ-Þ][a-zà-ÿ'’-]+){1,2}))?"
    r"(?P<title>[A-ZÀ-Þ][A-ZÀ-Þ\d '’&/-]{2,60}[A-ZÀ-Þ\d!?])(?=[“\"‘]?[A-ZÀ-Þ][a-zà-ÿ'’]|[“\"‘]?[AI]\s[a-z])"
)
# "00:17: Ann, Quayton" over "emails: The bridge is shut."
_SENT = re.compile(r"(?:e-?mails|texts|tweets|writes|posts|comments|asks|adds|says)\s?:\s")
_LEAST_GLUED, _MOST_GLUED = 3, 0.6
_LEAST_CAPITALS, _LEAST_KICKER = 2, 3  # entries, words
_LEAST_SAID, _MOST_SINGLE, _MOST_SAID = 4, 0.8, 0.6
_LONGEST_LED = 12  # words
_LONGEST_FREE = 16  # words


def take_edges(sections: Sequence[Section]) -> list[Section]:
    """Use the words that share the stamp's line: author, title or the body's first words."""
    sections = without_told_places(without_places(without_one_word(sections)))
    timed = [s.candidate for s in sections if s.candidate]
    if not timed:
        return list(sections)
    rests = [c.before or c.after for c in timed if c.before or c.after]
    welded = sum(bool(s.candidate and _WELDED.match(s.candidate.after)) for s in sections)
    if welded >= _LEAST_GLUED and welded >= _MOST_GLUED * len(timed):
        return [_take_edge(_without_welded(s), authors=False, titled=False, signed=False) for s in sections]
    named = sum(is_name(r) or read_byline(r) is not None for r in rests) * 2 > len(rests)
    digits = all(c.sign == BARE_DIGITS for c in timed)
    if all(r.isupper() for r in rests) and (digits or not all(is_name(r) for r in rests)):
        named = False  # headlines in capitals, one of them a name, or before them no more than four digits
    few = len(rests) >= 6 and 1 < len(set(rests)) <= len(rests) / 4 and all(len(r.split()) <= 3 for r in rests)
    authors = named or few
    sections = _with_said(_without_last_colons(sections))
    heads = [s for s in sections if s.candidate and s.candidate.place in ("head", "middle")]
    titled = [s for s in heads if s.candidate and is_title(s.candidate.after) and not _runs_on(s)]
    over = [s for s in titled if s.lines]
    short = len(titled) * 2 > len(heads) and len(over) * 2 > len(titled)
    short &= sum(_is_outweighed(s) for s in over) * 2 <= len(over)
    signed = sum(bool(s.candidate and _signed(s.candidate.after)) for s in heads) > 0.6 * len(heads) >= 1.8
    placed = open_with_places(heads)
    signed = signed and not placed
    if not (authors or placed) and (opened := _without_names(sections)):
        return [_take_edge(s, authors, short, signed) for s in opened]
    if not authors and all_head(heads):
        return [_with_words_over(s) for s in sections]
    if not authors and stopped_or_told(heads):
        return [_with_words_over(s) if s.lines else _take_edge(s, authors, short, signed) for s in sections]
    glued = sum(bool(s.candidate and _GLUED_TITLE.match(s.candidate.after)) for s in heads)
    if glued >= _LEAST_GLUED and glued >= _MOST_GLUED * len(heads) and not authors:
        return [_take_edge(_without_glued_title(s), authors, short, signed) for s in sections]
    led = [m[1] for s in heads if s.candidate and (m := _CAPITALS_LED.match(s.candidate.after))]
    if len(led) > _MOST_GLUED * len(heads) and (len(set(led)) == len(led) or not all(map(is_name, led))):
        return [_take_edge(_without_head(s, _CAPITALS_LED), authors, short, signed=False) for s in sections]
    capitals = sum(bool(s.candidate and _CAPITALS.match(s.candidate.after)) for s in heads) >= _LEAST_CAPITALS
    return [_take_edge(_without_head(s, _CAPITALS) if capitals else s, authors, short, signed) for s in sections]


def _signed(words: str) -> re.Match[str] | None:
    """Match of an author's name before a colon or in brackets; one with an office before it is who speaks."""
    return None if holds_office(words) else _SIGNED_HEAD.match(words, kind_ends(words))


def _is_outweighed(section: Section) -> bool:
    """Whether the words beside the stamp are a sentence's worth, and more than all that stands under them."""
    words = section.candidate.after if section.candidate else ""
    return len(words.split()) > _LONGEST_FREE and len(words) > sum(len(line.text) for line in section.lines)


def _with_said(sections: Sequence[Section]) -> Sequence[Section]:
    """Sections whose one line between pluses is their text, not a headline: most of the page's end in a stop."""
    between = [s for s in sections if s.candidate and s.candidate.sign == "+++" and not s.lines]
    said = sum(bool(s.candidate and ends_sentence(s.candidate.after)) for s in between)
    timed = sum(bool(s.candidate) for s in sections)
    if len(between) < max(_LEAST_SAID, _MOST_SINGLE * timed) or said < _MOST_SAID * len(between):
        return sections
    return [
        replace(s, candidate=replace(s.candidate, sign="+")) if s.candidate and s.candidate.sign == "+++" else s
        for s in sections
    ]


def _with_words_over(section: Section) -> Section:
    return replace(section, title=section.candidate.after) if section.candidate else section


def _without_glued_title(section: Section) -> Section:
    """The section with the headline that runs into its text ("Weather reportThe sky is grey.") taken from it."""
    candidate = section.candidate
    if candidate is None or candidate.place != "head":
        return section
    title, rest = _taken(section, _GLUED_TITLE)
    if title:
        return replace(rest, title=title)
    if not section.lines and is_title(candidate.after):
        return replace(section, title=candidate.after, candidate=replace(candidate, place="alone", after=""))
    return section


def _without_welded(section: Section) -> Section:
    """The section without the headline in capitals that runs into its text, and who is said to report before it."""
    match = _WELDED.match(section.candidate.after) if section.candidate else None
    if section.candidate is None or match is None:
        return section
    rest = replace(section.candidate, after=section.candidate.after[match.end() :])
    author = match["name"] if match["name"] and could_name(match["name"]) else None
    return replace(section, candidate=rest, title=match["title"], author=author)


def _without_names(sections: Sequence[Section]) -> list[Section]:
    """The sections with the authors' names taken that open their texts beside the stamps; empty where none do."""
    texts = [_beside_stamp(s) for s in sections]
    if sections[-1].candidate is None and sections[-1].lines and _ends_in_stamp(sections[-2:][0]):
        texts[-1] = sections[-1].lines[0].text  # the last entry, its stamp cut off with the page
    opened = iter(split_names([text for text in texts if text]))
    found = [next(opened) if text else None for text in texts]
    names = {own[0] for own in found if own}
    if len(names) == 1 and _is_topic(names.pop(), sections):
        return []
    return [_opened(s, *own) if own else s for s, own in zip(sections, found, strict=True)] if any(found) else []


def _is_topic(word: str, sections: Sequence[Section]) -> bool:
    """Whether a word in capitals is what all the page is about: its texts name it."""
    called = re.compile(rf"\b{re.escape(word.capitalize())}\b")
    return word.isupper() and word.isalpha() and any(called.search(line.text) for s in sections for line in s.lines)


def _beside_stamp(section: Section) -> str:
    """The entry's first words where its stamp stands on their line."""
    if section.candidate and section.candidate.place == "head":
        return section.candidate.after
    return section.lines[0].text if _ends_in_stamp(section) else ""


def _ends_in_stamp(section: Section) -> bool:
    """Whether the entry is one paragraph that its stamp ends."""
    return bool(section.candidate and section.lines and section.lines[0].number == section.candidate.line)


def _opened(section: Section, author: str, text: str) -> Section:
    if section.candidate and section.candidate.place == "head":
        return replace(section, author=author, candidate=replace(section.candidate, after=text))
    return replace(section, author=author, lines=(replace(section.lines[0], text=text), *section.lines[1:]))


def _without_head(section: Section, capitals: re.Pattern[str]) -> Section:
    """The section with the headline in capitals taken from the words that follow it on the stamp's line."""
    title, rest = _taken(section, capitals)
    return replace(rest, title=title) if title else section


def _taken(section: Section, pattern: re.Pattern[str]) -> tuple[str, Section]:
    """What the words after the stamp begin with, and the section without it; "" where they begin otherwise."""
    candidate = section.candidate
    match = pattern.match(candidate.after) if candidate else None
    if candidate is None or match is None:
        return "", section
    return match[1].strip(), replace(section, candidate=replace(candidate, after=candidate.after[match.end() :]))


def _without_last_colons(sections: Sequence[Section]) -> list[Section]:
    """Headlines beside the stamps without the colon that most of them end in on this page."""
    heads = [s for s in sections if s.candidate and s.candidate.place == "head"]
    ended = {
        s.candidate.line
        for s in heads
        if s.candidate and s.candidate.after.endswith(":") and len(s.candidate.after.split()) <= _LONGEST_LED
        if stands_free(s)
    }
    if len(ended) < 0.8 * len(heads) or len(ended) < 2:
        return list(sections)
    return [
        replace(s, candidate=replace(s.candidate, after=s.candidate.after[:-1]))
        if s.candidate and s.candidate.line in ended
        else s
        for s in sections
    ]


def _runs_on(section: Section) -> bool:
    """Whether the words beside the stamp go on in the line below, as where lines are wrapped by hand."""
    return bool(section.lines and not section.lines[0].gap and section.lines[0].text[:1].islower())


def _is_kicker(words: str, below: str) -> bool:
    """Whether capitals head the text below them, be it with a full stop: "THAT'S ALL, FOLKS."."""
    stopped = words.endswith(".") and not below.isupper() and ends_prose(below)
    return len(words.split()) >= _LEAST_KICKER and is_title(words.rstrip(".") if stopped else words)


def _take_edge(section: Section, authors: bool, titled: bool, signed: bool) -> Section:
    candidate = section.candidate
    if candidate is None or candidate.place == "alone":
        return section
    first = Line(candidate.line, candidate.after, True)
    if candidate.place == "middle" and candidate.before.isupper() and not is_initials(candidate.before):
        return replace(section, title=candidate.before, author=candidate.after or None)
    if candidate.place == "middle":
        if titled and section.lines and is_title(candidate.after):
            return replace(section, author=candidate.before, title=candidate.after)
        return replace(section, author=candidate.before, lines=(first, *section.lines) if first.text else section.lines)
    words = candidate.before or candidate.after
    if candidate.place == "head" and section.lines and _SENT.match(section.lines[0].text):
        return replace(section, author=words)
    if candidate.after.isupper() and section.lines and _is_kicker(words, section.lines[0].text):
        return replace(section, title=words)
    if signed and (match := _signed(words)):
        said = [replace(first, text=words[match.end() :])] if words[match.end() :] else []
        return replace(section, author=match["name"] or match["inside"], lines=(*said, *section.lines))
    if section.lines and candidate.place == "head" and (author := read_told_byline(words)):
        return replace(section, author=author)
    if authors and (len(words.split()) <= 3 or is_name(words) or read_byline(words)):
        return replace(section, author=read_byline(words) or words)
    if section.title:
        return replace(section, lines=(first, *section.lines))
    if candidate.place == "tail" or candidate.sign == "+++" or (titled and is_title(words) and not _runs_on(section)):
        return replace(section, title=words)
    if candidate.place == "head" and heads_freely(words, section):
        return replace(section, title=words)
    return replace(section, lines=(first, *section.lines))
