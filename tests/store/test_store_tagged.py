"""`tagged` says of each tag whose stories have it, whoever changes stories and tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.paths import Paths
from tui_news.store import Library

ACTS = {
    "stored": "INSERT OR IGNORE INTO story(feed_id, identity, sort, first_seen) VALUES (1, :one, 1, 1)",
    "removed": "DELETE FROM story WHERE identity = :one",
    "renamed": "UPDATE OR IGNORE story SET identity = :two WHERE identity = :one",
    "tagged": "INSERT OR IGNORE INTO story_tag(tag, feed_id, identity) VALUES (:tag, 1, :one)",
    "untagged": "DELETE FROM story_tag WHERE tag = :tag AND identity = :one",
    "retagged": "UPDATE OR REPLACE story_tag SET tag = :tag WHERE identity = :one",
    "moved": "UPDATE OR REPLACE story_tag SET identity = :two WHERE identity = :one",
}
NAMES = st.sampled_from("abc")
DONE = st.fixed_dictionaries(
    {"act": st.sampled_from(sorted(ACTS)), "one": NAMES, "two": NAMES, "tag": st.sampled_from(("kept", "Kept", "sea"))}
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    base: Path = tmp_path_factory.mktemp("tagged")
    library = Library.open(Paths(base, base, base, base))
    library.feeds.add("https://a.example/feed")
    yield library
    library.close()


@settings(max_examples=60)
@given(st.lists(DONE, max_size=14))
def test_whatever_happens_it_is_what_the_tags_say(filled: Library, done: list[dict[str, str]]) -> None:
    filled.db.run("BEGIN")
    for step in done:
        filled.db.run(ACTS[step["act"]], {name: step[name] for name in ("one", "two", "tag")})  # type: ignore[arg-type]
        assert not filled.stories.miscounted()
    filled.db.run("ROLLBACK")


def test_what_is_wrong_of_it_is_found_and_mended(library: Library) -> None:
    library.db.run("INSERT INTO tagged VALUES ('kept', 5)")
    assert library.stories.miscounted()
    library.stories.recount()
    assert not library.stories.miscounted()
