"""WordPress' comment feeds: the ten newest. The Atom one says who answers whom (RFC 4685), the RSS one since
WordPress 5.4 by starting a reply with a paragraph that links to its parent."""

from __future__ import annotations

from typing import Any

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources.contract import not_this
from tui_news.comments.sources.page import text_of, xml_tree
from tui_news.models import Comment, ThreadError
from tui_news.text.lazy import lazily

_LOCKED = 'class="post-password-form"'  # what stands for each comment's words where the story is locked
_OPEN = "C opens it in the browser"
_NUMBER = lazily(r"#comment-(\d{1,15})$")
# The words around the link are translated; only its address is the same everywhere.
_REPLY_TO = lazily(
    r"\s*<p>[^<]{0,120}<a\s[^>]{0,40}href=[\"'][^\"'>]{0,2000}#comment-(\d{1,15})[\"'][^>]{0,200}>"
    r"[^<]{0,500}</a>[^<]{0,120}</p>\s*"
)


def parse_feed(body: bytes, base: str) -> tuple[Comment, ...]:
    """The comments of an RSS or Atom comment feed, newest first. Raises ThreadError when it is none, or shows
    nobody's words without a password."""
    root = xml_tree(body)
    if root is None or _name(root) not in ("rss", "feed", "rdf"):
        raise not_this(base, "it is no feed")
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    found = [comment for comment in (_comment(item, base) for item in items) if comment]
    if items and not found:
        raise not_this(base, "it is a feed of something else")
    if found and all(_LOCKED in comment.body for comment in found):
        raise ThreadError("refused", "The comments could not be read", "the story asks for a password", _OPEN)
    return tuple(found)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _comment(item: Any, base: str) -> Comment | None:
    fields: dict[str, Any] = {}
    for child in item:
        fields.setdefault(_name(child), child)
    number = _number(fields)
    if not number:
        return None
    html = _text(fields, "encoded", "content", "description", "summary")
    answered = _REPLY_TO.match(html)
    reference = fields["in-reply-to"].get("ref") or "" if "in-reply-to" in fields else ""
    parent = _NUMBER.search(reference.strip())
    html = html[answered.end() :] if answered else html
    return Comment(
        id=number,
        parent=parent.group(1) if parent else answered.group(1) if answered else None,
        author=name_of(_author(fields)),
        created=time_of(_text(fields, "pubdate", "published", "date", "updated")),
        body=html[:BODY_LIMIT],
        blocks=blocks_of(html, base),
        author_url=address_of(_uri(fields)),
        url=address_of(_link(fields)),
    )


def _number(fields: dict[str, Any]) -> str:
    for place in (_text(fields, "guid", "id"), _link(fields)):
        found = _NUMBER.search(place)
        if found:
            return found.group(1)
    return ""


def _text(fields: dict[str, Any], *names: str) -> str:
    """The text of the first of the named children that is there."""
    return next((text_of(fields[name]).strip() for name in names if name in fields), "")


def _link(fields: dict[str, Any]) -> str:
    if "link" not in fields:
        return ""
    return str(fields["link"].get("href") or text_of(fields["link"])).strip()


def _author(fields: dict[str, Any]) -> str:
    if "creator" in fields:
        return _text(fields, "creator")
    return _child(fields, "name") or _text(fields, "author")


def _uri(fields: dict[str, Any]) -> str:
    return _child(fields, "uri")


def _child(fields: dict[str, Any], name: str) -> str:
    """The text of a child of the author element."""
    children = fields.get("author", ())
    return next((text_of(child).strip() for child in children if _name(child) == name), "")
