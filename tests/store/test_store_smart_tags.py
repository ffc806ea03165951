"""Smart feeds, tags, muted stories in lists and counts, and the journal's pictures of rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_news.models import Entry, TuinewsError, View
from tui_news.store import Library
from tui_news.store.undo import ROWS, put_back

Make = Callable[..., Entry]


@pytest.fixture
def ids(library: Library, entry: Make) -> list[int]:
    feed_id, _ = library.feeds.add("https://a.example/feed", title="Mine", folder="F")
    return library.stories.store(feed_id, [entry(str(n), sort=n + 1) for n in range(4)], [], 9)


def mute(library: Library, *story_ids: int, query: str = "dull") -> int:
    rule_id = library.db.run("INSERT INTO rule(query) VALUES (?)", (query,)).lastrowid
    library.db.many("INSERT INTO muted(rule_id, story_id) VALUES (?, ?)", [(rule_id, story) for story in story_ids])
    assert rule_id is not None
    return rule_id


def tally(library: Library) -> tuple[int, int, int]:
    """Unread, starred, all."""
    found = library.stories.counts(0)
    return found.unread, found.starred, found.total


# muted stories
def test_a_muted_story_is_in_no_list_and_no_count_but_keeps_its_marks(library: Library, ids: list[int]) -> None:
    rule = mute(library, ids[0], ids[1])
    assert [row.id for row in library.stories.page(View())] == [ids[3], ids[2]]
    assert tally(library) == (2, 0, 2)
    assert not library.stories.miscounted()
    assert library.stories.rows(ids)[ids[0]].hidden_by == "dull"
    assert library.stories.get(ids[0]) is not None
    library.db.run("DELETE FROM rule WHERE id = ?", (rule,))
    assert tally(library) == (4, 0, 4)
    assert not library.stories.miscounted()


def test_two_rules_hide_a_story_until_both_are_gone(library: Library, ids: list[int]) -> None:
    first, second = mute(library, ids[0]), mute(library, ids[0], query="late")
    assert library.stories.rows(ids)[ids[0]].hidden_by == "dull; late"
    library.db.run("DELETE FROM rule WHERE id = ?", (first,))
    assert library.stories.counts(0).total == 3
    library.db.run("DELETE FROM rule WHERE id = ?", (second,))
    assert library.stories.counts(0).total == 4


def test_a_starred_story_is_never_hidden(library: Library, ids: list[int]) -> None:
    library.stories.set_starred([ids[0]], True)
    mute(library, ids[0], ids[1])
    assert tally(library) == (3, 1, 3)
    library.stories.set_starred([ids[0], ids[1]], True)
    assert tally(library) == (4, 2, 4)
    library.stories.set_starred([ids[0]], False)
    assert tally(library) == (3, 1, 3)
    assert not library.stories.miscounted()


def test_reading_and_deleting_a_muted_story_counts_nothing(library: Library, ids: list[int]) -> None:
    mute(library, ids[0], ids[1])
    library.stories.set_read([ids[0]], True)
    library.db.run("DELETE FROM story WHERE id = ?", (ids[1],))
    assert tally(library) == (2, 0, 2)
    assert not library.stories.miscounted()


def test_a_removed_feed_comes_back_with_what_was_muted_still_muted(library: Library, ids: list[int]) -> None:
    mute(library, ids[0])
    library.feeds.remove(1)
    assert library.stories.page(View()) == ()
    library.feeds.restore(1)
    assert [row.id for row in library.stories.page(View())] == ids[:0:-1]


# tags
def test_tags_are_put_on_and_taken_off(library: Library, ids: list[int]) -> None:
    assert library.tags.add(ids[:2], "Boats") == ids[:2]
    assert library.tags.add(ids[:3], "boats") == [ids[2]]
    library.tags.add(ids[:1], "#to read")
    assert library.tags.all() == (("Boats", 3), ("to read", 1))
    assert library.tags.of(ids) == {ids[0]: ("Boats", "to read"), ids[1]: ("Boats",), ids[2]: ("Boats",)}
    assert library.tags.remove(ids, "BOATS") == ids[:3]
    assert library.tags.all() == (("to read", 1),)


@pytest.mark.parametrize("name", ["", "  ", '"', "#", "\x00", "( )"])
def test_a_tag_without_a_letter_is_refused(library: Library, ids: list[int], name: str) -> None:
    with pytest.raises(TuinewsError, match="needs a name"):
        library.tags.add(ids, name)


def test_tags_follow_a_story_to_its_new_identity(library: Library, ids: list[int], entry: Make) -> None:
    library.tags.add(ids[:1], "kept")
    library.stories.store(1, [], [(ids[0], entry("0", identity="id:new"))], 10)
    assert library.tags.of(ids) == {ids[0]: ("kept",)}


# smart feeds
def test_smart_feeds_have_names_of_their_own(library: Library) -> None:
    first = library.smart.add("  Norway\n", "norway")
    library.smart.add("a second", "x", position=-1)
    assert [(smart.name, smart.query) for smart in library.smart.all()] == [("a second", "x"), ("Norway", "norway")]
    for name in ("NORWAY", "", "\x1b"):
        with pytest.raises(TuinewsError):
            library.smart.add(name, "y")
    library.smart.edit(first, name="norway", query="norge")
    assert library.smart.named("Norway") == library.smart.get(first)
    library.smart.remove(first)
    assert library.smart.get(first) is None


# undo of rows
def test_an_act_puts_rows_back_as_they_were(library: Library, ids: list[int]) -> None:
    smart = library.smart.add("One", "1")
    with library.journal.act("changing much") as act:
        act.keep("smart_feed", id=smart)
        act.keep("feed", id=1)
        library.smart.remove(smart)
        library.db.run("UPDATE feed SET position = 7, folder = 'G', etag = 'fresh' WHERE id = 1")
        act.made("smart_feed", id=library.smart.add("Two", "2"))
    assert [noted.words for noted in library.journal.noted()] == ["changing much"]
    assert library.journal.undo() == "changing much"
    assert [smart.name for smart in library.smart.all()] == ["One"]
    row = library.db.one("SELECT position, folder, etag FROM feed")
    assert row == (0, "F", "fresh")  # what the network said stays
    assert "F" in (library.paths.data / "subscriptions.opml").read_text()


def test_an_act_that_changes_nothing_is_not_noted(library: Library, ids: list[int]) -> None:
    with library.journal.act("nothing") as act:
        act.keep("feed", id=1)
    with library.journal.act("") as act:
        act.op(op="read", ids=ids, value=False)
    assert library.journal.noted() == ()


def test_an_act_that_fails_is_neither_done_nor_noted(library: Library, ids: list[int]) -> None:
    def half() -> None:
        with library.journal.act("half") as act:
            act.keep("feed", id=1)
            library.db.run("UPDATE feed SET position = 7")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert library.db.value("SELECT position FROM feed") == 0
    assert library.journal.undo() is None


def test_tagging_is_undone(library: Library, ids: list[int]) -> None:
    library.journal.record("tagging", [{"op": "tag", "tag": "x", "ids": library.tags.add(ids, "x"), "value": False}])
    assert library.journal.undo() == "tagging"
    assert library.tags.all() == ()


@pytest.mark.parametrize(
    ("table", "key"),
    [("story", {"id": 1}), ("sqlite_master", {"name": "x"}), ("feed", {}), ("feed", {"id = 1 OR 1": 1}), ("feed", [])],
)
def test_only_named_tables_are_ever_put_back(library: Library, table: str, key: dict[str, object]) -> None:
    op = {"op": "row", "table": table, "key": key, "was": None}
    with pytest.raises(ValueError, match=r"put back|the key"):
        library.journal.record("bad", [op])
    with pytest.raises(ValueError, match=r"put back|the key"):
        put_back(library.db, op)


def test_a_feed_is_changed_back_but_never_made_or_deleted(library: Library, ids: list[int]) -> None:
    put_back(library.db, {"op": "row", "table": "feed", "key": {"id": 1}, "was": None})
    put_back(library.db, {"op": "row", "table": "feed", "key": {"id": 99}, "was": {"folder": "Z"}})
    assert library.db.value("SELECT count(*) FROM feed") == 1


def test_what_can_be_put_back_is_there(library: Library) -> None:
    for table, kind in ROWS.items():
        held = {row[1] for row in library.db.all(f"PRAGMA table_info({table})")}
        assert {*kind.key, *kind.columns} <= held


def test_a_picture_from_another_schema_is_put_back_as_far_as_it_goes(library: Library) -> None:
    smart = library.smart.add("One", "1")
    was = {"id": smart, "name": "Old", "mood": "calm"}
    put_back(library.db, {"op": "row", "table": "smart_feed", "key": {"id": smart}, "was": was})
    held = library.smart.get(smart)
    assert held is not None
    assert (held.name, held.query) == ("Old", "1")
