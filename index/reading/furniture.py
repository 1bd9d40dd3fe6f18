"""What stands in an entry beside its body: captions, credits, alternative texts, bylines, share links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.lines import Line

_AGENCIES = (
    r"(?:Getty(?: Images)?|AFP|AP|A\.P\.|Reuters|REUTERS|EPA(?:-EFE)?|PA(?: Wire| Media)?|Shutterstock|Anadolu(?: Agency)?|"
    r"Alamy|Bloomberg|Rex Features|REX|dpa|DPA|Xinhua|TASS|Imago|IMAGO|Handout|AAP|CP|Press Association|Associated Press)"
)
_CREDIT_TAIL = re.compile(
    rf"^(?P<caption>.{{0,1000}}?)\s[-–—]\s(?P<credit>[^.]{{0,80}}?(?<![\w]){_AGENCIES}[^.]{{0,40}})$"
)
_CREDIT_WORD = re.compile(
    r"^(?P<caption>.{0,1000}?)\s?\(?(?:Photograph|Photo(?:graph)?(?: by| credit)?|Picture|Credit|Image credit|Foto|Bild|"
    r"Quelle|Crédit(?: photo)?)\s?(?::|by)\s?(?P<credit>[^.]{2,80})\)?$"
)
_SOURCE = re.compile(r"^(?P<alt>.{0,2000}?)Image source, ?(?P<credit>.{0,200})$")
_CAPTION_LABEL = re.compile(r"^(?:Image|Video|Media) caption, ?(?P<caption>.*)$")
_BULLET = re.compile(r"^[•‣▪●◦*–—-]\s+")
_DROP = re.compile(
    r"^(?:story continues|quote message|advertisement|share(?: this)?(?: post)?|copy (?:this )?link|facebook|twitter|"
    r"share on (?:facebook|twitter)|updated at|view (?:image|tweet)|(?:anzeige|publicité|publicidad))$",
    re.IGNORECASE,
)
_NAME = r"(?:(?:[A-ZÀ-Þ][\w'’.-]+|[A-Z]\.|de|von|van|al|bin|le|la|Mc\w+)\s){1,4}[A-ZÀ-Þ][\w'’-]+"
_BYLINE = re.compile(rf"^(?:By|Par|Von|Por)\s+(?P<name>{_NAME})$")
_NAME_ONLY = re.compile(rf"^{_NAME}$")
_ROLE = re.compile(
    r"^(?:Reporting (?:from|for)|(?:[\w-]+ ){0,4}(?:correspondent|editor|reporter|journalist|producer)\b|"
    r"(?:BBC|ITV|Sky|CNN|NBC|CBS|ABC)\b).{0,60}$",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(rf",\s(?:reports|writes)\s(?P<name>{_NAME})\.$")


@dataclass(frozen=True, slots=True)
class Parts:
    """An entry's words sorted out: its body and what is not body."""

    body: str
    captions: tuple[str, ...]
    author: str | None


def sort_out(lines: Sequence[Line]) -> Parts:
    """Split an entry's lines into body, captions and author; credits, alternative texts and links go."""
    captions: list[str] = []
    body: list[tuple[bool, str]] = []
    author: str | None = None
    skip = 0
    for at, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        label = _CAPTION_LABEL.match(line.text)
        if label:
            caption = label["caption"] or following
            skip = 0 if label["caption"] else 1
            captions.extend([caption] if caption else [])
        elif _SOURCE.match(line.text) or _CAPTION_LABEL.match(following) or _DROP.match(line.text):
            continue
        elif match := _CREDIT_TAIL.match(line.text) or _CREDIT_WORD.match(line.text):
            captions.extend([match["caption"].strip()] if match["caption"].strip() else [])
        elif not body and (match := _BYLINE.match(line.text)):
            author = match["name"]
        elif not body and _NAME_ONLY.match(line.text) and _ROLE.match(following):
            author, skip = line.text, 1
        else:
            body.append((line.gap, _BULLET.sub("", line.text)))
    text = "".join(("\n\n" if gap else "\n") * bool(at) + words for at, (gap, words) in enumerate(body))
    if author is None and body and (match := _IN_TEXT.search(body[0][1][-200:])):
        author = match["name"]
    return Parts(text, tuple(captions), author)


_TWEET_END = re.compile(r"(?:—|--|-)\s.{1,80}\(@\w{1,20}\)\s+\w{3,10}\.? \d{1,2}, \d{4}$")
_LONGEST_TWEET = 280
_MARK = re.compile(r"[\"“”„«»]")


def is_tweet(body: str) -> bool:
    """Whether the body is nothing but one embedded tweet: its signature ends it, and it is no longer than one."""
    end = _TWEET_END.search(body[-200:])
    if end is None or body.count("(@") != 1:
        return False
    return len(body) - len(end[0]) <= _LONGEST_TWEET


def find_quotes(body: str) -> tuple[str, ...]:
    """Words between double quotation marks, paragraph by paragraph; embedded tweets are not searched.

    A closing mark without an opening one closes a block quote: the paragraph from its start.
    """
    quotes: list[str] = []
    for paragraph in body.split("\n"):
        if _TWEET_END.search(paragraph[-200:]):
            continue
        opened: int | None = None
        for mark in _MARK.finditer(paragraph):
            if opened is None and mark.end() == len(paragraph):
                quotes.append(paragraph[: mark.start()])
            elif opened is None:
                opened = mark.end()
            else:
                quotes.append(paragraph[opened : mark.start()])
                opened = None
    return tuple(quote.strip() for quote in quotes if quote.strip())
