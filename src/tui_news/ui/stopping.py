"""Stopped, continued, or its terminal closed: the driver starts once a stop, and waits for no dead terminal."""

from __future__ import annotations

import contextlib
import os
import select
from typing import Any, TextIO

from textual.driver import Driver

PATIENCE = 1.0  # seconds between looks at a terminal that takes nothing


class Forgiving:
    """The terminal's file, for the thread that writes to it: should the terminal be closed that thread goes on, for
    whoever draws into the line of a dead one waits for ever.

    All of a text is written, in as many pieces as the terminal takes it. Python's own file, where it has no buffer
    (PYTHONUNBUFFERED, as in most containers), forgets what a signal cut off, a size that changes for one; and any of
    them what a terminal that another program left not waiting does not take at once. A sequence that ends half way
    takes what comes after it for its own.
    """

    def __init__(self, file: TextIO) -> None:
        self.fileno = file.fileno
        self._encoding, self._errors = file.encoding or "utf-8", file.errors or "replace"

    def write(self, text: str) -> None:
        left = memoryview(text.encode(self._encoding, self._errors))
        with contextlib.suppress(OSError, ValueError):
            while left:
                try:
                    left = left[os.write(self.fileno(), left) :]
                except BlockingIOError:
                    select.select([], [self.fileno()], [], PATIENCE)

    def flush(self) -> None:
        """Nothing is held back."""


def steady(base: type[Driver]) -> type[Driver]:
    """`base`, the driver of a Unix terminal, minding what signals it is sent and not how often."""

    class Steady(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._stopping = self.taken = False
            self._file: Any = Forgiving(self._file)

        def start_application_mode(self) -> None:
            self.taken = True
            super().start_application_mode()

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            self.taken = False

        def _run_input_thread(self) -> None:
            """Nobody would hear a key again: that is the end, told as any other, and not by a page of traceback."""
            try:
                self.run_input_thread()
            except BaseException as error:
                self._app.call_later(self._app._handle_exception, error)

        def _sigtstp_application(self, *told: Any) -> None:
            if not self._stopping:  # a second ctrl-z on the way would stop us again as soon as we are back
                self._stopping = True
                try:
                    super()._sigtstp_application(*told)
                finally:
                    self._stopping = False

        def _sigcont_application(self, *told: Any) -> None:
            """Continued without having been stopped by a ctrl-z, as the kernel does after a SIGHUP and some shells
            after a SIGTERM: to start once more would be two threads that read the keys, one of which never ends."""
            if self._must_signal_resume:
                super()._sigcont_application(*told)
            elif self._auto_restart:
                with contextlib.suppress(RuntimeError):  # the loop is over
                    self._loop.call_soon_threadsafe(self._app.refresh)

    return Steady
