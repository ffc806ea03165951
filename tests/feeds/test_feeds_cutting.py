"""What quick ways of reading a document come to is what care comes to: its start, its characters, its items."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_news.feeds import decoding, quick, repair, unseen

SNIPPETS = [
    "<item>",
    "</item>",
    "</item >",
    "</items>",
    "<item/>",
    "<!-- ",
    " -->",
    "<?a ",
    "?>",
    "]]",
    "word",
    "</title>",
]
INNER = st.lists(st.sampled_from(SNIPPETS), max_size=4).map("".join)
HELD = st.one_of(
    st.sampled_from(["<![CDATA[</item><item>]]>", "<![CDATA[</item>]]>", "<!-- </item><item> -->"]),
    INNER.map(lambda inner: f"<![CDATA[{inner}]]>"),
    INNER.map(lambda inner: f"<!-- {inner.replace('--', '')} -->"),
    INNER.map(lambda inner: f"<?a {inner.replace('?>', '')} ?>"),
    st.sampled_from(["word", "&lt;/item&gt;", ""]),
)
LEAVES = st.lists(HELD, max_size=2).map("".join).map(lambda held: f"<category>{held}</category>")
FORMS = [("<item>", "</item>")] * 5 + [
    ("<item >", "</item>"),
    ("<item>", "</item >"),
    ("<ITEM>", "</ITEM>"),
    ("<item", "/>"),
]
ITEMS = st.builds(
    lambda form, leaves, after: form[0] + ("" if form[1] == "/>" else "".join(leaves)) + form[1] + after,
    st.sampled_from(FORMS),
    st.lists(LEAVES, max_size=2),
    st.sampled_from(["", "", "\n", "\n", "<!-- -->", "<?a?>", "word", "<ttl>1</ttl>"]),
)


def channel(inner: str) -> str:
    return f'<rss version="2.0"><channel>{inner}</channel></rss>'


DOCUMENTS = st.builds(
    lambda before, items, after: channel(f"{before}{''.join(items)}{after}"),
    st.lists(LEAVES | HELD, max_size=1).map("".join),
    st.lists(ITEMS, max_size=3),
    st.lists(LEAVES | HELD, max_size=1).map("".join),
)


def cut_with_care(text: str) -> tuple[str, list[str], str] | None:
    """Item after item, each looked through for what it may hold of a comment or of a CDATA section."""
    opened, items = re.compile(r"<item[\s>]"), []
    if (first := opened.search(text)) is None:
        return None
    at = first.start()
    while opened.match(text, at):
        end = text.find("</item>", at) + 7
        if end < 7 or unseen.outside(text[at:end]) is None:
            return None
        items.append(text[at:end])
        at = end + len(text[end:]) - len(text[end:].lstrip())
    head, tail = text[: first.start()], text[at:]
    if unseen.outside(head) is None or unseen.outside(tail) is None or opened.search(tail):
        return None
    return head, items, tail


@given(
    DOCUMENTS
    | st.lists(st.sampled_from(SNIPPETS), max_size=9).map(lambda pieces: f"<rss><item>{''.join(pieces)}</item>")
)
@settings(max_examples=300)
def test_a_document_is_cut_as_if_with_all_care(text: str) -> None:
    cut, careful = unseen.cut(text), cut_with_care(text)
    if cut is None or not cut.certain(range(len(cut.items))):
        assert careful is None
    else:
        assert careful == (cut.head, [*cut.items], cut.tail)


TWO = "<item><category><![CDATA[</item><item> ]]></category>"  # one item that looks like two


@given(DOCUMENTS)
@settings(max_examples=300)
@example(channel("<item><category><![CDATA[</item>]]></category></item>"))
@example(channel(f"{TWO}</item >\n<item><category>b</category></item>"))
@example(channel(f"{TWO}</item><item/>"))
@example(channel(f"{TWO}</item><item />"))
@example(channel(f"{TWO}</item><ITEM><category/></ITEM>"))
@example(channel(f"<item/>{TWO}</item>"))
@example(channel(f"<ITEM><category/></ITEM>{TWO}</item>"))
@example(channel("<category><![CDATA[<item>]]></category><item><category/></item>"))
def test_what_is_tidy_twice_needs_no_care(text: str) -> None:
    cut, found = unseen.cut(text), quick.read(text)
    if cut and found and cut.tidy and found["tidy"] and len(found["entries"]) == len(cut.items):
        assert cut_with_care(text) == (cut.head, [*cut.items], cut.tail)


NOT_ALLOWED = st.one_of(
    st.characters(max_codepoint=0x20),
    st.sampled_from("\x7f\x80\ud800\udfff\ufffe\uffff\ufffd\U0010ffff"),
    st.builds(
        lambda number, zeros, end: f"&#{zeros}{number}{end}",
        st.integers(0, 200).map(str) | st.sampled_from(["xD800", "x07", "x7F", "xFFFE", "55357", "1114112", "X1"]),
        st.sampled_from(["", "0"]),
        st.sampled_from([";", "", " "]),
    ),
)


@given(
    NOT_ALLOWED,
    st.sampled_from(
        ["<title>{}</title>", "<title><![CDATA[{}]]></title>", "<!--{}-->", "<?a {}?>", '<ttl x="{}"/>', "{}"]
    ),
)
@settings(max_examples=300)
def test_what_is_not_allowed_is_seen_or_refused(odd: str, where: str) -> None:
    text = channel(where.format(odd))
    if decoding.changes_no_xml(text) and decoding.allowed(text) != text:
        assert quick.read(text) is None


STARTS = [
    "\ufeff",
    "\u00a0",
    " ",
    "\n",
    "<?xml ",
    "version='1.0'",
    "?>",
    ">",
    "<!-- a -->",
    "<rss>",
    "<rss ",
    "<feed>",
    "<rdf>",
    "a",
    "?",
]


@given(st.lists(st.sampled_from(STARTS), max_size=8).map("".join), st.sampled_from([0, 0, 290, 300, 310]))
@example("<?xml ?>\n\u2003<rss>", 0)
@settings(max_examples=300)
def test_a_usual_start_is_trimmed_as_any_other(start: str, spaces: int) -> None:
    text = start.replace("?>", " " * spaces + "?>", 1) + "<item>"
    with pytest.MonkeyPatch.context() as patch:
        trimmed = repair.trimmed(text)
        patch.setattr(repair, "_USUAL", re.compile(r"(?!)"))
        assert trimmed == repair.trimmed(text)
