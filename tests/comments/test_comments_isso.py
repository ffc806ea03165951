"""Isso: its JSON, its feed behind, and how a story names it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources import isso as source
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.isso import fetch, find, find_in_page, parse, reference
from tui_news.models import FetchError, ParsedEntry, ThreadError

SERVER = "https://talk.example/isso"
STORY = "https://blog.example/a-story/"
REF = reference(SERVER, "/a-story/", STORY)
JSON, ATOM = REF.routes[0].url, REF.routes[1].url


def said(number, *replies, hidden=0, mode=1, **fields):
    item = {
        "id": number, "parent": None, "created": 1_700_000_000.75 + number, "modified": None, "mode": mode,
        "text": f"<p>Words of {number}.</p>", "author": f"Reader {number}", "website": None, "likes": 3, "dislikes": 1,
        "hash": "0a1b", "total_replies": len(replies) + hidden, "hidden_replies": hidden, "replies": list(replies),
    }  # fmt: skip
    return item | fields


def answer(*replies, hidden=0, total=None, number=None):
    count = sum(1 + len(reply.get("replies", ())) for reply in replies) if total is None else total
    data = {"id": number, "total_replies": count, "hidden_replies": hidden, "replies": list(replies), "config": {}}
    return json.dumps(data).encode()


async def by(pages, number=0):
    web = Web(pages)
    return await fetch(REF, REF.routes[number], Line(web.fetch, run)), web


THREAD = answer(
    said(1, said(2, parent=1), said(3, parent=1), mode=4, text="<p></p>", author=None),
    said(4, modified=1_700_000_100.0, website="https://ann.example/", author="Ann\x1b[31m"),
)


def test_an_entry_names_the_server_by_its_feed():
    entry = ParsedEntry("urn:1", STORY, "A story", comment_feed=f"{SERVER}/feed?uri=%2Fa-story%2F", comment_count=4)
    ref = find_ref(entry, "https://blog.example/", "")
    assert (ref.source, ref.key, ref.count_hint) == ("isso", f"isso|{SERVER}|/a-story/", 4)
    assert ref.routes == REF.routes
    assert [(route.name, route.url) for route in ref.routes] == [
        ("json", f"{SERVER}/?uri=/a-story/"), ("atom", f"{SERVER}/feed?uri=/a-story/"),
    ]  # fmt: skip
    assert ref.page_url == f"{STORY}#isso-thread"


@pytest.mark.parametrize("feed", ["", "https://x.example/feed", "https://x.example/feed?p=1", "x/feed?uri=/a"])
def test_other_feeds_are_not_its(feed):
    assert find(ParsedEntry("urn:1", STORY, "A story", comment_feed=feed), "", "") is None


def test_a_story_without_a_page_is_shown_by_the_server():
    assert reference(f"{SERVER}/", "name", "").page_url == f"{SERVER}/?uri=name"


PLACE = '<section id="isso-thread"></section>'


@pytest.mark.parametrize(
    ("html", "url", "uri"),
    [
        (f'{PLACE}<script data-isso="//talk.example/isso/" src="x.js"></script>', STORY, "/a-story/"),
        (f'<script src="/a.js"></script><script src="{SERVER}/js/embed.min.js"></script>{PLACE}', STORY, "/a-story/"),
        (f'<script data-isso="{SERVER}"></script><p id="isso-thread" data-isso-id="42">', STORY, "42"),
        (f'<script data-isso="{SERVER}"></script>{PLACE}', "https://blog.example", "/"),
        (f'<script data-isso="{SERVER}"></script>{PLACE}', "https://blog.example/caf%C3%A9/é?x#y", "/caf%25C3%25A9/%25C3%25A9"),
    ],
)  # fmt: skip
def test_a_page_names_the_server_by_its_script(html, url, uri):
    ref = find_ref_in_page(url, f"<html><body>{html}</body></html>")
    assert (ref.source, ref.routes[0].url) == ("isso", f"{SERVER}/?uri={uri}")


@pytest.mark.parametrize(
    "html",
    [
        PLACE,
        f'<script data-isso="javascript:x"></script>{PLACE}',
        f'<script src="https://cdn.example/js/embed.min.js"></script>{PLACE}',
        f'<script data-isso="{SERVER}"></script><a href="/a#isso-thread">3 comments</a>',
        "<!-- isso-thread -->",
        "",
    ],
)
def test_a_page_that_only_counts_or_names_no_server(html):
    assert find_in_page(STORY, html, "") is None


def test_a_page_without_an_address():
    assert find_in_page("", f'<script data-isso="{SERVER}"></script>{PLACE}', "") is None
    assert find_in_page(STORY, "<!-- isso-thread", "") is None


async def test_all_comments_in_one_request():
    fetched, web = await by({JSON: THREAD})
    assert [(one.id, one.parent, one.state, one.author) for one in fetched.comments] == [
        ("1", None, "deleted", ""), ("2", "1", "live", "Reader 2"), ("3", "1", "live", "Reader 3"),
        ("4", None, "live", "Ann[31m"),
    ]  # fmt: skip
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 3, "json", ())
    gone, *_, last = fetched.comments
    assert (gone.body, gone.blocks) == ("", ())
    assert (last.created, last.edited, last.score) == (1_700_000_004, 1_700_000_100, 2)
    assert (last.url, last.author_url) == (f"{STORY}#isso-4", "https://ann.example/")
    assert [block.text for block in last.blocks] == ["Words of 4."]
    assert web.asked == [JSON]


async def test_what_is_folded_away_is_asked_for():
    first = answer(said(1, said(2, parent=1), hidden=1), said(5), hidden=1, total=5)
    pages = {
        JSON: first,
        f"{JSON}&parent=1": answer(said(2, parent=1), said(3, parent=1), number=1),
        f"{JSON}&offset=2": answer(said(6)),
    }
    fetched, web = await by(pages)
    assert [(one.id, one.parent) for one in fetched.comments] == [
        ("1", None), ("2", "1"), ("5", None), ("6", None), ("3", "1"),
    ]  # fmt: skip
    assert (fetched.coverage, fetched.total) == ("complete", 5)
    assert len(web.asked) == 3


async def test_what_stays_folded_makes_it_partial(monkeypatch):
    first = answer(said(1, said(2, parent=1), hidden=9), total=11)
    fetched, _ = await by({JSON: first})
    assert (fetched.coverage, fetched.total, fetched.warnings) == ("partial", 11, ("2 of 11 comments came.",))
    fetched, _ = await by({JSON: first, f"{JSON}&parent=1": answer(said(2, parent=1), number=1)})
    assert fetched.coverage == "partial"
    monkeypatch.setattr(source, "MAX_COMMENTS", 3)
    more = answer(*(said(number, parent=1) for number in range(2, 12)), number=1)
    fetched, _ = await by({JSON: first, f"{JSON}&parent=1": more})
    assert (fetched.coverage, len(fetched.comments)) == ("partial", 3)
    fetched, _ = await by({JSON: answer(*map(said, range(9)))})
    assert (fetched.coverage, len(fetched.comments)) == ("partial", 3)


async def test_no_comments_are_counted():
    fetched, _ = await by({JSON: answer()})
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)


FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">
<id>tag:blog.example,2018:/isso/thread/a-story/</id>{}</feed>"""


def feed_entry(number, parent=0):
    name = "tag:blog.example,2018:/isso/7/"
    reply = f'<t:in-reply-to ref="{name}{parent}" href="{STORY}#isso-{parent}"/>' if parent else ""
    return (
        f"<entry><id>{name}{number}</id><title>Comment #{number}</title><updated>2026-03-02T09:00:0{9 - number}Z</updated>"
        f'<author><name>R{number}</name></author><link href="{STORY}#isso-{number}"/><content type="html">w</content>'
        f"{reply}</entry>"
    )


async def test_the_feed_stands_in_under_the_same_numbers():
    document = FEED.format(feed_entry(1) + feed_entry(2, 1) + feed_entry(3, 8)).encode()
    web = Web({JSON: 500, ATOM: document})
    fetched = await fetch_thread(REF, web.fetch, run)
    assert [(one.id, one.parent, one.url) for one in fetched.comments] == [
        ("1", None, f"{STORY}#isso-1"), ("2", "1", f"{STORY}#isso-2"), ("3", "8", f"{STORY}#isso-3"),
    ]  # fmt: skip
    assert (fetched.route, fetched.coverage, "created" in fetched.knows) == ("atom", "newest", False)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"replies": 4}', b'{"error": "no"}'])
def test_what_is_no_answer(body):
    with pytest.raises(ThreadError) as error:
        parse(body, STORY)
    assert error.value.kind == "notthis"


async def test_a_refusal_is_passed_on():
    with pytest.raises(FetchError):
        await by({JSON: 403})


def test_odd_fields_are_borne():
    body = answer("junk", {"id": True}, {"id": "x"}, {"id": 7, "replies": "none", "text": 4, "likes": "many"},
                  said(8, said(9, "junk"), mode=2, dislikes=None), total="many")  # fmt: skip
    found = parse(body, STORY)
    assert [(one.id, one.parent, one.state, one.score) for one in found.comments] == [
        ("7", None, "live", None), ("8", None, "moderated", 3), ("9", "8", "live", 2),
    ]  # fmt: skip
    assert (found.total, found.folded) == (0, ())


def answer_of(item):
    return json.dumps({"replies": [item]}).encode()


def test_nesting_without_end_is_read_or_refused():
    deep = said(0)
    for number in range(1, 60):
        deep = said(number, deep)
    assert [one.parent for one in parse(answer_of(deep), STORY).comments][:3] == [None, "59", "58"]
    with pytest.raises(ThreadError) as error:
        parse(b'{"replies":[' * 100_000, STORY)
    assert error.value.kind == "broken"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "parent", "replies", "text", "mode", "created", "author", "hidden_replies"]),
                      inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_any_json_gives_comments_or_an_error(value):
    try:
        found = parse(answer_of(value), STORY)
    except ThreadError:
        return
    assert all(one.id.isdigit() and one.author == one.author.strip() for one in found.comments)


def test_a_server_named_in_any_letters_is_asked_at_a_clean_address():
    ref = find_ref_in_page("https://a.example/story", "<p id='isso-thread'><script data-isso='/ïsso €/'></script>")
    assert ref is not None
    assert [route.url for route in ref.routes if not route.url.isascii() or " " in route.url] == []
