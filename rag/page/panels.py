"""The frame of the page as HTML: how fresh the coverage is, the first view, the tour, and the list of pages."""

from __future__ import annotations

from collections.abc import Sequence

from rag.page.freshness import Freshness, age_in_words
from rag.page.markup import as_json, escape, isolated, timed_html


def fresh_html(rows: Sequence[Freshness]) -> str:
    """One line that says how fresh the coverage is."""
    return f'<p class="fresh">{_freshness_line(rows)}</p>'


def controls_html() -> str:
    """Which zone times are shown in, and light or dark."""
    return (
        '<p class="controls"><label class="quiet">Times <select data-times><option value="page">as on the page</option>'
        '<option value="mine">in my zone</option><option value="utc">in UTC</option></select></label>'
        '<button type="button" class="quiet" data-theme-toggle>Dark</button></p>'
    )


def time_html() -> str:
    """Slider over the newest day's entries, which sets the time to answer as of."""
    return (
        '<div class="when"><input type="range" min="0" max="0" value="0" step="1" disabled'
        ' aria-label="Answer as of a time of the newest day"><output class="sr"></output>'
        '<button type="button" class="quiet idle" data-now>Back to now</button></div>'
    )


def limits_html() -> str:
    """Button that opens the filters on a small screen, where they are folded away."""
    return '<button type="button" class="quiet" data-limits aria-expanded="false">Pages and time</button>'


def tour_html() -> str:
    """Tour of the desk over three example questions, for who comes here first; filled in by the browser."""
    return (
        '<section class="tour" aria-label="Tour" hidden><p aria-live="polite"></p>'
        '<span><button type="button" class="quiet strong" data-tour="next">Show me</button>'
        '<button type="button" class="quiet" data-tour="end">No thanks</button></span></section>'
    )


def welcome_html(rows: Sequence[Freshness], examples: Sequence[str] = ()) -> str:
    """First view: what the desk does, and questions to start with; without coverage, how to add some."""
    if not rows:
        return (
            '<section class="welcome"><h2>No coverage yet</h2>'
            "<p>Add a live page under “Add coverage”: a file, a web address or pasted text. Or in a terminal:</p>"
            "<pre><code>presstime add page.html</code></pre>"
            "<p>What you add shows here at once.</p></section>"
        )
    asked = "".join(
        f'<li><button type="button" class="example" data-question="{escape(text)}">{isolated(text)}</button></li>'
        for text in examples
    )
    listed = f'<h3>Try asking</h3><ul class="examples offered">{asked}</ul>' if asked else ""
    return (
        '<section class="welcome"><h2>Ask about the coverage</h2>'
        "<p>Every sentence of an answer names the minute of the entry it rests on. "
        "Open a time to read the entry. What the coverage does not say is not answered.</p>"
        f"{listed}</section>"
    )


def coverage_html(rows: Sequence[Freshness], publisher: str = "") -> str:
    """Pages of the coverage, the one with the newest entry first, each a button that opens its entries.

    With a `publisher` only its pages are listed.
    """
    if not rows:
        return '<h2 class="side-title">Coverage</h2><p class="empty">No pages yet. Add one below.</p>'
    shown = [row for row in rows if not publisher or row.page.publisher == publisher]
    return (
        f'<h2 class="side-title">Coverage</h2>{_publishers(rows, publisher)}'
        f'<ul class="pages">{"".join(map(_page_row, shown))}</ul>'
        '<p class="empty">Open a time in an answer to read its entry here.</p>'
    )


def manage_html(row: Freshness) -> str:
    """What can be done with an open page, and what to be warned of."""
    name = escape(row.name)
    actions = [("restore", "Put back")] if row.withdrawn else [("withdraw", "Withdraw")]
    actions = ([("refresh", "Refresh")] if row.renewable and not row.withdrawn else []) + actions
    buttons = "".join(
        f'<button type="button" class="quiet" data-act="{action}" data-page="{escape(row.page.id)}"'
        f' data-name="{name}" data-count="{row.entry_count}">{shown}</button>'
        for action, shown in actions
    )
    state = "Withdrawn: not searched." if row.withdrawn else _held(row)
    return f'<p class="manage"><span>{state}</span><span>{buttons}</span></p>{_warnings(row)}'


def find_html() -> str:
    """Field that searches the entries."""
    return (
        '<form class="find" role="search"><input type="search" name="find" autocomplete="off"'
        ' placeholder="Find in entries" aria-label="Find in entries">'
        '<button type="submit" class="quiet">Find</button></form>'
    )


def _page_row(row: Freshness) -> str:
    publisher = f"{isolated(row.page.publisher)}, " if row.page.publisher else ""
    state = "withdrawn" if row.withdrawn else f"{_held(row)}"
    gone = " gone" if row.withdrawn else ""
    return (
        f'<li><button type="button" class="page{gone}" data-view="{as_json({"page": row.page.id})}">'
        f'<b dir="auto">{escape(row.name)}</b><span>{publisher}{state}</span></button>{_warnings(row)}</li>'
    )


def _publishers(rows: Sequence[Freshness], chosen: str) -> str:
    """Buttons that list one publisher's pages, where there are several publishers."""
    names = sorted({row.page.publisher for row in rows if row.page.publisher}, key=str.casefold)
    if len(names) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="quiet" aria-pressed="{str(name == chosen).lower()}"'
        f' data-view="{as_json({"publisher": name})}">{isolated(name or "All publishers")}</button>'
        for name in ("", *names)
    )
    return f'<p class="publishers" role="group" aria-label="Publisher">{buttons}</p>'


def _freshness_line(rows: Sequence[Freshness]) -> str:
    kept = [row for row in rows if not row.withdrawn]
    if not kept:
        return "No coverage yet"
    newest = kept[0]
    pages = f"{len(kept)} pages, " if len(kept) > 1 else ""
    where = f" ({isolated(newest.name)})" if len(kept) > 1 else ""
    old = ' <b class="old">This coverage is old.</b>' if newest.is_old else ""
    warned = sum(bool(row.warnings) for row in kept)
    warned_of = f"{warned} {'page has' if warned == 1 else 'pages have'} a warning."
    warn = f' <b class="old">{warned_of}</b>' if warned else ""
    total = _count(sum(row.entry_count for row in kept))
    return f"{pages}{total}, the newest at {_when(newest)}{where}.{old}{warn}"


def _held(row: Freshness) -> str:
    """How many entries a page has, and the time of its newest."""
    return f"{_count(row.entry_count)}, {f'the newest at {_when(row)}' if row.newest else 'none with a time'}"


def _when(row: Freshness) -> str:
    label = timed_html(row.newest.published if row.newest else None, row.label)
    if row.age is None:
        return label
    words = age_in_words(row.age)
    return f"{label}, {words if words == 'just now' else f'{words} ago'}"


def _warnings(row: Freshness) -> str:
    return "".join(f'<span class="notice" dir="auto">{escape(text)}</span>' for text in row.warnings)


def _count(entries: int) -> str:
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"
