from __future__ import annotations

import pytest

from fakes import Clock, FakeWeb, item, make_tools, page, rss
from tui_news.models import Block, TuinewsError, View
from tui_news.services.desk import LibraryDesk
from tui_news.services.reading import fetch_article
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"
PAD = "It went on for a while, as boats do. " * 20


@pytest.fixture
async def tools(tmp_path):
    web = FakeWeb(
        {
            FEED: rss(item(1, "Boats"), item(2, "Storms")),
            "https://coast.example/1": page("Boats", "“It floats and it will go on floating,” said Ada Birk. " + PAD),
            "https://coast.example/2": page("Storms", "Birk said: “It floats and it will go on floating.” " + PAD),
        }
    )
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED)
    for row in made.library.stories.page(View()):
        await fetch_article(made, row.id)
    made.library.quotes.update()
    yield made
    made.library.close()


@pytest.fixture
def desk(tools):
    return LibraryDesk(tools.library, Clock())


@pytest.fixture
def boats(desk):
    return next(row.id for row in desk.stories(View()) if row.title == "Boats")


def test_a_page_per_speaker(desk):
    (ada,) = desk.quotes.speakers("birk")
    assert (ada.name, ada.quotes, ada.stories, ada.spellings) == ("Ada Birk", 2, 2, ("Birk",))
    assert [quote.title for quote in desk.quotes.of("Ada Birk")] == ["Storms", "Boats"]
    assert desk.quotes.of("nobody at all") == ()


def test_said_again_names_the_other_story(desk, boats):
    (quote,) = desk.quotes.in_story(boats)
    (again,) = desk.quotes.said_again(boats, quote.text)
    assert (again.quote.title, again.relation) == ("Storms", "same")


def test_the_readers_word_shows_when_the_story_opens_and_is_undone(desk, boats):
    quote = desk.open(boats).article.quotes[0]
    assert desk.quotes.set_speaker(boats, quote, "Olav\tNess") == "naming Olav Ness as a quote's speaker"
    opened = desk.open(boats).article.quotes[0]
    assert (opened.speaker, opened.how, opened.sure) == ("Olav Ness", "reader", True)
    assert desk.quotes.set_speaker(boats, quote, None) == "taking a quote's speaker away"
    assert desk.open(boats).article.quotes[0].speaker is None
    assert desk.undo() == "taking a quote's speaker away"
    assert desk.open(boats).article.quotes[0].speaker == "Olav Ness"
    desk.undo()
    assert desk.open(boats).article.quotes[0].speaker == "Ada Birk"


def test_merging_shows_when_the_story_opens_and_is_undone(desk, boats):
    assert desk.quotes.merge("Ada Birk", "A. B. Birk") == "merging Ada Birk into A. B. Birk"
    assert desk.open(boats).article.quotes[0].speaker == "A. B. Birk"
    assert [one.name for one in desk.quotes.speakers()] == ["A. B. Birk"]
    assert desk.undo() == "merging Ada Birk into A. B. Birk"
    assert desk.open(boats).article.quotes[0].speaker == "Ada Birk"


@pytest.mark.parametrize(("name", "into"), [("Ada", "Ada"), ("", "Ada"), ("Ada", " \t ")])
def test_what_cannot_be_merged_is_a_sentence(desk, name, into):
    with pytest.raises(TuinewsError, match="not merged"):
        desk.quotes.merge(name, into)


def test_a_comment_that_quotes_the_article_is_placed_in_it(desk, boats):
    blocks = desk.open(boats).article.blocks
    said = (Block("para", "It floats and it will go on floating", quote=1), Block("para", "Does it?"))
    first, second = desk.quotes.cited([said, (Block("para", "Well."),)], blocks)
    (link,) = first
    assert blocks[link.target].text[link.at : link.until] == "It floats and it will go on floating"
    assert (link.block, link.start, second) == (0, 0, ())
