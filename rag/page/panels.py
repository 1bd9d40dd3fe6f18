"""The frame of the page as HTML: how fresh the coverage is, the first view, and the list of pages."""

from __future__ import annotations

from collections.abc import Sequence

from rag.page.freshness import Freshness, age_in_words
from rag.page.markup import as_json, escape, isolated


def header_html(rows: Sequence[Freshness]) -> str:
    """Name of the desk, and one line that says how fresh the coverage is."""
    return (
        '<div class="bar"><h1 class="wordmark">Presstime</h1>'
        f'<p class="fresh" role="status">{_freshness_line(rows)}</p>'
        '<label class="quiet">Times <select data-times><option value="page">as on the page</option>'
        '<option value="mine">in my zone</option><option value="utc">in UTC</option></select></label>'
        '<button type="button" class="quiet" data-theme-toggle>Dark</button></div>'
    )


def welcome_html(rows: Sequence[Freshness], examples: Sequence[str] = ()) -> str:
    """First view: what the desk does, and questions to start with; without coverage, how to add some."""
    if not rows:
        return (
            '<section class="welcome"><h2>No coverage yet</h2>'
            "<p>Add a live page under “Add coverage”, or in a terminal:</p>"
            "<pre><code>presstime add page.html</code></pre>"
            "<p>A file, a folder or a web address will do. What you add shows here at once.</p></section>"
        )
    asked = "".join(
        f'<li><button type="button" class="example" data-question="{escape(text)}">{isolated(text)}</button></li>'
        for text in examples
    )
    listed = f'<h3>Try asking</h3><ul class="examples">{asked}</ul>' if asked else ""
    return (
        '<section class="welcome"><h2>Ask about the coverage</h2>'
        "<p>Every sentence of an answer names the minute of the entry it rests on. "
        "Open a time to read the entry. What the coverage does not say is not answered.</p>"
        f"{listed}</section>"
    )


def coverage_html(rows: Sequence[Freshness]) -> str:
    """Pages of the coverage, the one with the newest entry first, each a button that opens its entries."""
    if not rows:
        return '<h2 class="side-title">Coverage</h2><p class="empty">No pages yet.</p>'
    listed = "".join(
        f'<li><button type="button" class="page" data-view="{as_json({"page": row.page.id})}">'
        f'<b dir="auto">{escape(row.name)}</b>'
        f"<span>{_count(row.entry_count)}, the newest at {_when(row)}</span>{_warnings(row)}</button></li>"
        for row in rows
    )
    return (
        '<h2 class="side-title">Coverage</h2>'
        f'{find_html()}<ul class="pages">{listed}</ul>'
        '<p class="empty">Open a time in an answer to read its entry here.</p>'
    )


def find_html(text: str = "") -> str:
    """Field that searches the entries."""
    return (
        '<form class="find" role="search"><input type="search" name="find" autocomplete="off"'
        f' placeholder="Find in entries" aria-label="Find in entries" value="{escape(text)}">'
        '<button type="submit" class="quiet">Find</button></form>'
    )


def _freshness_line(rows: Sequence[Freshness]) -> str:
    if not rows:
        return "No coverage yet"
    newest = rows[0]
    pages = f"{len(rows)} pages, " if len(rows) > 1 else ""
    where = f" ({isolated(newest.name)})" if len(rows) > 1 else ""
    old = " This coverage is old." if newest.is_old else ""
    return f"{pages}{_count(sum(row.entry_count for row in rows))}, the newest at {_when(newest)}{where}.{old}"


def _when(row: Freshness) -> str:
    if row.age is None:
        return escape(row.label)
    words = age_in_words(row.age)
    return f"{escape(row.label)}, {words if words == 'just now' else f'{words} ago'}"


def _warnings(row: Freshness) -> str:
    return "".join(f'<span class="notice" dir="auto">{escape(text)}</span>' for text in row.page.warnings[:2])


def _count(entries: int) -> str:
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"
