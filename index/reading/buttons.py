"""Buttons, labels and counts of the page's own among an entry's lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.reading.captions import is_cut_copy
from index.reading.furniture import is_alternative, is_credit, is_link
from index.reading.lines import Line
from index.reading.people import is_initials, is_name, is_role, read_byline
from index.reading.sections import Section
from index.reading.titles import ends_prose, is_summary_heading

_HEAD_LINES, _TWICE = 5, 2
_LONGEST_LABEL = 40
_CHAMBER = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’-]*|of|de|du|des|del|la|le|im) ){0,3}(?:Commons|Lords|Parliament|Assembly|Chamber|Senate|"
    r"Congress|Holyrood|Stormont|Senedd|Bundestag|Bundesrat|Landtag|Nationalrat|Assemblée|"
    r"Assemblée nationale|Sénat|Parlement|Congreso|Senado|Cortes|Parlamento|Parlament|Hemiciclo|Hémicycle|Plenarsaal)"
)
_READ_MORE = re.compile(r"(?:read|see|show|view|load) more|lire|leer|mehr", re.IGNORECASE)


def without_buttons(sections: Sequence[Section]) -> list[Section]:
    """Sections without the page's own labels, and without the buttons and captions that stand at their heads."""
    return [_captions_last(_without_first_links(s)) for s in _without_labels(sections)]


def _captions_last(section: Section) -> Section:
    """The section with a caption that is printed twice right under the stamp after its other lines."""
    lines = section.lines
    if not section.candidate or len(lines) <= _TWICE:
        return section
    if not (is_cut_copy(*lines[:_TWICE]) or is_alternative(lines[0].text, lines[1].text)):
        return section
    return replace(section, lines=(*lines[_TWICE:], *lines[:_TWICE]))


def _without_labels(sections: Sequence[Section]) -> list[Section]:
    """Sections without the short lines that come again in most of them: buttons whatever they say, no entry's words."""
    timed = [s for s in sections if s.candidate]
    times = Counter(text for s in timed for text in {line.text for line in s.lines if len(line.text) <= _LONGEST_LABEL})
    labels = {
        text
        for text, count in times.items()
        if count >= max(3, 0.6 * len(timed))
        and not (is_name(text) or is_initials(text) or is_role(text) or read_byline(text))
        if not ends_prose(text) and not is_summary_heading(text)
    }
    if not labels:
        return list(sections)
    return [
        replace(s, lines=tuple(line for line in s.lines if line.text not in labels)) if s.candidate else s
        for s in sections
    ]


def _without_first_links(section: Section) -> Section:
    """The section without the buttons that stand between its stamp, its headline and its byline."""
    lines = section.lines
    if section.candidate and any(_is_button(line.text) for line in lines[:_HEAD_LINES]):
        head = [line for line in lines[:_HEAD_LINES] if not _is_button(line.text)]
        lines = (*head, *lines[_HEAD_LINES:])
    if section.candidate and len(lines) > _TWICE and _are_chamber(*lines[:_TWICE]):
        lines = lines[_TWICE:]
    if lines and section.candidate and lines[0].text.startswith(": "):  # the sign that followed the stamp
        lines = (replace(lines[0], text=lines[0].text[2:]), *lines[1:])
    return section if lines is section.lines else replace(section, lines=lines)


def _are_chamber(line: Line, below: Line) -> bool:
    """Whether two lines say no more than where a debate is held: "House of Commons" over "Parliament"."""
    return not below.gap and bool(_CHAMBER.fullmatch(line.text) and _CHAMBER.fullmatch(below.text))


def _is_button(text: str) -> bool:
    return (":" not in text and is_link(text) and not _READ_MORE.match(text)) or is_credit(text)
