"""Bytes to text: marks, shapes, names, and what XML does not allow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.decoding import allowed, decode, without_surrogates
from tui_news.feeds.repair import MOST_ENTRIES, root_of, thinned, trimmed

TEXT = "<?xml version='1.0' encoding='{}'?><rss>{}</rss>"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "Zürich 日本"),
        ("iso-8859-1", "Blåbær"),
        ("iso-8859-15", "10 €"),
        ("windows-1252", "“smart” – €"),
        ("koi8-r", "Новости"),
        ("shift_jis", "日本語"),
        ("euc-jp", "日本語"),
        ("gb2312", "中文"),
        ("gb18030", "中文𠀀"),
        ("big5", "中文"),
        ("euc-kr", "한국어"),
        ("iso-2022-jp", "日本語"),
        ("cp037", "plain"),
    ],
)
def test_declared_encoding(encoding: str, words: str) -> None:
    assert words in decode(TEXT.format(encoding, words).encode(encoding))


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig"]
)
def test_wide_encodings_with_and_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.format(encoding, "Zürich").encode(encoding)).startswith("<?xml")


def test_the_servers_charset_comes_before_the_declaration() -> None:
    body = "<rss>Новости</rss>".encode("koi8-r")
    assert "Новости" in decode(body, "text/xml; charset=KOI8-R")
    assert "Новости" in decode(b"<?xml version='1.0' encoding='utf-16'?>" + body, 'text/xml; charset="koi8-r"')


@pytest.mark.parametrize("name", ["us-ascii", "ASCII", "ansi_x3.4-1968"])
def test_a_charset_of_ascii_that_the_bytes_deny_does_not_hide_the_declaration(name: str) -> None:
    """RFC 3023 made it the default of text/xml, and servers still say it of whatever they send."""
    for encoding, words in (("koi8-r", "Новости"), ("euc-jp", "日本"), ("big5", "新聞"), ("mac-roman", "café")):
        body = TEXT.format(encoding, words).encode(encoding)
        assert words in decode(body, f"text/xml; charset={name}")
    assert "café" in decode(b"<rss>caf\xe9</rss>", f"text/xml; charset={name}")


def test_valid_utf8_is_utf8_whatever_is_claimed() -> None:
    assert "Blåbær" in decode("<rss>Blåbær</rss>".encode(), "text/xml; charset=iso-8859-1")


def test_one_broken_letter_does_not_spoil_the_others() -> None:
    body = "<rss>Blåbær på fjellet</rss>".encode() + b"\xff"
    assert decode(body).startswith("<rss>Blåbær på fjellet</rss>")


def test_bytes_of_no_utf8_and_no_name_are_windows_1252() -> None:
    assert decode(b"<rss>caf\xe9</rss>") == "<rss>café</rss>"
    assert decode(b"<rss>caf\xe9 \x81</rss>", "text/xml; charset=utf-16") == "<rss>café \ufffd</rss>"


@pytest.mark.parametrize("name", ["utf-7", "rot13", "zlib", "idna", "no-such", "unicode_escape", "nul\\0"])
def test_encodings_that_no_server_means_are_passed_over(name: str) -> None:
    assert decode(b"<rss>+AAA- \\u001b</rss>", f"text/xml; charset={name}") == "<rss>+AAA- \\u001b</rss>"


def test_a_declared_encoding_that_does_not_fit_is_passed_over() -> None:
    assert "é" in decode(b"<?xml version='1.0' encoding='ascii'?><rss>\xe9</rss>")
    assert "Ñ" in decode(b"<?xml version='1.0' encoding='euc-jp'?><rss>\xd1</rss>")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a&#27;b", "a\ufffdb"),
        ("a&#x1B;b", "a\ufffdb"),
        ("a&#0;b", "a\ufffdb"),
        ("a&#xD800;b", "a\ufffdb"),
        ("a&#x110000;b", "a\ufffdb"),
        ("a&#" + "9" * 5000 + ";b", "a\ufffdb"),
        ("a&#x" + "F" * 5000 + ";b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("a&#146;b", "a&#146;b"),
        ("a&#10;&#x9;b", "a&#10;&#x9;b"),
        ("&#xD83D;&#xDE00;", "&#128512;"),
        ("&#55357;&#56832;", "&#128512;"),
        ("&#55999;&#57999;", "\ufffd"),
        ("&amp;#27;", "&amp;#27;"),
    ],
)
def test_only_what_xml_allows(written: str, read: str) -> None:
    assert allowed(written) == read


@given(st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=shift_jis", "text/xml; charset=utf-8"]))
@settings(max_examples=150)
def test_decoding_never_raises_and_its_text_can_be_stored(body: bytes, content_type: str) -> None:
    text = allowed(decode(body, content_type))
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x1b" not in text
    assert "\x00" not in text


def test_surrogates() -> None:
    assert without_surrogates("\ud83dx\udc00😀") == "\ufffdx\ufffd😀"


@pytest.mark.parametrize(
    ("document", "root"),
    [
        ("<rss version='2.0'>", "rss"),
        ("<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss>", "rss"),
        ("<rdf:RDF xmlns='x'>", "rdf"),
        ("<a:feed>", "feed"),
        ("<!DOCTYPE html><HTML>", "html"),
        ('{"version": 1}', "json"),
        ("[]", "json"),
        ("hello", ""),
        ("<!-- never closed", ""),
        ("", ""),
    ],
)
def test_root(document: str, root: str) -> None:
    assert root_of(document) == root


@pytest.mark.parametrize(
    ("document", "rest"),
    [
        ("\ufeff \n<rss>x</rss>", "<rss>x</rss>"),
        ("<?xml version='1.0' encoding='koi8-r'?><rss>x</rss>", "<rss>x</rss>"),
        ("<!-- cached --><?xml version='1.0'?><rss>x</rss>", "<!-- cached --><rss>x</rss>"),
        ("<br />\n<b>Warning</b>: foo.php on line 3<br />\n<?xml version='1.0'?><rss>x</rss>", "<rss>x</rss>"),
        ("Notice: bad <feed>x</feed>", "<feed>x</feed>"),
        ("<html><pre><rss></pre></html>", "<html><pre><rss></pre></html>"),
        ("<p>nothing here</p>", "<p>nothing here</p>"),
    ],
)
def test_what_stands_before_the_document_is_cut(document: str, rest: str) -> None:
    assert trimmed(document) == rest


def test_too_many_entries_are_thinned_in_the_middle() -> None:
    items = "".join(f"<item>{i}</item>" for i in range(3 * MOST_ENTRIES))
    text, count = thinned(f"<rss>{items}</rss>")
    assert count == 3 * MOST_ENTRIES
    assert text.count("<item>") == 2 * MOST_ENTRIES
    assert "<item>0</item>" in text
    assert f"<item>{count - 1}</item></rss>" in text
    assert thinned("<rss><item/></rss>") == ("<rss><item/></rss>", 0)
    assert thinned("<rss><item></item></rss>")[1] == 0, "too few to count"
