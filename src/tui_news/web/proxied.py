"""Through the environment's proxies, which is httpx's affair: it reads the environment, and the proxy resolves names.

Imported only where the environment names one. httpx is kept from doing anything by itself: no redirects, no cookies.
"""

from __future__ import annotations

import contextlib
import importlib.util
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from tui_news.web import limits
from tui_news.web.address import Address, AddressError
from tui_news.web.faults import Broken, Nonsense, ProxyTrouble, SetupError
from tui_news.web.headers import Raw


class Proxies:
    """Asks those addresses for which the environment names a proxy. Raises SetupError if one cannot be used."""

    def __init__(self, certificates: ssl.SSLContext) -> None:
        _say_once_that_sniffio_is_not_there()
        try:
            self._client = httpx.AsyncClient(
                verify=certificates,
                trust_env=True,
                http2=False,
                follow_redirects=False,
                # No cookie outlives its fetch: the client's own jar takes none.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                timeout=httpx.Timeout(limits.READ_SECONDS, connect=limits.CONNECT_SECONDS, pool=None),
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=limits.KEPT),
                event_hooks={"response": [_hide_location]},
            )
        except (ValueError, ImportError, httpx.InvalidURL) as error:  # an unknown scheme; SOCKS without its package
            why = "the proxy that the environment names cannot be used"
            raise SetupError("offline", why, "check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY") from error

    def meant(self, url: str) -> bool:
        """Whether this address is asked through a proxy. `_transport`: httpx's own name for the way without one (it is
        pinned below 0.29)."""
        return self._client._transport_for_url(httpx.URL(url)) is not self._client._transport

    async def ask(self, method: str, where: Address, headers: Raw) -> Proxied:
        """As `Transport.ask`, and ProxyTrouble."""
        with translated():
            request = httpx.Request(method, where.url, headers=list(headers))
            request.extensions["timeout"] = self._client.timeout.as_dict()
            return Proxied(await self._client.send(request, stream=True))

    async def aclose(self) -> None:
        await self._client.aclose()


class Proxied:
    """As `transport.Reply`."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.status, self.raw = response.status_code, response.headers.raw + response.extensions.get(_LOCATION, [])

    async def pieces(self) -> AsyncIterator[bytes]:
        assert isinstance(self._response.stream, httpx.AsyncByteStream)
        with translated():
            async for data in self._response.stream:
                yield data

    async def aclose(self) -> None:
        await self._response.aclose()


_LOCATION = "tuinews.location"


async def _hide_location(response: httpx.Response) -> None:
    """httpx reads a Location even when it is told not to follow, and fails on hostile ones; so it gets none to read."""
    found = [(name, raw) for name, raw in response.headers.raw if name.lower() == b"location"]
    if found:
        response.extensions[_LOCATION] = found
        del response.headers["location"]


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """httpx' errors as our own, for the rest of the program knows httpx by no name."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimeoutError from error
    except httpx.ProxyError as error:
        raise ProxyTrouble from error
    except httpx.NetworkError as error:
        raise Broken(str(error)) from error
    except httpx.RemoteProtocolError as error:
        raise Nonsense(str(error), begun="sending a response" not in str(error)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise AddressError("the address is malformed") from error


def _say_once_that_sniffio_is_not_there() -> None:
    """httpcore imports it six times a request, to learn that we run under asyncio. anyio no longer brings it along,
    and Python remembers no failure: each time it would look through all folders again, an eighth of a refresh."""
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # an ImportError at once
