"""The settings file is a person's own: changed where asked, and nowhere else."""

from __future__ import annotations

import tomllib

import pytest

from tui_news.config import SETTINGS, Settings, load_settings
from tui_news.config.writing import change, current, example, parse_value
from tui_news.models import TuinewsError

MINE = """# my settings
theme = "nord"   # dark, for the evening

text_width = 60
[keys]
# habits
"app.quit" = "x"
"""


def test_the_example_changes_nothing_and_tells_everything(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(example(), encoding="utf-8")
    assert load_settings(path).settings == Settings()
    assert load_settings(path).warnings == ()
    for setting in SETTINGS:
        assert f"# {setting.name} = " in example() or f"# [{setting.name}]" in example()


def test_every_line_of_the_example_is_valid_once_its_mark_is_off():
    lines = [line[2:] for line in example().splitlines() if " = " in line or line.startswith("# [")]
    assert tomllib.loads("\n".join(lines))["text_width"] == 76


def test_one_setting_changes_and_the_comments_stay(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(MINE, encoding="utf-8")
    change(path, "theme", "dracula")
    assert path.read_text(encoding="utf-8") == MINE.replace("nord", "dracula")
    change(path, "threads", "roots")
    change(path, "keys.story.browse", "b")
    loaded = load_settings(path)
    assert loaded.warnings == ()
    assert (loaded.settings.threads, loaded.settings.keys) == ("roots", {"app.quit": "x", "story.browse": "b"})
    change(path, "theme", None)
    change(path, "keys.app.quit", None)
    assert load_settings(path).settings.theme == "tuinews"
    assert "# my settings" in path.read_text(encoding="utf-8")
    assert "# habits" in path.read_text(encoding="utf-8")


def test_a_file_is_made_where_there_was_none_and_a_link_stays_a_link(tmp_path):
    path = tmp_path / "deep" / "config.toml"
    change(path, "density", "compact")
    assert current(path, "density") == "compact"
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    change(link, "text_width", 80)
    assert link.is_symlink()
    assert current(path, "text_width") == 80
    assert [child.name for child in path.parent.iterdir()] == ["config.toml"]


def test_a_broken_file_is_not_touched(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("theme = \n", encoding="utf-8")
    with pytest.raises(TuinewsError, match="could not be changed"):
        change(path, "theme", "nord")
    assert path.read_text(encoding="utf-8") == "theme = \n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("text_width", "wide", "a whole number from 30 to 200"),
        ("text_width", "5", "a whole number from 30 to 200"),
        ("density", "huge", "one of roomy, compact"),
        ("colour", "red", "there is no setting 'colour'"),
        ("keys", "x", "there is no setting 'keys'"),
    ],
)
def test_a_wrong_value_says_what_would_be_right(name, text, words):
    with pytest.raises(TuinewsError, match=words):
        parse_value(name, text)


def test_a_slip_of_the_pen_is_recognised(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('tehme = "nord"\n', encoding="utf-8")
    assert "unknown setting (did you mean theme?)" in load_settings(path).warnings[0]
