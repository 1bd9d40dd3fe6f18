"""Stamps glued to the end of the paragraph before their entry: "... he said. 11:26PM", then the entry that it heads.

Stamps at paragraphs' ends may as well close their own paragraphs. They head what follows where entries of several
paragraphs stand between bare clocks, words follow the last of them, and either the page ends there in a full sentence
or a whole date with a later clock stands over the first entry. They close what goes before where nothing follows the
last, or where each paragraph has one.
"""

from __future__ import annotations

import re

from index.reading.order import minutes_share
from index.stamps import Stamp, find_tail_stamp, read_stamp

_AT_END = re.compile(
    r"(?<=[^\s(|:–—-])[ \t](?=(?:[01]?\d|2[0-3])[:.hH][0-5]\d(?:\s?[AaPp]\.?[Mm]\.?|\s?(?:Uhr|h|hrs))?[ \t]*$)",
    re.MULTILINE,
)
_SAID = re.compile(r"[.!?…][\"”’»)]?$")
_READS_ON = re.compile(
    r"(?:^|\s)(?:at|by|until|till|from|since|around|about|before|after|to|and|um|à|vers|bis|ab|a las)$"
)
_LEAST, _LONGEST_DATE, _SHORTEST = 3, 80, 12
_MOST_SAID, _LEAST_LONGER = 0.75, 0.4
_IN_ORDER, _LATEST, _DAY_MINUTES = 1.0, 180, 1440  # a share, minutes


def lead_from_ends(text: str) -> str:
    """The text with a line of its own for each stamp that is glued to the paragraph before its entry."""
    if sum(1 for _ in _AT_END.finditer(text)) < _LEAST:
        return text
    paragraphs = [line for line in (raw.strip() for raw in text.splitlines()) if line]
    found = [
        (n, stamp) for n, line in enumerate(paragraphs) if _AT_END.search(line) and (stamp := find_tail_stamp(line))
    ]
    glued = [(n, stamp) for n, stamp in found if stamp.start and not stamp.day]
    said = [paragraphs[n][: stamp.start].rstrip() for n, stamp in glued]
    minutes = [_minute(stamp) for _, stamp in glued]
    dated = sum(bool(stamp.start) for _, stamp in found) - len(glued)
    if len(glued) < _LEAST or dated or minutes_share(minutes) < _IN_ORDER:
        return text
    if any(_READS_ON.search(words) for words in said):
        return text
    places = [n for n, _ in glued]
    longer = sum(b - a > 1 for a, b in zip(places, [*places[1:], len(paragraphs)], strict=True))
    if sum(len(words) >= _SHORTEST and bool(_SAID.search(words)) for words in said) < _MOST_SAID * len(
        said
    ) or longer < _LEAST_LONGER * len(said):
        return text
    after, over = paragraphs[places[-1] + 1 :], paragraphs[: places[0]]
    if not after or not (_SAID.search(after[-1]) or any(_is_later(line, minutes[0]) for line in over)):
        return text
    ends = {paragraphs[n] for n in places}
    return "\n".join(_AT_END.sub("\n\n", line) if line.strip() in ends else line for line in text.splitlines())


def _is_later(line: str, newest: int) -> bool:
    """Whether the line is a whole date with a clock that follows the newest stamp by an hour or three."""
    stamp = read_stamp(line) if len(line) <= _LONGEST_DATE else None
    if stamp is None or stamp.end < len(line) or not (stamp.clock and stamp.day and stamp.day.full()):
        return False
    return (_minute(stamp) - newest) % _DAY_MINUTES <= _LATEST


def _minute(stamp: Stamp) -> int:
    return stamp.clock.hour * 60 + stamp.clock.minute if stamp.clock else 0
