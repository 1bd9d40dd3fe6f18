"""Lines that only announce the live coverage below them, or send their reader there."""

from __future__ import annotations

import re

_LIVE = re.compile(
    r"\bminut[oe] (?:a|par) minut[oe]\b|\ben (?:vivo|directo|direct)\b|\b(?:live|news)?-?ticker\b|\blive[ -]?blog\b|"
    r"\blive (?:updates|coverage)\b|\bminute[ -]by[ -]minute\b",
    re.IGNORECASE,
)
# "All the flood news and more . . .", "All the results, read them in the live blog.", "This is where we post them live"
_READ_LIVE = re.compile(
    r"^(?:all|toute?s?|alle|tod[oa]s?) (?:the |les? |la |l['’]|die |das |l[oa]s? )?[^.!?…]*\b(?:news|latest|action|"
    r"reaction|updates|gossip|actu(?:alité)?s?|nouvelles|infos|nachrichten|meldungen|reaktionen|noticias|novedades|"
    r"última hora)\b[^.!?…]*(?:…|(?:\s?\.){3})$|"
    r"^(?:this|here) is where (?:we|our \w+)\b[^.!?]*\b(?:live|updat\w+)\b[^.!?]*[.!:]?$|"
    r"\b(?:(?:lesen|verfolgen|sehen|finden) sie (?:alles |hier )?(?:im|in unserem)|lesen sie mehr im|"
    r"(?:read|follow) (?:them|it|more|here|all)? ?(?:in|on) (?:the|our)|(?:à )?suivre (?:dans|sur) notre|"
    r"(?:sigue|siga|lee|lea) (?:aquí )?(?:en )?(?:el|nuestro)) "
    r"(?:(?:live|news)?[ -]?(?:ticker|blog)|direct|directo|minuto a minuto)\.?$",
    re.IGNORECASE,
)
# "Scroll down and read our live blog as it happens.", "Follow the latest updates on the flood below"
_WORDS = r"(?:[^.!?]|\bvs\.|\.(?=\w))*"  # of one sentence
_TELLER = r"(?:(?:the|die|der|das|la|le|el) )?(?:[\w.'’-]+ ){0,2}[\w.'’-]+"  # who tells
_CALL = re.compile(
    rf"^(?:(?:scroll down|follow|read|see|watch|catch|get)\b{_WORDS}"
    r"\b(?:below|live[ -]?blog|live (?:updates|coverage)|as it happens)|"
    rf"(?:siga|sigue|sigan|conoce|conozca|revisa|revise|vive|viva|lee|lea)\b{_WORDS}\bminuto a minuto|"
    rf"(?:suivez|retrouvez|revivez|vivez)\b{_WORDS}\b(?:ci-dessous|minute par minute)|"
    rf"(?:verfolgen|lesen|sehen|finden) sie\b{_WORDS}\b(?:live|news)?-?(?:ticker|blog)|"
    r"follow (?:it |us |along )?live|"
    r"we(?:['’]ll| will| are|['’]re) (?:be )?(?:providing|bringing(?: you)?|posting) (?:\w+ )?(?:live )?updates|"
    rf"{_TELLER} will (?:bring|keep|have|carry)\b{_WORDS}\b(?:latest|live|rolling) (?:updates|news|coverage|reports)|"
    rf"stay with us\b{_WORDS}\b(?:live (?:coverage|updates|commentary)|(?:live|rolling)[ -]?blog)|"
    rf"{_TELLER} (?:(?:is|are) (?:posting|publishing|updating)\b{_WORDS}\bas (?:it happens|they happen|(?:new )?"
    rf"(?:details|information|developments) becomes? available)|(?:veröffentlicht|aktualisiert)\b{_WORDS}\b"
    rf"hier laufend|(?:publie|actualise)\b{_WORDS}\bau fur et à mesure|(?:publica|actualiza)\b{_WORDS}\ba medida que "
    r"(?:se conocen|ocurren|llegan)))\b"
    rf"{_WORDS}[.!:]?$",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"(?:follow|stay tuned|read on)\b[^.!?]*\b(?:latest|live|updates?|news)\b|"
    r"(?:suivez|retrouvez)\b[^.!?]*\b(?:dernières|direct|live|infos?)\b|"
    r"(?:siga|sigue|sigan)\b[^.!?]*\b(?:últimas|directo|vivo|noticias)\b|"
    r"(?:verfolgen|folgen) sie\b[^.!?]*\b(?:neuesten|aktuellen|live|nachrichten)\b",
    re.IGNORECASE,
)
# "Before that, here are some articles with advice", "Flood live blog, July 9"
_LEADS_ELSEWHERE = re.compile(
    r"^[^.!?]{0,40}\b(?:here are (?:some|more|our|other) (?:articles|stories|reports|links)|"
    r"voici (?:quelques|nos|d['’]autres) articles|hier (?:finden sie|sind) (?:einige|weitere) (?:artikel|berichte)|"
    r"aquí (?:tienes?|están|hay) (?:algunos|más|otros) artículos)\b[^.!?]*[.:]?$|"
    r"^(?:[^\W\d][\w'’-]* ){0,6}(?:live[ -]?(?:blog|ticker)|minuto a minuto|en (?:direct|directo|vivo)),? "
    r"(?:du |del |vom |of )?(?:[A-ZÀ-Þ][a-zà-ÿ]+ \d{1,2}|\d{1,2}\.?(?: de)? [^\W\d]{3,10})(?:,? (?:19|20)\d\d)?$",
    re.IGNORECASE,
)
# "Welcome to the live commentary of the final."; a copy may set its first letter apart
_GREETING = re.compile(
    # with a clause that tells something it is no mere welcome
    rf"w ?elcome to (?:the|our) live (?:commentary|coverage|blog|updates)\b"
    rf"(?!{_WORDS}, (?:where|which|who|after)\b){_WORDS}[.!:]?|"
    rf"(?:herzlich )?willkommen (?:zum|im|beim) (?:live|news)?-?(?:ticker|blog)\b{_WORDS}[.!:]?|"
    rf"bienvenue (?:dans|sur) (?:ce|notre) (?:direct|live)\b{_WORDS}[.!:]?|"
    rf"bienvenid[oa]s al? (?:minuto a minuto|directo|seguimiento en (?:vivo|directo))\b{_WORDS}[.!:]?",
    re.IGNORECASE,
)
# "QUAY - This is our live blog of the count."
_PRESENTS = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30} [–—-] )?"
    r"(?i:(?:this|here) is (?:the|our) live (?:commentary|coverage|blog|updates)|"
    r"(?:dies|das|hier) ist (?:der|das|unser) (?:live|news)-?(?:ticker|blog)|voici (?:le|notre) (?:direct|live)|"
    r"(?:este|aquí) es(?:tá)? (?:el|nuestro) (?:minuto a minuto|directo|seguimiento en (?:vivo|directo)))\b"
    rf"{_WORDS}[.!:]?|"
    # "This is a developing story. Please check back for updates."
    rf"(?i:this is a (?:live blog|live page|(?:developing|breaking) (?:news )?story))\b{_WORDS}[.!]?"
    rf"(?: (?i:(?:please )?(?:check|come) back|(?:please )?refresh|stay tuned|more to)\b{_WORDS}[.!]?)?"
)
_STOP = re.compile(r"[.!?]$")
_LONGEST, _LONGEST_LED, _LONGEST_CALL = 80, 160, 10  # characters, and words


def is_announcement(text: str) -> bool:
    """Whether the line only leads to the live coverage below it: "Follow our live coverage here:"."""
    return len(text) <= _LONGEST and text.endswith(":") and bool(_LIVE.search(text))


def reads_on_live(text: str) -> bool:
    """Whether a sentence only announces the live coverage or ends by sending its reader there."""
    return len(text) <= _LONGEST_LED and bool(_READ_LIVE.search(text))


def calls_on(text: str) -> bool:
    """Whether the sentence calls on its reader to follow what is new: "Follow for the latest news and updates"."""
    return len(text) <= _LONGEST and bool(_FOLLOW.match(text) or calls_to_live(text))


def calls_to_live(text: str) -> bool:
    """Whether the line is nothing but a call to follow what stands below it, its name and date, or leads elsewhere."""
    bare = text.strip("* ") if len(text) <= _LONGEST_LED else ""
    return bool(_CALL.match(bare) or _LEADS_ELSEWHERE.match(bare))


def greets(text: str) -> bool:
    """Whether the line only welcomes its reader to the live coverage."""
    return len(text) <= _LONGEST_LED and _GREETING.fullmatch(text.strip("* ")) is not None


def presents_live(text: str) -> bool:
    """Whether the line only says, be it after its place, that what stands below is the live coverage of something."""
    return len(text) <= _LONGEST_LED and _PRESENTS.fullmatch(text) is not None


def calls_live(text: str) -> bool:
    """Whether a headline names its live coverage and, after a colon, calls on its reader: "... live: Read on here."."""
    name, colon, rest = text.partition(":") if len(text) <= _LONGEST_LED else ("", "", "")
    called = colon and rest.startswith(" ") and len(rest.split()) <= _LONGEST_CALL and not _STOP.search(rest[:-1])
    return bool(called and rest.endswith((".", "!")) and len(name.split()) <= _LONGEST_CALL and _LIVE.search(name))
