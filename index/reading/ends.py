"""Whether a page's stamps stand under their entries, by the whole page, and where its first entry begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.reading.bullets import SIGNS
from index.reading.candidates import Candidate
from index.reading.lines import Line
from index.reading.people import is_name
from index.reading.titles import ends_prose, ends_sentence, is_summary_heading, is_title

_EPOCH = re.compile(r"^1\d{9}$")
_POSTED_BY = re.compile(r"^(?:Posted|Published|Von|Par|Por|[Bb]y)\b")
_DASHED = re.compile(r"[–—]\s?\d")
_POINT = re.compile(rf"^[{SIGNS}]\s")
_TAG = re.compile(r"\s?\[[^\[\]]*\]")
_WELCOME = re.compile(
    r"(?:good (?:morning|afternoon|evening)|hello|hi|welcome|guten (?:morgen|tag|abend)|hallo|willkommen|bonjour|"
    r"bonsoir|bienvenue|buen[oa]s (?:días|tardes|noches)|hola|bienvenid[oa]s)\b",
    re.IGNORECASE,
)
_LEAST_STAMPS, _LEAST_UNDER, _LEAST_ALIKE = 3, 4, 2
_MOST_SAID = 0.8
_MOST_OVER = 12  # lines
_LONGEST_FOOTER = 6  # words


def stamps_end_entries(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    """Whether each stamp stands under its entry's text.

    It says so ("Posted by ... at 12:30", "— 12:30") or stands under a name, and nothing follows the last one, or the
    page's blank lines, its margins or a heading that comes again show that an entry stands over the first.
    """
    under = [lines[a.line + 1 : b.line] for a, b in pairwise(chosen)] + [lines[chosen[-1].line + 1 :]]
    if sum(bool(below and _EPOCH.match(below[0].text)) for below in under) * 2 > len(under) > 1:
        return True
    if not chosen[0].line:
        return False
    if _stand_under_points(lines, chosen, under) or _blank_lines_follow(lines, chosen, under):
        return True
    if _sign_under_titles(lines, chosen, under) or _first_running(lines, chosen) or _sign_texts(lines, chosen):
        return True
    if len(chosen) < _LEAST_STAMPS or not _is_footer(under[-1]):
        return False
    if _first_in_margin(lines, chosen) > 0 or _first_alike(lines, chosen) > 0:
        return True
    return not under[-1] and (_say_so(lines, chosen, under) or _stand_under_names(lines, chosen))


def first_entry_line(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the line that begins the entry over the first stamp; 0 where the page does not show it."""
    if signed := _first_running(lines, chosen) or _first_signed(lines, chosen):
        return signed
    epoch = next((line.number for line in lines[: chosen[0].line] if _EPOCH.match(line.text)), 0)
    if epoch or any(c.place != "alone" for c in chosen):
        return epoch
    return _first_alike(lines, chosen) or _first_in_margin(lines, chosen) or _first_after_blank(lines, chosen)


def _is_footer(lines: Sequence[Line]) -> bool:
    """Whether under the last stamp stands nothing, or a few words set apart that are no sentence."""
    few = len(lines) == 1 and lines[0].gap and len(lines[0].text.split()) <= _LONGEST_FOOTER
    return not lines or (few and is_title(lines[0].text))


def _say_so(lines: Sequence[Line], chosen: Sequence[Candidate], under: Sequence[Sequence[Line]]) -> bool:
    """Whether most stamps are of a kind that stands under entries: led to as posted, after a dash, with a name."""
    led = sum(c.lead == "posted" or bool(_POSTED_BY.match(c.before)) for c in chosen)
    dashed = sum(bool(_DASHED.match(lines[c.line].text)) for c in chosen)
    named = sum(c.sign == "|" and is_name(c.after) for c in chosen)
    return max(led, dashed, named) * 2 > len(chosen) and all(under[:-1])


def _stand_under_names(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    """Whether each stamp, alone on its line, stands right under a name that a blank line sets off from a text."""
    if any(c.place != "alone" or lines[c.line].gap or c.line < 2 for c in chosen):
        return False
    named = all(lines[c.line - 1].gap and is_name(lines[c.line - 1].text) for c in chosen)
    said = sum(ends_prose(lines[c.line - 2].text) for c in chosen)
    return named and said >= _MOST_SAID * len(chosen)


def _stand_under_points(lines: Sequence[Line], chosen: Sequence[Candidate], under: Sequence[Sequence[Line]]) -> bool:
    """Whether each stamp, alone on its line, is the last line of a list's point: the next point follows at once."""
    alone = [(c, below[0]) for c, below in zip(chosen, under, strict=True) if c.place == "alone" and below]
    points = sum(bool(_POINT.match(first.text)) and not _POINT.match(lines[c.line].text) for c, first in alone)
    return len(alone) >= _LEAST_UNDER and points == len(alone)


def _sign_under_titles(lines: Sequence[Line], chosen: Sequence[Candidate], under: Sequence[Sequence[Line]]) -> bool:
    """Whether each stamp, its whole date glued to a name, signs an entry that begins with its headline, without gaps.

    The first entry's headline stands over the first stamp, between two texts.
    """
    if len(chosen) < _LEAST_STAMPS or not all(_is_signature(lines[c.line].text, c) for c in chosen):
        return False
    headed = all(len(part) > 1 and is_title(part[0].text) and ends_prose(part[1].text) for part in under[:-1])
    tight = not any(line.gap for part in under for line in part)
    over = lines[max(0, chosen[0].line - _MOST_OVER) : chosen[0].line]
    between = any(
        ends_prose(a.text) and is_title(b.text) and not is_summary_heading(b.text) and ends_prose(c.text)
        for a, b, c in zip(over, over[1:], over[2:], strict=False)
    )
    return headed and tight and between and ends_prose(over[-1].text)


def _first_running(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the line over the first stamp that is the title of all entries, each signed below; 0 where none is.

    Every stamp is a whole date glued to a name, that title right under it; the last may be cut off with the page.
    """
    if len(chosen) < _LEAST_STAMPS or not all(_is_signature(lines[c.line].text, c) for c in chosen):
        return 0
    below = {lines[c.line + 1].text for c in chosen[:-1]}
    title = below.pop()
    if below or not is_title(title):
        return 0
    return next((line.number for line in reversed(lines[: chosen[0].line]) if line.text == title), 0)


def _sign_texts(lines: Sequence[Line], chosen: Sequence[Candidate]) -> bool:
    """Whether every stamp, its whole date beside a name, stands under a text, the first too, and nothing follows."""
    if len(chosen) < _LEAST_STAMPS or chosen[-1].line + 1 < len(lines):
        return False
    return all(_is_signature(lines[c.line].text, c) and ends_prose(lines[c.line - 1].text) for c in chosen)


def _first_signed(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the line that begins the text which the first stamp signs; 0 where headlines tell, or none is signed.

    It is its writer's greeting, else the one paragraph right over the stamp.
    """
    if not _sign_texts(lines, chosen) or all(is_title(lines[c.line + 1].text) for c in chosen[:-1]):
        return 0
    first = chosen[0].line
    over = range(max(1, first - _MOST_OVER), first)
    return next((n for n in over if _WELCOME.match(lines[n].text) and ends_prose(lines[n].text)), first - 1)


def _is_signature(text: str, candidate: Candidate) -> bool:
    """Whether the line is nothing but a name and a whole date with its clock, mostly glued to it."""
    stamp = candidate.stamp
    dated = stamp.day is not None and stamp.day.full() is not None and candidate.place == "tail"
    return (
        dated
        and is_name(candidate.before)
        and text.replace(" ", "") == f"{candidate.before}{stamp.text}".replace(" ", "")
    )


def _blank_lines_follow(lines: Sequence[Line], chosen: Sequence[Candidate], under: Sequence[Sequence[Line]]) -> bool:
    """Whether every stamp, alone on its line, stands right under a sentence and over a blank line."""
    if len(chosen) < _LEAST_UNDER or any(c.place != "alone" or lines[c.line].gap for c in chosen):
        return False
    said = sum(ends_sentence(lines[c.line - 1].text) for c in chosen)
    headed = sum(b.line - a.line > 2 and _is_apart(lines, b.line - 1) for a, b in pairwise(chosen))
    if headed * 2 > len(chosen):
        return False  # sentences that head what stands under the stamps
    return said >= _MOST_SAID * len(chosen) and all(below[0].gap for below in under if below)


def _is_apart(lines: Sequence[Line], at: int) -> bool:
    """Whether the line stands apart from a longer one over it, as a headline from the entry before."""
    return lines[at].gap and len(lines[at].text) < len(lines[at - 1].text)


def _first_after_blank(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the line under the last blank one over the first stamp, where no later entry has one within it."""
    within = (line for a, b in pairwise(chosen) for line in lines[a.line + 2 : b.line + 1])
    if any(line.gap for line in within) or not all(lines[c.line + 1].gap for c in chosen[:-1]):
        return 0
    return next((n for n in range(chosen[0].line - 1, 0, -1) if lines[n].gap), 0)


def _first_in_margin(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the first line over the first stamp that is set in as all stamps are, under lines that are not."""
    margins = {lines[c.line].indent for c in chosen}
    first = chosen[0].line
    led = any(c.place == "head" for c in chosen)  # to the words that follow each on its line
    if led or len(margins) > 1 or not (margin := margins.pop()) or not ends_sentence(lines[first - 1].text):
        return 0
    start = first
    while start and lines[start - 1].indent >= margin:
        start -= 1
    return start if start < first else 0


def _first_alike(lines: Sequence[Line], chosen: Sequence[Candidate]) -> int:
    """Number of the last line over the first stamp that heads other entries too, but for a tag in brackets."""
    if any(c.place != "alone" for c in chosen):
        return 0
    times = Counter(_TAG.sub("", lines[c.line + 1].text) for c in chosen[:-1])
    above = range(chosen[0].line - 1, 0, -1)
    return next((n for n in above if times[_TAG.sub("", lines[n].text)] >= _LEAST_ALIKE), 0)
