"""A body that was left packed, unpacked where its fall costs nobody else anything: in a worker."""

from __future__ import annotations

from tui_news.web.inflate import CodingError, Inflated, TooLarge


def unpacked(body: bytes, limit: int, url: str) -> bytes:
    """What was packed, up to `limit` bytes. Raises FetchError, as the fetch would have."""
    try:
        return _swiftly(body, limit) or _surely(body, limit)
    except (CodingError, TooLarge) as error:
        from tui_news.web import problems

        raise problems.explain(error, url) from None


def _swiftly(body: bytes, limit: int) -> bytes:
    """One gzip from the first byte to the last, by a library that takes a third of the time; b"" for all else."""
    if not body.startswith(b"\x1f\x8b"):
        return b""
    try:
        from isal import isal_zlib
    except ImportError:  # no wheel for this machine
        return b""
    inflate = isal_zlib.decompressobj(31)  # 16 + 15: gzip, and its checksum is compared
    try:
        made: bytes = inflate.decompress(body, limit + 1)
    except Exception:  # whatever is wrong with it: zlib finds the words
        return b""
    return made if inflate.eof and not inflate.unused_data and len(made) <= limit else b""


def _surely(body: bytes, limit: int) -> bytes:
    inflated = Inflated(limit)
    inflated.feed(body)
    return inflated.finish()
