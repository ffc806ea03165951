"""Discourse: topics by their feeds and pages, posts in batches, sparse parents."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.render import blocks_of
from tui_news.comments.sources import SOURCES, fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.discourse import BATCH, MAX_POSTS, SOURCE
from tui_news.comments.sources.discourse_posts import (
    comments_of,
    dressed,
    parse_topic,
    topic_in_embed,
    with_quoted_names,
)
from tui_news.comments.tree import flatten
from tui_news.models import FetchError, ParsedEntry, Response, ThreadError

SITE = "https://talk.example"
TOPIC = f"{SITE}/t/a-topic/57"
ASKED = f"{SITE}/t/57.json"


def entry(guid="talk.example-topic-57", link=TOPIC, **fields):
    return ParsedEntry(guid, link, "A topic", **fields)


REF = find_ref(entry(), f"{SITE}/latest", "")


def post(number, answers=None, **fields):
    return {
        "id": 1000 + number, "post_number": number, "username": f"u{number}", "user_id": number, "name": f"User {number}",
        "created_at": "2026-03-02T09:00:00.000Z", "updated_at": "2026-03-02T10:00:00.000Z", "cooked": f"<p>Words of {number}.</p>",
        "post_type": 1, "reply_to_post_number": answers, "version": 1, "topic_id": 57, "hidden": False, "deleted_at": None,
        "user_deleted": False, "moderator": False, "admin": False, "staff": False, "actions_summary": [{"id": 2, "count": 4}],
    } | fields  # fmt: skip


def topic(*posts, stream=None, **fields):
    ids = [1000 + one["post_number"] for one in posts] if stream is None else stream
    data = {"id": 57, "slug": "a-topic", "post_stream": {"posts": list(posts), "stream": ids}}
    return json.dumps(data | fields).encode()


def read(*posts, **fields):
    got = parse_topic(topic(*posts, **fields), SITE)
    return comments_of(list(got.posts), got.author, got.path, SITE)


def quoting(number, topic_id=57):
    return f'<aside class="quote no-group" data-username="x" data-post="{number}" data-topic="{topic_id}">…</aside><p>So?</p>'


def test_a_forums_own_feed():
    assert (REF.source, REF.key, REF.page_url) == ("discourse", f"discourse|{SITE}|57", TOPIC)
    assert [(route.name, route.url) for route in REF.routes] == [("json", ASKED)]


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://www.talk.example/t/a-topic/57/3", "discourse|https://www.talk.example|57"),
        (f"{SITE}/t/57", f"discourse|{SITE}|57"),
        (f"{SITE}/t/57/3", f"discourse|{SITE}|57"),
        (f"{SITE}/t/2026-plans/57?u=x", f"discourse|{SITE}|57"),
        (f"{SITE}/our/forum/t/-/57", f"discourse|{SITE}/our/forum|57"),
    ],
)
def test_forms_of_a_topics_address(link, key):
    assert find_ref(entry(link=link), "", "").key == key


@pytest.mark.parametrize(
    ("guid", "link", "feed"),
    [
        ("", TOPIC, f"{SITE}/latest"),
        (TOPIC, TOPIC, f"{SITE}/c/news/5"),
        ("", "https://forum.program.example/t/a/57", "https://planet.example/"),
        ("", "https://discuss.program.example:8080/t/a/57", ""),
    ],
)
def test_what_tells_a_forum_where_the_guid_does_not(guid, link, feed):
    assert find_ref(entry(guid, link), feed, "").source == "discourse"


@pytest.mark.parametrize(
    ("guid", "link", "feed"),
    [
        ("", TOPIC, SITE),
        (TOPIC, TOPIC, f"{SITE}/blog"),
        ("other.example-topic-57", TOPIC, f"{SITE}/latest"),
        ("", "https://community/t/a/57", ""),
        ("talk.example-topic-57", f"{SITE}/tags/57", ""),
        ("talk.example-post-57-3", f"{TOPIC}/3", f"{SITE}/posts"),
        ("talk.example-topic-57", "/t/a/57", ""),
    ],
)
def test_a_path_alone_is_no_forum(guid, link, feed):
    assert SOURCE.find(entry(guid, link), feed, "") is None


def test_a_page_of_comments_may_be_a_topic():
    story = "https://blog.example/story"
    assert find_ref(entry("", story, comments=TOPIC, comment_count=2), "", "").count_hint == 2
    assert SOURCE.find(entry("", story, comments=f"{TOPIC}#reply"), "", "") is None
    assert SOURCE.find(entry("", TOPIC, comments=f"{story}/talk"), f"{SITE}/latest", "") is None
    assert SOURCE.find(entry("", story, comments=TOPIC, comment_feed=f"{story}/feed"), "", "") is None


def test_a_forums_feed_counts_the_posts():
    text = "<p>Hello</p>\n<p><small>{} Beiträge - 2 Teilnehmer</small></p><p><a>Mehr</a></p>"
    assert [find_ref(entry(summary=text.format(count)), "", "").count_hint for count in (3, 1, 0)] == [2, 0, 0]
    assert find_ref(entry(content="<p><small>3 posts</small></p>"), "", "").count_hint is None
    assert find_ref(entry(summary=text.format(3), comment_count=9), "", "").count_hint == 9


def test_the_first_post_is_the_topic():
    assert find_ref(entry("talk.example-post-57-1"), "", "").key == REF.key


def test_a_feeds_generator_vouches_for_its_own_topics():
    assert find_ref(entry(""), f"{SITE}/", "", "Discourse 3.4").key == REF.key
    assert SOURCE.find_by_generator(entry(""), f"{SITE}/", "Hugo") is None
    assert SOURCE.find_by_generator(entry(""), "https://planet.example/", "Discourse") is None


def test_a_forums_own_page():
    page = '<meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse/discourse">'
    assert find_ref_in_page(TOPIC, page).key == REF.key
    assert find_ref_in_page(TOPIC, "<p>") is None


STORY = "https://blog.example/2026/story/"


def embed(settings, head=" = "):
    return f"<head></head><script>window.DiscourseEmbed{head}{{ {settings} }};</script>"


def test_a_page_that_embeds_a_topic():
    for told in (
        "discourseUrl: 'https://talk.example/', topicId: 57",
        '"discourseUrl":"https:\\/\\/talk.example","topicId":"57"',
    ):
        assert SOURCE.find_in_page(STORY, embed(told), "").key == REF.key
    assert SOURCE.find_in_page(STORY, embed("discourseUrl: '//talk.example/', topicId: 57"), "").key == REF.key


@pytest.mark.parametrize(
    ("told", "page", "asked"),
    [
        (f"discourseUrl: '{SITE}/', discourseEmbedUrl: 'https://blog.example/x'", "", "https://blog.example/x"),
        (f"discourseUrl: '{SITE}/', discourseEmbedUrl: location.href", "", STORY),
        (
            f"discourseUrl: '{SITE}/', topicId: 0",
            '<link rel="canonical" href="/other/">',
            "https://blog.example/other/",
        ),
        (f"discourseUrl: '{SITE}/', topicId: ''", '<link rel="canonical">', STORY),
    ],
)
def test_a_page_that_leaves_the_topic_to_the_forum(told, page, asked):
    ref = SOURCE.find_in_page(f"{STORY}#top", page + embed(told), "")
    assert (ref.routes[0].name, parse_qs(urlsplit(ref.routes[0].url).query)["embed_url"]) == ("embed", [asked])
    assert ref.page_url == asked


def test_pages_that_only_speak_of_it():
    for page in (
        "DiscourseEmbed",
        "DiscourseEmbed is {discourseUrl: 'https://talk.example'}",
        embed("topicId: 57"),
        "<p>",
    ):
        assert SOURCE.find_in_page(STORY, page, "") is None
    assert (
        SOURCE.find_in_page(STORY, "see DiscourseEmbed. " + embed(f"discourseUrl: '{SITE}', topicId: 57"), "").key
        == REF.key
    )
    assert SOURCE.find_in_page("", embed(f"discourseUrl: '{SITE}'"), "") is None


def test_posts_and_who_wrote_them():
    found = read(post(1), post(2, cooked="<p>Hello</p>"), post(3, 2, user_id=1), post(4, 1), post(5, admin=True, staff=True),
                 post(6, moderator=True, staff=True), post(7, staff=True))  # fmt: skip
    assert [(c.id, c.parent, c.rank, c.role) for c in found] == [
        ("1002", None, 2, ""), ("1003", "1002", 3, "op"), ("1004", None, 4, ""), ("1005", None, 5, "staff"),
        ("1006", None, 6, "mod"), ("1007", None, 7, "staff"),
    ]  # fmt: skip
    one = found[0]
    assert (one.author, one.author_id, one.author_url, one.url) == ("u2", "2", f"{SITE}/u/u2", f"{TOPIC}/2")
    assert (one.created, one.edited, one.score, one.state) == (1_772_442_000, None, 4, "live")
    assert [block.text for block in one.blocks] == ["Hello"]


def test_who_opened_the_topic():
    assert [c.role for c in read(post(1, user_id=8), post(2), details={"created_by": {"id": 2}})] == ["op"]
    assert [c.role for c in read(post(2), user_id=2)] == ["op"]
    assert [c.role for c in read(post(2, user_id=None))] == [""]


def test_a_quote_tells_the_parent_where_the_post_does_not():
    found = read(
        post(1), post(2), post(3, cooked=quoting(2)), post(4, cooked=quoting(1)), post(5, cooked=quoting(2, 99)),
        post(6, cooked=quoting(9)), post(7, 3, cooked=quoting(2)), post(8, cooked="<aside class='onebox'>" + quoting(3)),
    )  # fmt: skip
    assert [c.parent for c in found] == [None, "1002", None, None, None, "1003", "1003"]


def test_small_actions_are_nobodys_words():
    found = read(post(1), post(2, post_type=3, cooked=""), post(3, 2), post(4, post_type=2))
    assert [(c.id, c.parent) for c in found] == [("1003", None), ("1004", None)]


def test_an_answer_to_what_is_gone_says_so():
    assert [(c.parent) for c in read(post(1), post(5, 3))] == ["number-3"]
    assert flatten(read(post(1), post(5, 3)))[0].orphan


def test_states_and_edits():
    found = read(
        post(2, hidden=True), post(3, user_deleted=True), post(4, deleted_at="2026-03-02T09:00:00Z"), post(5, version=3),
        post(6, version=3, hidden=True),
    )  # fmt: skip
    assert [(c.state, bool(c.body), c.edited) for c in found] == [
        ("moderated", False, None), ("deleted", False, None), ("deleted", False, None), ("live", True, 1_772_445_600),
        ("moderated", False, None),
    ]  # fmt: skip


def test_odd_fields_are_nothing():
    (found,) = read(post(2, username="a b", actions_summary=[{"id": 5}], topic_id=None, cooked=None, created_at=1))
    assert (found.author, found.author_url, found.score, found.body, found.created) == ("a b", None, None, "", 1)


def forum(count, fail_after=None, **fields):
    """A web that sends a topic of so many posts, and the batches that are asked for."""
    posts = {1000 + number: post(number) for number in range(1, count + 1)}
    asked = []

    async def fetch(url, accept=""):
        asked.append(url)
        if "post_ids" not in url:
            first = [posts[1000 + number] for number in range(1, min(count, 20) + 1)]
            return Response(url, url, 200, {}, topic(*first, stream=list(posts), **fields))
        if fail_after is not None and len(asked) > fail_after:
            raise FetchError("status", "no", status=429)
        ids = [int(one) for one in parse_qs(urlsplit(url).query)["post_ids[]"]]
        assert len(ids) <= BATCH
        batch = {"post_stream": {"posts": [posts[one] for one in ids if one != 1033]}, "id": 57}
        return Response(url, url, 200, {}, json.dumps(batch).encode())

    return fetch, asked


async def test_the_rest_comes_in_batches():
    fetch, asked = forum(30)
    fetched = await fetch_thread(REF, fetch, run)
    assert [c.id for c in fetched.comments] == [str(1000 + number) for number in range(2, 31)]
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 29, "json", ())
    assert asked[0] == ASKED
    assert asked[1].startswith(f"{SITE}/t/57/posts.json?post_ids[]=1021&post_ids[]=1022")
    assert len(asked) == 2


async def test_what_came_before_a_refusal_is_kept():
    fetch, asked = forum(70, fail_after=2)
    fetched = await fetch_thread(REF, fetch, run)
    assert (len(fetched.comments), fetched.coverage, fetched.total, len(asked)) == (38, "partial", 69, 3)
    assert fetched.warnings == ("38 of 69 posts came.",)


async def test_a_huge_topic_is_read_in_part():
    fetch, asked = forum(MAX_POSTS + 100)
    fetched = await fetch_thread(REF, fetch, run)
    assert fetched.coverage == "partial"
    assert len(asked) == 1 + MAX_POSTS // BATCH


async def test_a_topic_without_answers():
    fetched = await fetch_thread(REF, Web({ASKED: topic(post(1))}).fetch, run)
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)


async def test_an_embedded_topic_is_asked_for():
    ref = find_ref_in_page(STORY, embed(f"discourseUrl: '{SITE}/', discourseEmbedUrl: '{STORY}'"))
    page = f'<a class="button" href="{TOPIC}">Go</a>'.encode()
    fetched = await fetch_thread(ref, Web({ref.routes[0].url: page, ASKED: topic(post(1), post(2))}).fetch, run)
    assert ([c.id for c in fetched.comments], fetched.route) == (["1002"], "embed")
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(ref, Web({ref.routes[0].url: b"<p>Loading"}).fetch, run)
    assert caught.value.kind == "notthis"


def test_the_link_to_a_topic():
    assert topic_in_embed(b'<a href="/t/57">') == "57"
    assert topic_in_embed(b"<a href='https://talk.example/t/a-b/57/2'>") == "57"
    assert topic_in_embed(b"/t/about") == ""


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"post_stream": 1}', b'{"post_stream": {"stream": [1]}}'])
async def test_other_answers_are_no_thread(body):
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(REF, Web({ASKED: body}).fetch, run)
    assert caught.value.kind == "notthis"


def test_it_is_registered():
    assert SOURCE in SOURCES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)
ODD = st.dictionaries(st.sampled_from(sorted(post(1))), JSON | st.sampled_from([1, 2, 3, quoting(2)]), max_size=10)


@settings(max_examples=60)
@given(st.lists(ODD, max_size=6), JSON, JSON)
def test_any_json_is_read_without_a_fault(posts, stream, details):
    data = {"post_stream": {"posts": posts, "stream": stream}, "details": details}
    got = parse_topic(json.dumps(data).encode(), SITE)
    found = comments_of(list(got.posts), got.author, got.path, SITE)
    assert all(c.id for c in found)
    assert len(flatten(found)) == len(found)


@settings(max_examples=60)
@given(st.text(alphabet="DiscourseEmbed= {}'\":,/topicIdU057rl", max_size=60))
def test_any_page_is_read_without_a_fault(text):
    ref = SOURCE.find_in_page(STORY, f"DiscourseEmbed{text}", "")
    assert ref is None or ref.routes


ASIDE = (
    '<aside class="quote no-group" data-username="liv" data-post="2" data-topic="9">\n<div class="title">\n'
    '<div class="quote-controls"></div>\n<img alt="" width="24" src="https://f.example/liv.png" class="avatar"> liv:</div>\n'
    "<blockquote>\n<p>The quay is wide.</p>\n</blockquote>\n</aside>\n<p>Is it?</p>"
)


def test_a_quote_begins_with_whose_words_it_is():
    blocks = blocks_of(with_quoted_names(ASIDE), "https://f.example/t/quay/9")
    assert [(block.quote, block.text) for block in blocks] == [(1, "liv:"), (1, "The quay is wide."), (0, "Is it?")]
    nameless = with_quoted_names(ASIDE.replace(' data-username="liv"', ""))
    assert [block.text for block in blocks_of(nameless, "")][:2] == ["liv:", "The quay is wide."]
    deep = ASIDE.replace("<p>The quay is wide.</p>", ASIDE)
    found = [(block.quote, block.text) for block in blocks_of(with_quoted_names(deep), "")]
    assert found[:3] == [(1, "liv:"), (2, "liv:"), (2, "The quay is wide.")]


def test_many_open_asides_take_no_time():
    html = '<aside class="quote"><div class="title">' * 3_000
    assert with_quoted_names(html) == html


def test_what_is_hidden_is_marked_and_sizes_of_pictures_are_left_out():
    html = (
        '<p>So: <span class="spoiler">it rains</span>.</p><div class="spoiler"><p>All day.</p></div>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="/big.jpg"><img src="/s.jpg" alt="quay"><div class="meta">'
        '<span class="filename">quay</span><span class="informations">800×600 120 KB</span></div></a></div>'
    )
    told = [block.text for block in blocks_of(dressed(html), "https://forum.example/")]
    assert told == ["So: [spoiler] it rains.", "[spoiler]", "All day.", "quay"]
