from __future__ import annotations

import pytest

from tui_news.models import Block, Span
from tui_news.text.html import html_to_blocks
from tui_news.text.sanitize import clean_text

BASE = "https://x.example/a/"


def blocks(html):
    return html_to_blocks(html, BASE)


def brief(html):
    return [(block.kind, block.text) for block in blocks(html)]


def spans(html):
    (block,) = blocks(html)
    return [(block.text[s.start : s.end], s.style) for s in block.spans]


def test_definition_lists_nest_and_need_no_list():
    found = blocks("<dl><dt>T<dd>one<dl><dd>deeper</dl><dd>two</dl><dd>loose")
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("para", 0, "T"), ("item", 1, "one"), ("item", 2, "deeper"), ("item", 1, "two"), ("item", 1, "loose"),
    ]  # fmt: skip


def test_a_summary_is_strong():
    found = blocks("<details><summary>More</summary>text</details>")
    assert [(b.text, bool(b.spans)) for b in found] == [("More", True), ("text", False)]


def test_a_list_that_counts_down():
    found = blocks("<ol reversed><li>c<ol><li>in</ol><li>b<li>a</ol>")
    assert [b.marker for b in found] == ["3.", "1.", "2.", "1."]


def test_a_number_before_code_or_a_table_stands_alone():
    assert [(b.kind, b.marker) for b in blocks("<ol><li><pre>x</pre><li>y</ol>")] == [
        ("item", "1."),
        ("code", ""),
        ("item", "2."),
    ]
    assert [(b.kind, b.marker) for b in blocks("<ul><li><pre>x</pre></ul>")] == [("code", "")]
    assert [(b.kind, b.marker) for b in blocks("<ol><li><table><tr><th>a<th>b<tr><td>c<td>d</table></ol>")] == [
        ("item", "1."),
        ("table", ""),
    ]
    assert [(b.kind, b.marker) for b in blocks("<ol><li><h3>Name</h3><p>text</ol>")] == [
        ("heading", "1."),
        ("item", ""),
    ]
    assert [b.marker for b in blocks("<ul><li><ul><li>x</ul>y</ul>")] == ["•", ""]


def test_tables_with_spans_links_and_groups():
    (table,) = blocks(
        "<table><thead><tr><th rowspan=2>Name<th colspan=2>Points</tr><tr><th>home<th>away</tr></thead>"
        "<tbody><tr><td><a href=/t>Team</a><td>1<br>2<td><ul><li>x<li>y</ul></tr><tr></tr></tbody><tfoot><tr><td>sum</table>"
    )
    assert table.rows == (("Name", "Points", ""), ("", "home", "away"), ("Team", "1 2", "x; y"), ("sum", "", ""))
    assert table.head == 2
    assert [(table.text[s.start : s.end], s.href) for s in table.spans] == [("Team", "https://x.example/t")]


def test_styles_do_not_leak_out_of_cells():
    (table,) = blocks("<table><tr><td><b>x<td>y<tr><td>z<td>w</table>")
    assert [(s.start, s.end) for s in table.spans] == [(0, 1)]


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ("<td>a<td><pre>x</pre><tr><td>c<td>d", ["para", "code", "para", "para"]),
        ("<td>a<td><p>1<p>2<p>3<tr><td>c<td>d", ["para"] * 6),
        ("<td>a<td><blockquote>q</blockquote><tr><td>c<td>d", ["para"] * 4),
        ("<td>a<td><table><tr><td>in</table><tr><td>c<td>d", ["table"]),
        ("<th>a<th>" + "long " * 200 + "<tr><td>c<td>d", ["para"] * 4),
        ("<th>a<th>b<tr><td>c<td>d<img src=p.png>", ["table", "image"]),
        ("<td colspan=x rowspan=0>a<td>b<tr><td>c<td>d", ["table"]),
        ("<td>a<td><tr><td><td>", ["para"]),
    ],
)
def test_which_tables_hold_data(cells, kinds):
    assert [b.kind for b in blocks(f"<table><tr>{cells}</table>")] == kinds


def test_a_table_of_too_many_cells_is_taken_apart():
    assert {b.kind for b in blocks("<table>" + "<tr><td>a<td>b" * 10_500 + "</table>")} == {"para"}
    assert {b.kind for b in blocks("<table>" + "<tr><td colspan=100 rowspan=100>a<td>b" * 400 + "</table>")} == {"para"}


def test_tables_in_the_wrong_places():
    assert brief("</table></td></tr><thead>x</thead><tr><td>y</td></tr><caption>z</caption>") == [
        ("para", "x"),
        ("para", "y"),
        ("para", "z"),
    ]
    assert brief("<div>" * 250 + "<table><tr><td>x</td></tr></table>y") == [("para", "x"), ("para", "y")]
    assert brief("<div>" * 199 + "<table><tr><td>x</td></tr></table>y") == [("para", "x"), ("para", "y")]
    assert brief("<div><table><tr><td>x</div>y<td>z<tr><td>1<td>2</table></div>w") == [
        ("table", "x y\tz\n1\t2"),
        ("para", "w"),
    ]


def test_an_end_tag_in_a_cell_closes_nothing_outside():
    found = blocks("<blockquote><table><tr><td>x</blockquote>y<td>z<tr><td>1<td>2</table>q</blockquote>out")
    assert [(b.kind, b.quote) for b in found] == [("table", 1), ("para", 1), ("para", 0)]


def test_line_breaks_take_the_spaces_before_them():
    assert spans("<p>one <b>two <br></b> three") == [("two", "strong")]
    assert spans("<p>one <b>two</b> <i><br>three</i>") == [("two", "strong"), ("three", "em")]
    assert brief("<p>&nbsp;<br>x") == [("para", "x")]
    assert brief("<p><br>x<br></p>") == [("para", "x")]
    assert brief("<h2>a<br>b</h2>") == [("heading", "a b")]


def test_white_space_is_folded_across_elements():
    assert brief("<p>a <b> b</b>\n\t<i>\nc</i>&nbsp; d\u3000\u3000e") == [("para", "a b c d e")]
    assert spans("<p><b> x </b>y") == [("x", "strong")]
    assert blocks("<p> &nbsp; </p>") == ()


def test_marks_never_stand_at_the_border():
    assert brief("<p>\xa0\u0301<b>x</b>") == [("para", "◌\u0301x")]
    assert spans("<p>\xa0\u0301<b>x</b>") == [("x", "strong")]
    assert brief("<p>a<br> \u0301") == [("para", "a\n◌\u0301")]
    assert brief("<p>e" + "<b>\u0301</b>" * 50) == [("para", "e" + "\u0301" * 8)]


def test_quotation_elements_with_and_without_marks():
    assert brief("<q>“own”</q> and <q>&ldquo;own&rdquo;</q>") == [("para", "“own” and “own”")]
    assert brief("<p><q>never closed<p>next</q>") == [("para", "“never closed”"), ("para", "next")]


def test_sources_of_block_quotes():
    found = blocks(
        "<blockquote><p>In <cite>The Paper</cite> it says</p><footer><cite>Kari</cite></footer></blockquote>"
    )
    assert [b.text for b in found] == ["In The Paper it says", "— Kari"]
    assert brief("<blockquote>x<cite></cite></blockquote>y") == [("para", "x"), ("para", "y")]


def test_code_languages_and_inner_elements():
    assert blocks("<pre class='brush: js'>a\tb\r\nc <b>d</b></pre>") == (Block("code", "a    b\nc d", lang="js"),)
    assert blocks("<pre>\n\n  <code>x = 1</code>\n</pre><pre>  </pre>") == (Block("code", "  x = 1"),)
    assert spans("<p>run <kbd>ls</kbd>") == [("ls", "code")]


def test_what_is_hidden():
    assert brief("<div hidden>a<div>b</div>c</div>d") == [("para", "d")]
    assert brief("<i aria-hidden=true>icon</i><span aria-hidden=true>kept</span>") == [("para", "kept")]
    assert brief("<p hidden>never closed") == [("para", "never closed")]
    assert brief("<div hidden=until-found>kept</div><div style='overflow:hidden'>too</div>") == [
        ("para", "kept"),
        ("para", "too"),
    ]
    assert brief("<i hidden><i>x</i>y") == [("para", "y")]
    assert brief("<img hidden src=a>x<dialog>no</dialog><dialog open>yes</dialog>") == [("para", "x"), ("para", "yes")]
    assert brief("<h2>Title<a class=headerlink href=#t>¶</a></h2>") == [("heading", "Title")]


def test_empty_elements_of_xhtml():
    assert brief("a<script src='x'/>b<svg viewBox='0'/>c<iframe src='https://v.example/1'/>d<style/>e") == [
        ("para", "abc"), ("embed", "Embedded: v.example"), ("para", "de"),
    ]  # fmt: skip


def test_images():
    assert brief("<p>Hi <img src=a.png alt=cat> there") == [("para", "Hi there"), ("image", "cat")]
    assert brief("<p>I <img src=i.png width=16 height=16 alt=heart> it") == [("para", "I heart it")]
    assert blocks("<img src=p.gif style='width:1px;height:1px'><img src=p.gif width=0>") == ()
    (linked,) = blocks("<a href=/full><img src=s.jpg alt='A view'></a>")
    assert linked.spans == (Span(0, 6, "link", "https://x.example/full"),)
    assert blocks("<img src='javascript:x'>") == ()
    assert brief("<p>x<img src=https://x.example/1.png alt='a  b\x1b[0m'>") == [("para", "x"), ("image", "a b[0m")]


def test_embeds():
    assert brief("<audio><source src=a.mp3></audio>") == [("embed", "Audio: x.example")]
    assert brief("<video>no source</video><object>fallback</object><embed src=m.swf>") == [
        ("para", "fallback"),
        ("embed", "Embedded: x.example"),
    ]
    assert brief("<object data=m.mp4 type=video/mp4>fallback</object>") == [("embed", "Video: x.example")]
    assert brief(
        "<iframe width=1 src=https://t.example/></iframe><iframe data-src=https://player.vimeo.com/1></iframe>"
    ) == [("embed", "Video: player.vimeo.com")]
    assert brief("<iframe src='mailto:a@b.c'></iframe>") == []


def test_pull_quotes_and_directions():
    assert [b.pull for b in blocks("<div class='c-pull-quote'><p>Big</div><p>y")] == [True, False]
    assert [b.rtl for b in blocks("<div dir=rtl><p>a</div><p dir=auto>b")] == [True, False]
    assert [b.rtl for b in blocks("<p>…\u202f12\u200f א<p>é א")] == [True, False]
    assert blocks("<table dir=rtl><tr><td>a<td>b<tr><td>c<td>d</table>")[0].quote == 0


def test_links():
    (block,) = blocks("<a href=1>one <a href=2>two</a> <a>three</a> <a href='javascript:x'>four</a>")
    assert [(block.text[s.start : s.end], s.href) for s in block.spans] == [
        ("one", "https://x.example/a/1"), ("two", "https://x.example/a/2"),
    ]  # fmt: skip
    first, second = blocks("<a href=/x><p>a</p><p>b</p></a>")
    assert first.spans == second.spans == (Span(0, 1, "link", "https://x.example/x"),)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <https://x.example/> b", "a <https://x.example/> b"),
        ("mail <someone@x.example> now", "mail <someone@x.example> now"),
        ("1 <2 and 3> 2", "1 <2 and 3> 2"),
        ("x <joke", "x <joke"),
        ("x <a href='", "x"),
        ("<a title='1 > 2' href=x>y</a>", "y"),
        ('<a title="it\'s" href=x>y</a>', "y"),
        ("<a title='never closed>y</a>", "y"),
        ("<b title='1' x=\">y", "y"),
        ("<!-->a<!--->b<!-- c --!-->d", "abd"),
        ("<!DOCTYPE html><?xml?></ >a<!x", "a<!x"),
        ("<![CDATA[a]]><![CDATA[b", "a<![CDATA[b"),
        ("&#99999999999999;&#x110000;&#0;&#151;", "\ufffd\ufffd\ufffd—"),
        ("&amp;lt;b&gt;", "&lt;b>"),
        ("a</br>b", "a\nb"),
        ("<ruby>漢<rt>kan</rt>字<rt>ji</ruby>", "漢字"),
        ("<ruby>漢<rt>" + "x" * 600, "漢" + "x" * 600),
        ("<script>x</SCRIPT >y", "y"),
        ("<style>never ends", ""),
        ("<textarea>never ends", "never ends"),
        ("<b x='a\"b'>y", "y"),
        ("a<b x='>' <i y='>' z", "a' ' z"),
        ("<b x=\"1\"y='2' z=3 / >w", "w"),
    ],
)
def test_broken_markup(html, text):
    assert "\n".join(b.text for b in blocks(html)) == text


def test_a_relative_base_is_not_followed():
    assert html_to_blocks("<base href='https://y.example/'><a href=z>x</a>", "")[0].spans == ()
    assert blocks("<p>x</p><base href='https://y.example/'><a href=z>x</a>")[1].spans[0].href == "https://x.example/a/z"


def test_end_tags_of_elements_too_deep_for_the_stack():
    assert brief("<section>" * 250 + "x" + "</section>" * 251 + "<blockquote>y") == [("para", "x"), ("para", "y")]
    assert brief("<ul><li>" + "<div>" * 100 + "<li>x") == [("item", "x")]


def test_too_many_open_styles():
    (block,) = blocks("<b>" * 300 + "x" + "</b>" * 300)
    assert 0 < len(block.spans) <= 100


def test_only_the_first_two_million_characters_are_read():
    assert len(blocks("x" * 2_100_000)[0].text) == 2_000_000


def test_what_comes_out_is_clean_in_every_context():
    nasty = "\x1b]0;x\x07 \u202e e" + "\u0301" * 30 + " \u3164\u200b\ud800 \u2028"
    for html in (
        nasty,
        f"<h1>{nasty}",
        f"<pre>{nasty}",
        f"<ul><li>{nasty}",
        f"<img src=x alt='{nasty}'>",
        f"<table><tr><th>{nasty}<th>b<tr><td>{nasty}<td>d",
    ):
        for block in blocks(html):
            cells = [c for row in block.rows for c in row] or [block.text]
            assert all(clean_text(cell, code=True) == cell for cell in cells)


def test_a_captions_credit_is_not_glued_to_it():
    (caption,) = html_to_blocks("<figcaption>Odd Larsen<span class='credit'>Photo: NN</span></figcaption>")
    assert caption.text == "Odd Larsen Photo: NN"
    (caption,) = html_to_blocks("<figcaption>Odd <span class='credit'>Larsen</span><span>s boat</span></figcaption>")
    assert caption.text == "Odd Larsens boat"
