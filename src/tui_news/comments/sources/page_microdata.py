"""Comments marked up with schema.org's terms in attributes (https://schema.org/Comment, microdata)."""

from __future__ import annotations

from typing import Any

from tui_news.comments.sources.page import text_of
from tui_news.comments.sources.page_found import MAX_COMMENTS, Found, own, resolved, worded, written

TYPES = frozenset(("comment", "usercomments", "correctioncomment", "answer"))
_TEXTS = ("text", "commenttext", "articlebody", "description", "name")


def read(root: Any, page: str) -> list[Found]:
    """The comments of a page, in its order. Takes them out of the tree."""
    elements = [element for element in root.iter() if _is_comment(element)][:MAX_COMMENTS]
    return worded(elements, lambda element: _found(element, page))


def _is_comment(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.get("itemscope") is None:
        return False
    kinds = [kind.rstrip("/").rpartition("/")[2].lower() for kind in (element.get("itemtype") or "").split()]
    return bool(TYPES.intersection(kinds)) or (not kinds and "comment" in _names(element))


def _names(element: Any) -> list[str]:
    return str(element.get("itemprop") or "").lower().split()


def _stops(element: Any) -> bool:
    return element.get("itemscope") is not None


def _properties(element: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in own(element, _stops):
        for name in _names(child):
            found.setdefault(name, []).append(child)
    return found


def _found(element: Any, page: str) -> Found:
    fields = _properties(element)
    author, author_url = _author(fields, page)
    url = next(filter(None, (_address(place, page) for place in fields.get("url", ()))), "")
    mark = resolved(page, f"#{element.get('id')}") if element.get("id") else ""
    names = (resolved(page, element.get("itemid")), url, mark, _value(fields, "identifier"))
    return Found(
        keys=tuple(key for key in names if key),
        answers=tuple(_address(place, page) for place in fields.get("parentitem", ())),
        author=author,
        author_url=author_url,
        created=_value(fields, "datecreated", "datepublished", "commenttime"),
        edited=_value(fields, "datemodified"),
        html=_body(fields),
        url=url or mark,
        score=_score(_value(fields, "upvotecount")),
    )


def _body(fields: dict[str, list[Any]]) -> str:
    places = (place for name in _TEXTS for place in fields.get(name, ()))
    return next((html for html in (written(place) for place in places) if html.strip()), "")


def _author(fields: dict[str, list[Any]], page: str) -> tuple[str, str]:
    """(name, address): of a thing with its own properties, or of an element that holds just the name."""
    place = next(iter(fields.get("author", fields.get("creator", ()))), None)
    if place is None:
        return "", ""
    if not _stops(place):
        return _said(place), _address(place, page)
    inner = _properties(place)
    address = next(filter(None, (_address(child, page) for child in inner.get("url", ()))), "")
    return _value(inner, "name") or text_of(place).strip(), address or _address(place, page)


def _value(fields: dict[str, list[Any]], *names: str) -> str:
    said = (_said(place) for name in names for place in fields.get(name, ()))
    return next(filter(None, said), "")


def _said(element: Any) -> str:
    named = element.get("content") or element.get("datetime") or (element.get("value") if element.tag == "data" else "")
    return str(named or text_of(element)).strip()


def _address(element: Any, page: str) -> str:
    """Where an element leads; a thing's own name where it has properties of its own."""
    return resolved(page, element.get("href") or element.get("itemid") or element.get("content"))


def _score(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
