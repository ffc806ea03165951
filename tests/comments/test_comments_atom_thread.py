"""Feeds of replies (RFC 4685) from any program, and flat ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import atom_thread as source
from tui_news.comments.sources import find_ref, find_ref_in_page
from tui_news.comments.sources.atom_thread import MAX_PAGES, fetch, find, find_in_page, reference
from tui_news.comments.sources.atom_xml import parse_page
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.wordpress_feed import parse_feed
from tui_news.models import FetchError, ParsedEntry, ThreadError

FEED = "https://blog.example/feeds/77/comments/default"
STORY = "https://blog.example/2026/03/a-story.html"
POST = "tag:blog.example,2026:post-77"
REF = reference(FEED, STORY, POST)
THR = 'xmlns:thr="http://purl.org/syndication/thread/1.0"'
OPEN = 'xmlns:os="http://a9.com/-/spec/opensearchrss/1.0/"'


def feed(*entries, head="", names=THR):
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" {names} {OPEN}>'
    return f"{text}<id>urn:thread</id>{head}{''.join(entries)}</feed>".encode()


def entry(key, to="", more="", body="Words.", date="2026-03-02T09:00:00Z", name="Ann"):
    reply = f'<thr:in-reply-to ref="{to}"/>' if to else ""
    return (
        f"<entry><id>{key}</id><author><name>{name}</name></author><published>{date}</published>{reply}{more}"
        f'<content type="html">&lt;p>{body}&lt;/p></content></entry>'
    )


async def by(pages, ref=REF):
    web = Web(pages if isinstance(pages, dict) else {FEED: pages})
    return await fetch(ref, ref.routes[0], Line(web.fetch, run)), web


async def tree(document, ref=REF):
    fetched, _ = await by(document, ref)
    return {comment.id: comment.parent for comment in fetched.comments}


# --- where


def named(feed_url, key=POST, link=STORY, **fields):
    return ParsedEntry(key, link, "A story", comment_feed=feed_url, **fields)


def test_an_entry_names_the_feed_of_its_replies():
    ref = find_ref(named(FEED, comments=f"{STORY}#comments", comment_count=3), "https://blog.example/", "")
    assert (ref.source, ref.key, ref.count_hint, ref.page_url) == ("atom", FEED, 3, f"{STORY}#comments")
    assert [(route.name, route.url) for route in ref.routes] == [("atom", FEED)]
    assert dict(ref.meta) == {"post": POST, "story": STORY}


@pytest.mark.parametrize(
    "found",
    [
        named("", comments=STORY),
        named("javascript:alert(1)"),
        named(FEED, f"{STORY}#comment-4"),
        named("https://blog.example/comments/feed/"),
        named("https://blog.example/feeds/comments/default"),
        named("https://blog.example/?feed=rss2"),
    ],
)
def test_what_is_no_feed_of_one_storys_replies(found):
    assert find(found, "", "") is None


def test_a_query_can_name_the_story():
    assert find(named("https://blog.example/?feed=atom&post=9"), "", "").source == "atom"


def test_wordpress_keeps_its_own():
    guid = named("https://blog.example/a/feed/", "https://blog.example/?p=3", "https://blog.example/a/")
    assert find_ref(guid, "https://blog.example/", "").source == "wordpress"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="replies" type="application/atom+xml" href="/feeds/77/comments/default">',
        f'<link rel="alternate" type="application/atom+xml" href="{FEED}">',
    ],
)
def test_a_page_names_the_feed_of_its_replies(head):
    page = f"<html><head><link rel=icon href=x>{head}</head><body></body></html>"
    assert find_ref_in_page(STORY, page).routes[0].url == FEED


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="alternate" type="application/atom+xml" href="/feeds/posts/default">',
        '<link rel="alternate" type="application/atom+xml" href="https://else.example/feeds/77/comments/default">',
        '<link rel="alternate" type="application/atom+xml" href="/2026/04/other/comments/atom.xml">',
        '<link rel="replies" type="text/html" href="#comments"><meta content="application/atom+xml">',
        '<link rel="replies" type="application/atom+xml" href="javascript:x">',
        "",
    ],
)
def test_other_feeds_in_a_page_are_not_its_replies(head):
    assert find_in_page(STORY, f"<html><head>{head}</head></html>", "") is None


def test_a_feed_below_the_page_and_one_in_a_header():
    head = '<link rel="alternate" type="application/atom+xml" href="/2026/03/a-story/comments/atom.xml">'
    assert find_in_page(STORY, head, "").key == "https://blog.example/2026/03/a-story/comments/atom.xml"
    header = '</r.atom>; rel="replies"; type="application/atom+xml", </x>; rel="next"'
    assert find_in_page(STORY, "", header).key == "https://blog.example/r.atom"
    assert find_in_page("nowhere", head, header) is None
    assert find_in_page(STORY, "+xml\x00", "") is None


# --- who answers whom


async def test_comments_answer_each_other_or_the_story():
    assert await tree(feed(entry("urn:1", POST), entry("urn:2", "urn:1"), entry("urn:3", "urn:2"), entry("urn:4"))) == {
        "urn:1": None, "urn:2": "urn:1", "urn:3": "urn:2", "urn:4": None,
    }  # fmt: skip


async def test_the_namespace_counts_and_not_its_prefix():
    two = '<entry><id>urn:2</id><title>t</title><zz:in-reply-to ref="urn:1"/><thr:in-reply-to ref="urn:3"/></entry>'
    names = 'xmlns:zz="http://purl.org/syndication/thread/1.0" xmlns:thr="https://else.example/"'
    assert await tree(feed(entry("urn:1"), two, entry("urn:3"), names=names)) == {
        "urn:1": None, "urn:2": "urn:1", "urn:3": None,
    }  # fmt: skip


async def test_ids_and_references_are_compared_absolute():
    document = feed(
        entry("comments/1"),
        entry("https://blog.example/feeds/77/comments/2", "1").replace("<entry>", '<entry xml:base="comments/x">'),
    )
    assert await tree(document) == {
        "https://blog.example/feeds/77/comments/comments/1": None,
        "https://blog.example/feeds/77/comments/2": "https://blog.example/feeds/77/comments/comments/1",
    }


async def test_a_reply_by_address_alone():
    first = entry("urn:1", more=f'<link href="{STORY}#c1"/>')
    second = entry("urn:2", more=f'<thr:in-reply-to href="{STORY}#c1"/>')
    third = entry("urn:3", more=f'<thr:in-reply-to ref="urn:unheard" href="{STORY}"/>')
    fourth = entry("urn:4", more="<thr:in-reply-to/>")
    assert await tree(feed(first, second, third, fourth)) == {
        "urn:1": None, "urn:2": "urn:1", "urn:3": None, "urn:4": None,
    }  # fmt: skip


async def test_links_that_all_lead_to_the_story_name_no_comment():
    link = f'<link href="{STORY}"/>'
    second = entry("urn:2", more=f'{link}<thr:in-reply-to ref="urn:gone" href="{STORY}"/>')
    assert await tree(feed(entry("urn:1", more=link), second)) == {"urn:1": None, "urn:2": None}


async def test_of_several_answered_the_one_that_is_here():
    more = '<thr:in-reply-to ref="urn:gone"/><thr:in-reply-to ref="urn:1"/>'
    assert (await tree(feed(entry("urn:1"), entry("urn:2", more=more))))["urn:2"] == "urn:1"


async def test_a_parent_that_is_not_here_stays_named():
    assert (await tree(feed(entry("urn:1"), entry("urn:2", "urn:gone"))))["urn:2"] == "urn:gone"


async def test_a_story_by_a_name_unknown_is_what_all_answer():
    assert await tree(feed(entry("urn:1", "urn:s"), entry("urn:2", "urn:s"), entry("urn:3", "urn:1"))) == {
        "urn:1": None, "urn:2": None, "urn:3": "urn:1",
    }  # fmt: skip


async def test_the_story_itself_and_comments_elsewhere_are_left_out():
    document = feed(
        entry(POST),
        entry("urn:1", POST, f'<link href="{STORY}?c=1#c1"/>'),
        entry("urn:2", "urn:other", '<link href="https://blog.example/other.html#c2"/>'),
        entry("urn:3", "", f'<link href="/x.html#c"/><thr:in-reply-to ref="urn:x" href="{STORY}#gone"/>'),
        entry("urn:4", "urn:1", '<link href="https://blog.example/other.html#c4"/>'),
    )
    assert list(await tree(document)) == ["urn:1", "urn:3", "urn:4"]


# --- Blogger


def blogger(number, related=0, **fields):
    base = "http://www.blogger.com/feeds/5/77/comments/default/"
    more = f"<link rel='self' href='{base}{number}'/><link rel='alternate' href='{STORY}?showComment=1#c{number}'/>"
    more += f"<link rel='related' href='{FEED}/{related}?v=2'/>" if related else ""
    return entry(f"tag:blogger.com,1999:blog-5.post-{number}", POST, fields.pop("more", "") + more, **fields)


def numbers(comments):
    return [(one.id.rpartition("-")[2], one.parent and one.parent.rpartition("-")[2]) for one in comments]


def removed(number, words):
    prop = '<gd:extendedProperty xmlns:gd="http://schemas.google.com/g/2005" name="%s" value="true"/>'
    return blogger(number, more=prop % "OpenSocialUserId" + prop % "blogger.contentRemoved", body=words)


async def test_blogger_names_a_parent_by_a_related_link():
    document = feed(blogger(3, related=2), blogger(2), blogger(1, related=9), head="<generator>Blogger</generator>")
    fetched, _ = await by(document)
    assert numbers(fetched.comments) == [("3", "2"), ("2", None), ("1", "9")]
    assert fetched.comments[0].url == f"{STORY}?showComment=1#c3"


async def test_a_related_link_to_nothing_numbered_is_a_root():
    odd = blogger(3, related=2).replace("default/2?", "default/two?")
    assert numbers((await by(feed(blogger(1), odd)))[0].comments) == [("1", None), ("3", None)]


async def test_blogger_keeps_the_place_of_what_was_removed():
    gone = removed(1, "This comment has been removed by the author.")
    binned = removed(2, "This comment has been removed by a blog administrator.")
    fetched, _ = await by(feed(gone, binned, blogger(3, related=1)))
    assert [(one.state, one.body, one.blocks != ()) for one in fetched.comments] == [
        ("deleted", "", False), ("moderated", "", False), ("live", "<p>Words.</p>", True),
    ]  # fmt: skip


def counted(start, total, *entries, after=""):
    head = f"<os:totalResults>{total}</os:totalResults><os:startIndex>{start}</os:startIndex>"
    link = f'<link rel="next" href="{after}"/>' if after else ""
    return feed(*entries, head=f"<generator>Blogger</generator>{head}{link}")


async def test_documents_follow_each_other_by_their_link():
    second = f"{FEED}?start-index=3&amp;max-results=2"
    pages = {
        FEED: counted(1, 3, blogger(3), blogger(2, related=1), after=second),
        second.replace("&amp;", "&"): counted(3, 3, blogger(1)),
    }
    fetched, web = await by(pages)
    assert (fetched.coverage, fetched.total, fetched.warnings) == ("complete", 3, ())
    assert numbers(fetched.comments) == [("3", None), ("2", "1"), ("1", None)]
    assert len(web.asked) == 2


async def test_blogger_goes_on_by_number_where_no_link_says_so():
    pages = {
        FEED: counted(1, 3, blogger(3)),
        f"{FEED}?start-index=2": counted(2, 3, blogger(2)),
        f"{FEED}?start-index=3": counted(3, 3, blogger(1)),
    }
    assert (await by(pages))[0].coverage == "complete"


async def test_a_document_that_fails_or_repeats_leaves_what_came():
    after = f"{FEED}?start-index=2"
    first = counted(1, 3, blogger(3), after=after)
    for answer in (500, b"<html></html>", (b"", {"content-type": "text/html"})):
        fetched, _ = await by({FEED: first, after: answer})
        assert (fetched.coverage, len(fetched.comments)) == ("partial", 1)
        assert fetched.warnings[0].startswith("Older comments did not come: ")
    fetched, web = await by({FEED: first, after: counted(2, 3, blogger(3), after=f"{FEED}?start-index=3")})
    assert (fetched.coverage, fetched.warnings) == ("partial", ("1 of 3 comments came.",))
    assert len(web.asked) == 2
    _, web = await by(counted(1, 3, blogger(3), after=FEED))
    assert len(web.asked) == 1


async def test_reading_has_an_end(monkeypatch):
    monkeypatch.setattr(source, "MAX_PAGES", 2)
    assert MAX_PAGES >= 200
    pages = {FEED: counted(1, 9, blogger(9), after=f"{FEED}?start-index=2")}
    pages |= {f"{FEED}?start-index={n}": counted(n, 9, blogger(10 - n)) for n in range(2, 9)}
    fetched, web = await by(pages)
    assert (fetched.warnings, len(web.asked)) == (("Reading stopped after 2 documents.",), 2)
    monkeypatch.setattr(source, "MAX_COMMENTS", 2)
    fetched, _ = await by(counted(1, 3, blogger(3), blogger(2), blogger(1)))
    assert (fetched.coverage, fetched.warnings) == ("partial", ("Reading stopped at 2 comments.",))


# --- what a fetch proves


async def test_one_document_from_newest_to_oldest_is_a_window():
    new, old = entry("urn:1", date="2026-03-03T00:00:00Z"), entry("urn:2", date="2026-03-02T00:00:00Z")
    assert (await by(feed(new, old)))[0].coverage == "newest"
    assert (await by(feed(old, new)))[0].coverage == "partial"
    assert (await by(feed(new, entry("urn:3", date="some day"))))[0].coverage == "partial"
    two = {FEED: feed(new, head=f'<link rel="next" href="{FEED}?2"/>'), f"{FEED}?2": feed(old)}
    assert (await by(two))[0].coverage == "partial"


async def test_a_document_cut_off_proves_nothing_and_its_last_comment_waits():
    whole = feed(entry("urn:1"), entry("urn:2"))
    fetched, _ = await by(whole[: whole.rindex(b"Words")])
    assert [one.id for one in fetched.comments] == ["urn:1"]
    assert (fetched.coverage, fetched.warnings) == ("partial", ("The feed ends in its middle.",))


async def test_an_empty_feed_that_counts_none_is_complete():
    fetched, _ = await by(counted(1, 0))
    assert (fetched.comments, fetched.coverage, fetched.total) == ((), "complete", 0)


# --- fields


async def one(more, names=THR):
    fetched, _ = await by(feed(f"<entry><id>urn:1</id>{more}</entry>", names=names))
    return fetched.comments[0]


async def test_a_comments_fields():
    found = await one(
        "<author><name>A\u202ennn</name><uri>https://ann.example/</uri></author><published>2026-03-02T10:00:00+01:00"
        "</published><updated>2026-03-02T12:00:00Z</updated><link href='/x#c1'/>"
        "<content type='html'>&lt;p&gt;Hi &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;</content>"
    )
    assert (found.author, found.author_url, found.created, found.edited) == (
        "Annn", "https://ann.example/", 1_772_442_000, 1_772_452_800,
    )  # fmt: skip
    assert (found.url, found.body) == ("https://blog.example/x#c1", "<p>Hi <b>you</b></p>")


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ("<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>a <x:b>b</x:b></x:p></x:div></content>",
         "a b"),
        ("<content>1 &lt; 2 &amp; 3</content>", "1 < 2 & 3"),
        ("<content type='text'>a\nb</content>", "a\nb"),
        ("<content mode='escaped' type='text/html'>&lt;i>a&lt;/i></content>", "a"),
        ("<content/><summary>s</summary>", "s"),
        ("<title>t</title>", "t"),
    ],
)  # fmt: skip
async def test_words_however_they_are_written(more, text):
    found = await one(f"<author>Ann</author>{more}")
    assert ("".join(block.text for block in found.blocks), found.author) == (text, "Ann")


async def test_markup_without_words_by_nobody_is_a_removed_comment():
    assert (await one("<author><name/></author><content type='html'>&lt;p>&lt;/p></content>")).state == "deleted"
    assert (await one("<author><name>Ann</name></author><content type='html'>&lt;p>&lt;/p></content>")).state == "live"
    assert (await one("<author><name/></author><content/>")).state == "live"


async def test_a_date_of_change_alone_is_when_it_was_written():
    found = await one("<updated>2026-03-02T12:00:00Z</updated>")
    assert (found.created, found.edited, found.author) == (1_772_452_800, None, "")


async def test_entries_without_a_name_of_their_own():
    fetched, _ = await by(feed("<entry><title>x</title></entry>", "<entry><link href='/c/1'/><title>y</title></entry>"))
    assert [one.id for one in fetched.comments] == ["https://blog.example/c/1"]


RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/"
 {}><channel><title>Comments</title><link>https://blog.example/</link>
<item><guid>urn:2</guid><dc:creator>Bob</dc:creator><pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate>
<link>{}#c2</link><c:encoded>&lt;p>Two&lt;/p></c:encoded><description>T</description>{}</item>
<item><guid>urn:1</guid><author/><description>One &amp;amp; all</description></item></channel></rss>"""


async def test_an_rss_feed_of_comments_is_flat():
    fetched, _ = await by(RSS.format("", STORY, "").encode())
    assert "parent" not in fetched.knows
    assert [(one.author, one.created, [block.text for block in one.blocks]) for one in fetched.comments] == [
        ("Bob", 1_772_452_800, ["Two"]), ("", None, ["One & all"]),
    ]  # fmt: skip


async def test_an_rss_feed_that_threads():
    fetched, _ = await by(RSS.format(THR, STORY, '<thr:in-reply-to ref="urn:1"/>').encode())
    assert "parent" in fetched.knows
    assert fetched.comments[0].parent == "urn:1"


async def test_rss_1_keeps_its_items_beside_the_channel():
    names = 'xmlns="http://purl.org/rss/1.0/" xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    document = f"<r:RDF {names}><channel/><item><link>{STORY}#1</link><title>t</title></item></r:RDF>"
    assert list(await tree(document.encode())) == [f"{STORY}#1"]


# --- what is none


@pytest.mark.parametrize("body", [b"", b"junk", b"<html><p>no</p></html>", b"<opml/>", b"\x00\xff", b"{}"])
async def test_what_is_no_feed(body):
    with pytest.raises(ThreadError) as error:
        await by(body)
    assert error.value.kind == "notthis"


async def test_a_page_or_a_refusal_is_told():
    with pytest.raises(ThreadError):
        await by({FEED: (feed(entry("urn:1")), {"content-type": "text/html; charset=utf-8"})})
    with pytest.raises(FetchError):
        await by({FEED: 403})


BOMB = '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "before",
    [BOMB, f"<?xml version='1.0'?>\n<!-- x -->\n<?pi x?>{BOMB}", '<!DOCTYPE feed SYSTEM "file:///etc/passwd">'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(before, encoding):
    document = f'{before}<feed xmlns="http://www.w3.org/2005/Atom"><id>&b;</id></feed>'
    with pytest.raises(ThreadError) as error:
        parse_page(document.encode(encoding), FEED)
    assert error.value.kind == "broken"


def test_entities_unknown_and_encodings_odd_are_borne():
    page = parse_page(feed(entry("urn:1", body="a&nope;b\x01")), FEED)
    assert page.entries[0].comment.blocks[0].text.startswith("a")
    for name, written in (("iso-8859-1", "latin-1"), ("x-unknown", "utf-8")):
        document = feed(entry("urn:1", name="Zoë")).decode().replace('"utf-8"', f'"{name}"', 1)
        assert parse_page(document.encode(written), FEED).entries[0].comment.author == "Zoë"


def test_entries_nested_without_end_end():
    deep = b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry>" * 3_000
    assert parse_page(deep, FEED).entries == ()


def test_an_element_of_a_prefix_that_nobody_declared_is_words_like_others():
    odd = feed(entry("urn:1").replace("&lt;p>Words.&lt;/p>", "One <x:b>two</x:b> <c:>three</c:> four"))
    (found,) = parse_page(odd, FEED).entries
    assert found.comment.blocks[0].text.split()[:2] == ["One", "two"]


def test_an_address_that_cannot_be_joined_stays():
    assert parse_page(feed(entry("tag://[", "http//[")), FEED).entries[0].comment.id == "tag://["
    assert parse_page(feed(entry("https://a.example/?\n\np=1")), FEED).entries[0].comment.id == "https://a.example/?p=1"


PIECES = st.lists(
    st.sampled_from(
        [entry("urn:1", "urn:2"), entry("urn:2", "urn:1"), entry("urn:3", "urn:3"), entry("1", POST), blogger(4, 5),
         blogger(5, 4), "<entry>", "</entry>", "<thr:in-reply-to", "&#27;", "]]>", "<![CDATA[", "<!--", "\x1b[31m"]
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES, st.integers(0, 400))
async def test_any_document_gives_each_comment_once_or_an_error(pieces, cut):
    try:
        fetched, _ = await by(feed(*pieces)[: -cut or None])
    except ThreadError:
        return
    ids = [comment.id for comment in fetched.comments]
    assert len(ids) == len(set(ids))
    shown = "".join(block.text for comment in fetched.comments for block in comment.blocks)
    assert "\x1b" not in shown + "".join(comment.author for comment in fetched.comments)


def test_a_key_holds_nothing_that_a_terminal_obeys():
    first, second = parse_page(feed(entry("urn:1\x7f\u202e"), entry("urn:2", "urn:1\x7f\u202e")), FEED).entries
    assert (first.comment.id, second.replies[0].ref) == ("urn:1", "urn:1")


@pytest.mark.parametrize("reference", ["&#xd800;", "&#55296;", "&#x110000;", "&#0;", "&#xDFFF"])
def test_a_reference_to_what_is_no_character_costs_no_thread(reference):
    body = feed(entry(f"urn:1{reference}"))
    assert parse_page(body, FEED).entries[0].comment.id.startswith("urn:1")
    assert (
        parse_feed(
            f"<?xml version='1.0' encoding='utf-16'?><rss><channel><link>{reference}</link></channel></rss>".encode(
                "utf-16"
            ),
            FEED,
        )
        == ()
    )


async def test_a_comment_without_a_name_gets_one_that_stays():
    bare = "<entry><author><name>Ann</name></author><updated>2026-03-02T09:00:00Z</updated><content>Hello.</content></entry>"
    other = bare.replace("Hello", "Bye")
    first, _ = await by(feed(bare, other))
    again, _ = await by(feed(other, bare))
    assert len({one.id for one in first.comments}) == 2
    assert {one.id for one in first.comments} == {one.id for one in again.comments}


@pytest.mark.parametrize("fault", ["x & y", "x < y", "x &nbsp; y"])
async def test_a_fault_in_one_place_costs_no_markup_elsewhere(fault):
    fetched, _ = await by(
        feed(f"<title>{fault}</title>", entry("urn:1", body="One &lt;em>caf&eacute;&lt;/em> &amp;amp; tea"))
    )
    assert fetched.comments[0].blocks[0].text == "One café & tea"
    assert fetched.comments[0].body.startswith("<p>One <em>")


async def test_names_of_letters_in_cdata_are_words():
    words = "<entry><id>urn:1</id><content type='text'><![CDATA[&eacute;]]></content></entry>"
    fetched, _ = await by(feed("<title>a & b</title>", words))
    assert fetched.comments[0].blocks[0].text == "&eacute;"
