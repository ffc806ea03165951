"""Comments out of a WordPress page, by structure: the last resort, for past a theme's depth replies look like siblings.

A comment is any element whose id is comment-N, li-comment-N or div-comment-N; its parent is the nearest enclosing
comment with another N. Themes agree on that and on little else, so that an author or a date may stay unknown.
Movable Type, TypePad (its N is hexadecimal) and others name their comments alike.
"""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of
from tui_news.comments.sources.addresses import host, join, path
from tui_news.comments.sources.contract import not_this
from tui_news.comments.sources.page import bears, classes, html_tree, inner_html, text_of
from tui_news.comments.sources.wordpress_byline import (
    SAYS,
    Habit,
    author_link,
    author_of,
    created_of,
    first,
    habit_of,
    signature,
)
from tui_news.comments.sources.wordpress_shapes import gather, number_of, told_parents
from tui_news.models import Comment
from tui_news.text.lazy import lazily

MAX_COMMENTS = 20_000
_PAGE = lazily(r"/comment-page-(\d{1,4})/?(?:[?#]|$)|[?&]cpage=(\d{1,4})")
_BODY = (
    "comment-content", "e-content", "comment-text", "commenttext", "comment-body-text", "comment-entry", "comment-copy",
    "entry-comment", "comment-message", "comment-inner-content",
)  # fmt: skip
_FURNITURE = (
    "comment-author", "comment-meta", "comment-metadata", "commentmetadata", "comment-date", "comment-time",
    "comment-author-name", "comment-reply-link", "comment-edit-link", "reply", "edit-link", "avatar", "says", "fn",
    "vcard", "children", "comment-actions", "comment-respond", "comment-awaiting-moderation", "comment-footer",
    "submitted", "byline", "sharedaddy", "comment-permalink", "comment-likes", "reply-to", "in-reply-to",
)  # fmt: skip
_PINGS = frozenset(("pingback", "trackback"))
_NO_BODY = frozenset(
    (
        "script",
        "style",
        "form",
        "button",
        "input",
        "textarea",
        "nav",
        "time",
        "noscript",
        "template",
        "header",
        "footer",
    )
)


def parse_page(body: bytes, url: str) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments on a page in its order, and the addresses of the thread's other pages. Raises ThreadError when
    the page is none that could hold comments."""
    root = html_tree(body)
    if root is None:
        raise not_this(url, "the page is empty")
    gather(root)
    places = _places(root)
    if not places and not _could_have(root):
        raise not_this(url, "nothing on the page looks like comments")
    pages = _pages(root, url)
    parents = _by_depth(places, {number: _parent(element, number) for number, element in places.items()})
    parents |= told_parents(places)
    found, habit = [], habit_of(root)
    for number, element in reversed(places.items()):
        # From the end: a reply is read and taken out before the comment around it is read.
        found.append(_comment(number, parents[number], element, url, habit))
        _drop(element)
    return tuple(reversed(found)), pages


def count(root: Any) -> int:
    return len(_places(root))


def _could_have(root: Any) -> bool:
    marks = {"comments", "respond", "commentform"}
    return any(element.get("id") in marks or "comment-respond" in classes(element) for element in root.iter())


def _places(root: Any) -> dict[str, Any]:
    """The outermost element of each comment, in the page's order."""
    places: dict[str, Any] = {}
    for element in root.iter():
        number = number_of(element)
        if number and number not in places and len(places) < MAX_COMMENTS:
            places[number] = _whole(element)
    return places


def _whole(element: Any) -> Any:
    """Old themes number an empty anchor inside the comment's own list item; Drupal one before the comment."""
    parent, after = element.getparent(), element.getnext()
    if element.tag not in ("a", "span") or parent is None or len(text_of(element)) >= 20:
        return element
    if after is not None and after.tag in ("article", "div") and "comment" in classes(after):
        return after
    return parent if parent.tag in ("li", "div", "article") else element


def _parent(element: Any, number: str) -> str | None:
    for above in element.iterancestors():
        other = number_of(above)
        if other and other != number:
            return other
    return None


def _by_depth(places: dict[str, Any], parents: dict[str, str | None]) -> dict[str, str | None]:
    """The parents, put right where the page's own `depth-N` says that its elements nest wrongly.

    Block themes close an element too often behind replies past their last depth, and what follows stands too far out.
    The parent is then the last comment before that is one less deep.
    """
    found, last, depths = dict(parents), dict[int, str](), dict[str, int]()
    for number, element in places.items():
        depth = depths[number] = _depth(element)
        parent = parents[number]
        if depth > 1 and depth - 1 in last and (parent is None or depths.get(parent) != depth - 1):
            found[number] = last[depth - 1]
        if depth:
            last = {level: name for level, name in last.items() if level < depth} | {depth: number}
    return found


def _depth(element: Any) -> int:
    """The `depth-N` of a comment's element or of the list item around it; 0 where there is none."""
    names = (name for place in _around(element) for name in classes(place))
    told = (re.fullmatch(r"depth-(\d{1,3})", name) for name in names)
    return next((int(match[1]) for match in told if match), 0)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)


def _comment(number: str, parent: str | None, element: Any, url: str, habit: Habit) -> Comment:
    named = {name for found in _around(element) for name in classes(found)}
    author, author_url = author_of(element, url, habit)
    link = author_link(element) if not author and named & _PINGS else None
    if link is not None:  # "Pingback: NAME" and no more
        author, author_url = name_of(text_of(link)), address_of(join(url, link.get("href") or ""))
    created = created_of(element)
    html = _body(element, habit)[:BODY_LIMIT]
    return Comment(
        id=number,
        parent=parent,
        author=author,
        created=created,
        body=html,
        blocks=blocks_of(html, url),
        author_url=author_url,
        url=address_of(f"{url.partition('#')[0]}#comment-{number}"),
        role="op" if "bypostauthor" in named else "",
        kind="pingback" if named & _PINGS else "comment",
    )


def _around(element: Any) -> list[Any]:
    """The comment's element and the list item around it, where the classes may stand instead."""
    parent = element.getparent()
    near = parent is not None and parent.tag == "li" and not number_of(parent)
    return [element, parent] if near else [element]


def _body(element: Any, habit: Habit) -> str:
    place = first(element, _BODY)
    if place is None:
        _unsigned(element, habit)
        inner = first(element, ("comment-body",))
        place = inner if inner is not None else element
    for child in list(place.iter()):
        if child is not place and child.getparent() is not None and _is_furniture(child):
            _keep_tail(child)
    return inner_html(place)


def _unsigned(element: Any, habit: Habit) -> None:
    """Takes out the line that old themes sign a comment with, and the "says:" behind the name."""
    place = signature(element, habit)
    if place is None:
        return
    if len((place.tail or "").strip()) <= SAYS:
        place.tail = ""
    above = place.getparent()
    alone = above is not element and text_of(above).strip() == text_of(place).strip()
    _keep_tail(above if alone else place)


def _is_furniture(element: Any) -> bool:
    return element.tag in _NO_BODY or bool(bears(element, *_FURNITURE))


def _keep_tail(element: Any) -> None:
    """Takes an element out; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _pages(root: Any, url: str) -> tuple[str, ...]:
    """The other pages of the same thread, by number."""
    pages: dict[int, str] = {}
    for link in root.iter("a"):
        href = join(url, link.get("href") or "").partition("#")[0]
        found = _PAGE.search(href)
        if found and host(href) == host(url) and _PAGE.sub("", path(href)).startswith(_story_path(url)):
            pages.setdefault(int(found.group(1) or found.group(2)), href)
    current = _PAGE.search(url)
    own = int(current.group(1) or current.group(2)) if current else 0
    return tuple(pages[number] for number in sorted(pages) if number != own)


def _story_path(url: str) -> str:
    return re.sub(r"/comment-page-\d+$", "", path(url))
