"""What entries quote: embedded tweets, and words between quotation marks."""

from __future__ import annotations

import re

_TWEET_END = re.compile(
    r"(?:—|--|-)\s?.{1,80}\(@\w{1,20}\)\s*(?:\w{3,10}\.? \d{1,2}, \d{4}|\d{1,2}\.? \w{3,10}\.? \d{4})$"
)
_LONGEST_TWEET = 280
_TWEET_MARK = re.compile(r"[#@]\w|https?://|pic\.twitter|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_MARK = re.compile(r"[\"“”„«»]")


def is_tweet(body: str) -> bool:
    """Whether the body is nothing but one embedded tweet: its signature ends it, and it is no longer than one.

    A paragraph of plain prose above the last one introduces the tweet and is not part of it.
    """
    end = _TWEET_END.search(body[-200:])
    if end is None or body.count("(@") != 1 or len(body) - len(end[0]) > _LONGEST_TWEET:
        return False
    *above, _ = body.split("\n\n")
    return all(_TWEET_MARK.search(words) or not words.endswith(".") for words in above)


def ends_in_tweet(text: str) -> bool:
    """Whether the line ends in a tweet's signature and date."""
    return bool(_TWEET_END.search(text[-200:]))


def find_quotes(body: str) -> tuple[str, ...]:
    """Words between double quotation marks, paragraph by paragraph; embedded tweets are not searched.

    A closing mark without an opening one closes a block quote: the paragraph from its start.
    """
    quotes: list[str] = []
    for paragraph in body.split("\n"):
        if ends_in_tweet(paragraph):
            continue
        opened: int | None = None
        for mark in _MARK.finditer(paragraph):
            if opened is None and mark.end() == len(paragraph):
                quotes.append(paragraph[: mark.start()])
            elif opened is None:
                opened = mark.end()
            else:
                quotes.append(paragraph[opened : mark.start()])
                opened = None
    return tuple(quote.strip() for quote in quotes if quote.strip())
