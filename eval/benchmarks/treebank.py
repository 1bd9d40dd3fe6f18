"""Text from Penn Treebank tokens, which QAMR and VitaminC are published in."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_CLOSING = frozenset({*",.;:?!)]%'", "'s", "n't", "'re", "'ve", "'ll", "'m"})


def detokenize(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Sentence as it was printed, with each token's character span."""
    text, spans, open_quote, glue = "", [], False, True
    for token in tokens:
        word = _BRACKETS.get(token, token)
        closes = word in _CLOSING
        if word == '"':
            closes, open_quote = open_quote, not open_quote
        if text and not closes and not glue:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in {"(", "[", "$", "£"} or (word == '"' and open_quote)
    return text, spans


def token_span(indices: str, spans: Sequence[Span]) -> Span | None:
    """Character span of a run of neighbouring token indices ("3 4 5"), None where it has gaps."""
    numbers = [int(i) for i in indices.split()]
    if not numbers or numbers != list(range(numbers[0], numbers[-1] + 1)) or numbers[-1] >= len(spans):
        return None
    return spans[numbers[0]][0], spans[numbers[-1]][1]
