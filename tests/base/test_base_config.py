from __future__ import annotations

import importlib
import sys

import pytest

from tui_news.config import Settings, load_settings
from tui_news.folders import folder
from tui_news.paths import Paths, default_paths


def write(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_no_file_is_the_defaults(tmp_path):
    assert load_settings(tmp_path / "none.toml") == load_settings(write(tmp_path, ""))
    assert load_settings(tmp_path / "none.toml").settings == Settings()


def test_what_is_set_is_used(tmp_path):
    loaded = load_settings(
        write(tmp_path, 'theme = "nord"\ntext_width = 60\nprefetch = "off"\n[keys]\n"app.quit" = "x"\n')
    )
    assert loaded.warnings == ()
    assert loaded.settings == Settings(theme="nord", text_width=60, prefetch="off", keys={"app.quit": "x"})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("colour = 1", "config.toml:2: colour: unknown setting"),
        ("text_width = 5", "a whole number from 30 to 200"),
        ("text_width = true", "a whole number"),
        ("refresh_minutes = -1", "a whole number from 0"),
        ('prefetch = "some"', "one of starred, unread, all, off"),
        ("prefetch = [1]", "one of starred"),
        ('threads = "flat"', "one of auto, open, roots"),
        ("theme = 3", "text in quotes"),
        ("keys = 3", "a table"),
        ("[keys]\nx = 1", "a table"),
    ],
)
def test_what_is_wrong_is_a_warning_with_its_line_and_is_ignored(tmp_path, line, words):
    loaded = load_settings(write(tmp_path, f"# mine\n{line}\n"))
    assert loaded.settings == Settings()
    assert words in loaded.warnings[0]


@pytest.mark.parametrize(
    ("word", "means"),
    [("starred", "starred"), ("unread", "unread"), ("all", "all"), ("off", "off"), ("new", "unread")],
)
def test_whose_stories_are_fetched_ahead(tmp_path, word, means):
    assert Settings().prefetch == "unread"
    loaded = load_settings(write(tmp_path, f'prefetch = "{word}"\n'))
    assert (loaded.settings.prefetch, loaded.warnings) == (means, ())


@pytest.mark.parametrize("text", ["theme = ", b"\xff\xfe", "a = 1\na = 2"])
def test_a_file_that_cannot_be_read_is_one_warning(tmp_path, text):
    loaded = load_settings(write(tmp_path, text))
    assert loaded.settings == Settings()
    assert "default settings" in loaded.warnings[0]


def test_everything_under_one_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    paths = default_paths().make()
    assert paths.library == tmp_path / "data" / "library.db"
    assert paths.index.parent.is_dir()
    assert (paths.settings.name, paths.log.name) == ("config.toml", "tuinews.log")


def test_xdg_variables_and_then_the_systems_own_places(monkeypatch, tmp_path):
    monkeypatch.delenv("TUINEWS_HOME", raising=False)
    for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    assert default_paths() == Paths(*(tmp_path / kind / "tuinews" for kind in ("data", "cache", "config", "state")))
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_paths().data.is_absolute()


def test_on_a_mac_an_existing_dot_config_is_used(monkeypatch, tmp_path):
    monkeypatch.delenv("TUINEWS_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".config" / "tuinews").mkdir(parents=True)
    assert default_paths().config == tmp_path / ".config" / "tuinews"


@pytest.mark.parametrize(("system", "module"), [("linux", "unix"), ("darwin", "macos")])
def test_the_systems_own_places_are_those_of_platformdirs(monkeypatch, tmp_path, system, module):
    for name in ("TUINEWS_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", system)
    judge = importlib.import_module(f"platformdirs.{module}")
    dirs = (judge.Unix if module == "unix" else judge.MacOS)("tuinews", appauthor=False)
    wanted = (dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path, dirs.user_state_path)
    assert default_paths() == Paths(*wanted)


def test_a_system_that_only_platformdirs_knows(monkeypatch):
    monkeypatch.delenv("TUINEWS_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "sunos5")
    assert folder("DATA") == ""
    assert default_paths().data.name == "tuinews"
