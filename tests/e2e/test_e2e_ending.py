"""Ended by others: a closed terminal, whether or not it is ours alone, and the signals of a shell that goes."""

from __future__ import annotations

import os
import signal

import pytest

from terminal import Terminal

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("owned", [True, False])
def test_a_closed_terminal_ends_the_reader(tmp_path, owned):
    with Terminal({"TUINEWS_HOME": str(tmp_path / "home")}, owned=owned) as tui:
        tui.wait_for("Welcome to the terminal newspaper", "offline ✓")
        os.close(tui._master)
        tui._master = os.open(os.devnull, os.O_RDONLY)
        assert tui.process.wait(60) == 0


def test_continued_though_never_stopped_it_still_answers_and_ends(tmp_path):
    with Terminal({"TUINEWS_HOME": str(tmp_path / "home")}) as tui:
        tui.wait_for("Welcome to the terminal newspaper", "offline ✓")
        for _ in range(3):
            tui.process.send_signal(signal.SIGCONT)
        tui.press("enter")
        tui.wait_for("Five keys")
        tui.process.send_signal(signal.SIGCONT)
        tui.process.send_signal(signal.SIGTERM)
        assert tui.wait_exit(60) == 0
        assert tui.raw.rfind(b"\x1b[?1049l") > tui.raw.rfind(b"\x1b[?1049h")


def test_errors_that_go_to_a_file_do_not_take_the_screen_along(tmp_path):
    home = {"TUINEWS_HOME": str(tmp_path / "home")}
    with (tmp_path / "errors").open("wb") as errors, Terminal(home, errors=errors.fileno()) as tui:
        tui.wait_for("Welcome to the terminal newspaper", "offline ✓")
        tui.press("Q")
        assert tui.wait_exit() == 0, (tmp_path / "errors").read_text("utf-8", "replace")
    assert (tmp_path / "errors").read_bytes() == b""
