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
