"""What the coverage itself says has not been verified: the sentences that say so, with the claim they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import Entry
from index.sentences import sentence_spans
from rag.composing import cite_part
from rag.facts.senses import asked_keys, held_keys
from rag.listing import MAX_LINES, timed
from rag.records import Sentence

_VERIFY = r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborat(?:e|ed)|authenticat(?:e|ed)|substantiat(?:e|ed))"
_HOW = r"(?:independently|immediately|officially|yet|been|be|able|to|fully|so|far|separately|possible)"
_NOT_VERIFIED = re.compile(
    rf"\b(?:un(?:verified|confirmed|corroborated|substantiated)"
    rf"|(?:could|can|has|have|had|is|are|was|were)(?:n['’]t| not|not)(?: {_HOW})* {_VERIFY}"
    rf"|not(?: {_HOW})* (?:verified|confirmed|corroborated|authenticated)"
    rf"|(?:unable|impossible|yet)(?: {_HOW})* {_VERIFY}"
    r"|no (?:independent|official) (?:confirmation|verification)"
    r"|awaiting (?:confirmation|verification)|cannot (?:be )?(?:independently )?(?:verif(?:y|ied)|confirm(?:ed)?))\b",
    re.IGNORECASE,
)
# "Reuters could not verify the report": what is not verified was told in the sentence before.
_POINTS_BACK = re.compile(
    r"\b(?:(?:the|this|that|these|those|his|her|their|its|such) (?:\w+ )?(?:information|claims?|reports?|accounts?"
    r"|figures?|statements?|details?|allegations?|numbers?|footage|videos?|images?|pictures?|authenticity|news)"
    r"|this|that|it|them|these)\b",
    re.IGNORECASE,
)
NEAR = 40  # characters before the words that say so, within which the claim is pointed to
SEARCHED = "not independently verified unverified unconfirmed could not confirm verify"
_GENERIC = frozenset(
    key
    for word in "claim claims report reports reported statement statements account accounts information detail details "
    "thing things page coverage live blog flagged marked labelled list verified unverified confirmed unconfirmed "
    "verify confirm independently yet still far any corroborated been being remain remains allegation allegations "
    "story stories far able officially fact facts".split()
    for key in asked_keys(word)
)


def unverified(question: str, entries: Sequence[Entry], *, limit: int = MAX_LINES) -> list[Sentence]:
    """Claims that their own entry says are not verified, oldest first, the newest `limit` of them.

    Where the question names what the claims are about, only entries that speak of it count. A sentence that only
    points back ("could not verify the report") is given after the one it points to.
    """
    topic = set(asked_keys(question)) - _GENERIC
    found: list[list[Sentence]] = []
    for entry in timed(entries):
        if not topic <= held_keys(f"{entry.title or ''} {entry.body}"):
            continue
        spans = sentence_spans(entry.body)
        for at, (start, end) in enumerate(spans):
            flag = _NOT_VERIFIED.search(entry.body, start, end)
            if flag is None:
                continue
            back = at > 0 and _points_back(entry.body[start:end], flag.start() - start)
            first = spans[at - 1][0] if back else start
            text = " ".join(entry.body[first:end].split())
            found.append([Sentence(text, (cite_part(entry, "body", first, end),), quoted=True)])
    return [sentence for group in found[-limit:] for sentence in group]


def _points_back(text: str, flag: int) -> bool:
    """Whether what is not verified, by the words at `flag`, was told before this sentence."""
    return not re.search(r"\bwhich\s*$", text[:flag]) and bool(_POINTS_BACK.search(text[max(0, flag - NEAR) :]))
