"""Quotes across the library: indexed, found, said again, and under the reader's own word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_news.models import Article, Block, Entry, PlacedQuote
from tui_news.paths import Paths
from tui_news.store import Library
from tui_news.store.connection import Db, connect
from tui_news.store.migrate import migrate
from tui_news.store.rescue import rescue
from tui_news.store.schema import MIGRATIONS
from tui_news.text.codec import pack_blocks, pack_quotes
from tui_news.text.quotes import DETECTOR, quotes_in

LONG = "We shall mend the sea wall before the first storm of the winter comes in"


@pytest.fixture
def feed(library: Library) -> int:
    return library.feeds.add("https://a.example/feed", title="Coast Post")[0]


@pytest.fixture
def put(library: Library, feed: int, entry: Callable[..., Entry]) -> Callable[..., int]:
    """Stores a story of these paragraphs, with the quotes that are found in them; its id."""

    def make(name: str, *texts: str, feed_id: int = feed, sort: int = 1000, detector: int = DETECTOR) -> int:
        story = library.stories.store(feed_id, [entry(name, sort=sort)], [], 9)[0]
        blocks = tuple(Block("para", text) for text in texts)
        library.articles.put(story, Article("page", blocks, quotes_in(blocks)), detector=detector)
        library.quotes.update()
        return story

    return make


def names(library: Library, match: str = "") -> list[tuple[str, int]]:
    return [(one.name, one.quotes) for one in library.quotes.speakers(match)]


def test_quotes_are_indexed_with_their_place_and_story(library: Library, put: Callable[..., int]) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk on the quay.", sort=500)
    (quote,) = library.quotes.of("ada birk")
    assert (quote.story_id, quote.block, quote.start, quote.text) == (story, 0, 0, f"“{LONG},”")
    assert (quote.speaker, quote.how, quote.sure) == ("Ada Birk", "stated", True)
    assert (quote.title, quote.feed, quote.when) == ("Story wall", "Coast Post", 500)
    assert library.quotes.update() == 0


def test_a_quote_of_an_article_that_changed_is_gone(library: Library, put: Callable[..., int]) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    library.articles.put(story, Article("page", (Block("para", "No words were said."),)))
    assert library.quotes.update() == 1
    assert library.quotes.of("Birk") == ()
    assert library.quotes.said_again(0, LONG) == ()


def test_the_article_that_the_reader_prefers_is_the_one_that_counts(library: Library, put: Callable[..., int]) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    library.articles.put(story, Article("feed", (Block("para", "Ada Birk spoke."),)))
    library.quotes.update()
    assert len(library.quotes.in_story(story)) == 1
    library.stories.prefer(story, "feed")
    library.quotes.update()
    assert library.quotes.in_story(story) == ()


def test_an_older_detectors_quotes_are_found_anew(library: Library, put: Callable[..., int]) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    text = f"“{LONG},” said Ada Birk."
    old = (PlacedQuote(0, 0, 10, "speech", text[:10], "Nobody"),)
    library.articles.put(story, Article("page", (Block("para", text),), old), detector=1)
    library.quotes.update()
    assert [quote.speaker for quote in library.quotes.in_story(story)] == ["Ada Birk"]
    held = library.articles.get(story)
    assert held is not None
    assert [(quote.speaker, quote.how) for quote in held.quotes] == [("Ada Birk", "stated")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Odd Roger Enoksen", "odd roger ENOKSEN"),
        ("Åse Ødegård", "Ase Odegard"),
        ("Minister Ada Birk", "Ada Birk"),
        ("Ada Birk (Lab.)", "Ada Birk"),
        ("Odd Roger Enoksen", "Odd Enoksen"),
        ("Odd Roger Enoksen", "Enoksen"),
    ],
)
def test_one_person_in_two_spellings(library: Library, put: Callable[..., int], first: str, second: str) -> None:
    one = put("one", "“We are going home now,” said the writer of it.")
    two = put("two", "“We are not going home,” said the writer of it.")
    for story, name in ((one, first), (two, second)):
        (quote,) = library.quotes.in_story(story)
        library.quotes.set_speaker(story, quote.text, name, 5)
    (speaker,) = library.quotes.speakers()
    assert (speaker.quotes, speaker.stories) == (2, 2)
    assert {speaker.name, *speaker.spellings} == {first, second}
    assert library.quotes.stories_of(second) == {one, two}


def test_a_surname_that_two_have_stays_apart(library: Library, put: Callable[..., int]) -> None:
    put("one", "“We are going home now,” said Ada Birk.")
    put("two", "“We are not going home,” said Olav Birk.")
    put("three", "“Perhaps we stay here,” said Birk.")
    assert sorted(names(library)) == [("Ada Birk", 1), ("Birk", 1), ("Olav Birk", 1)]


def test_a_surname_in_another_paper_stays_apart(library: Library, put: Callable[..., int]) -> None:
    other, _ = library.feeds.add("https://b.example/feed", title="Hill Post")
    put("one", "“We are going home now,” said Ada Birk.")
    put("two", "“Perhaps we stay here,” said Birk.", feed_id=other)
    assert sorted(names(library)) == [("Ada Birk", 1), ("Birk", 1)]


def test_words_find_speakers_and_quotations(library: Library, put: Callable[..., int]) -> None:
    one = put("one", f"“{LONG},” said Ada Birk. The “sea wall” stands.")
    two = put("two", "“Nobody asked me about it,” said Olav Ness.")
    assert library.quotes.stories_of("bir") == {one}
    assert library.quotes.stories_of("nobody here") == frozenset()
    assert library.quotes.stories_quoting("SEA wall before") == {one}
    assert library.quotes.stories_quoting("ask") == frozenset()
    assert library.quotes.stories_quoting("ask*") == {two}
    assert library.quotes.stories_quoting("  ") == frozenset()


def test_said_again_and_who_cut_it(library: Library, put: Callable[..., int]) -> None:
    whole = put("whole", f"“{LONG}, and everybody knows it,” said Ada Birk.", sort=100)
    same = put("same", f"Ada Birk said: “{LONG}, and everybody knows it.”", sort=200)
    cut = put("cut", f"“{LONG},” Birk said.", sort=300)
    put("other", "“We shall mend nothing at all this winter,” said Ada Birk.", sort=400)
    found = library.quotes.said_again(whole, f"“{LONG}, and everybody knows it,”")
    assert [(again.quote.story_id, again.relation, again.lacks) for again in found] == [
        (same, "same", 0),
        (cut, "shorter", 4),
    ]
    back = library.quotes.said_again(cut, f"“{LONG},”")
    assert [(again.quote.story_id, again.relation) for again in back] == [(whole, "longer"), (same, "longer")]


def test_a_few_words_cut_from_a_longer_quotation(library: Library, put: Callable[..., int]) -> None:
    whole = put("whole", f"“{LONG},” said Ada Birk.", sort=100)
    cut = put("cut", "Birk said they would “mend the sea wall before” long.", sort=200)
    put("chance", "“Mend the sea wall before,” said Olav Ness.", sort=300)
    assert [(a.quote.story_id, a.relation) for a in library.quotes.said_again(whole, LONG)] == [(cut, "shorter")]
    back = library.quotes.said_again(cut, "mend the sea wall before")
    assert [(a.quote.story_id, a.relation) for a in back] == [(whole, "longer")]


def test_short_words_are_not_said_again(library: Library, put: Callable[..., int]) -> None:
    one = put("one", "“No comment,” said Ada Birk.")
    put("two", "“No comment,” said Olav Ness.")
    assert library.quotes.said_again(one, "“No comment,”") == ()


def test_what_the_reader_set_outlives_a_new_detection_and_a_new_story(
    library: Library, put: Callable[..., int], entry: Callable[..., Entry], feed: int
) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    op = library.quotes.set_speaker(story, f"“{LONG},”", "Olav Ness", 5)
    assert names(library) == [("Olav Ness", 1)]
    assert library.quotes.in_story(story)[0].how == "reader"
    # Extracted anew, with a word more inside the marks; then under a new identity.
    blocks = (Block("para", f"“{LONG}, she knows,” said Ada Birk."),)
    library.articles.put(story, Article("page", blocks, quotes_in(blocks)))
    library.stories.store(feed, [], [(story, entry("wall", identity="id:renamed"))], 9)
    library.quotes.update()
    assert names(library) == [("Olav Ness", 1)]
    article = library.articles.get(story)
    assert article is not None
    assert [quote.speaker for quote in library.quotes.corrected(story, article.quotes)] == ["Olav Ness"]
    assert op["was"] is None


def test_setting_is_undone(library: Library, put: Callable[..., int]) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    first = library.quotes.set_speaker(story, f"“{LONG},”", "Olav Ness", 5)
    second = library.quotes.set_speaker(story, f"“{LONG},”", None, 6)
    assert names(library) == []
    library.journal.record("setting a speaker", [first], now=5)
    library.journal.record("setting a speaker", [second], now=6)
    assert library.journal.undo() == "setting a speaker"
    assert names(library) == [("Olav Ness", 1)]
    library.journal.undo()
    assert names(library) == [("Ada Birk", 1)]


def test_merging_two_speakers_and_taking_it_back(library: Library, put: Callable[..., int]) -> None:
    one = put("one", "“We are going home now,” said Ada Birk.")
    two = put("two", "“We are not going home,” the harbour master said.")
    op = library.quotes.merge("the harbour master", "Ada Birk", 7)
    assert names(library) == [("Ada Birk", 2)]
    assert library.quotes.stories_of("Ada Birk") == {one, two}
    article = library.articles.get(two)
    assert article is not None
    assert [quote.speaker for quote in library.quotes.corrected(two, article.quotes)] == ["Ada Birk"]
    library.journal.record("merging", [op], now=7)
    library.journal.undo()
    assert sorted(names(library)) == [("Ada Birk", 1), ("The harbour master", 1)] or sorted(names(library)) == [
        ("Ada Birk", 1),
        ("the harbour master", 1),
    ]


def test_merging_the_other_way_round_does_not_hang(library: Library, put: Callable[..., int]) -> None:
    put("one", "“We are going home now,” said Ada Birk.")
    put("two", "“We are not going home,” said Olav Ness.")
    library.quotes.merge("Ada Birk", "Olav Ness", 7)
    library.quotes.merge("Olav Ness", "Ada Birk", 8)
    assert names(library) == [("Ada Birk", 2)]


def test_a_library_of_the_first_schema_has_its_quotes_indexed(paths: Paths, opened: Callable[..., Library]) -> None:
    paths.library.parent.mkdir(parents=True)
    db = Db(connect(paths.library), paths.library)
    migrate(db, MIGRATIONS[:1])
    db.run("INSERT INTO feed(url) VALUES ('https://a.example/feed')")
    db.run("INSERT INTO story(feed_id, identity, sort, first_seen) VALUES (1, 'a', 5, 5)")
    blocks = (Block("para", f"“{LONG},” said Ada Birk."),)
    packed = (pack_blocks(blocks), pack_quotes([]))
    db.run("INSERT INTO article(story_id, source, blocks, quotes) VALUES (1, 'page', ?, ?)", packed)
    db.close()
    library = opened()
    assert library.quotes.update() == 1
    assert names(library) == [("Ada Birk", 1)]
    assert library.stories.rows([1])[1].quotes == 1


def test_a_rescued_library_keeps_what_the_reader_set(
    library: Library, put: Callable[..., int], paths: Paths, opened: Callable[..., Library]
) -> None:
    story = put("wall", f"“{LONG},” said Ada Birk.")
    library.quotes.set_speaker(story, f"“{LONG},”", "Olav Ness", 5)
    library.quotes.merge("Olav Ness", "Olav R. Ness", 6)
    library.close()
    rescue(paths.library, 9, lambda db: None)
    again = opened()
    again.quotes.update()
    assert names(again) == [("Olav R. Ness", 1)]


def test_a_removed_feeds_quotes_are_not_shown(library: Library, put: Callable[..., int], feed: int) -> None:
    put("one", "“We are going home now,” said Ada Birk.")
    library.feeds.remove(feed)
    assert (names(library), library.quotes.of("Ada Birk")) == ([], ())
    library.feeds.restore(feed)
    assert names(library) == [("Ada Birk", 1)]
