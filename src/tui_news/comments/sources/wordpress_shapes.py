"""What pages do with comments beside nesting them: heads apart from their bodies, answers that say what they answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui_news.comments.sources.page import classes, text_of
from tui_news.text.lazy import lazily

ID = re.compile(r"^(?:li-|div-)?comment-(\d{1,15}|6a[0-9a-f]{24,40})$")
_PARENT = ("data-parent", "data-parent-id", "data-parentid", "data-parent-comment-id", "data-comment-parent")
_PARENT_NAME = lazily(r"^(?:comment-)?(\d{1,15})$")
_PARENT_CLASS = lazily(r"^(?:comment-)?parent-(\d{1,15})$")
_PAIR = lazily(r"^wpd-comm-(\d{1,15})_(\d{1,15})$")  # wpDiscuz: the comment and what it answers
_TO = lazily(r"(?:^|-)(?:in-)?(?:reply|replying|respond|response|answer)-?to$")
_ANSWERED = lazily(r"#comment-(\d{1,15})$")


def number_of(element: Any) -> str:
    """The number that an element's id gives its comment, "" for none."""
    found = ID.match(element.get("id") or "") if isinstance(element.tag, str) else None
    return found.group(1) if found else ""


def gather(root: Any) -> None:
    """Makes one element of each comment whose number stands on its head alone, its body beside it: of a definition
    list's dt with what follows it, and of a table's row with the row below it."""
    for head in [one for one in root.iter("dt", "tr") if number_of(one)]:
        if head.tag == "dt":
            _wrap(head, _following(head, "dt"))
        elif len(head) == 1 and (below := _following(head, "tr", most=1)) and len(below[0]) == 1:
            _wrap(head, below)
        elif len(head) == 2 and len(text_of(head[0]).strip()) <= 80:
            _mark(head[0])


def _following(head: Any, tag: str, most: int = 20) -> list[Any]:
    """The elements behind a head, up to the next one."""
    found: list[Any] = []
    for after in head.itersiblings():
        if number_of(after) or (after.tag == "dt" and tag == "dt") or len(found) >= most:
            break
        found.append(after)
    return found


def _wrap(head: Any, body: list[Any]) -> None:
    whole = head.makeelement("div", {"id": head.get("id"), "class": head.get("class") or ""})
    head.getparent().replace(head, whole)
    del head.attrib["id"]
    whole.append(head)
    whole.extend(body)
    _mark(head)


def _mark(head: Any) -> None:
    """A comment's head is no part of its words. What names nobody by a class of its own is read as the name's place."""
    names = classes(head)
    inside = [name for one in head.iterdescendants() if isinstance(one.tag, str) for name in classes(one)]
    named = any("author" in name or name in ("fn", "username", "commenter") for name in inside)
    head.set("class", " ".join([*names, "comment-meta", *([] if named else ["comment-author"])]))


def told_parents(places: Mapping[str, Any]) -> dict[str, str]:
    """Who answers whom by their own word, where that is on the page: past a theme's last depth, or in a flat list."""
    told = ((number, _told(number, element)) for number, element in places.items())
    return {number: parent for number, parent in told if parent in places and parent != number}


def _told(number: str, element: Any) -> str:
    for place in (element, element.getparent()):
        if place is not None and isinstance(place.tag, str) and (parent := _by_mark(number, place)):
            return parent
    return _by_link(number, element)


def _by_mark(number: str, element: Any) -> str:
    if (own := number_of(element)) and own != number:
        return ""
    for name in _PARENT:
        if (found := _PARENT_NAME.match(element.get(name) or "")) and element.get(name):
            return found.group(1)
    if (pair := _pair(element)) and pair[0] == number:
        return pair[1]
    named = (_PARENT_CLASS.match(name) for name in classes(element))
    return next((found.group(1) for found in named if found), "")


def _pair(element: Any) -> tuple[str, str] | None:
    """wpDiscuz puts the numbers on an element two above the one with the comment's own."""
    for place in (element, element.getparent()):
        found = _PAIR.match(place.get("id") or "") if place is not None else None
        if found:
            return found.group(1), found.group(2)
    return None


def _by_link(number: str, element: Any) -> str:
    """A link to another comment that is marked as the answered one, or that begins the words with an "@"."""
    for link in element.iter("a"):
        found = _ANSWERED.search(link.get("href") or "")
        if not found or "comment-reply-link" in classes(link) or not _is_own(link, number, element):
            continue
        above = link.getparent()
        marked = [*classes(link), *(classes(above) if above is not None else ())]
        if any(_TO.search(name.replace("_", "-")) for name in marked) or _begins(link):
            return found.group(1)
    return ""


def _is_own(link: Any, number: str, element: Any) -> bool:
    """Whether a link is the comment's, and not that of an answer inside it."""
    for above in link.iterancestors():
        if above is element:
            return True
        if number_of(above) not in ("", number):
            return False
    return True


def _begins(link: Any) -> bool:
    """Whether it is an "@name" with nothing before it in its paragraph."""
    above = link.getparent()
    first = above is not None and link.getprevious() is None and not (above.text or "").strip()
    return first and text_of(link).lstrip().startswith("@")
