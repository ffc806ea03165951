from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_news.models import Article, Block, Entry, PlacedQuote, Route, ThreadRef
from tui_news.store import Library

WORDS = "“It is a hope,” the minister said of the “plan”."
BLOCKS = (Block("heading", "Dialogue first", level=1), Block("para", WORDS))
QUOTES = (PlacedQuote(1, 0, 15, "speech", WORDS[:15], "The minister"), PlacedQuote(1, 41, 47, "term", WORDS[41:47]))
PAGE = Article("page", BLOCKS, QUOTES, "The rest is behind a wall.", "Dialogue", "K. N.", 50, "en", 77)
FEED = Article("feed", BLOCKS[1:])
REF = ThreadRef("hn", "hn|1", (Route("algolia", "https://x.example/1"),), "https://x.example/1")


@pytest.fixture
def story(library: Library, entry: Callable[..., Entry]) -> int:
    feed_id, _ = library.feeds.add("https://a.example/feed")
    return library.stories.store(feed_id, [entry("a", teaser=True)], [], 9)[0]


def test_an_article_comes_out_as_it_went_in_and_the_page_is_preferred(library: Library, story: int) -> None:
    assert library.articles.get(story) is None
    library.articles.put(story, FEED)
    assert library.articles.get(story) == FEED
    assert library.articles.get(story, "page") is None
    library.articles.put(story, PAGE)
    assert library.articles.get(story) == PAGE
    assert library.articles.get(story, "feed") == FEED
    library.stories.prefer(story, "feed")
    assert library.articles.get(story) == FEED
    library.stories.prefer(story, "page")
    assert library.articles.get(story) == PAGE


def test_the_row_knows_the_spoken_quotes_of_the_article_that_is_shown(library: Library, story: int) -> None:
    def quotes() -> int | None:
        return library.stories.rows([story])[story].quotes

    assert quotes() is None
    library.articles.put(story, FEED)
    assert quotes() == 0
    library.articles.put(story, PAGE)
    assert quotes() == 1
    library.stories.prefer(story, "feed")
    assert quotes() == 0


def test_a_page_makes_a_teaser_whole_offline_unless_a_thread_is_missing(library: Library, story: int) -> None:
    def offline() -> bool:
        return library.stories.rows([story])[story].offline

    library.articles.put(story, FEED)
    assert not offline()
    library.articles.put(story, PAGE)
    assert offline()
    library.threads.remember_ref(story, REF)
    assert not offline()
    library.threads.put(story, REF, [], [], coverage="complete", total=0, route="algolia", warnings=(), now=9)
    assert offline()


def test_the_page_as_received_stays_until_another_comes(library: Library, story: int) -> None:
    assert library.articles.raw(story) == b""
    library.articles.put(story, PAGE, raw=b"<html>\xff")
    library.articles.put(story, PAGE, extractor=2)
    assert library.articles.raw(story) == b"<html>\xff"
    library.articles.put(story, PAGE, raw=b"<html>2")
    assert library.articles.raw(story) == b"<html>2"


def test_what_an_older_extractor_made_can_be_made_anew(library: Library, story: int) -> None:
    library.articles.put(story, PAGE)
    assert library.articles.outdated(9) == ()
    library.articles.put(story, PAGE, raw=b"<html>", extractor=2)
    assert library.articles.outdated(3) == ((story, "page"),)
    assert library.articles.outdated(2) == ()


def test_an_article_of_no_story_is_not_kept(library: Library) -> None:
    library.articles.put(999, PAGE, raw=b"x")
    assert library.articles.raw(999) == b""


def test_a_damaged_article_is_as_one_not_held(library: Library, story: int) -> None:
    library.articles.put(story, PAGE)
    library.db.run("UPDATE article SET blocks = x'00'")
    assert library.articles.get(story) is None
