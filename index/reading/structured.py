"""schema.org live blogs in a page's JSON-LD or microdata, and AMP live lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.reading.posts import Post

_MAX_DEPTH = 40


class Blog(NamedTuple):
    """A live blog as its publisher describes it to machines."""

    posts: tuple[Post, ...]
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


def find_blog(tree: LexborHTMLParser) -> Blog | None:
    """The live blog that the page describes; None where it describes none with posts."""
    for node in tree.css('script[type="application/ld+json"]'):
        for item in _items(_load(node.text()), 0):
            blog = read_live_blog(item)
            if blog.posts:
                return blog
    return _microdata(tree) or _amp(tree)


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _items(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object of type LiveBlogPosting within lists, graphs and main entities."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _items(part, depth + 1)
    elif isinstance(value, dict):
        if "LiveBlogPosting" in _texts(value.get("@type")):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _items(value.get(key), depth + 1)


def read_live_blog(item: Mapping[str, Any]) -> Blog:
    """Posts of one LiveBlogPosting object (https://schema.org/LiveBlogPosting)."""
    updates = item.get("liveBlogUpdate") or item.get("blogPost") or ()
    posts = tuple(_post(u) for u in (updates if isinstance(updates, list) else [updates]) if isinstance(u, dict))
    opening = _text(item.get("articleBody"))
    if opening and posts:
        posts = (Post(body=opening, summary=True), *posts)
    return Blog(posts, _text(item.get("headline")), _name(item.get("publisher")), _link(item))


def _post(update: Mapping[str, Any]) -> Post:
    return Post(
        when=update.get("datePublished") or update.get("dateCreated"),
        changed=update.get("dateModified"),
        title=_text(update.get("headline") or update.get("alternativeHeadline")),
        author=_name(update.get("author")),
        body=_text(update.get("articleBody") or update.get("text") or update.get("description")) or "",
        url=_link(update),
        captions=tuple(_captions(update.get("image"))),
    )


def _texts(value: Any) -> list[str]:
    return [str(part) for part in (value if isinstance(value, list) else [value]) if part]


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """Name of a person or an organisation, or several people's; a publisher that writes its own name is none."""
    people = value if isinstance(value, list) else [value]
    names = [_text(p.get("name")) if isinstance(p, dict) else _text(p) for p in people]
    return ", ".join(name for name in names if name) or None


def _link(item: Mapping[str, Any]) -> str | None:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = item.get(key)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith("http"):
            return value
    return None


def _captions(image: Any) -> Iterator[str]:
    for part in image if isinstance(image, list) else [image]:
        if isinstance(part, dict) and (caption := _text(part.get("caption"))):
            yield caption


def _microdata(tree: LexborHTMLParser) -> Blog | None:
    posts = []
    nodes = tree.css('[itemprop~="liveBlogUpdate"]') or tree.css(
        '[itemtype$="LiveBlogPosting"] [itemtype$="/BlogPosting"]'
    )
    for node in nodes:
        posts.append(
            Post(
                when=_prop(node, "datePublished"),
                changed=_prop(node, "dateModified"),
                title=_prop(node, "headline"),
                author=_prop(node, "author"),
                body=_prop_html(node, "articleBody"),
                url=_prop(node, "url"),
            )
        )
    posts = [post for post in posts if post.body or post.title]
    return Blog(tuple(posts), _prop(tree.root, "headline") if tree.root else None) if posts else None


def _prop(node: LexborNode, name: str) -> str | None:
    found = node.css_first(f'[itemprop~="{name}"]')
    if found is None:
        return None
    inner = found.css_first('[itemprop~="name"]') or found
    for attribute in ("content", "datetime", "href"):
        if value := inner.attributes.get(attribute):
            return value
    return " ".join(inner.text().split()) or None


def _prop_html(node: LexborNode, name: str) -> str:
    found = node.css_first(f'[itemprop~="{name}"]')
    return (found.inner_html or "") if found else ""


def _amp(tree: LexborHTMLParser) -> Blog | None:
    """Items of an amp-live-list, whose order is a time in seconds."""
    posts = []
    for node in tree.css("amp-live-list [data-sort-time]"):
        heading = node.css_first("h1,h2,h3,h4")
        title = " ".join(heading.text().split()) if heading else None
        if heading:
            heading.decompose()
        for shown in node.css("time"):
            shown.decompose()
        posts.append(
            Post(
                when=node.attributes.get("data-sort-time"),
                changed=node.attributes.get("data-update-time"),
                title=title,
                body=node.inner_html or "",
            )
        )
    return Blog(tuple(posts)) if posts else None
