"""A story as a file: what is in it, and that nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_news.models import Article, TuinewsError
from tui_news.services.exporting import comment_markdown, file_name, save_text, story_markdown, story_text
from ui_views.viewkit import COMMENTS, FULL, para, story

HEAD = """# The ferry waits for Monday

*By Per Writer · Coast Post · Fri 22 Oct 2021*

<https://coast.example/ferry>

The [ferry](https://coast.example/f) to the outer islands has been moored since the storm.
"""


def test_a_story_as_markdown_with_and_without_its_comments() -> None:
    alone, all_of_it = story_markdown(FULL), story_markdown(FULL, comments=True)
    assert alone.startswith(HEAD)
    assert all_of_it.startswith(alone.rstrip())
    assert "\n## Comments\n\n**Anna** · Tue 14 Nov 2023\n\nI take that ferry every morning.\n" in all_of_it
    assert "\n> **Bo** · Tue 14 Nov 2023\n>\n> > It is late.\n>\n> It is never late.\n" in all_of_it


def test_a_story_as_text() -> None:
    text = story_text(FULL, comments=True)
    assert text.startswith("The ferry waits for Monday\n\nBy Per Writer · Coast Post · Fri 22 Oct 2021\nhttps://")
    assert "\nComments\n\nAnna · Tue 14 Nov 2023\n" in text
    assert "*" not in text


def test_a_story_without_text_and_what_is_missing_is_said() -> None:
    assert story_markdown(story(None)).endswith("<https://coast.example/ferry>\n")
    short = story(Article("feed", (para("Only this."),), note="Only the beginning."))
    assert "*Only the beginning.*\n\nOnly this.\n" in story_markdown(short)


def test_a_comment_alone() -> None:
    assert comment_markdown(COMMENTS[2]) == "**Cato** · Tue 14 Nov 2023\n\nThe writer answers."


@pytest.mark.parametrize(
    ("title", "name"),
    [("Hello, World! / 2", "hello-world-2"), ("../..", "story-7"), ("Ærø: «Ja»", "ærø-ja"), ("x" * 300, "x" * 80),
     ("日" * 90, "日" * 26), ("", "untitled")],
)  # fmt: skip
def test_a_name_any_file_system_takes(title: str, name: str) -> None:
    assert file_name(story(title=title)) == name


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    kept = [save_text(text, tmp_path / "new" / "a.md") for text in ("one", "two", "three")]
    assert [path.name for path in kept] == ["a.md", "a (2).md", "a (3).md"]
    assert [path.read_text() for path in kept] == ["one", "two", "three"]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TuinewsError, match=r"could not be written: .*; give another place"):
        save_text("x", tmp_path / "file" / "a.md")
    with pytest.raises(TuinewsError, match="could not be written"):
        save_text("x", tmp_path / "nul\0")
