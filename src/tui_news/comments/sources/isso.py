"""Isso: its JSON, all comments in one request, with its Atom feed behind. https://isso-comments.de/docs/reference/server-api/

Isso keeps a thread under a name ("uri"), by default the page's path, and stands at an address of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources import atom_thread
from tui_news.comments.sources.addresses import join, origin
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.json_answer import load
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily
from tui_news.text.sanitize import clean_url

MAX_COMMENTS = 5_000
MAX_REQUESTS = 50  # for replies that a server folds away
FEED_KNOWS = frozenset({"parent", "author", "body"})  # its one date is that of the last change
_HERE = "tui_news.comments.sources.isso"
_FEED = lazily(r"^(.+)/feed\?(?:[^#]*&)?uri=([^&#]+)")
_EMBED = lazily(r"/js/embed(?:\.min|\.dev)?\.js$")
_FEED_ID = lazily(r":/isso/\d{1,15}/(\d{1,15})$")
Item = dict[str, object]


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By the entry's replies link, which is the thread's feed at the server."""
    found = _FEED.match(entry.comment_feed) if origin(entry.comment_feed) else None
    if not found:
        return None
    return reference(found.group(1), unquote(found.group(2)), entry.link or entry.comments, entry.comment_count)


def reference(server: str, uri: str, story: str, hint: int | None = None) -> ThreadRef:
    server, name = server.rstrip("/"), quote(uri, safe="/")
    routes = (Route("json", f"{server}/?uri={name}"), Route("atom", f"{server}/feed?uri={name}"))
    page = f"{story.partition('#')[0]}#isso-thread" if origin(story) else routes[0].url
    return ThreadRef("isso", f"isso|{server}|{uri}", routes, page, hint)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """By the script that a page loads from the server, and the place it keeps for the thread."""
    if "isso-thread" not in html or not origin(url):
        return None
    from tui_news.comments.sources.page import html_tree

    root = html_tree(html)
    if root is None:
        return None
    place = next((element for element in root.iter() if element.get("id") == "isso-thread"), None)
    servers = (_server(script, url) for script in root.iter("script"))
    server = next((found for found in servers if found), "")
    if place is None or not server:
        return None
    return reference(server, str(place.get("data-isso-id") or "").strip() or _path(url), url)


def _path(url: str) -> str:
    """The path as a browser's script reads it: percent-encoded."""
    return quote(re.split(r"[?#]", url[len(origin(url)) :], maxsplit=1)[0], safe="/%:@!$&'()*+,;=~") or "/"


def _server(script: Any, url: str) -> str:
    """The server that a script element names, or was loaded from."""
    named = str(script.get("data-isso") or "").strip()
    source = str(script.get("src") or "").strip()
    if not named and not (_EMBED.search(source) and "isso" in source.lower()):
        return ""
    found = join(url, named or _EMBED.sub("", source))
    if found.startswith("http"):  # the built-in edition's is ours
        found = clean_url(found) or ""
    return found if origin(found) else ""


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment by JSON; by Atom those in the feed, under the same numbers. Raises ThreadError, FetchError."""
    if route.name == "atom":
        return await _fetch_feed(ref, route, line)
    answer = await _answer(route.url, ref, line)
    haul = {comment.id: comment for comment in answer.comments}
    missing = answer.folded and not await _unfold(route, ref, answer, haul, line)
    comments = tuple(haul.values())[:MAX_COMMENTS]
    live = sum(comment.state == "live" for comment in comments)
    if missing or len(haul) > MAX_COMMENTS:
        total = max(answer.total, live)
        return Fetched(comments, "partial", "json", total, warnings=(f"{live:,} of {total:,} comments came.",))
    return Fetched(comments, "complete", "json", live)


async def _fetch_feed(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    fetched = await atom_thread.fetch(ref, route, line)
    named = {key for comment in fetched.comments for key in (comment.id, comment.parent) if key}
    numbers = {key: found.group(1) for key in named if (found := _FEED_ID.search(key))}
    comments = atom_thread.numbered(fetched.comments, numbers)
    return replace(fetched, comments=comments, knows=FEED_KNOWS)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server. folded: for each list that was cut short whose it is (None: roots), and by how many."""

    comments: tuple[Comment, ...]
    total: int
    folded: tuple[tuple[str | None, int], ...] = ()


async def _answer(url: str, ref: ThreadRef, line: Line) -> Answer:
    answer: Response = await line.fetch(url, accept="application/json")
    found: Answer = await line.run(f"{_HERE}:parse", answer.body, ref.page_url)
    return found


async def _unfold(route: Route, ref: ThreadRef, first: Answer, haul: dict[str, Comment], line: Line) -> bool:
    """Asks for what was folded away, a list at a time; whether everything came. Without a limit a list comes whole."""
    before = Counter(comment.parent for comment in haul.values())
    for parent, _ in first.folded[:MAX_REQUESTS]:
        url = f"{route.url}&parent={parent}" if parent else f"{route.url}&offset={before[None]}"
        try:
            more = await _answer(url, ref, line)
        except (FetchError, ThreadError):
            return False
        for comment in more.comments:
            haul.setdefault(comment.id, comment)
        if len(haul) > MAX_COMMENTS:
            return False
    after = Counter(comment.parent for comment in haul.values())
    return all(after[parent] - before[parent] >= hidden for parent, hidden in first.folded)


def parse(body: bytes, page: str) -> Answer:
    """The comments of an answer, parents first. Raises ThreadError when it is none of Isso's."""
    root = load(body)
    if not isinstance(root, dict) or not isinstance(root.get("replies"), list):
        raise not_this("the site", "it is no answer of Isso's")
    found: list[Comment] = []
    folded: list[tuple[str | None, int]] = []
    stack: list[tuple[Item, str | None]] = [(root, None)]
    while stack and len(found) <= MAX_COMMENTS:
        item, above = stack.pop()
        key = _number(item.get("id"))
        if item is not root:
            if key is None:
                continue
            found.append(_comment(item, key, above, page))
        if hidden := _count(item.get("hidden_replies")):
            folded.append((key, hidden))
        replies = item.get("replies")
        below = [(reply, key) for reply in replies if isinstance(reply, dict)] if isinstance(replies, list) else []
        stack.extend(reversed(below))
    return Answer(tuple(found), _count(root.get("total_replies")), tuple(folded))


def _number(value: object) -> str | None:
    usual = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18
    return str(value) if usual else None


def _count(value: object) -> int:
    return int(_number(value) or 0)


def _comment(item: Item, key: str, above: str | None, page: str) -> Comment:
    mode = item.get("mode")
    live = mode not in (2, 4)  # 2 waits for a moderator, 4 was deleted and has replies; the rest is to be read
    text = item.get("text")
    body = text[:BODY_LIMIT] if isinstance(text, str) and live else ""
    return Comment(
        id=key,
        parent=_number(item.get("parent")) or above,
        author=name_of(item.get("author")) if live else "",
        created=time_of(item.get("created")),
        body=body,
        blocks=blocks_of(body, page),
        author_url=address_of(item.get("website")),
        edited=time_of(item.get("modified")),
        url=f"{page.partition('#')[0]}#isso-{key}",
        score=_score(item),
        state="live" if live else "moderated" if mode == 2 else "deleted",
    )


def _score(item: Item) -> int | None:
    likes, dislikes = _number(item.get("likes")), _number(item.get("dislikes"))
    return int(likes) - int(dislikes or 0) if likes is not None else None


SOURCE = Source("isso", find, find_in_page, fetch)
