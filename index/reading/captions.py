"""Captions printed twice: as the picture's alternative text, cut off or in lower case, and in full with its source."""

from __future__ import annotations

import re

from index.reading.lines import Line

_SOURCE = re.compile(
    r"(?:[.!?…][\"”’']?\s|\s?[(|])(?:Imagen|Fotos?|Fotograf[íi]a|Photo(?:graph)?s?|Images?|Bild|Pictures?|Cr[ée]ditos?|"
    r"Credits?|Crédit|Quelle|Fuente|Source|Especial)\b[^.!?()]{0,60}[.)]{0,2}$"
)
_LEAST_WORDS = 3
_PICTURE = re.compile(r"(?:photo|image|picture|foto|imagen|bild)\s?:?\s(?=\w)", re.IGNORECASE)
_ALIKE = 20  # characters


def is_cut_copy(line: Line, after: Line) -> bool:
    """Whether the line is the beginning of the caption right under it, which names the picture's source."""
    longer = len(line.text) < len(after.text) and after.text.startswith(line.text)
    return longer and not after.gap and len(line.text.split()) >= _LEAST_WORDS and has_source(after.text)


def has_source(text: str) -> bool:
    """Whether a sentence ends in the words for a picture and whose it is: "... . Imagen cuenta de @club"."""
    return _SOURCE.search(text[-100:]) is not None


def is_described(line: Line, after: Line) -> bool:
    """Whether the line is a picture's description, whatever its capitals, over the caption: "photo the mayor at"."""
    match = _PICTURE.match(line.text)
    said = line.text[match.end() :].casefold()[:_ALIKE] if match else ""
    return len(said) == _ALIKE and after.text.casefold().startswith(said)
