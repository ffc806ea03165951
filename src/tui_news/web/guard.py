"""Where connections may go: names are resolved here, once, and the address that was checked is the one dialled.

Checking first and letting the client resolve again would leave a gap in which the name can change (DNS rebinding).
The class has the shape of an httpcore network backend; what dials is handed in, so nothing heavy is imported.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from tui_news.web.address import Place, is_private_ip
from tui_news.web.beside import beside
from tui_news.web.limits import LOOKUPS

GRANT: ContextVar[frozenset[Place]] = ContextVar("private places this fetch may reach", default=frozenset())
Resolve = Callable[[str, int], Awaitable[list[str]]]
_HEAD_START = 0.25  # seconds the first address gets before the next is tried beside it (RFC 8305)


class PrivateAddress(Exception):
    """The name leads to a private address, which this fetch may not reach."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, in the system's order. Raises OSError."""

    def look() -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    return await beside(look, "resolver")


@lru_cache(1024)
def _literal(host: str) -> str | None:
    """The address, in its one spelling, of a host that is no name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


@lru_cache(1024)
def _is_private(address: str, named: bool) -> bool:
    return is_private_ip(ipaddress.ip_address(address.partition("%")[0]), named)


class Guard:
    """Dials for the pool: every address is checked against the fetch's grant (`GRANT`) before a byte leaves."""

    def __init__(self, inner: Any, resolver: Resolve = resolve) -> None:
        self._inner, self._resolve = inner, resolver
        self._lookups = asyncio.Semaphore(LOOKUPS)
        self.private_hosts: set[str] = set()  # names known to lead to private addresses; their connections are pooled
        self.public_hosts: set[str] = set()  # names that a fetch might have followed home, but that led abroad

    def forbids(self, host: str, place: Place) -> bool:
        """Whether a pooled connection of this host would lead where the fetch may not go."""
        return host in self.private_hosts and place not in GRANT.get()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the backend's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        async with asyncio.timeout(timeout) if timeout is not None else nullcontext():
            addresses = self._allowed(host, port, await self._addresses(host, port))

            async def dial(address: str) -> Any:
                return await self._inner.connect_tcp(
                    address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )

            return await first_of(addresses, dial)

    async def _addresses(self, host: str, port: int) -> list[str]:
        if (literal := _literal(host)) is not None:
            return [literal]
        async with self._lookups:
            return await self._resolve(host, port)

    def _allowed(self, host: str, port: int, addresses: list[str]) -> list[str]:
        named = host not in addresses
        private = {address for address in addresses if _is_private(address, named)}
        if private:
            self.private_hosts.add(host)
        granted = (host, 0 if port in (80, 443) else port) in GRANT.get()
        if granted and not private:
            self.public_hosts.add(host)
        if granted or not private:
            return addresses
        public = [address for address in addresses if address not in private]
        if not public:
            raise PrivateAddress(host)
        return public

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def first_of(addresses: list[str], dial: Callable[[str], Awaitable[Any]]) -> Any:
    """The first connection that stands, each tried a little after the one before (RFC 8305). Raises the first error."""
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    if len(addresses) == 1:
        return await dial(addresses[0])
    tasks: list[asyncio.Future[Any]] = []
    try:
        for address in addresses:
            tasks.append(asyncio.ensure_future(dial(address)))
            await asyncio.wait(tasks, timeout=_HEAD_START, return_when=asyncio.FIRST_COMPLETED)
            if (winner := _standing(tasks)) is not None:
                return tasks.pop(winner).result()
        while any(not task.done() for task in tasks):
            await asyncio.wait([t for t in tasks if not t.done()], return_when=asyncio.FIRST_COMPLETED)
            if (winner := _standing(tasks)) is not None:
                return tasks.pop(winner).result()
        return tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
            task.add_done_callback(_discard)


def _standing(tasks: list[asyncio.Future[Any]]) -> int | None:
    for index, task in enumerate(tasks):
        if task.done() and not task.cancelled() and task.exception() is None:
            return index
    return None


def _discard(task: asyncio.Future[Any]) -> None:
    """Close a connection that came too late; look at the error of one that never came, so that nobody warns."""
    if not task.cancelled() and task.exception() is None:
        closing = asyncio.ensure_future(task.result().aclose())
        _CLOSING.add(closing)  # the loop keeps only weak references
        closing.add_done_callback(_CLOSING.discard)


_CLOSING: set[asyncio.Future[None]] = set()
