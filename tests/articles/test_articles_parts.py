"""The parts extraction is made of: decoding, repair, the extractor's tree, the named container, JSON-LD."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tui_news.articles.container import common_html, story_html
from tui_news.articles.decode import decode
from tui_news.articles.jsonld import Told, told
from tui_news.articles.repair import CAPTION, TWICE, page_tree, repair
from tui_news.articles.tree import to_html


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("blå".encode(), "", "blå"),
        ("\ufeffblå".encode(), "text/html; charset=iso-8859-1", "blå"),
        ("\ufeffblå".encode("utf-16-le"), "", "blå"),
        ("\ufeffblå".encode("utf-16-be"), "", "blå"),
        ("blå “”".encode("cp1252"), "text/html; charset=ISO-8859-1", "blå “”"),
        ("blå".encode("cp1252"), "", "blå"),
        ("мост".encode("koi8-r"), 'text/html; charset="koi8-r"', "мост"),
        (b"<meta charset=windows-1251>" + "мост".encode("cp1251"), "", "<meta charset=windows-1251>мост"),
        (
            b"<?xml version='1.0' encoding='euc-jp'?>" + "橋".encode("euc-jp"),
            "",
            "<?xml version='1.0' encoding='euc-jp'?>橋",
        ),
        ("桥".encode("gb18030"), "text/html; charset=gb2312", "桥"),
        (b"bl\xe5", "text/html; charset=no-such", "blå"),
        (b"bl\xe5", "text/html; charset=base64", "blå"),
        (b"bl\xe5", "text/html; charset=utf-8", "bl\ufffd"),
        (b"<meta charset=utf-16>bl\xe5", "", "<meta charset=utf-16>blå"),
        (b"x" * 2000 + b"\xe5", "", "x" * 2000 + "\ufffd"),
    ],
)
def test_bytes_become_text_as_browsers_do_it(body, header, text):
    assert decode(body, header) == text


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_decoding_never_fails(body, name):
    assert isinstance(decode(body, f"text/html; charset={name}"), str)
    assert isinstance(decode(b"<meta charset=" + body, ""), str)


def repaired(body):
    root = page_tree(f"<html><body>{body}</body></html>")
    split = repair(root)
    html = "".join(etree.tostring(child, encoding="unicode", method="html") for child in root.find("body"))
    return html, split


def test_short_quotes_get_their_marks():
    assert (
        repaired("<p>He said <q>no <b>way</b></q>, twice <q>x</q>.</p>")[0]
        == "<p>He said “no <b>way</b>”, twice “x”.</p>"
    )


def test_breaks_in_a_row_part_paragraphs_and_single_ones_do_not():
    html, split = repaired(
        "<div>One<br>still one<br><br> two <b>bold</b><br><br/><br>three<ul><li>x</li></ul>tail</div>"
    )
    assert split
    assert html == (
        "<div><p>One<br>still one</p><p> two <b>bold</b></p><p>three</p><ul><li>x</li></ul><p>tail</p></div>"
    )
    assert repaired("<p>One<br>two</p>") == ("<p>One<br>two</p>", False)
    assert repaired("<p>One<br><br>two</p>")[0] == "<div><p>One</p><p>two</p></div>"
    assert repaired("<pre>One<br><br>two</pre>")[0] == "<pre>One<br><br>two</pre>"


def test_captions_are_marked_once_and_only_under_pictures():
    figure = "<figure><img src=x><figcaption><p>A <b>b</b></p></figcaption></figure>"
    html, _ = repaired(figure * 2)
    assert html.count(CAPTION) == 1
    assert f"<p>{CAPTION}A <b>b</b></p>" in html
    for other in (
        "<figure><figcaption>x</figcaption></figure>",
        "<figure><img><figcaption> </figcaption></figure>",
        "<a><figure><img><figcaption>x</figcaption></figure></a>",
        "<figure><img><figcaption><a>x y z</a></figcaption></figure>",
    ):
        assert CAPTION not in repaired(other)[0]


def test_repeated_paragraphs_are_marked_to_survive():
    html, _ = repaired("<p>Again <b>x</b></p><p>Again <b>x</b></p><p>Once</p><p>Once</p><p>…</p><p>…</p>")
    assert html.count(TWICE) == 2


def test_the_comments_and_their_form_are_no_part_of_a_page():
    html, _ = repaired('<p>x</p><div id="respond">form</div><ol class="comment-list"><li>words</li></ol>tail')
    assert html == "<p>x</p>tail"


def test_trees_of_nothing_are_none():
    assert page_tree("") is None
    assert page_tree('<?xml version="1.0" encoding="utf-8"?>') is None


def test_the_extractors_tree_becomes_html():
    source = f"""<body>t<p>A <hi rend="#b">b</hi> <hi rend="?">c</hi><lb/><del>d</del> <ref target="u&quot;">l</ref></p>
    <head rend="h3">H</head><head rend="x">H</head><list rend="ol"><item>1</item></list><list><item>2</item></list>
    <quote>q</quote><table><row><cell role="head">h</cell><cell>c</cell></row></table><graphic src="s" alt="a&lt;"/>
    <p>{CAPTION}Cap</p><p>in <code>line</code> <code>two\nlines</code></p><code>alone</code><odd>x</odd>&lt;tail{TWICE}</body>"""
    html = to_html(etree.fromstring(source))
    for part in (
        "t<p>A <strong>b</strong> <em>c</em><br><s>d</s>", '<a href="u&quot;">l</a>', "<h3>H</h3>", "<h2>H</h2>",
        "<ol><li>1</li></ol>", "<ul><li>2</li></ul>", "<blockquote>q</blockquote>",
        "<table><tr><th>h</th><td>c</td></tr></table>", '<img src="s" alt="a&lt;">', "<figcaption>Cap</figcaption>",
        "in <code>line</code>", "<pre><code>two\nlines</code></pre>", "<pre><code>alone</code></pre>", "x&lt;tail",
    ):  # fmt: skip
        assert part in html
    assert TWICE not in html
    assert to_html(etree.fromstring("<body/>")) == ""


def test_a_deep_tree_costs_no_stack():
    body = deep = etree.Element("body")
    for _ in range(5_000):
        deep = etree.SubElement(deep, "quote")
    assert to_html(body).count("<blockquote>") == 5_000


def container(body):
    root = page_tree(f"<html><body>{body}</body></html>")
    repair(root)
    return story_html(root)


def test_the_named_container_comes_without_its_furniture():
    html = container("""<article><div class="entry-content">x<div class="share-buttons">s</div>y<script>z</script>
    <p class="shared-memories">w</p><div hidden>h</div><div aria-hidden="true">i</div><b class="share">b</b>
    <div id="related">r</div><figure><img><figcaption>Cap</figcaption></figure><iframe src=x></iframe></div></article>""")
    assert html.startswith('<div class="entry-content">xy')
    assert '<p class="shared-memories">w</p>' in html
    assert "<b" in html
    assert "<figcaption>Cap</figcaption>" in html
    for gone in (">s<", "z<", ">h<", ">i<", ">r<", "iframe"):
        assert gone not in html


def test_no_container_or_several_is_none():
    assert container("<p>x</p>") == ""
    assert container('<div class="entry-content">a</div><div class="entry-content">b</div>') == ""
    assert container('<div class="entry-content">a<div class="entry-content">b</div></div>') != ""
    assert "b" in container(
        '<div class="entry-content">a</div><div class="entry-content">a</div><div itemprop="articleBody">b</div>'
    )


def data(text):
    return told(f'<script type="application/ld+json">{text}</script>')


def test_json_ld_is_searched_however_it_nests():
    assert data('[{"@graph": [{"headline": "H", "author": {"name": "A"}}]}]') == Told(headline="H", author="A")
    assert data('{"headline": "H", "hasPart": {"articleBody": ["a", 5, "b"]}}').body == "a\n\nb"
    assert data('{"articleBody": "a <p>b"};').is_html
    assert data('{"articleBody": "a\nb", "author": [{"name": "A"}, "B", {"x": 1}, null]}') == Told(
        "a\nb", False, "", "A, B"
    )
    assert data("{nonsense") == data('"text"') == data("[" * 100_000) == Told()
    assert data("[" + "[0]," * 6_000 + "[1]]") == Told()


def test_the_longest_body_of_several_is_the_storys():
    two = '<script type="application/ld+json">{"headline": "a", "articleBody": "%s"}</script>'
    assert told(two % "short" + two % "longer body").body == "longer body"


class Found:
    """What the extractor hands over: a document with a body."""

    def __init__(self, *lines):
        self.body = etree.Element("body")
        for line in lines:
            etree.SubElement(self.body, "p").text = line


def test_the_element_that_holds_most_paragraphs_holds_the_dropped_end_too():
    root = page_tree(
        "<body><div><p>One</p><p>Two</p><p>Three</p><h2>End</h2><ul><li>x</li></ul></div><p>Four</p></body>"
    )
    assert "<h2>End</h2><ul><li>x</li></ul>" in common_html(root, Found("One", "Two", "Three", ""))
    assert common_html(root, Found("One", "Two")) == ""
    assert common_html(root, Found("Five")) == ""
    assert common_html(root, None) == ""
    assert common_html(page_tree("<body><p>One</p><p>Two</p><p>Three</p></body>"), Found("One", "Two", "Three")) == ""


def test_links_are_joined_to_the_page_and_its_base():
    def link(html):
        root = page_tree(html)
        repair(root, "https://n.example/a/b.html")
        return [element.get("href") or element.get("src") for element in root.iter("a", "img")]

    assert link('<a href="c.html">x</a><img src="/d.png"><a href="#e">x</a><a>x</a>') == [
        "https://n.example/a/c.html", "https://n.example/d.png", "#e", None,
    ]  # fmt: skip
    assert link('<base href="https://m.example/z/"><a href="c">x</a>') == ["https://m.example/z/c"]
    assert link('<a href="//[x/">x</a>') == [None]


def test_nested_form_furniture_is_taken_out_once():
    assert repaired('<div id="respond"><div class="comment-respond">x</div></div>')[0] == ""
