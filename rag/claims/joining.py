"""Words that make one number or one date -> one token."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from rag.claims.numerals import AFTER, CURRENCIES, QUALIFIERS, QUANTITIES, SCALES, VAGUE, from_words
from rag.claims.tokens import Token

MONTHS = {
    name: n
    for n, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sep sept|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_DAY_FORMS = "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|saturday sat|sunday sun"
WEEKDAYS = {name: names.split()[0] for names in _DAY_FORMS.split("|") for name in names.split()}


def join_numbers(tokens: list[Token]) -> list[Token]:
    """Tokens with each number as one, its unit of money, per cent and qualifier ("more than") taken in."""
    out: list[Token] = []
    at = 0
    words = [t.text.casefold() if t.sort in ("word", "function") else "" for t in tokens]
    while at < len(tokens):
        number, used = _number_at(tokens, words, at)
        if number is None:
            out.append(tokens[at])
            at += 1
            continue
        nxt = at + used
        if nxt < len(words) and words[nxt] in CURRENCIES and not number.currency and "ordinal" not in number.key:
            number = replace(number, currency=CURRENCIES[words[nxt]], end=tokens[nxt].end)
            nxt += 1
        elif words[nxt : nxt + 2] == ["per", "cent"]:
            number = replace(number, key=number.key.split()[0] + " percent", end=tokens[nxt + 1].end)
            nxt += 2
        elif nxt < len(words) and words[nxt] in ("percent", "pc"):
            number = replace(number, key=number.key.split()[0] + " percent", end=tokens[nxt].end)
            nxt += 1
        number = _qualify(out, number)
        for phrase, label in AFTER:
            if tuple(words[nxt : nxt + 2]) == phrase:
                number, nxt = replace(number, qualifier=label), nxt + 2
        if out and out[-1].text == "-" and len(out) > 1 and out[-2].sort == "number":
            out[-1] = replace(out[-1], sort="function", key="to")  # "20-30" reads "20 to 30"
        out.append(number)
        at = nxt
    return out


def _number_at(tokens: list[Token], words: list[str], at: int) -> tuple[Token | None, int]:
    token = tokens[at]
    if token.sort == "number":
        scale = SCALES.get(words[at + 1]) if at + 1 < len(words) else None
        if scale and not token.key.endswith("ordinal"):
            value = Fraction(token.key.split()[0]) * scale
            return replace(token, key=f"{value} count", end=tokens[at + 1].end), 2
        if (
            [t.text for t in tokens[at + 1 : at + 2]] == ["/"]
            and tokens[at + 2 : at + 3]
            and tokens[at + 2].sort == "number"
        ):
            return replace(token, key=f"{token.key.split()[0]}/{tokens[at + 2].key}", end=tokens[at + 2].end), 3
        return token, 1
    if not words[at]:
        return None, 0
    if words[at] in VAGUE or words[at] in QUANTITIES:
        return replace(token, sort="number", key=f"{words[at]} some"), 1
    # Hyphens inside a number word ("twenty-five", "two-thirds") are stepped over.
    reach = [k for k in range(at, min(at + 14, len(tokens))) if tokens[k].text != "-" or k == at]
    run: list[str] = []
    for k in reach:
        if not words[k]:
            break
        run.append(words[k])
    read = from_words(run, 0)
    if read is None or (run[0] == "no" and len(run) == 1):
        return None, 0
    value, sort, count = read
    last = reach[count - 1]
    if words[at] == "second" and sort == "ordinal" and at and tokens[at - 1].sort == "number":
        return None, 0
    return replace(token, sort="number", key=f"{value} {sort}", end=tokens[last].end), last - at + 1


def _qualify(out: list[Token], number: Token) -> Token:
    keys = [t.text.casefold() if t.sort in ("word", "function", "number") else "" for t in out]
    for phrase, label in QUALIFIERS:
        if tuple(keys[-len(phrase) :]) == phrase:
            del out[-len(phrase) :]
            return replace(number, qualifier=label)
    return number


def join_dates(tokens: list[Token]) -> list[Token]:
    """Tokens with each date as one, keyed day/month/year; weekdays are dates by themselves."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        low = token.text.casefold()
        if low in WEEKDAYS and token.text[:1].isupper() and token.sort == "word":
            out.append(replace(token, sort="date", key=WEEKDAYS[low]))
            at += 1
            continue
        if low in MONTHS and token.text[:1].isupper() and token.sort == "word":
            day, month, year, used, nxt = "", MONTHS[low], "", 0, at + 1
            prior = [t for t in out[-2:] if t.key != "of"]
            if prior and _day(prior[-1]):
                day = _day(prior[-1])
                used = 2 if out[-1].key == "of" else 1
            elif nxt < len(tokens) and _day(tokens[nxt]):
                day, nxt = _day(tokens[nxt]), nxt + 1
            skip = 1 if nxt < len(tokens) and tokens[nxt].text == "," and day else 0
            if nxt + skip < len(tokens) and re.fullmatch(r"(1[89]|20)\d\d", tokens[nxt + skip].text):
                year, nxt = tokens[nxt + skip].text, nxt + skip + 1
            before = out[-1 - used].key if len(out) > used else ""
            if day or year or before in ("in", "since", "until", "last", "next", "this", "by", "early", "late", "mid"):
                start = out[-used].start if used else token.start
                del out[len(out) - used :]
                out.append(Token("date", f"{day}/{month}/{year}", token.text, start, tokens[nxt - 1].end))
                at = nxt
                continue
        out.append(token)
        at += 1
    return out


def _day(token: Token) -> str:
    value = token.key.split()[0] if token.sort == "number" and not token.qualifier else ""
    return value if value.isdigit() and 1 <= int(value) <= 31 and "percent" not in token.key else ""
