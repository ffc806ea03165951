"""A report is fit to be sent to strangers."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from tui_news.models import TuinewsError
from tui_news.reports import lines
from tui_news.services.reporting import keep, report, told
from tui_news.text.sanitize import clean_line

SECRET = "https://ann:s3cr3t@host.example/private"


def failing(text: str) -> BaseException:
    try:
        try:
            clean_line(None)  # type: ignore[arg-type]
        except TypeError as error:
            raise KeyError(text) from error
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_says_where_and_never_what(tmp_path: Path) -> None:
    sentence = report(failing(SECRET), tmp_path, 1_700_000_000)
    text = (tmp_path / "report-1700000000.txt").read_text()
    assert str(tmp_path / "report-1700000000.txt") in sentence
    assert "\n" not in sentence
    assert "s3cr3t" not in text
    assert "s3cr3t" not in sentence
    assert "builtins.KeyError" in text
    assert "builtins.TypeError" in text
    assert "tui_news/text/sanitize.py:" in text
    assert str(Path.home()) not in text
    assert os.getcwd() not in text


def test_a_report_of_a_task_group_names_what_failed_in_it(tmp_path: Path) -> None:
    group = ExceptionGroup("unhandled errors in a TaskGroup", [ExceptionGroup("within", [failing(SECRET)])])
    sentence = report(group, tmp_path, 1_700_000_000)
    assert "(KeyError)" in sentence
    text = (tmp_path / "report-1700000000.txt").read_text()
    assert "builtins.KeyError" in text
    assert "tui_news/text/sanitize.py:" in text
    assert "s3cr3t" not in text


def test_a_report_never_raises() -> None:
    class Odd(Exception):
        __module__ = ""

        def __str__(self) -> str:
            raise ValueError

    assert "could not be written" in report(Odd(), Path(os.devnull) / "x", 0)
    looped = failing("a")
    looped.__cause__ = looped
    assert len(list(lines(looped))) < 500


def test_what_a_system_refuses_is_a_sentence_and_no_report(tmp_path: Path) -> None:
    error = PermissionError(13, "Permission denied", str(tmp_path / "config.toml"))
    assert told(error, tmp_path, 1) == (
        f"tuinews: {tmp_path / 'config.toml'} cannot be used: permission denied; check the disk and who may use it"
    )
    assert told(TuinewsError("No", "why", "do"), tmp_path, 1) == "tuinews: No: why; do"
    assert not list(tmp_path.iterdir())
    assert told(OSError(24, "hunter2"), tmp_path, 1).startswith("tuinews: the system refused: too many open files; ")
    assert told(MemoryError("hunter2"), tmp_path, 1).startswith(
        "tuinews: the system refused: there is no memory left; "
    )
    assert not list(tmp_path.iterdir())
    assert "report-1.txt" in told(OSError("hunter2"), tmp_path, 1)


def test_each_error_of_a_second_has_its_report_and_the_last_twenty_are_kept(tmp_path: Path) -> None:
    for kind in (ValueError, KeyError, ValueError):
        report(kind("x"), tmp_path, 5)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report-5-2.txt", "report-5.txt"]
    for second in range(10, 40):
        report(type(f"Kind{second}", (ValueError,), {})("x"), tmp_path, second)
    assert len(list(tmp_path.iterdir())) == 20


def test_what_fails_again_and_again_has_one_report_which_pushes_no_other_out(tmp_path: Path) -> None:
    report(KeyError("x"), tmp_path, 1)
    for second in range(2, 40):
        sentence = report(ValueError("x"), tmp_path, second)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report-1.txt", "report-2.txt"]
    assert "report-2.txt" in sentence


def test_half_a_report_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.TextIOWrapper):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened(path: Path, *how: str, **more: str) -> Full:
        path.touch()
        return Full(io.BytesIO())

    monkeypatch.setattr("tui_news.reports.open", opened, raising=False)
    assert "could not be written" in report(ValueError("x"), tmp_path, 1)
    assert not list(tmp_path.iterdir())


def test_a_workers_report_is_put_down_and_named(tmp_path: Path) -> None:
    assert keep("words", tmp_path, 3) == f"what happened is in {tmp_path / 'report-3.txt'}"
    assert (tmp_path / "report-3.txt").read_text() == "words"
    assert keep("words", Path(os.devnull) / "x", 3) == "the report could not be written"
