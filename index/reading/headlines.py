"""Each section's title and author, by the page's own habit: under its stamp, over it or on its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.reading.barred import take_barred_titles
from index.reading.buttons import without_buttons
from index.reading.bylines import is_author, move_authors_back, page_names, take_last_bylines
from index.reading.closers import take_closing_names
from index.reading.edges import take_edges
from index.reading.furniture import is_link
from index.reading.people import (
    author_of,
    is_label,
    is_name,
    is_reporting_from,
    is_role,
    read_located,
    split_signed_title,
)
from index.reading.sections import Section
from index.reading.single import is_over_list, is_over_tweet, texts_alone
from index.reading.stopped import stopped_titles, without_colons
from index.reading.subheads import move_subheads, starts_on_stamp
from index.reading.thrown_in import without_thrown_in
from index.reading.titles import ends_prose, is_title, plain_title
from index.reading.topics import is_rubric, is_tag, without_topics

_LONGEST_LED = 12  # words
_LONGEST_ALONE = 120  # characters
_ENOUGH = 3
_CAPTIONED = 3  # lines of an entry that is one line and a picture
_MOST_REPEATED = 0.6
_PLACEHOLDERS = frozenset(("Post", "Beitrag", "Publication", "Publicación"))
_TWO_QUESTIONS = re.compile(r"[a-zà-ÿ]\?\s¿?[A-ZÀ-Þ][^?]*\?$")
_ABBREVIATED = re.compile(r"[A-ZÀ-Þ]{3,5}\s[A-ZÀ-Þ][a-zà-ÿ]")


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a page heads its entries.

    `names` are its bylines. `headed` says that most entries have headlines, `plain` that those are not Written Like
    This, `lone` that only one entry begins with what may be a name; `stopped` are the headlines that end in a stop,
    `said` the lines that are all of an entry's text.
    """

    names: frozenset[str]
    headed: bool
    plain: bool
    lone: bool
    stopped: frozenset[int]
    said: frozenset[int]


def take_headlines(sections: Sequence[Section]) -> list[Section]:
    """Sections with their titles and authors set apart from their lines."""
    sections = without_topics(_without_repeats(without_buttons(without_thrown_in(sections))))
    sections = take_barred_titles(without_colons(sections))
    names = page_names(sections)
    sections = take_last_bylines(take_closing_names(take_edges(sections)))
    if _titles_stand_before(sections, names):
        sections = take_last_bylines(_move_titles_back(sections, names))
    else:
        sections = move_subheads(move_authors_back(sections, names))
    return [_without_placeholder(s) for s in _take_titles(sections, names)]


def _without_placeholder(section: Section) -> Section:
    """The section without the word that a site prints, before "published at", where an entry has no headline."""
    placed = section.candidate is not None and section.candidate.lead == "posted" and section.title in _PLACEHOLDERS
    return replace(section, title=None) if placed else section


def _without_repeats(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections without the headlines under their stamps, where those over most stamps come again there."""
    again = [at for at, (a, b) in enumerate(pairwise(sections), start=1) if b.candidate and _repeats(a, b)]
    if len(again) < max(_ENOUGH, _MOST_REPEATED * (len(sections) - 1)):
        return sections
    done = list(sections)
    for at in again:
        over, lines = sections[at - 1].lines[-1].text, sections[at].lines
        kept = next((n for n, line in enumerate(lines) if line.text != over), len(lines))
        done[at] = replace(sections[at], lines=lines[kept:])
    return done


def _repeats(earlier: Section, section: Section) -> bool:
    over = earlier.lines[-1].text if earlier.lines else ""
    return is_title(over) and bool(section.lines) and section.lines[0].text == over


def _titles_stand_before(sections: Sequence[Section], names: frozenset[str]) -> bool:
    """Whether headlines stand over the stamps, as the last lines of what goes before."""
    before = after = count = 0
    seen: set[str] = set()
    for earlier, section in zip(sections, sections[1:], strict=False):
        if section.candidate is None or section.title or (earlier.candidate is None and _is_count(earlier)):
            continue
        count += 1
        above = [line for line in earlier.lines[-3:] if not is_author(line, names)]
        below = [line for line in section.lines[:3] if not is_author(line, names)]
        enough = len(earlier.lines) > 1 or (earlier.candidate is None and bool(above))
        if above and enough and is_title(above[-1].text):
            before += 1
            seen.add(above[-1].text)
        after += bool(below) and is_title(below[0].text)
    return count >= 2 and before > after and before >= 0.6 * count and len(seen) > 0.8 * before


def _is_count(section: Section) -> bool:
    """Whether an opening ends in nothing but figures: no headline can stand there."""
    return bool(section.lines) and section.lines[-1].text.isdigit()


def _move_titles_back(sections: Sequence[Section], names: frozenset[str]) -> list[Section]:
    done: list[Section] = []
    for section in sections:
        earlier = done[-1] if done else None
        if earlier and section.candidate and not section.title:
            rest, title, author = list(earlier.lines), None, None
            while rest and (len(rest) > 1 or earlier.candidate is None):
                if author is None and is_author(rest[-1], names):
                    author = author_of(rest[-1].text)
                elif title is None and is_title(rest[-1].text):
                    title = plain_title(rest[-1].text)
                else:
                    break
                rest.pop()
                if title:
                    break
            if title:
                done[-1] = replace(earlier, lines=tuple(rest))
                section = replace(section, title=title, author=section.author or author)
        done.append(section)
    return done


def _take_titles(sections: Sequence[Section], names: frozenset[str]) -> list[Section]:
    """Take the headline and the byline from the head of each section."""
    open_ended = [s for s in sections if s.candidate and not s.title and not starts_on_stamp(s)]
    bare = [[line.text for line in s.lines[:4] if not is_author(line, names)] for s in open_ended]
    long = [texts for texts in bare if len(texts) > 1]  # on a page of single lines, those are no headlines
    if len(long) == 1 < len(bare) and len(bare[-1]) > 1 and not ends_prose(bare[-1][1]):
        long = []  # what ends such a page is its footer
    said = texts_alone(open_ended, names)
    firsts = [
        texts[0]
        for s, texts in zip(open_ended, bare, strict=True)
        if texts and is_title(texts[0]) and s.lines[0].number not in said and not is_over_tweet(texts)
        if not _TWO_QUESTIONS.search(texts[0])
    ]
    alike = sum(bool(texts) and is_name(texts[0]) and _is_plain_name(texts[0]) for texts in bare)
    habit = _Habit(
        names,
        headed=len(firsts) * 2 > len(bare) and any(is_title(a) and not is_link(b) for a, b, *_ in long),
        plain=not _in_title_case(firsts),
        lone=alike == 1 and len(bare) >= _ENOUGH,
        stopped=stopped_titles(open_ended, names),
        said=said,
    )
    open_ids = {id(s) for s in open_ended}
    return [_take_title(s, habit, id(s) in open_ids) for s in sections]


def _in_title_case(titles: Sequence[str]) -> bool:
    """Whether this page Writes Its Headlines Like This, so that one of two words may look like a name."""
    words = [
        w for title in titles if len(title.split()) > 3 for w in title.split()[1:] if len(w) > 3 and w[0].isalpha()
    ]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words)


def _take_title(section: Section, habit: _Habit, titled: bool) -> Section:
    lines = list(section.lines)
    title, author = section.title, section.author
    for _ in range(4):
        if not lines:
            break
        text = lines[0].text
        following = lines[1].text if len(lines) > 1 else ""
        below = lines[2].text if len(lines) > 2 else ""
        if following and is_reporting_from(text):
            pass
        elif (
            author is None and section.candidate and is_author(lines[0], habit.names) and not is_label(text, following)
        ):
            author = author_of(text)
        elif (
            titled
            and title is None
            and (is_tag(text) and _may_head(following, below) or is_rubric(text, following, below))
        ):
            pass
        elif author is None and title is not None and read_located(text) and ends_prose(following):
            author = author_of(text)
        elif (
            author is None
            and section.candidate
            and following
            and is_name(text)
            and (
                is_role(following)
                or (
                    habit.plain
                    and _is_plain_name(text)
                    and not (habit.headed and len(text.split()) > 2)
                    and not (habit.lone and is_title(following))
                )
            )
        ):
            author = text
        elif author is not None and (text == author or is_role(text)):
            pass
        elif author is not None and not titled and _stands_for_role(text, following):
            pass
        elif title is None and lines[0].number in habit.stopped:
            title = text
        elif title is None and lines[0].number in habit.said:
            break
        elif (
            title is None
            and titled
            and is_title(text)
            and (
                habit.headed
                or (_stands_over_prose(text, following) and not (len(lines) == _CAPTIONED and _again(following, below)))
                or is_over_list(text, following, below)
            )
        ):
            title = text
        else:
            break
        lines.pop(0)
    if len(lines) == len(section.lines):
        return section
    if title and author is None and (signed := split_signed_title(title)):
        title, author = signed
    return replace(section, lines=tuple(lines), title=title, author=author)


def _may_head(text: str, below: str) -> bool:
    """Whether the line under a tag is a headline: a long one over nothing is the text, cut off with the page.

    The first of several lines that begin with figures is a table's.
    """
    if text[:1].isdigit() and below[:1].isdigit():
        return False
    return is_title(text) and (bool(below) or len(text) <= _LONGEST_ALONE)


def _stands_for_role(text: str, following: str) -> bool:
    """Whether a short line between a name and prose says who that is: "Ex-Denby striker on Radio 5"."""
    return len(text.split()) <= 8 and is_title(text) and ends_prose(following)


def _is_plain_name(text: str) -> bool:
    """Whether the words are two or three capitalised ones, the first no abbreviation: "FTSE Close" names nobody."""
    capitalised = 2 <= len(text.split()) <= 3 and all(word[0].isupper() for word in text.split())
    return capitalised and not _ABBREVIATED.match(text)


def _again(text: str, below: str) -> bool:
    """Whether the line below says the same and more: a caption, under the alternative text of its picture."""
    return len(text) < len(below) and below.startswith(text)


def _stands_over_prose(text: str, following: str) -> bool:
    """Whether a short unended line stands over a sentence: a headline even where most entries have none."""
    said = bool(_TWO_QUESTIONS.search(text))
    return len(text) <= 120 and not said and ends_prose(following) and len(following) > len(text) / 2
