"""Sentences of news text with exact offsets: the one splitter that chunking and answering share.

Written here because the maintained splitters looked at (sentencex, pysbd) either lose the boundaries that
follow typographic quotation marks or do not keep offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left

MAX_QUOTED_CHARS = 300
_LOOKAHEAD_CHARS = 120

_BULLET = re.compile(r"(?:[•‣▪●◦■□►▶➤➡➢✔✅·∙⁃*]\ufe0f?|[-–—](?=\s))\s*")
_BOUNDARY = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*(?:\[\d+\])*)(?=\s)"
    r"|(?P<wide>[。！？｡؟۔।॥።։။។]+)(?P<wide_close>[」』”’）»\"]*)"
    r"|(?<=[a-z]{3})(?P<tight>\.)(?=[A-Z][a-z]|[\"“][A-Z])"
)
_TITLES = frozenset(
    "mr mrs ms mx messrs dr prof gen col lt sgt capt maj cmdr cdr adm brig rev hon sen rep gov pres fr supt "
    "det insp cpl pte cllr amb atty mme mlle dep asst st mt ft vs v cf eg ie approx ca viz e.g i.e "
    "bzw z.b d.h sra srta".split()
)
_BEFORE_NUMBER = frozenset(
    "no nos nr p pp para art fig vol ch sec jan feb mar apr jun jul aug sep sept oct nov dec c".split()
)
_MAY_END = frozenset("inc ltd co corp bros plc jr sr ave rd blvd etc est dept univ assn ph.d".split())
_STARTERS = frozenset(
    "a about according after all also although an and another as at because before both but by despite "
    "during each earlier even every following for from he her here his how however i if in instead it its "
    "later many meanwhile more most no nobody not nothing now on once one only other our she since so "
    "some still such that the their then there these they this those though to today under until we what "
    "when where while who why with without yes you your".split()
)
_GOES_ON_AFTER_CLOCK = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|eastern|central|mountain|pacific|local)\b|(?-i:[A-Z]{2,5}\b)|\(",
    re.IGNORECASE,
)
_GERMAN_MONTH = re.compile(r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
_LINK = re.compile(r"https?:|www\.|pic\.(?:twitter|x)\.com")
_SAYING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,5}(?:said|says|asked|asks|told|added|adds|wrote|writes|tweeted|posted|replied|"
    r"shouted|insisted|warned|declared|explained|exclaimed)\b"
)
_PAIRS = {"“": "”", "«": "»", "„": "“", "(": ")", "「": "」", "『": "』", '"': '"', "‘": "’", "'": "'"}


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text`, in order and never overlapping.

    A newline always ends a sentence; spans leave out white space at both ends and a leading bullet. A
    quotation or bracket of several sentences stays whole up to `MAX_QUOTED_CHARS` characters.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        start, end = _strip(text, line.start(), line.end())
        bullet = _BULLET.match(text, start, end)
        if bullet:
            start, end = _strip(text, bullet.end(), end)
        if start < end:
            spans += _line_spans(text, start, end)
    return spans


def _line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    line = text[start:end]
    ends = [m.end() for m in _BOUNDARY.finditer(line) if _is_end(line, m)]
    nested = _nested(line)
    starts = [opened for opened, _ in nested]
    inner = {at for at in ends if (i := bisect_left(starts, at)) and at <= nested[i - 1][1]}
    spans: list[tuple[int, int]] = []
    for a, b in _cut(0, len(line), [at for at in ends if at not in inner]):
        soft = ends[bisect_left(ends, a) : bisect_left(ends, b)] if b - a > MAX_QUOTED_CHARS else []
        spans += _cut(a, b, soft)
    stripped = (_strip(text, start + a, start + b) for a, b in spans)
    return [(a, b) for a, b in stripped if a < b]


def _cut(start: int, end: int, at: list[int]) -> list[tuple[int, int]]:
    edges = [start, *(x for x in at if start < x < end), end]
    return list(zip(edges, edges[1:], strict=False))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return start, end


def _nested(line: str) -> list[tuple[int, int]]:
    """Offsets just after each opening and just at each closing mark of quotations and brackets."""
    spans: list[tuple[int, int]] = []
    free = 0
    for at, char in enumerate(line):
        if at < free or char not in _PAIRS or not _opens(line, at):
            continue
        close = at + 1
        limit = at + MAX_QUOTED_CHARS  # a longer one is split inside, closed or not
        while (close := line.find(_PAIRS[char], close, limit)) >= 0 and not _closes(line, close):
            close += 1
        if close >= 0:
            spans.append((at + 1, close))
            free = close + 1
    return spans


def _opens(line: str, at: int) -> bool:
    if line[at] not in "\"'‘(":
        return True
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    return (not before or not before.isalnum() and before not in ".,!?…") and bool(after.strip())


def _closes(line: str, at: int) -> bool:
    if line[at] not in "\"'’":
        return True
    return not line[at - 1].isspace() and not line[at + 1 : at + 2].isalnum()


def _is_end(line: str, found: re.Match[str]) -> bool:
    rest = line[found.end() : found.end() + _LOOKAHEAD_CHARS].lstrip()
    if not rest or found["wide"]:
        return True
    word = _word_before(line, found.start())
    if found["tight"]:
        return not any(char in word for char in "@/") and "." not in word
    if rest[0].islower() and not rest[1:2].isupper() and not _LINK.match(rest):
        return False
    if found["mark"] != ".":
        return not (found["close"] and _SAYING.match(rest))
    return bool(found["close"]) or _stop_ends(found.start(), word, rest)


def _stop_ends(at: int, word: str, rest: str) -> bool:
    """Whether a single full stop after `word` ends a sentence that `rest` would follow."""
    bare = word.lower().strip("\"'“”‘’()[]")
    if bare in _TITLES:
        return False
    if bare in _BEFORE_NUMBER and rest[0].isdigit():
        return False
    if word.isdigit() and (at == len(word) or (len(word) <= 2 and _GERMAN_MONTH.match(rest))):
        return False
    if bare in {"a.m", "p.m"}:
        return _starts_sentence(rest) or not _GOES_ON_AFTER_CLOCK.match(rest)
    initials = re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", bare) is not None
    if bare in _MAY_END or (initials and word[-1:].isupper()):
        return _starts_sentence(rest)
    return True


def _starts_sentence(rest: str) -> bool:
    first = re.match(r"[\"“‘']?([A-Za-z]+)", rest)
    if first is None or first[1].lower() not in _STARTERS:
        return False
    return first[1] in {"I", "A"} or not first[1].isupper()


def _word_before(line: str, at: int) -> str:
    start = at
    while start > max(0, at - _LOOKAHEAD_CHARS) and not line[start - 1].isspace():
        start -= 1
    return line[start:at]
