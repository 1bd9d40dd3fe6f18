"""Headlines of a page whose entries carry no time: unended lines over prose, and short ones among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.announcing import calls_to_live
from index.reading.bullets import SIGNS
from index.reading.furniture import is_credit, is_furniture, is_link
from index.reading.lines import Line
from index.reading.people import is_name, names_helper, read_byline, split_signed_title
from index.reading.titles import ends_prose, ends_sentence, is_summary_heading, is_title, is_update_note
from index.stamps import read_stamp

_LIST_MARK = re.compile(rf"^[{SIGNS}]\s*")
_COUNT = re.compile(r"^\d{1,4} (?:posts|updates|entries|Beiträge|publications|publicaciones)$", re.IGNORECASE)
_QUOTES = frozenset('"“«„')
_LONGEST_RUBRIC, _LEAST_UNDER = 2, 4  # words
_HEADING_MARK = re.compile(r"(?:#{1,6}|[*–—-])\s+(?=\S)")
_MOST_MARKED = 0.8
_LEAST_TITLES, _MOST_SHORT, _SHORT_PROSE = 3, 2, 40
_MOST_CAPITALISED = 4  # words


def find_titles(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that head entries: headlines over prose, short ones among them, one under a count."""
    spaced = sum(line.gap and not is_credit(line.text) for line in lines) * 3 > len(lines)
    titles = [
        at
        for at, line in enumerate(lines)
        if is_title(line.text)
        and (line.gap or not spaced or split_signed_title(line.text) or _is_under_rubric(lines, at))
        and 11 <= len(line.text) <= 120
        and read_byline(line.text) is None
        and not names_helper(line.text)
        and not (calls_to_live(line.text) or _is_dated(line.text))
        and not (len(line.text) < 15 and is_summary_heading(line.text))
        and prose_follows(lines, at)
        and not _is_pictured(lines, at)
    ]
    heads = set(titles)
    titles = [at for at in titles if at - 1 not in heads or not lines[at].text.endswith(".")]  # "... at 8:45 a.m."
    titles = [at for n, at in enumerate(titles) if n > 1 or not _heads_introduction(lines, at)]
    if len(titles) < _LEAST_TITLES:
        return titles
    counts = (at + 1 for at, line in enumerate(lines[:-1]) if _COUNT.match(line.text))
    colons = (at for at in range(titles[0] + 1, len(lines) - 1) if _heads_with_colon(lines, at))
    return sorted({*titles, *_short_titles(lines, titles), *counts, *colons})


def without_heading_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines without the hash signs or dashes before headlines over prose, where most lines with one are that."""
    marked = [at for at, line in enumerate(lines) if _HEADING_MARK.match(line.text)]
    bare = {at: replace(lines[at], text=_HEADING_MARK.sub("", lines[at].text)) for at in marked}
    heads = {at for at in marked if at - 1 not in bare and at + 1 not in bare and is_title(bare[at].text)}
    over = {at for at in heads if prose_follows(lines, at)}
    if len(over) < max(_LEAST_TITLES, _MOST_MARKED * len(marked)):
        return list(lines)
    return [bare[at] if at in over else line for at, line in enumerate(lines)]


def _is_dated(text: str) -> bool:
    """Whether the line is nothing but a date and a clock: "Tuesday, 9th July 2019, 6:52 pm"."""
    stamp = read_stamp(text)
    return stamp is not None and stamp.day is not None and stamp.end == len(text)


def _is_under_rubric(lines: Sequence[Line], at: int) -> bool:
    """Whether a rubric of a word or two stands right over the line, apart from all else as the text under it is."""
    above = lines[at - 1] if at else None
    apart = above is not None and above.gap and at + 1 < len(lines) and lines[at + 1].gap
    return bool(above and apart and len(above.text.split()) <= _LONGEST_RUBRIC and is_title(above.text)) and (
        len(lines[at].text.split()) >= _LEAST_UNDER
    )


def _is_pictured(lines: Sequence[Line], at: int) -> bool:
    """Whether the line names whom a picture shows: the text over it names them too and goes on in their words."""
    if not 0 < at < len(lines) - 1 or not is_name(lines[at].text):
        return False
    above, below = lines[at - 1].text, lines[at + 1].text
    return ends_prose(above) and lines[at].text in above and below[0] in _QUOTES


def _heads_introduction(lines: Sequence[Line], at: int) -> bool:
    """Whether the line is a heading for a summary under the page's headline and a sentence: a part of one opening."""
    led = at > 1 and is_title(lines[0].text) and any(ends_prose(line.text) for line in lines[1:at])
    return led and is_summary_heading(lines[at].text)


def _short_titles(lines: Sequence[Line], titles: Sequence[int]) -> list[int]:
    """Headlines of a word or two among longer ones, with room over and under them: "Preamble", "Good night".

    The first of the page's titles may be one where its entry ends in the same button as the others.
    """
    button = lines[titles[1] - 1].text
    first = next((at for at, line in enumerate(lines) if line.text == button), 0) if is_button(button) else 0
    over = [at for at in range(min(first, titles[0])) if _is_short_title(lines, at)][-1:]
    return over + [at for at in range(titles[0] + 1, len(lines) - 1) if _is_short_title(lines, at)]


def _heads_with_colon(lines: Sequence[Line], at: int) -> bool:
    """Whether a few capitalised words before a colon stand between two texts, none a quotation: "Rupee Close:"."""
    text, below = lines[at].text, lines[at + 1].text
    words = text.removesuffix(":").split()
    few = text.endswith(":") and 1 < len(words) <= _MOST_CAPITALISED and all(word[0].isupper() for word in words)
    texts = ends_sentence(lines[at - 1].text) and ends_sentence(below) and len(below) > _SHORT_PROSE
    return few and texts and below[0] not in _QUOTES and lines[at].gap == lines[at - 1].gap


def _is_short_title(lines: Sequence[Line], at: int) -> bool:
    line, below = lines[at], lines[at + 1]
    words = line.text.split()
    plain = line.text[0].isupper() and len(words) <= _MOST_SHORT and all(word.isalpha() for word in words)
    plain = plain and not _is_pictured(lines, at)
    return line.gap and below.gap and plain and len(line.text) >= 5 and is_title(line.text) and ends_prose(below.text)


def is_button(text: str) -> bool:
    """Whether the line is a button, be it a point of a list: "• Share"."""
    return is_link(_LIST_MARK.sub("", text))


def prose_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether prose stands under the line, be it under a credit or a note; a page may end within it."""
    below = (n for n in range(at + 1, min(at + 3, len(lines))) if not _says_nothing(lines[n].text))
    found = next(below, at)
    following = lines[found].text if found > at else ""
    cut_off = found + 1 == len(lines) and len(following) > _SHORT_PROSE and not following.isupper()  # with the page
    return bool(following) and (cut_off or not is_title(following) or following.endswith("m."))  # "... at about 4 p.m."


def _says_nothing(text: str) -> bool:
    return is_furniture(text) or is_update_note(text)
