"""Keys are waited for: none is lost, none comes late, and nothing happens while nobody types."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.driver import Driver

from tui_news.ui import waiting


class Base:
    """What of Textual's driver the loop uses."""

    def __init__(self, fileno: int) -> None:
        self.fileno, self._debug, self._file = fileno, False, io.StringIO()
        self._auto_restart, self._must_signal_resume, self.calls = True, False, list[str]()
        self._loop = SimpleNamespace(call_soon_threadsafe=lambda call: call())
        self._app: Any = SimpleNamespace(refresh=lambda: self.calls.append("drawn"))
        self.exit_event = threading.Event()
        self.came: list[Any] = []
        self.told = threading.Condition()

    def run_input_thread(self) -> None:
        raise AssertionError("Textual's own loop")

    def process_message(self, message: Any) -> None:
        with self.told:
            self.came.append(message)
            self.told.notify_all()

    def _sigtstp_application(self, *told: Any) -> None:
        self.calls.append("stopped")
        self._must_signal_resume = True
        self._sigtstp_application()  # one more on the way
        self._sigcont_application()

    def _sigcont_application(self, *told: Any) -> None:
        self.calls.append("started again")
        self._must_signal_resume = False

    def keys(self) -> list[str]:
        return [event.key for event in self.came if isinstance(event, events.Key)]

    def wait_for(self, *keys: str) -> None:
        with self.told:
            assert self.told.wait_for(lambda: self.keys() == list(keys), 20), self.keys()


@contextmanager
def driver() -> Iterator[tuple[Any, int]]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    made: Any = waiting.waiting(Base)(slave)  # type: ignore[arg-type, call-arg]
    thread = threading.Thread(target=made.run_input_thread, daemon=True)
    thread.start()
    try:
        yield made, master
    finally:
        made.exit_event.set()
        thread.join(20)
        os.close(master)
        os.close(slave)
    assert not thread.is_alive()


def test_keys_come_whether_or_not_one_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SETTLED", 0.0)  # the long wait begins at once
    with driver() as (made, master):
        os.write(master, b"j")
        made.wait_for("j")
        os.write(master, "å".encode()[:1])
        os.write(master, "å".encode()[1:] + b"k")
        made.wait_for("j", "å", "k")


def test_escape_alone_is_told_from_what_begins_with_it() -> None:
    with driver() as (made, master):
        os.write(master, b"\x1b")
        made.wait_for("escape")
        os.write(master, b"\x1b[A")
        made.wait_for("escape", "up")


def test_while_nobody_types_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    long = threading.Event()

    def select_(read: list[int], write: list[int], error: list[int], patience: float) -> Any:
        asked.append(patience)
        if patience == waiting.LONG:
            long.set()
        return select.select(read, write, error, patience)

    monkeypatch.setattr(waiting, "SETTLED", 0.0)
    monkeypatch.setattr(waiting, "select", SimpleNamespace(select=select_))
    with driver() as (made, master):
        assert long.wait(20)
        os.write(master, b"j")
        made.wait_for("j")
    assert len(asked) <= 3  # before the key, after it, and none until it was to end


def test_half_a_sequence_and_half_a_letter_wait_for_the_rest() -> None:
    with driver() as (made, master):
        os.write(master, b"\x1b[")
        os.write(master, b"5~j" + "語".encode()[:2])
        os.write(master, "語".encode()[2:] + b"\x1bOP")
        made.wait_for("pageup", "j", "語", "f1")


def test_what_is_no_letter_ends_nothing() -> None:
    with driver() as (made, master):
        os.write(master, b"\xf1\xffj\xe5k")  # alt+q as eight bits, nothing at all, a letter of another encoding
        none = "replacement_character"
        made.wait_for(none, none, "j", none, "k")


def test_a_closed_terminal_ends_the_program_by_the_signal_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(waiting.os, "kill", lambda pid, number: sent.append(number))
    master, slave = pty.openpty()
    tty.setraw(slave)
    made: Any = waiting.waiting(Base)(slave)  # type: ignore[arg-type, call-arg]
    thread = threading.Thread(target=made.run_input_thread, daemon=True)
    thread.start()
    os.close(master)
    thread.join(20)
    os.close(slave)
    assert not thread.is_alive()
    assert sent == [signal.SIGHUP]


def test_an_event_wakes_all_who_wait() -> None:
    event = waiting.WakingEvent()
    event.set()
    for _ in range(2):
        assert select.select([event.out], [], [], 20)[0]
    event.clear()
    assert not select.select([event.out], [], [], 0)[0]


def test_continued_without_a_stop_nothing_is_started_twice() -> None:
    made: Any = waiting.waiting(Base)(0)  # type: ignore[arg-type, call-arg]
    made._sigcont_application()
    assert made.calls == ["drawn"]
    made._sigtstp_application()
    made._sigcont_application()
    assert made.calls == ["drawn", "stopped", "started again", "drawn"]
    made._auto_restart = False  # we are leaving
    made._sigcont_application()
    assert made.calls[4:] == []


def test_another_driver_is_left_alone() -> None:
    assert waiting.waiting(Driver) is Driver


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"\x1bF", ["escape", "F"]),
        (b'\x1b"', ["escape", "quotation_mark"]),
        (b"\x1b\r", ["escape", "enter"]),
        (b"\x1b\t1", ["escape", "tab", "1"]),
        (b"\x1b\x1bq", ["escape", "escape", "q"]),
        (b"\x1b[Aj", ["up", "j"]),
        (b"j\x1bOPk", ["j", "f1", "k"]),
        (b"\x1bO", ["escape", "O"]),
    ],
)
def test_escape_and_a_key_in_one_piece_are_two_keys(typed: bytes, keys: list[str]) -> None:
    with driver() as (made, master):
        os.write(master, typed)
        made.wait_for(*keys)


def test_escape_and_a_key_right_after_it_are_two_keys() -> None:
    with driver() as (made, master):
        for _ in range(3):
            os.write(master, b"\x1b")
            termios.tcdrain(master)
            os.write(master, b"F")
        made.wait_for(*["escape", "F"] * 3)


def test_a_field_keeps_its_keys_by_word() -> None:
    with driver() as (made, master):
        made._app.focused = SimpleNamespace(cursor_position=0)
        os.write(master, b"\x1bb\x1bF")
        made.wait_for("ctrl+left", "escape", "F")


def test_keys_before_the_first_screen_end_nothing() -> None:
    with driver() as (made, master):
        made._app = App[None]()
        os.write(master, b"j\x1bF")
        made.wait_for("j", "escape", "F")


def test_a_paste_has_no_keys() -> None:
    with driver() as (made, master):
        os.write(master, b"\x1b[200~a\x1bq")
        os.write(master, b"b\x1bq\x1b[20")
        os.write(master, b"1~")
        os.write(master, b"\x1bq")
        made.wait_for("escape", "q")
        assert [event.text for event in made.came if isinstance(event, events.Paste)] == ["aqbq"]
