"""What makes a story the same story from one fetch to the next."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from tui_news.models import ParsedEntry

_TRACKING = ("utm_", "at_medium", "at_campaign", "fbclid=", "gclid=", "mc_cid=", "mc_eid=")
_LONGEST = 1000
# All that parts words (`str.split`), but the space.
_BLANKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
# The others, in UTF-8, by their first byte: U+0085, U+00A0, U+1680, U+2000 to 200A, 2028, 2029, 202F, 205F, U+3000.
_WIDE_BLANKS = (
    (b"\xc2", re.compile(rb"\xc2[\x85\xa0]").sub),
    (b"\xe1", re.compile(rb"\xe1\x9a\x80").sub),
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)").sub),
    (b"\xe3", re.compile(rb"\xe3\x80\x80").sub),
)
# An address whose parts are as they should be: only its scheme may change.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+/[!-\"$->@-~]*)")


def canonical(url: str) -> str:
    """The address without what changes while the page stays: http or https, the host's case, tracking parameters.

    The fragment stays: pages of short notices tell them apart by it.
    """
    if plain := _PLAIN.fullmatch(url):  # nearly every address; a refresh compares those of all stories held
        return f"https://{plain[1]}"
    return _canonical(url)


@lru_cache(maxsize=20_000)
def _canonical(url: str) -> str:
    """As `canonical`, of any address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https"):
        return url
    query = "&".join(part for part in parts.query.split("&") if part and not part.lower().startswith(_TRACKING))
    scheme = parts.scheme if ":" in parts.netloc else "https"  # a named port speaks one of the two
    return urlunsplit((scheme, parts.netloc.lower(), parts.path or "/", query, parts.fragment))


def digest(*parts: object) -> str:
    """A short hash of the parts; white space counts as one space."""
    told = b"\x1f".join([_tidy(str(part)) for part in parts])
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def _tidy(text: str) -> bytes:
    """`" ".join(text.split())` in UTF-8. A story has words by the hundred and is parted only where two spaces meet."""
    if len(text) < 200:
        return " ".join(text.split()).encode("utf-8", "surrogatepass")
    if not text.isascii():
        return _tidy_letters(text.encode("utf-8", "surrogatepass"))
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    pieces = [piece.rstrip(" ") for piece in text.rsplit("  ")]  # from its end: in two thirds of the time
    return " ".join([piece for piece in pieces if piece]).lstrip(" ").encode()


def _tidy_letters(text: bytes) -> bytes:
    """The same, of a text with letters outside ASCII: few of the bytes that all its blanks begin with are in it."""
    for start, blanks in _WIDE_BLANKS:
        if start in text:
            text = blanks(b" ", text)
    for blank in _BLANKS.encode():
        text = text.replace(b"%c" % blank, b" ")
    pieces = [piece.rstrip(b" ") for piece in text.rsplit(b"  ")]
    return b" ".join([piece for piece in pieces if piece]).lstrip(b" ")


def identity(entry: ParsedEntry) -> str:
    """A story's lasting key inside its feed: the guid, else the link, else title and date."""
    if entry.id:
        return _short("g:" + entry.id)
    if entry.link:
        return _short("u:" + canonical(entry.link))
    if entry.title or entry.published:
        return "h:" + digest(entry.title, entry.published)
    return "h:" + digest(entry.content or entry.summary)


def mark(key: str) -> bytes:
    """Eight bytes that stand for the key."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def with_link(entry: ParsedEntry) -> str:
    """The key of an entry whose guid also stands for other entries."""
    return _short(f"{identity(entry)}|{canonical(entry.link)}")


def _short(key: str) -> str:
    """Guids may be any text, and some are whole articles; a key is indexed, so long ones are hashed."""
    return key if len(key) <= _LONGEST else key[:2] + "#" + digest(key)


def identities(entries: Sequence[ParsedEntry]) -> list[str | None]:
    """Each entry's key, all different; None for one that repeats another.

    A guid (or a link without guid) that several entries share is told apart by link, and then by title and date. Of
    entries that agree in key and title, or in key and date, the one changed last is kept: it is the same story twice.
    """
    first = [identity(entry) for entry in entries]
    times = Counter(first)
    keys: list[str | None] = [
        with_link(entry) if times[key] > 1 else key for key, entry in zip(first, entries, strict=True)
    ]
    groups: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key or "", []).append(position)
    for key, group in groups.items():
        if len(group) > 1:
            _settle(key, group, entries, keys)
    return keys


def _settle(key: str, group: list[int], entries: Sequence[ParsedEntry], keys: list[str | None]) -> None:
    """Distinct keys for entries that share guid and link: one each for those that differ in title and in date."""
    group = sorted(group, key=lambda at: -(entries[at].updated or entries[at].published or 0))
    titles: set[str] = set()
    dates: set[int | None] = set()
    for at in group:
        entry = entries[at]
        repeated = entry.title in titles or (entry.published in dates and entry.published is not None)
        keys[at] = None if repeated else f"{key}|{digest(entry.title, entry.published)}"
        titles.add(entry.title)
        dates.add(entry.published)
