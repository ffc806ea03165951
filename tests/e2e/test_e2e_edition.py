"""A stranger on a fresh machine: one command, a story with its quotes and its comments."""

from __future__ import annotations

import pytest

from terminal import Terminal

pytestmark = pytest.mark.e2e


@pytest.fixture
def home(tmp_path):
    return {"TUINEWS_HOME": str(tmp_path / "home")}


def test_the_first_run_opens_on_the_edition_and_reads_a_thread(home):
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper", "Harbour town votes")
        tui.press("j", "enter")
        tui.wait_for("Ingrid Solheim", "Vesterhavn")
        tui.wait_for("❝")
        tui.press("]")
        tui.wait_for("Sunniva Dahl")
        tui.press("c")
        tui.wait_for("14 comments", "Kari Moen")
        tui.press("enter")
        tui.wait_for("▸", "replies")
        tui.press("q")
        tui.wait_for("Welcome to the terminal newspaper")
        tui.press("q")
        assert tui.wait_exit() == 0


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (200, 50)])
def test_every_size_shows_list_and_story(home, columns, rows):
    with Terminal(home, columns, rows) as tui:
        tui.wait_for("Welcome to the terminal newspaper")
        tui.press("enter")
        text = tui.wait_for(
            "Five keys", *(("Harbour town",) if columns > 80 else ()), *(("Starred",) if columns > 140 else ())
        )
        assert ("Harbour town" in text) == (columns > 80)
        assert ("Starred" in text) == (columns > 140)
        tui.press("Q")
        assert tui.wait_exit() == 0


def test_marks_stay_and_undo_works_after_a_restart(home):
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper")
        tui.press("s")
        tui.wait_for("★")
        tui.press("Q")
        assert tui.wait_exit() == 0
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("★")
        tui.press("u")
        tui.wait_for("starring", gone=("★",))


def test_the_terminal_is_given_back_when_asked_to_end(home):
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper")
        tui.process.terminate()
        assert tui.wait_exit() == 0
        assert b"\x1b[?1049l" in tui.raw
        assert "Traceback" not in tui.text()
