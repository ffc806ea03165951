"""The app's end of the courier: starts the agent's process on first need, sends requests, hands facts back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui_news.services import contracts
from tui_news.services.contracts import CourierStopped, Fact, Resting

FACTS: Mapping[str, type] = {
    name: getattr(contracts, name)
    for name in (
        "RefreshStarted",
        "FeedRefreshed",
        "RefreshWaits",
        "RefreshFinished",
        "StoryFetched",
        "FeedAdded",
        "AddFailed",
        "CourierStopped",
        "LibraryTold",
        "PackProgress",
        "PackFinished",
        "PicturesFetched",
        "LaterDone",
        "MoveTold",
        "Resting",
    )
}
#: The agent holds large bodies for a moment. Left to itself glibc learns from the first to take them from its heap,
#: which then never shrinks below the busiest minute; several arenas would do so each.
THRIFT = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "262144"}
#: Making a process holds the loop up for some milliseconds: the first paint and the first key come before.
MOMENT = 0.05
COMMAND = (sys.executable, "-m", "tui_news.services.agent")


def decode(line: bytes) -> Fact | None:
    """A fact from the agent's line, None for anything else."""
    try:
        data = json.loads(line)
        fact: Fact = FACTS[data.pop("fact")](**data)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return fact


class ProcessCourier:
    """The Courier that the app uses. Every method returns at once; nothing is lost if the agent dies: it only adds
    to the library, and the next request starts another. One that rests is let go, with its 20 MB."""

    def __init__(self, command: Sequence[str] = COMMAND, env: Mapping[str, str] | None = None) -> None:
        self._command, self._env = tuple(command), dict(env if env is not None else os.environ)
        self._callback: Callable[[Fact], None] = lambda fact: None
        self._process: Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._waiting: list[bytes] = []
        self._sent = 0  # requests to this process
        self._wake: asyncio.TimerHandle | None = None
        self._closed = False

    def listen(self, callback: Callable[[Fact], None]) -> None:
        self._callback = callback

    def refresh(self, feed_ids: Sequence[int] | None = None, force: bool = False) -> None:
        self._send(do="refresh", feeds=None if feed_ids is None else list(feed_ids), force=force)

    def fetch_story(self, story_id: int, force: bool = False) -> None:
        self._send(do="story", story=story_id, force=force)

    def add(self, url: str, folder: str = "") -> None:
        self._send(do="add", url=url, folder=folder)

    def pack(self, story_ids: Sequence[int]) -> None:
        self._send(do="pack", stories=list(story_ids))

    def wake(self) -> None:
        if self._process is None:
            self._send(do="index")

    def stop_refresh(self) -> None:
        self._send(do="stop_refresh")

    def stop_pack(self) -> None:
        self._send(do="stop_pack")

    def fetch_pictures(self, story_id: int) -> None:
        self._send(do="pictures", story=story_id)

    def move(self, words: str, dry: bool) -> None:
        self._send(do="move", words=words, dry=dry)

    def _send(self, **request: Any) -> None:
        if self._closed:
            return
        self._waiting.append(json.dumps(request).encode() + b"\n")
        if self._process is not None and self._process.returncode is None:
            self._flush()
        elif self._starting is None or self._starting.done():
            self._starting = asyncio.get_running_loop().create_task(self._run())

    def _flush(self) -> None:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._process.stdin.write(b"".join(self._waiting))
            self._sent += len(self._waiting)
            self._waiting.clear()

    async def _run(self) -> None:
        await asyncio.sleep(MOMENT)
        while not self._closed and await self._life():
            pass

    async def _life(self) -> bool:
        """One life of the agent: start, pass on what it says, tell of its end. Whether something was asked since it was
        let go."""
        try:
            process = self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**THRIFT, **self._env},
                start_new_session=True,  # ctrl-c in the terminal is the app's to handle
                limit=2**20,
            )
        except OSError as error:
            self._tell(CourierStopped(f"the network helper could not be started: {error}"))
            return False
        self._sent = 0
        self._flush()
        said = asyncio.create_task(_last_words(process))
        await self._listen(process)
        await process.wait()
        if self._process is not process:
            return bool(self._waiting)
        if not self._closed:
            self._tell(CourierStopped(await said or "the network helper stopped; the next refresh starts another"))
        return False

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            fact = decode(line)
            if isinstance(fact, Resting):
                self._rest(fact)
            elif fact is not None:
                self._tell(fact)

    def _rest(self, fact: Resting) -> None:
        """Let the agent go, unless something is on its way to it; another looks after the library when it is time."""
        process = self._process
        if self._closed or process is None or process.stdin is None or self._waiting or fact.heard != self._sent:
            return
        self._process = None
        process.stdin.close()
        if self._wake is None:
            self._wake = asyncio.get_running_loop().call_later(fact.wake, self._care)

    def _care(self) -> None:
        self._wake = None
        self._send(do="care")

    def _tell(self, fact: Fact) -> None:
        if not self._closed:
            self._callback(fact)

    async def close(self) -> None:
        """End the agent: its input closes; what does not end by itself within a tenth of a second is killed."""
        self._closed = True
        if self._wake is not None:
            self._wake.cancel()
        process = self._process
        if self._starting is not None and process is None:
            self._starting.cancel()
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 0.1)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _last_words(process: Process) -> str:
    """The last line of what the agent wrote to its standard error, if it is one of our sentences."""
    assert process.stderr is not None
    last = ""
    async for line in process.stderr:
        last = line.decode("utf-8", "replace").strip()
    return last.removeprefix("tuinews: ") if last.startswith("tuinews: ") else ""
