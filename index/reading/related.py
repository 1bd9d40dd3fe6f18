"""Lists of links to a site's other reports, under a label of their own in a page's opening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.bullets import SIGNS
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
_SHOWN = re.compile(
    r"(?:(?:watch|view|see|play)(?: the| all)? (?:videos?|photos?|pictures|gallery|slideshow)|related|"
    r"(?:videos?|fotos?|bilder|galerie) (?:ansehen|anschauen)|(?:voir|regarder) (?:la |les )?"
    r"(?:vidéos?|photos?|galerie)|ver (?:el |los |las )?(?:v[íi]deos?|fotos|galería)|relacionad[oa]s)\s?:?",
    re.IGNORECASE,
)
_LEAST_SHOWN = 2
_SUBSCRIBE = re.compile(
    r"subscribe(?: now)?|sign (?:me )?up(?: now)?|(?:jetzt )?(?:abonnieren|anmelden)|(?:je )?m['’](?:abonne|inscris)|"
    r"s['’](?:abonner|inscrire)|suscr[ií]b(?:irse|irme|ete|ase)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"\b(?:e-?mails?|newsletters?|alerts?|inbox|delivered|postfach|bo[îi]te mail|courriel|correo|boletín)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 8  # words
_POINT = re.compile(rf"^[{SIGNS}*–—-]\s")
_LEAST_RUN, _LEAST_CAPITALS = 20, 3  # words of headlines that run into one line


def without_letters(lines: Sequence[Line]) -> list[Line]:
    """The lines without boxes that offer letters: a heading, a sentence or two and a button to subscribe."""
    ends = [at for at in range(2, len(lines)) if _SUBSCRIBE.fullmatch(lines[at].text) and _offers(lines[at - 2 : at])]
    gone = {n for at in ends for n in (at - 2, at - 1, at)}
    return [line for at, line in enumerate(lines) if at not in gone]


def _offers(box: Sequence[Line]) -> bool:
    heading, offer = box
    short = len(heading.text.split()) <= _LONGEST_HEADING and not ends_sentence(heading.text)
    return heading.gap and short and ends_sentence(offer.text) and _LETTERS.search(offer.text) is not None


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


def without_shown_links(lines: Sequence[Line]) -> Sequence[Line]:
    """The opening without a list of links to films and pictures: points and what is set in under them, no sentence.

    Buttons to watch or to view them are among its points.
    """
    start = next((at for at, line in enumerate(lines) if at and _POINT.match(line.text)), 0)
    inside = (at for at, line in enumerate(lines) if at > start and not (_POINT.match(line.text) or line.indent))
    end = next(inside, 0) if start else 0
    run = [_POINT.sub("", line.text) for line in lines[start:end]]
    shown = sum(_SHOWN.fullmatch(text) is not None for text in run)
    if shown < _LEAST_SHOWN or any(ends_sentence(text) for text in run):
        return lines
    return [*lines[:start], *lines[end:]]


def _runs_together(text: str) -> bool:
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words[1:])
    return len(words) >= _LEAST_RUN and capitals >= _LEAST_CAPITALS and not ends_sentence(text)
