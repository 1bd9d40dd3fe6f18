"""What a question aims at, from its words: a fact, the latest, the minute of a post, an order, a digest."""

from __future__ import annotations

import re
from typing import Literal

from rag.asking.premises import read_premise
from rag.asking.sides import asks_sides
from rag.asking.unverified import asks_unverified

Aim = Literal[
    "any",
    "latest",
    "first",
    "posted",
    "order",
    "neighbour",
    "digest",
    "change",
    "news",
    "source",
    "posted that",
    "replaced",
    "sides",
    "unverified",
]

_POSTED = re.compile(
    r"\b(?:when|what time|at what time|which minute)\b.*\b(?:post(?:ed)?|publish(?:ed)?|report(?:ed)?"
    r"|go(?:es)? up|went up|"
    r"gone up|appear(?:ed)?|carr(?:y|ied)|mention(?:ed)?|on the page)\b|\bwhat time was (?:the|that) "
    r"\w*\s?(?:post|entry|update)\b",
    re.IGNORECASE,
)
# "When was the sum put at 5 million?": the moment of a telling, not of what is told.
_STATED_AT = re.compile(
    r"^(?:and |so |but )?(?:when|(?:at )?what time|which minute)\b.*\b(?:put at|given as|said to be|stated (?:as|to be)"
    r"|reported (?:as|to be)|quoted (?:as|at)|announced as|listed (?:as|at)|posted|published"
    r"|(?:it|this) (?:first )?(?:said|stated|claimed|reported|announced|written))\b",
    re.IGNORECASE,
)
_YOU_TOLD = re.compile(
    r"^(?:and |so |but )?(?:when|(?:at )?what time|which minute)\b.{0,12}\b(?:did|had|have|has) (?:you|we|the (?:page"
    r"|live ?blog|blog|coverage|feed|desk|site))\b|\bcome up on the (?:page|blog|live ?blog|feed)\b",
    re.IGNORECASE,
)
_PAGE_DID = re.compile(
    r"\b(?:page|live ?blog|blog|coverage|feed|site|desk|entry|post|update|story|line|remarks?|pictures?"
    r"|news|(?:did|have|had) (?:you|we)|(?:was|were) (?:it|this|that) (?:first )?(?:post|publish|report|announc)\w*"
    r"|first (?:report|announc|mention|post)\w*)\b",
    re.IGNORECASE,
)
_ENTRY_WORD = r"(?:posts?|entry|entries|updates?|items?)"
_OF_THE_PAGE = r"\b(?!\s+(?:on|about|regarding|from|by)\s+(?!the (?:page|live|blog|feed|coverage)))"
_NEWEST = re.compile(rf"\b(?:newest|latest|last|most recent)\s+{_ENTRY_WORD}{_OF_THE_PAGE}", re.IGNORECASE)
_OLDEST = re.compile(rf"\b(?:first|oldest|earliest|opening)\s+{_ENTRY_WORD}{_OF_THE_PAGE}", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    rf"\b(?:the|which|what) {_ENTRY_WORD}\b.{{0,40}}\b(?P<side>before|after|following"
    rf"|preceding)\b.{{0,20}}\b(?:that|this|it)\b"
    rf"|\b(?:the|which|what)\s+(?P<side2>next|previous|preceding|following)\s+{_ENTRY_WORD}\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:in (?:the )?(?:chronological |time )?order|put (?:these|them)|which (?:came|was (?:posted"
    r"|reported|published)) first|"
    r"chronological)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:latest|newest|now|currently|current|so far|at the moment|most recent|up to date|right now|still "
    r"on|yet|in the end|"
    r"eventually|(?:right|true) or (?:wrong|false|not)|did (?:that|it|they) (?:happen|hold|work|stick|come "
    r"true)|stick to|"
    r"was (?:that|it|this) (?:right|correct|kept|true|so)|(?:real|right|correct|corrected|final) (?:number"
    r"|figure|one|total|name)|"
    r"turn(?:ed)? out|what became of|put right|corrected?)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\bhow (?:has|have|had|did|does) .{1,80}\b(?:change[ds]?|develop(?:ed)?|evolve[ds]?|gr[oe]w|moved?(?! out)"
    r"|ris(?:e|en)|fall(?:en)?|progress(?:ed)?|shift(?:ed)?|increased?|decreased?|climb(?:ed)?|advanced?|add(?:ed)? up"
    r"|mount(?:ed)?|build up|built up|swell|swollen|unfold(?:ed)?|fluctuated?|go (?:up|down)|gone (?:up|down)"
    r"|drop(?:ped)?|worsen(?:ed)?|improved?|revised|altered?)\b"
    r"|^(?:please )?(?:trace|track)\b|\b(?:history of|list every|list (?:all )?the .{1,40}\b(?:offers"
    r"|figures|tolls|times|numbers|estimates|scores))\b"
    r"|\b(?:through(?:out)?|over|during) the (?:day|night|afternoon|morning|evening|match"
    r"|game)\b.*\b(?:figure|number|offer|toll|price|time)s?\b"
    r"|\b(?:one after another|successive(?:ly)?|(?:by|in|at) (?:what|which) (?:steps|stages)"
    r"|(?P<unit>count|figure|step|stage|hour|report|update|round|estimate) (?:after|by) (?P=unit))\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:initially|originally|at first|first (?:report|said|say|announce|mention|estimate|figure|word|gave"
    r"|put)|(?:original|initial)(?: [\w'’-]+){0,2} (?:times?|dates?|days?|plans?|prices?|offers?|tolls?|estimates?"
    r"|forecasts?|numbers?|figures?|values?|deadlines?|magnitudes?|counts?|totals?|tally|targets?|budgets?|costs?"
    r"|sizes?|readings?|slots?|schedules?|reports?|bids?|asking price)\b)",
    re.IGNORECASE,
)
_DIGEST = re.compile(
    r"\b(?:developments|(?:main |key |big )?events) (?:in|at|on|around|between|from|of)\b|"
    r"\b(?:what(?:'s| is| has| did| was|’s)?\s+(?:has\s+)?(?:been\s+)?(?:happen(?:ed|ing|s)?|new|going on"
    r"|went on|took place|taken place|occurred|changed)|sum(?:marise|marize| up)|"
    r"summary|round[- ]?up|key (?:points|developments|moments)|timeline|run me through|talk me through|recap"
    r"|catch me up|"
    r"what (?:did|have|has) .{0,60}\b(?:say|said|do|done|announce[d]?|claim(?:ed)?)\b)",
    re.IGNORECASE,
)


_WHOLE = re.compile(
    r"\b(?:what(?:'s|’s| is| has| have) (?:been )?(?:happen(?:ed|ing)(?! to\b)|new|going on)|sum(?:marise|marize| up)"
    r"|round[- ]?up|recap|"
    r"timeline|catch me up|key (?:points|developments|moments)|(?:run|talk) me through)\b",
    re.IGNORECASE,
)


_NEWS_OF = re.compile(
    r"^(?:what(?:['’]s| is) new|(?:any |the )?(?:latest|newest|news|update|updates|most recent)"
    r"(?: (?:news|word|updates?|developments?))?) (?:on|about|from|of|with|for|regarding) (?P<topic>.+?)[?. ]*$",
    re.IGNORECASE,
)


_SOURCE = re.compile(
    r"^(?:and |but |so )?(?:(?:who|which \w+)(?: (?:has|have|was it|is it)(?: who| that)?)? (?:said|says|saying"
    r"|reported"
    r"|reports|announced|gave|gives|confirmed|confirms|claimed|claims|told)(?: (?:so|that|this|it|us|you|(?:that"
    r"|the|this)"
    r" (?:figure|number|news|toll)))*|according to whom?|says who|whose (?:figure|number|count|claim|words)"
    r"(?: (?:is|was) (?:that|this|it))?|(?:who|what) (?:is|was|are) (?:the|that|its|their) source"
    r"|where (?:does|did|is) (?:that|this|it)(?: (?:figure|number|news))? (?:come|from|come from))\s*\??$",
    re.IGNORECASE,
)
_POSTED_THAT = re.compile(
    r"^(?:and |but |so )?(?:when|(?:at )?what time|which minute)\b.{0,12}\b(?:that|this|it)\b.{0,12}\b(?:posted"
    r"|published"
    r"|reported|announced|said|go up|went up|appear|on the page)\b[^,]{0,20}$",
    re.IGNORECASE,
)


_REPLACED = re.compile(
    r"^(?:and |so |but )?(?:what|which|how (?:many|much)|who|where|when)\b(?:.*\b(?:wrong|incorrect|mistaken|false"
    r"|faulty|inaccurate|erroneous)\b(?!\?* or).*|.*\b(?:withdrawn|taken back|retracted|revised away|mistakenly"
    r"|wrongly|in error|by mistake|erroneously|corrected)\b.*"
    r"|.*\b(?:was|were|got|had to be) (?:later |since |then )?(?:revised|amended|changed|put right|set right)\W*)$",
    re.IGNORECASE,
)
# "Was the first word on the bridge right?" asks what stands, and whether it differs.
_FIRST_RIGHT = re.compile(
    r"\b(?:first|initial|early|earliest|original|earlier|opening)\b.*\b(?:right|correct|true|accurate|wrong|mistaken"
    r"|hold|stand|borne out|confirmed|reliable|proved?)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^(?:and |so |but )?(?:is|are|was|were|did|does|do|has|have|had)\b", re.IGNORECASE)


def news_topic(text: str) -> str | None:
    """What the latest is asked on ("latest on the rail talks?"), None where something in particular is asked."""
    match = _NEWS_OF.match(text.strip())
    return match["topic"] if match else None


def is_digest(text: str) -> bool:
    """Whether the words ask what happened or was said, rather than for one fact."""
    return bool(_DIGEST.search(text))


def asks_if_right(text: str) -> bool:
    """Whether the question asks if what was told first is right."""
    return bool(_FIRST_RIGHT.search(text) and _YES_NO.search(text))


def read_aim(text: str, windowed: bool) -> tuple[Aim, int]:
    """The aim of a question, and its side: 1 or -1 where it asks for a page's end or an entry's neighbour.

    `windowed` says that the question speaks of a stretch of time, which makes "what did she say" a digest.
    """
    neighbour = _NEIGHBOUR.search(text)
    if neighbour:
        side = (neighbour["side"] or neighbour["side2"]).lower()
        return "neighbour", -1 if side in {"before", "preceding", "previous"} else 1
    if _SOURCE.search(text):
        return "source", 0
    if asks_unverified(text):
        return "unverified", 0
    if asks_sides(text):
        return "sides", 0
    if _POSTED_THAT.search(text):
        return "posted that", 0
    if _CHANGE.search(text):
        return "change", 0
    if _ORDER.search(text):
        return "order", 0
    if _NEWEST.search(text):
        return "latest", 1
    if _OLDEST.search(text):
        return "first", 1
    if (_POSTED.search(text) and _PAGE_DID.search(text)) or _YOU_TOLD.search(text) or _STATED_AT.search(text):
        return "posted", 0
    if news_topic(text) and not windowed:
        return "news", 0
    if _DIGEST.search(text) and (windowed or _WHOLE.search(text)):
        return "digest", 0
    if _REPLACED.search(text):
        return "replaced", 0
    premise = read_premise(text)
    if _LATEST.search(text) or (premise is not None and premise.standing):
        return "latest", 0
    if asks_if_right(text):
        return "latest", 0
    return ("first", 0) if _FIRST.search(text) else ("any", 0)
