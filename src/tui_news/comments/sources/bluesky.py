"""Bluesky: the whole tree of replies to a post in one request, without a key.

https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, key_of, name_of, time_of
from tui_news.comments.sources.addresses import host
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import number_in
from tui_news.comments.sources.json_answer import load
from tui_news.models import Comment, Fetched, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.models.comments import State
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

API = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
SITE = "https://bsky.app/profile/"
DEPTH = 1_000  # the most that may be asked for
MAX_COMMENTS = 20_000
_HERE = "tui_news.comments.sources.bluesky"
_WHO, _KEY = r"(did:[a-z]+:[\w.:%-]{1,200}|[\w.-]{1,253})", r"([\w.~:-]{1,512})"
_PAGE = lazily(rf"https?://[^/]+/profile/{_WHO}/post/{_KEY}/?(?:[?#].*)?", re.IGNORECASE)
_URI = lazily(rf"at://{_WHO}/app\.bsky\.feed\.post/{_KEY}")
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tree:
    """The replies, parents first. short: replies that are counted and did not come."""

    comments: tuple[Comment, ...]
    short: bool = False


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By the entry's comments page, its guid or its link, whichever is a post."""
    found = (from_address(url) for url in (entry.comments, entry.id, entry.link))
    ref = next((ref for ref in found if ref), None)
    return replace(ref, count_hint=entry.comment_count) if ref else None


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    return from_address(url)


def from_address(url: str) -> ThreadRef | None:
    """The thread of https://bsky.app/profile/WHO/post/KEY, or of at://WHO/app.bsky.feed.post/KEY."""
    found = _URI.fullmatch(url) or (_PAGE.fullmatch(url) if host(url) == "bsky.app" else None)
    if not found:
        return None
    who, key = found.group(1), found.group(2)
    uri = f"at://{who}/app.bsky.feed.post/{key}"
    route = Route("thread", f"{API}?uri={quote(uri, safe='')}&depth={DEPTH}&parentHeight=0")
    return ThreadRef("bluesky", f"bluesky|{who.lower()}|{key}", (route,), f"{SITE}{who}/post/{key}")


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every reply that is public. Raises ThreadError, FetchError."""
    answer: Response = await line.fetch(route.url, accept="application/json")
    tree: Tree = await line.run(f"{_HERE}:parse", answer.body)
    warnings = ("Some replies are hidden, or nest deeper than is told.",) if tree.short else ()
    return Fetched(tree.comments, "partial" if tree.short else "complete", route.name, warnings=warnings)


def parse(body: bytes) -> Tree:
    """The replies of an answer. Raises ThreadError when it is none, or the post is gone or not public."""
    data = load(body)
    root = data.get("thread") if isinstance(data, dict) else None
    if not isinstance(root, dict):
        raise not_this("Bluesky", "the answer holds no thread")
    if _state(root) != "live":
        raise ThreadError("gone", "The comments could not be read", "the post is deleted, or not for everyone")
    op = _author(root).get("did")
    found: list[Comment] = []
    short = _is_short(root)
    stack = _replies(root, None)
    while stack and len(found) < MAX_COMMENTS:
        node, parent = stack.pop()
        comment = _comment(node, parent, op)
        if comment is None:
            continue
        found.append(comment)
        short = short or _is_short(node)
        stack += _replies(node, comment.id)
    ranked = tuple(replace(comment, rank=place) for place, comment in enumerate(found))
    return Tree(ranked, short or bool(stack))


def _replies(node: Node, parent: str | None) -> list[tuple[Node, str | None]]:
    """The replies below a node, the first one last: a stack takes them in their order."""
    replies = node.get("replies")
    listed = replies if isinstance(replies, list) else []
    return [(reply, parent) for reply in reversed(listed) if isinstance(reply, dict)]


def _is_short(node: Node) -> bool:
    count = _post(node).get("replyCount")
    return isinstance(count, int) and count > len(_replies(node, None))


def _post(node: Node) -> Node:
    post = node.get("post")
    return post if isinstance(post, dict) else {}


def _author(node: Node) -> Node:
    author = _post(node).get("author")
    return author if isinstance(author, dict) else {}


def _state(node: Node) -> State:
    if node.get("notFound"):
        return "deleted"
    return "gone" if node.get("blocked") else "live"


def _comment(node: Node, parent: str | None, op: object) -> Comment | None:
    state = _state(node)
    post = _post(node)
    uri = node.get("uri") if state != "live" else post.get("uri")
    if not isinstance(uri, str) or not uri.startswith("at://") or len(uri) > 1000:
        return None
    uri = key_of(uri)
    if state != "live":
        return Comment(uri, parent, "", None, state=state)
    author, found = _author(node), post.get("record")
    record: Node = found if isinstance(found, dict) else {}
    body = (html_of(record) + "".join(_quoted(post.get("embed"))))[:BODY_LIMIT]
    handle, did = author.get("handle"), author.get("did")
    handle = did if handle == "handle.invalid" else handle  # a name that does not lead to its owner any more
    return Comment(
        id=uri,
        parent=parent,
        author=name_of(author.get("displayName")) or name_of(handle),
        created=_created(record, post),
        body=body,
        blocks=blocks_of(body, SITE),
        author_id=did if isinstance(did, str) else None,
        author_url=address_of(f"{SITE}{handle}") if isinstance(handle, str) else None,
        url=address_of(f"{SITE}{did}/post/{uri.rpartition('/')[2]}") if isinstance(did, str) else None,
        score=number_in(post, "likeCount"),
        role="op" if did and did == op else "",
    )


def _created(record: Node, post: Node) -> int | None:
    """When a post was written, as its own program says, who may say anything: never after it was first seen."""
    said, seen = time_of(record.get("createdAt")), time_of(post.get("indexedAt"))
    return seen if said is None or (seen is not None and said > seen) else said


def html_of(record: Node) -> str:
    """A post's text with its links, which are given by byte offsets, and what hangs below it."""
    text = record.get("text")
    raw = text.encode("utf-8", "replace")[:BODY_LIMIT] if isinstance(text, str) else b""
    parts, at = [], 0
    for start, end, address in _links(record.get("facets")):
        if at <= start < end <= len(raw):
            parts += [_escaped(raw[at:start]), f'<a href="{escape(address)}">', _escaped(raw[start:end]), "</a>"]
            at = end
    parts.append(_escaped(raw[at:]))
    lines = "".join(parts).split("\n\n")
    paragraphs = [f"<p>{line.replace(chr(10), '<br>')}</p>" for line in lines if line.strip()]
    return "".join([*paragraphs, *_embedded(record.get("embed"))])[:BODY_LIMIT]


def _escaped(raw: bytes) -> str:
    return escape(raw.decode("utf-8", "replace"), quote=False)


def _links(facets: object) -> list[tuple[int, int, str]]:
    """(first byte, end, address) of each link, in order."""
    found = []
    for facet in facets if isinstance(facets, list) else []:
        index = facet.get("index") if isinstance(facet, dict) else None
        features = facet.get("features") if isinstance(facet, dict) else None
        if not isinstance(index, dict) or not isinstance(features, list):
            continue
        start, end = index.get("byteStart"), index.get("byteEnd")
        address = next((_address(feature) for feature in features if _address(feature)), "")
        if address and isinstance(start, int) and isinstance(end, int):
            found.append((start, end, address))
    return sorted(found)


def _address(feature: object) -> str:
    if not isinstance(feature, dict):
        return ""
    if isinstance(feature.get("uri"), str):
        return str(feature["uri"])
    return f"{SITE}{feature['did']}" if isinstance(feature.get("did"), str) else ""


def _embedded(embed: object) -> list[str]:
    """A card's link, and what its pictures show, each as a paragraph."""
    if not isinstance(embed, dict):
        return []
    media = embed.get("media")
    embed = media if isinstance(media, dict) else embed
    parts = []
    card = embed.get("external")
    if isinstance(card, dict) and isinstance(card.get("uri"), str):
        name = str(card.get("title") or card["uri"])
        parts.append(f'<p><a href="{escape(card["uri"])}">{escape(name, quote=False)}</a></p>')
    images = embed.get("images")
    shown = [("image", image) for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    shown += [("video", embed)] if "video" in embed else []
    for kind, one in shown:
        alt = one.get("alt")
        words = f"{kind}: {escape(alt, quote=False)}" if isinstance(alt, str) and alt.strip() else kind
        parts.append(f"<p>[{words}]</p>")
    return parts


def _quoted(view: object) -> list[str]:
    """Somebody's post that a reply holds up: who wrote it, and its words."""
    inner = view.get("record") if isinstance(view, dict) else None
    if isinstance(inner, dict) and isinstance(inner.get("record"), dict):  # one with pictures beside it
        inner = inner["record"]
    author, value = (inner.get("author"), inner.get("value")) if isinstance(inner, dict) else (None, None)
    if not isinstance(author, dict) or not isinstance(value, dict):
        return []
    name = name_of(author.get("displayName")) or name_of(author.get("handle"))
    return [f"<blockquote><p><strong>{escape(name, quote=False)}:</strong></p>{html_of(value)}</blockquote>"]


SOURCE = Source("bluesky", find, find_in_page, fetch, signs=("bsky.app", "app.bsky.feed.post"))
