"""Lobsters and its kin: both shapes of a story, where its threads are, what is gone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import SOURCES, fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.lobsters import SOURCE, fetch, parse_story
from tui_news.comments.tree import flatten
from tui_news.models import ParsedEntry, Response, ThreadError

SHORT = "https://lobste.rs/s/abc123"
PAGE = f"{SHORT}/a_story"


def entry(guid=SHORT, link="https://blog.example/story", comments=PAGE, **fields):
    return ParsedEntry(guid, link, "A story", comments=comments, **fields)


def said(short, parent=None, depth=0, **fields):
    return {
        "short_id": short, "created_at": "2026-03-02T09:00:00.000-05:00", "last_edited_at": "2026-03-02T09:00:59.000-05:00",
        "is_deleted": False, "is_moderated": False, "score": 3, "flags": 0, "parent_comment": parent,
        "comment": f"<p>Words of {short}.</p>", "url": f"{PAGE}#c_{short}", "depth": depth, "commenting_user": f"by-{short}",
    } | fields  # fmt: skip


def old(short, level, **fields):
    return {
        "short_id": short, "created_at": "2021-03-02T09:00:00.000Z", "updated_at": "2021-03-02T09:00:00.000Z",
        "is_deleted": False, "is_moderated": False, "score": 1, "comment": "<p>Old words.</p>", "indent_level": level,
        "short_id_url": f"https://lobste.rs/c/{short}",
        "commenting_user": {"username": short, "is_admin": False, "is_moderator": False},
    } | fields  # fmt: skip


def story(*comments, **fields):
    base = {
        "short_id": "abc123",
        "comment_count": len(comments),
        "submitter_user": "by-two",
        "comments": list(comments),
    }
    return json.dumps(base | fields).encode()


def parsed(*comments, **fields):
    return parse_story(story(*comments, **fields), SHORT)[0]


def test_known_sites_are_found_by_any_of_an_entrys_addresses():
    ref = find_ref(entry(comment_count=4), "https://lobste.rs/", "")
    assert (ref.source, ref.key, ref.page_url, ref.count_hint) == ("lobsters", "lobsters|lobste.rs|abc123", SHORT, 4)
    assert [(route.name, route.url) for route in ref.routes] == [("json", f"{SHORT}.json")]
    for one in (
        entry(comments=""),
        entry("", comments="", link=f"{PAGE}?x=1#y"),
        entry("http://www.lobste.rs/s/abc123"),
    ):
        assert find_ref(one, "", "").key == ref.key
    assert find_ref(entry("", comments="https://tilde.news/s/abc123/x"), "", "").key == "lobsters|tilde.news|abc123"


def test_what_people_talk_about_is_not_the_talk():
    assert SOURCE.find(entry("https://a.example/1", SHORT, "https://a.example/talk/1"), "", "") is None


def test_elsewhere_the_guid_must_be_the_short_form_of_the_comments_page():
    other = "https://fork.example/s/abc123"
    ref = find_ref(entry(other, comments=f"{other}/a_story"), "https://fork.example/", "")
    assert (ref.key, ref.routes[0].url) == ("lobsters|fork.example|abc123", f"{other}.json")
    for guid, page, feed in (
        (other, other, ""),
        ("", f"{other}/a_story", ""),
        (other, f"{other}/a_story", f"{other}/feed"),
        ("https://fork.example/s", "https://fork.example/s/abc123", ""),
        ("https://fork.example/s/abc123/long", "https://fork.example/s/abc123/long/longer", ""),
    ):
        assert SOURCE.find(entry(guid, guid, page, comment_feed=feed), "https://fork.example/", "") is None


def test_a_feeds_generator_vouches_for_its_own_addresses():
    one = entry("", "https://fork.example/s/abc123/x", "")
    assert find_ref(one, "https://fork.example/", "", "Lobsters 1.0").key == "lobsters|fork.example|abc123"
    assert SOURCE.find_by_generator(one, "https://fork.example/", "Hugo") is None
    assert SOURCE.find_by_generator(one, "https://elsewhere.example/", "Lobsters") is None


def test_an_entry_that_is_a_comment_has_no_thread():
    assert find_ref(entry(link=f"{PAGE}#c_one"), "https://lobste.rs/", "") is None


@pytest.mark.parametrize(
    "link", ["https://lobste.rs/", "https://lobste.rs/u/ann", "https://lobste.rs/s/", "ftp://lobste.rs/s/abc123", ""]
)
def test_other_addresses_are_no_story(link):
    assert find_ref(entry("", link, ""), "https://lobste.rs/", "") is None


def test_pages():
    assert find_ref_in_page(PAGE, "<p>").key == "lobsters|lobste.rs|abc123"
    marked = '<li id="story_abc123" data-shortid="abc123" class="story">'
    assert find_ref_in_page("https://fork.example/s/abc123/x", marked).key == "lobsters|fork.example|abc123"
    assert find_ref_in_page("https://fork.example/s/abc124/x", marked) is None
    assert find_ref_in_page("https://fork.example/", '<i data-shortid="">') is None


def test_todays_shape_names_parents():
    one, two, three = parsed(said("one"), said("two", "one", 1), said("three"))
    assert [(c.id, c.parent, c.rank) for c in (one, two, three)] == [
        ("one", None, 0),
        ("two", "one", 1),
        ("three", None, 2),
    ]
    assert (one.author, one.author_id, one.created, one.score) == ("by-one", "by-one", 1_772_460_000, 3)
    assert (one.author_url, one.url) == ("https://lobste.rs/u/by-one", f"{PAGE}#c_one")
    assert ([block.text for block in one.blocks], one.edited, one.role, two.role) == (["Words of one."], None, "", "op")


def test_the_older_shape_gives_depths_only():
    found = parsed(
        old("a", 1), old("b", 2), old("c", 3), old("d", 2), old("e", 1), old("f", 4), old("g", 2),
        submitter_user={"username": "c"},
    )  # fmt: skip
    assert [(c.id, c.parent) for c in found] == [
        ("a", None), ("b", "a"), ("c", "b"), ("d", "a"), ("e", None), ("f", "e"), ("g", "e")
    ]  # fmt: skip
    assert [node.index for node in flatten(found)] == list(range(7))
    assert (found[2].role, found[0].author, found[0].url) == ("op", "a", "https://lobste.rs/c/a")


def test_a_depth_alone_serves_too():
    bare = [{key: value for key, value in said(name, None, depth).items() if key != "parent_comment"}
            for name, depth in (("a", 0), ("b", 1), ("c", 0))]  # fmt: skip
    assert [c.parent for c in parsed(*bare)] == [None, "a", None]


def test_roles_of_the_older_shape():
    admin, mod = {"username": "x", "is_admin": True, "is_moderator": True}, {"username": "y", "is_moderator": True}
    found = parsed(
        old("a", 1, commenting_user=admin), old("b", 1, commenting_user=mod), old("c", 1, commenting_user=None)
    )
    assert [(c.author, c.role, c.author_url is None) for c in found] == [
        ("x", "staff", False),
        ("y", "mod", False),
        ("", "", True),
    ]


def test_what_is_gone_keeps_its_place_and_no_words():
    found = parsed(
        said("a", is_deleted=True, comment="<em>Comment removed by author</em>", last_edited_at="2026-03-03T09:00:00Z"),
        said("b", "a", 1),
        said("c", is_deleted=True, is_moderated=True, comment="<em>Comment removed by moderator</em>"),
    )
    assert [(c.state, c.body, len(c.blocks), c.edited) for c in found] == [
        ("deleted", "", 0, None), ("live", "<p>Words of b.</p>", 1, None), ("moderated", "", 0, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "edited"),
    [("2026-03-02T09:01:00-05:00", None), ("2026-03-02T09:01:01-05:00", 1_772_460_061), (None, None), ("never", None)],
)
def test_a_change_in_the_first_minute_is_no_edit(changed, edited):
    assert parsed(said("a", last_edited_at=changed))[0].edited == edited


def test_the_older_shape_tells_edits_by_another_name():
    assert parsed(old("a", 1, updated_at="2021-03-02T09:05:00Z"))[0].edited == 1_614_675_900


def test_what_is_no_comment_is_passed_over():
    assert [c.id for c in parsed("junk", said(None), said("a b"), said("ok"), {})] == ["ok"]


async def test_one_request_brings_them_all():
    ref = find_ref(entry(), "", "")
    web = Web({f"{SHORT}.json": story(said("one"), said("two", "one", 1))})
    fetched = await fetch_thread(ref, web.fetch, run)
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 2, "json", ())
    assert len(web.asked) == 1


async def test_fewer_than_are_counted_is_partial():
    ref = find_ref(entry(), "", "")
    web = Web({f"{SHORT}.json": story(said("one"), comment_count=5)})
    fetched = await fetch(ref, ref.routes[0], Line(web.fetch, run))
    assert (fetched.coverage, fetched.warnings) == ("partial", ("1 of 5 comments came.",))
    web = Web({f"{SHORT}.json": story(said("one"), comment_count=None)})
    fetched = await fetch(ref, ref.routes[0], Line(web.fetch, run))
    assert (fetched.coverage, fetched.total) == ("complete", None)


async def test_a_merged_storys_talk_is_at_the_other_story():
    ref, asked = find_ref(entry(), "", ""), []

    async def fetch_page(url, accept=""):
        asked.append(url)
        if url == f"{SHORT}.json":
            return Response(url, "https://lobste.rs/s/xyz789/other", 200, {}, b"<html>")
        return Response(url, url, 200, {}, story(said("one")))

    fetched = await fetch(ref, ref.routes[0], Line(fetch_page, run))
    assert [c.id for c in fetched.comments] == ["one"]
    assert asked == [f"{SHORT}.json", "https://lobste.rs/s/xyz789.json"]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"comments": []}', b'{"comments": 1, "short_id": "a"}'])
async def test_other_answers_are_no_thread(body):
    web = Web({f"{SHORT}.json": body})
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(find_ref(entry(), "", ""), web.fetch, run)
    assert caught.value.kind == "notthis"


def test_it_is_registered():
    assert SOURCE in SOURCES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)
FIELDS = st.sampled_from(sorted(said("x") | old("y", 1)))


@settings(max_examples=60)
@given(st.lists(st.dictionaries(FIELDS, JSON | st.sampled_from(["a", "b", 1, 2]), max_size=8), max_size=6), JSON)
def test_any_json_is_read_without_a_fault(comments, user):
    found = parsed(*comments, submitter_user=user)
    assert all(c.id and c.state in ("live", "deleted", "moderated") for c in found)
    assert len(flatten(found)) == len(found)
