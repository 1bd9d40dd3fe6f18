"""The figure that a question wants: its kinds, what it counts and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.asking.premises import read_premise
from rag.claims.numerals import CARDINALS
from rag.facts.figures import Kind, figures
from rag.facts.senses import COUNTED, MATTER, PERSON, asked_keys, sense_spans, senses
from rag.words import names, stem

_HOW_MANY = re.compile(
    r"\bhow many(?: (?:more|other|of the|of its|of their|of them))? ?(?P<noun>(?:[\w’'-]+ ?){0,4})", re.IGNORECASE
)
_NUMBER_OF = re.compile(
    r"\b(?:number|count|total|figure)s? (?:of|for) (?:the )?(?P<noun>(?:[\w’'-]+ ?){1,4})", re.IGNORECASE
)
_NOUN_ENDS = re.compile(
    r"\b(?:are|were|is|was|be|been|have|has|had|did|do|does|can|could|will|would|of|in|on|at|with|by|who|that|which"
    r"|feel|felt|fell|lie|stay|stayed|remain|remained|live|need|needed|want|wanted|get|got|go|went|gone|say|know"
    r"|without"
    r"|now|still|so|far|yet|there|from|to|as|for|around|near|across|throughout|inside|outside|the|a|an|came|come|took|take|changed?|change|over|through|during)\b.*",
    re.IGNORECASE,
)
_WORDED: tuple[tuple[str, tuple[Kind, ...]], ...] = (
        (r"\bhow many (?:more )?(?:square )?(?:hectares|acres|(?:kilo|centi|milli)?met(?:re|er)s|km|miles|feet|inches"
         r"|yards|tonnes?|tons|kilos|kilograms|litres|liters|degrees|knots)\b", ("measure",)),
        (r"\bhow many\b|\b(?:death|casualty|injury|body) (?:toll|count)s?\b|\btolls?\b|\bfatalities\b|\bnumbers?\b"
         r"|\bfigures?\b|\btotals?\b"
         r"|\bthe count\b|\bturnout\b|\bhead ?count\b", ("count", "ordinal")),
        (r"\btally\b", ("count", "ordinal", "percent")),
        (r"\bhow (?:likely|probable|certain|complete|full|well|good)\b", ("percent", "share")),
        (r"\b(?:score|scoreline|result)\b", ("score",)),
        (r"\b(?:share|proportion|percentage|per cent|percent|odds|chance|chances|probability|likelihood)\b",
         ("percent", "share")),
        (r"\b(?:inflation|containment|contained|swing|interest rates?|jobless rate|(?:un)?employment rate)\b",
         ("percent", "share")),
        (r"\b(?:pay (?:offers?|rise|deal)|offers?|rise|increase|rates?)\b",
         ("percent", "money", "share")),
        (r"\bhow (?:much|expensive|costly|dear)\b|\b(?:price|prices|cost|costs|worth|value|damage|bill|fine|fee|bid"
         r"|bids)\b", ("money", "percent")),
        (r"\bhow (?:high|tall|deep|far|long|fast|hard|strong(?:ly)?|wide|heavy|hot|cold|close)\b"
         r"|\b(?:level|height"
         r"|depth|distance"
         r"|speed|magnitude|temperature|gusts?|orbit|area|length|weight|strength)\b", ("measure",)),
        (r"\bhow old\b|\bages?\b", ("age",)),
        (r"\b(?:what|which) (?:time|date|day)\b|\bwhen\b|\b(?:start|launch|kick[- ]?off|departure|arrival|finish"
         r"|lift-?off"
         r"|reopening|peak|planned \w+|new|expected|scheduled|due) times?\b|\btimes?\b.{0,30}\b(?:scheduled|planned|due"
         r"|announced|expected)\b|\buntil when\b|\bhow late\b", ("clock", "date")),
)  # fmt: skip
# Words that tell no kind by themselves ("how big is the crowd?"): taken where the question has no others.
_SIZE = re.compile(r"\bhow (?:big|large|great)\b|\bsize\b", re.IGNORECASE)
_SIZED: tuple[Kind, ...] = ("money", "measure", "percent")
_KINDS = tuple((re.compile(pattern, re.IGNORECASE), kinds) for pattern, kinds in _WORDED)
_OF_GIVEN = re.compile(r"^(?:and |so |but )?(?:out )?of the .*\bhow (?:many|much)\b", re.IGNORECASE)
NUMERALS = frozenset(map(stem, CARDINALS))
_BEFALLEN = re.compile(
    r"(?:ed|wn|ilt|urnt|ost|old|ught)$|^(?:left|taken|stolen|broken|let|cut|put|hit|held|sunk)$", re.IGNORECASE
)
# Who, where and why want no figure, whatever else is named ("who set the price?").
_NO_FIGURE = re.compile(r"^(?:and |so |but )?(?:who|whose|whom|where|why)\b", re.IGNORECASE)
FIGURES: tuple[Kind, ...] = ("count", "ordinal", "measure", "money", "percent", "share", "score")
_OPEN = re.compile(
    r"\b(?:will|is|are|has|have|now|due|expected|scheduled|planned|currently|still|latest|so far|new|going to"
    r"|supposed|meant|set"
    r"|'s)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:when|(?:what|which) (?:time|date|day|hour)|how long ago)\b(?:(?!\b(?:will|due|expected|scheduled|planned"
    r"|meant|supposed"
    r"|set|is|are|does|do|aim|aiming|hoped?|should|would|going|intended|timetabled)\b).)*\b(?:did|was|were|has|had|have)\b(?!.*\b(?:due|expected|scheduled"
    r"|planned|meant"
    r"|supposed|set to|hoped?|going to|aiming|intended|timetabled)\b)",
    re.IGNORECASE,
)
_PLANNED_TIME = re.compile(
    r"\b(?:when|(?:what|which) (?:time|day|date))\b.*\b(?:should|supposed|meant|due|planned|scheduled)\b"
    r"|\b(?:expected|forecast|predicted|planned|scheduled|estimated) (?:time|hour|day|date|start|finish|end)\b",
    re.IGNORECASE,
)
_WHEN_FIRST = re.compile(
    r"(?:and |so |but )?(?:(?:at|on) )?(?:when\b|(?:what|which) (?:time|hour|day|date)\b|how long ago\b)", re.IGNORECASE
)
_BARE = frozenset(
    "how many much number count total figur toll death lat latest current now far updat know report rise chang time day"
    " what when which old age price cost offer level score long high standing"
    " been stand still saying say numb came come many suffer reported far exact trac track"
    " list tell giv show order announc through history shar proport percentag odd chanc first meant run initial"
    " original plan suppos expect due schedul develop evolv unfold progress fluctuat hold"
    " earli previous befor per cent percent big larg great size present"
    .split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demand:
    """`noun` holds the stems (or "~sense") of what is counted, empty where people or nothing is named.

    `senses` are the counted senses, `keys` what the subject can be matched by, `named` the stems of its names.
    `given` holds the values of the question's own figures; `open` says that the question is about a state or a
    plan, not about something past and done, `anew` that it asks for the number of something told in other words.
    """

    kinds: tuple[Kind, ...]
    noun: tuple[str, ...]
    senses: frozenset[str]
    keys: tuple[str, ...]
    named: tuple[str, ...]
    given: frozenset[str]
    open: bool
    anew: bool = False

    @property
    def counts(self) -> bool:
        """Whether something is counted that can be known by its own words: people in a state, things by their noun."""
        return "ordinal" in self.kinds and bool(self.senses or self.noun)


def asks_when(question: str) -> bool:
    """Whether a question asks when something has happened, rather than when it will."""
    return bool(_PAST.search(question))


def starts_from_given(question: str) -> bool:
    """Whether a question asks for a part of a number that it gives ("Of the 220 homes, how many are dry?")."""
    return bool(_OF_GIVEN.match(question))


def part_keys(question: str) -> frozenset[str]:
    """What the part asked for can be matched by, where a question starts from a number that it gives; else empty."""
    if not starts_from_given(question):
        return frozenset()
    rest = re.split(r"\bhow (?:many|much)\b", question, flags=re.IGNORECASE)[-1]
    return frozenset(k for k in asked_keys(rest) if k not in _BARE and not k[0].isdigit())


def wants_past_time(question: str) -> bool:
    """Whether that is all it asks: "where was she when it happened?" is not."""
    return asks_when(question) and bool(_WHEN_FIRST.match(question))


def wants_planned_time(question: str) -> bool:
    """Whether it asks for the time that something was planned or expected for, whenever it came."""
    return bool(_PLANNED_TIME.search(question))


@lru_cache(maxsize=256)
def read_demand(question: str, *, any_figure: bool = False) -> Demand | None:
    """The figure that the question wants, None where it wants none; `any_figure` takes one of whatever kind."""
    if _NO_FIGURE.match(question) and not any_figure:
        return None
    kinds = tuple(dict.fromkeys(k for pattern, found in _KINDS if pattern.search(question) for k in found))
    if not kinds and _SIZE.search(question):
        kinds = ("count", "ordinal") if "turnout" in senses(question) else _SIZED
    if not kinds:
        kinds = _supposed(question) or (FIGURES if any_figure else ())
    if not kinds:
        return None
    noun = _noun(question) if "ordinal" in kinds else ()
    if noun != ("~child",) and "ordinal" in kinds and "child" in senses(question):
        noun = ("~child",)
    counted = _counted(question)
    used = {f"~{name}" for name in counted} | set(noun)
    if len(counted) > 1:
        counted = counted - {"turnout"}  # "demonstrators arrested": the arrests are counted
    if {"turnout", "votes"} & counted and "count" in kinds:
        kinds = (*kinds, "percent")
    named = tuple(dict.fromkeys(stem(n) for n in names(question) if not n[0].isdigit()))
    anew = bool(re.search(r"\b(?:number|figure|total|count|toll)\b", question, re.IGNORECASE))
    given = frozenset(f.value for f in figures(question) if f.kind != "ordinal")
    keys = tuple(k for k in asked_keys(question) if k not in used | _BARE | PERSON | NUMERALS and not k[0].isdigit())
    return Demand(kinds, noun, counted, keys, named, given, bool(_OPEN.search(question)), anew)


def _counted(question: str) -> frozenset[str]:
    """The counted senses of a question, but for those whose wording is within another's: "went to vote" is turnout."""
    spans = [s for s in sense_spans(question) if s[0] in COUNTED]
    return frozenset(n for n, a, b in spans if not any(x <= a and b <= y and (x, y) != (a, b) for _, x, y in spans))


def _supposed(question: str) -> tuple[Kind, ...]:
    """Kinds of the figure that a question supposes before it asks what stands ("Eight were hurt. Is that right?")."""
    premise = read_premise(question)
    if premise is None or not premise.standing:
        return ()
    told = [f.kind for f in figures(premise.told) if not f.old]
    return tuple(dict.fromkeys((*told, *(("ordinal",) if "count" in told else ()))))


def _noun(question: str) -> tuple[str, ...]:
    match = _HOW_MANY.search(question) or _NUMBER_OF.search(question)
    if match is None:
        return ()
    phrase = match["noun"]
    counted = [a for name, a, _ in sense_spans(phrase) if name in COUNTED and a > 0]
    phrase = _NOUN_ENDS.sub("", phrase[: min(counted, default=len(phrase))]).strip(" ?.,")
    words = [w for w in re.findall(r"[\w’'-]+", phrase) if not w.isdigit() and w not in names(question)]
    at = match.start("noun")
    covers = [(name, a - at, b - at) for name, a, b in sense_spans(question)] + list(sense_spans(phrase))
    if not senses(phrase) & MATTER and any(name not in MATTER and a <= 0 and b >= len(phrase) for name, a, b in covers):
        return ()  # "names taken" counts what is booked, not names
    out: list[str] = []
    for word in words:
        matter = senses(word) & MATTER
        if out and _BEFALLEN.search(word):
            break  # "homes destroyed": what befell what is counted
        if senses(word) & COUNTED and not matter:
            continue
        out.append(f"~{min(matter)}" if matter else stem(word))
    return () if any(o in PERSON for o in out[-1:]) else tuple(out)
