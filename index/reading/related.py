"""Lists of links to a site's other reports, under a label of their own in a page's opening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.lines import Line
from index.reading.titles import ends_sentence

_LABEL = re.compile(
    r"(?:(?:related|relevant) (?:links|stories|articles|news|content|coverage|reading|offers)|more on this story|"
    r"see also|read also|"
    r"(?:noticias|notas|artículos|enlaces|temas|contenidos?) relacionad[oa]s?|(?:te|le) puede interesar|lee también|"
    r"articles? (?:liés?|associés?|connexes)|(?:à )?lire aussi|sur le même (?:sujet|thème)|"
    r"(?:mehr|links|weiteres|lesen sie mehr)? ?zum thema|verwandte (?:artikel|themen|links)|weitere (?:artikel|links)|"
    r"lesen sie auch|articoli correlati|leggi anche)\s?:?",
    re.IGNORECASE,
)
_POINT = re.compile(r"^[•‣▪●◦*–—-]\s")
_LEAST_RUN, _LEAST_CAPITALS = 20, 3  # words of headlines that run into one line


def without_related(lines: Sequence[Line]) -> list[Line]:
    """The opening without such labels and what they lead to: points, or the headlines of many reports in one line."""
    done: list[Line] = []
    at = 0
    while at < len(lines):
        label = _LABEL.fullmatch(lines[at].text)
        if label is None:
            done.append(lines[at])
        at += 1
        while label and at < len(lines) and _POINT.match(lines[at].text) and not ends_sentence(lines[at].text):
            at += 1
        if label and at < len(lines) and lines[at - 1].text == label[0] and _runs_together(lines[at].text):
            at += 1
    return done


def _runs_together(text: str) -> bool:
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words[1:])
    return len(words) >= _LEAST_RUN and capitals >= _LEAST_CAPITALS and not ends_sentence(text)
