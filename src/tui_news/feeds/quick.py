"""The common feed, read by expat alone: RSS 0.91 to 2.0 and Atom 1.0, well-formed, with the elements that most have.

feedparser takes ten times as long and is the judge: `read` gives what feedparser would have found of the fields that we
read, under the same names, or None. Whatever is not on the lists below is left to it: a document type, an element
inside a text, XHTML, xml:base, a date of another form. A test compares the two on every feed that we have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tui_news.feeds.dates import parse_date
from tui_news.feeds.quick_names import (
    ATOM,
    ATOM_FEED,
    ATOM_ITEM,
    ITS_OWN,
    ITS_PREFIXES,
    JETPACK,
    RSS_FEED,
    RSS_ITEM,
    SPACES,
)
from tui_news.feeds.quick_texts import Odd, heal, looks_like_html, plain_link

_TEXTS = {"text": "text/plain", "html": "text/html", "text/plain": "text/plain", "text/html": "text/html"}
_BASE = re.compile("xml:base")  # the pattern finds it in two thirds of the time

_IMAGE = frozenset(("title", "url", "link", "width", "height", "description"))
_PERSON = {"name": "name", "email": "email", "uri": ""}
_LARGE, _MOST_ELEMENTS = 3_000_000, 1_000_000  # characters; an element takes up to 150 bytes of memory
_HEAD = 16_384
_UNREAD = frozenset(("slash", "thr", "feedburner", "wfw", "sy"))
_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_LINKS = frozenset(("comments", "wfw_commentrss"))
_ITS_ATTRIBUTES = frozenset(("xmlns", "base", "lang"))
_ONCE = frozenset(("title", "summary", "content", "id", "published", "updated", "subtitle", "link", "name", "email"))


_Handler = Callable[["_Quick", str, str], None]  # what is to do with a field's text
_Part = tuple[str, bool, _Handler | None, Callable[["_Quick", Element], None] | None]


def _refuse(*_: object) -> None:
    raise Odd


def read(text: str) -> dict[str, Any] | None:
    """What feedparser would find in the decoded document, of what `rss_atom` reads; None when it should look itself."""
    if _BASE.search(text) or (len(text) > _LARGE and text.count("<") > _MOST_ELEMENTS):
        return None
    try:
        return _Quick().parse(text)
    except (Odd, expat.ExpatError, ValueError):
        return None


class _Quick:
    """One document. `record` is what is filled now: the feed, or its last entry."""

    def __init__(self) -> None:
        self.feed: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.record = self.feed
        self.version = ""
        self.language: str | None = None
        self.tag: str | None = None  # the same as a tag
        self.spaces: dict[str, str] = {}  # the document's prefixes
        self.names: dict[str, str] = {}  # its element names, as ours
        self.parts: dict[str, dict[str, _Part]] = {"feed": {}, "item": {}, "image": {}, "person": {}}  # met before
        self.attributes: dict[str, str] = {}
        self.feed_seen: set[str] = set()
        self.tidy = True  # each item has its usual name and something in it, so it has an end of its own

    def parse(self, text: str) -> dict[str, Any]:
        self._fill_from(self._tree(text))
        return {
            "feed": self.feed,
            "entries": self.entries,
            "version": self.version,
            "namespaces": self.spaces,
            "bozo": 0,
            "tidy": self.tidy,
        }

    def _tree(self, text: str) -> Element:
        """The document's elements, made by expat and the builder between them; only the root passes through here."""
        parser, builder = expat.ParserCreate("utf-8"), TreeBuilder()

        def root(name: str, attributes: dict[str, str]) -> None:
            parser.StartElementHandler = builder.start
            self._root(name, attributes)
            if any(not uri and text.find(f"<{prefix}:", 0, _HEAD) >= 0 for prefix, uri in self.spaces.items()):
                raise Odd  # sooner than when all is read: a podcast
            builder.start(name, attributes)

        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = root, builder.end
        parser.CharacterDataHandler = builder.data
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(text, True)
        return builder.close()

    # elements
    def _fill_from(self, root: Element) -> None:
        if self.version == "atom10":
            self._fill(root, "feed", self.feed_seen)
            return
        for channel in root:
            if channel.tag.lower() != "channel" or channel.keys():
                raise Odd
            self._fill(channel, "feed", self.feed_seen)

    def _fill(self, holder: Element, where: str, seen: set[str]) -> None:
        """The record from the element's children; text between them means nothing. seen: fields that come once."""
        parts, record = self.parts[where], self.record
        for element in holder:
            part = parts.get(element.tag)
            if part is None:
                if self._jetpack(element, where):
                    continue
                part = parts[element.tag] = self._part(element.tag, where)
            field, once, handler, inner = part
            if inner is not None:
                inner(self, element)
                continue
            if len(element):
                raise Odd
            given = self.attributes = self._attributes(element) if element.keys() else {}
            if once:
                if field in seen and (record is not self.feed or field != "link"):
                    raise Odd
                seen.add(field)
            if not field:
                continue  # nobody reads it
            text = (element.text or "").strip()
            if not text.isascii():
                heal(text)
            if handler is not None:
                handler(self, field, text)
            elif given:
                raise Odd
            else:
                record[field] = plain_link(text) if field in _LINKS else text

    def _attributes(self, element: Element) -> dict[str, str]:
        """Names in lower case, and without their prefix beside; `rel` and `type` in lower case too."""
        found: dict[str, str] = {}
        for key, value in element.items():
            if self._is_odd(key):
                raise Odd
            key = key.lower()
            value = value.lower() if key in ("rel", "type") else value
            found[key.rpartition(":")[2]] = found[key] = value
        return found

    def _jetpack(self, element: Element, where: str) -> bool:
        """WordPress' Jetpack numbers site and story in words of its own, which nobody reads."""
        if JETPACK.get(where) != element.tag or element.attrib != {"xmlns": JETPACK["xmlns"]} or len(element):
            return False
        self.spaces[""] = JETPACK["xmlns"]
        return True

    def _is_odd(self, attribute: str) -> bool:
        """A language, a base, a prefix of its own, or one that nobody declared."""
        return attribute in _ITS_ATTRIBUTES or (":" in attribute and not self.spaces.get(attribute.partition(":")[0]))

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                self._space(key[6:], value)
        self.language = attributes.get("xml:lang") or None
        if self.language:
            self.feed["language"] = self.tag = self.language.replace("_", "-")
        version = attributes.get("version", "")
        if name == "rss" and not self.spaces.get(""):
            self.version = "rss20" if version.startswith("2.") else _VERSIONS.get(version, "")
        elif self._ours(name) == "feed" and ATOM in map(str.lower, self.spaces.values()):
            self.version = "atom10"
        if not self.version or any(
            key not in ("version", "xml:lang") and not key.startswith("xmlns") for key in attributes
        ):
            raise Odd

    def _space(self, prefix: str, uri: str) -> None:
        ours = SPACES.get(uri.lower())
        if ours is None and (ITS_OWN.search(uri) or prefix.lower() in ITS_PREFIXES):
            self.spaces[prefix] = ""  # fine unless it is used
        else:
            self.spaces[prefix] = uri

    def _ours(self, name: str) -> str:
        """The element's name with our prefix; "?" for one of a module that nobody reads."""
        if name not in self.names:
            prefix, colon, local = name.rpartition(":")
            local = local.lower()  # as feedparser: no feed means another thing by "pubdate"
            uri = self.spaces.get(prefix, None if colon else "-")
            if not uri:
                raise Odd  # undeclared, or feedparser's own
            module = SPACES.get(uri.lower(), "" if not colon else "?")
            if self.version == "atom10" or not self.version:
                module = "" if module == "atom" else module
            self.names[name] = "?" if module == "?" else f"{module}:{local}" if module else local
        return self.names[name]

    def _part(self, element: str, where: str) -> _Part:
        """What is made of such a child: its field, whether it comes once, and who takes its text or its children."""
        if where == "image":
            field = "" if element.lower() in _IMAGE else None
        else:
            name = self._ours(element)
            field = _KNOWN[where, self.version == "atom10"].get(name)
            if where == "person" and name == "?":
                return "", False, None, _Quick.bare
            if where != "person" and (name == "?" or (field is None and name.partition(":")[0] in _UNREAD)):
                field = ""
        if field is None:
            raise Odd
        return field, field in _ONCE, _HANDLERS.get(field), _HOLDERS.get(field)

    # elements that hold others
    def item(self, element: Element) -> None:
        if element.keys():
            raise Odd
        self.tidy = self.tidy and element.tag in ("item", "entry") and len(element) > 0
        self.record = {}
        self.entries.append(self.record)
        self._fill(element, "item", set())
        self.record = self.feed

    def image(self, element: Element) -> None:
        if element.keys():
            raise Odd
        self._fill(element, "image", set())

    def person(self, element: Element) -> None:
        """An Atom author. Text beside the parts means something to feedparser."""
        if element.keys() or (element.text or "").strip() or any((part.tail or "").strip() for part in element):
            raise Odd
        self.record.setdefault("authors", []).append({})
        self._fill(element, "person", set())
        self._author_of()

    def bare(self, element: Element) -> None:
        """A module's element that says all by its attributes, as Blogger's picture of an author does."""
        if len(element) or not element.keys() or (element.text or "").strip():
            raise Odd
        self._attributes(element)

    # texts
    def content(self, field: str, text: str) -> None:
        """A text that has a type."""
        atom = self.version == "atom10"
        usual = "text/html" if not atom and field in ("summary", "content") else "text/plain"
        kind = _TEXTS.get(self.attributes.get("type", usual)) if atom else usual
        if kind is None or (self.attributes and set(self.attributes) - ({"type"} if atom else set())):
            raise Odd
        if not atom and kind == "text/plain" and looks_like_html(text):
            kind = "text/html"
        detail = {"type": kind, "language": self.tag, "value": text}
        if field == "content":
            self.record.setdefault("content", []).append(detail)
            self.record.setdefault("summary", text)
            return
        self.record[field] = text
        self.record[f"{field}_detail"] = detail

    def link(self, field: str, text: str) -> None:
        """RSS's link."""
        if self.attributes:
            raise Odd
        entry = {"rel": "alternate", "type": "text/html"}
        self.record.setdefault("links", []).append(entry)
        self.record["link"] = plain_link(text)
        if text:
            entry["href"] = text

    def links(self, field: str, text: str) -> None:
        """Atom's link, in whatever feed."""
        given = self.attributes
        if "href" not in given or "url" in given or "uri" in given or text:
            raise Odd
        plain_link(given["href"])
        given.setdefault("rel", "alternate")
        given.setdefault("type", "application/atom+xml" if given["rel"] == "self" else "text/html")
        self.record.setdefault("links", []).append(given)
        if given["rel"] == "alternate" and given["type"] in ("text/html", "html", "application/xhtml+xml", "xhtml"):
            self.record["link"] = given["href"]

    def guid(self, field: str, text: str) -> None:
        permanent = self.attributes.get("ispermalink", "true") == "true"
        if set(self.attributes) - {"ispermalink"}:
            raise Odd
        self.record["id"] = plain_link(text) if permanent else text
        if permanent:
            self.record.setdefault("link", text)

    def date(self, field: str, text: str) -> None:
        if self.attributes or (text and parse_date(text) is None):
            raise Odd  # feedparser may know its form
        self.record[field] = text

    def author(self, field: str, text: str) -> None:
        if self.attributes or "@" in text:
            raise Odd
        self.record.setdefault("authors", []).append({"name": text} if text else {})
        self.record["author"] = text

    def of_person(self, field: str, text: str) -> None:
        if self.attributes:
            raise Odd
        self.record["authors"][-1][field] = text

    def _author_of(self) -> None:
        people = self.record["authors"]
        if len(people) > 1 and not all(one.get("name") for one in people):
            raise Odd  # feedparser lends them each other's names
        person = people[-1]
        name, email = person.get("name"), person.get("email")
        self.record["author"] = f"{name} ({email})" if name and email else name or email or ""

    def category(self, field: str, text: str) -> None:
        given, tags = self.attributes, self.record.setdefault("tags", [])
        if given:
            if set(given) - {"term", "scheme", "domain", "label"}:
                raise Odd
            scheme = given.get("scheme", given.get("domain"))
            tag = {"term": given.get("term"), "scheme": scheme, "label": given.get("label")}
            if any(tag.values()) and tag not in tags:
                tags.append(tag)
        if text and tags and not tags[-1]["term"]:
            tags[-1]["term"] = text
        elif text and (tag := {"term": text, "scheme": None, "label": None}) not in tags:
            tags.append(tag)

    def enclosure(self, field: str, text: str) -> None:
        given = self.attributes
        href = given.pop("url", given.pop("uri", given.get("href")))
        if href:
            given["href"] = href
        given["rel"] = "enclosure"
        self.record.setdefault("links", []).append(given)

    def media(self, field: str, text: str) -> None:
        self.record.setdefault("media_content", []).append(self.attributes)

    def generator(self, field: str, text: str) -> None:
        given = self.attributes
        href = given.get("url", given.get("uri", given.get("href")))
        if href:
            given["href"] = plain_link(href)
        self.record["generator"], self.record["generator_detail"] = text, given

    def total(self, field: str, text: str) -> None:
        """RFC 4685's: feedparser knows it by the document's own prefix."""
        if self.attributes:
            raise Odd
        prefix = next(prefix for prefix, uri in self.spaces.items() if SPACES.get(uri.lower()) == "thr")
        self.record[f"{prefix.lower()}_total"] = text


_KNOWN = {
    ("feed", False): RSS_FEED, ("item", False): RSS_ITEM, ("feed", True): ATOM_FEED, ("item", True): ATOM_ITEM,
    ("person", True): _PERSON,
}  # fmt: skip
_HOLDERS = {"item": _Quick.item, "image": _Quick.image, "person": _Quick.person}
_HANDLERS: dict[str, _Handler] = {
    "title": _Quick.content, "summary": _Quick.content, "content": _Quick.content, "subtitle": _Quick.content,
    "link": _Quick.link, "attributes": _Quick.links, "id": _Quick.guid, "published": _Quick.date,
    "updated": _Quick.date, "author": _Quick.author, "name": _Quick.of_person, "email": _Quick.of_person,
    "category": _Quick.category, "enclosure": _Quick.enclosure, "media": _Quick.media,
    "generator": _Quick.generator, "thr_total": _Quick.total,
}  # fmt: skip
