"""Ghost: pages of roots with their first replies inside, and the rest of the replies by their own lists."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import find_ref, find_ref_in_page
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.ghost import MAX_REPLIES, fetch, parse, reference
from tui_news.models import FetchError, ParsedEntry, ThreadError

POST = "5f1a2b3c4d5e6f7a8b9c0d1e"
SITE = "https://ghost.example/blog/"
REF = reference(SITE, POST, f"{SITE}story/")
ROOTS = REF.routes[0].url


def key(number):
    return f"{number:024x}"


def said(number, *replies, count=None, **fields):
    return {
        "id": key(number), "status": "published", "html": f"<p>Words of {number}</p>",
        "created_at": "2026-03-02T10:00:00.000Z", "edited_at": None,
        "member": {"id": key(900 + number), "uuid": f"u{number}", "name": f"Member {number}"},
        "count": {"likes": 3, "replies": len(replies) if count is None else count}, "replies": list(replies),
    } | fields  # fmt: skip


def page(*comments, pages=1, total=None):
    paging = {"page": 1, "pages": pages, "total": len(comments) if total is None else total}
    return json.dumps({"comments": list(comments), "meta": {"pagination": paging}}).encode()


def replies_of(number):
    return f"{SITE}members/api/comments/{key(number)}/replies/?limit=50&page=1"


async def got(pages):
    web = Web(pages)
    return await fetch(REF, REF.routes[0], Line(web.fetch, run)), web


def entry(**fields):
    return ParsedEntry(**({"id": POST, "link": f"{SITE}story/", "title": "T"} | fields))


def test_a_count_of_likes_is_one_that_can_be_kept():
    found = parse(page(said(1) | {"count": {"likes": 2**70}}, said(2) | {"count": {}}, said(3)), None, SITE)
    assert [comment.score for comment in found.comments] == [None, None, 3]


def test_a_ghost_feed_names_its_posts():
    ref = find_ref(entry(comment_count=4), SITE, "", "Ghost 5.82")
    assert (ref.source, ref.key, ref.count_hint) == ("ghost", f"{SITE}|{POST}", 4)
    assert ref.routes[0].url == f"{SITE}members/api/comments/post/{POST}/?limit=50"
    assert ref.page_url == f"{SITE}story/#ghost-comments"
    elsewhere = find_ref(entry(link="https://www.other.example/story/"), SITE, "", "Ghost 5.82")
    assert elsewhere.key == f"https://www.other.example/|{POST}"


@pytest.mark.parametrize(
    ("fields", "generator"),
    [({}, ""), ({}, "Ghostwriter 2"), ({"id": "tag:1"}, "Ghost 5"), ({"link": ""}, "Ghost 5"), ({}, "Hugo")],
)
def test_what_is_no_ghost_feed_names_none(fields, generator):
    assert find_ref(entry(**fields), SITE, "", generator) is None


def test_a_page_names_it_where_its_comment_box_is():
    box = f'<script defer src="x.js" data-ghost-comments="{SITE}" data-post-id="{POST}"></script>'
    assert find_ref_in_page(f"{SITE}story/", f"<html><body>{box}</body></html>").key == f"{SITE}|{POST}"
    assert find_ref_in_page(f"{SITE}story/", box.replace(POST, "none")) is None
    assert find_ref_in_page(f"{SITE}story/", box.replace(SITE, "javascript:1//")) is None
    assert find_ref_in_page(f"{SITE}story/", "<p>Words.</p>") is None


async def test_roots_replies_and_states():
    pages = {
        f"{ROOTS}&page=1": page(
            said(1, said(2, parent_id=key(1)), said(3, in_reply_to_id=key(2), parent_id=key(1))),
            said(4, said(5), status="hidden", html="<p>kept from us</p>", member=None),
            pages=2, total=3,
        ),
        f"{ROOTS}&page=2": page(said(6, status="deleted", html=None, count=None), total=3),
    }  # fmt: skip
    fetched, _ = await got(pages)
    by = {comment.id: comment for comment in fetched.comments}
    parents = {int(name, 16): comment.parent and int(comment.parent, 16) for name, comment in by.items()}
    assert parents == {1: None, 2: 1, 3: 2, 4: None, 5: 4, 6: None}
    assert [by[key(number)].state for number in (1, 4, 6)] == ["live", "moderated", "deleted"]
    assert (by[key(4)].author, by[key(4)].body, by[key(4)].blocks, by[key(4)].author_id) == ("", "", (), None)
    first = by[key(1)]
    assert (first.author, first.author_id, first.score, first.created) == ("Member 1", "u1", 3, 1772445600)
    assert first.blocks[0].text == "Words of 1"
    assert (fetched.coverage, fetched.route, fetched.warnings) == ("complete", "members", ())


async def test_replies_that_did_not_come_are_asked_for():
    pages = {
        f"{ROOTS}&page=1": page(said(1, said(2), count=3)),
        replies_of(1): page(said(2, count=0), said(3), pages=2, total=3),
        replies_of(1).replace("&page=1", "&page=2"): page(said(4), total=3),
    }
    fetched, web = await got(pages)
    assert [(int(one.id, 16), one.parent) for one in fetched.comments] == [
        (1, None), (2, key(1)), (3, key(1)), (4, key(1)),
    ]  # fmt: skip
    assert fetched.coverage == "complete"
    assert len(web.asked) == 3


async def test_replies_that_cannot_be_had_leave_it_partial():
    fetched, _ = await got({f"{ROOTS}&page=1": page(said(1, count=3), said(9))})
    assert (len(fetched.comments), fetched.coverage) == (2, "partial")
    assert fetched.warnings == ("Not all comments came.",)


async def test_a_list_that_changed_meanwhile_is_partial_and_requests_are_bounded():
    fetched, _ = await got({f"{ROOTS}&page=1": page(said(1), total=2)})
    assert fetched.coverage == "partial"
    many = [said(number, count=1) for number in range(1, MAX_REPLIES + 5)]
    fetched, web = await got({f"{ROOTS}&page=1": page(*many)})
    assert len(web.asked) == 1 + MAX_REPLIES
    assert fetched.coverage == "partial"


async def test_comments_turned_off_are_none():
    fetched, _ = await got({f"{ROOTS}&page=1": 405})
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)
    assert fetched.warnings == ("Comments are turned off on this site.",)
    with pytest.raises(FetchError):
        await got({f"{ROOTS}&page=1": 500})


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"comments": 3}'])
def test_what_is_no_list_is_said(body):
    with pytest.raises(ThreadError):
        parse(body, None, SITE)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner), max_leaves=4
)
FIELDS = st.fixed_dictionaries(
    {"id": st.sampled_from([key(1), key(2), "x", 3])},
    optional={
        name: ODD | st.just({"likes": "x"}) | st.just([{"id": key(7)}, {}])
        for name in ("html", "status", "member", "count", "replies", "created_at", "edited_at", "parent_id")
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FIELDS | ODD, max_size=4), ODD | st.just({"pagination": {"pages": "x"}}))
def test_no_answer_breaks_it(items, meta):
    found = parse(json.dumps({"comments": items, "meta": meta}).encode(), None, SITE)
    assert all(len(comment.id) == 24 for comment in found.comments)


async def test_an_answer_to_one_that_is_gone_stands_where_the_site_shows_it():
    pages = {
        f"{ROOTS}&page=1": page(said(1, said(2, in_reply_to_id=key(77)), count=2)),
        replies_of(1): page(said(2, in_reply_to_id=key(77)), said(3, in_reply_to_id=key(78))),
    }
    fetched, _ = await got(pages)
    assert {one.id: one.parent for one in fetched.comments} == {key(1): None, key(2): key(1), key(3): key(1)}
