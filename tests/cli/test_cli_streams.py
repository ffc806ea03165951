"""Outputs that take nothing or have few letters. `python scripts/scorecard surroundings` puts every verb to them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tui_news.cli import main
from tui_news.cli.verbs import open_desk

TITLE = "Støre ▾ “מילים” 👩‍👧"
NOT_WRITTEN = "tuinews: the output could not be written: "
full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    with open_desk() as desk:
        desk.library.feeds.add("https://e.example/feed", title=TITLE, now=1)
    return tmp_path


def ran(words: str, redirected: str) -> tuple[int, str]:
    """The program in a shell; its exit code and its error output, where there is one."""
    command = f'"$0" -m tui_news {words} {redirected}'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr


@full
@pytest.mark.parametrize("words", ["feeds", "feeds --json", "--help"])
def test_a_full_disk_is_a_sentence(words: str, home: Path) -> None:
    code, told = ran(words, ">/dev/full")
    assert (code, told) == (1, f"{NOT_WRITTEN}no space left on device; check where it goes; the library is safe\n")
    assert not list(home.rglob("report-*"))


@full
def test_where_nothing_can_be_said_nothing_is_reported(home: Path) -> None:
    assert ran("", ">/dev/full 2>/dev/full") == (1, "")
    assert not list(home.rglob("report-*"))


def test_a_closed_output_is_a_sentence(home: Path) -> None:
    code, told = ran("feeds", ">&-")
    assert code == 1
    assert told.startswith(NOT_WRITTEN)
    assert len(told.splitlines()) == 1


def test_with_everything_closed_it_still_ends_as_it_should(home: Path) -> None:
    assert ran("read 999", "<&- >&- 2>&-") == (1, "")
    assert ran("import -", "<&- >/dev/null")[1].startswith("tuinews: the list could not be read")
    assert not list(home.rglob("report-*"))


def printed(monkeypatch: pytest.MonkeyPatch, alphabet: str, *words: str) -> bytes:
    raw = io.BytesIO()
    with monkeypatch.context() as during:
        during.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=alphabet, newline="\n", write_through=True))
        assert main(words) == 0
        return raw.getvalue()


@pytest.mark.parametrize("alphabet", ["ascii", "latin-1", "utf-8"])
def test_documents_keep_every_letter_in_any_alphabet(alphabet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (feed,) = json.loads(printed(monkeypatch, alphabet, "feeds", "--json").decode("utf-8"))
    assert feed["title"] == TITLE
    (outline,) = ElementTree.fromstring(printed(monkeypatch, alphabet, "export")).iter("outline")
    assert outline.get("text") == TITLE
    whole = json.loads(printed(monkeypatch, alphabet, "export", "--format", "json").decode("utf-8"))
    assert TITLE in whole["tables"]["feed"]["rows"][0]
