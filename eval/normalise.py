"""Words of an answer in one form, so that "Fourteen" and "the 14" compare equal, and 5.22pm and 17:22."""

from __future__ import annotations

import re
import unicodedata

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ARTICLES = {"a", "an", "the"}
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_MARK = re.compile(r"\[\d+\]")
_AMPM = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\b\.?")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\b")
_HOUR = re.compile(r"\b(?:12\s+)?(noon|midday|midnight)\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTHS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)")
_MONEY = re.compile(r"([£$€]\d[\d.,]*)\s?(m|mn|bn|k)\b")
_MONEY_SCALES = {"m": "million", "mn": "million", "bn": "billion", "k": "thousand"}
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
_TOKEN = re.compile(r"\d+:\d\d|\d+(?:\.\d+)?|[^\W\d_]+")


def tokens(text: str) -> tuple[str, ...]:
    """Words for comparison, in lower case and without punctuation and articles.

    As in the SQuAD script (Rajpurkar et al. 2016), and beyond it: citation marks and possessive s dropped,
    accents folded, number words as digits, clock times as HH:MM, "June 28th" as "28 june", "%" as "percent".
    """
    text = _MARK.sub(" ", text)
    text = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("‘", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _HOUR.sub(lambda m: "00:00" if m[1] == "midnight" else "12:00", text)
    text = _AMPM.sub(_as_clock, text)
    text = _CLOCK.sub(lambda m: f"{int(m[1]):02d}:{m[2]}", text)
    text = _MONEY.sub(lambda m: f"{m[1]} {_MONEY_SCALES[m[2]]}", text)
    text = _MONTH_FIRST.sub(r"\2 \1", text)
    text = _ORDINAL.sub(r"\1", text)
    text = _GROUPED.sub("", text)
    text = text.replace("%", " percent ").replace("per cent", "percent")
    text = re.sub(r"'s\b", "", text).replace("'", "")
    found = [t for t in _TOKEN.findall(text) if t not in _ARTICLES]
    return tuple(_digits(found))


def contained(short: str, long: str) -> bool:
    """Whether all words of `short` stand side by side in `long`, after normalisation (no words: no)."""
    needle, hay = tokens(short), tokens(long)
    if not needle:
        return False
    return any(hay[i : i + len(needle)] == needle for i in range(len(hay) - len(needle) + 1))


def _as_clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), match[2] or "00"
    if not 1 <= hour <= 12:
        return match[0]
    return f"{hour % 12 + (12 if match[3] == 'p' else 0):02d}:{minute}"


def _digits(words: list[str]) -> list[str]:
    """Replace each run of number words by its digits: two hundred and five -> 205."""
    out: list[str] = []
    i = 0
    while i < len(words):
        value, used = _number(words, i)
        out.append(str(value) if used else words[i])
        i += max(used, 1)
    return out


def _number(words: list[str], start: int) -> tuple[int, int]:
    """Value of the number words from `start`, and how many words it took (0 where there is none)."""
    if start + 1 < len(words) and words[start + 1] in _SCALES and re.fullmatch(r"[\d.]+", words[start]):
        return round(float(words[start]) * _SCALES[words[start + 1]]), 2
    total = group = used = i = 0
    last = ""  # kind of the word before: a unit may not follow a unit (nineteen sixty stays two numbers)
    while start + i < len(words):
        word = words[start + i]
        if word in _UNITS and last != "unit" and not (last == "ten" and _UNITS[word] > 9):
            group, last = group + _UNITS[word], "unit"
        elif word in _TENS and last in {"", "scale"}:
            group, last = group + _TENS[word], "ten"
        elif word == "hundred" and last in {"", "unit"}:
            group, last = max(group, 1) * 100, "scale"
        elif word in _SCALES and word != "hundred" and (group or not last):
            total, group, last = total + max(group, 1) * _SCALES[word], 0, "scale"
        elif word == "and" and last == "scale" and _continues(words, start + i + 1):
            i += 1
            continue
        else:
            break
        i += 1
        used = i
    return total + group, used


def _continues(words: list[str], i: int) -> bool:
    return i < len(words) and (words[i] in _UNITS or words[i] in _TENS)
