"""Where things lie, and paths that a person types."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui_news.cli import main
from tui_news.models import LibraryError, TuinewsError
from tui_news.paths import default_paths, typed
from tui_news.services.exporting import save_text
from tui_news.services.moving_sources import paths_of, sources_of


def test_a_path_of_nobody_stays_as_it_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("~no-such-person/x") == Path("~no-such-person/x")
    assert typed("~/x") == Path(os.path.expanduser("~"), "x")
    assert paths_of("~no-such-person/x") == [Path("~no-such-person/x")]
    assert main(["import", "~no-such-person/feeds.opml"]) == 1
    assert "tuinews: ~no-such-person/feeds.opml" in capsys.readouterr().err


def test_a_path_that_may_not_be_looked_at_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root every folder may be looked into: a name that is too long is refused in the same way."""
    with pytest.raises(TuinewsError, match="too long"):
        sources_of("x" * 5000)


def test_without_a_home_there_is_a_sentence_and_no_library_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("TUINEWS_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user whom the system does not know
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LibraryError, match="no home folder"):
        default_paths()
    assert main(["list"]) == 4
    assert capsys.readouterr().err == (
        "tuinews: There is no place for the library: you have no home folder; set HOME or TUINEWS_HOME\n"
    )
    assert not list(tmp_path.iterdir())


def test_half_an_export_is_not_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def opened(self: Path, *how: str, **more: str) -> object:
        real = open(self, *how, **more)  # noqa: SIM115
        real.write = refuse  # type: ignore[method-assign]
        return real

    def refuse(text: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(TuinewsError, match="No space left on device"):
        save_text("words", tmp_path / "story.md")
    assert not list(tmp_path.iterdir())
