"""Reading by words alone, and the shells' side of the command line."""

from __future__ import annotations

import errno
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tui_news.cli import main
from tui_news.cli.completions import verbs
from tui_news.cli.plain import Loop
from tui_news.cli.start import open_desk
from tui_news.cli.verbs import VERBS
from tui_news.paths import default_paths

RSS = """<rss version="2.0"><channel><title>$(touch pwned) `x` "T"</title>{}</channel></rss>"""
ITEM = "<item><title>Story {0}</title><link>https://e.example/{0}</link><guid>{0}</guid><description>Words {0}.</description></item>"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))
    desk = open_desk(default_paths())
    feed = desk.library.feeds.all()[0].id
    from tui_news.models import Entry

    entries = [
        Entry(f"g:{n}", str(n), f"https://e.example/{n}", f"Story {n}", "", 5 + n, 5 + n, f"<p>Words {n}.</p>", str(n))
        for n in range(3)
    ]
    desk.library.stories.store(feed, entries, [], 9)
    desk.library.feeds.add("https://other.example/f", title="$(touch pwned) `x` \"T\" 'q'", now=1)
    desk.close()
    return tmp_path


def test_next_reads_everything_one_after_the_other(capsys):
    for number in (2, 1, 0):
        assert main(["next", "--offline"]) == 0
        out = capsys.readouterr().out
        assert f"Story {number}" in out
        assert f"Words {number}." in out
    assert main(["next"]) == 0
    assert "Everything is read" in capsys.readouterr().out
    assert main(["unread", "1", "https://e.example/2"]) == 0
    assert capsys.readouterr().out == "Unread again: Story 0\nUnread again: Story 2\n"
    assert main(["next", "--offline", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Story 2"


def test_a_story_that_could_not_be_printed_is_still_to_be_read(capsys, monkeypatch):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr(sys, "stdout", Full())
        assert main(["next", "--offline"]) == 1
    assert "could not be written: no space left on device" in capsys.readouterr().err
    assert main(["next", "--offline"]) == 0
    assert "Story 2" in capsys.readouterr().out


def test_star_comments_and_open(capsys, monkeypatch):
    assert main(["star", "1", "3"]) == 0
    assert main(["star", "--off", "3", "--json"]) == 0
    assert '"starred":false' in capsys.readouterr().out.replace(" ", "")
    assert main(["comments", "1"]) == 0
    assert "No comments are held." in capsys.readouterr().out
    monkeypatch.setenv("BROWSER", "no-such-browser-anywhere")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert main(["open", "1"]) == 0
    assert capsys.readouterr().out == "https://e.example/0\n"
    assert main(["star", "99"]) == 1


def test_the_loop_reads_stars_and_leaves(capsys):
    ran: list[list[str]] = []
    lines = iter(["c", "n", "s", "c", "w", "m", "o", "/ferry boat", "l", "l sea", "2", "77", "u", "what", "q", "never"])
    loop = Loop(lambda: next(lines), lambda words: ran.append(list(words)) or 0)
    assert loop.go() == 0
    assert ran == [
        ["read", "3"], ["star", "3"], ["comments", "3"], ["quotes", "--story", "3"], ["unread", "3"], ["open", "3"],
        ["search", "--", "ferry boat"], ["list", "--limit", "20", "is:unread"], ["list", "--limit", "20", "sea"],
        ["read", "2"], ["undo"],
    ]  # fmt: skip
    out = capsys.readouterr()
    assert "You are at no story yet" in out.out
    assert "enter n  the next unread story" in out.out
    assert "there is no story 77" in out.err
    assert next(lines) == "never"


def test_a_dumb_terminal_gets_a_reading_loop_and_not_one_escape_code(tmp_path):
    control, terminal = pty.openpty()
    env = dict(os.environ, TERM="dumb", COVERAGE_PROCESS_START="")
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_news"], stdin=terminal, stdout=terminal, stderr=terminal, env=env
    )
    os.close(terminal)
    os.write(control, b"l\n\nc\nq\n")
    said = b""
    while True:
        try:
            piece = os.read(control, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(control)
    assert process.wait(30) == 0
    assert b"line by line" in said
    assert b"Words 2." in said
    assert b"\x1b" not in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_name_every_verb_and_option(shell, capsys):
    assert main(["completions", shell]) == 0
    out = capsys.readouterr().out
    for verb in verbs():
        assert verb.name in out
        for option in verb.options:
            assert max(option.flags, key=len).lstrip("-") in out


def bash_words(capsys, tmp_path, line, *words):
    """What bash offers for the last of the words of the line."""
    main(["completions", "bash"])
    script = tmp_path / "c.bash"
    script.write_text(
        f"{capsys.readouterr().out}\nCOMP_LINE={shlex.quote(line)}\nCOMP_POINT={len(line)}\n"
        f"COMP_WORDS=({' '.join(map(shlex.quote, words))})\nCOMP_CWORD={len(words) - 1}\n_tuinews\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    tuinews = tmp_path / "tuinews"
    tuinews.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui_news "$@"\n')
    tuinews.chmod(0o755)
    env = dict(os.environ, PATH=f"{tmp_path}:{os.environ['PATH']}")
    done = subprocess.run(["bash", str(script)], capture_output=True, text=True, env=env, cwd=tmp_path)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_bash_takes_the_script_and_a_hostile_title_is_only_a_word(capsys, tmp_path):
    assert bash_words(capsys, tmp_path, "tuinews remove $", "tuinews", "remove", "$")[0].startswith(
        "\\$\\(touch\\ pwned\\)"
    )
    assert not (tmp_path / "pwned").exists()


def test_bash_sees_through_its_own_colons_and_knows_what_an_option_takes(capsys, tmp_path):
    words = bash_words(capsys, tmp_path, "tuinews list a is:unr", "tuinews", "list", "a", "is", ":", "unr")
    assert words == ["unread"]
    words = bash_words(capsys, tmp_path, "tuinews export --format ", "tuinews", "export", "--format", "")
    assert words == ["opml", "json"]


def test_words_for_the_shell_are_quick_and_silent_without_a_library(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "none"))
    assert main(["complete", "feeds"]) == 0
    assert main(["complete", "words"]) == 0
    out = capsys.readouterr()
    assert (out.err, "is:unread" in out.out) == ("", True)
    assert not (tmp_path / "none").exists()


def test_the_manual_page_is_current_and_every_verb_has_help(capsys):
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "man_page.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert {verb.name for verb in verbs()} | {"complete"} == set(VERBS)
    assert all(verb.help for verb in verbs())
    assert main(["man"]) == 0
    assert capsys.readouterr().out.startswith(".TH TUINEWS 1")


def test_fish_offers_what_may_follow_an_option(capsys):
    main(["completions", "fish"])
    out = capsys.readouterr().out
    assert "-l format -x -a 'opml json'" in out or "-l format -x -a 'json opml'" in out
    assert "-l tag -x -a '(tuinews complete tags 2>/dev/null)'" in out
