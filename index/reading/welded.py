"""A page glued into one line, its stamps without a blank between words: "... the wall.7:40 p.m.Hank Morrow ..."."""

from __future__ import annotations

import re
from itertools import pairwise

from index.reading.order import minutes_share

_OPENS = r"(?=[A-ZÀ-Þ“\"„«¿¡])"
_CLOCK = re.compile(
    r"(?:(?<=[.!?…”\"»)_])|(?<=[–—-]\s))(?P<stamp>(?P<h>[01]?\d|2[0-3])(?:[:.h](?P<m>[0-5]\d))?"
    rf"(?:\s(?P<half>[AaPp])\.?[Mm]\b\.?|\s?(?:Uhr|hrs?|horas|h))){_OPENS}"
)
_AGE = re.compile(
    r"(?<=[a-zà-ÿA-ZÀ-Þ.!?…”\"»)])(?P<stamp>(?:(?P<h>\d{1,2})\s?(?:hrs?|hours?|h)\s)?(?:(?P<m>\d{1,2})\s?(?:mins?|minutes?|m)\s)?"
    rf"ago|(?:il y a|vor|hace)\s(?:(?P<h2>\d{{1,2}})\s(?:h|heures?|Std\.?|Stunden?|horas?))?\s?"
    rf"(?:(?P<m2>\d{{1,2}})\s(?:min\.?|minutes?|Min\.?|Minuten?|minutos?))?){_OPENS}"
)
# quick to look for
_GLUED = re.compile(rf"\d(?:\s[AaPp]\.?[Mm]\b\.?|\s?(?:Uhr|hrs?|horas|h)){_OPENS}")
_AGES = (" ago", "il y a ", "vor ", "hace ")
_WORD = r"[A-ZÀ-Þ][\w'’.-]*?[a-zà-ÿ](?<!\bMc)(?<!\bMac)"
_NAME = rf"{_WORD}(?:\s{_WORD}){{1,2}}?"
_BYLINE = re.compile(
    r"(?P<title>.{5,220}?\S)(?P<byline>(?:From|By|Par|Von|Por)\s(?:[A-Z][\w&.-]*['’]s\s)?"
    rf"{_NAME}(?:(?:,\s|,?\s(?:and|et|und|y)\s){_NAME}){{0,4}}?){_OPENS}"
)
_TITLE = re.compile(r"(?P<title>[^.!?]{3,140}?[a-zà-ÿ\d’”](?<!\bMc)(?<!\bMac))(?=[A-ZÀ-Þ“„«][a-zà-ÿ’]+\b)")
_LONG, _APART, _ENOUGH, _SIGNED = 400, 60, 3, 0.5  # characters, characters, stamps, a share


def cut_welded(text: str) -> str:
    """The text with a line for each stamp that is glued to the word after it, where several in a line are in order.

    Under an age the headline and the byline, glued as well, have lines of their own where most ages lead to both.
    """
    if not (_GLUED.search(text) or any(word in text for word in _AGES)):
        return text
    return "\n".join(_cut(line) for line in text.split("\n"))


def _cut(line: str) -> str:
    if len(line) < _LONG or not (_GLUED.search(line) or any(word in line for word in _AGES)):
        return line
    for pattern in (_CLOCK, _AGE):
        found = [match for match in pattern.finditer(line) if any(c.isdigit() for c in match["stamp"])]
        gaps = sorted(b.start() - a.end() for a, b in pairwise(found))
        if len(found) < _ENOUGH or gaps[len(gaps) // 2] < _APART or minutes_share([_minute(m) for m in found]) < 1.0:
            continue
        bodies = [line[a.end() : b] for a, b in zip(found, [*(m.start() for m in found[1:]), len(line)], strict=True)]
        signed = sum(bool(_BYLINE.match(body)) for body in bodies)
        headed = pattern is _AGE and signed >= _SIGNED * len(bodies)
        parts = [f"{m['stamp']}\n{_headed(body) if headed else body}" for m, body in zip(found, bodies, strict=True)]
        return "\n\n".join([line[: found[0].start()], *parts])
    return line


def _headed(body: str) -> str:
    """The entry's headline, its byline and its text on lines of their own."""
    if match := _BYLINE.match(body):
        return f"{match['title']}\n{match['byline']}\n\n{body[match.end() :]}"
    if match := _TITLE.match(body):
        return f"{match['title']}\n\n{body[match.end() :]}"
    return body


def _minute(match: re.Match[str]) -> int:
    named = match.groupdict()
    hour, minute = (int(named.get(key) or named.get(f"{key}2") or 0) for key in ("h", "m"))
    if half := named.get("half"):
        return (hour % 12 + 12 * (half in "Pp")) * 60 + minute
    return hour * 60 + minute
