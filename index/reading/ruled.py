"""Entries without a stamp between rules, on a page whose stamps each stand under a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.reading.appeals import is_appeal
from index.reading.furniture import is_furniture
from index.reading.lines import Line
from index.reading.titles import ends_sentence, is_title

if TYPE_CHECKING:
    from index.reading.candidates import Candidate
    from index.reading.sections import Section

RULE = re.compile(r"^(?:(?:[_*–—=-]\s?){2,}|#)$")
_LEAST_RULED, _LEAST_CUTS = 3, 2


def split_between_rules(
    sections: Sequence[Section], lines: Sequence[Line], chosen: Sequence[Candidate]
) -> list[Section]:
    """The sections cut at their rules, where one stands over each stamp and sentences between two hold none.

    What follows a rule in the last entry may be the page's own colophon, and stays there.
    """
    ruled = sum(bool(c.line and RULE.match(lines[c.line - 1].text)) for c in chosen)
    if ruled < max(_LEAST_RULED, len(chosen)):
        return list(sections)
    done: list[Section] = []
    for at, section in enumerate(sections):
        cuts = [n for n, line in enumerate(section.lines) if RULE.match(line.text)]
        if section.candidate is None or at + 1 == len(sections) or len(cuts) < _LEAST_CUTS:
            done.append(section)
            continue
        parts = [list(section.lines[: cuts[0]])]
        for start, end in zip(cuts, [*cuts[1:], len(section.lines)], strict=True):
            block = section.lines[start + 1 : end]
            if any(ends_sentence(line.text) and not _is_page_own(line.text) for line in block):
                parts.append([])
            parts[-1].extend(block)
        done.append(replace(section, lines=tuple(parts[0])))
        done += [_untimed(section, part) for part in parts[1:]]
    return done


def _untimed(section: Section, lines: Sequence[Line]) -> Section:
    headed = len(lines) > 1 and is_title(lines[0].text)
    title = lines[0].text if headed else None
    return replace(section, candidate=None, title=title, lines=tuple(lines[headed:]))


def _is_page_own(text: str) -> bool:
    return is_furniture(text) or is_appeal(text)
