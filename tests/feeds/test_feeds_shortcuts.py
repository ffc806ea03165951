"""What most feeds write is told by a look, and comes to what the long way comes to."""

from __future__ import annotations

import html
from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from tui_news.feeds import dates, decoding, rss_atom, texts, unseen
from tui_news.feeds.details import entry_links
from tui_news.text import references
from tui_news.text.sanitize import clean_line
from tui_news.text.urls import clean_url

PIECES = st.lists(
    st.sampled_from(
        ["<![CDATA[", "]]>", "]]", "<!", "<!--", "-->", "<?", "?>", "<p>", "</p>", "word", " ", "<", "[", "!", ">"]
    ),
    max_size=14,
).map("".join)
NUMBERS = st.one_of(st.integers(0, 0x110010), st.sampled_from([9, 10, 13, 27, 126, 127, 128, 0xD800, 0xDFFF, 0xFFFE]))
REFERENCES = st.builds(
    lambda number, hexadecimal, zeros, end: (
        f"&#{'x' if hexadecimal else ''}{zeros}{number:{'x' if hexadecimal else 'd'}}{end}"
    ),
    NUMBERS,
    st.booleans(),
    st.sampled_from(["", "0", "00"]),
    st.sampled_from([";", "", " ", "x;"]),
)


@given(PIECES)
def test_an_item_closes_if_it_can_be_parted(item: str) -> None:
    assert unseen._closes(item) is (unseen.outside(item) is not None)


@given(
    st.lists(st.one_of(REFERENCES, st.sampled_from(["&amp;", "&#", "&#x", "a", "<![CDATA["])), max_size=6).map("".join)
)
def test_references_that_are_usual_need_no_second_look(text: str) -> None:
    joined = references._ESCAPES_OF_PAIRS.sub(references._join_pair, text)
    assert references.allowed_references(text) == references._REFERENCE.sub(references._allowed_reference, joined)


@given(st.text(alphabet="ab <&>;#x3\t\n\u00e9\u202e", max_size=20), st.booleans())
def test_a_title_without_tags_or_references_is_a_line(text: str, is_html: bool) -> None:
    long = texts._REFERENCE.sub(lambda m: html.unescape(m[0]), texts._TAG.sub(texts._spaced, text)) if is_html else text
    assert texts.title_line(text, is_html) == clean_line(texts._TWICE.sub(lambda m: html.unescape(m[0]), long))


@given(
    st.sampled_from(
        ["https://a.example/", "http://A.example/x", "mailto:a@b.example", "/x", " https://a.example/ ", "//b"]
    ),
    st.text(alphabet="ab/?#&=%<\u00e9 \n", max_size=8),
    st.sampled_from(["", "https://base.example/y"]),
)
def test_an_address_that_is_ready_is_the_one_that_cleaning_gives(start: str, rest: str, base: str) -> None:
    found = clean_url((start + rest).strip(), base) or ""
    assert texts.web_url(start + rest, base) == ("" if found.startswith("mailto:") else found)


@given(
    st.one_of(
        st.none(),
        st.integers(),
        st.text(alphabet="ab <&>;#x3\t\n\u00e9\u202e\x1b\ud800", max_size=20),
        st.just("a " * 101),
    )
)
def test_what_is_remembered_is_cleaned_as_all_else(text: object) -> None:
    for _ in range(2):
        assert texts.word(text) == texts.line(text, 100)
        assert texts.name(text) == texts.title_line(text, True)


HREFS = st.sampled_from(
    [
        "https://a.example/1",
        "HTTP://A.example/1",
        "/1",
        " https://a.example/1",
        "mailto:a@b.example",
        "builtin:x",
        "",
        "42",
    ]
)


@given(HREFS, st.lists(st.tuples(HREFS, st.sampled_from(["alternate", "self"])), max_size=3), st.booleans())
def test_a_page_that_is_the_link_itself_is_the_one_that_cleaning_gives(
    link: str, others: list[tuple[str, str]], guid: bool
) -> None:
    raw = {"link": link, "links": [{"href": href, "rel": rel} for href, rel in others], "id": link if guid else None}
    reader = rss_atom._Reader("https://a.example/", ("thr",), None, "")
    links = entry_links(raw, reader.base, reader.link_counts)
    found = "" if rss_atom._only_an_id(raw) else texts.web_url(link, reader.base)
    pages = [page.href for page in links if page.rel == "alternate"]
    assert reader._link(raw, links) == (found if not pages or found in pages else pages[0])


FIGURES = st.integers(-2, 62)


@given(FIGURES, FIGURES, FIGURES)
def test_a_clock_that_is_compared_is_one_that_can_be_made(hour: int, minute: int, second: int) -> None:
    try:
        clock = time(0 if hour == 24 else hour, minute, min(second, 59))
    except ValueError:
        expected = None
    else:
        made = datetime(2026, 11, 27, clock.hour, clock.minute, clock.second, tzinfo=UTC)
        expected = int(made.timestamp()) + (86400 if hour == 24 else 0)
    assert dates._seconds(2026, 11, 27, hour, minute, second, 0) == expected


@given(st.text(alphabet="a\n\x00\x1b\x7f\x9b\u00e9\u2019\ud800\udc00\ufffe\U0001f600&#x1;", max_size=12))
def test_what_no_document_may_hold_is_looked_for_once(text: str) -> None:
    assert decoding.without_surrogates(text) == decoding._SURROGATE.sub("\ufffd", text)
    legal = references.allowed_references(decoding._CONTROL.sub("\ufffd", text))
    assert decoding.allowed(text) == decoding._SURROGATE.sub("\ufffd", legal)
