"""HTML and XML as trees, tolerant and bounded. lxml is imported when a tree is wanted: only workers want one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tui_news.text.lazy import lazily
from tui_news.text.references import allowed_references, numeric_references

HTML_LIMIT = 12_000_000  # bytes; a page of 5,000 comments has 7 million
MOST_TAGS = 250_000  # a tree takes up to 400 bytes for each; a page of 5,000 comments has 200,000
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_CONTROL = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w.-]{1,40})")
_DECLARATION = lazily(r"^\s*<\?xml[^>]{0,400}\?>")
_NOT_XML = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decoded(body: bytes, charset: str = "") -> str:
    """The text of a page: UTF-8 if it is, else as the header or the page says, else Windows-1252."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _CHARSET.search(body[:4096])
    name = charset or (found.group(1).decode("ascii", "replace") if found else "cp1252")
    try:
        return body.decode("cp1252" if name.lower() in ("iso-8859-1", "latin1", "utf-8") else name, "replace")
    except (LookupError, ValueError):
        return body.decode("cp1252", "replace")


def html_tree(html: str | bytes) -> Any | None:
    """The root element, None for nothing. libxml2 stops at 256 levels, so walking up is bounded."""
    from lxml import etree
    from lxml import html as lxml_html

    text = decoded(html[:HTML_LIMIT]) if isinstance(html, bytes) else html[:HTML_LIMIT]
    text = few_tags(text)
    clean = allowed_references(_CONTROL.sub("", text)).encode("utf-8")  # lxml reads "&#1;" and takes no such text back
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def few_tags(text: str, most: int = MOST_TAGS) -> str:
    """As much of a document as has so many tags: what is made for it has hundreds of thousands, to fill the memory."""
    if text.count("<") <= most:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if text.count("<", 0, middle) <= most else (low, middle)
    return text[:low]


def xml_text(body: bytes) -> str:
    """The text without its XML declaration, whose encoding holds no more, and without what XML forbids: a reference to
    a surrogate makes a text that lxml cannot hand out."""
    name = _ENCODING.match(body[:600])
    encoding = name.group(1).decode("ascii") if name else "utf-8-sig"
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, ValueError):
        text = body.decode("utf-8", "replace")
    return allowed_references(_DECLARATION.sub("", _NOT_XML.sub("", text.lstrip("\ufeff")), count=1).lstrip())


def xml_tree(document: str | bytes) -> Any | None:
    """The root element of XML, ill-formed included; None for nothing. No entity is expanded, nothing is loaded."""
    from lxml import etree

    text = few_tags(xml_text(document[:HTML_LIMIT]) if isinstance(document, bytes) else document)
    for recover in (False, True):
        parser = etree.XMLParser(
            recover=recover, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True, encoding="utf-8",
        )  # fmt: skip
        try:
            return etree.fromstring((numeric_references(text) if recover else text).encode("utf-8"), parser=parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None


def classes(element: Any) -> list[str]:
    return str(element.get("class") or "").lower().split()


@lru_cache(maxsize=4096)
def _plain_names(names: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[_-]+", "-", name).strip("-") for name in names.lower().split())


def bears(element: Any, *names: str) -> str:
    """Which of the names one of the element's classes ends in, a theme's own beginning left aside: "" for none.

    `comment__text`, `comment_text` and `xy-comment-text` all bear "comment-text".
    """
    held = _plain_names(str(element.get("class") or ""))
    # WordPress marks comments with the name of who wrote them: anybody may be called "fn" or "username".
    held = tuple(name for name in held if not name.startswith("comment-author-") or name in names)
    return next((name for name in names for own in held if own == name or own.endswith(f"-{name}")), "")


def inner_html(element: Any) -> str:
    """What is between an element's tags."""
    from html import escape

    from lxml import etree

    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def text_of(element: Any) -> str:
    return "".join(element.itertext())
