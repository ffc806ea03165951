"""A thread that only the story's page names."""

from __future__ import annotations

import pytest

from fakes import FakeWeb, make_tools, rss
from tui_news.models import Response, ThreadError, TuinewsError
from tui_news.services.discussing import fetch_comments
from tui_news.services.reading import fetch_article
from tui_news.services.subscribing import add

FEED = "https://old.example/feed"
STORY = "https://old.example/2026/a-tale"
TEXT = "A tale of some length, told without haste, in which a ship comes in and a town makes up its mind. " * 5
PAGE = f"""<html><head><title>A tale</title></head><body class="postid-44"><article><h1>A tale</h1>
<div class="entry-content"><p>{TEXT}</p><p>{TEXT}</p></div></article>
<ol class="comment-list"><li id="comment-7" class="comment depth-1"><article id="div-comment-7" class="comment-body">
<div class="comment-author"><b class="fn">Hedda</b></div><div class="comment-metadata"><time datetime="2026-09-01T08:00:00+00:00">then</time></div>
<div class="comment-content"><p>A fine tale.</p></div></article></li></ol></body></html>""".encode()


def make_item(comments: str) -> str:
    text = f"<item><title>A tale</title><link>{STORY}</link><guid>{STORY}</guid><description>A tale […]</description>{comments}</item>"
    return text


@pytest.fixture
async def tools(tmp_path):
    web = FakeWeb({FEED: rss(make_item(f"<comments>{STORY}#respond</comments>")), STORY: PAGE})
    made = make_tools(tmp_path, web)
    await add(made, FEED)
    yield made
    made.library.close()


def only(tools):
    from tui_news.models import View

    return tools.library.stories.page(View(), None, 10)[0].id


async def test_the_page_read_for_its_article_names_the_thread(tools):
    story = only(tools)
    await fetch_article(tools, story)
    assert await fetch_comments(tools, story)
    thread = tools.library.threads.get(story)
    assert [(one.id, one.author) for one in thread.comments] == [("7", "Hedda")]


async def test_without_an_article_the_page_is_asked_for_the_thread(tools):
    assert await fetch_comments(tools, only(tools))
    assert len(tools.library.threads.get(only(tools)).comments) == 1


async def test_a_page_that_cannot_be_searched_still_gives_its_article(tools):
    original = tools.workers.run

    async def run(spec, *args, **kwargs):
        if spec.endswith(":find_ref_in_page"):
            raise TuinewsError("reading the page", "took more than 15 s")
        return await original(spec, *args, **kwargs)

    tools.workers.run = run
    assert await fetch_article(tools, only(tools))


async def test_a_page_without_a_thread_is_not_asked_again(tools):
    tools.web.pages[STORY] = Response(
        STORY,
        STORY,
        200,
        {"content-type": "text/html"},
        f"<html><body><article><h1>A tale</h1><p>{TEXT}</p></article></body></html>".encode(),
    )
    story = only(tools)
    await fetch_article(tools, story)
    tools.web.asked.clear()
    assert not await fetch_comments(tools, story)
    assert tools.web.asked == []


BOXED = (
    f"<html><body><article><h1>A tale</h1><p>{TEXT}</p></article><div id='disqus_thread'></div></body></html>".encode()
)
COUNTED = (
    '<item xmlns:s="http://purl.org/rss/1.0/modules/slash/"><title>A tale</title>'
    f'<link>{STORY}</link><guid isPermaLink="false">https://old.example/?p=44</guid><description>{TEXT * 4}</description>'
    f"<comments>{STORY}#comments</comments><s:comments>5</s:comments></item>"
)


async def test_comments_that_turn_out_to_be_elsewhere_are_asked_for_once(tmp_path):
    web = FakeWeb({FEED: rss(COUNTED), STORY: Response(STORY, STORY, 200, {"content-type": "text/html"}, BOXED)})
    tools = make_tools(tmp_path, web)
    await add(tools, FEED)
    story = only(tools)
    with pytest.raises(ThreadError, match="The comments are on Disqus"):
        await fetch_comments(tools, story)
    thread = tools.library.threads.get(story)
    assert (thread.ref.routes, thread.ref.page_url, thread.ref.count_hint) == ((), STORY, 5)
    assert thread.error == "The comments are on Disqus: it needs a login or key; C opens them in the browser"
    assert tools.library.stories.get(story).row.offline
    tools.web.asked.clear()
    assert not await fetch_comments(tools, story)
    assert tools.web.asked == []
    with pytest.raises(ThreadError):
        await fetch_comments(tools, story, force=True)
    assert tools.web.asked[-1][0] == STORY
    tools.library.close()
