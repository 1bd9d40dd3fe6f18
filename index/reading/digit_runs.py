"""A page copied into one paragraph whose four-digit clocks run on: "... the wall. 1511: The mayor ... 1504: ..."."""

from __future__ import annotations

import re
from itertools import pairwise

from index.reading.order import minutes_share

YEAR = re.compile(r"19\d\d|20[0-5]\d")
# four digits after a sentence, or after the words in capitals that stand over their entry
_DIGITS = re.compile(
    r"(?:(?<=[.!?…)\]”\"»’])|(?<=[A-ZÀ-Þ\d]{2})|(?<=[–—-]\d)|(?<=\d[–—-]))\s"
    r"(?P<digits>\d{4})(?=(?::|\s[–—-])\s[A-ZÀ-Þ“\"„«¿¡\d(\[])"
)
_SENTENCE_END = frozenset('.!?…)]”"»’')
_BANNER = re.compile(r"(?<=[.!?…)\]”\"»’])\s(?P<banner>[A-ZÀ-Þ][A-ZÀ-Þ\d'’&,:/ –—-]{8,120})$")
_ZONED = re.compile(
    r"\(?(?:all times|times are|alle (?:zeiten|zeitangaben)|toutes les heures|todas las horas)\b[^.()]{1,30}[.)]",
    re.IGNORECASE,
)
_LEAD = 124  # characters, as long as a banner may be
_LONG, _ENOUGH, _APART, _MOST_MINUTES = 400, 4, 60, 60  # characters, stamps, characters, minutes
_LAST_HOUR = 23


def cut_digit_runs(text: str) -> str:
    """The text with a line for each four-digit clock within its lines, where those are what an entry begins with.

    They stand in order after sentences, or after words in capitals, which get a line of their own. They are clocks
    and no years where a note tells the zone of all times, or where they run back and most could be no years.
    """
    if max(map(len, text.splitlines()), default=0) < _LONG:
        return text
    return "\n".join(_cut(line) for line in text.split("\n"))


def _cut(line: str) -> str:
    found = list(_DIGITS.finditer(line)) if len(line) >= _LONG else []
    starts = [start for match in found if (start := _start(line, match)) is not None]
    if len(starts) < _ENOUGH or len(starts) < len(found):
        return line
    digits = [match["digits"] for match in found]
    minutes = [int(four[:2]) * 60 + int(four[2:]) for four in digits]
    gaps = sorted(b - a for a, b in pairwise(starts))
    clocks = all(int(four[:2]) <= _LAST_HOUR and int(four[2:]) < _MOST_MINUTES for four in digits)
    if not clocks or gaps[len(gaps) // 2] < _APART or minutes_share(minutes) < 1.0 or len(set(digits)) < _ENOUGH:
        return line
    zoned = _ZONED.search(line[: starts[0]])
    back = minutes[0] > minutes[-1] and 2 * sum(bool(YEAR.fullmatch(four)) for four in digits) < len(digits)
    if not zoned and not back:
        return line
    head = line[: starts[0]]
    parts = [f"{head[: zoned.end()]}\n\n{head[zoned.end() :].strip()}" if zoned else head]
    for match, start, end in zip(found, starts, [*starts[1:], len(line)], strict=True):
        at = match.start("digits")
        banner = line[start:at].strip()
        parts.append(f"{banner}\n\n{line[at:end].strip()}" if banner else line[at:end].strip())
    return "\n\n".join(parts)


def _start(line: str, match: re.Match[str]) -> int | None:
    """Where the entry begins: at the words in capitals before its digits, or at these after a sentence."""
    before = line[max(0, match.start() - _LEAD) : match.start()]
    if before[-1:] in _SENTENCE_END:
        return match.start()
    banner = _BANNER.search(before)
    return match.start() - len(banner[0]) if banner and " " in banner["banner"] else None
