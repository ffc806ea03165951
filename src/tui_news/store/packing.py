"""Small values as JSON text: refs, enclosures, tags."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from tui_news.models import Block, Enclosure, Packed, Route, ThreadRef
from tui_news.store.connection import storable
from tui_news.text import codec
from tui_news.text.codec import unpack_blocks

_JSON = json.JSONEncoder(separators=(",", ":"))  # once: `json.dumps` would make one each time
_said = json.encoder.encode_basestring_ascii  # a text alone takes no encoder at all


def dump(value: object) -> str:
    """JSON in ASCII: lone surrogates are escaped, so that SQLite takes it."""
    return _JSON.encode(value)


def pack_ref(ref: ThreadRef | None) -> str | None:
    if ref is None:
        return None
    routes = ",".join([f"[{_said(route.name)},{_said(route.url)}]" for route in ref.routes])
    meta = ",".join([f"[{_said(name)},{_said(value)}]" for name, value in ref.meta])
    hint = "null" if ref.count_hint is None else int(ref.count_hint)
    return f"[{_said(ref.source)},{_said(ref.key)},[{routes}],{_said(ref.page_url)},{hint},[{meta}]]"


def unpack_ref(text: str | None) -> ThreadRef | None:
    """Of `pack_ref` or `short_ref`. None for text that is none: what a network can find again is no reason to fail."""
    if not text:
        return None
    try:
        source, key, routes, page, hint, meta = json.loads(_whole(text))
        ways = tuple(Route(str(name), str(url)) for name, url in routes)
        return ThreadRef(source, key, ways, page, hint, tuple((str(name), str(value)) for name, value in meta))
    except (ValueError, TypeError, RecursionError):
        return None


# What most refs say, and several times: half of each, or five megabytes of twenty thousand stories. JSON in ASCII has
# no control characters, so each of these stands for one text.
_STORY, _SITE, _USUAL = "\x01", "\x02", "\x03"
_COMMONLY = (
    "wp-json/wp/v2/comments?post=",
    "&per_page=100&order=asc&orderby=date_gmt&_fields=id,parent,author,author_name,author_url,date_gmt,content,link",
)
_SHORTER = tuple((part, f"{_USUAL}{number}") for number, part in enumerate(_COMMONLY))


def short_ref(ref: ThreadRef | None) -> str | None:
    """As `pack_ref`, with what it repeats said once; SQLite cannot look into it."""
    text = pack_ref(ref)
    if ref is None or text is None:
        return text
    story = _said(ref.page_url.partition("#")[0])[1:-1]
    site = "/".join(story.split("/", 3)[:3])
    for part, short in _SHORTER:
        text = text.replace(part, short)
    if not (story and site):
        return text
    return f"{_STORY}{story}{_STORY}{text.replace(story, _STORY).replace(site, _SITE)}"


def _whole(text: str) -> str:
    """The JSON of `short_ref`'s text, or of `pack_ref`'s."""
    if text.startswith(_STORY):
        _, story, text = text.split(_STORY, 2)
        text = text.replace(_SITE, "/".join(story.split("/", 3)[:3])).replace(_STORY, story)
    for part, short in _SHORTER if _USUAL in text else ():
        text = text.replace(short, part)
    return text


def pack_story(
    html: str, thread: ThreadRef | None, enclosures: Sequence[Enclosure] = (), tags: Sequence[str] = ()
) -> Packed:
    return Packed(
        squeeze(html) if html else b"",
        short_ref(thread),
        pack_extras(enclosures, tags),
        thread is not None and bool(thread.routes),
    )


def pack_extras(enclosures: Sequence[Enclosure], tags: Sequence[str]) -> str:
    if not enclosures and not tags:
        return ""
    if not enclosures:  # nearly always
        return f"[[],[{','.join(map(_said, tags))}]]"
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
    if isinstance(text, bytes):
        return codec.squeeze(text)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = storable(text).encode()
    return codec.squeeze(data)


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
