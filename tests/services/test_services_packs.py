from __future__ import annotations

import asyncio
import io

import pytest

from fakes import NOW, FakeWeb, make_tools
from tui_news.models import Block, FeedSettings, FetchError, Response, View
from tui_news.services import pictures
from tui_news.services.contracts_packs import LaterDone, PackFinished, PackProgress
from tui_news.services.errands import PackErrands
from tui_news.services.packing import prefetch
from tui_news.services.packs import PackReport, make_pack, megabytes
from tui_news.services.pictures import LibraryPictures, fetch_pictures, pictures_of
from tui_news.services.refresh import refresh

ITEM = "<item><title>Story {n}</title><link>https://coast.example/{n}</link><guid>coast-{n}</guid></item>"
FEED = "https://coast.example/feed"
PAGE = b"""<html><body><article><h1>%s</h1><p>The ferry came back on Friday, nine years after it had left, and the whole
of the island stood on the quay to see it, in the rain, with flags.</p><p><img src="https://coast.example/boat.png"
alt="A ferry"></p><p>Nobody spoke until the ramp came down, and then everybody did, as people do who have waited for a
long time and did not expect it any more.</p></article></body></html>"""


def png(width=64, height=48):
    image = pytest.importorskip("PIL.Image")
    made = image.new("RGBA", (width, height), (250, 10, 10, 255))
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def web():
    items = "".join(ITEM.format(n=n) for n in (1, 2, 3))
    return FakeWeb({FEED: f"<rss version='2.0'><channel><title>Coast</title>{items}</channel></rss>".encode()})


@pytest.fixture
async def tools(tmp_path, web):
    made = make_tools(tmp_path, web)
    made.library.feeds.add(FEED, now=NOW)
    await refresh(made)
    for row in made.library.stories.page(View()):
        web.pages[row.url] = Response(row.url, row.url, 200, {"content-type": "text/html"}, PAGE % row.title.encode())
        made.library.db.run("UPDATE story SET teaser = 1, whole = 0, offline = 0")
    web.asked.clear()
    yield made
    made.library.close()


def ids(tools):
    return [row.id for row in tools.library.stories.page(View())]


async def test_a_pack_makes_stories_readable_offline_and_tells_of_each(tools):
    told = []
    report = await make_pack(tools, ids(tools), told=lambda done, title: told.append((done, title)))
    assert (report.asked, report.held, report.refused) == (3, 3, [])
    assert [done for done, _ in told] == [1, 2, 3]
    assert report.sentence.startswith("3 of 3 stories read offline now (")
    assert all(row.offline for row in tools.library.stories.page(View()))


async def test_the_end_is_honest_about_what_refused(tools, web):
    rows = tools.library.stories.page(View())
    web.pages[rows[0].url] = FetchError("status", f"could not fetch {rows[0].url}", "the server says 403", status=403)
    report = await make_pack(tools, ids(tools), pictures=False)
    assert (report.held, [title for title, _ in report.refused]) == (2, [rows[0].title])
    assert f"one refused: {rows[0].title}: could not fetch {rows[0].url}: the server says 403." in report.sentence


@pytest.mark.parametrize(
    ("report", "end"),
    [
        (PackReport(3, held=1, left=[2, 3], offline=True), "; the network went away, and two wait for it."),
        (PackReport(3, held=2, left=[2, 3], offline=True), "; the network went away, and one waits for it."),
        (PackReport(2, held=2, left=[1], offline=True), "; the network went away before all comments and pictures were here."),
        (PackReport(2, held=1, left=[1], full=True), "; the budget was used up, so one was left out."),
    ],
)  # fmt: skip
def test_what_was_not_tried_adds_up_with_what_reads_offline(report, end):
    assert report.sentence.endswith(end)


async def test_the_budget_ends_it_between_two_stories(tools):
    report = await make_pack(tools, ids(tools), budget=1)
    assert report.full or report.held == 3
    some = await make_pack(tools, ids(tools) * 2, budget=10**9)
    assert some.asked == 3, "each story once"
    assert PackReport(9, 6, left=[1, 2, 3], full=True, used=2_000_000).sentence == (
        "6 of 9 stories read offline now (1.9 MB); the budget was used up, so three were left out."
    )
    assert megabytes(5000) == "4 KB"


async def test_without_a_network_the_rest_waits(tools, web):
    web.down = True
    heard = []
    errands = PackErrands()
    errands.tools, errands.tell, errands.budget = tools, heard.append, 200
    await errands.do_pack(ids(tools))
    assert heard[0] == PackProgress(0, 3)
    assert isinstance(heard[-1], PackFinished)
    assert heard[-1].offline
    assert "the network went away, and three wait for it" in heard[-1].sentence
    assert sorted(target for _, _, target in tools.library.later.all()) == sorted(map(str, ids(tools)))
    await errands.do_later()
    assert tools.library.later.count() == 3, "it is still away"
    web.down = False
    tools.library.later.put("open", "https://coast.example/1", NOW)
    await errands.do_later()
    assert heard[-1] == LaterDone("The network is back: 3 things that waited are done.", ("https://coast.example/1",))
    assert tools.library.later.count() == 0
    assert all(row.offline for row in tools.library.stories.page(View()))


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
async def test_stopping_is_at_once_and_keeps_what_came(tools, web, steps):
    gate = asyncio.Event()
    answer = web.get

    async def slow(url, **more):
        await gate.wait()
        return await answer(url, **more)

    web.get = slow
    heard = []
    errands = PackErrands()
    errands.tools, errands.tell, errands.budget = tools, heard.append, 200
    packing = asyncio.create_task(errands.do_pack(ids(tools)))
    for _ in range(steps):  # 1: before the pack has had its first turn
        await asyncio.sleep(0)
    await errands.do_stop_pack()
    await packing
    assert heard[-1] == PackFinished("Stopped: 0 of 3 were done, and stay.", stopped=True)


# what is set for a feed
@pytest.mark.parametrize(("wish", "fetched"), [("always", 3), ("never", 0), ("auto", 3)])
async def test_full_text_is_as_the_feed_has_it(tools, web, wish, fetched):
    tools.library.feeds.set_settings(1, FeedSettings(full_text=wish))
    if wish == "always":
        tools.library.db.run("UPDATE story SET teaser = 0, whole = 1")
    await make_pack(tools, ids(tools), pictures=False)
    assert len([url for url in web.urls if url != FEED]) == fetched


async def test_a_feed_whose_text_is_always_wanted_is_fetched_ahead_whatever_the_policy(tools, web):
    await prefetch(tools, {1}, lambda story: None, policy="off")
    assert web.urls == []
    tools.library.feeds.set_settings(1, FeedSettings(full_text="always"))
    tools.library.db.run("UPDATE story SET sort = ?", (NOW - 100,))
    await prefetch(tools, {1}, lambda story: None, policy="off")
    assert len(web.urls) == 3


# pictures
def test_pictures_of_an_article_come_once_each_with_their_captions():
    blocks = (
        Block("para", "x"),
        Block("image", "A ferry", href="https://a.example/1.png"),
        Block("caption", "The ferry on Friday"),
        Block("image", "Again", href="https://a.example/1.png"),
        Block("image", "", href="https://a.example/2.png"),
        Block("image", "no address"),
    )
    assert [(p.url[-5:], p.alt, p.caption) for p in pictures_of(blocks)] == [
        ("1.png", "A ferry", "The ferry on Friday"), ("2.png", "", ""),
    ]  # fmt: skip


async def test_pictures_are_fetched_small_and_kept(tools, web):
    web.pages["https://coast.example/boat.png"] = png(900, 600)
    story = ids(tools)[0]
    report = await make_pack(tools, [story])
    assert (report.pictures, report.lost_pictures) == (1, 0)
    article = tools.library.articles.get(story)
    shown = LibraryPictures(tools.library).of(article)[0].shown
    assert (shown.width, shown.height, shown.rgb[:3]) == (320, 213, bytes((250, 10, 10)))
    web.asked.clear()
    assert await fetch_pictures(tools, story) == (0, [])
    assert web.urls == []
    pictures.tidy(tools.library, room=0)
    assert LibraryPictures(tools.library).of(article)[0].shown is None


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\nnonsense", b"GIF89a" + b"\xff" * 40])
async def test_what_is_no_picture_is_a_sentence(tools, web, data):
    pytest.importorskip("PIL")
    web.pages["https://coast.example/boat.png"] = data
    report = await make_pack(tools, ids(tools)[:1])
    assert (report.pictures, report.lost_pictures, report.held) == (0, 1, 1)
    assert "one picture did not come" in report.sentence


def test_a_picture_that_claims_too_much_is_not_opened():
    from tui_news.articles.thumbnail import thumbnail
    from tui_news.models import TuinewsError

    huge = bytearray(png(8, 8))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2  # the header's width and height
    with pytest.raises(TuinewsError, match="not opened"):
        thumbnail(bytes(huge))
    assert thumbnail(png(3, 2)).rgb == bytes((250, 10, 10)) * 6


async def test_without_the_extra_nothing_is_asked_for(tools, web, monkeypatch):
    monkeypatch.setattr(pictures, "can_show", lambda: False)
    await make_pack(tools, ids(tools)[:1])
    assert "https://coast.example/boat.png" not in web.urls
