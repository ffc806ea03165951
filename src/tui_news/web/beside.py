"""What must wait for the system, in a thread beside the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def beside(look: Callable[[], T], name: str) -> asyncio.Future[T]:
    """What `look` returns or raises (an Exception), to be awaited.

    In a daemon thread of its own: the loop's executor would be waited for at exit, and a dead resolver takes half a
    minute to say so.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(answer: T | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(answer)  # type: ignore[arg-type]  # there is one where there is no error

    def run() -> None:
        answer, failed = None, None
        try:
            answer = look()
        except Exception as error:
            failed = error
        try:
            loop.call_soon_threadsafe(settle, answer, failed)
        except RuntimeError:  # the loop is closed: nobody waits any more
            pass

    threading.Thread(target=run, name=name, daemon=True).start()
    return future
