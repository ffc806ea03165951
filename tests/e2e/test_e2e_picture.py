"""The second start: the list as it was left stands there before the program is loaded, and takes keys."""

from __future__ import annotations

import termios

import pytest

from terminal import Terminal

pytestmark = pytest.mark.e2e
LIVE = b"\x1b[?1004h"  # what the live screen asks of a terminal first


def test_the_next_start_shows_the_list_at_once_and_keys_pressed_meanwhile_are_obeyed(tmp_path):
    home = {"TUINEWS_HOME": str(tmp_path / "home")}
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper", "offline ✓", "Bring your feeds along")
        tui.press("enter")
        tui.wait_for("Five keys")
        tui.press("Q")
        assert tui.wait_exit() == 0
    with Terminal(home, 80, 24) as tui:
        before = termios.tcgetattr(tui._master)
        tui.wait_for("7 unread", "▌● Harbour town", "j/k move")
        assert LIVE not in tui.raw
        tui.press("j")
        tui.wait_for("▌● Three hundred comments")
        assert tui.raw.count(b"\x1b[?1049h") == 1
        tui.press("Q")
        assert tui.wait_exit() == 0
        assert termios.tcgetattr(tui._master) == before
    with Terminal({**home, "COLORTERM": ""}, 80, 24) as tui:
        tui.wait_for("Harbour town")
        assert LIVE in tui.raw
