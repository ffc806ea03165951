"""Who wrote a comment on a page, and when: themes agree on little, and what is not set apart stays unknown."""

from __future__ import annotations

from typing import Any

from tui_news.comments.render import address_of, name_of, time_of
from tui_news.comments.sources.addresses import join
from tui_news.comments.sources.page import classes, text_of

SAYS = 20  # characters of what may stand behind a name: "says:", in any language
_AUTHOR = (
    "fn", "wp-block-comment-author-name", "comment-author-name", "p-author", "comment-author", "comment_author",
    "byline", "username",
)  # fmt: skip
_NAMES = frozenset(("fn", "wp-block-comment-author-name", "comment-author-name", "p-author", "username"))


def first(element: Any, names: tuple[str, ...]) -> Any | None:
    """The first element with one of the class names; names earlier in the list go first."""
    found: dict[str, Any] = {}
    for child in element.iter():
        if isinstance(child.tag, str):
            for name in classes(child):
                found.setdefault(name, child)
    return next((found[name] for name in names if name in found), None)


def author_of(element: Any, url: str) -> tuple[str, str | None]:
    """Name and site. In a place that holds more than a name, the first thing set apart in it; else nobody."""
    place = first(element, (*_AUTHOR, "comment-footer") if element.get("id", "").startswith("comment-6a") else _AUTHOR)
    if place is None:
        return _signed(element, url)
    link = next((child for child in place.iter("a") if child.get("href")), None)
    href = link.get("href") if link is not None else ""
    if "#comment-" in href:
        link, href = None, ""
    if not _NAMES.intersection(classes(place)):
        inner = (child for child in place.iterdescendants() if "author" in classes(child))
        apart = next(inner, next(place.iter("cite", "b", "strong"), link))
        place = apart if apart is not None else place
    for child in list(place.iter()):
        if child is not place and ("says" in classes(child) or child.tag in ("time", "img", "script")):
            child.text = ""
    name = name_of(text_of(place))
    sure = _NAMES.intersection(classes(place)) or not any(letter.isdigit() for letter in name)
    return (name if sure and len(name) <= 80 else ""), (address_of(join(url, href)) if href else None)


def _signed(element: Any, url: str) -> tuple[str, str | None]:
    place = signature(element)
    if place is None:
        return "", None
    link = author_link(place)
    name = name_of(text_of(place if link is None else link))
    href = (
        next((child.get("href") for child in place.iter("a") if child.get("href")), "")
        if link is None
        else link.get("href")
    )
    return (name if len(name) <= 80 else ""), (
        address_of(join(url, href)) if href and "#comment-" not in href else None
    )


def created_of(element: Any) -> int | None:
    """By a time element, or the older abbr of microformats; one without a zone tells no moment."""
    found = (place for place in element.iter("time", "abbr") if "updated" not in classes(place))
    times = (time_of(place.get("datetime") if place.tag == "time" else place.get("title")) for place in found)
    return next((moment for moment in times if moment is not None), None)


def signature(element: Any) -> Any | None:
    """The `cite` that the first themes sign a comment with: one beside the words that holds a name alone, or one that
    holds WordPress's own link to its author. A `cite` in the words has neither place nor link."""
    for place in element.iter("cite"):
        alone = place.getparent() is element and not any(letter.isdigit() for letter in text_of(place))
        if alone or author_link(place) is not None:
            return place
    return None


def author_link(place: Any) -> Any | None:
    """The link WordPress makes of an author's name and site; nothing in a comment's words may bear its class."""
    links = (link for link in place.iter("a") if "url" in classes(link) and "external" in str(link.get("rel") or ""))
    return next(links, None)
