"""The best route to a story first, and each of the others when it fails; what is stored is read again offline."""

from __future__ import annotations

import json

import pytest

from fakes import Clock, FakeWeb, item, make_tools, page, rss
from tui_news.articles.extract import ONLY_FEED
from tui_news.articles.version import EXTRACTOR
from tui_news.models import Article, Block, FetchError, Response, View
from tui_news.services.reading import DAY, fetch_article
from tui_news.services.rereading import reread
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"
STORY = "https://coast.example/1"
POST = "https://coast.example/wp-json/wp/v2/posts/1?_fields=id,link,title,content,date_gmt,modified_gmt"
LONG = "The harbour was quiet when the boat came in, and nobody on the quay had expected it so early in the year. " * 6


@pytest.fixture
async def web():
    feed = rss(item(1, "The early boat"))
    return FakeWeb({FEED: feed, STORY: page("The early boat", LONG, "From the page.", LONG)})


@pytest.fixture
async def tools(tmp_path, web):
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED)
    web.asked.clear()
    yield made
    made.library.close()


def story(tools):
    return tools.library.stories.page(View(), None, 5)[0].id


def text(tools):
    return "\n".join(block.text for block in tools.library.articles.get(story(tools)).blocks)


def rest(html, link=STORY):
    body = {"id": 1, "link": link, "title": {"rendered": "x"}, "content": {"rendered": html, "protected": False}}
    return Response(POST, POST, 200, {"content-type": "application/json"}, json.dumps(body).encode())


async def test_wordpress_is_asked_first_and_its_word_is_the_story(tools, web):
    web.pages[POST] = rest(f"<p>{LONG}</p><p>From WordPress.</p>")
    assert await fetch_article(tools, story(tools))
    assert web.urls == [POST]
    assert text(tools).endswith("From WordPress.")
    assert tools.library.articles.page(story(tools)).kind == "application/json"


async def test_a_site_that_refuses_is_read_by_its_page_and_not_asked_again_for_a_week(tools, web):
    await fetch_article(tools, story(tools))
    assert web.urls == [POST, STORY]
    assert "From the page." in text(tools)
    await fetch_article(tools, story(tools), force=True)
    assert web.urls == [POST, STORY, STORY]
    tools.clock.now += 8 * DAY
    await fetch_article(tools, story(tools), force=True)
    assert web.urls[3:] == [POST, STORY]


@pytest.mark.parametrize("html", ["", "<p>The opening of it […]</p>"])
async def test_a_post_that_is_not_the_story_leaves_it_to_the_page(tools, web, html):
    web.pages[POST] = rest(html)
    await fetch_article(tools, story(tools))
    assert web.urls == [POST, STORY]
    assert "From the page." in text(tools)


async def test_without_a_network_nothing_else_is_tried(tools, web):
    web.down = True
    with pytest.raises(FetchError):
        await fetch_article(tools, story(tools))
    assert web.urls == [POST]


async def test_the_pages_of_a_story_are_joined_and_one_that_fails_ends_it(tools, web):
    def paged(number, then):
        link = f'<p><a href="{then}">Next</a></p></article>'
        told = f"What page {number} has to say, which no other page of this story says."
        return page("The early boat", LONG, told).replace(b"</article>", link.encode())

    web.pages |= {STORY: paged(1, STORY + "?page=2"), STORY + "?page=2": paged(2, STORY + "?page=3")}
    await fetch_article(tools, story(tools))
    assert web.urls == [POST, STORY, STORY + "?page=2", STORY + "?page=3"]
    assert "What page 1 has" in text(tools)
    assert "What page 2 has" in text(tools)
    assert text(tools).count(LONG.strip()) == 1


async def test_a_wall_is_told_and_not_asked_again_the_same_day(tools, web):
    body = "".join(f"<p>{LONG} Part {n}.</p>" for n in range(2)) + "<p>And then […]</p>"
    web.pages |= {FEED + "2": rss(item(2, "Walled", body)), STORY[:-1] + "2": page("Walled", "Subscribe to read on.")}
    await add(tools, FEED + "2")
    number = max(row.id for row in tools.library.stories.page(View(), None, 5))
    await fetch_article(tools, number)
    held = tools.library.articles.get(number)
    assert (held.source, held.note) == ("feed", ONLY_FEED)
    assert any("Part 1." in block.text for block in held.blocks)
    asked = len(web.asked)
    assert not await fetch_article(tools, number)
    assert len(web.asked) == asked
    tools.clock.now += DAY
    await fetch_article(tools, number)
    assert len(web.asked) > asked


async def test_a_readers_rule_decides(tools, web):
    tools.rules.write_text('["coast.example"]\nkeep = ".mine"\n')
    web.pages[STORY] = page("The early boat", LONG).replace(b"</article>", b"<p class=mine>Only this.</p></article>")
    await fetch_article(tools, story(tools))
    assert text(tools) == "Only this."


async def test_what_an_older_reader_read_is_read_again_offline(tools, web):
    number = story(tools)
    await fetch_article(tools, number)
    raw = tools.library.articles.page(number)
    old = Article("page", (Block("para", "Badly read."),), fetched_at=5)
    tools.library.articles.put(number, old, raw.raw, url=raw.url, kind=raw.kind, extractor=EXTRACTOR - 1)
    web.down = True
    web.asked.clear()
    assert await reread(tools) == 1
    assert "From the page." in text(tools)
    assert tools.library.articles.get(number).fetched_at == 5
    assert await reread(tools) == 0
    assert web.asked == []


async def test_a_page_that_the_new_reader_cannot_read_keeps_what_it_has(tools, web):
    number = story(tools)
    old = Article("page", (Block("para", "Well read."),))
    tools.library.articles.put(number, old, b"x", extractor=EXTRACTOR - 1)

    class Dies:
        async def run(self, *args, **kwargs):
            raise FetchError("protocol", "the worker", "died")

    dying = type(tools)(tools.library, web, Dies(), tools.clock)
    assert await reread(dying) == 1
    assert text(tools) == "Well read."
    assert await reread(dying) == 0
