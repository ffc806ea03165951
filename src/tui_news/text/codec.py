"""Blocks and quotes as bytes for the library: one version byte, then compact JSON, deflated unless it is short.

Most comments are short: five thousand of them open in half the time when they need not be inflated.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, get_args

from tui_news.models import Article, Block, PlacedQuote, Span
from tui_news.models.article import BlockKind, How, QuoteKind, SpanStyle

__all__ = ["PackedArticle", "pack_article", "pack_blocks", "pack_quotes", "squeeze", "unpack_blocks", "unpack_quotes"]

_DEFLATED, _PLAIN = b"\x01", b"\x02"
_SHORT = 1000  # bytes: what deflating would save is less than what inflating costs
_MAX_UNPACKED = 64 << 20  # bytes: a damaged or planted record must not fill the memory
_KINDS = frozenset(get_args(BlockKind))
_STYLES = frozenset(get_args(SpanStyle))
_QUOTES = frozenset(get_args(QuoteKind))
_HOWS = frozenset(get_args(How))
_DEFAULTS: tuple[Any, ...] = ("", "", [], 0, 0, "", [], 0, None, None, 0, 0, 0)


def pack_blocks(blocks: Iterable[Block]) -> bytes:
    """The blocks as bytes; `unpack_blocks` gives equal ones back."""
    return _pack([_row(b) for b in blocks])


def unpack_blocks(data: bytes) -> tuple[Block, ...]:
    """The blocks of `pack_blocks`. Raises ValueError on anything else."""
    try:
        return tuple([_plain(row) or _block(*row) for row in _unpack(data)])
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("not packed blocks") from error


def pack_quotes(quotes: Iterable[PlacedQuote]) -> bytes:
    """The quotes without their words, which the blocks hold."""
    return _pack([[q.block, q.start, q.end, q.kind, *([q.speaker, q.how] if q.speaker else [])] for q in quotes])


class PackedArticle(NamedTuple):
    """An article as the library keeps it. rest: all but its blocks and quotes; spoken: how many are speech."""

    rest: Article
    blocks: bytes
    quotes: bytes
    spoken: int


def pack_article(article: Article) -> PackedArticle:
    spoken = sum(quote.kind == "speech" for quote in article.quotes)
    rest = replace(article, blocks=(), quotes=())
    return PackedArticle(rest, pack_blocks(article.blocks), pack_quotes(article.quotes), spoken)


def unpack_quotes(data: bytes, blocks: Sequence[Block]) -> tuple[PlacedQuote, ...]:
    """The quotes of `pack_quotes`, their words taken from the blocks. Raises ValueError if they do not fit."""
    try:
        return tuple([_quote(blocks, *row) for row in _unpack(data)])
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("not packed quotes") from error


def squeeze(text: str | bytes) -> bytes:
    """A body as the library keeps it: deflated (RFC 1950). Lone surrogates, which cannot be kept, become "?"."""
    return _deflate()(text.encode("utf-8", "replace") if isinstance(text, str) else text, 1)


@cache
def _deflate() -> Callable[[bytes, int], bytes]:
    """ISA-L's: a third of the time of zlib's, and smaller; any zlib inflates it. zlib's where there is no ISA-L."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib.compress
    return isal_zlib.compress  # type: ignore[no-any-return,unused-ignore]


def _pack(rows: list[Any]) -> bytes:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "replace")
    return _PLAIN + data if len(data) <= _SHORT else _DEFLATED + zlib.compress(data, 6)


def _unpack(data: bytes) -> list[Any]:
    if data[:1] not in (_DEFLATED, _PLAIN):
        raise ValueError("packed by another version" if data else "nothing packed")
    try:
        rows = json.loads(data[1:].decode() if data[:1] == _PLAIN else _inflated(data))
    except (zlib.error, RecursionError) as error:
        raise ValueError("damaged record") from error
    if not isinstance(rows, list):
        raise ValueError("damaged record")
    return rows


def _inflated(data: bytes) -> bytes:
    inflate = zlib.decompressobj()
    text = inflate.decompress(data[1:], _MAX_UNPACKED)
    if not inflate.eof:
        raise ValueError("damaged record")
    return text


def _row(b: Block) -> list[Any]:
    """The block's fields in order, less the defaults at the end."""
    spans = [[s.start, s.end, s.style, s.href] if s.href else [s.start, s.end, s.style] for s in b.spans]
    row = [b.kind, b.text, spans, b.level, b.quote, b.marker, [list(r) for r in b.rows], b.head, b.href, b.lang]
    row += [int(b.pull), int(b.rtl), int(b.lead)]
    while row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return row


def _plain(row: list[Any]) -> Block | None:
    """A paragraph without anything to it, which most blocks are: no need to look at ten absent fields."""
    return Block("para", row[1]) if len(row) == 2 and row[0] == "para" and type(row[1]) is str else None


def _block(
    kind: Any,
    text: Any = "",
    spans: Any = (),
    level: Any = 0,
    quote: Any = 0,
    marker: Any = "",
    rows: Any = (),
    head: Any = 0,
    href: Any = None,
    lang: Any = None,
    pull: Any = 0,
    rtl: Any = 0,
    lead: Any = 0,
) -> Block:
    words = (text, marker, href or "", lang or "")
    numbers = (level, quote, head)
    if kind not in _KINDS or not all(type(w) is str for w in words) or not all(type(n) is int for n in numbers):
        raise ValueError("not a packed block")
    placed = tuple([_span(len(text), *s) for s in spans]) if spans else ()
    cells = tuple([tuple([_text(c) for c in r]) for r in rows]) if rows else ()
    return Block(kind, text, placed, level, quote, marker, cells, head, href, lang, bool(pull), bool(rtl), bool(lead))


def _span(size: int, start: Any, end: Any, style: Any, href: Any = None) -> Span:
    if style not in _STYLES or not 0 <= start <= end <= size:
        raise ValueError("not a packed span")
    return Span(start, end, style, _text(href) if href is not None else None)


def _quote(
    blocks: Sequence[Block], block: Any, start: Any, end: Any, kind: Any, speaker: Any = None, how: Any = ""
) -> PlacedQuote:
    """Rows of older versions do not say how the speaker was found."""
    if kind not in _QUOTES or not 0 <= block < len(blocks) or not 0 <= start <= end <= len(blocks[block].text):
        raise ValueError("not a packed quote")
    if how not in _HOWS:
        raise ValueError("not a packed quote")
    return PlacedQuote(block, start, end, kind, blocks[block].text[start:end], speaker and _text(speaker), how)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("not packed text")
    return value
