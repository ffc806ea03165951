"""When two feeds have the same story: the addresses and guids by which it is known. Pure."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# What sites and newsletters add to an address to see where a reader came from; the page is the same without.
_TRACKING = re.compile(
    r"(utm_.*|at_.*|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ncid|ocid|cmpid|cmp|ito|smid|ftag|xtor|rss|feed"
    r"|source|ref|ref_src|ref_url|partner|cid|wt_.*|mtm_.*|pk_.*|sr_share|guccounter|guce_.*|__twitter_impression)\Z",
    re.I,
)
# An address whose parts are as they should be, with a path that says something and ends in no slash.
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[!-\"$->@-~]*[!-\"$-.0->@-~])")
_SHORTER = re.compile(r"/(index\.(html?|php)|amp)\Z")
_SHORTEST_GUID = 16  # "17" is a guid too, and every second feed has it


def canonical(url: str) -> str:
    """The address without what does not change the page; "" for one that names no single story (a front page)."""
    if plain := _PLAIN.fullmatch(url):  # nearly every address: a refresh asks for those of all that is new
        return plain[1].removeprefix("www.") + plain[2] if not _SHORTER.search(plain[2]) else _canonical(url)
    return _canonical(url)


def _canonical(url: str) -> str:
    """As `canonical`, of any address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = re.sub(r"/(index\.(html?|php)|amp/?)\Z", "/", parts.path).rstrip("/")
    pairs = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
    if not path and not pairs:
        return ""
    query = f"?{urlencode(sorted(pairs), errors='replace')}" if pairs else ""
    shebang = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{host}{'' if port in (None, 80, 443) else f':{port}'}{path}{query}{shebang}"


def twin_keys(url: str, guid: str, title: str) -> tuple[int, ...]:
    """Numbers by which the same story in another feed is found: of its address, and of its guid with its title."""
    found = []
    if address := canonical(url):
        found.append(f"url {address}")
    name = " ".join(title.casefold().split())
    if name and len(guid) >= _SHORTEST_GUID:
        found.append(f"guid {guid} {name}")
    return tuple(_number(text) for text in found)


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
