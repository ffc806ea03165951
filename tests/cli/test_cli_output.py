from __future__ import annotations

import io
import json
import sys
from argparse import Namespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.cli import main
from tui_news.cli.output import complain, json_pieces, say
from tui_news.cli.parser import guarded
from tui_news.cli.start import open_reader
from tui_news.models import LibraryError, TuinewsError
from tui_news.text.sanitize import is_safe


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path_factory.mktemp("home")))  # reports of errors go there


leaves = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@given(values)
def test_json_is_what_json_says(value):
    assert json.loads("".join(json_pieces(value))) == value


def test_json_of_any_depth():
    value: list = []
    for _ in range(50_000):
        value = [value]
    text = "".join(json_pieces(value))
    assert text == "[" * 50_001 + "]" * 50_001
    while value:  # unpicked by hand: freeing it in one go would recurse
        value = value.pop()


def test_control_characters_are_escaped_in_json_and_dropped_in_text(capsys):
    assert "".join(json_pieces("a\x9bb\u202e")) == '"a\\u009bb\\u202e"'
    say("a\x1b[31mb\x9b\u202ec")
    complain("x\x1b]0;title\x07\ny")
    out = capsys.readouterr()
    assert out.out == "a[31mbc\n"
    assert "\x1b" not in out.err
    assert out.err.count("\n") == 1


def test_a_terminal_that_cannot_say_it_gets_the_nearest_or_a_question_mark(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    monkeypatch.setattr(sys, "stdout", stream)
    say("Støre ▾ “hope” · 2h…")
    stream.flush()
    assert stream.buffer.getvalue() == b'St?re ? "hope" - 2h...\n'


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            LibraryError("the library is newer", "made by 9", "update"),
            4,
            "tuinews: the library is newer: made by 9; update",
        ),
        (TuinewsError("no"), 1, "tuinews: no"),
        (KeyboardInterrupt(), 130, "stopped"),
        (RuntimeError("odd"), 1, "an error in the program ended it (RuntimeError)"),
    ],
)
def test_every_error_is_a_sentence_and_a_code(capsys, error, code, words):
    def verb(args):
        raise error

    assert guarded(verb, Namespace()) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--x\x1b[2J\x9b31m\u202e"],
        ["next", "a\x1b]0;t\x07"],
        ["--\u202e", "list"],
        ["read", "1", "--limit\x1b", "2"],
    ],
)
def test_a_word_that_is_none_is_quoted_without_its_controls(capsys, words):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "error: unrecognized arguments" in said or "invalid choice" in said or "required" in said
    assert is_safe(said)


def test_a_name_typed_on_the_command_line_is_kept_without_its_controls(capsys):
    assert main(["smart", "add", "x\x1b[2J\u202e\udcff\ty", "storm"]) == 0
    assert main(["smart", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])[0]["name"] == "x\ufffd[2J\ufffd\ufffd y"


@pytest.mark.parametrize("pictured", [False, True])
def test_ctrl_c_in_the_first_moments_is_no_traceback(monkeypatch, pictured):
    taken = []
    shown = type("Shown", (), {"take_down": lambda self: taken.append(1)})() if pictured else None

    def interrupted(shown):
        raise KeyboardInterrupt

    monkeypatch.setattr("tui_news.picture.show", lambda: shown)
    monkeypatch.setattr("tui_news.cli.start.open_reader", interrupted)
    assert main([]) == 130
    assert bool(taken) == pictured


@pytest.mark.parametrize("words", [[], ["list"]])
def test_an_error_outside_of_every_verb_is_a_sentence_too(monkeypatch, capsys, tmp_path, words):
    def broken(*args):
        raise RuntimeError("hunter2")

    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    monkeypatch.setattr("tui_news.cli.parser.run", broken)
    monkeypatch.setattr("tui_news.picture.show", broken)
    assert main(words) == 1
    said = capsys.readouterr().err
    assert said.startswith("tuinews: an error in the program ended it (RuntimeError); what happened is in ")
    assert said.count("\n") == 1
    assert "hunter2" not in said


def test_a_folder_that_may_not_be_looked_into_is_a_library_that_cannot_be_used(monkeypatch, capsys):
    def refused(paths):
        raise PermissionError(13, "Permission denied", "/kept/library.db")

    monkeypatch.setattr("tui_news.cli.start.open_desk", refused)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert open_reader() == 4
    assert "/kept/library.db cannot be used: permission denied" in capsys.readouterr().err
