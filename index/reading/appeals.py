"""Lines that ask readers to write in, and what their messages cost."""

from __future__ import annotations

import re

_APPEAL = re.compile(
    r"^(?:to (?:get involved|have your say|join in|get in touch)\b.{0,40}\b(?:use|text|e-?mail|send|tweet|call|go|"
    r"click|write|comment)|(?:you can )?(?:text|e-?mail|tweet|whatsapp) (?:us|your|me)\b.{0,80}(?:\d{4}|@))",
    re.IGNORECASE,
)
_CHARGED = re.compile(
    r"\bnot all (?:comments|contributions|messages|e-?mails|texts) (?:can|will) be\b|\bcharged at\b|"
    r"\bstandard (?:operator|network|message) rates?\b",
    re.IGNORECASE,
)
_LONGEST_APPEAL, _LONGEST_CHARGED = 200, 400


def is_appeal(text: str) -> bool:
    """Whether the line asks readers to write in: "To get involved text us your views on 81111"."""
    if len(text) > _LONGEST_CHARGED or not _APPEAL.match(text):
        return False
    return len(text) <= _LONGEST_APPEAL or _CHARGED.search(text) is not None
