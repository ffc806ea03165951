"""Comments that a page marks up for machines: microformats, microdata, JSON-LD."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources import find_ref_in_page
from tui_news.comments.sources import page_jsonld as jsonld
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.page import MOST_TAGS, few_tags, html_tree
from tui_news.comments.sources.page_markup import KINDS, fetch, find, find_in_page, parse
from tui_news.comments.tree import flatten
from tui_news.models import ParsedEntry, ThreadError

URL = "https://blog.example/a-story"


def read(html, kind):
    return parse(f"<html><body>{html}</body></html>".encode(), URL, kind)


def tree(html, kind):
    return [(one.author, one.parent, "".join(block.text for block in one.blocks)) for one in read(html, kind)]


# --- microformats


def cite(words, inner="", name="Ann", names="u-comment h-cite", key=""):
    link = f'<a class="u-url" href="{key}">link</a>' if key else ""
    return (
        f'<div class="{names}"><b class="p-author h-card">{name}</b><p class="p-content">{words}</p>{link}{inner}</div>'
    )


@pytest.mark.parametrize("key", ["/c\n1", "/c\x1b1", "/\u202ec1", "s://[", "//[::"])
def test_a_key_is_one_line_that_a_terminal_does_not_obey(key):
    (found,) = read(cite("Words", key=key), "microformats")
    assert found.id.isprintable()
    (found,) = read(
        f'<div itemscope itemtype="https://schema.org/Comment" id="{key}"><p itemprop="text">Words</p></div>',
        "microdata",
    )
    assert found.id.isprintable()


def test_a_comment_with_microformats():
    html = (
        '<article class="h-entry"><a class="p-name u-url" href="/a-story">A story</a><div class="e-content">Body</div>'
        '<li class="p-comment h-cite" id="c9"><a class="p-author h-card" href="/ann"><img alt="Pic"> Ann</a>'
        '<a class="u-url" href="/c/9"><time class="dt-published" datetime="2026-03-02T09:00:00Z">x</time></a>'
        '<time class="dt-updated" datetime="2026-03-02T10:00:00Z">y</time>'
        '<div class="e-content p-name"><p>One <i class="p-author">not me</i></p><p>Two</p></div></li></article>'
    )
    (found,) = read(html, "microformats")
    assert (found.id, found.url, found.parent) == ("https://blog.example/c/9", "https://blog.example/c/9", None)
    assert (found.author, found.author_url) == ("Ann", "https://blog.example/ann")
    assert (found.created, found.edited) == (1_772_442_000, 1_772_445_600)
    assert [block.text for block in found.blocks] == ["One not me", "Two"]


def test_comments_in_comments_answer_them():
    html = cite("one", cite("two", cite("three", name="Cy"), name="Bob"), key="/1") + cite("four", name="Di")
    assert [(name, words) for name, _, words in tree(html, "microformats")] == [
        ("Ann", "one"), ("Bob", "two"), ("Cy", "three"), ("Di", "four"),
    ]  # fmt: skip
    found = read(html, "microformats")
    assert [one.parent for one in found] == [None, found[0].id, found[1].id, None]


def test_a_comment_says_what_it_answers():
    reply = '<a class="u-in-reply-to" href="%s"></a>'
    html = (
        cite("one", reply % "/a-story", key="/1")
        + cite("two", reply % "/1", names="h-cite", key="/2")
        + cite("three", '<div class="u-in-reply-to h-cite"><a class="u-url" href="/2"></a></div>', key="/3")
        + cite("none", "", names="h-cite", key="/4")
        + cite("quoted", reply % "/1", names="u-repost-of h-cite", key="/5")
    )
    assert [(one.id[-2:], one.parent and one.parent[-2:]) for one in read(html, "microformats")] == [
        ("/1", None), ("/2", "/1"), ("/3", "/2"),
    ]  # fmt: skip


def test_words_that_hold_another_comment_do_not_repeat_it():
    html = f'<div class="p-comment h-entry"><div class="e-content">out {cite("in", name="Bob")} after</div></div>'
    outer, inner = read(html, "microformats")
    assert [block.text.strip() for block in outer.blocks] == ["out", "after"]
    assert (inner.parent, inner.author) == (outer.id, "Bob")


@pytest.mark.parametrize(
    ("html", "author", "url"),
    [
        ('<div class="h-card"><a class="p-author p-name" href="/b">Bob</a></div>', "Bob", "/b"),
        ('<span class="p-author h-card"><img alt="Bob" src="x"><a class="u-url" href="/b"></a></span>', "Bob", "/b"),
        ('<span class="p-author h-card"><i class="p-name">Bob</i> said</span>', "Bob", None),
        ('<span class="p-author">Bob</span>', "Bob", None),
        ('<span class="p-location h-card"><a class="p-name u-url" href="/town">Town</a></span>', "", None),
        ("", "", None),
    ],
)
def test_authors_however_they_are_marked(html, author, url):
    (found,) = read(f'<div class="u-comment h-cite">{html}<p class="p-summary">x</p></div>', "microformats")
    assert (found.author, found.author_url) == (author, url and f"https://blog.example{url}")


def test_ids_by_what_there_is():
    data = '<data class="u-uid" value="https://else.example/7"></data>'
    word = '<i class="p-uid">tag:x,2026:8</i>'
    html = cite("a", data) + cite("b", word) + '<div id="k" class="u-comment h-cite"><p class="p-name">c</p></div>'
    assert [one.id for one in read(html, "microformats")] == ["https://else.example/7", "tag:x,2026:8", f"{URL}#k"]
    named, again = read(cite("d"), "microformats")[0], read(cite("e") + cite("d"), "microformats")[1]
    assert named.id == again.id
    assert named.id.startswith("said-")
    assert len(read(cite("d") + cite("d"), "microformats")) == 1


# --- microdata


def test_without_dates_the_pages_order_stands():
    found = read("".join(cite(word) for word in ("delta", "alpha", "charlie", "bravo")), "microformats")
    shown = [found[node.index].blocks[0].text for node in flatten(found)]
    assert shown == ["delta", "alpha", "charlie", "bravo"]


def item(words, inner="", kind="https://schema.org/Comment", more=""):
    kinds = f'itemtype="{kind}"' if kind else ""
    return f'<div itemprop="comment" itemscope {kinds}><p itemprop="text">{words}</p>{more}{inner}</div>'


def test_a_comment_with_microdata():
    html = (
        '<div itemscope itemtype="http://schema.org/UserComments" id="c1"><span itemprop="creator" itemscope '
        'itemtype="http://schema.org/Person"><a itemprop="url" href="/ann"><b itemprop="name">Ann</b></a></span>'
        '<time itemprop="commentTime" datetime="2026-03-02T09:00:00Z">x</time><meta itemprop="upvoteCount" content="4">'
        '<meta itemprop="dateModified" content="2026-03-02T10:00:00Z">'
        '<div itemprop="commentText"><p>One</p></div></div>'
    )
    (found,) = read(html, "microdata")
    assert (found.id, found.author, found.author_url) == (f"{URL}#c1", "Ann", "https://blog.example/ann")
    assert (found.created, found.edited, found.score) == (1_772_442_000, 1_772_445_600, 4)
    assert [block.text for block in found.blocks] == ["One"]


def test_microdata_in_microdata_and_by_reference():
    person = '<a itemprop="author" href="/bob">Bob</a>'
    html = item("one", item("two", kind="", more=person), more='<link itemprop="url" href="/1">') + item(
        "three", more='<link itemprop="parentItem" href="/1"><meta itemprop="upvoteCount" content="many">'
    )
    one, two, three = read(html, "microdata")
    assert (two.parent, three.parent, three.score) == (one.id, one.id, None)
    assert (one.id, two.author, two.author_url) == ("https://blog.example/1", "Bob", "https://blog.example/bob")


def test_microdata_words_in_an_attribute_and_things_that_are_none():
    html = (
        '<div itemscope itemtype="https://schema.org/Answer" itemid="urn:a"><meta itemprop="text" content="1 &lt; 2">'
        '<i itemprop="author" itemscope itemid="/cy">Cy</i><data itemprop="identifier" value="7">x</data></div>'
        '<div itemscope itemtype="https://schema.org/Article"><p itemprop="text">story</p></div><p itemprop="comment">3</p>'
    )
    (found,) = read(html, "microdata")
    assert (found.id, [block.text for block in found.blocks], found.author) == ("urn:a", ["1 < 2"], "Cy")
    assert (found.author_url, found.created) == ("https://blog.example/cy", None)


def test_a_section_marked_as_a_comment_is_none():
    form = '<form><p itemprop="author">Leave a reply</p></form>'
    html = f'<div id="all" itemscope itemtype="http://schema.org/UserComments">{form}{item("one", item("two"))}</div>'
    one, two = read(html, "microdata")
    assert (one.parent, two.parent) == (None, one.id)


# --- JSON-LD


def script(*values):
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def note(words, *below, **fields):
    return {"@type": "Comment", "text": words, "author": {"name": "Ann"}, "comment": list(below)} | fields


def test_a_comment_in_json_ld():
    comment = note(
        "One & all\nTwo", note("<p>Three</p>", author="Bob", **{"@id": "#2"}), **{"@id": "#1"}, url="/x#1",
        dateCreated="2026-03-02T09:00:00Z", dateModified="2026-03-02T10:00:00Z", upvoteCount="5", downvoteCount=2,
        author=[{"@type": "Person", "name": "Ann", "url": "/ann"}],
    )  # fmt: skip
    one, two = read(script({"@type": "Article", "comment": comment}), "jsonld")
    assert (one.id, one.url, one.parent) == (f"{URL}#1", "https://blog.example/x#1", None)
    assert (one.author, one.author_url, one.score) == ("Ann", "https://blog.example/ann", 3)
    assert (one.created, one.edited) == (1_772_442_000, 1_772_445_600)
    assert ["".join(block.text for block in found.blocks) for found in (one, two)] == ["One & all\nTwo", "Three"]
    assert (two.parent, two.author, two.score) == (one.id, "Bob", None)


@pytest.mark.parametrize(
    ("counter", "score"),
    [
        ({"interactionType": "https://schema.org/LikeAction", "userInteractionCount": 7}, 7),
        ([{"interactionType": {"@type": "LikeAction"}, "userInteractionCount": "3"}], 3),
        ([{"interactionType": "https://schema.org/CommentAction", "userInteractionCount": 9}, "odd"], None),
        ({"interactionType": "LikeAction", "userInteractionCount": -1}, None),
    ],
)
def test_likes_in_json_ld(counter, score):
    (found,) = read(script(note("Yes.", interactionStatistic=counter)), "jsonld")
    assert found.score == score


def test_json_ld_by_reference_and_by_what_it_answers():
    graph = [
        {"@type": "WebPage", "about": {"x": [1, None]}},
        note("one", {"@id": "#b"}, **{"@id": "#a"}),
        note("two", **{"@id": "#b"}),
        note("three", identifier={"value": 7}, parentItem="#b"),
        note("four", identifier="8", parentItem={"@id": "#a"}),
        note("five", identifier="9", parentItem=[{"url": "/elsewhere"}], text={"@value": "five"}),
    ]
    found = read(script({"@graph": graph}), "jsonld")
    a, b = f"{URL}#a", f"{URL}#b"
    assert [(one.id, one.parent) for one in found] == [(a, None), (b, a), ("7", b), ("8", a), ("9", None)]


def test_an_author_by_reference():
    graph = [
        note("one", author={"@id": "#ann"}), {"@type": "Person", "@id": "#ann", "name": "Ann", "url": "/ann"},
        note("two", author={"@id": "#who"}), {"@type": "Person", "@id": "#who"},
    ]  # fmt: skip
    assert [(one.author, one.author_url) for one in read(script({"@graph": graph}), "jsonld")] == [
        ("Ann", "https://blog.example/ann"), ("", f"{URL}#who"),
    ]  # fmt: skip


def test_questions_have_answers_and_answers_comments():
    question = {
        "@type": ["QAPage", 4], "mainEntity": {"acceptedAnswer": {"@type": "Answer", "text": "yes", "comment": note("ok")},
                                               "suggestedAnswer": [{"text": "no"}]},
    }  # fmt: skip
    assert sorted(words for _, _, words in tree(script(question), "jsonld")) == ["no", "ok", "yes"]


def test_json_that_is_none_is_passed_over(monkeypatch):
    good = script(note("one"))
    broken = '<script type="application/ld+json">{"a": </script><script>{"comment": 1}</script>'
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    empty = script({"comment": [{"text": ""}, 4, {"@type": "Comment"}]})
    wrapped = '<script type="application/ld+json"><!-- {"@type":"Comment","text":"in"}; --></script>'
    assert [words for _, _, words in tree(broken + deep + empty + good + wrapped, "jsonld")] == ["one", "in"]
    monkeypatch.setattr(jsonld, "MAX_VALUES", 6)
    assert len(tree(script([note(str(number)) for number in range(50)]), "jsonld")) == 3


# --- the page


def test_the_kind_with_the_most_comes_first():
    html = cite("a") + item("b") + item("c") + script(note("d"))
    ref = find_ref_in_page(f"{URL}#x", f"<html><body>{html}</body></html>")
    assert (ref.source, ref.key, ref.page_url) == ("page", f"page|{URL}", f"{URL}#comments")
    assert [(route.name, route.url) for route in ref.routes] == [
        ("microdata", URL), ("microformats", URL), ("jsonld", URL),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html", ["", "<p>h-cite</p>", "<p class='h-entry'>x</p>", "no marks", "<!-- h-cite", "<p class='h-cite p-x'>"]
)
def test_pages_without(html):
    assert find_in_page(URL, html, "") is None
    assert find_in_page("", cite("a"), "") is None
    assert find(ParsedEntry("", URL, ""), "", "") is None


async def test_a_page_is_fetched_and_read():
    ref = find_in_page(URL, cite("a"), "")
    web = Web({URL: cite("a", key="/1").encode() + cite("b", key="/2").encode()})
    fetched = await fetch(ref, ref.routes[0], Line(web.fetch, run))
    assert ([one.id[-1] for one in fetched.comments], fetched.coverage) == (["1", "2"], "partial")
    assert (fetched.route, fetched.total) == ("microformats", None)


@pytest.mark.parametrize("page", [b"", b"<p>nothing</p>", (b"{}", {"content-type": "application/json"})])
async def test_a_page_that_has_none_any_more(page):
    ref = find_in_page(URL, cite("a"), "")
    with pytest.raises(ThreadError) as error:
        await fetch(ref, ref.routes[0], Line(Web({URL: page}).fetch, run))
    assert error.value.kind == "notthis"


def test_an_unknown_kind_and_addresses_that_cannot_be():
    with pytest.raises(ThreadError):
        read(cite("a"), "telepathy")
    (found,) = read(cite("a", key="http:x//["), "microformats")
    assert found.url is None
    (found,) = read(cite("a", key="x://["), "microformats")
    assert found.id.startswith("said-")


MARKUP = st.lists(
    st.sampled_from(
        [cite("a", key="/1"), cite("b", '<a class="u-in-reply-to" href="/1"></a>', key="/2"), item("c"), item("d", more="<b>"),
         '<div class="u-comment h-cite">', '<a class="u-in-reply-to" href="/2">', "</div>", "<div itemscope itemprop=comment>",
         '<p itemprop="text">', script(note("e", note("f"))), '<script type="application/ld+json">[', "&#27;[31m", "\x1b["]
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(MARKUP, st.sampled_from(KINDS))
def test_any_page_gives_each_comment_once_or_an_error(pieces, kind):
    try:
        found = read("".join(pieces), kind)
    except ThreadError:
        return
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids))
    assert all(one.parent != one.id for one in found)
    assert "\x1b" not in "".join(one.author + "".join(block.text for block in one.blocks) for one in found)


@pytest.mark.parametrize("tail", ["<br>x" * 300_000, "<x/>" * 600_000])
def test_a_page_of_nothing_but_tags_is_read_as_far_as_any_page_goes(tail):
    root = html_tree(cite("a", key="/1") + tail)
    assert root is not None
    assert 200_000 < sum(1 for _ in root.iter()) <= MOST_TAGS + 10
    assert root.find(".//*[@class='u-comment h-cite']") is not None
    assert few_tags("<a>b<c>", 2) == "<a>b<c>"
    assert few_tags("<a>b<c>", 1) == "<a>b"
    assert few_tags("<a>b<c>", 0) == ""
