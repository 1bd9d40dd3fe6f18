"""Words of questions and evidence: content words, names and numbers, and the kind of answer a question wants."""

from __future__ import annotations

import re
from typing import Literal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple("january february march april may june july august september october november december".split())
ANY_WEEKDAY, ANY_MONTH = (rf"(?:{'|'.join(named)})" for named in (WEEKDAYS, MONTHS))
Wanted = Literal["person", "number", "place", "time", "quote", "yes_no", "other"]

_STOP = frozenset(
    "a an and are as at be been being but by can could did do does doing for from had has have he her hers "
    "him his how i if in "
    "into is it its just me my no not of off on or our out over she should so some such than that the their "
    "them then there "
    "these they this those to too under until up us was we were what when where which while who whom whose "
    "why will with "
    "would you your about after again all also any because before between both during each few further more "
    "most other own "
    "same very s t don now say says said tell give get got many much page live blog coverage entry post "
    "posted according "
    "exactly one ones name named".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUFFIXES = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
    "e",
)
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "half dozens hundreds "
    "thousands first second third".split()
)
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))  # type: ignore[misc]
    for kind, pattern in (
        ("quote", r"\b(?:(?:direct )?quote|in (?:its|his|her|their) own words|exact words|word for word|what "
                  r"words?)\b"),
        ("number", r"\bhow (?:many|much|old|far|long|tall|high|deep|big|large|wide|fast|often|heavy|hot"
                   r"|cold)\b|\b(?:number|toll|"
                   r"cost|price|score|percentage|amount|distance|count|speed|age|total)\b"),
        ("time", r"\bwhen\b|\bwhat (?:time|date|day|year|month|calendar date)\b|\bwhich (?:day|date|year"
                 r"|month)\b"),
        ("place", r"\bwhere\b|\b(?:which|what) (?:city|town|village|country|countries|place|region|street"
                  r"|area|state|road|"
                  r"hospital|county|district|port|station|airport)\b"),
        ("person", r"\bwho(?:se|m)?\b|\bname of (?:the|a) (?:man|woman|person|driver|victim|suspect|pilot"
                   r"|captain|soldier|officer)\b"),
        ("yes_no", r"^(?:and |so |but )?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would"
                   r"|should)\b"),
    )
)  # fmt: skip


_PEOPLES = (
    "polish poland french france dutch netherlands danish denmark spanish spain swiss switzerland greek greece turkish"
    " turkey welsh wales scottish scotland irish ireland english england british britain swedish sweden finnish finland"
    " norwegian norway italian italy czech czechia chinese china japanese japan portuguese portugal hungarian hungary"
    " austrian austria belgian belgium egyptian egypt iraqi iraq iranian iran israeli israel syrian syria thai thailand"
    " vietnamese vietnam mexican mexico canadian canada american america brazilian brazil argentine argentina peruvian"
    " peru chilean chile colombian colombia cuban cuba nigerian nigeria kenyan kenya ghanaian ghana moroccan morocco"
    " tunisian tunisia libyan libya somali somalia sudanese sudan ethiopian ethiopia afghan afghanistan pakistani"
    " pakistan indian india indonesian indonesia malaysian malaysia korean korea taiwanese taiwan ukrainian ukraine"
    " russian russia belarusian belarus lithuanian lithuania latvian latvia estonian estonia georgian georgia armenian"
    " armenia serbian serbia croatian croatia bosnian bosnia albanian albania bulgarian bulgaria romanian romania"
    " moldovan moldova icelandic iceland lebanese lebanon jordanian jordan yemeni yemen german germany"
).split()


def stem(word: str) -> str:
    """A crude stem: enough to match "injured" with "injuries", never shown to anyone."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


# A people by its country and the other way round, each by its stem: "Polish" speaks of what "Poland" names.
_OF_NATION = {stem(a): stem(b) for a, b in zip(_PEOPLES[::2], _PEOPLES[1::2], strict=True)}
_OF_NATION |= {country: people for people, country in _OF_NATION.items()}


def other_form(word: str) -> str:
    """The stem of the country of a people, or of the people of a country; empty for any other word."""
    return _OF_NATION.get(stem(word), "")


def words(text: str) -> list[str]:
    """Words in order, as printed."""
    return _WORD.findall(text)


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, without repeats."""
    return list(dict.fromkeys(stem(w) for w in words(text) if w.lower() not in _STOP and len(w) > 1))


def stems(text: str) -> set[str]:
    """Stems of all words."""
    return {stem(w) for w in words(text)}


def names(text: str) -> list[str]:
    """Capitalised words that do not open the sentence, acronyms, and words with digits, in order."""
    return [match.group() for match in _named(text)]


def _named(text: str) -> list[re.Match[str]]:
    out = []
    for match in _WORD.finditer(text):
        word = match.group()
        opens = not text[: match.start()].strip(" \"'“‘¿¡") or text[: match.start()].rstrip()[-1:] in ".?!"
        if any(c.isdigit() for c in word) or (word[0].isupper() and (not opens or word.isupper() and len(word) > 1)):
            out.append(match)
    return out


def name_phrases(text: str) -> list[list[str]]:
    """Names as runs of neighbouring capitalised words, each word stemmed: "Morning Lass" is one name."""
    phrases: list[list[str]] = []
    end = -9
    for match in _named(text):
        if match.start() - end <= 1 and phrases:
            phrases[-1].append(stem(match.group()))
        else:
            phrases.append([stem(match.group())])
        end = match.end()
    return phrases


def has_number(text: str) -> bool:
    """Whether the text holds a number, in digits or words."""
    return any(c.isdigit() for c in text) or any(w.lower() in _NUMBER_WORDS for w in words(text))


def wanted(question: str) -> Wanted:
    """The kind of answer a question wants, from its words."""
    for kind, pattern in _WANTED:
        if pattern.search(question):
            return kind
    return "other"
