"""Questions that first say what was said ("Eight were hurt, it was said. Is that right?") and then ask what stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-Z\"“'‘¿])|(?<=;)\s+")
_NOT_ENDS = re.compile(r"\b(?:[A-Z]|[ap]\.m|Mr|Mrs|Ms|Dr|St|No|vs)\.$")
# What the question part asks of its premise: whether it holds, what came of it, what it is now.
_ASKS_STANDING = re.compile(
    r"^(?:and |so |but |or )?(?:(?:is|was|were|are|does|did|do|has|have|had|will|would|can|could)(?:n['’]t)? "
    r"(?:it|that|this|they|these|those|he|she|the|all|any|there)\b"
    r"|(?:right|correct|true|accurate|really|still so|so|wrong|confirmed)\b[^?]{0,30}\?"
    r"|(?:and )?(?:now|later|since|afterwards?|today|then|what now|what then|(?:up )?to (?:date|now)|so far"
    r"|thus far)\s*\?)"
    r"|\b(?:now|right|correct|true|truth|real|actual|really|actually|instead|hold|holds|held|stands?|stood|still|since"
    r"|latest|changed?|became|become|came of|happened|happen|in the end|eventually|go|went|after all|turn(?:ed)? out"
    r"|come true|kept|by now|updated?|revised|new|switch(?:ed)?|current(?:ly)?|correction|today)\b",
    re.IGNORECASE,
)


_WHETHER = re.compile(
    r"^(?:and |so |but |or )?(?:is|was|were|are|does|did|do|has|have|had|will|would|can|could|right|correct|true"
    r"|accurate|really|still|confirmed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Premise:
    """A question in two: what it supposes, and what it asks. `standing` says that it asks what stands instead."""

    told: str
    asked: str
    standing: bool


def read_premise(text: str) -> Premise | None:
    """What a question supposes before it asks; None where it asks in one sentence."""
    parts = _sentences(" ".join(text.split()))
    if len(parts) < 2 or not parts[-1].endswith("?") and len(parts[-1].split()) > 12:
        return None
    told, asked = " ".join(parts[:-1]), parts[-1]
    if "?" in told or len(told.split()) < 3:
        return None
    return Premise(told, asked, bool(_ASKS_STANDING.search(asked)))


def asks_whether(text: str) -> bool:
    """Whether the question asks if what it supposes holds ("Is that right?"), rather than what is so instead."""
    premise = read_premise(text)
    return bool(_WHETHER.search(premise.asked if premise else text))


def _sentences(text: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for match in _ENDS.finditer(text):
        if not _NOT_ENDS.search(text[at : match.start()]):
            parts.append(text[at : match.start()])
            at = match.end()
    return [*parts, text[at:]]
