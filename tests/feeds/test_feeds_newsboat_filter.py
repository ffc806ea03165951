"""newsboat's conditions in our words, or a refusal: never a query that means something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.feeds.newsboat_filter import to_query
from tui_news.text.query.parse import parse


def tag(name: str) -> str:
    return f"folder:{name}"


@pytest.mark.parametrize(
    ("condition", "query"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "is:read"),
        ('unread = "yes" and tags # "news"', "is:unread AND folder:news"),
        ('tags !# "news"', "NOT folder:news"),
        ('flags != ""', "is:starred"),
        ('flags # "a"', "is:starred"),
        ('flags !# "a"', "NOT is:starred"),
        ("age between 0:10", "newer:11d"),
        ("age between 3:7", "newer:8d AND older:3d"),
        ("age < 2", "newer:2d"),
        ('title =~ "council"', "title:council*"),
        (r'title =~ "council\b"', "title:council"),
        (r'title =~ "^the council$"', 'title:"the council"'),
        ('title =~ "linux|kernel news"', '(title:linux* OR title:"kernel news"*)'),
        ('title =~ "(foo|bar)"', "(title:foo* OR title:bar*)"),
        ('content # "ferry" or author = "A. Writer"', '(body:ferry OR author:"A. Writer")'),
        ('(title =~ "a" or title =~ "b") and unread = "yes"', "(title:a OR title:b) AND is:unread"),
        ('title !~ "sport|chess"', "NOT (title:sport* OR title:chess*)"),
        ('feedtitle = "The Post"', 'feed:"The Post"'),
        ('rssurl =~ "example.org"', "feed:example.org"),
        (r'rssurl =~ "example\.org/.*"', "feed:example.org/"),
    ],
)
def test_what_can_be_said_is(condition: str, query: str) -> None:
    assert to_query(condition, tag) == query
    parse(query)


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ('guid = "x"', "guid"),
        ('title =~ "^[A-Z]+"', "pattern"),
        ('rssurl =~ "paper[0-9]"', "pattern"),
        (r'feedtitle =~ "\w+ Post"', "pattern"),
        ("unread_count > 3", "unread_count"),
        ('title =~ ""', "pattern"),
        ('title = "x" and', "too early"),
        ('(title = "x"', "too early"),
        ('title = "x" )', r"\)"),
        ("(" * 100, "parentheses"),
        ("age ~ x", "age"),
    ],
)
def test_what_cannot_be_said_names_the_word(condition: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        to_query(condition, tag)


_PIECES = st.sampled_from(
    ["title", "unread", "age", "flags", "tags", "author", " ", "=", "!=", "=~", "!~", "#", "!#", "between", "0:3", "3", '"yes"', '"a b"',
     '"x|y"', "and", "or", "(", ")", '"', "\\", "<", ">="]
)  # fmt: skip


@pytest.mark.parametrize("condition", ["tags = =", 'tags # "."', "title = )"])
def test_a_value_that_is_none_is_refused(condition: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        to_query(condition, tag)


@given(st.lists(_PIECES, max_size=14).map(" ".join))
def test_any_condition_is_a_query_of_ours_or_refused(condition: str) -> None:
    try:
        query = to_query(condition, tag)
    except ValueError:
        return
    parse(query)
