"""Tags and scripts of HTML that a copy of a page left within its text."""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"</?(?:p|div|section|article|aside|header|footer|main|nav|blockquote|figure|figcaption|h[1-6]|ul|ol|li|table|tr)(?:\s[^<>]{0,600})?/?>"
)
_BREAK = re.compile(r"<br(?:\s[^<>]{0,100})?/?>")
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|font|i|img|small|span|strong|sub|sup|time|u)(?:\s[^<>]{0,600})?/?>")
_SCRIPT = re.compile(r"^[ \t]*\(function\s?\([^()\n]{0,40}\)\s?\{.*\}\)\s?\([^()\n]{0,60}\);?[ \t]*$", re.MULTILINE)
_CLOSING = re.compile(r"</[a-z]")


def without_tags(text: str) -> str:
    """The text without tags, a paragraph for each of their blocks; as it is where no tag is closed in it."""
    if not _CLOSING.search(text):
        return text
    return _SCRIPT.sub("", _INLINE.sub("", _BREAK.sub("\n", _BLOCK.sub("\n\n", text))))
