"""Stamps that start no entry: of quoted posts, matches, contents lists, diaries and other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.reading.candidates import BARE_DIGITS, LED_BY_AT, Candidate
from index.reading.digit_runs import YEAR
from index.reading.digits import FOUR_DIGITS, are_after_page, without_bare_digits
from index.reading.lines import Line, within_post
from index.reading.order import order_share
from index.reading.people import is_name, read_byline
from index.reading.titles import ends_prose

_LONG_RUN = 8
_HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}")
_OTHER_PAGES = re.compile(
    r"^(?:(?:earlier|previous) (?:live )?(?:pages|blogs|coverage)|"
    r"most (?:read|viewed|popular|shared)|related (?:stories|articles|topics|content)|more (?:stories|news)|"
    r"read next|trending(?: now)?|recommended|you (?:may|might) also like|lo más (?:leído|visto)|te puede interesar|"
    r"les plus lus|à lire aussi|meistgelesen(?:e artikel)?|das könnte sie auch interessieren|più letti)\s?:?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d[\d.,]* )?(?:comments?|responses?|replies|thoughts|kommentare?|leserkommentare|commentaires?|comentarios?)"
    r"(?: \(\d[\d.,]*\)| (?:to|on) .{1,120})?\s?:?$",
    re.IGNORECASE,
)
_LEAST_BEFORE = 2
_LONG_PROSE = 28
_LONGEST_LABEL = 40
_LENGTH = re.compile(r"[0-5]:[0-5]\d")
_FILM = re.compile(
    r"(?:play )?(?:video|audio|vidéo)(?: caption)?(?:\s?[:,].*)?$|watch(?: now| live)?(?: ?: .*)?$|listen(?: now)?$|"
    r"(?:watch|play) video$|(?:regarder|voir) la vidéo$|ver (?:el )?vídeo$|video (?:ansehen|abspielen)$|"
    r"(?:video )?(?:duration|dauer|durée)(?: \d.*)?$",
    re.IGNORECASE,
)
_MATCH_CLOCK = re.compile(r"[•*\-\[( ]*(?:2[5-9]|[3-9]\d|1[0-2]\d):[0-5]\d(?![\d:])")
_PLAYED = re.compile(
    r"[•*\-\[( ]*\d{1,3}(?:\s?\+\s?\d{1,2})?(?:['’′](?!\d)|\.\s?Minute\b|\s?min(?:utes?)?\b\s?[:.–—-])"
)
_PERIOD_STARTS = frozenset("Qq1234FfSsTtHhKk")
_PERIOD = re.compile(
    r"^(?:Q[1-4]|(?:[1-4](?:st|nd|rd|th)|first|second|third|fourth) (?:quarter|period|half|set)|half[- ]?time|"
    r"full[- ]?time|kick[- ]?off)\b",
    re.IGNORECASE,
)


def possible_starts(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates that could start an entry, by what stands around each and by how the page is made."""
    usable = [c for c in _outside_tweets(lines, _without_tags(candidates)) if not _reads_on(c.before)]
    digits = [c for c in usable if FOUR_DIGITS.fullmatch(c.stamp.text)]
    if all(YEAR.fullmatch(c.stamp.text) for c in digits) and not are_after_page(lines, digits):
        usable = [c for c in usable if not YEAR.fullmatch(c.stamp.text)]
    usable = [c for c in _without_lengths(without_bare_digits(lines, _without_led(usable))) if not _is_length(lines, c)]
    usable = _without_ages_over_clocks(lines, usable)
    usable = list(_before_comments(lines, usable[: _count_before_list(lines, usable)]))
    if _is_match_clock(lines, usable):
        usable = [c for c in usable if c.stamp.twelve or c.stamp.zone or c.stamp.day or c.stamp.ago]
    return _without_contents_list(lines, usable)


def _reads_on(words: str) -> bool:
    """Whether the words before a stamp run on into it as prose does: "... was seen at"."""
    return bool(
        re.search(r"(?:^|\s)(?:at|by|until|till|from|since|around|about|before|after|to|and|um|à|vers)$", words)
    )


def _without_tags(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The same few words beside many stamps are a label of the page, not an entry's text: those stamps stand alone."""
    texts = [c.after or c.before for c in candidates if not (c.sign == BARE_DIGITS and c.after.isupper())]
    words = Counter(text for text in texts if len(text) <= _LONGEST_LABEL)
    labels = {w for w, times in words.items() if w and times >= 3 and _is_label(w, times, len(candidates))}
    signs = {c.sign for c in candidates if c.after in labels and words[c.after] * 2 > len(candidates)} - {""}
    labels |= {c.after for c in candidates if c.sign in signs and 0 < len(c.after.split()) <= 3 and c.after.istitle()}
    # "Council | 2.10 p.m." among many "Assembly | 3.20 p.m."
    barred = [c.before for c in candidates if c.place == "tail" and c.sign == "|"]
    if sum(before in labels for before in barred) * 2 > len(barred):
        labels |= {before for before in barred if 0 < len(before.split()) <= 3 and not is_name(before)}
    return [
        replace(c, place="alone", before="", after="", sign="")
        if (c.after or c.before) in labels
        and not (c.after and c.before)
        and (c.after or c.sign or " " in c.before)  # "Gadgetry 11:40" names a site, "Arden - 11:40" a place
        else c
        for c in candidates
    ]


def _is_label(words: str, times: int, count: int) -> bool:
    """Whether words that come again beside stamps are a label: one in lower case, or those of most that name nobody."""
    if words.isalpha() and words.islower():
        return True
    return times * 2 > count and not (is_name(words) or read_byline(words) or ends_prose(words))


def _without_ages_over_clocks(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates without the ages that stand alone over a clock alone, which says the same, or over its name."""
    clocks = {c.line for c in candidates if c.place == "alone" and c.stamp.clock}

    def over_clock(line: int) -> bool:
        return line + 1 in clocks or (line + 2 in clocks and is_name(lines[line + 1].text))

    return [c for c in candidates if not (c.place == "alone" and c.stamp.clock is None and over_clock(c.line))]


def _without_led(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Clocks after "at" begin entries only where nearly all of the page's do, in order of time."""
    led = [c for c in candidates if c.sign == LED_BY_AT]
    others = sum(c.place in ("head", "alone") for c in candidates) - len(led)
    if len(led) >= 3 and others * 4 <= len(led) and order_share(led) >= 0.9:
        return list(candidates)
    return [c for c in candidates if c.sign != LED_BY_AT]


def _without_lengths(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Lengths of films that stand alone ("2:14", "0:48") are no clocks: none is long, and one is under a minute."""
    alone = [c for c in candidates if c.place == "alone" and _LENGTH.fullmatch(c.stamp.text)]
    bare = [c for c in candidates if c.place == "alone" and c.stamp.clock and not (c.stamp.twelve or c.stamp.zone)]
    if len(alone) == len(bare) and any(c.stamp.text.startswith("0:") for c in alone):
        lengths = {c.line for c in alone}
        return [c for c in candidates if c.line not in lengths]
    return list(candidates)


def _is_length(lines: Sequence[Line], candidate: Candidate) -> bool:
    """Whether the stamp is how long a film plays: it stands alone by a line that speaks of one."""
    if candidate.place != "alone" or not _LENGTH.fullmatch(candidate.stamp.text.removeprefix("0")):
        return False
    at = candidate.line
    return any(_FILM.match(line.text) for line in (*lines[max(0, at - 2) : at], *lines[at + 1 : at + 2]))


def _count_before_list(lines: Sequence[Line], candidates: Sequence[Candidate]) -> int:
    """How many candidates stand before a list of other pages ("Most read") that ends this one."""
    prose = max((line.number for line in lines if len(line.text) > _LONG_PROSE and ends_prose(line.text)), default=-1)
    start = next((line.number for line in lines[prose + 1 :] if _OTHER_PAGES.match(line.text)), len(lines))
    return sum(c.line < start for c in candidates)


def _before_comments(lines: Sequence[Line], candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Candidates before the readers' comments that end a page, where those are stamped in a way of their own."""
    for line in reversed(lines):
        if not _COMMENTS.match(line.text):
            continue
        before = [c for c in candidates if c.line < line.number]
        after = {_kind(c) for c in candidates if c.line > line.number}
        if not before and _chars(lines[: line.number]) > _chars(lines[line.number :]):
            return before
        if len(before) >= _LEAST_BEFORE and after and not after & {_kind(c) for c in before}:
            return before
    return candidates


def _chars(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _kind(candidate: Candidate) -> tuple[str, bool, bool]:
    stamp = candidate.stamp
    return candidate.place, stamp.day is not None, stamp.clock is None


def _outside_tweets(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates without the dated stamp under each post of a social network, which belongs to that post."""
    kept: list[Candidate] = []
    last = -1
    for candidate in candidates:
        dated = candidate.stamp.day is not None and candidate.stamp.clock is not None
        reach = min(3, candidate.line - last - 1)  # a post's own date ends it
        leads = candidate.place == "head"  # words follow, as none do a post's own date
        in_post = dated and not leads and within_post(lines, candidate.line, reach)
        if in_post or (dated and _HANDLE.search(candidate.before)):
            last = candidate.line
        else:
            kept.append(candidate)
    return kept


def _is_match_clock(lines: Sequence[Line], candidates: Sequence[Candidate]) -> bool:
    """Whether bare clocks on this page count a match's minutes: some exceed a day, or periods are headed."""
    beyond = sum(bool(_MATCH_CLOCK.match(line.text)) for line in lines)
    periods = sum(
        len(line.text) < 60 and line.text[0] in _PERIOD_STARTS and bool(_PERIOD.match(line.text)) for line in lines
    )
    bare = [c for c in candidates if not (c.stamp.twelve or c.stamp.zone or c.stamp.day) and c.stamp.clock]
    played = sum(bool(_PLAYED.match(line.text)) for line in lines)
    if beyond >= 2 or played >= max(3, 2 * len(bare)):
        return True
    low = bool(bare) and all(c.stamp.clock and c.stamp.clock.hour <= 20 for c in bare)
    return periods >= 2 and low and not _one_run(bare)


def _one_run(bare: Sequence[Candidate]) -> bool:
    """Whether many clocks in one place run one way down the page: a match's would start again with each period."""
    place, _ = Counter(c.place for c in bare).most_common(1)[0]
    clocks = [c.stamp.clock for c in bare if c.stamp.clock and c.place == place]
    pairs = list(zip(clocks, clocks[1:], strict=False))
    return len(clocks) >= _LONG_RUN and (all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs))


def _without_contents_list(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a list of contents before the entries: bare stamps whose title comes again under the same clock."""
    last_with: dict[object, int] = {c.stamp.clock or c.stamp.text: at for at, c in enumerate(chosen)}
    dropped: set[int] = set()
    for at, candidate in enumerate(chosen):
        later = last_with[candidate.stamp.clock or candidate.stamp.text]
        if later == at or (later == at + 1 and lines[candidate.line].text == lines[chosen[later].line].text):
            continue  # a line that is printed twice is no list
        # the list's last item runs on into whatever stands below the list
        most = 4 if at - 1 in dropped else 1 + (candidate.place == "alone")
        bare = chosen[at + 1].line - candidate.line <= most
        if bare and _words_near(lines, candidate, 1) & _words_near(lines, chosen[later], 4):
            dropped.add(at)
    return [c for at, c in enumerate(chosen) if at not in dropped]


def _words_near(lines: Sequence[Line], candidate: Candidate, count: int) -> set[str]:
    below = lines[candidate.line + 1 : candidate.line + 1 + count]
    return {candidate.before, candidate.after, *(line.text for line in below)} - {""}
