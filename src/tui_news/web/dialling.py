"""httpx, set up: what it may do by itself is little, and where it may connect is the guard's to say."""

from __future__ import annotations

import importlib.util
import sys
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

from tui_news.web import limits
from tui_news.web.guard import Guard
from tui_news.web.headers import decode
from tui_news.web.wire import Dialler

if TYPE_CHECKING:
    import httpx

_LOCATION = "tuinews.location"
_TLS_BUFFER = 32 * 1024  # bytes: two records


class SetupError(Exception):
    """This computer's own settings are in the way. kind: as FetchError's; why, todo: for people."""

    def __init__(self, kind: str, why: str, todo: str) -> None:
        super().__init__(kind, why, todo)
        self.kind, self.why, self.todo = kind, why, todo


def open_client() -> tuple[httpx.AsyncClient, Guard]:
    """The client with the environment's proxies and certificates, and its guard. Raises SetupError."""
    import httpx

    from tui_news.web.transport import Transport

    _say_once_that_sniffio_is_not_there()
    try:
        certificates = httpx.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        why = "the file of trusted certificates cannot be read"
        raise SetupError("tls", why, "check SSL_CERT_FILE and SSL_CERT_DIR") from error
    try:
        client = httpx.AsyncClient(
            verify=certificates,
            trust_env=True,
            http2=False,
            follow_redirects=False,
            # No cookie outlives its fetch: the client's own jar takes none.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(limits.READ_SECONDS, connect=limits.CONNECT_SECONDS, pool=None),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=limits.KEPT),
            event_hooks={"response": [hide_location]},
        )
    except (ValueError, ImportError, httpx.InvalidURL) as error:  # a scheme it does not know; SOCKS without its package
        why = "the proxy that the environment names cannot be used"
        raise SetupError("offline", why, "check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY") from error
    # httpx gives no way to hand in a transport without losing the environment's proxies, so the one for direct
    # connections is replaced (httpx is pinned below 0.29). A proxy resolves names itself.
    certificates.set_alpn_protocols(["http/1.1"])
    _read_tls_in_small_pieces()
    guard = Guard(Dialler())
    client._transport = Transport(guard, certificates, limits.KEPT)
    return client, guard


def _read_tls_in_small_pieces() -> None:
    """asyncio gives each connection with TLS a buffer of 256 kB: hundreds of them are most of a refresh's memory, and a
    record has 16 kB. The class says its size in a field that it has had since Python 3.11."""
    from asyncio.sslproto import SSLProtocol

    if getattr(SSLProtocol, "max_size", 0) > _TLS_BUFFER:
        SSLProtocol.max_size = _TLS_BUFFER


def _say_once_that_sniffio_is_not_there() -> None:
    """httpcore imports it six times a request, to learn that we run under asyncio. anyio no longer brings it along,
    and Python remembers no failure: each time it would look through all folders again, an eighth of a refresh."""
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # an ImportError at once


async def hide_location(response: httpx.Response) -> None:
    """httpx reads a Location even when it is told not to follow, and fails on hostile ones; so it gets none to read."""
    found = [raw for name, raw in response.headers.raw if name.lower() == b"location"]
    if found:
        response.extensions[_LOCATION] = found[0]
        del response.headers["location"]


def hidden_location(response: httpx.Response) -> str | None:
    """The Location as sent: what is wrong with it stays in, and is refused for that."""
    raw: bytes | None = response.extensions.get(_LOCATION)
    return None if raw is None else decode(raw)
