"""An error nobody foresaw, raised in the real program: `python scripts/scorecard errors` does it at thousands of places."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from terminal import Terminal

pytestmark = pytest.mark.e2e
INJECTED = Path(__file__).parents[2] / "scripts" / "scorecard" / "injected"


def raising(folder: Path, place: str) -> dict[str, str]:
    return {
        "TUINEWS_HOME": str(folder / "home"),
        "PYTHONPATH": str(INJECTED),
        "TUINEWS_INJECT": place,
        "TUINEWS_INJECT_LOG": str(folder / "log"),
    }


def nothing_told(folder: Path, raw: bytes) -> None:
    assert b"Traceback" not in raw
    (report,) = (folder / "home" / "state").glob("report-*.txt")
    for text in (raw, report.read_bytes()):
        assert b"hunter2" not in text
        assert b"Unforeseen" not in text
    assert str(folder).encode() not in report.read_bytes()


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("config/__init__.py:load_settings:1", ()),
        ("ui/screens/reading_flow.py:Stories.read:1", ("enter",)),
        ("ui/waiting.py:waiting.<locals>.Waiting._typed:1", ("j",)),
    ],
    ids=["starting", "a key", "reading keys"],
)
def test_an_error_ends_the_reader_with_one_sentence_and_a_report(tmp_path, place, keys):
    with Terminal(raising(tmp_path, place), columns=200) as tui:
        before = termios.tcgetattr(tui._master)
        if keys:
            tui.wait_for("Welcome to the terminal newspaper", seconds=120)
        for key in keys:
            tui.press(key)
        assert tui.wait_exit(120) == 1
        tui.pump(0.5)
        raw = bytes(tui.raw)
        assert raw.count(b"an error in the program ended it (RuntimeError)") == 1
        assert raw.rfind(b"\x1b[?1049h") <= raw.rfind(b"\x1b[?1049l")
        assert raw.rfind(b"\x1b[?25l") <= raw.rfind(b"\x1b[?25h")
        assert termios.tcgetattr(tui._master)[3] == before[3]
    nothing_told(tmp_path, raw)


def test_an_error_of_the_networks_process_is_told_and_reading_goes_on(tmp_path):
    with Terminal(raising(tmp_path, "services/agent.py:Errands.do_story:1"), columns=200) as tui:
        tui.wait_for("Welcome to the terminal newspaper", seconds=120)
        tui.press("enter")
        tui.wait_for("an error in the program ended it (RuntimeError)", seconds=120)
        tui.press("esc", "j", "enter")
        tui.wait_for("After a debate that ran past midnight", seconds=120)
        tui.press("Q")
        assert tui.wait_exit(120) == 0
        raw = bytes(tui.raw)
    nothing_told(tmp_path, raw)


def test_an_error_in_a_worker_names_the_feed_and_has_a_report(tmp_path):
    """Nothing is lost: the next refresh brings what this one could not."""
    env = {**os.environ, **raising(tmp_path, "services/digesting.py:digest_feed:1")}
    done = subprocess.run(
        [sys.executable, "-m", "tui_news", "add", "builtin:edition/feed.xml"], env=env, capture_output=True
    )
    assert done.returncode == 1
    assert b"an error in the program (RuntimeError); what happened is in " in done.stderr
    assert len(done.stderr.splitlines()) == 1
    nothing_told(tmp_path, done.stderr + done.stdout)
