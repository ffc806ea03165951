"""Comments that only a browser shows: found, never fetched, and said so in one sentence."""

from __future__ import annotations

import pytest

from comments.commentsfakes import Web, run
from tui_news.comments.sources import fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.links import fetch
from tui_news.models import ParsedEntry, ThreadError, ThreadRef

STORY = "https://news.example/2026/a-story"


def entry(link, comments="", count=None):
    return ParsedEntry("tag:1", link, "T", comments=comments, comment_count=count)


@pytest.mark.parametrize(
    ("box", "keeper"),
    [
        ('<div id="disqus_thread"></div>', "Disqus"),
        ("<script>var disqus_shortname = 'news';</script>", "Disqus"),
        ("<script>var disqus_config = function () {};</script>", "Disqus"),
        ('<script src="https://news.disqus.com/embed.js"></script>', "Disqus"),
        ('<div id="coral_thread"></div>', "Coral"),
        ("<script>Coral.createStreamEmbed({id: 1})</script>", "Coral"),
        ("<script>Talk.render(document.body, {})</script>", "Coral"),
        ('<script src="https://giscus.app/client.js" data-repo="a/b"></script>', "giscus"),
        ('<script src="https://utteranc.es/client.js" repo="a/b"></script>', "utterances"),
        ('<div class="box fb-comments" data-href="x"></div>', "Facebook"),
        ('<script src="https://launcher.spot.im/spot/sp_1"></script>', "OpenWeb"),
        ('<div class="viafoura"></div>', "Viafoura"),
        ("<hyvor-talk-comments class='hyvor-talk-comments'></hyvor-talk-comments>", "Hyvor Talk"),
        ('<div id="commento"></div>', "Commento"),
        ('<div id="remark42"></div>', "Remark42"), ("<script>var remark_config = {host: 'https://r.example'}</script>", "Remark42"),
        ('<div id="cusdis_thread" data-page-id="1"></div>', "Cusdis"), ("<comentario-comments></comentario-comments>", "Comentario"),
        ('<div class="talkyard-comments"></div>', "Talkyard"), ('<div id="idc-container"></div>', "IntenseDebate"),
        ('<div id="fastcomments-widget"></div>', "FastComments"), ('<div id="graphcomment"></div>', "GraphComment"),
        ('<vf-conversations></vf-conversations>', "Viafoura"), ('<div id="waline"></div>', "Waline"),
        ('<div id="gitalk-container"></div>', "Gitalk"), ('<div id="vk_comments"></div>', "VK"),
    ],
)  # fmt: skip
async def test_a_box_in_the_page_is_told_by_its_keeper(box, keeper):
    ref = find_ref_in_page(f"{STORY}#top", f"<html><body><p>Words.</p>{box}</body></html>")
    assert (ref.source, ref.routes, dict(ref.meta)) == ("links", (), {"keeper": keeper})
    assert ref.page_url.partition("#")[0] == STORY
    web = Web({})
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(ref, web.fetch, run, prefer="rest")
    locked = keeper in ("Disqus", "Coral", "Facebook", "OpenWeb", "Viafoura", "Hyvor Talk", "VK")
    why = "it needs a login or key" if locked else "only a browser shows them"
    assert str(caught.value) == f"The comments are on {keeper}: {why}; C opens them in the browser"
    assert caught.value.kind == "refused"
    assert web.asked == []


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Sites with Disqus put a &lt;div id=&quot;disqus_thread&quot;&gt; there.</p>",
        "<pre>var disqus_shortname = 'x';</pre>",
        "<p class='talk'>The talk of the town: coral reefs.</p>",
        "<script src='https://news.example/disqus.js'></script>",
        "<p class='comment-count'>Remark: 42 comments on a waline.</p>",
    ],
)
def test_a_story_about_them_is_none_of_theirs(html):
    assert find_ref_in_page(STORY, html) is None


def test_the_first_keeper_wins_and_anchors_its_page():
    ref = find_ref_in_page(STORY, '<div id="giscus"></div><div id="disqus_thread"></div>')
    assert (dict(ref.meta)["keeper"], ref.page_url) == ("Disqus", f"{STORY}#disqus_thread")


@pytest.mark.parametrize(
    ("link", "comments", "generator", "keeper", "page"),
    [
        ("https://x.example/", "https://www.reddit.com/r/news/comments/1abc2/title/", "", "Reddit", None),
        ("https://old.reddit.com/r/news/comments/1abc2", "", "", "Reddit", None),
        ("https://ann.substack.com/p/one?utm=1", "", "", "Substack", "https://ann.substack.com/p/one/comments"),
        ("https://letters.example/p/one", "", "Substack", "Substack", "https://letters.example/p/one/comments"),
        ("https://redd.it/1abc2", "", "", "Reddit", None),
        ("https://www.reddit.com/user/ann/comments/1abc2/title/", "", "", "Reddit", None),
        ("https://github.com/a/b/discussions/12", "", "", "GitHub", None),
        ("https://www.youtube.com/watch?v=abcdefghijk", "", "", "YouTube", None),
        ("https://www.youtube.com/shorts/abcdefghijk", "", "", "YouTube", None),
        ("https://x.example/1", "https://x.example/1#disqus_thread", "", "Disqus", None),
        ("https://mag.example/m/news/t/12/a-title", "", "", "mag.example", None),
        ("https://letters.example/notes/9abc", "", "Misskey", "letters.example", None),
    ],
)
def test_feeds_name_reddit_and_substack(link, comments, generator, keeper, page):
    ref = find_ref(entry(link, comments, 12), "https://letters.example/", "", generator)
    assert (ref.source, dict(ref.meta)["keeper"], ref.count_hint) == ("links", keeper, 12)
    assert ref.page_url == (page or comments or link)


@pytest.mark.parametrize(
    ("link", "generator"),
    [
        ("https://www.reddit.com/r/news/", ""), ("https://notreddit.com/r/news/comments/1a/", ""),
        ("https://ann.substack.com/about", ""), ("https://other.example/p/one", "Substack"),
        ("https://github.com/a/b/releases/tag/1", ""), ("https://www.youtube.com/@ann", ""), ("https://youtu.be/", ""),
        ("https://other.example/notes/9abc", "Misskey"),
        ("https://letters.example/about", "Substack"), ("https://letters.example/p/one", "Hugo"),
    ],
)  # fmt: skip
def test_other_addresses_are_none(link, generator):
    assert find_ref(entry(link), "https://letters.example/", "", generator) is None


def test_a_page_of_theirs_is_known_by_its_address():
    assert find_ref_in_page("https://ann.substack.com/p/one", "<p>x</p>").page_url.endswith("/p/one/comments")


def test_what_people_talk_about_is_not_where_they_talk():
    linked = entry("https://www.youtube.com/watch?v=abcdefghijk", "https://links.example/12")
    assert find_ref(linked, "https://links.example/", "") is None


async def test_a_reference_that_names_no_keeper_names_the_host():
    with pytest.raises(ThreadError, match=r"The comments are on talk\.example:"):
        await fetch(ThreadRef("links", "k", (), "https://talk.example/1"), None, None)
    with pytest.raises(ThreadError, match="on another site"):
        await fetch(ThreadRef("links", "k", (), ""), None, None)
