from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Article, Block, Comment, Entry, LibraryError, ThreadRef
from tui_news.paths import Paths
from tui_news.store import Library, LibraryBusy, index_schema, ranking
from tui_news.store import search as search_module
from tui_news.store.at_hand import AtHand
from tui_news.store.snippets import snippet
from tui_news.text.query.nodes import QueryError
from tui_news.text.query.parse import parse
from tui_news.text.query.words import CJK, fold, pattern, spaced
from tui_news.text.sanitize import is_safe
from tui_news.text.stripped import stripped

Open = Callable[..., Library]
Make = Callable[..., Entry]
REF = ThreadRef("hn", "hn|1", (), "https://x.example/1")


@pytest.fixture
def feed(library: Library) -> int:
    return library.feeds.add("https://a.example/feed")[0]


def index(library: Library) -> int:
    total = 0
    while done := library.search.update():
        total += done
    return total


def found(library: Library, words: str, limit: int = 100) -> list[int]:
    return [hit.story_id for hit in library.finder.find(words, limit)]


def light(words: str) -> re.Pattern[str]:
    made = pattern(parse(words))
    assert made is not None
    return made


def lit(library: Library, words: str) -> list[str]:
    hit = library.finder.find(words)[0]
    return [hit.snippet[start:end] for start, end in hit.marks]


def test_title_author_body_and_comments_are_found_the_title_first(library: Library, feed: int, entry: Make) -> None:
    ids = library.stories.store(
        feed,
        [
            entry("a", html="<p>One <b>storm</b> among many other words of a long enough story.</p>"),
            entry("b", title="Storm closes the road", html="<p>Wind.</p>"),
            entry("c", author="Kari Storm"),
            entry("d"),
            entry("e"),
        ],
        [],
        9,
    )
    comments = [Comment("1", None, "Ola Stormen", 5, blocks=(Block("para", "What a storm!"),))]
    library.threads.put(ids[3], REF, comments, [], coverage="complete", total=1, route="x", warnings=(), now=9)
    assert index(library) == 5
    assert found(library, "storm")[0] == ids[1]
    assert set(found(library, "STORM")) == set(ids[:4])
    assert found(library, "stormen") == [ids[3]]
    assert set(found(library, "storm*")) == set(ids[:4])
    assert found(library, "storm", limit=2) == found(library, "storm")[:2]
    assert found(library, "storm", limit=0) == []
    assert lit(library, "ola storm") == ["Ola", "storm"]


def test_all_words_are_wanted_and_phrases_stand_together(library: Library, feed: int, entry: Make) -> None:
    ids = library.stories.store(
        feed, [entry("a", html="first and foremost a hope"), entry("b", html="foremost, and then first")], [], 9
    )
    index(library)
    assert set(found(library, "first foremost")) == set(ids)
    assert found(library, '"first and foremost"') == ids[:1]
    assert found(library, 'hope "and foremost"') == ids[:1]
    assert found(library, "first hopeless") == []
    assert lit(library, '"and foremost"') == ["and foremost"]


def test_marks_and_case_do_not_matter_and_scripts_without_spaces_are_found(
    library: Library, feed: int, entry: Make
) -> None:
    ids = library.stories.store(
        feed,
        [
            entry("a", html="Café Zürich i Ærø"),
            entry("b", html="東京は日本の首都です"),
            entry("c", html="서울은 큰 도시다"),
        ],
        [],
        9,
    )
    index(library)
    assert found(library, "cafe zurich") == ids[:1]
    assert found(library, "CAFÉ ærø") == ids[:1]
    assert found(library, "日本") == ids[1:2]
    assert found(library, "本日") == []
    assert found(library, "서울") == ids[2:]
    assert lit(library, "cafe") == ["Café"]
    assert lit(library, "日本") == ["日本"]


def test_words_with_any_ending_are_sought_in_titles_first_and_the_first_hits_stay_the_first(
    library: Library, feed: int, entry: Make
) -> None:
    made = [
        entry(f"{n}", title=f"Storms {n}" if n % 3 == 0 else f"Calm {n}", html=f"<p>{'Stormy. ' * (n % 3)}</p>", sort=n)
        for n in range(60)
    ]
    ids = library.stories.store(feed, made, [], 99)
    library.stories.set_read(ids[:30], True)
    index(library)
    titled = [ids[n] for n in range(57, -1, -3)]
    assert found(library, "sto*")[:20] == titled
    assert set(found(library, "sto*")) == set(ids)
    for query in ("sto*", "sto* is:unread", "sto* OR stormy", "-calm sto*"):
        every = found(library, query)
        assert all(found(library, query, limit) == every[:limit] for limit in (0, 1, 5, 20, 25))


def test_titles_that_fill_the_answer_spare_the_texts(library: Library, feed: int, entry: Make) -> None:
    library.stories.store(feed, [entry(f"{n}", title=f"Storms {n}") for n in range(9)], [], 9)
    index(library)
    asked: list[str] = []
    library.finder.indexed(lambda db: db.conn.set_trace_callback(asked.append))
    for limit, questions in ((5, 1), (50, 3)):
        asked.clear()
        found(library, "st*", limit)
        assert len([sql for sql in asked if "MATCH" in sql]) == questions
    library.finder.indexed(lambda db: db.conn.set_trace_callback(None))


@pytest.mark.parametrize("words", ["", "   ", '"', '""', "* * *", "—", "\0", "_", "()"])
def test_a_query_without_a_word_is_a_sentence(library: Library, words: str) -> None:
    with pytest.raises(QueryError):
        library.finder.find(words)


def test_no_query_can_be_misread(library: Library, feed: int, entry: Make) -> None:
    """Whatever is typed, it is words to FTS5: never its syntax."""
    library.stories.store(feed, [entry("a")], [], 9)
    index(library)

    @given(st.text(max_size=30) | st.text(alphabet="ab\"*():^-+{}NEAROT \0'\ud800", max_size=30))
    def holds(words: str) -> None:
        with suppress(QueryError):
            library.finder.find(words)

    holds()


@pytest.mark.parametrize(
    "words", ["NEAR(the of)", "title:the", "the^", "{the} : of", "the NEAR/2 of", "^the", "the + of"]
)
def test_the_operators_of_fts5_are_plain_words(library: Library, words: str) -> None:
    assert library.finder.find(words) == ()


def test_changed_stories_are_found_by_their_new_words_only(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a", html="alpha")], [], 9)
    index(library)
    library.stories.store(feed, [], [(story, entry("a", html="beta"))], 9)
    assert found(library, "alpha") == [story]
    assert index(library) == 1
    assert found(library, "alpha") == []
    assert found(library, "beta") == [story]
    library.articles.put(story, Article("page", (Block("para", "gamma"),)))
    assert index(library) == 1
    assert found(library, "beta") == []
    assert found(library, "gamma") == [story]


def test_stories_of_removed_feeds_and_deleted_ones_are_not_found(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a", html="alpha")], [], 9)
    index(library)
    library.feeds.remove(feed)
    assert found(library, "alpha") == []
    library.feeds.restore(feed)
    assert found(library, "alpha") == [story]
    library.db.run("DELETE FROM story")
    assert found(library, "alpha") == []
    library.db.run("INSERT INTO dirty(story_id) VALUES (?)", (story,))
    assert index(library) == 1


def test_very_common_words_give_the_newest(
    library: Library, feed: int, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "FEW", 5)
    ids = library.stories.store(feed, [entry(str(n), html="the " * (20 - n)) for n in range(9)], [], 9)
    index(library)
    assert set(found(library, "the")) == set(ids[-5:])


def test_update_keeps_to_its_limit_in_order(library: Library, feed: int, entry: Make) -> None:
    ids = library.stories.store(feed, [entry(str(n)) for n in range(250)], [], 9)
    assert library.search.update(limit=120) == 120
    assert set(found(library, "words", limit=500)) == set(ids[:120])
    assert library.search.update(limit=500) == 130
    assert library.search.update() == 0


# the file may be deleted, damaged, replaced at any time
@pytest.mark.parametrize("damage", ["delete", "garbage", "cut", "older", "dropped", "odd"])
@pytest.mark.parametrize("live", [True, False])
def test_a_lost_or_damaged_index_is_made_anew(
    library: Library, feed: int, entry: Make, paths: Paths, opened: Open, damage: str, live: bool
) -> None:
    ids = library.stories.store(feed, [entry(str(n), html="alpha " * 50) for n in range(30)], [], 9)
    index(library)
    if not live:
        library.close()
        library = opened()
    if damage == "delete":
        for file in paths.cache.iterdir():
            file.unlink()
    elif damage == "garbage":
        library.search.close()
        paths.index.write_bytes(b"\xa5" * 40_000)
    elif damage == "cut":
        library.search.close()
        paths.index.write_bytes(paths.index.read_bytes()[:20_000])
    elif damage == "odd":
        library.search.rebuild()
        conn = sqlite3.connect(paths.index)
        conn.execute("CREATE TABLE words(x)")
        conn.close()
    else:
        conn = sqlite3.connect(paths.index)
        conn.execute("PRAGMA user_version=99" if damage == "older" else "DROP TABLE doc")
        conn.commit()
        conn.close()
        library.search.close()
    assert index(library) in (0, 30)
    library.finder.find("alpha")
    index(library)
    assert set(found(library, "alpha")) == set(ids)


def test_an_index_in_the_first_order_of_columns_serves_on_and_its_titles_still_weigh_most(
    library: Library, feed: int, entry: Make, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = index_schema.ORDERS[1]
    first = tuple(one.replace("body, comments, title, author", ", ".join(columns)) for one in index_schema._SCHEMA)
    with monkeypatch.context() as then:
        then.setattr(index_schema, "VERSION", 1)
        then.setattr(index_schema, "_SCHEMA", first)
        text, titled = library.stories.store(
            feed, [entry("a", html="<p>storm storm storm</p>"), entry("b", title="A storm", html="x")], [], 9
        )
        index(library)
        library.search.close()
        library.finder.close()
    assert found(library, "storm") == [titled, text]
    assert found(library, "title:storm") == [titled]
    (last,) = library.stories.store(feed, [entry("c", title="Storm, a storm", html="y")], [], 9)
    index(library)
    assert set(found(library, "title:storm")) == {titled, last}
    library.search.rebuild()
    index(library)
    assert found(library, "storm")[-1] == text
    assert sqlite3.connect(paths.index).execute("PRAGMA user_version").fetchone() == (index_schema.VERSION,)


def test_an_index_of_another_library_is_not_believed(
    library: Library, feed: int, entry: Make, paths: Paths, opened: Open
) -> None:
    library.stories.store(feed, [entry("a", html="alpha")], [], 9)
    index(library)
    library.close()
    for file in paths.data.glob("library.db*"):
        file.unlink()
    library = opened()
    library.feeds.add("https://b.example/feed")
    library.stories.store(1, [entry("b", html="beta")], [], 9)
    assert found(library, "alpha") == []
    assert index(library) == 1
    assert found(library, "beta") == [1]


def test_marks_read_into_a_replaced_index_are_not_struck_off(
    library: Library, feed: int, entry: Make, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process indexes while another throws the index away: no story may be lost between the two."""
    ids = library.stories.store(feed, [entry(str(n), html="alpha") for n in range(3)], [], 9)
    index(library)
    library.stories.store(feed, [], [(story, entry(str(n), html="beta")) for n, story in enumerate(ids)], 9)
    other = opened()
    real = library.search._index

    def replaced_meanwhile(conn: sqlite3.Connection, story_ids: list[int], at_hand: AtHand | None) -> None:
        real(conn, story_ids, at_hand)
        other.search.rebuild()
        assert other.finder.find("beta") == ()

    monkeypatch.setattr(library.search, "_index", replaced_meanwhile)
    library.search.update(limit=3)
    monkeypatch.undo()
    assert index(library) == 3
    assert set(found(library, "beta")) == set(ids)
    assert set(found(other, "beta")) == set(ids)


def test_an_index_of_mostly_outdated_rows_is_made_anew(
    library: Library, feed: int, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "WASTE", 3)
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    for number in range(8):
        library.stories.store(feed, [], [(story, entry("a", html=f"word{number}"))], 9)
        index(library)
    conn = sqlite3.connect(library.paths.index)
    assert conn.execute("SELECT max(docid) FROM doc").fetchone()[0] < 6
    conn.close()
    assert found(library, "word7") == [story]


def test_a_busy_index_is_left_to_the_other_process(
    library: Library, feed: int, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "PATIENCE", 1)
    library.stories.store(feed, [entry("a", html="alpha")], [], 9)
    library.finder.find("alpha")
    conn = sqlite3.connect(library.paths.index, isolation_level=None)
    conn.execute("BEGIN IMMEDIATE")
    assert library.search.update() == 0
    assert found(library, "alpha") == []
    conn.execute("ROLLBACK")
    conn.close()
    assert library.search.update() == 1


@pytest.mark.parametrize("rolled_back", [False, True])
def test_a_failed_write_leaves_the_index_as_it_was(
    library: Library, feed: int, entry: Make, monkeypatch: pytest.MonkeyPatch, rolled_back: bool
) -> None:
    ids = library.stories.store(feed, [entry("a", html="alpha"), entry("b", html="alpha")], [], 9)
    real = search_module._put

    def fail_late(conn: sqlite3.Connection, *args: object) -> None:
        real(conn, *args)  # type: ignore[arg-type]
        if rolled_back:  # as SQLite does by itself on some faults
            conn.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(search_module, "_put", fail_late)
    with pytest.raises(LibraryError, match="may be deleted at any time"):
        library.search.update()
    monkeypatch.undo()
    assert found(library, "alpha") == []
    assert library.search.update() == 2
    assert set(found(library, "alpha")) == set(ids)


def test_a_cache_that_cannot_be_written_is_a_sentence(library: Library, paths: Paths) -> None:
    paths.cache.rmdir()
    paths.cache.write_text("a file")
    with pytest.raises(LibraryError, match="check the cache folder"):
        library.finder.find("alpha")


def test_an_index_that_cannot_be_removed_is_a_sentence(library: Library, paths: Paths) -> None:
    paths.index.mkdir()
    with pytest.raises(LibraryError, match="check the cache folder"):
        library.search.rebuild()


def test_a_python_without_fts5_says_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_module(*_: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(search_module, "open_index", no_module)
    with pytest.raises(LibraryError, match="without FTS5"):
        library.finder.find("alpha")


def test_damage_of_the_library_itself_is_not_the_indexs(library: Library, feed: int, entry: Make) -> None:
    library.stories.store(feed, [entry("a")], [], 9)
    index(library)
    library.db.run("DROP TABLE memo")
    with pytest.raises(LibraryError, match="The library"):
        library.finder.find("alpha")
    assert library.paths.index.exists()


def test_a_readonly_library_searches_what_is_there(library: Library, feed: int, entry: Make, opened: Open) -> None:
    ids = library.stories.store(feed, [entry("a", html="alpha")], [], 9)
    index(library)
    assert found(opened(readonly=True), "alpha") == ids


def test_a_library_that_is_busy_stops_the_update(library: Library, feed: int, entry: Make, opened: Open) -> None:
    library.stories.store(feed, [entry("a")], [], 9)
    library.finder.find("alpha")
    library.patience(1)
    other = opened()
    with other.write():
        assert library.search.update() == 0
    assert library.search.update() == 1
    with other.write(), pytest.raises(LibraryBusy), library.write():
        pass


# snippets
def test_a_snippet_is_one_clean_line_around_the_words() -> None:
    text = "Before. " * 40 + "The minister\x1b[31m said\n“hope” is first. " + "After. " * 40
    line, marks = snippet(light("hope"), (text,))
    assert is_safe(line)
    assert "\n" not in line
    assert len(line) <= 162
    assert (line[0], line[-1]) == ("…", "…")
    assert [line[start:end] for start, end in marks] == ["hope"]


def test_a_snippet_of_a_text_without_the_words_is_its_start() -> None:
    assert snippet(light("zebra"), ("", "Some text.\nMore.")) == ("Some text. More.", ())
    assert snippet(light("zebra"), ("",)) == ("", ())


def test_a_snippet_of_one_long_word_is_cut() -> None:
    line, _ = snippet(light("x*"), ("y" * 100 + " " + "x" * 500,))
    assert len(line) <= 162
    line, marks = snippet(light("日"), ("本" * 300 + "日" + "本" * 300,))
    assert [line[start:end] for start, end in marks] == ["日"]


@given(st.text(max_size=60), st.text(max_size=8))
def test_marks_are_in_the_line_and_in_order(text: str, words: str) -> None:
    try:
        made = pattern(parse(words, typing=True))
    except QueryError:
        return
    line, marks = snippet(made, (text,))
    places = [place for mark in marks for place in mark]
    assert places == sorted(places)
    assert all(0 <= place <= len(line) for place in places)
    assert is_safe(line)


@given(st.text(max_size=40))
def test_folding_keeps_every_characters_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_and_spacing() -> None:
    assert fold("ÉCOLE Ångström") == "ecole angstrom"
    assert fold("e\u0301a") == "e\u0301a"
    assert fold("한글 é") == "한글 e"
    assert spaced("in 東京!") == "in  東  京 !"
    assert spaced("plain") == "plain"


# the words of HTML
@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One</p><p>two &amp; three</p>", "One two & three"),
        ("a<script>var x = '<b>'</script>b<style>p{}</style>c", "a b c"),
        ("a<script>never closed", "a"),
        ("a <SCRIPT src=x>hidden</SCRIPT > b", "a b"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("İ<script>x</script>", "İ x"),
        ("", ""),
    ],
)
def test_tags_are_stripped(html: str, words: str) -> None:
    assert " ".join(stripped(html).split()) == words


@pytest.mark.parametrize("piece", ["<", "<script", "<a ", "<!--", "&", "<style>", "</", "<>"])
def test_stripping_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    stripped(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 2


def test_a_huge_thread_is_read_up_to_a_limit(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    long = Block("para", "word " * 10_000)
    comments = [Comment(str(n), None, "Kari", 5, blocks=(long,)) for n in range(6)]
    comments.append(Comment("99", None, "Last", 5, blocks=(Block("para", "zebra"),)))
    library.threads.put(story, REF, comments, [], coverage="complete", total=1, route="x", warnings=(), now=9)
    index(library)
    assert found(library, "kari word") == [story]
    assert found(library, "zebra") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CREATE TABLE meta", b"CREATE \xd7ABLE meta"),
        (b"CREATE VIRTUAL TABLE words", b"CREATE VIRTUAL TABL\xd7 words"),
    ],
)
def test_an_index_that_sqlite_cannot_speak_of_is_made_anew(
    opened: Callable[..., Library], paths: Paths, entry: Callable[..., Entry], old: bytes, new: bytes
) -> None:
    """Its words on damage quote the damaged name, in whatever letters are left of it."""
    library = opened()
    with library.write():
        feed, _ = library.feeds.add("https://a.example/feed", now=5)
        library.stories.store(feed, [entry("storm")], [], 10)
    library.search.update()
    library.close()
    data = paths.index.read_bytes()
    assert old in data
    paths.index.write_bytes(data.replace(old, new))
    library = opened()
    library.search.update()
    assert len(library.finder.find("storm")) == 1


@given(st.text(alphabet="a é“ー漢가豈𠀀😀\u2fff\u3040\ud800", max_size=12))
def test_characters_stand_apart_whether_they_are_looked_for_or_not(text: str) -> None:
    assert spaced(text) == CJK.sub(r" \g<0> ", text)
