"""The stored picture: shown where it fits, true whatever happened since, refused when it is not whole."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest

from tui_news import picture
from tui_news.picture import RS, US

NOON = 1_760_000_000
FRAME = f"\x1b[1;1Htuinews{RS}S{US}24{US}{'128 unread'.rjust(24)}{RS}\x1b[2;1HStorm{RS}A{US}{NOON - 7200}{US}4{RS}"


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "library.db").write_bytes(b"stories")
    picture.save(80, 24, FRAME, NOON)
    return tmp_path


def test_what_did_not_change_is_shown_as_it_was_and_ages_go_on(home):
    assert picture.read(80, 24, NOON) == FRAME.split(RS)[0] + "128 unread".rjust(24) + "\x1b[2;1HStorm" + "  2h"
    assert picture.read(80, 24, NOON + 3600).endswith("Storm  3h")


@pytest.mark.parametrize("field", ["", "S", f"S{US}4", f"S{US}x{US}y", f"A{US}then{US}4", f"A{US}5", "²"])
def test_a_damaged_field_is_no_picture(home, field):
    picture.save(80, 24, f"a{RS}{field}{RS}b", NOON)
    assert picture.read(80, 24, NOON) is None or field == "²"


def test_a_library_written_to_since_is_said(home):
    (home / "data" / "library.db").write_bytes(b"stories and one more")
    shown = picture.read(80, 24, NOON + 1200)
    assert "128 unread" not in shown
    assert "tuinews───── as it was 20m ago \x1b[2;1HStorm" in shown


def test_a_journal_written_to_counts_as_the_library(home):
    (home / "data" / "library.db-wal").write_bytes(b"more")
    assert "as it was just now" in picture.read(80, 24, NOON)


@pytest.mark.parametrize("now", [NOON + 86_400, NOON - 86_400])
def test_on_another_day_the_counts_of_today_may_be_others(home, now):
    assert "128 unread" not in picture.read(80, 24, now)


def test_an_age_that_no_longer_fits_is_left_out_and_never_cut(home):
    picture.save(80, 24, f"x{RS}A{US}{NOON - 86_400}{US}2{RS}", NOON)
    assert picture.read(80, 24, NOON) == "x1d"
    assert picture.read(80, 24, NOON + 100 * 86_400) == "x  "


@pytest.mark.parametrize(
    ("name", "value"), [("TERM", "linux"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1"), ("TUINEWS_HOME", "/nowhere")]
)
def test_another_terminal_or_library_has_no_picture(home, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert picture.read(80, 24, NOON) is None


def test_another_size_or_other_settings_have_none(home):
    assert picture.read(81, 24, NOON) is None
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text('theme = "nord"\n')
    assert picture.read(80, 24, NOON) is None


@pytest.mark.parametrize("damage", [lambda b: b[:-3], lambda b: b"", lambda b: b"\xff" + b, lambda b: b[2:]])
def test_a_picture_that_is_not_whole_is_none(home, damage):
    file = home / "cache" / "pictures" / "80x24"
    file.write_bytes(damage(file.read_bytes()))
    assert picture.read(80, 24, NOON) is None


def test_the_pictures_of_a_few_sizes_are_kept(home):
    for columns in range(60, 60 + 2 * picture.KEEP):
        picture.save(columns, 24, FRAME, NOON)
    assert len(os.listdir(home / "cache" / "pictures")) == picture.KEEP


def test_a_place_that_cannot_be_written_costs_the_picture_only(home):
    (home / "cache" / "pictures" / "80x24").unlink()
    (home / "cache" / "pictures").rmdir()
    (home / "cache" / "pictures").write_text("a file")
    picture.save(80, 24, FRAME, NOON)
    assert picture.read(80, 24, NOON) is None


def test_without_a_terminal_nothing_is_shown(home):
    assert picture.show() is None


def test_it_needs_next_to_nothing_imported():
    code = "import sys; from tui_news import picture; print(sorted(m for m in sys.modules if m.startswith('tui_news')))"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {sys.path!r}; {code}; print('re' in sys.modules)",
        ],
        capture_output=True,
        text=True,
    )
    ours, regular_expressions = done.stdout.splitlines()
    assert ours == "['tui_news', 'tui_news.folders', 'tui_news.picture', 'tui_news.text', 'tui_news.text.ago']"
    assert regular_expressions == "False"


def test_bytes_of_utf_8_are_for_no_other_terminal(home, monkeypatch):
    assert picture.read(80, 24, NOON) is not None
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(BytesIO(), encoding="latin-1"))
    assert picture.encoding() == "latin1"
    assert picture.read(80, 24, NOON) is None
    assert picture.show() is None
