"""Content codings with a bound: identity, gzip and deflate, never more than asked for in memory. Pure."""

from __future__ import annotations

import zlib
from typing import Protocol

from tui_news.web.limits import GZIP_MEMBERS, KIB

ROOM = 256 * KIB  # bytes that are inflated at a time: what is left of the packed ones is copied each time


class CodingError(ValueError):
    """A body in a coding we did not ask for, or one that is broken; str() says which, for people."""


class TooLarge(ValueError):
    """More bytes than the limit, on the wire or decoded."""


class Body(Protocol):
    """Collects a body: `feed` it as it arrives, then `finish`. Raises CodingError and TooLarge. size: bytes held."""

    @property
    def size(self) -> int: ...
    def feed(self, data: bytes) -> None: ...
    def finish(self) -> bytes: ...


class Plain:
    """A body as it is."""

    def __init__(self, limit: int) -> None:
        self._limit, self._out = limit, bytearray()

    @property
    def size(self) -> int:
        return len(self._out)

    def feed(self, data: bytes) -> None:
        if len(self._out) + len(data) > self._limit:
            raise TooLarge
        self._out += data

    def finish(self) -> bytes:
        return bytes(self._out)


class Kept(Plain):
    """A packed body as it came, for `web.unpacking`."""


class Inflated:
    """gzip (RFC 1952, several members too) or deflate: zlib (RFC 1950), or raw, as many servers wrongly send it."""

    def __init__(self, limit: int) -> None:
        self._limit, self._wire, self._members = limit, 0, 0
        self._start, self._out = b"", bytearray()
        self._inflate = zlib.decompressobj(47)  # 32 + 15: gzip or zlib by its header

    @property
    def size(self) -> int:
        return len(self._out)

    def feed(self, data: bytes) -> None:
        self._wire += len(data)
        if self._wire > self._limit:
            raise TooLarge
        if self._wire - len(data) < 2:  # the header's two bytes tell the kinds apart
            data = self._start = self._start + data
            if len(data) < 2:
                return
            if not _has_header(data):
                self._inflate = zlib.decompressobj(-15)
        try:
            self._pour(data)
        except zlib.error as error:
            raise CodingError("its compression is broken") from error

    def _pour(self, data: bytes) -> None:
        while data:
            if self._inflate.eof:
                if not data.startswith(b"\x1f\x8b"):
                    return  # garbage after the end: the body is whole without it
                if self._members >= GZIP_MEMBERS:
                    raise CodingError("its compression has too many parts")
                self._inflate = zlib.decompressobj(47)
            self._out += self._inflate.decompress(data, min(ROOM, self._limit + 1 - len(self._out)))
            if len(self._out) > self._limit:
                raise TooLarge
            if self._inflate.eof:
                self._members += 1
                data = self._inflate.unused_data
            else:
                data = self._inflate.unconsumed_tail

    def finish(self) -> bytes:
        if self._wire and not self._inflate.eof:
            raise CodingError("its compression breaks off in the middle")
        return bytes(self._out)


def _has_header(data: bytes) -> bool:
    """gzip's magic number, or zlib's (RFC 1950 §2.2: deflate, and a multiple of 31)."""
    return data.startswith(b"\x1f\x8b") or (data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0)


def body_for(coding: str, limit: int, unpack: bool = True) -> Body:
    """The collector for a Content-Encoding value. Raises CodingError for what we never asked for, and for stacks.
    unpack: False keeps what is packed as it came."""
    names = [name for part in coding.lower().split(",") if (name := part.strip()) and name != "identity"]
    if not names:
        return Plain(limit)
    if len(names) > 1:
        raise CodingError("it is compressed several times over")
    if names[0] not in ("gzip", "x-gzip", "deflate"):
        raise CodingError("it is compressed in a way we did not ask for")
    return Inflated(limit) if unpack else Kept(limit)
