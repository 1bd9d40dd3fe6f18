"""How one page prints its stamps: of all candidates, those that start an entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from index.reading.candidates import Candidate
from index.reading.lines import Line, date_line
from index.reading.order import newest_first, order_share, order_share_by_day, time_steps
from index.reading.starts import actual_starts, pattern_of
from index.reading.strays import possible_starts

_ENOUGH_SURE = 4  # stamps that tell whether one written in another way stands in their order
_DASHES = frozenset("–—-")
_SET_OFF = frozenset(":.|–—-")
_LEADING = frozenset(":–—-")  # signs that lead from a stamp to an entry's words
_ENOUGH_FOR_ODD, _MOST_ODD = 8, 2
_LEAST_CAPITALS = 6  # characters
_ENOUGH_SECOND = 2  # stamps of a family that is asked after a likelier one turned out to date the page


class Family(NamedTuple):
    """What stamps that start entries have in common on one page."""

    place: str
    lead: str
    full: bool
    twelve: bool
    relative: bool
    dated: bool
    sign: str


def choose_stamps(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates that start an entry, in page order; empty where the page prints none.

    The family of like candidates that best fits a page of entries is chosen; of the others, those join that
    stand alike and keep the page's order of time.
    """
    families: dict[Family, list[Candidate]] = defaultdict(list)
    for candidate in possible_starts(lines, candidates):
        families[_family(candidate)].append(candidate)
    if not families:
        return []
    sizes = list(accumulate((len(line.text) for line in lines), initial=0))
    days = [line.number for line in lines if (day := date_line(line)) and day.month]
    scores = {family: _score(family, members, sizes, days) for family, members in families.items()}
    for rank, best in enumerate(sorted(families, key=lambda family: -scores[family])):
        if scores[best] <= 0 or (rank and len(families[best]) < _ENOUGH_SECOND):
            break
        if found := _starts_of(lines, best, families, scores):
            return found
    return _however_signed(lines, families)


def _however_signed(lines: Sequence[Line], families: Mapping[Family, list[Candidate]]) -> list[Candidate]:
    """Clocks before text, each set off in another way: too few of any kind, but all in the order of time."""
    signed = (f for f in families if (f.place, f.lead) == ("head", "") and f.sign in _SET_OFF)
    heads = sorted((c for family in signed for c in families[family]), key=lambda c: c.line)
    if len(heads) < _ENOUGH_SECOND or len({c.stamp.twelve for c in heads}) > 1 or order_share(heads) < 1.0:
        return []
    return actual_starts(lines, heads)


def _starts_of(
    lines: Sequence[Line], best: Family, families: Mapping[Family, list[Candidate]], scores: Mapping[Family, float]
) -> list[Candidate]:
    """Starts of the entries where `best` is how the page prints its stamps; empty where those date the page itself."""
    chosen = list(families[best])
    sign = Counter(c.sign for c in chosen).most_common(1)[0][0]
    for family in sorted(families, key=lambda f: -scores[f]):
        if family != best and (titled := _in_capitals(family, best, families[family])):
            chosen = _merge(chosen, titled, strict=False, dated=best.dated)
        elif family != best and _joins(family, best, sign, families[family], chosen):
            alike = family.full == best.full and family.sign == best.sign != "" and _zones(families[family])
            if alike and family.twelve != best.twelve and _zones(chosen):
                least = 0.75  # "11:52 EST" below "1:00 a.m. EST" is of the evening before
            elif family.twelve and best.twelve and _one_zone([*chosen, *families[family]]):
                least = 0.75  # a reporter's clock may go some hours wrong: "2:47 p.m. ET" over "5:43 p.m. ET"
            else:
                least = None
            strict = family.twelve != best.twelve
            chosen = _merge(chosen, families[family], strict=strict, dated=best.dated, least=least)
        elif (family.place, family.lead, best.lead) == (best.place, "posted", "updated"):
            # the first report, under all its updates
            chosen += [c for c in families[family] if c.line > chosen[-1].line]
    return actual_starts(lines, chosen)


def _in_capitals(family: Family, best: Family, members: Sequence[Candidate]) -> list[Candidate]:
    """Clocks before a headline in capitals, on a page whose other clocks stand alone: those of the members."""
    alike = (family.twelve, family.relative, family.dated) == (best.twelve, best.relative, best.dated)
    if not alike or (best.place, family.place, family.lead, family.sign) != ("alone", "head", "", ""):
        return []
    return [c for c in members if c.after.isupper() and len(c.after) >= _LEAST_CAPITALS]


def _zones(members: Sequence[Candidate]) -> bool:
    """Whether each of the stamps names its zone: then even those without "a.m." are of one kind."""
    return all(c.stamp.zone for c in members)


def _one_zone(members: Sequence[Candidate]) -> bool:
    """Whether all stamps name the same zone and no day, and all but one of several steps go one way."""
    zones = {c.stamp.zone for c in members}
    steps = time_steps(sorted(members, key=lambda c: c.line))
    breaks = min(sum(s > 0 for s in steps), sum(s < 0 for s in steps))
    return len(zones) == 1 and None not in zones and breaks <= 1 and not any(c.stamp.day for c in members)


def _with_zones(chosen: Sequence[Candidate]) -> set[tuple[str, str]]:
    """Zones and forms of stamps that print their half and their zone, and no day."""
    stamps = (c.stamp for c in chosen if c.stamp.twelve and c.stamp.day is None and not c.lead)
    return {(stamp.zone, pattern_of(stamp.text)) for stamp in stamps if stamp.zone}


def _family(candidate: Candidate) -> Family:
    stamp = candidate.stamp
    sign = candidate.sign if candidate.place in ("head", "middle") else ""
    dated = stamp.day is not None and stamp.day.month is not None
    full = candidate.place == "tail" and bool(stamp.zone or dated or candidate.lead)
    return Family(candidate.place, candidate.lead, full, stamp.twelve, stamp.clock is None, dated, sign)


def _joins(family: Family, best: Family, sign: str, members: Sequence[Candidate], chosen: Sequence[Candidate]) -> bool:
    """Whether the members of a family may start entries too on a page whose best family is `best`."""
    count = len(members)
    if {family.place, best.place} == {"alone", "tail"} and family.lead == best.lead == "posted":
        return True
    if {family.place, best.place} == {"middle", "tail"} and family.dated == best.dated:
        return True
    if {family.place, best.place} == {"middle", "head"} and family.sign == best.sign == ":" and not family.dated:
        return True
    if family.relative and not best.relative and count < 2:
        # a lone age beside clocks is the page's own, unless it ends the page as its entries begin
        return family.place == best.place == "middle" and members[0].line > chosen[-1].line
    if family.place == best.place and family.full == best.full:
        return family.lead == best.lead or (best.place == "head" and best.lead != "")
    if family.lead or family.twelve != best.twelve:
        return False
    if family.place == "alone":
        return True
    if best.place != "alone" or family.place != "head":
        return False
    dashed = family.sign in _DASHES and count >= _ENOUGH_SECOND and not (best.dated or best.relative)
    return dashed or family.sign in {sign, "glued"} - {""}


def _score(family: Family, members: Sequence[Candidate], sizes: Sequence[int], days: Sequence[int]) -> float:
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
    share = max(order_share(members), order_share_by_day(members, days))
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


def _order_but_one(members: Sequence[Candidate]) -> float:
    """Share in order without the one member that is most out of it: a pinned entry stands where it likes."""
    steps = time_steps(members)
    falling = sum(s < 0 for s in steps) > sum(s > 0 for s in steps)
    odd = [at for at, step in enumerate(steps) if (step > 0) == falling and step]
    if len(odd) > _MOST_ODD:
        return 0.0
    places = {place for at in odd for place in (at, at + 1)}
    return max((order_share([*members[:at], *members[at + 1 :]]) for at in places), default=1.0)


def _newest_undated(newest: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a stamp alone over dated ones, past midnight, is theirs but for the date of its day."""
    text, clock, earlier = others[0].stamp.text, newest.stamp.clock, others[0].stamp.clock
    if clock is None or earlier is None or clock >= earlier:
        return False
    alike = pattern_of(text).startswith(pattern_of(newest.stamp.text)) and newest.stamp.zone == others[0].stamp.zone
    apart = newest.line + 1 < others[0].line < others[-1].line
    return newest.place == others[0].place == "alone" and alike and apart and newest_first(others) is True


def _merge(
    chosen: list[Candidate], others: Sequence[Candidate], *, strict: bool, dated: bool, least: float | None = None
) -> list[Candidate]:
    """Join the others where the page stays as well ordered as it was.

    A dated stamp over the first entry of a page that dates no other is the page's own, unless words follow it as
    they do the others. A lone stamp written in another way than all the rest has to keep the order exactly. `least`
    is the share that may be in order at least.
    """
    sign = chosen[0].sign
    if not dated:
        others = [
            c
            for c in others
            if not (c.stamp.day and c.stamp.day.month and c.line < chosen[0].line)
            or (c.after and c.sign == sign and sign in _LEADING)
        ]
    if chosen[0].place != "alone":
        first, alike = chosen[0].line, _with_zones(chosen)
        others = [
            c
            for c in others
            if c.place != "alone"
            or c.line > first
            or c.sign == sign != ""
            or (c.line + 1 < first and _with_zones([c]) & alike)  # its text under it, as the others' is beside them
        ]
    if not dated and len(others) == 1 and others[0].stamp.day and others[0].stamp.day.month:
        among = others[0].line < chosen[-1].line and others[0].sign == sign and sign in _LEADING
        if not among:  # the first after midnight may say its day: "07.10., 8:46 Uhr: ..."
            return chosen
    undated = dated and len(others) < 2 and others and others[0].stamp.clock and not others[0].stamp.day
    if not others or (undated and not _newest_undated(others[0], chosen)):
        return chosen
    merged = sorted([*chosen, *others], key=lambda c: c.line)
    before, after = order_share(chosen), order_share(merged)
    if strict and len(others) < 2 and (len(chosen) < _ENOUGH_SURE or after < before or others[0].place != "head"):
        return chosen
    if least is None:
        least = before if strict else min(before, 0.9) - 0.02
    if after < least and not strict and len(merged) >= _ENOUGH_FOR_ODD:
        after = _order_but_one(merged)
    return merged if after >= least else chosen
