"""A token of a sentence, as claims are compared by: the record that reading fills and checking reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["word", "function", "number", "date", "time", "name", "quotation", "stop"]


@dataclass(frozen=True, slots=True)
class Token:
    """One claim-bearing piece of text. `key` is what is compared; `start` and `end` are offsets.

    `qualifier` is a number's ("more than"); `currency` its money. `group` joins the words of one name.
    `owner` says that the word is possessive, `quoted` that it stands between quote marks.
    """

    sort: Sort
    key: str
    text: str
    start: int
    end: int
    qualifier: str = ""
    currency: str = ""
    owner: bool = False
    quoted: bool = False
    group: int = -1

    @property
    def content(self) -> bool:
        """Whether the token claims something by itself."""
        return self.sort not in ("function", "stop")
