"""How one page prints its stamps: of all candidates, those that start an entry."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from index.reading.lines import BARE_DIGITS, Candidate, Line, within_post
from index.reading.titles import ends_prose


class Family(NamedTuple):
    """What stamps that start entries have in common on one page."""

    place: str
    lead: str
    full: bool
    twelve: bool
    relative: bool
    dated: bool
    sign: str


_HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}")
_OTHER_PAGES = re.compile(
    r"^(?:most (?:read|viewed|popular|shared)|related (?:stories|articles|topics|content)|more (?:stories|news)|"
    r"read next|trending(?: now)?|recommended|you (?:may|might) also like|lo más (?:leído|visto)|te puede interesar|"
    r"les plus lus|à lire aussi|meistgelesen(?:e artikel)?|das könnte sie auch interessieren|più letti)\s?:?$",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"\b(?:diary|agenda|schedule|timetable|calendar|coming up|what to expect|look ahead|items|line-up|running order|"
    r"zeitplan|programm|programme|au programme|agenda del día|horario)\b",
    re.IGNORECASE,
)
_LEAST_AHEAD = 20
_FOUR_DIGITS = re.compile(r"\d{4}")
_YEAR = re.compile(r"19\d\d|20[0-5]\d")
_MATCH_CLOCK = re.compile(r"(?<![\d:.])(?:2[4-9]|[3-9]\d|1[0-2]\d):[0-5]\d(?![\d:])")
_PERIOD = re.compile(
    r"^(?:Q[1-4]|(?:[1-4](?:st|nd|rd|th)|first|second|third|fourth) (?:quarter|period|half|set)|half[- ]?time|"
    r"full[- ]?time|kick[- ]?off)\b",
    re.IGNORECASE,
)


def choose_stamps(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates that start an entry, in page order; empty where the page prints none.

    The family of like candidates that best fits a page of entries is chosen; of the others, those join that
    stand alike and keep the page's order of time.
    """
    usable = [c for c in _without_tags(candidates) if not _in_tweet(lines, c) and not _reads_on(c.before)]
    if all(_YEAR.fullmatch(c.stamp.text) for c in usable if _FOUR_DIGITS.fullmatch(c.stamp.text)):
        usable = [c for c in usable if not _YEAR.fullmatch(c.stamp.text)]
    usable = _without_bare_digits(usable)
    usable = usable[: _count_before_list(lines, usable)]
    if _is_match_clock(lines, usable):
        usable = [c for c in usable if c.stamp.twelve or c.stamp.zone or c.stamp.day or c.stamp.ago]
    families: dict[Family, list[Candidate]] = defaultdict(list)
    for candidate in _without_contents_list(lines, usable):
        families[_family(candidate)].append(candidate)
    if not families:
        return []
    sizes = list(accumulate((len(line.text) for line in lines), initial=0))
    scores = {family: _score(family, members, sizes) for family, members in families.items()}
    best = max(scores, key=lambda family: scores[family])
    if scores[best] <= 0:
        return []
    chosen = list(families[best])
    sign = Counter(c.sign for c in chosen).most_common(1)[0][0]
    for family in sorted(families, key=lambda f: -scores[f]):
        if family != best and _joins(family, best, sign):
            alike = family.full == best.full and family.sign == best.sign != "" and _zones(families[family])
            if alike and family.twelve != best.twelve and _zones(chosen):
                least = 0.75  # "11:52 EST" below "1:00 a.m. EST" is of the evening before
            else:
                least = None
            strict = family.twelve != best.twelve
            chosen = _merge(chosen, families[family], strict=strict, dated=best.dated, least=least)
    chosen = _without_agendas(lines, _without_echoes(chosen))
    # a lone line that says when the page was put up heads no entry
    return [] if len(chosen) == 1 and chosen[0].line < 8 and (chosen[0].lead or chosen[0].updated) else chosen


def _zones(members: Sequence[Candidate]) -> bool:
    """Whether each of the stamps names its zone: then even those without "a.m." are of one kind."""
    return all(c.stamp.zone for c in members)


def _without_bare_digits(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Four digits before a line's words are clocks only where they run back through a day, unlike a list of years."""
    bare = [c for c in candidates if c.sign == BARE_DIGITS]
    years = sum(bool(_YEAR.fullmatch(c.stamp.text)) for c in bare)
    early = any(c.stamp.text < "1000" for c in bare)
    if len(bare) >= 5 and years * 2 < len(bare) and (early or newest_first(bare)) and order_share(bare) >= 0.85:
        return list(candidates)
    return [c for c in candidates if c.sign != BARE_DIGITS]


def _count_before_list(lines: Sequence[Line], candidates: Sequence[Candidate]) -> int:
    """How many candidates stand before a list of other pages ("Most read") that ends this one."""
    prose = max((line.number for line in lines if len(line.text) > 80 and ends_prose(line.text)), default=-1)
    start = next((line.number for line in lines[prose + 1 :] if _OTHER_PAGES.match(line.text)), len(lines))
    return sum(c.line < start for c in candidates)


def _without_tags(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One lower-case word after many stamps is a label of the page, not an entry's text: those stamps stand alone."""
    words = Counter(c.after for c in candidates if c.after.isalpha() and c.after.islower())
    return [replace(c, place="alone", after="") if words[c.after] >= 3 else c for c in candidates]


def _family(candidate: Candidate) -> Family:
    stamp = candidate.stamp
    sign = candidate.sign if candidate.place in ("head", "middle") else ""
    dated = stamp.day is not None and stamp.day.month is not None
    full = candidate.place == "tail" and bool(stamp.zone or dated or candidate.lead)
    return Family(candidate.place, candidate.lead, full, stamp.twelve, stamp.clock is None, dated, sign)


def _joins(family: Family, best: Family, sign: str) -> bool:
    """Whether stamps of a family may start entries too on a page whose best family is `best`."""
    if {family.place, best.place} == {"alone", "tail"} and family.lead == best.lead == "posted":
        return True
    if {family.place, best.place} == {"middle", "tail"} and family.dated == best.dated:
        return True
    if family.place == best.place and family.full == best.full:
        return family.lead == best.lead or (best.place == "head" and best.lead != "")
    if family.lead or family.twelve != best.twelve:
        return False
    if family.place == "alone":
        return True
    return best.place == "alone" and family.place == "head" and family.sign in {sign, "glued"} - {""}


def _score(family: Family, members: Sequence[Candidate], sizes: Sequence[int]) -> float:
    """How well a family fits: its place and marks, its number, its order of time, and how far it spans the page."""
    full = sum(bool(c.stamp.zone or c.stamp.day or c.lead) for c in members) > len(members) / 2
    weight = {"alone": 2.4, "head": 1.2, "middle": 0.8, "tail": 0.6}[family.place]
    weight += (
        (1.5 if full else 0)
        + (1.0 if family.sign == "glued" else 0.4 if family.sign else 0)
        + (0.3 if family.twelve else 0)
    )
    weight *= 0.3 if family.lead == "updated" and family.place in ("alone", "tail") else 0.8 if family.relative else 1.0
    enough = {"alone": 1, "head": 2, "middle": 3, "tail": 2 if full else 3}[family.place]
    share = order_share(members)
    if len(members) < enough or (len(members) >= 4 and share < 0.6):
        return 0.0
    lines = len(sizes) - 1
    last = members[-1].line + (members[-1].line - members[0].line) / max(1, len(members) - 1)
    span = min(1.0, (last - members[0].line) / max(1, lines)) if len(members) > 1 else 0.5
    words = sizes[members[-1].line + 1] - sizes[members[0].line]
    bare = family.place != "alone" and not full and not family.sign
    if bare and len(members) < 8 and words < 0.3 * sizes[-1]:
        return 0.0  # a fixture list or a timetable within a page, not the page's entries
    return weight * len(members) * share * (0.6 + 0.4 * span)


def _reads_on(words: str) -> bool:
    """Whether the words before a stamp run on into it as prose does: "... was seen at"."""
    return bool(
        re.search(r"(?:^|\s)(?:at|by|until|till|from|since|around|about|before|after|to|and|um|à|vers)$", words)
    )


def _minutes(members: Sequence[Candidate]) -> list[int]:
    clocks = [c.stamp.clock for c in members if c.stamp.clock]
    if clocks:
        return [c.hour * 60 + c.minute for c in clocks]
    return [-int(c.stamp.ago.total_seconds() // 60) for c in members if c.stamp.ago]


def _steps(minutes: Sequence[int]) -> list[int]:
    return [(b - a + 720) % 1440 - 720 for a, b in pairwise(minutes)]


def order_share(members: Sequence[Candidate]) -> float:
    """Share of neighbours that stand in the page's own order, newest or oldest first, midnight allowed."""
    steps = _steps(_minutes(members))
    if not steps:
        return 1.0
    return max(sum(s >= 0 for s in steps), sum(s <= 0 for s in steps)) / len(steps)


def newest_first(members: Sequence[Candidate]) -> bool | None:
    """Whether the page runs from new to old; None where it does not tell."""
    steps = _steps(_minutes(members))
    falling, rising = sum(s < 0 for s in steps), sum(s > 0 for s in steps)
    return None if falling == rising else falling > rising


def _merge(
    chosen: list[Candidate], others: Sequence[Candidate], *, strict: bool, dated: bool, least: float | None = None
) -> list[Candidate]:
    """Join the others where the page stays as well ordered as it was.

    A dated stamp over the first entry of a page that dates no other is the page's own. A lone stamp written in
    another way than all the rest has to keep the order exactly. `least` is the share that may be in order at least.
    """
    if not dated:
        others = [c for c in others if not (c.stamp.day and c.stamp.day.month and c.line < chosen[0].line)]
    sign = chosen[0].sign
    if chosen[0].place != "alone":
        others = [c for c in others if c.place != "alone" or c.line > chosen[0].line or c.sign == sign != ""]
    if not dated and len(others) == 1 and others[0].stamp.day and others[0].stamp.day.month:
        return chosen
    if not others or (dated and len(others) < 2 and not others[0].stamp.day):
        return chosen
    if strict and len(others) < 2:
        return chosen
    merged = sorted([*chosen, *others], key=lambda c: c.line)
    before, after = order_share(chosen), order_share(merged)
    if least is None:
        least = before if strict else min(before, 0.9) - 0.02
    return merged if after >= least else chosen


def _in_tweet(lines: Sequence[Line], candidate: Candidate) -> bool:
    """A dated stamp under a post of a social network belongs to that post."""
    if candidate.stamp.day is None or candidate.stamp.clock is None:
        return False
    return within_post(lines, candidate.line, 3) or bool(_HANDLE.search(candidate.before))


def _is_match_clock(lines: Sequence[Line], candidates: Sequence[Candidate]) -> bool:
    """Whether bare clocks on this page count a match's minutes: some exceed a day, or periods are headed."""
    beyond = sum(bool(_MATCH_CLOCK.match(line.text.lstrip("•*-[( "))) for line in lines)
    periods = sum(bool(_PERIOD.match(line.text)) and len(line.text) < 60 for line in lines)
    bare = [c for c in candidates if not (c.stamp.twelve or c.stamp.zone or c.stamp.day) and c.stamp.clock]
    if beyond >= 2:
        return True
    return periods >= 2 and bool(bare) and all(c.stamp.clock and c.stamp.clock.hour <= 20 for c in bare)


def _without_echoes(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a stamp printed twice in a row, and an age that a clock follows at once."""
    kept: list[Candidate] = []
    for candidate in chosen:
        last = kept[-1] if kept else None
        if last and last.line + 1 == candidate.line and last.place == candidate.place == "alone":
            same = last.stamp.clock == candidate.stamp.clock
            if last.stamp.clock is None and candidate.stamp.clock is not None:
                kept[-1] = candidate
                continue
            if same and candidate.stamp.zone and not last.stamp.zone:
                kept[-1] = replace(last, stamp=replace(last.stamp, zone=candidate.stamp.zone))
            if same or (candidate.stamp.clock is None and last.stamp.clock is not None):
                continue
        kept.append(candidate)
    return kept


def _without_agendas(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a list of what the day will bring, which an entry prints: clocks to come, one a line, led to by words."""
    minutes = [c.stamp.clock.hour * 60 + c.stamp.clock.minute if c.stamp.clock else -1 for c in chosen]
    dropped: set[int] = set()
    at = 1
    while at < len(chosen):
        end = at
        while (
            end + 1 < len(chosen) and minutes[end] <= minutes[end + 1] and chosen[end + 1].line == chosen[end].line + 1
        ):
            end += 1
        before = minutes[at - 1]
        after = minutes[end + 1] if end + 1 < len(chosen) else before
        to_come = minutes[at] >= max(before, after) + _LEAST_AHEAD and min(before, after) >= 0
        told = lines[max(0, chosen[at].line - 2) : chosen[at].line]
        led = chosen[at].place == "head" and any(_AGENDA.search(line.text[-300:]) for line in told)
        if end > at and to_come and led:
            dropped.update(range(at, end + 1))
        at = end + 1
    return [c for at, c in enumerate(chosen) if at not in dropped]


def _without_contents_list(lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop a list of contents before the entries: bare stamps whose title comes again under the same clock."""
    last_with: dict[object, int] = {c.stamp.clock or c.stamp.text: at for at, c in enumerate(chosen)}
    dropped: set[int] = set()
    for at, candidate in enumerate(chosen):
        later = last_with[candidate.stamp.clock or candidate.stamp.text]
        if later == at:
            continue
        # the list's last item runs on into whatever stands below the list
        most = 4 if at - 1 in dropped else 1 + (candidate.place == "alone")
        bare = chosen[at + 1].line - candidate.line <= most
        if bare and _words_near(lines, candidate, 1) & _words_near(lines, chosen[later], 4):
            dropped.add(at)
    return [c for at, c in enumerate(chosen) if at not in dropped]


def _words_near(lines: Sequence[Line], candidate: Candidate, count: int) -> set[str]:
    below = lines[candidate.line + 1 : candidate.line + 1 + count]
    return {candidate.before, candidate.after, *(line.text for line in below)} - {""}
