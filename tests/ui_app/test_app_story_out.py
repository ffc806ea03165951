"""What leaves a story: Markdown, files, and the lens on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_news.ui.widgets.lens import DIM, OFF, ONLY
from ui_app.appkit import running


def found(folder: Path) -> list[Path]:
    return list(folder.rglob("minister-dialogue-first.md"))


async def test_copying_as_markdown_takes_the_story_the_quote_or_the_comment() -> None:
    async with running() as run:
        await run.do("list.open", "story.copy_markdown")
        assert run.app.clipboard.startswith("# Minister: dialogue first\n\n*By A. Writer · Norway Daily · ")
        assert run.said == "Copied the story as Markdown."
        await run.do("story.next_quote", "story.copy_markdown")
        assert run.app.clipboard.startswith(
            "> “It is first and foremost a hope,”\n>\n> — the minister, [Norway Daily]("
        )
        await run.do("story.comments", "story.copy_markdown")
        assert run.app.clipboard.startswith("**")
        assert run.said == "Copied the comment as Markdown."


async def test_a_story_is_exported_and_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running() as run:
        await run.do("list.open", "story.export")
        await run.pilot.press("enter")
        await run.pilot.pause()
        (kept,) = found(tmp_path)
        assert kept.read_text().startswith("# Minister: dialogue first\n")
        assert "## Comments" not in kept.read_text()
        assert run.said == f"The story is in ~/{kept.relative_to(tmp_path)}"
        await run.do("story.comments", "story.export")
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert run.said.startswith("The story is with its comments in ~/")
        assert "## Comments" in kept.with_name("minister-dialogue-first (2).md").read_text()
        run.reader.stories._save(run.reader.stories.opened, tmp_path / "a.txt", False)  # type: ignore[arg-type]
        assert (tmp_path / "a.txt").read_text().startswith("Minister: dialogue first\n")
        run.reader.attempt(lambda: run.reader.stories._save(run.reader.stories.opened, kept / "x.md", False))  # type: ignore[arg-type]
        assert "could not be written" in run.said
        await run.do("story.export")
        await run.pilot.press("escape")
        assert run.reader.context == "thread"


async def test_the_lens_says_what_it_shows() -> None:
    async with running() as run:
        await run.do("list.open")
        for lens, words in ((DIM, "stands out"), (ONLY, "by whom"), (OFF, "off")):
            await run.do("story.lens")
            assert run.reader.story_view.lens == lens
            assert words in run.said


async def test_paragraphs_are_picked_and_copied_by_key() -> None:
    async with running() as run:
        await run.do("list.open", "story.pick")
        await run.pilot.press("j", "j", "k", "y")
        await run.pilot.pause()
        assert run.said == "Copied 2 paragraphs."
        assert run.app.clipboard.count("\n\n") >= 1
        await run.do("story.next_quote", "story.pick")
        await run.pilot.press("Y")
        await run.pilot.pause()
        assert "“It is first and foremost a hope,”" in run.app.clipboard
        await run.do("story.pick")
        await run.pilot.press("escape")
        assert run.reader.context == "story"
        assert not run.reader.story_view.picked
        await run.do("story.pick")
        await run.pilot.press("space")
        assert not run.reader.story_view.picked
