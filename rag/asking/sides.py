"""Questions for a figure as several sources give it: "by each estimate", "according to the union and to police"."""

from __future__ import annotations

import re

_GIVEN_BY = r"(?:according to|by|on|from|per|in|as)"
_SIDE = (
    r"(?:sides?|sources?|estimates?|counts?|part(?:y|ies)|accounts?|versions?|figures?|tall(?:y|ies)|officials"
    r"|reckonings?|camps?)"
)
_EACH = re.compile(
    rf",?\s*\b{_GIVEN_BY} (?:the )?(?:each|both|either|every|all|two|different|various|opposing|rival) (?:of the )?"
    rf"(?:{_SIDE}|(?<=according to each )\w+|(?<=according to both )\w+)\b"
    r"(?:['’]s?)?(?: (?:accounts?|counts?|estimates?|figures?|versions?|reckonings?))?",
    re.IGNORECASE,
)
# "How big was the march: both figures?", "Which rival estimates are there of ...?"
_ALL_OF_THEM = re.compile(
    r"\s*[,:;–-]\s*(?:give (?:me |us )?)?(?:both|the two)(?: the)? (?:figures|counts|estimates|tallies|totals)"
    r"(?=\W*$)"
    r"|\b(?:rival|competing|conflicting|contradictory|differing|diverging|opposing) "
    r"(?=(?:figures|counts|estimates|tallies|totals|numbers)\b)",
    re.IGNORECASE,
)
_NAME = r"(?:the |an? )?[\w’'-]+(?: [\w’'-]+){0,2}?"
_NAMED = re.compile(
    rf"^(?P<asked>.{{10,}}?),? (?P<by>according to|by|in the (?:view|eyes|opinion|estimation) of) (?P<a>{_NAME}) and "
    rf"(?:to |by |of )?(?P<b>{_NAME})\s*\?*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhow (?:many|much|\w+)\b|\bwhat\b.*\b(?:number|figure|turnout|size|toll|cost|damage)\b", re.IGNORECASE
)


def asks_sides(text: str) -> bool:
    """Whether a question asks for what each source gives, without naming them."""
    return bool(_EACH.search(text) or _ALL_OF_THEM.search(text))


def without_sides(text: str) -> str:
    """The question without the words that ask for each source's answer."""
    return " ".join(_ALL_OF_THEM.sub("", _EACH.sub("", text)).split())


def named_sides(text: str) -> tuple[str, ...]:
    """The question put for each of the two sources that it names; empty where it names none."""
    match = _NAMED.match(text.strip())
    if match is None or not _COUNTS.search(match["asked"]):
        return ()
    if match["by"].lower() == "by" and not (match["a"] + match["b"]).count("the ") == 2:
        return ()  # "by Smith and Jones" may be those who did it
    return tuple(f"{match['asked']}, according to {name}?" for name in (match["a"], match["b"]))
