"""What a story gives to the commands that the reader set: never an option, a file to be read, or something to run."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui_news.models import TuinewsError
from tui_news.text.sanitize import UNSAFE
from tui_news.ui import running
from tui_news.ui.screens.sending import Sending


@pytest.mark.parametrize("words", ["-oX", "--version", "@/etc/passwd", "+!touch x", "-", "\0-x"])
def test_a_storys_words_begin_with_a_space_where_they_could_be_read_as_something_else(words: str) -> None:
    assert running.filled(["prog", "{title}"], {"title": words}) == ["prog", " " + words.replace("\0", "")]
    assert running.filled(["{title}", "x{title}"], {"title": words}) == ["{title}", "x{title}"]


@pytest.mark.parametrize("command", ["sh -c {title}", "bash -lc {title}", "env python3 -c {text}", "perl -e {title}"])
def test_a_storys_words_are_no_program(command: str) -> None:
    with pytest.raises(TuinewsError) as told:
        running.filled(running.split(command), {"title": "touch x", "text": "import os"})
    assert "as a program" in str(told.value)


def test_what_is_handed_to_a_shell_elsewhere_is_quoted_for_it(tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nshift; exec sh -c "$*"\n')
    ssh.chmod(0o700)
    title = f"it's; touch {tmp_path}/canary $(touch {tmp_path}/canary) `x`\nnext"
    words = running.filled([str(ssh), "host", "printf", "%s", "{title}"], {"title": title})
    assert subprocess.run(words, capture_output=True, check=True).stdout.decode() == title
    assert not (tmp_path / "canary").exists()
    assert running.filled(["sh", "-c", 'echo "$1"', "-", "{title}"], {"title": "a;b"})[-1] == "a;b"


NEWS = "12 new stories; 1 feed failed: \x1b]0;x\x07<img src=http://t.example/>\x9b31m\u202e & more"


def sending(notify: str, written: list[str]) -> Sending:
    app = SimpleNamespace(_driver=SimpleNamespace(write=written.append))
    screen: Any = SimpleNamespace(settings=SimpleNamespace(notify=notify), app=app, say=written.append)
    return Sending(screen)


def test_news_are_told_to_the_terminal_in_one_sequence() -> None:
    written: list[str] = []
    sending("terminal", written).tell_desktop(NEWS)
    (sequence,) = written
    assert sequence.startswith("\x1b]9;tuinews: 12 new")
    assert sequence.endswith("\x07")
    assert not UNSAFE.search(sequence[1:-1])


def test_news_are_told_to_a_command_without_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(running, "detach", started.append)
    for sentence in (NEWS, "-x"):
        sending("notify-send tuinews", []).tell_desktop(sentence)
    assert started[0][:2] == ["notify-send", "tuinews"]
    assert not UNSAFE.search(started[0][2])
    assert not set("<>&") & set(started[0][2])
    assert started[1][2] == " -x"
