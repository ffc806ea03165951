"""Keys are waited for, not looked for: Textual's driver asks the terminal ten times a second whether there is one, all
day long, which is nearly all that an idle reader costs."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from codecs import getincrementaldecoder
from threading import Event
from typing import Any

from textual.app import App, ScreenStackError, UnknownModeError
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.events import InputEvent
from textual.message import Message

from tui_news.ui.escapes import Escapes, Sequences
from tui_news.ui.stopping import steady

TICK = 0.1  # seconds between looks at an escape sequence that has begun and may not go on
SETTLED = ESCAPE_DELAY + 3 * TICK  # seconds without a key after which nothing is half said
LONG = 60.0  # seconds: should a call to wake ever be lost, the reader still ends


class WakingEvent(Event):
    """An event whose setting also ends a wait for keys, whoever waits. `out` is to be waited for beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.out, self._in = os.pipe()
        os.set_blocking(self._in, False)
        os.set_blocking(self.out, False)

    def set(self) -> None:
        super().set()
        try:
            os.write(self._in, b".")
        except BlockingIOError:
            pass  # it is full: whoever waits wakes

    def clear(self) -> None:
        super().clear()
        with contextlib.suppress(BlockingIOError):
            os.read(self.out, 4096)


def _in_field(app: App[Any]) -> bool:
    """Whether what is typed is text: keys such as alt+b have a meaning there. Before the first screen there is none."""
    try:
        return hasattr(app.focused, "cursor_position")
    except (ScreenStackError, UnknownModeError, AttributeError):
        return False


def waiting(base: type[Driver]) -> type[Driver]:
    """`base`, if it is the driver of a Unix terminal, waiting for keys as long as it takes. `deaf`: what is typed from
    now on is for nobody."""
    if not hasattr(base, "run_input_thread"):
        return base

    class Waiting(steady(base)):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.exit_event = WakingEvent()
            self.deaf = False

        def run_input_thread(self) -> None:
            """As Textual's: what is typed goes to the parser, which is also told of time that passes. An empty text
            would end it: half of a letter is one until the rest has come. What is no letter (alt on some terminals,
            what comes from one of another encoding) is shown as such."""
            escapes, decode = Escapes(Sequences(self._debug)), getincrementaldecoder("utf-8")("replace").decode
            typed_at = time.monotonic()
            while not self.exit_event.is_set():
                patience = TICK if time.monotonic() - typed_at < SETTLED else LONG
                ready = select.select([self.fileno, self.exit_event.out], [], [], patience)[0]
                if self.fileno in ready:
                    typed_at = time.monotonic()
                    if not (typed := self._typed()):
                        os.kill(os.getpid(), signal.SIGHUP)  # which comes by itself only to who owns the terminal
                        return
                    for event in escapes.read(decode(typed), _in_field(self._app)):
                        self.process_message(event)
                for event in escapes.tick():
                    self.process_message(event)

        def process_message(self, message: Message) -> None:
            if not (self.deaf and isinstance(message, InputEvent)):
                super().process_message(message)

        def _typed(self) -> bytes:
            """What was typed: b"" when there is no terminal any more."""
            try:
                return os.read(self.fileno, 4096)
            except OSError:
                return b""

    return Waiting
