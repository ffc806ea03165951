"""Where a story's thread is, from what is at hand: entries, headers, pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.comments.sources import SOURCES, find_ref, find_ref_in_page
from tui_news.comments.sources.addresses import host, join, links, origin, path
from tui_news.comments.sources.wordpress_find import FIELDS, from_guid, is_post_feed, post_in_header
from tui_news.models import ParsedEntry

SITE = "https://site.example/"
API = f'<{SITE}wp-json/>; rel="https://api.w.org/"'
STORY = f"{SITE}2026/03/02/a-story/"


def entry(guid="", link=STORY, **fields):
    return ParsedEntry(guid, link, "A story", **fields)


def routes(ref):
    return {route.name: route.url for route in ref.routes}


def rest(base, post):
    return f"{base}wp/v2/comments?post={post}&per_page=100&order=asc&orderby=date_gmt&_fields={FIELDS}"


def test_a_guid_and_the_feeds_header_are_enough():
    found = entry(f"{SITE}?p=102", comments=f"{STORY}#comments", comment_feed=f"{STORY}feed/", comment_count=12)
    ref = find_ref(found, SITE, API)
    assert (ref.source, ref.key, ref.count_hint) == ("wordpress", "https://site.example/|102", 12)
    assert ref.page_url == f"{STORY}#comments"
    assert routes(ref) == {
        "rest": rest(f"{SITE}wp-json/", 102),
        "atom": f"{STORY}feed/atom/",
        "rss": f"{STORY}feed/",
        "html": STORY,
    }
    assert [route.name for route in ref.routes] == ["rest", "atom", "rss", "html"]


def test_a_guid_alone_tells_the_root_by_its_path():
    ref = find_ref(entry(f"{SITE}blog/?p=7", f"{SITE}blog/x/"), SITE, "")
    assert routes(ref)["rest"] == rest(f"{SITE}blog/wp-json/", 7)
    assert ref.page_url == f"{SITE}blog/x/#comments"


@pytest.mark.parametrize(
    ("guid", "root"),
    [("http://site.example/?p=5", SITE), ("http://www.site.example/?p=5", SITE), ("https://site.example?p=5", SITE)],
)
def test_a_guid_keeps_the_name_the_site_had_then(guid, root):
    assert find_ref(entry(guid), SITE, "").key == f"{root}|5"


def test_a_guid_of_an_old_domain_is_asked_for_at_the_new_one_and_compared():
    ref = find_ref(entry("http://old.example/?p=5"), SITE, "")
    assert routes(ref)["rest"] == rest(f"{SITE}wp-json/", 5)
    assert dict(ref.meta)["check"] == "1"
    ref = find_ref(entry("http://old.example/?p=5", "https://proxy.example/x"), SITE, "")
    assert routes(ref)["rest"] == rest("http://old.example/wp-json/", 5)


def test_an_aggregators_base_is_not_the_sites():
    other = '<https://planet.example/wp-json/>; rel="https://api.w.org/"'
    assert routes(find_ref(entry(f"{SITE}?p=5"), "https://planet.example/", other))["rest"].startswith(SITE)
    assert find_ref(entry("tag:x"), "https://planet.example/", other) is None


def test_plain_permalinks_use_queries_for_everything():
    ref = find_ref(entry(f"{SITE}?p=9", f"{SITE}?p=9"), SITE, "")
    assert routes(ref) == {
        "rest": rest(f"{SITE}?rest_route=/", 9).replace("comments?", "comments&"),
        "atom": f"{SITE}?feed=atom&p=9",
        "rss": f"{SITE}?feed=rss2&p=9",
        "html": f"{SITE}?p=9",
    }
    header = f'<{SITE}index.php?rest_route=/>; rel="https://api.w.org/"'
    feed = f"{SITE}?feed=rss2&amp;p=9"
    ref = find_ref(entry(f"{SITE}?p=9", f"{SITE}?p=9", comment_feed=feed), SITE, header)
    assert ref.key == f"{SITE}|9"
    assert routes(ref)["rest"].startswith(f"{SITE}index.php?rest_route=/wp/v2/comments&post=9&")
    assert routes(ref)["atom"] == f"{SITE}?feed=atom&p=9"


def test_a_port_is_kept():
    site = "http://127.0.0.1:8765/"
    header = f'<{site}wp-json/>; rel="https://api.w.org/"'
    ref = find_ref(entry(f"{site}?p=1", f"{site}a/"), site, header)
    assert ref.key == f"{site}|1"
    assert routes(ref)["atom"] == f"{site}a/feed/atom/"


def test_the_built_in_edition_is_a_site_like_others():
    header = '<builtin:edition/wp-json/>; rel="https://api.w.org/"'
    ref = find_ref(
        entry("builtin:edition/?p=3", "builtin:edition/stories/x.html", comment_count=3), "builtin:edition/", header
    )
    assert ref.key == "builtin:edition/|3"
    assert routes(ref)["rest"] == rest("builtin:edition/wp-json/", 3)
    assert find_ref(entry("builtin:edition/?p=3", "builtin:edition/x.html"), "builtin:edition/", "").key == ref.key


def test_a_pretty_guid_is_looked_up_by_its_slug():
    ref = find_ref(entry(STORY, f"{STORY}?utm_source=rss"), SITE, API)
    assert routes(ref)["rest"] == f"{SITE}wp-json/wp/v2/posts?slug=a-story&_fields=id,link,author"
    assert ref.key.startswith(STORY)
    assert "atom" not in routes(ref)


def test_a_comment_feed_alone_is_a_thread():
    ref = find_ref(entry(STORY, comment_feed=f"{STORY}feed/atom/"), SITE, "")
    assert routes(ref) == {"atom": f"{STORY}feed/atom/", "rss": f"{STORY}feed/", "html": STORY}
    assert ref.key == STORY


def test_an_empty_comment_feed_is_made_from_the_link():
    ref = find_ref(entry(f"{SITE}?p=4", comment_feed="", comment_count=148), SITE, "")
    assert routes(ref)["atom"] == f"{STORY}feed/atom/"


def test_a_comment_feed_by_query_without_a_story_address():
    ref = find_ref(entry("x", "", comment_feed=f"{SITE}?feed=rss2&p=9"), SITE, "")
    assert (ref.key, ref.page_url) == (f"{SITE}?feed=rss2&p=9", f"{SITE}?feed=rss2&p=9#comments")
    assert [route.name for route in ref.routes] == ["atom", "rss"]


def test_a_base_and_the_front_page_are_no_story():
    assert find_ref(entry("x", SITE), SITE, API).routes[-1].name == "html"
    assert "rest" not in routes(find_ref(entry("x", SITE), SITE, API))


@pytest.mark.parametrize(
    "found",
    [
        entry("https://forum.example/viewtopic.php?p=5", "https://forum.example/t"),
        entry(f"{SITE}?p=109#comment-1291", STORY),
        entry(f"{SITE}?p=1", "not an address"),
        entry(STORY, comment_feed=f"{SITE}comments/feed/"),
        entry(STORY, comment_feed=f"{SITE}?feed=rss2"),
        entry("urn:x", ""),
    ],
)  # fmt: skip
def test_what_is_not_wordpress_is_left_alone(found):
    assert find_ref(found, SITE, "") is None


def test_hacker_news_by_comments_link_or_guid():
    item = "https://news.ycombinator.com/item?id=8863"
    for found in (
        entry("x", STORY, comments=item, comment_count=71),
        entry("x", item, comment_count=71),
        entry(item, STORY, comment_count=71),
    ):
        ref = find_ref(found, "", API)
        assert (ref.source, ref.key, ref.count_hint, ref.page_url) == ("hackernews", "hn|8863", 71, item)
        assert [route.name for route in ref.routes] == ["algolia", "firebase"]
    assert find_ref(entry("x", "https://news.ycombinator.com/newest"), "", "") is None
    assert find_ref_in_page(item, "<p>x").key == "hn|8863"


def test_headers_name_the_post():
    alternate = f'<{SITE}wp-json/wp/v2/posts/102>; rel="alternate"; title="JSON"; type="application/json"'
    assert post_in_header(f"{API}, {alternate}") == (f"{SITE}wp-json/", "102")
    assert post_in_header(f"{API}, <{SITE}?p=7>; rel=shortlink") == (f"{SITE}wp-json/", "7")
    assert post_in_header(f"<{SITE}?p=7>; rel=shortlink") is None
    assert post_in_header(f"{API}, <https://wp.me/p6gqjh-1pc>; rel=shortlink") is None
    assert post_in_header(f'<{SITE}x.json>; rel="alternate"; type="application/json"') is None
    encoded = f'<{SITE}?rest_route=%2Fwp%2Fv2%2Fposts%2F5>; rel="alternate"; type="application/json"'
    assert post_in_header(encoded) == (f"{SITE}?rest_route=/", "5")


def page(head="", body="", attributes=""):
    return f"<!doctype html><html><head>{head}</head><body {attributes}>{body}</body></html>"


HEAD = f"""<link rel="https://api.w.org/" href="{SITE}wp-json/">
<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="{SITE}comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="{STORY}feed/">"""


@pytest.mark.parametrize(
    ("head", "body", "attributes"),
    [
        (f'<link rel="alternate" type="application/json" href="{SITE}wp-json/wp/v2/posts/102">', "", ""),
        (f'<link rel="shortlink" href="{SITE}?p=102">', "", ""),
        ('<link rel="shortlink" href="https://wp.me/x">', "", 'class="single postid-102 x"'),
        ("", "", 'class="page-id-102"'),
        ("", '<form><input name="comment_post_ID" value="102"></form>', ""),
        ("", '<a class="comment-reply-link" data-postid="102">Reply</a>', ""),
        ('<link rel="alternate" type="application/json" href="/x.json">', "<input><a>", 'class="postid-102"'),
    ],
)
def test_a_page_names_its_post_in_one_of_many_places(head, body, attributes):
    ref = find_ref_in_page(STORY, page(HEAD + head, body, attributes))
    assert ref.key == f"{SITE}|102"
    assert routes(ref) == {
        "rest": rest(f"{SITE}wp-json/", 102),
        "atom": f"{STORY}feed/atom/",
        "rss": f"{STORY}feed/",
        "html": STORY,
    }


def test_the_pages_header_names_the_post_too():
    shortlink = f"{API}, <{SITE}?p=102>; rel=shortlink"
    assert find_ref_in_page(STORY, page().encode(), shortlink).key == f"{SITE}|102"


def test_a_page_with_comments_and_nothing_else_is_a_thread():
    ref = find_ref_in_page(STORY, page(body='<li id="comment-5"><div class="comment-content">Hi</div></li>'))
    assert ref.routes[-1].url == STORY


def test_pages_without_comments_are_no_threads():
    assert find_ref_in_page(STORY, page(body="<p>Just a page.")) is None
    assert find_ref_in_page(STORY, "") is None
    assert find_ref_in_page("about:blank", page(HEAD)) is None
    plain = page(f'<link rel="alternate" type="application/rss+xml" href="{SITE}?feed=rss2&p=9">')
    assert find_ref_in_page(f"{SITE}?p=9", plain).key == f"{SITE}?p=9"


def test_addresses_in_parts():
    assert origin("HTTPS://Site.example:8080/x") == "HTTPS://Site.example:8080"
    assert host("https://www.Site.example:8080/x") == "site.example:8080"
    assert host("builtin:edition/x") == "edition"
    assert (origin("mailto:x"), host("nothing")) == ("", "")
    assert path("https://a.example/b/c/?d#e") == "/b/c"
    assert join(STORY, "https://b.example/") == "https://b.example/"
    assert join(STORY, "/x") == "https://site.example/x"
    assert join(STORY, "//c.example/x") == "https://c.example/x"
    assert join(STORY, "?cpage=2") == f"{STORY}?cpage=2"
    assert join("builtin:edition/a", "/x") == "builtin:edition/x"
    assert join("nowhere", "x") == "x"
    assert links('<a>; rel=next, <b>; type="Text/HTML"; rel="prev"') == [("a", "next", ""), ("b", "prev", "text/html")]


def test_post_feeds_are_told_from_site_feeds():
    assert is_post_feed(f"{STORY}feed")
    assert is_post_feed(f"{STORY}feed/rss2/?x=1")
    assert not is_post_feed(SITE + "comments/feed/")
    assert not is_post_feed(f"{STORY}comments.xml")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_in_an_entry_can_break_the_search(guid, link, header):
    for ref in (
        find_ref(entry(guid, link, comments=guid, comment_feed=link), link, header),
        find_ref(entry(f"{SITE}{guid}", f"{SITE}{link}", comment_feed=f"{SITE}{guid}feed/"), SITE, f"{API},{header}"),
        find_ref_in_page(SITE + link, f"<body>{guid}<link rel={header}>"),
    ):
        assert ref is None or (ref.key and ref.routes)
    assert from_guid(guid) is None or guid


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>=\"'/ abfilnkrew-&#;\x00\ud800", max_size=200))
def test_no_page_can_break_the_search(html):
    assert find_ref_in_page(STORY, html) is None
    assert find_ref_in_page(STORY, html.encode("utf-8", "surrogatepass")) is None


HOSTS = ("news.ycombinator.com", "lobste.rs", "forum.example", "lemmy.example", "mastodon.example", "bsky.app",
         "www.reddit.com", "redd.it", "github.com", "youtu.be", "www.youtube.com", "a.substack.com", "a.example")  # fmt: skip
PATHS = ("/item?id=12", "/s/abcdef/title", "/t/a-topic/12", "/t/12", "/post/12", "/@ann/123456", "/users/a/statuses/123456",
         "/notice/A9bCdEfGhIjKlMnOpQ", "/profile/ann.example/post/3kabc", "/r/news/comments/abc12/", "/a/b/issues/12",
         "/watch?v=abcdefghijk", "/m/news/t/12/x", "/p/story", "/?p=12", "/2026/story#disqus_thread", "/2026/story")  # fmt: skip
ADDRESSES = st.builds("{}{}{}".format, st.sampled_from(("https://", "HTTPS://", "at://", "")), st.sampled_from(HOSTS),
                      st.sampled_from(PATHS)) | st.just("at://ann.example/app.bsky.feed.post/3kabc") | st.just("")  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    ADDRESSES, ADDRESSES, ADDRESSES, st.sampled_from(("https://forum.example/latest", "https://lemmy.example/c/news"))
)
def test_an_entry_without_a_sources_signs_is_none_of_its(comments, link, guid, site):
    entry = ParsedEntry(guid, link, "A title", "Ann", 1, comments=comments)
    for source in SOURCES:
        if not source.may_find(f"{comments}\n{link}\n{guid}".lower()):
            assert source.find(entry, site, "") is None


def test_every_source_by_address_has_signs_and_is_found_by_them():
    signed = {source.name for source in SOURCES if source.signs}
    assert signed == {"hackernews", "lobsters", "discourse", "lemmy", "mastodon", "bluesky", "links"}


GENERATORS = (
    "",
    "Hugo",
    "Discourse",
    "Lobsters 2",
    "lemmy",
    "Ghost 6.0",
    "Mbin",
    "Substack",
    "https://wordpress.org/?v=6.8",
)
GUIDS = st.sampled_from(("6512bd43d9caa6e02c990b0a", "forum.example-topic-12", "https://a.example/?p=12"))


@settings(max_examples=400, deadline=None)
@given(ADDRESSES, ADDRESSES, ADDRESSES | GUIDS, st.sampled_from(GENERATORS), st.sampled_from(HOSTS))
def test_no_source_that_is_not_asked_would_have_known_the_thread(comments, link, guid, generator, site):
    one = ParsedEntry(guid, link, "A title", "Ann", 1, comments=comments, comment_count=3)
    feed_link = f"https://{site}/"
    assert find_ref(one, feed_link, "", generator) == _asking_all(one, feed_link, generator)


def _asking_all(one, feed_link, generator):
    for source in SOURCES:
        ref = source.find(one, feed_link, "")
        if ref is None and generator and source.find_by_generator is not None:
            ref = source.find_by_generator(one, feed_link, generator)
        if ref is not None:
            return ref
    return None


def test_every_source_by_generator_says_which_programs():
    assert {source.name for source in SOURCES if source.programs} == {
        source.name for source in SOURCES if source.find_by_generator
    }
