"""What was fetched is stored, even when another program writes just then: waiting in line costs nobody anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tui_news.services.tools import Tools
from tui_news.store import LibraryBusy

T = TypeVar("T")
HURRY = 0.5  # seconds that a try may keep the other trips waiting
PAUSE = 0.25  # seconds for them between two tries
LONGEST = 120.0  # seconds in all; somebody holds the library for good then


async def patiently(tools: Tools, write: Callable[[], T], longest: float = LONGEST) -> T:
    """Do `write`, a whole transaction, and again while another program has the library. Raises LibraryBusy after
    `longest` seconds, and whatever else `write` raises at once."""
    loop = asyncio.get_running_loop()
    end = loop.time() + longest
    while True:
        try:
            with tools.library.hurry(HURRY):
                return write()
        except LibraryBusy:
            if loop.time() >= end:
                raise
        await asyncio.sleep(PAUSE)
