"""What stands before a page's first stamp: its headline, and the untimed summary that is worth keeping."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.announcing import calls_live, calls_to_live, greets, is_announcement, presents_live, reads_on_live
from index.reading.bullets import SIGNS
from index.reading.captions import is_described, is_over_agency, is_over_film, tells_shown, without_player
from index.reading.furniture import is_credited, is_furniture
from index.reading.lines import Line, without_pairs
from index.reading.notes import FEED_LABEL, is_note, without_archive_notice
from index.reading.overhead import (
    with_headline_apart,
    without_dated_title,
    without_kicker,
    without_menu,
    without_remains,
    without_shown,
)
from index.reading.page_day import glued_date
from index.reading.people import without_glued_byline
from index.reading.related import without_letters, without_related, without_shown_links
from index.reading.titles import INNER_END, is_summary_heading, is_title, is_update_note, without_stars
from index.reading.unheaded import are_links, are_points, is_deck, is_standfirst, is_told
from index.stamps import read_stamp

_LONGEST = 300  # lines; beyond that it is no opening but a page without stamps
_CRUMB = re.compile(r"^(?:\d{1,2}\.\s|[•*–—-]\s)?\s*[>›»/]$")  # between the rubrics that lead to the page
_HOME = re.compile(r"^1\.\s+(?:home|startseite|start|inicio|accueil|news|portada)$", re.IGNORECASE)
_CRUMBS = re.compile(r"^\d{1,2}\.\s+\S|^[>›»/]$")
_MOST_NAVIGATION, _MOST_DOTTED, _AGAIN = 40, 8, 6  # lines, words, lines
_METADATA_DATE = re.compile(r"^date (?:19|20)\d\d-\d\d(?:-\d\d)?\s+(?:live:\s(?=[A-Z]))?")
_HEADING_MARK = re.compile(r"^#{1,4}\s+(?=\S)")
_LONGEST_HEADLINE, _LEAST_CALLED, _LEAST_UNENDED, _LONGEST_RUBRIC, _LEAST_TAGGED = 20, 4, 8, 3, 5  # words
_LEAST_PROSE, _LEAST_UNMARKED = 15, 10  # words
_FEW_WORDS = 4  # for each figure of a table
_PROSE = re.compile(r"[.!?…:][\"”’'»)]?$")
# "New Delhi | Gazette News Desk: The bridge is shut."
_DESK = re.compile(r"[A-ZÀ-Þ][\w .-]{1,30} \| (?:[A-ZÀ-Þ][\w&.-]*\s){0,4}(?:Desk|Bureau|Correspondent)\s?:\s+(?=\S)")
_RUBRIC = re.compile(r"[A-ZÀ-Þ][\w'’ -]{1,40} ?: \S")
_WORD = re.compile(r"(?<!\S)[^\w\s]*\w\S*")
_END = Line(-1, "", True)
_IN_BRACKETS = re.compile(r"[.!?]\s\[[A-ZÀ-Þ][^\[\]]{1,40}\]$")
_CREDIT = re.compile(r"(?:©|(?:Foto|Photo|Bild|Picture|Image|Credit)s?\s?:)\s?[^.!?:]{2,60}")
_BULLET = re.compile(rf"^[{SIGNS}*–—-]\s")


def take_headline(lines: Sequence[Line]) -> tuple[str | None, tuple[Line, ...]]:
    """Headline of the page, and the lines of its opening that are worth keeping; none where all is furniture."""
    lines = without_shown_links(without_related(without_letters(without_archive_notice(lines))))
    lines = without_menu(without_remains(lines))
    if len(lines) > 1 and _BULLET.match(lines[0].text) and _BULLET.sub("", lines[0].text) == lines[1].text:
        lines = lines[1:]  # the headline as a point of a list, and again
    if lines and not is_furniture(lines[0].text):
        top, *below = (_unglued(line) for line in lines)
        lines = [replace(top, text=_plain(top.text)), *below]
    if any(_CRUMB.match(line.text) for line in lines[:_LONGEST]):
        lines = [line for line in _after_points(lines) if not _CRUMBS.match(line.text)]
    lines = without_pairs(without_pairs(_without_numbered_crumbs(lines), is_credited), is_over_agency)
    lines = without_player(without_pairs(lines, is_over_film))
    lines = [line for line in lines if not tells_shown(line.text)]
    kept = [line for line in lines[:_LONGEST] if line.text and not is_note(line)] + [*lines[_LONGEST:]]
    kept = [a for a, b in zip(kept, [*kept[1:], _END], strict=False) if not is_described(a, b)]
    kept = without_dated_title(_without_first_picture(kept))
    kept = kept[_count_navigation(kept) :]
    kept = kept[_count_before_summary(kept) :]
    kept = with_headline_apart(without_kicker(kept))
    if not kept:
        return None, ()
    title: str | None = None
    first = kept[0].text
    repeated = len(kept) > 1 and kept[1].text == first
    short = (
        (first.istitle() or len(first.split()) == 2)
        and is_title(first)
        and len(kept) > 1
        and len(kept[1].text.split()) >= (8 if len(first.split()) == 1 else 6)
        and bool(_PROSE.search(kept[1].text))
    )
    if are_points(kept[:_LONGEST]) or is_standfirst(kept) or is_deck(kept):
        return None, tuple(kept)
    if are_links(kept):
        return kept[0].text, ()
    if is_summary_heading(first) or (_is_headline(first) and (repeated or short or len(first.split()) >= 3)):
        title = first
        kept = [
            line
            for line in kept[1:]
            if not (
                line.text.casefold().startswith(first.casefold())
                or _repeats(first, line.text)
                or _labels(line.text, first)
            )
        ]
    kept = without_shown(kept)
    if title and len(kept) > 1 and _names_pictured(title, kept[0], kept[1]):
        kept.pop(0)
    while (
        len(kept) > 1
        and len(kept[0].text.split()) <= _most_loose(kept)
        and not (_is_prose(kept[0].text) or is_summary_heading(kept[0].text))
    ):
        kept.pop(0)
    # an alternative text and, below it, the caption that repeats it
    kept = without_pairs(kept, lambda line, after: after.text.startswith(line.text) or _is_led(line.text, after.text))
    kept = _without_calls(kept)
    if len(kept) > 1 and _is_rubric_point(kept[0].text) and not _BULLET.match(kept[1].text):
        kept.pop(0)
    while kept and len(kept[-1].text.split()) <= 3 and not _is_prose(kept[-1].text):
        kept.pop()
    heading = next((at for at, line in enumerate(kept[:-1]) if is_summary_heading(line.text)), len(kept))
    headed = any(_is_prose(line.text) or len(line.text.split()) >= 4 for line in kept[heading + 1 :])
    listed = is_summary_heading(title or "") and any(_is_prose(line.text) for line in kept)
    if not (headed or listed or _says_something(kept)) or (
        title is None and all(_announces(line.text) or is_furniture(line.text) for line in kept)
    ):
        return title, ()
    return title, tuple(kept)


def _names_pictured(headline: str, line: Line, below: Line) -> bool:
    """Whether a few words between a headline and prose are the headline's but for one: what a picture shows."""
    words, told = line.text.split(), set(headline.split())
    few = _LEAST_CALLED <= len(words) < _LEAST_UNENDED and is_title(line.text) and line.gap and below.gap
    return few and sum(word not in told for word in words) <= 1 and len(below.text.split()) >= _LEAST_PROSE


def _repeats(headline: str, text: str) -> bool:
    """Whether the headline begins with the text, or ends in one of several words after a section's name."""
    return headline.startswith(text) or (len(text.split()) >= _LEAST_CALLED and headline.endswith(f" {text}"))


def _labels(text: str, headline: str) -> bool:
    """Whether the text is the headline after a label of a word or two: "LIVE: Ice grips the north"."""
    label = text.removesuffix(f": {headline}")
    return len(label) < len(text) and len(label.split()) < _LONGEST_RUBRIC


def _is_led(text: str, caption: str) -> bool:
    """Whether the text is the caption after a rubric of a word or two: "Italy A fisherman mends his nets"."""
    long = len(caption.split()) >= _LEAST_CALLED and text.endswith(f" {caption}")
    return long and len(text.removesuffix(caption).split()) < _LONGEST_RUBRIC


def _without_first_picture(lines: list[Line]) -> list[Line]:
    """The lines without a picture's caption, printed twice or with its credit, that stands over the headline.

    The credit stands in brackets or below it.
    """
    if len(lines) > 1 and _IN_BRACKETS.search(lines[0].text) and _is_headline(lines[1].text):
        return lines[1:]
    if len(lines) > 2 and lines[0].text == lines[1].text and not _is_headline(lines[0].text):
        return lines[2:] if _is_headline(lines[2].text) else lines
    if len(lines) <= 2 or not _CREDIT.fullmatch(lines[1].text) or not _is_headline(lines[2].text):
        return lines
    said = not _is_headline(lines[0].text) or INNER_END.search(lines[0].text)
    return lines[2:] if said else lines


def _without_calls(lines: list[Line]) -> list[Line]:
    """The lines without those before the text, among captions, that only call on the reader to follow it."""
    others = (at for at, line in enumerate(lines) if not (_calls(line.text) or is_furniture(line.text)))
    end = next(others, len(lines))
    kept = [line for line in lines[:end] if not _calls(line.text)]
    return [*kept, *lines[end:]] if len(kept) < end and _says_something(lines[end:]) else lines


def _calls(text: str) -> bool:
    return calls_to_live(text) or greets(text) or presents_live(text)


def _announces(text: str) -> bool:
    return is_announcement(text) or calls_to_live(text)


def without_first_notes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines under a headline without the page's notes about its dates."""
    first = next((at for at, line in enumerate(lines) if not (is_note(line) or is_update_note(line.text))), len(lines))
    return tuple(lines[first:])


def _says_something(lines: Sequence[Line]) -> bool:
    """Whether there is a sentence or a list among the lines; one short item of a menu or a shout is neither."""
    prose = [line.text for line in lines if _is_prose(line.text) and not _leads_to_live(line.text)]
    if len(prose) != 1:
        return len(prose) > 1
    if len(lines) > 1 and _BULLET.match(prose[0]) and not _PROSE.search(prose[0]):
        return False  # one of several links to other pages
    words = len(prose[0].split())
    called = words < _LEAST_CALLED and (prose[0].endswith("!") or calls_to_live(prose[0]))
    return words >= _LEAST_UNENDED or (bool(_PROSE.search(prose[0])) and not called and not _names_shown(prose[0]))


def _leads_to_live(text: str) -> bool:
    return reads_on_live(text) or presents_live(text)


def _names_shown(text: str) -> bool:
    """Whether a few words are all names, as of who a picture shows: "Quay Rail CEO Ann Hill."."""
    words = text.split()
    return 1 < len(words) < _LEAST_UNENDED and text.endswith(".") and all(word[0].isupper() for word in words)


def _is_headline(text: str) -> bool:
    """Whether the page's first line is its headline: even of several sentences after a rubric, the last not closed."""
    return (
        is_title(text)
        or (len(text) <= 160 and bool(_RUBRIC.match(text)) and (text[-1].isalnum() or text.endswith(("...", "…"))))
        or (len(text.split()) <= _MOST_DOTTED and text.endswith(("...", "…")))
        or calls_live(text)
        or (text.startswith("#") and len(text.split()) >= _LEAST_TAGGED and is_title(text[1:]))
    )


def _count_navigation(lines: Sequence[Line]) -> int:
    """How many short lines stand over the headline: the site's own name, its sections, a rubric."""
    for at, line in enumerate(lines[:_MOST_NAVIGATION]):
        count = len(line.text.split())
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if is_summary_heading(line.text):
            # a headline of its own right over the summary is no rubric
            return at - 1 if at and _is_headline(lines[at - 1].text) and len(lines[at - 1].text.split()) > 2 else at
        said = below.endswith(("!", "?")) and len(below.split()) > _LONGEST_HEADLINE
        longer = (
            _is_headline(below) and not said and len(below.split()) >= 2 * count and not below.startswith(line.text)
        )
        again = any(other.text.endswith(f": {line.text}") for other in lines[at + 1 : at + _AGAIN])
        rubric = count <= 5 and is_title(line.text) and longer and not (count > 1 and again)
        further = lines[at + 2].text if at + 2 < len(lines) else ""
        site = " | " in line.text and len(below.split()) == 1 and is_title(below)
        rubric |= site and is_title(further) and len(further.split()) > 3
        if not rubric and (count > 3 or len(line.text) > 40):
            return at if _is_headline(line.text) else 0
    return 0


def _without_numbered_crumbs(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the numbered rubrics that lead to the page from its home."""
    if not lines or not _HOME.match(lines[0].text):
        return lines
    end = next((at for at, line in enumerate(lines) if not _CRUMBS.match(line.text)), len(lines))
    return lines[end:]


def _after_points(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without points of a list that are the rubrics to the page; the last is its headline, be it cut off."""
    last = max((at for at, line in enumerate(lines[:_LONGEST]) if _CRUMB.match(line.text)), default=0)
    if not _BULLET.match(lines[last].text) or last + 1 == len(lines):
        return lines
    return [replace(lines[last + 1], text=_BULLET.sub("", lines[last + 1].text)), *lines[last + 2 :]]


def _count_before_summary(lines: Sequence[Line]) -> int:
    """How many lines stand over a summary or the live feed, where none of them but the headline is a sentence."""
    for at, line in enumerate(lines[:_MOST_NAVIGATION]):
        if FEED_LABEL.match(line.text):
            return at + 1
        if is_summary_heading(line.text):
            return at if at > 1 and not (_is_headline(lines[0].text) or is_told(lines[0].text)) else 0
        pictured = at + 1 < len(lines) and lines[at + 1].text.startswith(line.text)
        if (
            at
            and len(line.text.split()) >= 8
            and _PROSE.search(line.text)
            and not (pictured or is_furniture(line.text))
        ):
            return 0
    return 0


def _plain(text: str) -> str:
    """The line's words without the pluses around them, a heading's mark and the date that some copies put before."""
    stamp = read_stamp(text)
    if stamp and stamp.clock and stamp.day and stamp.day.full() and text[stamp.end : stamp.end + 1].isalpha():
        text = text[stamp.end :]
    text = without_glued_byline(text)
    text = without_stars(_HEADING_MARK.sub("", _METADATA_DATE.sub("", f"{text} ").strip()))
    return text.strip("+ ") if text.startswith("+") and text.endswith("+") else text


def _most_loose(lines: Sequence[Line]) -> int:
    """How many words at most a line may have that is left out before the text: more where it is capitalised."""
    first, below = lines[0].text, lines[1].text
    long = bool(_PROSE.search(below)) and len(below.split()) >= _LEAST_PROSE and not _BULLET.match(below)
    return _LONGEST_RUBRIC if long and first[:1].isupper() else _LONGEST_RUBRIC - 1


def _is_rubric_point(text: str) -> bool:
    """Whether the line is one point of a word or three, as which a page prints its rubric: "• Latest news"."""
    return bool(_BULLET.match(text)) and len(text.split()) <= _LONGEST_RUBRIC + 1 and not _PROSE.search(text)


def _unglued(line: Line) -> Line:
    """The line without the date that is glued to its first word, or the place and the desk that lead to it."""
    if desk := _DESK.match(line.text):
        return replace(line, text=line.text[desk.end() :])
    found = glued_date(line.text)
    return replace(line, text=line.text[found[2] :]) if found else line


def _is_prose(text: str) -> bool:
    if is_furniture(text):
        return False
    words = _WORD.findall(text)
    figures = sum(word[-1:].isdigit() or word[-1:] == "%" for word in words)
    told = len(words) >= _LEAST_UNMARKED and figures * _FEW_WORDS < len(words)
    return told or bool(_PROSE.search(text) or _BULLET.match(text))
