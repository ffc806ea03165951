"""Headers in and out, as bytes on the wire and as text for the rest of the program. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui_news.web.address import Address
from tui_news.web.limits import USER_AGENT

Raw = Sequence[tuple[bytes, bytes]]  # headers as on the wire

_OPAQUE = ("etag", "last-modified")  # validators are echoed byte for byte, so they are read as bytes


def request_headers(asked: Mapping[str, str], first: Address, here: Address) -> list[tuple[bytes, bytes]]:
    """The headers for a request to `here`, a hop of a fetch that began at `first`. Names in `asked` are lower case.

    What identifies the reader goes to the first origin only.
    """
    own = {"user-agent": USER_AGENT, **asked, "accept-encoding": "gzip, deflate"}
    own.pop("host", None)  # the client puts it in, from the address
    if here.origin != first.origin:
        own.pop("authorization", None)
        own.pop("cookie", None)
    elif first.auth is not None:
        from base64 import b64encode

        login = ":".join(first.auth).encode()  # UTF-8, as RFC 7617 has it
        own["authorization"] = f"Basic {b64encode(login).decode('ascii')}"
    return [(name.encode("ascii"), _encode(value)) for name, value in own.items()]


def plain_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Lower-case names; repeated ones joined by ", " (RFC 9110 §5.3); no control characters but in validators."""
    plain: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").lower()
        if name in _OPAQUE:
            plain[name] = raw_value.decode("latin-1")
            continue
        value = decode(raw_value)
        value = value if value.isprintable() else "".join(c for c in value if c.isprintable())
        if name != "set-cookie":
            plain[name] = f"{plain[name]}, {value}" if name in plain else value
    return plain


def decode(raw: bytes) -> str:
    """A header's value: UTF-8 if it is that, else Latin-1, which everything is."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _encode(value: str) -> bytes:
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()
