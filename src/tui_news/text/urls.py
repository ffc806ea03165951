"""Addresses from outside: only what a reader may be sent to, in printable ASCII."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from tui_news.text.lazy import lazily

MAX_URL = 8192  # bytes

_STRIP = "".join(map(chr, range(0x21)))
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?")
_BUILTIN = re.compile(r"builtin:[A-Za-z0-9._~/?#=&%+-]+")
_READY = re.compile(
    r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[0-9]{1,4})?/[A-Za-z0-9/%:@!$&()*+,;=~._?-]*(?:#[A-Za-z0-9/%._-]*)?"
)
_PATH = "/%:@!$&()*+,;=~[]"
_LETTER = frozenset({"to", "cc", "subject", "body", "keywords", "in-reply-to", "references"})
_CONTROL = lazily(r"(?i)%(?:[01][0-9a-f]|7f)")
_CONTROL_IN_BODY = lazily(r"(?i)%(?:0[0-8bcef]|1[0-9a-f]|7f)")
_OPTION = lazily(r"(?:^|[=,;])[\s\"'<(]*-")
_SECRET = lazily(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/?#\\]*@")


def clean_url(s: str, base: str = "", builtin: bool = False) -> str | None:
    """The absolute address, or None for anything but http(s) with a host, or mailto.

    Relative addresses are resolved against `base`. International hosts become ASCII (IDNA); everything that is not
    printable ASCII, and quotes, backslashes, spaces and angle brackets, is percent-encoded; at most 8 KB. With
    `builtin`, addresses of the built-in edition (`builtin:edition/…`) pass too.
    """
    if len(s) > 2 * MAX_URL:
        return None
    s = s.strip(_STRIP).replace("\t", "").replace("\n", "").replace("\r", "")  # as browsers do (WHATWG URL 4.4)
    if is_ready(s) or (builtin and _BUILTIN.fullmatch(s)):
        return s
    try:
        cleaned = _clean(s, base)
    except ValueError:  # urlsplit and the idna codec, on hostile hosts and ports
        return None
    return cleaned if cleaned and len(cleaned) <= MAX_URL else None


def is_ready(s: str) -> bool:
    """Whether `clean_url` would leave it as it is, whatever the base: nearly every address that a feed writes."""
    return len(s) <= MAX_URL and _READY.fullmatch(s) is not None


def mask_url(s: str) -> str:
    """The string with the user name and password of any address in it hidden, for messages and logs."""
    return _SECRET.sub(r"\1…@", s) if "@" in s else s


def without_login(s: str) -> str:
    """The address without its user name and password: for what is handed on."""
    return _SECRET.sub(r"\1", s) if "@" in s else s


def _clean(s: str, base: str) -> str | None:
    if s[:7].lower() == "mailto:":
        return _mailto(s[7:])
    head, mark, tail = _split_tail(s)
    s = head.replace("\\", "/") + mark + tail
    if base:
        s = urljoin(base, s)
    elif s.startswith("//"):
        s = "https:" + s
    if _READY.fullmatch(s):
        return s
    parts = urlsplit(s)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    netloc = _netloc(parts)
    if netloc is None:
        return None
    path = quote(parts.path, safe=_PATH, errors="replace") or "/"
    query, fragment = (quote(x, safe=_PATH + "?", errors="replace") for x in (parts.query, parts.fragment))
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def _mailto(s: str) -> str | None:
    """An address of mail (RFC 6068). Of its fields only those stay that write a letter: a file, a sender or a hidden
    copy is no link's to ask for (section 7). Nor may an address pass for an option, or a line end but in the body."""
    to, _, query = s.partition("#")[0].partition("?")
    parts = [_letter("to", to.lstrip("/"))]
    for field in query.split("&"):
        name, _, value = field.partition("=")
        name = unquote(name, errors="replace").strip().casefold()
        if name in _LETTER and value:
            parts.append(f"{name}={_letter(name, value)}")
    if any(_OPTION.search(unquote(part)) for part in parts if part.startswith(("to=", "cc=")) or part is parts[0]):
        return None
    fields = "&".join(parts[1:])
    return f"mailto:{parts[0]}{'?' if fields else ''}{fields}" if parts[0] or fields else None


def _letter(name: str, value: str) -> str:
    text = quote(value, safe="%/:@+,.*-_~", errors="replace")
    return (_CONTROL_IN_BODY if name == "body" else _CONTROL).sub("%20", text)


def _ipv6(place: str) -> str:
    """The host in its brackets, "" for what is no IPv6 address between them."""
    import ipaddress  # few addresses need it

    host = place[1:].partition("]")[0].lower()
    try:
        ipaddress.IPv6Address(host.partition("%")[0] if place.startswith("[") else "")
    except ValueError:
        return ""
    return f"[{host}]" if host.isascii() and host.isprintable() and "%" not in host else ""


def _split_tail(s: str) -> tuple[str, str, str]:
    """The part in which a backslash means a slash, and the query or fragment after it."""
    cut = min((i for i in (s.find("?"), s.find("#")) if i >= 0), default=len(s))
    return s[:cut], s[cut : cut + 1], s[cut + 1 :]


def _netloc(parts: SplitResult) -> str | None:
    userinfo, at, _ = parts.netloc.rpartition("@")
    host = parts.hostname or ""
    if "[" in parts.netloc or "]" in parts.netloc:
        host = _ipv6(parts.netloc.rpartition("@")[2])
        if not host:
            return None
    else:
        if not host.isascii():
            if len(host) > 253:
                return None
            host = host.encode("idna").decode("ascii").lower()
        if len(host) > 253 or not _HOST.fullmatch(host):
            return None
    port = f":{parts.port}" if parts.port is not None else ""
    return (quote(userinfo, safe="%:!$&()*+,;=~", errors="replace") + "@" if at else "") + host + port
