"""Entries of a page as HTML: a window of them around the open one, over the whole page's time strip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.records import Entry, Page, Part, Ref
from index.times import entry_moment, time_key, time_label
from rag.page.freshness import Freshness
from rag.page.markup import as_json, escape, isolated, marked, safe_url, time_attributes, timed_html
from rag.page.panels import manage_html
from rag.page.windows import typed_time
from rag.records import Citation

_OUTWARD = 'target="_blank" rel="noopener noreferrer nofollow"'
_SHOWN_PARTS: tuple[Part, ...] = ("body", "captions")
FIRST = 40
MORE = 200
WINDOW = 600  # of a longer page no more is drawn at once: what comes in on one side goes out on the other
BINS = 48
MAX_FOUND = 50


@dataclass(frozen=True, slots=True)
class View:
    """Entries shown of a page: `ordered[first:last]`, in the order of `ordered` (oldest or newest first).

    `request` is what asked for this view, carried on by its buttons. `cited` holds page and entry ids of the entries
    that the conversation cites; `state` is how the page itself fares, with what can be done about it.
    """

    page: Page
    ordered: Sequence[Entry]
    first: int
    last: int
    newest_first: bool
    chosen: Entry | None = None
    citation: Citation | None = None
    request: Mapping[str, Any] | None = None
    cited: frozenset[Ref] = frozenset()
    state: Freshness | None = None

    @property
    def shown(self) -> Sequence[Entry]:
        """Entries in the window."""
        return self.ordered[self.first : self.last]


def view_html(view: View) -> str:
    """Page title, time strip, and the window of entries with the open one marked."""
    other = "Oldest first" if view.newest_first else "Newest first"
    turned = {"order": "oldest" if view.newest_first else "newest"}
    total = len(view.ordered)
    turned_view = replace(view, first=total - view.last, last=total - view.first)
    rows = "".join(
        _entry_row(entry, view.citation, chosen=bool(view.chosen and entry.id == view.chosen.id))
        for entry in view.shown
    )
    long = " long" if len(view.shown) > FIRST else ""  # the browser lays out only those in view
    status = f"{time_label(view.chosen)} is open" if view.chosen else ""
    return (
        f'<p class="crumbs"><button type="button" class="quiet" data-view="{{}}">Coverage</button>'
        '<button type="button" class="quiet back" data-back>Back to the answer</button>'
        f"{_button(other, turned_view, turned)}</p>"
        f'<h2 class="side-title">{isolated(view.page.name)}</h2>'
        f"{manage_html(view.state) if view.state else ''}"
        f'<p class="sr" role="status">{escape(status)}</p>{_strip(view)}'
        f'{_more(view, above=True)}<ol class="entries{long}">{rows}</ol>{_more(view, above=False)}'
    )


def found_html(text: str, entries: Sequence[Entry], pages: Mapping[str, Page]) -> str:
    """Entries that a search found, newest first, each a button that opens it."""
    rows = "".join(
        f'<li><button type="button" class="page" data-view="'
        f'{as_json({"page": entry.page_id, "entry": entry.id})}">'
        f"<span>{timed_html(entry.published, time_label(entry))}, {isolated(_name(pages, entry.page_id))}</span>"
        f'<b dir="auto">{_found(entry.title or "", text, around=200)}</b>'
        f'<span dir="auto">{_found(entry.body, text)}</span></button></li>'
        for entry in entries
    )
    found = f'<ul class="pages">{rows}</ul>' if rows else '<p class="empty">No entry holds these words.</p>'
    count = f"{len(entries)} found" if len(entries) < MAX_FOUND else f"The newest {len(entries)} are shown"
    return (
        '<p class="crumbs"><button type="button" class="quiet" data-view="{}">Coverage</button>'
        f'<span role="status">{count}</span></p>{found}'
    )


def _entry_row(entry: Entry, citation: Citation | None, *, chosen: bool) -> str:
    where, spans = _quote_in(entry, citation) if chosen and citation else ("body", ())
    label = time_label(entry)
    parts = [f'<p class="entry-time"{time_attributes(entry.published, label)}>{escape(label)}</p>']
    if chosen and citation and citation.quote and not spans:
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
    return f'<li{state} data-id="{escape(entry.id)}">{"".join(parts)}</li>'


def _strip(view: View) -> str:
    """How many entries the page has over time; a bar holds the time of its last entry, to answer as of it."""
    dated = [entry for entry in view.ordered if entry.published] or view.ordered
    timed = sorted(
        ((time_key(moment), entry) for entry in dated if (moment := entry_moment(entry))),
        key=lambda pair: pair[0],
    )
    if len(timed) < 3 or timed[0][0] == timed[-1][0]:
        return ""
    start, width = timed[0][0], (timed[-1][0] - timed[0][0]) / BINS
    bins: list[list[Entry]] = [[] for _ in range(BINS)]
    for key, entry in timed:
        bins[min(BINS - 1, int((key - start) / width))].append(entry)
    tallest = max(map(len, bins))
    bars = "".join(_bar(held, tallest, view, at_end=held is bins[-1]) if held else "<i></i>" for held in bins)
    first, last = (timed_html(entry.published, time_label(entry)) for _, entry in (timed[0], timed[-1]))
    return (
        '<div class="strip" role="group" aria-label="Entries over time: choose a time to answer as of it"'
        f' data-page="{escape(view.page.id)}">{bars}</div>'
        f'<p class="strip-ends"><span>{first}</span><span>{last}</span></p>'
    )


def _bar(held: Sequence[Entry], tallest: int, view: View, *, at_end: bool) -> str:
    label = time_label(held[-1])
    kinds = ["bar", f"h{max(1, round(8 * len(held) / tallest))}"]
    kinds += ["is-cited"] if any(entry.ref in view.cited for entry in held) else []
    kinds += ["is-open"] if view.chosen and any(entry.id == view.chosen.id for entry in held) else []
    count = f"{len(held)} {'entry' if len(held) == 1 else 'entries'}"
    cited = ", cited in this conversation" if "is-cited" in kinds else ""
    name = f"Answer as of {label} ({count}{cited})"
    return (
        f'<button type="button" class="{" ".join(kinds)}" data-as-of="{escape(typed_time(held[-1]))}"{_reach(held)}'
        f' title="{escape(name)}" aria-label="{escape(name)}" tabindex="{0 if at_end else -1}"></button>'
    )


def _reach(held: Sequence[Entry]) -> str:
    """Times of a bar's first and last entry, so that the page can mark it when an answer cites one between them."""
    first, last = entry_moment(held[0]), entry_moment(held[-1])
    return f' data-reach="{time_key(first):.0f} {time_key(last):.0f}"' if first and last else ""


def _more(view: View, *, above: bool) -> str:
    left = view.first if above else len(view.ordered) - view.last
    if left <= 0:
        return ""
    later = above == view.newest_first
    first, last = max(0, view.first - MORE), min(len(view.ordered), view.last + MORE)
    wider = (first, min(view.last, first + WINDOW)) if above else (max(view.first, last - WINDOW), last)
    name = f"Show {min(MORE, left)} {'later' if later else 'earlier'} of {left:,}"
    following = "" if view.chosen else " following"  # loaded by itself when it comes into view
    return f'<p class="more{following}">{_button(name, view, {"from": wider[0], "to": wider[1]})}</p>'


def _button(name: str, view: View, changes: Mapping[str, Any]) -> str:
    request = {
        **(view.request or {}),
        "page": view.page.id,
        "from": view.first,
        "to": view.last,
        "order": "newest" if view.newest_first else "oldest",
        "stay": True,
        **changes,
    }
    return f'<button type="button" class="quiet" data-view="{as_json(request)}">{escape(name)}</button>'


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


def _found(text: str, searched: str, *, around: int = 90) -> str:
    """Text about the first of the searched words, cut to fit, with each word's first place marked."""
    words = [word for word in searched.lower().split() if word]
    lowered = text.lower()
    places = sorted((at, at + len(word)) for word in words if (at := lowered.find(word)) >= 0)
    start = max(0, places[0][0] - around // 2) if places else 0
    cut = text[start : start + 2 * around]
    inner = marked(cut, [(a - start, b - start) for a, b in places])
    return f"{'…' if start else ''}{inner}{'…' if start + 2 * around < len(text) else ''}"


def _name(pages: Mapping[str, Page], page_id: str) -> str:
    page = pages.get(page_id)
    return page.name if page else page_id
