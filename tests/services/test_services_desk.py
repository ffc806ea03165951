from __future__ import annotations

import pytest

from fakes import NOW, Clock, FakeWeb, item, make_tools, page, rss
from tui_news.models import Subscription, TuinewsError, View
from tui_news.services.desk import LibraryDesk
from tui_news.services.reading import fetch_article
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"


@pytest.fixture
async def tools(tmp_path):
    web = FakeWeb(
        {
            FEED: rss(item(1, "Boats"), item(2, "Storms"), item(3, "Fish")),
            "https://coast.example/1": page(
                "Boats", "“It floats,” said Ada Birk. " + "It went on for a while, as boats do. " * 20
            ),
        }
    )
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED, folder="News")
    yield made
    made.library.close()


@pytest.fixture
def desk(tools):
    return LibraryDesk(tools.library, Clock())


def ids(desk):
    return [row.id for row in desk.stories(View())]


def test_counts_and_lists(desk):
    counts = desk.counts()
    assert (counts.unread, counts.total, counts.starred, counts.feeds) == (3, 3, 0, 1)
    assert desk.size(View()) == 3
    assert desk.feeds()[0].unread == 3
    assert [row.title for row in desk.stories(View())] == ["Fish", "Storms", "Boats"]
    assert not desk.changed()


def test_reading_is_undone_in_words(desk):
    first = ids(desk)[0]
    desk.set_read([first], True)
    assert desk.counts().unread == 2
    desk.set_read([first], True)
    assert desk.undo() == "marking 1 story read" or desk.counts().unread == 3
    assert desk.counts().unread == 3
    assert desk.undo() is None


def test_mark_all_read_is_one_act(desk):
    desk.set_starred([ids(desk)[0]], True)
    assert desk.mark_all_read(View()) == 3
    assert desk.counts().unread == 0
    assert desk.mark_all_read(View()) == 0
    assert "3 stories" in desk.undo()
    assert desk.counts().unread == 3
    assert "starring" in desk.undo()
    assert desk.counts().starred == 0


def test_today_is_the_last_day_in_the_list_as_in_the_count(desk, tools):
    first, second, third = ids(desk)
    tools.library.db.run("UPDATE story SET sort = ? WHERE id = ?", (NOW - 86_401, second))
    today = View("today")
    assert [row.id for row in desk.stories(today)] == [first, third]
    assert desk.size(today) == desk.counts().today == 2
    assert desk.mark_all_read(today) == 2
    assert desk.counts().unread == 1
    assert desk.next_unread(today, None) is None


def test_several_acts_name_their_number(desk):
    desk.set_read(ids(desk), True)
    assert "3 stories" in desk.undo()
    desk.set_starred(ids(desk), True)
    desk.set_starred(ids(desk)[:1], False)
    assert "star off" in desk.undo()
    assert desk.counts().starred == 3


async def test_a_story_opens_with_what_is_held(desk, tools):
    boats = next(row.id for row in desk.stories(View()) if row.title == "Boats")
    opened = desk.open(boats)
    assert opened.article.source == "feed"
    assert opened.thread is None
    await fetch_article(tools, boats)
    assert desk.open(boats).article.source == "page"
    assert [(name, len(quotes)) for name, quotes in desk.speakers(boats)] == [("Ada Birk", 1)]
    assert desk.prefer(boats, "feed").article.source == "feed"
    assert desk.prefer(boats, "page").article.source == "page"
    assert desk.open(999) is None
    assert desk.speakers(999) == ()
    assert desk.prefer(999, "feed") is None


def test_the_place_is_kept(desk):
    desk.save_position(ids(desk)[0], "block:3:0")
    assert desk.open(ids(desk)[0]).position == "block:3:0"


def test_unsubscribing_is_undone(desk):
    assert desk.remove_feed(desk.feeds()[0].id) == "Coast Post"
    assert desk.feeds() == ()
    assert ids(desk) == []
    assert "Coast Post" in desk.undo()
    assert len(ids(desk)) == 3
    assert desk.remove_feed(999) == ""


def test_editing_is_undone(desk):
    feed = desk.feeds()[0]
    desk.edit_feed(feed.id, title="The Coast", folder="Sea")
    assert (desk.feeds()[0].title, desk.feeds()[0].folder) == ("The Coast", "Sea")
    desk.undo()
    assert (desk.feeds()[0].title, desk.feeds()[0].folder) == ("Coast Post", "News")
    desk.edit_feed(999, title="x")
    desk.edit_feed(feed.id)
    assert desk.feeds()[0].title == "Coast Post"


def test_subscribing_to_several_is_one_act(desk):
    wanted = [Subscription("https://a.example/feed", "A", "", "F"), Subscription(FEED)]
    assert desk.subscribe(wanted) == 1
    assert len(desk.feeds()) == 2
    assert "1 feed" in desk.undo()
    assert len(desk.feeds()) == 1
    assert desk.subscribe([Subscription(FEED)]) == 0
    assert len(desk.starter()) >= 15


def test_opml_is_imported(desk, tmp_path):
    file = tmp_path / "subs.opml"
    file.write_text('<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>')
    assert desk.import_file(str(file)) == (1, 0)
    assert desk.import_file(str(file)) == (0, 1)
    with pytest.raises(TuinewsError, match="could not be read"):
        desk.import_file(str(tmp_path / "none.opml"))
    file.write_text("this is no opml")
    with pytest.raises(TuinewsError):
        desk.import_file(str(file))


def test_a_huge_file_is_refused(desk, tmp_path):
    file = tmp_path / "huge.opml"
    with file.open("wb") as stream:
        stream.truncate(33 * 1024 * 1024)
    with pytest.raises(TuinewsError, match="larger than 32 MB"):
        desk.import_file(str(file))


def test_search_finds_words(desk):
    while desk.library.search.update():
        pass
    hits = desk.search("storms")
    assert [hit.row.title for hit in hits] == ["Storms"]
    with pytest.raises(TuinewsError):
        desk.search("   ")


def test_next_unread_walks_on(desk):
    first, second, third = (row for row in desk.stories(View()))
    assert desk.next_unread(View(), first.key).id == second.id
    assert desk.next_unread(View(), second.key, back=True).id == first.id
    desk.set_read([second.id], True)
    assert desk.next_unread(View(), first.key).id == third.id
    assert desk.rows([first.id])[first.id].title == first.title


async def test_thread_state_is_written(desk, tools):
    from tui_news.models import Comment, Route, ThreadRef

    story = ids(desk)[0]
    ref = ThreadRef("hackernews", "hn|1", (Route("algolia", "https://x.example"),), "https://x.example/1")
    comments = (Comment("1", None, "A", NOW, first_gen=1), Comment("2", "1", "B", NOW, first_gen=1))
    tools.library.threads.put(
        story, ref, comments, (), coverage="complete", total=2, route="algolia", warnings=(), now=NOW
    )
    desk.save_folds(story, {"1": True})
    desk.mark_seen(story, ["1"])
    desk.mark_seen(story, [], leave=True)
    desk.set_order(story, "newest")
    thread = desk.open(story).thread
    assert [(one.fold, one.seen) for one in thread.comments] == [(True, True), (None, False)]
    assert (thread.seen_gen, thread.order) == (1, "newest")
    desk.close()


def test_what_opening_a_story_needs_can_be_loaded_beforehand():
    import sys

    from tui_news.services.warming import NEEDED, warm

    warm()
    assert set(NEEDED) <= set(sys.modules)
