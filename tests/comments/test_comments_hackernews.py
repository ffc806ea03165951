"""Hacker News: the tree from one service, the order from the other."""

from __future__ import annotations

import json

import pytest

from comments.commentsfakes import Web, run
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.hackernews import (
    FIREBASE,
    fetch,
    from_address,
    from_items,
    parse_item,
    parse_tree,
)
from tui_news.models import FetchError, ThreadError

REF = from_address("https://news.ycombinator.com/item?id=1")
ALGOLIA, STORY = REF.routes[0].url, REF.routes[1].url


def node(number, parent, *children, author="ann", text="<p>Words.", **fields):
    return {
        "id": number, "created_at_i": 1_500_000_000 + number, "type": "comment", "author": author, "text": text,
        "parent_id": parent, "story_id": 1, "children": list(children),
    } | fields  # fmt: skip


TREE = {
    "id": 1, "type": "story", "author": "op", "title": "T",
    "children": [
        node(2, 1, node(4, 2, author="op", text="&gt; Words.<p>Why?"), node(5, 2, node(6, 5), author=None, text=None)),
        node(3, 1),
        "junk", {"id": None},
    ],
}  # fmt: skip


def story(**fields):
    return json.dumps({"id": 1, "by": "op", "kids": [3, 2], "descendants": 4, "type": "story"} | fields).encode()


async def by(number, pages):
    web = Web(pages)
    return await fetch(REF, REF.routes[number], Line(web.fetch, run)), web


async def test_the_tree_comes_from_one_service_and_the_order_from_the_other():
    fetched, web = await by(0, {ALGOLIA: json.dumps(TREE).encode(), STORY: story()})
    assert [(one.id, one.parent, one.rank, one.state) for one in fetched.comments] == [
        ("2", None, 1, "live"), ("4", "2", None, "live"), ("5", "2", None, "deleted"), ("6", "5", None, "live"),
        ("3", None, 0, "live"),
    ]  # fmt: skip
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 4, "algolia", ())
    four = fetched.comments[1]
    assert (four.role, four.author_url) == ("op", "https://news.ycombinator.com/user?id=op")
    assert [(block.text, block.quote) for block in four.blocks] == [("Words.", 1), ("Why?", 0)]
    assert four.created == 1_500_000_004
    assert len(web.asked) == 2


async def test_an_index_that_lags_is_partial():
    fetched, _ = await by(0, {ALGOLIA: json.dumps(TREE).encode(), STORY: story(descendants=9)})
    assert fetched.coverage == "partial"
    assert fetched.warnings == ("4 of 9 comments came; the index lags.",)


async def test_without_the_second_service_the_order_is_unknown():
    for answer in (500, b"null", story(descendants="many", kids="none")):
        fetched, _ = await by(0, {ALGOLIA: json.dumps(TREE).encode(), STORY: answer})
        assert fetched.coverage == "partial"
        assert {one.rank for one in fetched.comments} == {None}


def item(number, parent, *kids, **fields):
    return json.dumps(
        {
            "id": number,
            "parent": parent,
            "by": "ann",
            "text": "Words.",
            "time": 1_500_000_000,
            "type": "comment",
            "kids": kids,
        }
        | fields
    ).encode()


async def test_item_by_item_when_the_first_service_fails():
    pages = {
        STORY: story(),
        f"{FIREBASE}2.json": item(2, 1, 4, 5),
        f"{FIREBASE}3.json": item(3, 1),
        f"{FIREBASE}4.json": item(4, 2, by="op"),
        f"{FIREBASE}5.json": item(5, 2, deleted=True),
    }
    fetched, web = await by(1, pages)
    assert {(one.id, one.parent, one.rank, one.role, one.state) for one in fetched.comments} == {
        ("3", "1", 0, "", "live"), ("2", "1", 1, "", "live"), ("4", "2", 0, "op", "live"), ("5", "2", 1, "", "deleted"),
    }  # fmt: skip
    assert (fetched.coverage, fetched.total) == ("complete", 4)
    assert len(web.asked) == 5
    del pages[f"{FIREBASE}4.json"]
    fetched, _ = await by(1, pages)
    assert (fetched.coverage, len(fetched.comments)) == ("partial", 3)


def test_an_item_that_names_no_parent_answers_what_it_stands_in():
    inner = {"id": 3, "author": "ann", "text": "Yes.", "created_at": "2026-03-02T09:00:00.000Z", "children": []}
    tree = {"id": 1, "author": "op", "children": [{"id": 2, "author": None, "text": None, "children": [inner]}]}
    gone, answer = parse_tree(json.dumps(tree).encode())
    assert (gone.parent, gone.state) == (None, "deleted")
    assert (answer.parent, answer.created) == ("2", 1_772_442_000)


async def test_what_was_killed_is_told_from_what_its_author_deleted():
    pages = {
        STORY: story(kids=[2, 3]),
        f"{FIREBASE}2.json": item(2, 1, dead=True, text="Buy boats."),
        f"{FIREBASE}3.json": item(3, 1, deleted=True, text=None, by=None),
    }
    fetched, _ = await by(1, pages)
    assert [(one.id, one.state, one.body) for one in fetched.comments] == [("2", "moderated", ""), ("3", "deleted", "")]


async def test_the_walk_has_an_end(monkeypatch):
    monkeypatch.setattr("tui_news.comments.sources.hackernews.MAX_ITEMS", MAX_ITEMS := 40)
    kids = list(range(2, MAX_ITEMS + 100))
    pages = {STORY: story(kids=kids)} | {f"{FIREBASE}{kid}.json": item(kid, 1, kid + 100_000) for kid in kids}
    fetched, _ = await by(1, pages)
    assert (len(fetched.comments), fetched.coverage) == (MAX_ITEMS, "partial")


async def test_no_such_story():
    with pytest.raises(ThreadError):
        await by(1, {STORY: b"null"})
    with pytest.raises(FetchError):
        await by(0, {})


@pytest.mark.parametrize(("name", "page"), [("a_b-9", "user?id=a_b-9"), ("日本語", None), ("a b", None), ("²", None)])
def test_only_a_name_of_theirs_has_a_page(name, page):
    (found,) = from_items([{"id": 2, "by": name, "text": "Words."}], "op")
    assert found.author == name
    assert found.author_url == (page and f"https://news.ycombinator.com/{page}")


def test_what_is_no_item_is_no_thread():
    for body in (b"{}", b"[]", b"<html>", b'{"children": 5}'):
        with pytest.raises(ThreadError):
            parse_tree(body)
    with pytest.raises(ThreadError):
        parse_item(b"[]")


def test_a_chain_of_two_hundred_replies_is_read():
    chain = node(200, 199)
    for number in range(199, 1, -1):
        chain = node(number, number - 1, chain)
    found = parse_tree(json.dumps({"id": 1, "children": [chain]}).encode())
    assert len(found) == 199
    assert found[-1].parent == "199"


def test_items_that_are_no_comments_are_left_out():
    assert from_items([{"id": 5, "type": "pollopt"}, {"id": "x"}], "op") == ()
    (bare,) = from_items([{"id": 5, "by": "a b"}], "op")
    assert (bare.author_url, bare.rank, bare.parent) == (None, None, None)


def test_what_a_poll_lets_choose_from_is_no_comment():
    option = {"id": 2, "type": "pollopt", "author": None, "text": "Tabs", "points": 3, "children": []}
    said = {"id": 3, "type": "comment", "author": "ann", "text": "Both.", "children": []}
    found = parse_tree(json.dumps({"id": 1, "type": "poll", "author": "bo", "children": [option, said]}).encode())
    assert [comment.id for comment in found] == ["3"]


@pytest.mark.parametrize("text", ["[flagged]", "[dead]"])
def test_the_indexs_word_for_a_killed_comment_is_not_its_authors(text):
    tree = {"id": 1, "author": "op", "children": [{"id": 2, "author": "ann", "text": text, "children": []}]}
    (killed,) = parse_tree(json.dumps(tree).encode())
    assert (killed.state, killed.body, killed.author) == ("moderated", "", "ann")
