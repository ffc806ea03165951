"""Addresses: one strict reading of a URL, and which hosts are private. Pure.

A URL is read here once, and what was checked is what is asked: host names are folded the way resolvers and browsers
fold them (full-width digits, octal, hexadecimal and short IPv4, trailing dots), so that no spelling of loopback
passes for a public name.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from tui_news.models.late import dataclass
from tui_news.web.limits import URL_LIMIT

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = tuple[str, int]  # a host and its port; 80 and 443 are one place, 0: http and https of one site

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\Z")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
# Proxies that answer DNS with stand-in addresses (Clash, Surge) use the benchmark range: a *name* that leads there
# leads to the proxy, so only the address written out counts as private.
_STAND_INS = ipaddress.ip_network("198.18.0.0/15")
# All that is given out (IANA); Python's own table leaves out some of the rest.
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressError(ValueError):
    """An address that cannot be fetched; str() says why, for people."""


@dataclass(frozen=True, slots=True)
class Address:
    """A fetchable address. `url` is printable ASCII without credentials and fragment; `host` has no brackets."""

    url: str
    scheme: str
    host: str
    port: int
    auth: tuple[str, str] | None = None

    @property
    def place(self) -> Place:
        return self.host, 0 if self.port in _PORTS.values() else self.port

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def parse(url: str, base: str = "") -> Address:
    """Reads an http(s) address, relative to `base` if given. Raises AddressError."""
    text = url.strip(" \t\r\n")
    if len(text) > URL_LIMIT:
        raise AddressError("the address is too long")
    # urlsplit drops tabs and line breaks in silence; what was meant as one host then becomes another.
    if not text.isprintable():
        raise AddressError("the address holds invisible or control characters")
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
    except ValueError as error:
        raise AddressError("the address is malformed") from error
    if parts.scheme not in _PORTS:
        raise AddressError(
            "only http and https addresses can be fetched" if parts.scheme else "it needs http:// or https:// in front"
        )
    if "\\" in parts.netloc:  # browsers read it as the end of the host, others as part of a name before "@"
        raise AddressError("the address has no valid host")
    login, _, place = parts.netloc.rpartition("@")
    host, port = _split_port(place, _PORTS[parts.scheme])
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _PORTS[parts.scheme] else f"{shown}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    clean = urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_SAFE), ""))
    return Address(clean, parts.scheme, host, port, _auth(login))


def _auth(login: str) -> tuple[str, str] | None:
    if not login:
        return None
    name, _, password = login.partition(":")
    return unquote(name), unquote(password)


def _split_port(place: str, default: int) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{0,6}))?", place, re.ASCII)
    if not match:
        raise AddressError("the address has no valid host")
    port = int(match[2]) if match[2] else default
    if not 0 < port < 65536:
        raise AddressError("the address has an impossible port")
    return fold_host(match[1]), port


def fold_host(host: str) -> str:
    """The one spelling of a host: lower case, ASCII, dotted IPv4, compressed IPv6. Raises AddressError."""
    if host.startswith("["):
        try:
            return str(ipaddress.IPv6Address(host[1:-1].partition("%")[0]))
        except ValueError as error:
            raise AddressError("the address has no valid host") from error
    folded = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".").lower().rstrip(".")
    ascii_host = ".".join(_label(label) for label in folded.split("."))
    if not _HOST.match(ascii_host) or len(ascii_host) > 253 or ".." in ascii_host:
        raise AddressError("the address has no valid host")
    if _NUMBER.match(ascii_host.rpartition(".")[2]):
        return _ipv4(ascii_host)
    return ascii_host


def _label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _ipv4(host: str) -> str:
    """Dotted IPv4 from any spelling inet_aton takes: decimal, octal, hexadecimal, one to four parts."""
    parts = host.split(".")
    try:
        values = [_part(part) for part in parts]
    except ValueError as error:
        raise AddressError("the address has no valid host") from error
    if len(values) > 4 or any(value > 255 for value in values[:-1]) or values[-1] >= 256 ** (5 - len(values)):
        raise AddressError("the address has no valid host")
    number = values[-1]
    for place, value in enumerate(values[:-1]):
        number += value << (24 - 8 * place)
    return str(ipaddress.IPv4Address(number))


def _part(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if len(part) > 1 and part.startswith("0") else 10)


def is_private_ip(ip: IP, resolved: bool = False) -> bool:
    """Whether an address is no place on the public internet. `resolved`: it is what a name led to."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner(ip)
        return is_private_ip(inner, resolved) if inner else not ip.is_global or ip not in _PUBLIC_6
    if resolved and ip in _STAND_INS:
        return False
    return not ip.is_global or ip.is_multicast


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4 or NAT64."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


@lru_cache(4096)
def is_private_host(host: str) -> bool:
    """Whether a folded host is private by its spelling alone (no resolver is asked)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return is_private_ip(ipaddress.ip_address(host))
    except ValueError:
        return False


def target(url: str) -> tuple[bytes, bytes]:
    """What a request for an `Address.url` names: the path with its query, and the Host header's value. Dots in the path
    lead where they say (RFC 3986, 5.2.4), as for every browser."""
    host, _, rest = url.partition("://")[2].partition("/")
    path, mark, query = rest.partition("?")
    return f"/{_undotted(path) if '.' in path else path}{mark}{query}".encode("ascii"), host.encode("ascii")


def _undotted(path: str) -> str:
    parts = path.split("/")
    if "." not in parts and ".." not in parts:
        return path
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def granted(url: str, near: str = "") -> frozenset[Place]:
    """The private places a fetch may reach: the one the reader typed, or the one the feed itself lives at."""
    try:
        return frozenset({parse(near or url).place})
    except AddressError:
        return frozenset()


def mask(url: str) -> str:
    """The address for messages: no credentials, no control characters, at most 200 characters."""
    try:
        shown = parse(url).url
    except AddressError:
        # Greedy on purpose: in an address we cannot read, better to hide too much than a password.
        shown = re.sub(r"//\S*@", "//", "".join(c if c.isprintable() else "\ufffd" for c in url.strip()))
    return shown if len(shown) <= 200 else shown[:199] + "…"
