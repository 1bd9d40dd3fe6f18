"""Which lines without a stop are an entry's text, and which head a list: neither ends as prose does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.bullets import SIGNS
from index.reading.bylines import is_author
from index.reading.quotes import ends_in_tweet
from index.reading.sections import Section
from index.reading.titles import ends_prose, ends_sentence, is_title

_INNER_END = re.compile(r"[a-zà-ÿ]{2}[.!?][\"”’»]?\s[„“\"]?[A-ZÀ-Þ]")
_POINT = re.compile(rf"[{SIGNS}*]\s")
_LONGER, _MUCH_LONGER, _SHORT, _LONGEST_HEADING = 1.25, 1.5, 60, 100  # the latter two in characters
_LEAST_APART, _LEAST_HEADS = 2, 2


def texts_alone(sections: Sequence[Section], names: frozenset[str]) -> frozenset[int]:
    """Numbers of the lines that are all of an entry's text though they do not end in a stop.

    The last entry's may be cut off with the page: it is longer than the page's headlines, much so where those are
    short and some entries have none, or of several sentences. Any other's may end in a question after a sentence.
    Where headlines stand right under the stamps, a line alone under a blank one is no headline.
    """
    bare = [[line for line in s.lines if not is_author(line, names)] for s in sections]
    heads = [lines[0].text for lines in bare[:-1] if lines and is_title(lines[0].text)]
    found = set()
    if bare and len(bare[-1]) == 1 and not ends_prose((last := bare[-1][0]).text):
        some = _LEAST_HEADS <= len(heads) < sum(map(bool, bare[:-1]))
        longest = max((_SHORT, *map(len, heads))) if heads else len(last.text)
        much = some and len(last.text) > _MUCH_LONGER * max(map(len, heads))
        if _INNER_END.search(last.text) or len(last.text) > _LONGER * longest or much:
            found.add(last.number)
    single = [lines[0] for lines in bare if len(lines) == 1]
    found |= {line.number for line in single if _INNER_END.search(line.text) and ends_sentence(line.text)}
    under = [lines for lines in bare if lines]
    tight = [lines for lines in under if not lines[0].gap]
    apart = [lines for lines in under if lines[0].gap]
    prose = sum(ends_prose(lines[0].text) for lines in apart)
    headed = bool(tight) and all(len(lines) > 1 and is_title(lines[0].text) for lines in tight)
    if headed and prose >= max(_LEAST_APART, len(apart) - 1):
        found |= {lines[0].number for lines in apart if len(lines) == 1}
    return frozenset(found)


def is_over_tweet(texts: Sequence[str]) -> bool:
    """Whether a tweet follows an entry's first line: its words and its signature, or the signature right away."""
    return any(ends_in_tweet(text) for text in texts[1:3])


def is_over_list(text: str, following: str, below: str) -> bool:
    """Whether a short line stands over a list of points."""
    return len(text) <= _LONGEST_HEADING and bool(_POINT.match(following) and _POINT.match(below))
