"""Which lines read as headlines, and which head a summary."""

from __future__ import annotations

import re
from functools import lru_cache

from index.reading.appeals import is_appeal
from index.reading.bullets import SIGNS
from index.reading.furniture import is_furniture
from index.reading.lines import Line, date_line
from index.reading.quotes import ends_in_tweet

INNER_END = re.compile(r"[a-zà-ÿ]{2}[.!?]\s[A-ZÀ-Þ]")  # of a sentence that another one follows
_BULLET = re.compile(rf"^[{SIGNS}*–—-]\s")
_ENDS_PROSE = re.compile(r"(?:[.,;:…]|[.!?…][\"”’'»)]|[,.][\"”’'»]|[.!?]\s(?:\(\s[^()]{2,40}\s\)|\[[^\[\]]{2,30}\]))$")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’»)]?$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|Corp|Jr|Sr|Co)\.$|\d\s?[ap]\.m\.$")
_CLOCK_ONLY = re.compile(r"^(?:(?:at|um|à|a las)\s)?\d{1,2}[:.hH]\d\d\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,5})?$")
_SENTENCES = re.compile(r"(?:[a-zà-ÿ]{2}[.!?]|\d[!?])[”“\"’]?\s[„“\"]?[A-ZÀ-Þ]")
_LINK_TAIL = re.compile(r"(?:https?://\S+|pic\.twitter\.com/\S+)$")
_UPDATE_NOTE = re.compile(r"(?:(?:first|last) )?(?:updated|published|posted)\b\D{0,20}\d.{0,30}$", re.IGNORECASE)
_RUBRIC = re.compile(r"\[[A-ZÀ-Þ][A-ZÀ-Þ '’-]{1,30}\]\s\w")
_MARKS = re.compile(r"^(?:\++\s*)?(?:\d{1,3}\.\s+(?=\D))?(?:(?:BREAKING|Breaking)(?=[A-ZÀ-Þ][a-z'’ ]))?")
_MAX_TITLE_CHARS = 220
_SUMMARY_HEADING = re.compile(
    r"^(?:(?:live )?summary|key (?:points|events|developments|moments|takeaways)|at a glance|"
    r"what(?:'s|’s| is) happening(?: (?:now|today))?|what(?:'s|’s)? happened(?: so far)?|"
    r"(?:here['’]s )?what (?:to know|we know|you need to know)(?: (?:about|so far|on|in)\b.{0,45})?|"
    r"here['’]s (?:the latest|what(?:['’]s| is) happening).{0,30}|"
    r"(?:the )?(?:latest|main|top)(?: (?:developments|headlines|points))|the latest|recap|background|highlights|"
    r"in brief|"
    r"(?:die )?wichtig(?:e|ste)n? (?:updates|meldungen|ereignisse|entwicklungen|nachrichten)(?: des tages)?|"
    r"darum geht['’]?s|das wichtigste(?: in kürze| im überblick)?|zusammenfassung|überblick|im überblick|"
    r"was wir wissen|"
    r"(?:l['’])?essentiel|(?:le )?résumé|ce qu['’]il faut (?:retenir|savoir)|les faits|"
    r"resumen|(?:las )?claves(?: del? .{1,20})?|lo (?:más )?(?:importante|último|destacado|relevante)(?: del día|"
    r" de hoy| de la jornada)?|lo esencial|puntos clave)\s*:?$",
    re.IGNORECASE,
)


def is_update_note(text: str) -> bool:
    """Whether the line only says when an entry was changed or put up: "Updated at 5.31pm GMT"."""
    return len(text) <= 60 and bool(_UPDATE_NOTE.match(text))


def ends_prose(text: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_ENDS_PROSE.search(text))


def ends_sentence(text: str) -> bool:
    """Whether the line ends in a full stop, a question, an exclamation or a trail of dots: no colon, no comma."""
    return bool(_ENDS_SENTENCE.search(text))


def is_title(text: str) -> bool:
    """Whether the line reads as a headline: short, and not ended as prose is."""
    return 0 < len(text) <= _MAX_TITLE_CHARS and _is_short_title(text)


# Asked of the same lines at several steps.
@lru_cache(maxsize=16_384)
def _is_short_title(text: str) -> bool:
    if _BULLET.match(text) or not any(c.isalpha() for c in text):
        return False
    if (
        (text.startswith(("http", "@", "#", "(", "[", "Related: ")) and not _RUBRIC.match(text))
        or _CLOCK_ONLY.match(text)
        or _LINK_TAIL.search(text[-80:])
    ):
        return False
    if (
        is_furniture(text)
        or is_appeal(text)
        or ends_in_tweet(text)
        or is_update_note(text)
        or date_line(Line(0, text, True))
    ):
        return False
    if len(_SENTENCES.findall(text)) > 1:
        return False
    return not _ENDS_PROSE.search(text) or bool(_ABBREVIATION.search(text))


def plain_title(text: str) -> str:
    """A headline without its running number, the pluses around it and the label glued to it."""
    bare = text.rstrip("+")
    return _MARKS.sub("", bare if bare == text else bare.rstrip())


def without_stars(text: str) -> str:
    """A headline without the stars that some copies leave around what was bold."""
    bold = text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]
    return (text[2:-2].strip() if bold else "") or text


def is_summary_heading(text: str) -> bool:
    """Whether the line heads a summary: "Key points", "Das Wichtigste", ..."""
    return len(text) <= 60 and bool(_SUMMARY_HEADING.match(text))
