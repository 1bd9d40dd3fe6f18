"""Feeds, live-blog APIs and our own JSONL become the same kind of entries."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.reading import read_source, read_text, write_jsonl

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Flood live</title><link>https://m.example/</link>
<item><title>River still rising</title><link>https://m.example/1</link><author>t@m.example (Tess Okonjo)</author>
<pubDate>Thu, 12 Nov 2026 10:20:00 +0100</pubDate>
<description>&lt;p&gt;The gauge reads 4 metres.&lt;/p&gt;</description>
</item>
<item><title>Water is in</title><pubDate>Thu, 12 Nov 2026 09:55:00 GMT</pubDate>
<description>Cellars are wet.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Flood live</title>
<entry><title>River still rising</title><id>a</id><published>2026-11-12T10:20:00+01:00</published>
<updated>2026-11-12T10:25:00+01:00</updated><author><name>Tess Okonjo</name></author>
<content type="html">&lt;p&gt;The gauge reads 4 metres.&lt;/p&gt;</content></entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Flood live",
    "items": [
        {
            "id": "1",
            "title": "River still rising",
            "content_html": "<p>The gauge reads 4 metres.</p>",
            "date_published": "2026-11-12T10:20:00+01:00",
            "authors": [{"name": "Tess Okonjo"}],
        }
    ],
}

GUARDIAN = {
    "response": {
        "content": {
            "webTitle": "Flood live",
            "webUrl": "https://m.example/live",
            "blocks": {
                "body": [
                    {
                        "id": "5f",
                        "title": "River still rising",
                        "bodyHtml": "<p>The gauge reads 4 metres.</p>",
                        "firstPublishedDate": "2026-11-12T10:20:00+01:00",
                        "lastModifiedDate": "2026-11-12T10:25:00+01:00",
                        "contributors": ["Tess Okonjo"],
                        "attributes": {"pinned": True},
                        "elements": [{"type": "image", "imageTypeData": {"caption": "The quay"}}],
                    }
                ]
            },
        }
    }
}

WORDPRESS = {
    "entries": [
        {
            "id": 7,
            "type": "new",
            "content": "<p>The gauge reads 4 metres.</p>",
            "timestamp": 1794478800,
            "authors": [{"name": "Tess Okonjo"}],
            "headline": "River still rising",
        },
        {"id": 8, "type": "delete", "content": ""},
    ],
    "latest_timestamp": 1794478800,
}

SCRIBBLE = {
    "Title": "Flood live",
    "Posts": [
        {
            "Id": 1,
            "Content": "The gauge reads 4 metres.",
            "Created": "/Date(1794478800000+0000)/",
            "Creator": {"Name": "Tess Okonjo"},
            "Type": "TEXT",
        }
    ],
}


@pytest.mark.parametrize("feed", [RSS, ATOM, json.dumps(JSON_FEED)], ids=["rss", "atom", "json"])
def test_feeds_give_titles_times_authors_and_bodies(feed):
    reading = read_text(feed, source="feed")
    entry = reading.entries[0]
    assert reading.page.title == "Flood live"
    assert (entry.title, entry.body) == ("River still rising", "The gauge reads 4 metres.")
    assert entry.published.isoformat() == "2026-11-12T10:20:00+01:00"
    assert "Tess Okonjo" in entry.author
    assert (entry.zone_source, entry.date_source) == ("printed", "printed")


@pytest.mark.parametrize(("answer", "kind"), [(GUARDIAN, "guardian"), (WORDPRESS, "wordpress"), (SCRIBBLE, "scribble")])
def test_api_answers_are_told_apart_and_read(answer, kind):
    reading = read_text(json.dumps(answer), source="api.json")
    entry = reading.entries[0]
    assert reading.page.format == kind
    assert len(reading.entries) == 1
    assert (entry.author, entry.body) == ("Tess Okonjo", "The gauge reads 4 metres.")
    assert entry.published.isoformat()[:16] == "2026-11-12T10:20"


def test_a_pinned_block_is_pinned_and_keeps_its_caption_and_address():
    entry = read_text(json.dumps(GUARDIAN), source="api.json").entries[0]
    assert (entry.kind, entry.captions, entry.url) == ("pinned", ("The quay",), "https://m.example/live#block-5f")


def test_a_given_zone_shows_machine_times_on_its_clock():
    entry = read_text(json.dumps(WORDPRESS), source="api.json", zone="Europe/Paris").entries[0]
    assert entry.published.isoformat() == "2026-11-12T11:20:00+01:00"
    assert entry.zone == "CET"


def test_an_empty_feed_is_refused():
    with pytest.raises(SourceError, match="without items"):
        read_text('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', source="f")


def test_a_format_given_overrides_what_the_content_looks_like(tmp_path):
    path = tmp_path / "page.xml"
    path.write_text(RSS)
    assert read_source(path).page.format == "feed"
    assert read_source(path, format="text").page.format == "text"
    with pytest.raises(SourceError, match=r"'rss2'.*text, html, feed"):
        read_source(path, format="rss2")
    with pytest.raises(SourceError, match="not whole JSON"):
        read_source(path, format="guardian")


def test_json_of_no_known_kind_is_text():
    assert read_text('{"a": 1}', source="x").page.format == "text"


PAGE = (
    'Rain today.\n\n10:20 AM GMT\n\nRiver still rising\n\nThe gauge reads "4 metres".\n\n'
    "09:55 AM GMT\n\nFirst\n\nWater.\n"
)


def test_our_own_lines_bring_every_field_back(tmp_path):
    reading = read_text(PAGE, source="flood.txt", day=date(2026, 11, 12))
    path = tmp_path / "flood.jsonl"
    path.write_text(write_jsonl(reading))
    assert read_source(path) == reading


def test_zones_come_back_by_name(tmp_path):
    reading = read_text(PAGE.replace(" GMT", ""), source="flood.txt", day=date(2026, 6, 12), zone="Europe/London")
    path = tmp_path / "flood.jsonl"
    path.write_text(write_jsonl(reading))
    back = read_source(path)
    assert back == reading
    assert str(back.entries[1].published.tzinfo) == "Europe/London"


def test_a_damaged_line_is_named():
    with pytest.raises(SourceError, match="line 2"):
        read_text('{"page": {"id": "x"}}\n{"entry": {"id": "a"}}\n', source="x.jsonl")


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_any_words_in_a_body_come_back(words):
    reading = read_text(f"10:20\n\nTitle\n\n{words}\n", source="x")
    assert read_text(write_jsonl(reading), source="y") == reading
