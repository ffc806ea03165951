"""What a thread's changes are told as: moderated, deleted, new although old; and threads that only a browser shows."""

from __future__ import annotations

import json

import pytest

from fakes import NOW, Clock, FakeWeb, item, make_tools, rss
from tui_news.models import FetchError, Response, ThreadError, View
from tui_news.services.agent import Errands
from tui_news.services.discussing import fetch_comments
from tui_news.services.packing import pack
from tui_news.services.refresh import refresh
from tui_news.services.subscribing import add
from tui_news.services.timing import DAY, WEEK, conditional, unconditional_every

FEED = "https://coast.example/feed"
BASE = "https://coast.example/wp-json/wp/v2/comments"
WORDPRESS = '<https://coast.example/wp-json/>; rel="https://api.w.org/"'


def comment(number, parent=0, text="Well said.", date="2026-09-21T08:00:00"):
    return {
        "id": number, "parent": parent, "author": 0, "author_name": f"Reader {number}", "author_url": "",
        "date_gmt": date, "content": {"rendered": f"<p>{text}</p>"}, "link": "", "type": "comment",
    }  # fmt: skip


class WordPress(FakeWeb):
    """The list of comments, and each one's own address with its status."""

    comments: list[dict[str, object]]
    states: dict[str, int]

    async def get(self, url, **kwargs):
        if not url.startswith(BASE):
            return await super().get(url, **kwargs)
        self.asked.append((url, {}))
        one = url.removeprefix(BASE).partition("?")[0].strip("/")
        if one:
            status = self.states.get(one, 200)
            if status != 200:
                raise FetchError("status", "no", str(status), status=status, retry_after=9 if status == 429 else None)
            return Response(url, url, 200, {}, b"{}")
        headers = {"x-wp-total": str(len(self.comments)), "x-wp-totalpages": "1"}
        return Response(url, url, 200, headers, json.dumps(self.comments).encode())


@pytest.fixture
def web():
    hint = "<slash:comments>9</slash:comments>"
    made = WordPress({FEED: Response(FEED, FEED, 200, {"link": WORDPRESS, "etag": '"e"'}, rss(item(1, extra=hint)))})
    # 7 threads of two: the answer stays when what it answers goes
    made.comments = [comment(n) for n in range(1, 8)] + [comment(n + 10, n) for n in range(1, 8)]
    made.states = {}
    return made


@pytest.fixture
async def tools(tmp_path, web):
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED)
    yield made
    made.library.close()


def story(tools):
    return tools.library.stories.page(View(), None, 1)[0].id


def drop(web, *numbers):
    web.comments = [one for one in web.comments if one["id"] not in numbers]


def states(tools):
    return {one.id: one.state for one in tools.library.threads.get(story(tools)).comments if one.state != "live"}


def probes(web):
    return [url for url in web.urls if url.startswith(f"{BASE}/")]


async def test_what_went_is_told_as_moderated_or_deleted(tools, web):
    await fetch_comments(tools, story(tools))
    assert probes(web) == []
    drop(web, 1, 2, 3, 17)
    web.states = {"1": 401, "2": 404}
    await fetch_comments(tools, story(tools), force=True)
    assert states(tools) == {"1": "moderated", "2": "deleted", "3": "gone"}
    assert probes(web) == [f"{BASE}/{number}?_fields=id,status" for number in (1, 2, 3)], "17 left no anchor"
    await fetch_comments(tools, story(tools), force=True)
    assert states(tools) == {"1": "moderated", "2": "deleted", "3": "gone"}
    assert len(probes(web)) == 3, "asked once"


async def test_no_more_than_five_are_asked_after(tools, web):
    await fetch_comments(tools, story(tools))
    drop(web, *range(1, 8))
    web.states = {str(number): 401 for number in range(1, 8)}
    await fetch_comments(tools, story(tools), force=True)
    assert len(probes(web)) == 5
    assert sorted(states(tools).values()) == ["gone", "gone", *["moderated"] * 5]


@pytest.mark.parametrize(("status", "asked"), [(403, 3), (500, 3), (429, 1)])
async def test_other_answers_tell_nothing(tools, web, status, asked):
    await fetch_comments(tools, story(tools))
    drop(web, 1, 2, 3)
    web.states = {str(number): status for number in range(1, 8)}
    await fetch_comments(tools, story(tools), force=True)
    assert set(states(tools).values()) == {"gone"}
    assert len(probes(web)) == asked


async def test_a_moderated_comment_that_comes_back_lives(tools, web):
    await fetch_comments(tools, story(tools))
    before = list(web.comments)
    drop(web, 1)
    web.states = {"1": 401}
    await fetch_comments(tools, story(tools), force=True)
    web.comments = before
    await fetch_comments(tools, story(tools), force=True)
    held = tools.library.threads.get(story(tools))
    assert states(tools) == {}
    assert next(one for one in held.comments if one.id == "1").blocks[0].text == "Well said."


async def test_a_comment_approved_late_is_new_although_its_date_is_old(tools, web):
    await fetch_comments(tools, story(tools))
    thread = tools.library.threads.get(story(tools))
    assert not any(thread.is_new(one) for one in thread.comments), "on the first fetch nothing is new"
    tools.library.threads.leave(story(tools))
    web.comments = [comment(99, 1, "Held for long.", "2020-01-01T00:00:00"), *web.comments]
    await fetch_comments(tools, story(tools), force=True)
    thread = tools.library.threads.get(story(tools))
    assert [one.id for one in thread.comments if thread.is_new(one)] == ["99"]
    await fetch_comments(tools, story(tools), force=True)
    thread = tools.library.threads.get(story(tools))
    assert [one.id for one in thread.comments if thread.is_new(one)] == ["99"], "new until it was seen"
    assert tools.library.stories.rows([story(tools)])[story(tools)].comments_new == 1
    tools.library.threads.mark_seen(story(tools), ["99"])
    thread = tools.library.threads.get(story(tools))
    assert not any(thread.is_new(one) for one in thread.comments)


async def test_a_wordpress_feed_is_asked_for_without_conditions_once_a_day(tools, web):
    async def asked(now):
        tools.clock.now = now
        web.asked.clear()
        await refresh(tools, force=True)
        return web.asked[0][1]

    assert NOW // DAY == (NOW + 60) // DAY
    assert NOW // WEEK == (NOW + DAY) // WEEK
    assert await asked(NOW + 60) == {"If-None-Match": '"e"'}
    web.pages[FEED] = Response(
        FEED, FEED, 200, {"link": WORDPRESS, "etag": '"e"'}, rss(item(1, extra="<slash:comments>12</slash:comments>"))
    )
    assert await asked(NOW + DAY) == {}
    assert tools.library.stories.rows([story(tools)])[story(tools)].comments_hint == 12
    assert await asked(NOW + DAY + 60) == {"If-None-Match": '"e"'}


def test_only_wordpress_is_asked_daily():
    assert unconditional_every(WORDPRESS) == DAY
    assert unconditional_every('<https://hub.example/>; rel="hub"') == WEEK
    assert conditional('"e"', "", 3 * DAY, 4 * DAY, every=DAY) == {}
    assert conditional('"e"', "", 8 * DAY, 9 * DAY) == {"If-None-Match": '"e"'}


REDDIT = "https://www.reddit.com/r/news/comments/1abc2/title/"


@pytest.fixture
async def elsewhere(tmp_path):
    body = "Words enough to be the whole story. " * 40
    extra = f"<comments>{REDDIT}</comments>"
    made = make_tools(tmp_path, FakeWeb({FEED: rss(item(1, body=body, extra=extra, guid="tag:1"))}), Clock())
    await add(made, FEED)
    made.web.asked.clear()
    yield made
    made.library.close()


async def test_a_thread_for_the_browser_says_so_once_and_asks_nobody(elsewhere):
    tools = elsewhere
    with pytest.raises(ThreadError, match="The comments are on Reddit"):
        await fetch_comments(tools, story(tools))
    held = tools.library.threads.get(story(tools))
    assert held.error == "The comments are on Reddit: it needs a login or key; C opens them in the browser"
    assert (held.ref.page_url, held.fetched_at) == (REDDIT, None)
    assert not await fetch_comments(tools, story(tools)), "said before"
    with pytest.raises(ThreadError):
        await fetch_comments(tools, story(tools), force=True)
    assert tools.web.asked == []


async def test_a_pack_notes_where_the_comments_are_and_calls_it_no_failure(elsewhere):
    told = []
    packed = await pack(elsewhere, [story(elsewhere)], told.append)
    assert (packed.errors, told) == ((), [story(elsewhere)])
    assert elsewhere.library.threads.get(story(elsewhere)).error.startswith("The comments are on Reddit")
    assert (await pack(elsewhere, [story(elsewhere)])).errors == ()


async def test_the_screen_is_told_that_a_sentence_stands_beside_the_thread(elsewhere):
    told = []
    errands = Errands(elsewhere, told.append, "off")
    await errands.run(json.dumps({"do": "story", "story": story(elsewhere)}).encode())
    thread = next(fact for fact in told if fact.part == "thread")
    assert (thread.changed, thread.offline) == (True, False)
    assert thread.error.startswith("The comments are on Reddit")
