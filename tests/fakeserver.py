"""A small HTTP server on loopback for tests, in a thread of its own.

    with serve({"/feed": (200, {"ETag": '"1"'}, b"<rss/>")}) as base:
        get(base + "/feed"); base.requests[0].headers["user-agent"]

`base` is the address as a string ("http://127.0.0.1:PORT"), with the server's own attributes on it: `routes` (change it
at any time), `requests` (all so far), `connections` (how many so far), `most` (at once, at most so far), `stop()`,
`restart()`.
A route is found by its full target ("/x?page=2"), else by its path, else by "*". It is (status, headers, body), a
callable taking the Request and giving that (async or not), or an async callable (request, writer) that writes its
own bytes; the connection is closed after it.
"""

from __future__ import annotations

import asyncio
import inspect
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, Mapping[str, str] | list[tuple[str, str]], bytes]
Handler = Callable[..., Answer | Awaitable[Answer | None]]
Routes = dict[str, Answer | Handler]


@dataclass(frozen=True)
class Request:
    """What was asked. Header names are lower case; `target` is as sent (absolute when asked as a proxy)."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


class FakeServer(str):
    """The server's address, and the server."""

    routes: Routes
    requests: list[Request]
    port: int
    most: int
    connections: int
    _tls: ssl.SSLContext | None
    _writers: set[asyncio.StreamWriter]
    _tasks: set[asyncio.Task[Any]]

    def __new__(cls, routes: Routes, tls: ssl.SSLContext | None = None) -> FakeServer:
        with socket.create_server(("127.0.0.1", 0)) as place:
            port: int = place.getsockname()[1]
            self = super().__new__(cls, f"{'https' if tls else 'http'}://127.0.0.1:{port}")
            self.routes, self.requests, self.port = routes, [], port
            self.most = self.connections = 0
            self._tls, self._writers, self._tasks = tls, set(), set()
            self._run(place.dup())
        return self

    def _run(self, place: socket.socket) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        start = asyncio.start_server(self._talk, sock=place, ssl=self._tls)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(5)

    def stop(self) -> None:
        """Pulls the plug: every connection is reset, new ones are refused. Until `restart`."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._unplug(), self._loop).result(5)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
            self._loop.close()

    async def _unplug(self) -> None:
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def restart(self) -> None:
        """Listens again, on the same port."""
        self._run(socket.create_server(("127.0.0.1", self.port)))

    def paths(self) -> list[str]:
        """The targets asked for, in order."""
        return [request.target for request in self.requests]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        self.connections += 1
        self.most = max(self.most, len(self._writers))
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            with suppress(Exception):
                writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines[1:] if x)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Request(method, target, headers, body)
        self.requests.append(request)
        route = self._route(request)
        if callable(route):
            if len(inspect.signature(route).parameters) == 2:
                await route(request, writer)
                await writer.drain()
                return False
            result = route(request)
            route = await result if inspect.isawaitable(result) else result
        await self._send(writer, request, route)
        return headers.get("connection", "").lower() != "close"

    def _route(self, request: Request) -> Any:
        for key in (request.target, request.path, "*"):
            if key in self.routes:
                return self.routes[key]
        return 404, {}, b"not here"

    async def _send(self, writer: asyncio.StreamWriter, request: Request, answer: Answer) -> None:
        status, headers, body = answer
        pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers)
        if status not in (204, 304) and not any(name.lower() == "content-length" for name, _ in pairs):
            pairs.append(("Content-Length", str(len(body))))
        head = f"HTTP/1.1 {status} Fake\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs)
        writer.write(head.encode("latin-1") + b"\r\n" + (b"" if request.method == "HEAD" else body))
        await writer.drain()


@contextmanager
def serve(routes: Routes, tls: ssl.SSLContext | None = None) -> Iterator[FakeServer]:
    """Serves `routes` on a free port of loopback for the length of the block."""
    server = FakeServer(routes, tls)
    try:
        yield server
    finally:
        server.stop()
