"""HTML and XML as trees, tolerant and bounded. lxml is imported when a tree is wanted: only workers want one."""

from __future__ import annotations

import re
from typing import Any

HTML_LIMIT = 12_000_000  # bytes; a page of 5,000 comments has 7 million
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


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
    clean = _CONTROL.sub("", text).encode("utf-8")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def xml_tree(body: bytes) -> Any | None:
    """The root element of XML, ill-formed included; None for nothing. No entity is expanded, nothing is loaded."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(body[:HTML_LIMIT].lstrip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def classes(element: Any) -> list[str]:
    return str(element.get("class") or "").lower().split()


def inner_html(element: Any) -> str:
    """What is between an element's tags."""
    from html import escape

    from lxml import etree

    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def text_of(element: Any) -> str:
    return "".join(element.itertext())
