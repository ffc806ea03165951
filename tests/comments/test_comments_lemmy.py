"""Lemmy: both versions of its lists, trees that are cut, pages, states."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import SOURCES, fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.lemmy import MAX_PAGES, PAGE, SOURCE, parse_list
from tui_news.comments.sources.lemmy_text import markdown_blocks
from tui_news.comments.tree import flatten
from tui_news.models import FetchError, ParsedEntry, Response, ThreadError

SITE = "https://lem.example"
POST = f"{SITE}/post/42"
SUBMITTED = (
    '<p>submitted by <a href="https://far.example/u/ann">ann</a> to <a href="https://lem.example/c/news">news</a><br>'
    f'14 points | <a href="{POST}">5 comments</a></p>'
)


def entry(guid=POST, link="https://blog.example/story", comments=POST, **fields):
    return ParsedEntry(guid, link, "A post", comments=comments, **fields)


REF = find_ref(entry(), "", "")


def said(number, *above, **fields):
    """A comment in the older shape; `below` is its child_count."""
    below = fields.pop("below", 0)
    comment = {
        "id": number, "creator_id": number, "post_id": 42, "content": f"Words of {number}.", "removed": False, "deleted": False,
        "published": "2026-03-02T09:00:00.123456Z", "path": ".".join(map(str, (0, *above, number))), "distinguished": False,
    } | fields  # fmt: skip
    return {
        "comment": comment, "post": {"id": 42, "creator_id": 7},
        "creator": {"id": comment["creator_id"], "name": f"u{number}", "actor_id": f"https://far.example/u/u{number}"},
        "counts": {"comment_id": number, "score": 3, "child_count": below},
    }  # fmt: skip


def newer(number, *above, **fields):
    comment = {
        "id": number, "creator_id": number, "content": f"Words of {number}.", "removed": False, "deleted": False, "score": 9,
        "published_at": "2026-03-02T09:00:00Z", "updated_at": "2026-03-02T10:00:00Z", "child_count": 0,
        "path": ".".join(map(str, (0, *above, number))),
    } | fields  # fmt: skip
    return {
        "comment": comment,
        "post": {"creator_id": 7},
        "creator": {"id": number, "name": f"u{number}", "ap_id": f"{SITE}/u/u{number}"},
    }


def body(*views, **fields):
    return json.dumps({"comments": list(views)} | fields).encode()


def read(*views):
    return parse_list(body(*views), POST).comments


def server(flat, tree=None, fail_page=None):
    """The older interface: a tree for who asks for a depth, else fifty a page."""
    asked = []

    async def fetch(url, accept=""):
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        asked.append(query)
        if "/v3/" not in url:
            raise FetchError("status", "no", status=404)
        if "max_depth" in query:
            return Response(url, url, 200, {}, body(*(flat[:300] if tree is None else tree)))
        page = int(query["page"])
        if page == fail_page:
            raise FetchError("status", "no", status=500)
        return Response(url, url, 200, {}, body(*flat[(page - 1) * PAGE : page * PAGE]))

    return fetch, asked


def test_a_posts_page_of_comments():
    ref = find_ref(entry(content=SUBMITTED), f"{SITE}/c/news", "")
    assert (ref.source, ref.key, ref.page_url, ref.count_hint) == ("lemmy", "lemmy|lem.example|42", POST, 5)
    assert [(route.name, route.url) for route in ref.routes] == [
        ("v3", f"{SITE}/api/v3/comment/list?post_id=42"), ("v4", f"{SITE}/api/v4/comment/list?post_id=42")
    ]  # fmt: skip
    assert find_ref(entry(comment_count=8), "", "").count_hint == 8


@pytest.mark.parametrize(
    ("feed", "text", "link"),
    [
        (f"{SITE}/c/news", "", POST),
        (f"{SITE}/u/ann", "", POST),
        ("", SUBMITTED, POST),
        ("", "", "https://lemmy.example/post/42"),
    ],
)
def test_what_tells_lemmy_where_no_page_of_comments_does(feed, text, link):
    assert find_ref(entry("", link, "", summary=text), feed, "").key.startswith("lemmy|")


def test_a_path_alone_is_not_lemmy():
    blog = entry(POST, POST, "")
    assert SOURCE.find(blog, SITE, "") is None
    assert SOURCE.find(entry(POST, POST, "", content='<a href="https://x.example/u/ann">'), f"{SITE}/blog", "") is None
    for comments, feed in ((f"{POST}#comments", ""), (f"{POST}?c", ""), (POST, f"{POST}/feed"), (f"{POST}/title", "")):
        assert SOURCE.find(entry(comments=comments, comment_feed=feed), "", "") is None


def test_a_feeds_generator_vouches_for_its_own_posts():
    assert find_ref(entry("", POST, ""), f"{SITE}/", "", "Lemmy 1.0").key == REF.key
    assert SOURCE.find_by_generator(entry("", POST, ""), f"{SITE}/", "Hugo") is None
    assert SOURCE.find_by_generator(entry("", POST, ""), "https://a.example/", "Lemmy") is None


def test_pages():
    assert find_ref_in_page(POST, "<title>Lemmy</title><script>window.isoData = {}</script>").key == REF.key
    assert SOURCE.find_in_page(POST, "<p>", "") is None
    assert SOURCE.find_in_page(SITE, "lemmy window.isoData", "") is None


def test_the_older_shape():
    one, two = read(said(11, below=1, updated="2026-03-02T11:00:00Z"), said(12, 11, creator_id=7))
    assert [(c.id, c.parent, c.role) for c in (one, two)] == [("11", None, ""), ("12", "11", "op")]
    assert (one.author, one.author_id, one.author_url) == ("u11", "11", "https://far.example/u/u11")
    assert (one.created, one.edited, one.score, one.url) == (1_772_442_000, 1_772_449_200, 3, f"{SITE}/comment/11")
    assert (one.body_kind, [block.text for block in one.blocks], two.edited) == ("text", ["Words of 11."], None)


def test_the_newer_shape():
    page = parse_list(
        json.dumps({"items": [newer(11, child_count=4), newer(12, 11)], "next_page": "Pab-12"}).encode(), POST
    )
    one, two = page.comments
    assert (one.created, one.edited, one.score, one.author_url) == (1_772_442_000, 1_772_445_600, 9, f"{SITE}/u/u11")
    assert (two.parent, page.below, page.cursor) == ("11", (4, 0), "Pab-12")
    assert parse_list(body(next_page="a&b=c"), POST).cursor == ""


def test_a_date_without_a_zone_is_utc():
    assert read(said(11, published="2026-03-02T09:00:00"))[0].created == 1_772_442_000


def test_words_quotes_and_states():
    found = read(
        said(11, content="> They said.\n\nI say."), said(12, deleted=True), said(13, removed=True, deleted=True)
    )
    assert [(block.text, block.quote) for block in found[0].blocks] == [("They said.", 1), ("I say.", 0)]
    assert [(c.state, c.body, c.blocks) for c in found[1:]] == [("deleted", "", ()), ("moderated", "", ())]


def test_code_between_fences_stays_code():
    words = "Look:\n```rust\n> fn a() {\n\n}\n``\n```\nDone.\n~~~\nopen\n```"
    assert [(block.kind, block.text, block.lang, block.quote) for block in markdown_blocks(words)] == [
        ("para", "Look:", None, 0), ("code", "> fn a() {\n\n}\n``", "rust", 0), ("para", "Done.", None, 0),
        ("code", "open\n```", None, 0),
    ]  # fmt: skip
    assert markdown_blocks("```\n```") == ()
    assert [block.kind for block in markdown_blocks("```not a fence``` here")] == ["para"]


def test_roles():
    views = [said(1), said(2, distinguished=True), said(3), said(4)]
    views[0]["creator_is_moderator"], views[2]["creator_is_admin"], views[3]["creator"]["admin"] = True, True, True
    assert [c.role for c in read(*views)] == ["mod", "mod", "staff", "staff"]


@pytest.mark.parametrize(("path", "parent"), [("0.1", None), ("0.5.1", "5"), ("0.x.1", None), ("", None), (7, None)])
def test_parents_by_path(path, parent):
    assert read(said(1, path=path))[0].parent == parent


def test_the_oldest_servers_name_the_parent():
    view = said(9)
    del view["comment"]["path"]
    view["comment"]["parent_id"] = 7
    assert read(view)[0].parent == "7"
    view["comment"]["parent_id"] = None
    assert read(view)[0].parent is None


async def test_a_whole_tree_is_one_request_in_the_sites_order():
    fetch, asked = server([], [said(12), said(11, below=1), said(13, 11)])
    fetched = await fetch_thread(REF, fetch, run)
    assert [(c.id, c.rank) for c in fetched.comments] == [("12", 0), ("11", 1), ("13", 2)]
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 3, "v3", ())
    assert [(one["sort"], one["max_depth"], one["type_"]) for one in asked] == [("Hot", "8", "All")]


async def test_nobody_answered():
    fetched = await fetch_thread(REF, server([])[0], run)
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)


async def test_what_a_tree_leaves_out_is_read_page_by_page():
    flat = [said(number, below=59 if number == 1 else 0) if number == 1 else said(number, 1) for number in range(1, 61)]
    fetch, asked = server(flat, flat[:30])
    fetched = await fetch_thread(REF, fetch, run)
    assert (len(fetched.comments), fetched.coverage, fetched.total) == (60, "complete", 60)
    assert [one.get("page") for one in asked] == [None, "1", "2"]
    assert [c.rank for c in fetched.comments[28:32]] == [28, 29, None, None]


async def test_a_tree_that_ends_at_the_limit_may_be_cut():
    fetch, asked = server([said(number) for number in range(1, 451)])
    fetched = await fetch_thread(REF, fetch, run)
    assert (len(fetched.comments), fetched.coverage, len(asked)) == (450, "complete", 11)


async def test_what_came_before_a_failure_is_kept():
    fetch, _ = server([said(number) for number in range(1, 451)], fail_page=8)
    fetched = await fetch_thread(REF, fetch, run)
    assert (len(fetched.comments), fetched.coverage, fetched.total) == (350, "partial", None)
    assert fetched.warnings == ("Only 350 comments came.",)


async def test_there_is_an_end_to_pages():
    fetch, asked = server([said(number) for number in range(1, PAGE * (MAX_PAGES + 2))])
    fetched = await fetch_thread(REF, fetch, run)
    assert (fetched.coverage, len(asked)) == ("partial", 1 + MAX_PAGES)


async def test_a_server_that_pays_no_heed_to_the_page():
    asked, same = [], body(*(said(number) for number in range(1, PAGE + 1)))

    async def fetch(url, accept=""):
        asked.append(url)
        return Response(url, url, 200, {}, same)

    fetched = await fetch_thread(REF, fetch, run)
    assert (len(fetched.comments), len(asked)) == (PAGE, 3)


async def test_the_newer_interface_pages_by_a_cursor():
    first = f"{REF.routes[1].url}&type_=all&sort=old&limit=50"
    pages = {
        first: json.dumps({"items": [newer(11)], "next_page": "P2"}).encode(),
        f"{first}&page_cursor=P2": json.dumps({"items": [newer(12, 11)], "next_page": None}).encode(),
    }
    web = Web(pages)
    fetched = await fetch_thread(REF, web.fetch, run)
    assert ([(c.id, c.parent) for c in fetched.comments], fetched.route) == ([("11", None), ("12", "11")], "v4")
    assert (fetched.coverage, len(web.asked)) == ("complete", 3)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}", b'{"comments": 1}', b'{"comments": [{"id": 1}]}'])
async def test_other_answers_are_no_thread(answer):
    web = Web({})
    web.pages = type("All", (dict,), {"get": lambda self, url, default: answer})()
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(REF, web.fetch, run)
    assert caught.value.kind == "notthis"
    assert len(web.asked) == 2


def test_it_is_registered():
    assert SOURCE in SOURCES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)
ODD = st.fixed_dictionaries(
    {
        "comment": st.dictionaries(
            st.sampled_from(sorted(said(1)["comment"])), JSON | st.sampled_from([1, 2, "0.2.1"]), max_size=8
        )
    },
    optional={"creator": JSON, "post": JSON, "counts": JSON},
)


@settings(max_examples=60)
@given(st.lists(ODD | JSON, max_size=6))
def test_any_json_is_read_without_a_fault(views):
    page = parse_list(body(said(900), *views), POST)
    assert len(page.comments) == len(page.below)
    assert len(flatten(page.comments)) == len(page.comments)


def shown(words):
    return [(block.kind, block.quote, block.text) for block in markdown_blocks(words, "https://lemmy.example/post/1")]


def test_markdown_reads_as_its_writer_meant_it():
    told = shown(
        "**Wide** [quay](https://a.example/x) ~~no~~\n\n> Said\n>> before\n\n- one\n- two\n\n`x` <b>raw</b> \\*not\\*"
    )
    assert told == [
        ("para", 0, "Wide quay no"), ("para", 1, "Said"), ("para", 2, "before"), ("item", 0, "one"), ("item", 0, "two"),
        ("para", 0, "x <b>raw</b> *not*"),
    ]  # fmt: skip
    (block,) = markdown_blocks("See https://a.example/x_y_z, and <https://b.example> or [c](https://c.example).")
    assert block.text == "See https://a.example/x_y_z, and https://b.example or c."
    hrefs = [span.href for span in block.spans]
    assert hrefs == ["https://a.example/x_y_z", "https://b.example/", "https://c.example/"]


def test_what_is_hidden_until_asked_for_is_marked():
    assert shown("Before\n::: spoiler The end\nIt rains.\n:::\nAfter") == [
        ("para", 0, "Before"), ("para", 0, "[spoiler] The end"), ("para", 0, "It rains."), ("para", 0, "After"),
    ]  # fmt: skip
    assert shown("```\n::: spoiler\n:::\n```") == [("code", 0, "::: spoiler\n:::")]


@given(st.text(alphabet="ab>*_`[]()!#-:~|\\<& \n\t\u202e\x1b", max_size=120))
def test_no_markdown_breaks_it_or_brings_controls(words):
    assert all("\x1b" not in block.text and "\u202e" not in block.text for block in markdown_blocks(words))
