"""A thread in JSON where a feed of comments was due: a JSON Feed, or a tree of items with their `children`.

Nobody's API in particular. A tree is what Algolia's Hacker News and programs modelled on it send.
"""

from __future__ import annotations

from typing import Any, Literal

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, key_of, name_of, time_of
from tui_news.comments.sources.contract import not_this
from tui_news.comments.sources.json_answer import load
from tui_news.models import Comment

MAX_COMMENTS = 5_000
ID_LIMIT = 1_000
Item = dict[str, Any]
Role = Literal["", "op"]


def looks_like_json(body: bytes) -> bool:
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def parse(body: bytes, url: str) -> tuple[tuple[Comment, ...], str]:
    """The comments, parents first, and what did not come in words ("" for nothing). Raises ThreadError."""
    top = load(body)
    children = top.get("children") if isinstance(top, dict) else None
    items = top.get("items") if isinstance(top, dict) else None
    if isinstance(children, list) and isinstance(top, dict):
        found = _tree(top, children, url)
    elif isinstance(items, list):
        found = [one for item in items if isinstance(item, dict) and (one := _item(item, url))]
    else:
        raise not_this(url, "it is JSON of another kind")
    unique = tuple({comment.id: comment for comment in found[:MAX_COMMENTS]}.values())
    return unique, f"Reading stopped at {MAX_COMMENTS:,} comments." if len(found) > MAX_COMMENTS else ""


def _tree(root: Item, children: list[Any], url: str) -> list[Comment]:
    """By the tree's own nesting, which every program means; without recursion."""
    found: list[Comment] = []
    author = root.get("author")
    stack: list[tuple[Any, str | None]] = [(child, None) for child in reversed(children)]
    while stack and len(found) <= MAX_COMMENTS:
        item, parent = stack.pop()
        if not isinstance(item, dict) or not (own := _id(item.get("id"))):
            continue
        text = item.get("text")
        gone = text is None and not name_of(item.get("author"))
        time = item.get("created_at_i", item.get("created_at"))
        role: Role = "op" if author and item.get("author") == author else ""
        found.append(_comment(own, parent, item.get("author"), time, text, url, role, gone))
        below = item.get("children")
        if isinstance(below, list):
            stack.extend((child, own) for child in reversed(below))
    return found


def _item(item: Item, url: str) -> Comment | None:
    """An item of a JSON Feed: flat, as in RSS."""
    own = _id(item.get("id")) or _id(item.get("url"))
    if not own:
        return None
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    name = first.get("name") if isinstance(first, dict) else first
    text = item.get("content_html") or item.get("content_text") or item.get("summary")
    made = _comment(own, None, name, item.get("date_published"), text, url)
    return made


def _comment(
    own: str,
    parent: str | None,
    name: object,
    time: object,
    text: object,
    url: str,
    role: Literal["", "op"] = "",
    gone: bool = False,
) -> Comment:
    body = text[:BODY_LIMIT] if isinstance(text, str) and not gone else ""
    return Comment(
        id=own,
        parent=parent,
        author=name_of(name),
        created=time_of(time),
        body=body,
        blocks=blocks_of(body, url),
        url=address_of(own, "") if own.startswith("http") else None,
        role=role,
        state="deleted" if gone else "live",
    )


def _id(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return key_of(str(value), ID_LIMIT)
