"""From what went wrong inside to a sentence for people: every FetchError of the web is made here."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator

from tui_news.models import FetchError
from tui_news.web.address import AddressError, mask
from tui_news.web.faults import Broken, Nonsense, ProxyTrouble, SetupError
from tui_news.web.guard import PrivateAddress
from tui_news.web.inflate import CodingError, TooLarge

KEPT = "everything fetched before is still here"
_STATUS_TODO = {
    401: "put name and password into the address (https://name:password@…)",
    403: "the site refuses programs like this one; try it in the browser",
    404: "check the address",
    407: "check the proxy's name and password",
    410: "it is gone for good",
    429: "it is asked again later",
}
# OpenSSL's verify codes: what its own words mean to a reader.
_CERTIFICATE = {
    9: "its certificate is not valid yet (is this computer's clock right?)",
    10: "its certificate has expired",
    18: "its certificate is self-signed",
    19: "its certificate is signed by an authority this computer does not trust",
    20: "its certificate is signed by an authority this computer does not know",
    21: "its certificate is signed by an authority this computer does not know",
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}


def problem(kind: str, url: str, why: str, todo: str = "", *, status: int = 0, wait: int | None = None) -> FetchError:
    """A FetchError about `url`, masked."""
    return FetchError(kind, f"could not fetch {mask(url)}", why, todo, status=status, retry_after=wait)


def status_problem(url: str, status: int, wait: int | None) -> FetchError:
    """An answer that is no document. The server's own reason phrase is never shown: it is outside text."""
    import http

    try:
        said = f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        said = str(status)
    todo = _STATUS_TODO.get(status, "the site has trouble; it is tried again later" if status >= 500 else "")
    return problem("status", url, f"the server says {said}", todo, status=status, wait=wait)


def silenced(url: str, wait: int) -> FetchError:
    """The host asked for silence (429 or 503 with Retry-After), which still lasts `wait` seconds."""
    minutes = max(1, round(wait / 60))
    why = f"its server asked us to wait, another {minutes} min"
    error = problem("status", url, why, "it is asked again later", status=429, wait=wait)
    error.asked = False
    return error


def private(url: str, target: str = "") -> FetchError:
    """Refused: `url`, or `target` where it redirects, is private and this fetch may not go there."""
    leads = f"it redirects to {mask(target)}, a private address" if target else "it leads to a private address"
    todo = "if you trust it, add that address yourself"
    return problem("refused", url, f"{leads}, which only you may ask for", todo)


def explain(error: Exception, url: str) -> FetchError:
    """The FetchError for anything that can go wrong in a fetch; itself, if it is one."""
    if isinstance(error, FetchError):
        return error
    if isinstance(error, SetupError):
        return problem(error.kind, url, error.why, error.todo)
    if isinstance(error, AddressError):
        return problem("refused", url, str(error), "check the address")
    if isinstance(error, TooLarge):
        return problem("size", url, "it is too large to take in")
    if isinstance(error, CodingError):
        return problem("coding", url, str(error), "the site has to mend that")
    chain = list(_causes(error))
    if any(isinstance(cause, PrivateAddress) for cause in chain):
        return private(url)
    return _timeout(chain, url) or _tls(chain, url) or _offline(chain, url) or _protocol(error, url)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _tls(chain: list[BaseException], url: str) -> FetchError | None:
    ssl = sys.modules.get("ssl")
    for cause in chain if ssl is not None else ():
        assert ssl is not None
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = _CERTIFICATE.get(cause.verify_code, "its certificate cannot be trusted")
            return problem("tls", url, f"no secure connection: {why}", "the address is not asked without it")
        if isinstance(cause, ssl.SSLError):
            return problem("tls", url, "no secure connection: the server does not speak TLS as it should")
    return None


def _timeout(chain: list[BaseException], url: str) -> FetchError | None:
    if any(isinstance(cause, TimeoutError) for cause in chain):
        return problem("timeout", url, "the server did not answer in time", "it is tried again later")
    return None


def _offline(chain: list[BaseException], url: str) -> FetchError | None:
    """No connection, or one that broke before an answer: this computer's network, or the server's, is down."""
    for cause in chain:
        if isinstance(cause, socket.gaierror):
            why = "its host is not known" if cause.errno in _NO_NAME else "no connection"
            todo = f"check the address and the connection; {KEPT}" if cause.errno in _NO_NAME else KEPT
            return problem("offline", url, why, todo)
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            return problem("offline", url, "its server takes no connection", KEPT)
    if isinstance(chain[0], ProxyTrouble):
        return problem("offline", url, "the proxy does not connect", f"check the proxy; {KEPT}")
    if isinstance(chain[0], OSError) or unanswered(chain[0]):
        return problem("offline", url, "no connection", KEPT)
    return None


def unanswered(error: BaseException) -> bool:
    """Whether the connection ended before an answer began; told of what asking raises, not reading on."""
    return isinstance(error, Broken) or (isinstance(error, Nonsense) and not error.begun)


_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def _protocol(error: Exception, url: str) -> FetchError:
    if isinstance(error, Nonsense) and "complete" in str(error):
        return problem("protocol", url, "the answer breaks off in the middle", "it is tried again later")
    name = "" if isinstance(error, Nonsense) else f" ({type(error).__name__})"
    return problem("protocol", url, f"the server's answer makes no sense{name}")
