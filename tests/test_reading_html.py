"""HTML pages: JSON-LD and microdata first, then what the page shows, with the machine times it carries."""

import gzip
import json
from datetime import datetime, timedelta

import pytest

from index.errors import SourceError
from index.reading import read_content, read_source, read_text
from index.reading.markup import fragment_text

SHOWN = """<!doctype html><html><head><title>Flood live | The Meridian</title>
<meta property="og:site_name" content="The Meridian"><link rel="canonical" href="https://meridian.example/live/flood">
<script>var x = "10:11 AM";</script></head><body><nav><ul><li>Home</li><li>Sport</li></ul></nav><main>
<h1>Flood in Tarnwick: live updates</h1><p>Water is rising in the old town, and people are moving upstairs.</p>
<article><p><time datetime="2026-11-12T10:20:00Z">10:20 AM</time></p><h2>River still rising</h2>
<p>The gauge reads 4 metres, the <b>council</b> says.</p><figure><img src=a.jpg>
<figcaption>The quay at nine. Photograph: Nils Ferrand/AFP</figcaption></figure>
<div class="share-links"><a>Facebook</a><a>Twitter</a></div></article>
<article><p><time datetime="2026-11-12T09:55:00Z">09:55 AM</time></p><h2>Water is in</h2>
<p>The first cellars are wet.</p><ul><li>Mill Lane</li><li>Low Quay</li></ul></article>
</main><footer>About us</footer></body></html>"""

LD = {
    "@context": "https://schema.org",
    "@type": "LiveBlogPosting",
    "headline": "Flood in Tarnwick",
    "url": "https://meridian.example/live/flood",
    "publisher": {"@type": "Organization", "name": "The Meridian"},
    "liveBlogUpdate": [
        {
            "@type": "BlogPosting",
            "headline": "River still rising",
            "datePublished": "2026-11-12T10:20:00+01:00",
            "dateModified": "2026-11-12T10:25:00+01:00",
            "author": {"@type": "Person", "name": "Tess Okonjo"},
            "articleBody": '<p>The gauge reads 4 metres.</p><p>"Go upstairs," the mayor said.</p>',
            "url": "https://meridian.example/live/flood#a",
            "image": {"@type": "ImageObject", "caption": "The quay at nine"},
        },
        {"@type": "BlogPosting", "datePublished": "2026-11-12T09:55:00+01:00", "articleBody": "Water is in."},
    ],
}


def test_visible_entries_take_the_machine_times_they_show():
    reading = read_text(SHOWN, source="flood.html")
    assert [(e.stamp, e.title) for e in reading.entries] == [
        (None, "Flood in Tarnwick: live updates"),
        ("10:20 AM", "River still rising"),
        ("09:55 AM", "Water is in"),
    ]
    first = reading.entries[1]
    assert first.published.isoformat() == "2026-11-12T10:20:00+00:00"
    assert (first.zone_source, first.date_source) == ("page", "page")
    assert first.body == "The gauge reads 4 metres, the council says."
    assert first.captions == ("The quay at nine.",)
    assert reading.entries[2].body == "The first cellars are wet.\n\nMill Lane\nLow Quay"
    assert (reading.page.publisher, reading.page.url) == ("The Meridian", "https://meridian.example/live/flood")
    assert reading.page.format == "html"


def test_html_and_text_of_a_page_give_the_same_entries():
    text = (
        "Flood in Tarnwick: live updates\n\nWater is rising in the old town, and people are moving upstairs.\n\n"
        "10:20 AM\n\nRiver still rising\n\nThe gauge reads 4 metres, the council says.\n\n"
        "The quay at nine. Photograph: Nils Ferrand/AFP\n\n09:55 AM\n\nWater is in\n\nThe first cellars are wet.\n\n"
        "  • Mill Lane\n  • Low Quay\n"
    )
    html_entries = read_text(SHOWN, source="flood").entries
    text_entries = read_text(text, source="flood").entries
    assert [(e.id, e.stamp, e.title, e.body, e.captions) for e in html_entries] == [
        (e.id, e.stamp, e.title, e.body, e.captions) for e in text_entries
    ]


def test_a_printed_clock_keeps_its_own_offset():
    page = SHOWN.replace("10:20 AM", "11.20am BST").replace("09:55 AM", "10.55am BST")
    first = read_text(page, source="flood.html").entries[1]
    assert first.published == datetime.fromisoformat("2026-11-12T10:20:00+00:00")
    assert first.published.utcoffset() == timedelta(hours=1)
    assert (first.zone, first.zone_source) == ("BST", "printed")


def test_json_ld_comes_before_what_the_page_shows():
    page = SHOWN.replace(
        "</head>", f'<script type="application/ld+json">{json.dumps({"@graph": [LD]})}</script></head>'
    )
    reading = read_text(page, source="flood.html")
    first, second = reading.entries
    assert (first.title, first.author, first.captions) == ("River still rising", "Tess Okonjo", ("The quay at nine",))
    assert first.body == 'The gauge reads 4 metres.\n\n"Go upstairs," the mayor said.'
    assert first.quotes == ("Go upstairs,",)
    assert first.published.isoformat() == "2026-11-12T10:20:00+01:00"
    assert first.updated.isoformat() == "2026-11-12T10:25:00+01:00"
    assert (first.zone, first.zone_source, first.date_source) == ("UTC+01:00", "printed", "printed")
    assert first.url == "https://meridian.example/live/flood#a"
    assert (second.title, second.body) == (None, "Water is in.")
    assert (reading.page.title, reading.page.publisher) == ("Flood in Tarnwick", "The Meridian")


def test_broken_json_ld_falls_back_to_what_the_page_shows():
    broken = '<script type="application/ld+json">{"@type": "LiveBlogPosting", </script></head>'
    page = SHOWN.replace("</head>", broken)
    assert [e.stamp for e in read_text(page, source="flood.html").entries] == [None, "10:20 AM", "09:55 AM"]


def test_microdata_posts_are_read():
    page = """<html><body><div itemscope itemtype="https://schema.org/LiveBlogPosting">
    <div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
    <h2 itemprop="headline">River still rising</h2>
    <time itemprop="datePublished" datetime="2026-11-12T10:20:00Z">x</time>
    <span itemprop="author" itemscope><span itemprop="name">Tess Okonjo</span></span>
    <div itemprop="articleBody"><p>The gauge reads 4 metres.</p></div></div></div></body></html>"""
    (entry,) = read_text(page, source="p.html").entries
    assert (entry.title, entry.author, entry.body) == ("River still rising", "Tess Okonjo", "The gauge reads 4 metres.")
    assert entry.published.isoformat() == "2026-11-12T10:20:00+00:00"


def test_amp_live_list_items_are_read():
    page = """<html amp><body><amp-live-list id=l><div items>
    <div id=a data-sort-time="1794478800"><h3>River still rising</h3><p>The gauge reads 4 metres.</p></div>
    <div id=b data-sort-time="1794477300"><p>Water is in.</p></div></div></amp-live-list></body></html>"""
    first, second = read_text(page, source="p.html").entries
    assert (first.title, first.body) == ("River still rising", "The gauge reads 4 metres.")
    assert first.published - second.published == timedelta(minutes=25)


def test_an_address_is_the_pages_id_without_its_fragment():
    reading = read_content(SHOWN.encode(), url="https://meridian.example/live/flood?x=1#post-2")
    assert reading.page.id == "https://meridian.example/live/flood?x=1"


def test_gzip_is_unpacked_and_damage_is_named(tmp_path):
    path = tmp_path / "flood.html.gz"
    path.write_bytes(gzip.compress(SHOWN.encode()))
    assert read_source(path).page.format == "html"
    path.write_bytes(gzip.compress(SHOWN.encode())[:-20])
    with pytest.raises(SourceError, match="gzip"):
        read_source(path)


def test_a_gzip_that_unpacks_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.reading.decoding.MAX_SOURCE_BYTES", 10_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"a" * 1_000_000))
    with pytest.raises(SourceError, match="unpacks to more than 10,000 bytes"):
        read_source(path)


def test_elements_nested_beyond_reason_are_refused():
    with pytest.raises(SourceError, match="nests 20,000 elements"):
        read_text("<html><body>" + "<div>" * 19_998 + "x", source="deep.html")


def test_paragraphs_stay_apart_and_inline_words_together():
    assert fragment_text("<p>One <b>tw</b>o</p><p>three<br>four</p>") == "One two\n\nthree\nfour"
    assert fragment_text("Fish &amp; chips") == "Fish & chips"


def test_a_headline_given_to_machines_loses_its_entities():
    ld = LD | {"headline": "Flood &amp; storm"}
    page = f'<html><head><script type="application/ld+json">{json.dumps(ld)}</script></head><body></body></html>'
    assert read_text(page, source="flood.html").page.title == "Flood & storm"


def test_readers_comments_end_the_last_entry_and_are_none():
    comments = "<h3>2 comments</h3><p>Al</p><p>12 November 2026, 18:05</p><p>Stay safe.</p>"
    entries = read_text(SHOWN.replace("</main>", comments + "</main>"), source="flood.html").entries
    assert len(entries) == 3
    assert entries[2].body.endswith("Low Quay")
