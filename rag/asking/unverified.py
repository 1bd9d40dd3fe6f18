"""Questions for what the coverage itself flags: "Which claims could not be verified?"."""

from __future__ import annotations

import re

_NOT = r"(?:not|n['’]t|cannot|never|yet|still|remains?)"
_ASKED = re.compile(
    r"(?:\b(?:which|what|list|any|are there|is there)|^name)\b(?:(?! (?:is|was) the\b).)*\b"
    r"(?:un(?:verified|confirmed|corroborated|substantiated)"
    rf"|{_NOT}(?: \w+){{0,3}}? (?:verif(?:y|ied)|corroborated?|confirmed)"
    r"|(?:flagged|marked|labelled) as (?:not |un)\w+)\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:claims?|reports?|statements?|accounts?|allegations?|things?|information|details?|rumours?|rumors?)\b"
    r"|^(?:and |so |but )?what(?:['’]s| is| has| have| remains?| could| can| are| was| were)?\b",
    re.IGNORECASE,
)


def asks_unverified(question: str) -> bool:
    """Whether the question asks which claims are said to be unverified."""
    return bool(_ASKED.search(question)) and bool(_CLAIMS.search(question))
