"""HTML to the text that a reader of the page sees: paragraphs apart, list items marked, furniture gone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.errors import SourceError

_BREAK, _LINE, _ITEM = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_BREAK}{_LINE}{_ITEM}]")
_BLOCKS = (
    "address,article,aside,blockquote,dd,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,main,"
    "nav,ol,p,pre,section,table,tr,ul,amp-live-list"
)
_GONE = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "button",
    "form",
    "nav",
    "select",
    "video",
    "audio",
]
_FURNITURE = (
    "footer,[role=navigation],[aria-hidden=true],[hidden],[class*=share],[class*=cookie],"
    "[class*=newsletter],[class*=related]"
)
_MAX_DEPTH = 5_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_UNCLOSED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt td th tr option tbody "
    "thead".split()
)


class Timed(NamedTuple):
    """A `<time>` element: the words it shows and the machine time it carries."""

    shown: str
    machine: str


def parse_html(text: str, source: str) -> LexborHTMLParser:
    """Parse a page. Raises SourceError where its elements are nested deeper than any real page's."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _UNCLOSED:
            depth = max(0, depth + (-1 if match[1] else 1))
            deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH:
        raise SourceError(
            f"{source} nests {deepest:,} elements in each other, more than {_MAX_DEPTH:,}. Save the page again as text."
        )
    return LexborHTMLParser(text)


def page_text(tree: LexborHTMLParser) -> str:
    """Words of the page's main part, block by block."""
    tree.strip_tags(_GONE)
    for node in tree.css(_FURNITURE):
        if node.css_first("time,h1,h2") is None:
            node.decompose()
    root = _main_part(tree)
    return _render(root) if root else ""


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    body = tree.body
    for selector in ("main", "[role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1 and body and len(found[0].text()) * 2 > len(body.text()):
            return found[0]
    return body


def fragment_text(fragment: str) -> str:
    """Words of a piece of HTML, block by block; text without markup stays as it is."""
    if "<" not in fragment:
        return html.unescape(fragment)
    tree = LexborHTMLParser(fragment)
    tree.strip_tags(_GONE)
    return _render(tree.body) if tree.body else ""


def _render(root: LexborNode) -> str:
    for node in root.css("br"):
        node.insert_before(_LINE)
    for node in root.css("li"):
        node.insert_before(_BREAK if node.css_first("p,div,h2,h3") else _LINE + _ITEM)
        node.insert_after(_LINE)
    for node in root.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    return _unmark(root.text())


def _unmark(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(rf"[ {_BREAK}{_LINE}]*{_BREAK}[ {_BREAK}{_LINE}]*", "\n\n", text)
    text = re.sub(rf" ?{_LINE}[ {_LINE}]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text.replace(_ITEM, "  • ")).strip()


def times_of(tree: LexborHTMLParser) -> Iterator[Timed]:
    """Every `<time datetime>` of the page, in order."""
    for node in tree.css("time[datetime]"):
        machine = node.attributes.get("datetime")
        if machine:
            yield Timed(" ".join(node.text().split()), machine.strip())
