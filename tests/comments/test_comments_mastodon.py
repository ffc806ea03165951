"""Mastodon: posts by their addresses, their answers as the server tells them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import SOURCES, fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.mastodon import MOST, SOURCE, parse_context
from tui_news.comments.tree import flatten
from tui_news.models import FetchError, ParsedEntry, ThreadError

POST = "110000000000000001"
LINK = f"https://social.example/@ann/{POST}"
CONTEXT = f"https://social.example/api/v1/statuses/{POST}/context"
REF = find_ref_in_page(LINK, "")


def entry(link=LINK, guid="", **fields):
    return ParsedEntry(guid, link, "", **fields)


def toot(number, answers=POST, who="7", **fields):
    return {
        "id": str(number), "created_at": "2026-03-02T09:00:00.000Z", "in_reply_to_id": answers, "in_reply_to_account_id": "5",
        "sensitive": False, "spoiler_text": "", "edited_at": None, "favourites_count": 2, "content": f"<p>Words of {number}.</p>",
        "url": f"https://far.example/@u{who}/{number}", "uri": f"https://far.example/users/u{who}/statuses/{number}",
        "account": {"id": who, "acct": f"u{who}@far.example", "username": f"u{who}", "url": f"https://far.example/@u{who}"},
    } | fields  # fmt: skip


def context(*toots):
    return json.dumps({"ancestors": [], "descendants": list(toots)}).encode()


def parsed(*toots, author="ann"):
    return parse_context(context(*toots), POST, author, CONTEXT)


@pytest.mark.parametrize(
    ("link", "key", "page"),
    [
        (LINK, f"mastodon|social.example|{POST}", LINK),
        (f"{LINK}/?x#y", f"mastodon|social.example|{POST}", LINK),
        (f"https://social.example/web/@ann@far.example/{POST}", f"mastodon|social.example|{POST}", None),
        (f"https://social.example/users/ann/statuses/{POST}", f"mastodon|social.example|{POST}", LINK),
    ],
)
def test_posts_are_found_by_their_addresses(link, key, page):
    ref = find_ref(entry(link, comment_count=3), "", "")
    assert (ref.source, ref.key, ref.count_hint, ref.routes[0].url) == ("mastodon", key, 3, CONTEXT)
    assert page is None or ref.page_url == page
    assert find_ref_in_page(link, "<p>").key == key


@pytest.mark.parametrize(
    "link",
    ["https://medium.example/@ann/a-story-12345", "https://v.example/@ann/video/123456", "https://a.example/@ann",
     "https://a.example/@ann/12", "https://a.example/ann/123456", "mailto:@ann/123456", ""],
)  # fmt: skip
def test_other_addresses_are_no_post(link):
    assert SOURCE.find(entry(link), "", "") is None
    assert SOURCE.find_in_page(link, "", "") is None


def test_a_link_to_a_post_is_not_the_talk_of_another_site():
    assert SOURCE.find(entry(comments="https://a.example/talk/1"), "", "") is None
    assert SOURCE.find(entry("https://a.example/story", comments=LINK), "", "").page_url == LINK


def test_answers_and_who_wrote_them():
    one, two, three = parsed(toot(11), toot(12, "11", "5"), toot(13, "99"))
    assert [(c.id, c.parent, c.rank, c.role) for c in (one, two, three)] == [
        ("11", None, 0, ""), ("12", "11", 1, "op"), ("13", "99", 2, "")
    ]  # fmt: skip
    assert (one.author, one.author_id, one.author_url) == ("u7@far.example", "7", "https://far.example/@u7")
    assert (one.created, one.edited, one.score, one.url) == (1_772_442_000, None, 2, "https://far.example/@u7/11")
    assert [block.text for block in one.blocks] == ["Words of 11."]


def test_without_a_number_the_authors_name_tells():
    own = {"id": "5", "acct": "ann"}
    found = parsed(
        toot(11, account=own, in_reply_to_account_id=None), toot(12, in_reply_to_account_id=None, account=None)
    )
    assert [(c.author, c.role) for c in found] == [("ann", "op"), ("", "")]


def test_the_warning_comes_first_and_pictures_are_named():
    media = [{"type": "image", "description": "A <red> fox", "url": "https://far.example/1.png"},
             {"type": "video", "remote_url": "https://far.example/2.mp4"}, {"url": "javascript:x"}]  # fmt: skip
    (found,) = parsed(
        toot(
            11, sensitive=True, spoiler_text="Eyes & <teeth>", media_attachments=media, edited_at="2026-03-02T10:00:00Z"
        )
    )
    assert [block.text for block in found.blocks] == ["Eyes & <teeth>", "Words of 11.", "[A <red> fox]", "[video]"]
    assert found.edited == 1_772_445_600


def test_a_bare_list_is_read_too_and_the_post_itself_left_out():
    posts = [toot(POST, None), toot(11)]
    found = parse_context(json.dumps(posts).encode(), POST, "ann", CONTEXT)
    assert [(c.id, c.parent) for c in found] == [("11", None)]


async def test_one_request_brings_the_answers():
    web = Web({CONTEXT: context(toot(11), toot(12, "11"))})
    fetched = await fetch_thread(REF, web.fetch, run)
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 2, "context", ())
    assert web.asked == [CONTEXT]


async def test_nobody_answered():
    fetched = await fetch_thread(REF, Web({CONTEXT: context()}).fetch, run)
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)


async def test_a_server_tells_strangers_so_many_and_so_deep():
    wide = [toot(number) for number in range(11, 11 + MOST)]
    deep = [toot(11), *(toot(number, str(number - 1)) for number in range(12, 31))]
    for posts in (wide, deep):
        fetched = await fetch_thread(REF, Web({CONTEXT: context(*posts)}).fetch, run)
        assert (fetched.coverage, fetched.total, len(fetched.warnings)) == ("partial", None, 1)
    fetched = await fetch_thread(REF, Web({CONTEXT: context(*deep[:-1])}).fetch, run)
    assert fetched.coverage == "complete"


@pytest.mark.parametrize(
    "body", [b"<html>", b"{}", b'{"descendants": 1}', b'{"descendants": ["a"]}', b'[{"id": "1"}]', b"1"]
)
async def test_other_answers_are_no_thread(body):
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(REF, Web({CONTEXT: body}).fetch, run)
    assert caught.value.kind == "notthis"


async def test_a_server_that_wants_a_login_is_said_to():
    with pytest.raises(FetchError) as caught:
        await fetch_thread(REF, Web({CONTEXT: 401}).fetch, run)
    assert caught.value.status == 401


def test_it_is_registered():
    assert SOURCE in SOURCES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(sorted(toot(1))), JSON | st.sampled_from(["1", "2"]), max_size=8), max_size=6
    )
)
def test_any_json_is_read_without_a_fault(posts):
    found = parsed(toot(900), *posts)
    assert all(c.id for c in found)
    assert len(flatten(found)) == len(found)


def test_pleroma_is_asked_the_same_way():
    ref = find_ref(entry("https://pl.example/notice/AEBeXZ2ZgXxXrB0Zwu"), "", "")
    assert (ref.source, ref.page_url) == ("mastodon", "https://pl.example/notice/AEBeXZ2ZgXxXrB0Zwu")
    assert ref.routes[0].url == "https://pl.example/api/v1/statuses/AEBeXZ2ZgXxXrB0Zwu/context"
    assert find_ref(entry("https://town.example/notice/road-works-in-may12"), "", "") is None
    assert find_ref(entry("https://town.example/notice/Roadworksinmaytoda"), "", "") is None


def test_a_poll_says_what_it_lets_choose_from():
    poll = {"options": [{"title": "Boats & bridges", "votes_count": 1200}, {"title": "<Neither>", "votes_count": None}]}
    (found,) = parsed(toot(11, poll=poll))
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("para", "Words of 11."), ("item", "Boats & bridges (1,200)"), ("item", "<Neither>")
    ]  # fmt: skip


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_post_that_an_answer_holds_up_is_a_quote_with_its_author(wrapped):
    post = {"content": "<p>Held-up words.</p>", "account": {"acct": "bo@far.example"}}
    quote = {"state": "accepted", "quoted_status": post} if wrapped else post
    line = '<p class="quote-inline">RE: <a href="https://far.example/@bo/3">far.example/@bo/3</a></p>'
    (found,) = parsed(toot(11, content=f"{line}<p>See this.</p>", quote=quote))
    assert [(block.text, block.quote) for block in found.blocks] == [
        ("See this.", 0), ("bo@far.example:", 1), ("Held-up words.", 1)
    ]  # fmt: skip


def test_a_post_held_up_that_is_not_told_keeps_its_link():
    line = '<p class="quote-inline">RE: <a href="https://far.example/@bo/3">far.example/@bo/3</a></p>'
    (found,) = parsed(toot(11, content=line, quote={"state": "revoked", "quoted_status": None}))
    assert found.blocks[0].text == "RE: far.example/@bo/3"
