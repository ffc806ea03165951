"""Our parsed feed in feedparser's field names, so that feedparser's own expectations can be put to it.

What a reader keeps is not always spelled as feedparser spells it: a title is a line without tags, a body is HTML as it
came (cleaned when it is shown), a date is a number. So a value compares by what it means: it equals an expected one if
that, put through the same step, gives the same thing. Nothing is taken from anywhere but the parsed feed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from tui_news.feeds import quick, texts
from tui_news.feeds.dates import parse_date
from tui_news.feeds.decoding import allowed, decoded, false_claims
from tui_news.feeds.parse import parse_feed as parse
from tui_news.feeds.repair import thinned, trimmed
from tui_news.feeds.rss_atom import _feedparser
from tui_news.models import Block, ParsedEntry, ParsedFeed
from tui_news.text.html import html_to_blocks

_ADDRESS = re.compile(r"\s*\([^()@\s]+@[^()\s]+\)$")


class Value(str):
    """A string that is equal to any other with the same meaning."""

    __slots__ = ()
    __hash__ = str.__hash__

    def means(self, other: str) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return False
        # What is there must not pass for what is not: only two texts of substance are compared by meaning.
        return str.__eq__(self, other) or (bool(self.strip()) and bool(other.strip()) and self.means(other))

    def __ne__(self, other: object) -> bool:
        return not self == other


class Title(Value):
    """A title or a name: one line, without tags. Where there is nothing but tags, no words are left."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        tags_only = isinstance(other, str) and "<" in other and not self and not texts.title_line(other, True)
        return tags_only or super().__eq__(other)

    __hash__ = str.__hash__

    def means(self, other: str) -> bool:
        return str(self) in (texts.title_line(other, True), texts.title_line(other, False))


class Name(Title):
    """An author: the name alone where there is one."""

    __slots__ = ()

    def means(self, other: str) -> bool:
        return str(self) == texts.title_line(_ADDRESS.sub("", other), True)


class Body(Value):
    """HTML, or text made HTML: what is read when it is shown at its address."""

    __slots__ = ("base",)

    def __new__(cls, text: str, base: str = "") -> Body:
        self = super().__new__(cls, text)
        self.base = base
        return self

    def means(self, other: str) -> bool:
        shown = html_to_blocks(self, self.base)
        wanted = html_to_blocks(other, self.base)
        if any(block.kind == "embed" for block in shown):  # a link with us, nothing with feedparser: the words count
            return _words(shown) == _words(wanted) or self.cleaned() == other
        return shown in (wanted, html_to_blocks(texts.paragraphs(other), self.base)) or self.cleaned() == other

    def cleaned(self) -> str:
        """As feedparser would have cleaned it: it is kept as it came, and cleaned when it is shown."""
        from feedparser import sanitizer

        return str(sanitizer._sanitize_html(str(self), "utf-8", "text/html")).strip()


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return " ".join(block.text for block in blocks if block.kind != "embed").split()


class Address(Value):
    """A link or an id: a reference, which means the same before and after it is resolved."""

    __slots__ = ("base",)

    def __new__(cls, text: str, base: str = "") -> Address:
        self = super().__new__(cls, text)
        self.base = base
        return self

    def means(self, other: str) -> bool:
        return other == urljoin(self.base, self) or texts.url(other, self.base) == str(self)


class Date(Value):
    """Unix seconds."""

    __slots__ = ()

    def means(self, other: str) -> bool:
        return str(parse_date(other)) == str(self)


class Encoding(Value):
    """What the bytes were read in: any name of an encoding in which they are the same words."""

    __slots__ = ("data",)

    def __new__(cls, name: str, data: bytes) -> Encoding:
        self = super().__new__(cls, name)
        self.data = data
        return self

    def means(self, other: str) -> bool:
        try:
            return self.data.decode(other) == self.data.decode(str(self))
        except (UnicodeError, LookupError):
            return False


class Record(dict[str, Any]):
    """A dictionary with feedparser's old question."""

    def has_key(self, key: str) -> bool:
        return key in self


def _record(**fields: Any) -> Record:
    titles = ("title", "description")  # a title is there even when it has no words
    return Record({name: value for name, value in fields.items() if name in titles or value or value == 0})


def _date(seconds: int | None) -> Date | None:
    return None if seconds is None else Date(seconds)


def in_feedparsers_words(feed: ParsedFeed, url: str) -> Record:
    about = _record(
        title=Title(feed.title),
        link=Address(feed.link, url),
        id=Address(feed.id, url),
        subtitle=Title(feed.subtitle),
        author=Name(feed.author),
        language=feed.language,
        published=_date(feed.published),
        updated=_date(feed.updated),
        tags=_tags(feed.tags),
    )
    about["description"] = about.setdefault("subtitle", Title(""))
    entries = [_entry(entry, feed.link or url) for entry in feed.entries]
    return Record(feed=about, entries=entries, bozo=bool(feed.warnings), title=feed.title, version=feed.kind)


def _tags(tags: tuple[str, ...]) -> list[Record]:
    return [Record(term=Title(tag)) for tag in tags]


def _entry(entry: ParsedEntry, base: str) -> Record:
    summary, content = Body(entry.summary or entry.content, base), Body(entry.content or entry.summary, base)
    shown = _record(
        id=Address(entry.id, base),
        link=Address(entry.link, base),
        title=Title(entry.title),
        subtitle=summary,
        author=Name(entry.author),
        published=_date(entry.published),
        updated=_date(entry.updated if entry.updated is not None else entry.published),
        language=entry.language,
        tags=_tags(entry.tags),
        enclosures=[_record(href=one.url, type=one.type, length=one.length) for one in entry.enclosures],
    )
    shown.update(summary=summary, description=summary)
    shown["content"] = [Record(value=content, language=entry.language)]
    for one in shown.get("enclosures", ()):
        one["length"] = str(one.get("length", ""))
    return shown


def parse_feed(data: bytes, url: str, headers: Mapping[str, str]) -> Record:
    """The scorer says where a feed came from in its Content-Location."""
    where = headers.get("content-location", url)
    return in_feedparsers_words(parse(data, where, headers), where)


def raw_feed(data: bytes, url: str, headers: Mapping[str, str]) -> Any:
    """What our decoding, repair and quick reader leave for feedparser to say of all its fields, those we do not keep too.

    Of a feed that the quick reader takes, its values stand in the place of feedparser's where the two differ.
    """
    import feedparser

    where = headers.get("content-location", url)
    text, encoding = decoded(data, headers.get("content-type", ""))
    text, _ = thinned(allowed(trimmed(text)))
    given = {**headers, "content-type": "application/xml; charset=utf-8", "content-location": where}
    stream = text.encode("utf-8")
    found = feedparser.parse(io.BytesIO(stream), response_headers=given)
    if read := quick.read(text):
        plain = _feedparser(text, {})
        _overlay(read["feed"], plain["feed"], found["feed"])
        for ours, theirs, shown in zip(read["entries"], plain["entries"], found["entries"], strict=True):
            _overlay(ours, theirs, shown)
    found["encoding"] = Encoding(encoding, data)
    found["bozo"] = bool(found["bozo"] or list(false_claims(data, headers.get("content-type", ""))))
    return found


def _overlay(ours: Mapping[str, Any], theirs: Any, shown: Any) -> None:
    for key, value in ours.items():
        other = dict.get(theirs, key)
        if isinstance(value, dict) and isinstance(other, dict):
            _overlay(value, other, dict.get(shown, key))
        elif isinstance(value, list) and isinstance(other, list) and len(value) == len(other):
            for one, two, three in zip(value, other, dict.get(shown, key), strict=True):
                _overlay(one, two, three)
        elif other != value:
            shown[key] = value
