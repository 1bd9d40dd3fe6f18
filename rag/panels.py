"""Everything on the page beside the conversation, as HTML: freshness, the first view, and an open entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.records import Entry, Page, Part
from index.times import time_label
from rag.freshness import Freshness, age_in_words
from rag.records import Citation
from rag.rendering import escape, isolated, marked, safe_url

_OUTWARD = 'target="_blank" rel="noopener noreferrer nofollow"'
_SHOWN_PARTS: tuple[Part, ...] = ("body", "captions")


def header_html(rows: Sequence[Freshness]) -> str:
    """Name of the desk, and one line that says how fresh the coverage is, with each page's line under it."""
    return (
        '<div class="bar"><h1 class="wordmark">Presstime</h1>'
        f'<div class="fresh" aria-live="polite">{_freshness_line(rows)}</div>'
        '<button type="button" class="quiet" data-theme-toggle>Dark</button></div>'
    )


def welcome_html(rows: Sequence[Freshness], examples: Sequence[str] = ()) -> str:
    """First view: what the desk does, and questions to start with; without coverage, how to add some."""
    if not rows:
        return (
            '<section class="welcome"><h2>No coverage yet</h2>'
            "<p>Add a live page, and ask about it here. In a terminal:</p>"
            "<pre><code>presstime add page.html</code></pre>"
            "<p>A file, a folder or a web address will do. New entries show here at once.</p></section>"
        )
    asked = "".join(
        f'<li><button type="button" class="example" data-question="{escape(text)}">'
        f"{isolated(text)}</button></li>"
        for text in examples
    )
    listed = f'<h3>Try asking</h3><ul class="examples">{asked}</ul>' if asked else ""
    return (
        '<section class="welcome"><h2>Ask about the coverage</h2>'
        "<p>Every sentence of an answer names the minute of the entry it rests on. "
        "Open a time to read the entry. What the coverage does not say is not answered.</p>"
        f"{listed}</section>"
    )


def no_entry_html() -> str:
    """Entry panel before any entry is open."""
    return '<p class="empty">Open a time in an answer to read its entry here.</p>'


def _freshness_line(rows: Sequence[Freshness]) -> str:
    if not rows:
        return "<p>No coverage yet</p>"
    newest = rows[0]
    count = sum(row.entry_count for row in rows)
    line = f"{count:,} entries, the newest at {_when(newest)}"
    if len(rows) == 1:
        return f"<p>{line}</p>"
    each = "".join(
        f"<li>{isolated(row.name)}<span>{row.entry_count:,} entries, the newest at {_when(row)}</span></li>"
        for row in rows
    )
    return f"<details><summary>{len(rows)} pages, {line}</summary><ul>{each}</ul></details>"


def _when(row: Freshness) -> str:
    if row.age is None:
        return escape(row.label)
    words = age_in_words(row.age)
    ago = words if words == "just now" else f"{words} ago"
    return f"{escape(row.label)} ({ago}{'; this coverage is old' if row.is_old else ''})"


def entry_html(
    entry: Entry, page: Page | None, around: Iterable[Entry], citation: Citation | None = None
) -> str:
    """Show an entry among its neighbours, in the order given, with the citation's words marked.

    `around` holds the entry itself and those shown with it. Where the entry has been edited since and no
    longer holds the quote, the quote stands above it as the wording that was cited.
    """
    name = page.title or page.id if page else entry.page_id
    rows = "".join(_entry_row(item, item.id == entry.id, citation) for item in around)
    return f'<h2 class="entry-page">{isolated(name)}</h2><ol class="entries">{rows}</ol>'


def _entry_row(entry: Entry, chosen: bool, citation: Citation | None) -> str:
    where, spans = _quote_in(entry, citation) if chosen and citation else ("body", ())
    parts = [f'<p class="entry-time">{escape(time_label(entry))}</p>']
    if chosen and citation and not spans:
        quote = _cited(citation.quote, (0, len(citation.quote)), citation)
        parts.append(
            '<div class="was"><p class="notice">This entry has been edited since. The words cited were:</p>'
            f'<p class="entry-body" dir="auto">{quote}</p></div>'
        )
    if entry.title:
        inner = _cited(entry.title, spans[0], citation) if spans and where == "title" else escape(entry.title)
        parts.append(f'<h3 dir="auto">{inner}</h3>')
    if entry.author:
        parts.append(f'<p class="by">{isolated(entry.author)}</p>')
    for part in _SHOWN_PARTS:
        text = entry.text(part)
        if text:
            inner = _cited(text, spans[0], citation) if spans and where == part else escape(text)
            parts.append(f'<p class="entry-{part}" dir="auto">{inner}</p>')
    url = safe_url(entry.url)
    if chosen and url:
        parts.append(f'<p class="source"><a href="{escape(url)}" {_OUTWARD}>Open at the source</a></p>')
    state = ' class="entry chosen" aria-current="true"' if chosen else ' class="entry"'
    return f"<li{state}>{''.join(parts)}</li>"


def _cited(text: str, span: tuple[int, int], citation: Citation | None) -> str:
    """Text with the cited words marked, and the answering words inside them marked more strongly."""
    start, end = span
    inner = marked(text[start:end], citation.marks if citation else (), "strong")
    return f'{escape(text[:start])}<mark class="cited">{inner}</mark>{escape(text[end:])}'


def _quote_in(entry: Entry, citation: Citation) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Where the quote stands in the entry as it reads now; no span where it does not."""
    text, quote = entry.text(citation.part), citation.quote
    if quote and text[citation.start : citation.end] == quote:
        return citation.part, ((citation.start, citation.end),)
    at = text.find(quote) if quote else -1
    return citation.part, ((at, at + len(quote)),) if at >= 0 else ()
