from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block, Span
from tui_news.text.html import html_to_blocks
from tui_news.text.plain import fold_quote_lines, markdown, plain_text, text_to_blocks, word_count

PAGE = html_to_blocks(
    "<h2>Title</h2><p>a *b* <b>c <i>d</i></b> <a href='https://x.example/(y)'>l_k</a></p><ul><li>x<br>y<ol><li>z</ol></ul>"
    "<table><tr><th>Name<th>B<tr><td>1<td>two|</table><pre>a ``` b\n c</pre><blockquote><p>q</p><p>r</p></blockquote>"
    "<figure><img src='https://x.example/p.png' alt='cat'><figcaption>Cap</figcaption></figure><hr>"
    "<iframe src='https://v.example/1'></iframe><p>1. no list"
)


def test_plain_text_reads_well():
    assert plain_text(PAGE, figures=True) == (
        "Title\n\na *b* c d l_k\n\n  • x\n    y\n    1. z\n\nName  B\n1     two|\n\n    a ``` b\n     c\n\n> q\n\n> r\n\n"
        "[image: cat]\n\nCap\n\n* * *\n\n[Embedded: v.example] https://v.example/1\n\n1. no list\n"
    )
    assert plain_text([Block("image", "")], figures=True) == "[image]\n"
    assert "Cap" not in plain_text(PAGE)
    assert "[image" not in plain_text(PAGE)
    assert plain_text([]) == "\n"


def test_markdown_says_the_same():
    assert markdown(PAGE) == (
        "## Title\n\na \\*b\\* **c *d*** [l\\_k](https://x.example/%28y%29)\n\n- x\\\n    y\n    1. z\n\n"
        "| Name | B |\n| --- | --- |\n| 1 | two\\| |\n\n````\na ``` b\n c\n````\n\n> q\n>\n> r\n\n"
        "![cat](https://x.example/p.png)\n\n*Cap*\n\n---\n\n[Embedded: v.example](https://v.example/1)\n\n1\\. no list\n"
    )


def test_crossing_spans_are_cut_where_they_cross():
    block = Block("para", "abcdef", (Span(0, 4, "em"), Span(2, 6, "strong"), Span(4, 6, "mark")))
    assert markdown([block]) == "*ab****cd*<mark>ef</mark>**\n"
    assert (
        markdown([Block("table", "a\tb", rows=(("a",), ("b", "c")))]) == "|  |  |\n| --- | --- |\n| a |  |\n| b | c |\n"
    )
    assert markdown([Block("item", "x", level=1)]) == "    x\n"


def test_lines_that_quote():
    found = text_to_blocks("> a\n> b\n>> c\nanswer\n>:) no\n-> no\na > b\n\n>x\n\n>= 3\n>_<")
    assert [(b.quote, b.text) for b in found] == [
        (1, "a\nb"), (2, "c"), (0, "answer\n>:) no\n-> no\na > b"), (1, "x"), (0, ">= 3\n>_<"),
    ]  # fmt: skip


def test_spans_follow_their_words_into_the_parts():
    block = Block("para", "> one two\nthree four", (Span(6, 15, "em"), Span(16, 20, "strong")), quote=1)
    quoted, answer = fold_quote_lines([block])
    assert (quoted.quote, quoted.text, quoted.spans) == (2, "one two", (Span(4, 7, "em"),))
    assert (answer.quote, answer.text, answer.spans) == (1, "three four", (Span(0, 5, "em"), Span(6, 10, "strong")))
    code = Block("code", "> not a quote")
    assert fold_quote_lines([code]) == (code,)
    item = Block("item", "text\n> q\n>\nmore", level=1, marker="•")
    assert [(b.marker, b.quote, b.text) for b in fold_quote_lines([item])] == [
        ("•", 0, "text"),
        ("", 1, "q\n"),
        ("", 0, "more"),
    ]


def test_words():
    assert word_count(PAGE) == len(" ".join(block.text for block in PAGE).split())


@given(st.text(max_size=200))
def test_any_text_becomes_blocks_and_back(text):
    found = text_to_blocks(text)
    assert plain_text(found).endswith("\n")
    assert markdown(found).endswith("\n")
    for block in found:
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.text)


def test_written_addresses_are_links():
    (first, second) = text_to_blocks(
        "see https://x.example/a_(b), or (http://y.example/c). https://bad host://\n\nשלום"
    )
    assert [(first.text[s.start : s.end], s.href) for s in first.spans] == [
        ("https://x.example/a_(b)", "https://x.example/a_%28b%29".replace("%28", "(").replace("%29", ")")),
        ("http://y.example/c", "http://y.example/c"),
        ("https://bad", "https://bad/"),
    ]
    assert second.rtl
    assert text_to_blocks("http://[broken")[0].spans == ()


def test_words_without_spaces_between_them():
    assert word_count([Block("para", "漢字かな two")]) == 3
    assert word_count([Block("para", "two – wörter")]) == 3


def test_faces_and_comparisons_are_no_quotes():
    for line in (">:)", ">;-)", ">_<", ">.<", ">.>", ">-<", ">=5", "><", ">(", ">>:)", ">:D"):
        assert [b.quote for b in text_to_blocks(line)] == [0], line
    for line, depth in (
        (">a", 1),
        ("> a", 1),
        (">>a", 2),
        ("> > a", 2),
        ("  > a", 1),
        ("> - a", 1),
        (">...and", 1),
        (">(so) it goes", 1),
        (">: a", 1),
    ):
        assert [b.quote for b in text_to_blocks(line)] == [depth], line


def test_markdown_escapes_what_would_be_markup():
    assert markdown([Block("para", "1. a\n- b\n# c\n2) d\n+ e &amp; *x* <y> ~z~ [l]")]) == (
        "1\\. a\\\n\\- b\\\n\\# c\\\n2\\) d\\\n\\+ e &amp;amp; \\*x\\* \\<y\\> \\~z\\~ \\[l\\]\n"
    )
    assert markdown([Block("para", "a `b", (Span(2, 4, "code"),))]) == "a `` `b ``\n"
    assert markdown([Block("caption", "x")]) == "*x*\n"
    nested = Block("para", "abc", (Span(0, 3, "link", "https://x.example/"), Span(1, 2, "link", "https://y.example/")))
    assert markdown([nested]).count("](") in (1, 2, 3)
    items = [
        Block("item", "a", level=1, marker="3."),
        Block("item", "more", level=1),
        Block("item", "b", level=2, marker="iv."),
    ]
    assert markdown(items) == "3. a\n\n    more\n    - b\n"
    assert (
        markdown([Block("para", "x", quote=2), Block("para", "y", quote=1), Block("para", "z")])
        == "> > x\n>\n> y\n\nz\n"
    )


def test_code_in_markdown_is_fenced():
    assert markdown([Block("code", "a", lang="py")]) == "```py\na\n```\n"


def test_items_with_a_gap_in_plain_text():
    items = [
        Block("item", "a", level=1, marker="•"),
        Block("item", "b", level=1, marker="•", quote=1),
        Block("para", "c"),
    ]
    assert plain_text(items) == "  • a\n\n>   • b\n\nc\n"


def test_a_picture_named_as_its_caption_is_named_once():
    named, caption = Block("image", "The boat at the quay"), Block("caption", "The boat at the quay. Photo: Ann Lee")
    assert plain_text([named, caption], figures=True) == "[image]\n\nThe boat at the quay. Photo: Ann Lee\n"
    other = Block("caption", "The quay")
    assert plain_text([named, other], figures=True) == "[image: The boat at the quay]\n\nThe quay\n"


def test_raised_figures_are_raised_for_a_reader():
    blocks = html_to_blocks(
        "<p>10<sup>3</sup> of CO<sub>2</sub>, said<sup><a href='#f1'>1</a></sup> in the 19<sup>th</sup></p>"
    )
    assert plain_text(blocks, raised=True) == "10³ of CO₂, said¹ in the 19th\n"
    assert plain_text(blocks) == "103 of CO2, said1 in the 19th\n"
