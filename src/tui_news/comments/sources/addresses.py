"""Addresses by their parts. Plain string work: `builtin:` is a scheme urllib does not join."""

from __future__ import annotations

import re
from functools import lru_cache

_ORIGIN = re.compile(r"(?:https?://|builtin:)[^/?#\s]+", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>([^<]*)")
_PARAM = re.compile(r";\s*(rel|type)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


# Each source asks the same of an entry's few addresses: together they were half of a refresh.
@lru_cache(maxsize=1024)
def origin(url: str) -> str:
    """Scheme and host ("https://host:port", "builtin:edition"), "" when the address has none we speak."""
    found = _ORIGIN.match(url)
    return found.group() if found else ""


@lru_cache(maxsize=1024)
def host(url: str) -> str:
    """Host and port, lower case, without "www."; equal for the two names most sites answer to."""
    start = origin(url)
    return start.rpartition("/")[2].removeprefix("builtin:").lower().removeprefix("www.")


@lru_cache(maxsize=1024)
def path(url: str) -> str:
    """The path without query and fragment, without its last slash."""
    return url[len(origin(url)) :].partition("#")[0].partition("?")[0].rstrip("/")


def join(url: str, href: str) -> str:
    """`href` as found on the page `url`; "" for what is no address at all."""
    if origin(href) or not origin(url):
        return href
    if href.startswith("//"):
        return origin(url).partition("//")[0] + href
    if href.startswith("/"):
        return origin(url) + href
    from urllib.parse import urljoin

    try:
        return urljoin(url, href)
    except ValueError:  # "s://[": one such link must not cost the page
        return ""


def links(header: str) -> list[tuple[str, str, str]]:
    """The (address, rel, type) of each link in a Link header (RFC 8288), or in several joined by commas."""
    found = []
    for match in _LINK.finditer(header[:16_384]):
        params = {name.lower(): quoted or plain for name, quoted, plain in _PARAM.findall(match.group(2))}
        found.append((match.group(1).strip(), params.get("rel", ""), params.get("type", "").lower()))
    return found
