"""Hacker News: the whole tree in one request from Algolia, the order of the roots from Hacker News' own API.

https://hn.algolia.com/api and https://github.com/HackerNews/API; neither needs a key. When Algolia fails or lags, the
tree is walked item by item.
"""

from __future__ import annotations

from dataclasses import replace

from tui_news.comments.render import BODY_LIMIT, blocks_of, name_of, time_of
from tui_news.comments.sources.addresses import host
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import named
from tui_news.comments.sources.json_answer import load
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Route, ThreadError, ThreadRef
from tui_news.models.comments import State
from tui_news.text.lazy import lazily

ALGOLIA = "https://hn.algolia.com/api/v1/items/"
FIREBASE = "https://hacker-news.firebaseio.com/v0/item/"
PAGE = "https://news.ycombinator.com/item?id="
MAX_COMMENTS = 20_000
MAX_ITEMS = 5_000  # of the item-by-item walk: a thread's budget
AT_ONCE = 8
_HERE = "tui_news.comments.sources.hackernews"
_ITEM = lazily(r"/item\?(?:[^#]*&)?id=(\d{1,12})(?:[&#]|$)")
_NAME = lazily(r"[A-Za-z0-9_-]{1,40}")
_KILLED = ("[flagged]", "[dead]")  # what the index has for the words of a comment that others may not read
Item = dict[str, object]


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By the entry's comments page, its link or its guid, whichever is on Hacker News."""
    found = (from_address(url) for url in named(entry))
    ref = next((ref for ref in found if ref), None)
    return replace(ref, count_hint=entry.comment_count) if ref else None


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    return from_address(url)


def from_address(url: str) -> ThreadRef | None:
    found = _ITEM.search(url) if host(url) == "news.ycombinator.com" else None
    if not found:
        return None
    item = found.group(1)
    routes = (Route("algolia", ALGOLIA + item), Route("firebase", f"{FIREBASE}{item}.json"))
    return ThreadRef("hackernews", f"hn|{item}", routes, PAGE + item)


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment. Raises ThreadError, FetchError."""
    if route.name == "algolia":
        return await _fetch_tree(ref, route, line)
    return await _fetch_items(route, line)


async def _fetch_tree(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    answer = await line.fetch(route.url, accept="application/json")
    comments: tuple[Comment, ...] = await line.run(f"{_HERE}:parse_tree", answer.body)
    ranks, total = await _ranks(ref, line)
    ranked = tuple(replace(comment, rank=ranks.get(comment.id)) for comment in comments)
    live = sum(comment.state == "live" for comment in ranked)
    lags = total is not None and live < total
    warnings = (f"{live:,} of {total:,} comments came; the index lags.",) if lags else ()
    return Fetched(ranked, "partial" if lags or total is None else "complete", "algolia", total, warnings=warnings)


async def _ranks(ref: ThreadRef, line: Line) -> tuple[dict[str, int], int | None]:
    """The roots' order and the number of comments; nothing when the second API is out of reach."""
    url = next((route.url for route in ref.routes if route.name == "firebase"), "")
    try:
        answer = await line.fetch(url, accept="application/json")
        item: Item = await line.run(f"{_HERE}:parse_item", answer.body)
    except (FetchError, ThreadError):
        return {}, None
    total = item.get("descendants")
    return {kid: rank for rank, kid in enumerate(_kids(item))}, total if isinstance(total, int) else None


async def _fetch_items(route: Route, line: Line) -> Fetched:
    """The tree by its items, a level at a time."""
    import asyncio  # here: a worker that reads feeds never needs it, and it takes 25 ms

    answer = await line.fetch(route.url, accept="application/json")
    story: Item = await line.run(f"{_HERE}:parse_item", answer.body)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: str, rank: int) -> Item | None:
        async with gate:
            try:
                reply = await line.fetch(f"{FIREBASE}{number}.json", accept="application/json")
                item: Item = await line.run(f"{_HERE}:parse_item", reply.body)
            except (FetchError, ThreadError):
                return None
        return {**item, "rank": rank}

    items: list[Item] = []
    missed = False
    level = [(kid, rank) for rank, kid in enumerate(_kids(story))]
    while level:
        missed = missed or len(items) + len(level) > MAX_ITEMS
        level = level[: max(0, MAX_ITEMS - len(items))]
        got = await asyncio.gather(*(one(kid, rank) for kid, rank in level))
        came = [item for item in got if item is not None]
        missed = missed or len(came) < len(got)
        items += came
        level = [(kid, rank) for item in came for rank, kid in enumerate(_kids(item))]
    comments = await line.run(f"{_HERE}:from_items", items, str(story.get("by") or ""))
    total = story.get("descendants")
    known = total if isinstance(total, int) else None
    return Fetched(comments, "partial" if missed else "complete", "firebase", known)


def _kids(item: Item) -> list[str]:
    kids = item.get("kids")
    return list(dict.fromkeys(str(kid) for kid in kids if isinstance(kid, int))) if isinstance(kids, list) else []


def parse_item(body: bytes) -> Item:
    """One item of Hacker News' API. Raises ThreadError for anything else (null: there is no such item)."""
    item = load(body)
    if not isinstance(item, dict):
        raise not_this("Hacker News", "it has no such item")
    return item


def from_items(items: list[Item], author: str) -> tuple[Comment, ...]:
    """Comments from items of Hacker News' API, each with the rank it was listed at."""
    found: list[Comment] = []
    for item in items:
        if isinstance(item.get("id"), int) and item.get("type", "comment") == "comment":
            # dead: killed by moderators, flags or the site's own filters
            state: State = "deleted" if item.get("deleted") else "moderated" if item.get("dead") else "live"
            rank = item.get("rank")
            made = _comment(item, item.get("by"), item.get("time"), item.get("parent"), author, state)
            found.append(replace(made, rank=rank if isinstance(rank, int) else None))
    return tuple(found)


def parse_tree(body: bytes) -> tuple[Comment, ...]:
    """The comments of Algolia's item, parents first. Raises ThreadError when it is none, or nests too deep."""
    root = load(body)
    if not isinstance(root, dict) or not isinstance(root.get("children"), list):
        raise not_this("Hacker News", "the answer holds no comments")
    author = str(root.get("author") or "")
    found: list[Comment] = []
    stack: list[tuple[object, object]] = [(child, None) for child in reversed(root["children"])]
    while stack and len(found) < MAX_COMMENTS:
        item, above = stack.pop()
        if not isinstance(item, dict) or not isinstance(item.get("id"), int):
            continue
        if item.get("type") == "pollopt":
            continue  # what a poll lets its readers choose from stands among the answers to it
        state: State = "deleted" if item.get("author") is None and item.get("text") is None else "live"
        state = "moderated" if item.get("text") in _KILLED else state
        time = item.get("created_at_i", item.get("created_at"))
        parent = item.get("parent_id") or above  # not every item names what it stands in
        found.append(_comment(item, item.get("author"), time, parent, author, state))
        children = item.get("children")
        stack.extend((child, item["id"]) for child in (reversed(children) if isinstance(children, list) else ()))
    story = str(root.get("id"))
    return tuple(replace(comment, parent=None) if comment.parent == story else comment for comment in found)


def _comment(item: Item, name: object, time: object, parent: object, op: str, state: State) -> Comment:
    text = item.get("text")
    body = text[:BODY_LIMIT] if isinstance(text, str) and state == "live" else ""
    author = name_of(name)
    return Comment(
        id=str(item["id"]),
        parent=str(parent) if isinstance(parent, int) else None,
        author=author,
        created=time_of(time),
        body=body,
        blocks=blocks_of(body, PAGE),
        author_id=author or None,
        author_url=f"https://news.ycombinator.com/user?id={author}" if _NAME.fullmatch(author) else None,
        url=f"{PAGE}{item['id']}",
        role="op" if author and author == op else "",
        state=state,
    )


SOURCE = Source("hackernews", find, find_in_page, fetch, signs=("news.ycombinator.com",))
