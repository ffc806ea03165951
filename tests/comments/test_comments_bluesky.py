"""Bluesky: a nested tree in one answer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import find_ref, find_ref_in_page
from tui_news.comments.sources.bluesky import fetch, from_address, html_of, parse
from tui_news.comments.sources.contract import Line
from tui_news.models import ParsedEntry, ThreadError

PAGE = "https://bsky.app/profile/ann.example/post/3kabc"
REF = from_address(PAGE)


def uri(name):
    return f"at://did:plc:{name}/app.bsky.feed.post/{name}"


def node(name, *replies, count=None, did="", **record):
    author = {"did": did or f"did:plc:{name}", "handle": f"{name}.example", "displayName": name.title()}
    made = {"text": f"Words of {name}", "createdAt": "2026-03-02T10:00:00.000Z"} | record
    post = {
        "uri": uri(name), "author": author, "record": made, "likeCount": 2,
        "replyCount": len(replies) if count is None else count,
    }  # fmt: skip
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": list(replies)}


def body(root):
    return json.dumps({"thread": root}).encode()


def missing(name):
    return {"uri": uri(name), "notFound": True}


def test_a_post_is_found_by_its_addresses():
    assert REF.routes[0].url == (
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
        "?uri=at%3A%2F%2Fann.example%2Fapp.bsky.feed.post%2F3kabc&depth=1000&parentHeight=0"
    )
    assert (REF.source, REF.key, REF.page_url) == ("bluesky", "bluesky|ann.example|3kabc", PAGE)
    assert from_address(f"{PAGE}/?ref=x#y") == REF
    assert from_address("at://did:plc:abc/app.bsky.feed.post/3k").key == "bluesky|did:plc:abc|3k"
    entry = ParsedEntry("at://did:plc:abc/app.bsky.feed.post/3k", "https://bsky.app/x", "T", comment_count=3)
    assert find_ref(entry, "", "").count_hint == 3
    assert find_ref_in_page(PAGE, "<p>Words.</p>") == REF


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/profile/ann.example",
        "https://evil.example/profile/a/post/1",
        "at://x/app.bsky.feed.like/1",
        "",
    ],
)
def test_other_addresses_are_none(url):
    assert from_address(url) is None


async def test_the_tree_in_its_order():
    root = node("ann", node("bob", node("cid", did="did:plc:ann"), missing("dan")), node("eve"))
    web = Web({REF.routes[0].url: body(root)})
    fetched = await fetch(REF, REF.routes[0], Line(web.fetch, run))
    told = [(comment.id, comment.parent, comment.rank, comment.state) for comment in fetched.comments]
    assert told == [
        (uri("bob"), None, 0, "live"), (uri("cid"), uri("bob"), 1, "live"),
        (uri("dan"), uri("bob"), 2, "deleted"), (uri("eve"), None, 3, "live"),
    ]  # fmt: skip
    bob, cid, dan, _ = fetched.comments
    assert (bob.author, bob.author_id, bob.score, bob.created) == ("Bob", "did:plc:bob", 2, 1772445600)
    assert (bob.url, bob.author_url) == (
        "https://bsky.app/profile/did:plc:bob/post/bob", "https://bsky.app/profile/bob.example",
    )  # fmt: skip
    assert (bob.role, cid.role) == ("", "op")
    assert (dan.author, dan.blocks) == ("", ())
    assert (fetched.coverage, fetched.warnings) == ("complete", ())


async def test_replies_that_are_counted_and_did_not_come_leave_it_partial():
    web = Web({REF.routes[0].url: body(node("ann", node("bob", count=4)))})
    fetched = await fetch(REF, REF.routes[0], Line(web.fetch, run))
    assert (len(fetched.comments), fetched.coverage, len(fetched.warnings)) == (1, "partial", 1)


def test_a_key_is_a_line_and_a_count_is_one_that_can_be_kept():
    odd = node("bo")
    odd["post"] |= {"uri": "at://did:plc:bo/x\n\x1b]0;y\x07/1", "likeCount": 2**70}
    (found,) = parse(body(node("ann", odd))).comments
    assert (found.id, found.score) == ("at://did:plc:bo/x]0;y/1", None)


def test_blocked_replies_keep_their_place_and_junk_has_none():
    blocked = {"uri": uri("bob"), "blocked": True, "author": {"did": "did:plc:bob"}}
    odd = [{"post": {"uri": "https://x"}}, {"post": 3}, "x", {"notFound": True}]
    tree = parse(body(node("ann", blocked, *odd, count=1)))
    assert [(comment.id, comment.state) for comment in tree.comments] == [(uri("bob"), "gone")]


@pytest.mark.parametrize("root", [missing("ann"), {"uri": uri("ann"), "blocked": True}])
def test_a_post_that_is_gone_is_said(root):
    with pytest.raises(ThreadError) as caught:
        parse(body(root))
    assert caught.value.kind == "gone"


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"thread": 3}', b'{"error": "NotFound"}'])
def test_what_is_no_thread_is_said(answer):
    with pytest.raises(ThreadError):
        parse(answer)


def test_a_very_deep_tree_is_walked_without_recursion():
    deep = node("x0")
    for number in range(1, 100):
        deep = node(f"x{number}", deep)
    assert len(parse(body(node("ann", deep))).comments) == 100


def facet(start, end, **feature):
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def test_links_by_bytes_lines_cards_and_pictures():
    record = {
        "text": "Æ see this <b>\nand @bob\n\nEnd",
        "facets": [
            facet(20, 24, did="did:plc:bob"), facet(3, 6, uri='https://a.example/?a="b"'), facet(4, 9, uri="https://no"),
            facet(1, 900, uri="https://no"), facet(0, 1, tag="x"), {"index": 3}, "x", facet("a", 2, uri="https://no"),
        ],
        "embed": {
            "media": {
                "external": {"uri": "https://card.example/", "title": "A <card>"},
                "images": [{"alt": "A boat"}, {"alt": " "}, "x"],
            }
        },
    }  # fmt: skip
    assert html_of(record) == (
        '<p>Æ <a href="https://a.example/?a=&quot;b&quot;">see</a> this &lt;b&gt;<br>and '
        '<a href="https://bsky.app/profile/did:plc:bob">@bob</a></p><p>End</p>'
        '<p><a href="https://card.example/">A &lt;card&gt;</a></p><p>[image: A boat]</p><p>[image]</p>'
    )
    assert html_of({"text": "a", "embed": {"images": 3, "external": {"uri": 3}}}) == "<p>a</p>"
    assert (
        html_of({"text": "a", "facets": [{"index": {"byteStart": 0, "byteEnd": 1}, "features": ["x"]}]}) == "<p>a</p>"
    )
    assert html_of({"text": 3, "embed": "x", "facets": 3}) == ""


ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just([1]) | st.just({"did": 3})
RECORD = st.dictionaries(st.sampled_from(["text", "createdAt", "facets", "embed"]), ODD)
POST = st.fixed_dictionaries(
    {"uri": st.sampled_from([uri("a"), "x", 3])},
    optional={"author": ODD, "record": RECORD | ODD, "likeCount": ODD, "replyCount": ODD},
)
NODES = st.recursive(
    ODD,
    lambda inner: st.fixed_dictionaries({"post": POST | ODD, "replies": st.lists(inner, max_size=3) | ODD}),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NODES, max_size=3))
def test_no_answer_breaks_it(replies):
    found = parse(body(node("ann") | {"replies": replies})).comments
    assert all(comment.id.startswith("at://") for comment in found)


def quoting(view):
    made = node("ann")
    made["post"]["embed"] = view
    (found,) = parse(body(node("root", made))).comments
    return [(block.quote, block.text) for block in found.blocks]


def test_a_post_that_a_reply_holds_up_is_a_quote_with_its_author():
    quoted = {
        "uri": uri("bob"),
        "author": {"handle": "bob.example", "displayName": "Bob"},
        "value": {"text": "It rains."},
    }
    told = [(0, "Words of ann"), (1, "Bob:"), (1, "It rains.")]
    assert quoting({"$type": "app.bsky.embed.record#view", "record": quoted}) == told
    with_media = {"$type": "app.bsky.embed.recordWithMedia#view", "record": {"record": quoted}, "media": {}}
    assert quoting(with_media) == told
    gone = {"$type": "app.bsky.embed.record#view", "record": {"uri": uri("bob"), "notFound": True}}
    assert quoting(gone) == told[:1]
    assert quoting({"record": 3}) == quoting({"record": {"record": {"author": 1, "value": 2}}}) == told[:1]


def test_pictures_without_a_word_about_them_are_told_all_the_same():
    assert (
        html_of({"text": "", "embed": {"images": [{"alt": ""}, {"alt": "A quay"}]}})
        == "<p>[image]</p><p>[image: A quay]</p>"
    )
    assert (
        html_of({"text": "", "embed": {"$type": "app.bsky.embed.video", "video": {}, "alt": "Rain"}})
        == "<p>[video: Rain]</p>"
    )


@pytest.mark.parametrize(
    ("said", "seen", "created"),
    [
        ("2026-03-02T10:00:00", "2026-03-02T10:00:05Z", 1_772_445_605),
        ("2031-01-01T00:00:00Z", "2026-03-02T10:00:05Z", 1_772_445_605),
        ("2026-03-02T10:00:00Z", "2026-03-05T10:00:00Z", 1_772_445_600),
        ("2026-03-02T10:00:00Z", None, 1_772_445_600),
        ("yesterday", None, None),
    ],
)
def test_a_date_that_cannot_be_is_when_the_post_was_first_seen(said, seen, created):
    reply = node("bob", createdAt=said)
    reply["post"]["indexedAt"] = seen
    assert parse(body(node("ann", reply))).comments[0].created == created


def test_a_name_that_leads_nowhere_is_no_address():
    reply = node("bob")
    reply["post"]["author"] |= {"handle": "handle.invalid", "displayName": ""}
    (found,) = parse(body(node("ann", reply))).comments
    assert (found.author, found.author_url) == ("did:plc:bob", "https://bsky.app/profile/did:plc:bob")
