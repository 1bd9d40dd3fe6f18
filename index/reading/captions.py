"""Captions printed twice: as the picture's alternative text, cut off or in lower case, and in full with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.lines import Line

_SOURCE = re.compile(
    r"(?:[.!?…][\"”’']?\s|\s?[(|])(?:Imagen|Fotos?|Fotograf[íi]a|Photo(?:graph)?s?|Images?|Bild|Pictures?|Cr[ée]ditos?|"
    r"Credits?|Crédit|Quelle|Fuente|Source|Especial)\b[^.!?()]{0,60}[.)]{0,2}$"
)
# what a computer or a telephone calls a picture that it takes: "Screen Shot 2031-05-14 at 07.51.40"
_FILE = re.compile(
    r"(?:screen ?shot|screen ?grab|whatsapp image|photo|image|img|bildschirmfoto|foto|bild|capture d['’]écran|"
    r"captura de pantalla|imagen)[ _-](?:du |del? |vom )?(?:20\d\d-\d\d-\d\d|20\d{6})"
    r"(?:[ _-]+(?:at |um |à |a las? )?\d{1,2}[.:h]?\d\d[.:]?(?:\d\d)?(?: ?[AP]M)?)?(?: ?\(\d{1,2}\))?(?:\.\w{3,4})?",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(r"[.!?][\"”’»]?\s\([A-Z]{2,5}\)$")
_LEAST_WORDS = 3
_LEAST_FILMED, _LONGEST_BUTTON = 8, 3  # words
_PICTURE = re.compile(r"(?:photo|image|picture|foto|imagen|bild)\s?:?\s(?=\w)", re.IGNORECASE)
_ALIKE, _LONGEST_FILE = 20, 80  # characters
_FILMED = re.compile(r"\d{1,2}:[0-5]\d\s?[•·|–—-]\s?(?:Source|Quelle|Fuente)\s?:\s?[^.!?]{2,40}")
_SEATED = re.compile(
    r"(?:(?:from )?(?:top |bottom )?(?:left|right)(?: to right)?|clockwise(?: from .{3,20})?|"
    r"(?:von )?links(?: nach rechts)?|(?:de )?gauche(?: à droite)?|(?:de )?izquierda(?: a derecha)?)\s?[:,]\s",
    re.IGNORECASE,
)
# "Cattle on a railway embankment, seen on Tuesday."
_SEEN = re.compile(
    r"[^.!?,]{10,160}, (?:seen|pictured|photographed) (?:here |earlier |last )?(?:on|in|at|during|near|outside)\b"
    r"[^.!?,]{2,60}\.(?:\s|$)"
)
# agencies of pictures, or any that passed one on: "Getty Images", "Space Office/Coast Project via AP"
_PICTURED = re.compile(
    r"(?:\w[\w/.,&'’ -]{1,60}\s(?:via|/)\s)(?:Getty(?: Images)?|AFP|AP|Reuters|EPA|PA|Shutterstock)|"
    r"(?:Getty Images|Getty|Shutterstock|Alamy|AP Photo|Imago|imago images)"
)


def tells_shown(text: str) -> bool:
    """Whether the line says who is where on a picture, or when it was taken: "Left: The governor. Right: His rival"."""
    return _SEATED.match(text) is not None or _SEEN.match(text) is not None


def is_file_name(text: str) -> bool:
    """Whether the line is the name of a picture's file, whose date and clock are those of the picture."""
    return len(text) <= _LONGEST_FILE and "20" in text and _FILE.fullmatch(text) is not None


def is_cut_copy(line: Line, after: Line) -> bool:
    """Whether the line is the beginning of the caption right under it, which names the picture's source."""
    longer = len(line.text) < len(after.text) and after.text.startswith(line.text)
    return longer and not after.gap and len(line.text.split()) >= _LEAST_WORDS and has_source(after.text)


def is_over_source(line: Line, after: Line) -> bool:
    """Whether the line describes a picture, the caption right under it, its source named: "... at dusk. (CBC)"."""
    described = len(line.text.split()) >= _LEAST_WORDS and line.text.endswith(".")
    return described and not after.gap and _IN_CAPITALS.search(after.text) is not None


def has_source(text: str) -> bool:
    """Whether a sentence ends in the words for a picture and whose it is: "... . Imagen cuenta de @club"."""
    return _SOURCE.search(text[-100:]) is not None


def is_described(line: Line, after: Line) -> bool:
    """Whether the line is a picture's description, whatever its capitals, over the caption: "photo the mayor at"."""
    match = _PICTURE.match(line.text)
    said = line.text[match.end() :].casefold()[:_ALIKE] if match else ""
    return len(said) == _ALIKE and after.text.casefold().startswith(said)


def is_over_film(line: Line, after: Line) -> bool:
    """Whether the line is a film's caption, its length and source right under it: "00:34 • Source: The Agency"."""
    return not after.gap and _FILMED.fullmatch(after.text) is not None


def is_over_agency(line: Line, after: Line) -> bool:
    """Whether the line is a picture's caption, nothing but the agency that the picture is from right under it."""
    return not after.gap and len(line.text.split()) >= _LEAST_WORDS and bool(_PICTURED.fullmatch(after.text))


def without_player(lines: Sequence[Line]) -> list[Line]:
    """The lines without a film's title and its caption, which its player prints again under a button: "Up Next"."""
    for at in range(1, len(lines) - 2):
        caption, button, again = lines[at : at + 3]
        twice = caption.text == again.text and caption.text[-1] in ".!?" and len(caption.text.split()) >= _LEAST_FILMED
        if twice and len(button.text.split()) <= _LONGEST_BUTTON and button.text != caption.text:
            titled = at > 1 and caption.text.startswith(" ".join(lines[at - 1].text.split()[:2]))
            return [*lines[: at - titled], *lines[at + 3 :]]
    return list(lines)
