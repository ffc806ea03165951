from __future__ import annotations

import json
import tomllib

import pytest

from tui_news.cli import main
from tui_news.paths import default_paths


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    return tmp_path


def test_a_setting_is_set_read_and_taken_out(capsys):
    assert main(["config", "set", "text_width", "90"]) == 0
    assert main(["config", "get", "text_width"]) == 0
    assert main(["config", "set", "keys.app.quit", "x"]) == 0
    assert main(["config", "unset", "text_width"]) == 0
    assert capsys.readouterr().out == 'text_width = 90\n90\nkeys.app.quit = "x"\ntext_width = 76\n'
    assert tomllib.loads(default_paths().settings.read_text(encoding="utf-8")) == {"keys": {"app.quit": "x"}}


def test_what_is_wrong_is_a_sentence_and_a_code(capsys):
    assert main(["config", "set", "text_width", "9000"]) == 1
    assert "a whole number from 30 to 200" in capsys.readouterr().err
    assert main(["config", "set", "text_width"]) == 2
    assert main(["config", "get", "nothing"]) == 1
    assert not default_paths().settings.exists()


def test_everything_at_once(capsys):
    main(["config", "set", "density", "compact"])
    capsys.readouterr()
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert 'density = "compact"  (set)' in out
    assert 'theme = "tuinews"\n' in out
    assert main(["config", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["settings"]["density"] == "compact"
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out.strip() == str(default_paths().settings)
    assert main(["config", "--example"]) == 0
    assert '# density = "roomy"' in capsys.readouterr().out
