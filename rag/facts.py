"""Text -> tokens that claims can be compared by: words, numbers, dates, clock times, names, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from rag.numerals import AFTER, CURRENCIES, QUALIFIERS, QUANTITIES, SCALES, VAGUE, from_digits, from_words
from rag.wording import FUNCTION, fold

Sort = Literal["word", "function", "number", "date", "time", "name", "quotation", "stop"]

MONTHS = {
    name: n
    for n, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sep sept|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_DAY_FORMS = (
    "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|saturday sat|sunday sun"
)
WEEKDAYS = {name: names.split()[0] for names in _DAY_FORMS.split("|") for name in names.split()}
_CONTRACTED = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "cannot": ("can", "not"),
}
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am"}

_TOKEN = re.compile(
    r"""(?P<link>https?://\S+|\b\w+(?:\.\w+)*\.(?:com|org|net|gov|uk|co)(?:/\S*)?\b|[@\#]\w+)
      |(?P<iso>\b\d{4}-\d{2}-\d{2}\b)
      |(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?)
      |(?P<digits>[$£€¥]?\d+(?:,\d{3})*(?:\.\d+)?(?:[a-z%°]+\b|%)?|[$£€¥]?\d[\d,]*(?:\.\d+)?)
      |(?P<dotted>\b(?:[^\W\d_]\.){2,})
      |(?P<word>[^\W_]+(?:[’'][^\W\d_]+)*)
      |(?P<stop>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s?([ap])?", re.IGNORECASE)
_TITLES = frozenset(
    "mr mrs ms dr st gen lt col sgt cpl capt cllr prof rev hon sen rep gov sir jr sr no vs inc ltd".split()
)
_TITLE_WORDS = frozenset(
    "president prime minister mr mrs ms dr sir lord lady captain governor mayor king queen prince princess pope "
    "chancellor secretary senator general colonel major sergeant judge professor councillor".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One claim-bearing piece of text. `key` is what is compared; `start` and `end` are offsets.

    `qualifier` is a number's ("more than"); `currency` its money. `group` joins the words of one name.
    `owner` says that the word is possessive, `quoted` that it stands between quote marks.
    """

    sort: Sort
    key: str
    text: str
    start: int
    end: int
    qualifier: str = ""
    currency: str = ""
    owner: bool = False
    quoted: bool = False
    group: int = -1

    @property
    def content(self) -> bool:
        """Whether the token claims something by itself."""
        return self.sort not in ("function", "stop")


def normalise(text: str) -> str:
    """Quote marks, dashes and white space in one form; nothing else changes."""
    text = text.replace("—", " - ").translate(_MARKS)
    return re.sub(r"\s+", " ", text).strip()


_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "–": "-",
    "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "…": "...",
})  # fmt: skip


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the text between quote marks, marks left out; an opening mark never closed runs to the line's end.

    `text` is normalised. An apostrophe is no quote mark unless it opens a word and one later closes it.
    """
    spans, at = [], 0
    while at < len(text):
        mark = text[at]
        if mark == '"':
            close = text.find('"', at + 1)
            close = close if close != -1 else len(text)
            spans.append((at + 1, close))
            at = close + 1
            continue
        if (
            mark == "'"
            and (at == 0 or not text[at - 1].isalnum())
            and at + 1 < len(text)
            and text[at + 1].isalnum()
        ):
            found = re.compile(r"(?<=[\w.,!?])'(?!\w)").search(text, at + 1)
            if found and '"' not in text[at + 1 : found.start()]:
                spans.append((at + 1, found.start()))
                at = found.end()
                continue
        at += 1
    return spans


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of normalised text; a quotation and what is said of it stay together."""
    quoted = quote_spans(text)
    ends = []
    for found in re.finditer(r"""[.!?]["')\]]*\s+(?=["'(\[]?[A-Z0-9$£€])""", text):
        before = text[: found.start()].rsplit(None, 1)
        last = (before[-1] if before else "").strip("\"'(").casefold()
        if text[found.start()] == "." and (
            last in _TITLES or len(last) == 1 or re.fullmatch(r"(\w\.)+\w", last)
        ):
            continue
        if any(a <= found.start() and found.end() <= b for a, b in quoted):
            continue
        ends.append(found.end())
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]


def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens of normalised text, numbers and dates joined, qualifiers attached to their numbers."""
    raw = [token for found in _TOKEN.finditer(text) for token in _read(found)]
    raw = _names(_dates(_numbers(raw)), text)
    spans = quote_spans(text)
    return tuple(replace(t, quoted=any(a <= t.start and t.end <= b for a, b in spans)) for t in raw)


def _read(found: re.Match[str]) -> Iterator[Token]:
    text, start, end, shape = found[0], found.start(), found.end(), found.lastgroup
    if shape == "link":
        yield Token("name", text.casefold(), text, start, end)
    elif shape == "iso":
        year, month, day = text.split("-")
        yield Token("date", f"{int(day)}/{int(month)}/{year}", text, start, end)
    elif shape == "clock" and (clock := _clock(text)):
        yield Token("time", clock, text, start, end)
    elif shape in ("digits", "clock"):
        value = from_digits(text)
        if value:
            yield Token("number", f"{value[0]} {value[1]}", text, start, end, currency=value[2])
        else:
            yield Token("name", text.casefold(), text, start, end)
    elif shape == "stop":
        around = found.string[start - 1 : start] + found.string[end : end + 1]
        yield Token("stop", "--" if text == "-" and " " in around else text, text, start, end)
    else:
        yield from _read_word(text.rstrip(".") if shape == "dotted" else text, start, end)


def _read_word(text: str, start: int, end: int) -> Iterator[Token]:
    low = text.casefold().replace("’", "'")
    if low in _CONTRACTED:
        first, second = _CONTRACTED[low]
        yield Token("word", first, text, start, end)
        yield Token("word", second, text, start, end)
        return
    if low.endswith("n't"):
        base = low[:-3]
        yield Token("function" if base in FUNCTION else "word", base, text, start, end)
        yield Token("word", "not", text, start, end)
        return
    for ending, word in _ENDINGS.items():
        if low.endswith(ending):
            yield Token("word", low[: -len(ending)], text, start, end)
            yield Token("function" if word in FUNCTION else "word", word, text, start, end)
            return
    owner = low.endswith(("'s", "s'"))
    bare = text[:-2] if low.endswith("'s") else text
    low = bare.casefold()
    if owner and low in ("it", "that", "there", "he", "she", "who", "what", "here"):
        yield Token("function" if low in FUNCTION else "word", low, text, start, end)
        yield Token("function", "is", text, start, end)
        return
    has_digit = any(c.isdigit() for c in bare)
    if has_digit or (bare.isupper() and len(bare) > 1):
        yield Token("name", low.replace(".", ""), text, start, end, owner=owner)
    elif low in FUNCTION:
        yield Token("function", low, text, start, end)
    else:
        yield Token("word", low, text, start, end, owner=owner)


def _clock(text: str) -> str | None:
    found = _CLOCK.match(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def _numbers(tokens: list[Token]) -> list[Token]:
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
        if (
            nxt < len(words)
            and words[nxt] in CURRENCIES
            and not number.currency
            and "ordinal" not in number.key
        ):
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
            return replace(
                token, key=f"{token.key.split()[0]}/{tokens[at + 2].key}", end=tokens[at + 2].end
            ), 3
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


def _dates(tokens: list[Token]) -> list[Token]:
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
            if (
                day
                or year
                or before in ("in", "since", "until", "last", "next", "this", "by", "early", "late", "mid")
            ):
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


def _names(tokens: list[Token], text: str) -> list[Token]:
    starts = {a for a, _ in sentence_spans(text)} | {a for a, _ in quote_spans(text)}
    out: list[Token] = []
    group = 0
    for at, token in enumerate(tokens):
        if token.sort == "word" and token.text[:1].isupper():
            low = token.key
            before = text[: token.start].rstrip(" \"'(")
            first = not before or token.start in starts or before.endswith((".", "!", "?", ":", "•"))
            inner = (
                at + 1 < len(tokens)
                and tokens[at + 1].text[:1].isupper()
                and tokens[at + 1].sort in ("word", "name")
            )
            if first and not token.owner and not inner:
                out.append(replace(token, key=fold(low)))
                continue
            token = replace(token, sort="name", key=low)
        elif token.sort == "word":
            token = replace(token, key=fold(token.key))
        if token.sort == "name":
            joined = (
                bool(out)
                and out[-1].sort == "name"
                and not out[-1].owner
                and text[out[-1].end : token.start] in (" ", "-")
            )
            group += 0 if joined else 1
            token = replace(token, group=group)
        out.append(token)
    return out


def loosened(sentences: Sequence[tuple[Token, ...]]) -> tuple[tuple[Token, ...], ...]:
    """Sentences of one text, titles and first names freed (group -1) from names that stand without them too.

    "Anna Hale" may be called "Hale" where the text calls her so; "New York" is never "York".
    """
    sizes: dict[tuple[int, int], list[Token]] = {}
    for n, tokens in enumerate(sentences):
        for token in tokens:
            if token.sort == "name" and token.group >= 0:
                sizes.setdefault((n, token.group), []).append(token)
    alone = {group[0].key for group in sizes.values() if len(group) == 1}
    free: set[tuple[int, int]] = set()
    for (n, _), group in sizes.items():
        kept = len(group) - 1
        while kept and group[kept].key not in alone and not all(t.key in _TITLE_WORDS for t in group[:kept]):
            kept -= 1
        free |= {(n, token.start) for token in group[:kept]}
    return tuple(
        tuple(replace(t, group=-1) if t.sort == "name" and (n, t.start) in free else t for t in tokens)
        for n, tokens in enumerate(sentences)
    )
