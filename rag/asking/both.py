"""Questions for the one who fits two descriptions: "Which hospital both put off operations and lost its power?"."""

from __future__ import annotations

import re

from rag.asking.spans import time_words, topic_of

_BOTH = re.compile(
    r"^(?P<lead>(?:and |so |but )?(?:who|which|what)\b(?:(?! (?:did|do|does)\b)[^,;?]){0,60}?) both "
    r"(?P<a>[^?]{3,}?),? and (?P<b>[^?]{3,}?)[?. ]*$",
    re.IGNORECASE,
)
# "of both sides", "did both teams": the word belongs to what it counts.
_COUNTS_TWO = re.compile(r"\b(?:of|by|from|for|to|with|that|in|at|on)$", re.IGNORECASE)


def split_both(question: str) -> tuple[str, ...]:
    """The two questions that one answer must fit, each with the time that the whole names; empty where it is one."""
    when = time_words(question)
    asked = topic_of(question) if when else question
    match = _BOTH.match(" ".join(asked.split()))
    if match is None or _COUNTS_TWO.search(match["lead"]):
        return ()
    first, second = _parallel(match["a"], match["b"])
    return tuple(f"{' '.join((match['lead'], part, when)).strip()}?" for part in (first, second))


def _parallel(first: str, second: str) -> tuple[str, str]:
    """Both parts, cut at the "and" after which the first part's opening word comes again, where there is one."""
    opening = first.split(" ", 1)[0]
    again = re.search(rf" and (?={re.escape(opening)}\b)", f"{first} and {second}")
    if again is None:
        return first, second
    whole = f"{first} and {second}"
    return whole[: again.start()], whole[again.end() :]
