"""Small values as JSON text: refs, enclosures, tags."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from tui_news.models import Block, Enclosure, Route, ThreadRef
from tui_news.store.connection import storable
from tui_news.text import codec
from tui_news.text.codec import unpack_blocks


def dump(value: object) -> str:
    """JSON in ASCII: lone surrogates are escaped, so that SQLite takes it."""
    return json.dumps(value, separators=(",", ":"))


def pack_ref(ref: ThreadRef | None) -> str | None:
    if ref is None:
        return None
    routes = [[route.name, route.url] for route in ref.routes]
    return dump([ref.source, ref.key, routes, ref.page_url, ref.count_hint, [list(pair) for pair in ref.meta]])


def unpack_ref(text: str | None) -> ThreadRef | None:
    """None for text that is no ref: what a network can find again is no reason to fail."""
    if not text:
        return None
    try:
        source, key, routes, page, hint, meta = json.loads(text)
        ways = tuple(Route(str(name), str(url)) for name, url in routes)
        return ThreadRef(source, key, ways, page, hint, tuple((str(name), str(value)) for name, value in meta))
    except (ValueError, TypeError, RecursionError):
        return None


def pack_extras(enclosures: Sequence[Enclosure], tags: Sequence[str]) -> str:
    if not enclosures and not tags:
        return ""
    return dump([[[item.url, item.type, item.length] for item in enclosures], list(tags)])


def unpack_extras(text: str | None) -> tuple[tuple[Enclosure, ...], tuple[str, ...]]:
    """Nothing for text that is none of `pack_extras`: the next fetch brings it again."""
    if not text:
        return (), ()
    try:
        enclosures, tags = json.loads(text)
        found = tuple(Enclosure(str(url), str(kind), _size(size)) for url, kind, size in enclosures)
        return found, tuple(str(tag) for tag in tags)
    except (ValueError, TypeError, RecursionError):
        return (), ()


def _size(value: object) -> int | None:
    return value if isinstance(value, int) else None


def squeeze(text: str | bytes) -> bytes:
    return codec.squeeze(storable(text).encode() if isinstance(text, str) else text)


def expand(blob: bytes | None) -> bytes:
    """What `squeeze` was given; nothing for a blob that is damaged (the page can be fetched again)."""
    try:
        return zlib.decompress(blob) if blob else b""
    except zlib.error:
        return b""


def read_blocks(blob: bytes | None) -> tuple[Block, ...]:
    """Packed blocks; none for a blob that is damaged."""
    try:
        return unpack_blocks(blob or b"")
    except ValueError:
        return ()


def strings(text: str) -> tuple[str, ...]:
    """None for text that is no list."""
    try:
        found: Any = json.loads(text)
        return tuple(str(item) for item in found)
    except (ValueError, TypeError, RecursionError):
        return ()
