"""Comments marked up with microformats (https://microformats.org/wiki/h-cite): p-comment h-cite in an h-entry."""

from __future__ import annotations

from typing import Any

from tui_news.comments.sources.page import classes, text_of
from tui_news.comments.sources.page_found import MAX_COMMENTS, Found, own, resolved, worded, written
from tui_news.text.lazy import lazily

_ROOTS = frozenset(
    ("h-entry", "h-cite", "h-card", "h-event", "h-feed", "h-adr", "h-geo", "h-item", "h-review", "h-product",
     "h-recipe")
)  # fmt: skip
_PROPERTY = lazily(r"^(?:p|u|dt|e)-([a-z][a-z-]*)$")
_BODIES = ("content", "summary", "name")


def read(root: Any, page: str) -> list[Found]:
    """The comments of a page, in its order. Takes them out of the tree."""
    elements = [element for element in root.iter() if _is_comment(element)][:MAX_COMMENTS]
    return worded(elements, lambda element: _found(element, page))


def _is_comment(element: Any) -> bool:
    """An h-cite or h-entry that is somebody's comment, or a bare h-cite that says what it answers."""
    names = classes(element) if isinstance(element.tag, str) else []
    if "h-cite" not in names and "h-entry" not in names:
        return False
    if "p-comment" in names or "u-comment" in names:
        return True
    bare = "h-cite" in names and not any(_PROPERTY.match(name) for name in names)
    return bare and any("u-in-reply-to" in classes(child) for child in own(element, _stops))


def _stops(element: Any) -> bool:
    """What stands in a comment's words, or belongs to a thing named there, says nothing about the comment."""
    names = classes(element)
    return "e-content" in names or bool(_ROOTS.intersection(names))


def _properties(element: Any) -> dict[str, list[Any]]:
    """The element's properties by their names without the prefix. A comment is none of its parent's."""
    found: dict[str, list[Any]] = {}
    for child in own(element, _stops):
        names = classes(child)
        properties = [match.group(1) for match in map(_PROPERTY.match, names) if match]
        for name in properties or (("card",) if "h-card" in names else ()):
            found.setdefault(name, []).append(child)
    return found


def _found(element: Any, page: str) -> Found:
    fields = _properties(element)
    author, author_url = _author(fields, page)
    people = fields.get("author", []) + fields.get("card", [])
    urls = [_address(place, page) for place in fields.get("url", ()) if place not in people]
    uids = [_address(place, page) or text_of(place).strip()[:200] for place in fields.get("uid", ())]
    url = next(filter(None, urls), "")
    mark = f"#{element.get('id')}" if element.get("id") else ""
    return Found(
        keys=tuple(key for key in (*uids[:1], url, resolved(page, mark)) if key),
        answers=tuple(_address(place, page) for place in fields.get("in-reply-to", ())),
        author=author,
        author_url=author_url,
        created=_date(fields, "published"),
        edited=_date(fields, "updated"),
        html=_body(fields),
        url=url or resolved(page, mark),
    )


def _body(fields: dict[str, list[Any]]) -> str:
    """The words: the content, else a summary, else a name that is not the link's to the comment itself."""
    places = [place for name in _BODIES for place in fields.get(name, ())]
    plain = [place for place in places if not {"p-author", "u-author"}.intersection(classes(place))]
    return next((html for html in (written(place) for place in plain) if html.strip()), "")


def _author(fields: dict[str, list[Any]], page: str) -> tuple[str, str]:
    """(name, address) of the first author; a card beside the words is theirs when nobody is named."""
    place = next(iter(fields.get("author", fields.get("card", ()))), None)
    if place is None:
        return "", ""
    inner = _properties(place)
    names = [text_of(child) for child in inner.get("name", inner.get("author", ()))]
    pictures = [str(child.get("alt") or "") for child in place.iter("img")]
    said = [name.strip() for name in (*names, text_of(place), *pictures)]
    links = [*inner.get("url", ()), *inner.get("author", ()), place, *place.iter("a")]
    addresses = (_address(child, page) for child in links)
    return next(filter(None, said), ""), next(filter(None, addresses), "")


def _address(element: Any, page: str) -> str:
    """The address an element stands for; of a thing with its own markup, that thing's."""
    named = element.get("href") or element.get("cite")
    if not named and _ROOTS.intersection(classes(element)):
        inner = (child for child in own(element, _stops) if "u-url" in classes(child))
        named = next((child.get("href") for child in inner), "")
    return resolved(page, named or (element.get("value") if element.tag == "data" else ""))


def _date(fields: dict[str, list[Any]], name: str) -> str:
    places = fields.get(name, ())
    said = (place.get("datetime") or place.get("value") or place.get("title") or text_of(place) for place in places)
    return next((date.strip() for date in said if date.strip()), "")
