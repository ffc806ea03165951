"""Bytes to text, as the web means its encodings, and then into characters that XML allows.

Order of trust: byte order mark, what the bytes themselves show (UTF-16, EBCDIC, valid UTF-8), the HTTP charset, the XML
declaration (RFC 7303 §3, but valid UTF-8 with letters outside ASCII is UTF-8, and no such letters are ASCII, whatever a
server's default says). Nothing here raises: bytes that fit no encoding are read as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tui_news.text.references import allowed_references, has_doubtful_references

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHAPES = (  # "<" or "{" as its first four bytes come in encodings where a character is more than one byte
    (re.compile(rb"\0\0\0[<{\[]"), "utf-32-be"),
    (re.compile(rb"[<{\[]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0[<{\[]\0[^\0]"), "utf-16-be"),
    (re.compile(rb"[<{\[]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
# What the names mean on the web (WHATWG Encoding): each is read as its superset.
_SUPERSETS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
# Text "encodings" of Python that no server means, and that can bring in control characters or lone surrogates.
_REFUSED = {"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem"}

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


def decode(body: bytes, content_type: str = "") -> str:
    """The body as text without a byte order mark. Never raises."""
    return decoded(body, content_type)[0]


def decoded(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(the text, the name of the encoding that it was read in). Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    for shape, name in _SHAPES:
        if shape.match(body):
            return body.decode(name, "replace"), name
    return _by_names(body, content_type)


def _by_names(body: bytes, content_type: str) -> tuple[str, str]:
    names = list(_named(body, content_type))
    if not body.isascii():
        text = _as_utf8(body, bool(names) and names[0] != "utf-8")
        if text is not None:
            return text, "utf-8"
    for name in names:
        try:
            return body.decode(name), name
        except (UnicodeError, LookupError):
            continue
    name = "ascii" if body.isascii() else "cp1252"
    return body.decode(name, "replace"), name


def _as_utf8(body: bytes, otherwise_named: bool) -> str | None:
    """The body as UTF-8 if it is, or nearly is: one broken letter must not turn every other one into mojibake."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        if otherwise_named:
            return None
    text = body.decode("utf-8", "replace")
    good = len(re.findall("[\x80-\ufffc\U00010000-\U0010ffff]", text))
    return text if good > 2 * text.count("\ufffd") else None


def _named(body: bytes, content_type: str) -> Iterator[str]:
    """Usable encodings that the server and the document claim, in order of trust."""
    charset = _CHARSET.search(content_type)
    declared = _DECLARED.search(body[:1024])
    names = [charset[1] if charset else "", declared[1].decode("ascii", "replace") if declared else ""]
    if not body.isascii():
        names.sort(key=_says_ascii)  # who says so is wrong, and the other may know better
    for name in names:
        usable = _usable(name) if name else None
        if usable:
            yield usable


def _says_ascii(name: str) -> bool:
    try:
        return codecs.lookup(name).name == "ascii"
    except (LookupError, ValueError):
        return False


def false_claims(body: bytes, content_type: str) -> Iterator[str]:
    """What the server or the document says about an XML feed that is not so; it was read all the same."""
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        yield "it is served as plain text, not as XML"
    declared = _DECLARED.search(body[:1024])
    if declared:
        try:
            codecs.lookup(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            yield "it names an encoding that there is not"


def _usable(name: str) -> str | None:
    """Python's name for the encoding, its superset where the web reads it so; None for what is no text encoding."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    known = codec.name
    # A document that got this far is made of single bytes: a claim of UTF-16 is false.
    if (
        known.replace("_", "-") in _REFUSED
        or known.startswith(("utf-16", "utf-32"))
        or not getattr(codec, "_is_text_encoding", True)
    ):
        return None
    return _SUPERSETS.get(known, known)


def allowed(text: str) -> str:
    """The text in characters that XML 1.0 §2.2 allows: others, written or referred to, become U+FFFD.

    An unpaired surrogate could not be stored, a reference to one makes parsers raise, a live ESC is never meant.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = without_surrogates(text)
        data = text.encode()
    if _has_controls(text, data):
        text = _CONTROL.sub("\ufffd", text)
    return allowed_references(text)


def changes_no_xml(text: str) -> bool:
    """Whether `allowed` would change nothing in it as far as it is well-formed: the parser refuses other characters
    that are not allowed. To look for those takes as long as all that is done with a document beside."""
    return "\x7f" not in text and not has_doubtful_references(text)


def _has_controls(text: str, data: bytes) -> bool:
    """Asked of its bytes: a tenth of what a pattern takes, and nearly no feed has any."""
    return len(data.translate(None, _CONTROL_BYTES)) < len(data) or "\ufffe" in text or "\uffff" in text


def without_surrogates(text: str) -> str:
    """Lone surrogates (valid in JSON strings) as U+FFFD: no database and no terminal can take them."""
    if text.isascii():
        return text
    try:
        text.encode("utf-16")  # half of what UTF-8 takes
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
