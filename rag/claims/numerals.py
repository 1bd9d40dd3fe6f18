"""Numbers as written in news text: digits, words, ordinals, fractions, magnitudes and their qualifiers."""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
CARDINALS = {word: n for n, word in enumerate(_ONES.split())}
CARDINALS |= {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
ORDINALS = {word: n for n, word in enumerate(_ORDINALS.split())}
ORDINALS |= {
    w: 10 * n
    for n, w in enumerate("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(), 2)
}
ORDINALS |= {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
SCALES = {
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
FRACTIONS = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "third": Fraction(1, 3),
    "fifth": Fraction(1, 5),
}
FRACTIONS |= {
    "tenth": Fraction(1, 10),
    "sixth": Fraction(1, 6),
    "eighth": Fraction(1, 8),
    "halves": Fraction(1, 2),
}
FRACTIONS |= {f"{word}s": value for word, value in list(FRACTIONS.items()) if not word.endswith("s")}
VAGUE = frozenset("dozens scores hundreds thousands millions billions trillions tens".split())
QUANTITIES = frozenset("several many few fewer most all both each every some any much more less couple pair".split())
CURRENCIES = {
    "$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "dollar": "dollar", "pound": "pound", "euro": "euro",
    "yen": "yen", "dollars": "dollar", "pounds": "pound", "euros": "euro", "usd": "dollar", "gbp": "pound",
    "eur": "euro", "pence": "pence", "p": "pence", "cents": "cent", "roubles": "rouble", "rubles": "rouble",
}  # fmt: skip

QUALIFIERS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(phrase.split()), label)
    for label, phrases in {
        "at least": "at least|no fewer than|no less than|not less than|a minimum of",
        "up to": "up to|at most|as many as|as much as|no more than|not more than|a maximum of",
        "more than": "more than|over|above|in excess of|upwards of|well over|just over",
        "less than": "less than|fewer than|under|below|just under",
        "about": "about|around|roughly|approximately|an estimated|estimated|some|approx|circa|close to",
        "nearly": "nearly|almost",
        "another": "another|a further|further|an additional|additional|an extra|extra",
        "only": "only|just|exactly",
        "between": "between",
        "every": "every|each",
        "by": "",
    }.items()
    for phrase in sorted(phrases.split("|"), key=len, reverse=True)
    if phrase
)
AFTER = (
    (("or", "more"), "at least"),
    (("or", "so"), "about"),
    (("or", "fewer"), "up to"),
    (("or", "less"), "up to"),
    (("at", "least"), "at least"),
    (("at", "most"), "up to"),
)
_DIGITS = re.compile(r"^([$£€¥]?)(\d[\d,]*(?:\.\d+)?)([a-z%°]*)$", re.IGNORECASE)


def from_digits(text: str) -> tuple[str, str, str] | None:
    """(value, sort, currency) of one digit token such as "£1.5m", "11th", "40%"; None where it is none."""
    found = _DIGITS.match(text)
    if not found:
        return None
    sign, digits, suffix = found[1], found[2].replace(",", ""), found[3].casefold()
    value = Fraction(digits)
    sort = "count"
    if suffix in ("st", "nd", "rd", "th"):
        sort = "ordinal"
    elif suffix == "%":
        sort = "percent"
    elif suffix in SCALES:
        value *= SCALES[suffix]
    elif suffix:
        return None
    return str(value), sort, CURRENCIES.get(sign, "")


def from_words(words: list[str], at: int) -> tuple[Fraction, str, int] | None:
    """(value, sort, words used) of the longest number in words starting there; None where there is none.

    `words` are in lower case, hyphens split. A digit token counts as a number that scales may follow.
    """
    start, total, group, used, sort, plain = at, Fraction(0), Fraction(0), 0, "count", False
    while at < len(words):
        word = words[at]
        if (
            word in CARDINALS
            and not (plain and group % 10 != 0 and group < 100)
            and not (plain and group % 100 >= 10 and CARDINALS[word] >= 10)
        ):
            group += CARDINALS[word]
            plain = True
        elif (
            word in SCALES
            and word not in ("k", "m", "mn", "bn", "tn")
            and (plain or (at > start and words[start] in "an"))
        ):
            scale = SCALES[word]
            group = (group or Fraction(1)) * scale
            if scale >= 1000:
                total, group, plain = total + group, Fraction(0), True
        elif (
            word in ("a", "an")
            and at == start
            and at + 1 < len(words)
            and words[at + 1] in SCALES
            and len(words[at + 1]) > 2
        ):
            pass
        elif word == "and" and used and at + 1 < len(words) and words[at - 1] in SCALES and words[at + 1] in CARDINALS:
            pass
        elif word in ORDINALS and used and plain and not (word in FRACTIONS and group in (1,)):
            return total + group + ORDINALS[word], "ordinal", at - start + 1
        elif word in FRACTIONS and used and plain:
            return (total + group) * FRACTIONS[word], "fraction", at - start + 1
        else:
            break
        at += 1
        used = at - start
    if used and (plain or total or group):
        return total + group, sort, used
    word = words[start] if start < len(words) else ""
    if word in ("a", "an", "one") and start + 1 < len(words) and words[start + 1] in FRACTIONS:
        return FRACTIONS[words[start + 1]], "fraction", 2
    if word in ("half", "halves", "quarters"):
        return FRACTIONS[word], "fraction", 1
    if word in ORDINALS:
        return Fraction(ORDINALS[word]), "ordinal", 1
    return None
