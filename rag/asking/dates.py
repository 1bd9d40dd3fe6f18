"""Days named in an entry's words ("on Tuesday", "yesterday evening") as calendar dates, from the entry's own time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rag.words import ANY_WEEKDAY, WEEKDAYS

_MENTION = re.compile(
    rf"\b(?:(?P<next>next )?(?P<day>{ANY_WEEKDAY})(?:['’]s)?"
    r"|(?P<rel>yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening)|overnight)(?:['’]s)?)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|due|to be|expected|plans?|planned|scheduled|until|by|from|next|ahead of|before|set to"
    r"|later)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day named at `start` to `end` of a text, and its date. `certain` is false where the tense leaves it open."""

    start: int
    end: int
    day: date
    certain: bool


def day_mentions(text: str, published: datetime | None) -> list[DayMention]:
    """Days that `text` names relative to its entry's own date; none where the entry's date is unknown.

    A weekday means the last such day up to the entry's own, as reports use it; where the clause speaks of the
    future it means the next one and is not `certain`.
    """
    if published is None:
        return []
    own = published.date()
    found = []
    for match in _MENTION.finditer(text):
        clause = text[max(0, match.start() - 60) : match.end() + 20]
        ahead = bool(_AHEAD.search(clause))
        if match["day"]:
            back = (own.weekday() - WEEKDAYS.index(match["day"].lower())) % 7
            day = own - timedelta(days=back)
            if match["next"] or (ahead and back):
                day += timedelta(days=7)
            certain = not ahead or back == 0
        else:
            word = match["rel"].lower()
            shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
            day, certain = own + timedelta(days=shift), word != "overnight"
        found.append(DayMention(match.start(), match.end(), day, certain))
    return found


def date_words(day: date) -> str:
    """A date as the answer prints it: "27 June 2023"."""
    return f"{day.day} {day:%B %Y}"
