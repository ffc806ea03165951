"""Everything out as JSON and in again: to the last mark, and joined to a library that has marks of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import NOW, Clock
from tui_news.models import TuinewsError
from tui_news.paths import Paths
from tui_news.services.moved_report import Moved
from tui_news.services.moving import Mover
from tui_news.services.moving_sources import Export, read_source
from tui_news.services.opening import open_library
from tui_news.store import Library
from tui_news.store.dump import dump, rows_of
from tui_news.store.restore import JOINED
from tui_news.store.schema import TABLES

FIXTURE = Path(__file__).parents[1] / "store" / "fixtures" / "schema1.db.gz"


def library_in(folder: Path) -> Library:
    paths = Paths(*(folder / name for name in ("data", "cache", "config", "state")))
    return open_library(paths, clock=Clock())


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Library]:
    """A library with something in every table that is its reader's."""
    folder = tmp_path / "full"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "library.db").write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    library = library_in(folder)
    db = library.db
    with library.write():
        library.tags.add([1, 5], "sea")
        library.smart.add("Late ferries", "feed:1 AND late")
        db.run("INSERT INTO rule(query, added) VALUES ('advert', 5)")
        db.run("INSERT INTO muted(rule_id, story_id) VALUES (1, 6)")
        db.run("INSERT INTO speaker_set VALUES (1, 'g:0-0', 'it is the wind', 'Kari Vik', 5)")
        db.run("INSERT INTO speaker_alias VALUES ('kari', 'kari vik', 'Kari Vik', 5)")
        db.run("INSERT INTO folder(path, position) VALUES ('News', 3)")
        db.run("INSERT INTO pruned VALUES (1, 'g:old', 5)")
        db.run("INSERT INTO later(kind, target, at) VALUES ('story', '3', 5)")
        db.run("INSERT OR REPLACE INTO memo(kind, key, value, at) VALUES ('route', 'x', 'rest', 9)")
        db.run("UPDATE feed SET interval_minutes = 30, muted = 1, retention_days = 90 WHERE id = 2")
    yield library
    library.close()


def rows(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """What it holds, blobs as what they mean."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, row in rows_of(dump(library.db)):
        if table != "memo" or row["kind"] == "route":
            found.setdefault(table, []).append(tuple(row.values()))
    return {table: sorted(held, key=repr) for table, held in found.items()}


def write(library: Library, path: Path) -> Path:
    path.write_text("\n".join(dump(library.db)), encoding="utf-8")
    return path


def bring(library: Library, path: Path, dry: bool = False) -> Moved:
    return Mover(library, NOW, dry=dry).run([read_source(path)])


def test_every_table_has_something_to_lose(full: Library) -> None:
    """So that the next test cannot pass over a table that was forgotten: fill a new one above."""
    assert rows(full).keys() == {table for table, _ in TABLES}
    assert JOINED.keys() == {table for table, _ in TABLES}


def test_an_empty_library_becomes_the_exported_one_to_the_last_mark(full: Library, tmp_path: Path) -> None:
    file = write(full, tmp_path / "all.json")
    fresh = library_in(tmp_path / "fresh")
    fresh.feeds.add("builtin:edition/feed.xml", now=NOW)
    moved = bring(fresh, file)
    assert (moved.feeds, moved.stories, moved.read, moved.starred, moved.smart) == (2, 18, 9, 6, 1)
    wanted, got = rows(full), rows(fresh)
    act = next(row for row in got["journal"] if row not in wanted["journal"])
    assert str(act[2]).startswith("importing 2 feeds")
    got["journal"] = [row for row in got["journal"] if row in wanted["journal"]]
    assert got == wanted
    assert fresh.check() == []
    assert [feed.title for feed in fresh.feeds.all()] == [feed.title for feed in full.feeds.all()]
    assert fresh.stories.counts(NOW) == full.stories.counts(NOW)
    assert fresh.threads.get(1) == full.threads.get(1)
    assert fresh.articles.get(1) == full.articles.get(1)
    assert "The Harbour Post" in (fresh.paths.data / "subscriptions.opml").read_text(encoding="utf-8")
    while fresh.search.update():
        pass
    while full.search.update():
        pass
    assert len(fresh.finder.find("ferry")) == len(full.finder.find("ferry")) > 10
    fresh.close()


def test_a_library_with_marks_of_its_own_keeps_them_and_gets_theirs(full: Library, tmp_path: Path) -> None:
    file = write(full, tmp_path / "all.json")
    ours = library_in(tmp_path / "ours")
    ours.feeds.add("https://first.example/f", now=NOW)
    feed, _ = ours.feeds.add("https://harbour.example/feed.xml", title="Mine", folder="Own", now=NOW)
    held = [entry for entry in full.stories.known(1) if entry.identity in ("g:0-0", "g:0-5")]
    with ours.write():
        for one in held:
            ours.db.run(
                "INSERT INTO story(feed_id, identity, title, sort, first_seen) VALUES (?, ?, ?, ?, ?)",
                (feed, one.identity, one.title, one.sort, NOW),
            )
    unread_there = next(known.id for known in ours.stories.known(feed) if known.identity == "g:0-5")
    ours.stories.set_starred([unread_there], True)
    before = ours.stories.counts(NOW)
    foreseen = bring(ours, file, dry=True)
    assert ours.stories.counts(NOW) == before
    moved = bring(ours, file)
    assert (moved.feeds, moved.stories) == (foreseen.feeds, foreseen.stories) == (1, 10)
    assert {feed.title for feed in ours.feeds.all()} >= {"Mine", "https://hill.example/atom"}
    known = {known.identity: known for known in ours.stories.known(feed)}
    assert known["g:0-0"].read
    assert not known["g:0-5"].read
    assert ours.stories.rows([unread_there])[unread_there].starred
    assert ours.smart.all()[0].query == f"feed:{feed} AND late"
    assert ours.tags.all() == (("sea", 2),)
    assert ours.check() == []
    assert ours.journal.undo() == "importing 1 feed and 10 stories"
    assert ours.stories.counts(NOW) == before
    assert ours.check() == []
    ours.close()


def test_a_document_laid_out_anew_is_read_too(full: Library, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps(json.loads("\n".join(dump(full.db))), indent=2), encoding="utf-8")
    fresh = library_in(tmp_path / "fresh")
    assert bring(fresh, file).stories == 18
    assert rows(fresh)["status"] == rows(full)["status"]
    fresh.close()


@pytest.mark.parametrize("spoil", ["cut", "row", "later", "list"])
def test_a_spoiled_export_changes_nothing(full: Library, tmp_path: Path, spoil: str) -> None:
    text = "\n".join(dump(full.db))
    spoilt = {
        "cut": text[: len(text) // 2],
        "row": text.replace('"zlib"', '"zzz"', 1),
        "later": text.replace('"tuinews": 1', '"tuinews": 99'),
        "list": '{"tuinews": 1, "tables": []}',
    }[spoil]
    (tmp_path / "all.json").write_text(spoilt, encoding="utf-8")
    fresh = library_in(tmp_path / "fresh")
    fresh.feeds.add("builtin:edition/feed.xml", now=NOW)
    with pytest.raises(TuinewsError):
        bring(fresh, tmp_path / "all.json")
    assert [feed.url for feed in fresh.feeds.all()] == ["builtin:edition/feed.xml"]
    fresh.close()


def test_an_export_from_a_stranger_brings_web_addresses_only(full: Library, tmp_path: Path) -> None:
    text = "\n".join(dump(full.db)).replace("https://hill.example/atom", "file:///etc/passwd")
    (tmp_path / "all.json").write_text(text, encoding="utf-8")
    fresh = library_in(tmp_path / "fresh")
    bring(fresh, tmp_path / "all.json")
    assert [feed.url for feed in fresh.feeds.all()] == ["https://harbour.example/feed.xml"]
    assert fresh.check() == []
    fresh.close()


def test_values_of_another_kind_are_left_out_and_the_rest_is_read(full: Library, tmp_path: Path) -> None:
    """SQLite keeps a number where a title should be, and every list with the story in it would fail from then on."""
    document = json.loads("\n".join(dump(full.db)))
    wrong = {"story": {"title": 5, "published": "never", "sort": 3}, "body": {"html": "text", "extras": "no JSON"},
             "thread": {"warnings": "[", "ref": "7"}, "smart_feed": {"name": {"plain": "bytes"}, "query": "late"},
             "status": {"position": {"plain": "x"}, "read_at": 2**70}, "article": {"blocks": "text"}}  # fmt: skip
    for table, values in wrong.items():
        held = document["tables"][table]
        for row in held["rows"]:
            for name, value in values.items():
                row[held["columns"].index(name)] = value
    (tmp_path / "all.json").write_text(json.dumps(document), encoding="utf-8")
    for name, many in (("fresh", 18), ("joined", 12)):  # one of the feeds was removed there
        other = library_in(tmp_path / name)
        if name == "joined":
            other.feeds.add("https://own.example/", now=NOW)
            other.smart.add("Mine", "ferry")
        assert bring(other, tmp_path / "all.json").stories == many
        stories = [other.stories.get(number) for (number,) in other.db.all("SELECT id FROM story")]
        assert {story.row.title for story in stories if story} == {""}
        assert {story.enclosures for story in stories if story} == {()}
        assert [smart.name for smart in other.smart.all()] == ["Mine"] * (name == "joined")
        assert other.check() == []
        other.close()


@pytest.mark.parametrize("lost", ["id", "feed_id", "identity", "url", "query"])
def test_a_column_that_is_gone_costs_its_rows(full: Library, tmp_path: Path, lost: str) -> None:
    text = "\n".join(dump(full.db)).replace(f'"{lost}"', '"x"')
    (tmp_path / "all.json").write_text(text, encoding="utf-8")
    other = library_in(tmp_path / "other")
    other.smart.add("Mine", "ferry")
    bring(other, tmp_path / "all.json")
    assert [smart.name for smart in other.smart.all()][-1:] == ["Mine"]
    other.close()


def test_an_act_that_cannot_be_undone_is_said_once_and_passed_over(full: Library) -> None:
    full.db.run(
        'INSERT INTO journal(at, words, undo) VALUES (1, \'marking\', \'[{"op": "read", "ids": [1], "value": 0}]\')'
    )
    for undo in (
        "no JSON",
        '[{"op": "row", "table": "sqlite_master", "key": {}, "was": null}]',
        '[{"op": "row"}]',
        "[7]",
    ):
        full.db.run("INSERT INTO journal(at, words, undo) VALUES (2, 'something', ?)", (undo,))
        with pytest.raises(TuinewsError, match="could not be undone"):
            full.journal.undo()
        assert full.journal.noted(1)[0].words == "marking"
    assert full.journal.undo() == "marking"


@settings(max_examples=60)
@given(st.data())
def test_any_change_to_an_export_is_read_or_is_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    text = '{"tuinews": 1, "schema": 1, "tables": {\n"feed": {"columns": ["id", "url"], "rows": [\n[1,"https://a.example/"]\n]}\n}}'
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + data.draw(st.text(max_size=6)) + text[at + data.draw(st.integers(0, 8)) :]
    file = tmp_path / "x.json"
    file.write_text(changed, encoding="utf-8", errors="replace")
    try:
        list(Export(file).rows())
    except TuinewsError:
        pass
