"""Entries -> chunks: passages that fit the encoder's window, cut at sentences, with exact offsets."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from index.records import Chunk, Entry, Part
from index.sentences import sentence_spans
from index.times import time_label

CHARS_PER_TOKEN = 16
"""A token never counts for more characters: a tokenizer may call a word of any length one unknown token."""

CountTokens = Callable[[Sequence[str]], list[int]]
Span = tuple[int, int]


def chunk_entry(entry: Entry, count_tokens: CountTokens, max_tokens: int, *, first_key: int = 0) -> list[Chunk]:
    """Cut an entry into chunks, each within one part and within `max_tokens` with its context line.

    Body and captions are cut; the title travels in every chunk's context, and is a chunk itself only where
    there is no body. Chunks overlap nothing and leave out only white space and leading bullets. Keys count up
    from `first_key`.
    """
    parts: list[Part] = [part for part in ("body", "captions") if entry.text(part).strip()]
    if "body" not in parts and entry.text("title").strip():
        parts.insert(0, "title")
    chunks: list[Chunk] = []
    for part in parts:
        text = entry.text(part)
        context = _fit_context(entry, part, count_tokens, max_tokens)
        for start, end in _cut(text, context, count_tokens, max_tokens):
            key = first_key + len(chunks)
            chunks.append(Chunk(key, entry.id, entry.page_id, part, text[start:end], start, end, context))
    return chunks


def context_line(entry: Entry, part: Part) -> str:
    """Line that a chunk carries for search: title, author and time as shown."""
    title = "" if part == "title" else " ".join((entry.title or "").split())
    return " | ".join(piece for piece in (title, entry.author or "", time_label(entry)) if piece)


def _fit_context(entry: Entry, part: Part, count_tokens: CountTokens, max_tokens: int) -> str:
    """Context line in at most half the window, shortened from its end."""
    context = context_line(entry, part)
    limit = max_tokens // 2
    if _cost(context, count_tokens) <= limit:
        return context
    low, high = 0, len(context)
    while low < high:
        middle = (low + high + 1) // 2
        if _cost(context[:middle], count_tokens) <= limit:
            low = middle
        else:
            high = middle - 1
    return context[:low].rstrip()


def _cut(text: str, context: str, count_tokens: CountTokens, max_tokens: int) -> list[Span]:
    empty, of_context = count_tokens(["", f"{context}\n"])
    budget = max(1, max_tokens - of_context)
    units = _costed(text, sentence_spans(text), count_tokens, empty)
    fitting: list[tuple[Span, int]] = []
    for span, cost in units:
        fitting += [(span, cost)] if cost <= budget else _split_long(text, span, budget, count_tokens, empty)
    packed = _pack(fitting, budget)
    return [span for pack in packed for span in _verified(text, pack, context, count_tokens, max_tokens)]


def _costed(text: str, spans: list[Span], count_tokens: CountTokens, empty: int) -> list[tuple[Span, int]]:
    """Each span with the tokens it adds to a text, special tokens not counted again."""
    counts = count_tokens([text[a:b] for a, b in spans]) if spans else []
    return [
        ((a, b), max(n - empty, math.ceil((b - a) / CHARS_PER_TOKEN))) for (a, b), n in zip(spans, counts, strict=True)
    ]


def _split_long(text: str, span: Span, budget: int, count_tokens: CountTokens, empty: int) -> list[tuple[Span, int]]:
    """Cut a sentence that is too long at words, and a word that is too long by tokens."""
    longest = budget * CHARS_PER_TOKEN

    def cost_of(start: int, end: int) -> int:
        return _costed(text, [(start, end)], count_tokens, empty)[0][1] if end - start <= longest else budget + 1

    words = [m.span() for m in re.compile(r"\S+").finditer(text, *span)]
    pieces: list[tuple[Span, int]] = []
    for (start, end), cost in _costed(text, words, count_tokens, empty):
        while cost > budget:
            low, high = start + 1, min(end, start + longest)
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if cost_of(start, middle) <= budget else (low, middle - 1)
            pieces.append(((start, low), cost_of(start, low)))
            start, cost = low, cost_of(low, end)
        pieces.append(((start, end), cost))
    return pieces


def _pack(units: list[tuple[Span, int]], budget: int) -> list[list[Span]]:
    """Neighbouring units in as few packs as fit, of about equal size."""
    total = sum(cost for _, cost in units)
    target = total / max(1, math.ceil(total / budget))
    packs: list[list[Span]] = []
    room = 0
    for span, cost in units:
        if packs and cost <= room and budget - room < target:
            packs[-1].append(span)
            room -= cost
        else:
            packs.append([span])
            room = budget - cost
    return packs


def _verified(text: str, pack: list[Span], context: str, count_tokens: CountTokens, max_tokens: int) -> list[Span]:
    """One span for a pack, or several where the tokens of the whole outnumber those of its units."""
    start, end = pack[0][0], pack[-1][1]
    if end - start < 2 or count_tokens([f"{context}\n{text[start:end]}"])[0] <= max_tokens:
        return [(start, end)]
    half = len(pack) // 2
    middle = (start + end) // 2
    parts = (pack[:half], pack[half:]) if half else ([(start, middle)], [(middle, end)])
    return [span for part in parts for span in _verified(text, part, context, count_tokens, max_tokens)]


def _cost(text: str, count_tokens: CountTokens) -> int:
    return count_tokens([text])[0]
