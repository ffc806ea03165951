from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block, Span
from tui_news.text.html import html_to_blocks
from tui_news.text.html_lists import item_marker, whole_number
from tui_news.text.sanitize import is_safe

BASE = "https://x.example/a/"


def blocks(html):
    return html_to_blocks(html, BASE)


def brief(html):
    return [(block.kind, block.text) for block in blocks(html)]


def test_paragraphs_headings_and_spans():
    heading, first, second = blocks(
        "<h2>Hi <em>there</em></h2><p>One <a href='/b'>two  three</a> <b>bo<i>th</i></b>.<p>Next"
    )
    assert heading == Block("heading", "Hi there", (Span(3, 8, "em"),), level=2)
    assert first.text == "One two three both."
    assert first.spans == (Span(4, 13, "link", "https://x.example/b"), Span(14, 18, "strong"), Span(16, 18, "em"))
    assert second == Block("para", "Next")


def test_a_break_is_a_line_and_two_are_a_paragraph():
    assert brief("a <br> b<br/><br>c<br>") == [("para", "a\nb"), ("para", "c")]
    (block,) = blocks("<p>one <b>two <br> three</b> four</p>")
    assert block.text == "one two\nthree four"
    assert [(block.text[s.start : s.end], s.style) for s in block.spans] == [("two\nthree", "strong")]


def test_lists_nest_number_and_go_on():
    found = blocks("<ul><li>a<li>b<ul><li>b1</li><li><p>b2</p><p>more</p></li></ul></li><li>c</ul>after")
    assert [(b.kind, b.level, b.marker, b.text) for b in found] == [
        ("item", 1, "•", "a"), ("item", 1, "•", "b"), ("item", 2, "•", "b1"), ("item", 2, "•", "b2"),
        ("item", 2, "", "more"), ("item", 1, "•", "c"), ("para", 0, "", "after"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "markers"),
    [
        ("<ol start=3><li>x<li value=9>y<li>z</ol>", ["3.", "9.", "10."]),
        ("<ol reversed start=2><li>x<li>y</ol>", ["2.", "1."]),
        ("<ol type=a><li>x<li>y</ol>", ["a.", "b."]),
        ("<ol type=I><li>x<li value=1994>y</ol>", ["I.", "MCMXCIV."]),
        ("<li>x<li>y", ["•", "•"]),
        ("<ol start=nonsense><li>x</ol>", ["1."]),
        ("<ul><li></li><li>x</ul>", ["•"]),
    ],
)
def test_markers(html, markers):
    assert [block.marker for block in blocks(html)] == markers


def test_quotes_by_depth_with_their_source():
    found = blocks("<blockquote><p>q1</p><blockquote>q2</blockquote><cite>Me</cite></blockquote><p>out")
    assert [(b.quote, b.text) for b in found] == [(1, "q1"), (2, "q2"), (1, "— Me"), (0, "out")]
    assert blocks("<blockquote>x<cite>— Me</cite></blockquote>")[1].text == "— Me"
    assert [b.pull for b in blocks("<aside class='wp-block-pullquote'><p>Big</p></aside><p>y")] == [True, False]


def test_code_keeps_its_white_space_and_language():
    (code, after) = blocks("<pre><code class='language-py'>\ndef f():\n\treturn 1 &lt; 2\r\n\n</code></pre><p>x")
    assert code == Block("code", "def f():\n    return 1 < 2", lang="py")
    assert after.kind == "para"
    assert blocks("<pre class='brush:sql'>a<br>b</pre>")[0] == Block("code", "a\nb", lang="sql")


def test_tables_hold_data_or_only_lay_out():
    caption, table, after = blocks(
        "<table><caption>Cap</caption><thead><tr><th>A<th>B</tr></thead><tbody><tr><td>1<td>2 <b>x</b></tr>"
        "<tr><td colspan=2>wide</table><p>after"
    )
    assert (caption.kind, caption.text) == ("caption", "Cap")
    assert table.rows == (("A", "B"), ("1", "2 x"), ("wide", ""))
    assert (table.head, table.text) == (1, "A\tB\n1\t2 x\nwide\t")
    assert after.text == "after"
    assert brief("<table><tr><td><p>one</p><h2>Head</h2></td></tr></table>") == [("para", "one"), ("heading", "Head")]
    assert brief("<table><tr><td>x<td>y</table>") == [("para", "x"), ("para", "y")], "one row is no data"
    assert blocks("<table><tr><th>A<th>B</tr><tr><th>C<th>D</tr></table>")[0].head == 1
    assert brief("<table><tr><td>" + "w " * 300 + "<td>b<tr><td>c<td>d</table>")[0][0] == "para"
    assert brief("<td>loose<tr><th>x</table>y") == [("para", "loose"), ("para", "x"), ("para", "y")]
    assert brief("<table><tr><td>a<td>b<tr><td>c<td>d") == [("table", "a\tb\nc\td")], "a table that never ends"


def test_pictures_captions_and_embeds():
    image, caption = blocks("<figure><img src='p.jpg' alt='A  cat'><figcaption>A <b>cat</b>.</figcaption></figure>")
    assert image == Block("image", "A cat", href="https://x.example/a/p.jpg")
    assert (caption.kind, caption.text) == ("caption", "A cat.")
    assert blocks("<img width=1 height=1 src='t.gif'><img><img src='data:x'>") == ()
    assert brief("<p>Hi <img class='wp-smiley' alt='🦊' src='x'> there</p>") == [("para", "Hi 🦊 there")]
    assert blocks("<img src='data:x' data-src='real.png'>")[0].href == "https://x.example/a/real.png"
    assert blocks("<img srcset='one.png 1x, two.png 2x'>")[0].href == "https://x.example/a/one.png"
    found = blocks(
        "<iframe src='https://www.youtube.com/embed/x'>no</iframe><video><source src='v.mp4'></video><audio src='a.mp3'></audio>"
    )
    assert [(b.kind, b.text) for b in found] == [
        ("embed", "Video: youtube.com"),
        ("embed", "Video: x.example"),
        ("embed", "Audio: x.example"),
    ]
    assert (
        blocks("<iframe src='javascript:x'></iframe><iframe src='https://tally.example/f'></iframe>")[0].text
        == "Embedded: tally.example"
    )


def test_what_is_not_for_reading_is_left_out():
    html = (
        "<html><head><title>T</title><style>x</style><body><nav>menu</nav><p>x<script>alert('</p>')</script>y<!-- c -->"
        "<span hidden>no</span><span style='display: none'>no</span>z<noscript><img alt=no></noscript>"
        "<svg><text>no</text></svg><!DOCTYPE x><?php no ?></p>"
    )
    assert brief(html) == [("para", "xyz")]
    assert brief("<head><title>T</title><body>page</body>") == [("para", "page")]
    assert brief("a<script>never ends") == [("para", "a")]


def test_quote_elements_ruby_and_direction():
    assert brief("He said <q>yes <q>no</q></q>.") == [("para", "He said “yes ‘no’”.")]
    assert brief("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字</ruby>") == [("para", "漢字")]
    assert [b.rtl for b in blocks("<p>\u05e9\u05dc\u05d5\u05dd</p><p dir=rtl>abc</p><p>é</p><p>…1</p>")] == [
        True,
        True,
        False,
        False,
    ]
    assert [b.rtl for b in blocks("<div dir=rtl><p>a<p dir=ltr>b</div>")] == [True, False]


def test_definitions():
    found = blocks("<dl><dt>T<dd>D1<dd>D2<dt>T2<dd>E</dl>")
    assert [(b.kind, b.text) for b in found] == [
        ("para", "T"),
        ("item", "D1"),
        ("item", "D2"),
        ("para", "T2"),
        ("item", "E"),
    ]
    assert found[0].spans == (Span(0, 1, "strong"),)


def test_addresses_are_clean_and_relative_to_the_base():
    assert blocks("<a href='javascript:alert(1)'>x</a>")[0].spans == ()
    assert blocks("<base href='https://y.example/'><a href='z'>x</a>")[0].spans[0].href == "https://y.example/z"
    assert html_to_blocks("<a href='/z'>x</a>")[0].spans == ()


def test_controls_are_dropped_after_decoding():
    assert brief("a &#27;[31m b\x1b]0;t\x07 &#x202e;c &#xD800;") == [("para", "a [31m b]0;t c �")]


def test_broken_markup_keeps_its_words():
    assert brief("a < b <3 </ x > c <p class='") == [("para", "a < b <3 c")]
    assert brief("<b>x</i></p></table>y</b>") == [("para", "x"), ("para", "y")]
    assert brief("<![CDATA[so ]]>yes<!-- open") == [("para", "so yes open")]


@pytest.mark.parametrize(
    "unit", ["<div>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<b>", "<i><p>", "<dl><dd>", "<q>"]
)
def test_nesting_of_any_depth_keeps_the_words(unit):
    assert "deep" in blocks(unit * 5000 + "deep")[-1].text


HOSTILE = [
    "<a ", "<!--", "<!-", "<!", '<a "', "<a b='", "<a b=\"'>", "&amp;", "&", "<", "</", "<script", "<script>", "<svg>", "<style>", '<a "" ', "<![CDATA[",
    "<p>", "<li>", "<ul><li>x", "</div>", "<td>x", "<table><tr><td>", "<br>x<br>", "<q>", "<i hidden>", "<img src=a>", "<b></i>", "= ", "<ruby><rt>", "\u200d", "<b>\u0301</b>",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_repetition_is_linear(unit):
    """Work, not time: ten times the input takes about ten times the calls."""

    def calls(count):
        seen = 0

        def profile(frame, event, arg):
            nonlocal seen
            seen += 1

        sys.setprofile(profile)  # not settrace: coverage measures with it
        try:
            html_to_blocks(unit * count)
        finally:
            sys.setprofile(None)
        return seen

    calls(200)  # patterns are compiled on first use
    assert calls(2000) < 12 * calls(200) + 5000


@pytest.mark.parametrize(
    "unit", ["<a ", "<!--", '<a b="', "<a b='\">", "</div>", "<![CDATA[", "<i hidden>", "<", "= ", "&#9", "<svg>"]
)
def test_a_quarter_megabyte_of_it_takes_no_minute(unit):
    started = time.perf_counter()
    html_to_blocks("<div>" * 190 + (unit * 250_000)[:250_000])
    assert time.perf_counter() - started < 10  # well under a second; a quadratic step would take minutes


pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a",
        "href='/x'>",
        "</a>",
        "<ul>",
        "<ol>",
        "<li>",
        "</li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</tr>",
        "</table>",
        "<caption>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "</blockquote>",
        "<br>",
        "<hr>",
        "<img",
        "src=x",
        "alt=y>",
        "<q>",
        "</q>",
        "<cite>",
        "</cite>",
        "<script>",
        "</script>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<dl>",
        "<dt>",
        "<dd>",
        "word",
        "&amp;",
        "&#27;",
        "&lt;",
        "\u202e",
        "\n",
        "two",
        "",
        "spaces",
        "<iframe",
        "src=//y.z>",
        "<h2>",
        "</h2>",
    ]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=40).map("".join))
def test_any_markup_gives_clean_blocks_with_fitting_spans(html):
    for block in blocks(html):
        assert is_safe(block.text)
        assert block.text.strip() or block.kind in ("rule", "image", "table")
        assert list(block.spans) == sorted(block.spans, key=lambda s: (s.start, -s.end))
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.text)
            assert not block.text[span.start].isspace()


@given(st.text(max_size=300))
def test_any_text_is_no_error(html):
    for block in blocks(html):
        assert is_safe(block.text)


def test_values():
    assert whole_number("x") is None
    assert whole_number(" -7 ") == -7
    assert item_marker(0, "a") == "0."
    assert item_marker(4000, "i") == "4000."
    assert item_marker(44, "i") == "xliv."


def test_a_flood_of_blocks_ends():
    assert len(blocks("<p>x" * 30_000)) <= 20_002
