"""What is written to the terminal is written whole, whatever the terminal does meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread

import pytest

from tui_news.ui.stopping import Forgiving

TEXT = "".join(f"\x1b[38;2;{n};1;2m{n} ž\x1b[0m" for n in range(30_000))


@contextmanager
def unbuffered(waits: bool) -> Iterator[tuple[int, Forgiving]]:
    """A line as `python -u` opens it: where it is read, and where it is written."""
    out, into = os.pipe()
    os.set_blocking(into, waits)
    file = open(into, "w", encoding="utf-8")  # noqa: SIM115
    try:
        yield out, Forgiving(file)
    finally:
        file.close()
        os.close(out)


@pytest.mark.parametrize("waits", [True, False])
def test_all_of_it_comes(waits: bool) -> None:
    with unbuffered(waits) as (out, file):
        writer = Thread(target=lambda: [file.write(TEXT), file.flush(), file.write("end")])
        writer.start()
        got = bytearray()
        while not got.endswith(b"end"):
            got += os.read(out, 1000)
        writer.join()
    assert got.decode() == TEXT + "end"


def test_a_short_write_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a signal cuts it off."""
    whole = os.write
    monkeypatch.setattr(os, "write", lambda number, data: whole(number, bytes(data[:7])))
    with unbuffered(True) as (out, file):
        file.write("\x1b[38;2;163;164;165m…\x1b]52;c;eA==\x07")
        assert os.read(out, 1000).decode() == "\x1b[38;2;163;164;165m…\x1b]52;c;eA==\x07"


def test_a_terminal_that_is_gone_is_written_to_in_vain() -> None:
    out, into = os.pipe()
    with closing(open(into, "w", encoding="utf-8")) as file:
        os.close(out)
        Forgiving(file).write("x")
    Forgiving(file).write("y")
    out, into = os.pipe()
    with closing(open(into, "w", encoding="latin-1", errors="backslashreplace")) as file:
        Forgiving(file).write("é€")
        assert os.read(out, 10) == b"\xe9\\u20ac"
    os.close(out)
