"""Subscription lists of other readers (OPML 1.0, 1.1, 2.0) and our own.

A list comes from a stranger, so it may name web addresses and nothing else: no commands, no files. It is read by a
scanner of tags and not by an XML parser: no DTD, no entities, no nesting that could hurt, and a list with one raw "&"
in it is still a list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import quoteattr

from tui_news.feeds import texts
from tui_news.feeds.decoding import allowed, decode
from tui_news.feeds.discover import clean_address
from tui_news.feeds.identity import canonical
from tui_news.models import FeedError, Subscription

_MOST = 50_000
_DEEPEST = 20

# Neither may cross a "<", which XML forbids in attribute values: so no scan is longer than the distance to the next.
_OUTLINE = re.compile(r"""<(/?)outline\b((?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*))>""", re.I)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:opml|outline)\b", re.I)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(r"<!ENTITY\b", re.I)


def read_opml(data: bytes) -> list[Subscription]:
    """The feeds of an OPML file, each once, with their folders. Raises FeedError if it is no OPML."""
    return read_opml_report(data)[0]


def read_opml_report(data: bytes) -> tuple[list[Subscription], list[str]]:
    """As `read_opml`, and a sentence for each outline that was left out and why. Raises FeedError."""
    text = _without_comments(allowed(decode(data)))
    if not _ROOT.search(text):
        raise FeedError("the list could not be read", "it is no OPML", "export it again from the other reader as OPML")
    if _ENTITY.search(text, 0, 65536):
        raise FeedError("the list was refused", "it declares entities of its own, which no reader's export does")
    found: dict[str, Subscription] = {}
    skipped: list[str] = []
    for attributes, folder in _outlines(text):
        address = _first(attributes, "xmlurl", "url" if attributes.get("type", "").lower() == "rss" else "xmlurl")
        if not address:
            continue
        url = _web(address)
        if url is None:
            skipped.append(f"{texts.line(address, 200)}: only web addresses are taken from a list")
        elif canonical(url) in found:
            skipped.append(f"{url}: named more than once")
        elif len(found) == _MOST:
            skipped.append(f"{url}: the list is longer than {_MOST} feeds")
        else:
            found[canonical(url)] = _subscription(url, attributes, folder)
    if "<opml" in text[:65536].lower() and "</opml" not in text[-65536:].lower():
        skipped.append("the file ends in the middle of the list: what stands before was taken")
    return list(found.values()), skipped


def _web(address: str) -> str | None:
    """http, https and feed: addresses as they are to be fetched, and our own edition; a bare host is not guessed at."""
    if re.match(r"\s*(?:https?://|feed:|builtin:)", address, re.I):
        return clean_address(address)
    return None


def _subscription(url: str, attributes: dict[str, str], folder: str) -> Subscription:
    title = texts.title_line(_first(attributes, "title", "text"), False)
    site = texts.web_url(_first(attributes, "htmlurl"))
    filed = _categories(attributes.get("category", ""))
    folder = folder or (filed[0] if filed else "")
    tags = tuple(name for name in filed if name != folder)
    return Subscription(url, "" if title == url else title, site, folder, tags)


def _categories(value: str) -> list[str]:
    """OPML 2.0's categories ("/News/Norway,/Tech"), each once. The first is the folder where a list has no nesting."""
    paths = (
        "/".join(filter(None, (texts.line(part, 100) for part in one.split("/")))) for one in value.split(",")[:50]
    )
    return list(dict.fromkeys(filter(None, paths)))


def _first(attributes: dict[str, str], *names: str) -> str:
    return next((attributes[name].strip() for name in names if attributes.get(name, "").strip()), "")


def _outlines(text: str) -> Iterator[tuple[dict[str, str], str]]:
    """Every outline's attributes (names in lower case, without prefix) and its folder's path."""
    path: list[str] = []
    for match in _OUTLINE.finditer(text):
        if match[1]:
            if path:
                path.pop()
            continue
        attributes = _attributes(match[2])
        yield attributes, "/".join(filter(None, path[:_DEEPEST]))
        if not match[2].rstrip().endswith("/"):
            is_feed = bool(attributes.get("xmlurl"))
            path.append("" if is_feed else _folder_name(attributes))


def _folder_name(attributes: dict[str, str]) -> str:
    """A slash would read as two folders."""
    return texts.title_line(_first(attributes, "text", "title"), False)[:100].replace("/", "∕").strip()


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(inside):
        key = name.rsplit(":", 1)[-1].lower()
        found.setdefault(key, _REFERENCE.sub(lambda match: html.unescape(match[0]), value[1:-1]))
    return found


def _without_comments(text: str) -> str:
    """Commented-out feeds are not subscribed. An unclosed comment hides nothing: it is a broken file, not a wish."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + 3
    parts.append(text[at:])
    return "".join(parts)


def write_opml(
    subscriptions: Iterable[Subscription], title: str = "tuinews subscriptions", now: int | None = None
) -> str:
    """OPML 2.0 with one outline a folder, nested as the paths say. Always well-formed. now: for dateCreated."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines.append(f"    <title>{html.escape(_written(title), quote=False)}</title>")
    if now is not None:
        lines.append(f"    <dateCreated>{format_datetime(datetime.fromtimestamp(now, UTC))}</dateCreated>")
    lines += ["  </head>", "  <body>"]
    lines += _body(subscriptions)
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines)


def _body(subscriptions: Iterable[Subscription]) -> Iterator[str]:
    """Feeds folder by folder (those without one first), each folder opened and closed once."""
    ordered = sorted(subscriptions, key=lambda one: _path(one.folder))
    path: tuple[str, ...] = ()
    for one in ordered:
        folder = _path(one.folder)
        common = 0
        while common < min(len(path), len(folder)) and path[common] == folder[common]:
            common += 1
        yield from (_indent(depth) + "</outline>" for depth in range(len(path) - 1, common - 1, -1))
        yield from (_indent(depth) + _folder_outline(folder[depth]) for depth in range(common, len(folder)))
        path = folder
        yield _indent(len(path)) + _feed_outline(one)
    yield from (_indent(depth) + "</outline>" for depth in range(len(path) - 1, -1, -1))


def _path(folder: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in folder.split("/") if part.strip())[:_DEEPEST]


def _folder_outline(name: str) -> str:
    return f"<outline text={_quoted(name)} title={_quoted(name)}>"


def _feed_outline(one: Subscription) -> str:
    name = _quoted(one.title or one.url)
    site = f" htmlUrl={_quoted(one.site)}" if one.site else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={_quoted(one.url)}{site}/>'


def _indent(depth: int) -> str:
    return "    " + "  " * depth


def _quoted(text: str) -> str:
    return quoteattr(_written(text))


def _written(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)
