"""Comments on pages of odd and old themes, and of programs that number their comments alike."""

from __future__ import annotations

import pytest

from tui_news.comments.sources.wordpress_html import parse_page

URL = "https://site.example/2026/03/story/"


def read(html):
    comments, _ = parse_page(f"<html><body>{html}</body></html>".encode(), URL)
    return comments


def only(html):
    (found,) = read(html)
    return found


SIGNED = '<a href="https://ann.example" rel="external nofollow" class="url">Ann</a>'


@pytest.mark.parametrize(
    ("html", "author", "words"),
    [
        ('<li id="comment-1"><cite>Ann</cite> Says:<br><p>Wide.</p></li>', "Ann", "Wide."),
        (f'<li id="comment-1"><cite>{SIGNED}</cite> Schrieb: <p>Wide.</p></li>', "Ann", "Wide."),
        (
            f'<li id="comment-1"><p>Wide.</p><p><cite>Comment by {SIGNED} &#8212; 17.07, 2011 @ '
            '<a href="#comment-1">13:04</a></cite></p></li>', "Ann", "Wide.",
        ),
        (  # a name that nothing sets apart is not cut out of the words around it
            '<li id="comment-1"><p>Wide.</p><p><cite>Comment by Ann &#8212; 17.07, 2011</cite></p></li>',
            "", "Wide. Comment by Ann — 17.07, 2011",
        ),
        ('<li id="comment-1"><p>As <cite>The Quay</cite> says: wide.</p></li>', "", "As The Quay says: wide."),
        ('<li id="comment-1"><blockquote><p>So.</p><cite>Ann</cite></blockquote><p>Wide.</p></li>', "", "So. — Ann Wide."),
        (
            '<div id="comment-1"><span class="byline"><span class="vcard author">Ann</span> said: '
            '<a href="#comment-1">May 2, 2026</a></span><div class="comment-content">Wide.</div></div>', "Ann", "Wide.",
        ),
        (
            '<a id="comment-1"></a><article class="comment"><p class="submitted">By <span class="username">Ann</span></p>'
            '<div class="content">Wide.</div></article>', "Ann", "Wide.",
        ),
    ],
)  # fmt: skip
def test_who_signs(html, author, words):
    found = only(html)
    assert (found.author, " ".join(block.text for block in found.blocks)) == (author, words)


def test_a_signature_leads_to_the_authors_site_and_not_to_the_comment():
    found = only(f'<li id="comment-1"><cite>{SIGNED}</cite> Says: <p>Wide.</p></li>')
    assert found.author_url == "https://ann.example/"
    bare = only('<li id="comment-1"><cite><a href="#comment-1">Ann</a></cite> Says: <p>Wide.</p></li>')
    assert (bare.author, bare.author_url) == ("Ann", None)


@pytest.mark.parametrize(
    ("mark", "created"),
    [
        ('<abbr class="published" title="2026-03-02T09:30:12-08:00">March 2</abbr>', 1_772_472_612),
        ('<abbr class="published" title="2026-03-02T09:30:12">March 2</abbr>', None),
        ('<abbr title="Hypertext">HTML</abbr>', None),
        ('<time class="updated" datetime="2026-03-02T09:30:12Z">x</time>', None),
        ('<time datetime="2026-03-02T09:30:12+01:00">x</time>', 1_772_440_212),
    ],
)
def test_a_moment_only_with_its_zone(mark, created):
    assert only(f'<li id="comment-1"><p>Wide. {mark}</p></li>').created == created


def test_anchors_before_their_comments_are_not_one_comment():
    comments = read(
        '<section><a id="comment-1"></a><article class="comment"><div class="content">One.</div></article>'
        '<a id="comment-2"></a><article class="comment"><div class="content">Two.</div></article></section>'
    )
    assert [(one.id, one.parent, one.blocks[0].text) for one in comments] == [("1", None, "One."), ("2", None, "Two.")]


def test_elements_closed_too_often_are_put_right_by_the_depth_they_tell():
    """As block themes do behind replies past their last depth."""

    def li(number, depth, inside=""):
        return f'<li id="comment-{number}" class="comment depth-{depth}"><p>{number}</p>{inside}'

    deepest = f"<ol>{li(3, 3)}{li(4, 3)}</li></li></li></ol>"
    html = f"<ol>{li(1, 1)}<ol>{li(2, 2, deepest)}</li>{li(5, 2)}</li></ol></li>{li(6, 1)}</li></ol>"
    assert {one.id: one.parent for one in read(html)} == {
        "1": None, "2": "1", "3": "2", "4": "2", "5": "1", "6": None,
    }  # fmt: skip
    loose = read(f"<ol>{li(7, 4)}</li></ol>")
    assert [(one.id, one.parent) for one in loose] == [("7", None)]


def told(html):
    return [(one.id, one.parent, one.author, " ".join(block.text for block in one.blocks)) for one in read(html)]


@pytest.mark.parametrize(
    "html",
    [
        # heads and bodies of a definition list, flat and nested
        '<dl><dt id="comment-1"><cite class="fn">Ann</cite> on <a href="#comment-1">May 2</a></dt><dd><p>Wide.</p></dd>'
        '<dt id="comment-2"><cite class="fn">Bo</cite> says:</dt><dd><p>No.</p><p>Deep.</p></dd></dl>',
        '<dl><dt class="comment" id="comment-1"><span class="comment_author">Ann</span><span class="comment_time"><a '
        'href="#comment-1">May 2</a></span></dt><dd class="comment"><div class="format_text"><p>Wide.</p></div></dd>'
        '<dt class="comment" id="comment-2"><span class="comment_author">Bo</span></dt><dd><p>No.</p><p>Deep.</p></dd></dl>',
        # the rows of a table
        '<table><tr id="comment-1"><td class="comment-author">Ann<br><small>2 May 2026</small></td><td class="comment-text">'
        '<p>Wide.</p></td></tr><tr id="comment-2"><td>Bo</td><td><p>No.</p><p>Deep.</p></td></tr></table>',
        '<table><tr id="comment-1"><td><b>Ann</b>, May 2</td></tr><tr><td><p>Wide.</p></td></tr>'
        '<tr id="comment-2"><td><b>Bo</b>, May 3</td></tr><tr><td><p>No.</p><p>Deep.</p></td></tr></table>',
        # names of classes with underscores, doubled ones, and a theme's own beginning
        '<div id="comment-1"><div class="xy-comment-author">Ann</div><div class="comment__content"><p>Wide.</p></div></div>'
        '<div id="comment-2"><b class="comment__author">Bo</b><div class="my_comment_text"><p>No.</p><p>Deep.</p></div></div>',
        '<div id="comment-1"><span class="commenter">Ann</span><div class="comment-message"><p>Wide.</p></div></div>'
        '<div id="comment-2"><span class="author-name">Bo</span><div class="comment-inner-content"><p>No.</p><p>Deep.</p>'
        '<p class="comment-likes comment-not-liked"><a href="#" class="comment-like-link">Like</a></p></div></div>',
    ],
)  # fmt: skip
def test_heads_and_bodies_however_they_are_laid_out(html):
    assert told(html) == [("1", None, "Ann", "Wide."), ("2", None, "Bo", "No. Deep.")]


def test_an_answer_in_a_definition_list_stands_in_what_it_answers():
    html = (
        '<dl><dt id="comment-1" class="author">Ann</dt><dd class="comment-content"><p>Wide.</p>'
        '<dl><dt id="comment-2">Bo</dt><dd><p>No.</p></dd></dl></dd></dl>'
    )
    assert told(html) == [("1", None, "Ann", "Wide."), ("2", "1", "Bo", "No.")]


WORDS = '<div class="comment-text"><p>Wide.</p></div>'


@pytest.mark.parametrize(
    "second",
    [
        f'<div id="comment-2" data-parent="1"><b class="fn">Bo</b>{WORDS}</div>',
        f'<div id="comment-2" data-parent-id="comment-1"><b class="fn">Bo</b>{WORDS}</div>',
        f'<div class="row" data-comment-parent="1"><div id="comment-2"><b class="fn">Bo</b>{WORDS}</div></div>',
        f'<div id="comment-2" class="comment parent-1"><b class="fn">Bo</b>{WORDS}</div>',
        f'<div id="comment-2"><b class="fn">Bo</b> <a class="in-reply-to" href="#comment-1">to Ann</a>{WORDS}</div>',
        f'<div id="comment-2"><b class="fn">Bo</b><span class="reply-to">→ <a href="{URL}#comment-1">Ann</a></span>{WORDS}</div>',
        '<div id="comment-2"><b class="fn">Bo</b><div class="comment-text"><p><a href="#comment-1">@Ann</a> Wide.</p></div></div>',
        '<div id="wpd-comm-2_1" class="wpd-comment"><div id="comment-2"><div class="wpd-comment-author">Bo</div>'
        '<div class="wpd-reply-to">Reply to <a href="#comment-1">Ann</a></div><div class="wpd-comment-text"><p>Wide.</p></div>'
        '<div class="wpd-comment-footer">3 Reply</div></div></div>',
    ],
)  # fmt: skip
def test_an_answer_that_stands_beside_what_it_answers_and_says_so(second):
    first = f'<div id="comment-1"><b class="fn">Ann</b>{WORDS}</div>'
    ones = told(f"{first}{second}")
    assert [(one[0], one[1], one[2]) for one in ones] == [("1", None, "Ann"), ("2", "1", "Bo")]
    assert ones[1][3].removeprefix("@Ann ") == "Wide."


def test_past_the_last_depth_of_a_theme_an_address_tells_who_is_answered():
    html = (
        f'<ol><li id="comment-1"><b class="fn">Ann</b>{WORDS}<ol class="children"><li id="comment-2"><b class="fn">Bo</b>{WORDS}'
        '</li><li id="comment-3"><b class="fn">Cy</b><div class="comment-content"><p><a href="#comment-2">@Bo</a>: no.</p></div>'
        "</li></ol></li></ol>"
    )
    assert [(one[0], one[1]) for one in told(html)] == [("1", None), ("2", "1"), ("3", "2")]


@pytest.mark.parametrize(
    "second",
    [
        f'<div id="comment-2" data-parent="#accordion"><b class="fn">Bo</b>{WORDS}</div>',
        f'<div id="comment-2" data-parent="9">{WORDS}</div>',
        f'<div id="comment-2" data-parent="2">{WORDS}</div>',
        f'<div id="comment-2" class="comment parent">{WORDS}</div>',
        '<div id="comment-2"><div class="comment-text"><p>As <a href="#comment-1">@Ann</a> said: wide.</p></div></div>',
        '<div id="comment-2"><div class="comment-text"><p><a href="#comment-1">Above</a> it was wide.</p></div></div>',
        f'<div id="comment-2"><a class="comment-reply-link" href="#comment-1">Reply</a>{WORDS}</div>',
    ],
)  # fmt: skip
def test_what_only_looks_like_saying_so(second):
    assert [(one[0], one[1]) for one in told(f'<div id="comment-1">{WORDS}</div>{second}')] == [
        ("1", None),
        ("2", None),
    ]


def test_answers_that_name_each_other_are_all_there():
    html = f'<div id="comment-1" data-parent="2">{WORDS}</div><div id="comment-2" data-parent="1">{WORDS}</div>'
    assert [(one[0], one[1]) for one in told(html)] == [("1", "2"), ("2", "1")]


def test_a_registered_persons_name_among_the_classes_is_no_author():
    html = f'<li id="comment-1" class="comment comment-author-username"><b>Ann</b>{WORDS}</li>'
    assert told(html)[0][2] == ""


def test_a_name_and_a_moment_marked_as_properties():
    html = (
        '<div class="comment" id="comment-1" itemscope><div class="comment-text"><span class="author" itemprop="creator">'
        '<span itemprop="name"><a href="https://ann.example" class="url">Ann</a></span></span> <span class="date" '
        'datetime="2026-05-02T10:00:00+00:00" itemprop="commentTime">May 2, 2026</span><div class="comment-content"><p>Wide.'
        '</p></div></div></div>'
    )  # fmt: skip
    found = only(html)
    assert (found.author, found.created, found.author_url) == ("Ann", 1_777_716_000, "https://ann.example/")
    assert [block.text for block in found.blocks] == ["Wide."]


def test_a_signature_in_the_comments_foot_and_a_moment_in_seconds():
    html = (
        '<li class="comment" id="comment-1"><article><footer><img class="avatar"><cite>Ann</cite> <a href="#comment-1"><time '
        'pubdate="1777716000">May 2</time></a></footer><div class="words"><p>Wide.</p></div></article></li>'
    )
    found = only(html)
    assert (found.author, found.created, [block.text for block in found.blocks]) == ("Ann", 1_777_716_000, ["Wide."])


def test_signatures_without_a_link_are_read_like_those_with_one():
    def row(number, name):
        return f'<li id="comment-{number}"><p>Wide.</p><p><cite>Comment by {name} &#8212; 17.07, 2011 @ 13:0{number}</cite></p></li>'

    found = read(row(1, SIGNED) + row(2, "Bo Lind") + row(3, SIGNED.replace("Ann", "Cid 3")))
    assert [(one.author, [block.text for block in one.blocks]) for one in found] == [
        ("Ann", ["Wide."]), ("Bo Lind", ["Wide."]), ("Cid 3", ["Wide."]),
    ]  # fmt: skip
    apart = read(row(1, SIGNED) + row(2, "Bo Lind") + row(3, SIGNED).replace("Comment by", "Trackback by"))
    assert [one.author for one in apart] == ["Ann", "", "Ann"], "where the links disagree nothing is learnt"


def test_a_pingback_goes_by_the_title_it_has():
    title = (
        "Ten bridges of 2018, and what they say about the towns on both of their sides, told by one who crossed them"
    )
    link = f'<a href="https://b.example/" rel="external nofollow" class="url">{title}</a>'
    found = only(
        f'<li class="pingback" id="comment-1"><div class="comment-author meta"><strong>{link}</strong> 2. May</div>'
        '<div class="comment-text"><p>Wide.</p></div></li>'
    )
    assert (found.author, found.kind) == (title, "pingback")


def test_a_short_pingback_goes_by_the_link_it_is():
    found = only(
        f'<li class="pingback" id="comment-1"><div class="comment-body">Pingback: {SIGNED} <a href="/e">Edit</a></div></li>'
    )
    assert (found.author, found.author_url, found.kind) == ("Ann", "https://ann.example/", "pingback")
