from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.text.twins import _canonical, canonical, twin_keys


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/b",
        "http://www.example.org/a/b/",
        "https://EXAMPLE.org:443/a/b?utm_source=rss&utm_medium=feed#comments",
        "https://example.org/a/b?fbclid=x&ref=y",
        " https://example.org./a/b/index.html ",
        "https://example.org/a/b/amp/",
    ],
)
def test_one_page_has_one_name(url):
    assert canonical(url) == "example.org/a/b"


def test_what_makes_the_page_stays():
    assert canonical("https://e.example/?p=17") == "e.example?p=17"
    assert canonical("https://e.example/item?id=2&a=1") == "e.example/item?a=1&id=2"
    assert canonical("https://e.example:8080/x") == "e.example:8080/x"
    assert canonical("https://e.example/#!/story/1") != canonical("https://e.example/x")
    assert canonical("https://e.example/A") != canonical("https://e.example/a")


@pytest.mark.parametrize("url", ["", "https://e.example/", "https://e.example", "mailto:a@b.example", "builtin:x/y",
                                 "http://[::1", "https://e.example:99999/x", "https://e.example/?utm_source=x"])  # fmt: skip
def test_what_names_no_single_story_has_none(url):
    assert canonical(url) == ""
    assert twin_keys(url, "17", "Episode 1") == ()


@given(st.text(), st.text(), st.text())
def test_any_text_is_taken(url, guid, title):
    assert all(-(2**63) <= key < 2**63 for key in twin_keys(url, guid, title))


_PARTS = st.sampled_from(
    ["http://", "https://", "HTTPS://", "www.", "example.org", "Example.org", "a-b", ".", ":80", "u:p@", "/", "/amp",
     "/index.html", "/index.php", "//", "?id=2", "?utm_source=x", "#!/s", "#c", "%20", " ", "é", "story", ";v=1", "\\"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PARTS, max_size=7).map("".join))
def test_the_short_way_says_what_the_long_one_says(url):
    assert canonical(url) == _canonical(url)
