"""Whether a freely written reply says that the coverage does not answer."""

from __future__ import annotations

import re

_SAYS_NO = re.compile(
    r"\b(?:(?:do|does|did)(?: not|n't) (?:mention|say|state|specify|provide|contain|include|give|indicate|answer)"
    r"|(?:is|are|was|were)(?: not|n't) (?:mentioned|stated|specified|provided|given|available|clear|known|in the "
    r"(?:context|text|report|coverage|page|document))"
    r"|no (?:information|mention|indication|answer)"
    r"|(?:can(?:not|'t| not)|unable to|not possible to) (?:answer|determine|say|tell|be determined)"
    r"|(?:i|we) do(?: not|n't) (?:know|have))\b",
    re.IGNORECASE,
)


def says_no(text: str) -> bool:
    """Whether the reply's first sentence says that there is no answer, or the reply is empty.

    By phrases, as the rejection rate of Chen et al. 2024 (Benchmarking Large Language Models in
    Retrieval-Augmented Generation, section 3) counts it; for systems that cannot say so in any other way.
    """
    first = re.split(r"(?<=[.!?])\s", text.strip().replace("’", "'"), maxsplit=1)[0]
    return not first or bool(_SAYS_NO.search(first))
