"""Answers of live-blog APIs: Guardian Content API, WordPress Liveblog, ScribbleLive-style JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.errors import SourceError
from index.reading.feeds import read_json_feed
from index.reading.posts import Post, read_posts
from index.reading.structured import read_live_blog
from index.reading.text import Hints
from index.records import Reading

API_FORMATS = ("jsonld", "jsonfeed", "guardian", "wordpress", "scribble")


def sniff_api(value: Any) -> str | None:
    """Format of a JSON answer by its own fields; None where it is none that is known."""
    if isinstance(value, list):
        return sniff_api(value[0]) if value else None
    if not isinstance(value, dict):
        return None
    if "LiveBlogPosting" in str(value.get("@type")):
        return "jsonld"
    if "jsonfeed.org" in str(value.get("version")) and "items" in value:
        return "jsonfeed"
    if _blocks(value):
        return "guardian"
    if isinstance(value.get("entries"), list):
        return "wordpress"
    return "scribble" if isinstance(value.get("Posts") or value.get("posts"), list) else None


def read_api(value: Any, kind: str, *, page_id: str, source: str, hints: Hints) -> Reading:
    """Posts of a JSON answer of the kind named. Raises SourceError where it holds none of that kind."""
    item = value[0] if isinstance(value, list) and value else value
    if not isinstance(item, dict):
        raise SourceError(f"{source} is not JSON of the format {kind!r}. Leave the format out to have it found.")
    if kind == "jsonfeed":
        return read_json_feed(item, page_id=page_id, source=source, hints=hints)
    if kind == "jsonld":
        blog = read_live_blog(item)
        posts, title, publisher, url = list(blog.posts), blog.title, blog.publisher, blog.url
    else:
        readers = {"guardian": _guardian, "wordpress": _wordpress, "scribble": _scribble}
        posts, title, url = readers[kind](item)
        publisher = None
    if not posts:
        raise SourceError(f"{source} holds no posts of the format {kind!r}. Check what was saved.")
    return read_posts(
        posts, page_id=page_id, source=source, format=kind, hints=hints, title=title, publisher=publisher, url=url
    )


def _content(value: Mapping[str, Any]) -> Mapping[str, Any]:
    response = value.get("response", value)
    content = response.get("content", response) if isinstance(response, dict) else {}
    return content if isinstance(content, dict) else {}


def _blocks(value: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    blocks = _content(value).get("blocks")
    body = blocks.get("body") if isinstance(blocks, dict) else None
    return [b for b in body if isinstance(b, dict)] if isinstance(body, list) else []


def _guardian(value: Mapping[str, Any]) -> tuple[list[Post], str | None, str | None]:
    """Blocks of a live blog (https://open-platform.theguardian.com/documentation/item)."""
    content = _content(value)
    posts = []
    for block in _blocks(value):
        extra = block.get("attributes") or {}
        posts.append(
            Post(
                when=block.get("firstPublishedDate") or block.get("publishedDate") or block.get("createdDate"),
                changed=block.get("lastModifiedDate"),
                title=block.get("title"),
                author=_names(block.get("contributors")),
                body=block.get("bodyHtml") or block.get("bodyTextSummary") or "",
                url=f"{content['webUrl']}#block-{block['id']}" if content.get("webUrl") and block.get("id") else None,
                captions=tuple(_captions(block.get("elements"))),
                pinned=bool(extra.get("pinned")),
                summary=bool(extra.get("summary")),
            )
        )
    return posts, content.get("webTitle"), content.get("webUrl")


def _captions(elements: Any) -> list[str]:
    found = []
    for element in elements if isinstance(elements, list) else ():
        data = element.get("imageTypeData") if isinstance(element, dict) else None
        if isinstance(data, dict) and data.get("caption"):
            found.append(str(data["caption"]))
    return found


def _wordpress(value: Mapping[str, Any]) -> tuple[list[Post], str | None, str | None]:
    """Entries of the WordPress Liveblog plugin (https://github.com/Automattic/liveblog)."""
    posts = [
        Post(
            when=entry.get("timestamp") or entry.get("entry_time") or entry.get("date_gmt"),
            title=entry.get("headline"),
            author=_names(entry.get("authors")),
            body=entry.get("content") or entry.get("render") or entry.get("html") or "",
            url=entry.get("share_link"),
        )
        for entry in value.get("entries", ())
        if isinstance(entry, dict) and entry.get("type") != "delete"
    ]
    return posts, value.get("title"), value.get("url")


def _scribble(value: Mapping[str, Any]) -> tuple[list[Post], str | None, str | None]:
    """Posts of a ScribbleLive event."""
    posts = []
    for post in value.get("Posts") or value.get("posts") or ():
        if isinstance(post, dict) and not post.get("IsDeleted"):
            posts.append(
                Post(
                    when=post.get("Created") or post.get("CreatedDate"),
                    changed=post.get("LastModified"),
                    title=post.get("Title"),
                    author=_names([post.get("Creator")]),
                    body=post.get("Content") or "",
                    url=post.get("Permalink"),
                )
            )
    return posts, value.get("Title"), value.get("Url")


def _names(people: Any) -> str | None:
    names = []
    for person in people if isinstance(people, list) else [people]:
        name = person if isinstance(person, str) else None
        if isinstance(person, dict):
            name = person.get("name") or person.get("Name") or person.get("display_name") or person.get("webTitle")
        names += [str(name)] if name else []
    return ", ".join(names) or None
