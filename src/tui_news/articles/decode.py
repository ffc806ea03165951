"""A page's bytes as text, the way browsers settle it: https://encoding.spec.whatwg.org/"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{2,40})|encoding\s*=\s*["']([\w:.-]{2,40})["']""", re.I)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
# What pages call Latin-1 and ASCII is Windows-1252; Korean and Chinese pages name the smaller set, too.
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932",
    "x-sjis": "cp932", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
}  # fmt: skip


def decode(body: bytes, content_type: str = "") -> str:
    """The text: by its byte order mark, else UTF-8 if it is that, else by the header, the page, or Windows-1252.

    Never raises; bytes that mean nothing become U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        mostly = error.start > 1000 or _says_utf8(body, content_type)
    for name in _names(body, content_type):
        text = _try(body, name)
        if text is not None:
            return text
    return body.decode("utf-8" if mostly else "cp1252", "replace")


def _names(body: bytes, content_type: str) -> list[str]:
    found = _DECLARED.search(body[:4096])
    in_page = next((group for group in found.groups() if group), b"") if found else b""
    in_header = _IN_HEADER.search(content_type)
    names = [in_header.group(1) if in_header else "", in_page.decode("ascii", "replace")]
    return [_MEANT.get(name.lower(), name.lower()) for name in names if name]


def _says_utf8(body: bytes, content_type: str) -> bool:
    return any(name in ("utf-8", "utf8") for name in _names(body, content_type))


def _try(body: bytes, name: str) -> str | None:
    """The body in that encoding; None if there is none of the name, or it is a UTF-8 that was already refused."""
    try:
        codec = codecs.lookup(name)
        if codec.name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be") or not codec._is_text_encoding:
            return None  # a page whose ASCII declaration could be read is not UTF-16, whatever it declares
        return body.decode(name, "replace")
    except (LookupError, ValueError):
        return None
