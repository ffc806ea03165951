"""The query language, read and shown again. Every string is a query or an error that knows the character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.query.fields import HELP
from tui_news.text.query.nodes import EVERYTHING, And, Field, Node, Not, Or, QueryError, Text, leaves
from tui_news.text.query.parse import DEEPEST, LONGEST, MOST, parse
from tui_news.text.query.show import show

a, b, c = Text("a"), Text("b"), Text("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", EVERYTHING),
        ("  \n", EVERYTHING),
        ("a", a),
        ("a b", And((a, b))),
        ("a AND b", And((a, b))),
        ("a OR b", Or((a, b))),
        ("a b OR c", Or((And((a, b)), c))),
        ("a (b OR c)", And((a, Or((b, c))))),
        ("a (b c)", And((a, b, c))),
        ("(a OR b) OR c", Or((a, b, c))),
        ("((a))", a),
        ("a(b)", And((a, b))),
        ("NOT a", Not(a)),
        ("-a b", And((Not(a), b))),
        ("a -b", And((a, Not(b)))),
        ("--a", a),
        ("-NOT -a", Not(a)),
        ("-(a OR b)", Not(Or((a, b)))),
        ("NOT (-a)", a),
        ("a and b", And((a, Text("and"), b))),
        ("or", Text("or")),
        ('"a b"', Text("a b")),
        ("“a b”", Text("a b")),
        ('"OR"', Text("OR")),
        ('"a"b', And((a, b))),
        ("word*", Text("word", prefix=True)),
        ('"two wor"*', Text("two wor", prefix=True)),
        ("w**", Text("w", prefix=True)),
        ("a & b", And((a, b))),
        ("a - b", And((a, b))),
        ("rock-n-roll", Text("rock-n-roll")),
        ("don't", Text("don't")),
        ("12:30", Text("12:30")),
        ("https://example.org/x", Text("https://example.org/x")),
        ("Note: this", None),
        ("title:a", Text("a", "title")),
        ('title:"a b"', Text("a b", "title")),
        ("title:wor*", Text("wor", "title", True)),
        ("comment:a", Text("a", "comments")),
        ("-author:kari", Not(Text("kari", "author"))),
        ('quote:"a hope"', Text("a hope", "quote")),
        ("is:UNREAD", Field("is", "unread")),
        ("IS:read", Field("is", "read")),
        ("has:comments", Field("has", "comments")),
        ("feed:3", Field("feed", "3")),
        ('feed:"Norway  Daily"', Field("feed", "Norway Daily")),
        ("feed:https://a.example/x:y", Field("feed", "https://a.example/x:y")),
        ("folder:News/Norway", Field("folder", "News/Norway")),
        ("tag:later", Field("tag", "later")),
        ("tag:lat*", Field("tag", "lat", True)),
        ("tag:*", Field("tag", "", True)),
        ("speaker:berg", Field("speaker", "berg")),
        ("newer:2d", Field("newer", "2d")),
        ("since:2026-11-01", Field("newer", "2026-11-01")),
        ("before:yesterday", Field("older", "yesterday")),
        ("older:6MO", Field("older", "6mo")),
        ("lang:pt_BR", Field("lang", "pt-br")),
        ("a OR is:unread b", Or((a, And((Field("is", "unread"), b))))),
    ],
)
def test_what_is_read(text: str, node: Node | None) -> None:
    if node is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("(a", 0, "never closed"),
        ("a (b (c)", 2, "never closed"),
        ("a)", 1, "no parenthesis"),
        ("()", 0, "nothing in"),
        ('a "b', 2, "never closed"),
        ("a OR", 2, "OR has nothing after"),
        ("OR a", 0, "OR has nothing before"),
        ("a AND", 2, "AND has nothing after"),
        ("AND a", 0, "AND has nothing before"),
        ("a AND AND b", 2, "AND has nothing after"),
        ("a OR OR b", 2, "OR has nothing after"),
        ("a NOT", 2, "NOT has nothing after"),
        ("(a -)", 3, "- has nothing after"),
        ("a OR &", 2, "OR has nothing after"),
        ("& ...", 0, "no letter"),
        ("a is:", 5, "needs a value"),
        ("feed:\"\"", 5, "needs a value"),
        ("is:red", 3, "one of unread"),
        ("a has:nothing", 6, "one of comments"),
        ("newer:soon", 6, "an age or a date"),
        ("newer:2026-13-01", 6, "an age or a date"),
        ("newer:-2d", 6, "an age or a date"),
        ("lang:x", 5, "a language"),
        ("fed:3", 0, "did you mean feed:"),
        ("a category:News", 2, "no field category:"),
    ],
)  # fmt: skip
def test_an_error_points_at_the_character(text: str, at: int, why: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.at, caught.value.text) == (at, text)
    assert why in caught.value.why
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("min", Text("min", prefix=True)),
        ("a min", And((a, Text("min", prefix=True)))),
        ("a ", a),
        ('"a b', Text("a b", prefix=True)),
        ("(a OR b", Or((a, b))),
        ("a OR", a),
        ("a AND ", a),
        ("a -", a),
        ("a feed:", a),
        ("a title:mi", And((a, Text("mi", "title")))),
        ("a title:min", And((a, Text("min", "title", True)))),
        ("co*", Text("co", prefix=True)),
        ("a (", a),
        ("&", EVERYTHING),
        ("a.", Text("a.")),
        ("tag:la", Field("tag", "la", True)),
        ("feed:no", Field("feed", "no")),
    ],
)
def test_what_is_still_being_typed_is_read_as_far_as_it_goes(text: str, node: Node) -> None:
    assert parse(text, typing=True) == node


def test_everything_is_bounded() -> None:
    for text, at in (
        ("x" * (LONGEST + 1), LONGEST),
        ("(" * 9000, DEEPEST),
        ("a " * (MOST + 1), 2 * MOST),
    ):
        with pytest.raises(QueryError) as caught:
            parse(text)
        assert caught.value.at == at
    assert parse("-" * (LONGEST - 1) + "a") == Not(a)
    assert parse("NOT " * 2000 + "a") == a
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == a
    assert parse("a" * LONGEST) == Text("a" * LONGEST)


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        ("feed:3 (foo", 7, ("feed:3 (foo", "       ^")),
        ("漁船 )", 3, ("漁船 )", "     ^")),
        ("a\x1b[31m\n)", 7, ("a\ufffd[31m )", "       ^")),
        ("a OR", 2, ("a OR", "  ^")),
    ],
)
def test_the_caret_stands_under_the_character(text: str, at: int, shown: tuple[str, str]) -> None:
    assert QueryError("why", text, at).caret() == shown


def test_a_long_query_is_cut_around_the_character() -> None:
    line, caret = QueryError("why", "w " * 400 + ")" + " z" * 400, 800).caret()
    assert len(line) <= QueryError.SHOWN + 1
    assert line[len(caret) - 1] == ")"


def test_leaves_tell_what_is_wanted() -> None:
    node = parse("a -(b OR -c) is:read")
    assert list(leaves(node)) == [a, b, c, Field("is", "read")]
    assert list(leaves(node, positive=True)) == [a, c, Field("is", "read")]
    assert list(leaves(node, positive=False)) == [b]


# any string
PIECES = st.sampled_from(
    ["a", "word", '"', "(", ")", " ", "-", "OR", "AND", "NOT", "*", ":", "is:", "unread", "newer:", "2d", "title:", "tag:",
     "fed:", "&", "“", "\u0000", "\u0301", "漁", "𝒳", "\ud800", "\n", "has:new", "lang:en", "since:2026-02-30", "_"]
)  # fmt: skip
STRINGS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=14).map(" ".join)
)


@given(STRINGS)
def test_any_string_is_a_query_or_an_error_with_its_place(text: str) -> None:
    try:
        node = parse(text)
    except QueryError as error:
        check_place(error, text)
    else:
        assert parse(show(node)) == node


def check_place(error: QueryError, text: str) -> None:
    assert 0 <= error.at <= len(text)
    line, caret = error.caret()
    assert "\n" not in line + caret


@given(STRINGS)
def test_what_is_being_typed_never_fails_for_what_is_missing_at_its_end(text: str) -> None:
    try:
        node = parse(text, typing=True)
    except QueryError as error:
        check_place(error, text)
    else:
        assert parse(show(node)) == node


TEXT = st.text(st.characters(blacklist_characters='"“”„‟', blacklist_categories=["Cs"]), max_size=12)
TEXTS = st.builds(Text, TEXT.filter(lambda t: any(x.isalnum() for x in t)),
                  st.sampled_from(["", "title", "author", "body", "comments", "quote"]), st.booleans())  # fmt: skip
FIELDS = st.sampled_from([Field("is", "unread"), Field("newer", "2d"), Field("feed", "a b"), Field("tag", "", True)])


def compose(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Nodes as parse makes them: no And in an And, no Or in an Or, no Not of a Not."""

    def of(kind: type) -> st.SearchStrategy[Node]:
        return st.lists(inner.filter(lambda n: not isinstance(n, kind)), min_size=2, max_size=4).map(
            lambda parts: kind(tuple(parts))
        )

    return st.one_of(of(And), of(Or), inner.filter(lambda n: not isinstance(n, Not)).map(Not))


NODES: st.SearchStrategy[Node] = st.recursive(st.one_of(TEXTS, FIELDS), compose, max_leaves=12)


@given(NODES)
def test_what_is_shown_is_read_as_the_same(node: Node) -> None:
    assert parse(show(node)) == node


def test_every_field_says_what_it_takes() -> None:
    for name in HELP:
        with pytest.raises(QueryError, match=name):
            parse(f"{name}:")
