"""Text in one form, and where its quotations and sentences stand."""

from __future__ import annotations

import re

_TITLES = frozenset(
    "mr mrs ms dr st gen lt col sgt cpl capt cllr prof rev hon sen rep gov sir jr sr no vs inc ltd".split()
)
_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "–": "-",
    "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "…": "...",
})  # fmt: skip
# fmt: skip


def normalise(text: str) -> str:
    """Quote marks, dashes and white space in one form; nothing else changes."""
    text = text.replace("—", " - ").translate(_MARKS)
    return re.sub(r"\s+", " ", text).strip()


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
        if mark == "'" and (at == 0 or not text[at - 1].isalnum()) and at + 1 < len(text) and text[at + 1].isalnum():
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
        if text[found.start()] == "." and (last in _TITLES or len(last) == 1 or re.fullmatch(r"(\w\.)+\w", last)):
            continue
        if any(a <= found.start() and found.end() <= b for a, b in quoted):
            continue
        ends.append(found.end())
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]
