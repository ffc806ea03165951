"""Whoever leaves does not wait until everything typed before it, or after, has been answered."""

from __future__ import annotations

from textual._queue import Queue
from textual.app import App
from textual.events import InputEvent
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Input

TYPED = (InputEvent, Input.Changed)  # the palette searches at each change, and lays its list out anew


class Nothing(Message, bubble=False):
    """Stands in a line that would else be empty: whoever was just told that it is not would fail."""


def forget_typed(app: App[None]) -> None:
    """Drop every key and click that is still in line, and those to come: a thousand of them take ten seconds."""
    driver = app._driver
    if driver is not None:
        driver.deaf = True  # type: ignore[attr-defined]
    for pump in (app, *app._registry):
        _sift(pump)


def _sift(pump: MessagePump) -> None:
    queue: Queue[Message | None] = pump._message_queue
    waiting = [queue.get_nowait() for _ in range(queue.qsize())]
    kept = [message for message in waiting if not isinstance(message, TYPED)]
    for message in kept or [Nothing()] * bool(waiting):
        queue.put_nowait(message)
