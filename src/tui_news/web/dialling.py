"""The ways to the network: straight, or through a proxy where the environment names one."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui_news.web.address import Address
from tui_news.web.beside import beside
from tui_news.web.faults import SetupError
from tui_news.web.guard import Guard
from tui_news.web.headers import Raw
from tui_news.web.transport import Reply, Transport
from tui_news.web.wire import Dialler

if TYPE_CHECKING:
    import ssl

    from tui_news.web.proxied import Proxied, Proxies


def trusted() -> ssl.SSLContext:
    """What a secure connection is begun with: SSL_CERT_FILE's authorities, else SSL_CERT_DIR's, else certifi's. Raises
    SetupError. Reading them takes tens of milliseconds."""
    import ssl

    if file := os.environ.get("SSL_CERT_FILE"):
        read = partial(ssl.create_default_context, cafile=file)
    elif folder := os.environ.get("SSL_CERT_DIR"):
        read = partial(ssl.create_default_context, capath=folder)
    else:
        import certifi

        read = partial(ssl.create_default_context, cafile=certifi.where())
    try:
        context = read()
    except OSError as error:  # ssl.SSLError is one
        why = "the file of trusted certificates cannot be read"
        raise SetupError("tls", why, "check SSL_CERT_FILE and SSL_CERT_DIR") from error
    context.set_alpn_protocols(["http/1.1"])
    return context


class Trust:
    """The authorities, read at the first secure connection, and beside the loop: it has others to serve."""

    def __init__(self, read: Callable[[], ssl.SSLContext]) -> None:
        self._read = read
        self._coming: asyncio.Future[ssl.SSLContext] | None = None

    async def __call__(self) -> ssl.SSLContext:
        """Raises SetupError; whoever asks next tries again."""
        if self._coming is None or (self._coming.done() and self._coming.exception() is not None):
            self._coming = beside(self._read, "certificates")
        return self._coming.result() if self._coming.done() else await asyncio.shield(self._coming)


class Ways:
    """All ways there are, and who guards the straight one. Raises SetupError if the environment's proxy is none."""

    def __init__(self) -> None:
        self._proxies = _proxies() if _names_a_proxy() else None
        self.guard = Guard(Dialler())
        self.straight = Transport(self.guard, Trust(trusted))

    def lead_straight(self, url: str) -> bool:
        return self._proxies is None or not self._proxies.meant(url)

    async def ask(self, method: str, where: Address, headers: Raw) -> Reply | Proxied:
        """See `Transport.ask`, `Proxies.ask`."""
        if self._proxies is not None and self._proxies.meant(where.url):
            return await self._proxies.ask(method, where, headers)
        return await self.straight.ask(method, where, headers)

    async def aclose(self) -> None:
        await self.straight.aclose()
        if self._proxies is not None:
            await self._proxies.aclose()


def _names_a_proxy() -> bool:
    """Whether there may be one: httpx reads it, and need not be imported where there is none."""
    if any(name.lower().endswith("_proxy") for name, value in os.environ.items() if value):
        return True
    if sys.platform not in ("darwin", "win32"):
        return False
    from urllib.request import getproxies  # these two ask the system, too

    return bool(getproxies())


def _proxies() -> Proxies:
    from tui_news.web.proxied import Proxies

    return Proxies(trusted())
