"""Stories -> the text of a page, in layouts that the reader supports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from index.errors import QuestionError

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Story:
    """An entry to print; times are on the page's own clock."""

    published: datetime
    title: str
    paragraphs: tuple[str, ...]
    author: str = ""

    @property
    def text(self) -> str:
        """Paragraphs with an empty line between them."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page prints its entries.

    `zone` is what its times are told in, None where the page does not say. `titled` says whether entries have
    titles; `dated` whether each prints its date, which otherwise stands above them once.
    """

    entry: Callable[[Story], str]
    zone: str | None = None
    titled: bool = True
    newest_first: bool = True
    dated: bool = False
    suffix: str = "txt"


def h24(moment: datetime, sign: str = ":") -> str:
    """Time of day on 24 hours."""
    return f"{moment.hour:02}{sign}{moment.minute:02}"


def h12(moment: datetime, meridiem: Literal["pm", "PM"] = "pm", sign: str = ":") -> str:
    """Time of day on 12 hours: "3:05pm", or "3:05 PM"."""
    half = "ap"[moment.hour >= 12] + "m"
    return f"{moment.hour % 12 or 12}{sign}{moment.minute:02}{half if meridiem == 'pm' else ' ' + half.upper()}"


def _zone_words(moment: datetime) -> str:
    summer = bool(moment.replace(tzinfo=LONDON).dst())
    return "British Summer Time" if summer else "Greenwich Mean Time"


LAYOUTS: Mapping[str, Layout] = {
    "alone 24": Layout(lambda s: f"{h24(s.published)}\n\n{s.title}\n\n{s.text}\n\n"),
    "alone 24 dotted zone": Layout(lambda s: f"{h24(s.published, '.')} GMT\n\n{s.title}\n\n{s.text}\n\n", "UTC"),
    "alone 12": Layout(lambda s: f"{h12(s.published, 'PM')}\n\n{s.title}\n\n{s.text}\n\n"),
    "alone 12 lower": Layout(lambda s: f"{h12(s.published, sign='.')}\n\n{s.title}\n\n{s.text}\n\n"),
    "dated": Layout(
        lambda s: f"{s.published:%b} {s.published.day}, {s.published.year} {h24(s.published)} GMT\n\n{s.title}\n\n"
        f"{s.text}\n\n",
        "UTC",
        dated=True,
    ),
    "numbered": Layout(
        lambda s: (
            f"  1. {s.title}published at {h24(s.published)} {_zone_words(s.published)} "
            f"{s.published.day} {s.published:%B %Y}\n\n{s.text}\n\n"
        ),
        "Europe/London",
        dated=True,
    ),
    "glued": Layout(lambda s: f"{h12(s.published, 'PM')}{s.title}\n\n{s.text}\n\n"),
    "plus": Layout(lambda s: f"+++ {h24(s.published)} {s.title} +++\n\n{s.text}\n\n"),
    "bar": Layout(lambda s: f"{h24(s.published)} Uhr | {s.title}\n\n{s.text}\n\n"),
    "french": Layout(lambda s: f"{h24(s.published, 'h')}\n\n{s.title}\n\n{s.text}\n\n"),
    "title above": Layout(
        lambda s: f"{s.title}\n\n{s.published:%d/%m/%Y} {h24(s.published)}\n\n{s.text}\n\n", dated=True
    ),
    "bracketed": Layout(
        lambda s: f"[{h24(s.published)} UTC] {s.text}\n\n", "UTC", titled=False, newest_first=False
    ),
    "four digits": Layout(
        lambda s: f"{h24(s.published, '')} GMT - {s.text}\n\n", "UTC", titled=False, newest_first=False
    ),
    "colon": Layout(lambda s: f"{h12(s.published)}: {s.text}\n\n", titled=False, newest_first=False),
    "german": Layout(lambda s: f"{h24(s.published, '.')} Uhr: {s.text}\n\n", titled=False, newest_first=False),
    "author": Layout(
        lambda s: f"Simon {h24(s.published)} PT: {s.text}\n\n",
        "America/Los_Angeles",
        titled=False,
        newest_first=False,
    ),
    "web page": Layout(lambda s: "", "Europe/London", dated=True, suffix="html"),
}  # fmt: skip
MIXED = ("numbered", "alone 12", "bracketed", "dated", "web page", "alone 24")


def choose_layout(name: str, page: int) -> Layout:
    """The layout of a name; "mixed" gives one page after another its own.

    Raises:
        QuestionError: there is no such layout.

    """
    if name == "mixed":
        return LAYOUTS[MIXED[page % len(MIXED)]]
    if name not in LAYOUTS:
        raise QuestionError(f"{name!r} is no layout; use mixed, {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def render(layout: Layout, title: str, intro: str, stories: Sequence[Story]) -> str:
    """A whole page; `stories` oldest first."""
    ordered = list(reversed(stories)) if layout.newest_first else list(stories)
    if layout.suffix == "html":
        return _web_page(layout, title, intro, ordered)
    day = stories[0].published
    top = [title, "" if layout.dated else f"{day:%A} {day.day} {day:%B %Y}", intro]
    return "".join(f"{line}\n\n" for line in top if line) + "".join(layout.entry(story) for story in ordered)


def _web_page(layout: Layout, title: str, intro: str, stories: Sequence[Story]) -> str:
    """HTML whose entries stand in JSON-LD, as schema.org's LiveBlogPosting has them, and in its markup."""
    zone = ZoneInfo(layout.zone or "UTC")
    updates = [
        {
            "@type": "BlogPosting",
            "headline": story.title,
            "datePublished": story.published.replace(tzinfo=zone).isoformat(),
            "author": {"@type": "Person", "name": story.author},
            "articleBody": story.text,
        }
        for story in stories
    ]
    data = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": title, "description": intro,
            "liveBlogUpdate": updates}  # fmt: skip
    script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return (
        f"<!doctype html><html lang=en><head><title>{escape(title)}</title>"
        f'<script type="application/ld+json">{script}</script></head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(intro)}</p></body></html>\n"
    )
